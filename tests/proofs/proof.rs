//! What must be true of an office whatever happened to its program, its database and its people.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use diesel::prelude::*;
use diesel::{QueryableByName, sql_query, sql_types};
use santunan::domain::access::{Actor, Role};
use santunan::domain::audit::verify;
use santunan::domain::claim::State;
use santunan::domain::money::Rupiah;
use santunan::domain::payment::ItemState;
use santunan::domain::region::RegionCode;
use santunan::store::letters::Issued;
use santunan::store::money::items::Item;
use santunan::store::money::orders::{self, Order};
use santunan::store::money::{bank_files, budget, corrections, items, reports};
use santunan::store::{DbConn, StoreError, audit, claims, documents, events, letters, outbox};
use santunan::workflow::money::verify_ledger;
use santunan::workflow::{Desk, pdf_of};

use crate::house::House;
use crate::work::stages;

/// How much of everything there is: equal for equal work, however often it was cut off and sent again.
#[derive(Debug, PartialEq, Eq)]
pub struct Inventory {
    letters: BTreeMap<String, usize>,
    audited: BTreeMap<String, usize>,
    entries: i64,
    mails: i64,
    /// Whole rupiah that reached heirs.
    pub paid: i64,
    pub states: Vec<State>,
    payments: BTreeMap<ItemState, usize>,
}

/// Acts of the program's own workers and of the door: how many there are depends on time.
const NOT_COUNTED: [&str; 2] = ["login", "claim.recheck"];

/// The file is whole, the books and the chain are whole, nothing is half done, nothing is paid twice, and what was acknowledged is there.
pub fn prove(house: &House, acknowledged: &BTreeSet<String>) {
    let looked = house.look(|desk| {
        prove_desk(desk, house.code.as_str(), house.is_embedded())?;
        for act in stages().into_iter().flat_map(|stage| stage.acts).filter(|act| acknowledged.contains(&format!("{act:?}"))) {
            assert!(act.is_done_at(desk, house)?, "{act:?} was acknowledged and is gone");
        }
        Ok(kept_by(desk, house)?.into_iter().map(|name| (desk.files.read(&name).map(drop), name)).collect::<Vec<_>>())
    });
    for (read, name) in looked.unwrap() {
        read.unwrap_or_else(|why| panic!("a kept file is not as it was: {name}: {why}"));
    }
}

/// The same for an office that is open in this process.
pub fn prove_desk(desk: &Desk, code: &str, is_embedded: bool) -> Result<(), StoreError> {
    let office = RegionCode::parse(code).unwrap();
    let store = &desk.store;
    if is_embedded {
        let (whole, foreign) = store.read::<_, StoreError>(|conn| {
            Ok((texts(conn, "PRAGMA integrity_check"), texts(conn, "SELECT \"table\" AS integrity_check FROM pragma_foreign_key_check")))
        })?;
        assert_eq!((whole, foreign), (vec!["ok".to_owned()], vec![]));
    }
    let chain = store.read(|conn| audit::chain(conn, code))?;
    verify(chain.iter().map(|(entry, hash)| (entry, hash.as_str()))).unwrap_or_else(|at| panic!("the audit chain breaks at {at}"));
    let books = verify_ledger(desk, &office)?;
    assert!(books.is_ok(), "{books:?}");
    let issued = store.read(|conn| letters::all(conn, &office))?;
    numbers_have_no_gap(&issued);
    for letter in &issued {
        pdf_of(desk, letter).unwrap_or_else(|why| panic!("letter {}: {why}", letter.number));
    }
    let (payments, all_orders) = store.read::<_, StoreError>(|conn| Ok((items::all(conn, &office)?, orders::all(conn, &office)?)))?;
    nothing_is_paid_twice(&payments);
    for order in &all_orders {
        order_is_its_items(desk, order)?;
    }
    whole_claims(desk, &office, &issued)
}

fn numbers_have_no_gap(issued: &[Issued]) {
    let mut sequences: BTreeMap<(&str, &str, i32), Vec<i64>> = BTreeMap::new();
    for letter in issued {
        sequences.entry((&letter.kind, &letter.unit, letter.year)).or_default().push(letter.sequence);
    }
    for (of, mut sequence) in sequences {
        sequence.sort_unstable();
        assert!((1..).zip(&sequence).all(|(expected, number)| expected == *number), "{of:?}: {sequence:?}");
    }
    let numbers: BTreeSet<(&str, &str)> = issued.iter().map(|letter| (letter.kind.as_str(), letter.number.as_str())).collect();
    assert_eq!(numbers.len(), issued.len(), "a number stands on two letters");
}

/// Every claim has at most one payment that is alive or arrived; whatever was replaced is named by exactly one other.
fn nothing_is_paid_twice(payments: &[Item]) {
    let gone = [ItemState::Replaced, ItemState::Cancelled, ItemState::Deposited, ItemState::Recovered];
    let mut alive: BTreeMap<&str, usize> = BTreeMap::new();
    for item in payments.iter().filter(|item| !gone.contains(&item.state)) {
        *alive.entry(&item.claim_id).or_default() += 1;
    }
    assert!(alive.values().all(|count| *count == 1), "a claim is paid twice: {payments:?}");
    for failed in payments.iter().filter(|item| item.state == ItemState::Replaced) {
        let heirs = payments.iter().filter(|item| item.replaces.as_ref() == Some(&failed.id) && item.state != ItemState::Cancelled);
        assert_eq!(heirs.count(), 1, "{failed:?}");
    }
    let references: BTreeSet<&str> = payments.iter().map(|item| item.reference.as_str()).collect();
    assert_eq!(references.len(), payments.len(), "a reference stands on two payments");
}

/// The order says what its payments, its bank's files and its receipts say.
fn order_is_its_items(desk: &Desk, order: &Order) -> Result<(), StoreError> {
    assert_eq!(Rupiah::sum(order.items.iter().map(|item| item.amount)), Some(order.total), "{}", order.number);
    let (files, of_order) =
        desk.store.read::<_, StoreError>(|conn| Ok((bank_files::of_order(conn, &order.id)?, letters::of_order(conn, &order.id)?)))?;
    let by_kind = |kind: &str| of_order.iter().filter(|letter| letter.kind == kind).count();
    let receipts = order.items.iter().filter(|item| !item.receipt_number.is_empty()).count();
    if order.released.is_none() {
        assert_eq!((files.len(), by_kind("kuitansi"), receipts), (0, 0, 0), "{}: released by half", order.number);
        return Ok(());
    }
    assert_eq!((by_kind("perintah_bayar"), by_kind("kuitansi"), receipts), (1, order.items.len(), order.items.len()), "{}", order.number);
    let transfers = Rupiah::sum(order.items.iter().filter(|item| item.account.is_some()).map(|item| item.amount)).unwrap();
    let mut by_profile: BTreeMap<&str, i64> = BTreeMap::new();
    for file in &files {
        *by_profile.entry(&file.profile).or_default() += file.total;
    }
    assert!(by_profile.values().all(|total| *total == transfers.whole()), "{}: {files:?}", order.number);
    assert!(transfers == Rupiah::ZERO || !files.is_empty(), "{}: no file for the bank", order.number);
    Ok(())
}

/// Story, state, receipt and audit of every claim tell the same.
fn whole_claims(desk: &Desk, office: &RegionCode, issued: &[Issued]) -> Result<(), StoreError> {
    let (all, chain) = (all_claims(desk, office)?, desk.store.read(|conn| audit::chain(conn, office.as_str()))?);
    let filed: BTreeSet<&str> =
        chain.iter().filter(|(entry, _)| entry.action == "claim.file").map(|(entry, _)| entry.subject.as_str()).collect();
    assert_eq!(filed.len(), chain.iter().filter(|(entry, _)| entry.action == "claim.file").count(), "a claim was filed twice");
    assert_eq!(filed.len(), all.len(), "claims and their filing in the audit trail");
    for claim in &all {
        let story = desk.store.read(|conn| events::story(conn, &claim.id))?;
        assert_eq!(story.last().unwrap().to_state, claim.state, "{}", claim.code);
        let receipts =
            issued.iter().filter(|letter| letter.kind == "tanda_terima" && letter.about.claim_id.as_ref() == Some(&claim.id)).count();
        assert_eq!(receipts, 1, "{}", claim.code);
        assert!(filed.contains(format!("claim:{}", claim.id).as_str()), "{}", claim.code);
    }
    Ok(())
}

fn all_claims(desk: &Desk, office: &RegionCode) -> Result<Vec<claims::Claim>, StoreError> {
    desk.store.read(|conn| {
        let (id, name) = ("uji".to_owned(), "UJI".to_owned());
        let (office, region) = (office.clone(), office.clone());
        let inspector = Actor { id, name, role: Role::Auditor, office, region, nik: None, family_card: None };
        let query = claims::ClaimQuery { limit: 100_000, ..claims::ClaimQuery::default() };
        Ok(claims::list(conn, &inspector, &query)?.0)
    })
}

/// Names of all kept files somebody refers to.
fn kept_by(desk: &Desk, house: &House) -> Result<BTreeSet<String>, StoreError> {
    let claims = all_claims(desk, &house.code)?;
    desk.store.read(|conn| {
        let mut names: BTreeSet<String> = letters::all(conn, &house.code)?.into_iter().filter_map(|letter| letter.drawn_sha256).collect();
        for claim in &claims {
            names.extend(documents::of_claim(conn, &claim.id)?.into_iter().map(|document| document.sha256));
        }
        for order in orders::all(conn, &house.code)? {
            names.extend(bank_files::of_order(conn, &order.id)?.into_iter().map(|file| file.sha256));
        }
        names.extend(reports::newest(conn, &house.code, 1_000)?.into_iter().map(|report| report.sha256));
        names.extend(corrections::all(conn, &house.code)?.into_iter().map(|proposed| proposed.evidence_sha256));
        Ok(names)
    })
}

/// Kept files nobody refers to (of acts that were cut off between their files and their commit), after asserting that no file is half
/// written.
pub fn left_over(house: &House) -> usize {
    let lie = files_below(&house.folder().join("files"));
    let half: Vec<&PathBuf> = lie.iter().filter(|path| path.extension().is_some()).collect();
    assert!(half.is_empty(), "half-written files: {half:?}");
    let known = house.look(|desk| kept_by(desk, house)).unwrap();
    lie.iter().filter(|path| !known.contains(path.file_name().unwrap().to_str().unwrap())).count()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

pub fn inventory(house: &House) -> Inventory {
    let found = house.look(|desk| {
        let all = all_claims(desk, &house.code)?;
        let proved = verify_ledger(desk, &house.code)?.unwrap();
        desk.store.read(|conn| {
            let counted = outbox::counts(conn, &house.code)?;
            let line = budget::lines(conn, &house.code)?.remove(0);
            Ok(Inventory {
                letters: count(letters::all(conn, &house.code)?.into_iter().map(|letter| letter.kind)),
                audited: count(
                    audit::chain(conn, house.code.as_str())?
                        .into_iter()
                        .map(|(entry, _)| entry.action)
                        .filter(|action| !NOT_COUNTED.contains(&action.as_str())),
                ),
                entries: proved.entries,
                mails: counted.due + counted.sent + counted.dead,
                paid: budget::position(conn, &line)?.paid.whole(),
                states: all.iter().map(|claim| claim.state).collect(),
                payments: count(items::all(conn, &house.code)?.into_iter().map(|item| item.state)),
            })
        })
    });
    found.unwrap()
}

fn count<T: Ord>(words: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_insert(0) += 1;
        counts
    })
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = sql_types::Text)]
    integrity_check: String,
}

/// Everything a database is made of, and how many people its register has.
pub fn shape(house: &House) -> Vec<String> {
    let (parts, name) = if house.is_embedded() {
        ("SELECT name || ' ' || coalesce(sql, '') AS integrity_check FROM sqlite_master ORDER BY name", String::new())
    } else {
        let parts = "SELECT table_name || '.' || column_name || ' ' || data_type AS integrity_check FROM information_schema.columns
             WHERE table_schema = current_schema()
             UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
             UNION ALL SELECT trigger_name || ' ' || event_object_table FROM information_schema.triggers WHERE trigger_schema = current_schema()
             ORDER BY 1";
        let named =
            house.look(|desk| desk.store.read::<_, StoreError>(|conn| Ok(texts(conn, "SELECT current_schema()::text AS integrity_check"))));
        (parts, named.unwrap().remove(0))
    };
    let rows = "SELECT 'residents ' || count(*) AS integrity_check FROM residents";
    let found = house.look(|desk| desk.store.read::<_, StoreError>(|conn| Ok([texts(conn, parts), texts(conn, rows)].concat())));
    found.unwrap().into_iter().map(|part| if name.is_empty() { part } else { part.replace(&name, "schema") }).collect()
}

fn texts(conn: &mut DbConn, sql: &str) -> Vec<String> {
    sql_query(sql).load::<Said>(conn).unwrap().into_iter().map(|row| row.integrity_check).collect()
}
