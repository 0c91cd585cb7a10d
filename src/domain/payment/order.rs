//! A payment order's way: made, checked and released by three persons, then closed against what the bank says.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::access::{Actor, Duty, Participant, Role};
use super::super::money::Rupiah;

/// Where a payment order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// Made by the treasurer.
    Made,
    /// Checked by a second person.
    Checked,
    /// Released by a third: the bank's files are frozen, cash lies at the counter.
    Released,
    /// Every payment of it has its answer; a second person closed it.
    Closed,
    /// Cancelled before its release.
    Cancelled,
}

/// What somebody does with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderStep {
    /// Second person.
    Check,
    /// Third person, who proves again who they are.
    Release,
    /// Every payment has its answer.
    Close,
    /// Before the release only.
    Cancel,
}

/// Which money an order pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderKind {
    /// A decree for the first time.
    First,
    /// Payments that came back, with their corrected accounts.
    Renewed,
}

/// Who pays (domain.md §3.1): a setting of the office, because the same benefit is planned social aid in one place and unplanned in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// The agency's own treasurer pays from a payment order (SPP, SPM, SP2D come first).
    OwnTreasurer,
    /// The agency recommends, the regional treasury (BPKAD) pays from unplanned expenditure (BTT); its SP2D is recorded afterwards.
    RegionalTreasury,
}

/// Papers of the state's own system (SIPD). Numbers are recorded, never made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// Surat Permintaan Pembayaran.
    Spp,
    /// Surat Perintah Membayar.
    Spm,
    /// Surat Perintah Pencairan Dana.
    Sp2d,
}

/// A recorded paper of the state's system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreasuryPaper {
    /// Which.
    pub kind: PaperKind,
    /// Its number there.
    pub number: String,
    /// Its date.
    pub dated_on: NaiveDate,
    /// Its value; equal to the order to the rupiah.
    pub value: Rupiah,
}

/// What a step on an order rests on.
#[derive(Debug, Clone)]
pub struct OrderFacts {
    /// Where it stands.
    pub state: OrderState,
    /// Sum of its payments.
    pub total: Rupiah,
    /// Who pays.
    pub chain: Chain,
    /// Persons who had a hand in it: maker, checker, releaser, whoever imported the bank's answer.
    pub hands: Vec<Participant>,
    /// Papers recorded for it.
    pub papers: Vec<TreasuryPaper>,
    /// Payments that have no answer yet.
    pub unanswered: usize,
}

/// Why a step on an order is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefused {
    /// Another role's step.
    #[error("Langkah ini bukan tugas akun Anda.")]
    NotYourRole,
    /// No such step from here.
    #[error("Perintah bayar ini {from}; langkah itu tidak berlaku lagi. Muat ulang halaman untuk melihat keadaan terakhir.")]
    NotAllowed {
        /// Where it stands.
        from: OrderState,
        /// What was wanted.
        step: OrderStep,
    },
    /// One person, two hands.
    #[error("Anda sudah mengerjakan perintah bayar ini. Pembuat, pemeriksa, dan pelepas harus tiga orang yang berbeda.")]
    SamePerson,
    /// A paper of the state's system is missing.
    #[error("Catat dahulu {} dari SIPD; nilainya harus sama dengan perintah bayar.", .0.label())]
    PaperMissing(PaperKind),
    /// Payments without an answer.
    #[error("Masih ada {0} pembayaran yang belum ada jawabannya dari bank atau loket.")]
    Unanswered(usize),
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Made, Self::Checked, Self::Released, Self::Closed, Self::Cancelled];

    /// The one table of an order's steps.
    pub fn next(self, step: OrderStep) -> Option<Self> {
        match (self, step) {
            (Self::Made, OrderStep::Check) => Some(Self::Checked),
            (Self::Checked, OrderStep::Release) => Some(Self::Released),
            (Self::Released, OrderStep::Close) => Some(Self::Closed),
            (Self::Made | Self::Checked, OrderStep::Cancel) => Some(Self::Cancelled),
            (Self::Made, OrderStep::Release | OrderStep::Close)
            | (Self::Checked, OrderStep::Check | OrderStep::Close)
            | (Self::Released, OrderStep::Check | OrderStep::Release | OrderStep::Cancel)
            | (Self::Closed | Self::Cancelled, OrderStep::Check | OrderStep::Release | OrderStep::Close | OrderStep::Cancel) => None,
        }
    }

    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Checked => "checked",
            Self::Released => "released",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Made => "Menunggu diperiksa",
            Self::Checked => "Menunggu dilepas",
            Self::Released => "Sudah dilepas, menunggu hasil",
            Self::Closed => "Selesai",
            Self::Cancelled => "Dibatalkan",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label().to_lowercase())
    }
}

impl OrderStep {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Check, Self::Release, Self::Close, Self::Cancel];

    /// The word in the audit trail.
    pub fn code(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Release => "release",
            Self::Close => "close",
            Self::Cancel => "cancel",
        }
    }
}

impl OrderKind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Renewed => "renewed",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::First, Self::Renewed].into_iter().find(|kind| kind.code() == code)
    }
}

impl PaperKind {
    /// Every kind, in the order in which the state's system makes them.
    pub const ALL: [Self; 3] = [Self::Spp, Self::Spm, Self::Sp2d];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spp => "spp",
            Self::Spm => "spm",
            Self::Sp2d => "sp2d",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Spp => "SPP",
            Self::Spm => "SPM",
            Self::Sp2d => "SP2D",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Chain {
    /// Papers that must be there before the release.
    pub fn papers_before_release(self) -> &'static [PaperKind] {
        match self {
            Self::OwnTreasurer => &PaperKind::ALL,
            Self::RegionalTreasury => &[],
        }
    }
}

/// Decides a step on an order and says where it leads.
///
/// # Errors
/// [`OrderRefused`], the first that applies: role, table of steps, persons, papers, open payments.
pub fn decide_order(step: OrderStep, actor: &Actor, facts: &OrderFacts) -> Result<OrderState, OrderRefused> {
    if actor.role != Role::Finance {
        return Err(OrderRefused::NotYourRole);
    }
    let next = facts.state.next(step).ok_or(OrderRefused::NotAllowed { from: facts.state, step })?;
    let had_a_hand = facts.hands.iter().any(|hand| actor.is_same_person(hand));
    if step != OrderStep::Cancel && had_a_hand {
        return Err(OrderRefused::SamePerson);
    }
    let needed = match step {
        OrderStep::Release => facts.chain.papers_before_release(),
        OrderStep::Close => &[PaperKind::Sp2d],
        OrderStep::Check | OrderStep::Cancel => &[],
    };
    let recorded = |kind: PaperKind| facts.papers.iter().any(|paper| paper.kind == kind && paper.value == facts.total);
    if let Some(missing) = needed.iter().copied().find(|kind| !recorded(*kind)) {
        return Err(OrderRefused::PaperMissing(missing));
    }
    if step == OrderStep::Close && facts.unanswered > 0 {
        return Err(OrderRefused::Unanswered(facts.unanswered));
    }
    Ok(next)
}

/// Why a paper of the state's system is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefused {
    /// Empty or longer than 80 characters.
    #[error("Isi nomor {} seperti yang diterbitkan SIPD; sistem ini tidak membuat nomor sendiri.", .0.label())]
    Number(PaperKind),
    /// Not the order's value.
    #[error("Nilai {} {found} tidak sama dengan perintah bayar {order}. Periksa kembali; bila memang berbeda, batalkan perintah bayar dan buat yang baru.", .kind.label())]
    Value {
        /// Which.
        kind: PaperKind,
        /// As typed.
        found: Rupiah,
        /// Of the order.
        order: Rupiah,
    },
    /// In the future, or before the order or the paper it follows.
    #[error("Tanggal {} tidak boleh sebelum perintah bayar atau surat sebelumnya, dan tidak boleh setelah hari ini.", .0.label())]
    Date(PaperKind),
    /// The paper it follows is not recorded.
    #[error("Catat {} lebih dahulu.", .0.label())]
    Follows(PaperKind),
    /// Recorded already.
    #[error("{} sudah dicatat untuk perintah bayar ini.", .0.label())]
    Twice(PaperKind),
}

/// Whether a paper fits an order: its value to the rupiah, its date behind the paper it follows.
///
/// # Errors
/// [`PaperRefused`].
pub fn check_paper(
    paper: &TreasuryPaper,
    order: (NaiveDate, Rupiah),
    earlier: &[TreasuryPaper],
    chain: Chain,
    today: NaiveDate,
) -> Result<(), PaperRefused> {
    let (ordered_on, total) = order;
    let kind = paper.kind;
    let recorded = |kind: PaperKind| earlier.iter().find(|paper| paper.kind == kind);
    if paper.number.trim().is_empty() || paper.number.chars().count() > 80 {
        return Err(PaperRefused::Number(kind));
    }
    if recorded(kind).is_some() {
        return Err(PaperRefused::Twice(kind));
    }
    if paper.value != total {
        return Err(PaperRefused::Value { kind, found: paper.value, order: total });
    }
    // The regional treasury keeps its own SPP and SPM; the agency may only ever see the SP2D.
    let before = PaperKind::ALL.into_iter().take_while(|other| *other != kind).last();
    let missing = before.filter(|before| chain == Chain::OwnTreasurer && recorded(*before).is_none());
    if let Some(missing) = missing {
        return Err(PaperRefused::Follows(missing));
    }
    let not_before = earlier.iter().filter(|other| other.kind < kind).map(|other| other.dated_on).max().unwrap_or(ordered_on);
    if paper.dated_on < not_before.max(ordered_on) || paper.dated_on > today {
        return Err(PaperRefused::Date(kind));
    }
    Ok(())
}

/// The participant an account is on an order.
pub fn hand(actor_id: &str, nik: Option<crate::domain::identity::Nik>) -> Participant {
    Participant { user_id: actor_id.to_owned(), nik, duty: Duty::Pay }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::RegionCode;

    fn person(id: &str, role: Role) -> Actor {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: id.into(), name: id.into(), role, office: region.clone(), region, nik: None, family_card: None }
    }

    fn million() -> Rupiah {
        Rupiah::new(1_000_000).unwrap()
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, d).unwrap()
    }

    fn paper(kind: PaperKind, on: u32) -> TreasuryPaper {
        TreasuryPaper { kind, number: "1".into(), dated_on: day(on), value: million() }
    }

    fn facts(state: OrderState, hands: &[&str]) -> OrderFacts {
        OrderFacts {
            state,
            total: million(),
            chain: Chain::OwnTreasurer,
            hands: hands.iter().map(|id| hand(id, None)).collect(),
            papers: PaperKind::ALL.map(|kind| paper(kind, 22)).to_vec(),
            unanswered: 0,
        }
    }

    #[test]
    fn maker_checker_and_releaser_are_three_persons() {
        let check = |step, state, who: &str, hands: &[&str], expected| {
            assert_eq!(decide_order(step, &person(who, Role::Finance), &facts(state, hands)), expected);
        };
        check(OrderStep::Check, OrderState::Made, "b", &["a"], Ok(OrderState::Checked));
        check(OrderStep::Check, OrderState::Made, "a", &["a"], Err(OrderRefused::SamePerson));
        check(OrderStep::Release, OrderState::Checked, "c", &["a", "b"], Ok(OrderState::Released));
        check(OrderStep::Release, OrderState::Checked, "b", &["a", "b"], Err(OrderRefused::SamePerson));
        check(OrderStep::Release, OrderState::Checked, "a", &["a", "b"], Err(OrderRefused::SamePerson));
        check(OrderStep::Cancel, OrderState::Made, "a", &["a"], Ok(OrderState::Cancelled));
        let skipped = OrderRefused::NotAllowed { from: OrderState::Made, step: OrderStep::Release };
        check(OrderStep::Release, OrderState::Made, "c", &["a"], Err(skipped));
        let late = OrderRefused::NotAllowed { from: OrderState::Released, step: OrderStep::Cancel };
        check(OrderStep::Cancel, OrderState::Released, "c", &["a"], Err(late));
        assert_eq!(
            decide_order(OrderStep::Check, &person("b", Role::Approver), &facts(OrderState::Made, &["a"])),
            Err(OrderRefused::NotYourRole)
        );
    }

    #[test]
    fn the_own_treasurer_releases_only_on_papers_of_the_same_value() {
        let c = person("c", Role::Finance);
        let mut short = facts(OrderState::Checked, &["a", "b"]);
        short.papers.pop();
        assert_eq!(decide_order(OrderStep::Release, &c, &short), Err(OrderRefused::PaperMissing(PaperKind::Sp2d)));
        short.chain = Chain::RegionalTreasury;
        assert_eq!(decide_order(OrderStep::Release, &c, &short), Ok(OrderState::Released));
        let closing = OrderFacts { state: OrderState::Released, ..short.clone() };
        assert_eq!(decide_order(OrderStep::Close, &c, &closing), Err(OrderRefused::PaperMissing(PaperKind::Sp2d)));
        let open = OrderFacts { unanswered: 2, ..facts(OrderState::Released, &["a"]) };
        assert_eq!(decide_order(OrderStep::Close, &c, &open), Err(OrderRefused::Unanswered(2)));
    }

    #[test]
    fn a_paper_fits_by_value_order_and_date() {
        let order = (day(20), million());
        let check = |paper: &TreasuryPaper, earlier: &[TreasuryPaper], expected| {
            assert_eq!(check_paper(paper, order, earlier, Chain::OwnTreasurer, day(22)), expected);
        };
        check(&paper(PaperKind::Spp, 20), &[], Ok(()));
        check(&paper(PaperKind::Spp, 19), &[], Err(PaperRefused::Date(PaperKind::Spp)));
        check(&paper(PaperKind::Spp, 23), &[], Err(PaperRefused::Date(PaperKind::Spp)));
        check(&paper(PaperKind::Spm, 21), &[], Err(PaperRefused::Follows(PaperKind::Spp)));
        check(&paper(PaperKind::Spm, 20), &[paper(PaperKind::Spp, 21)], Err(PaperRefused::Date(PaperKind::Spm)));
        check(&paper(PaperKind::Spp, 21), &[paper(PaperKind::Spp, 21)], Err(PaperRefused::Twice(PaperKind::Spp)));
        let other = Rupiah::new(999_999).unwrap();
        let wrong = TreasuryPaper { value: other, ..paper(PaperKind::Spp, 20) };
        check(&wrong, &[], Err(PaperRefused::Value { kind: PaperKind::Spp, found: other, order: million() }));
        let blank = TreasuryPaper { number: " ".into(), ..paper(PaperKind::Spp, 20) };
        check(&blank, &[], Err(PaperRefused::Number(PaperKind::Spp)));
        assert_eq!(check_paper(&paper(PaperKind::Sp2d, 22), order, &[], Chain::RegionalTreasury, day(22)), Ok(()));
    }

    #[test]
    fn nothing_leaves_a_closed_or_cancelled_order() {
        for state in [OrderState::Closed, OrderState::Cancelled] {
            assert!(OrderStep::ALL.into_iter().all(|step| state.next(step).is_none()));
        }
        assert!(OrderState::ALL.into_iter().all(|state| OrderState::parse(state.code()) == Some(state)));
    }
}
