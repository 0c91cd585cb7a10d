//! Asking live sources about a claim's people. The answer is evidence like any other; no answer never holds a claim up.

use chrono::{DateTime, Days, Duration, NaiveTime, Utc};

use crate::clock::new_id;
use crate::domain::calendar::wib_date;
use crate::domain::region::RegionCode;
use crate::domain::source::{Answer, NoAnswer, Question, SourceAnswer};
use crate::live::PopulationSource;
use crate::store::claims::{self, Claim};
use crate::store::sources;
use crate::store::tasks::{self, NewTask, Task, TaskKind};
use crate::store::{StoreError, Tx};

use super::desk::Desk;
use super::recheck::recheck;
use super::refusal::Refusal;
use super::tasks::{Ending, is_open, later};

/// Hours after which a refused login is tried again: often enough to go on by itself, too rarely to lock the account.
const LOGIN_REFUSED_HOURS: i64 = 6;

/// Queues the questions of a claim, where there is anybody to ask.
pub(super) fn queue_questions(tx: &mut Tx<'_>, desk: &Desk, claim: &Claim) -> Result<(), Refusal> {
    if !desk.sources.is_empty() && !Question::of(&claim.content).is_empty() {
        let new = NewTask { kind: TaskKind::AskSources, subject: &claim.id, cause: "permohonan" };
        tasks::queue(tx, new_id(), &claim.office, new, desk.clock.now())?;
    }
    Ok(())
}

/// Asks every source that has not answered yet; no transaction is open while one is asked.
pub(super) fn ask_sources(desk: &Desk, task: &Task) -> Result<Ending, Refusal> {
    let (claim, known) = desk.store.read::<_, Refusal>(|conn| {
        let claim = claims::by_id(conn, &task.subject)?;
        let known = sources::of_claim(conn, &claim.id)?;
        Ok((claim, known))
    })?;
    if !is_open(claim.state) {
        return Ok(Ending::Done);
    }
    let mut said = Vec::new();
    for question in Question::of(&claim.content) {
        for source in desk.sources.iter().filter(|source| !has_answered(&known, source.name(), &question)) {
            said.push(ask(desk, &claim.office, source.as_ref(), &question)?);
        }
    }
    record(desk, &claim, &said)?;
    let now = desk.clock.now();
    Ok(match said.iter().find_map(|answer| without_answer(&answer.answer)) {
        Some(why) => again(task, why, now),
        None => Ending::Done,
    })
}

fn has_answered(known: &[SourceAnswer], source: &str, question: &Question) -> bool {
    let key = question.key();
    known.iter().any(|answer| {
        answer.source == source && answer.who == question.who && answer.question_key == key && without_answer(&answer.answer).is_none()
    })
}

fn without_answer(answer: &Answer) -> Option<&NoAnswer> {
    match answer {
        Answer::Unavailable { why } => Some(why),
        Answer::Match { .. } | Answer::NoMatch | Answer::Several | Answer::Inactive => None,
    }
}

/// Asks every live source one question right now, for a person at the command line; nothing is recorded but the count of tries.
///
/// # Errors
/// [`Refusal`] when the count cannot be kept.
pub fn ask_live(desk: &Desk, office: &RegionCode, question: &Question) -> Result<Vec<(String, Answer)>, Refusal> {
    let asked = desk.sources.iter().map(|source| ask(desk, office, source.as_ref(), question).map(|said| (said.source, said.answer)));
    asked.collect()
}

/// One question, with every try taken out of the day's allowance before it is made.
fn ask(desk: &Desk, office: &RegionCode, source: &dyn PopulationSource, question: &Question) -> Result<SourceAnswer, Refusal> {
    let now = desk.clock.now();
    let day = wib_date(now);
    let mut failed: Option<StoreError> = None;
    let mut may_send = || {
        let taken = desk.store.write(office.as_str(), |tx| sources::take_one(tx, office, source.name(), day, source.daily_limit()));
        taken.unwrap_or_else(|error| {
            failed = Some(error);
            false
        })
    };
    let answer = source.ask(question, now, &mut may_send);
    match failed {
        Some(error) => Err(error.into()),
        None => {
            Ok(SourceAnswer { source: source.name().to_owned(), who: question.who, question_key: question.key(), answer, asked_on: day })
        }
    }
}

/// Keeps the answers and works the findings out anew. A claim that was repaired meanwhile ignores answers to its former content.
fn record(desk: &Desk, claim: &Claim, said: &[SourceAnswer]) -> Result<(), Refusal> {
    desk.store.write(claim.office.as_str(), |tx| {
        let now = desk.clock.now();
        for answer in said {
            sources::replace(tx, &claim.office, &claim.id, answer, now)?;
        }
        let pack = desk.pack(tx, &claim.office)?;
        let current = claims::by_id(tx, &claim.id)?;
        recheck(tx, &pack, &current, "jawaban sumber data", now)?;
        Ok(())
    })
}

/// When to ask again: after a used-up day on the next one, after a refused login much later, else with growing pauses.
fn again(task: &Task, why: &NoAnswer, now: DateTime<Utc>) -> Ending {
    let at = match why {
        NoAnswer::QuotaSpent => tomorrow(now),
        NoAnswer::LoginRefused => now.checked_add_signed(Duration::hours(LOGIN_REFUSED_HOURS)),
        _ => None,
    };
    match (later(task, why.label(), now), at) {
        (Ending::Again { why, .. }, Some(due_at)) => Ending::Again { due_at, why },
        (ending, _) => ending,
    }
}

/// The beginning of the next day in WIB (UTC+7).
fn tomorrow(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let next = wib_date(now).checked_add_days(Days::new(1))?;
    next.and_time(NaiveTime::MIN).and_utc().checked_sub_signed(Duration::hours(7))
}
