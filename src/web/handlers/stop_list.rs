//! Lists of confirmed deaths for other programmes.

use rocket::http::Status;
use rocket::{State, get, post};

use super::files::Download;
use super::spj::kind_of;
use super::{Answer, Reply};
use crate::exchange::table_file::Form;
use crate::web::forms::Submitted;
use crate::web::pages::StopListPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{StopListAttempt, stop_list_page};
use crate::workflow::stop_list::{fetch_list, make_list};

#[get("/daftar-henti?<program>&<mulai>&<sampai>&<pesan>")]
pub async fn desk(
    site: &State<Site>,
    staff: Staff,
    program: Option<String>,
    mulai: Option<String>,
    sampai: Option<String>,
    pesan: Option<String>,
) -> Answer<StopListPage> {
    let attempt = StopListAttempt {
        programme: program.unwrap_or_default(),
        from: mulai.unwrap_or_default(),
        until: sampai.unwrap_or_default(),
        message: pesan,
        ..StopListAttempt::default()
    };
    site.run(move |site| stop_list_page(site, &staff, &attempt)).await
}

#[post("/daftar-henti", data = "<sent>")]
pub async fn make(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<StopListPage>> {
    site.run(move |site| {
        let text = |key: &str| sent.text(key).trim().to_owned();
        let mut attempt =
            StopListAttempt { programme: text("program"), from: text("mulai"), until: text("sampai"), ..StopListAttempt::default() };
        let Some(days) = attempt.days(site) else {
            let page = stop_list_page(site, &staff, &attempt)?;
            return Ok(Reply::Again(Status::UnprocessableEntity, Box::new(page)));
        };
        match make_list(&site.desk, &staff.actor, &attempt.programme, days, &text("segel")) {
            Ok(_list) => Ok(Reply::Go("/daftar-henti?pesan=stop_list_made".to_owned())),
            Err(refusal) => {
                let sentence = refusal.to_string();
                let problem = Problem::from(refusal);
                if problem.status.code == 404 || problem.status.code >= 500 {
                    return Err(problem);
                }
                let page = stop_list_page(site, &staff, &StopListAttempt { refusal: Some(sentence), ..attempt })?;
                Ok(Reply::Again(problem.status, Box::new(page)))
            }
        }
    })
    .await
}

#[post("/daftar-henti/<id>", data = "<sent>")]
pub async fn fetch(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Download> {
    site.run(move |site| {
        let form = Form::parse(sent.text("bentuk")).ok_or_else(|| Problem::of_status(Status::BadRequest))?;
        let (bytes, name) = fetch_list(&site.desk, &staff.actor, &id, form)?;
        Ok::<_, Problem>(Download::attachment(bytes, kind_of(form), &name))
    })
    .await
}
