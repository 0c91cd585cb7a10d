//! Undoing after the fact: amend a decree, annul a claim, follow money that has to come back.

use rocket::http::{ContentType, Status};
use rocket::{State, get, post};

use super::files::Download;
use super::{Answer, Reply};
use crate::domain::calendar::parse_date;
use crate::domain::claim::{BankAccount, ClaimedNik, DocumentKind, Heir, Payout};
use crate::domain::identity::{PersonName, Relation};
use crate::domain::money::Rupiah;
use crate::domain::undo::{Ground, Instalment, NewPayee, RowChange, even_plan};
use crate::store::claims::{self, Claim};
use crate::store::money::amendments::ProposedRow;
use crate::store::money::{amendments, annulments, recoveries};
use crate::web::forms::Submitted;
use crate::web::forms::Typed;
use crate::web::pages::{AmendPage, AmendmentPage, AnnulPage, RecoveriesPage, RecoveryPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::{EVIDENCE_FIELD, Upload, examine};
use crate::web::views::{
    AmendStage, UndoAttempt, amend_keys, amend_page, amendment_page, annul_page, recoveries_page, recovery_page, seen_claim,
};
use crate::workflow::Refusal;
use crate::workflow::money::undo::{
    AgreePlan, AskAnnulment, JudgeAnnulment, ProposeAmendment, RecordPart, VoidPart, agree_plan, ask_annulment, judge_annulment,
    lock_amendment, preview_amendment, propose_amendment, record_part, void_part, withdraw_amendment,
};

#[get("/keuangan/sk/<id>/perubahan?<cari>")]
pub async fn amend_form(site: &State<Site>, staff: Staff, id: String, cari: Option<String>) -> Answer<AmendPage> {
    site.run(move |site| amend_page(site, &staff, &id, AmendStage::Choose(cari.unwrap_or_default()), &UndoAttempt::default())).await
}

#[post("/keuangan/sk/<id>/perubahan", data = "<sent>")]
pub async fn amend(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<AmendPage>> {
    let attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
    site.run(move |site| amend_step(site, &staff, &id, attempt)).await
}

/// The page at one of its stages again.
fn stage(
    site: &Site,
    staff: &Staff,
    id: &str,
    at: AmendStage,
    (status, attempt): (Status, &UndoAttempt),
) -> Result<Reply<AmendPage>, Problem> {
    Ok(Reply::Again(status, Box::new(amend_page(site, staff, id, at, attempt)?)))
}

/// From chosen rows to their forms, to what would come of them, to the proposal.
fn amend_step(site: &Site, staff: &Staff, id: &str, mut attempt: UndoAttempt) -> Result<Reply<AmendPage>, Problem> {
    let ids = attempt.typed.all("baris");
    if ids.is_empty() {
        attempt.refusal = Some("Pilih paling sedikit satu baris.".to_owned());
        return stage(site, staff, id, AmendStage::Choose(String::new()), (Status::UnprocessableEntity, &attempt));
    }
    if matches!(attempt.typed.text("tindakan"), "pilih" | "isi") {
        return stage(site, staff, id, AmendStage::Fill(ids), (Status::Ok, &attempt));
    }
    let Some(rows) = read_rows(site, staff, &ids, &mut attempt)? else {
        return stage(site, staff, id, AmendStage::Fill(ids), (Status::UnprocessableEntity, &attempt));
    };
    let preview = match preview_amendment(&site.desk, &staff.actor, id, &rows) {
        Ok(preview) => Box::new(preview),
        Err(refusal) => {
            let (status, attempt) = told(refusal, attempt)?;
            return stage(site, staff, id, AmendStage::Fill(ids), (status, &attempt));
        }
    };
    if attempt.typed.text("tindakan") != "usulkan" {
        return stage(site, staff, id, AmendStage::Look(preview), (Status::Ok, &attempt));
    }
    let paper = evidence_of(&mut attempt);
    let evidence = paper.as_ref().map(|paper| (paper.media_type, paper.bytes.as_slice()));
    match propose_amendment(&site.desk, &staff.actor, &ProposeAmendment { decree_id: id, rows, evidence }) {
        Ok(amendment) => Ok(Reply::Go(format!("/keuangan/perubahan/{}?pesan=amendment", amendment.id))),
        Err(refusal) => {
            let (status, attempt) = told(refusal, attempt)?;
            stage(site, staff, id, AmendStage::Look(preview), (status, &attempt))
        }
    }
}

/// Rows as typed, or none where any of them has a fault.
fn read_rows(site: &Site, staff: &Staff, ids: &[String], attempt: &mut UndoAttempt) -> Result<Option<Vec<ProposedRow>>, Problem> {
    let mut rows = Vec::new();
    for id in ids {
        let claim = site.desk.store.read(|conn| claims::load(conn, &staff.actor, id))?;
        let version = attempt.typed.text(&format!("versi_{id}")).parse().unwrap_or_default();
        if let Some(change) = read_change(&claim, attempt) {
            rows.push(ProposedRow { claim_id: id.clone(), version, change });
        }
    }
    Ok(if attempt.errors.is_empty() { Some(rows) } else { None })
}

fn read_change(claim: &Claim, attempt: &mut UndoAttempt) -> Option<RowChange> {
    let [kind, ground, words, ..] = amend_keys(&claim.id);
    let text = |key: &str| attempt.typed.text(key).trim().to_owned();
    let told = text(&words);
    match text(&kind).as_str() {
        "coret" => {
            let struck = Ground::parse(&text(&ground)).map(|ground| RowChange::Strike { ground, words: told });
            if struck.is_none() {
                attempt.errors.push(ground, format!("{}: pilih dasar pencoretannya.", claim.code));
            }
            struck
        }
        way @ ("betul" | "ganti") => {
            let is_next = way == "ganti";
            let heir = read_heir(claim, is_next, attempt)?;
            let payout = read_payout(claim, attempt);
            let payee = if is_next { NewPayee::Next(heir) } else { NewPayee::Corrected(heir) };
            Some(RowChange::Amend { payee, payout, words: told })
        }
        _ => {
            attempt.errors.push(kind, format!("{}: pilih apa yang dilakukan pada baris ini.", claim.code));
            None
        }
    }
}

/// The payee with what was typed; what was left empty stays. Of a next heir everything is asked.
fn read_heir(claim: &Claim, is_next: bool, attempt: &mut UndoAttempt) -> Option<Heir> {
    let [_, _, _, name, nik, relation, address, ..] = amend_keys(&claim.id);
    let text = |typed: &Typed, key: &str| typed.text(key).split_whitespace().collect::<Vec<_>>().join(" ");
    let old = claim.content.payee().filter(|_| !is_next);
    let written = text(&attempt.typed, &name);
    let person = match (written.is_empty(), old) {
        (true, Some(old)) => Some(old.name.clone()),
        _ => match PersonName::parse(&written) {
            Ok(person) => Some(person),
            Err(fault) => {
                attempt.errors.push(name, format!("Nama penerima: {fault}."));
                None
            }
        },
    };
    let kin = Relation::parse(attempt.typed.text(&relation)).or_else(|| old.map(|old| old.relation));
    if kin.is_none() {
        attempt.errors.push(relation, "Pilih hubungannya dengan almarhum/almarhumah.");
    }
    let number = text(&attempt.typed, &nik);
    let number = if number.is_empty() { old.map(|old| old.nik.clone()) } else { None }.unwrap_or_else(|| ClaimedNik::take(&number));
    let at = text(&attempt.typed, &address);
    Some(Heir {
        name: person?,
        nik: number,
        family_card: old.and_then(|old| old.family_card.clone()),
        relation: kin?,
        phone: old.map(|old| old.phone.clone()).unwrap_or_default(),
        address: if at.is_empty() { old.map(|old| old.address.clone()).unwrap_or_default() } else { at },
    })
}

fn read_payout(claim: &Claim, attempt: &UndoAttempt) -> Payout {
    let [_, _, _, _, _, _, _, way, bank, number, holder] = amend_keys(&claim.id);
    if attempt.typed.text(&way) == "tunai" {
        return Payout::Cash;
    }
    let old = match &claim.content.payout {
        Payout::Bank(account) => account.clone(),
        Payout::Cash => BankAccount { bank: String::new(), number: String::new(), holder: String::new() },
    };
    let or = |key: &str, old: String| {
        let text = attempt.typed.text(key).trim();
        if text.is_empty() { old } else { text.to_owned() }
    };
    Payout::Bank(BankAccount { bank: or(&bank, old.bank), number: or(&number, old.number), holder: or(&holder, old.holder) })
}

#[get("/keuangan/perubahan/<id>?<pesan>")]
pub async fn amendment(site: &State<Site>, staff: Staff, id: String, pesan: Option<String>) -> Answer<AmendmentPage> {
    let attempt = UndoAttempt { message: pesan, ..UndoAttempt::default() };
    site.run(move |site| amendment_page(site, &staff, &id, &attempt)).await
}

#[post("/keuangan/perubahan/<id>", data = "<sent>")]
pub async fn decide_amendment(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<AmendmentPage>> {
    site.run(move |site| {
        let attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let done = match attempt.typed.text("tindakan") {
            "kunci" => lock_amendment(&site.desk, &staff.actor, &id).map(|_lock| "amendment_locked"),
            "tarik" => withdraw_amendment(&site.desk, &staff.actor, &id, attempt.typed.text("alasan")).map(|_| "amendment_withdrawn"),
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        match done {
            Ok(message) => Ok(Reply::Go(format!("/keuangan/perubahan/{id}?pesan={message}"))),
            Err(refusal) => {
                let (status, attempt) = told(refusal, attempt)?;
                Ok(Reply::Again(status, Box::new(amendment_page(site, &staff, &id, &attempt)?)))
            }
        }
    })
    .await
}

#[get("/keuangan/perubahan/<id>/bukti")]
pub async fn amendment_evidence(site: &State<Site>, staff: Staff, id: String) -> Answer<Download> {
    site.run(move |site| {
        let kept = site.desk.store.read(|conn| amendments::load(conn, &staff.actor.office, &id))?;
        download(site, &kept.evidence_sha256, &kept.evidence_type, "dasar-perubahan")
    })
    .await
}

#[get("/permohonan/<code>/pembatalan?<pesan>")]
pub async fn annul_form(site: &State<Site>, staff: Staff, code: String, pesan: Option<String>) -> Answer<AnnulPage> {
    let attempt = UndoAttempt { message: pesan, ..UndoAttempt::default() };
    site.run(move |site| annul_page(site, &staff, &code, &attempt)).await
}

#[post("/permohonan/<code>/pembatalan", data = "<sent>")]
pub async fn ask(site: &State<Site>, staff: Staff, code: String, sent: Submitted) -> Answer<Reply<AnnulPage>> {
    site.run(move |site| {
        let mut attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let claim = site.desk.store.read(|conn| seen_claim(conn, &staff, &code))?;
        let paper = evidence_of(&mut attempt);
        let ground = Ground::parse(attempt.typed.text("dasar"));
        if ground.is_none() {
            attempt.errors.push("dasar", "Pilih dasar pembatalannya.");
        }
        let (Some(ground), true) = (ground, attempt.errors.is_empty()) else {
            return Ok::<_, Problem>(Reply::Again(Status::UnprocessableEntity, Box::new(annul_page(site, &staff, &code, &attempt)?)));
        };
        let wish = AskAnnulment {
            claim_id: &claim.id,
            expected_version: attempt.typed.text("versi").parse().unwrap_or_default(),
            ground,
            words: attempt.typed.text("penjelasan"),
            evidence: paper.as_ref().map(|paper| (paper.media_type, paper.bytes.as_slice())),
        };
        match ask_annulment(&site.desk, &staff.actor, &wish) {
            Ok(_asked) => Ok(Reply::Go(format!("/permohonan/{code}/pembatalan?pesan=annulment_asked"))),
            Err(refusal) => {
                let (status, attempt) = told(refusal, attempt)?;
                Ok(Reply::Again(status, Box::new(annul_page(site, &staff, &code, &attempt)?)))
            }
        }
    })
    .await
}

#[post("/permohonan/<code>/pembatalan/<id>", data = "<sent>")]
pub async fn judge(site: &State<Site>, staff: Staff, code: String, id: String, sent: Submitted) -> Answer<Reply<AnnulPage>> {
    site.run(move |site| {
        let attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let (agrees, message) = match attempt.typed.text("tindakan") {
            "setuju" => (true, "annul"),
            "tolak" => (false, "annulment_refused"),
            _ => return Err(Problem::of_status(Status::BadRequest)),
        };
        let (name, address) = (attempt.typed.text("debitur"), attempt.typed.text("alamat"));
        let wish = JudgeAnnulment {
            annulment_id: &id,
            agrees,
            reason: attempt.typed.text("alasan_putusan"),
            debtor: (!name.trim().is_empty()).then_some((name, address)),
        };
        match judge_annulment(&site.desk, &staff.actor, &wish) {
            Ok(Some(case)) => Ok(Reply::Go(format!("/keuangan/pengembalian/{}?pesan=recovery_opened", case.id))),
            Ok(None) => Ok(Reply::Go(format!("/permohonan/{code}/pembatalan?pesan={message}"))),
            Err(refusal) => {
                let (status, attempt) = told(refusal, attempt)?;
                Ok(Reply::Again(status, Box::new(annul_page(site, &staff, &code, &attempt)?)))
            }
        }
    })
    .await
}

#[get("/permohonan/<code>/pembatalan/<id>/bukti")]
pub async fn annul_evidence(site: &State<Site>, staff: Staff, code: String, id: String) -> Answer<Download> {
    site.run(move |site| {
        let kept = site.desk.store.read(|conn| {
            let claim = seen_claim(conn, &staff, &code)?;
            let kept = annulments::load(conn, &staff.actor.office, &id)?;
            if kept.claim_id == claim.id { Ok(kept) } else { Err(Problem::not_found()) }
        })?;
        download(site, &kept.evidence_sha256, &kept.evidence_type, "bukti-pembatalan")
    })
    .await
}

#[get("/keuangan/pengembalian")]
pub async fn all_recoveries(site: &State<Site>, staff: Staff) -> Answer<RecoveriesPage> {
    site.run(move |site| recoveries_page(site, &staff)).await
}

#[get("/keuangan/pengembalian/<id>?<pesan>")]
pub async fn one_recovery(site: &State<Site>, staff: Staff, id: String, pesan: Option<String>) -> Answer<RecoveryPage> {
    let attempt = UndoAttempt { message: pesan, ..UndoAttempt::default() };
    site.run(move |site| recovery_page(site, &staff, &id, &attempt)).await
}

#[post("/keuangan/pengembalian/<id>/rencana", data = "<sent>")]
pub async fn plan(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<RecoveryPage>> {
    site.run(move |site| {
        let mut attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let case = site.desk.store.read(|conn| recoveries::load(conn, &staff.actor.office, &id))?;
        let Some(instalments) = read_plan(case.balance(), &mut attempt) else {
            return Ok::<_, Problem>(Reply::Again(Status::UnprocessableEntity, Box::new(recovery_page(site, &staff, &id, &attempt)?)));
        };
        let wish = AgreePlan { case_id: &id, expected_version: version(&attempt), instalments, basis: attempt.typed.text("dasar_rencana") };
        let done = agree_plan(&site.desk, &staff.actor, &wish).map(drop);
        after(site, &staff, &id, attempt, (done, "recovery_plan"))
    })
    .await
}

/// Equal monthly parts, or the parts as they were written line by line.
fn read_plan(balance: Rupiah, attempt: &mut UndoAttempt) -> Option<Vec<Instalment>> {
    let lines = attempt.typed.text("rincian").trim().to_owned();
    if lines.is_empty() {
        let parts = attempt.typed.text("banyak").trim().parse::<u32>().ok().filter(|parts| (1..=60).contains(parts));
        if parts.is_none() {
            attempt.errors.push("banyak", "Banyak angsuran: isi angka 1 sampai 60.");
        }
        let first = parse_date(attempt.typed.text("mulai"));
        if let Err(fault) = &first {
            attempt.errors.push("mulai", format!("Jatuh tempo pertama: {fault}."));
        }
        return Some(even_plan(balance, first.ok()?, parts?));
    }
    let mut instalments = Vec::new();
    for (number, line) in (1_usize..).zip(lines.lines().map(str::trim).filter(|line| !line.is_empty())) {
        let (day, amount) = line.split_once([' ', ';', '\t']).unwrap_or((line, ""));
        match (parse_date(day.trim()), Rupiah::parse(amount.trim())) {
            (Ok(due_on), Ok(amount)) => instalments.push(Instalment { due_on, amount }),
            (Err(fault), _) => attempt.errors.push("rincian", format!("Baris {number}: {fault}.")),
            (_, Err(fault)) => attempt.errors.push("rincian", format!("Baris {number}: {fault}.")),
        }
    }
    attempt.errors.is_empty().then_some(instalments)
}

#[post("/keuangan/pengembalian/<id>/angsuran", data = "<sent>")]
pub async fn part(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<RecoveryPage>> {
    site.run(move |site| {
        let mut attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let paper = evidence_of(&mut attempt);
        let paid_on = parse_date(attempt.typed.text("tanggal"));
        if let Err(fault) = &paid_on {
            attempt.errors.push("tanggal", format!("Tanggal setor: {fault}."));
        }
        let amount = Rupiah::parse(attempt.typed.text("nilai"));
        if let Err(fault) = &amount {
            attempt.errors.push("nilai", format!("Jumlah: {fault}."));
        }
        let (Ok(paid_on), Ok(amount), true) = (paid_on, amount, attempt.errors.is_empty()) else {
            return Ok::<_, Problem>(Reply::Again(Status::UnprocessableEntity, Box::new(recovery_page(site, &staff, &id, &attempt)?)));
        };
        let wish = RecordPart {
            case_id: &id,
            expected_version: version(&attempt),
            paid_on,
            amount,
            number: attempt.typed.text("nomor"),
            evidence: paper.as_ref().map(|paper| (paper.media_type, paper.bytes.as_slice())),
        };
        let done = record_part(&site.desk, &staff.actor, &wish).map(drop);
        after(site, &staff, &id, attempt, (done, "recovery_part"))
    })
    .await
}

#[post("/keuangan/pengembalian/<id>/koreksi", data = "<sent>")]
pub async fn correct(site: &State<Site>, staff: Staff, id: String, sent: Submitted) -> Answer<Reply<RecoveryPage>> {
    site.run(move |site| {
        let attempt = UndoAttempt { typed: sent.0, ..UndoAttempt::default() };
        let payment_id = attempt.typed.text("setoran").to_owned();
        let reason = attempt.typed.text(&format!("alasan_{payment_id}")).to_owned();
        let wish = VoidPart { case_id: &id, expected_version: version(&attempt), payment_id: &payment_id, reason: &reason };
        let done = void_part(&site.desk, &staff.actor, &wish).map(drop);
        after(site, &staff, &id, attempt, (done, "recovery_void"))
    })
    .await
}

#[get("/keuangan/pengembalian/<id>/bukti/<name>")]
pub async fn slip(site: &State<Site>, staff: Staff, id: String, name: String) -> Answer<Download> {
    site.run(move |site| {
        let case = site.desk.store.read(|conn| recoveries::load(conn, &staff.actor.office, &id))?;
        let kept = case.payments.iter().find(|one| one.id == name).ok_or_else(Problem::not_found)?;
        download(site, &kept.evidence_sha256, &kept.evidence_type, "bukti-setor")
    })
    .await
}

fn version(attempt: &UndoAttempt) -> i64 {
    attempt.typed.text("versi").parse().unwrap_or_default()
}

/// The case's page after an act on it.
fn after(
    site: &Site,
    staff: &Staff,
    id: &str,
    attempt: UndoAttempt,
    (done, message): (Result<(), Refusal>, &str),
) -> Result<Reply<RecoveryPage>, Problem> {
    match done {
        Ok(()) => Ok(Reply::Go(format!("/keuangan/pengembalian/{id}?pesan={message}"))),
        Err(refusal) => {
            let (status, attempt) = told(refusal, attempt)?;
            Ok(Reply::Again(status, Box::new(recovery_page(site, staff, id, &attempt)?)))
        }
    }
}

/// A refusal in words on the page it belongs to; what has no page of its own goes on as a problem.
fn told(refusal: Refusal, attempt: UndoAttempt) -> Result<(Status, UndoAttempt), Problem> {
    let sentence = refusal.to_string();
    let problem = Problem::from(refusal);
    if problem.status.code == 404 || problem.status.code >= 500 {
        return Err(problem);
    }
    Ok((problem.status, UndoAttempt { refusal: Some(sentence), ..attempt }))
}

/// The paper that came along, if it is one.
fn evidence_of(attempt: &mut UndoAttempt) -> Option<Upload> {
    let file = attempt.typed.files().iter().find(|file| file.key == EVIDENCE_FIELD)?;
    match examine(DocumentKind::SuratKematian, file.bytes.clone()) {
        Ok(paper) => Some(paper),
        Err(fault) => {
            attempt.errors.push(EVIDENCE_FIELD, fault.sentence());
            None
        }
    }
}

fn download(site: &Site, sha256: &str, media_type: &str, name: &str) -> Result<Download, Problem> {
    let bytes = site.desk.files.read(sha256)?;
    let (kind, ending) = match media_type {
        "image/jpeg" => (ContentType::JPEG, "jpg"),
        "image/png" => (ContentType::PNG, "png"),
        _ => (ContentType::PDF, "pdf"),
    };
    Ok(Download::inline(bytes, kind, &format!("{name}.{ending}")))
}
