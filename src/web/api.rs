//! The JSON interface: the same form, the same office act, the same problems.

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::http::Status;
use rocket::serde::json::{Json, serde_json};
use rocket::{Request, Route, State, async_trait, get, post, routes};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::csrf;
use super::problem::{Problem, Refusal};
use super::session::{self, Staff};
use super::site::Site;
use super::views::{next_step, read_against, seen_claim};
use crate::domain::crosscheck::{Beside, Finding, Sameness};
use crate::exchange::claim_form::{ClaimForm, FieldErrors};
use crate::store::claims::Claim;
use crate::store::events;
use crate::workflow::{Channel, Judgement, Side, SideBySide, Submission, answer_identity, pairs_of, submit};

/// Largest claim or answer as JSON, in KiB.
const CLAIM_KIB_MAX: u32 = 128;

/// The routes under `/api/v1`.
pub(super) fn all() -> Vec<Route> {
    routes![who, file, claim, pairs, answer]
}

/// Who a program is logged in as, and the token it sends back with every change.
#[derive(Serialize)]
struct SessionView {
    name: String,
    role: &'static str,
    region: String,
    csrf_token: String,
}

#[get("/api/v1/session")]
fn who(staff: Staff) -> Json<SessionView> {
    Json(SessionView {
        role: staff.actor.role.code(),
        region: staff.actor.region.to_string(),
        name: staff.actor.name,
        csrf_token: staff.csrf,
    })
}

/// A claim for programs. Numbers of people are not in it.
#[derive(Serialize)]
struct ClaimView {
    code: String,
    version: i64,
    state: &'static str,
    next_step: &'static str,
    village: String,
    filed_on: String,
    amount: i64,
    verdict: &'static str,
    repeated: bool,
    findings: Vec<Finding>,
}

impl ClaimView {
    fn new(claim: &Claim, findings: Vec<Finding>, repeated: bool) -> Self {
        Self {
            code: claim.code.clone(),
            version: claim.version,
            state: claim.state.code(),
            next_step: next_step(claim.state),
            village: claim.village.to_string(),
            filed_on: claim.filed_on.to_string(),
            amount: claim.amount.whole(),
            verdict: claim.verdict.code(),
            repeated,
            findings,
        }
    }
}

#[post("/api/v1/claims", data = "<sent>")]
async fn file(site: &State<Site>, staff: Staff, sent: Sent<ClaimForm>) -> Result<(Status, Json<ClaimView>), Problem> {
    site.run(move |site| {
        let form = sent.0;
        let content = read_against(&form, &staff.actor, site.today());
        let content = content.map_err(Problem::fields)?;
        if form.kunci.trim().is_empty() {
            let sentence = "Kunci kiriman wajib diisi, agar kiriman yang terulang tidak tercatat dua kali.";
            return Err(Problem::fields(FieldErrors::one("kunci", sentence)));
        }
        let submission = Submission {
            idempotency_key: form.kunci.trim().to_owned(),
            content,
            filed_on: None,
            attachments: vec![],
            channel: Channel::Program,
        };
        let filed = submit(&site.desk, &staff.actor, &submission)?;
        let status = if filed.repeated { Status::Ok } else { Status::Created };
        Ok((status, Json(ClaimView::new(&filed.claim, filed.findings, filed.repeated))))
    })
    .await
}

#[get("/api/v1/claims/<code>")]
async fn claim(site: &State<Site>, staff: Staff, code: String) -> Result<Json<ClaimView>, Problem> {
    site.run(move |site| {
        site.desk.store.read(|conn| {
            let claim = seen_claim(conn, &staff, &code)?;
            let findings = events::findings(conn, &claim.id)?;
            Ok::<_, Problem>(Json(ClaimView::new(&claim, findings, false)))
        })
    })
    .await
}

/// Somebody who may be the deceased of a claim.
#[derive(Serialize)]
struct PairView {
    #[serde(flatten)]
    beside: Beside,
    name: String,
    born_on: Option<String>,
    answer: Option<&'static str>,
    reason: Option<String>,
    answered_by: Option<String>,
    /// How sure the engine is that a register row is the deceased, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<u16>,
}

impl PairView {
    fn new(pair: SideBySide) -> Self {
        let (name, born_on) = match &pair.side {
            Side::Claim(earlier) => (earlier.deceased_name.clone(), earlier.deceased_born_on),
            Side::Row(row) => (row.name.clone(), row.born_on),
        };
        Self {
            beside: pair.beside,
            name,
            born_on: born_on.map(|day| day.to_string()),
            answer: pair.answer.as_ref().map(|answer| answer.sameness.code()),
            reason: pair.answer.as_ref().map(|answer| answer.reason.clone()),
            answered_by: pair.answer.map(|answer| answer.by),
            certainty: pair.likeness.map(|likeness| likeness.certainty),
        }
    }
}

#[get("/api/v1/claims/<code>/identity")]
async fn pairs(site: &State<Site>, staff: Staff, code: String) -> Result<Json<Vec<PairView>>, Problem> {
    site.run(move |site| {
        let pack = site.pack()?;
        site.desk.store.read(|conn| {
            let claim = seen_claim(conn, &staff, &code)?;
            let found = pairs_of(conn, &pack, &claim)?;
            Ok::<_, Problem>(Json(found.into_iter().map(PairView::new).collect()))
        })
    })
    .await
}

/// An officer's answer about one of the pairs.
#[derive(Deserialize)]
struct SentAnswer {
    kind: String,
    reference: String,
    answer: String,
    reason: String,
}

#[post("/api/v1/claims/<code>/identity", data = "<sent>")]
async fn answer(site: &State<Site>, staff: Staff, code: String, sent: Sent<SentAnswer>) -> Result<Json<ClaimView>, Problem> {
    site.run(move |site| {
        let said = sent.0;
        let claim = site.desk.store.read(|conn| seen_claim(conn, &staff, &code))?;
        let wrong = |key: &str, sentence: &str| Problem::fields(FieldErrors::one(key, sentence));
        let beside = Beside::from_parts(&said.kind, &said.reference).ok_or_else(|| wrong("kind", "Tulis claim atau register."))?;
        let sameness = Sameness::parse(&said.answer).ok_or_else(|| wrong("answer", "Tulis same atau other."))?;
        let judgement = Judgement { claim_id: &claim.id, beside, sameness, reason: &said.reason };
        let answered = answer_identity(&site.desk, &staff.actor, &judgement)?;
        let claim = site.desk.store.read(|conn| seen_claim(conn, &staff, &code))?;
        Ok::<_, Problem>(Json(ClaimView::new(&claim, answered.findings, false)))
    })
    .await
}

/// Something as JSON, of our own origin and with the session's token in its header.
struct Sent<T>(T);

#[async_trait]
impl<'r, T: DeserializeOwned> FromData<'r> for Sent<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let token = request.headers().get_one(csrf::HEADER).unwrap_or_default();
        let own = matches!(session::known(request).await, Ok(Some(staff)) if csrf::matches(token, &staff.csrf));
        if !own || !csrf::is_same_origin(request) {
            let message = "Kiriman harus memuat token sesi pada kepala X-CSRF-Token dan berasal dari situs ini.";
            return refuse(request, Problem::new(Status::Forbidden, "csrf", message));
        }
        if !request.content_type().is_some_and(|kind| kind.is_json()) {
            return refuse(request, Problem::new(Status::UnsupportedMediaType, "not_json", "Kiriman harus berupa application/json."));
        }
        match data.open(CLAIM_KIB_MAX.kibibytes()).into_bytes().await {
            Ok(bytes) if !bytes.is_complete() => Outcome::Error((Status::PayloadTooLarge, ())),
            Ok(bytes) => match serde_json::from_slice(&bytes.into_inner()) {
                Ok(form) => Outcome::Success(Self(form)),
                Err(fault) => refuse(request, Problem::new(Status::BadRequest, "unreadable", unreadable(&fault))),
            },
            Err(_lost_line) => Outcome::Error((Status::BadRequest, ())),
        }
    }
}

/// Where the JSON stops making sense. The fault's own text could quote a NIK, so only its place is told.
fn unreadable(fault: &serde_json::Error) -> String {
    format!("JSON tidak terbaca di baris {} kolom {}. Semua isian berupa teks; nama isian lihat dokumentasi.", fault.line(), fault.column())
}

fn refuse<'r, T: DeserializeOwned>(request: &'r Request<'_>, problem: Problem) -> Outcome<'r, Sent<T>> {
    let status = problem.status;
    request.local_cache(|| Refusal(Some(problem)));
    Outcome::Error((status, ()))
}
