//! The cash book of a day, and money back to the treasury.

use chrono::NaiveDate;
use rocket::http::Status;
use rocket::{State, get, post};

use super::cash::{again, refused};
use super::{Answer, Reply};
use crate::domain::calendar::{parse_date, short_date};
use crate::domain::money::Rupiah;
use crate::domain::payment::{Comparison, Counted, DepositSlip};
use crate::web::forms::Submitted;
use crate::web::pages::{CashBookPage, DepositsPage};
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::views::{CashAttempt, cash_book_page, deposits_page};
use crate::workflow::Refusal;
use crate::workflow::money::cash::{count_cash, deposit, explain_difference, pay_deposited, redraw};

/// The day as the address or the form names it; today where it names none.
fn day_of(site: &Site, text: &str) -> NaiveDate {
    parse_date(text).unwrap_or_else(|_none_named| site.today())
}

#[get("/keuangan/loket/kas?<hari>&<pesan>")]
pub async fn book(site: &State<Site>, staff: Staff, hari: Option<String>, pesan: Option<String>) -> Answer<CashBookPage> {
    let attempt = CashAttempt { message: pesan, ..CashAttempt::default() };
    site.run(move |site| cash_book_page(site, &staff, day_of(site, hari.as_deref().unwrap_or_default()), &attempt)).await
}

#[post("/keuangan/loket/kas", data = "<sent>")]
pub async fn count(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<CashBookPage>> {
    site.run(move |site| {
        let day = day_of(site, sent.text("hari"));
        let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
        let show = |attempt: &CashAttempt| cash_book_page(site, &staff, day, attempt);
        let Some(counted) = read_count(&mut attempt) else { return again(Status::UnprocessableEntity, &attempt, show) };
        match count_cash(&site.desk, &staff.actor, day, counted) {
            Ok(done) if done.comparison == Comparison::Equal => Ok(Reply::Go(address(day, "cash_counted"))),
            Ok(done) => {
                attempt.refusal = Some(format!(
                    "Uang yang dihitung {}. Buku belum ditutup: hitung kembali, atau mintalah orang kedua menjelaskan selisihnya di halaman ini.",
                    done.comparison
                ));
                again(Status::Conflict, &attempt, show)
            }
            Err(refusal) => refused(refusal, attempt, show),
        }
    })
    .await
}

fn address(day: NaiveDate, message: &str) -> String {
    format!("/keuangan/loket/kas?hari={}&pesan={message}", short_date(day))
}

/// Both amounts as typed, or every fault of them. An empty account is typed as nothing.
fn read_count(attempt: &mut CashAttempt) -> Option<Counted> {
    let (typed, errors) = (&attempt.typed, &mut attempt.errors);
    let mut amount = |key: &str, text: &str| match Rupiah::parse(text) {
        Ok(amount) => Some(amount),
        Err(fault) => {
            errors.push(key, format!("Jumlah uang: {fault}."));
            None
        }
    };
    let in_bank = typed.text("rekening").trim();
    let (cash, in_bank) = (amount("tunai", typed.text("tunai")), amount("rekening", if in_bank.is_empty() { "0" } else { in_bank }));
    Some(Counted { cash: cash?, in_bank: in_bank? })
}

#[post("/keuangan/loket/kas/selisih", data = "<sent>")]
pub async fn explain(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<CashBookPage>> {
    site.run(move |site| {
        let day = day_of(site, sent.text("hari"));
        match explain_difference(&site.desk, &staff.actor, day, sent.text("penjelasan")) {
            Ok(_difference) => Ok(Reply::Go(address(day, "cash_explained"))),
            Err(refusal) => {
                let attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
                refused(refusal, attempt, |attempt| cash_book_page(site, &staff, day, attempt))
            }
        }
    })
    .await
}

#[get("/keuangan/loket/setor?<pesan>")]
pub async fn deposits(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<DepositsPage> {
    let attempt = CashAttempt { message: pesan, ..CashAttempt::default() };
    site.run(move |site| deposits_page(site, &staff, &attempt)).await
}

#[post("/keuangan/loket/setor", data = "<sent>")]
pub async fn record(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<DepositsPage>> {
    site.run(move |site| {
        let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
        let show = |attempt: &CashAttempt| deposits_page(site, &staff, attempt);
        let Some(slip) = read_slip(&mut attempt) else { return again(Status::UnprocessableEntity, &attempt, show) };
        match deposit(&site.desk, &staff.actor, &slip, &attempt.typed.all("pembayaran")) {
            Ok(_deposit) => Ok(Reply::Go("/keuangan/loket/setor?pesan=cash_deposited".to_owned())),
            Err(refusal) => refused(refusal, attempt, show),
        }
    })
    .await
}

/// The slip as typed, or every fault of it.
fn read_slip(attempt: &mut CashAttempt) -> Option<DepositSlip> {
    let (typed, errors) = (&attempt.typed, &mut attempt.errors);
    let dated_on = parse_date(typed.text("tanggal"));
    if let Err(fault) = &dated_on {
        errors.push("tanggal", format!("Tanggal: {fault}."));
    }
    let value = Rupiah::parse(typed.text("nilai"));
    if let Err(fault) = &value {
        errors.push("nilai", format!("Nilai: {fault}."));
    }
    Some(DepositSlip { number: typed.text("nomor").trim().to_owned(), dated_on: dated_on.ok()?, value: value.ok()? })
}

#[post("/keuangan/loket/setor/bayar", data = "<sent>")]
pub async fn pay_late(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<DepositsPage>> {
    site.run(move |site| {
        let (ids, reason) = (sent.all("terlambat"), sent.text("alasan_terlambat").trim().to_owned());
        match pay_deposited(&site.desk, &staff.actor, &ids, &reason) {
            Ok(made) => Ok(Reply::Go(format!("/keuangan/perintah/{}?pesan=order", made.order.id))),
            Err(refusal) => {
                let attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
                refused(refusal, attempt, |attempt| deposits_page(site, &staff, attempt))
            }
        }
    })
    .await
}

#[post("/keuangan/loket/setor/tarik", data = "<sent>")]
pub async fn draw(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<DepositsPage>> {
    site.run(move |site| {
        let id = sent.text("pembayaran").to_owned();
        let key = format!("alasan_{id}");
        let seen = sent.text("versi").parse().unwrap_or_default();
        match redraw(&site.desk, &staff.actor, &id, seen, sent.text(&key)) {
            Ok(()) => Ok(Reply::Go("/keuangan/loket/setor?pesan=cash_redrawn".to_owned())),
            Err(refusal) => {
                let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
                let show = |attempt: &CashAttempt| deposits_page(site, &staff, attempt);
                if matches!(refusal, Refusal::ReasonMissing) {
                    attempt.errors.push(key, refusal.to_string());
                    return again(Status::UnprocessableEntity, &attempt, show);
                }
                refused(refusal, attempt, show)
            }
        }
    })
    .await
}
