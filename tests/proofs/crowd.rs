//! Sixty-four threads want the same thing at the same moment: one of them has it, the others hear so, and the numbers are right
//! afterwards. Some six hundred contested things, or as many as `SANTUNAN_RACES` says: three of four on SQLite, where they take a third of
//! the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use std::time::Instant;

use chrono::Datelike;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use santunan::domain::access::{Actor, Role};
use santunan::domain::budget::Position;
use santunan::domain::claim::{Action, State, Step};
use santunan::domain::money::Rupiah;
use santunan::domain::payment::{ItemState, PaperKind, PaperRefused, TreasuryPaper};
use santunan::domain::undo::Ground;
use santunan::store::money::items::{self, Item};
use santunan::store::money::{annulments, budget, decrees, orders};
use santunan::workflow::money::undo::{AskAnnulment, ask_annulment};
use santunan::workflow::money::{
    Answer, ByHand, ImportReport, Release, Revise, cancel_order, check_order, close_order, import_report, lock_decree, make_order,
    overview, plan_decree, record_by_hand, record_paper, release_order, release_waiting, revise_budget, sign_decree,
};
use santunan::workflow::{Refusal, Wish, act, submit};

use crate::house::House;
use crate::proof::prove_desk;
use crate::support::{Database, EVIDENCE, Engine, Office, PASSWORD, a_claim, june, now, open};
use crate::wire::Page;
use crate::wished;
use crate::work::{Act, Town, claim};

const THREADS: usize = 64;
/// Contested things over both engines, unless somebody wishes for another number.
const RACES: u64 = 600;
/// Families of an office.
const FAMILIES: usize = 12;
/// Rounds in one office: its proof grows with all that ever happened in it.
const ROUNDS: usize = 10;
const BENEFIT: i64 = 1_000_000;

/// Lets that many threads start at the same moment; each is told its number.
fn at_once<T: Send>(threads: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (barrier, job) = (Barrier::new(threads), &job);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|number| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    job(number)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// On a slow machine the last of sixty-four may hear that the office is busy: they send again, like everybody.
fn patiently<T>(act: impl Fn() -> Result<T, Refusal>) -> Result<T, Refusal> {
    loop {
        match act() {
            Err(Refusal::Busy) => {}
            heard => return heard,
        }
    }
}

/// All want one thing: one has it, and all others are refused as they should be.
#[track_caller]
fn one_wins<T>(all: Vec<Result<T, Refusal>>, loses_well: impl Fn(&Refusal) -> bool) -> T {
    let (won, lost): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
    let refusals: Vec<Refusal> = lost.into_iter().filter_map(Result::err).collect();
    assert!(refusals.iter().all(loses_well), "{refusals:?}");
    assert_eq!(won.len(), 1, "winners");
    won.into_iter().find_map(Result::ok).unwrap()
}

#[test]
fn of_sixty_four_on_sqlite_one_wins() {
    race_until_enough(Engine::Sqlite);
}

#[test]
fn of_sixty_four_on_postgresql_one_wins() {
    race_until_enough(Engine::Postgres);
}

fn race_until_enough(engine: Engine) {
    let wanted = wished("SANTUNAN_RACES", RACES) * if engine == Engine::Sqlite { 3 } else { 1 } / 4;
    let (wanted, seed) = (usize::try_from(wanted).unwrap(), wished("SANTUNAN_SEED", 1));
    let (mut dice, mut races, begun) = (StdRng::seed_from_u64(seed), 0, Instant::now());
    while races < wanted {
        let office = open(engine);
        let crowd = Crowd::of(&office);
        for number in 0..ROUNDS {
            races += crowd.round(number, &mut dice);
            if races >= wanted {
                break;
            }
        }
        prove_desk(&office.desk, office.code.as_str(), engine == Engine::Sqlite).unwrap();
    }
    println!("{engine:?}: {races} races of {THREADS} threads, SANTUNAN_SEED={seed}, one winner each, {:.1?}", begun.elapsed());
}

/// An office with two people for everything that two people may do.
struct Crowd<'a> {
    office: &'a Office,
    approvers: [&'a Actor; 2],
    verifiers: [&'a Actor; 2],
}

/// A claim as everybody sees it.
#[derive(Clone)]
struct Seen {
    id: String,
    version: i64,
}

impl<'a> Crowd<'a> {
    fn of(office: &'a Office) -> Self {
        let second = office.hire("sekretaris.dinas", Role::Approver, "33.25", "3325016506809501", "3325010101109501");
        let approvers = [office.who("kepala.dinas"), Box::leak(Box::new(second))];
        Self { office, approvers, verifiers: [office.who("verifikator"), office.who("verifikator2")] }
    }

    /// From twelve claims to the closed order of those the money was enough for. Returns how many things were contested.
    fn round(&self, number: usize, dice: &mut StdRng) -> usize {
        let (enough_for, more) = (dice.random_range(1..FAMILIES), dice.random_range(0..=3));
        let mut races = 0;
        let seen = self.filed(number, &mut races);
        let seen = self.stepped(&seen, |_| self.office.who("kades.wonotunggal"), Step::Endorse, &mut races);
        let seen = self.stepped(&seen, |thread| self.verifiers[thread % 2], Step::Verify, &mut races);
        let approved = self.approved(&seen, enough_for, more, &mut races);
        self.paid(approved, dice, &mut races);
        self.forget();
        races
    }

    fn position(&self) -> Position {
        self.office.position()
    }

    /// Each claim is sent by five or six, under two keys: one is filed, whoever sent the same hears the same, the others that there is one.
    fn filed(&self, number: usize, races: &mut usize) -> Vec<Seen> {
        let clerk = self.office.who("operator.wonotunggal");
        let answers = at_once(THREADS, |thread| {
            let (family, key) = (thread % FAMILIES, thread / FAMILIES % 2);
            let claim = a_claim().of_family(family).with_key(&format!("putaran-{number}-{family}-{key}"));
            (family, patiently(|| submit(&self.office.desk, clerk, &claim.submission())))
        });
        let mut first: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut heard: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (family, answer) in answers {
            match answer {
                Ok(filed) => {
                    heard.entry(family).or_default().insert(filed.claim.code.clone());
                    if !filed.repeated {
                        first.entry(family).or_default().push(filed.claim.id);
                    }
                }
                Err(refusal) => assert!(matches!(refusal, Refusal::DeceasedHasClaim), "{refusal:?}"),
            }
        }
        *races += FAMILIES;
        assert!(heard.values().all(|codes| codes.len() == 1), "{heard:?}");
        let one = |family: usize| match &first[&family][..] {
            [id] => Seen { id: id.clone(), version: 1 },
            more => panic!("family {family} was filed {} times", more.len()),
        };
        (0..FAMILIES).map(one).collect()
    }

    /// Each claim is wanted by five or six.
    fn stepped(&self, seen: &[Seen], who: impl Fn(usize) -> &'a Actor + Sync, step: Step, races: &mut usize) -> Vec<Seen> {
        let taken = self.step(seen, who, step);
        *races += taken.len();
        seen.iter().map(|seen| Seen { version: self.office.claim(&seen.id).version, ..seen.clone() }).collect()
    }

    /// Takes a step on every claim, all at once, and returns where each claim went.
    fn step(&self, seen: &[Seen], who: impl Fn(usize) -> &'a Actor + Sync, step: Step) -> Vec<State> {
        let mut answers: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        let all = at_once(THREADS, |thread| {
            let claim = &seen[thread % seen.len()];
            patiently(|| {
                let action = Action { step, reason: "sudah dibandingkan dengan berkas".to_owned() };
                act(&self.office.desk, who(thread), &Wish { claim_id: &claim.id, expected_version: claim.version, action })
            })
        });
        for (thread, answer) in all.into_iter().enumerate() {
            answers.entry(thread % seen.len()).or_default().push(answer);
        }
        answers.into_values().map(|of_claim| one_wins(of_claim, |why| matches!(why, Refusal::Stale)).state).collect()
    }

    /// The ceiling holds some of the claims: exactly so many are approved, the others have their places; then it is raised, and exactly
    /// so many more are. Returns how many.
    fn approved(&self, seen: &[Seen], enough_for: usize, more: usize, races: &mut usize) -> usize {
        let (office, before) = (self.office, self.position().committed.whole());
        let millions = |claims: usize| BENEFIT * i64::try_from(claims).unwrap();
        office.set_ceiling(before + millions(enough_for));
        let states = self.step(seen, |thread| self.approvers[thread / FAMILIES % 2], Step::Approve);
        *races += seen.len();
        let count = |state: State| states.iter().filter(|found| **found == state).count();
        assert_eq!((count(State::Approved), count(State::Waiting)), (enough_for, seen.len() - enough_for), "{states:?}");
        assert_eq!(self.position().committed.whole(), before + millions(enough_for));
        self.places(seen.len() - enough_for);
        let more = more.min(seen.len() - enough_for);
        if more > 0 {
            office.set_ceiling(before + millions(enough_for + more));
            let all = at_once(THREADS, |thread| release_waiting(&office.desk, self.approvers[thread % 2]));
            // Whoever comes when the list is empty is told so; where all stopped on a slow machine, one goes on.
            let last = release_waiting(&office.desk, self.approvers[0]);
            let released: usize = all.into_iter().chain([last]).filter_map(Result::ok).map(|one| one.released.len()).sum();
            assert_eq!(released, more);
            *races += more;
            self.places(seen.len() - enough_for - more);
        }
        assert_eq!(self.position().committed.whole(), before + millions(enough_for + more));
        for claim in seen.iter().filter(|claim| office.claim(&claim.id).state == State::Waiting) {
            office.act(self.approvers[0], &claim.id, Step::Reject, "hanya untuk uji balapan").unwrap();
        }
        enough_for + more
    }

    /// So many wait, at the places from one on.
    fn places(&self, expected: usize) {
        let waiting = overview(&self.office.desk, &self.office.code, now().year()).unwrap().waiting;
        let numbers: Vec<usize> = waiting.places.iter().map(|place| place.number).collect();
        assert_eq!(numbers, (1..=expected).collect::<Vec<_>>());
        let claims: BTreeSet<&str> = waiting.places.iter().map(|place| place.claim.id.as_str()).collect();
        assert_eq!(claims.len(), expected);
    }

    /// Everybody locks, signs, orders, records, checks, releases, imports and closes the same.
    fn paid(&self, approved: usize, dice: &mut StdRng, races: &mut usize) {
        let (desk, office, finance) = (&self.office.desk, self.office, self.office.who("bendahara"));
        let plan = plan_decree(desk, finance).unwrap();
        assert_eq!(plan.ready.len(), approved);
        let locked = at_once(THREADS, |_| patiently(|| lock_decree(desk, finance, &plan.seal)));
        let decree = one_wins(locked, |why| matches!(why, Refusal::NothingToDecree | Refusal::PlanChanged)).decree;
        assert_eq!((decree.items.len(), decree.total), (approved, plan.total));
        one_wins(at_once(THREADS, |_| patiently(|| sign_decree(desk, finance, &decree.id, june(22)))), |why| matches!(why, Refusal::Stale));
        let made = at_once(THREADS, |_| patiently(|| make_order(desk, finance, &decree.id, "")));
        let order = one_wins(made, |why| matches!(why, Refusal::AlreadyOrdered)).order;
        for kind in PaperKind::ALL {
            let paper =
                TreasuryPaper { kind, number: format!("{}/{}", kind.label(), order.number), dated_on: june(22), value: order.total };
            let recorded = at_once(THREADS, |_| patiently(|| record_paper(desk, finance, &order.id, &paper)));
            one_wins(recorded, |why| matches!(why, Refusal::Paper(PaperRefused::Twice(_))));
        }
        let (checker, releaser) = (office.who("ppk"), office.who("kuasa.bud"));
        let checked = at_once(THREADS, |_| patiently(|| check_order(desk, checker, &order.id, order.version)));
        let version = one_wins(checked, |why| matches!(why, Refusal::Stale)).version;
        let release = Release { order_id: &order.id, expected_version: version, password: PASSWORD, reason: "" };
        let released =
            one_wins(at_once(THREADS, |_| patiently(|| release_order(desk, releaser, &release))), |why| matches!(why, Refusal::Stale));
        assert_eq!(released.order.total, plan.total);
        *races += 8;
        self.imported(&released.order.items, dice, races);
        let version = office.desk.store.read(|conn| orders::load(conn, &office.code, &order.id)).unwrap().version;
        one_wins(at_once(THREADS, |_| patiently(|| close_order(desk, checker, &order.id, version))), |why| matches!(why, Refusal::Stale));
        *races += 1;
    }

    /// The same news in files of which some are the same byte for byte and others in another order: each payment moves once.
    fn imported(&self, sent: &[Item], dice: &mut StdRng, races: &mut usize) {
        let office = self.office;
        let before = self.position().paid;
        let files: Vec<Vec<u8>> = (0..8)
            .map(|_| {
                let mut turned: Vec<&Item> = sent.iter().collect();
                turned.shuffle(dice);
                table(&turned)
            })
            .collect();
        let told = at_once(THREADS, |thread| {
            let import = ImportReport { file_name: "hasil.csv", bytes: &files[thread % files.len()], profile: "csv" };
            patiently(|| import_report(&office.desk, office.who("bendahara"), &import)).unwrap()
        });
        let moved: u32 = told.iter().filter(|one| !one.repeated).map(|one| one.report.counts["matched"]).sum();
        assert_eq!(usize::try_from(moved).unwrap(), sent.len());
        let paid = Rupiah::sum(sent.iter().map(|item| item.amount)).unwrap();
        assert_eq!(self.position().paid, before.checked_add(paid).unwrap());
        let payments = office.desk.store.read(|conn| items::of_order(conn, &sent[0].order_id)).unwrap();
        assert!(payments.iter().all(|item| item.state == ItemState::Paid));
        *races += sent.len();
    }

    /// The next round's claims are for the same people: a hand on the database lets the office forget these.
    fn forget(&self) {
        self.office.sql("UPDATE claims SET deceased_nik = NULL; DELETE FROM claim_keys; DELETE FROM deaths").unwrap();
    }
}

fn table(items: &[&Item]) -> Vec<u8> {
    let mut text = "Kode Permohonan,Nomor Rekening,Nama Penerima,Jumlah (Rp),Status,Keterangan\n".to_owned();
    for item in items {
        let (_, number, holder) = item.account.clone().unwrap();
        text.push_str(&format!("{},{number},{holder},{},SUKSES,\n", item.reference, item.amount.whole()));
    }
    text.into_bytes()
}

/// Rounds in which half of the threads want the opposite of what the others want.
const OPPOSED: [(Engine, usize); 2] = [(Engine::Sqlite, 8), (Engine::Postgres, 4)];

#[test]
fn of_two_crowds_that_want_the_opposite_one_has_its_will_and_nothing_is_half_done() {
    for (engine, rounds) in OPPOSED {
        let office = open(engine);
        let crowd = Crowd::of(&office);
        for number in 0..rounds {
            let ids: Vec<String> =
                (0..4).map(|family| office.verified(&a_claim().of_family(family).with_key(&format!("lawan-{number}-{family}")))).collect();
            crowd.lowered_or_approved(&ids);
            crowd.annulled_or_decreed(&ids[0]);
            let sent = crowd.cancelled_or_released();
            crowd.by_hand_or_by_file(&sent);
            office.books();
            crowd.forget();
        }
        prove_desk(&office.desk, office.code.as_str(), engine == Engine::Sqlite).unwrap();
    }
}

impl Crowd<'_> {
    /// Money for four; some take half of it away while the others promise it.
    fn lowered_or_approved(&self, ids: &[String]) {
        let (office, finance) = (self.office, self.office.who("bendahara"));
        let (before, versions) = (self.position().committed.whole(), ids.iter().map(|id| office.claim(id).version).collect::<Vec<_>>());
        let (full, half) = (before + 4 * BENEFIT, before + 2 * BENEFIT);
        office.set_ceiling(full);
        let line = office.desk.store.read(|conn| budget::line_of_year(conn, &office.code, now().year())).unwrap();
        at_once(THREADS, |thread| {
            if thread % 4 == 0 {
                let document = format!("DPPA turun {before} {thread}");
                let ceiling = Rupiah::new(half).unwrap();
                let revise =
                    Revise { line_id: &line.id, document: &document, dated_on: june(22), ceiling, reason: "perubahan anggaran uji" };
                return patiently(|| revise_budget(&office.desk, finance, &revise).map(drop));
            }
            let claim = thread / 4 % ids.len();
            patiently(|| office.act_at(self.approvers[thread % 2], &ids[claim], versions[claim], Step::Approve, "").map(drop))
        });
        let position = self.position();
        let approved = ids.iter().filter(|id| office.claim(id).state == State::Approved).count();
        assert_eq!(position.committed.whole(), before + BENEFIT * i64::try_from(approved).unwrap());
        assert!(position.committed <= position.ceiling && (position.ceiling.whole() == half) == (approved <= 2), "{position:?}");
        self.places(ids.len() - approved);
        if approved < ids.len() {
            office.set_ceiling(full);
            assert_eq!(release_waiting(&office.desk, self.approvers[0]).unwrap().released.len(), ids.len() - approved);
        }
    }

    /// Some lock the list they saw, the others take a claim off it.
    fn annulled_or_decreed(&self, id: &str) {
        let (office, finance) = (self.office, self.office.who("bendahara"));
        let (plan, version) = (plan_decree(&office.desk, finance).unwrap(), office.claim(id).version);
        let all = at_once(THREADS, |thread| {
            if thread % 2 == 0 {
                return patiently(|| lock_decree(&office.desk, finance, &plan.seal).map(|decreed| decreed.decree.items.len()));
            }
            let ask = AskAnnulment {
                claim_id: id,
                expected_version: version,
                ground: Ground::Forged,
                words: "hanya untuk uji balapan",
                evidence: Some(EVIDENCE),
            };
            patiently(|| ask_annulment(&office.desk, office.who("verifikator2"), &ask).map(|_| 0))
        });
        let lost = |why: &Refusal| matches!(why, Refusal::Stale | Refusal::PlanChanged | Refusal::NothingToDecree);
        let decreed = match one_wins(all, lost) {
            0 => {
                let asked = office.desk.store.read(|conn| annulments::open(conn, &office.code)).unwrap();
                office.agree_annulment(&asked[0]).unwrap();
                lock_decree(&office.desk, finance, "").unwrap().decree.items.len() + 1
            }
            locked => locked,
        };
        assert_eq!(decreed, 4);
        let state = office.claim(id).state;
        assert!(matches!(state, State::Decreed | State::Annulled), "{state:?}");
    }

    /// Some cancel the order, the others release it. Returns the payments that went out in the end.
    fn cancelled_or_released(&self) -> Vec<Item> {
        let (office, desk, finance) = (self.office, &self.office.desk, self.office.who("bendahara"));
        let decree = desk.store.read(|conn| decrees::all(conn, &office.code)).unwrap().remove(0);
        sign_decree(desk, finance, &decree.id, june(22)).unwrap();
        let order = make_order(desk, finance, &decree.id, "").unwrap().order;
        office.papers(&order);
        let version = check_order(desk, office.who("ppk"), &order.id, order.version).unwrap().version;
        let all = at_once(THREADS, |thread| {
            if thread % 2 == 0 {
                return patiently(|| cancel_order(desk, finance, &order.id, version, "hanya untuk uji balapan").map(|_| None));
            }
            let release = Release { order_id: &order.id, expected_version: version, password: PASSWORD, reason: "" };
            patiently(|| release_order(desk, office.who("kuasa.bud"), &release).map(|released| Some(released.order.items)))
        });
        match one_wins(all, |why| matches!(why, Refusal::Stale)) {
            Some(items) => items,
            None => office.released(&make_order(desk, finance, &decree.id, "").unwrap().order).order.items,
        }
    }

    /// Some note by hand that the first payment came back, the others import a file in which all arrived.
    fn by_hand_or_by_file(&self, sent: &[Item]) {
        let (office, finance, first) = (self.office, self.office.who("bendahara"), &sent[0]);
        let file = table(&sent.iter().collect::<Vec<_>>());
        let all = at_once(THREADS, |thread| {
            if thread % 2 == 0 {
                let answer = Answer::Returned("AC04".to_owned());
                let told = ByHand { item_id: &first.id, expected_version: first.version, answer, on: june(22), evidence: "rekening koran" };
                return patiently(|| record_by_hand(&office.desk, finance, &told)).map(|_| 1).unwrap_or_default();
            }
            let told =
                import_report(&office.desk, finance, &ImportReport { file_name: "hasil.csv", bytes: &file, profile: "csv" }).unwrap();
            if told.repeated { 0 } else { usize::try_from(told.report.counts["matched"]).unwrap() }
        });
        assert_eq!(all.into_iter().sum::<usize>(), sent.len(), "each payment is answered once");
        let payments = office.desk.store.read(|conn| items::of_order(conn, &first.order_id)).unwrap();
        assert!(payments.iter().all(|item| item.state == ItemState::Paid || (item.id == first.id && item.state == ItemState::Returned)));
    }
}

/// At their browsers: who comes too late gets a page that says so.
#[test]
fn at_the_pages_the_losers_get_409_and_a_clear_sentence() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(Database::make(engine));
        let town = Town::new(&house);
        town.insist(Act::File(0));
        for (step, who) in [(Step::Endorse, "kades.wonotunggal"), (Step::Verify, "verifikator"), (Step::Approve, "kepala.dinas")] {
            let seen = house.look(|desk| claim(desk, &house, 0)).unwrap().unwrap();
            let (version, reason) = (seen.version.to_string(), format!("alasan_{}", step.code()));
            let fields = [("langkah", step.code()), ("versi", &version), (&reason, "sudah dibandingkan dengan berkas")];
            let form = town.person(who).form(&format!("/permohonan/{}/langkah", seen.code), &fields);
            loses_with(at_once(16, |_| town.person(who).send(&form)), "Permohonan ini baru saja berubah");
        }
        let finance = town.person("bendahara");
        let desk = finance.get("/keuangan");
        let seal = desk.body.split_once("name=\"segel\" value=\"").unwrap().1.split_once('"').unwrap().0;
        let lock = finance.form("/keuangan/sk", &[("segel", seal)]);
        loses_with(at_once(16, |_| finance.send(&lock)), "Tidak ada permohonan yang sudah disetujui");
    }
}

fn loses_with(pages: Vec<Page>, words: &str) {
    let (won, lost): (Vec<Page>, Vec<Page>) = pages.into_iter().partition(|page| page.status == 303);
    assert_eq!((won.len(), lost.len()), (1, 15), "{lost:?}");
    for page in &lost {
        assert!(page.status == 409 && page.text().contains(words), "{}: {}", page.status, page.text());
    }
}
