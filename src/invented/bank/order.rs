//! A payment order as the bank's host reads it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Why an order cannot even be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("perintah bayar tidak terbaca: {0}")]
pub struct Unreadable(String);

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Payment {
    pub(super) end_to_end_id: String,
    pub(super) instruction_id: String,
    /// Whole rupiah.
    pub(super) amount: u64,
    pub(super) bic: Option<String>,
    pub(super) holder: String,
    pub(super) account: String,
}

/// One part of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) count: Option<u64>,
    pub(super) sum: Option<u64>,
    pub(super) payments: Vec<Payment>,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Order {
    pub(super) message_id: String,
    /// `pain.001.001.09` or `.03`.
    pub(super) kind: String,
    pub(super) count: Option<u64>,
    pub(super) sum: Option<u64>,
    pub(super) execute_on: NaiveDate,
    pub(super) account: String,
    pub(super) debtor_bics: BTreeSet<String>,
    pub(super) parts: Vec<Part>,
    /// The first thing a bank refuses on sight: sen, another currency, an amount that is none.
    pub(super) fault: Option<(&'static str, String)>,
}

/// Sum of payments; `None` past the largest.
pub(super) fn sum<'p>(payments: impl Iterator<Item = &'p Payment>) -> Option<u64> {
    payments.map(|payment| payment.amount).try_fold(0_u64, u64::checked_add)
}

impl Order {
    /// Reads an order from the front to the back, leaf by leaf.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = std::str::from_utf8(bytes).map_err(|why| Unreadable(why.to_string()))?;
        let mut reader = Reader::from_str(text);
        let mut order = Self::default();
        let (mut path, mut leaf): (Vec<String>, String) = (Vec::new(), String::new());
        loop {
            match reader.read_event().map_err(|why| Unreadable(why.to_string()))? {
                Event::Start(start) => {
                    leaf.clear();
                    order.begin(&start, path.is_empty());
                    path.push(start.local_name().as_ref().to_owned());
                }
                Event::Text(piece) => leaf.push_str(&piece),
                Event::GeneralRef(reference) => leaf.push_str(match &*reference {
                    "amp" => "&",
                    "apos" => "'",
                    "lt" => "<",
                    "gt" => ">",
                    _ => "\"",
                }),
                Event::End(_) => {
                    order.leaf(&path.join("/"), leaf.trim());
                    leaf.clear();
                    path.pop();
                }
                Event::DocType(_) => return Err(Unreadable("DTD".to_owned())),
                Event::Eof => break,
                _ => {}
            }
        }
        if order.message_id.is_empty() || order.kind.is_empty() {
            return Err(Unreadable("bukan pain.001 versi 03 atau 09, atau tanpa MsgId".to_owned()));
        }
        Ok(order)
    }

    pub(super) fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.parts.iter().flat_map(|part| &part.payments)
    }

    fn begin(&mut self, start: &BytesStart<'_>, is_root: bool) {
        match start.local_name().as_ref() {
            "PmtInf" => self.parts.push(Part::default()),
            "CdtTrfTxInf" => {
                if let Some(part) = self.parts.last_mut() {
                    part.payments.push(Payment::default());
                }
            }
            "InstdAmt" => {
                let currency = start.try_get_attribute("Ccy").ok().flatten().map(|found| found.value.to_string());
                if currency.as_deref() != Some("IDR") {
                    self.refuse("AM11", "mata uang bukan IDR");
                }
            }
            _ if is_root => {
                let namespace = start.try_get_attribute("xmlns").ok().flatten().map(|found| found.value.to_string()).unwrap_or_default();
                let known = ["pain.001.001.03", "pain.001.001.09"].into_iter().find(|kind| namespace.ends_with(kind));
                known.unwrap_or_default().clone_into(&mut self.kind);
            }
            _ => {}
        }
    }

    fn leaf(&mut self, path: &str, text: &str) {
        let path = path.strip_prefix("Document/CstmrCdtTrfInitn/").unwrap_or_default();
        match path {
            "GrpHdr/MsgId" => text.clone_into(&mut self.message_id),
            "GrpHdr/NbOfTxs" => self.count = text.parse().ok(),
            "GrpHdr/CtrlSum" => self.sum = self.whole(text),
            "PmtInf/ReqdExctnDt" | "PmtInf/ReqdExctnDt/Dt" => {
                self.execute_on = text.parse().unwrap_or(self.execute_on);
            }
            "PmtInf/DbtrAcct/Id/Othr/Id" => text.clone_into(&mut self.account),
            "PmtInf/DbtrAgt/FinInstnId/BIC" | "PmtInf/DbtrAgt/FinInstnId/BICFI" => {
                self.debtor_bics.insert(text.to_owned());
            }
            _ => self.in_part(path, text),
        }
    }

    fn in_part(&mut self, path: &str, text: &str) {
        let amount = if matches!(path, "PmtInf/CtrlSum" | "PmtInf/CdtTrfTxInf/Amt/InstdAmt") { self.whole(text) } else { None };
        let Some(part) = self.parts.last_mut() else { return };
        match path {
            "PmtInf/PmtInfId" => text.clone_into(&mut part.id),
            "PmtInf/NbOfTxs" => part.count = text.parse().ok(),
            "PmtInf/CtrlSum" => part.sum = amount,
            _ => {}
        }
        let (Some(payment), Some(field)) = (part.payments.last_mut(), path.strip_prefix("PmtInf/CdtTrfTxInf/")) else { return };
        match field {
            "PmtId/InstrId" => text.clone_into(&mut payment.instruction_id),
            "PmtId/EndToEndId" => text.clone_into(&mut payment.end_to_end_id),
            "Amt/InstdAmt" => payment.amount = amount.unwrap_or_default(),
            "CdtrAgt/FinInstnId/BIC" | "CdtrAgt/FinInstnId/BICFI" => payment.bic = Some(text.to_owned()),
            "Cdtr/Nm" => text.clone_into(&mut payment.holder),
            "CdtrAcct/Id/Othr/Id" => text.clone_into(&mut payment.account),
            _ => {}
        }
    }

    /// Whole rupiah; sen are refused.
    fn whole(&mut self, text: &str) -> Option<u64> {
        let (whole, sen) = text.split_once('.').unwrap_or((text, ""));
        if sen.chars().any(|c| c != '0') {
            self.refuse("AM12", "jumlah memuat sen");
        }
        let read = whole.parse().ok();
        if read.is_none() {
            self.refuse("AM12", "jumlah tidak terbaca");
        }
        read
    }

    fn refuse(&mut self, code: &'static str, words: &str) {
        self.fault.get_or_insert_with(|| (code, words.to_owned()));
    }
}
