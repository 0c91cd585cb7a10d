//! What somebody died of, as coarse as the rules of a place ask for it. Never a diagnosis.

use serde::{Deserialize, Serialize};

/// The cause of a death.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Illness or old age.
    Illness,
    /// Accident.
    Accident,
    /// Natural disaster.
    Disaster,
    /// Born without life.
    Stillbirth,
    /// Suicide.
    Suicide,
    /// Narcotics or drink.
    Narcotics,
    /// A crime or brawl the person took part in.
    Crime,
    /// Death penalty, or a convict's death in prison.
    Sentence,
}

impl Cause {
    /// Every cause, in the order of the form.
    pub const ALL: [Self; 8] =
        [Self::Illness, Self::Accident, Self::Disaster, Self::Stillbirth, Self::Suicide, Self::Narcotics, Self::Crime, Self::Sentence];

    /// The word in files and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Illness => "illness",
            Self::Accident => "accident",
            Self::Disaster => "disaster",
            Self::Stillbirth => "stillbirth",
            Self::Suicide => "suicide",
            Self::Narcotics => "narcotics",
            Self::Crime => "crime",
            Self::Sentence => "sentence",
        }
    }

    /// The words on pages, plain and without judgement.
    pub fn label(self) -> &'static str {
        match self {
            Self::Illness => "Sakit atau usia lanjut",
            Self::Accident => "Kecelakaan",
            Self::Disaster => "Bencana alam",
            Self::Stillbirth => "Lahir mati",
            Self::Suicide => "Bunuh diri",
            Self::Narcotics => "Narkotika atau minuman keras",
            Self::Crime => "Tindak pidana atau perkelahian yang diikuti",
            Self::Sentence => "Menjalani hukuman pidana",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}
