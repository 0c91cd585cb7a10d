//! The treasurer's evidence: reports, files to take along, scans.

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::payment::spj::Attached;
use crate::exchange::table_file::Form;
use crate::store::money::spj as evidence;
use crate::web::forms::Submitted;
use crate::web::pages::{SpjOrderPage, SpjPage, SpjPaymentPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{EVIDENCE_FIELD, media_type};
use crate::web::views::{AttachAttempt, SpjRequest, spj_order_page, spj_page, spj_payment_page};
use crate::workflow::Refusal;
use crate::workflow::money::{Attach, SpjScope, attach as attach_scan, spj_file};

/// The choice of the page as its address says it; what cannot be read counts as not chosen.
fn request(tahun: Option<&str>, bulan: Option<&str>, sk: Option<String>, only_missing: bool) -> SpjRequest {
    SpjRequest {
        year: tahun.and_then(|year| year.trim().parse().ok()).filter(|year| (2000..2200).contains(year)),
        month: bulan.and_then(|month| month.trim().parse().ok()).filter(|month| (1..=12).contains(month)),
        decree: sk.filter(|id| !id.trim().is_empty()),
        only_missing,
        page: 1,
    }
}

#[get("/keuangan/spj?<tahun>&<bulan>&<sk>&<kurang>")]
pub async fn desk(
    site: &State<Site>,
    staff: Staff,
    tahun: Option<String>,
    bulan: Option<String>,
    sk: Option<String>,
    kurang: Option<String>,
) -> Answer<SpjPage> {
    let request = request(tahun.as_deref(), bulan.as_deref(), sk, kurang.is_some());
    site.run(move |site| spj_page(site, &staff, &request)).await
}

#[get("/keuangan/spj/perintah/<id>?<kurang>&<halaman>")]
pub async fn order(site: &State<Site>, staff: Staff, id: String, kurang: Option<String>, halaman: Option<usize>) -> Answer<SpjOrderPage> {
    let request = SpjRequest { only_missing: kurang.is_some(), page: halaman.unwrap_or(1), ..SpjRequest::default() };
    site.run(move |site| spj_order_page(site, &staff, &id, &request)).await
}

#[get("/keuangan/spj/unduh?<tahun>&<bulan>&<sk>&<perintah>&<bentuk>")]
pub async fn file(
    site: &State<Site>,
    staff: Staff,
    tahun: Option<String>,
    bulan: Option<String>,
    sk: Option<String>,
    perintah: Option<String>,
    bentuk: Option<String>,
) -> Answer<Download> {
    let request = request(tahun.as_deref(), bulan.as_deref(), sk, false);
    site.run(move |site| {
        let form = bentuk.as_deref().and_then(Form::parse).ok_or_else(|| Problem::of_status(Status::BadRequest))?;
        let scope = perintah.map_or_else(|| request.scope(site), SpjScope::Order);
        let (bytes, name) = spj_file(&site.desk, &staff.actor, &scope, form)?;
        Ok::<_, Problem>(Download::attachment(bytes, kind_of(form), &name))
    })
    .await
}

/// The type of a table's file.
pub(super) fn kind_of(form: Form) -> ContentType {
    match form {
        Form::Csv => ContentType::CSV,
        Form::Xlsx => ContentType::new("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
}

#[get("/keuangan/spj/bayar/<id>?<pesan>")]
pub async fn payment(site: &State<Site>, staff: Staff, id: String, pesan: Option<String>) -> Answer<SpjPaymentPage> {
    let attempt = AttachAttempt { message: pesan, ..AttachAttempt::default() };
    site.run(move |site| spj_payment_page(site, &staff, &id, &attempt)).await
}

#[post("/keuangan/spj/bayar/<id>", data = "<sent>")]
pub async fn attach(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<SpjPaymentPage>> {
    site.run(move |site| {
        let text = |key: &str| sent.text(key).trim().to_owned();
        let mut attempt = AttachAttempt { kind: text("jenis"), note: text("keterangan"), ..AttachAttempt::default() };
        let kind = Attached::parse(&attempt.kind);
        if kind.is_none() {
            attempt.errors.push("jenis", "Pilih apa isi pindaian ini.");
        }
        let bytes = sent.files().iter().find(|file| file.key == EVIDENCE_FIELD).map(|file| file.bytes.as_slice()).unwrap_or_default();
        let media_type = media_type(bytes);
        if let Err(fault) = media_type {
            attempt.errors.push(EVIDENCE_FIELD, fault.sentence());
        }
        let (Some(kind), Ok(media_type)) = (kind, media_type) else {
            return again(site, &staff, &id, Status::UnprocessableEntity, attempt);
        };
        let wish = Attach { item_id: &id, kind, media_type, bytes, note: &attempt.note };
        match attach_scan(&site.desk, &staff.actor, &wish) {
            Ok(_paper) => Ok(Reply::Go(format!("/keuangan/spj/bayar/{id}?pesan=spj_attached"))),
            Err(refusal) => refused(site, &staff, &id, refusal, attempt),
        }
    })
    .await
}

#[get("/keuangan/spj/bukti/<id>")]
pub async fn scan(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let paper = site.desk.store.read(|conn| evidence::load(conn, &staff.actor.office, &id))?;
        let bytes = site.desk.files.read(&paper.sha256)?;
        let (kind, ending) = match paper.media_type.as_str() {
            "image/jpeg" => (ContentType::JPEG, "jpg"),
            "image/png" => (ContentType::PNG, "png"),
            _ => (ContentType::PDF, "pdf"),
        };
        Ok::<_, Problem>(Download::inline(bytes, kind, &format!("spj-{}.{ending}", paper.kind.code())))
    })
    .await
}

fn refused(site: &Site, staff: &Staff, id: &str, refusal: Refusal, attempt: AttachAttempt) -> Result<Reply<SpjPaymentPage>, Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    again(site, staff, id, problem.status, AttachAttempt { refusal: Some(sentence), ..attempt })
}

fn again(site: &Site, staff: &Staff, id: &str, status: Status, attempt: AttachAttempt) -> Result<Reply<SpjPaymentPage>, Problem> {
    Ok(Reply::Again(status, Box::new(spj_payment_page(site, staff, id, &attempt)?)))
}
