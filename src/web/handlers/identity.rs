//! Whether two people side by side are one.

use rocket::http::Status;
use rocket::{State, post};

use super::{Answer, Reply};
use crate::domain::claim::REASON_CHARS_MAX;
use crate::domain::crosscheck::{Beside, Sameness};
use crate::exchange::claim_form::FieldErrors;
use crate::web::forms::Submitted;
use crate::web::pages::ClaimPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{Attempt, claim_page, seen_claim};
use crate::workflow::{Judgement, Refusal, answer_identity};

#[post("/permohonan/<code>/identitas", data = "<sent>")]
pub async fn answer(site: &State<Site>, staff: Staff, code: String, sent: Submitted) -> Answer<Reply<ClaimPage>> {
    site.run(move |site| {
        let claim = site.desk.store.read(|conn| seen_claim(conn, &staff, &code))?;
        let unreadable = || Problem::of_status(Status::BadRequest);
        let beside = Beside::from_parts(sent.text("jenis"), sent.text("rujukan")).ok_or_else(unreadable)?;
        let sameness = Sameness::parse(sent.text("jawaban")).ok_or_else(unreadable)?;
        let place: usize = sent.text("urut").parse().unwrap_or_default();
        let key = format!("alasan_orang_{place}");
        let reason = sent.text(&key).trim().to_owned();
        let attempt = Attempt { step: format!("identity_{place}"), reason: reason.clone(), ..Attempt::default() };
        if reason.chars().count() > REASON_CHARS_MAX {
            let errors = FieldErrors::one(&key, "Alasan ini terlalu panjang. Mohon ringkas, paling banyak 2.000 huruf.");
            return again(site, &staff, &code, Status::UnprocessableEntity, &Attempt { errors, ..attempt });
        }
        match answer_identity(&site.desk, &staff.actor, &Judgement { claim_id: &claim.id, beside, sameness, reason: &reason }) {
            Ok(answered) => Ok(Reply::Go(format!("/permohonan/{}?pesan=identity", answered.code))),
            Err(refusal) => refused(site, &staff, &code, refusal, attempt, &key),
        }
    })
    .await
}

fn refused(site: &Site, staff: &Staff, code: &str, refusal: Refusal, attempt: Attempt, key: &str) -> Result<Reply<ClaimPage>, Problem> {
    let sentence = refusal.to_string();
    match refusal {
        Refusal::ReasonMissing => {
            let sentence = "Mohon tuliskan dasar keputusan ini, paling sedikit 10 huruf: kartu, saksi, atau kunjungan.";
            let errors = FieldErrors::one(key, sentence);
            again(site, staff, code, Status::UnprocessableEntity, &Attempt { errors, ..attempt })
        }
        Refusal::SamePerson(_) | Refusal::OwnFamily | Refusal::NotAllowed(_) => {
            let status = Problem::from(refusal).status;
            again(site, staff, code, status, &Attempt { refusal: Some(sentence), ..attempt })
        }
        other => Err(other.into()),
    }
}

fn again(site: &Site, staff: &Staff, code: &str, status: Status, attempt: &Attempt) -> Result<Reply<ClaimPage>, Problem> {
    Ok(Reply::Again(status, Box::new(claim_page(site, staff, code, attempt)?)))
}
