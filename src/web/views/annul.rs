//! The page on which a claim is annulled.

use super::claim::seen_claim;
use super::flash;
use super::undo::UndoAttempt;
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::long_date_time;
use crate::domain::claim::State;
use crate::domain::payment::ItemState;
use crate::domain::undo::{AnnulRefused, Ground, Road, road_of};
use crate::store::claims::Claim;
use crate::store::money::annulments::{self, Annulment, Verdict};
use crate::store::money::recoveries;
use crate::store::{DbConn, StoreError, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{AnnulPage, RequestView};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::Site;
use crate::web::upload::EVIDENCE_FIELD;
use crate::workflow::money::undo::last_payment;

/// The page.
///
/// # Errors
/// [`Problem::not_found`] outside the region.
pub fn annul_page(site: &Site, staff: &Staff, code: &str, attempt: &UndoAttempt) -> Result<AnnulPage, Problem> {
    site.desk.store.read(|conn| {
        let actor = &staff.actor;
        let claim = seen_claim(conn, staff, code)?;
        let payment = last_payment(conn, &claim.id)?.map(|item| item.state);
        let road = road_of(claim.state, payment);
        let all = annulments::of_claim(conn, &claim.id)?;
        let waits = all.iter().any(|one| one.verdict == Verdict::Asked);
        let requests = all.iter().rev().map(|one| request_view(conn, actor, &claim, one)).collect::<Result<Vec<_>, StoreError>>()?;
        let (words, href) = road_words(&road, claim.state);
        let may_ask = matches!(actor.role, Role::Operator | Role::VillageHead | Role::Verifier | Role::Approver | Role::Finance);
        Ok(AnnulPage {
            shell: site.shell_for(staff, "Pembatalan permohonan").at("/beranda").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            code: claim.code.clone(),
            version: claim.version,
            chip: Chip::of_state(claim.state),
            facts: facts(&claim, payment),
            road: words,
            road_href: href.to_owned(),
            file_key: EVIDENCE_FIELD,
            can_ask: may_ask && road.is_ok() && !waits,
            grounds: grounds(),
            ground: attempt.typed.text("dasar").to_owned(),
            words: attempt.typed.text("penjelasan").to_owned(),
            requests,
            owes: road == Ok(Road::Reclaim),
            payee: claim.content.payee().map(|heir| heir.name.to_string()).unwrap_or_default(),
            debtor: attempt.typed.text("debitur").to_owned(),
            address: attempt.typed.text("alamat").to_owned(),
            reason: attempt.typed.text("alasan_putusan").to_owned(),
        })
    })
}

fn grounds() -> Vec<Choice> {
    let ends = Ground::ALL.into_iter().filter(|ground| ground.ends_the_claim());
    ends.map(|ground| Choice::new(ground.code(), ground.label())).collect()
}

fn facts(claim: &Claim, payment: Option<ItemState>) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new("Almarhum/almarhumah menurut permohonan", claim.content.deceased.name.to_string()),
        Fact::new("Penerima", claim.content.payee().map(|heir| heir.name.to_string()).unwrap_or_default()),
        Fact::new("Jumlah", claim.amount.to_string()),
    ];
    if let Some(state) = payment {
        facts.push(Fact::new("Pembayaran", state.label()));
    }
    facts
}

/// What follows, or what comes first and where.
fn road_words(road: &Result<Road, AnnulRefused>, state: State) -> (String, &'static str) {
    let first = |refused: &AnnulRefused, href| (refused.to_string(), href);
    match road {
        Ok(Road::Release) => ("Uangnya baru dijanjikan; bila dibatalkan, anggarannya kembali.".to_owned(), ""),
        Ok(Road::Reclaim) => ("Uangnya sudah diterima; bila dibatalkan, uang itu harus dikembalikan ke kas daerah.".to_owned(), ""),
        Ok(Road::Treasury) => ("Uangnya sudah disetor kembali ke kas daerah.".to_owned(), ""),
        Err(refused @ (AnnulRefused::OnDecree | AnnulRefused::Ordered)) => first(refused, "/keuangan"),
        Err(refused @ AnnulRefused::CameBack) => first(refused, "/keuangan/loket/setor"),
        Err(_) if state == State::Annulled => ("Permohonan ini sudah dibatalkan.".to_owned(), ""),
        Err(refused) => first(refused, ""),
    }
}

fn request_view(conn: &mut DbConn, actor: &Actor, claim: &Claim, one: &Annulment) -> Result<RequestView, StoreError> {
    let mut facts = vec![
        Fact::new("Dasar", one.ground.label()),
        Fact::new("Penjelasan", &one.words),
        Fact::new("Diminta", format!("{}, {}", users::by_id(conn, &one.by)?.actor.name, long_date_time(one.at))),
    ];
    if let Some((by, at)) = &one.decided {
        facts.push(Fact::new("Diputus", format!("{}, {}", users::by_id(conn, by)?.actor.name, long_date_time(*at))));
    }
    if !one.reason.is_empty() {
        facts.push(Fact::new("Alasan", &one.reason));
    }
    Ok(RequestView {
        id: one.id.clone(),
        facts,
        chip: match one.verdict {
            Verdict::Asked => Chip::new("Menunggu Kepala Dinas", Tone::Moving),
            Verdict::Done => Chip::new("Dibatalkan", Tone::Bad),
            Verdict::Refused => Chip::new("Permintaan ditolak", Tone::Plain),
        },
        evidence: format!("/permohonan/{}/pembatalan/{}/bukti", claim.code, one.id),
        can_judge: actor.role == Role::Approver && one.verdict == Verdict::Asked && one.by != actor.id,
    })
}

/// The way to that page from the claim's own, where there is something to ask or to read.
///
/// # Errors
/// [`StoreError`].
pub fn annul_link(conn: &mut DbConn, actor: &Actor, claim: &Claim) -> Result<Option<Link>, StoreError> {
    let all = annulments::of_claim(conn, &claim.id)?;
    let waits = all.iter().any(|one| one.verdict == Verdict::Asked);
    let may_ask = !matches!(actor.role, Role::Auditor | Role::Admin);
    let open = matches!(claim.state, State::Approved | State::Decreed | State::Paid) && may_ask;
    if all.is_empty() && !open {
        return Ok(None);
    }
    let value = if waits {
        "Pembatalan sedang diminta dan menunggu putusan Kepala Dinas. Pembayarannya ditahan."
    } else if open {
        "Bila orangnya ternyata masih hidup, penerimanya bukan yang berhak, atau suratnya palsu."
    } else {
        "Siapa yang meminta, siapa yang memutus, dan buktinya."
    };
    let label = if open { "Pembatalan" } else { "Riwayat pembatalan" };
    Ok(Some(Link { href: format!("/permohonan/{}/pembatalan", claim.code), label: label.to_owned(), value: value.to_owned() }))
}

/// What is still owed from an earlier claim for this death, or by somebody who is to receive now; for those who judge.
///
/// # Errors
/// [`StoreError`].
pub fn owed_links(conn: &mut DbConn, actor: &Actor, claim: &Claim) -> Result<Vec<Link>, StoreError> {
    if matches!(actor.role, Role::Operator | Role::VillageHead | Role::Admin) {
        return Ok(Vec::new());
    }
    let content = &claim.content;
    let numbers = content.receiving_niks().chain([&content.deceased.nik]).filter_map(|nik| nik.number.as_ref());
    let numbers: Vec<&str> = numbers.map(crate::domain::identity::Nik::expose).collect();
    let mut links = Vec::new();
    for case in recoveries::open_about(conn, &actor.office, &numbers)? {
        let code = crate::store::claims::code_of(conn, &case.claim_id)?;
        let value = format!("{} masih harus mengembalikan {} dari permohonan {code}.", case.debtor.name, case.balance());
        let href = if actor.role == Role::Verifier { format!("/permohonan/{code}") } else { format!("/keuangan/pengembalian/{}", case.id) };
        links.push(Link { href, label: code, value });
    }
    Ok(links)
}
