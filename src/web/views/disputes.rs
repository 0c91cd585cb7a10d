//! The page of people about whom sources and releases say different things.

use super::attention::claim_href;
use crate::domain::calendar::short_date;
use crate::domain::identity::Nik;
use crate::domain::region::RegionCode;
use crate::domain::register::{Disagreement, Field, Said};
use crate::store::register::{self, Stretch};
use crate::store::{DbConn, StoreError, history};
use crate::web::page::{Choice, Link};
use crate::web::pages::{DisputeView, DisputedField, DisputesPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_choices, village_name};

/// People on one page.
const PEOPLE_PER_PAGE: usize = 15;
/// Claims named for one person.
const CLAIMS_MAX: i64 = 5;
/// Sources named for one value; a value that stood in every release names the newest ones.
const SOURCES_SHOWN: usize = 3;

/// Which people somebody asks for.
#[derive(Debug, Clone, Default)]
pub struct DisputesRequest {
    /// Code of a village; nothing for all of the person's region.
    pub village: Option<String>,
    /// Where in the list to begin.
    pub from: Option<i64>,
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn disputes_page(site: &Site, staff: &Staff, request: &DisputesRequest) -> Result<DisputesPage, Problem> {
    let actor = &staff.actor;
    let chosen = request.village.as_deref().and_then(|code| RegionCode::parse_village(code).ok()).filter(|village| actor.sees(village));
    let from = request.from.unwrap_or_default().max(0);
    let (people, next) = site.desk.store.read(|conn| {
        let region = chosen.as_ref().unwrap_or(&actor.region);
        let Stretch { niks, next } = register::disputed(conn, &actor.office, region, from, PEOPLE_PER_PAGE)?;
        let people = niks.iter().map(|nik| dispute_view(conn, staff, nik)).collect::<Result<Vec<_>, _>>()?;
        Ok::<_, StoreError>((people, next))
    })?;
    let href = |from: i64| {
        let village = chosen.as_ref().map(|village| format!("&desa={village}")).unwrap_or_default();
        format!("/perhatian/data-berbeda?mulai={from}{village}")
    };
    let is_chosen = |choice: &Choice| chosen.as_ref().is_some_and(|village| village.as_str() == choice.value);
    Ok(DisputesPage {
        shell: site.shell_for(staff, "Data yang berbeda").at("/perhatian"),
        villages: village_choices(&actor.region).into_iter().map(|c| Choice { checked: is_chosen(&c), ..c }).collect(),
        people,
        more: next.map(href),
        back: (from > 0).then(|| href(0)),
    })
}

fn dispute_view(conn: &mut DbConn, staff: &Staff, nik: &Nik) -> Result<DisputeView, StoreError> {
    let office = &staff.actor.office;
    let mut names: Vec<String> = register::by_nik(conn, office, nik)?.into_iter().map(|row| row.name).collect();
    names.sort();
    names.dedup();
    let claims = history::about_nik(conn, office, nik, CLAIMS_MAX)?.into_iter().filter(|(_, village)| staff.actor.sees(village));
    Ok(DisputeView {
        nik: nik.masked(),
        names: names.join(" / "),
        fields: register::disagreements(conn, office, nik)?.iter().map(field_view).collect(),
        claims: claims.map(|(code, _)| Link { href: claim_href(staff.actor.role, &code), label: code, value: String::new() }).collect(),
    })
}

fn field_view(disagreement: &Disagreement) -> DisputedField {
    let label = match disagreement.field {
        Field::Name => "Nama",
        Field::BornOn => "Tanggal lahir",
        Field::Status => "Keadaan",
        Field::Village => "Desa/kelurahan",
        Field::Decile => "Desil",
    };
    DisputedField { label, sides: disagreement.sides.iter().map(|side| (value(disagreement.field, &side.value), sources(side))).collect() }
}

/// A value as people read it.
fn value(field: Field, text: &str) -> String {
    match field {
        Field::BornOn => text.parse().map_or_else(|_unreadable| text.to_owned(), short_date),
        Field::Village => RegionCode::parse(text).map_or_else(|_unreadable| text.to_owned(), |code| village_name(&code)),
        Field::Name | Field::Status | Field::Decile => text.to_owned(),
    }
}

/// Who says so, the newest first.
fn sources(side: &Said) -> String {
    let mut by: Vec<_> = side.by.iter().collect();
    by.sort_by_key(|dataset| std::cmp::Reverse(dataset.released_on));
    let named = |dataset: &&crate::domain::register::Dataset| match dataset.released_on {
        Some(on) => format!("{} {}", dataset.name, short_date(on)),
        None => dataset.name.clone(),
    };
    let shown: Vec<String> = by.iter().take(SOURCES_SHOWN).map(named).collect();
    let more = by.len().saturating_sub(SOURCES_SHOWN);
    if more > 0 { format!("{} dan {more} lain", shown.join(", ")) } else { shown.join(", ") }
}
