//! Balances folded from entries.

use std::collections::BTreeMap;

use super::account::Account;
use super::entry::Entry;
use crate::domain::money::Rupiah;

/// What came to an account and what left it, each only ever growing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// Came in.
    pub debits: Rupiah,
    /// Went out.
    pub credits: Rupiah,
}

impl Balance {
    /// What lies there; `None` while more went out than came in, as with the appropriation.
    pub fn holds(&self) -> Option<Rupiah> {
        self.debits.checked_sub(self.credits)
    }
}

/// Balances of all accounts of one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balances(BTreeMap<Account, Balance>);

/// Why an entry cannot stand in the books.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// An account would hold less than nothing.
    #[error("{account} hanya {holds}, tidak cukup untuk {wanted}")]
    Short {
        /// The account.
        account: Account,
        /// What lies there.
        holds: Rupiah,
        /// What was to leave.
        wanted: Rupiah,
    },
    /// An entry of nothing.
    #[error("jurnal tanpa jumlah")]
    Nothing,
    /// More than an amount can hold.
    #[error("jumlah terlalu besar")]
    TooLarge,
    /// A movement of a claim's money that names no claim, or the other way round.
    #[error("jurnal harus menyebut permohonannya")]
    Claim,
}

impl Balances {
    /// Balances as they stand in the database.
    pub fn new(rows: impl IntoIterator<Item = (Account, Balance)>) -> Self {
        Self(rows.into_iter().collect())
    }

    /// One account.
    pub fn of(&self, account: Account) -> Balance {
        self.0.get(&account).copied().unwrap_or_default()
    }

    /// What lies in an account; nothing for the appropriation.
    pub fn holds(&self, account: Account) -> Rupiah {
        self.of(account).holds().unwrap_or_default()
    }

    /// The ceiling: what the budget gave less what it took back.
    pub fn ceiling(&self) -> Rupiah {
        let appropriation = self.of(Account::Appropriation);
        appropriation.credits.checked_sub(appropriation.debits).unwrap_or_default()
    }

    /// Books one entry.
    ///
    /// # Errors
    /// [`LedgerFault`]; the balances stay as they were.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), LedgerFault> {
        if entry.amount == Rupiah::ZERO {
            return Err(LedgerFault::Nothing);
        }
        if entry.claim.is_some() != entry.movement.is_of_claim() {
            return Err(LedgerFault::Claim);
        }
        let (from, to) = entry.way();
        let (mut left, mut reached) = (self.of(from), self.of(to));
        left.credits = left.credits.checked_add(entry.amount).ok_or(LedgerFault::TooLarge)?;
        reached.debits = reached.debits.checked_add(entry.amount).ok_or(LedgerFault::TooLarge)?;
        if from != Account::Appropriation && left.holds().is_none() {
            return Err(LedgerFault::Short { account: from, holds: self.holds(from), wanted: entry.amount });
        }
        if to == Account::Appropriation && reached.credits < reached.debits {
            return Err(LedgerFault::Short { account: Account::Appropriation, holds: self.ceiling(), wanted: entry.amount });
        }
        self.0.insert(from, left);
        self.0.insert(to, reached);
        Ok(())
    }

    /// Whether every rupiah of the ceiling lies in exactly one account.
    pub fn adds_up(&self) -> bool {
        let everywhere = Account::ALL.into_iter().filter(|account| *account != Account::Appropriation).map(|account| self.holds(account));
        let nowhere_short = Account::ALL.into_iter().all(|a| a == Account::Appropriation || self.of(a).holds().is_some());
        nowhere_short && Rupiah::sum(everywhere) == Some(self.ceiling())
    }
}

/// The books of an office: every line with its balances.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Books(BTreeMap<String, Balances>);

impl Books {
    /// Balances of a line; empty for one that has no entry.
    pub fn line(&self, id: &str) -> Balances {
        self.0.get(id).cloned().unwrap_or_default()
    }

    /// Every line, by id.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &Balances)> {
        self.0.iter().map(|(id, balances)| (id.as_str(), balances))
    }

    /// Books one entry.
    ///
    /// # Errors
    /// [`LedgerFault`]; the books stay as they were.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), LedgerFault> {
        if let Some(balances) = self.0.get_mut(&entry.line) {
            return balances.apply(entry);
        }
        let mut balances = Balances::default();
        balances.apply(entry)?;
        self.0.insert(entry.line.clone(), balances);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ledger::Movement;

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    #[test]
    fn an_account_gives_its_last_rupiah_and_not_one_more() {
        let mut balances = Balances::default();
        balances.apply(&Entry::sample(Movement::Appropriate, 2_000_000)).unwrap();
        balances.apply(&Entry::sample(Movement::Commit, 2_000_000)).unwrap();
        let short = LedgerFault::Short { account: Account::Free, holds: Rupiah::ZERO, wanted: rupiah(1) };
        assert_eq!(balances.apply(&Entry::sample(Movement::Commit, 1)), Err(short));
        assert_eq!((balances.ceiling(), balances.holds(Account::Committed)), (rupiah(2_000_000), rupiah(2_000_000)));
    }

    #[test]
    fn a_revision_takes_only_what_is_free() {
        let mut balances = Balances::default();
        balances.apply(&Entry::sample(Movement::Appropriate, 5)).unwrap();
        balances.apply(&Entry::sample(Movement::Commit, 3)).unwrap();
        assert!(balances.apply(&Entry::sample(Movement::Reduce, 3)).is_err());
        balances.apply(&Entry::sample(Movement::Reduce, 2)).unwrap();
        assert_eq!((balances.ceiling(), balances.adds_up()), (rupiah(3), true));
    }

    #[test]
    fn a_correction_moves_the_same_amount_back() {
        let mut balances = Balances::default();
        balances.apply(&Entry::sample(Movement::Appropriate, 5)).unwrap();
        balances.apply(&Entry::sample(Movement::Commit, 3)).unwrap();
        balances.apply(&Entry { corrects: Some(2), ..Entry::sample(Movement::Commit, 3) }).unwrap();
        assert_eq!((balances.holds(Account::Free), balances.holds(Account::Committed)), (rupiah(5), Rupiah::ZERO));
    }

    #[test]
    fn an_entry_of_nothing_or_of_nobody_is_refused() {
        assert_eq!(Balances::default().apply(&Entry::sample(Movement::Appropriate, 0)), Err(LedgerFault::Nothing));
        assert_eq!(Balances::default().apply(&Entry { claim: None, ..Entry::sample(Movement::Commit, 1) }), Err(LedgerFault::Claim));
    }

    proptest! {
        #[test]
        fn whatever_is_booked_every_rupiah_lies_in_one_place(
            steps in prop::collection::vec((prop::sample::select(Movement::ALL.to_vec()), 1..2_000_000_i64, prop::bool::weighted(0.1)), 0..200),
        ) {
            let mut balances = Balances::default();
            balances.apply(&Entry::sample(Movement::Appropriate, 40_000_000)).unwrap();
            for (movement, amount, back) in steps {
                let before = balances.clone();
                let wanted = Entry { corrects: back.then_some(1), ..Entry::sample(movement, amount) };
                if balances.apply(&wanted).is_err() {
                    prop_assert_eq!(&before, &balances);
                }
                prop_assert!(balances.adds_up());
            }
        }
    }
}
