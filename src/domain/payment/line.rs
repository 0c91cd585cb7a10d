//! One benefit to one account.

use std::fmt;

use super::super::money::Rupiah;

/// Longest reference, in characters: the shortest customer reference field among the banks' layouts.
pub const REFERENCE_CHARS_MAX: usize = 19;

/// Longest account number, in digits: ISO 20022 carries 34.
pub const ACCOUNT_DIGITS_MAX: usize = 34;

/// Shortest account number, in digits; less is a slip of the hand.
const ACCOUNT_DIGITS_MIN: usize = 5;

/// One payment of an order, as it stands in the approved claim.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentLine {
    /// Row number in the order, from 1; faults name it.
    pub sequence: u32,
    /// Never used for another payment, for example the claim code. The bank gives it back in its report.
    pub reference: String,
    /// Bank as the village wrote it.
    pub bank: String,
    /// Account number; spaces, dots and hyphens do not count.
    pub account: String,
    /// Name the account stands in. Banks compare it letter by letter.
    pub holder: String,
    /// What is paid.
    pub amount: Rupiah,
    /// Words on the payee's statement.
    pub remark: String,
}

/// What is wrong with a payment line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Empty, longer than [`REFERENCE_CHARS_MAX`], or with marks banks do not carry back.
    #[error("nomor rujukan \"{0}\" harus 1 sampai 19 huruf, angka, titik atau tanda hubung")]
    Reference(String),
    /// The reference of an earlier line.
    #[error("nomor rujukan {0} dipakai dua kali")]
    SameReference(String),
    /// Not 5 to 34 digits; shown masked.
    #[error("nomor rekening {0} harus 5 sampai 34 angka")]
    Account(String),
    /// No letter in the holder's name.
    #[error("nama pemilik rekening kosong")]
    Holder,
    /// No bank written.
    #[error("nama bank kosong")]
    Bank,
    /// Zero rupiah.
    #[error("jumlah uang nol")]
    Amount,
}

impl PaymentLine {
    /// The same line with a clean account number, if it can be paid at all.
    ///
    /// # Errors
    /// Every [`LineFault`] but [`LineFault::SameReference`], which only the whole order can show.
    pub fn checked(&self) -> Result<Self, Vec<LineFault>> {
        let account: String = self.account.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        let digits = account.chars().all(|c| c.is_ascii_digit());
        let sized = (ACCOUNT_DIGITS_MIN..=ACCOUNT_DIGITS_MAX).contains(&account.len());
        let faults: Vec<LineFault> = [
            (!is_reference(&self.reference)).then(|| LineFault::Reference(self.reference.clone())),
            (!(digits && sized)).then(|| LineFault::Account(masked_account(&account))),
            (!self.holder.chars().any(char::is_alphabetic)).then_some(LineFault::Holder),
            (!self.bank.chars().any(char::is_alphanumeric)).then_some(LineFault::Bank),
            (self.amount == Rupiah::ZERO).then_some(LineFault::Amount),
        ]
        .into_iter()
        .flatten()
        .collect();
        if faults.is_empty() { Ok(Self { account, ..self.clone() }) } else { Err(faults) }
    }
}

impl fmt::Debug for PaymentLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentLine")
            .field("sequence", &self.sequence)
            .field("reference", &self.reference)
            .field("bank", &self.bank)
            .field("account", &masked_account(&self.account))
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// An account number of which only the last three characters are shown.
pub fn masked_account(account: &str) -> String {
    let hidden = account.chars().count().saturating_sub(3);
    account.chars().enumerate().map(|(i, c)| if i < hidden { '*' } else { c }).collect()
}

fn is_reference(text: &str) -> bool {
    let carried = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let begins_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    carried && begins_well && text.len() <= REFERENCE_CHARS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_line() -> PaymentLine {
        PaymentLine {
            sequence: 1,
            reference: "BTG-2026-000001".to_owned(),
            bank: "BRI".to_owned(),
            account: "5955-01.824 129452".to_owned(),
            holder: "MUH JEPRI".to_owned(),
            amount: Rupiah::new(1_000_000).unwrap(),
            remark: "SANTUNAN KEMATIAN".to_owned(),
        }
    }

    fn check(change: impl Fn(&mut PaymentLine), expected: &[LineFault]) {
        let mut line = a_line();
        change(&mut line);
        assert_eq!(line.checked().err().unwrap_or_default(), expected);
    }

    #[test]
    fn marks_between_the_digits_of_an_account_do_not_count() {
        assert_eq!(a_line().checked().unwrap().account, "595501824129452");
    }

    #[test]
    fn every_fault_of_a_line_is_named_at_once() {
        check(|_| {}, &[]);
        check(|l| l.reference = "A".repeat(19), &[]);
        for bad in [String::new(), "A".repeat(20), "A/B".to_owned(), "-A".to_owned(), "=A".to_owned(), "A B".to_owned()] {
            check(|l| l.reference.clone_from(&bad), &[LineFault::Reference(bad.clone())]);
        }
        check(|l| l.account = "1234".to_owned(), &[LineFault::Account("*234".to_owned())]);
        check(|l| l.account = "1".repeat(35), &[LineFault::Account(format!("{}111", "*".repeat(32)))]);
        check(|l| l.account = "12345O".to_owned(), &[LineFault::Account("***45O".to_owned())]);
        check(
            |l| (l.holder, l.bank, l.amount) = (" . ".to_owned(), String::new(), Rupiah::ZERO),
            &[LineFault::Holder, LineFault::Bank, LineFault::Amount],
        );
    }

    #[test]
    fn a_line_in_a_log_shows_neither_account_nor_name() {
        let text = format!("{:?}", a_line());
        assert!(!text.contains("824") && !text.contains("JEPRI") && text.contains("452"), "{text}");
    }
}
