//! Proving the books: everything recomputed from the entries and held against balances, claims, payments and lists.

use std::collections::{HashMap, HashSet};

use super::account::Account;
use super::books::{Balances, Books, LedgerFault};
use super::entry::Entry;
use super::movement::Movement;
use crate::domain::claim::State;
use crate::domain::money::Rupiah;
use crate::domain::payment::ItemState;
use crate::domain::undo::RowKind;

/// What the rest of the house says, to be held against the entries.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Balances as they are kept, by line.
    pub balances: Vec<(String, Balances)>,
    /// Claims that ever had money.
    pub claims: Vec<ClaimStanding>,
    /// Payments.
    pub items: Vec<ItemStanding>,
    /// Decrees and orders with what their rows add up to.
    pub lists: Vec<ListTotal>,
    /// By claim, what of its money went back to the treasury with a closed year and is paid anew by a later one: it stays where it is
    /// as a memory.
    pub settled: HashMap<String, Rupiah>,
    /// Rows of decrees, with the amending decree that struck them.
    pub decree_rows: Vec<DecreeRow>,
    /// Money that is to come back.
    pub recoveries: Vec<RecoveryStanding>,
}

/// A row of a decree, an amending one too.
#[derive(Debug, Clone)]
pub struct DecreeRow {
    /// Number of the decree.
    pub decree: String,
    /// Claim.
    pub claim: String,
    /// What the row is for.
    pub kind: RowKind,
    /// Its amount.
    pub amount: Rupiah,
    /// Number of the amending decree that struck it.
    pub struck_by: Option<String>,
}

/// A recovery as far as its money is concerned.
#[derive(Debug, Clone)]
pub struct RecoveryStanding {
    /// Code of the claim, for the report.
    pub code: String,
    /// The wrong payment.
    pub item: String,
    /// What is to come back.
    pub owed: Rupiah,
    /// What came, without parts that were moved back.
    pub recovered: Option<Rupiah>,
    /// Whether the office calls it settled.
    pub settled: bool,
}

/// A claim as far as its money is concerned.
#[derive(Debug, Clone)]
pub struct ClaimStanding {
    /// Id.
    pub id: String,
    /// Code, for the report.
    pub code: String,
    /// Where it stands.
    pub state: State,
    /// Where it stood when it was put on hold.
    pub resume: Option<State>,
    /// What was promised.
    pub amount: Rupiah,
}

/// A payment as far as its money is concerned.
#[derive(Debug, Clone)]
pub struct ItemStanding {
    /// Id.
    pub id: String,
    /// Claim.
    pub claim: String,
    /// Where it stands.
    pub state: ItemState,
    /// Its amount.
    pub amount: Rupiah,
}

/// A list with its stated and its real sum.
#[derive(Debug, Clone)]
pub struct ListTotal {
    /// Number of the decree or order, for the report.
    pub number: String,
    /// As stated in its head.
    pub stated: Rupiah,
    /// Sum of its rows.
    pub rows: Option<Rupiah>,
}

/// The first place where the books do not say what the house says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// The journal has a gap or a doubled number.
    #[error("jurnal nomor {found} berada di tempat nomor {expected}")]
    Sequence {
        /// The number that should stand here.
        expected: i64,
        /// The one that does.
        found: i64,
    },
    /// An entry that cannot be.
    #[error("jurnal nomor {sequence}: {fault}")]
    Entry {
        /// The entry.
        sequence: i64,
        /// Why.
        fault: LedgerFault,
    },
    /// A correction that does not fit the entry it names.
    #[error("jurnal nomor {0} tidak membalik jurnal yang disebutnya")]
    Correction(i64),
    /// Kept balances that the entries do not give.
    #[error("saldo {account} pada mata anggaran {line}: tersimpan {kept}, menurut jurnal {computed}")]
    Balance {
        /// Line.
        line: String,
        /// Account.
        account: Account,
        /// As kept.
        kept: Rupiah,
        /// As computed.
        computed: Rupiah,
    },
    /// A claim whose money lies elsewhere than its state says.
    #[error("permohonan {code} ({state}): uangnya {found}")]
    Claim {
        /// Code.
        code: String,
        /// State.
        state: State,
        /// Where the money lies, in words.
        found: String,
    },
    /// A payment whose money lies elsewhere than its state says.
    #[error("pembayaran {id}: keadaan {state}, tetapi uangnya {found}")]
    Item {
        /// Id.
        id: String,
        /// State.
        state: ItemState,
        /// Where the money lies, in words.
        found: String,
    },
    /// Two living payments for one claim.
    #[error("permohonan {0} memiliki dua pembayaran yang berjalan")]
    TwoPayments(String),
    /// A list that does not add up.
    #[error("daftar {number}: tertulis {stated}, jumlah barisnya lain")]
    List {
        /// Number.
        number: String,
        /// As stated.
        stated: Rupiah,
    },
    /// A claim that stands on no decree or on two, or whose row says another amount; a row struck by a decree that does not say so.
    #[error("permohonan {code}: {why}")]
    DecreeRow {
        /// Code.
        code: String,
        /// What is wrong, in words.
        why: String,
    },
    /// A recovery whose debt the books see otherwise.
    #[error("pengembalian {code}: menurut catatan masih {balance}, menurut jurnal {found}")]
    Recovery {
        /// Code of the claim.
        code: String,
        /// What the office says is owed.
        balance: i64,
        /// What the books say is owed.
        found: i64,
    },
    /// Entries of a claim nobody knows.
    #[error("jurnal menyebut permohonan {0} yang tidak ada")]
    UnknownClaim(String),
}

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Entries walked.
    pub entries: i64,
    /// Claims with money.
    pub claims: usize,
    /// Payments.
    pub items: usize,
    /// The books as computed.
    pub books: Books,
}

/// Money of one claim by account, indexed by the account's place in [`Account::ALL`]; most claims only ever touch one at a time.
type Places = [i64; Account::ALL.len()];

/// Recomputes everything from the entries, in the order of the journal, and compares.
///
/// # Errors
/// The first [`Difference`]: journal, balances, claims, payments, lists, in this order; or whatever the journal's source said.
pub fn verify<E>(entries: impl IntoIterator<Item = Result<Entry, E>>, standing: &Standing) -> Result<Result<Summary, Difference>, E> {
    let mut walk = Walk::default();
    for entry in entries {
        if let Err(difference) = walk.take(entry?) {
            return Ok(Err(difference));
        }
    }
    Ok(walk.compare(standing))
}

#[derive(Default)]
struct Walk {
    count: i64,
    books: Books,
    claims: HashMap<String, Places>,
    items: HashMap<String, Places>,
    /// What each entry moved, by its place in the journal, for the corrections that may follow; `None` once it was moved back.
    moved: Vec<Option<(Movement, Rupiah)>>,
}

impl Walk {
    fn take(&mut self, entry: Entry) -> Result<(), Difference> {
        self.count = self.count.saturating_add(1);
        if entry.sequence != self.count {
            return Err(Difference::Sequence { expected: self.count, found: entry.sequence });
        }
        self.books.apply(&entry).map_err(|fault| Difference::Entry { sequence: entry.sequence, fault })?;
        let (from, to) = entry.way();
        // A payment's own money begins and ends on its order; before and behind that it is the decree's, or another payment's.
        let order = matches!(entry.movement, Movement::Order | Movement::Unorder | Movement::Reissue | Movement::Unreissue);
        for (map, key, all_legs) in [(&mut self.claims, &entry.claim, true), (&mut self.items, &entry.item, !order)] {
            let Some(key) = key else { continue };
            let places = match map.get_mut(key) {
                Some(places) => places,
                None => map.entry(key.clone()).or_default(),
            };
            if all_legs || from == Account::Ordered {
                shift(places, from, entry.amount, i64::checked_sub);
            }
            if all_legs || to == Account::Ordered {
                shift(places, to, entry.amount, i64::checked_add);
            }
        }
        self.moved.push(entry.corrects.is_none().then_some((entry.movement, entry.amount)));
        match entry.corrects {
            Some(wrong) => self.move_back(&entry, wrong),
            None => Ok(()),
        }
    }

    /// A correction names an earlier entry of the same movement and amount, which nothing has moved back before.
    fn move_back(&mut self, entry: &Entry, wrong: i64) -> Result<(), Difference> {
        let place = usize::try_from(wrong).ok().and_then(|n| n.checked_sub(1)).and_then(|at| self.moved.get_mut(at));
        match place.and_then(Option::take) {
            Some(moved) if moved == (entry.movement, entry.amount) => Ok(()),
            _ => Err(Difference::Correction(entry.sequence)),
        }
    }

    fn compare(self, standing: &Standing) -> Result<Summary, Difference> {
        self.compare_balances(standing)?;
        self.compare_claims(standing)?;
        self.compare_items(standing)?;
        compare_decree_rows(standing)?;
        self.compare_recoveries(standing)?;
        match standing.lists.iter().find(|list| list.rows != Some(list.stated)) {
            Some(list) => Err(Difference::List { number: list.number.clone(), stated: list.stated }),
            None => Ok(Summary { entries: self.count, claims: standing.claims.len(), items: standing.items.len(), books: self.books }),
        }
    }

    fn compare_balances(&self, standing: &Standing) -> Result<(), Difference> {
        for (line, kept) in &standing.balances {
            let computed = self.books.line(line);
            for account in Account::ALL {
                let (kept, computed) = (kept.of(account), computed.of(account));
                let one = |kept, computed| Difference::Balance { line: line.clone(), account, kept, computed };
                if kept.debits != computed.debits {
                    return Err(one(kept.debits, computed.debits));
                }
                if kept.credits != computed.credits {
                    return Err(one(kept.credits, computed.credits));
                }
            }
        }
        let unkept = self.books.lines().find(|(line, _)| !standing.balances.iter().any(|(kept, _)| kept == line));
        match unkept {
            Some((line, books)) => Err(Difference::Balance {
                line: line.to_owned(),
                account: Account::Appropriation,
                kept: Rupiah::ZERO,
                computed: books.ceiling(),
            }),
            None => Ok(()),
        }
    }

    fn compare_claims(&self, standing: &Standing) -> Result<(), Difference> {
        let mut known = 0_usize;
        for claim in &standing.claims {
            let mut places = self.claims.get(&claim.id).copied().unwrap_or_default();
            if let Some(settled) = standing.settled.get(&claim.id) {
                shift(&mut places, Account::Deposited, *settled, i64::checked_sub);
            }
            known = known.saturating_add(usize::from(self.claims.contains_key(&claim.id)));
            if !claim_fits(claim, &places) {
                return Err(Difference::Claim { code: claim.code.clone(), state: claim.state, found: words(&places) });
            }
        }
        if known == self.claims.len() {
            return Ok(());
        }
        let ids: HashSet<&str> = standing.claims.iter().map(|claim| claim.id.as_str()).collect();
        let stray = self.claims.keys().find(|id| !ids.contains(id.as_str())).cloned().unwrap_or_default();
        Err(Difference::UnknownClaim(stray))
    }

    fn compare_items(&self, standing: &Standing) -> Result<(), Difference> {
        let mut living: HashSet<&str> = HashSet::new();
        for item in &standing.items {
            if item.state.is_living() && !living.insert(&item.claim) {
                return Err(Difference::TwoPayments(item.claim.clone()));
            }
            let Some(account) = item.state.account() else { continue };
            let places = self.items.get(&item.id).copied().unwrap_or_default();
            let there = place(&places, account);
            let whole = item.amount.whole();
            let fits = if item.state == ItemState::Recovering { there > 0 && there <= whole } else { there == whole };
            if !fits {
                return Err(Difference::Item { id: item.id.clone(), state: item.state, found: words(&places) });
            }
        }
        Ok(())
    }
}

impl Walk {
    /// What the cases say is owed is what the books hold as owed, payment by payment; no money is owed without a case.
    fn compare_recoveries(&self, standing: &Standing) -> Result<(), Difference> {
        let mut cased: HashSet<&str> = HashSet::new();
        for case in &standing.recoveries {
            let balance = case.recovered.map_or(i64::MIN, |came| case.owed.whole().saturating_sub(came.whole()));
            let found = self.items.get(&case.item).map_or(0, |places| place(places, Account::Receivable));
            let told = case.settled == (balance == 0) && cased.insert(&case.item);
            if balance != found || !told {
                return Err(Difference::Recovery { code: case.code.clone(), balance, found });
            }
        }
        let stray = self.items.iter().find(|(id, places)| place(places, Account::Receivable) != 0 && !cased.contains(id.as_str()));
        match stray {
            Some((id, places)) => Err(Difference::Recovery { code: id.clone(), balance: 0, found: place(places, Account::Receivable) }),
            None => Ok(()),
        }
    }
}

/// A claim on its way to payment stands on exactly one decree, with its amount; a struck row is one that its amending decree strikes,
/// with the same amount, and an approved claim stands on none.
fn compare_decree_rows(standing: &Standing) -> Result<(), Difference> {
    let codes: HashMap<&str, &ClaimStanding> = standing.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let wrong = |claim: &str, why: String| {
        let code = codes.get(claim).map_or_else(|| claim.to_owned(), |known| known.code.clone());
        Difference::DecreeRow { code, why }
    };
    let mut strikes: HashMap<(&str, &str), Rupiah> = HashMap::new();
    for row in standing.decree_rows.iter().filter(|row| row.kind == RowKind::Strike) {
        strikes.insert((&row.decree, &row.claim), row.amount);
    }
    let mut rows: HashMap<&str, u32> = HashMap::new();
    for row in standing.decree_rows.iter().filter(|row| row.kind == RowKind::List) {
        if let Some(by) = &row.struck_by {
            if strikes.remove(&(by.as_str(), row.claim.as_str())) != Some(row.amount) {
                return Err(wrong(&row.claim, format!("baris SK {} dicoret, tetapi SK perubahan {by} tidak memuatnya", row.decree)));
            }
            continue;
        }
        let stands = rows.entry(&row.claim).or_default();
        *stands = stands.saturating_add(1);
        if codes.get(row.claim.as_str()).is_some_and(|claim| claim.amount != row.amount) {
            return Err(wrong(&row.claim, format!("barisnya dalam SK {} menyebut {}", row.decree, row.amount)));
        }
    }
    if let Some(((decree, claim), _)) = strikes.into_iter().min() {
        return Err(wrong(claim, format!("SK perubahan {decree} mencoret baris yang tidak ada")));
    }
    for claim in &standing.claims {
        let stands = rows.get(claim.id.as_str()).copied().unwrap_or_default();
        let state = if claim.state == State::OnHold { claim.resume.unwrap_or(claim.state) } else { claim.state };
        let fits = match state {
            State::Decreed | State::Paid => stands == 1,
            // Annulled behind its decree: the row is history, what was paid on it came back.
            State::Annulled => stands <= 1,
            _ => stands == 0,
        };
        if !fits {
            return Err(wrong(&claim.id, format!("{} dan berada pada {stands} baris SK yang berlaku", claim.state)));
        }
    }
    Ok(())
}

/// Where the money of a claim in this state may lie; `None` where it has none any more.
fn claim_fits(claim: &ClaimStanding, places: &Places) -> bool {
    use Account as A;
    let state = if claim.state == State::OnHold { claim.resume.unwrap_or(claim.state) } else { claim.state };
    let may: &[A] = match state {
        State::Approved => &[A::Committed],
        State::Decreed => &[A::Decreed, A::Ordered, A::Sent, A::Returned, A::Deposited],
        State::Paid => &[A::Paid],
        State::Annulled => &[A::Receivable, A::Deposited],
        _ => &[],
    };
    // What was carried over stays on the old line as a memory; the promise goes on with the new line.
    let bound = |account: &A| !matches!(account, A::Free | A::Appropriation | A::Carried | A::Lapsed);
    let filled: Vec<(A, i64)> = Account::ALL.into_iter().filter(bound).map(|a| (a, place(places, a))).filter(|(_, n)| *n != 0).collect();
    let sum = filled.iter().try_fold(0_i64, |sum, (_, n)| sum.checked_add(*n));
    let expected = if may.is_empty() || (state == State::Annulled && filled.is_empty()) { 0 } else { claim.amount.whole() };
    let one_place = filled.len() <= 1 || state == State::Annulled;
    sum == Some(expected) && one_place && filled.iter().all(|(account, n)| *n > 0 && may.contains(account))
}

fn shift(places: &mut Places, account: Account, amount: Rupiah, by: fn(i64, i64) -> Option<i64>) {
    if let Some(place) = slot(account).and_then(|at| places.get_mut(at)) {
        // The books have refused anything an amount cannot hold before this.
        *place = by(*place, amount.whole()).unwrap_or(i64::MIN);
    }
}

fn place(places: &Places, account: Account) -> i64 {
    slot(account).and_then(|at| places.get(at)).copied().unwrap_or_default()
}

fn slot(account: Account) -> Option<usize> {
    Account::ALL.into_iter().position(|other| other == account)
}

fn words(places: &Places) -> String {
    let parts: Vec<String> = Account::ALL
        .into_iter()
        .filter(|account| *account != Account::Free && place(places, *account) != 0)
        .map(|account| format!("{account} {}", place(places, account)))
        .collect();
    if parts.is_empty() { "tidak ada di mana pun".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One claim's road through two payments, each with the state it ends in.
    fn check(road: &[(Movement, Option<&str>)], items: &[(&str, ItemState)], expected: Result<(), Difference>) {
        let amount = Rupiah::new(5).unwrap();
        let entries: Vec<Entry> = (1..)
            .zip([(Movement::Appropriate, None), (Movement::Commit, None), (Movement::Decree, None)].iter().chain(road))
            .map(|(sequence, (movement, item))| Entry {
                sequence,
                line: "l".to_owned(),
                movement: *movement,
                amount,
                claim: movement.is_of_claim().then(|| "k".to_owned()),
                item: item.map(str::to_owned),
                corrects: None,
            })
            .collect();
        let mut kept = Balances::default();
        for entry in &entries {
            kept.apply(entry).unwrap();
        }
        let standing = Standing {
            balances: vec![("l".to_owned(), kept)],
            claims: vec![ClaimStanding { id: "k".into(), code: "K".into(), state: State::Decreed, resume: None, amount }],
            items: items.iter().map(|(id, state)| ItemStanding { id: (*id).into(), claim: "k".into(), state: *state, amount }).collect(),
            decree_rows: vec![row("SK 1", RowKind::List, None)],
            ..Standing::default()
        };
        let proved = verify(entries.into_iter().map(Ok::<_, std::convert::Infallible>), &standing).unwrap();
        assert_eq!(proved.map(|_| ()), expected);
    }

    fn row(decree: &str, kind: RowKind, struck_by: Option<&str>) -> DecreeRow {
        let amount = Rupiah::new(5).unwrap();
        DecreeRow { decree: decree.into(), claim: "k".into(), kind, amount, struck_by: struck_by.map(str::to_owned) }
    }

    #[test]
    fn a_claim_stands_on_one_decree_and_a_struck_row_names_what_struck_it() {
        let check = |state: State, rows: Vec<DecreeRow>, why: Option<&str>| {
            let amount = Rupiah::new(5).unwrap();
            let claims = vec![ClaimStanding { id: "k".into(), code: "K".into(), state, resume: None, amount }];
            let found = compare_decree_rows(&Standing { claims, decree_rows: rows, ..Standing::default() });
            match (found, why) {
                (Ok(()), None) => {}
                (Err(Difference::DecreeRow { why: told, .. }), Some(words)) => assert!(told.contains(words), "{told}"),
                (found, why) => panic!("{found:?} {why:?}"),
            }
        };
        let listed = || row("SK 1", RowKind::List, None);
        let struck = || row("SK 1", RowKind::List, Some("SK 2"));
        let strike = || row("SK 2", RowKind::Strike, None);
        check(State::Decreed, vec![listed()], None);
        check(State::Approved, vec![struck(), strike()], None);
        check(State::Decreed, vec![struck(), strike(), row("SK 3", RowKind::List, None)], None);
        check(State::Annulled, vec![listed()], None);
        check(State::Decreed, vec![], Some("0 baris"));
        check(State::Decreed, vec![listed(), row("SK 3", RowKind::List, None)], Some("2 baris"));
        check(State::Approved, vec![listed()], Some("1 baris"));
        check(State::Approved, vec![struck()], Some("tidak memuatnya"));
        check(State::Decreed, vec![listed(), strike()], Some("mencoret baris yang tidak ada"));
        check(State::Decreed, vec![DecreeRow { amount: Rupiah::new(4).unwrap(), ..listed() }], Some("menyebut"));
    }

    const FAILED: [(Movement, Option<&str>); 3] =
        [(Movement::Order, Some("p1")), (Movement::Send, Some("p1")), (Movement::Return, Some("p1"))];

    #[test]
    fn a_renewed_payment_that_comes_back_too_lies_with_the_returned_ones() {
        let again = [(Movement::Reissue, Some("p2")), (Movement::Send, Some("p2")), (Movement::Return, Some("p2"))];
        let items = [("p1", ItemState::Replaced), ("p2", ItemState::Returned)];
        check(&[&FAILED[..], &again].concat(), &items, Ok(()));
    }

    #[test]
    fn a_payment_whose_renewal_was_cancelled_lies_with_the_returned_ones_again() {
        let back = [(Movement::Reissue, Some("p2")), (Movement::Unreissue, Some("p2"))];
        let items = [("p1", ItemState::Returned), ("p2", ItemState::Cancelled)];
        check(&[&FAILED[..], &back].concat(), &items, Ok(()));
    }

    #[test]
    fn a_payment_that_is_called_sent_without_its_entry_is_named() {
        let found = Difference::Item { id: "p1".into(), state: ItemState::Sent, found: "diperintahkan bayar 5".into() };
        check(&[(Movement::Order, Some("p1"))], &[("p1", ItemState::Sent)], Err(found));
    }
}
