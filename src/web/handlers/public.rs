//! Pages for everybody, and what machines ask.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, State, get, post};

use super::Answer;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::{self, Claim};
use crate::store::{StoreError, events, packs};
use crate::web::forms::Submitted;
use crate::web::pages::{LandingPage, PublicClaim, RequirementsPage, StatusPage};
use crate::web::problem::Problem;
use crate::web::request::Address;
use crate::web::site::Site;
use crate::web::style::{CSS, CSS_NAME, ICON};
use crate::web::throttle::STATUS_PER_ADDRESS;
use crate::web::views::{public_claim, requirements, small};

#[get("/")]
pub async fn landing(site: &State<Site>) -> Answer<LandingPage> {
    site.run(|site| {
        let page = requirements(site)?;
        Ok::<_, Problem>(LandingPage {
            shell: site.shell("Beranda"),
            notice: page.notice,
            amount: page.amount,
            deadline: page.deadline,
            documents: page.papers,
            cases: page.cases.iter().map(|case| small(&case.title)).collect(),
            relations: page.relations,
        })
    })
    .await
}

#[get("/syarat")]
pub async fn rules(site: &State<Site>) -> Answer<RequirementsPage> {
    site.run(|site| Ok::<_, Problem>(requirements(site)?)).await
}

#[get("/status?<kode>")]
pub fn status_form(site: &State<Site>, kode: Option<&str>) -> StatusPage {
    page(site, FieldErrors::default(), kode.unwrap_or_default().chars().take(40).collect(), None)
}

#[post("/status", data = "<sent>")]
pub async fn status(site: &State<Site>, sent: Submitted, address: Address) -> Answer<(Status, StatusPage)> {
    let (now, key) = (site.desk.clock.now(), format!("status:{}", address.0));
    if !site.throttle.is_open(&key, STATUS_PER_ADDRESS, now) {
        return Err(Problem::of_status(Status::TooManyRequests));
    }
    site.throttle.count(&key, STATUS_PER_ADDRESS, now);
    let code = sent.text("kode").trim().to_uppercase();
    let digits: String = sent.text("angka").chars().filter(char::is_ascii_digit).collect();
    if code.is_empty() || digits.len() != 4 {
        return Ok((Status::UnprocessableEntity, page(site, missing(&code, &digits), code, None)));
    }
    let wanted = code.clone();
    let found = site.run(move |site| look_up(site, &wanted, &digits)).await?;
    Ok(match found {
        Some(found) => (Status::Ok, page(site, FieldErrors::default(), code, Some(found))),
        None => (Status::NotFound, page(site, unknown(), code, None)),
    })
}

fn page(site: &Site, errors: FieldErrors, code: String, found: Option<PublicClaim>) -> StatusPage {
    StatusPage { shell: site.shell("Status permohonan"), errors, code, found }
}

fn missing(code: &str, digits: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if code.is_empty() {
        errors.push("kode", "Mohon isi kode permohonan yang tercetak pada tanda terima.");
    }
    if digits.len() != 4 {
        errors.push("angka", "Mohon isi empat angka terakhir NIK almarhum/almarhumah atau NIK ahli waris.");
    }
    errors
}

/// One sentence for a wrong code and for wrong digits, so that nobody learns which codes exist.
fn unknown() -> FieldErrors {
    FieldErrors::one(
        "kode",
        "Kode dan angka NIK ini belum cocok dengan permohonan mana pun. Mohon periksa tanda terima, atau tanyakan ke balai desa.",
    )
}

fn look_up(site: &Site, code: &str, digits: &str) -> Result<Option<PublicClaim>, StoreError> {
    site.desk.store.read(|conn| match claims::by_code(conn, code) {
        Ok(claim) if claim.office == site.office && ends_in(&claim, digits) => {
            let story = events::story(conn, &claim.id)?;
            Ok(Some(public_claim(site, &claim, &story)))
        }
        Ok(_) | Err(StoreError::NotFound) => Ok(None),
        Err(other) => Err(other),
    })
}

fn ends_in(claim: &Claim, digits: &str) -> bool {
    let niks = std::iter::once(&claim.content.deceased.nik).chain(claim.content.receiving_niks());
    niks.filter_map(|nik| nik.number.as_ref()).any(|nik| nik.expose().ends_with(digits))
}

/// A file that never changes under its name.
#[derive(Responder)]
pub struct Asset {
    body: &'static str,
    kind: ContentType,
    cache: Header<'static>,
}

#[get("/aset/<name>")]
pub fn asset(name: &str) -> Option<Asset> {
    let (body, kind, cache) = match name {
        name if name == *CSS_NAME => (CSS, ContentType::CSS, "public, max-age=31536000, immutable"),
        "ikon.svg" => (ICON, ContentType::SVG, "public, max-age=86400"),
        _ => return None,
    };
    Some(Asset { body, kind, cache: Header::new("Cache-Control", cache) })
}

#[get("/healthz")]
pub fn healthz() -> &'static str {
    "ok"
}

#[get("/readyz")]
pub async fn readyz(site: &State<Site>) -> Answer<&'static str> {
    site.run(|site| site.desk.store.read(packs::offices)).await?;
    Ok("ok")
}
