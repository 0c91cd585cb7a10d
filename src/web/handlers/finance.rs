//! Decree, payment order, files for the bank, marking paid.

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::exchange::claim_form::FieldErrors;
use crate::store::payments;
use crate::web::forms::Submitted;
use crate::web::pages::FinancePage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{FinanceAttempt, finance_page};
use crate::workflow::{Payment, Refusal, bundle_of_order, form_decree, form_order, mark_paid};

#[get("/keuangan?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<FinancePage> {
    let attempt = FinanceAttempt { message: pesan, ..FinanceAttempt::default() };
    site.run(move |site| finance_page(site, &staff, &attempt)).await
}

#[post("/keuangan/sk", data = "<_sent>")]
pub async fn decree(site: &State<Site>, staff: Staff, _sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| match form_decree(&site.desk, &staff.actor) {
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

#[post("/keuangan/sk/<id>/perintah", data = "<sent>")]
pub async fn order(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| {
        let reason = sent.text(&format!("alasan_{id}")).trim().to_owned();
        match form_order(&site.desk, &staff.actor, &id, &reason) {
            Ok(_ordered) => Ok(Reply::Go("/keuangan?pesan=order".to_owned())),
            Err(refusal) => refused(site, &staff, refusal, FinanceAttempt { decree_id: id, reason, ..FinanceAttempt::default() }),
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

#[get("/keuangan/perintah/<id>/bank/<name>")]
pub async fn bank_file(site: &State<Site>, staff: Staff, id: String, name: String) -> Answer<Download> {
    site.run(move |site| {
        let files = site.desk.store.read(|conn| {
            let order = payments::order(conn, &staff.actor.office, &id)?;
            Ok::<_, Problem>(payments::files(conn, &order.id)?)
        })?;
        let file = files.into_iter().find(|f| f.name == name).ok_or_else(Problem::not_found)?;
        let kind = if name.rsplit_once('.').is_some_and(|(_, ending)| ending == "xml") { ContentType::XML } else { ContentType::Plain };
        Ok::<_, Problem>(Download::attachment(site.desk.files.read(&file.sha256)?, kind, &name))
    })
    .await
}

#[post("/keuangan/perintah/<id>/bayar", data = "<sent>")]
pub async fn paid(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<FinancePage>> {
    site.run(move |site| {
        let (number_key, date_key) = (format!("nomor_{id}"), format!("tanggal_{id}"));
        let (number, date) = (sent.text(&number_key).trim().to_owned(), sent.text(&date_key).trim().to_owned());
        let mut attempt = FinanceAttempt { order_id: id.clone(), number: number.clone(), date: date.clone(), ..FinanceAttempt::default() };
        if number.is_empty() {
            attempt.errors.push(number_key, "Mohon isi nomor SP2D seperti yang diterbitkan SIPD.");
        }
        let on = match parse_date(&date) {
            Ok(on) if attempt.errors.is_empty() => on,
            Ok(_) => return again(site, &staff, Status::UnprocessableEntity, attempt),
            Err(fault) => {
                attempt.errors.push(date_key, format!("Tanggal SP2D: {fault}."));
                return again(site, &staff, Status::UnprocessableEntity, attempt);
            }
        };
        let decree_id = site.desk.store.read(|conn| payments::order(conn, &staff.actor.office, &id))?.decree_id;
        sent.text(&format!("alasan_{decree_id}")).trim().clone_into(&mut attempt.reason);
        let payment = Payment { order_id: &id, sp2d_number: &number, sp2d_on: on, reason: &attempt.reason };
        match mark_paid(&site.desk, &staff.actor, &payment) {
            Ok(_order) => Ok(Reply::Go("/keuangan?pesan=paid".to_owned())),
            Err(Refusal::Sp2dMissing) => {
                let sentence = "Tanggal SP2D tidak boleh sebelum perintah bayar atau setelah hari ini. Mohon periksa tanggal dan nomornya.";
                attempt.errors = FieldErrors::one(&date_key, sentence);
                again(site, &staff, Status::UnprocessableEntity, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, FinanceAttempt { decree_id, ..attempt }),
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
