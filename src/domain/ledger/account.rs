//! Where a rupiah of a budget line lies.

use std::fmt;

/// One place for money of a line. All accounts of a line together are always zero: [`Account::Appropriation`] is the counterweight
/// of everything else, so that it stands at minus the ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Where the ceiling comes from: the budget document.
    Appropriation,
    /// Not promised to anybody.
    Free,
    /// Promised to an approved claim.
    Committed,
    /// On a decree.
    Decreed,
    /// On a payment order that is not released yet.
    Ordered,
    /// Handed to the bank, or lying at the counter.
    Sent,
    /// With the heir.
    Paid,
    /// Came back, or was not collected; waits for a new order or the way to the treasury.
    Returned,
    /// Paid to the wrong person; to be paid back.
    Receivable,
    /// Given back to the treasury (STS).
    Deposited,
    /// Taken over by the line of the next year.
    Carried,
    /// Not used when the year was closed.
    Lapsed,
}

impl Account {
    /// Every account.
    pub const ALL: [Self; 12] = [
        Self::Appropriation,
        Self::Free,
        Self::Committed,
        Self::Decreed,
        Self::Ordered,
        Self::Sent,
        Self::Paid,
        Self::Returned,
        Self::Receivable,
        Self::Deposited,
        Self::Carried,
        Self::Lapsed,
    ];

    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Appropriation => "appropriation",
            Self::Free => "free",
            Self::Committed => "committed",
            Self::Decreed => "decreed",
            Self::Ordered => "ordered",
            Self::Sent => "sent",
            Self::Paid => "paid",
            Self::Returned => "returned",
            Self::Receivable => "receivable",
            Self::Deposited => "deposited",
            Self::Carried => "carried",
            Self::Lapsed => "lapsed",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Appropriation => "Pagu menurut dokumen anggaran",
            Self::Free => "Sisa pagu",
            Self::Committed => "Komitmen",
            Self::Decreed => "Ditetapkan dalam SK",
            Self::Ordered => "Diperintahkan bayar",
            Self::Sent => "Di bank atau loket",
            Self::Paid => "Sudah diterima ahli waris",
            Self::Returned => "Kembali, menunggu dibayar ulang",
            Self::Receivable => "Harus dikembalikan penerima",
            Self::Deposited => "Disetor ke kas daerah",
            Self::Carried => "Dilanjutkan ke tahun berikutnya",
            Self::Lapsed => "Tidak terpakai sampai tutup tahun",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.code() == code)
    }

    /// Whether money here is promised to somebody and can still reach them.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Committed | Self::Decreed | Self::Ordered | Self::Sent | Self::Paid | Self::Returned)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label().to_lowercase())
    }
}
