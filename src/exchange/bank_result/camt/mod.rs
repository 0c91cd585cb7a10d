//! camt.053 and camt.054: bookings of the account, one by one or in batches.
//!
//! Versions .02 and .08 differ here in how a status, a party and the amount of a transaction are written.

mod entry;

use super::draft::{self, Draft, Tally};
use super::fault::{Place, ResultFault};
use super::pain002::day_of;
use super::xml::{File, Node, Visitor};
use crate::domain::payment::report::{BankAmount, ControlTotal, Direction, Note, Report, ReportKind};
use entry::Entry;

/// Which version of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V02,
    V08,
}

/// Reads a statement (camt.053) or a notification (camt.054).
pub(super) fn read(file: File<'_>, version: Version, kind: ReportKind) -> Result<Report, ResultFault> {
    let mut bookings = Bookings { version, kind, draft: Draft::default(), statement: Statement::default(), entry: None };
    let beginning = file.place("");
    file.walk(&mut bookings)?;
    if bookings.draft.message_id.is_none() {
        return Err(ResultFault::Missing(Place { part: "elemen GrpHdr".to_owned(), ..beginning }));
    }
    bookings.draft.finish(kind)
}

/// What one statement says of itself, and what was counted in it.
#[derive(Default)]
struct Statement {
    id: Option<String>,
    has_account: bool,
    summary: Vec<Summary>,
    opening: Balances,
    closing: Balances,
    credits: Tally,
    debits: Tally,
    booked_sen: i64,
    has_balance: bool,
}

/// A total the bank states over bookings.
struct Summary {
    of: &'static str,
    count: Option<u32>,
    sum: Option<BankAmount>,
    /// Over which bookings; `None` = all.
    direction: Option<Direction>,
}

/// Balances of one kind, in sen; below zero where the account is overdrawn.
#[derive(Default)]
struct Balances(Vec<i64>);

struct Bookings<'a> {
    version: Version,
    kind: ReportKind,
    draft: Draft,
    statement: Statement,
    entry: Option<Entry<'a>>,
}

const STATEMENT: [&str; 20] = [
    "Id",
    "StmtPgntn",
    "NtfctnPgntn",
    "ElctrncSeqNb",
    "RptgSeq",
    "LglSeqNb",
    "CreDtTm",
    "FrToDt",
    "CpyDplctInd",
    "RptgSrc",
    "Acct",
    "RltdAcct",
    "Intrst",
    "Bal",
    "TxsSummry",
    "Ntry",
    "AddtlStmtInf",
    "AddtlNtfctnInf",
    "SplmtryData",
    "FrToDtTm",
];

const ENTRY: [&str; 20] = [
    "NtryRef",
    "Amt",
    "CdtDbtInd",
    "RvslInd",
    "Sts",
    "BookgDt",
    "ValDt",
    "AcctSvcrRef",
    "Avlbty",
    "BkTxCd",
    "ComssnWvrInd",
    "AddtlInfInd",
    "AmtDtls",
    "Chrgs",
    "TechInptChanl",
    "Intrst",
    "CardTx",
    "NtryDtls",
    "AddtlNtryInf",
    "SplmtryData",
];

impl<'a> Visitor<'a> for Bookings<'a> {
    fn children_of(&self, container: &str) -> Option<&'static [&'static str]> {
        let is_statement = self.kind == ReportKind::Statement;
        match container {
            "Document" if is_statement => Some(&["BkToCstmrStmt"]),
            "Document" => Some(&["BkToCstmrDbtCdtNtfctn"]),
            "BkToCstmrStmt" => Some(&["GrpHdr", "Stmt", "SplmtryData"]),
            "BkToCstmrDbtCdtNtfctn" => Some(&["GrpHdr", "Ntfctn", "SplmtryData"]),
            "Stmt" | "Ntfctn" => Some(&STATEMENT),
            "Ntry" => Some(&ENTRY),
            "NtryDtls" => Some(&["Btch", "TxDtls"]),
            _ => None,
        }
    }

    fn open(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault> {
        match container {
            "Stmt" | "Ntfctn" => self.statement = Statement::default(),
            "Ntry" => self.entry = Some(Entry::new(self.version, file.at())),
            _ => {}
        }
        Ok(())
    }

    fn whole(&mut self, container: &str, node: &Node<'a>, file: &File<'a>) -> Result<(), ResultFault> {
        match (container, self.entry.as_mut()) {
            ("NtryDtls", Some(entry)) if node.name == "Btch" => entry.batch(node, file),
            ("NtryDtls", Some(entry)) => entry.transaction(node, &mut self.draft, file),
            ("Ntry", Some(entry)) => entry.take(node, file),
            ("Stmt" | "Ntfctn", _) => self.in_statement(node, file),
            (_, _) if node.name == "GrpHdr" => self.header(node, file),
            _ => Ok(()),
        }
    }

    fn close(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault> {
        match container {
            "Ntry" => match self.entry.take() {
                Some(entry) => {
                    self.statement.count(&entry, file)?;
                    entry.finish(&mut self.draft, file)
                }
                None => Ok(()),
            },
            "Stmt" | "Ntfctn" => self.conclude(file),
            _ => Ok(()),
        }
    }
}

impl Bookings<'_> {
    fn header(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        if self.draft.message_id.is_some() {
            return Err(ResultFault::Twice(file.place_of(node, &[])));
        }
        self.draft.message_id = Some(node.needed(&["MsgId"], file)?.to_owned());
        node.needed(&["CreDtTm"], file)?;
        self.draft.created_on = day_of(node, &["CreDtTm"], file)?;
        self.pages(node.at(&["MsgPgntn"]), file)
    }

    fn pages(&mut self, pages: Option<&Node<'_>>, file: &File<'_>) -> Result<(), ResultFault> {
        let Some(pages) = pages else { return Ok(()) };
        if !truth(pages, &["LastPgInd"], file)?.unwrap_or(true) {
            self.draft.add_note(Note::MorePages);
        }
        Ok(())
    }

    fn in_statement(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        match node.name {
            "Id" => self.statement.id = Some(node.text().to_owned()),
            "Acct" => {
                let id = node.one(&["Id"], file)?.ok_or_else(|| ResultFault::Missing(file.place_of(node, &["Id"])))?;
                let written = id.text_at(&["IBAN"]).or_else(|| id.text_at(&["Othr", "Id"]));
                let written = written.ok_or_else(|| ResultFault::Missing(file.place_of(node, &["Id"])))?;
                self.draft.add_account(draft::account(written, || file.place_of(id, &[]))?);
                if let Some(currency) = node.text_at(&["Ccy"]).filter(|currency| *currency != "IDR") {
                    return Err(ResultFault::Currency { place: file.place_of(node, &["Ccy"]), found: super::fault::shown(currency) });
                }
                self.statement.has_account = true;
            }
            "StmtPgntn" | "NtfctnPgntn" => self.pages(Some(node), file)?,
            "CpyDplctInd" => self.draft.add_note(Note::Copy),
            "Bal" => self.statement.balance(node, file)?,
            "TxsSummry" => self.statement.summary(node, file)?,
            _ => {}
        }
        Ok(())
    }

    fn conclude(&mut self, file: &File<'_>) -> Result<(), ResultFault> {
        let statement = std::mem::take(&mut self.statement);
        if statement.id.is_none() {
            return Err(ResultFault::Missing(file.place("Id")));
        }
        if !statement.has_account {
            return Err(ResultFault::Missing(file.place("Acct")));
        }
        if self.kind == ReportKind::Statement && !statement.has_balance {
            return Err(ResultFault::Missing(file.place("Bal")));
        }
        self.draft.controls.extend(statement.controls()?);
        if statement.has_gap() {
            self.draft.add_note(Note::BalanceGap);
        }
        Ok(())
    }
}

impl Statement {
    fn balance(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        self.has_balance = true;
        let amount = amount_of(node, file)?.sen();
        let sen = if direction_of(node, file)? == Direction::Credit { amount } else { -amount };
        match node.text_at(&["Tp", "CdOrPrtry", "Cd"]) {
            Some("OPBD" | "PRCD") => self.opening.0.push(sen),
            Some("CLBD") => self.closing.0.push(sen),
            _ => {}
        }
        Ok(())
    }

    fn summary(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        let kinds = [
            ("TtlNtries", "semua mutasi", None),
            ("TtlCdtNtries", "mutasi kredit", Some(Direction::Credit)),
            ("TtlDbtNtries", "mutasi debet", Some(Direction::Debit)),
        ];
        for (element, of, direction) in kinds {
            let Some(total) = node.one(&[element], file)? else { continue };
            let count = total.one(&["NbOfNtries"], file)?.map(|count| count.count(file)).transpose()?;
            let sum = total.one(&["Sum"], file)?.map(|sum| sum.decimal(file)).transpose()?;
            self.summary.push(Summary { of, count, sum, direction });
        }
        Ok(())
    }

    fn count(&mut self, entry: &Entry<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        let (amount, direction) = (entry.amount(file)?, entry.direction(file)?);
        let (tally, signed) = match direction {
            Direction::Credit => (&mut self.credits, amount.sen()),
            Direction::Debit => (&mut self.debits, -amount.sen()),
        };
        tally.add(amount)?;
        if entry.is_booked() {
            self.booked_sen = self.booked_sen.checked_add(signed).ok_or(ResultFault::Sum)?;
        }
        Ok(())
    }

    fn controls(&self) -> Result<Vec<ControlTotal>, ResultFault> {
        let mut all = self.credits;
        all.0.sum = all.0.sum.checked_add(self.debits.0.sum).ok_or(ResultFault::Sum)?;
        all.0.count = all.0.count.saturating_add(self.debits.0.count);
        let control = |total: &Summary| {
            let read = match total.direction {
                None => all.0,
                Some(Direction::Credit) => self.credits.0,
                Some(Direction::Debit) => self.debits.0,
            };
            ControlTotal { of: total.of.to_owned(), count: total.count, sum: total.sum, read }
        };
        Ok(self.summary.iter().map(control).collect())
    }

    /// Whether opening balance and bookings miss the closing balance; only told where each stands once.
    fn has_gap(&self) -> bool {
        match (self.opening.0.as_slice(), self.closing.0.as_slice()) {
            ([opening], [closing]) => opening.checked_add(self.booked_sen) != Some(*closing),
            _ => false,
        }
    }
}

/// The amount of an element, which must be there.
fn amount_of(node: &Node<'_>, file: &File<'_>) -> Result<BankAmount, ResultFault> {
    node.one(&["Amt"], file)?.ok_or_else(|| ResultFault::Missing(file.place_of(node, &["Amt"])))?.amount(file)
}

/// Credit or debit, which must be said.
fn direction_of(node: &Node<'_>, file: &File<'_>) -> Result<Direction, ResultFault> {
    direction_in(node.needed(&["CdtDbtInd"], file)?).ok_or_else(|| {
        ResultFault::unreadable(file.place_of(node, &["CdtDbtInd"]), node.text_at(&["CdtDbtInd"]).unwrap_or_default(), "CRDT atau DBIT")
    })
}

fn direction_in(text: &str) -> Option<Direction> {
    match text {
        "CRDT" => Some(Direction::Credit),
        "DBIT" => Some(Direction::Debit),
        _ => None,
    }
}

/// A yes or no.
fn truth(node: &Node<'_>, path: &[&str], file: &File<'_>) -> Result<Option<bool>, ResultFault> {
    let Some(found) = node.one(path, file)? else { return Ok(None) };
    match found.text() {
        "true" | "1" => Ok(Some(true)),
        "false" | "0" => Ok(Some(false)),
        other => Err(ResultFault::unreadable(file.place_of(found, &[]), other, "true atau false")),
    }
}
