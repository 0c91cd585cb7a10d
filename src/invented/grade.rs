//! How well a check did: counted per code, per case and together, in whole numbers.

use std::collections::BTreeMap;

use super::claims::Expected;

/// What happened with one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeTally {
    /// Had to be found and was.
    pub hits: u32,
    /// Had to be found and was not.
    pub misses: u32,
    /// Was found where neither `must_find` nor `may_find` has it.
    pub false_alarms: u32,
}

/// What happened with the claims of one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseTally {
    /// Claims.
    pub claims: u32,
    /// Verdict as expected, or one of those that are no mistake.
    pub verdicts: u32,
    /// Verdict exactly as expected.
    pub exact: u32,
    /// Codes missed and found too much.
    pub misses: u32,
    /// Codes found that are a mistake.
    pub false_alarms: u32,
}

/// All counts of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grade {
    /// Per code.
    pub codes: BTreeMap<String, CodeTally>,
    /// Per case.
    pub cases: BTreeMap<String, CaseTally>,
}

/// A part of a whole, per thousand; 1000 of nothing.
pub fn per_mille(part: u32, whole: u32) -> u32 {
    if whole == 0 { 1000 } else { u32::try_from((u64::from(part) * 1000 + u64::from(whole) / 2) / u64::from(whole)).unwrap_or(0) }
}

impl CodeTally {
    /// Of what was found and is not a matter of taste, how much is right.
    pub fn precision(self) -> u32 {
        per_mille(self.hits, self.hits + self.false_alarms)
    }

    /// Of what had to be found, how much was.
    pub fn recall(self) -> u32 {
        per_mille(self.hits, self.hits + self.misses)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.misses += other.misses;
        self.false_alarms += other.false_alarms;
    }
}

impl CaseTally {
    fn add(&mut self, other: Self) {
        self.claims += other.claims;
        self.verdicts += other.verdicts;
        self.exact += other.exact;
        self.misses += other.misses;
        self.false_alarms += other.false_alarms;
    }
}

impl Grade {
    /// Counts one claim; returns the codes missed and those found by mistake.
    pub fn mark<'a>(&mut self, expected: &Expected, verdict: &str, found: &[&'a str]) -> (Vec<&'static str>, Vec<&'a str>) {
        let missed: Vec<&'static str> = expected.must_find.iter().copied().filter(|code| !found.contains(code)).collect();
        let wrong: Vec<&str> =
            found.iter().copied().filter(|code| !expected.must_find.contains(code) && !expected.may_find.contains(code)).collect();
        for code in &expected.must_find {
            let tally = self.codes.entry((*code).to_owned()).or_default();
            if found.contains(code) { tally.hits += 1 } else { tally.misses += 1 }
        }
        for code in &wrong {
            self.codes.entry((*code).to_owned()).or_default().false_alarms += 1;
        }
        let exact = verdict == expected.verdict;
        let case = CaseTally {
            claims: 1,
            verdicts: u32::from(exact || expected.also_acceptable.contains(&verdict)),
            exact: u32::from(exact),
            misses: u32::try_from(missed.len()).unwrap_or(u32::MAX),
            false_alarms: u32::try_from(wrong.len()).unwrap_or(u32::MAX),
        };
        self.cases.entry(expected.case.to_owned()).or_default().add(case);
        (missed, wrong)
    }

    /// Adds another run.
    pub fn add(&mut self, other: &Self) {
        for (code, tally) in &other.codes {
            self.codes.entry(code.clone()).or_default().add(*tally);
        }
        for (case, tally) in &other.cases {
            self.cases.entry(case.clone()).or_default().add(*tally);
        }
    }

    /// All codes together.
    pub fn all_codes(&self) -> CodeTally {
        let mut all = CodeTally::default();
        for tally in self.codes.values() {
            all.add(*tally);
        }
        all
    }

    /// All claims together.
    pub fn all_claims(&self) -> CaseTally {
        let mut all = CaseTally::default();
        for tally in self.cases.values() {
            all.add(*tally);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected() -> Expected {
        Expected {
            case: "late",
            verdict: "ineligible",
            also_acceptable: vec!["needs_review"],
            must_find: vec!["A", "B"],
            may_find: vec!["C"],
            ..Expected::default()
        }
    }

    #[test]
    fn what_must_be_found_and_what_may_are_counted_apart() {
        let mut grade = Grade::default();
        assert_eq!(grade.mark(&expected(), "needs_review", &["A", "C", "D"]), (vec!["B"], vec!["D"]));
        assert_eq!(grade.all_codes(), CodeTally { hits: 1, misses: 1, false_alarms: 1 });
        assert_eq!((grade.all_codes().precision(), grade.all_codes().recall()), (500, 500));
        assert_eq!(grade.all_claims(), CaseTally { claims: 1, verdicts: 1, exact: 0, misses: 1, false_alarms: 1 });
        assert!(!grade.codes.contains_key("C"));
    }

    #[test]
    fn runs_add_up() {
        let (mut one, mut other) = (Grade::default(), Grade::default());
        one.mark(&expected(), "ineligible", &["A", "B"]);
        other.mark(&expected(), "eligible", &[]);
        one.add(&other);
        assert_eq!(one.all_codes(), CodeTally { hits: 2, misses: 2, false_alarms: 0 });
        assert_eq!(one.all_claims().verdicts, 1);
    }

    #[test]
    fn nothing_to_find_counts_as_all_found() {
        assert_eq!([per_mille(0, 0), per_mille(1, 3), per_mille(2, 3), per_mille(5, 5)], [1000, 333, 667, 1000]);
    }
}
