//! What the service's codes mean. The table is configuration: sites differ, and codes are added without notice.

use std::collections::BTreeMap;

/// What a code means for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The record is there; its fields say the rest.
    Found,
    /// The record is there and the person is dead.
    Dead,
    /// The NIK stands there more than once.
    Several,
    /// No such NIK.
    NoMatch,
    /// The record is closed.
    Inactive,
    /// Our question was malformed.
    QuestionRefused,
    /// Our login was refused.
    LoginRefused,
    /// The day's questions are used up.
    QuotaSpent,
}

/// The table of codes. A code that is not in it is no answer, never "no such person".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes(BTreeMap<String, Meaning>);

impl Codes {
    /// A table of pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, Meaning)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// What a code means, if anybody has said so.
    pub fn meaning(&self, code: &str) -> Option<Meaning> {
        self.0.get(code.trim()).copied()
    }
}
