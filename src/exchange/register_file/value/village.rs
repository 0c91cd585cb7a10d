//! The village of a row, by its code or by the names of village, kecamatan and kabupaten.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::mapping::plain;
use crate::domain::region::{RegionCode, RegionLevel};
use crate::exchange::reference::Regions;

/// The names a row gives for where somebody lives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(in super::super) struct PlaceNames {
    pub(in super::super) village: String,
    pub(in super::super) kecamatan: String,
    pub(in super::super) kabupaten: String,
}

/// Villages by name. Rows of one village follow each other by the thousand, so answers are remembered.
#[derive(Debug, Default)]
pub(in super::super) struct Villages {
    remembered: HashMap<PlaceNames, Option<RegionCode>>,
    last_code: Option<(String, RegionCode)>,
}

/// Answers remembered at most; an office's register names a few hundred villages.
const REMEMBERED_MAX: usize = 10_000;

impl Villages {
    /// The village of a code.
    pub(in super::super) fn by_code(&mut self, text: &str) -> Option<RegionCode> {
        match &self.last_code {
            Some((last, code)) if last == text => return Some(code.clone()),
            _ => {}
        }
        let code = RegionCode::parse_village(text).ok()?;
        self.last_code = Some((text.to_owned(), code.clone()));
        Some(code)
    }

    /// The one village of these names; `None` if there is none, or more than one.
    pub(in super::super) fn find(&mut self, names: PlaceNames) -> Option<RegionCode> {
        if let Some(known) = self.remembered.get(&names) {
            return known.clone();
        }
        let found = look_up(&names);
        if self.remembered.len() < REMEMBERED_MAX {
            self.remembered.insert(names, found.clone());
        }
        found
    }
}

fn look_up(names: &PlaceNames) -> Option<RegionCode> {
    static BY_NAME: LazyLock<HashMap<String, Vec<RegionCode>>> = LazyLock::new(|| {
        let mut by_name: HashMap<String, Vec<RegionCode>> = HashMap::new();
        for (code, name) in Regions::current().iter().filter(|(code, _)| code.level() == RegionLevel::Village) {
            by_name.entry(plain(name)).or_default().push(code.clone());
        }
        by_name
    });
    let village = without_kind(&names.village, &["desa", "kelurahan", "kel", "ds"]);
    let kecamatan = without_kind(&names.kecamatan, &["kecamatan", "kec"]);
    let kabupaten = without_kind(&names.kabupaten, &["kabupaten", "kab", "kota"]);
    let named = |code: &RegionCode, wanted: &str| wanted.is_empty() || name_of(code) == wanted;
    let mut fitting = BY_NAME.get(&village)?.iter().filter(|code| {
        let above = code.parent();
        above.as_ref().is_some_and(|k| named(k, &kecamatan) && k.parent().is_some_and(|kab| named(&kab, &kabupaten)))
    });
    let only = fitting.next()?;
    fitting.next().is_none().then(|| only.clone())
}

fn name_of(code: &RegionCode) -> String {
    without_kind(Regions::current().name(code).unwrap_or_default(), &["kabupaten", "kota"])
}

/// The plain name without a word for its kind in front: `Kec. Batang` is `batang`.
fn without_kind(name: &str, kinds: &[&str]) -> String {
    let (first, rest) = name.trim().split_once([' ', '.']).unwrap_or(("", name));
    let is_kind = kinds.iter().any(|kind| first.eq_ignore_ascii_case(kind));
    plain(if is_kind { rest } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(village: &str, kecamatan: &str, kabupaten: &str, expected: Option<&str>) {
        let names = PlaceNames { village: village.to_owned(), kecamatan: kecamatan.to_owned(), kabupaten: kabupaten.to_owned() };
        let found = Villages::default().find(names);
        assert_eq!(found.as_ref().map(RegionCode::as_str), expected, "{village}, {kecamatan}, {kabupaten}");
    }

    #[test]
    fn a_village_is_found_by_its_names_and_never_guessed() {
        check("WONOTUNGGAL", "WONOTUNGGAL", "BATANG", Some("33.25.01.2006"));
        check("Desa Wonotunggal", "Kec. Wonotunggal", "Kab. Batang", Some("33.25.01.2006"));
        check("KAUMAN", "BATANG", "", Some("33.25.11.1015"));
        check("Mentosari", "", "", Some("33.25.07.2009"));
        check("KALISARI", "BLADO", "", Some("33.25.03.2007"));
        check("KALISARI", "WONOTUNGGAL", "", None);
        check("KAUMAN", "BATANG", "PEKALONGAN", None);
        check("ATLANTIS", "", "", None);
        check("", "BATANG", "", None);
    }
}
