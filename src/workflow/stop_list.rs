//! Lists of confirmed deaths for other programmes: seen first, then made and frozen, then fetched.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::clock::new_id;
use crate::domain::access::Actor;
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::wib_date;
use crate::domain::claim::{State, Step};
use crate::domain::region::RegionCode;
use crate::domain::stop_list::{Confirmed, Period, Plan, RowKind, StopListRefused, check_period, may_list, plan};
use crate::exchange::stop_list::{PersonRow, Programme, Programmes, Written};
use crate::exchange::table_file::{Form, to_csv, to_xlsx};
use crate::store::claims::{self, Claim};
use crate::store::stop_lists::{self, StopList};
use crate::store::{DbConn, audit, events};

use super::desk::Desk;
use super::letter::place;
use super::refusal::Refusal;

/// States a claim may be in once its death was confirmed.
const CONFIRMED: [State; 6] = [State::Approved, State::Waiting, State::Decreed, State::Paid, State::OnHold, State::Annulled];
/// Claims read at a time.
const CLAIMS_AT_ONCE: i64 = 500;

/// A list as it would be made now.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The programme.
    pub programme: Programme,
    /// Days it covers.
    pub period: Period,
    /// Who stands on it, and who does not.
    pub plan: Plan,
    /// Names and codes of the rows, for the preview.
    pub people: Vec<(RowKind, String, String)>,
    /// Stands for exactly this list: making it with this seal is refused once the list has changed.
    pub seal: String,
}

/// The programmes the office can list for, read every time they are needed.
///
/// # Errors
/// [`Refusal::Files`].
pub fn programmes(desk: &Desk) -> Result<Programmes, Refusal> {
    Ok(Programmes::with_own(&desk.stop_list_files.all()?))
}

/// The next list of a programme, before anything is made. Without a first day it begins where the last one ended.
///
/// # Errors
/// [`Refusal::StopList`].
pub fn plan_list(desk: &Desk, actor: &Actor, programme: &str, from: Option<NaiveDate>, until: NaiveDate) -> Result<Planned, Refusal> {
    may_list(actor.role)?;
    let programme = programmes(desk)?.find(programme)?.clone();
    let today = wib_date(desk.clock.now());
    desk.store.read(|conn| Ok(gathered(conn, actor, programme, (from, until), today)?.0))
}

/// Claims on a list by their ids, each with the day of its decision.
type OnList = BTreeMap<String, (Claim, NaiveDate)>;

/// Everything behind a list: what it would be, and the claims on it.
fn gathered(
    conn: &mut DbConn,
    actor: &Actor,
    programme: Programme,
    (from, until): (Option<NaiveDate>, NaiveDate),
    today: NaiveDate,
) -> Result<(Planned, OnList), Refusal> {
    let confirmed = confirmed(conn, &actor.office)?;
    let last = stop_lists::newest(conn, &actor.office, &programme.name)?.map(|list| list.period.until);
    let earliest = || confirmed.iter().map(|(one, _)| one.confirmed_on).min();
    let period = Period { from: from.unwrap_or_else(|| last.or_else(earliest).unwrap_or(until).min(until)), until };
    check_period(period, today)?;
    let listed = stop_lists::listed(conn, &actor.office, &programme.name)?;
    let facts: Vec<Confirmed> = confirmed.iter().map(|(one, _)| one.clone()).collect();
    let plan = plan(period, &facts, &listed);
    let on_list: BTreeSet<&str> = plan.rows.iter().map(|row| row.claim_id.as_str()).collect();
    let claims: OnList = confirmed
        .into_iter()
        .filter(|(one, _)| on_list.contains(one.claim_id.as_str()))
        .map(|(one, claim)| (one.claim_id, (claim, one.confirmed_on)))
        .collect();
    let person = |row: &crate::domain::stop_list::Row| {
        let (claim, _) = claims.get(&row.claim_id)?;
        Some((row.kind, claim.content.deceased.name.without_late(), claim.code.clone()))
    };
    let people = plan.rows.iter().filter_map(person).collect();
    let seal = seal(&plan);
    Ok((Planned { programme, period, plan, people, seal }, claims))
}

/// SHA-256 over claims and kinds: another list, another seal.
fn seal(plan: &Plan) -> String {
    let rows: Vec<String> = plan.rows.iter().map(|row| format!("{}:{}", row.kind.code(), row.claim_id)).collect();
    sha256_hex(rows.join(";").as_bytes())
}

/// Claims whose death was confirmed by a decision, with that decision and, if it was undone, why.
fn confirmed(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<(Confirmed, Claim)>, Refusal> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let part = claims::in_states_after(conn, office, &CONFIRMED, &after, CLAIMS_AT_ONCE)?;
        let Some(last) = part.last() else { return Ok(found) };
        last.id.clone_into(&mut after);
        let ids: Vec<&str> = part.iter().map(|claim| claim.id.as_str()).collect();
        let (mut decided, mut undone) = (BTreeMap::new(), BTreeMap::new());
        for taken in events::taken(conn, &ids, &[Step::Approve, Step::Queue, Step::Annul])? {
            match taken.step {
                Step::Annul => drop(undone.insert(taken.claim_id, taken.reason)),
                // The first decision confirmed the death; a later approval from the waiting list only found the money.
                _ => drop(decided.entry(taken.claim_id).or_insert_with(|| wib_date(taken.at))),
            }
        }
        for claim in part {
            let Some(confirmed_on) = decided.remove(&claim.id) else { continue };
            let one = Confirmed {
                claim_id: claim.id.clone(),
                code: claim.code.clone(),
                nik: claim.content.deceased.nik.number.clone(),
                confirmed_on,
                state: claim.state,
                undone_because: undone.remove(&claim.id).unwrap_or_default(),
            };
            found.push((one, claim));
        }
    }
}

/// Makes the list somebody saw: numbered, its files frozen by their hash. `seal` is that of the preview; empty makes whatever the
/// list is now.
///
/// # Errors
/// [`Refusal::StopList`]: nobody new, the list has changed, a period that cannot be.
pub fn make_list(
    desk: &Desk,
    actor: &Actor,
    programme: &str,
    days: (Option<NaiveDate>, NaiveDate),
    seal: &str,
) -> Result<StopList, Refusal> {
    may_list(actor.role)?;
    let programme = programmes(desk)?.find(programme)?.clone();
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let today = wib_date(now);
        let (planned, claims) = gathered(tx, actor, programme, days, today)?;
        if planned.plan.rows.is_empty() {
            return Err(StopListRefused::Nothing.into());
        }
        if !seal.is_empty() && seal != planned.seal {
            return Err(StopListRefused::Changed.into());
        }
        let rows: Vec<PersonRow> = planned.plan.rows.iter().filter_map(|row| Some(person(row.kind, claims.get(&row.claim_id)?))).collect();
        let number = stop_lists::newest(tx, &actor.office, &planned.programme.name)?.map_or(1, |last| last.number.saturating_add(1));
        let written = Written { number, made_on: today, control: planned.plan.control, rows: &rows };
        let list = StopList {
            id: new_id(),
            programme: planned.programme.name.clone(),
            number,
            period: planned.period,
            stops: stop_lists::rows(planned.plan.count(RowKind::Stop)),
            withdrawals: stop_lists::rows(planned.plan.count(RowKind::Withdraw)),
            control: planned.plan.control,
            name: planned.programme.file_stem(number, today),
            csv_sha256: desk.files.keep_with(tx, &to_csv(&planned.programme.one_sheet(&written))?)?,
            xlsx_sha256: desk.files.keep_with(tx, &to_xlsx(&planned.programme.sheets(&written), now)?)?,
            by: actor.id.clone(),
            at: now,
        };
        stop_lists::insert(tx, &actor.office, &list, &planned.plan.rows)?;
        let details = serde_json::json!({
            "programme": list.programme, "number": list.number, "stops": list.stops, "withdrawals": list.withdrawals,
            "control": list.control, "csv": list.csv_sha256, "xlsx": list.xlsx_sha256,
        });
        audit::append(tx, actor, "stop_list.make", &format!("stop_list:{}", list.id), &details.to_string(), now)?;
        Ok(list)
    })
}

fn person(kind: RowKind, (claim, confirmed_on): &(Claim, NaiveDate)) -> PersonRow {
    let at = place(&claim.content.deceased.village);
    PersonRow {
        kind,
        code: claim.code.clone(),
        content: claim.content.clone(),
        place: (at.village, at.kecamatan),
        confirmed_on: *confirmed_on,
    }
}

/// The frozen bytes of a list and the name they are saved under: from the second time on marked as a copy. Who fetches is noted.
///
/// # Errors
/// [`Refusal::StopList`], [`Refusal::NotFound`], [`Refusal::Files`] when the kept file was changed.
pub fn fetch_list(desk: &Desk, actor: &Actor, id: &str, form: Form) -> Result<(Vec<u8>, String), Refusal> {
    may_list(actor.role)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let list = stop_lists::load(tx, &actor.office, id)?;
        let sha256 = match form {
            Form::Csv => &list.csv_sha256,
            Form::Xlsx => &list.xlsx_sha256,
        };
        let bytes = desk.files.read(sha256)?;
        let copy = stop_lists::note_draw(tx, &list.id, form.ending(), &actor.id, now)?;
        let details = serde_json::json!({ "programme": list.programme, "number": list.number, "sha256": sha256, "copy": copy });
        audit::append(tx, actor, "stop_list.fetch", &format!("stop_list:{}", list.id), &details.to_string(), now)?;
        let name = format!("{}.{}", list.name, form.ending());
        Ok((bytes, if copy > 1 { format!("SALINAN-{copy}_{name}") } else { name }))
    })
}
