//! The list of banks as a CSV file an operator may replace: `code,bic,name`, further columns are ignored.

use crate::domain::payment::{Bank, BankTable, BankTableFault, Bic};

/// Most banks a list may hold. Indonesia has about 110 with a BIC.
const BANKS_MAX: usize = 1_000;

/// Why a list of banks is not used.
#[derive(Debug, thiserror::Error)]
pub enum BankListFault {
    /// Not a CSV file with `code`, `bic` and `name` in its first row.
    #[error("daftar bank tidak terbaca: {0}")]
    Unreadable(#[from] csv::Error),
    /// A row without a right BIC; rows count from 1 below the heading.
    #[error("daftar bank baris {row}: BIC \"{bic}\" salah")]
    Bic {
        /// The row.
        row: usize,
        /// What stands there.
        bic: String,
    },
    /// More rows than a list of banks can have.
    #[error("daftar bank lebih dari 1000 baris")]
    TooMany,
    /// The list contradicts itself.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Table(Vec<BankTableFault>),
}

#[derive(serde::Deserialize)]
struct Row {
    code: String,
    bic: String,
    name: String,
}

/// Reads the list.
///
/// # Errors
/// [`BankListFault`]: a list with one wrong row is refused whole, because a wrong BIC pays another province's bank.
pub fn read(text: &str) -> Result<BankTable, BankListFault> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut banks = Vec::new();
    for (row, read) in (1..).zip(reader.deserialize::<Row>()) {
        let Row { code, bic, name } = read?;
        if row > BANKS_MAX {
            return Err(BankListFault::TooMany);
        }
        let bic = Bic::parse(&bic).ok_or(BankListFault::Bic { row, bic })?;
        banks.push(Bank { code, bic, name });
    }
    BankTable::new(banks).map_err(BankListFault::Table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bank_jateng_is_113_pdjgidj1_and_not_the_bank_of_east_java() {
        let table = read(include_str!("../../fixtures/bank_codes.csv")).unwrap();
        let bic_of = |written: &str| table.written_as(written).map(|b| (b.bic.as_str().to_owned(), b.code.clone()));
        assert_eq!(bic_of("113"), Some(("PDJGIDJ1".to_owned(), "113".to_owned())));
        assert_eq!(bic_of("BPD Jawa Tengah"), Some(("PDJGIDJ1".to_owned(), "113".to_owned())));
        assert_eq!(bic_of("PDJGIDJ1").unwrap().1, "113");
        assert_eq!(bic_of("PDJTIDJ1").unwrap().1, "114");
        assert_ne!(bic_of("113"), bic_of("PDJTIDJ1"));
    }

    #[test]
    fn a_list_with_a_wrong_row_is_refused_whole() {
        let check = |text: &str, part: &str| {
            let fault = read(text).unwrap_err().to_string();
            assert!(fault.contains(part), "{text:?}: {fault}");
        };
        check("code,bic,name\n113,PDJG,Bank Jateng\n", "baris 1: BIC \"PDJG\" salah");
        check("code,bic,name\n113,PDJGIDJ1,A\n114,PDJGIDJ1,B\n", "tercantum dua kali");
        check("kode,bic,nama\n113,PDJGIDJ1,A\n", "tidak terbaca");
        check("", "kosong");
    }
}
