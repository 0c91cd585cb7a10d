//! How a budget year ends: what becomes of every promise that is not paid, decided at once for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::CarryOver;
use crate::domain::money::Rupiah;

/// What two persons of the finance office do with a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearAct {
    /// Nothing more is promised from it; what is free lapses.
    Close,
    /// A closed year is opened again.
    Reopen,
}

impl YearAct {
    /// The word in the database and in the audit trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Close => "Penutupan tahun anggaran",
            Self::Reopen => "Pembukaan kembali tahun anggaran",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Close, Self::Reopen].into_iter().find(|act| act.code() == code)
    }
}

/// Where such an act stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearActState {
    /// The first person has asked for it.
    Proposed,
    /// The second person has done it.
    Confirmed,
    /// It was taken back before.
    Withdrawn,
}

impl YearActState {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Proposed => "Menunggu orang kedua",
            Self::Confirmed => "Sudah dilakukan",
            Self::Withdrawn => "Ditarik",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Proposed, Self::Confirmed, Self::Withdrawn].into_iter().find(|state| state.code() == code)
    }
}

/// The line of the next year that goes on with the promises of an old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextLine {
    /// Id.
    pub id: String,
    /// Left to promise.
    pub free: Rupiah,
}

/// A promise that is not paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Claim.
    pub claim: String,
    /// Its line in the old year.
    pub line: String,
    /// How much.
    pub amount: Rupiah,
    /// Number of the decree it stands on, if it is decreed.
    pub decree: Option<String>,
}

/// What the end of a year is decided from.
#[derive(Debug, Clone, Default)]
pub struct CloseFacts {
    /// The office's rule.
    pub rule: CarryOver,
    /// Numbers of orders that are not closed.
    pub open_orders: Vec<String>,
    /// References of payments that came back and were neither paid anew nor given back to the treasury.
    pub returned: Vec<String>,
    /// Promises that are not paid, in the order of filing.
    pub promises: Vec<Promise>,
    /// For a line of the old year, the one of the next that goes on with it.
    pub next: BTreeMap<String, NextLine>,
}

/// What becomes of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The next year's line takes it over.
    Carry {
        /// Id of that line.
        to: String,
    },
    /// It stays approved and waits for money of the new year.
    Wait,
}

/// The end of a year, promise by promise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClosePlan {
    /// Every promise with its fate: decreed ones first, each group in the order of filing.
    pub fates: Vec<(Promise, Fate)>,
}

/// Why a year cannot be closed yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseFault {
    /// Orders that go on.
    #[error("Perintah bayar {} belum ditutup. Selesaikan dan tutup lebih dahulu.", .0.join(", "))]
    OpenOrders(Vec<String>),
    /// Money that came back and lies nowhere yet.
    #[error("Pembayaran {} kembali dan belum diselesaikan. Bayar ulang atau setor ke kas daerah lebih dahulu.", .0.join(", "))]
    Returned(Vec<String>),
    /// Decreed but unpaid, where nothing is carried over.
    #[error(
        "SK {} masih memuat penerima yang belum dibayar, dan menurut aturan kantor ini uang hanya dibayarkan pada tahunnya. Coret lewat SK perubahan lebih dahulu; permohonannya lalu masuk daftar tunggu tahun baru.",
        .0.join(", ")
    )]
    DecreedUnpaid(Vec<String>),
    /// Nothing to carry to.
    #[error("Belum ada mata anggaran tahun berikutnya yang melanjutkan {0} permohonan. Tambahkan mata anggarannya lebih dahulu.")]
    NoNextLine(usize),
    /// The new line cannot hold what is decreed already.
    #[error(
        "Mata anggaran tahun berikutnya hanya memuat {free}, sedangkan yang sudah ditetapkan dalam SK {needed}. Tambah pagunya lebih dahulu."
    )]
    DecreedDoesNotFit {
        /// What is free there.
        free: Rupiah,
        /// What is decreed.
        needed: Rupiah,
    },
}

/// Decides the end of a year. Decreed claims go first and all of them; approved ones as far as the new line holds them, in the order
/// of filing: from the first that does not fit on, they wait.
///
/// # Errors
/// [`CloseFault`], the first that applies.
pub fn plan_close(facts: &CloseFacts) -> Result<ClosePlan, CloseFault> {
    if !facts.open_orders.is_empty() {
        return Err(CloseFault::OpenOrders(facts.open_orders.clone()));
    }
    if !facts.returned.is_empty() {
        return Err(CloseFault::Returned(facts.returned.clone()));
    }
    let (decreed, approved): (Vec<&Promise>, Vec<&Promise>) = facts.promises.iter().partition(|promise| promise.decree.is_some());
    if facts.rule == CarryOver::SameYearOnly {
        let decrees: BTreeSet<String> = decreed.iter().filter_map(|promise| promise.decree.clone()).collect();
        if !decrees.is_empty() {
            return Err(CloseFault::DecreedUnpaid(decrees.into_iter().collect()));
        }
        return Ok(ClosePlan { fates: approved.into_iter().map(|promise| (promise.clone(), Fate::Wait)).collect() });
    }
    let homeless = facts.promises.iter().filter(|promise| !facts.next.contains_key(&promise.line)).count();
    if homeless > 0 {
        return Err(CloseFault::NoNextLine(homeless));
    }
    let mut free: BTreeMap<&str, Rupiah> = facts.next.values().map(|next| (next.id.as_str(), next.free)).collect();
    let mut fates = Vec::with_capacity(facts.promises.len());
    for promise in &decreed {
        let to = take(&mut free, facts, promise).ok_or_else(|| does_not_fit(facts, &decreed))?;
        fates.push(((*promise).clone(), Fate::Carry { to }));
    }
    let mut waits: BTreeSet<&str> = BTreeSet::new();
    for promise in approved {
        let line = facts.next.get(&promise.line).map_or("", |next| next.id.as_str());
        let carried = if waits.contains(line) { None } else { take(&mut free, facts, promise) };
        if carried.is_none() {
            waits.insert(line);
        }
        fates.push((promise.clone(), carried.map_or(Fate::Wait, |to| Fate::Carry { to })));
    }
    Ok(ClosePlan { fates })
}

/// Takes a promise's amount from the free money of the line that goes on with it.
fn take(free: &mut BTreeMap<&str, Rupiah>, facts: &CloseFacts, promise: &Promise) -> Option<String> {
    let next = facts.next.get(&promise.line)?;
    let left = free.get_mut(next.id.as_str())?;
    *left = left.checked_sub(promise.amount)?;
    Some(next.id.clone())
}

fn does_not_fit(facts: &CloseFacts, decreed: &[&Promise]) -> CloseFault {
    let lines: BTreeMap<&str, Rupiah> = facts.next.values().map(|next| (next.id.as_str(), next.free)).collect();
    CloseFault::DecreedDoesNotFit {
        free: Rupiah::sum(lines.into_values()).unwrap_or_default(),
        needed: Rupiah::sum(decreed.iter().map(|promise| promise.amount)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    fn promise(claim: &str, decree: Option<&str>) -> Promise {
        Promise { claim: claim.into(), line: "old".into(), amount: rupiah(1), decree: decree.map(str::to_owned) }
    }

    fn facts(rule: CarryOver, promises: Vec<Promise>, free: Option<i64>) -> CloseFacts {
        let next = free.map(|free| ("old".to_owned(), NextLine { id: "new".into(), free: rupiah(free) }));
        CloseFacts { rule, promises, next: next.into_iter().collect(), ..CloseFacts::default() }
    }

    fn fates(facts: &CloseFacts) -> Result<Vec<(String, bool)>, CloseFault> {
        plan_close(facts).map(|plan| plan.fates.into_iter().map(|(p, fate)| (p.claim, fate != Fate::Wait)).collect())
    }

    #[test]
    fn what_goes_on_stops_the_end_of_the_year() {
        let open = CloseFacts { open_orders: vec!["1".into()], returned: vec!["x".into()], ..CloseFacts::default() };
        assert_eq!(plan_close(&open), Err(CloseFault::OpenOrders(vec!["1".into()])));
        let returned = CloseFacts { open_orders: vec![], ..open };
        assert_eq!(plan_close(&returned), Err(CloseFault::Returned(vec!["x".into()])));
    }

    #[test]
    fn decreed_claims_are_carried_first_and_approved_ones_as_far_as_the_new_line_holds_them() {
        let three = vec![promise("a", None), promise("b", Some("SK 1")), promise("c", None)];
        let carry = |free| fates(&facts(CarryOver::NextYear, three.clone(), free));
        let told = |list: [(&str, bool); 3]| Ok(list.map(|(claim, carried)| (claim.to_owned(), carried)).to_vec());
        assert_eq!(carry(Some(3)), told([("b", true), ("a", true), ("c", true)]));
        assert_eq!(carry(Some(2)), told([("b", true), ("a", true), ("c", false)]));
        assert_eq!(carry(Some(0)), Err(CloseFault::DecreedDoesNotFit { free: rupiah(0), needed: rupiah(1) }));
        assert_eq!(carry(None), Err(CloseFault::NoNextLine(3)));
        assert_eq!(fates(&facts(CarryOver::NextYear, vec![], None)), Ok(vec![]));
    }

    #[test]
    fn where_money_is_of_its_year_approved_claims_wait_and_decreed_ones_are_struck_first() {
        let same = |promises| fates(&facts(CarryOver::SameYearOnly, promises, Some(9)));
        assert_eq!(same(vec![promise("a", None)]), Ok(vec![("a".to_owned(), false)]));
        assert_eq!(same(vec![promise("a", None), promise("b", Some("SK 1"))]), Err(CloseFault::DecreedUnpaid(vec!["SK 1".into()])));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nobody_overtakes(amounts in prop::collection::vec((1..50_i64, any::<bool>()), 0..30), free in 0..1_000_i64) {
            let promises: Vec<Promise> = (0..).zip(&amounts)
                .map(|(n, (amount, decreed))| Promise { amount: rupiah(*amount), ..promise(&format!("{n:02}"), decreed.then_some("SK")) })
                .collect();
            let Ok(plan) = plan_close(&facts(CarryOver::NextYear, promises.clone(), Some(free))) else { return Ok(()) };
            prop_assert_eq!(plan.fates.len(), promises.len());
            let carried: i64 = plan.fates.iter().filter(|(_, f)| *f != Fate::Wait).map(|(p, _)| p.amount.whole()).sum();
            prop_assert!(carried <= free);
            let approved: Vec<bool> = plan.fates.iter().filter(|(p, _)| p.decree.is_none()).map(|(_, f)| *f == Fate::Wait).collect();
            prop_assert!(approved.windows(2).all(|pair| !pair[0] || pair[1]), "nobody overtakes one who waits");
        }
    }
}
