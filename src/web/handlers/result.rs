//! What banks answer: import a report, look at its lines, answer the open ones.

use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::exchange::claim_form::FieldErrors;
use crate::web::forms::Submitted;
use crate::web::pages::{ReportPage, ResultsPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{REPORT_FIELD, REPORT_UPLOAD_BYTES_MAX};
use crate::web::views::{ResultAttempt, answer_key, report_page, results_page};
use crate::workflow::Refusal;
use crate::workflow::money::{AnswerLine, ImportReport, answer_line, import_report};

#[get("/keuangan/hasil?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<ResultsPage> {
    let attempt = ResultAttempt { message: pesan, ..ResultAttempt::default() };
    site.run(move |site| results_page(site, &staff, &attempt)).await
}

#[post("/keuangan/hasil", data = "<sent>")]
pub async fn import(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<ResultsPage>> {
    site.run(move |site| {
        let attempt = ResultAttempt { profile: sent.text("profil").trim().to_owned(), ..ResultAttempt::default() };
        let file = sent.files().iter().find(|file| file.key == REPORT_FIELD);
        let Some(file) = file else {
            return again(site, &staff, Status::UnprocessableEntity, attempt, "Mohon pilih berkas dari bank lebih dahulu.");
        };
        if file.bytes.len() > REPORT_UPLOAD_BYTES_MAX {
            return again(
                site,
                &staff,
                Status::UnprocessableEntity,
                attempt,
                "Berkas lebih besar dari 32 MB. Mohon minta bank memecahnya.",
            );
        }
        let import = ImportReport { file_name: &file.name, bytes: &file.bytes, profile: &attempt.profile };
        match import_report(&site.desk, &staff.actor, &import) {
            Ok(done) if done.repeated => Ok(Reply::Go("/keuangan/hasil?pesan=report_again".to_owned())),
            Ok(_done) => Ok(Reply::Go("/keuangan/hasil?pesan=report".to_owned())),
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[get("/keuangan/hasil/<id>?<hasil>&<mulai>")]
pub async fn one(site: &State<Site>, staff: Staff, id: String, hasil: Option<String>, mulai: Option<i64>) -> Answer<ReportPage> {
    site.run(move |site| report_page(site, &staff, &id, hasil.as_deref(), mulai.unwrap_or_default())).await
}

#[post("/keuangan/hasil/<id>/baris", data = "<sent>")]
pub async fn line(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<ResultsPage>> {
    site.run(move |site| {
        let position = sent.text("baris").parse().unwrap_or_default();
        let key = answer_key(&id, position);
        let reason = sent.text(&key).trim().to_owned();
        let accept = match sent.text("tindakan") {
            "terima" => true,
            "catat" => false,
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        match answer_line(&site.desk, &staff.actor, &AnswerLine { report_id: &id, position, accept, reason: &reason }) {
            Ok(()) => Ok(Reply::Go("/keuangan/hasil?pesan=report_line".to_owned())),
            Err(refusal @ Refusal::ReasonMissing) => {
                let errors = FieldErrors::one(&key, "Mohon tuliskan apa yang sudah dipastikan dan oleh siapa, paling sedikit 10 huruf.");
                refused(site, &staff, refusal, ResultAttempt { key, reason, errors, ..ResultAttempt::default() })
            }
            Err(refusal) => refused(site, &staff, refusal, ResultAttempt { key, reason, ..ResultAttempt::default() }),
        }
    })
    .await
}

fn refused(site: &Site, staff: &Staff, refusal: Refusal, attempt: ResultAttempt) -> Result<Reply<ResultsPage>, Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    let sentence = if attempt.errors.is_empty() { sentence } else { String::new() };
    again(site, staff, problem.status, attempt, &sentence)
}

fn again(site: &Site, staff: &Staff, status: Status, attempt: ResultAttempt, sentence: &str) -> Result<Reply<ResultsPage>, Problem> {
    let refusal = (!sentence.is_empty()).then(|| sentence.to_owned());
    Ok(Reply::Again(status, Box::new(results_page(site, staff, &ResultAttempt { refusal, ..attempt })?)))
}
