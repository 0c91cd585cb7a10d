//! The waiting list: who waits for money at which place, and releasing it in order when money comes.
//!
//! Order is strict. The list stops at the first claim that this person cannot release (their own family, a reason that has to be
//! written, an earlier duty on it) or that the ceiling does not hold, and says what it waits for; nobody behind it is passed forward.
//! A claim that must not hold up the others is put on hold or refused on its own page, with a reason the family reads.

use chrono::Datelike;

use crate::domain::access::{Actor, Role};
use crate::domain::budget::forecast::{AnnouncedRevision, PlaceOutlook, WaitingPlace, place_outlook};
use crate::domain::calendar::wib_date;
use crate::domain::claim::{Action, Step};
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::store::claims::{self, Claim};
use crate::store::money::{budget, programme};
use crate::store::{DbConn, StoreError, audit};
use crate::workflow::decide::{Wish, act};
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::refusal::Refusal;

use super::programme::suspension;

/// A place on the waiting list.
#[derive(Debug, Clone)]
pub struct Place {
    /// The claim.
    pub claim: Claim,
    /// Its place, from 1.
    pub number: usize,
    /// What all places up to and including it need.
    pub needed: Rupiah,
    /// When money is expected to reach it.
    pub outlook: PlaceOutlook,
}

/// Everybody who waits for money.
#[derive(Debug, Clone, Default)]
pub struct WaitingList {
    /// Places in their order.
    pub places: Vec<Place>,
    /// What they need together.
    pub amount: Rupiah,
    /// What can still be promised now.
    pub left: Rupiah,
}

impl WaitingList {
    /// The place of a claim.
    pub fn of(&self, claim_id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.claim.id == claim_id)
    }

    /// How many from the top the money holds now.
    pub fn payable(&self) -> usize {
        self.places.iter().take_while(|place| place.needed <= self.left).count()
    }
}

/// The waiting list as it stands.
///
/// # Errors
/// [`StoreError`].
pub fn waiting_list(conn: &mut DbConn, pack: &Pack, office: &RegionCode, today: chrono::NaiveDate) -> Result<WaitingList, StoreError> {
    let waiting = claims::waiting(conn, office)?;
    let lines = budget::money_of_year(conn, office, today.year())?;
    let rules = &pack.office.budget_rules;
    let open = rules.order(&lines).into_iter().filter(|line| line.open).take(if rules.spill_over { usize::MAX } else { 1 });
    let left = Rupiah::sum(open.map(|line| line.remaining)).unwrap_or_default();
    let announced = programme::announced(conn, office, today.year())?;
    let revision = announced.map(|one| AnnouncedRevision { on: one.on, added: one.added });
    let suspended = suspension(conn, pack, office, today)?.is_some();
    let mut list = WaitingList { left, ..WaitingList::default() };
    for (number, claim) in (1..).zip(waiting) {
        list.amount = list.amount.checked_add(claim.amount).unwrap_or(list.amount);
        let needed = list.amount;
        // While the programme stands still, money that is there reaches nobody.
        let place = WaitingPlace { needed, left: if suspended { Rupiah::ZERO } else { left } };
        list.places.push(Place { claim, number, needed, outlook: place_outlook(place, revision, today) });
    }
    Ok(list)
}

/// What came of releasing the list.
#[derive(Debug, Clone, Default)]
pub struct ListReleased {
    /// Codes of claims that were approved, in their order.
    pub released: Vec<String>,
    /// The first that was not, and what it waits for; none when the list is empty now.
    pub stopped: Option<Stopped>,
    /// How many wait still.
    pub waiting: usize,
}

/// Where the list stopped.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// Code of the claim.
    pub code: String,
    /// Why, for people.
    pub why: String,
}

/// Releases the list from the top, each claim by the same act of approval as on its own page, as far as the money holds.
///
/// # Errors
/// [`Refusal::NotYourRole`], [`Refusal::Suspended`], [`Refusal::Budget`] when nobody waits.
pub fn release_waiting(desk: &Desk, actor: &Actor) -> Result<ListReleased, Refusal> {
    if actor.role != Role::Approver {
        return Err(Refusal::NotYourRole);
    }
    let waiting = desk.store.read(|conn| {
        let pack = desk.pack(conn, &actor.office)?;
        match suspension(conn, &pack, &actor.office, wib_date(desk.clock.now()))? {
            Some(suspended) => Err(Refusal::Suspended(suspended.notice)),
            None => Ok(claims::waiting(conn, &actor.office)?),
        }
    })?;
    if waiting.is_empty() {
        return Err(Refusal::Budget("Tidak ada permohonan di daftar tunggu.".to_owned()));
    }
    let mut outcome = ListReleased { waiting: waiting.len(), ..ListReleased::default() };
    for claim in waiting {
        let action = Action { step: Step::Approve, reason: String::new() };
        match act(desk, actor, &Wish { claim_id: &claim.id, expected_version: claim.version, action }) {
            Ok(_approved) => {
                outcome.released.push(claim.code);
                outcome.waiting = outcome.waiting.saturating_sub(1);
            }
            Err(why) => {
                outcome.stopped = Some(Stopped { code: claim.code, why: waits_for(&why) });
                break;
            }
        }
    }
    note(desk, actor, &outcome)?;
    Ok(outcome)
}

/// Whom or what the first claim that was not released waits for.
fn waits_for(why: &Refusal) -> String {
    match why {
        Refusal::OwnFamily | Refusal::SamePerson(_) => format!("{why} Daftar menunggu pejabat penyetuju lain."),
        Refusal::ReasonMissing => {
            "Ada temuan yang tidak memenuhi aturan. Putuskan lewat halaman permohonannya, dengan alasan tertulis; setelah itu daftar dapat dilanjutkan.".to_owned()
        }
        Refusal::NoPolicy(_) => format!("{why} Tolak atau tunda permohonan ini lewat halamannya, agar daftar dapat dilanjutkan."),
        Refusal::CeilingReached(reached) => format!("{}. Daftar menunggu tambahan anggaran.", sentence(&reached.to_string())),
        Refusal::Stale | Refusal::EarlierWaits(_) => "Daftar baru saja diubah orang lain. Lepas kembali untuk melanjutkan.".to_owned(),
        other => other.to_string(),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn note(desk: &Desk, actor: &Actor, outcome: &ListReleased) -> Result<(), Refusal> {
    let stopped = outcome.stopped.as_ref().map(|stopped| stopped.code.as_str());
    let details = serde_json::json!({ "released": outcome.released, "stopped_at": stopped, "waiting": outcome.waiting });
    desk.store.write(actor.office.as_str(), |tx| {
        audit::append(tx, actor, "waiting.release", &format!("office:{}", actor.office), &details.to_string(), desk.clock.now())?;
        Ok(())
    })
}
