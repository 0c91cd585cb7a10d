//! Everyday letters.

use chrono::DateTime;

use super::people::{AMOUNT, account, day, departed, heir_address, letterhead, place, proof, rows, rupiah, signatory};
use crate::domain::claim::{DocumentKind, Payout};
use crate::domain::identity::{Nik, Relation};
use crate::domain::letter::{
    Addressee, BuktiAngsuran, ClaimPaper, DueLine, Fault, Kuitansi, Letter, LetterContent, LetterKind, ListSum, Nominatif, NominatifSamar,
    NominativeRow, PaymentGroup, Pemberitahuan, Pengembalian, Penolakan, PerintahBayar, PermintaanPengembalian, RowAmendment, SkPenetapan,
    SkPerubahan, TandaTerima, total_of,
};
use crate::domain::office::{Paper, SigningRole};

const PAPERS: [DocumentKind; 7] = [
    DocumentKind::SuratKematian,
    DocumentKind::Kk,
    DocumentKind::KtpAlmarhum,
    DocumentKind::KtpAhliWaris,
    DocumentKind::Sktm,
    DocumentKind::SuratAhliWaris,
    DocumentKind::BukuRekening,
];
const CONTACT: &str = "Dinas Sosial Kabupaten Batang, telepon (0285) 000000, hari kerja pukul 08.00 sampai dengan 15.00 WIB";
const STATUS_PAGE: &str = "santunan.contoh.go.id/status";
const DECREE: &str = "400.9/0007/TAHUN 2026";

/// A letter of a kind.
pub(super) fn letter(kind: LetterKind) -> Letter {
    let (number, content) = match kind {
        LetterKind::TandaTerima => ("400.9/0012/TT/VI/2026", LetterContent::TandaTerima(receipt())),
        LetterKind::Pengembalian => ("400.9/0013/DINSOS/VI/2026", LetterContent::Pengembalian(repair())),
        LetterKind::Penolakan => ("400.9/0014/DINSOS/VI/2026", LetterContent::Penolakan(refusal())),
        LetterKind::SkPenetapan => (DECREE, LetterContent::SkPenetapan(decree())),
        LetterKind::Nominatif => ("900/0003/NOM/VI/2026", LetterContent::Nominatif(list())),
        LetterKind::NominatifSamar => ("900/0003/NOMS/VI/2026", LetterContent::NominatifSamar(NominatifSamar::of(&list(), CONTACT))),
        LetterKind::PerintahBayar => ("900/0004/SPB/VI/2026", LetterContent::PerintahBayar(order())),
        LetterKind::Kuitansi => ("900/0121/KW/VI/2026", LetterContent::Kuitansi(money_receipt())),
        LetterKind::Pemberitahuan => ("400.9/0131/DINSOS/VI/2026", LetterContent::Pemberitahuan(notice())),
        LetterKind::SkPerubahan => ("400.9/0009/TAHUN 2026", LetterContent::SkPerubahan(amending_decree())),
        LetterKind::PermintaanPengembalian => ("900/0002/TGR/VI/2026", LetterContent::PermintaanPengembalian(demand())),
        LetterKind::BuktiAngsuran => ("900/0005/ANG/VI/2026", LetterContent::BuktiAngsuran(instalment_note())),
    };
    let dated_on = match kind {
        LetterKind::TandaTerima => day(6, 8),
        LetterKind::SkPenetapan => day(6, 19),
        _ => day(6, 22),
    };
    Letter {
        number: number.to_owned(),
        dated_on,
        letterhead: letterhead(),
        paper: Paper::F4,
        signatory: kind.signed_by().map(signatory),
        proof: proof(number, dated_on, &content),
        content,
    }
}

fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn receipt() -> TandaTerima {
    let paper = |kind: DocumentKind| ClaimPaper { name: kind.label().to_owned(), received: kind != DocumentKind::BukuRekening };
    TandaTerima {
        claim_code: "BTG-26-00012".to_owned(),
        received_at: DateTime::from_timestamp(1_780_885_500, 0).unwrap_or_default(),
        filed_on: None,
        departed: departed(),
        heir: "SITI CONTOHAH".to_owned(),
        relation: Relation::Istri,
        reporter: "BUDI CONTOHWAN".to_owned(),
        papers: PAPERS.map(paper).to_vec(),
        complete_by: Some(day(7, 2)),
        status_page: STATUS_PAGE.to_owned(),
        contact: CONTACT.to_owned(),
        officer: "AGUS CONTOHONO".to_owned(),
        officer_title: "Petugas Desa Sukacontoh".to_owned(),
    }
}

fn repair() -> Pengembalian {
    let fault = |what: &str, cure: &str| Fault { what: what.to_owned(), cure: cure.to_owned() };
    Pengembalian {
        claim_code: "BTG-26-00012".to_owned(),
        filed_on: day(6, 8),
        addressee: Addressee { name: "Kepala Desa Sukacontoh".to_owned(), at: "Kecamatan Contohrejo".to_owned() },
        departed: departed(),
        heir: "SITI CONTOHAH".to_owned(),
        relation: Relation::Istri,
        faults: vec![
            fault(
                "Nama pemilik rekening berbeda dengan nama ahli waris.",
                "Lampirkan halaman depan buku rekening atas nama ahli waris sendiri, atau pilih pembayaran tunai.",
            ),
            fault("Surat keterangan kematian belum dibubuhi nomor.", "Mintakan nomor surat pada buku register desa."),
        ],
        resubmit_by: Some(day(7, 2)),
        contact: CONTACT.to_owned(),
        status_page: STATUS_PAGE.to_owned(),
        officer: "Tim Verifikasi Dinas Sosial".to_owned(),
        copies: texts(&["Camat Contohrejo", "Ahli waris yang bersangkutan"]),
    }
}

fn refusal() -> Penolakan {
    Penolakan {
        claim_code: "BTG-26-00015".to_owned(),
        filed_on: day(6, 9),
        addressee: heir_address(),
        departed: departed(),
        heir: "SITI CONTOHAH".to_owned(),
        relation: Relation::Istri,
        reason: "Permohonan diajukan 94 hari setelah tanggal meninggal, sedangkan batas pengajuan adalah 30 hari".to_owned(),
        basis: texts(&["Peraturan Bupati Batang tentang Santunan Kematian, pasal tentang batas waktu pengajuan permohonan."]),
        data_basis: texts(&[
            "Surat keterangan kematian Nomor 474.3/012/2026 tanggal 3 Maret 2026.",
            "Catatan penerimaan berkas tanggal 9 Juni 2026.",
        ]),
        objection_to: "Kepala Dinas Sosial Kabupaten Batang".to_owned(),
        objection_days: 21,
        contact: CONTACT.to_owned(),
        copies: texts(&["Kepala Desa Sukacontoh"]),
    }
}

fn decree() -> SkPenetapan {
    let rows = rows(12);
    SkPenetapan {
        subject: "PENETAPAN PENERIMA SANTUNAN KEMATIAN TAHAP VI TAHUN ANGGARAN 2026".to_owned(),
        considering: texts(&[
            "bahwa untuk meringankan beban keluarga miskin yang ditinggal wafat anggota keluarganya, Pemerintah Kabupaten Batang memberikan santunan kematian;",
            "bahwa permohonan yang tercantum dalam Lampiran telah diteliti dan memenuhi syarat;",
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan Bupati tentang Penetapan Penerima Santunan Kematian;",
        ]),
        recalling: texts(&[
            "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial;",
            "Undang-Undang Nomor 13 Tahun 2011 tentang Penanganan Fakir Miskin;",
            "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah;",
            "Peraturan Pemerintah Nomor 12 Tahun 2019 tentang Pengelolaan Keuangan Daerah;",
        ]),
        noting: texts(&["Berita Acara Verifikasi Dinas Sosial Nomor 400.9/0006/BA/VI/2026 tanggal 18 Juni 2026;"]),
        agency: "Dinas Sosial Kabupaten Batang".to_owned(),
        fiscal_year: 2026,
        account_code: "5.3.01.01.01.0001".to_owned(),
        account_name: "Belanja Tidak Terduga".to_owned(),
        budget_document: "Anggaran Pendapatan dan Belanja Daerah Kabupaten Batang Tahun Anggaran 2026".to_owned(),
        enacted_at: "Batang".to_owned(),
        total: total_of(&rows).unwrap_or_default(),
        rows,
        copies: texts(&["Inspektur Kabupaten Batang", "Kepala Badan Pengelola Keuangan dan Aset Daerah"]),
    }
}

fn list() -> Nominatif {
    let rows = rows(12);
    Nominatif {
        decree_number: DECREE.to_owned(),
        decree_on: day(6, 19),
        fiscal_year: 2026,
        account_code: "5.3.01.01.01.0001".to_owned(),
        account_name: "Belanja Tidak Terduga".to_owned(),
        total: total_of(&rows).unwrap_or_default(),
        rows,
        treasurer: signatory(SigningRole::Treasurer),
        pptk: Some(signatory(SigningRole::Pptk)),
    }
}

fn order() -> PerintahBayar {
    let group =
        |label: &str, recipients: u32| PaymentGroup { label: label.to_owned(), recipients, amount: rupiah(AMOUNT * i64::from(recipients)) };
    PerintahBayar {
        decree_number: DECREE.to_owned(),
        decree_on: day(6, 19),
        decree_subject: "Penetapan Penerima Santunan Kematian Tahap VI Tahun Anggaran 2026".to_owned(),
        fiscal_year: 2026,
        account_code: "5.3.01.01.01.0001".to_owned(),
        account_name: "Belanja Tidak Terduga".to_owned(),
        list_number: "900/0003/NOM/VI/2026".to_owned(),
        groups: vec![group("BANK JATENG", 6), group("BANK RAKYAT INDONESIA", 3), group("Tunai melalui bendahara", 3)],
        total: rupiah(AMOUNT * 12),
        treasurer: signatory(SigningRole::Treasurer),
        copies: texts(&["Inspektur Kabupaten Batang"]),
    }
}

/// The sample's receipt for money; its NIK is sixteen digits, so it is always one.
fn money_receipt() -> Kuitansi {
    let first = rows(1).into_iter().next();
    let heir_nik = first.map(|row| row.heir_nik).or_else(|| Nik::parse("9925011500050001").ok());
    Kuitansi {
        hand: None,
        claim_code: "BTG-26-00012".to_owned(),
        fiscal_year: 2026,
        account_code: "5.3.01.01.01.0001".to_owned(),
        payer: "Bendahara Pengeluaran Dinas Sosial Kabupaten Batang".to_owned(),
        amount: rupiah(AMOUNT),
        departed: departed(),
        decree_number: DECREE.to_owned(),
        decree_on: day(6, 19),
        heir: "SITI CONTOHAH".to_owned(),
        heir_nik: heir_nik.unwrap_or_else(|| unreachable!("sixteen digits are a NIK")),
        heir_address: format!("Dukuh Krajan RT 003 RW 001, {}", place().line()),
        relation: Relation::Istri,
        payout: Payout::Cash,
        agreed_by: Some(signatory(SigningRole::HeadOfAgency)),
    }
}

fn amending_decree() -> SkPerubahan {
    let rows = rows(12);
    let total = total_of(&rows).unwrap_or_default();
    let mut changes: Vec<RowAmendment> = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        match at {
            1 => changes.push(RowAmendment {
                before: row,
                after: None,
                why: "Orangnya masih hidup: hadir di kantor desa tanggal 22 Juni 2026 dengan KTP-nya".to_owned(),
            }),
            4 => changes.push(RowAmendment {
                after: Some(NominativeRow { heir: "MUHAMMAD ALI TELADAN".to_owned(), payout: Payout::Cash, ..row.clone() }),
                before: row,
                why: "Nama pada buku rekening tidak sama; ahli waris meminta tunai".to_owned(),
            }),
            _ => {}
        }
    }
    SkPerubahan {
        subject: format!(
            "PERUBAHAN ATAS KEPUTUSAN BUPATI BATANG NOMOR {DECREE} TENTANG PENETAPAN PENERIMA SANTUNAN KEMATIAN TAHAP VI TAHUN ANGGARAN 2026"
        ),
        considering: texts(&[
            "bahwa dengan Keputusan Bupati Batang Nomor 400.9/0007/TAHUN 2026 telah ditetapkan 12 (dua belas) orang penerima santunan kematian;",
            "bahwa setelah diteliti kembali terdapat penerima yang harus dicoret dan data penerima yang harus diubah;",
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan Bupati tentang perubahan keputusan tersebut;",
        ]),
        recalling: texts(&[
            "Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial;",
            "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah sebagaimana telah beberapa kali diubah;",
            "Keputusan Bupati Batang Nomor 400.9/0007/TAHUN 2026 tanggal 19 Juni 2026;",
        ]),
        decree_number: DECREE.to_owned(),
        decree_on: day(6, 19),
        fiscal_year: 2026,
        enacted_at: "Batang".to_owned(),
        changes,
        before: ListSum { recipients: 12, total },
        struck: Some(ListSum { recipients: 1, total: rupiah(AMOUNT) }),
        after: Some(ListSum { recipients: 11, total: rupiah(AMOUNT * 11) }),
        copies: texts(&["Inspektur Kabupaten Batang", "Kepala Badan Pengelola Keuangan dan Aset Daerah"]),
    }
}

fn demand() -> PermintaanPengembalian {
    let part = |month: u32, whole: i64| DueLine { due_on: day(month, 20), amount: rupiah(whole) };
    PermintaanPengembalian {
        claim_code: "BTG-26-00002".to_owned(),
        addressee: heir_address(),
        about: "H. ACHMAD MISALUDIN".to_owned(),
        paid: rupiah(AMOUNT),
        paid_on: day(6, 12),
        reason: "Orangnya masih hidup: hadir di kantor desa tanggal 20 Juni 2026 dengan KTP-nya".to_owned(),
        annulled_on: day(6, 22),
        balance: rupiah(AMOUNT),
        basis: "surat pernyataan kesanggupan tanggal 22 Juni 2026".to_owned(),
        instalments: vec![part(7, 333_334), part(8, 333_333), part(9, 333_333)],
        pay_to: "ke Rekening Kas Umum Daerah melalui Bendahara Pengeluaran Dinas Sosial Kabupaten Batang dengan Surat Tanda Setoran (STS)"
            .to_owned(),
        contact: CONTACT.to_owned(),
        copies: texts(&["Inspektur Kabupaten Batang", "Kepala Desa Sukacontoh"]),
    }
}

fn instalment_note() -> BuktiAngsuran {
    BuktiAngsuran {
        claim_code: "BTG-26-00002".to_owned(),
        debtor: "FATIMAH MISALIYAH".to_owned(),
        debtor_address: heir_address().at,
        about: "H. ACHMAD MISALUDIN".to_owned(),
        sequence: 2,
        amount: rupiah(333_333),
        paid_on: day(6, 20),
        slip_number: "STS-0042/2026".to_owned(),
        owed: rupiah(AMOUNT),
        so_far: rupiah(666_667),
        balance: Some(rupiah(333_333)),
    }
}

fn notice() -> Pemberitahuan {
    Pemberitahuan {
        claim_code: "BTG-26-00012".to_owned(),
        addressee: heir_address(),
        departed: departed(),
        heir: "SITI CONTOHAH".to_owned(),
        relation: Relation::Istri,
        decree_number: DECREE.to_owned(),
        decree_on: day(6, 19),
        amount: rupiah(AMOUNT),
        payout: account(),
        pay_when: "paling lambat 7 hari kerja sejak tanggal surat ini".to_owned(),
        pay_where: CONTACT.to_owned(),
        bring: texts(&["KTP asli ahli waris", "buku rekening"]),
        contact: CONTACT.to_owned(),
        copies: texts(&["Kepala Desa Sukacontoh"]),
    }
}
