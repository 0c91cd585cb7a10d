//! What waits for a person: look at it, try again, or close it with a reason.

use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::domain::claim::REASON_CHARS_MAX;
use crate::exchange::claim_form::FieldErrors;
use crate::web::forms::Submitted;
use crate::web::pages::{AttentionPage, DisputesPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{AttentionAttempt, DisputesRequest, attention_page, disputes_page};
use crate::workflow::{Attention, Refusal, attend};

#[get("/perhatian?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<AttentionPage> {
    let attempt = AttentionAttempt { message: pesan, ..AttentionAttempt::default() };
    site.run(move |site| attention_page(site, &staff, &attempt)).await
}

#[get("/perhatian/data-berbeda?<desa>&<mulai>")]
pub async fn disputes(site: &State<Site>, staff: Staff, desa: Option<String>, mulai: Option<i64>) -> Answer<DisputesPage> {
    let request = DisputesRequest { village: desa, from: mulai };
    site.run(move |site| disputes_page(site, &staff, &request)).await
}

#[post("/perhatian/<id>", data = "<sent>")]
pub async fn act(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<AttentionPage>> {
    site.run(move |site| {
        let key = format!("alasan_{id}");
        let reason = sent.text(&key).trim().to_owned();
        let attempt = AttentionAttempt { task_id: id.clone(), reason: reason.clone(), ..AttentionAttempt::default() };
        let (attention, message) = match sent.text("tindakan") {
            "lagi" => (Attention::Again, "task_again"),
            "tutup" => (Attention::Close { reason: &reason }, "task_closed"),
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        if reason.chars().count() > REASON_CHARS_MAX {
            let errors = FieldErrors::one(&key, "Alasan ini terlalu panjang. Mohon ringkas, paling banyak 2.000 huruf.");
            return again(site, &staff, AttentionAttempt { errors, ..attempt });
        }
        match attend(&site.desk, &staff.actor, &id, attention) {
            Ok(()) => Ok(Reply::Go(format!("/perhatian?pesan={message}"))),
            Err(Refusal::ReasonMissing) => {
                let errors = FieldErrors::one(&key, "Mohon tuliskan mengapa pekerjaan ini tidak perlu lagi, paling sedikit 10 huruf.");
                again(site, &staff, AttentionAttempt { errors, ..attempt })
            }
            Err(other) => Err(other.into()),
        }
    })
    .await
}

fn again(site: &Site, staff: &Staff, attempt: AttentionAttempt) -> Result<Reply<AttentionPage>, Problem> {
    Ok(Reply::Again(Status::UnprocessableEntity, Box::new(attention_page(site, staff, &attempt)?)))
}
