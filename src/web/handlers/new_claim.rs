//! Writing a claim, new or for repair: look into the register, take a family member as heir, send.

use rocket::http::Status;
use rocket::{State, get, post};

use super::{Answer, Reply};
use crate::clock::new_id;
use crate::domain::claim::State as ClaimState;
use crate::domain::identity::Nik;
use crate::exchange::claim_form::{ClaimForm, FieldErrors};
use crate::store::claims::Claim;
use crate::store::{DbConn, StoreError, audit, documents, events, register};
use crate::web::forms::{ClaimSubmission, Submitted, claim_submission};
use crate::web::pages::ClaimFormPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::Upload;
use crate::web::views::{FormState, family_of, fill_from_register, fill_heir, form_page, read_against, seen_claim};
use crate::workflow::{Attachment, Channel, Refusal, Submission, resubmit, submit};

#[get("/permohonan/baru")]
pub async fn form(site: &State<Site>, staff: Staff) -> Answer<ClaimFormPage> {
    let form = ClaimForm { kunci: new_id(), ..ClaimForm::default() };
    site.run(move |site| form_page(site, &staff, FormState { form, ..FormState::default() })).await
}

#[post("/permohonan/baru", data = "<sent>")]
pub async fn send(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<ClaimFormPage>> {
    site.run(move |site| {
        let read = claim_submission(&sent);
        let state = FormState { chosen: sent.text("pilih_ahli_waris").to_owned(), ..FormState::default() };
        match sent.text("aksi") {
            "cari" | "pilih" => help(site, &staff, sent.text("aksi"), read.form, state),
            _ => file(site, &staff, read, state),
        }
    })
    .await
}

#[get("/permohonan/<code>/perbaiki")]
pub async fn repair_form(site: &State<Site>, staff: Staff, code: String) -> Answer<ClaimFormPage> {
    site.run(move |site| {
        let (claim, state) = site.desk.store.read(|conn| repair_state(conn, &staff, &code))?;
        let form = ClaimForm { kunci: claim.idempotency_key.clone(), ..ClaimForm::from(&claim.content) };
        Ok::<_, Problem>(form_page(site, &staff, FormState { form, ..state })?)
    })
    .await
}

#[post("/permohonan/<code>/perbaiki", data = "<sent>")]
pub async fn repair(site: &State<Site>, staff: Staff, code: String, sent: Submitted) -> Answer<Reply<ClaimFormPage>> {
    site.run(move |site| {
        let (claim, mut state) = site.desk.store.read(|conn| repair_state(conn, &staff, &code))?;
        let seen = sent.text("versi").parse().unwrap_or_default();
        state.repairs = Some((claim.code.clone(), seen));
        sent.text("pilih_ahli_waris").clone_into(&mut state.chosen);
        let read = claim_submission(&sent);
        match sent.text("aksi") {
            "cari" | "pilih" => help(site, &staff, sent.text("aksi"), read.form, state),
            _ => send_repair(site, &staff, &claim, read, state),
        }
    })
    .await
}

/// The claim somebody repairs, with the reasons it came back.
fn repair_state(conn: &mut DbConn, staff: &Staff, code: &str) -> Result<(Claim, FormState), Problem> {
    let claim = seen_claim(conn, staff, code)?;
    if claim.state != ClaimState::Returned {
        return Err(Problem::new(Status::Conflict, "step_not_allowed", "Permohonan ini tidak sedang menunggu perbaikan."));
    }
    let story = events::story(conn, &claim.id)?;
    let reason = story.iter().rev().find(|e| e.to_state == ClaimState::Returned).map(|e| e.reason.clone()).unwrap_or_default();
    let state = FormState {
        repairs: Some((claim.code.clone(), claim.version)),
        filed_on: Some(claim.filed_on),
        repair: reason.lines().map(|line| line.replace("->", "–")).collect(),
        attached: documents::of_claim(conn, &claim.id)?.into_iter().map(|d| d.kind).collect(),
        ..FormState::default()
    };
    Ok((claim, state))
}

/// The two helping buttons: nothing is filed, the form comes back fuller.
fn help(site: &Site, staff: &Staff, button: &str, mut form: ClaimForm, mut state: FormState) -> Result<Reply<ClaimFormPage>, Problem> {
    let actor = &staff.actor;
    if button == "cari" {
        state.lookup = Some(site.desk.store.write(actor.office.as_str(), |tx| {
            let subject =
                Nik::parse(&form.almarhum.nik).map_or_else(|_unreadable| "register:-".to_owned(), |nik| format!("register:{nik}"));
            audit::append(tx, actor, "register.lookup", &subject, "{}", site.desk.clock.now())?;
            fill_from_register(tx, actor, &mut form)
        })?);
    }
    let (family, role) =
        site.desk.store.read(|conn| Ok::<_, StoreError>((family_of(conn, actor, &form)?, deceased_role(conn, staff, &form)?)))?;
    if button == "pilih" {
        fill_heir(&mut form, &family, &state.chosen, &role);
    }
    Ok(again(Status::Ok, form_page(site, staff, FormState { form, family, ..state })?))
}

fn deceased_role(conn: &mut DbConn, staff: &Staff, form: &ClaimForm) -> Result<String, StoreError> {
    let Ok(nik) = Nik::parse(&form.almarhum.nik) else { return Ok(String::new()) };
    let rows = register::by_nik(conn, &staff.actor.office, &nik)?;
    Ok(rows.into_iter().next().map(|row| row.family_role).unwrap_or_default())
}

fn file(site: &Site, staff: &Staff, read: ClaimSubmission, state: FormState) -> Result<Reply<ClaimFormPage>, Problem> {
    let submission = match complete(site, staff, &read) {
        Ok(submission) => submission,
        Err(errors) => return with_errors(site, staff, read.form, state, errors),
    };
    match submit(&site.desk, &staff.actor, &submission) {
        Ok(filed) => Ok(Reply::Go(format!("/permohonan/{}/tercatat", filed.claim.code))),
        Err(refusal) => refused(site, staff, read.form, state, refusal),
    }
}

fn send_repair(
    site: &Site,
    staff: &Staff,
    claim: &Claim,
    read: ClaimSubmission,
    state: FormState,
) -> Result<Reply<ClaimFormPage>, Problem> {
    let submission = match complete(site, staff, &read) {
        Ok(submission) => submission,
        Err(errors) => return with_errors(site, staff, read.form, state, errors),
    };
    let seen = state.repairs.as_ref().map(|(_, version)| *version).unwrap_or_default();
    match resubmit(&site.desk, &staff.actor, &claim.id, seen, &submission) {
        Ok(filed) => Ok(Reply::Go(format!("/permohonan/{}?pesan=resubmit", filed.claim.code))),
        Err(refusal) => refused(site, staff, read.form, state, refusal),
    }
}

/// A submission, if every field and every file is fine.
fn complete(site: &Site, staff: &Staff, read: &ClaimSubmission) -> Result<Submission, FieldErrors> {
    let parsed = read_against(&read.form, &staff.actor, site.today());
    let mut errors = parsed.as_ref().err().cloned().unwrap_or_default();
    for error in &read.errors {
        errors.push(error.key.clone(), error.message.clone());
    }
    if read.form.kunci.trim().is_empty() {
        errors.push("kunci", "Halaman ini belum lengkap terkirim. Mohon buka Permohonan baru dari menu.");
    }
    match parsed {
        Ok(content) if errors.is_empty() => Ok(Submission {
            idempotency_key: read.form.kunci.trim().to_owned(),
            content,
            filed_on: None,
            attachments: read.uploads.iter().map(attachment).collect(),
            channel: Channel::Desk,
        }),
        _ => Err(errors),
    }
}

fn attachment(upload: &Upload) -> Attachment {
    Attachment { kind: upload.kind, media_type: upload.media_type, bytes: upload.bytes.clone() }
}

/// A refusal a clerk can mend comes back with the form; the rest is a problem page.
fn refused(site: &Site, staff: &Staff, form: ClaimForm, state: FormState, refusal: Refusal) -> Result<Reply<ClaimFormPage>, Problem> {
    let key = match &refusal {
        Refusal::DeceasedHasClaim => "almarhum.nik",
        Refusal::NoPolicy(_) => "tgl_meninggal",
        Refusal::WrongVillage => "kode_desa_pengaju",
        Refusal::OwnFamily => "almarhum.no_kk",
        Refusal::KeyReused | Refusal::Stale | Refusal::Busy | Refusal::Letter(_) => "kunci",
        _ => return Err(refusal.into()),
    };
    let (errors, status) = (FieldErrors::one(key, &refusal.to_string()), Problem::from(refusal).status);
    let Reply::Again(_, page) = with_errors(site, staff, form, state, errors)? else { return Err(Problem::of_status(status)) };
    Ok(Reply::Again(status, page))
}

fn with_errors(
    site: &Site,
    staff: &Staff,
    form: ClaimForm,
    state: FormState,
    errors: FieldErrors,
) -> Result<Reply<ClaimFormPage>, Problem> {
    let family = site.desk.store.read(|conn| family_of(conn, &staff.actor, &form))?;
    Ok(again(Status::UnprocessableEntity, form_page(site, staff, FormState { form, family, errors, ..state })?))
}

fn again(status: Status, page: ClaimFormPage) -> Reply<ClaimFormPage> {
    Reply::Again(status, Box::new(page))
}
