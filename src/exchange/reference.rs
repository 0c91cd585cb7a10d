//! Reference data compiled into the program: regions of Indonesia and the prefixes a NIK may have.
//!
//! Source and licence stand in `fixtures/regions/README.md`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use csv::StringRecord;

use crate::domain::identity::Nik;
use crate::domain::region::{RegionCode, RegionLevel};

const INCLUDED: &str = include_str!("../../fixtures/regions/wilayah_33.25.csv");
const KABUPATEN: &str = include_str!("../../fixtures/regions/wilayah_kabupaten.csv");
const KECAMATAN: &str = include_str!("../../fixtures/regions/wilayah_kecamatan.csv");
const OLDER: &str = include_str!("../../fixtures/regions/wilayah_lama.csv");

/// Names of regions by code: all provinces, kabupaten and kecamatan of Indonesia, and the villages of Batang.
#[derive(Debug, Clone, Default)]
pub struct Regions(BTreeMap<RegionCode, String>);

impl Regions {
    /// The regions of the list in force today.
    pub fn current() -> &'static Self {
        static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
            let of = |text, name_column| rows(text).filter_map(move |row| named(&row, name_column)).collect::<Vec<_>>();
            Regions([of(KABUPATEN, 3), of(KECAMATAN, 1), of(INCLUDED, 3)].concat().into_iter().collect())
        });
        &REGIONS
    }

    /// The plain name, for example `Wonotunggal` or `Kabupaten Batang`.
    pub fn name(&self, code: &RegionCode) -> Option<&str> {
        self.0.get(code).map(String::as_str)
    }

    /// All regions with their plain names, in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = (&RegionCode, &str)> {
        self.0.iter().map(|(code, name)| (code, name.as_str()))
    }

    /// The regions directly below one, in the order of their codes.
    pub fn children<'a>(&'a self, code: &'a RegionCode) -> impl Iterator<Item = (&'a RegionCode, &'a str)> {
        self.0
            .range(code..)
            .take_while(move |(below, _)| code.contains(below))
            .filter(move |(below, _)| below.parent().as_ref() == Some(code))
            .map(|(below, name)| (below, name.as_str()))
    }

    /// All villages inside a region, in the order of their codes.
    pub fn villages<'a>(&'a self, inside: &'a RegionCode) -> impl Iterator<Item = (&'a RegionCode, &'a str)> {
        self.0
            .range(inside..)
            .take_while(move |(code, _)| inside.contains(code))
            .filter(|(code, _)| code.level() == RegionLevel::Village)
            .map(|(code, name)| (code, name.as_str()))
    }

    /// The name with its kind: `Desa Wonotunggal`, `Kelurahan Kauman`, `Kecamatan Batang`, `Kabupaten Batang`.
    pub fn titled(&self, code: &RegionCode) -> Option<String> {
        let name = self.name(code)?;
        Some(match code.level() {
            RegionLevel::Village if code.is_kelurahan() => format!("Kelurahan {name}"),
            RegionLevel::Village => format!("Desa {name}"),
            RegionLevel::Kecamatan => format!("Kecamatan {name}"),
            RegionLevel::Province => format!("Provinsi {name}"),
            RegionLevel::Kabupaten => name.to_owned(),
        })
    }

    /// `Desa Wonotunggal, Kecamatan Wonotunggal`: villages repeat their names, so the kecamatan always stands beside.
    pub fn full_name(&self, village: &RegionCode) -> Option<String> {
        let kecamatan = village.parent().and_then(|k| self.titled(&k))?;
        Some(format!("{}, {kecamatan}", self.titled(village)?))
    }

    /// The village of a name inside a region; `None` if there is none or more than one.
    pub fn village_named<'a>(&'a self, name: &str, inside: &'a RegionCode) -> Option<&'a RegionCode> {
        let wanted = name.trim();
        let mut found = self.villages(inside).filter(|(_, name)| name.eq_ignore_ascii_case(wanted));
        let (code, _) = found.next()?;
        found.next().is_none().then_some(code)
    }
}

/// The six-digit beginnings a NIK may have: kecamatan of today and of older lists.
#[derive(Debug, Clone, Default)]
pub struct NikPrefixes(HashSet<String>);

impl NikPrefixes {
    /// The prefixes of all lists since 2015.
    pub fn known() -> &'static Self {
        static PREFIXES: LazyLock<NikPrefixes> = LazyLock::new(|| {
            let codes = rows(KECAMATAN).chain(rows(OLDER)).filter_map(|row| row.get(0).map(|code| code.replace('.', "")));
            NikPrefixes(codes.filter(|code| code.len() == 6).collect())
        });
        &PREFIXES
    }

    /// Whether the NIK begins with a known kecamatan. Unknown is a reason to look, never a proof of a mistake: lists
    /// before 2015 are not covered.
    pub fn knows(&self, nik: &Nik) -> bool {
        self.0.contains(nik.region_digits())
    }
}

/// Rows of a list compiled in; a test counts them, so none is lost silently.
fn rows(text: &'static str) -> impl Iterator<Item = StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok)
}

fn named(row: &StringRecord, name_column: usize) -> Option<(RegionCode, String)> {
    Some((RegionCode::parse(row.get(0)?).ok()?, row.get(name_column)?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn no_row_of_the_lists_is_lost() {
        for (text, count) in [(INCLUDED, 265), (KABUPATEN, 552), (KECAMATAN, 7285), (OLDER, 620)] {
            assert_eq!(rows(text).count(), count);
        }
        // Batang's province, kabupaten and kecamatan stand in two lists.
        assert_eq!(Regions::current().0.len(), 552 + 7285 + 239 + 9);
    }

    #[test]
    fn a_village_is_named_with_its_kind_and_kecamatan() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(Regions::current().full_name(&code(text)).as_deref(), expected, "{text}");
        };
        check("33.25.01.2006", Some("Desa Wonotunggal, Kecamatan Wonotunggal"));
        check("33.25.11.1015", Some("Kelurahan Kauman, Kecamatan Batang"));
        check("33.25.01.2999", None);
        assert_eq!(Regions::current().titled(&code("33.25")).as_deref(), Some("Kabupaten Batang"));
        assert_eq!(Regions::current().titled(&code("33")).as_deref(), Some("Provinsi Jawa Tengah"));
    }

    #[test]
    fn children_are_one_level_down_and_nothing_else() {
        let regions = Regions::current();
        let batang = code("33.25");
        let kecamatan: Vec<_> = regions.children(&batang).map(|(_, name)| name).collect();
        assert_eq!(kecamatan.len(), 15);
        assert_eq!(kecamatan.first(), Some(&"Wonotunggal"));
        assert_eq!(regions.children(&code("33.25.11")).count(), 21);
        assert_eq!(regions.children(&code("33.25.11.1015")).count(), 0);
        assert_eq!(regions.villages(&code("33.25")).count(), 248);
    }

    #[test]
    fn a_village_is_found_by_name_only_if_there_is_one_of_it() {
        let regions = Regions::current();
        let batang = code("33.25");
        assert_eq!(regions.village_named(" KALISARI ", &code("33.25.03")), Some(&code("33.25.03.2007")));
        assert_eq!(regions.village_named("Mentosari", &batang), Some(&code("33.25.07.2009")));
        assert_eq!(regions.village_named("Atlantis", &batang), None);
        let mut names: Vec<_> = regions.villages(&batang).map(|(_, name)| name).collect();
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        assert_eq!(twice.and_then(|name| regions.village_named(name, &batang)), None, "{twice:?}");
        assert!(twice.is_some());
    }

    #[test]
    fn prefixes_of_today_and_of_older_lists_are_known() {
        let check = |nik: &str, expected: bool| assert_eq!(NikPrefixes::known().knows(&Nik::parse(nik).unwrap()), expected, "{nik}");
        check("3325010903430001", true);
        check("9101010903430001", true);
        check("9301010903430001", true);
        check("3399010903430001", false);
        check("0000010903430001", false);
    }
}
