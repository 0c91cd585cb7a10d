//! Importing what a bank answers: read, held against everything that was sent, recorded whole, and booked where it is plain.

use std::collections::{HashMap, HashSet};

use crate::clock::new_id;
use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::domain::claim::{State, Step};
use crate::domain::money::Rupiah;
use crate::domain::payment::reconcile::{HolderName, Outcome, Reconciled, SentItem, Standing, Verdict, reconcile};
use crate::domain::payment::report::{AccountNumber, Report, ReportKind, Scope};
use crate::domain::payment::{ItemState, ItemStep, PaymentPlan, Route};
use crate::domain::region::RegionCode;
use crate::exchange::bank_file::Profiles;
use crate::exchange::bank_result::{How, ResultLayout, read};
use crate::store::money::items::{self, Item};
use crate::store::money::orders;
use crate::store::money::reports::{self, BankReport, ReportedLine};
use crate::store::outbox::{self, NewMail};
use crate::store::{DbConn, StoreError, Tx, audit, claims};
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::refusal::Refusal;

use super::files::message_base;
use super::item::Moved;
use super::item_many::{Wanted, move_items};
use super::result_lines::{Kept, kept, trace_of};

/// A file of the bank.
#[derive(Debug, Clone, Copy)]
pub struct ImportReport<'a> {
    /// Its name, for people.
    pub file_name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// By which profile a table is read; messages and statements are known by their content.
    pub profile: &'a str,
}

/// A report on file.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The report with its counts.
    pub report: BankReport,
    /// Whether this very file was on file before: the first answer again, nothing changed.
    pub repeated: bool,
    /// Lines a person has to look at.
    pub open: usize,
}

/// Imports a report. Plain lines move their payments; every other line is kept for a person.
///
/// # Errors
/// [`Refusal::BankResult`] for a file that cannot be read whole or whose totals do not agree; [`Refusal::NotYourRole`].
pub fn import_report(desk: &Desk, actor: &Actor, import: &ImportReport<'_>) -> Result<Imported, Refusal> {
    if actor.role != Role::Finance {
        return Err(Refusal::NotYourRole);
    }
    let sha256 = sha256_hex(import.bytes);
    if let Some(first) = desk.store.read(|conn| first_answer(conn, &actor.office, &sha256))? {
        return Ok(first);
    }
    let report = read_file(&desk.bank_profiles()?, import)?;
    desk.store.write(actor.office.as_str(), |tx| {
        // Somebody may have been first meanwhile.
        if let Some(first) = first_answer(tx, &actor.office, &sha256)? {
            return Ok(first);
        }
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let sent = items::through_bank(tx, &actor.office)?;
        let earlier = reports::recorded(tx, &actor.office)?;
        let told = reconcile(&sent_items(tx, &issuer, &sent, &report)?, &earlier, &report);
        let told = told.map_err(|fault| Refusal::BankResult(fault.to_string()))?;
        record(tx, &issuer, import, &Told { report: &report, reconciled: &told, sent: &sent, sha256 })
    })
}

/// What was answered to this very file before, with the lines that wait still.
fn first_answer(conn: &mut DbConn, office: &RegionCode, sha256: &str) -> Result<Option<Imported>, StoreError> {
    let Some(report) = reports::by_sha256(conn, office, sha256)? else { return Ok(None) };
    let open = usize::try_from(reports::open_count(conn, &report.id)?).unwrap_or_default();
    Ok(Some(Imported { report, repeated: true, open }))
}

/// Reads a file by what it is; a table by the profile's layout.
fn read_file(profiles: &Profiles, import: &ImportReport<'_>) -> Result<Report, Refusal> {
    let refused = |why: String| Refusal::BankResult(why);
    let told = if let Some(how) = kind_by_content(import.bytes) {
        read(import.bytes, how)
    } else {
        let name = import.profile.trim();
        let profile = profiles.find(name).map_err(|fault| refused(fault.to_string()))?;
        let layout = profile.result().ok_or_else(|| {
            refused(format!(
                "profil bank \"{name}\" belum memuat susunan berkas hasil ([result]); lengkapi profilnya atau pilih profil lain"
            ))
        })?;
        let layout: ResultLayout =
            layout.clone().try_into().map_err(|why: toml::de::Error| refused(format!("[result] profil \"{name}\": {}", why.message())))?;
        read(import.bytes, How::Table(&layout))
    };
    told.map_err(|fault| refused(fault.to_string()))
}

/// XML and MT940 say what they are; a table does not.
fn kind_by_content(bytes: &[u8]) -> Option<How<'static>> {
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let wide = [b"\xff\xfe<\0".as_slice(), b"\xfe\xff\0<"];
    if plain.starts_with(b"<") || wide.iter().any(|head| bytes.starts_with(head)) {
        return Some(How::Iso20022);
    }
    let statement = [b"{1:".as_slice(), b":20:", b"\x01{1:"];
    statement.iter().any(|head| plain.starts_with(head)).then_some(How::Mt940)
}

/// Everything a bank was told to pay, as a report may speak of it.
fn sent_items(tx: &mut Tx<'_>, issuer: &Issuer<'_>, sent: &[Item], report: &Report) -> Result<Vec<SentItem>, Refusal> {
    let of_account: Vec<&str> = ACCOUNT_KINDS.into_iter().map(kind_code).collect();
    let bookings = reports::bookings(tx, &issuer.actor.office, &of_account)?;
    let named = Named::of(report);
    let routes = if report.blankets.is_empty() { HashMap::new() } else { routes(issuer, sent) };
    let default = issuer.pack.office.payment.profiles.iter().position(|profile| profile.starts_with("pain")).unwrap_or_default();
    let one = |item: &Item| {
        let (_, number, holder) = item.account.as_ref()?;
        let message = named.message(&message_base(&item.order_id)).unwrap_or_else(|| format!("{}{default}", message_base(&item.order_id)));
        let part = routes.get(item.id.as_str()).map(|part| format!("{message}-{part}"));
        Some(SentItem {
            id: item.id.clone(),
            order_id: item.order_id.clone(),
            reference: item.reference.clone(),
            account: AccountNumber::parse(number)?,
            holder: HolderName(holder.clone()),
            amount: item.amount,
            standing: standing(item.state)?,
            bank_part_id: part,
            bank_message_id: Some(message),
            booking: bookings.get(&item.id).cloned(),
        })
    };
    Ok(sent.iter().filter_map(one).collect())
}

/// What is known of a payment; none before it went out.
fn standing(state: ItemState) -> Option<Standing> {
    match state {
        ItemState::Ordered => None,
        ItemState::Sent => Some(Standing::Sent),
        // The payee had the money; what came of it later is not the bank's matter.
        ItemState::Paid | ItemState::Recovering | ItemState::Recovered => Some(Standing::Paid),
        ItemState::Returned => Some(Standing::Returned),
        ItemState::Replaced => Some(Standing::Replaced),
        ItemState::Deposited => Some(Standing::Deposited),
        ItemState::Cancelled => Some(Standing::Cancelled),
    }
}

/// Messages a report names: an order may have been sent by one profile or by another, each under an id of its own.
struct Named<'a>(Vec<&'a str>);

impl<'a> Named<'a> {
    fn of(report: &'a Report) -> Self {
        let scopes = report.blankets.iter().map(|blanket| match &blanket.scope {
            Scope::Message(id) => id.as_str(),
            Scope::Part(id) => id.rsplit_once('-').map_or(id.as_str(), |(message, _)| message),
        });
        Self(report.original_message_id.as_deref().into_iter().chain(scopes).collect())
    }

    /// The named message that is one of this order's: its base with the profile's digit behind it.
    fn message(&self, base: &str) -> Option<String> {
        let own = |id: &&&str| id.strip_prefix(base).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()));
        self.0.iter().find(own).map(|id| (*id).to_owned())
    }
}

/// The part of its message each payment went in, as the writer of messages numbers them.
fn routes<'a>(issuer: &Issuer<'_>, sent: &'a [Item]) -> HashMap<&'a str, u8> {
    let lines = super::files::lines_of(sent);
    let total = Rupiah::sum(lines.iter().map(|line| line.amount)).unwrap_or_default();
    let Ok(plan) = PaymentPlan::plan(&issuer.pack.banks, &issuer.pack.office.bank, &lines, total) else { return HashMap::new() };
    let by_reference: HashMap<&str, &str> = sent.iter().map(|item| (item.reference.as_str(), item.id.as_str())).collect();
    let numbered = [(Route::OwnBank, 1), (Route::OtherBank, 2), (Route::ByHand, 3)];
    let parts = numbered.into_iter().flat_map(|(route, number)| plan.carried_by(route).into_iter().map(move |planned| (planned, number)));
    parts.filter_map(|(planned, number)| by_reference.get(planned.line.reference.as_str()).map(|id| (*id, number))).collect()
}

const ACCOUNT_KINDS: [ReportKind; 3] = [ReportKind::Statement, ReportKind::Notification, ReportKind::Mt940];

/// The word of a kind in the database and in JSON.
pub fn kind_code(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::PaymentStatus => "pain002",
        ReportKind::Statement => "camt053",
        ReportKind::Notification => "camt054",
        ReportKind::Mt940 => "mt940",
        ReportKind::Table => "table",
    }
}

/// A report with what was made of it.
struct Told<'a> {
    report: &'a Report,
    reconciled: &'a Reconciled,
    sent: &'a [Item],
    sha256: String,
}

fn record(tx: &mut Tx<'_>, issuer: &Issuer<'_>, import: &ImportReport<'_>, told: &Told<'_>) -> Result<Imported, Refusal> {
    let (office, id) = (&issuer.actor.office, new_id());
    let moves = moves(tx, issuer, told)?;
    let context = Kept { report: told.report, report_id: &id, office, short_code: &issuer.pack.office.short_code };
    let lines: Vec<ReportedLine> = (1_i64..)
        .zip(told.reconciled.verdicts.iter().zip(&moves))
        .map(|(position, (verdict, step))| kept(&context, position, verdict, step.as_ref().map(|step| step.possible)))
        .collect();
    let open = lines.iter().filter(|line| line.open).count();
    issuer.desk.files.keep_with(tx, import.bytes)?;
    let report = BankReport {
        id: id.clone(),
        kind: kind_code(told.report.kind).to_owned(),
        profile: import.profile.trim().to_owned(),
        file_name: import.file_name.chars().take(200).collect(),
        sha256: told.sha256.clone(),
        bytes: i64::try_from(import.bytes.len()).unwrap_or(i64::MAX),
        message_id: told.report.message_id.clone(),
        created_on: told.report.created_on,
        counts: told.reconciled.counts().into_iter().map(|(word, count)| (word.to_owned(), count)).collect(),
        notes: notes(issuer, told.report),
        lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        by: issuer.actor.id.clone(),
        at: issuer.now,
    };
    reports::insert(tx, office, &report, &lines)?;
    book(tx, issuer, &report, told, &moves)?;
    let details = serde_json::json!({
        "file": report.file_name, "kind": report.kind, "sha256": report.sha256, "counts": report.counts, "open": open
    });
    audit::append(tx, issuer.actor, "bank_report.import", &format!("bank_report:{id}"), &details.to_string(), issuer.now)?;
    Ok(Imported { report, repeated: false, open })
}

/// What a verdict asks of its payment.
#[derive(Debug, Clone, Copy)]
struct Asked<'a> {
    item: &'a Item,
    step: ItemStep,
    /// Whether payment and claim can take the step now.
    possible: bool,
}

/// The step a verdict asks for where nobody has to look first; in the order of the verdicts.
fn moves<'a>(tx: &mut Tx<'_>, issuer: &Issuer<'_>, told: &Told<'a>) -> Result<Vec<Option<Asked<'a>>>, Refusal> {
    let by_id: HashMap<&str, &'a Item> = told.sent.iter().map(|item| (item.id.as_str(), item)).collect();
    let asked = |verdict: &Verdict| {
        let step = step_of(&verdict.outcome).filter(|_plain| verdict.doubt.is_none())?;
        Some((*by_id.get(verdict.outcome.item()?)?, step))
    };
    let asked: Vec<Option<(&Item, ItemStep)>> = told.reconciled.verdicts.iter().map(asked).collect();
    let claim_ids: Vec<&str> = asked.iter().flatten().map(|(item, _)| item.claim_id.as_str()).collect();
    let heads = claims::heads(tx, &claim_ids)?;
    let paid: HashSet<&str> = asked.iter().flatten().filter(|(_, step)| *step == ItemStep::Pay).map(|(item, _)| item.id.as_str()).collect();
    let possible = |item: &Item, step: ItemStep| {
        let Some(head) = heads.get(&item.claim_id).filter(|head| issuer.actor.sees(&head.village)) else { return false };
        match step {
            ItemStep::Pay => item.state.next(step).is_ok() && head.state.next(Step::Pay).is_ok(),
            // What this very report tells as booked may come back further down in it.
            ItemStep::Reverse if paid.contains(item.id.as_str()) && item.state == ItemState::Sent => head.state == State::Decreed,
            ItemStep::Reverse => item.state.next(step).is_ok() && head.state.next(Step::Reverse).is_ok(),
            _ => item.state.next(step).is_ok(),
        }
    };
    Ok(asked.into_iter().map(|one| one.map(|(item, step)| Asked { item, step, possible: possible(item, step) })).collect())
}

/// The step of a payment an outcome stands for.
pub fn step_of(outcome: &Outcome) -> Option<ItemStep> {
    match outcome {
        Outcome::Matched { .. } => Some(ItemStep::Pay),
        Outcome::Returned { .. } => Some(ItemStep::Return),
        Outcome::Reversed { .. } => Some(ItemStep::Reverse),
        Outcome::Pending { .. }
        | Outcome::Unknown
        | Outcome::Duplicate { .. }
        | Outcome::AmountMismatch { .. }
        | Outcome::AccountMismatch { .. }
        | Outcome::BadReversal { .. } => None,
    }
}

/// Books what is plain: first what was paid or did not arrive, then what came back after it was paid.
fn book(tx: &mut Tx<'_>, issuer: &Issuer<'_>, report: &BankReport, told: &Told<'_>, moves: &[Option<Asked<'_>>]) -> Result<(), Refusal> {
    let heads = orders::heads(tx, &issuer.actor.office)?;
    let plain: Vec<(&Verdict, Asked<'_>)> = told
        .reconciled
        .verdicts
        .iter()
        .zip(moves)
        .filter_map(|(verdict, asked)| asked.filter(|asked| asked.possible).map(|asked| (verdict, asked)))
        .collect();
    let paid_items: Vec<Item> = plain
        .iter()
        .filter(|(_, asked)| asked.step == ItemStep::Reverse)
        .map(|(_, asked)| Item { state: ItemState::Paid, ..asked.item.clone() })
        .collect();
    let mut later = paid_items.iter();
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for (verdict, asked) in &plain {
        let (_, line) = heads.get(&asked.item.order_id).ok_or(Refusal::NotFound)?;
        let trace = trace_of(told.report, verdict, issuer.today(), &report.file_name);
        let reason = format!("Hasil bank ({}): {}", report.file_name, verdict.outcome.sentence());
        let moved = Moved { step: asked.step, act: "result.book", document: &report.id, trace, reason };
        if asked.step == ItemStep::Reverse {
            then.extend(later.next().map(|item| Wanted { line, item, moved }));
        } else {
            first.push(Wanted { line, item: asked.item, moved });
        }
    }
    move_items(tx, issuer, &first)?;
    move_items(tx, issuer, &then)?;
    for (_, asked) in plain.iter().filter(|(_, asked)| matches!(asked.step, ItemStep::Return | ItemStep::Reverse)) {
        tell_village(tx, issuer, asked.item)?;
    }
    Ok(())
}

/// The village hears that a transfer came back; the mail names the claim's code and nobody.
pub fn tell_village(tx: &mut Tx<'_>, issuer: &Issuer<'_>, item: &Item) -> Result<(), Refusal> {
    let heads = claims::heads(tx, &[&item.claim_id])?;
    let head = heads.get(&item.claim_id).ok_or(Refusal::NotFound)?;
    let mail = NewMail {
        id: new_id(),
        queued_at: issuer.now,
        dedupe_key: format!("returned:{}", item.id),
        letter_id: None,
        recipient: issuer.pack.office.mailboxes.of_village(&head.village),
        subject: format!("Transfer santunan kembali, permohonan {}", head.code),
        body: format!(
            "Transfer santunan untuk permohonan {} dikembalikan bank. Mohon hubungi keluarga, mintakan buku rekening yang benar, lalu isi koreksi di menu Retur beserta foto buku rekeningnya.\n\nTidak ada biaya atau potongan apa pun.",
            head.code
        ),
    };
    outbox::insert(tx, &issuer.actor.office, &mail)?;
    Ok(())
}

/// What a person should know about the file as a whole.
fn notes(issuer: &Issuer<'_>, report: &Report) -> Vec<String> {
    let own = AccountNumber::parse(&issuer.pack.office.bank.account);
    let foreign = !report.accounts.is_empty() && !own.is_some_and(|own| report.accounts.iter().any(|account| account.may_be(&own)));
    let foreign = foreign.then(|| "rekening dalam berkas ini bukan rekening kantor".to_owned());
    report.notes.iter().map(ToString::to_string).chain(foreign).collect()
}
