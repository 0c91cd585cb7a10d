//! What a letter says: plain, typed facts, frozen when the letter is issued.
//!
//! A [`Letter`] is kept as JSON. Its PDF is drawn from that alone, so a reprint years later has the same bytes.

mod code;
mod content;
mod decree;
mod family;
mod kind;
mod masked;
pub mod numbering;
mod people;
mod proof;
mod standing;
mod token;
mod treasury;
mod undo;

pub use code::{CODE_BYTES, CodeFault, LetterCode};
pub use content::LetterContent;
pub use decree::{NominativeRow, SkPenetapan, total_of};
pub use family::{Fault, Paper as ClaimPaper, Pemberitahuan, Pengembalian, Penolakan, TandaTerima};
pub use kind::LetterKind;
pub use masked::{MaskedRow, NominatifSamar, masked_name};
pub use people::{Addressee, Departed, Place};
pub use proof::Proof;
pub use standing::{Matter, Standing};
pub use token::{DIGEST_BYTES, Token, TokenTooLarge};
pub use treasury::{Hand, HandRight, Kuitansi, Nominatif, PaymentGroup, PerintahBayar, STAMP_DUTY_FREE_UP_TO};
pub use undo::{BuktiAngsuran, DueLine, ListSum, PermintaanPengembalian, RowAmendment, SkPerubahan};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::office::{Letterhead, Paper, Signatory};

/// One letter as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The whole number as printed, for example `400.9/0012/SKN/2026`.
    pub number: String,
    /// Date of the letter (WIB).
    pub dated_on: NaiveDate,
    /// Kop surat as it was that day.
    pub letterhead: Letterhead,
    /// Paper it is printed on.
    pub paper: Paper,
    /// Who signs, as [`LetterKind::signed_by`] says; `None` for a receipt that only the clerk signs.
    pub signatory: Option<Signatory>,
    /// By what anybody checks it.
    pub proof: Proof,
    /// What the letter says.
    pub content: LetterContent,
}

impl Letter {
    /// What kind of letter it is.
    pub fn kind(&self) -> LetterKind {
        self.content.kind()
    }
}
