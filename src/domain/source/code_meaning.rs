//! What a code of a source means, and the word an office writes for it in its configuration.

/// What a code of a source means for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeMeaning {
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

impl CodeMeaning {
    /// Every meaning.
    pub const ALL: [Self; 8] = [
        Self::Found,
        Self::Dead,
        Self::Several,
        Self::NoMatch,
        Self::Inactive,
        Self::QuestionRefused,
        Self::LoginRefused,
        Self::QuotaSpent,
    ];

    /// The word in the configuration.
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "ada",
            Self::Dead => "meninggal",
            Self::Several => "ganda",
            Self::NoMatch => "tidak_ada",
            Self::Inactive => "nonaktif",
            Self::QuestionRefused => "salah_bentuk",
            Self::LoginRefused => "login",
            Self::QuotaSpent => "kuota",
        }
    }

    /// Reads the word; none for an unknown one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.word() == word)
    }
}
