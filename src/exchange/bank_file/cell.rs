//! What stands in one cell of a bank's file.

use chrono::NaiveDate;

use super::layout::{AmountFormat, Column, Field, FileLayout, TooLong};
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;
use crate::domain::payment::PlannedLine;
use crate::exchange::plain_text::{cut, fold, keep};

/// Why a payment does not fit into a bank's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Longer than the column.
    #[error("baris {sequence}: {field:?} lebih dari {chars_max} huruf")]
    TooLong {
        /// Row of the order.
        sequence: u32,
        /// The column.
        field: Field,
        /// Its width.
        chars_max: usize,
    },
    /// Nothing is left of a name in the bank's character set.
    #[error("baris {sequence}: {field:?} tidak dapat ditulis dengan huruf yang diterima bank")]
    Lost {
        /// Row of the order.
        sequence: u32,
        /// The column.
        field: Field,
    },
    /// More than this road takes in one transfer.
    #[error("baris {sequence}: melebihi batas {most} untuk satu transfer")]
    AboveLimit {
        /// Row of the order.
        sequence: u32,
        /// The limit.
        most: Rupiah,
    },
}

/// Where a row belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub layout: &'a FileLayout,
    pub office: &'a OfficeBank,
    pub on: NaiveDate,
}

impl Sheet<'_> {
    /// The cells of a payment, or everything that keeps it from fitting.
    pub(super) fn row(&self, planned: &PlannedLine) -> Result<Vec<String>, Vec<CellFault>> {
        let sequence = planned.line.sequence;
        let (mut cells, mut faults) = (Vec::new(), Vec::new());
        if let Some(most) = self.layout.amount_max.filter(|most| planned.line.amount > *most) {
            faults.push(CellFault::AboveLimit { sequence, most });
        }
        for column in &self.layout.columns {
            match self.cell(column, planned) {
                Ok(cell) => cells.push(cell),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(cells) } else { Err(faults) }
    }

    fn cell(&self, column: &Column, planned: &PlannedLine) -> Result<String, CellFault> {
        let (sequence, field) = (planned.line.sequence, column.field);
        let text = self.clean(&self.content(field, planned), column);
        if text.is_empty() && !matches!(field, Field::Remark | Field::BankCode) {
            return Err(CellFault::Lost { sequence, field });
        }
        match column.chars_max {
            Some(most) if text.chars().count() <= most => Ok(text),
            Some(most) if column.too_long == TooLong::Cut => Ok(cut(&text, most)),
            Some(chars_max) => Err(CellFault::TooLong { sequence, field, chars_max }),
            None => Ok(text),
        }
    }

    fn content(&self, field: Field, planned: &PlannedLine) -> String {
        let (line, bank) = (&planned.line, planned.bank.as_ref());
        match field {
            Field::UnitCode => self.office.unit_code.clone(),
            Field::SourceHolder => self.office.holder.clone(),
            Field::SourceAccount => self.office.account.chars().filter(char::is_ascii_digit).collect(),
            Field::Holder => line.holder.clone(),
            Field::Account if self.layout.spreadsheet => in_fours(&line.account),
            Field::Account => line.account.clone(),
            Field::Bic => bank.map(|b| b.bic.to_string()).unwrap_or_default(),
            Field::BankCode => bank.map(|b| b.code.clone()).unwrap_or_default(),
            Field::BankName => line.bank.clone(),
            Field::Amount => write_amount(self.layout.amount, line.amount),
            Field::Currency => "IDR".to_owned(),
            Field::Remark => line.remark.clone(),
            Field::Reference => line.reference.clone(),
            Field::Sequence => line.sequence.to_string(),
            Field::Date => self.on.format("%d%m%Y").to_string(),
        }
    }

    fn clean(&self, text: &str, column: &Column) -> String {
        if column.field == Field::Amount {
            return text.to_owned();
        }
        let replace = |c: char| self.layout.replace.get(&c).cloned().unwrap_or_else(|| c.to_string());
        let replaced: String = text.chars().map(replace).collect();
        let kept = match &self.layout.marks {
            Some(marks) => keep(&fold(&replaced), |c| c.is_ascii_alphanumeric() || marks.contains(c)),
            None => keep(&replaced, |c| !c.is_control()),
        };
        let cased = if column.capitals { kept.to_uppercase() } else { kept };
        harmless(cased, self.layout.spreadsheet)
    }
}

/// A cell that no spreadsheet takes for a formula: marked as text where people read it, shorn of its marks where a bank does.
fn harmless(text: String, spreadsheet: bool) -> String {
    if !text.starts_with(['=', '+', '-', '@']) {
        text
    } else if spreadsheet {
        format!("'{text}")
    } else {
        text.trim_start_matches(['=', '+', '-', '@', ' ']).to_owned()
    }
}

/// `595501824129452` → `5955 0182 4129 452`: a spreadsheet leaves it alone, whereas it rounds long numbers.
fn in_fours(account: &str) -> String {
    let digits: Vec<char> = account.chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn write_amount(format: AmountFormat, amount: Rupiah) -> String {
    match format {
        AmountFormat::Plain => amount.whole().to_string(),
        AmountFormat::TwoDecimals => format!("{}.00", amount.whole()),
        AmountFormat::Grouped => amount.grouped(),
    }
}

/// Reads an amount back as the bank would.
pub(super) fn read_amount(format: AmountFormat, text: &str) -> Option<Rupiah> {
    let whole = match format {
        AmountFormat::Plain => text.to_owned(),
        AmountFormat::TwoDecimals => text.strip_suffix(".00")?.to_owned(),
        AmountFormat::Grouped => text.replace('.', ""),
    };
    whole.parse().ok().and_then(|whole| Rupiah::new(whole).ok())
}
