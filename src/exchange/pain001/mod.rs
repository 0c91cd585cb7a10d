//! A payment order as ISO 20022 `pain.001`, the customer credit transfer initiation banks' hosts read, in the versions .03 and .09.

mod read_back;

use std::io;

use chrono::{DateTime, FixedOffset, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use self::read_back::read_back;
use super::OutFile;
use super::bank_file::Batch;
use super::plain_text::{cut, fold, keep};
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;
use crate::domain::payment::{Bank, Bic, PaymentPlan, PlanFault, PlannedLine, Route};

/// Longest message id: the schema's 35 less room for the mark of a part (`-1`).
pub const MESSAGE_ID_CHARS_MAX: usize = 33;

/// Longest name and remittance text in the message.
const TEXT_CHARS_MAX: usize = 140;

/// Seconds by which the office's clock (WIB) is ahead of UTC.
const WIB_SECONDS: i32 = 7 * 3600;

/// Version of the message. Banks' hosts lag behind: many take only the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// pain.001.001.03, of 2009.
    V03,
    /// pain.001.001.09, of 2019.
    V09,
}

impl Version {
    fn namespace(self) -> &'static str {
        match self {
            Self::V03 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03",
            Self::V09 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        }
    }

    /// The element of a bank's BIC.
    fn bic_element(self) -> &'static str {
        match self {
            Self::V03 => "BIC",
            Self::V09 => "BICFI",
        }
    }

    /// The older schema wants six letters, then no 0 or 1, where the newer one takes any letter or digit.
    fn takes_bic(self, bic: &Bic) -> bool {
        let letters = bic.as_str().bytes().take(6).all(|byte| byte.is_ascii_uppercase());
        let place = bic.as_str().as_bytes().get(6).is_some_and(|byte| !matches!(byte, b'0' | b'1'));
        self == Self::V09 || (letters && place)
    }
}

/// Why an order does not become a message.
#[derive(Debug, thiserror::Error)]
pub enum Pain001Fault {
    /// The order cannot be handed to a bank.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Plan(Vec<PlanFault>),
    /// A message id that banks do not carry back.
    #[error("nomor pesan \"{0}\" harus 1 sampai 33 huruf, angka, titik atau tanda hubung")]
    MessageId(String),
    /// Rows whose name or bank has no letter in the banks' character set.
    #[error("baris {0:?}: nama penerima atau bank tidak dapat ditulis dengan huruf yang diterima bank")]
    NamesLost(Vec<u32>),
    /// A BIC the older schema does not know.
    #[error("BIC {0} tidak dapat ditulis dalam pain.001.001.03; pakai pain.001.001.09")]
    Bic(Bic),
    /// The written message does not read back as the order.
    #[error("pesan yang ditulis tidak terbaca kembali sama seperti perintah bayar")]
    NotReadable,
    /// The office's account holder has no letter in the banks' character set.
    #[error("nama pemilik rekening sumber dana tidak dapat ditulis dengan huruf yang diterima bank")]
    SourceHolder,
    /// More than an amount can hold, or more than the schema's 18 digits.
    #[error("jumlah terlalu besar")]
    TooLarge,
    /// The file could not be put together.
    #[error("berkas tidak dapat disusun: {0}")]
    Xml(#[from] io::Error),
}

/// Writes the message of an order under a file name. The same batch gives the same bytes.
///
/// One payment information per road (own bank, other banks, banks without a known BIC), so that a
/// bank can book each in one sum. Fees are borne by the payer: they never come out of the benefit.
///
/// # Errors
/// [`Pain001Fault`]; nothing is returned unless the lines add up, every name can be carried, and the message read back holds
/// exactly the payments of the order.
pub fn write(version: Version, batch: &Batch<'_>, name: String) -> Result<OutFile, Pain001Fault> {
    let Batch { table, office, lines, message_id, .. } = *batch;
    if !is_id(message_id) {
        return Err(Pain001Fault::MessageId(message_id.to_owned()));
    }
    let total =
        Rupiah::sum(lines.iter().map(|line| line.amount)).filter(|sum| sum.whole() < SCHEMA_AMOUNT_END).ok_or(Pain001Fault::TooLarge)?;
    let plan = PaymentPlan::plan(table, office, lines, total).map_err(Pain001Fault::Plan)?;
    let lost: Vec<u32> = lines.iter().filter(|line| is_lost(&line.holder) || is_lost(&line.bank)).map(|line| line.sequence).collect();
    if !lost.is_empty() {
        return Err(Pain001Fault::NamesLost(lost));
    }
    if is_lost(&office.holder) {
        return Err(Pain001Fault::SourceHolder);
    }
    let banks = plan.lines().iter().filter_map(|planned| planned.bank.as_ref()).chain([plan.own_bank()]);
    if let Some(bank) = banks.into_iter().find(|bank| !version.takes_bic(&bank.bic)) {
        return Err(Pain001Fault::Bic(bank.bic.clone()));
    }
    let bytes = Document { version, batch, office, plan: &plan }.to_bytes()?;
    if read_back(&bytes, version).as_ref() != Some(&read_back::Carried::of(&plan)) {
        return Err(Pain001Fault::NotReadable);
    }
    Ok(OutFile { name, bytes, items: plan.items(), total })
}

/// The first amount the schema's 18 digits cannot hold.
const SCHEMA_AMOUNT_END: i64 = 1_000_000_000_000_000_000;

fn is_id(text: &str) -> bool {
    let carried = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    carried && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.len() <= MESSAGE_ID_CHARS_MAX
}

/// Text in the character set all banks share (SWIFT X without line ends), at most 140 characters.
fn carried(text: &str) -> String {
    let mut plain = keep(&fold(&text.replace('&', " dan ")), |c| c.is_ascii_alphanumeric() || "/-?:().,'+".contains(c));
    // Clearing systems read two slashes, and one at either end, as the beginning of a code word.
    while plain.contains("//") {
        plain = plain.replace("//", "/");
    }
    cut(plain.trim_start_matches(['/', '-', ':', ' ']), TEXT_CHARS_MAX).trim_end_matches(['/', ' ']).to_owned()
}

fn is_lost(text: &str) -> bool {
    !carried(text).chars().any(|c| c.is_ascii_alphanumeric())
}

type Xml = Writer<Vec<u8>>;

struct Document<'a> {
    version: Version,
    batch: &'a Batch<'a>,
    office: &'a OfficeBank,
    plan: &'a PaymentPlan,
}

impl Document<'_> {
    fn to_bytes(&self) -> Result<Vec<u8>, Pain001Fault> {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("Document").with_attribute(("xmlns", self.version.namespace())).write_inner_content(|xml| {
            within(xml, "CstmrCdtTrfInitn", |xml| {
                self.header(xml)?;
                Route::ALL.into_iter().filter(|route| !self.plan.carried_by(*route).is_empty()).try_for_each(|route| self.part(xml, route))
            })
        })?;
        let mut bytes = xml.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn header(&self, xml: &mut Xml) -> io::Result<()> {
        within(xml, "GrpHdr", |xml| {
            leaf(xml, "MsgId", self.batch.message_id)?;
            leaf(xml, "CreDtTm", &in_wib(self.batch.created_at))?;
            leaf(xml, "NbOfTxs", &self.plan.items().to_string())?;
            leaf(xml, "CtrlSum", &self.plan.total().whole().to_string())?;
            within(xml, "InitgPty", |xml| leaf(xml, "Nm", &carried(&self.office.holder)))
        })
    }

    fn part(&self, xml: &mut Xml, route: Route) -> io::Result<()> {
        let lines = self.plan.carried_by(route);
        // The plan holds the sum of all its lines, so the sum of some of them exists.
        let sum = Rupiah::sum(lines.iter().map(|planned| planned.line.amount)).ok_or_else(|| io::Error::other("sum of a part"))?;
        within(xml, "PmtInf", |xml| {
            leaf(xml, "PmtInfId", &format!("{}-{}", self.batch.message_id, part_number(route)))?;
            leaf(xml, "PmtMtd", "TRF")?;
            leaf(xml, "BtchBookg", "true")?;
            leaf(xml, "NbOfTxs", &lines.len().to_string())?;
            leaf(xml, "CtrlSum", &sum.whole().to_string())?;
            within(xml, "PmtTpInf", |xml| within(xml, "CtgyPurp", |xml| leaf(xml, "Cd", "GOVT")))?;
            self.execution_date(xml)?;
            self.debtor(xml)?;
            leaf(xml, "ChrgBr", "DEBT")?;
            lines.iter().try_for_each(|planned| transfer(xml, self.version, planned))
        })
    }

    fn execution_date(&self, xml: &mut Xml) -> io::Result<()> {
        let day = self.batch.execute_on.format("%Y-%m-%d").to_string();
        match self.version {
            Version::V03 => leaf(xml, "ReqdExctnDt", &day),
            Version::V09 => within(xml, "ReqdExctnDt", |xml| leaf(xml, "Dt", &day)),
        }
    }

    fn debtor(&self, xml: &mut Xml) -> io::Result<()> {
        let digits: String = self.office.account.chars().filter(char::is_ascii_digit).collect();
        within(xml, "Dbtr", |xml| leaf(xml, "Nm", &carried(&self.office.holder)))?;
        account(xml, "DbtrAcct", &digits, true)?;
        agent(xml, self.version, "DbtrAgt", Some(self.plan.own_bank()), "")
    }
}

fn part_number(route: Route) -> u8 {
    match route {
        Route::OwnBank => 1,
        Route::OtherBank => 2,
        Route::ByHand => 3,
    }
}

fn transfer(xml: &mut Xml, version: Version, planned: &PlannedLine) -> io::Result<()> {
    let line = &planned.line;
    let remark = carried(&line.remark);
    within(xml, "CdtTrfTxInf", |xml| {
        within(xml, "PmtId", |xml| {
            leaf(xml, "InstrId", &line.reference)?;
            leaf(xml, "EndToEndId", &line.reference)
        })?;
        within(xml, "Amt", |xml| {
            let amount = xml.create_element("InstdAmt").with_attribute(("Ccy", "IDR"));
            amount.write_text_content(BytesText::new(&line.amount.whole().to_string())).map(drop)
        })?;
        agent(xml, version, "CdtrAgt", planned.bank.as_ref(), &line.bank)?;
        within(xml, "Cdtr", |xml| leaf(xml, "Nm", &carried(&line.holder)))?;
        account(xml, "CdtrAcct", &line.account, false)?;
        if remark.is_empty() {
            return Ok(());
        }
        within(xml, "RmtInf", |xml| leaf(xml, "Ustrd", &remark))
    })
}

/// A bank by its BIC, or by the name the village wrote where no BIC is known.
fn agent(xml: &mut Xml, version: Version, element: &str, bank: Option<&Bank>, written: &str) -> io::Result<()> {
    within(xml, element, |xml| {
        within(xml, "FinInstnId", |xml| match bank {
            Some(bank) => leaf(xml, version.bic_element(), bank.bic.as_str()),
            None => leaf(xml, "Nm", &carried(written)),
        })
    })
}

/// Indonesian accounts are domestic numbers (BBAN); the country has no IBAN.
fn account(xml: &mut Xml, element: &str, number: &str, with_currency: bool) -> io::Result<()> {
    within(xml, element, |xml| {
        within(xml, "Id", |xml| {
            within(xml, "Othr", |xml| {
                leaf(xml, "Id", number)?;
                within(xml, "SchmeNm", |xml| leaf(xml, "Cd", "BBAN"))
            })
        })?;
        if with_currency { leaf(xml, "Ccy", "IDR") } else { Ok(()) }
    })
}

fn in_wib(at: DateTime<Utc>) -> String {
    let local = FixedOffset::east_opt(WIB_SECONDS).map_or_else(|| at.fixed_offset(), |wib| at.with_timezone(&wib));
    local.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn leaf(xml: &mut Xml, element: &str, text: &str) -> io::Result<()> {
    xml.create_element(element).write_text_content(BytesText::new(text)).map(drop)
}

fn within(xml: &mut Xml, element: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element(element).write_inner_content(inner).map(drop)
}

#[cfg(test)]
mod tests;
