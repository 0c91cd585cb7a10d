//! The closed list of ways money moves between the accounts of a line.

use super::account::Account;

/// A kind of entry. Money takes no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Movement {
    /// The budget, or a revision, gives money.
    Appropriate,
    /// A revision takes money that is still free.
    Reduce,
    /// A claim is approved.
    Commit,
    /// An approval is undone.
    Release,
    /// A claim is put on a decree.
    Decree,
    /// An amending decree strikes a row.
    Strike,
    /// A decree's payment is ordered.
    Order,
    /// An order is cancelled before its release.
    Unorder,
    /// An order is released to the bank or the counter.
    Send,
    /// The heir has the money.
    Pay,
    /// The bank could not pay, or nobody collected.
    Return,
    /// The bank takes back what it had reported as paid.
    Reverse,
    /// Returned money is ordered anew.
    Reissue,
    /// A renewed order is cancelled before its release.
    Unreissue,
    /// Returned money goes back to the treasury (STS).
    Deposit,
    /// Deposited money is drawn again in the same year, to be paid after all.
    Redraw,
    /// Money that reached the wrong person has to come back.
    Reclaim,
    /// Wrongly paid money comes back to the treasury, whole or in parts.
    Recover,
    /// A promise is taken over by the line of the next year.
    CarryCommitted,
    /// A decreed, unpaid claim is taken over by the line of the next year.
    CarryDecreed,
    /// What nobody used ends with the year.
    Lapse,
    /// A closed year is opened again.
    Revive,
}

impl Movement {
    /// Every movement.
    pub const ALL: [Self; 22] = [
        Self::Appropriate,
        Self::Reduce,
        Self::Commit,
        Self::Release,
        Self::Decree,
        Self::Strike,
        Self::Order,
        Self::Unorder,
        Self::Send,
        Self::Pay,
        Self::Return,
        Self::Reverse,
        Self::Reissue,
        Self::Unreissue,
        Self::Deposit,
        Self::Redraw,
        Self::Reclaim,
        Self::Recover,
        Self::CarryCommitted,
        Self::CarryDecreed,
        Self::Lapse,
        Self::Revive,
    ];

    /// From which account to which.
    pub fn way(self) -> (Account, Account) {
        use Account as A;
        match self {
            Self::Appropriate => (A::Appropriation, A::Free),
            Self::Reduce => (A::Free, A::Appropriation),
            Self::Commit => (A::Free, A::Committed),
            Self::Release => (A::Committed, A::Free),
            Self::Decree => (A::Committed, A::Decreed),
            Self::Strike => (A::Decreed, A::Committed),
            Self::Order => (A::Decreed, A::Ordered),
            Self::Unorder => (A::Ordered, A::Decreed),
            Self::Send => (A::Ordered, A::Sent),
            Self::Pay => (A::Sent, A::Paid),
            Self::Return => (A::Sent, A::Returned),
            Self::Reverse => (A::Paid, A::Returned),
            Self::Reissue => (A::Returned, A::Ordered),
            Self::Unreissue => (A::Ordered, A::Returned),
            Self::Deposit => (A::Returned, A::Deposited),
            Self::Redraw => (A::Deposited, A::Returned),
            Self::Reclaim => (A::Paid, A::Receivable),
            Self::Recover => (A::Receivable, A::Deposited),
            Self::CarryCommitted => (A::Committed, A::Carried),
            Self::CarryDecreed => (A::Decreed, A::Carried),
            Self::Lapse => (A::Free, A::Lapsed),
            Self::Revive => (A::Lapsed, A::Free),
        }
    }

    /// Whether it is about one claim's money rather than the line as a whole.
    pub fn is_of_claim(self) -> bool {
        !matches!(self, Self::Appropriate | Self::Reduce | Self::Lapse | Self::Revive)
    }

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Appropriate => "appropriate",
            Self::Reduce => "reduce",
            Self::Commit => "commit",
            Self::Release => "release",
            Self::Decree => "decree",
            Self::Strike => "strike",
            Self::Order => "order",
            Self::Unorder => "unorder",
            Self::Send => "send",
            Self::Pay => "pay",
            Self::Return => "return",
            Self::Reverse => "reverse",
            Self::Reissue => "reissue",
            Self::Unreissue => "unreissue",
            Self::Deposit => "deposit",
            Self::Redraw => "redraw",
            Self::Reclaim => "reclaim",
            Self::Recover => "recover",
            Self::CarryCommitted => "carry_committed",
            Self::CarryDecreed => "carry_decreed",
            Self::Lapse => "lapse",
            Self::Revive => "revive",
        }
    }

    /// The words on pages and in the bundle for an inspector.
    pub fn label(self) -> &'static str {
        match self {
            Self::Appropriate => "Pagu ditambahkan",
            Self::Reduce => "Pagu dikurangi",
            Self::Commit => "Dijanjikan kepada permohonan",
            Self::Release => "Janji dilepas",
            Self::Decree => "Ditetapkan dalam SK",
            Self::Strike => "Dicoret dari SK",
            Self::Order => "Diperintahkan bayar",
            Self::Unorder => "Perintah bayar dibatalkan",
            Self::Send => "Dilepas ke bank atau loket",
            Self::Pay => "Diterima ahli waris",
            Self::Return => "Kembali (retur atau tidak diambil)",
            Self::Reverse => "Ditarik kembali oleh bank",
            Self::Reissue => "Diperintahkan bayar ulang",
            Self::Unreissue => "Perintah bayar ulang dibatalkan",
            Self::Deposit => "Disetor ke kas daerah",
            Self::Redraw => "Diambil lagi dari kas daerah",
            Self::Reclaim => "Harus dikembalikan penerima",
            Self::Recover => "Dikembalikan penerima ke kas daerah",
            Self::CarryCommitted => "Janji dilanjutkan ke tahun berikutnya",
            Self::CarryDecreed => "Penetapan dilanjutkan ke tahun berikutnya",
            Self::Lapse => "Tidak terpakai sampai tutup tahun",
            Self::Revive => "Tahun dibuka kembali",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|movement| movement.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_no_two_movements_take_the_same_way() {
        for (i, movement) in Movement::ALL.into_iter().enumerate() {
            assert_eq!(Movement::parse(movement.code()), Some(movement));
            let (from, to) = movement.way();
            assert_ne!(from, to);
            assert!(Movement::ALL.into_iter().skip(i + 1).all(|other| other.way() != (from, to)), "{movement:?}");
        }
    }

    #[test]
    fn from_every_place_but_the_last_ones_money_can_move_on() {
        let leaves = |account| Movement::ALL.into_iter().any(|movement| movement.way().0 == account);
        let ends: Vec<Account> = Account::ALL.into_iter().filter(|account| !leaves(*account)).collect();
        assert_eq!(ends, [Account::Carried], "taken over for good; the next year's line goes on with it");
    }

    #[test]
    fn money_reaches_an_heir_only_through_promise_decree_order_and_release() {
        for movement in Movement::ALL.into_iter().filter(|movement| movement.way().1 == Account::Paid) {
            assert_eq!(movement.way().0, Account::Sent);
        }
        for movement in Movement::ALL.into_iter().filter(|movement| movement.way().1 == Account::Sent) {
            assert_eq!(movement.way().0, Account::Ordered);
        }
    }
}
