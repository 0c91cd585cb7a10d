//! Payments that came back: propose a correction, decide about it, order the money anew.

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::claim::{BankAccount, ClaimedNik, DocumentKind, Heir, Payout};
use crate::domain::identity::{PersonName, Relation};
use crate::domain::payment::Correction;
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims;
use crate::store::money::corrections;
use crate::web::forms::{Submitted, Typed};
use crate::web::pages::ReturnsPage;
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{EVIDENCE_FIELD, Upload, examine};
use crate::web::views::{RenewalAttempt, keys_of, returns_page};
use crate::workflow::Refusal;
use crate::workflow::money::{self, Judge, Propose, make_renewed_order};

#[get("/keuangan/retur?<pesan>")]
pub async fn desk(site: &State<Site>, staff: Staff, pesan: Option<String>) -> Answer<ReturnsPage> {
    let attempt = RenewalAttempt { message: pesan, ..RenewalAttempt::default() };
    site.run(move |site| returns_page(site, &staff, &attempt)).await
}

#[post("/keuangan/retur/<id>", data = "<sent>")]
pub async fn propose(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<ReturnsPage>> {
    site.run(move |site| {
        let mut attempt = RenewalAttempt { id: id.clone(), typed: sent.texts().to_vec(), ..RenewalAttempt::default() };
        let paper = evidence_of(&sent, &id, &mut attempt.errors);
        let correction = read_correction(&sent, &id, &mut attempt.errors);
        let (Some(correction), true) = (correction, attempt.errors.is_empty()) else {
            return again(site, &staff, Status::UnprocessableEntity, attempt);
        };
        let evidence = paper.as_ref().map(|paper| (paper.media_type, paper.bytes.as_slice()));
        let wish = Propose { item_id: &id, expected_version: sent.text("versi").parse().unwrap_or_default(), correction, evidence };
        match money::propose(&site.desk, &staff.actor, &wish) {
            Ok(_proposed) => Ok(Reply::Go("/keuangan/retur?pesan=correction".to_owned())),
            Err(refusal) => refused(site, &staff, refusal, attempt),
        }
    })
    .await
}

/// The paper that came along, if it is one.
fn evidence_of(sent: &Submitted, id: &str, errors: &mut FieldErrors) -> Option<Upload> {
    let file = sent.files().iter().find(|file| file.key == EVIDENCE_FIELD)?;
    match examine(DocumentKind::BukuRekening, file.bytes.clone()) {
        Ok(paper) => Some(paper),
        Err(fault) => {
            errors.push(format!("{EVIDENCE_FIELD}_{id}"), fault.sentence());
            None
        }
    }
}

/// The correction as typed, or every fault of it.
fn read_correction(sent: &Submitted, id: &str, errors: &mut FieldErrors) -> Option<Correction> {
    let [way, bank, number, holder, reason, name, nik, relation, address] = keys_of(id);
    let text = |key: &str| sent.text(key).split_whitespace().collect::<Vec<_>>().join(" ");
    let payout = match sent.text(&way) {
        "tunai" => Some(Payout::Cash),
        "bank" => Some(Payout::Bank(BankAccount { bank: text(&bank), number: text(&number), holder: text(&holder) })),
        _ => {
            errors.push(way, "Pilih transfer atau tunai.");
            None
        }
    };
    let payee = if text(&name).is_empty() { None } else { Some(read_heir(sent, [name, nik, relation, address], errors)?) };
    Some(Correction { payout: payout?, payee, reason: text(&reason) })
}

/// The next heir as typed, under the keys of name, NIK, relation and address; or every fault.
pub(super) fn read_heir(sent: &Typed, [name, nik, relation, address]: [String; 4], errors: &mut FieldErrors) -> Option<Heir> {
    let text = |key: &str| sent.text(key).split_whitespace().collect::<Vec<_>>().join(" ");
    let (nik, address) = (text(&nik), text(&address));
    let person = PersonName::parse(&text(&name));
    if let Err(fault) = &person {
        errors.push(name, format!("Nama: {fault}."));
    }
    let kin = Relation::parse(sent.text(&relation));
    if kin.is_none() {
        errors.push(relation, "Pilih hubungannya dengan almarhum/almarhumah.");
    }
    let heir = |(name, relation)| Heir { name, nik: ClaimedNik::take(&nik), family_card: None, relation, phone: String::new(), address };
    person.ok().zip(kin).map(heir)
}

#[post("/keuangan/retur/usulan/<id>", data = "<sent>")]
pub async fn judge(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<ReturnsPage>> {
    site.run(move |site| {
        let key = format!("alasan_{id}");
        let reason = sent.text(&key).trim().to_owned();
        let (approves, message) = match sent.text("tindakan") {
            "setuju" => (true, "correction_yes"),
            "tolak" => (false, "correction_no"),
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        match money::judge(&site.desk, &staff.actor, &Judge { correction_id: &id, approves, reason: &reason }) {
            Ok(_decided) => Ok(Reply::Go(format!("/keuangan/retur?pesan={message}"))),
            Err(refusal) => refused(site, &staff, refusal, RenewalAttempt { id, reason, ..RenewalAttempt::default() }),
        }
    })
    .await
}

#[post("/keuangan/retur/perintah", data = "<sent>")]
pub async fn order(site: &State<Site>, staff: Staff, sent: Submitted) -> Answer<Reply<ReturnsPage>> {
    site.run(move |site| {
        let reason = sent.text("alasan_perintah").trim().to_owned();
        match make_renewed_order(&site.desk, &staff.actor, &reason) {
            Ok(made) => Ok(Reply::Go(format!("/keuangan/perintah/{}?pesan=order", made.order.id))),
            Err(refusal) => {
                let attempt = RenewalAttempt { id: "perintah".to_owned(), reason, ..RenewalAttempt::default() };
                refused(site, &staff, refusal, attempt)
            }
        }
    })
    .await
}

#[get("/keuangan/retur/usulan/<id>/bukti")]
pub async fn evidence(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let proposed = site.desk.store.read(|conn| {
            let proposed = corrections::load(conn, &staff.actor.office, &id)?;
            // Another village's claim does not exist for this account.
            claims::load(conn, &staff.actor, &proposed.claim_id)?;
            Ok::<_, Problem>(proposed)
        })?;
        let bytes = site.desk.files.read(&proposed.evidence_sha256)?;
        let (kind, ending) = match proposed.evidence_type.as_str() {
            "image/jpeg" => (ContentType::JPEG, "jpg"),
            "image/png" => (ContentType::PNG, "png"),
            _ => (ContentType::PDF, "pdf"),
        };
        Ok::<_, Problem>(Download::inline(bytes, kind, &format!("bukti-koreksi.{ending}")))
    })
    .await
}

fn refused(site: &Site, staff: &Staff, refusal: Refusal, attempt: RenewalAttempt) -> Result<Reply<ReturnsPage>, Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    again(site, staff, problem.status, RenewalAttempt { refusal: Some(sentence), ..attempt })
}

fn again(site: &Site, staff: &Staff, status: Status, attempt: RenewalAttempt) -> Result<Reply<ReturnsPage>, Problem> {
    Ok(Reply::Again(status, Box::new(returns_page(site, staff, &attempt)?)))
}
