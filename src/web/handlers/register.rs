//! Bringing in register files: send, look, then apply or throw away.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::exchange::register_file::guess_columns;
use crate::exchange::table::TableFault;
use crate::store::releases;
use crate::web::forms::{Submitted, TypedFile};
use crate::web::pages::RegisterPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{REGISTER_FIELD, REGISTER_UPLOAD_BYTES_MAX};
use crate::web::views::{RegisterAttempt, register_page};
use crate::workflow::import::{Origin, import_register};
use crate::workflow::mappings::mappings;
use crate::workflow::{Refusal, preview};

/// Letters of a source's name.
const SOURCE_CHARS_MAX: usize = 40;
/// Column names shown of a file that was not understood.
const COLUMNS_SHOWN_MAX: usize = 100;

#[get("/data-warga?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<RegisterPage> {
    let attempt = RegisterAttempt { message: pesan, ..RegisterAttempt::default() };
    site.run(move |site| register_page(site, &staff, &attempt)).await
}

#[post("/data-warga", data = "<sent>")]
pub async fn look(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<RegisterPage>> {
    site.run(move |site| {
        let file = match chosen(&sent) {
            Ok(file) => file,
            Err(sentence) => return again(site, &staff, Status::UnprocessableEntity, RegisterAttempt::refused(sentence)),
        };
        match preview::put_aside(&site.desk, &staff.actor, &file.name, &file.bytes) {
            Ok(()) => Ok(Reply::Go("/data-warga".to_owned())),
            Err(Refusal::Table(fault)) => {
                let sentence = format!("Berkas belum dapat diterima: {fault}.");
                let new_columns = new_columns(site, &fault, &file.bytes)?;
                again(site, &staff, Status::UnprocessableEntity, RegisterAttempt { new_columns, ..RegisterAttempt::refused(sentence) })
            }
            Err(refusal) => Err(refusal.into()),
        }
    })
    .await
}

/// The column names of a file that has none we know.
fn new_columns(site: &Site, fault: &TableFault, bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    if !matches!(fault, TableFault::NoHeader | TableFault::NoColumn(_)) {
        return Ok(Vec::new());
    }
    // Whatever else is wrong with the file was said already.
    let columns = guess_columns(Cursor::new(bytes), &mappings(&site.desk)?).unwrap_or_default();
    Ok(columns.into_iter().map(|(name, _)| name).filter(|name| !name.is_empty()).take(COLUMNS_SHOWN_MAX).collect())
}

fn chosen(sent: &Submitted) -> Result<&TypedFile, &'static str> {
    let file = sent.files().iter().find(|file| file.key == REGISTER_FIELD).ok_or("Mohon pilih berkas data warga lebih dahulu.")?;
    if file.bytes.len() > REGISTER_UPLOAD_BYTES_MAX {
        return Err("Berkas lebih besar dari 32 MB. Mohon minta pengelola sistem memasukkannya lewat baris perintah.");
    }
    Ok(file)
}

#[get("/data-warga/laporan.csv")]
pub async fn rows(site: &State<Site>, staff: Staff) -> Answer<Download> {
    site.run(move |site| {
        let file = preview::waiting(&site.desk, &staff.actor)?.ok_or_else(Problem::not_found)?;
        let report = preview::rows_of(&site.desk, &file)?;
        Ok::<_, Problem>(Download::attachment(report, ContentType::CSV, "laporan-data-warga.csv"))
    })
    .await
}

#[post("/data-warga/terapkan", data = "<sent>")]
pub async fn apply(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<RegisterPage>> {
    site.run(move |site| {
        let attempt = RegisterAttempt {
            source: sent.text("sumber").split_whitespace().collect::<Vec<_>>().join(" "),
            date: sent.text("tanggal").trim().to_owned(),
            ..RegisterAttempt::default()
        };
        match applied(site, &staff, sent.text("sha256"), attempt) {
            Ok(()) => Ok(Reply::Go("/data-warga?pesan=register".to_owned())),
            Err(Failed::Again(attempt)) => again(site, &staff, Status::UnprocessableEntity, *attempt),
            Err(Failed::Problem(problem)) => Err(problem),
        }
    })
    .await
}

enum Failed {
    Again(Box<RegisterAttempt>),
    Problem(Problem),
}

impl<E: Into<Problem>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Problem(error.into())
    }
}

fn applied(site: &Site, staff: &Staff, sha256: &str, mut attempt: RegisterAttempt) -> Result<(), Failed> {
    let again = |attempt| Failed::Again(Box::new(attempt));
    let file = preview::waiting(&site.desk, &staff.actor)?.filter(|file| file.sha256 == sha256);
    let Some(file) = file else {
        attempt.refusal = Some("Berkas yang diperiksa sudah tidak ada atau sudah diganti. Mohon kirim dan periksa kembali.".to_owned());
        return Err(again(attempt));
    };
    if attempt.source.is_empty() || attempt.source.chars().count() > SOURCE_CHARS_MAX {
        attempt.errors.push("sumber", "Mohon isi nama sumber data, misalnya DTSEN (paling panjang 40 huruf).");
    }
    let released_on = parse_date(&attempt.date).map_err(|fault| format!("Tanggal rilis: {fault}."));
    let released_on = released_on.and_then(|day| if day > site.today() { Err("Tanggal rilis belum lewat.".to_owned()) } else { Ok(day) });
    if let Err(sentence) = &released_on {
        attempt.errors.push("tanggal", sentence.clone());
    }
    let Ok(released_on) = released_on else { return Err(again(attempt)) };
    if !attempt.errors.is_empty() {
        return Err(again(attempt));
    }
    let known = site.desk.store.read(|conn| releases::list(conn, &staff.actor.office))?;
    if known.iter().any(|release| release.sha256 == file.sha256 && release.source == attempt.source && release.released_on == released_on) {
        attempt.refusal = Some("Berkas ini sudah pernah diterapkan untuk tanggal rilis itu; data warga tidak diubah.".to_owned());
        return Err(again(attempt));
    }
    let mut register = preview::open(&site.desk, &file.bytes)?;
    let origin = Origin { source: &attempt.source, released_on, file_name: &file.name, file: &mut register };
    import_register(&site.desk, &staff.actor, origin, || {})?;
    preview::drop_waiting(&site.desk, &staff.actor)?;
    Ok(())
}

#[post("/data-warga/batal", data = "<_sent>")]
pub async fn cancel(site: &State<Site>, staff: Staff, _sent: Submitted) -> Answer<Reply<RegisterPage>> {
    site.run(move |site| {
        preview::drop_waiting(&site.desk, &staff.actor)?;
        Ok::<_, Problem>(Reply::Go("/data-warga?pesan=register_dropped".to_owned()))
    })
    .await
}

fn again(site: &Site, staff: &Staff, status: Status, attempt: RegisterAttempt) -> Result<Reply<RegisterPage>, Problem> {
    Ok(Reply::Again(status, Box::new(register_page(site, staff, &attempt)?)))
}
