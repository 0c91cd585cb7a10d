//! Whether a letter is the office's and still counts: by its code, or by its file.

use rocket::http::{ContentType, Status};
use rocket::response::Redirect;
use rocket::serde::json::serde_json::{Value, json};
use rocket::{Either, State, get, post};

use super::Answer;
use crate::domain::letter::{CodeFault, LetterCode};
use crate::exchange::claim_form::FieldErrors;
use crate::seal::{pdf, token};
use crate::web::forms::Submitted;
use crate::web::pages::{LetterCheckPage, LetterView};
use crate::web::problem::Problem;
use crate::web::request::{Address, AsJson};
use crate::web::site::Site;
use crate::web::throttle::UNKNOWN_LETTERS_PER_ADDRESS;
use crate::web::upload::LETTER_FIELD;
use crate::web::views::{letter_json, letter_view};
use crate::workflow::{Known, Refusal, letter_by_code};

/// Letters typed or scanned come as a page, or as JSON to programs that ask for it.
type Shown = Either<(Status, LetterCheckPage), (Status, (ContentType, String))>;

const UNKNOWN: &str =
    "Kode ini tidak ada dalam daftar surat kantor kami. Bila kode sudah benar, surat itu BUKAN dari kami: mohon laporkan.";

#[get("/verifikasi?<kode>")]
pub fn form(site: &State<Site>, kode: Option<&str>) -> Either<LetterCheckPage, Redirect> {
    match kode.map(LetterCode::parse) {
        None => Either::Left(page(site, "", "", FieldErrors::default(), None)),
        Some(Ok(code)) => Either::Right(Redirect::to(format!("/verifikasi/{code}"))),
        Some(Err(fault)) => {
            let typed: String = kode.unwrap_or_default().chars().take(40).collect();
            Either::Left(page(site, &typed, "", FieldErrors::one("kode", &fault.to_string()), None))
        }
    }
}

#[get("/verifikasi/<code>")]
pub async fn by_code(site: &State<Site>, code: &str, json: AsJson, address: Address) -> Answer<Shown> {
    let (now, key) = (site.desk.clock.now(), format!("letter:{}", address.0));
    if !site.throttle.is_open(&key, UNKNOWN_LETTERS_PER_ADDRESS, now) {
        return Err(Problem::of_status(Status::TooManyRequests));
    }
    let typed: String = code.chars().take(40).collect();
    let read = LetterCode::parse(code);
    let known = match read {
        Ok(code) => site.run(move |site| letter_by_code(&site.desk, code)).await?,
        Err(_) => None,
    };
    if known.is_none() {
        site.throttle.count(&key, UNKNOWN_LETTERS_PER_ADDRESS, now);
    }
    Ok(shown(site, &typed, read, known.as_ref(), json.0))
}

fn shown(site: &Site, typed: &str, read: Result<LetterCode, CodeFault>, known: Option<&Known>, json: bool) -> Shown {
    let status = match (read, known) {
        (Err(_), _) => Status::UnprocessableEntity,
        (Ok(_), None) => Status::NotFound,
        (Ok(_), Some(_)) => Status::Ok,
    };
    let reason = read.err().map_or_else(|| UNKNOWN.to_owned(), |fault| fault.to_string());
    if json {
        let body: Value = known.map_or_else(|| json!({ "error": reason }), letter_json);
        return Either::Right((status, (ContentType::JSON, body.to_string())));
    }
    let view = known.map(|known| letter_view(known, false));
    let errors = read.err().map(|fault| FieldErrors::one("kode", &fault.to_string())).unwrap_or_default();
    let refusal = if status == Status::NotFound { UNKNOWN } else { "" };
    Either::Left((status, page(site, typed, refusal, errors, view)))
}

#[post("/verifikasi", data = "<sent>")]
pub async fn by_file(site: &State<Site>, sent: Submitted, address: Address) -> Answer<(Status, LetterCheckPage)> {
    let (now, key) = (site.desk.clock.now(), format!("letter:{}", address.0));
    if !site.throttle.is_open(&key, UNKNOWN_LETTERS_PER_ADDRESS, now) {
        return Err(Problem::of_status(Status::TooManyRequests));
    }
    let read = site.run(move |site| read_file(site, &sent)).await?;
    Ok(match read {
        Ok(known) => (Status::Ok, page(site, "", "", FieldErrors::default(), Some(letter_view(&known, true)))),
        Err(refusal) => {
            site.throttle.count(&key, UNKNOWN_LETTERS_PER_ADDRESS, now);
            (Status::UnprocessableEntity, page(site, "", &refusal, FieldErrors::default(), None))
        }
    })
}

/// The letter whose file was sent, or why it is none of ours.
fn read_file(site: &Site, sent: &Submitted) -> Result<Result<Known, String>, Refusal> {
    let Some(file) = sent.files().iter().find(|file| file.key == LETTER_FIELD && !file.bytes.is_empty()) else {
        return Ok(Err("Mohon pilih berkas PDF surat lebih dahulu.".to_owned()));
    };
    let keys = site.desk.letter_keys.public()?;
    let code = pdf::verify(&file.bytes, &keys).map_err(|fault| fault.to_string()).and_then(|_key| {
        let text = pdf::token_in(&file.bytes).ok_or("Berkas ini memuat beberapa surat. Mohon ketik kode tiap suratnya.")?;
        let (token, _key) = token::verify(&text, &keys).map_err(|fault| fault.to_string())?;
        Ok(token.code)
    });
    match code {
        Ok(code) => Ok(letter_by_code(&site.desk, code)?.ok_or_else(|| UNKNOWN.to_owned())),
        Err(reason) => Ok(Err(reason)),
    }
}

#[get("/.well-known/santunan-kunci.json")]
pub async fn keys(site: &State<Site>) -> Answer<(ContentType, String)> {
    let text = site.run(|site| Ok::<_, Refusal>(site.desk.letter_keys.public()?.to_json())).await?;
    Ok((ContentType::JSON, text))
}

fn page(site: &Site, code: &str, refusal: &str, errors: FieldErrors, found: Option<LetterView>) -> LetterCheckPage {
    LetterCheckPage { shell: site.shell("Periksa keaslian surat"), errors, code: code.to_owned(), refusal: refusal.to_owned(), found }
}
