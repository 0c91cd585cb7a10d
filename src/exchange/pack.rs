//! Reads an office's pack: `office.toml`, `policy.toml` and the demo's `users.toml`.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::domain::access::Role;
use crate::domain::identity::{FamilyCard, Nik, PersonName};
use crate::domain::office::{Numbering, Office, SigningRole};
use crate::domain::policy::{PolicyFault, PolicyPack};
use crate::domain::region::RegionCode;

/// The letter kinds every office has to number.
pub const LETTER_KINDS: [&str; 12] = [
    "tanda_terima",
    "pengembalian",
    "penolakan",
    "sk_penetapan",
    "nominatif",
    "nominatif_samar",
    "perintah_bayar",
    "kuitansi",
    "pemberitahuan",
    "sk_perubahan",
    "permintaan_pengembalian",
    "bukti_angsuran",
];

/// The office compiled in, which the demo, `check` and the tests use.
pub mod included {
    /// Its code.
    pub const CODE: &str = "33.25";
    /// Settings of the office.
    pub const OFFICE: &str = include_str!("../../fixtures/offices/33.25/office.toml");
    /// Rules of the programme.
    pub const POLICY: &str = include_str!("../../fixtures/offices/33.25/policy.toml");
    /// Accounts of the demo.
    pub const USERS: &str = include_str!("../../fixtures/offices/33.25/users.toml");
    /// An example emblem, PNG.
    pub const EMBLEM: &[u8] = include_bytes!("../../fixtures/offices/33.25/emblem.png");
}

/// The rules compiled in, by the code of the office; more places than the program has an office for.
pub const POLICIES: [(&str, &str); 9] = [
    ("32.16", include_str!("../../fixtures/offices/32.16/policy.toml")),
    ("33.19", include_str!("../../fixtures/offices/33.19/policy.toml")),
    (included::CODE, included::POLICY),
    ("33.75", include_str!("../../fixtures/offices/33.75/policy.toml")),
    ("34.71", include_str!("../../fixtures/offices/34.71/policy.toml")),
    ("35.22", include_str!("../../fixtures/offices/35.22/policy.toml")),
    ("35.71", include_str!("../../fixtures/offices/35.71/policy.toml")),
    ("35.74", include_str!("../../fixtures/offices/35.74/policy.toml")),
    ("36.71", include_str!("../../fixtures/offices/36.71/policy.toml")),
];

/// An account of the demo. It has no password: the demo makes one and prints it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoUser {
    /// Login name, for example `operator.wonotunggal`.
    pub username: String,
    /// Name of the person.
    pub name: PersonName,
    /// What the account is for.
    pub role: Role,
    /// What the person sees: a village, or the whole kabupaten.
    pub region: RegionCode,
    /// NIK, for the separation of duties by person.
    pub nik: Nik,
    /// Family card, because nobody handles a claim of their own family.
    pub family_card: FamilyCard,
    /// The code the clerk has in claim files (`petugas`), for example PTG-3325012006.
    pub clerk: Option<String>,
}

/// What is wrong in an office's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// Not TOML, or a field is missing, unknown or unreadable.
    #[error("berkas kantor tidak terbaca: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// A letter kind has no number pattern.
    #[error("[numbering] belum memuat \"{0}\"")]
    NotNumbered(&'static str),
    /// Two letters would get the same number.
    #[error("pola nomor \"{0}\" tidak memuat {{no}} atau {{tahun}}; dua surat akan bernomor sama")]
    PatternNotUnique(String),
    /// Nobody signs as this role.
    #[error("[[signatories]] belum memuat pejabat dengan role \"{0}\"")]
    NobodySigns(&'static str),
    /// A field that letters print is empty.
    #[error("\"{0}\" masih kosong")]
    Blank(&'static str),
    /// One day twice among the holidays.
    #[error("hari libur {0} tertulis dua kali")]
    HolidayTwice(chrono::NaiveDate),
}

/// Reads an office's settings.
///
/// # Errors
/// Every [`PackFault`]; a file that cannot be read at all gives its one reason.
pub fn read_office(text: &str) -> Result<Office, Vec<PackFault>> {
    let office: Office = toml::from_str(text).map_err(|why| vec![PackFault::Unreadable(why)])?;
    let mut faults = Vec::new();
    check_numbering(&office, &mut faults);
    check_signatories(&office, &mut faults);
    check_blanks(&office, &mut faults);
    check_holidays(&office, &mut faults);
    if faults.is_empty() { Ok(office) } else { Err(faults) }
}

/// Reads a policy pack.
///
/// # Errors
/// Every [`PolicyFault`].
pub fn read_policy(text: &str) -> Result<PolicyPack, Vec<PolicyFault>> {
    PolicyPack::parse(text)
}

/// Reads the demo's accounts.
///
/// # Errors
/// [`PackFault::Unreadable`].
pub fn read_users(text: &str) -> Result<Vec<DemoUser>, PackFault> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Users {
        user: Vec<DemoUser>,
    }
    Ok(toml::from_str::<Users>(text)?.user)
}

fn check_numbering(office: &Office, faults: &mut Vec<PackFault>) {
    let missing = LETTER_KINDS.into_iter().filter(|kind| !office.numbering.contains_key(*kind));
    faults.extend(missing.map(PackFault::NotNumbered));
    let counts = |n: &&Numbering| !(n.pattern.contains("{no") && n.pattern.contains("{tahun}"));
    faults.extend(office.numbering.values().filter(counts).map(|n| PackFault::PatternNotUnique(n.pattern.clone())));
}

fn check_signatories(office: &Office, faults: &mut Vec<PackFault>) {
    let needed = [
        (SigningRole::HeadOfAgency, "head_of_agency"),
        (SigningRole::HeadOfRegion, "head_of_region"),
        (SigningRole::Treasurer, "treasurer"),
    ];
    let missing = needed.into_iter().filter(|(role, _)| !office.signatories.iter().any(|s| s.role == *role));
    faults.extend(missing.map(|(_, name)| PackFault::NobodySigns(name)));
}

fn check_blanks(office: &Office, faults: &mut Vec<PackFault>) {
    let head = &office.letterhead;
    let printed = [
        ("letterhead.government", &head.government),
        ("letterhead.agency", &head.agency),
        ("letterhead.address", &head.address),
        ("letterhead.town", &head.town),
        ("letterhead.head_of_region", &head.head_of_region),
        ("contact", &office.contact),
        ("short_code", &office.short_code),
        ("bank.bank", &office.bank.bank),
        ("bank.account", &office.bank.account),
        ("bank.holder", &office.bank.holder),
    ];
    faults.extend(printed.into_iter().filter(|(_, text)| text.trim().is_empty()).map(|(key, _)| PackFault::Blank(key)));
}

fn check_holidays(office: &Office, faults: &mut Vec<PackFault>) {
    let mut seen = BTreeSet::new();
    faults.extend(office.holidays.iter().filter(|h| !seen.insert(h.on)).map(|h| PackFault::HolidayTwice(h.on)));
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::exchange::reference::Regions;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_office_of_batang_is_complete() {
        let office = read_office(included::OFFICE).unwrap();
        assert_eq!(office.region.as_str(), "33.25");
        assert_eq!(office.holidays.iter().filter(|h| h.joint_leave).count(), 8);
        assert_eq!(office.holidays.iter().filter(|h| !h.joint_leave).count(), 17);
        assert_eq!(office.budget.iter().map(|b| b.ceiling.whole()).collect::<Vec<_>>(), [2_500_000_000]);
        assert_eq!(office.bank.aliases.get("BSI").map(String::as_str), Some("BSMDIDJA"));
        for role in [SigningRole::HeadOfAgency, SigningRole::HeadOfRegion, SigningRole::Treasurer, SigningRole::Pptk] {
            assert!(office.signatory(role, day("2026-06-22")).is_some(), "{role:?}");
        }
    }

    #[test]
    fn lebaran_of_2026_closes_the_office_for_seven_days() {
        let closed = read_office(included::OFFICE).unwrap().closed_days();
        assert!(closed.is_working_day(day("2026-03-17")));
        assert!(day("2026-03-18").iter_days().take(7).all(|d| !closed.is_working_day(d)));
        assert!(closed.is_working_day(day("2026-03-25")));
        assert!(!closed.is_working_day(day("2026-05-28")), "joint leave closes the office too");
    }

    #[test]
    fn every_pack_gives_the_answers_its_examples_write_down() {
        let holidays = read_office(included::OFFICE).unwrap().closed_days();
        for (code, text) in POLICIES {
            let pack = read_policy(text).unwrap_or_else(|faults| panic!("{code}: {faults:#?}"));
            assert!(pack.versions().iter().all(|policy| policy.residence.as_str() == code), "{code}");
            let results = pack.run_examples(&holidays);
            assert!(results.len() >= 6, "{code}: {} examples", results.len());
            let failed: Vec<String> = results.iter().filter(|result| !result.passed()).map(ToString::to_string).collect();
            assert!(failed.is_empty(), "{code}:\n{}", failed.join("\n"));
        }
    }

    #[test]
    fn every_assumption_marked_in_a_pack_is_shown_to_users() {
        for (code, text) in POLICIES {
            let pack = read_policy(text).unwrap();
            let shown: BTreeSet<&str> = pack.versions().iter().flat_map(|v| &v.assumptions).map(String::as_str).collect();
            assert_eq!(text.matches("# ANGGAPAN").count(), shown.len(), "{code}");
        }
    }

    #[test]
    fn every_fault_of_an_office_is_told_at_once() {
        let broken = included::OFFICE
            .replace("kuitansi = ", "kwitansi = ")
            .replace("400.9/{no:3} TAHUN {tahun}", "400.9 TAHUN {tahun}")
            .replace("role = \"treasurer\"", "role = \"pptk\"")
            .replace("town = \"Batang\"", "town = \" \"")
            .replace("on = \"2026-12-24\"", "on = \"2026-12-25\"");
        let faults = read_office(&broken).unwrap_err();
        assert_eq!(
            faults,
            [
                PackFault::NotNumbered("kuitansi"),
                PackFault::PatternNotUnique("400.9 TAHUN {tahun}".to_owned()),
                PackFault::NobodySigns("treasurer"),
                PackFault::Blank("letterhead.town"),
                PackFault::HolidayTwice(day("2026-12-25")),
            ]
        );
        assert!(matches!(read_office("region = 3").unwrap_err().as_slice(), [PackFault::Unreadable(_)]));
    }

    #[test]
    fn every_village_of_the_sample_claims_has_a_clerk_and_a_head() {
        let users = read_users(included::USERS).unwrap();
        let claims: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/claims/claims_sample.json")).unwrap();
        for claim in claims.as_array().unwrap() {
            let village = RegionCode::parse(claim["kode_desa_pengaju"].as_str().unwrap()).unwrap();
            let clerk = users.iter().find(|u| u.clerk.as_deref() == claim["petugas"].as_str());
            assert_eq!(clerk.map(|u| (u.role, &u.region)), Some((Role::Operator, &village)));
            assert!(users.iter().any(|u| u.role == Role::VillageHead && u.region == village), "{village}");
            assert!(Regions::current().name(&village).is_some());
        }
    }

    #[test]
    fn demo_people_are_nobody_of_the_register_and_nobody_twice() {
        let users = read_users(included::USERS).unwrap();
        let register = include_str!("../../fixtures/register/population_sample.csv");
        let numbers: BTreeSet<&str> = users.iter().flat_map(|u| [u.nik.expose(), u.family_card.expose()]).collect();
        assert_eq!(numbers.len(), 2 * users.len());
        assert!(numbers.iter().all(|number| !register.contains(number)));
        let names: BTreeSet<&str> = users.iter().map(|u| u.username.as_str()).collect();
        assert_eq!(names.len(), users.len());
        for role in Role::ALL {
            assert!(users.iter().any(|u| u.role == role), "{role:?}");
        }
    }

    #[test]
    fn the_example_emblem_is_a_png_with_transparency() {
        let mut reader = png::Decoder::new(std::io::Cursor::new(included::EMBLEM)).read_info().unwrap();
        assert_eq!(reader.info().color_type, png::ColorType::Rgba);
        assert_eq!((reader.info().width, reader.info().height), (480, 560));
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels[3], 0, "the corner is transparent");
    }
}
