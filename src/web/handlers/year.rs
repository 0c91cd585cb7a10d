//! The budget through the year: lines and revisions, the waiting list, the programme, the end of the year.

use chrono::{Datelike, NaiveDate};
use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::domain::budget::YearAct;
use crate::domain::calendar::parse_date;
use crate::domain::money::Rupiah;
use crate::domain::office::BudgetLine;
use crate::store::money::programme::Announced;
use crate::web::forms::Submitted;
use crate::web::pages::{Written, YearPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{YearAttempt, year_page};
use crate::workflow::Refusal;
use crate::workflow::money::{
    NewLine, Revise, Suspend, add_line, announce_revision, confirm_year_act, propose_year_act, release_waiting, resume_programme,
    revise_budget, set_soft_limit, suspend_programme, withdraw_year_act,
};

#[get("/anggaran?<tahun>&<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, tahun: Option<i32>, pesan: Option<String>) -> Answer<YearPage> {
    let attempt = YearAttempt { year: tahun, message: pesan, ..YearAttempt::default() };
    site.run(move |site| year_page(site, &staff, &attempt)).await
}

#[post("/anggaran/mata", data = "<sent>")]
pub async fn add(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = typed(&sent);
        let year = sent.text("tahun").trim().parse::<i32>().unwrap_or_default();
        let percent = sent.text("batas").trim().trim_end_matches('%').trim().parse::<u32>().unwrap_or_default();
        let (dated_on, ceiling) = (date(&mut attempt, "tanggal"), amount(&mut attempt, "pagu"));
        let (Some(dated_on), Some(ceiling)) = (dated_on, ceiling) else { return again(site, &staff, attempt) };
        let line = BudgetLine {
            year,
            source: sent.text("sumber").to_owned(),
            account_code: sent.text("rekening").to_owned(),
            name: sent.text("nama").to_owned(),
            document: sent.text("dokumen").to_owned(),
            ceiling,
            soft_limit_percent: percent,
        };
        match add_line(&site.desk, &staff.actor, &NewLine { line, dated_on }) {
            Ok(line) => Ok(Reply::Go(format!("/anggaran?tahun={}&pesan=budget_line", line.year))),
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/anggaran/mata/<id>/perubahan", data = "<sent>")]
pub async fn revise(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = typed(&sent);
        let key = |field: &str| format!("{field}_{id}");
        let (dated_on, ceiling) = (date(&mut attempt, &key("tanggal")), amount(&mut attempt, &key("pagu")));
        let (Some(dated_on), Some(ceiling)) = (dated_on, ceiling) else { return again(site, &staff, attempt) };
        let (document, reason) = (key("dokumen"), key("alasan"));
        let wanted = Revise { line_id: &id, document: sent.text(&document), dated_on, ceiling, reason: sent.text(&reason) };
        match revise_budget(&site.desk, &staff.actor, &wanted) {
            Ok(_position) => Ok(Reply::Go(format!("/anggaran?tahun={}&pesan=budget_revised", year_of(site, &sent)))),
            Err(refusal @ Refusal::ReasonMissing) => {
                attempt.errors.push(reason, refusal.to_string());
                again(site, &staff, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/anggaran/mata/<id>/batas", data = "<sent>")]
pub async fn limit(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = typed(&sent);
        let (limit, reason) = (format!("batas_{id}"), format!("alasan_batas_{id}"));
        let Ok(percent) = sent.text(&limit).trim().trim_end_matches('%').trim().parse::<u32>() else {
            attempt.errors.push(limit, "Tulis batasnya dengan angka, misalnya 90.");
            return again(site, &staff, attempt);
        };
        match set_soft_limit(&site.desk, &staff.actor, &id, percent, sent.text(&reason)) {
            Ok(_line) => Ok(Reply::Go(format!("/anggaran?tahun={}&pesan=budget_limit", year_of(site, &sent)))),
            Err(refusal @ Refusal::ReasonMissing) => {
                attempt.errors.push(reason, refusal.to_string());
                again(site, &staff, attempt)
            }
            Err(refusal @ Refusal::Budget(_)) => {
                attempt.errors.push(limit, refusal.to_string());
                again(site, &staff, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/anggaran/perkiraan", data = "<sent>")]
pub async fn announce(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = typed(&sent);
        let year = year_of(site, &sent);
        let announced = if sent.text("langkah") == "hapus" {
            None
        } else {
            let on = date(&mut attempt, "perkiraan");
            let added = if sent.text("tambahan").trim().is_empty() { None } else { amount(&mut attempt, "tambahan") };
            let Some(on) = on.filter(|_| attempt.errors.is_empty()) else { return again(site, &staff, attempt) };
            Some(Announced { on, added })
        };
        match announce_revision(&site.desk, &staff.actor, year, announced) {
            Ok(()) => Ok(Reply::Go(format!("/anggaran?tahun={year}&pesan=budget_announced"))),
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/anggaran/daftar-tunggu", data = "<_sent>")]
pub async fn release(site: &State<Site>, staff: Staff, _sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| match release_waiting(&site.desk, &staff.actor) {
        Ok(outcome) => {
            let mut told =
                vec![format!("{} permohonan disetujui dari daftar tunggu; {} masih menunggu.", outcome.released.len(), outcome.waiting)];
            told.extend(outcome.released.iter().map(|code| format!("{code}: disetujui.")));
            told.extend(outcome.stopped.map(|stopped| format!("{}: {}", stopped.code, stopped.why)));
            let page = year_page(site, &staff, &YearAttempt { told, ..YearAttempt::default() })?;
            Ok(Reply::Again(Status::Ok, Box::new(page)))
        }
        Err(refusal) => refused(site, &staff, refusal, YearAttempt::default()),
    })
    .await
}

#[post("/anggaran/program", data = "<sent>")]
pub async fn programme(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = typed(&sent);
        let resumes = sent.text("langkah") == "buka";
        let key = if resumes { "alasan_buka" } else { "alasan_henti" };
        let done = if resumes {
            resume_programme(&site.desk, &staff.actor, sent.text(key))
        } else {
            let from = date(&mut attempt, "mulai");
            let until = if sent.text("sampai").trim().is_empty() { None } else { date(&mut attempt, "sampai") };
            let Some(from) = from.filter(|_| attempt.errors.is_empty()) else { return again(site, &staff, attempt) };
            let wanted = Suspend { from, until, notice: sent.text("pengumuman"), reason: sent.text(key) };
            suspend_programme(&site.desk, &staff.actor, &wanted).map(drop)
        };
        match done {
            Ok(()) if resumes => Ok(Reply::Go("/anggaran?pesan=programme_resumed".to_owned())),
            Ok(()) => Ok(Reply::Go("/anggaran?pesan=programme_suspended".to_owned())),
            Err(refusal @ Refusal::ReasonMissing) => {
                attempt.errors.push(key, refusal.to_string());
                again(site, &staff, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

#[post("/anggaran/tahun/<year>", data = "<sent>")]
pub async fn end(site: &State<Site>, staff: Staff, year: i32, sent: Submitted) -> Answer<Reply<YearPage>> {
    site.run(move |site| {
        let mut attempt = YearAttempt { year: Some(year), ..typed(&sent) };
        let (id, reason) = (sent.text("id"), sent.text("alasan_tahun"));
        let step = sent.text("langkah");
        let (done, code) = match step {
            "sahkan" => (confirm_year_act(&site.desk, &staff.actor, id, sent.text("segel")).map(drop), "year_done"),
            "tarik" => (withdraw_year_act(&site.desk, &staff.actor, id), "year_withdrawn"),
            _ => {
                let Some(act) = YearAct::parse(step) else { return Err(Problem::of_status(Status::BadRequest)) };
                (propose_year_act(&site.desk, &staff.actor, year, act, reason).map(drop), "year_asked")
            }
        };
        match done {
            Ok(()) => Ok(Reply::Go(format!("/anggaran?tahun={year}&pesan={code}"))),
            Err(refusal @ Refusal::ReasonMissing) => {
                attempt.errors.push("alasan_tahun", refusal.to_string());
                again(site, &staff, attempt)
            }
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

/// Everything as it was typed, to be shown again.
fn typed(sent: &Submitted) -> YearAttempt {
    let year = sent.text("halaman").parse().ok();
    YearAttempt { year, typed: Written(sent.texts().to_vec()), ..YearAttempt::default() }
}

/// The year of the page a form was sent from.
fn year_of(site: &Site, sent: &Submitted) -> i32 {
    sent.text("halaman").parse().unwrap_or_else(|_none| site.today().year())
}

fn date(attempt: &mut YearAttempt, key: &str) -> Option<NaiveDate> {
    match parse_date(attempt.typed.of(key).trim()) {
        Ok(on) => Some(on),
        Err(fault) => {
            attempt.errors.push(key, format!("Tanggal: {fault}."));
            None
        }
    }
}

fn amount(attempt: &mut YearAttempt, key: &str) -> Option<Rupiah> {
    match Rupiah::parse(attempt.typed.of(key).trim()) {
        Ok(amount) => Some(amount),
        Err(fault) => {
            attempt.errors.push(key, format!("Jumlah: {fault}."));
            None
        }
    }
}

fn refused(site: &Site, staff: &Staff, refusal: Refusal, attempt: YearAttempt) -> Result<Reply<YearPage>, Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    let page = year_page(site, staff, &YearAttempt { refusal: Some(sentence), ..attempt })?;
    Ok(Reply::Again(problem.status, Box::new(page)))
}

fn again(site: &Site, staff: &Staff, attempt: YearAttempt) -> Result<Reply<YearPage>, Problem> {
    Ok(Reply::Again(Status::UnprocessableEntity, Box::new(year_page(site, staff, &attempt)?)))
}
