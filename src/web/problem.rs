//! What went wrong, in one form for pages and programs.

use std::fmt::Display;

use askama::Template;
use rocket::http::{ContentType, Status};
use rocket::response::{Redirect, Responder};
use rocket::serde::json::serde_json;
use rocket::{Request, Response, catch};
use serde::Serialize;

use super::pages::ProblemPage;
use super::request::{RequestId, wants_json};
use super::site::Site;
use crate::exchange::claim_form::FieldErrors;
use crate::store::StoreError;
use crate::store::files::FileFault;
use crate::workflow::Refusal as ActRefusal;
use crate::workflow::accounts::AccountRefusal;

/// A problem: stable code for programs, kind sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: Status,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Fields that need another look.
    pub fields: FieldErrors,
}

/// The JSON form.
#[derive(Serialize)]
struct Body<'a> {
    status: u16,
    code: &'a str,
    message: &'a str,
    fields: &'a FieldErrors,
    request_id: &'a str,
}

impl Problem {
    /// A problem without fields.
    pub fn new(status: Status, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), fields: FieldErrors::default() }
    }

    /// Fields that need another look (422).
    pub fn fields(fields: FieldErrors) -> Self {
        let message = "Ada isian yang perlu diperiksa.".to_owned();
        Self { status: Status::UnprocessableEntity, code: "fields", message, fields }
    }

    /// Not there, or not in this person's region (404).
    pub fn not_found() -> Self {
        Self::of_status(Status::NotFound)
    }

    /// A fault of ours (500): the cause goes to the log, the person gets the number to quote.
    pub fn internal(cause: &dyn Display) -> Self {
        tracing::error!(%cause, "internal problem");
        Self::of_status(Status::InternalServerError)
    }

    /// The words for a bare status.
    pub fn of_status(status: Status) -> Self {
        let (code, message) = match status.code {
            400 => ("unreadable", "Isian yang dikirim tidak terbaca. Mohon kembali ke halaman sebelumnya dan kirim sekali lagi."),
            401 => ("login_required", "Bapak/Ibu belum masuk, atau sesi sudah berakhir. Mohon masuk kembali."),
            403 => (
                "forbidden",
                "Akun Bapak/Ibu tidak dapat membuka halaman ini. Bila memang bagian dari tugas, mohon hubungi pengelola sistem.",
            ),
            404 => ("not_found", "Halaman atau permohonan ini tidak ditemukan. Mohon periksa kembali alamat atau kodenya."),
            409 => ("conflict", "Data sudah diubah orang lain. Mohon buka kembali halamannya."),
            413 => ("too_large", "Kiriman terlalu besar. Mohon perkecil lampiran; paling besar 2 MB tiap berkas."),
            415 | 422 => ("unreadable", "Bentuk kiriman tidak dikenal. Mohon gunakan formulir pada halaman."),
            429 => ("too_many_tries", "Terlalu banyak percobaan. Mohon tunggu beberapa menit, lalu coba lagi."),
            503 => ("busy", "Sistem sedang sibuk. Isian Bapak/Ibu belum tercatat; mohon tunggu sebentar, lalu kirim sekali lagi."),
            _ => ("internal", "Terjadi gangguan pada sistem kami. Mohon coba beberapa saat lagi."),
        };
        Self::new(status, code, message)
    }

    fn title(&self) -> &'static str {
        match self.status.code {
            400 | 415 | 422 => "Isian belum dapat diterima",
            401 => "Mohon masuk dahulu",
            403 => "Tidak dapat dibuka dengan akun ini",
            404 => "Tidak ditemukan",
            409 => "Belum dapat dilakukan",
            413 => "Kiriman terlalu besar",
            429 => "Mohon tunggu sebentar",
            503 => "Sistem sedang sibuk",
            _ => "Terjadi gangguan",
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Stale | StoreError::Duplicate(_) => Self::of_status(Status::Conflict),
            StoreError::Busy | StoreError::Lost => Self::of_status(Status::ServiceUnavailable),
            StoreError::Uncommitted(_) => ActRefusal::from(error).into(),
            StoreError::Corrupt { .. } | StoreError::Short(_) | StoreError::Db(_) | StoreError::Unreachable(_) => {
                Self::internal(&chain(&error))
            }
        }
    }
}

impl From<ActRefusal> for Problem {
    fn from(refusal: ActRefusal) -> Self {
        use ActRefusal as R;
        let status = match &refusal {
            // Another village's claim does not exist for this account.
            R::NotFound | R::WrongVillage => return Self::not_found(),
            R::NotYourRole | R::SamePerson(_) | R::OwnFamily => Status::Forbidden,
            R::ReasonMissing
            | R::EvidenceMissing
            | R::Cash(_)
            | R::BankResult(_)
            | R::Correction(_)
            | R::Attach(_)
            | R::StopList(_)
            | R::Amend(_)
            | R::Annul(_)
            | R::Recovery(_)
            | R::AnswerWhen
            | R::SignedWhen
            | R::Paper(_)
            | R::Budget(_)
            | R::WrongPassword
            | R::NoPolicy(_)
            | R::Table(_) => Status::UnprocessableEntity,
            R::Resting => Status::TooManyRequests,
            R::Stale
            | R::NotAllowed(_)
            | R::DeceasedHasClaim
            | R::KeyReused
            | R::NoBudget(_)
            | R::YearClosed(_)
            | R::Suspended(_)
            | R::CeilingReached(_)
            | R::EarlierWaits(_)
            | R::NotLate
            | R::NothingToDecree
            | R::BatchTooSmall { .. }
            | R::PlanChanged
            | R::NotSigned
            | R::AlreadyOrdered
            | R::Order(_)
            | R::OrderOver(_)
            | R::PaperElsewhere
            | R::ItemNotAllowed(_)
            | R::ReportLine(_)
            | R::PaymentGoesOn
            | R::PayeeDead(_)
            | R::Letter(_)
            | R::BankFile(_) => Status::Conflict,
            R::Busy => Status::ServiceUnavailable,
            R::Uncertain(_) => {
                tracing::error!(cause = %chain(&refusal), "an act was not committed");
                Status::ServiceUnavailable
            }
            R::TotalsDiffer(_) | R::Books(_) | R::Settings(_) | R::Files(_) | R::LetterKeys(_) | R::TableFile(_) | R::Store(_) => {
                return Self::internal(&chain(&refusal));
            }
        };
        Self::new(status, refusal.code(), refusal.to_string())
    }
}

impl From<AccountRefusal> for Problem {
    fn from(refusal: AccountRefusal) -> Self {
        match refusal {
            AccountRefusal::LoginFailed => Self::new(Status::Unauthorized, "login_failed", refusal.to_string()),
            AccountRefusal::Resting => Self::new(Status::TooManyRequests, "resting", refusal.to_string()),
            AccountRefusal::Store(fault) => fault.into(),
            other => Self::internal(&chain(&other)),
        }
    }
}

/// An error with everything behind it, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(deeper) = source {
        text = format!("{text}: {deeper}");
        source = deeper.source();
    }
    text
}

impl From<FileFault> for Problem {
    fn from(fault: FileFault) -> Self {
        Self::internal(&fault)
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::internal(&error)
    }
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let RequestId(id) = RequestId::of(request);
        let (kind, body) =
            if wants_json(request) { (ContentType::JSON, self.json(&id)) } else { (ContentType::HTML, self.html(request, &id)) };
        Response::build().status(self.status).header(kind).sized_body(body.len(), std::io::Cursor::new(body)).ok()
    }
}

impl Problem {
    fn json(&self, request_id: &str) -> String {
        let body = Body { status: self.status.code, code: self.code, message: &self.message, fields: &self.fields, request_id };
        serde_json::to_string(&body).unwrap_or_default()
    }

    fn html(&self, request: &Request<'_>, request_id: &str) -> String {
        let Some(site) = request.rocket().state::<Site>() else { return self.message.clone() };
        let page = ProblemPage {
            shell: site.shell(self.title()),
            message: self.message.clone(),
            cures: self.fields.iter().map(|e| e.message.clone()).collect(),
            request_id: request_id.to_owned(),
        };
        page.render().unwrap_or_else(|_broken_template| self.message.clone())
    }
}

/// Why a guard refused, where the bare status does not say enough. Kept with the request for the catcher.
#[derive(Debug, Default)]
pub struct Refusal(pub Option<Problem>);

/// Every status without words of its own.
///
/// # Errors
/// Not an error but the other answer: somebody who is not logged in is led to the door.
#[catch(default)]
pub fn plain(status: Status, request: &Request<'_>) -> Result<Problem, Box<Redirect>> {
    if status == Status::Unauthorized && !wants_json(request) {
        let next = if request.method() == rocket::http::Method::Get { request.uri().path().as_str() } else { "" };
        return Err(Box::new(Redirect::to(super::session::door(next))));
    }
    let refusal = request.local_cache(Refusal::default);
    Ok(refusal.0.clone().unwrap_or_else(|| Problem::of_status(status)))
}
