//! From an order to the files of a profile.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Cell, CellFault, Sent, Sheet, Spot, digits, read_amount};
use super::column::Field;
use super::file_spec::FileSpec;
use super::name_rule::without_titles;
use super::pattern::Values;
use super::profile::{Format, Profile, RailSpec};
use super::table_bytes::{GridRow, from_bytes, to_bytes};
use super::{BankFileFault, Batch};
use crate::domain::money::Rupiah;
use crate::domain::payment::{PaymentLine, PaymentPlan, PlanFault, choose_rail};
use crate::exchange::{OutFile, pain001};

impl Profile {
    /// Writes the files of an order. A file without payments is not made. The same batch gives the same bytes.
    ///
    /// # Errors
    /// [`BankFileFault`], with all faults of its kind.
    pub fn write(&self, batch: &Batch<'_>) -> Result<Vec<OutFile>, BankFileFault> {
        let lines = self.prepare(batch)?;
        let batch = &Batch { lines: &lines, ..*batch };
        let total = total_of(batch.lines)?;
        let files = match &self.format {
            Format::Message { version, file_name } => {
                let name = file_name.file_name(&values(batch)).ok_or_else(|| number_fault(Spot::Header))?;
                vec![pain001::write(*version, batch, name)?]
            }
            Format::Tables { rails, files } => self.write_tables(batch, total, rails, files)?,
        };
        let mut names = BTreeSet::new();
        if let Some(twice) = files.iter().find(|file| !names.insert(&file.name)) {
            return Err(BankFileFault::SameName(twice.name.clone()));
        }
        check_total(&files, total)?;
        Ok(files)
    }

    /// The payments with names and remarks by the profile's rules.
    fn prepare(&self, batch: &Batch<'_>) -> Result<Vec<PaymentLine>, BankFileFault> {
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        for line in batch.lines {
            let name = if self.strip_titles { without_titles(&line.holder) } else { line.holder.clone() };
            let holder = self.name_replace.iter().fold(name, |name, (from, to)| name.replace(from, to));
            match self.remark.fill(&Values { code: &line.reference, words: &line.remark, ..values(batch) }) {
                Some(remark) => lines.push(PaymentLine { holder, remark, ..line.clone() }),
                None => faults.push(CellFault::Number { spot: Spot::Line(line.sequence) }),
            }
        }
        if faults.is_empty() { Ok(lines) } else { Err(BankFileFault::Cells(faults)) }
    }

    fn write_tables(
        &self,
        batch: &Batch<'_>,
        total: Rupiah,
        rails: &[RailSpec],
        specs: &[FileSpec],
    ) -> Result<Vec<OutFile>, BankFileFault> {
        let plan = PaymentPlan::plan(batch.table, batch.office, batch.lines, total).map_err(BankFileFault::Plan)?;
        let home = match &self.bank {
            Some(bic) => &batch.table.with_bic(bic).ok_or_else(|| BankFileFault::UnknownBank(bic.to_string()))?.bic,
            None => &plan.own_bank().bic,
        };
        let (mut sent, mut stranded) = (Vec::new(), Vec::new());
        for planned in plan.lines() {
            match choose_rail(rails.iter().map(|spec| &spec.rule), home, planned) {
                Ok(at) => sent.extend(rails.get(at).map(|spec| (spec.rule.rail, Sent { planned, rail_code: &spec.code }))),
                Err(fault) => stranded.push(fault),
            }
        }
        if !stranded.is_empty() {
            return Err(BankFileFault::NoRail(stranded));
        }
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        for spec in specs {
            let carried: Vec<Sent<'_>> = sent.iter().filter(|(rail, _)| spec.rails.contains(rail)).map(|(_, sent)| *sent).collect();
            for (piece, (bank, part)) in (1_u32..).zip(divide(spec, &carried)) {
                let sum = Rupiah::sum(part.iter().map(|sent| sent.planned.line.amount)).ok_or_else(too_large)?;
                match write_one(Sheet { spec, batch, sent: &part, total: sum, piece, bank: &bank }) {
                    Err(BankFileFault::Cells(found)) => faults.extend(found),
                    other => files.push(other?),
                }
            }
        }
        if faults.is_empty() { Ok(files) } else { Err(BankFileFault::Cells(faults)) }
    }
}

/// Holds the files against the payment order they were written for.
///
/// # Errors
/// [`BankFileFault::Total`] if they carry another sum.
pub fn check_total(files: &[OutFile], order: Rupiah) -> Result<(), BankFileFault> {
    let files = Rupiah::sum(files.iter().map(|file| file.total)).ok_or_else(too_large)?;
    if files == order { Ok(()) } else { Err(BankFileFault::Total { files, order }) }
}

fn total_of(lines: &[PaymentLine]) -> Result<Rupiah, BankFileFault> {
    Rupiah::sum(lines.iter().map(|line| line.amount)).ok_or_else(too_large)
}

fn too_large() -> BankFileFault {
    BankFileFault::Plan(vec![PlanFault::TooLarge])
}

fn number_fault(spot: Spot) -> BankFileFault {
    BankFileFault::Cells(vec![CellFault::Number { spot }])
}

fn values<'a>(batch: &Batch<'a>) -> Values<'a> {
    Values { unit: &batch.office.unit_code, on: batch.execute_on, number: batch.day_sequence, piece: 1, ..Values::default() }
}

/// The payments of each file of one kind: one bank a file and no more rows than it takes, in the order's order.
fn divide<'a>(spec: &FileSpec, carried: &[Sent<'a>]) -> Vec<(String, Vec<Sent<'a>>)> {
    let mut by_bank: BTreeMap<String, Vec<Sent<'a>>> = BTreeMap::new();
    for sent in carried {
        let bic = sent.planned.bank.as_ref().map_or("MANUAL", |bank| bank.bic.as_str());
        by_bank.entry(if spec.split_by_bank { bic.to_owned() } else { String::new() }).or_default().push(*sent);
    }
    let rows_max = spec.rows_max.unwrap_or(usize::MAX);
    by_bank
        .into_iter()
        .flat_map(|(bank, lines)| lines.chunks(rows_max).map(|part| (bank.clone(), part.to_vec())).collect::<Vec<_>>())
        .collect()
}

fn write_one(sheet: Sheet<'_>) -> Result<OutFile, BankFileFault> {
    let spec = sheet.spec;
    let name = spec.file_name.file_name(&sheet.values()).ok_or_else(|| number_fault(Spot::Header))?;
    let (rows, payments_from) = grid(sheet).map_err(BankFileFault::Cells)?;
    let bytes = to_bytes(spec, sheet.batch, &rows)?;
    let total = read_back(sheet, &bytes, &rows, payments_from).ok_or_else(|| BankFileFault::NotReadable(name.clone()))?;
    Ok(OutFile { name, bytes, items: sheet.sent.len(), total })
}

/// All rows of a file, and which of them is the first payment.
fn grid<'a>(sheet: Sheet<'a>) -> Result<(Vec<GridRow<'a>>, usize), Vec<CellFault>> {
    let spec = sheet.spec;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut push = |columns: &'a [_], written: Result<Vec<Cell>, Vec<CellFault>>| match written {
        Ok(cells) => rows.push(GridRow { columns, cells, titles: false }),
        Err(found) => faults.extend(found),
    };
    for columns in &spec.header {
        push(columns, sheet.file_row(Spot::Header, columns));
    }
    for (row, sent) in (1..).zip(sheet.sent) {
        push(&spec.columns, sheet.payment_row(row, sent));
    }
    for columns in &spec.trailer {
        push(columns, sheet.file_row(Spot::Trailer, columns));
    }
    if faults.is_empty() {
        faults = same_references(sheet, rows.iter().skip(spec.header.len()));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if spec.titles {
        let cells = spec.columns.iter().map(|column| Cell { text: column.title.clone(), number: false }).collect();
        rows.insert(spec.header.len(), GridRow { columns: &spec.columns, cells, titles: true });
    }
    Ok((rows, spec.header.len() + usize::from(spec.titles)))
}

/// Payments whose reference column holds what an earlier one holds. Banks that fold case would take them for one.
fn same_references<'a>(sheet: Sheet<'_>, rows: impl Iterator<Item = &'a GridRow<'a>>) -> Vec<CellFault> {
    let Some(at) = sheet.spec.columns.iter().position(|column| column.field() == Some(Field::Reference)) else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let references = rows.zip(sheet.sent).filter_map(|(row, sent)| Some((sent.planned.line.sequence, row.cells.get(at)?.text.clone())));
    let twice = references.filter(|(_, reference)| !seen.insert(reference.to_ascii_uppercase()));
    twice.map(|(sequence, reference)| CellFault::SameReference { spot: Spot::Line(sequence), reference }).collect()
}

/// The sum of a finished file, if every cell reads back as it was meant and every payment is in it once with account and amount.
fn read_back(sheet: Sheet<'_>, bytes: &[u8], rows: &[GridRow<'_>], payments_from: usize) -> Option<Rupiah> {
    let spec = sheet.spec;
    let read = from_bytes(spec, bytes, rows)?;
    let same = |(read, meant): (&Vec<String>, &GridRow<'_>)| read.iter().eq(meant.cells.iter().map(|cell| &cell.text));
    if read.len() != rows.len() || !read.iter().zip(rows).all(same) {
        return None;
    }
    let amounts_at = spec.columns.iter().position(|column| column.field() == Some(Field::Amount))?;
    let accounts_at = spec.columns.iter().position(|column| column.field() == Some(Field::Account))?;
    let format = spec.amount_format(spec.columns.get(amounts_at)?);
    let mut amounts = Vec::new();
    for (cells, sent) in read.iter().skip(payments_from).zip(sheet.sent) {
        let amount = read_amount(format, cells.get(amounts_at)?)?;
        let line = &sent.planned.line;
        if amount != line.amount || digits(cells.get(accounts_at)?) != line.account {
            return None;
        }
        amounts.push(amount);
    }
    (amounts.len() == sheet.sent.len()).then(|| Rupiah::sum(amounts)).flatten()
}
