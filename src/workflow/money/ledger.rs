//! Proving the books: everything recomputed from the entries and compared with what the house says.

use std::collections::HashMap;

use crate::domain::ledger::{
    ClaimStanding, DecreeRow, Difference, Entry, ItemStanding, ListTotal, RecoveryStanding, Standing, Summary, verify,
};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, book_balance};
use crate::domain::region::RegionCode;
use crate::store::money::decrees::{self, Decree};
use crate::store::money::{budget, cash, items, ledger, orders, recoveries};
use crate::store::{DbConn, StoreError, claims};
use crate::workflow::desk::Desk;

/// What a proof of the books came to.
pub type Proof = Result<Summary, Difference>;

/// Walks the whole journal of an office and compares it with balances, claims, payments and lists.
///
/// # Errors
/// [`StoreError`], also [`StoreError::Corrupt`] for a row that cannot be what its table promises.
pub fn verify_ledger(desk: &Desk, office: &RegionCode) -> Result<Proof, StoreError> {
    // One transaction sees one moment: people go on working meanwhile.
    desk.store.read_at_one_moment(|conn| {
        let standing = standing(conn, office)?;
        let mut walk = Journal { conn, office, after: 0, chunk: Vec::new().into_iter() };
        verify(std::iter::from_fn(|| walk.next_entry()), &standing)
    })
}

struct Journal<'a> {
    conn: &'a mut DbConn,
    office: &'a RegionCode,
    after: i64,
    chunk: std::vec::IntoIter<Entry>,
}

impl Journal<'_> {
    fn next_entry(&mut self) -> Option<Result<Entry, StoreError>> {
        if let Some(entry) = self.chunk.next() {
            self.after = entry.sequence;
            return Some(Ok(entry));
        }
        match ledger::entries_after(self.conn, self.office, self.after) {
            Err(fault) => Some(Err(fault)),
            Ok(more) if more.is_empty() => None,
            Ok(more) => {
                self.chunk = more.into_iter();
                self.next_entry()
            }
        }
    }
}

fn standing(conn: &mut DbConn, office: &RegionCode) -> Result<Standing, StoreError> {
    let mut standing = Standing::default();
    for line in budget::lines(conn, office)? {
        let balances = ledger::balances(conn, &line.id)?;
        let documents = budget::revisions(conn, &line.id)?.iter().fold(0_i64, |sum, revision| sum.saturating_add(revision.change));
        standing.lists.push(ListTotal {
            number: format!("pagu {} {}", line.year, line.account_code),
            stated: balances.ceiling(),
            rows: Rupiah::new(documents).ok(),
        });
        standing.balances.push((line.id, balances));
    }
    let with_money = claims::with_money(conn, office)?;
    let lines: HashMap<&str, &str> = with_money.iter().map(|claim| (claim.id.as_str(), claim.line_id.as_str())).collect();
    let heads = orders::heads(conn, office)?;
    let payments = items::standings(conn, office)?;
    for item in payments.iter().filter(|item| item.state == ItemState::Deposited) {
        let (of_order, of_claim) = (heads.get(&item.order_id).map(|(_, line)| line.as_str()), lines.get(item.claim_id.as_str()).copied());
        if of_order != of_claim {
            let settled = standing.settled.entry(item.claim_id.clone()).or_default();
            *settled = settled.checked_add(item.amount).unwrap_or(item.amount);
        }
    }
    standing.claims = with_money
        .into_iter()
        .map(|row| ClaimStanding { id: row.id, code: row.code, state: row.state, resume: row.resume, amount: row.amount })
        .collect();
    let mut lists = decrees::totals(conn, office)?;
    lists.extend(orders::totals(conn, office, &payments)?);
    standing.lists.extend(lists.into_iter().map(|(number, stated, rows)| ListTotal { number, stated, rows }));
    standing.items = payments
        .into_iter()
        .map(|item| ItemStanding { id: item.id, claim: item.claim_id, state: item.state, amount: item.amount })
        .collect();
    standing.decree_rows = decree_rows(&decrees::all(conn, office)?);
    for case in recoveries::all(conn, office)? {
        let recovered = Rupiah::sum(case.parts().iter().filter(|part| !part.voided).map(|part| part.amount));
        let code = claims::code_of(conn, &case.claim_id)?;
        standing.recoveries.push(RecoveryStanding { code, item: case.item_id, owed: case.owed, recovered, settled: case.settled });
    }
    standing.lists.extend(cash_book(conn, office)?);
    Ok(standing)
}

/// Every row of every decree, with the number of what struck it.
fn decree_rows(decrees: &[Decree]) -> Vec<DecreeRow> {
    let numbers: HashMap<&str, &str> = decrees.iter().map(|decree| (decree.id.as_str(), decree.number.as_str())).collect();
    let rows = decrees.iter().flat_map(|decree| decree.items.iter().map(move |item| (decree, item)));
    rows.map(|(decree, item)| DecreeRow {
        decree: decree.number.clone(),
        claim: item.claim_id.clone(),
        kind: item.kind,
        amount: item.amount,
        struck_by: item.struck_by.as_deref().map(|id| numbers.get(id).copied().unwrap_or("yang tidak dikenal").to_owned()),
    })
    .collect()
}

/// The treasurer's book is held twice: against its own lines, and against the cash payments that lie at the counter, whose states
/// are held against the entries like those of all others.
fn cash_book(conn: &mut DbConn, office: &RegionCode) -> Result<[ListTotal; 2], StoreError> {
    let book = cash::book(conn, office)?;
    let stated = book.last().map(|entry| entry.balance).unwrap_or_default();
    let added = book_balance(book.iter().map(|entry| (entry.kind, entry.amount, entry.balance)));
    let list = |number: &str, rows| ListTotal { number: number.to_owned(), stated, rows };
    Ok([list("buku kas", added), list("uang di loket", cash::in_box(conn, office)?)])
}
