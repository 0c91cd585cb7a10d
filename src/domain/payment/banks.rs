//! The table of banks: three-digit code, BIC and name.

use std::collections::BTreeSet;
use std::fmt;

/// A bank identifier code of 8 or 11 characters, for example PDJGIDJ1 for Bank Jateng.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bic(String);

impl Bic {
    /// Reads a code; small letters are raised, everything else must be right. `None` if it is not a BIC.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        let sized = matches!(code.len(), 8 | 11) && code.chars().all(|c| c.is_ascii_alphanumeric());
        let country = code.get(4..6).is_some_and(|c| c.chars().all(|l| l.is_ascii_uppercase()));
        (sized && country).then_some(Self(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// Three-digit code of the national list; empty for sharia units, which have none.
    pub code: String,
    /// Where transfers go.
    pub bic: Bic,
    /// Name with remarks in brackets, as in the list.
    pub name: String,
}

/// Banks that can be paid by file. Loaded from a list that an operator may replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankTable {
    banks: Vec<Bank>,
}

/// Why a list of banks is not used. One wrong row sends money to another province, so the whole list is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BankTableFault {
    /// No bank in it.
    #[error("daftar bank kosong")]
    Empty,
    /// A code that is neither empty nor three digits.
    #[error("kode bank \"{0}\" bukan tiga angka")]
    Code(String),
    /// The same three-digit code twice.
    #[error("kode bank {0} tercantum dua kali")]
    SameCode(String),
    /// The same BIC twice.
    #[error("BIC {0} tercantum dua kali")]
    SameBic(Bic),
}

impl BankTable {
    /// A table in which every code and every BIC stands once.
    ///
    /// # Errors
    /// All [`BankTableFault`]s of the list.
    pub fn new(banks: Vec<Bank>) -> Result<Self, Vec<BankTableFault>> {
        let mut faults = Vec::new();
        if banks.is_empty() {
            faults.push(BankTableFault::Empty);
        }
        let (mut codes, mut bics) = (BTreeSet::new(), BTreeSet::new());
        for bank in &banks {
            faults.extend(code_fault(&bank.code));
            if !bank.code.is_empty() && !codes.insert(&bank.code) {
                faults.push(BankTableFault::SameCode(bank.code.clone()));
            }
            if !bics.insert(&bank.bic) {
                faults.push(BankTableFault::SameBic(bank.bic.clone()));
            }
        }
        if faults.is_empty() { Ok(Self { banks }) } else { Err(faults) }
    }

    /// All banks, in the order of the list.
    pub fn all(&self) -> &[Bank] {
        &self.banks
    }

    /// The bank with this BIC.
    pub fn with_bic(&self, bic: &Bic) -> Option<&Bank> {
        self.banks.iter().find(|bank| bank.bic == *bic)
    }

    /// The bank somebody wrote, if they wrote its code, its BIC or its full name.
    ///
    /// Short names (BRI, BANK JATENG) are the office's aliases; guessing them here
    /// would one day pay the wrong bank.
    pub fn written_as(&self, text: &str) -> Option<&Bank> {
        let wanted = fold_name(text);
        let mut hits = self.banks.iter().filter(|bank| bank_answers(bank, &wanted));
        let first = hits.next()?;
        hits.next().is_none().then_some(first)
    }
}

fn bank_answers(bank: &Bank, wanted: &str) -> bool {
    let plain = bank.name.split_once('(').map_or(bank.name.as_str(), |(before, _)| before);
    !wanted.is_empty()
        && (bank.code == wanted || bank.bic.as_str() == wanted || fold_name(&bank.name) == wanted || fold_name(plain) == wanted)
}

fn code_fault(code: &str) -> Option<BankTableFault> {
    let right = code.is_empty() || (code.len() == 3 && code.chars().all(|c| c.is_ascii_digit()));
    (!right).then(|| BankTableFault::Code(code.to_owned()))
}

/// Capitals, single spaces, no marks: `Bank  Jateng.` and `BANK JATENG` are one name.
pub(super) fn fold_name(text: &str) -> String {
    let capitals: String = text.to_uppercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    capitals.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank(code: &str, bic: &str, name: &str) -> Bank {
        Bank { code: code.to_owned(), bic: Bic::parse(bic).unwrap(), name: name.to_owned() }
    }

    #[test]
    fn a_bic_has_a_country_and_eight_or_eleven_characters() {
        for right in ["PDJGIDJ1", "pdjgidj1", "BRINIDJAXXX"] {
            assert!(Bic::parse(right).is_some(), "{right}");
        }
        for wrong in ["", "PDJG", "PDJGIDJ", "PDJGIDJ12", "PDJG1DJ1", "PDJGIDJ1XXXX", "PDJG DJ1", "PDJGIDJé"] {
            assert_eq!(Bic::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_that_contradicts_itself_is_refused_with_every_fault() {
        assert_eq!(BankTable::new(vec![]), Err(vec![BankTableFault::Empty]));
        let rows = vec![bank("113", "PDJGIDJ1", "Bank Jateng"), bank("113", "PDJTIDJ1", "Bank Jatim"), bank("11", "PDJGIDJ1", "Salah")];
        let expected = vec![
            BankTableFault::SameCode("113".to_owned()),
            BankTableFault::Code("11".to_owned()),
            BankTableFault::SameBic(Bic::parse("PDJGIDJ1").unwrap()),
        ];
        assert_eq!(BankTable::new(rows), Err(expected));
    }

    #[test]
    fn a_bank_is_found_by_code_bic_or_full_name_and_never_by_a_guess() {
        let table = BankTable::new(vec![
            bank("002", "BRINIDJA", "Bank Rakyat Indonesia (BRI)"),
            bank("113", "PDJGIDJ1", "BPD Jawa Tengah (Bank Jateng)"),
            bank("", "SYJGIDJ1", "BPD Jawa Tengah UUS (Bank Jateng Syariah)"),
        ])
        .unwrap();
        let check = |text: &str, bic: Option<&str>| {
            assert_eq!(table.written_as(text).map(|b| b.bic.as_str()), bic, "{text}");
        };
        check("bpd  jawa tengah", Some("PDJGIDJ1"));
        check("113", Some("PDJGIDJ1"));
        check("syjgidj1", Some("SYJGIDJ1"));
        check("Bank Rakyat Indonesia (BRI)", Some("BRINIDJA"));
        for unknown in ["", "BANK", "Jawa Tengah", "BRI", "BPR BKK BATANG"] {
            check(unknown, None);
        }
    }
}
