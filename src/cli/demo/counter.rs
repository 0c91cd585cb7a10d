//! The demo's cash counter: one collection day, on which two families come and one does not, and the box counted in the evening.

use chrono::NaiveTime;

use crate::cli::fault::CliFault;
use crate::domain::claim::Payout;
use crate::domain::money::Rupiah;
use crate::domain::payment::{Comparison, Counted, DayPlan, IdentityCheck, IdentityPaper, ReceiptMark, Receiver};
use crate::domain::region::RegionCode;
use crate::exchange::claims_json::FiledClaim;
use crate::store::claims;
use crate::store::money::cash;
use crate::store::money::collection::CollectionDay;
use crate::store::money::items::{self, Item};
use crate::workflow::Desk;
use crate::workflow::money::cash::{HandingOver, Photo, close_day, count_cash, hand_over, open_day};

use super::story::{Hands, OfficeHours};

/// Sample claims of one village whose families collect in cash.
const COLLECT: [&str; 3] = ["KLM-00016", "KLM-00036", "KLM-00047"];
/// Their village.
const VILLAGE: &str = "33.25.15.2003";
/// How many of them come.
const COME: usize = 2;
/// A photo of the handing over: the smallest picture there is.
const PHOTO: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\xdac\xf8\x0f\0\x01\x01\x01\0\x1c\xb0\x8c\x99\0\0\0\0IEND\xaeB`\x82";

/// What became of the day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CashDay {
    pub invited: usize,
    pub collected: usize,
    pub missed: usize,
    /// What lies in the box afterwards, by book and by count.
    pub in_box: Rupiah,
    /// Whether the day's book could be closed.
    pub closed: bool,
}

/// The families of the demo's village that choose cash.
pub(super) fn choose_cash(claims: &mut [FiledClaim]) {
    for claim in claims.iter_mut().filter(|claim| COLLECT.contains(&claim.claim_id.as_str())) {
        if let Some(content) = &mut claim.content {
            content.payout = Payout::Cash;
        }
    }
}

/// Holds the collection day and closes the treasurer's book on it.
pub(super) fn held(desk: &Desk, hours: &mut OfficeHours, hands: &Hands<'_>) -> Result<CashDay, CliFault> {
    let (finance, today) = (&hands.maker.actor, hours.today());
    let fault = |what: &dyn std::fmt::Display| CliFault::Environment(format!("hari pengambilan contoh: {what}"));
    let plan = DayPlan {
        area: RegionCode::parse(VILLAGE).map_err(|why| fault(&why))?,
        held_on: today,
        opens: NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default(),
        closes: NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
        place: "Balai Desa".to_owned(),
        capacity: 20,
    };
    let day = open_day(&desk.at(hours.tick()), finance, &plan)?;
    let mut told = CashDay { invited: day.appointments.len(), ..CashDay::default() };
    for item in invited(desk, &day, finance)?.into_iter().take(COME) {
        give(desk, hours, hands, &item)?;
        told.collected += 1;
    }
    told.missed = close_day(&desk.at(hours.tick()), finance, &day.id)?;
    let newest = desk.store.read(|conn| cash::newest(conn, &finance.office))?;
    told.in_box = newest.map(|entry| entry.balance).unwrap_or_default();
    let counted = Counted { cash: told.in_box, in_bank: Rupiah::ZERO };
    told.closed = count_cash(&desk.at(hours.tick()), finance, today, counted)?.comparison == Comparison::Equal;
    Ok(told)
}

fn invited(desk: &Desk, day: &CollectionDay, finance: &crate::domain::access::Actor) -> Result<Vec<Item>, CliFault> {
    let load = |conn: &mut crate::store::DbConn| {
        day.appointments.iter().map(|one| items::load(conn, &finance.office, &one.item_id)).collect::<Result<Vec<_>, _>>()
    };
    Ok(desk.store.read(load)?)
}

/// The heir shows the KTP and signs.
fn give(desk: &Desk, hours: &mut OfficeHours, hands: &Hands<'_>, item: &Item) -> Result<(), CliFault> {
    let claim = desk.store.read(|conn| claims::by_id(conn, &item.claim_id))?;
    let nik = claim.content.payee().and_then(|heir| heir.nik.number.as_ref());
    let last_digits = nik.and_then(|nik| nik.expose().get(12..)).unwrap_or_default().to_owned();
    let check = IdentityCheck { receiver: Receiver::Payee, paper: IdentityPaper::Ktp, last_digits, proxy_letter: String::new() };
    let photo = Some(Photo { media_type: "image/png", bytes: PHOTO.to_vec() });
    let handing = HandingOver { item_id: &item.id, expected_version: item.version, check, mark: ReceiptMark::Signature, photo };
    hand_over(&desk.at(hours.tick()), &hands.maker.actor, &handing)?;
    Ok(())
}
