//! Letters with everything as long as it can be.

use super::people::{proof, rows, rupiah};
use super::short;
use crate::domain::claim::{BankAccount, Payout};
use crate::domain::letter::{
    Addressee, Departed, DueLine, Fault, Letter, LetterContent, LetterKind, ListSum, MaskedRow, NominativeRow, PaymentGroup, Place,
    RowAmendment, SkPerubahan, total_of,
};
use crate::domain::money::{Rupiah, split};
use crate::domain::office::{Paper, Signatory};

/// Recipients on the longest list.
const ROWS: usize = 300;
const PERSON: &str = "Dr. (H.C.) RADEN AJENG SITI CONTOHNINGRUM KUSUMAWARDHANI PRAWIROHARDJOSUMARTO BINTI MISALUDIN, S.Sos., M.Si.";
const OFFICIAL: &str = "Dr. Drs. RADEN MAS CONTOHADININGRAT SASTROWARDOJO, S.H., M.Hum.";
const TITLE: &str = "Plt. Kepala Dinas Sosial, Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana Kabupaten Kepulauan Contoh Misal Barat Daya";
const LONG: &str = "bahwa untuk menjamin santunan diterima oleh keluarga yang berhak secara tepat waktu, tepat jumlah dan tanpa potongan, berkas diteliti bersama dengan data kependudukan serta data kesejahteraan sosial yang berlaku pada tanggal meninggalnya almarhum atau almarhumah";

/// A letter of a kind.
pub(super) fn letter(kind: LetterKind) -> Letter {
    let mut letter = short::letter(kind);
    letter.paper = Paper::A4;
    letter.letterhead.government = "PEMERINTAH KABUPATEN KEPULAUAN CONTOH MISAL BARAT DAYA".into();
    letter.letterhead.agency = "DINAS SOSIAL, PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK".into();
    letter.letterhead.address =
        "Jalan Raya Pahlawan Nasional Contohnegoro Nomor 123A Blok C, Kelurahan Misalsari, Kecamatan Contohrejo 51200".into();
    letter.letterhead.head_of_region = "BUPATI KEPULAUAN CONTOH MISAL BARAT DAYA".into();
    letter.signatory = letter.signatory.map(stretch_official);
    stretch(&mut letter.content);
    letter.proof = proof(&letter.number, letter.dated_on, &letter.content);
    letter
}

fn stretch_official(who: Signatory) -> Signatory {
    let title = if who.nip.is_empty() { who.title } else { TITLE.to_owned() };
    Signatory { title, name: OFFICIAL.to_owned(), ..who }
}

fn place() -> Place {
    Place { kelurahan: true, village: "Kedungmisalcontohrejo Wetan".to_owned(), kecamatan: "Contohwonotunggal Kulon".to_owned() }
}

fn departed(old: &Departed) -> Departed {
    Departed { name: PERSON.to_owned(), sex: None, died_on: old.died_on, place: place() }
}

fn addressee() -> Addressee {
    let at = format!("Perumahan Griya Contoh Misal Asri Blok AA Nomor 12 RT 012 RW 034, {}", place().line());
    Addressee { name: PERSON.to_owned(), at }
}

fn long_list(many: usize) -> Vec<String> {
    (1..=many).map(|n| format!("{LONG} ({n});")).collect()
}

fn long_rows() -> Vec<NominativeRow> {
    let long_account = || BankAccount {
        bank: "BANK PEMBANGUNAN DAERAH JAWA TENGAH SYARIAH".to_owned(),
        number: "310001000000123456".to_owned(),
        holder: PERSON.to_owned(),
    };
    let stretch = |(i, row): (usize, NominativeRow)| {
        if i % 10 != 4 {
            return NominativeRow { amount: rupiah(1_000_000 + 1000 * i64::try_from(i).unwrap_or_default()), ..row };
        }
        NominativeRow { deceased: PERSON.to_owned(), heir: PERSON.to_owned(), place: place(), payout: Payout::Bank(long_account()), ..row }
    };
    rows(ROWS).into_iter().enumerate().map(stretch).collect()
}

fn stretch(content: &mut LetterContent) {
    match content {
        LetterContent::TandaTerima(letter) => {
            letter.departed = departed(&letter.departed);
            letter.heir = PERSON.into();
            letter.reporter = "RADEN AJENG SITI CONTOHNINGRUM KUSUMAWARDHANI PRAWIRO".into();
            letter.officer = OFFICIAL.into();
            letter.officer_title = TITLE.into();
        }
        LetterContent::Pengembalian(letter) => {
            letter.departed = departed(&letter.departed);
            letter.heir = PERSON.into();
            letter.addressee = addressee();
            letter.faults = (0..9).map(|_| Fault { what: format!("{LONG}."), cure: format!("{LONG}.") }).collect();
        }
        LetterContent::Penolakan(letter) => {
            letter.departed = departed(&letter.departed);
            letter.heir = PERSON.into();
            letter.addressee = addressee();
            letter.reason = LONG.into();
            letter.basis = long_list(4);
            letter.data_basis = long_list(4);
        }
        LetterContent::Pemberitahuan(letter) => {
            letter.departed = departed(&letter.departed);
            letter.heir = PERSON.into();
            letter.addressee = addressee();
            letter.payout = Payout::Cash;
            letter.amount = rupiah(977_777_777_777);
        }
        LetterContent::SkPenetapan(_)
        | LetterContent::Nominatif(_)
        | LetterContent::NominatifSamar(_)
        | LetterContent::PerintahBayar(_)
        | LetterContent::Kuitansi(_) => stretch_money(content),
        LetterContent::SkPerubahan(letter) => stretch_amending(letter),
        LetterContent::PermintaanPengembalian(letter) => {
            letter.addressee = addressee();
            letter.about = PERSON.into();
            letter.reason = LONG.into();
            letter.basis = LONG.into();
            letter.paid = rupiah(977_777_777_777);
            letter.balance = rupiah(977_777_777_777);
            let first = super::people::day(7, 20);
            let due_on = |at: u32| first.checked_add_months(chrono::Months::new(at)).unwrap_or(first);
            let due = |(at, amount): (u32, Rupiah)| DueLine { due_on: due_on(at), amount };
            letter.instalments = (0..).zip(split(letter.balance, 60)).map(due).collect();
        }
        LetterContent::BuktiAngsuran(letter) => {
            letter.debtor = PERSON.into();
            letter.debtor_address = addressee().at;
            letter.about = PERSON.into();
            letter.owed = rupiah(977_777_777_777);
            letter.so_far = letter.owed;
            letter.amount = letter.owed;
            letter.balance = None;
        }
    }
}

/// A hundred rows, every other one struck.
fn stretch_amending(letter: &mut SkPerubahan) {
    let rows: Vec<NominativeRow> = long_rows().into_iter().take(100).collect();
    let total = total_of(&rows).unwrap_or_default();
    let change = |(at, row): (usize, NominativeRow)| RowAmendment {
        after: (at % 2 == 1).then(|| NominativeRow { heir: PERSON.to_owned(), payout: Payout::Cash, ..row.clone() }),
        before: row,
        why: "Surat keterangan desa menyebut ahli waris yang lain".to_owned(),
    };
    letter.subject = "PERUBAHAN ATAS KEPUTUSAN BUPATI KEPULAUAN CONTOH MISAL BARAT DAYA NOMOR 400.9/0007/TAHUN 2026 TENTANG PENETAPAN PENERIMA SANTUNAN KEMATIAN BAGI KELUARGA MISKIN DAN RENTAN TAHAP KEDUA BELAS TAHUN ANGGARAN 2026".into();
    letter.considering = long_list(5);
    letter.recalling = long_list(14);
    letter.changes = rows.into_iter().enumerate().map(change).collect();
    let struck = Rupiah::sum(letter.changes.iter().filter(|row| row.after.is_none()).map(|row| row.before.amount)).unwrap_or_default();
    letter.before = ListSum { recipients: 100, total };
    letter.struck = Some(ListSum { recipients: 50, total: struck });
    letter.after = Some(ListSum { recipients: 50, total: total.checked_sub(struck).unwrap_or_default() });
}

fn stretch_money(content: &mut LetterContent) {
    match content {
        LetterContent::SkPenetapan(letter) => {
            letter.subject = "PENETAPAN PENERIMA SANTUNAN KEMATIAN BAGI KELUARGA MISKIN DAN RENTAN YANG TERDAFTAR DALAM DATA TUNGGAL SOSIAL DAN EKONOMI NASIONAL DI KABUPATEN KEPULAUAN CONTOH MISAL BARAT DAYA TAHAP KEDUA BELAS TAHUN ANGGARAN 2026".into();
            letter.considering = long_list(5);
            letter.recalling = long_list(14);
            letter.rows = long_rows();
            letter.total = total_of(&letter.rows).unwrap_or_default();
        }
        LetterContent::Nominatif(letter) => {
            letter.rows = long_rows();
            letter.total = total_of(&letter.rows).unwrap_or_default();
            letter.treasurer = stretch_official(letter.treasurer.clone());
            letter.pptk = letter.pptk.clone().map(stretch_official);
        }
        LetterContent::NominatifSamar(letter) => {
            letter.rows = long_rows().iter().map(MaskedRow::of).collect();
            letter.total = Rupiah::sum(letter.rows.iter().map(|row| row.amount)).unwrap_or_default();
        }
        LetterContent::PerintahBayar(letter) => {
            let group = |n: u32| PaymentGroup {
                label: format!("BANK PEMBANGUNAN DAERAH CONTOH MISAL CABANG {n}"),
                recipients: n * 100,
                amount: rupiah(77_777_777_777 * i64::from(n)),
            };
            letter.groups = (1..=24).map(group).collect();
            letter.total = rupiah(77_777_777_777 * 300);
            letter.treasurer = stretch_official(letter.treasurer.clone());
        }
        LetterContent::Kuitansi(letter) => {
            letter.departed = departed(&letter.departed);
            letter.heir = PERSON.into();
            letter.amount = rupiah(977_777_777_777);
            letter.agreed_by = letter.agreed_by.clone().map(stretch_official);
        }
        LetterContent::TandaTerima(_)
        | LetterContent::Pengembalian(_)
        | LetterContent::Penolakan(_)
        | LetterContent::Pemberitahuan(_)
        | LetterContent::SkPerubahan(_)
        | LetterContent::PermintaanPengembalian(_)
        | LetterContent::BuktiAngsuran(_) => {}
    }
}
