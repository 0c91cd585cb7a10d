//! The counter: collection days, handing over, and what nobody collected.

use chrono::NaiveTime;
use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::renewal::read_heir;
use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::domain::payment::{CashRefused, DayPlan, IdentityCheck, IdentityPaper, ReceiptMark, Receiver};
use crate::domain::region::RegionCode;
use crate::store::money::collection;
use crate::web::forms::Submitted;
use crate::web::pages::{CashDayPage, CashDeskPage, CashNoticePage, HandOverPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{EVIDENCE_FIELD, media_type};
use crate::web::views::{CashAttempt, cash_day_page, cash_desk_page, cash_notice_page, hand_over_page};
use crate::workflow::Refusal;
use crate::workflow::money::cash::{
    HandingOver, NextHeir, Photo, close_day, hand_over, name_next_heir, open_day, return_unclaimed, undo_hand_over,
};

/// Fields of the next heir: name, NIK, relation, address.
const NEXT_HEIR: [&str; 4] = ["pengganti_nama", "pengganti_nik", "pengganti_hubungan", "pengganti_alamat"];

#[get("/keuangan/loket?<cari>&<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, cari: Option<String>, pesan: Option<String>) -> Answer<CashDeskPage> {
    let attempt = CashAttempt { message: pesan, ..CashAttempt::default() };
    site.run(move |site| cash_desk_page(site, &staff, cari.as_deref().unwrap_or_default(), &attempt)).await
}

#[post("/keuangan/loket/hari", data = "<sent>")]
pub async fn plan_day(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<CashDeskPage>> {
    site.run(move |site| {
        let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
        let show = |attempt: &CashAttempt| cash_desk_page(site, &staff, "", attempt);
        let Some(plan) = read_plan(&mut attempt) else { return again(Status::UnprocessableEntity, &attempt, show) };
        match open_day(&site.desk, &staff.actor, &plan) {
            Ok(day) => Ok(Reply::Go(format!("/keuangan/loket/hari/{}?pesan=cash_day", day.id))),
            Err(refusal) => refused(refusal, attempt, show),
        }
    })
    .await
}

/// The plan as typed, or every fault of it.
fn read_plan(attempt: &mut CashAttempt) -> Option<DayPlan> {
    let (typed, errors) = (&attempt.typed, &mut attempt.errors);
    let area = RegionCode::parse(typed.text("wilayah")).ok();
    if area.is_none() {
        errors.push("wilayah", "Pilih desa atau kecamatan yang diundang.");
    }
    let held_on = parse_date(typed.text("tanggal"));
    if let Err(fault) = &held_on {
        errors.push("tanggal", format!("Tanggal: {fault}."));
    }
    let mut time = |key: &str, label: &str| {
        let read = NaiveTime::parse_from_str(&typed.text(key).trim().replace('.', ":"), "%H:%M").ok();
        if read.is_none() {
            errors.push(key, format!("{label}: tulis seperti 08.00."));
        }
        read
    };
    let (opens, closes) = (time("jam_buka", "Jam buka"), time("jam_tutup", "Jam tutup"));
    let capacity = typed.text("kapasitas").trim().parse::<u32>().ok();
    if capacity.is_none() {
        errors.push("kapasitas", CashRefused::Capacity.to_string());
    }
    let place = typed.text("tempat").trim().to_owned();
    Some(DayPlan { area: area?, held_on: held_on.ok()?, opens: opens?, closes: closes?, place, capacity: capacity? })
}

#[get("/keuangan/loket/hari/<id>?<cari>&<pesan>")]
pub async fn day(site: &State<Site>, staff: Staff, id: String, cari: Option<String>, pesan: Option<String>) -> Answer<CashDayPage> {
    let attempt = CashAttempt { message: pesan, ..CashAttempt::default() };
    site.run(move |site| cash_day_page(site, &staff, &id, cari.as_deref().unwrap_or_default(), &attempt)).await
}

#[get("/keuangan/loket/hari/<id>/undangan")]
pub async fn notice(site: &State<Site>, staff: Staff, id: String) -> Answer<CashNoticePage> {
    site.run(move |site| cash_notice_page(site, &staff, &id)).await
}

#[post("/keuangan/loket/hari/<id>/tutup", data = "<_sent>")]
pub async fn end_day(site: &State<Site>, staff: Staff, id: String, _sent: Submitted) -> Answer<Reply<CashDayPage>> {
    site.run(move |site| match close_day(&site.desk, &staff.actor, &id) {
        Ok(_missed) => Ok(Reply::Go(format!("/keuangan/loket/hari/{id}?pesan=cash_day_closed"))),
        Err(refusal) => refused(refusal, CashAttempt::default(), |attempt| cash_day_page(site, &staff, &id, "", attempt)),
    })
    .await
}

#[get("/keuangan/loket/serah/<id>?<pesan>")]
pub async fn payment(site: &State<Site>, staff: Staff, id: String, pesan: Option<String>) -> Answer<HandOverPage> {
    let attempt = CashAttempt { message: pesan, ..CashAttempt::default() };
    site.run(move |site| hand_over_page(site, &staff, &id, &attempt)).await
}

#[post("/keuangan/loket/serah/<id>", data = "<sent>")]
pub async fn give(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<HandOverPage>> {
    site.run(move |site| {
        let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
        let show = |attempt: &CashAttempt| hand_over_page(site, &staff, &id, attempt);
        let Some(handing) = read_handing(&id, &mut attempt) else { return again(Status::UnprocessableEntity, &attempt, show) };
        match hand_over(&site.desk, &staff.actor, &handing) {
            Ok(_given) => Ok(Reply::Go(format!("/keuangan/loket/serah/{id}?pesan=cash_given"))),
            Err(refusal) => refused(refusal, attempt, show),
        }
    })
    .await
}

/// What the person at the counter filled in, or every fault of it.
fn read_handing<'a>(id: &'a str, attempt: &mut CashAttempt) -> Option<HandingOver<'a>> {
    let (typed, errors) = (&attempt.typed, &mut attempt.errors);
    let receiver = Receiver::parse(typed.text("penerima"));
    if receiver.is_none() {
        errors.push("penerima", "Pilih siapa yang datang.");
    }
    let paper = IdentityPaper::parse(typed.text("dokumen"));
    if paper.is_none() {
        errors.push("dokumen", "Pilih dokumen yang dilihat.");
    }
    let mark = ReceiptMark::parse(typed.text("tanda"));
    if mark.is_none() {
        errors.push("tanda", "Pilih tanda tangan atau cap jempol pada kuitansi.");
    }
    let file = typed.files().iter().find(|file| file.key == "foto");
    let photo = match file.map(|file| media_type(&file.bytes)) {
        None => None,
        Some(Ok(media_type @ ("image/jpeg" | "image/png"))) => file.map(|file| Photo { media_type, bytes: file.bytes.clone() }),
        Some(Ok(_other)) => {
            errors.push("foto", "Foto harus berupa JPG atau PNG.");
            None
        }
        Some(Err(fault)) => {
            errors.push("foto", fault.sentence());
            None
        }
    };
    if !errors.is_empty() {
        return None;
    }
    let (last_digits, proxy_letter) = (typed.text("angka_nik").trim().to_owned(), typed.text("surat_kuasa").trim().to_owned());
    let check = IdentityCheck { receiver: receiver?, paper: paper?, last_digits, proxy_letter };
    Some(HandingOver { item_id: id, expected_version: typed.text("versi").parse().unwrap_or_default(), check, mark: mark?, photo })
}

#[post("/keuangan/loket/serah/<id>/pengganti", data = "<sent>")]
pub async fn next_heir(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<HandOverPage>> {
    site.run(move |site| {
        let mut attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
        let show = |attempt: &CashAttempt| hand_over_page(site, &staff, &id, attempt);
        let (typed, errors) = (attempt.typed.clone(), &mut attempt.errors);
        let heir = read_heir(&typed, NEXT_HEIR.map(str::to_owned), errors);
        let file = typed.files().iter().find(|file| file.key == EVIDENCE_FIELD);
        let evidence = match file.map(|file| (media_type(&file.bytes), file.bytes.as_slice())) {
            None => None,
            Some((Ok(media_type), bytes)) => Some((media_type, bytes)),
            Some((Err(fault), _)) => {
                errors.push(EVIDENCE_FIELD, fault.sentence());
                None
            }
        };
        if !errors.is_empty() {
            return again(Status::UnprocessableEntity, &attempt, show);
        }
        let seen = typed.text("versi").parse().unwrap_or_default();
        let next = NextHeir { item_id: &id, expected_version: seen, heir, reason: typed.text("dasar"), evidence };
        match name_next_heir(&site.desk, &staff.actor, &next) {
            Ok(_proposed) => Ok(Reply::Go(format!("/keuangan/loket/serah/{id}?pesan=cash_next_heir"))),
            Err(refusal) => refused(refusal, attempt, show),
        }
    })
    .await
}

#[post("/keuangan/loket/serah/<id>/batal", data = "<sent>")]
pub async fn undo(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<HandOverPage>> {
    site.run(move |site| {
        let seen = sent.text("versi").parse().unwrap_or_default();
        match undo_hand_over(&site.desk, &staff.actor, &id, seen, sent.text("alasan")) {
            Ok(()) => Ok(Reply::Go(format!("/keuangan/loket/serah/{id}?pesan=cash_undone"))),
            Err(refusal) => {
                let attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
                refused(refusal, attempt, |attempt| hand_over_page(site, &staff, &id, attempt))
            }
        }
    })
    .await
}

#[get("/keuangan/loket/serah/<id>/foto")]
pub async fn photo(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let given = site.desk.store.read(|conn| collection::handed_over(conn, &staff.actor.office, &id))?;
        let (sha256, kind) = given.and_then(|given| given.photo).ok_or_else(Problem::not_found)?;
        let kind = if kind == "image/png" { ContentType::PNG } else { ContentType::JPEG };
        Ok::<_, Problem>(Download::inline(site.desk.files.read(&sha256)?, kind, "penyerahan"))
    })
    .await
}

#[post("/keuangan/loket/tidak-diambil", data = "<sent>")]
pub async fn unclaimed(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<CashDeskPage>> {
    site.run(move |site| match return_unclaimed(&site.desk, &staff.actor, &sent.all("pembayaran")) {
        Ok(_count) => Ok(Reply::Go("/keuangan/loket/setor?pesan=cash_unclaimed".to_owned())),
        Err(refusal) => {
            let attempt = CashAttempt { typed: sent.0, ..CashAttempt::default() };
            refused(refusal, attempt, |attempt| cash_desk_page(site, &staff, "", attempt))
        }
    })
    .await
}

/// The page again: the sentence at its field where there is one, else on top.
pub(super) fn refused<P>(
    refusal: Refusal,
    mut attempt: CashAttempt,
    show: impl FnOnce(&CashAttempt) -> Result<P, Problem>,
) -> Result<Reply<P>, Problem> {
    let sentence = match &refusal {
        Refusal::PayeeDead(codes) => format!(
            "Penerima pada permohonan {} tercatat sudah meninggal. Uang tidak diserahkan. Hubungi keluarga dan Kepala Dinas; santunan diteruskan kepada ahli waris berikutnya.",
            codes.join(", ")
        ),
        other => other.to_string(),
    };
    let key = field_of(&refusal);
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    match key {
        Some(key) => attempt.errors.push(key, sentence),
        None => attempt.refusal = Some(sentence),
    }
    again(problem.status, &attempt, show)
}

pub(super) fn again<P>(
    status: Status,
    attempt: &CashAttempt,
    show: impl FnOnce(&CashAttempt) -> Result<P, Problem>,
) -> Result<Reply<P>, Problem> {
    Ok(Reply::Again(status, Box::new(show(attempt)?)))
}

/// The field a refusal is about.
fn field_of(refusal: &Refusal) -> Option<&'static str> {
    use CashRefused as C;
    match refusal {
        Refusal::ReasonMissing => Some("alasan"),
        Refusal::Cash(C::DayWhen | C::SlipDate) => Some("tanggal"),
        Refusal::Cash(C::Window) => Some("jam_tutup"),
        Refusal::Cash(C::Place) => Some("tempat"),
        Refusal::Cash(C::Capacity) => Some("kapasitas"),
        Refusal::Cash(C::NobodyWaits) => Some("wilayah"),
        Refusal::Cash(C::NotNamed) => Some("penerima"),
        Refusal::Cash(C::DigitsDiffer | C::NoNumber) => Some("angka_nik"),
        Refusal::Cash(C::ProxyLetter) => Some("surat_kuasa"),
        Refusal::Cash(C::SlipNumber | C::SlipTwice) => Some("nomor"),
        Refusal::Cash(C::SlipValue { .. }) => Some("nilai"),
        Refusal::Cash(C::Unexplained) => Some("penjelasan"),
        _ => None,
    }
}
