//! How much a death is worth by the rules (P1): a base, other amounts for named cases, and shares for lateness or missing papers.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::AgeClass;
use crate::domain::claim::{Cause, DocumentKind};
use crate::domain::money::Rupiah;

/// The benefit. In a pack either one amount, or a table with a base and rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct AmountRule {
    /// What is paid where no row fits.
    pub base: Rupiah,
    /// Other amounts; the first that fits wins.
    pub rows: Vec<AmountRow>,
    /// Shares by the day of filing, counted from the day of death as day 0; the first that holds the day wins, none is nothing.
    pub by_day: Vec<DayShare>,
    /// Whole percent paid while a required paper is missing.
    pub incomplete_percent: Option<u8>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Flat(Rupiah),
    Table(Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    base: Rupiah,
    #[serde(default)]
    rows: Vec<AmountRow>,
    #[serde(default)]
    by_day: Vec<DayShare>,
    #[serde(default)]
    incomplete_percent: Option<u8>,
}

impl From<Written> for AmountRule {
    fn from(written: Written) -> Self {
        match written {
            Written::Flat(base) => Self { base, rows: vec![], by_day: vec![], incomplete_percent: None },
            Written::Table(t) => Self { base: t.base, rows: t.rows, by_day: t.by_day, incomplete_percent: t.incomplete_percent },
        }
    }
}

/// Another amount for some cases. Every condition that is written must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountRow {
    /// The benefit of these cases.
    pub amount: Rupiah,
    /// The case in words, for pages: `meninggal karena kecelakaan`.
    pub case: String,
    /// One of these causes.
    #[serde(default)]
    pub causes: Vec<Cause>,
    /// One of these ages.
    #[serde(default)]
    pub ages: Vec<AgeClass>,
    /// Every one of these papers attached.
    #[serde(default)]
    pub papers: Vec<DocumentKind>,
    /// One of these places in the family (SHDK), as the register writes them.
    #[serde(default)]
    pub family_roles: Vec<String>,
    /// One of these occupations, as the register writes them.
    #[serde(default)]
    pub occupations: Vec<String>,
}

/// A share for claims filed up to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayShare {
    /// Last day after the death, for example 7.
    pub until_day: u32,
    /// Whole percent of the benefit.
    pub percent: u8,
}

/// What the benefit of one death depends on.
#[derive(Debug, Clone, Copy)]
pub struct AmountFacts<'a> {
    /// Cause of death, if it was asked.
    pub cause: Option<Cause>,
    /// Age, if the birth date is known.
    pub age: Option<AgeClass>,
    /// Papers at hand.
    pub papers: &'a BTreeSet<DocumentKind>,
    /// Place in the family by the register; empty if unknown.
    pub family_role: &'a str,
    /// Occupation by the register; empty if unknown.
    pub occupation: &'a str,
    /// Days from the death to the filing.
    pub days_after_death: i64,
    /// Whether a required paper is missing.
    pub incomplete: bool,
}

impl AmountRule {
    /// The benefit of one death in whole rupiah; a share that does not come out whole is cut, never rounded up.
    pub fn of(&self, facts: &AmountFacts<'_>) -> Rupiah {
        let full = self.rows.iter().find(|row| row.fits(facts)).map_or(self.base, |row| row.amount);
        let by_day = if self.by_day.is_empty() { 100 } else { self.day_percent(facts.days_after_death) };
        let by_papers = if facts.incomplete { self.incomplete_percent.unwrap_or(100) } else { 100 };
        share(share(full, by_day), by_papers)
    }

    fn day_percent(&self, day: i64) -> u8 {
        self.by_day.iter().find(|share| day <= i64::from(share.until_day)).map_or(0, |share| share.percent)
    }

    /// What pages say: the base and every other case.
    pub fn words(&self) -> String {
        let mut text = self.base.to_string();
        for row in &self.rows {
            text.push_str(&format!("; {} bila {}", row.amount, row.case));
        }
        for share in &self.by_day {
            text.push_str(&format!("; {}% bila diajukan sampai hari ke-{}", share.percent, share.until_day));
        }
        if let Some(percent) = self.incomplete_percent {
            text.push_str(&format!("; {percent}% selama berkas wajib belum lengkap"));
        }
        text
    }
}

impl AmountRow {
    fn fits(&self, facts: &AmountFacts<'_>) -> bool {
        let cause = self.causes.is_empty() || facts.cause.is_some_and(|cause| self.causes.contains(&cause));
        let age = self.ages.is_empty() || facts.age.is_some_and(|age| self.ages.contains(&age));
        let role = self.family_roles.is_empty() || self.family_roles.iter().any(|role| role == facts.family_role);
        let occupation = self.occupations.is_empty() || self.occupations.iter().any(|o| o.eq_ignore_ascii_case(facts.occupation.trim()));
        cause && age && role && occupation && self.papers.iter().all(|paper| facts.papers.contains(paper))
    }

    /// Whether the row asks for anything; a row without a condition would hide those after it.
    pub(super) fn has_condition(&self) -> bool {
        let lists = [self.causes.len(), self.ages.len(), self.papers.len(), self.family_roles.len(), self.occupations.len()];
        lists.iter().any(|length| *length > 0)
    }
}

fn share(amount: Rupiah, percent: u8) -> Rupiah {
    let exact = amount.decimal().checked_mul(Decimal::new(i64::from(percent), 2)).unwrap_or_default();
    Rupiah::from_decimal(exact.floor()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rp(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    fn rule(text: &str) -> AmountRule {
        toml::from_str::<toml::Table>(text).unwrap().remove("amount").unwrap().try_into().unwrap()
    }

    fn none() -> AmountFacts<'static> {
        static NO_PAPERS: BTreeSet<DocumentKind> = BTreeSet::new();
        AmountFacts { cause: None, age: None, papers: &NO_PAPERS, family_role: "", occupation: "", days_after_death: 3, incomplete: false }
    }

    #[test]
    fn one_amount_for_all_is_a_plain_number() {
        assert_eq!(rule("amount = 1_000_000").of(&none()), rp(1_000_000));
    }

    #[test]
    fn the_first_row_that_fits_wins() {
        let rule = rule(
            r#"[amount]
            base = 1_000_000
            rows = [
              { amount = 5_000_000, case = "kecelakaan kepala keluarga", causes = ["accident"], family_roles = ["KEPALA KELUARGA"] },
              { amount = 2_500_000, case = "kecelakaan", causes = ["accident"] },
              { amount = 1_500_000, case = "anggota linmas", papers = ["kartu_anggota"] },
              { amount = 500_000, case = "anak", ages = ["newborn", "child"] },
            ]"#,
        );
        let accident = AmountFacts { cause: Some(Cause::Accident), ..none() };
        assert_eq!(rule.of(&none()), rp(1_000_000));
        assert_eq!(rule.of(&accident), rp(2_500_000));
        assert_eq!(rule.of(&AmountFacts { family_role: "KEPALA KELUARGA", ..accident }), rp(5_000_000));
        assert_eq!(rule.of(&AmountFacts { papers: &BTreeSet::from([DocumentKind::KartuAnggota]), ..none() }), rp(1_500_000));
        assert_eq!(rule.of(&AmountFacts { age: Some(AgeClass::Child), ..none() }), rp(500_000));
        assert!(rule.words().starts_with("Rp1.000.000; Rp5.000.000 bila kecelakaan kepala keluarga"));
    }

    #[test]
    fn shares_shrink_with_lateness_and_missing_papers() {
        let text = "[amount]\nbase = 10_000_001\nby_day = [{ until_day = 7, percent = 100 }, { until_day = 30, percent = 50 }]\nincomplete_percent = 60";
        let rule = rule(text);
        let on = |days_after_death, incomplete| rule.of(&AmountFacts { days_after_death, incomplete, ..none() });
        assert_eq!(on(7, false), rp(10_000_001));
        assert_eq!(on(8, false), rp(5_000_000));
        assert_eq!(on(30, true), rp(3_000_000));
        assert_eq!(on(31, false), rp(0));
    }

    proptest! {
        #[test]
        fn a_share_is_whole_and_never_more_than_the_whole(whole in 0_i64..10_000_000_000, percent in 0_u8..=100) {
            let part = share(rp(whole), percent);
            prop_assert_eq!(part.whole(), whole * i64::from(percent) / 100);
        }
    }
}
