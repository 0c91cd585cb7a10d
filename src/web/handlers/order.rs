//! One payment order: papers of the treasury, check, release, cancel, letters and bank files.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::domain::money::Rupiah;
use crate::domain::payment::{OrderStep, PaperKind, ReturnReason, TreasuryPaper};
use crate::exchange::claim_form::FieldErrors;
use crate::web::forms::Submitted;
use crate::web::pages::OrderPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{OrderAttempt, order_page};
use crate::workflow::money::{
    Answer as Became, BundleRefused, ByHand, Release, Scope, cancel_order, check_order, close_order, fetch_bank_file, record_by_hand,
    record_paper, release_order, write_bundle,
};
use crate::workflow::{Refusal, bundle_of_order};

#[get("/keuangan/perintah/<id>?<pesan>")]
pub async fn one(site: &State<Site>, staff: Staff, id: String, pesan: Option<String>) -> Answer<OrderPage> {
    let attempt = OrderAttempt { message: pesan, ..OrderAttempt::default() };
    site.run(move |site| order_page(site, &staff, &id, &attempt)).await
}

#[post("/keuangan/perintah/<id>/surat-sipd", data = "<sent>")]
pub async fn paper(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<OrderPage>> {
    site.run(move |site| {
        let mut attempt = OrderAttempt {
            kind: sent.text("jenis").to_owned(),
            number: sent.text("nomor").trim().to_owned(),
            date: sent.text("tanggal").trim().to_owned(),
            value: sent.text("nilai").trim().to_owned(),
            ..OrderAttempt::default()
        };
        let Some(paper) = read_paper(&mut attempt) else {
            return again(site, &staff, &id, Status::UnprocessableEntity, attempt);
        };
        match record_paper(&site.desk, &staff.actor, &id, &paper) {
            Ok(()) => Ok(Reply::Go(format!("/keuangan/perintah/{id}?pesan=order_paper"))),
            Err(refusal) => refused(site, &staff, &id, refusal, attempt),
        }
    })
    .await
}

/// The paper as typed, or every fault of it.
fn read_paper(attempt: &mut OrderAttempt) -> Option<TreasuryPaper> {
    let kind = PaperKind::parse(&attempt.kind);
    if kind.is_none() {
        attempt.errors.push("jenis", "Pilih SPP, SPM, atau SP2D.");
    }
    if attempt.number.is_empty() {
        attempt.errors.push("nomor", "Isi nomor seperti yang diterbitkan SIPD.");
    }
    let dated_on = parse_date(&attempt.date);
    if let Err(fault) = &dated_on {
        attempt.errors.push("tanggal", format!("Tanggal: {fault}."));
    }
    let value = Rupiah::parse(&attempt.value);
    if let Err(fault) = &value {
        attempt.errors.push("nilai", format!("Nilai: {fault}."));
    }
    if !attempt.errors.is_empty() {
        return None;
    }
    Some(TreasuryPaper { kind: kind?, number: attempt.number.clone(), dated_on: dated_on.ok()?, value: value.ok()? })
}

#[post("/keuangan/perintah/<id>/langkah", data = "<sent>")]
pub async fn step(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<OrderPage>> {
    site.run(move |site| {
        let (seen, actor) = (sent.text("versi").parse().unwrap_or_default(), &staff.actor);
        let wanted = OrderStep::ALL.into_iter().find(|step| step.code() == sent.text("langkah"));
        let key = if wanted == Some(OrderStep::Cancel) { "alasan_batal" } else { "alasan" };
        let reason = sent.text(key).trim().to_owned();
        let done = match wanted {
            Some(OrderStep::Check) => check_order(&site.desk, actor, &id, seen).map(drop),
            Some(OrderStep::Cancel) => cancel_order(&site.desk, actor, &id, seen, &reason).map(drop),
            Some(OrderStep::Release) => {
                let release = Release { order_id: &id, expected_version: seen, password: sent.text("kata_sandi"), reason: &reason };
                release_order(&site.desk, actor, &release).map(drop)
            }
            Some(OrderStep::Close) => close_order(&site.desk, actor, &id, seen).map(drop),
            None => return Err(Problem::of_status(Status::BadRequest)),
        };
        let code = wanted.map(OrderStep::code).unwrap_or_default();
        match done {
            Ok(()) => Ok(Reply::Go(format!("/keuangan/perintah/{id}?pesan=order_{code}"))),
            Err(refusal) => {
                let mut attempt = OrderAttempt { step: code.to_owned(), reason, ..OrderAttempt::default() };
                match &refusal {
                    Refusal::WrongPassword => attempt.errors = FieldErrors::one("kata_sandi", &refusal.to_string()),
                    Refusal::ReasonMissing => attempt.errors = FieldErrors::one(key, &refusal.to_string()),
                    _ => {}
                }
                refused(site, &staff, &id, refusal, attempt)
            }
        }
    })
    .await
}

#[post("/keuangan/perintah/<id>/jawaban", data = "<sent>")]
pub async fn answer(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<OrderPage>> {
    site.run(move |site| {
        let text = |key: &str| sent.text(key).trim().to_owned();
        let mut attempt = OrderAttempt {
            answer: text("hasil"),
            typed_answer: [text("bayar"), text("tanggal_jawaban"), text("sebab"), text("bukti_jawaban")],
            ..OrderAttempt::default()
        };
        let [chosen, date, why, evidence] = attempt.typed_answer.clone();
        let Some((item_id, version)) = chosen.split_once(' ') else {
            attempt.errors.push("bayar", "Pilih pembayarannya.");
            return again(site, &staff, &id, Status::UnprocessableEntity, attempt);
        };
        let became = match attempt.answer.as_str() {
            "diterima" => Became::Paid,
            "kembali" => Became::Returned(ReturnReason::read(&why).code()),
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        let on = match parse_date(&date) {
            Ok(on) => on,
            Err(fault) => {
                attempt.errors.push("tanggal_jawaban", format!("Tanggal: {fault}."));
                return again(site, &staff, &id, Status::UnprocessableEntity, attempt);
            }
        };
        let by_hand = ByHand { item_id, expected_version: version.parse().unwrap_or_default(), answer: became, on, evidence: &evidence };
        match record_by_hand(&site.desk, &staff.actor, &by_hand) {
            Ok(_item) => Ok(Reply::Go(format!("/keuangan/perintah/{id}?pesan=order_answer"))),
            Err(refusal) => {
                match &refusal {
                    Refusal::EvidenceMissing => attempt.errors = FieldErrors::one("bukti_jawaban", &refusal.to_string()),
                    Refusal::AnswerWhen => attempt.errors = FieldErrors::one("tanggal_jawaban", &refusal.to_string()),
                    _ => {}
                }
                refused(site, &staff, &id, refusal, attempt)
            }
        }
    })
    .await
}

#[get("/keuangan/perintah/<id>/surat")]
pub async fn bundle(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let pdf = bundle_of_order(&site.desk, &staff.actor, &id)?;
        Ok::<_, Refusal>(Download::inline(pdf.bytes, ContentType::PDF, "semua-surat.pdf"))
    })
    .await
}

#[post("/keuangan/perintah/<id>/bank/<name>", data = "<_sent>")]
pub async fn bank_file(site: &State<Site>, staff: Staff, id: String, name: String, _sent: Submitted) -> Answer<Download> {
    site.run(move |site| {
        let (bytes, file_name) = fetch_bank_file(&site.desk, &staff.actor, &id, &name)?;
        let kind = if name.rsplit_once('.').is_some_and(|(_, ending)| ending == "xml") { ContentType::XML } else { ContentType::Binary };
        Ok::<_, Refusal>(Download::attachment(bytes, kind, &file_name))
    })
    .await
}

#[get("/keuangan/perintah/<id>/bundel")]
pub async fn inspect(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let mut bytes = Cursor::new(Vec::new());
        match write_bundle(&site.desk, &staff.actor, &Scope::Order(id.clone()), &mut bytes) {
            Ok(_manifest) => Ok(Download::attachment(bytes.into_inner(), ContentType::ZIP, &format!("bundel-{id}.zip"))),
            Err(BundleRefused::Refusal(refusal)) => Err(Problem::from(refusal)),
            Err(fault @ BundleRefused::Write(_)) => Err(Problem::internal(&fault)),
        }
    })
    .await
}

fn refused(site: &Site, staff: &Staff, id: &str, refusal: Refusal, attempt: OrderAttempt) -> Result<Reply<OrderPage>, Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    let refusal = attempt.errors.is_empty().then_some(sentence);
    again(site, staff, id, problem.status, OrderAttempt { refusal, ..attempt })
}

fn again(site: &Site, staff: &Staff, id: &str, status: Status, attempt: OrderAttempt) -> Result<Reply<OrderPage>, Problem> {
    Ok(Reply::Again(status, Box::new(order_page(site, staff, id, &attempt)?)))
}
