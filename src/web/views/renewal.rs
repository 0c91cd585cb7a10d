//! The page of returned payments.

use super::flash;
use crate::domain::access::{Actor, Role};
use crate::domain::calendar::{long_date, long_date_time};
use crate::domain::claim::Payout;
use crate::domain::identity::Relation;
use crate::domain::money::Rupiah;
use crate::domain::payment::{Cure, ItemState, ReturnReason, masked_account};
use crate::exchange::claim_form::FieldErrors;
use crate::store::claims::Claim;
use crate::store::money::corrections::{self, Proposed};
use crate::store::money::items::{self, Item};
use crate::store::{DbConn, StoreError, claims, users};
use crate::web::page::{Chip, Choice, Fact, Tone};
use crate::web::pages::{ProposalView, ReturnedView, ReturnsPage};
use crate::web::problem::Problem;
use crate::web::session::Staff;
use crate::web::site::{Site, village_name};
use crate::web::upload::EVIDENCE_FIELD;
use crate::workflow::money::cash::payable_deposited;
use crate::workflow::money::{ready_to_renew, shared_with};

/// Proposals shown, the newest of those that are decided.
const DECIDED_MAX: usize = 50;

/// An act that did not go through, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct RenewalAttempt {
    /// Payment or proposal it was about.
    pub id: String,
    /// Texts of the form, by key.
    pub typed: Vec<(String, String)>,
    /// Reason as typed.
    pub reason: String,
    /// Faults.
    pub errors: FieldErrors,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Code of a sentence on top.
    pub message: Option<String>,
}

/// Names of the form's fields, in the order of the page.
const FIELDS: [&str; 9] =
    ["cara", "bank", "nomor", "atas_nama", "dasar", "pengganti_nama", "pengganti_nik", "pengganti_hubungan", "pengganti_alamat"];

/// The keys of the form of one payment: every form of the page has its own.
pub fn keys_of(item_id: &str) -> [String; 9] {
    FIELDS.map(|field| format!("{field}_{item_id}"))
}

/// The page.
///
/// # Errors
/// [`Problem`] of the database.
pub fn returns_page(site: &Site, staff: &Staff, attempt: &RenewalAttempt) -> Result<ReturnsPage, Problem> {
    let pack = site.pack()?;
    site.desk.store.read(|conn| {
        let actor = &staff.actor;
        let proposals = corrections::all(conn, &actor.office)?;
        let mut returned = Vec::new();
        let mut back = items::in_states(conn, &actor.office, &[ItemState::Returned])?;
        back.extend(payable_deposited(conn, &pack, actor, site.today())?);
        for item in back {
            let claim = claims::by_id(conn, &item.claim_id)?;
            if actor.sees(&claim.village) {
                returned.push(returned_view(actor, &claim, &item, &proposals, attempt));
            }
        }
        let ready = ready_to_renew(conn, &actor.office)?;
        let total = Rupiah::sum(ready.iter().map(|(_, item)| item.amount)).unwrap_or_default();
        let can_order = actor.role == Role::Finance && !ready.is_empty();
        Ok(ReturnsPage {
            shell: site.shell_for(staff, "Retur").at("/keuangan/retur").with_flash(flash(attempt.message.as_deref())),
            errors: attempt.errors.clone(),
            refusal: attempt.refusal.clone(),
            file_key: EVIDENCE_FIELD,
            returned,
            proposals: proposal_views(conn, actor, &proposals, attempt)?,
            ready: if ready.is_empty() { String::new() } else { format!("{} koreksi disetujui, jumlah {total}", ready.len()) },
            can_order,
            order_reason: if attempt.id == "perintah" { attempt.reason.clone() } else { String::new() },
        })
    })
}

fn returned_view(actor: &Actor, claim: &Claim, item: &Item, proposals: &[Proposed], attempt: &RenewalAttempt) -> ReturnedView {
    let why = ReturnReason::from_code(&item.return_code).unwrap_or_else(|| ReturnReason::read(&item.return_code));
    let own = proposals.iter().rfind(|one| one.item_id == item.id);
    let last = own.map(|one| one.decision.as_ref().map(|decided| decided.approved));
    let (chip, is_free) = match last {
        Some(None) => (Chip::new("Menunggu Kepala Dinas", Tone::Moving), false),
        Some(Some(true)) => (Chip::new("Koreksi disetujui", Tone::Good), false),
        Some(Some(false)) => (Chip::new("Koreksi ditolak", Tone::Bad), true),
        None => (Chip::new("Perlu koreksi", Tone::Attention), true),
    };
    let typed = |key: &str| attempt.typed.iter().find(|(known, _)| known == key).map(|(_, text)| text.clone());
    let former = item.account.clone().unwrap_or_default();
    let usual = ["bank", &former.0, "", &former.2, "", "", "", "", ""];
    let fields: Vec<(String, String)> = keys_of(&item.id)
        .into_iter()
        .zip(usual)
        .map(|(key, usual)| {
            let text = typed(&key).unwrap_or_else(|| usual.to_owned());
            (key, text)
        })
        .collect();
    let way = fields.first().map_or("bank", |(_, text)| text.as_str());
    let ways = [("bank", "Transfer ke rekening"), ("tunai", "Tunai di loket")];
    ReturnedView {
        id: item.id.clone(),
        version: item.version,
        code: claim.code.clone(),
        payee: format!("{}, {}", item.payee, village_name(&claim.village)),
        method: account_text(item.account.as_ref().map(|(bank, number, holder)| (bank.as_str(), number.as_str(), holder.as_str()))),
        amount: item.amount.to_string(),
        facts: vec![
            Fact::new("Kembali", item.returned_on.map(long_date).unwrap_or_default()),
            Fact::new("Sebab", why.sentence()),
            Fact::new("Yang perlu dilakukan", cure_text(why.cure())),
        ],
        chip,
        can_propose: is_free && matches!(actor.role, Role::Finance | Role::Operator),
        needs_heir: why.cure() == Cure::NextHeir,
        ways: ways.into_iter().map(|(value, label)| Choice { checked: value == way, ..Choice::new(value, label) }).collect(),
        relations: heir_relations(),
        unfolded: attempt.id == item.id,
        relation: fields.get(7).map(|(_, text)| text.clone()).unwrap_or_default(),
        fields,
    }
}

/// Relations a next heir can have to the deceased.
pub(super) fn heir_relations() -> Vec<Choice> {
    [Relation::Suami, Relation::Istri, Relation::Anak, Relation::OrangTua, Relation::Saudara, Relation::Cucu]
        .into_iter()
        .map(|relation| Choice::new(relation.code(), relation.label()))
        .collect()
}

fn cure_text(cure: Cure) -> &'static str {
    match cure {
        Cure::CorrectAccount => "Mintakan nomor rekening yang benar dengan foto halaman depan buku rekening.",
        Cure::AnotherAccount => "Mintakan rekening lain, aktifkan rekening lama di bank, atau bayar tunai.",
        Cure::CorrectName => "Tulis nama pemilik persis seperti di buku rekening.",
        Cure::CorrectBank => "Pilih bank yang benar untuk rekening itu.",
        Cure::NextHeir => "Penerima sudah meninggal: tentukan ahli waris berikutnya beserta surat kematian penerima.",
        Cure::FillSource => "Isi rekening sumber dana kantor, lalu kirim ulang.",
        Cure::SendAgain => "Dapat dikirim ulang apa adanya.",
        Cure::MendFile => "Perbaiki berkas atau profil bank sebelum mengirim ulang.",
        Cure::LookBeforeSending => "Periksa dahulu rekening koran: mungkin sudah dibayar. Mengirim ulang dapat membayar dua kali.",
        Cure::AskBank => "Tanyakan kepada bank.",
    }
}

fn account_text(account: Option<(&str, &str, &str)>) -> String {
    account.map_or_else(|| "Tunai".to_owned(), |(bank, number, holder)| format!("{bank} {} a.n. {holder}", masked_account(number)))
}

fn payout_text(payout: &Payout) -> String {
    match payout {
        Payout::Cash => account_text(None),
        Payout::Bank(account) => account_text(Some((&account.bank, &account.number, &account.holder))),
    }
}

/// Undecided proposals first, then the newest decided ones.
fn proposal_views(conn: &mut DbConn, actor: &Actor, all: &[Proposed], attempt: &RenewalAttempt) -> Result<Vec<ProposalView>, StoreError> {
    let waiting = all.iter().filter(|one| one.decision.is_none());
    let decided = all.iter().rev().filter(|one| one.decision.is_some()).take(DECIDED_MAX);
    let mut views = Vec::new();
    for proposed in waiting.chain(decided) {
        let claim = claims::by_id(conn, &proposed.claim_id)?;
        if actor.sees(&claim.village) {
            views.push(proposal_view(conn, actor, &claim, proposed, attempt)?);
        }
    }
    Ok(views)
}

fn proposal_view(
    conn: &mut DbConn,
    actor: &Actor,
    claim: &Claim,
    proposed: &Proposed,
    attempt: &RenewalAttempt,
) -> Result<ProposalView, StoreError> {
    let mut facts = vec![
        Fact::new("Rekening lama", payout_text(&proposed.old)),
        // Whoever approves compares the whole number with the passbook.
        Fact::new("Rekening baru", new_account(actor, proposed)),
    ];
    if let Some(heir) = &proposed.correction.payee {
        facts.push(Fact::new("Penerima baru", format!("{}, {}", heir.name, heir.relation.label())));
    }
    facts.push(Fact::new("Dasar", &proposed.correction.reason));
    facts.push(Fact::new("Diusulkan", format!("{}, {}", users::by_id(conn, &proposed.by)?.actor.name, long_date_time(proposed.at))));
    let chip = match &proposed.decision {
        None => Chip::new("Menunggu Kepala Dinas", Tone::Moving),
        Some(decided) => {
            let name = users::by_id(conn, &decided.by)?.actor.name;
            facts.push(Fact::new("Diputus", format!("{name}, {}", long_date_time(decided.at))));
            if !decided.reason.is_empty() {
                facts.push(Fact::new("Alasan", &decided.reason));
            }
            if decided.approved { Chip::new("Disetujui", Tone::Good) } else { Chip::new("Ditolak", Tone::Bad) }
        }
    };
    let shared = shared_with(conn, &actor.office, proposed)?;
    Ok(ProposalView {
        id: proposed.id.clone(),
        code: claim.code.clone(),
        facts,
        evidence: format!("/keuangan/retur/usulan/{}/bukti", proposed.id),
        chip,
        shared: shared.join(", "),
        can_judge: actor.role == Role::Approver && proposed.decision.is_none() && proposed.by != actor.id,
        key: format!("alasan_{}", proposed.id),
        typed: if attempt.id == proposed.id { attempt.reason.clone() } else { String::new() },
    })
}

fn new_account(actor: &Actor, proposed: &Proposed) -> String {
    match &proposed.correction.payout {
        Payout::Bank(account) if actor.role == Role::Approver && proposed.decision.is_none() => {
            format!("{} {} a.n. {}", account.bank, account.number, account.holder)
        }
        payout => payout_text(payout),
    }
}
