//! The pages on which a signed decree is amended.

use super::flash;
use super::undo::{UndoAttempt, changes_view, payout_text};
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::{long_date, long_date_time};
use crate::domain::claim::Payout;
use crate::domain::identity::Relation;
use crate::domain::letter::LetterKind;
use crate::domain::undo::{Ground, RowChange, row_is_free};
use crate::store::claims::{self, Claim};
use crate::store::money::amendments::{self, Amendment, Outcome, ProposedRow};
use crate::store::money::decrees::{self, Decree};
use crate::store::{DbConn, StoreError, letters, users};
use crate::web::page::{Chip, Choice, Fact, Link, Tone};
use crate::web::pages::{AmendChoice, AmendPage, AmendRow, AmendmentPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::web::upload::EVIDENCE_FIELD;
use crate::workflow::money::undo::{Preview, last_payment, preview_amendment};

/// Rows offered at once; more are found by their name.
const CHOICES_MAX: usize = 60;

/// Names of a row's fields, in the order of the page.
const FIELDS: [&str; 11] = ["ubah", "dasar", "alasan", "nama", "nik", "hubungan", "alamat", "cara", "bank", "nomor", "atas_nama"];

/// The keys of the form of one row: every row of the page has its own.
pub fn amend_keys(claim_id: &str) -> [String; 11] {
    FIELDS.map(|field| format!("{field}_{claim_id}"))
}

/// What the page shows: rows to choose, forms to fill in, or what would come of them.
pub enum AmendStage {
    /// Rows with a name or code like this.
    Choose(String),
    /// Forms of these claims.
    Fill(Vec<String>),
    /// What would come of it, to be sent with what was filled in.
    Look(Box<Preview>),
}

/// The page on which an amending decree is made.
///
/// # Errors
/// [`Problem::not_found`] for a decree of another office.
pub fn amend_page(site: &Site, staff: &Staff, decree_id: &str, stage: AmendStage, attempt: &UndoAttempt) -> Result<AmendPage, Problem> {
    site.desk.store.read(|conn| {
        let actor = &staff.actor;
        let decree = decrees::load(conn, &actor.office, decree_id)?;
        let mut page = AmendPage {
            shell: site.shell_for(staff, "Ubah SK").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            id: decree.id.clone(),
            facts: decree_facts(&decree),
            file_key: EVIDENCE_FIELD,
            search: String::new(),
            choices: Vec::new(),
            more: String::new(),
            rows: Vec::new(),
            preview: None,
            hidden: Vec::new(),
        };
        match stage {
            AmendStage::Choose(search) => {
                (page.choices, page.more) = choices(conn, actor, &decree, &search)?;
                page.search = search;
            }
            AmendStage::Fill(ids) => {
                for id in &ids {
                    page.rows.push(row_view(&claims::load(conn, actor, id)?, attempt));
                }
            }
            AmendStage::Look(preview) => {
                page.preview = Some(changes_view(&preview));
                let kept = |(key, _): &&(String, String)| key != "_csrf" && key != "tindakan";
                page.hidden = attempt.typed.texts().iter().filter(kept).cloned().collect();
            }
        }
        Ok(page)
    })
}

fn decree_facts(decree: &Decree) -> Vec<Fact> {
    vec![
        Fact::new("Nomor", &decree.number),
        Fact::new("Tanggal", long_date(decree.decreed_on)),
        Fact::new("Berlaku", format!("{} penerima, {}", decree.standing().count(), decree.standing_total().unwrap_or_default())),
    ]
}

fn choices(conn: &mut DbConn, actor: &Actor, decree: &Decree, search: &str) -> Result<(Vec<AmendChoice>, String), StoreError> {
    let wanted = search.trim().to_uppercase();
    let (mut found, mut beyond) = (Vec::new(), 0_usize);
    for item in decree.standing() {
        let claim = claims::load(conn, actor, &item.claim_id)?;
        let heir = claim.content.payee().map(|heir| heir.name.to_string()).unwrap_or_default();
        let names = format!("{} – {heir}", claim.content.deceased.name);
        if !wanted.is_empty() && !format!("{} {names}", claim.code).to_uppercase().contains(&wanted) {
            continue;
        }
        if found.len() >= CHOICES_MAX {
            beyond = beyond.saturating_add(1);
            continue;
        }
        let payment = last_payment(conn, &claim.id)?.map(|item| item.state);
        let blocked = row_is_free(&claim.code, true, claim.state, payment).err().map(|refused| refused.to_string());
        found.push(AmendChoice {
            method: format!("{} · {} · {}", village_name(&claim.village), payout_text(&claim.content.payout), claim.amount),
            blocked: blocked.unwrap_or_default(),
            code: claim.code,
            id: claim.id,
            names,
        });
    }
    let more = if beyond == 0 { String::new() } else { format!("{beyond} baris lain: cari dengan nama atau kode permohonannya.") };
    Ok((found, more))
}

fn row_view(claim: &Claim, attempt: &UndoAttempt) -> AmendRow {
    let content = &claim.content;
    let heir = content.payee();
    let fields: Vec<(String, String)> = amend_keys(&claim.id)
        .into_iter()
        .map(|key| {
            let text = attempt.typed.text(&key).to_owned();
            (key, text)
        })
        .collect();
    let typed = |n: usize| fields.get(n).map_or("", |(_, text)| text.as_str());
    let chosen = |choices: &[(&str, &str)], now: &str| -> Vec<Choice> {
        choices.iter().map(|(value, label)| Choice { checked: *value == now, ..Choice::new(*value, *label) }).collect()
    };
    let way_now = if matches!(content.payout, Payout::Cash) { "tunai" } else { "bank" };
    AmendRow {
        id: claim.id.clone(),
        version: claim.version,
        code: claim.code.clone(),
        facts: vec![
            Fact::new("Almarhum/almarhumah", content.deceased.name.to_string()),
            Fact::new("Penerima", heir.map(|heir| format!("{}, {}", heir.name, heir.relation.label())).unwrap_or_default()),
            Fact::new("Cara bayar", payout_text(&content.payout)),
            Fact::new("Jumlah", claim.amount.to_string()),
        ],
        kinds: chosen(
            &[
                ("coret", "Coret baris ini"),
                ("betul", "Perbaiki tulisan nama, NIK, atau rekening"),
                ("ganti", "Ganti dengan ahli waris berikutnya"),
            ],
            typed(0),
        ),
        grounds: Ground::ALL.into_iter().map(|ground| Choice::new(ground.code(), ground.label())).collect(),
        relations: Relation::ALL.into_iter().map(|relation| Choice::new(relation.code(), relation.label())).collect(),
        ways: chosen(
            &[("bank", "Transfer ke rekening"), ("tunai", "Tunai di loket")],
            if typed(7).is_empty() { way_now } else { typed(7) },
        ),
        fields,
    }
}

/// The page of a proposed amending decree.
///
/// # Errors
/// [`Problem::not_found`] for a proposal of another office.
pub fn amendment_page(site: &Site, staff: &Staff, id: &str, attempt: &UndoAttempt) -> Result<AmendmentPage, Problem> {
    let actor = &staff.actor;
    let amendment = site.desk.store.read(|conn| amendments::load(conn, &actor.office, id))?;
    let waits = amendment.outcome == Outcome::Proposed;
    // Once it is locked its claims are not any more as they were; the letter says what became of them.
    let preview = if waits { preview_amendment(&site.desk, actor, &amendment.decree_id, &amendment.rows).ok() } else { None };
    site.desk.store.read(|conn| {
        let told = amendment.rows.iter().map(|row| told_of(conn, row)).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(AmendmentPage {
            shell: site.shell_for(staff, "SK perubahan").at("/keuangan").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            id: amendment.id.clone(),
            chip: chip(&amendment.outcome),
            facts: facts(conn, actor, &amendment)?,
            evidence: format!("/keuangan/perubahan/{}/bukti", amendment.id),
            changes: preview.as_ref().map(changes_view),
            told,
            can_lock: waits && actor.role == Role::Approver && amendment.by != actor.id,
            can_withdraw: waits && matches!(actor.role, Role::Finance | Role::Approver),
            reason: attempt.typed.text("alasan").to_owned(),
            letters: letters_of(conn, &amendment)?,
        })
    })
}

/// Where a proposal stands.
pub fn chip(outcome: &Outcome) -> Chip {
    match outcome {
        Outcome::Proposed => Chip::new("Menunggu dikunci Kepala Dinas", Tone::Moving),
        Outcome::Locked(_) => Chip::new("Sudah dikunci", Tone::Good),
        Outcome::Withdrawn => Chip::new("Ditarik", Tone::Plain),
    }
}

fn facts(conn: &mut DbConn, actor: &Actor, amendment: &Amendment) -> Result<Vec<Fact>, StoreError> {
    let decree = decrees::load(conn, &actor.office, &amendment.decree_id)?;
    let mut facts = vec![
        Fact::new("Mengubah", format!("SK {} tanggal {}", decree.number, long_date(decree.decreed_on))),
        Fact::new("Diusulkan", format!("{}, {}", users::by_id(conn, &amendment.by)?.actor.name, long_date_time(amendment.at))),
    ];
    if let Outcome::Locked(id) = &amendment.outcome {
        let amending = decrees::load(conn, &actor.office, id)?;
        let signed =
            amending.signed_on.map_or_else(|| "menunggu tanda tangan".to_owned(), |on| format!("ditandatangani {}", long_date(on)));
        facts.push(Fact::new("Nomor SK perubahan", format!("{}, {signed}", amending.number)));
    }
    if let Some((by, at)) = &amendment.decided {
        facts.push(Fact::new("Diputus", format!("{}, {}", users::by_id(conn, by)?.actor.name, long_date_time(*at))));
    }
    if !amendment.reason.is_empty() {
        facts.push(Fact::new("Alasan", &amendment.reason));
    }
    Ok(facts)
}

fn told_of(conn: &mut DbConn, row: &ProposedRow) -> Result<Fact, StoreError> {
    let what = match &row.change {
        RowChange::Strike { ground, words } => format!("Dicoret. {}: {words}", ground.label()),
        RowChange::Amend { words, .. } => format!("Diubah: {words}"),
    };
    Ok(Fact::new(claims::code_of(conn, &row.claim_id)?, what))
}

fn letters_of(conn: &mut DbConn, amendment: &Amendment) -> Result<Vec<Link>, StoreError> {
    let Outcome::Locked(id) = &amendment.outcome else { return Ok(Vec::new()) };
    let link = |letter: &letters::Issued| {
        let label = LetterKind::parse(&letter.kind).map_or("Surat", LetterKind::label);
        Link { href: format!("/surat/{}", letter.id), label: format!("{label} (PDF)"), value: String::new() }
    };
    Ok(letters::of_decree(conn, id)?.iter().map(link).collect())
}
