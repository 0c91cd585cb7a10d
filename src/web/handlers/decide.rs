//! A step on a claim.

use rocket::http::Status;
use rocket::{State, post};

use super::{Answer, Reply};
use crate::domain::claim::{Action, REASON_CHARS_MAX, Step};
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::Claim;
use crate::web::forms::Submitted;
use crate::web::pages::ClaimPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{Attempt, WAIVE, claim_page, seen_claim};
use crate::workflow::{Refusal, Wish, act, waive_lateness};

/// A verifier's recommendation to refuse: a verification with its reason.
const RECOMMEND: &str = "recommend";

#[post("/permohonan/<code>/langkah", data = "<sent>")]
pub async fn step(site: &State<Site>, staff: Staff, code: String, sent: Submitted) -> Answer<Reply<ClaimPage>> {
    site.run(move |site| {
        let claim = site.desk.store.read(|conn| seen_claim(conn, &staff, &code))?;
        if sent.text("langkah") == WAIVE {
            return accept_lateness(site, &staff, &claim, &sent);
        }
        let (action, attempt) = read(&sent)?;
        if !attempt.errors.is_empty() {
            return again(site, &staff, &code, Status::UnprocessableEntity, attempt);
        }
        let seen = sent.text("versi").parse().unwrap_or_default();
        match act(&site.desk, &staff.actor, &Wish { claim_id: &claim.id, expected_version: seen, action }) {
            Ok(acted) => Ok(Reply::Go(format!("/permohonan/{}?pesan={}", acted.code, acted.step.code()))),
            Err(refusal) => refused(site, &staff, &code, refusal, Attempt { stale_version: Some(seen), ..attempt }),
        }
    })
    .await
}

/// Accepting a late claim is no step of its road, but comes by the same form.
fn accept_lateness(site: &Site, staff: &Staff, claim: &Claim, sent: &Submitted) -> Result<Reply<ClaimPage>, Problem> {
    let reason = sent.text(&format!("alasan_{WAIVE}")).trim().to_owned();
    let seen = sent.text("versi").parse().unwrap_or_default();
    match waive_lateness(&site.desk, &staff.actor, &claim.id, seen, &reason) {
        Ok(_findings) => Ok(Reply::Go(format!("/permohonan/{}?pesan={WAIVE}", claim.code))),
        Err(refusal) => {
            let attempt = Attempt { step: WAIVE.to_owned(), reason, stale_version: Some(seen), ..Attempt::default() };
            refused(site, staff, &claim.code, refusal, attempt)
        }
    }
}

/// The step with its reason: the ready sentences that were ticked, then the typed text, one line each.
fn read(sent: &Submitted) -> Result<(Action, Attempt), Problem> {
    let wanted = sent.text("langkah");
    let unknown = || Problem::of_status(Status::BadRequest);
    let step = if wanted == RECOMMEND { Step::Verify } else { Step::parse(wanted).ok_or_else(unknown)? };
    let key = format!("alasan_{wanted}");
    let (typed, ticked) = (sent.text(&key).trim().to_owned(), sent.all("alasan_siap"));
    let mut lines = ticked.clone();
    lines.extend(typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    let mut reason = lines.join("\n");
    let mut attempt = Attempt { step: wanted.to_owned(), reason: typed, ticked, ..Attempt::default() };
    if wanted == RECOMMEND {
        if reason.is_empty() {
            attempt.errors = FieldErrors::one(&key, "Mohon tuliskan aturan yang tidak terpenuhi, agar Kepala Dinas dapat memutuskan.");
        }
        reason = format!("Usul penolakan: {reason}");
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        attempt.errors = FieldErrors::one(&key, "Alasan ini terlalu panjang. Mohon ringkas, paling banyak 2.000 huruf.");
    }
    Ok((Action { step, reason }, attempt))
}

fn refused(site: &Site, staff: &Staff, code: &str, refusal: Refusal, attempt: Attempt) -> Result<Reply<ClaimPage>, Problem> {
    let sentence = refusal.to_string();
    let key = format!("alasan_{}", attempt.step);
    match refusal {
        Refusal::ReasonMissing => {
            let errors = FieldErrors::one(&key, &sentence);
            again(site, staff, code, Status::UnprocessableEntity, Attempt { errors, stale_version: None, ..attempt })
        }
        Refusal::Stale | Refusal::NotAllowed(_) => {
            again(site, staff, code, Status::Conflict, Attempt { refusal: Some(sentence), ..attempt })
        }
        Refusal::SamePerson(_)
        | Refusal::OwnFamily
        | Refusal::NotYourRole
        | Refusal::NoBudget(_)
        | Refusal::CeilingReached(_)
        | Refusal::EarlierWaits(_)
        | Refusal::NotLate
        | Refusal::Letter(_) => {
            let status = Problem::from(refusal).status;
            again(site, staff, code, status, Attempt { refusal: Some(sentence), stale_version: None, ..attempt })
        }
        other => Err(other.into()),
    }
}

fn again(site: &Site, staff: &Staff, code: &str, status: Status, attempt: Attempt) -> Result<Reply<ClaimPage>, Problem> {
    Ok(Reply::Again(status, Box::new(claim_page(site, staff, code, &attempt)?)))
}
