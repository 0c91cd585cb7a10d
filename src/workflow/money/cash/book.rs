//! The treasurer's book, and the box counted at the end of a day.

use chrono::NaiveDate;

use super::{finance, second_person};
use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::calendar::wib_date;
use crate::domain::money::Rupiah;
use crate::domain::payment::{CashKind, CashRefused, Comparison, Counted, PaperKind, explained};
use crate::store::money::cash::{self, CashClosing, CashCount, CashEntry};
use crate::store::money::items::Item;
use crate::store::money::papers;
use crate::store::{Tx, audit};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::money::item::Moved;
use crate::workflow::refusal::Refusal;

/// Writes the line of the book that a step of a cash payment causes.
///
/// # Errors
/// [`CashRefused::BookClosed`] when today's box was counted already; [`CashRefused::Short`].
pub fn enter(tx: &mut Tx<'_>, issuer: &Issuer<'_>, item: &Item, kind: CashKind, moved: &Moved<'_>) -> Result<(), Refusal> {
    let (office, today) = (&issuer.actor.office, issuer.today());
    if cash::closing(tx, office, today)?.is_some() {
        return Err(CashRefused::BookClosed.into());
    }
    let last = cash::newest(tx, office)?;
    let (sequence, balance) = last.map_or((0, Rupiah::ZERO), |entry| (entry.sequence, entry.balance));
    let entry = CashEntry {
        sequence: sequence.saturating_add(1),
        kind,
        amount: item.amount,
        balance: kind.applied(balance, item.amount).ok_or(CashRefused::Short(balance))?,
        item_id: item.id.clone(),
        act: moved.act.to_owned(),
        document: moved.document.to_owned(),
        evidence: evidence(tx, item, kind, moved)?,
        booked_on: today,
        booked_by: issuer.actor.id.clone(),
        booked_at: issuer.now,
    };
    Ok(cash::add(tx, office, &entry)?)
}

/// What people read beside the line: the SP2D money came by, else what the step rests on.
fn evidence(tx: &mut Tx<'_>, item: &Item, kind: CashKind, moved: &Moved<'_>) -> Result<String, Refusal> {
    if kind != CashKind::Received {
        return Ok(moved.trace.evidence.clone());
    }
    let sp2d = papers::of_order(tx, &item.order_id)?.into_iter().find(|paper| paper.kind == PaperKind::Sp2d);
    Ok(sp2d.map(|paper| format!("SP2D {}", paper.number)).unwrap_or_default())
}

/// What came of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDay {
    /// What the book says.
    pub book: Rupiah,
    /// How the money compares; the day is closed when it is equal.
    pub comparison: Comparison,
}

/// Compares the counted money with the book of a day. Equal to the rupiah closes the day; else the count is kept, and the day waits
/// for another count or for a second person who explains the difference.
///
/// # Errors
/// [`CashRefused::BookWhen`], [`CashRefused::BookClosed`], [`Refusal::NotYourRole`].
pub fn count_cash(desk: &Desk, actor: &Actor, day: NaiveDate, counted: Counted) -> Result<CountedDay, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        if day > wib_date(now) {
            return Err(CashRefused::BookWhen.into());
        }
        if cash::closing(tx, &actor.office, day)?.is_some() {
            return Err(CashRefused::BookClosed.into());
        }
        let (last_sequence, book) = book_of(tx, actor, day)?;
        let comparison = counted.compare(book)?;
        let count = CashCount { id: new_id(), counted_on: day, last_sequence, book, counted, by: actor.id.clone(), at: now };
        cash::keep_count(tx, &actor.office, &count)?;
        if comparison == Comparison::Equal {
            let closing = CashClosing { count_id: count.id, explanation: String::new(), by: actor.id.clone(), at: now.naive_utc() };
            cash::close(tx, &actor.office, day, &closing)?;
        }
        let details = serde_json::json!({
            "day": day, "book": book.whole(), "cash": counted.cash.whole(), "in_bank": counted.in_bank.whole(),
            "closed": comparison == Comparison::Equal,
        });
        audit::append(tx, actor, "cash.count", &format!("cash:{day}"), &details.to_string(), now)?;
        Ok(CountedDay { book, comparison })
    })
}

/// A second person says why the box does not hold what the book says, and closes the day. The book stays as it is: what is missing
/// is a claim against somebody, what is too much belongs to somebody, and neither is settled by a line in a book.
///
/// # Errors
/// [`CashRefused::NothingToExplain`], [`CashRefused::CountedBefore`], [`CashRefused::SecondPerson`], [`CashRefused::Unexplained`].
pub fn explain_difference(desk: &Desk, actor: &Actor, day: NaiveDate, explanation: &str) -> Result<Comparison, Refusal> {
    finance(actor)?;
    let explanation = explained(explanation)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        if cash::closing(tx, &actor.office, day)?.is_some() {
            return Err(CashRefused::BookClosed.into());
        }
        let count = cash::last_count(tx, &actor.office, day)?.ok_or(CashRefused::NothingToExplain)?;
        if book_of(tx, actor, day)? != (count.last_sequence, count.book) {
            return Err(CashRefused::CountedBefore.into());
        }
        second_person(tx, actor, [count.by.clone()])?;
        let comparison = count.counted.compare(count.book)?;
        let closing = CashClosing { count_id: count.id, explanation: explanation.to_owned(), by: actor.id.clone(), at: now.naive_utc() };
        cash::close(tx, &actor.office, day, &closing)?;
        let details = serde_json::json!({ "day": day, "difference": comparison.to_string(), "explanation": explanation });
        audit::append(tx, actor, "cash.explain", &format!("cash:{day}"), &details.to_string(), now)?;
        Ok(comparison)
    })
}

/// Last line and balance of the book at the end of a day.
fn book_of(tx: &mut Tx<'_>, actor: &Actor, day: NaiveDate) -> Result<(i64, Rupiah), Refusal> {
    let last = cash::last(tx, &actor.office, day)?;
    Ok(last.map_or((0, Rupiah::ZERO), |entry| (entry.sequence, entry.balance)))
}
