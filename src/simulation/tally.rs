//! What a run came to.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};

use super::invariant::Invariant;
use super::refused::Refused;
use super::request::Request;

/// Counts of one run, or of many together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Runs.
    pub seeds: u64,
    /// Events: requests, what happened outside, jumps of the clock.
    pub events: u64,
    /// Acts that were done, by kind.
    pub done: BTreeMap<&'static str, u64>,
    /// Requests that were refused, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// Faults that were put in, by kind.
    pub faults: BTreeMap<&'static str, u64>,
    /// Things that happened outside, by kind.
    pub outside: BTreeMap<&'static str, u64>,
    /// Times an invariant was looked at.
    pub checks: u64,
    /// Rupiah that really reached heirs.
    pub paid: i64,
}

impl Tally {
    /// Takes another run's counts in.
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.events += other.events;
        self.checks += other.checks;
        self.paid = self.paid.saturating_add(other.paid);
        for (mine, theirs) in [
            (&mut self.done, &other.done),
            (&mut self.refused, &other.refused),
            (&mut self.faults, &other.faults),
            (&mut self.outside, &other.outside),
        ] {
            for (word, count) in theirs {
                *mine.entry(word).or_default() += count;
            }
        }
    }

    /// Everything of a kind together.
    pub fn sum(counts: &BTreeMap<&'static str, u64>) -> u64 {
        counts.values().sum()
    }
}

/// One event as it is kept for the report of a violation.
#[derive(Debug, Clone)]
pub enum Happened {
    /// Somebody asked for something.
    Asked {
        /// What.
        request: Request,
        /// How it was told: plainly, again, from an earlier version, into a crash.
        how: &'static str,
        /// Why it was refused, if it was.
        refused: Option<Refused>,
    },
    /// Something outside, or the clock.
    Outside(&'static str),
}

/// An event with its instant.
#[derive(Debug, Clone)]
pub struct Noted {
    /// Number, from 1.
    pub event: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Happened,
}

impl fmt::Display for Noted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>5} {} ", self.event, self.at.format("%Y-%m-%d %H:%M"))?;
        match &self.what {
            Happened::Outside(what) => f.write_str(what),
            Happened::Asked { request, how, refused } => {
                write!(f, "akun {} {how}: {:?}", request.by, request.act)?;
                match refused {
                    Some(refused) => write!(f, " -> {}", refused.word()),
                    None => f.write_str(" -> tersimpan"),
                }
            }
        }
    }
}

/// An invariant that did not hold, with what is needed to see it again.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Seed of the run.
    pub seed: u64,
    /// Number of the event behind which it did not hold.
    pub event: u64,
    /// Which.
    pub invariant: Invariant,
    /// What was found.
    pub found: String,
    /// The last events, the oldest first.
    pub last: Vec<Noted>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Benih {} kejadian {}: {} tidak berlaku.", self.seed, self.event, self.invariant)?;
        writeln!(f, "{}", self.invariant.sentence())?;
        writeln!(f, "Ditemukan: {}", self.found)?;
        writeln!(f, "Kejadian terakhir:")?;
        for noted in &self.last {
            writeln!(f, "  {noted}")?;
        }
        Ok(())
    }
}
