//! What the service's codes mean. The table is configuration: sites differ, and codes are added without notice.

use std::collections::BTreeMap;

use crate::domain::source::CodeMeaning;

/// The table of codes. A code that is not in it is no answer, never "no such person".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes(BTreeMap<String, CodeMeaning>);

impl Codes {
    /// A table of pairs.
    pub fn new(pairs: impl IntoIterator<Item = (String, CodeMeaning)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// What a code means, if anybody has said so.
    pub fn meaning(&self, code: &str) -> Option<CodeMeaning> {
        self.0.get(code.trim()).copied()
    }
}
