//! The programme stands still and goes on again (policy parameter P3); the revision of the budget that is announced meanwhile.

use chrono::NaiveDate;

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::claim::{REASON_CHARS_MAX, REASON_CHARS_MIN};
use crate::domain::money::Rupiah;
use crate::domain::policy::Suspension;
use crate::domain::region::RegionCode;
use crate::store::money::programme::{self, Announced, Period, Resumed};
use crate::store::{DbConn, StoreError, audit};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

/// Shortest notice that tells a family something, in characters.
const NOTICE_CHARS_MIN: usize = 20;
/// Longest notice, in characters.
const NOTICE_CHARS_MAX: usize = 500;

/// What suspends a programme.
#[derive(Debug, Clone, Copy)]
pub struct Suspend<'a> {
    /// First day on which nothing is approved.
    pub from: NaiveDate,
    /// Last day; open while absent.
    pub until: Option<NaiveDate>,
    /// What families and clerks read meanwhile.
    pub notice: &'a str,
    /// Why, for the record.
    pub reason: &'a str,
}

/// Whether the programme stands still on a day: by an act of the office, or by its rules.
///
/// # Errors
/// [`StoreError`].
pub fn suspension(conn: &mut DbConn, pack: &Pack, office: &RegionCode, day: NaiveDate) -> Result<Option<Suspension>, StoreError> {
    if let Some(period) = programme::periods(conn, office)?.into_iter().find(|period| period.holds(day)) {
        return Ok(Some(Suspension { from: period.from, until: period.until, notice: period.notice }));
    }
    Ok(pack.policies.nearest(day).and_then(|policy| policy.suspension_on(day)).cloned())
}

/// Suspends the programme: claims are received, checked and put on the waiting list, nothing is approved.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::ReasonMissing`], [`Refusal::Budget`] for a notice or days that cannot be.
pub fn suspend_programme(desk: &Desk, actor: &Actor, wanted: &Suspend<'_>) -> Result<Period, Refusal> {
    let reason = reason_of(actor, wanted.reason)?;
    let notice = wanted.notice.trim();
    if !(NOTICE_CHARS_MIN..=NOTICE_CHARS_MAX).contains(&notice.chars().count()) {
        let sentence = format!("Tulis pengumuman bagi keluarga dalam {NOTICE_CHARS_MIN} sampai {NOTICE_CHARS_MAX} huruf.");
        return Err(Refusal::Budget(sentence));
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let today = issuer.today();
        if wanted.from < today {
            return Err(Refusal::Budget("Penghentian berlaku mulai hari ini atau setelahnya, tidak surut.".to_owned()));
        }
        if wanted.until.is_some_and(|until| until < wanted.from) {
            return Err(Refusal::Budget("Hari terakhir tidak boleh sebelum hari pertama.".to_owned()));
        }
        if programme::periods(tx, &actor.office)?.iter().any(|period| period.is_ahead_of(today)) {
            return Err(Refusal::Budget("Program sudah dihentikan sementara. Buka kembali lebih dahulu.".to_owned()));
        }
        let period = Period {
            id: new_id(),
            from: wanted.from,
            until: wanted.until,
            notice: notice.to_owned(),
            reason,
            suspended_by: actor.id.clone(),
            suspended_at: issuer.now,
            resumed: None,
        };
        programme::suspend(tx, &actor.office, &period)?;
        let details = serde_json::json!({ "from": period.from, "until": period.until, "notice": notice, "reason": period.reason });
        audit::append(tx, actor, "programme.suspend", &format!("programme_period:{}", period.id), &details.to_string(), issuer.now)?;
        Ok(period)
    })
}

/// Resumes the programme from today on. Whoever waits keeps their place; the list is released by an act of its own.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::ReasonMissing`], [`Refusal::Budget`] when it does not stand still.
pub fn resume_programme(desk: &Desk, actor: &Actor, reason: &str) -> Result<(), Refusal> {
    let reason = reason_of(actor, reason)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let found = programme::periods(tx, &actor.office)?.into_iter().find(|period| period.is_ahead_of(issuer.today()));
        let Some(period) = found else {
            return Err(Refusal::Budget("Program tidak sedang dihentikan.".to_owned()));
        };
        let resumed = Resumed { on: issuer.today(), by: actor.id.clone(), at: issuer.now, reason: reason.clone() };
        programme::resume(tx, &period.id, &resumed)?;
        let details = serde_json::json!({ "on": resumed.on, "reason": reason });
        audit::append(tx, actor, "programme.resume", &format!("programme_period:{}", period.id), &details.to_string(), issuer.now)?;
        Ok(())
    })
}

/// Notes the revision of a year's budget that is announced, for what waiting families are told; `None` takes it back.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::Budget`] for a day outside the year or in the past.
pub fn announce_revision(desk: &Desk, actor: &Actor, year: i32, announced: Option<Announced>) -> Result<(), Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        if announced.is_some_and(|one| chrono::Datelike::year(&one.on) != year || one.on < issuer.today()) {
            return Err(Refusal::Budget(format!("Perkiraan tanggal harus di tahun {year} dan belum lewat.")));
        }
        programme::announce(tx, &actor.office, year, announced, &actor.id, issuer.now)?;
        let details =
            serde_json::json!({ "on": announced.map(|one| one.on), "added": announced.and_then(|one| one.added).map(Rupiah::whole) });
        audit::append(tx, actor, "budget.announce", &format!("budget_year:{year}"), &details.to_string(), issuer.now)?;
        Ok(())
    })
}

/// Only the head of the agency decides about the programme, and says why.
fn reason_of(actor: &Actor, reason: &str) -> Result<String, Refusal> {
    if actor.role != Role::Approver {
        return Err(Refusal::NotYourRole);
    }
    let reason = reason.trim();
    if (REASON_CHARS_MIN..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(Refusal::ReasonMissing)
    }
}
