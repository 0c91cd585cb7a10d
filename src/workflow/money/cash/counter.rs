//! The money changes hands: who came, what was looked at, what stands on the receipt.

use super::{cash_item, finance, second_person};
use crate::domain::access::Actor;
use crate::domain::claim::{Action, REASON_CHARS_MIN, Step, decide};
use crate::domain::payment::{CashRefused, IdentityCheck, ItemStep, ReceiptMark};
use crate::store::claims;
use crate::store::money::collection::{self, HandOver};
use crate::store::money::items::Trace;
use crate::store::money::orders;
use crate::store::{Tx, audit};
use crate::workflow::decide::action_facts;
use crate::workflow::desk::Desk;
use crate::workflow::letter::Issuer;
use crate::workflow::money::item::{Moved, move_item};
use crate::workflow::money::order::{claims_of, payees_dead};
use crate::workflow::money::undo;
use crate::workflow::refusal::Refusal;

/// Code of a payment whose handing-over was recorded by mistake, where a bank's reason would stand.
const RECORDED_BY_MISTAKE: &str = "SALAH_CATAT";

/// A photo of the handing-over, recognised by its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} bytes)", self.bytes.len())
    }
}

/// What the person at the counter saw and did.
#[derive(Debug, Clone)]
pub struct HandingOver<'a> {
    /// Payment.
    pub item_id: &'a str,
    /// The version the person saw.
    pub expected_version: i64,
    /// Who came, and what was looked at.
    pub check: IdentityCheck,
    /// What stands on the receipt.
    pub mark: ReceiptMark,
    /// Photo of the handing-over, if one was taken.
    pub photo: Option<Photo>,
}

/// Hands a payment over. An invitation is a service to the family and no condition: whoever comes on another day gets the money too.
///
/// # Errors
/// [`CashRefused::HandedOver`] the second time, [`CashRefused`] where the person is not proved, [`Refusal::PayeeDead`],
/// [`Refusal::OwnFamily`], [`Refusal::Stale`].
pub fn hand_over(desk: &Desk, actor: &Actor, handing: &HandingOver<'_>) -> Result<HandOver, Refusal> {
    finance(actor)?;
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = cash_item(tx, actor, handing.item_id)?;
        if let Some(earlier) = collection::handed_over(tx, &actor.office, &item.id)? {
            return Err(CashRefused::HandedOver(earlier.receipt_number).into());
        }
        if item.version != handing.expected_version {
            return Err(Refusal::Stale);
        }
        let claims = claims_of(tx, actor, std::iter::once(item.claim_id.as_str()))?;
        undo::none_is_asked_for(tx, actor, &claims)?;
        payees_dead(tx, &issuer, &claims, "")?;
        let claim = claims.first().ok_or(Refusal::NotFound)?;
        let receiver_name = handing.check.passed(&claim.content)?;
        let order = orders::load(tx, &actor.office, &item.order_id)?;
        let day_id = collection::open_day_of(tx, &item.id)?;
        let given = HandOver {
            item_id: item.id.clone(),
            receiver: handing.check.receiver,
            receiver_name,
            paper: handing.check.paper,
            proxy_letter: handing.check.proxy_letter.trim().to_owned(),
            mark: handing.mark,
            receipt_number: item.receipt_number.clone(),
            amount: item.amount,
            photo: keep(tx, desk, handing.photo.as_ref())?,
            given_on: issuer.today(),
            given_by: actor.id.clone(),
            given_at: issuer.now,
            day_id: day_id.clone(),
        };
        let evidence = format!("Kuitansi {}", item.receipt_number);
        let document = day_id.unwrap_or_else(|| order.id.clone());
        let moved = Moved {
            step: ItemStep::Pay,
            act: "cash.hand_over",
            document: &document,
            trace: Trace { paid_on: Some(given.given_on), evidence, ..Trace::default() },
            reason: told(&given),
        };
        move_item(tx, &issuer, &order.budget_line_id, &item, &moved)?;
        collection::hand_over(tx, &actor.office, &given)?;
        collection::mark_collected(tx, &item.id)?;
        note(tx, &issuer, &given, &item.reference)?;
        Ok(given)
    })
}

/// A photo of a handing-over that is refused goes with it.
fn keep(tx: &mut Tx<'_>, desk: &Desk, photo: Option<&Photo>) -> Result<Option<(String, String)>, Refusal> {
    photo.map(|photo| Ok((desk.files.keep_with(tx, &photo.bytes)?, photo.media_type.to_owned()))).transpose()
}

/// The words of the claim's story.
fn told(given: &HandOver) -> String {
    let by_proxy = if given.proxy_letter.is_empty() { String::new() } else { format!(", surat kuasa {}", given.proxy_letter) };
    format!(
        "Diserahkan tunai kepada {} ({}{by_proxy}); {} diperiksa; kuitansi {} dengan {}",
        given.receiver_name,
        given.receiver.label().to_lowercase(),
        given.paper.label(),
        given.receipt_number,
        given.mark.label().to_lowercase(),
    )
}

fn note(tx: &mut Tx<'_>, issuer: &Issuer<'_>, given: &HandOver, reference: &str) -> Result<(), Refusal> {
    let details = serde_json::json!({
        "reference": reference, "receipt": given.receipt_number, "amount": given.amount.whole(), "receiver": given.receiver.code(),
        "paper": given.paper.code(), "proxy_letter": given.proxy_letter, "mark": given.mark.code(),
        "photo": given.photo.as_ref().map(|(sha256, _)| sha256), "day": given.day_id,
    });
    audit::append(tx, issuer.actor, "cash.hand_over", &format!("payment:{}", given.item_id), &details.to_string(), issuer.now)?;
    Ok(())
}

/// A second person takes back a handing-over that was recorded by mistake: the money lies in the box after all. The payment counts
/// as returned and goes out by a new order; the record of the mistake stays.
///
/// # Errors
/// [`CashRefused::SecondPerson`], [`Refusal::ReasonMissing`], [`Refusal::ItemNotAllowed`], [`Refusal::Stale`].
pub fn undo_hand_over(desk: &Desk, actor: &Actor, item_id: &str, expected_version: i64, reason: &str) -> Result<(), Refusal> {
    finance(actor)?;
    if reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refusal::ReasonMissing);
    }
    desk.store.write(actor.office.as_str(), |tx| {
        let pack = desk.pack(tx, &actor.office)?;
        let issuer = Issuer { desk, pack: &pack, actor, now: desk.clock.now() };
        let item = cash_item(tx, actor, item_id)?;
        if item.version != expected_version {
            return Err(Refusal::Stale);
        }
        let given = collection::handed_over(tx, &actor.office, &item.id)?.ok_or(Refusal::NotFound)?;
        second_person(tx, actor, [given.given_by])?;
        let claim = claims::load(tx, actor, &item.claim_id)?;
        decide(&Action { step: Step::Reverse, reason: reason.to_owned() }, actor, &action_facts(tx, actor, &claim)?)?;
        let order = orders::load(tx, &actor.office, &item.order_id)?;
        let moved = Moved {
            step: ItemStep::Reverse,
            act: "cash.undo",
            document: &order.id,
            trace: Trace {
                returned_on: Some(issuer.today()),
                return_code: RECORDED_BY_MISTAKE.to_owned(),
                evidence: format!("Koreksi kuitansi {}", given.receipt_number),
                ..Trace::default()
            },
            reason: format!("Penyerahan tunai salah catat, uangnya masih di kas: {}", reason.trim()),
        };
        move_item(tx, &issuer, &order.budget_line_id, &item, &moved)?;
        let details = serde_json::json!({ "reference": item.reference, "receipt": given.receipt_number, "reason": reason.trim() });
        audit::append(tx, actor, "cash.undo", &format!("payment:{item_id}"), &details.to_string(), issuer.now)?;
        Ok(())
    })
}
