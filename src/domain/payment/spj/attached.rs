//! Evidence that is attached to a payment afterwards: what came on paper, or was forgotten at the counter.

use super::super::ItemState;
use crate::domain::access::{Actor, Role};
use crate::domain::claim::DocumentKind;

/// Most scans of one payment.
const SCANS_MAX: usize = 40;
/// Longest remark, in characters.
const NOTE_CHARS_MAX: usize = 200;

/// What a scan that is attached to a payment shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attached {
    /// The signed receipt.
    Receipt,
    /// Tanda terima or BAST.
    HandOver,
    /// Photo of the handing over.
    Photo,
    /// KTP or card of the receiver.
    Identity,
    /// Power of attorney.
    ProxyLetter,
    /// Page of the bank statement or proof of the transfer.
    Bank,
    /// A paper of the claim's checklist.
    Paper(DocumentKind),
}

impl Attached {
    /// Those that belong to the payment itself.
    pub const OF_PAYMENT: [Self; 6] = [Self::Receipt, Self::HandOver, Self::Photo, Self::Identity, Self::ProxyLetter, Self::Bank];

    /// The word in the database and in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "kuitansi",
            Self::HandOver => "tanda_terima",
            Self::Photo => "foto",
            Self::Identity => "identitas",
            Self::ProxyLetter => "kuasa_penerimaan",
            Self::Bank => "bukti_bank",
            Self::Paper(kind) => kind.code(),
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Receipt => "Kuitansi bertanda tangan",
            Self::HandOver => "Tanda terima atau BAST",
            Self::Photo => "Foto penyerahan",
            Self::Identity => "KTP atau KK penerima",
            Self::ProxyLetter => "Surat kuasa penerimaan",
            Self::Bank => "Bukti transfer atau rekening koran",
            Self::Paper(kind) => kind.label(),
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        let own = Self::OF_PAYMENT.into_iter().find(|kind| kind.code() == code);
        own.or_else(|| DocumentKind::parse(code).map(Self::Paper))
    }
}

/// What attaching rests on.
#[derive(Debug, Clone, Copy)]
pub struct AttachFacts<'a> {
    /// Where the payment stands.
    pub state: ItemState,
    /// How many scans it has.
    pub scans: usize,
    /// Whether this very file is attached already.
    pub is_known: bool,
    /// The remark as typed.
    pub note: &'a str,
}

/// Why a scan is not attached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachRefused {
    /// Not finance.
    #[error("Bukti SPJ dilampirkan oleh bagian keuangan.")]
    NotYourRole,
    /// Nothing was paid yet.
    #[error("Pembayaran ini {0}; bukti dilampirkan setelah perintah bayar dilepas.")]
    NotOut(ItemState),
    /// Enough.
    #[error("Pembayaran ini sudah memiliki {SCANS_MAX} lampiran. Gabungkan pindaian menjadi satu PDF.")]
    TooMany,
    /// The same file again.
    #[error("Berkas yang sama sudah dilampirkan pada pembayaran ini. Periksa kembali berkas yang dipilih.")]
    Twice,
    /// A remark without end.
    #[error("Keterangan paling banyak {NOTE_CHARS_MAX} huruf.")]
    Note,
}

/// Whether somebody may attach a scan to a payment. What is attached stays: a wrong scan is answered by the right one beside it.
///
/// # Errors
/// [`AttachRefused`], the first that applies.
pub fn may_attach(actor: &Actor, facts: &AttachFacts<'_>) -> Result<(), AttachRefused> {
    if actor.role != Role::Finance {
        return Err(AttachRefused::NotYourRole);
    }
    if matches!(facts.state, ItemState::Ordered | ItemState::Cancelled) {
        return Err(AttachRefused::NotOut(facts.state));
    }
    if facts.scans >= SCANS_MAX {
        return Err(AttachRefused::TooMany);
    }
    if facts.is_known {
        return Err(AttachRefused::Twice);
    }
    if facts.note.chars().count() > NOTE_CHARS_MAX {
        return Err(AttachRefused::Note);
    }
    Ok(())
}
