//! The decree that names the recipients, and the rows of its list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::domain::claim::Payout;
use crate::domain::identity::{Nik, Relation};
use crate::domain::money::Rupiah;

/// One recipient on the nominative list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NominativeRow {
    /// Code of the claim.
    pub claim_code: String,
    /// Name of the deceased.
    pub deceased: String,
    /// NIK of the deceased; some babies and old people had none.
    pub deceased_nik: Option<Nik>,
    /// Day of death.
    pub died_on: NaiveDate,
    /// Dusun, RT and RW of the deceased in one line.
    pub address: String,
    /// Village of the deceased.
    pub place: Place,
    /// Name of the heir who receives.
    pub heir: String,
    /// NIK of the heir.
    pub heir_nik: Nik,
    /// Relation of the heir to the deceased.
    pub relation: Relation,
    /// How the money goes out.
    pub payout: Payout,
    /// Amount of this row.
    pub amount: Rupiah,
}

/// Exact sum of the rows, or `None` past the largest amount.
pub fn total_of(rows: &[NominativeRow]) -> Option<Rupiah> {
    Rupiah::sum(rows.iter().map(|row| row.amount))
}

/// Decree naming the recipients (keputusan penetapan penerima). Its list shows NIKs masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkPenetapan {
    /// What stands under TENTANG, in capitals.
    pub subject: String,
    /// Menimbang: considerations, lettered a, b, c.
    pub considering: Vec<String>,
    /// Mengingat: laws, numbered.
    pub recalling: Vec<String>,
    /// Memperhatikan: recommendations and minutes; may be empty.
    pub noting: Vec<String>,
    /// Agency that carries it out, in running text: Dinas Sosial Kabupaten Batang.
    pub agency: String,
    /// Fiscal year.
    pub fiscal_year: i32,
    /// Account code charged.
    pub account_code: String,
    /// Name of that account.
    pub account_name: String,
    /// Document that sets the ceiling, for example the APBD regulation of the year.
    pub budget_document: String,
    /// Town in which it is enacted.
    pub enacted_at: String,
    /// The recipients, at least one.
    pub rows: Vec<NominativeRow>,
    /// The batch's total, which must equal the sum of the rows.
    pub total: Rupiah,
    /// Who gets a copy; may be empty.
    pub copies: Vec<String>,
}
