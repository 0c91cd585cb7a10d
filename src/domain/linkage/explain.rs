//! A weight that explains itself, field by field.

use serde::{Deserialize, Serialize};

/// A field that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Name.
    Name,
    /// Mother's name.
    Mother,
    /// Birth date.
    Birth,
    /// Village.
    Village,
    /// NIK.
    Nik,
    /// Sex.
    Sex,
}

/// What one field says about a row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FieldWeight {
    /// The field.
    pub field: Field,
    /// How it came out, a stable word, for example `same` or `one_slip`.
    pub outcome: &'static str,
    /// `ln(m / u)`: above 0 speaks for the row, below against it.
    pub weight: f64,
}
