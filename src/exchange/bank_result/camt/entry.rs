//! One booking of the account, with the transactions it was made of.

use chrono::NaiveDate;

use super::super::draft::{Draft, Tally, joined};
use super::super::fault::ResultFault;
use super::super::pain002::{account_at, day_of, reason_of};
use super::super::xml::{File, Node};
use super::{Version, direction_in, truth};
use crate::domain::audit::sha256_hex;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{AccountNumber, BankAmount, Blanket, ControlTotal, Direction, Fate, ReportLine, Return, Scope};

/// A booking while it is being read.
pub(super) struct Entry<'a> {
    version: Version,
    begins: usize,
    amount: Option<BankAmount>,
    direction: Option<Direction>,
    is_reversal: bool,
    status: Option<Status>,
    on: Option<NaiveDate>,
    value_on: Option<NaiveDate>,
    bank_ref: Option<String>,
    own_ref: Option<String>,
    information: Option<String>,
    is_return: bool,
    has_code: bool,
    batch: Option<Batch>,
    details: Vec<(Option<BankAmount>, Direction)>,
    seen: Vec<&'a str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Booked,
    Pending,
    Information,
}

/// What a booking says of the batch it was made of.
struct Batch {
    scope: Option<Scope>,
    count: Option<u32>,
    sum: Option<BankAmount>,
}

/// Elements of a booking that stand in it once at most.
const SINGLE: [&str; 9] = ["NtryRef", "Amt", "CdtDbtInd", "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd"];

impl<'a> Entry<'a> {
    pub(super) fn new(version: Version, begins: usize) -> Self {
        Self {
            version,
            begins,
            amount: None,
            direction: None,
            is_reversal: false,
            status: None,
            on: None,
            value_on: None,
            bank_ref: None,
            own_ref: None,
            information: None,
            is_return: false,
            has_code: false,
            batch: None,
            details: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Takes what stands directly in a booking.
    pub(super) fn take(&mut self, node: &Node<'a>, file: &File<'a>) -> Result<(), ResultFault> {
        if SINGLE.contains(&node.name) {
            if self.seen.contains(&node.name) {
                return Err(ResultFault::Twice(file.place_of(node, &[])));
            }
            self.seen.push(node.name);
        }
        match node.name {
            "Amt" => self.amount = Some(node.amount(file)?),
            "CdtDbtInd" => {
                let direction = direction_in(node.text());
                let fault = || ResultFault::unreadable(file.place_of(node, &[]), node.text(), "CRDT atau DBIT");
                self.direction = Some(direction.ok_or_else(fault)?);
            }
            "RvslInd" => self.is_reversal = truth(node, &[], file)?.unwrap_or(false),
            "Sts" => self.status = Some(self.status_of(node, file)?),
            "BookgDt" => self.on = date_in(node, file)?,
            "ValDt" => self.value_on = date_in(node, file)?,
            "AcctSvcrRef" => self.bank_ref = Some(node.text().to_owned()),
            "NtryRef" => self.own_ref = Some(node.text().to_owned()),
            "BkTxCd" => {
                self.has_code = true;
                self.is_return = is_return(node);
            }
            "AddtlNtryInf" => self.information = Some(node.text().to_owned()),
            _ => {}
        }
        Ok(())
    }

    fn status_of(&self, node: &Node<'_>, file: &File<'_>) -> Result<Status, ResultFault> {
        let code = match self.version {
            Version::V02 => node.text(),
            Version::V08 => node.text_at(&["Cd"]).or_else(|| node.text_at(&["Prtry"])).unwrap_or_default(),
        };
        match code {
            "BOOK" => Ok(Status::Booked),
            "PDNG" => Ok(Status::Pending),
            "INFO" | "FUTR" => Ok(Status::Information),
            other => Err(ResultFault::unreadable(file.place_of(node, &[]), other, "kode status mutasi (BOOK, PDNG, INFO)")),
        }
    }

    pub(super) fn amount(&self, file: &File<'_>) -> Result<BankAmount, ResultFault> {
        self.amount.ok_or_else(|| ResultFault::Missing(file.place("Ntry/Amt")))
    }

    pub(super) fn direction(&self, file: &File<'_>) -> Result<Direction, ResultFault> {
        self.direction.ok_or_else(|| ResultFault::Missing(file.place("Ntry/CdtDbtInd")))
    }

    pub(super) fn is_booked(&self) -> bool {
        self.status == Some(Status::Booked)
    }

    pub(super) fn batch(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        if self.batch.is_some() {
            return Err(ResultFault::Twice(file.place_of(node, &[])));
        }
        let part = node.text_at(&["PmtInfId"]).map(|id| Scope::Part(id.to_owned()));
        self.batch = Some(Batch {
            scope: part.or_else(|| node.text_at(&["MsgId"]).map(|id| Scope::Message(id.to_owned()))),
            count: node.one(&["NbOfTxs"], file)?.map(|count| count.count(file)).transpose()?,
            sum: node.one(&["TtlAmt"], file)?.map(|sum| sum.amount(file)).transpose()?,
        });
        Ok(())
    }

    /// One transaction of the booking becomes a line. Its amount is set when the booking ends, if it names none.
    pub(super) fn transaction(&mut self, node: &Node<'a>, draft: &mut Draft, file: &File<'a>) -> Result<(), ResultFault> {
        let amount = self.transaction_amount(node, file)?;
        let direction = match node.one(&["CdtDbtInd"], file)?.map(Node::text) {
            None => self.direction(file)?,
            Some(text) => {
                direction_in(text).ok_or_else(|| ResultFault::unreadable(file.place_of(node, &["CdtDbtInd"]), text, "CRDT atau DBIT"))?
            }
        };
        let (account, holder) = self.payee(node, direction, draft, file)?;
        let bank_ref = node.text_at(&["Refs", "AcctSvcrRef"]).map(str::to_owned).or_else(|| self.bank_ref.clone());
        let reference = ["EndToEndId", "InstrId"].into_iter().filter_map(|name| node.text_at(&["Refs", name]));
        let remark = node.all_at(&["RmtInf"], "Ustrd").chain(node.text_at(&["RmtInf", "Strd", "CdtrRefInf", "Ref"]));
        let line = ReportLine {
            position: draft.next_position()?,
            reference: reference.into_iter().find(|text| *text != "NOTPROVIDED").map(str::to_owned),
            remark: joined(remark.chain(node.text_at(&["AddtlTxInf"]))),
            account,
            holder,
            amount,
            direction,
            fate: self.fate(node.at(&["RtrInf"]), node.at(&["BkTxCd"]).is_some_and(is_return), direction, bank_ref),
            is_reversal: self.is_reversal || (direction == Direction::Debit && node.at(&["RtrInf"]).is_some()),
            raw_sha256: sha256_hex(file.raw(node)),
        };
        self.details.push((amount, direction));
        draft.lines.push(line);
        Ok(())
    }

    fn transaction_amount(&self, node: &Node<'_>, file: &File<'_>) -> Result<Option<BankAmount>, ResultFault> {
        let direct: &[&str] = if self.version == Version::V08 { &["Amt"] } else { &["AmtDtls", "TxAmt", "Amt"] };
        let found = match node.one(direct, file)? {
            Some(found) => Some(found),
            None => match node.one(&["AmtDtls", "TxAmt", "Amt"], file)? {
                Some(found) => Some(found),
                None => node.one(&["AmtDtls", "InstdAmt", "Amt"], file)?,
            },
        };
        found.map(|found| found.amount(file)).transpose()
    }

    /// Account and name of the other side. Banks keep the parties of a returned payment as they were, or swap them, so of money
    /// that came in it is whichever is not the account of the statement.
    fn payee(
        &self,
        node: &Node<'_>,
        direction: Direction,
        draft: &Draft,
        file: &File<'_>,
    ) -> Result<(Option<AccountNumber>, Option<String>), ResultFault> {
        let side = |party: &'static str, account: &'static str| {
            let name: &[&str] = if self.version == Version::V02 { &["RltdPties", party, "Nm"] } else { &["RltdPties", party, "Pty", "Nm"] };
            let account = account_at(node, &["RltdPties", account, "Id"], file)?;
            Ok::<_, ResultFault>((account, node.text_at(name).map(str::to_owned)))
        };
        let creditor = side("Cdtr", "CdtrAcct")?;
        let is_ours = creditor.0.as_ref().is_some_and(|account| draft.accounts.iter().any(|own| own.may_be(account)));
        if direction == Direction::Credit && (is_ours || creditor == (None, None)) { side("Dbtr", "DbtrAcct") } else { Ok(creditor) }
    }

    fn fate(&self, returned: Option<&Node<'_>>, is_return_code: bool, direction: Direction, bank_ref: Option<String>) -> Fate {
        let on = self.on.or(self.value_on);
        match self.status {
            Some(Status::Pending) => Fate::Pending,
            Some(Status::Information) | None => Fate::Received,
            Some(Status::Booked) if direction == Direction::Credit && (returned.is_some() || is_return_code || self.is_return) => {
                let text = returned.and_then(reason_of).unwrap_or_default();
                Fate::Returned(Return { reason: ReturnReason::read(&text), text, on, bank_ref })
            }
            Some(Status::Booked) => Fate::Settled { on, bank_ref },
        }
    }

    /// The booking is at its end: held against its transactions, or a line, or a blanket statement of its own.
    pub(super) fn finish(mut self, draft: &mut Draft, file: &File<'_>) -> Result<(), ResultFault> {
        let missing = |part: &str| ResultFault::Missing(file.place(part));
        self.status.ok_or_else(|| missing("Ntry/Sts"))?;
        if !self.has_code {
            return Err(missing("Ntry/BkTxCd"));
        }
        let (amount, direction) = (self.amount(file)?, self.direction(file)?);
        let batch = self.batch.take();
        if let Some(sum) = batch.as_ref().and_then(|batch| batch.sum).filter(|sum| *sum != amount) {
            return Err(ResultFault::Control(control("gabungan mutasi", None, Some(amount), (1, sum))));
        }
        if !self.details.is_empty() {
            return self.hold_against_details(amount, direction, batch.and_then(|batch| batch.count), draft, file);
        }
        let raw_sha256 = sha256_hex(file.raw_from(self.begins));
        let position = draft.next_position()?;
        let fate = self.fate(None, false, direction, self.bank_ref.clone());
        if let Some(Batch { scope: Some(scope), count, .. }) = batch {
            let (fate, sum, is_reversal) = (Some(fate), Some(amount), self.is_reversal);
            draft.blankets.push(Blanket { position, scope, fate, direction, is_reversal, count, sum, raw_sha256 });
            return Ok(());
        }
        draft.lines.push(ReportLine {
            position,
            reference: None,
            remark: joined(self.own_ref.iter().chain(&self.information).map(String::as_str)),
            account: None,
            holder: None,
            amount: Some(amount),
            direction,
            fate,
            is_reversal: self.is_reversal,
            raw_sha256,
        });
        Ok(())
    }

    fn hold_against_details(
        &self,
        amount: BankAmount,
        direction: Direction,
        stated: Option<u32>,
        draft: &mut Draft,
        file: &File<'_>,
    ) -> Result<(), ResultFault> {
        if let [(None, _)] = self.details.as_slice() {
            if let Some(line) = draft.lines.last_mut() {
                line.amount = Some(amount);
            }
        } else {
            let (mut same, mut other) = (Tally::default(), Tally::default());
            for (part, way) in &self.details {
                let part = part.ok_or_else(|| ResultFault::Missing(file.place("Ntry/NtryDtls/TxDtls/Amt")))?;
                if *way == direction { same.add(part)? } else { other.add(part)? }
            }
            let whole = amount.checked_add(other.0.sum).ok_or(ResultFault::Sum)?;
            if whole != same.0.sum {
                return Err(ResultFault::Control(control("rincian satu mutasi", None, Some(amount), (same.0.count, same.0.sum))));
            }
        }
        let count = u32::try_from(self.details.len()).unwrap_or(u32::MAX);
        match stated {
            Some(stated) if stated != count => {
                Err(ResultFault::Control(control("rincian satu mutasi", Some(stated), None, (count, amount))))
            }
            _ => Ok(()),
        }
    }
}

fn control(of: &str, count: Option<u32>, sum: Option<BankAmount>, read: (u32, BankAmount)) -> ControlTotal {
    let read = crate::domain::payment::report::Totals { count: read.0, sum: read.1 };
    ControlTotal { of: of.to_owned(), count, sum, read }
}

/// The day of a choice of date and instant.
fn date_in(node: &Node<'_>, file: &File<'_>) -> Result<Option<NaiveDate>, ResultFault> {
    let found = match day_of(node, &["Dt"], file)? {
        Some(day) => Some(day),
        None => day_of(node, &["DtTm"], file)?,
    };
    found.map(Some).ok_or_else(|| ResultFault::Missing(file.place_of(node, &["Dt"])))
}

/// Whether the code of a booking names a payment that came back (sub-family RRTN).
fn is_return(code: &Node<'_>) -> bool {
    code.text_at(&["Domn", "Fmly", "SubFmlyCd"]) == Some("RRTN")
}
