//! A line of a report as it is kept: what it said, what it came to, and whether a person has to look.

use chrono::NaiveDate;

use crate::domain::payment::masked_account;
use crate::domain::payment::reconcile::{Clash, Doubt, DuplicateOf, Outcome, Told, Verdict};
use crate::domain::payment::report::{AccountNumber, BankAmount, Blanket, Fate, Report, ReportLine, Return, Scope};
use crate::domain::region::RegionCode;
use crate::store::money::items::Trace;
use crate::store::money::reports::ReportedLine;

/// Longest text of a bank that is kept beside the file, in characters.
const WORDS_CHARS_MAX: usize = 300;

/// Where a payment or its claim cannot take the step a line asks for.
pub const STANDS_ELSEWHERE: &str = "stands_elsewhere";

/// What a line is kept with.
pub struct Kept<'a> {
    /// The report as it was read.
    pub report: &'a Report,
    /// Its id.
    pub report_id: &'a str,
    /// Office.
    pub office: &'a RegionCode,
    /// The letters every claim code of the office begins with.
    pub short_code: &'a str,
}

/// What the report said, of a line or of a blanket statement.
#[derive(Clone, Copy)]
enum Said<'a> {
    Line(&'a ReportLine),
    Blanket(&'a Blanket),
}

fn said<'a>(report: &'a Report, verdict: &Verdict) -> Option<Said<'a>> {
    match verdict.told {
        Told::Line(at) => report.lines.get(at).map(Said::Line),
        Told::Blanket(at) => report.blankets.get(at).map(Said::Blanket),
    }
}

impl<'a> Said<'a> {
    fn fate(self) -> Option<&'a Fate> {
        match self {
            Self::Line(line) => Some(&line.fate),
            Self::Blanket(blanket) => blanket.fate.as_ref(),
        }
    }

    fn place(self) -> i64 {
        i64::from(match self {
            Self::Line(line) => line.position,
            Self::Blanket(blanket) => blanket.position,
        })
    }

    fn reference(self) -> &'a str {
        match self {
            Self::Line(line) => line.reference.as_deref().or(line.remark.as_deref()).unwrap_or_default(),
            Self::Blanket(blanket) => match &blanket.scope {
                Scope::Message(id) | Scope::Part(id) => id,
            },
        }
    }

    fn account(self) -> Option<&'a AccountNumber> {
        match self {
            Self::Line(line) => line.account.as_ref(),
            Self::Blanket(_) => None,
        }
    }
}

fn why(fate: &Fate) -> Option<&Return> {
    match fate {
        Fate::Rejected(why) | Fate::Returned(why) => Some(why),
        Fate::Received | Fate::Pending | Fate::Settled { .. } => None,
    }
}

fn day_and_number(fate: &Fate) -> (Option<NaiveDate>, Option<&str>) {
    match fate {
        Fate::Settled { on, bank_ref } => (*on, bank_ref.as_deref()),
        Fate::Rejected(why) | Fate::Returned(why) => (why.on, why.bank_ref.as_deref()),
        Fate::Received | Fate::Pending => (None, None),
    }
}

/// The line as it is kept. `possible`: whether the step it asks for can be taken; `None` where it asks for none.
pub fn kept(context: &Kept<'_>, position: i64, verdict: &Verdict, possible: Option<bool>) -> ReportedLine {
    let said = said(context.report, verdict);
    let fate = said.and_then(Said::fate);
    let (told_on, bank_ref) = fate.map(day_and_number).unwrap_or_default();
    let reference = said.map(Said::reference).unwrap_or_default();
    let blocked = possible == Some(false);
    ReportedLine {
        report_id: context.report_id.to_owned(),
        position,
        office_id: context.office.to_string(),
        place: said.map(Said::place).unwrap_or_default(),
        outcome: verdict.outcome.word().to_owned(),
        detail: detail(&verdict.outcome).to_owned(),
        doubt: if blocked { STANDS_ELSEWHERE } else { verdict.doubt.map(Doubt::word).unwrap_or_default() }.to_owned(),
        booked: possible == Some(true),
        open: blocked || is_open(context, verdict, reference),
        item_id: verdict.outcome.item().map(str::to_owned),
        fingerprint: verdict.fingerprint.to_string(),
        reference: short(reference),
        account: said.and_then(Said::account).map(|account| masked_account(account.expose())).unwrap_or_default(),
        amount_sen: verdict.amount.map(BankAmount::sen),
        told_on,
        bank_ref: short(bank_ref.unwrap_or_default()),
        return_code: return_code(&verdict.outcome),
        words: words(verdict, fate.and_then(why), blocked),
    }
}

/// Why money did not arrive or came back, as a code.
fn return_code(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Returned { why, .. } | Outcome::Reversed { why, .. } => why.reason.code(),
        _ => String::new(),
    }
}

/// What is not taken by itself waits for a person. Bookings of the account that are nobody's are not ours to explain, unless they
/// name one of our codes.
fn is_open(context: &Kept<'_>, verdict: &Verdict, reference: &str) -> bool {
    match &verdict.outcome {
        Outcome::Duplicate { of: DuplicateOf::SameLine, .. } => false,
        Outcome::Unknown => {
            let names_us = reference.to_uppercase().contains(&format!("{}-", context.short_code.to_uppercase()));
            verdict.doubt.is_some() || names_us || !context.report.kind.is_of_account()
        }
        Outcome::Duplicate { of: DuplicateOf::AtBank, .. }
        | Outcome::AmountMismatch { .. }
        | Outcome::AccountMismatch { .. }
        | Outcome::BadReversal { .. } => true,
        _ => verdict.doubt.is_some(),
    }
}

fn detail(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Duplicate { of, .. } => match of {
            DuplicateOf::SameLine => "same_line",
            DuplicateOf::AlreadyPaid => "already_paid",
            DuplicateOf::OlderNews => "older_news",
            DuplicateOf::AtBank => "at_bank",
        },
        Outcome::BadReversal { clash, .. } => match clash {
            Clash::NeverPaid => "never_paid",
            Clash::AlreadyReturned => "already_returned",
            Clash::PaidAfterReturn => "paid_after_return",
            Clash::CreditTakenBack => "credit_taken_back",
            Clash::Cancelled => "cancelled",
        },
        _ => "",
    }
}

fn words(verdict: &Verdict, why: Option<&Return>, blocked: bool) -> String {
    let blocked = blocked.then_some(
        "Permohonan atau pembayarannya sedang tidak dapat digerakkan (misalnya ditunda). Selesaikan dahulu, lalu terima baris ini.",
    );
    let bank = why.map(|why| why.text.trim()).filter(|text| !text.is_empty()).map(|text| format!("Kata bank: {text}."));
    let parts =
        [Some(verdict.outcome.sentence()), bank, verdict.doubt.map(|doubt| doubt.sentence().to_owned()), blocked.map(str::to_owned)];
    short(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn short(text: &str) -> String {
    text.trim().chars().take(WORDS_CHARS_MAX).collect()
}

/// What a step by a line leaves on its payment.
pub fn trace_of(report: &Report, verdict: &Verdict, today: NaiveDate, file_name: &str) -> Trace {
    let fate = said(report, verdict).and_then(Said::fate);
    let on = fate.and_then(|fate| day_and_number(fate).0).or(report.created_on).unwrap_or(today);
    let evidence = format!("laporan bank {file_name}");
    match &verdict.outcome {
        Outcome::Returned { .. } | Outcome::Reversed { .. } => {
            Trace { returned_on: Some(on), return_code: return_code(&verdict.outcome), evidence, ..Trace::default() }
        }
        _ => Trace { paid_on: Some(on), evidence, ..Trace::default() },
    }
}
