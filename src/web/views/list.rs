//! Lists of claims: the desk of each role, and everything in the region.

use chrono::NaiveDate;

use super::alert::desk_alerts;
use super::finance::undecided;
use super::rules::countdown;
use super::{budget_view, flash, next_step};
use crate::domain::access::Role;
use crate::domain::calendar::{short_date, wib_date};
use crate::domain::claim::State;
use crate::store::claims::{self, Claim, ClaimQuery};
use crate::store::{DbConn, StoreError};
use crate::web::page::{Chip, Link};
use crate::web::pages::{ClaimRow, QueuePage, Stat};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, region_name, village_name};
use crate::workflow::Pack;

/// Rows on one page; keeps the clerk's desk under 50 kB.
const ROWS_PER_PAGE: i64 = 25;
/// From how many days without a step on a claim is urgent.
const LATE_DAYS: i64 = 7;

/// Which list somebody asks for.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Path of the list: `/beranda` or `/permohonan`.
    pub path: &'static str,
    /// Code of a state.
    pub state: Option<String>,
    /// Part of a name or code.
    pub search: Option<String>,
    /// Rows to pass over.
    pub offset: Option<i64>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// The list with its counts.
///
/// # Errors
/// [`Problem`] of the database.
pub fn list_page(site: &Site, staff: &Staff, request: &ListRequest) -> Result<QueuePage, Problem> {
    let chosen = request.state.as_deref().and_then(State::parse);
    let query = ClaimQuery {
        states: chosen.map_or_else(|| desk_states(staff.actor.role, request.path), |state| vec![state]),
        text: request.search.clone().unwrap_or_default(),
        offset: request.offset.unwrap_or_default().max(0),
        limit: ROWS_PER_PAGE,
    };
    let pack = site.pack()?;
    let (found, total, counts, budget, alerts, action) = site.desk.store.read(|conn| {
        let (found, total) = claims::list(conn, &staff.actor, &query)?;
        let wants_budget = request.path == "/beranda" && staff.actor.role == Role::Approver;
        let budget = if wants_budget { budget_view(conn, site, &pack)? } else { None };
        Ok::<_, Problem>((found, total, claims::counts(conn, &staff.actor)?, budget, desk_alerts(conn, staff)?, action(conn, staff)?))
    })?;
    let after = query.offset.saturating_add(ROWS_PER_PAGE);
    let (title, intro) = heading(staff, request.path);
    Ok(QueuePage {
        shell: site.shell_for(staff, title).at(request.path).with_flash(flash(request.message.as_deref())),
        intro,
        alerts: if query.offset == 0 && chosen.is_none() { alerts } else { Vec::new() },
        action,
        stats: stats(&counts, request.path, chosen),
        budget,
        rows: found.iter().map(|claim| ClaimRow { deadline: lateness(&pack, claim), ..row(claim, site.today()) }).collect(),
        search: query.text,
        path: request.path,
        empty: empty(staff.actor.role, request.path).to_owned(),
        more: (after < total).then(|| more(request, after)),
    })
}

/// What somebody does from this page: a new claim, or what only the head of agency decides.
fn action(conn: &mut DbConn, staff: &Staff) -> Result<Option<Link>, StoreError> {
    match staff.actor.role {
        Role::Operator => Ok(Some(new_claim())),
        Role::Approver => {
            let count = undecided(conn, staff)?.len();
            let label = format!("{count} menunggu putusan");
            Ok((count > 0).then(|| Link { href: "/keuangan#putusan".to_owned(), label, value: String::new() }))
        }
        _ => Ok(None),
    }
}

/// What lies on the desk of a role when nothing is filtered; empty means everything.
fn desk_states(role: Role, path: &str) -> Vec<State> {
    if path != "/beranda" {
        return vec![];
    }
    match role {
        Role::VillageHead => vec![State::Submitted],
        Role::Verifier => vec![State::Endorsed],
        Role::Approver => vec![State::Verified, State::Waiting],
        Role::Operator | Role::Finance | Role::Auditor | Role::Admin => vec![],
    }
}

fn heading(staff: &Staff, path: &str) -> (&'static str, String) {
    let region = region_name(&staff.actor.region);
    if path != "/beranda" {
        return ("Semua permohonan", format!("Permohonan santunan dari {region}."));
    }
    let oldest = "Yang paling lama menunggu berada di atas.".to_owned();
    match staff.actor.role {
        Role::VillageHead => ("Antrean pengesahan", oldest),
        Role::Verifier => ("Antrean verifikasi", oldest),
        Role::Approver => ("Antrean persetujuan", oldest),
        Role::Operator | Role::Finance | Role::Auditor | Role::Admin => ("Beranda", format!("Permohonan santunan dari {region}.")),
    }
}

fn empty(role: Role, path: &str) -> &'static str {
    match role {
        _ if path != "/beranda" => "Coba hapus saringan atau kata pencarian.",
        Role::Operator => "Permohonan yang Bapak/Ibu tulis akan tampil di sini. Mulailah dari tombol Permohonan baru.",
        Role::VillageHead => "Permohonan dari desa yang menunggu pengesahan akan tampil di sini.",
        Role::Verifier => "Permohonan yang sudah disahkan desa akan tampil di sini.",
        Role::Approver => "Permohonan yang sudah diverifikasi akan tampil di sini.",
        Role::Finance | Role::Auditor | Role::Admin => "Belum ada permohonan.",
    }
}

fn new_claim() -> Link {
    Link { href: "/permohonan/baru".into(), label: "Permohonan baru".into(), value: String::new() }
}

/// States that have claims, each a filter.
fn stats(counts: &[(State, i64)], path: &str, chosen: Option<State>) -> Vec<Stat> {
    State::ALL
        .into_iter()
        .filter_map(|state| counts.iter().find(|(s, n)| *s == state && *n > 0))
        .map(|(state, n)| {
            let current = chosen == Some(*state);
            // The filter in force leads back to the whole list.
            let href = if current { path.to_owned() } else { format!("{path}?keadaan={}", state.code()) };
            Stat { value: n.to_string(), label: state.label().to_owned(), href, current }
        })
        .collect()
}

fn row(claim: &Claim, today: NaiveDate) -> ClaimRow {
    let days = (today - wib_date(claim.updated_at)).num_days().max(0);
    let open = !claim.state.is_settled();
    ClaimRow {
        code: claim.code.clone(),
        deceased: claim.content.deceased.name.to_string(),
        heir: claim.content.payee().map(|h| h.name.to_string()).unwrap_or_default(),
        village: village_name(&claim.village),
        died: short_date(claim.content.death.died_on),
        state: Chip::of_state(claim.state),
        verdict: Chip::of_verdict(claim.verdict),
        next: next_step(claim.state).to_owned(),
        waiting: match days {
            _ if !open => "–".to_owned(),
            0 => "hari ini".to_owned(),
            n => format!("{n} hari"),
        },
        late: open && days >= LATE_DAYS,
        deadline: String::new(),
    }
}

/// How many days late an open claim was filed; empty if it was in time.
fn lateness(pack: &Pack, claim: &Claim) -> String {
    countdown(pack, claim).filter(|c| c.is_late() && !claim.state.is_settled()).map(|c| c.words()).unwrap_or_default()
}

fn more(request: &ListRequest, offset: i64) -> String {
    let mut href = format!("{}?mulai={offset}", request.path);
    for (name, value) in [("keadaan", &request.state), ("cari", &request.search)] {
        if let Some(value) = value.as_deref().filter(|v| !v.is_empty()) {
            href.push_str(&format!("&{name}={}", rocket::http::RawStr::new(value).percent_encode()));
        }
    }
    href
}
