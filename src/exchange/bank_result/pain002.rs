//! pain.002: what became of an order, for the whole of it, for its parts and for single payments.
//!
//! Versions .03 and .12 differ here in the way a party is named. Status of a payment goes before that of its part, and that of the
//! part before that of the message; what is said of a whole becomes a blanket statement.

use chrono::NaiveDate;

use super::draft::{self, Draft, Tally, joined};
use super::fault::{Place, ResultFault};
use super::written::iso_day;
use super::xml::{File, Node, Visitor};
use crate::domain::audit::sha256_hex;
use crate::domain::payment::ReturnReason;
use crate::domain::payment::report::{
    AccountNumber, BankAmount, Blanket, ControlTotal, Direction, Fate, Report, ReportKind, ReportLine, Return, Scope,
};

/// Which version of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V03,
    V12,
}

/// Reads a message.
pub(super) fn read(file: File<'_>, version: Version) -> Result<Report, ResultFault> {
    let mut status = StatusReport { version, draft: Draft::default(), group: Told::default(), part: None, seen_group: false };
    let end = file.place("");
    file.walk(&mut status)?;
    let missing = |part: &str| ResultFault::Missing(Place { part: format!("elemen {part}"), ..end.clone() });
    if status.draft.message_id.is_none() {
        return Err(missing("GrpHdr"));
    }
    if !status.seen_group {
        return Err(missing("OrgnlGrpInfAndSts"));
    }
    status.draft.finish(ReportKind::PaymentStatus)
}

/// What the bank says about a whole: the message, or one part of it.
#[derive(Default)]
struct Told {
    id: String,
    status: Option<String>,
    reasons: Vec<String>,
    count: Option<u32>,
    sum: Option<BankAmount>,
    per_status: Vec<(String, u32, Option<BankAmount>)>,
    /// Payments listed one by one, with their status.
    listed: Vec<(String, Option<BankAmount>)>,
    raw_sha256: String,
    begins: usize,
}

struct StatusReport {
    version: Version,
    draft: Draft,
    group: Told,
    part: Option<Told>,
    seen_group: bool,
}

impl<'a> Visitor<'a> for StatusReport {
    fn children_of(&self, container: &str) -> Option<&'static [&'static str]> {
        match container {
            "Document" => Some(&["CstmrPmtStsRpt"]),
            "CstmrPmtStsRpt" => Some(&["GrpHdr", "OrgnlGrpInfAndSts", "OrgnlPmtInfAndSts", "SplmtryData"]),
            "OrgnlPmtInfAndSts" => {
                Some(&["OrgnlPmtInfId", "OrgnlNbOfTxs", "OrgnlCtrlSum", "PmtInfSts", "StsRsnInf", "NbOfTxsPerSts", "TxInfAndSts"])
            }
            _ => None,
        }
    }

    fn open(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault> {
        if container == "OrgnlPmtInfAndSts" {
            self.part = Some(Told { begins: file.at(), ..Told::default() });
        }
        Ok(())
    }

    fn whole(&mut self, container: &str, node: &Node<'a>, file: &File<'a>) -> Result<(), ResultFault> {
        match (container, node.name) {
            ("CstmrPmtStsRpt", "GrpHdr") => self.header(node, file),
            ("CstmrPmtStsRpt", "OrgnlGrpInfAndSts") => self.group(node, file),
            ("OrgnlPmtInfAndSts", "TxInfAndSts") => self.transaction(node, file),
            ("OrgnlPmtInfAndSts", _) => self.part.as_mut().map_or(Ok(()), |part| part.take(node, file)),
            _ => Ok(()),
        }
    }

    fn close(&mut self, container: &str, file: &File<'a>) -> Result<(), ResultFault> {
        match (container, self.part.take()) {
            ("OrgnlPmtInfAndSts", Some(mut part)) => {
                if part.id.is_empty() {
                    return Err(ResultFault::Missing(file.place("OrgnlPmtInfAndSts/OrgnlPmtInfId")));
                }
                part.raw_sha256 = sha256_hex(file.raw_from(part.begins));
                self.group.listed.extend(part.listed.iter().cloned());
                self.conclude(&part, Scope::Part(part.id.clone()), &format!("bagian {}", part.id), file)
            }
            ("CstmrPmtStsRpt", _) => {
                let group = std::mem::take(&mut self.group);
                self.conclude(&group, Scope::Message(group.id.clone()), "seluruh perintah", file)
            }
            _ => Ok(()),
        }
    }
}

impl StatusReport {
    fn header(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        if self.draft.message_id.is_some() {
            return Err(ResultFault::Twice(file.place_of(node, &[])));
        }
        self.draft.message_id = Some(node.needed(&["MsgId"], file)?.to_owned());
        self.draft.created_on =
            Some(day_of(node, &["CreDtTm"], file)?.ok_or_else(|| ResultFault::Missing(file.place_of(node, &["CreDtTm"])))?);
        Ok(())
    }

    fn group(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        if std::mem::replace(&mut self.seen_group, true) {
            return Err(ResultFault::Twice(file.place_of(node, &[])));
        }
        let id = node.needed(&["OrgnlMsgId"], file)?.to_owned();
        node.needed(&["OrgnlMsgNmId"], file)?;
        self.draft.original_message_id = Some(id.clone());
        self.group = Told { id, raw_sha256: sha256_hex(file.raw(node)), ..Told::default() };
        node.children().try_for_each(|child| self.group.take(child, file))
    }

    fn transaction(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        let own = node.one(&["TxSts"], file)?.map(|status| status.text().to_owned());
        let inherited = self.part.as_ref().and_then(|part| part.status.clone()).or_else(|| self.group.status.clone());
        let status = own.clone().or(inherited).filter(|status| own.is_some() || status != "PART");
        let status = status.ok_or_else(|| ResultFault::Missing(file.place_of(node, &["TxSts"])))?;
        let reasons = reasons_of(node);
        let reasons = match (&self.part, reasons.is_empty()) {
            (Some(part), true) if own.is_none() => part.reasons.clone(),
            _ => reasons,
        };
        // Not the day of the report: the same news in a later report is still the same news.
        let on = day_of(node, &["AccptncDtTm"], file)?;
        let bank_ref = node.text_at(&["AcctSvcrRef"]).or_else(|| node.text_at(&["ClrSysRef"])).map(str::to_owned);
        let fate = fate_of(&status, &reasons, on, bank_ref).flatten();
        let fate = fate.ok_or_else(|| ResultFault::unreadable(file.place_of(node, &["TxSts"]), &status, "kode status pembayaran"))?;
        let amount = Self::amount_of(node, file)?;
        let line = ReportLine {
            position: self.draft.next_position()?,
            reference: reference_of(node),
            remark: joined(node.all_at(&["OrgnlTxRef", "RmtInf"], "Ustrd")),
            account: account_at(node, &["OrgnlTxRef", "CdtrAcct", "Id"], file)?,
            holder: node.text_at(self.holder_path()).map(str::to_owned),
            amount,
            direction: Direction::Debit,
            fate,
            is_reversal: false,
            raw_sha256: sha256_hex(file.raw(node)),
        };
        if line.reference.is_none() && line.remark.is_none() && line.account.is_none() {
            return Err(ResultFault::Missing(file.place_of(node, &["OrgnlEndToEndId"])));
        }
        self.draft.lines.push(line);
        if let Some(part) = &mut self.part {
            part.listed.push((status, amount));
        }
        Ok(())
    }

    fn holder_path(&self) -> &'static [&'static str] {
        match self.version {
            Version::V03 => &["OrgnlTxRef", "Cdtr", "Nm"],
            Version::V12 => &["OrgnlTxRef", "Cdtr", "Pty", "Nm"],
        }
    }

    fn amount_of(node: &Node<'_>, file: &File<'_>) -> Result<Option<BankAmount>, ResultFault> {
        let Some(found) = node.one(&["OrgnlTxRef", "Amt", "InstdAmt"], file)? else { return Ok(None) };
        let amount = found.amount(file)?;
        if amount.rupiah().is_none() {
            return Err(ResultFault::Sen { place: file.place_of(found, &[]), written: found.text().to_owned() });
        }
        Ok(Some(amount))
    }

    /// Turns what was said of a whole into a blanket statement, and holds its totals against what is listed.
    fn conclude(&mut self, told: &Told, scope: Scope, name: &str, file: &File<'_>) -> Result<(), ResultFault> {
        self.draft.controls.extend(told.controls(name)?);
        let Some(status) = &told.status else { return Ok(()) };
        let fate = fate_of(status, &told.reasons, None, None)
            .ok_or_else(|| ResultFault::unreadable(file.place("GrpSts, PmtInfSts"), status, "kode status pembayaran"))?;
        let position = self.draft.next_position()?;
        self.draft.blankets.push(Blanket {
            position,
            scope,
            fate,
            direction: Direction::Debit,
            is_reversal: false,
            count: told.count,
            sum: told.sum,
            raw_sha256: told.raw_sha256.clone(),
        });
        Ok(())
    }
}

impl Told {
    /// Takes what stands directly in a group or a part.
    fn take(&mut self, node: &Node<'_>, file: &File<'_>) -> Result<(), ResultFault> {
        let twice = |is_known: bool| if is_known { Err(ResultFault::Twice(file.place_of(node, &[]))) } else { Ok(()) };
        match node.name {
            "OrgnlPmtInfId" => {
                twice(!self.id.is_empty())?;
                node.text().clone_into(&mut self.id);
            }
            "OrgnlNbOfTxs" => {
                twice(self.count.is_some())?;
                self.count = Some(node.count(file)?);
            }
            "OrgnlCtrlSum" => {
                twice(self.sum.is_some())?;
                self.sum = Some(node.decimal(file)?);
            }
            "GrpSts" | "PmtInfSts" => {
                twice(self.status.is_some())?;
                self.status = Some(node.text().to_owned());
            }
            "StsRsnInf" => self.reasons.extend(reason_of(node)),
            "NbOfTxsPerSts" => {
                let count = node.needed(&["DtldNbOfTxs"], file)?;
                let count =
                    count.parse().ok().ok_or_else(|| ResultFault::unreadable(file.place_of(node, &["DtldNbOfTxs"]), count, "banyaknya"))?;
                let sum = node.one(&["DtldCtrlSum"], file)?.map(|sum| sum.decimal(file)).transpose()?;
                self.per_status.push((node.needed(&["DtldSts"], file)?.to_owned(), count, sum));
            }
            _ => {}
        }
        Ok(())
    }

    /// The totals that can be held against what is listed.
    ///
    /// A bank may list only some payments, for example the refused ones, so a total counts where the list shows that it is full:
    /// as many payments as were sent, more than were sent, or any of a status of which a number is named.
    fn controls(&self, name: &str) -> Result<Vec<ControlTotal>, ResultFault> {
        let all = tally(self.listed.iter())?;
        let mut controls = Vec::new();
        if let Some(count) = self.count.filter(|count| all.0.count >= *count && all.0.count > 0) {
            let sum = self.sum.filter(|_| self.listed.iter().all(|(_, amount)| amount.is_some()));
            controls.push(ControlTotal { of: name.to_owned(), count: Some(count), sum, read: all.0 });
        }
        let is_part = self.status.as_deref() == Some("PART");
        for (status, count, sum) in &self.per_status {
            let of_status = || self.listed.iter().filter(|(listed, _)| listed == status);
            let read = tally(of_status())?;
            if read.0.count > 0 || (is_part && status == "RJCT") {
                let sum = sum.filter(|_| of_status().all(|(_, amount)| amount.is_some()));
                controls.push(ControlTotal { of: format!("{name}, status {status}"), count: Some(*count), sum, read: read.0 });
            }
        }
        Ok(controls)
    }
}

fn tally<'t>(listed: impl Iterator<Item = &'t (String, Option<BankAmount>)>) -> Result<Tally, ResultFault> {
    let mut tally = Tally::default();
    for (_, amount) in listed {
        tally.add(amount.unwrap_or_default())?;
    }
    Ok(tally)
}

/// The office's number in a transaction.
fn reference_of(node: &Node<'_>) -> Option<String> {
    let given = ["OrgnlEndToEndId", "OrgnlInstrId"].into_iter().filter_map(|name| node.text_at(&[name]));
    given.into_iter().find(|text| *text != "NOTPROVIDED").map(str::to_owned)
}

/// An account below an element.
pub(super) fn account_at(node: &Node<'_>, path: &[&str], file: &File<'_>) -> Result<Option<AccountNumber>, ResultFault> {
    let Some(id) = node.one(path, file)? else { return Ok(None) };
    let written = id.text_at(&["IBAN"]).or_else(|| id.text_at(&["Othr", "Id"]));
    written.map(|written| draft::account(written, || file.place_of(id, &[]))).transpose()
}

/// The day of a date or instant; one that is there must be readable.
pub(super) fn day_of(node: &Node<'_>, path: &[&str], file: &File<'_>) -> Result<Option<NaiveDate>, ResultFault> {
    let Some(written) = node.one(path, file)?.map(Node::text) else { return Ok(None) };
    iso_day(written).map(Some).ok_or_else(|| ResultFault::unreadable(file.place_of(node, path), written, "tanggal"))
}

fn reasons_of(node: &Node<'_>) -> Vec<String> {
    node.all("StsRsnInf").filter_map(reason_of).collect()
}

/// Code and words of one reason.
pub(super) fn reason_of(node: &Node<'_>) -> Option<String> {
    let code = node.text_at(&["Rsn", "Cd"]).or_else(|| node.text_at(&["Rsn", "Prtry"]));
    joined(code.into_iter().chain(node.all("AddtlInf").map(Node::text)))
}

/// What a status means: `None` for a code nobody knows, `Some(None)` for PART, which says nothing of any payment.
#[expect(clippy::option_option, reason = "no code, no fate and a fate are three things, and only here")]
fn fate_of(status: &str, reasons: &[String], on: Option<NaiveDate>, bank_ref: Option<String>) -> Option<Option<Fate>> {
    let not_done = |reason: ReturnReason, bank_ref| Fate::Rejected(Return { reason, text: reasons.join("; "), on, bank_ref });
    Some(Some(match status {
        "PART" => return Some(None),
        "RCVD" | "ACTC" | "ACCP" | "ACWC" | "ACFC" | "PATC" => Fate::Received,
        "PDNG" | "ACSP" | "ACWP" | "BLCK" => Fate::Pending,
        "ACSC" | "ACCC" => Fate::Settled { on, bank_ref },
        "RJCT" => not_done(reasons.first().map_or(ReturnReason::NotStated, |reason| ReturnReason::read(reason)), bank_ref),
        "CANC" => not_done(ReturnReason::AskedBack, bank_ref),
        _ => return None,
    }))
}
