//! How well a matching did: rows named right, missed and wrong, per kind of question.

use std::collections::BTreeMap;

use super::grade::per_mille;
use super::query::Query;

/// What happened with the questions of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchTally {
    /// Questions.
    pub queries: u32,
    /// Questions about nobody of the register.
    pub absent: u32,
    /// Rows named that are the person.
    pub right: u32,
    /// Rows of the person not named.
    pub missed: u32,
    /// Rows named that are somebody else.
    pub wrong: u32,
    /// Questions about nobody of the register to which somebody was named.
    pub false_links: u32,
}

impl MatchTally {
    /// Of the rows named, how many are right.
    pub fn precision(self) -> u32 {
        per_mille(self.right, self.right + self.wrong)
    }

    /// Of the rows to be named, how many were.
    pub fn recall(self) -> u32 {
        per_mille(self.right, self.right + self.missed)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> u32 {
        per_mille(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// Of the questions about nobody of the register, to how many somebody was named; nothing of nothing.
    pub fn false_link_rate(self) -> u32 {
        if self.absent == 0 { 0 } else { per_mille(self.false_links, self.absent) }
    }

    fn add(&mut self, other: Self) {
        self.queries += other.queries;
        self.absent += other.absent;
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
        self.false_links += other.false_links;
    }
}

/// All counts of a run, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MatchGrade {
    /// Per kind.
    pub kinds: BTreeMap<&'static str, MatchTally>,
}

impl MatchGrade {
    /// Counts one question and the rows named for it.
    pub fn mark(&mut self, query: &Query, named: &[String]) {
        let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
        let right = query.answer.iter().filter(|id| named.contains(id)).count();
        let absent = query.answer.is_empty();
        let tally = MatchTally {
            queries: 1,
            absent: u32::from(absent),
            right: count(right),
            missed: count(query.answer.len().saturating_sub(right)),
            wrong: count(named.iter().filter(|id| !query.answer.contains(id)).count()),
            false_links: u32::from(absent && !named.is_empty()),
        };
        self.kinds.entry(query.kind.code()).or_default().add(tally);
    }

    /// Adds another run.
    pub fn add(&mut self, other: &Self) {
        for (kind, tally) in &other.kinds {
            self.kinds.entry(kind).or_default().add(*tally);
        }
    }

    /// All kinds together.
    pub fn all(&self) -> MatchTally {
        let mut all = MatchTally::default();
        for tally in self.kinds.values() {
            all.add(*tally);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::Kind;

    fn query(kind: Kind, answer: &[&str]) -> Query {
        Query { id: "Q1".to_owned(), kind, cells: <[String; 6]>::default(), answer: answer.iter().map(|id| (*id).to_owned()).collect() }
    }

    fn named(rows: &[&str]) -> Vec<String> {
        rows.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn rows_right_missed_and_wrong_are_counted_apart() {
        let mut grade = MatchGrade::default();
        grade.mark(&query(Kind::NikOk, &["A", "B"]), &named(&["A", "X"]));
        grade.mark(&query(Kind::NoneRandom, &[]), &named(&["Y"]));
        grade.mark(&query(Kind::NoneRandom, &[]), &[]);
        let all = grade.all();
        assert_eq!(all, MatchTally { queries: 3, absent: 2, right: 1, missed: 1, wrong: 2, false_links: 1 });
        assert_eq!((all.precision(), all.recall(), all.f1(), all.false_link_rate()), (333, 500, 400, 500));
        assert_eq!(grade.kinds["nik_ok"].false_link_rate(), 0);
    }

    #[test]
    fn runs_add_up_kind_by_kind() {
        let (mut one, mut other) = (MatchGrade::default(), MatchGrade::default());
        one.mark(&query(Kind::Hard, &["A"]), &named(&["A"]));
        other.mark(&query(Kind::Hard, &["B"]), &[]);
        one.add(&other);
        assert_eq!(one.kinds["hard"], MatchTally { queries: 2, right: 1, missed: 1, ..MatchTally::default() });
    }
}
