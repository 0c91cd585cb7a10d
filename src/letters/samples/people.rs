//! The office, its officials and the families of the samples.

use chrono::{Days, NaiveDate};

use crate::domain::claim::{BankAccount, Payout};
use crate::domain::identity::{Nik, Relation, Sex};
use crate::domain::letter::{Addressee, Departed, LetterCode, LetterContent, NominativeRow, Place, Proof, Token};
use crate::domain::money::Rupiah;
use crate::domain::office::{Letterhead, Signatory, SigningRole};
use crate::domain::region::RegionCode;
use crate::seal;

use super::sample_key;

/// What one family gets in the samples, in whole rupiah.
pub(super) const AMOUNT: i64 = 1_000_000;

/// A date; the first of 2026 if there is no such day.
pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

/// The proof of a sample, signed with a key that every copy of the program has: it proves nothing, and no office signs with it.
pub(super) fn proof(number: &str, dated_on: NaiveDate, content: &LetterContent) -> Proof {
    let code = LetterCode::from_random(*b"contoh 01");
    let office = RegionCode::parse("99.99");
    let token = office.ok().and_then(|office| Token::of(code, &office, number, dated_on, content).ok());
    let signed = token.and_then(|token| seal::token::sign(&token, &sample_key()).ok());
    Proof { code: code.to_string(), address: "https://santunan.contoh.go.id/verifikasi".to_owned(), token: signed.unwrap_or_default() }
}

/// An amount.
pub(super) fn rupiah(whole: i64) -> Rupiah {
    Rupiah::new(whole).unwrap_or_default()
}

/// Kop surat.
pub(super) fn letterhead() -> Letterhead {
    Letterhead {
        government: "PEMERINTAH KABUPATEN BATANG".to_owned(),
        agency: "DINAS SOSIAL".to_owned(),
        address: "Jalan Contoh Nomor 1 Batang, Jawa Tengah 51200".to_owned(),
        contact: "Telepon (0285) 000000, Pos-el dinsos@contoh.go.id, Laman dinsos.contoh.go.id".to_owned(),
        town: "Batang".to_owned(),
        head_of_region: "BUPATI BATANG".to_owned(),
    }
}

/// An official of a role.
pub(super) fn signatory(role: SigningRole) -> Signatory {
    let (title, name, rank, nip) = match role {
        SigningRole::HeadOfAgency => {
            ("Kepala Dinas Sosial Kabupaten Batang", "Dra. RATNA CONTOHWATI, M.Si.", "Pembina Utama Muda", "19700101 199503 2 001")
        }
        SigningRole::HeadOfRegion => ("BUPATI BATANG", "H. SURYA CONTOHADI", "", ""),
        SigningRole::Treasurer => ("Bendahara Pengeluaran", "WAHYU CONTOHNO, S.E.", "Penata", "19850505 201001 1 005"),
        SigningRole::Pptk => {
            ("Pejabat Pelaksana Teknis Kegiatan", "ENDAH CONTOHNINGSIH, S.Sos.", "Penata Tingkat I", "19800808 200501 2 008")
        }
    };
    let [title, name, rank, nip] = [title, name, rank, nip].map(str::to_owned);
    Signatory { role, title, name, rank, nip, from: day(1, 1), until: None }
}

/// A village.
pub(super) fn place() -> Place {
    Place { kelurahan: false, village: "Sukacontoh".to_owned(), kecamatan: "Contohrejo".to_owned() }
}

/// A person who died.
pub(super) fn departed() -> Departed {
    Departed { name: "SLAMET CONTOHARJO".to_owned(), sex: Some(Sex::Male), died_on: day(6, 2), place: place() }
}

/// An heir's letter box.
pub(super) fn heir_address() -> Addressee {
    Addressee { name: "Ibu SITI CONTOHAH".to_owned(), at: "Dukuh Krajan RT 003 RW 001, Desa Sukacontoh, Kecamatan Contohrejo".to_owned() }
}

/// An account.
pub(super) fn account() -> Payout {
    bank("BANK JATENG", "3012004567", "SITI CONTOHAH")
}

/// An account at a bank.
pub(super) fn bank(bank: &str, number: &str, holder: &str) -> Payout {
    Payout::Bank(BankAccount { bank: bank.to_owned(), number: number.to_owned(), holder: holder.to_owned() })
}

const DECEASED: [&str; 6] =
    ["SLAMET CONTOHARJO", "H. ACHMAD MISALUDIN", "KARTINI UMPAMAWATI", "SUPARMAN", "Hj. NUR'AINI TELADANI", "WAGIYEM"];
const HEIRS: [&str; 6] = ["SITI CONTOHAH", "FATIMAH MISALIYAH", "JOKO UMPAMA", "TUKINAH", "M. ALI TELADAN", "SRI WAHYUNI CONTOHSARI"];
const RELATIONS: [Relation; 6] = [Relation::Istri, Relation::Istri, Relation::Anak, Relation::Istri, Relation::Anak, Relation::Saudara];
const VILLAGES: [(&str, &str, bool); 4] = [
    ("Sukacontoh", "Contohrejo", false),
    ("Misalsari", "Contohrejo", false),
    ("Umpamabaru", "Teladan", true),
    ("Kedungmisal", "Teladan", false),
];

fn pick<T: Copy>(items: &[T], at: usize, otherwise: T) -> T {
    items.get(at % items.len().max(1)).copied().unwrap_or(otherwise)
}

/// A NIK of no region that exists; sixteen digits always parse, zero is never reached.
fn nik(serial: usize) -> Option<Nik> {
    Nik::parse(&format!("99250115{serial:08}")).ok()
}

/// Rows of a list, each different; fewer only if a NIK could not be read, which the tests would see.
pub(super) fn rows(many: usize) -> Vec<NominativeRow> {
    (0..many).filter_map(row).collect()
}

fn row(at: usize) -> Option<NominativeRow> {
    let (village, kecamatan, kelurahan) = pick(&VILLAGES, at, ("Sukacontoh", "Contohrejo", false));
    let heir = pick(&HEIRS, at, "SITI CONTOHAH");
    let days = u64::try_from(at % 28).ok()?;
    let payout = match at % 4 {
        3 => Payout::Cash,
        2 => bank("BANK RAKYAT INDONESIA", &format!("{:015}", 310_001_000_000_000_usize + at), heir),
        _ => bank("BANK JATENG", &format!("{:010}", 3_012_000_000_usize + at), heir),
    };
    Some(NominativeRow {
        claim_code: format!("BTG-26-{:05}", at + 1),
        deceased: pick(&DECEASED, at, "SLAMET CONTOHARJO").to_owned(),
        deceased_nik: if at % 9 == 8 { None } else { Some(nik(at + 1001)?) },
        died_on: day(5, 1) + Days::new(days),
        address: format!("Dukuh Krajan RT {:03} RW {:03}", at % 7 + 1, at % 3 + 1),
        place: Place { kelurahan, village: village.to_owned(), kecamatan: kecamatan.to_owned() },
        heir: heir.to_owned(),
        heir_nik: nik(at + 50_001)?,
        relation: pick(&RELATIONS, at, Relation::Anak),
        payout,
        amount: rupiah(AMOUNT),
    })
}
