//! Holding a bank's report against what was sent: one verdict for every line, nothing dropped, nothing twice.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | sent item | pembayaran terkirim | one payment the bank was told to make |
//! | standing | kedudukan | what is known of it so far |
//! | outcome | hasil | what a line of the report means for it |
//! | doubt | hal yang perlu diperiksa | why a person must look before the outcome counts |
//!
//! Pure: it is told what was sent and what was recorded earlier, and changes nothing itself. The same report twice, or its lines
//! in another order, come to the same standings.

mod candidates;
mod outcome;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

pub use outcome::{Clash, Doubt, DuplicateOf, Outcome, Standing};

use self::candidates::{Candidates, Found};
use super::super::audit::sha256_hex;
use super::super::money::Rupiah;
use super::report::{AccountNumber, BankAmount, Blanket, ControlTotal, Direction, Fate, Report, ReportKind, ReportLine, Scope, Totals};

/// A payment the bank was told to make, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentItem {
    /// Id of the item.
    pub id: String,
    /// Id of its order.
    pub order_id: String,
    /// The office's number of the payment, never used for another.
    pub reference: String,
    /// The account it was sent to.
    pub account: AccountNumber,
    /// The name it was sent to.
    pub holder: HolderName,
    /// How much was sent.
    pub amount: Rupiah,
    /// What is known so far.
    pub standing: Standing,
    /// Id of the message it was sent in, where it went as ISO 20022.
    pub bank_message_id: Option<String>,
    /// Id of the part of that message.
    pub bank_part_id: Option<String>,
    /// The bank's number of the booking by which it left the account, where a statement has shown one.
    pub booking: Option<String>,
}

/// A payee's name, not shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct HolderName(pub String);

impl std::fmt::Debug for HolderName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// What makes a line of a report known again: the hash of its fact, and which of equal ones in its report it is.
///
/// A bank may book two equal fees on one day; the second is not the first told again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    fact: String,
    occurrence: u32,
}

impl Fingerprint {
    /// The fingerprint as it is stored; `None` if it never was one.
    pub fn parse(text: &str) -> Option<Self> {
        let (fact, occurrence) = text.split_once('-')?;
        let hashed = fact.len() == 64 && fact.bytes().all(|byte| byte.is_ascii_hexdigit());
        hashed.then_some(Self { fact: fact.to_owned(), occurrence: occurrence.parse().ok()? })
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.fact, self.occurrence)
    }
}

/// A line of an earlier report as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// The item it was found to be about. A line that was nobody's is looked at again, because its item may be known by now.
    pub item: Option<String>,
}

/// What of the report a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// A line, by its place in [`Report::lines`].
    Line(usize),
    /// A blanket statement, by its place in [`Report::blankets`]; it gives a verdict for every item it covers.
    Blanket(usize),
}

/// What one line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Of what.
    pub told: Told,
    /// By which it is known again.
    pub fingerprint: Fingerprint,
    /// The amount of the line, or of the item where a blanket statement names none.
    pub amount: Option<BankAmount>,
    /// What it means.
    pub outcome: Outcome,
    /// Why a person must look before it counts.
    pub doubt: Option<Doubt>,
}

/// A report held against what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// One verdict for every line in the order of the report, then those of blanket statements.
    pub verdicts: Vec<Verdict>,
    /// Count and sum of the lines' verdicts: those of the report.
    pub lines: Totals,
}

/// Why a report is not used at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReconcileFault {
    /// A total the bank states is not what the report holds.
    #[error("jumlah kontrol tidak cocok ({0}); minta berkas baru dari bank, jangan ubah berkasnya")]
    Control(ControlTotal),
    /// What was counted while reading is not what the lines add up to, or more than an amount can hold.
    #[error("jumlah baris hasil tidak sama dengan yang dihitung saat membaca; impor ulang berkasnya")]
    Sum,
}

impl Reconciled {
    /// How many verdicts of each kind, by [`Outcome::word`]; kinds without any are there with 0.
    pub fn counts(&self) -> BTreeMap<&'static str, u32> {
        let mut counts: BTreeMap<&'static str, u32> = Outcome::WORDS.into_iter().map(|word| (word, 0)).collect();
        for verdict in &self.verdicts {
            let count = counts.entry(verdict.outcome.word()).or_default();
            *count = count.saturating_add(1);
        }
        counts
    }

    /// Verdicts that change an item without a person having to look first.
    pub fn settled(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.doubt.is_none() && verdict.outcome.new_standing().is_some())
    }
}

/// Holds a report against everything it could be about.
///
/// `items` are all payments of the office that were ever handed to a bank and could be meant; `recorded` the lines of earlier
/// reports. Lines about one item are taken in the order of their days, whatever their order in the file.
///
/// # Errors
/// [`ReconcileFault`]: a report whose totals do not agree is not used in part.
pub fn reconcile(items: &[SentItem], recorded: &[Recorded], report: &Report) -> Result<Reconciled, ReconcileFault> {
    if let Some(control) = report.disagreement() {
        return Err(ReconcileFault::Control(control.clone()));
    }
    let lines = Totals::of(&report.lines).filter(|totals| *totals == report.read).ok_or(ReconcileFault::Sum)?;
    let candidates = Candidates::new(items);
    let mut claims: Vec<Claim<'_>> =
        (0..).zip(&report.lines).map(|(at, line)| Claim::of_line(at, line, &candidates, report.original_message_id.as_deref())).collect();
    let listed: HashSet<&str> = claims.iter().filter_map(|claim| claim.item.map(|item| item.id.as_str())).collect();
    for (at, blanket) in (0..).zip(&report.blankets) {
        claims.extend(spread(at, blanket, report, &candidates, &listed));
    }
    number(&mut claims);
    let memory = Memory::new(recorded);
    let verdicts = judge(&claims, &memory, report.kind);
    Ok(Reconciled { verdicts, lines })
}

/// What a line, or a blanket statement for one item, claims.
struct Claim<'a> {
    told: Told,
    fingerprint: Fingerprint,
    item: Option<&'a SentItem>,
    fate: &'a Fate,
    direction: Direction,
    is_reversal: bool,
    amount: Option<BankAmount>,
    account: Option<&'a AccountNumber>,
    doubt: Option<Doubt>,
}

impl<'a> Claim<'a> {
    fn of_line(at: usize, line: &'a ReportLine, candidates: &Candidates<'a>, answers: Option<&str>) -> Self {
        let (item, doubt) = match candidates.meant_by(line) {
            Found::ByReference(item) if item.was_sent_otherwise(answers) => (None, Some(Doubt::OtherMessage)),
            Found::ByReference(item) => (Some(item), None),
            Found::ByAccount(item) => (Some(item), Some(Doubt::NoReference)),
            Found::Several => (None, Some(Doubt::Several)),
            Found::Nobody => (None, None),
        };
        Self {
            told: Told::Line(at),
            fingerprint: Fingerprint { fact: line.fact(), occurrence: 0 },
            item,
            fate: &line.fate,
            direction: line.direction,
            is_reversal: line.is_reversal,
            amount: line.amount,
            account: line.account.as_ref(),
            doubt,
        }
    }

    /// In which order claims about one item are taken: by day, on one day what comes first by nature, and among equals by content.
    fn order(&self) -> (NaiveDate, u8, &str) {
        let undated = |on: Option<NaiveDate>| on.unwrap_or(NaiveDate::MAX);
        match self.fate {
            Fate::Received => (NaiveDate::MIN, 0, &self.fingerprint.fact),
            Fate::Pending => (NaiveDate::MIN, 1, &self.fingerprint.fact),
            Fate::Settled { on, .. } if self.direction == Direction::Debit && !self.is_reversal => {
                (undated(*on), 2, &self.fingerprint.fact)
            }
            Fate::Settled { on, .. } => (undated(*on), 3, &self.fingerprint.fact),
            Fate::Rejected(why) | Fate::Returned(why) => (undated(why.on), 3, &self.fingerprint.fact),
        }
    }

    fn bank_ref(&self) -> Option<&'a str> {
        match self.fate {
            Fate::Settled { bank_ref, .. } => bank_ref.as_deref(),
            Fate::Received | Fate::Pending | Fate::Rejected(_) | Fate::Returned(_) => None,
        }
    }
}

impl SentItem {
    /// Whether a report that answers this message is about another sending than the item's last one.
    fn was_sent_otherwise(&self, answers: Option<&str>) -> bool {
        matches!((answers, self.bank_message_id.as_deref()), (Some(answered), Some(sent)) if answered != sent)
    }
}

/// A blanket statement for each item it covers; one claim without an item where it cannot be spread.
fn spread<'a>(at: usize, blanket: &'a Blanket, report: &Report, candidates: &Candidates<'a>, listed: &HashSet<&str>) -> Vec<Claim<'a>> {
    let Some(fate) = &blanket.fate else { return Vec::new() };
    let claim = |item: Option<&'a SentItem>, doubt| Claim {
        told: Told::Blanket(at),
        fingerprint: Fingerprint { fact: fact_about(blanket, item), occurrence: 0 },
        item,
        fate,
        direction: blanket.direction,
        is_reversal: blanket.is_reversal,
        amount: item.map_or(blanket.sum, |item| Some(item.amount.into())),
        account: None,
        doubt,
    };
    let covered = candidates.within(&blanket.scope);
    let sum = BankAmount::sum(covered.iter().map(|item| item.amount.into()));
    let count = u32::try_from(covered.len()).ok();
    if covered.is_empty() {
        return vec![claim(None, None)];
    }
    if blanket.count.is_some_and(|stated| Some(stated) != count) || blanket.sum.is_some_and(|stated| Some(stated) != sum) {
        return vec![claim(None, Some(Doubt::OtherTotals))];
    }
    let spoken_for = |item: &SentItem| {
        let own_part = |other: &Blanket| matches!(&other.scope, Scope::Part(part) if item.bank_part_id.as_ref() == Some(part));
        matches!(blanket.scope, Scope::Message(_)) && report.blankets.iter().any(own_part)
    };
    let rest = covered.into_iter().filter(|item| !listed.contains(item.id.as_str()) && !spoken_for(item));
    rest.map(|item| claim(Some(item), None)).collect()
}

fn fact_about(blanket: &Blanket, item: Option<&SentItem>) -> String {
    let fact = blanket.fact();
    item.map_or_else(|| fact.clone(), |item| sha256_hex(format!("{fact} {}", item.reference).as_bytes()))
}

/// Counts equal facts, so that each has a fingerprint of its own.
fn number(claims: &mut [Claim<'_>]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for claim in claims {
        let next = seen.entry(claim.fingerprint.fact.clone()).or_default();
        claim.fingerprint.occurrence = *next;
        *next = next.saturating_add(1);
    }
}

/// What was recorded from earlier reports.
struct Memory<'a> {
    lines: HashSet<&'a Fingerprint>,
    about: HashSet<(&'a str, &'a str)>,
}

impl<'a> Memory<'a> {
    fn new(recorded: &'a [Recorded]) -> Self {
        let about = recorded.iter().filter_map(|line| line.item.as_deref().map(|item| (line.fingerprint.fact.as_str(), item))).collect();
        Self { lines: recorded.iter().map(|line| &line.fingerprint).collect(), about }
    }
}

fn judge(claims: &[Claim<'_>], memory: &Memory<'_>, kind: ReportKind) -> Vec<Verdict> {
    let mut turns: Vec<usize> = (0..claims.len()).collect();
    turns.sort_by_key(|at| {
        claims.get(*at).map(|claim| (claim.item.map(|item| item.id.as_str()), claim.order(), claim.fingerprint.occurrence))
    });
    let mut seen: HashSet<(&str, &str)> = HashSet::new();
    let mut course: Option<(&str, Course<'_>)> = None;
    let mut judged: Vec<(usize, Verdict)> = Vec::with_capacity(claims.len());
    for (at, claim) in turns.iter().filter_map(|at| claims.get(*at).map(|claim| (*at, claim))) {
        let (outcome, doubt) = match claim.item {
            None if memory.lines.contains(&claim.fingerprint) => {
                (Outcome::Duplicate { item: None, of: DuplicateOf::SameLine }, claim.doubt)
            }
            None => (Outcome::Unknown, claim.doubt),
            Some(item) => {
                if course.as_ref().is_none_or(|(id, _)| *id != item.id) {
                    course = Some((&item.id, Course { standing: item.standing, booking: item.booking.as_deref() }));
                }
                let fact = (claim.fingerprint.fact.as_str(), item.id.as_str());
                let is_known = memory.about.contains(&fact) || !seen.insert(fact);
                match course.as_mut() {
                    Some((_, course)) => course.take(claim, item, is_known, kind),
                    None => (Outcome::Unknown, claim.doubt),
                }
            }
        };
        judged.push((at, Verdict { told: claim.told, fingerprint: claim.fingerprint.clone(), amount: claim.amount, outcome, doubt }));
    }
    judged.sort_by_key(|(at, _)| *at);
    judged.into_iter().map(|(_, verdict)| verdict).collect()
}

/// What is known of an item while the claims about it are taken one after the other.
struct Course<'a> {
    standing: Standing,
    booking: Option<&'a str>,
}

impl<'a> Course<'a> {
    fn take(&mut self, claim: &Claim<'a>, item: &SentItem, is_known: bool, kind: ReportKind) -> (Outcome, Option<Doubt>) {
        let id = || item.id.clone();
        if is_known {
            return (Outcome::Duplicate { item: Some(id()), of: DuplicateOf::SameLine }, claim.doubt);
        }
        if claim.account.is_some_and(|account| !account.may_be(&item.account)) {
            return (Outcome::AccountMismatch { item: id() }, claim.doubt);
        }
        if let Some(found) = claim.amount.filter(|found| *found != BankAmount::from(item.amount)) {
            return (Outcome::AmountMismatch { item: id(), expected: item.amount, found }, claim.doubt);
        }
        let (outcome, own_doubt) = outcome::of(self.standing, claim.fate, claim.direction, claim.is_reversal, id());
        let booked_again = kind.is_of_account() && matches!((self.booking, claim.bank_ref()), (Some(first), Some(now)) if first != now);
        let paid_twice = booked_again && matches!(outcome, Outcome::Duplicate { of: DuplicateOf::AlreadyPaid, .. });
        if matches!(outcome, Outcome::Matched { .. } | Outcome::Duplicate { of: DuplicateOf::AlreadyPaid, .. }) && kind.is_of_account() {
            self.booking = self.booking.or(claim.bank_ref());
        }
        self.standing = outcome.new_standing().unwrap_or(self.standing);
        (outcome, paid_twice.then_some(Doubt::PaidTwice).or(claim.doubt).or(own_doubt))
    }
}

#[cfg(test)]
mod tests;
