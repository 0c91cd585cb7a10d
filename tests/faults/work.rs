//! The work of an office as a list of acts, each of which can say whether it is done. New acts are added to [`stages`].

use std::collections::BTreeMap;
use std::path::Path;

use santunan::clock::Clock;
use santunan::domain::access::Actor;
use santunan::domain::claim::{Action, Step};
use santunan::domain::region::RegionCode;
use santunan::store::claims::{self, Claim};
use santunan::store::{DatabaseUrl, Store, StoreError, events, payments, users};
use santunan::workflow::{Desk, Payment, Refusal, Wish, act, form_decree, form_order, mark_paid, submit};

use crate::support::{a_claim, june, now};

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
    Order,
    Paid,
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
        vec![Act::Order],
        vec![Act::Paid],
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
            Self::Decree => Ok(!store.read(|conn| payments::decrees(conn, &place.code))?.is_empty()),
            Self::Order => Ok(!store.read(|conn| payments::orders(conn, &place.code))?.is_empty()),
            Self::Paid => Ok(store.read(|conn| payments::orders(conn, &place.code))?.iter().any(|order| order.sp2d.is_some())),
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
            Self::Decree => {
                form_decree(desk, finance)?;
            }
            Self::Order => {
                let decrees = desk.store.read(|conn| payments::decrees(conn, &place.code))?;
                form_order(desk, finance, &decrees[0].id, "")?;
            }
            Self::Paid => {
                let orders = desk.store.read(|conn| payments::orders(conn, &place.code))?;
                let payment = Payment { order_id: &orders[0].id, sp2d_number: "00123/SP2D/2026", sp2d_on: june(22), reason: "" };
                mark_paid(desk, finance, &payment)?;
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
