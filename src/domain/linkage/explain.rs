//! A weight that explains itself, field by field.

use serde::{Deserialize, Serialize};

use super::weigh::Weighed;

/// Weights between these say nothing.
const SAYS_NOTHING: std::ops::RangeInclusive<f64> = -0.5..=0.5;

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
    /// Family card.
    FamilyCard,
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

/// Which way a field speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaks {
    /// For this row.
    For,
    /// Neither way.
    Neither,
    /// Against it.
    Against,
}

/// What one field says, as it is kept with a claim and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The field.
    pub field: Field,
    /// How it came out: the stable word of [`FieldWeight`].
    pub outcome: String,
    /// Which way it speaks.
    pub speaks: Speaks,
}

/// What the fields of a row say, the weightiest first; fields that are not known of both sides are left out.
pub fn explain(weighed: &Weighed) -> Vec<Reason> {
    let mut fields: Vec<&FieldWeight> = weighed.fields.iter().filter(|field| is_told(field)).collect();
    fields.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
    fields.into_iter().map(Reason::of).collect()
}

fn is_told(field: &FieldWeight) -> bool {
    field.outcome != "missing" && !(field.field == Field::Sex && field.outcome == "same")
}

impl Field {
    /// The field on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "nama",
            Self::Mother => "nama ibu",
            Self::Birth => "tanggal lahir",
            Self::Village => "desa",
            Self::Nik => "NIK",
            Self::Sex => "jenis kelamin",
            Self::FamilyCard => "kartu keluarga",
        }
    }
}

impl Reason {
    fn of(field: &FieldWeight) -> Self {
        let speaks = match field.weight {
            weight if SAYS_NOTHING.contains(&weight) => Speaks::Neither,
            weight if weight > *SAYS_NOTHING.end() => Speaks::For,
            _ => Speaks::Against,
        };
        Self { field: field.field, outcome: field.outcome.to_owned(), speaks }
    }

    /// How the field came out, in words for an officer.
    pub fn words(&self) -> &'static str {
        match (self.field, self.outcome.as_str()) {
            (Field::Village, "other") => "lain",
            (Field::Village, "same_district") => "lain, kecamatan sama",
            (Field::Nik, "one_slip") => "beda satu angka",
            (Field::Nik, "serial_slip") => "beda satu angka pada nomor urut",
            (Field::Nik, "two_slips") => "beda dua angka",
            (Field::Nik, "relatives") => "milik orang lain pada kartu keluarga yang sama",
            (Field::Nik | Field::FamilyCard, "other" | "other_own") => "nomor lain",
            (Field::Birth, "two_slips") => "dua bagian berbeda",
            (_, "same" | "equal") => "sama",
            (_, "one_slip") => "beda satu huruf",
            (_, "short_form") => "bentuk pendek",
            (_, "two_slips") => "beda dua huruf",
            (_, "near") => "mirip",
            (_, "day_month_swapped") => "hari dan bulan tertukar",
            (_, "days_apart") => "selisih paling banyak tiga hari",
            (_, "near_days") => "selisih paling banyak sepuluh hari",
            (_, "unknown_day_written") => "tahun sama, hari di permohonan tampaknya perkiraan",
            (_, "unknown_day_registered") => "tahun sama, hari di data tampaknya perkiraan",
            (_, "year_slip") => "hari dan bulan sama, tahun beda satu angka",
            (_, "other_year") => "hari dan bulan sama, tahun lain",
            (_, "one_part") => "satu bagian berbeda",
            (_, "year_only") => "hanya tahunnya sama",
            _ => "berbeda",
        }
    }
}
