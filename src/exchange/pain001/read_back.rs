//! What a finished message pays, read by another door than the writer.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Version;
use crate::domain::money::Rupiah;
use crate::domain::payment::{PaymentPlan, Route};

/// The payments of a message and what it says about them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Carried {
    /// Count and sum in the header.
    header: (usize, i64),
    /// Count and sum of each part.
    parts: Vec<(usize, i64)>,
    /// Reference, amount and account of each payment.
    payments: Vec<(String, i64, String)>,
}

impl Carried {
    /// What a message of this plan has to carry.
    pub(super) fn of(plan: &PaymentPlan) -> Self {
        let mut carried = Self { header: (plan.items(), plan.total().whole()), ..Self::default() };
        for lines in Route::ALL.map(|route| plan.carried_by(route)).into_iter().filter(|lines| !lines.is_empty()) {
            let sum = Rupiah::sum(lines.iter().map(|planned| planned.line.amount)).unwrap_or_default();
            carried.parts.push((lines.len(), sum.whole()));
            let payment = lines.iter().map(|planned| {
                let line = &planned.line;
                (line.reference.clone(), line.amount.whole(), line.account.clone())
            });
            carried.payments.extend(payment);
        }
        carried
    }
}

/// Reads a message; `None` if it is none of this version or holds something that is no number where one belongs.
pub(super) fn read_back(bytes: &[u8], version: Version) -> Option<Carried> {
    let mut reader = Reader::from_reader(bytes);
    let (mut carried, mut path, mut text) = (Carried::default(), Vec::<String>::new(), String::new());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if name == "Document" {
                    let namespace = start.try_get_attribute("xmlns").ok()??;
                    (namespace.value.as_ref() == version.namespace()).then_some(())?;
                }
                path.push(name);
                text.clear();
            }
            Event::Text(part) => text.push_str(&part),
            Event::End(_) => {
                let place: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
                take(&mut carried, &place, text.trim())?;
                path.pop();
                text.clear();
            }
            Event::Eof => return path.is_empty().then_some(carried),
            _ => {}
        }
        buffer.clear();
    }
}

/// Puts the content of an element where it belongs; numbers and references hold nothing that XML would write in another way.
fn take(carried: &mut Carried, place: &[&str], text: &str) -> Option<()> {
    match place {
        ["GrpHdr", "NbOfTxs"] => carried.header.0 = text.parse().ok()?,
        ["GrpHdr", "CtrlSum"] => carried.header.1 = text.parse().ok()?,
        ["PmtInf", "NbOfTxs"] => carried.parts.push((text.parse().ok()?, 0)),
        ["PmtInf", "CtrlSum"] => carried.parts.last_mut()?.1 = text.parse().ok()?,
        ["PmtInf", "CdtTrfTxInf", "PmtId", "EndToEndId"] => carried.payments.push((text.to_owned(), 0, String::new())),
        ["PmtInf", "CdtTrfTxInf", "Amt", "InstdAmt"] => carried.payments.last_mut()?.1 = text.parse().ok()?,
        ["PmtInf", "CdtTrfTxInf", "CdtrAcct", "Id", "Othr", "Id"] => text.clone_into(&mut carried.payments.last_mut()?.2),
        _ => {}
    }
    Some(())
}
