//! Invariants over the tables as they stand, and over what really happened outside.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::budget::Position;
use crate::domain::claim::State;
use crate::domain::ledger::{Account, ClaimStanding, DecreeRow, ItemStanding, ListTotal, RecoveryStanding, Standing, verify};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderKind, OrderState, PaperKind};

use super::cast::Cast;
use super::invariant::{Broken, Invariant, hold};
use super::office::{Office, Rules};
use super::outside::Outside;
use super::reconcile::Fate;
use super::rows::Decree;
use super::undo_acts;

/// Everything that is cheap enough to look at after every act.
///
/// # Errors
/// The first [`Broken`] invariant.
pub fn tables(office: &Office, outside: &Outside, cast: &Cast, rules: &Rules) -> Result<(), Broken> {
    lines(office)?;
    one_of_a_kind(office)?;
    decree_rows(office)?;
    payments(office, cast)?;
    orders(office, cast, rules)?;
    undone(office, cast)?;
    drawer(office)?;
    bank(office, outside)?;
    really_paid(office, outside)
}

fn lines(office: &Office) -> Result<(), Broken> {
    for (at, line) in (0..).zip(office.lines.rows()) {
        hold(Invariant::OnePlace, line.kept.adds_up(), || format!("{}: {:?}", line.id, line.kept))?;
        let documents: i64 = office.revisions.rows().iter().filter(|row| row.line == at).map(|row| row.change).sum();
        let position = Position::of(&line.kept);
        let within = position.is_some_and(|position| position.adds_up() && position.ceiling.whole() == documents);
        hold(Invariant::CeilingHolds, within, || format!("{}: dokumen {documents}, {position:?}", line.id))?;
    }
    Ok(())
}

fn one_of_a_kind(office: &Office) -> Result<(), Broken> {
    let mut living = vec![0_u8; office.claims.len()];
    for item in office.items.rows().iter().filter(|item| item.state.is_living()) {
        if let Some(count) = living.get_mut(item.claim) {
            *count = count.saturating_add(1);
            hold(Invariant::OneLivingPayment, *count == 1, || format!("permohonan {}", item.claim))?;
        }
    }
    let mut deaths = HashMap::new();
    for claim in office.claims.rows().iter().filter(|claim| !claim.state.is_terminal()) {
        let earlier = deaths.insert(claim.deceased, &claim.code);
        hold(Invariant::OneLivingClaim, earlier.is_none(), || format!("{} dan {earlier:?}", claim.code))?;
    }
    Ok(())
}

fn decree_rows(office: &Office) -> Result<(), Broken> {
    let mut standing = vec![0_u8; office.claims.len()];
    for row in office.decrees.rows().iter().flat_map(Decree::standing) {
        if let Some(count) = standing.get_mut(row.claim) {
            *count = count.saturating_add(1);
        }
    }
    for (claim, count) in office.claims.rows().iter().zip(standing) {
        let fits = match claim.state {
            State::Decreed | State::Paid => count == 1,
            // Annulled behind its decree: the row is history.
            State::Annulled => count <= 1,
            _ => count == 0,
        };
        hold(Invariant::OneDecreeRow, fits, || format!("{}: {count} baris SK", claim.code))?;
    }
    Ok(())
}

fn payments(office: &Office, cast: &Cast) -> Result<(), Broken> {
    let mut parts: BTreeMap<usize, i64> = BTreeMap::new();
    for part in office.instalments.rows().iter().filter(|part| !part.voided) {
        *parts.entry(part.item).or_default() += part.amount.whole();
    }
    for (at, item) in (0..).zip(office.items.rows()) {
        let receipts = item.receipts == item.sends && item.sends <= 1;
        hold(Invariant::ReceiptForSending, receipts, || format!("{}: {} kuitansi, {} kali dilepas", item.id, item.receipts, item.sends))?;
        let (back, whole) = (parts.get(&at).copied().unwrap_or(0), item.amount.whole());
        let within = if item.state == ItemState::Recovered { back == whole } else { back < whole || whole == 0 };
        hold(Invariant::PartsWithinPayment, within, || format!("{}: kembali {back} dari {whole}", item.id))?;
    }
    let renewed = office.orders.rows().iter().filter(|order| order.kind == OrderKind::Renewed);
    for at in renewed.flat_map(|order| &order.items) {
        let linked = linked(office, *at).is_some();
        hold(Invariant::RenewedIsLinked, linked, || format!("pembayaran {at} tidak menunjuk yang gagal"))?;
    }
    for correction in office.corrections.rows() {
        let other = correction.approved_by.is_none_or(|by| !cast.is_same_person(by, correction.asked_by));
        hold(Invariant::RenewedIsLinked, other, || format!("perbaikan pembayaran {} disetujui sendiri", correction.item))?;
    }
    Ok(())
}

/// The failed payment a renewed one takes the place of, if everything about the pair is right.
fn linked(office: &Office, at: usize) -> Option<usize> {
    let new = office.items.get(at).ok()?;
    let failed = new.replaces?;
    let old = office.items.get(failed).ok()?;
    let approved = office.corrections.rows().iter().any(|c| c.item == failed && c.used && c.approved_by.is_some());
    let gone = new.state == ItemState::Cancelled || old.state == ItemState::Replaced;
    ((old.claim, old.amount) == (new.claim, new.amount) && approved && gone).then_some(failed)
}

fn orders(office: &Office, cast: &Cast, rules: &Rules) -> Result<(), Broken> {
    for (at, order) in (0..).zip(office.orders.rows()) {
        for (place, by) in (1..).zip(&order.hands) {
            let again = order.hands.iter().skip(place).any(|other| cast.is_same_person(*by, *other));
            hold(Invariant::ThreeHands, !again, || format!("{}: akun {by} dua kali", order.number))?;
        }
        let mut recorded = Vec::new();
        for paper in office.papers.rows().iter().filter(|paper| paper.order == at).map(|paper| &paper.paper) {
            let equal = paper.value == order.total;
            hold(Invariant::PapersToTheRupiah, equal, || format!("{}: {} {}", order.number, paper.kind.label(), paper.value))?;
            recorded.push(paper.kind);
        }
        let needed: &[PaperKind] = match order.state {
            OrderState::Released => rules.chain.papers_before_release(),
            OrderState::Closed => &[PaperKind::Sp2d],
            OrderState::Made | OrderState::Checked | OrderState::Cancelled => &[],
        };
        let there = needed.iter().all(|kind| recorded.contains(kind));
        hold(Invariant::PapersToTheRupiah, there, || format!("{}: hanya {recorded:?}", order.number))?;
        let open = |item: &usize| office.items.get(*item).is_ok_and(|item| matches!(item.state, ItemState::Ordered | ItemState::Sent));
        let answered = order.state != OrderState::Closed || !order.items.iter().any(open);
        hold(Invariant::ClosedIsAnswered, answered, || order.number.clone())?;
    }
    Ok(())
}

/// What was undone: debts, slips, plans, struck rows, hands.
fn undone(office: &Office, cast: &Cast) -> Result<(), Broken> {
    for order in office.orders.rows().iter().filter(|order| order.state != OrderState::Cancelled) {
        let Some(decree) = order.decree.and_then(|decree| office.decrees.get(decree).ok()) else { continue };
        let struck = |item: &usize| {
            let claim = office.items.get(*item).map(|item| item.claim);
            decree.rows.iter().any(|row| Ok(row.claim) == claim && row.struck_by.is_some())
        };
        hold(Invariant::StruckIsNotOrdered, !order.items.iter().any(struck), || order.number.clone())?;
    }
    let mut slips = HashSet::new();
    for part in office.instalments.rows().iter().filter(|part| !part.voided) {
        hold(Invariant::SlipOnce, slips.insert(part.slip), || format!("bukti setor {}", part.slip))?;
    }
    let mut owed = 0_i64;
    for (at, case) in (0..).zip(office.cases.rows()) {
        let balance = undo_acts::balance(office, at).map_or(i64::MIN, Rupiah::whole);
        hold(Invariant::OwedIsFollowed, case.settled == (balance == 0), || format!("pengembalian {at}: sisa {balance}"))?;
        owed = owed.saturating_add(balance);
        for (covers, parts) in &case.plans {
            let sum = Rupiah::sum(parts.iter().copied());
            hold(Invariant::PlanIsTheDebt, sum == Some(*covers), || format!("pengembalian {at}: {sum:?} dari {covers}"))?;
        }
    }
    let receivable: i64 = office.lines.rows().iter().map(|line| line.kept.holds(Account::Receivable).whole()).sum();
    hold(Invariant::OwedIsFollowed, receivable == owed, || format!("menurut saldo {receivable}, menurut pengembalian {owed}"))?;
    let asked = office.annulments.rows().iter().filter_map(|one| Some((one.asked_by, one.decided?.0)));
    let proposed = office.amendments.rows().iter().filter_map(|one| Some((one.proposed_by, one.locked_by?)));
    for (first, second) in asked.chain(proposed) {
        hold(Invariant::UndoneByTwo, !cast.is_same_person(first, second), || format!("akun {first} dan {second}"))?;
    }
    Ok(())
}

fn drawer(office: &Office) -> Result<(), Broken> {
    let drawer: i64 = office.cash.rows().iter().map(|row| row.change).sum();
    let waits = office.items.rows().iter().filter(|item| item.bank.is_none() && item.state == ItemState::Sent);
    let waiting: i64 = waits.map(|item| item.amount.whole()).sum();
    hold(Invariant::DrawerAgrees, drawer == waiting, || format!("laci {drawer}, menunggu {waiting}"))
}

fn bank(office: &Office, outside: &Outside) -> Result<(), Broken> {
    for file in office.files.rows() {
        let lines = Rupiah::sum(file.lines.iter().map(|line| line.amount));
        let released = office.orders.get(file.order).ok().and_then(|order| {
            let by_bank = order.items.iter().filter_map(|item| office.items.get(*item).ok()).filter(|item| item.bank.is_some());
            Rupiah::sum(by_bank.map(|item| item.amount))
        });
        let equal = lines == released && released == Some(file.total);
        hold(Invariant::BankGotTheOrder, equal, || {
            format!("perintah {}: {released:?}, berkas {} baris {lines:?}", file.order, file.total)
        })?;
    }
    let fates: HashMap<&str, Option<Fate>> = outside.transfers.iter().map(|t| (t.reference.as_str(), t.fate)).collect();
    for item in office.items.rows().iter().filter(|item| item.bank.is_some() && item.sends > 0) {
        let fate = fates.get(item.reference.as_str()).copied().flatten();
        let back = matches!(fate, Some(Fate::Returned | Fate::Reversed));
        let agrees = match item.state {
            ItemState::Paid | ItemState::Recovering | ItemState::Recovered => matches!(fate, Some(Fate::Settled | Fate::Reversed)),
            ItemState::Returned | ItemState::Replaced | ItemState::Deposited => back,
            ItemState::Sent => true,
            ItemState::Ordered | ItemState::Cancelled => false,
        };
        hold(Invariant::BankAgrees, agrees, || format!("{}: {:?}, di bank {fate:?}", item.id, item.state))?;
    }
    Ok(())
}

/// Nobody has two benefits for one death in hand; what a wrong person has to pay back does not count.
fn really_paid(office: &Office, outside: &Outside) -> Result<(), Broken> {
    let arrived = outside.transfers.iter().filter(|transfer| transfer.fate == Some(Fate::Settled)).map(|t| (t.item, t.amount));
    let handed = outside.handed.iter().map(|handed| (handed.item, handed.amount));
    let mut by_death: HashMap<usize, i64> = HashMap::new();
    for (at, amount) in arrived.chain(handed) {
        let Ok(item) = office.items.get(at) else { continue };
        let Ok(claim) = office.claims.get(item.claim) else { continue };
        if matches!(item.state, ItemState::Recovering | ItemState::Recovered) {
            continue;
        }
        let sum = by_death.entry(claim.deceased).or_default();
        *sum += amount.whole();
        hold(Invariant::PaidOnce, *sum <= item.amount.whole(), || format!("{}: {sum} untuk satu kematian", claim.code))?;
    }
    Ok(())
}

/// The whole journal against everything the office says.
///
/// # Errors
/// [`Invariant::BooksProve`] with the first difference.
pub fn books(office: &Office) -> Result<(), Broken> {
    let mut standing = Standing::default();
    for line in office.lines.rows() {
        standing.balances.push((line.id.clone(), line.kept.clone()));
    }
    for claim in office.claims.rows() {
        let (state, resume) = (claim.state, claim.resume);
        standing.claims.push(ClaimStanding { id: claim.code.clone(), code: claim.code.clone(), state, resume, amount: claim.amount });
    }
    for item in office.items.rows() {
        let claim = office.claims.get(item.claim).map(|claim| claim.code.clone()).unwrap_or_default();
        standing.items.push(ItemStanding { id: item.id.clone(), claim, state: item.state, amount: item.amount });
    }
    for (at, decree) in (1..).zip(office.decrees.rows()) {
        let rows = Rupiah::sum(decree.rows.iter().map(|row| row.amount));
        standing.lists.push(ListTotal { number: format!("SK {at}"), stated: decree.total, rows });
    }
    standing.decree_rows = all_decree_rows(office);
    for (at, case) in (0..).zip(office.cases.rows()) {
        let balance = undo_acts::balance(office, at);
        standing.recoveries.push(RecoveryStanding {
            code: office.claims.get(case.claim).map(|claim| claim.code.clone()).unwrap_or_default(),
            item: office.items.get(case.item).map(|item| item.id.clone()).unwrap_or_default(),
            owed: case.owed,
            recovered: balance.and_then(|balance| case.owed.checked_sub(balance)),
            settled: case.settled,
        });
    }
    for order in office.orders.rows() {
        let rows = Rupiah::sum(order.items.iter().filter_map(|item| Some(office.items.get(*item).ok()?.amount)));
        standing.lists.push(ListTotal { number: order.number.clone(), stated: order.total, rows });
    }
    let entries = office.journal.rows().iter().map(|posted| Ok::<_, std::convert::Infallible>(posted.entry.clone()));
    match verify(entries, &standing) {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(difference)) => Err(Broken { invariant: Invariant::BooksProve, found: difference.to_string() }),
        Err(never) => match never {},
    }
}

fn all_decree_rows(office: &Office) -> Vec<DecreeRow> {
    let rows = (1_usize..).zip(office.decrees.rows()).flat_map(|(at, decree)| decree.rows.iter().map(move |row| (at, row)));
    rows.map(|(at, row)| DecreeRow {
        decree: format!("SK {at}"),
        claim: office.claims.get(row.claim).map(|claim| claim.code.clone()).unwrap_or_default(),
        kind: row.kind,
        amount: row.amount,
        struck_by: row.struck_by.map(|by| format!("SK {}", by + 1)),
    })
    .collect()
}
