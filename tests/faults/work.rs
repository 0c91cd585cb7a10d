//! The work of an office as a list of acts, each of which can say whether it is done. New acts are added to [`stages`].

use std::collections::BTreeMap;
use std::path::Path;

use santunan::clock::Clock;
use santunan::domain::access::Actor;
use santunan::domain::claim::{Action, Step};
use santunan::domain::payment::{ItemState, PaperKind, TreasuryPaper};
use santunan::domain::region::RegionCode;
use santunan::store::claims::{self, Claim};
use santunan::store::money::decrees::{self, Decree};
use santunan::store::money::items::{self, Item};
use santunan::store::money::orders::{self, Order};
use santunan::store::money::papers;
use santunan::store::{DatabaseUrl, Store, StoreError, events, users};
use santunan::workflow::money::{
    Answer, ByHand, Release, check_order, lock_decree, make_order, record_by_hand, record_paper, release_order, sign_decree,
};
use santunan::workflow::{Desk, Refusal, Wish, act, submit};

use crate::support::{PASSWORD, a_claim, june, now};

/// Families that claim.
pub const FAMILIES: usize = 2;
/// How often an act is tried: a disk that failed once works again.
pub const TRIES: usize = 3;

/// An office in a folder, opened by one process.
pub struct Place {
    pub desk: Desk,
    pub code: RegionCode,
    people: BTreeMap<String, Actor>,
}

impl Place {
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let store = Store::open(&DatabaseUrl::Sqlite(folder.join("uji.db")))?;
        let code = RegionCode::parse("33.25").unwrap();
        let accounts = store.read(|conn| users::list(conn, code.as_str()))?;
        let people = accounts.into_iter().map(|account| (account.username, account.actor)).collect();
        Ok(Self { desk: Desk::new(store, folder, Clock::Fixed(now()), "http://localhost".into()), code, people })
    }

    pub fn who(&self, username: &str) -> &Actor {
        &self.people[username]
    }

    fn decree(&self) -> Result<Option<Decree>, StoreError> {
        Ok(self.desk.store.read(|conn| decrees::all(conn, &self.code))?.pop())
    }

    fn order(&self) -> Result<Option<Order>, StoreError> {
        Ok(self.desk.store.read(|conn| orders::all(conn, &self.code))?.pop())
    }

    /// The payment of a family's claim.
    fn payment(&self, family: usize) -> Result<Option<Item>, StoreError> {
        let Some(claim) = self.claim(family)? else { return Ok(None) };
        Ok(self.desk.store.read(|conn| items::of_claim(conn, &claim.id))?.pop())
    }

    pub fn claim(&self, family: usize) -> Result<Option<Claim>, StoreError> {
        self.desk.store.read(|conn| claims::by_idempotency_key(conn, &self.code, &key(family)))
    }
}

fn key(family: usize) -> String {
    format!("kunci-{family}")
}

/// An act of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    File(usize),
    Step(usize, Step, &'static str),
    Decree,
    Sign,
    Order,
    Paper(PaperKind),
    Check,
    Release,
    /// What became of a family's payment: the first one's comes back, the others arrive.
    Answer(usize),
}

/// Everything that is to be done. Acts of one stage are done by as many people at once.
pub fn stages() -> Vec<Vec<Act>> {
    let by_all = |act: &dyn Fn(usize) -> Act| (0..FAMILIES).map(act).collect();
    vec![
        by_all(&Act::File),
        by_all(&|family| Act::Step(family, Step::Endorse, "kades.wonotunggal")),
        by_all(&|family| Act::Step(family, Step::Verify, "verifikator")),
        by_all(&|family| Act::Step(family, Step::Approve, "kepala.dinas")),
        vec![Act::Decree],
        vec![Act::Sign],
        vec![Act::Order],
        vec![Act::Paper(PaperKind::Spp), Act::Check],
        vec![Act::Paper(PaperKind::Spm)],
        vec![Act::Paper(PaperKind::Sp2d)],
        vec![Act::Release],
        by_all(&Act::Answer),
    ]
}

impl Act {
    /// A name for the list of what was acknowledged.
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// Whether the database has it.
    pub fn is_done(self, place: &Place) -> Result<bool, StoreError> {
        let store = &place.desk.store;
        match self {
            Self::File(family) => Ok(place.claim(family)?.is_some()),
            Self::Step(family, step, _) => {
                let Some(claim) = place.claim(family)? else { return Ok(false) };
                let story = store.read(|conn| events::story(conn, &claim.id))?;
                Ok(story.iter().any(|event| event.action == step.code()))
            }
            Self::Decree => Ok(place.decree()?.is_some()),
            Self::Sign => Ok(place.decree()?.is_some_and(|decree| decree.signed_on.is_some())),
            Self::Order => Ok(place.order()?.is_some()),
            Self::Paper(kind) => {
                let Some(order) = place.order()? else { return Ok(false) };
                Ok(store.read(|conn| papers::of_order(conn, &order.id))?.iter().any(|paper| paper.kind == kind))
            }
            Self::Check => Ok(place.order()?.is_some_and(|order| order.checked.is_some())),
            Self::Release => Ok(place.order()?.is_some_and(|order| order.released.is_some())),
            Self::Answer(family) => {
                Ok(place.payment(family)?.is_some_and(|item| matches!(item.state, ItemState::Paid | ItemState::Returned)))
            }
        }
    }

    fn run(self, place: &Place) -> Result<(), Refusal> {
        let (desk, finance) = (&place.desk, place.who("bendahara"));
        match self {
            Self::File(family) => {
                submit(desk, place.who("operator.wonotunggal"), &a_claim().of_family(family).submission())?;
            }
            Self::Step(family, step, who) => {
                let claim = place.claim(family)?.ok_or(Refusal::NotFound)?;
                let action = Action { step, reason: "sudah dibandingkan dengan berkas".into() };
                act(desk, place.who(who), &Wish { claim_id: &claim.id, expected_version: claim.version, action })?;
            }
            Self::Decree => drop(lock_decree(desk, finance, "")?),
            Self::Sign => drop(sign_decree(desk, finance, &place.decree()?.ok_or(Refusal::NotFound)?.id, june(22))?),
            Self::Order => drop(make_order(desk, finance, &place.decree()?.ok_or(Refusal::NotFound)?.id, "")?),
            Self::Paper(kind) => {
                let order = place.order()?.ok_or(Refusal::NotFound)?;
                let paper = TreasuryPaper { kind, number: format!("00123/{}", kind.label()), dated_on: june(22), value: order.total };
                record_paper(desk, finance, &order.id, &paper)?;
            }
            Self::Check => {
                let order = place.order()?.ok_or(Refusal::NotFound)?;
                check_order(desk, place.who("ppk"), &order.id, order.version)?;
            }
            Self::Release => {
                let order = place.order()?.ok_or(Refusal::NotFound)?;
                let release = Release { order_id: &order.id, expected_version: order.version, password: PASSWORD, reason: "" };
                release_order(desk, place.who("kuasa.bud"), &release)?;
            }
            Self::Answer(family) => {
                let item = place.payment(family)?.ok_or(Refusal::NotFound)?;
                let answer = if family == 0 { Answer::Returned("AC04".to_owned()) } else { Answer::Paid };
                let told = ByHand { item_id: &item.id, expected_version: item.version, answer, on: june(22), evidence: "rekening koran" };
                record_by_hand(desk, finance, &told)?;
            }
        }
        Ok(())
    }

    /// Tries until it is done. An act whose commit failed may be there or not; looking tells.
    fn insist(self, place: &Place) -> Result<(), String> {
        let mut why = String::new();
        for _ in 0..TRIES {
            match self.is_done(place).map_err(Refusal::from).and_then(|done| if done { Ok(()) } else { self.run(place) }) {
                Ok(()) => return Ok(()),
                Err(refusal) => why = format!("{refusal:?}"),
            }
        }
        Err(why)
    }
}

/// Does everything that is not done yet, stage by stage, and tells what is acknowledged. Ends with the first stage in which
/// something would not be done, with the reason.
pub fn drive(place: &Place, acknowledged: &(dyn Fn(Act) + Sync)) -> Result<(), String> {
    for stage in stages() {
        let outcomes: Vec<Result<(), String>> = std::thread::scope(|scope| {
            let people: Vec<_> = stage
                .into_iter()
                .map(|act| scope.spawn(move || act.insist(place).map(|()| acknowledged(act)).map_err(|why| format!("{act:?}: {why}"))))
                .collect();
            people.into_iter().map(|person| person.join().unwrap()).collect()
        });
        outcomes.into_iter().collect::<Result<Vec<()>, String>>()?;
    }
    Ok(())
}
