//! Why a bank's file is not taken, always with the place.

use std::fmt;

use super::limits::{BYTES_MAX, LINES_MAX};
use crate::domain::payment::report::ControlTotal;
use crate::exchange::table::TableFault;

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line of the file, counted from 1.
    pub line: u64,
    /// Element, field or column; empty if the line says enough.
    pub part: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.part.is_empty() { write!(f, "baris {}", self.line) } else { write!(f, "baris {}, {}", self.line, self.part) }
    }
}

/// Why a bank's file is refused. It is refused whole: a report that is read in part would hide what it does not say.
#[derive(Debug, thiserror::Error)]
pub enum ResultFault {
    /// Nothing in it.
    #[error("berkas kosong; unduh lagi dari bank")]
    Empty,
    /// More bytes than any report has.
    #[error("berkas terlalu besar (lebih dari {} MB); pecah menjadi beberapa berkas", BYTES_MAX >> 20)]
    TooLarge,
    /// More lines than any report has.
    #[error("berkas memuat lebih dari {LINES_MAX} baris hasil; minta bank memecahnya")]
    TooManyLines,
    /// Bytes that are no text.
    #[error("berkas bukan teks yang terbaca; unduh lagi dari bank, jangan disimpan ulang dengan program lain")]
    NotText,
    /// Not well-formed XML, or cut off.
    #[error("{place}: berkas XML rusak atau terpotong ({why}); unduh lagi dari bank")]
    Broken {
        /// Where.
        place: Place,
        /// The reader's words.
        why: String,
    },
    /// A document type or entities of its own, by which a small file grows without end.
    #[error("{0}: berkas memuat definisi (DTD atau entitas) yang tidak pernah ada dalam laporan bank; ditolak demi keamanan")]
    Definitions(Place),
    /// Deeper, longer or wider than any report.
    #[error("{place}: {what} melebihi batas; ini bukan laporan bank")]
    Beyond {
        /// Where.
        place: Place,
        /// What is too much.
        what: &'static str,
    },
    /// Another kind of file than the profile says.
    #[error("berkas ini bukan {expected}{}; pilih profil bank yang sesuai", found.as_ref().map(|found| format!(" melainkan {found}")).unwrap_or_default())]
    OtherKind {
        /// What the profile expects.
        expected: &'static str,
        /// What it seems to be.
        found: Option<String>,
    },
    /// Something without which a report says nothing.
    #[error("{0} tidak ada; berkas tidak lengkap, minta berkas baru dari bank")]
    Missing(Place),
    /// Something that must be there once stands twice.
    #[error("{0} tercantum lebih dari sekali")]
    Twice(Place),
    /// Something that does not belong there; ignoring it could hide a payment.
    #[error("{0} tidak dikenal dalam laporan seperti ini")]
    Stranger(Place),
    /// A value that is not what it should be.
    #[error("{place}: \"{written}\" bukan {expected}")]
    Unreadable {
        /// Where.
        place: Place,
        /// What stands there, shortened.
        written: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// Sen in a payment.
    #[error("{place}: jumlah \"{written}\" memuat sen; pembayaran kantor selalu rupiah bulat")]
    Sen {
        /// Where.
        place: Place,
        /// What stands there.
        written: String,
    },
    /// Another currency than rupiah.
    #[error("{place}: mata uang {found}, padahal rekening dan pembayaran kantor dalam rupiah (IDR)")]
    Currency {
        /// Where.
        place: Place,
        /// The currency.
        found: String,
    },
    /// A total the bank states is not what the file holds.
    #[error("jumlah kontrol tidak cocok ({0}); minta berkas baru dari bank, jangan ubah berkasnya")]
    Control(ControlTotal),
    /// Opening balance and bookings do not give the closing balance.
    #[error(
        "{place}: saldo akhir {stated}, padahal saldo awal ditambah mutasi menjadi {read}; ada mutasi yang hilang atau ditambahkan, minta berkas baru dari bank"
    )]
    Balance {
        /// Where the closing balance stands.
        place: Place,
        /// The closing balance.
        stated: String,
        /// What the bookings come to.
        read: String,
    },
    /// Sums past the largest amount.
    #[error("jumlah uang dalam berkas terlalu besar")]
    Sum,
    /// A status the profile has no meaning for.
    #[error("{place}: status \"{written}\" belum dikenal; tambahkan kata itu pada bagian [result.status] profil bank")]
    Status {
        /// Where.
        place: Place,
        /// The word.
        written: String,
    },
    /// A column of the profile that the file does not have.
    #[error("kolom \"{0}\" tidak ada pada baris judul; periksa profil bank atau minta berkas yang benar")]
    NoColumn(String),
    /// No table.
    #[error(transparent)]
    Table(#[from] TableFault),
}

/// Longest piece of a file that is repeated in a sentence, in characters.
const SHOWN_CHARS_MAX: usize = 40;

/// A piece of a file for a sentence: short, on one line, with long digits hidden (they could be an account or a NIK).
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut digits = 0_usize;
    for c in text.chars().take(SHOWN_CHARS_MAX) {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        out.push(if digits > 6 {
            '*'
        } else if c.is_control() {
            ' '
        } else {
            c
        });
    }
    if text.chars().nth(SHOWN_CHARS_MAX).is_some() {
        out.push('…');
    }
    out
}

impl ResultFault {
    /// A value that is not what it should be.
    pub(super) fn unreadable(place: Place, written: &str, expected: &'static str) -> Self {
        Self::Unreadable { place, written: shown(written), expected }
    }
}
