//! Decrees: preview, lock, sign, and the order that follows.

use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::web::forms::Submitted;
use crate::web::pages::FinancePage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{FinanceAttempt, finance_page};
use crate::workflow::Refusal;
use crate::workflow::money::{lock_decree, make_order, sign_decree};

#[get("/keuangan?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<FinancePage> {
    let attempt = FinanceAttempt { message: pesan, ..FinanceAttempt::default() };
    site.run(move |site| finance_page(site, &staff, &attempt)).await
}

#[post("/keuangan/sk", data = "<sent>")]
pub async fn decree(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| match lock_decree(&site.desk, &staff.actor, sent.text("segel")) {
        Ok(decreed) if decreed.left_out.is_empty() => Ok(Reply::Go("/keuangan?pesan=decree".to_owned())),
        Ok(decreed) => {
            let lines: Vec<String> = decreed.left_out.iter().map(|(code, why)| format!("{code}: {why}")).collect();
            let refusal = format!("SK sudah dibentuk, tetapi ada yang tidak ikut. {}", lines.join(" "));
            again(site, &staff, Status::Ok, FinanceAttempt { refusal: Some(refusal), ..FinanceAttempt::default() })
        }
        Err(refusal) => refused(site, &staff, refusal, FinanceAttempt::default()),
    })
    .await
}

#[post("/keuangan/sk/<id>/tanda-tangan", data = "<sent>")]
pub async fn sign(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| {
        let key = format!("tanggal_{id}");
        let date = sent.text(&key).trim().to_owned();
        let mut attempt = FinanceAttempt { decree_id: id.clone(), date: date.clone(), ..FinanceAttempt::default() };
        let on = match parse_date(&date) {
            Ok(on) => on,
            Err(fault) => {
                attempt.errors.push(key, format!("Tanggal tanda tangan: {fault}."));
                return again(site, &staff, Status::UnprocessableEntity, attempt);
            }
        };
        match sign_decree(&site.desk, &staff.actor, &id, on) {
            Ok(_decree) => Ok(Reply::Go("/keuangan?pesan=decree_signed".to_owned())),
            Err(refusal @ Refusal::SignedWhen) => {
                attempt.errors.push(key, refusal.to_string());
                again(site, &staff, Status::UnprocessableEntity, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/keuangan/sk/<id>/perintah", data = "<sent>")]
pub async fn order(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| {
        let reason = sent.text(&format!("alasan_{id}")).trim().to_owned();
        match make_order(&site.desk, &staff.actor, &id, &reason) {
            Ok(made) => Ok(Reply::Go(format!("/keuangan/perintah/{}?pesan=order", made.order.id))),
            Err(refusal) => refused(site, &staff, refusal, FinanceAttempt { decree_id: id, reason, ..FinanceAttempt::default() }),
        }
    })
    .await
}

fn refused(site: &Site, staff: &Staff, refusal: Refusal, attempt: FinanceAttempt) -> Result<Reply<FinancePage>, Problem> {
    let sentence = refusal.to_string();
    let attempt = match refusal {
        Refusal::PayeeDead(_) => attempt,
        _ => FinanceAttempt { decree_id: String::new(), ..attempt },
    };
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    again(site, staff, problem.status, FinanceAttempt { refusal: Some(sentence), ..attempt })
}

fn again(site: &Site, staff: &Staff, status: Status, attempt: FinanceAttempt) -> Result<Reply<FinancePage>, Problem> {
    Ok(Reply::Again(status, Box::new(finance_page(site, staff, &attempt)?)))
}
