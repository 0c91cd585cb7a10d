//! What the engine knows about one register: how common values are, how people err, who asks about whom.

use serde::{Deserialize, Serialize};

use super::frequency::Frequencies;

/// The learned model of one register; kept as JSON with its release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// How common values are.
    pub frequencies: Frequencies,
    /// How records of one person differ.
    pub errors: Errors,
    /// How many written people are residents at all.
    pub presence: Presence,
}

/// How often two records of one person come out on each level (`m`); each list adds up to 1, in the order of the level's enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Errors {
    /// Name.
    pub name: [f64; 6],
    /// Mother's name.
    pub mother: [f64; 6],
    /// Birth date.
    pub birth: [f64; 12],
    /// Village.
    pub village: [f64; 3],
    /// NIK.
    pub nik: [f64; 7],
    /// Sex: the same, the other.
    pub sex: [f64; 2],
    /// Family card: one of those known of the written person, another.
    pub card: [f64; 2],
}

/// What is true of a written person before anything is compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// Share of written people who are in the register.
    pub resident: f64,
    /// Share who are not, but kin of a resident.
    pub kin: f64,
    /// Share who are not, but namesakes of a resident of about the same age.
    pub namesake: f64,
    /// Share who are neither.
    pub stranger: f64,
}

impl Model {
    /// The model before anything is learned but the counts.
    ///
    /// The figures are an office's experience put into numbers, not measured ones: of ten names written for a family seven
    /// come out right; four dates of five; a tenth of the villages is another one, because people moved; every second NIK is
    /// right where one is written, a fifth has a slip, a tenth is a relative's. Of four deceased three stand on the card of the claim or of
    /// their heir. Four of five people asked about are residents.
    pub fn prior(frequencies: Frequencies) -> Self {
        Self { frequencies, errors: Errors::experience(), presence: Presence { resident: 0.80, kin: 0.04, namesake: 0.06, stranger: 0.10 } }
    }
}

impl Errors {
    fn experience() -> Self {
        Self {
            name: [0.74, 0.13, 0.07, 0.035, 0.02, 0.005],
            mother: [0.82, 0.09, 0.05, 0.015, 0.01, 0.015],
            birth: [0.80, 0.03, 0.04, 0.03, 0.035, 0.008, 0.03, 0.004, 0.01, 0.008, 0.002, 0.003],
            village: [0.86, 0.04, 0.10],
            nik: [0.45, 0.20, 0.03, 0.02, 0.08, 0.01, 0.21],
            sex: [0.99, 0.01],
            card: [0.75, 0.25],
        }
    }
}
