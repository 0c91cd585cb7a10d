//! The real program is killed (`SIGKILL`) while people work at it: at random moments of every phase, some thirty times on each engine,
//! or as often as `SANTUNAN_KILLS` says. The moments come from `SANTUNAN_SEED`.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::house::House;
use crate::proof::{Inventory, inventory, left_over, prove, prove_desk, shape};
use crate::support::{Database, Engine};
use crate::wished;
use crate::work::{Stage, Town, is_over, stages};

/// Kills on one engine, unless somebody wishes for another number.
const KILLS: u64 = 30;
/// Longest wait for those who were cut off to notice.
const NOTICE: Duration = Duration::from_secs(5);

/// What happened in one phase.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    kills: usize,
    /// Kills that cut off at least one act.
    hits: usize,
    /// Acts that were cut off.
    cut: usize,
}

/// One kill: after how many acts of the stage were sent, and how far into the usual time of an act.
#[derive(Debug, Clone, Copy)]
struct Moment {
    after: usize,
    part: f64,
    /// The command line is killed, and the program goes on.
    spares_the_program: bool,
    /// What the kill left is proved before anybody starts the program again.
    is_proved_at_once: bool,
}

/// What is known over all rounds of one engine.
#[derive(Default)]
struct Round {
    phases: BTreeMap<&'static str, Tally>,
    /// How long an act of a phase takes.
    usual: BTreeMap<&'static str, Duration>,
    kept: usize,
    undone: usize,
    left_over: usize,
    offices: usize,
}

impl Round {
    fn kills(&self) -> usize {
        self.phases.values().map(|tally| tally.kills).sum()
    }

    fn hits_every_phase(&self) -> bool {
        stages().iter().all(|stage| self.phases.get(stage.phase).is_some_and(|tally| tally.hits > 0))
    }
}

#[test]
fn whoever_kills_the_program_on_sqlite_neither_pays_twice_nor_loses_anything() {
    kill_until_enough(Engine::Sqlite);
}

#[test]
fn whoever_kills_the_program_on_postgresql_neither_pays_twice_nor_loses_anything() {
    kill_until_enough(Engine::Postgres);
}

#[test]
fn a_program_that_is_asked_to_end_first_finishes_what_it_has_begun() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let house = House::open(Database::make(engine));
        let town = Town::new(&house);
        for stage in stages().iter().take(2) {
            let begun = house.line.begun.load(Ordering::SeqCst);
            std::thread::scope(|scope| {
                for act in &stage.acts {
                    scope.spawn(|| town.insist(*act));
                }
                while house.line.begun.load(Ordering::SeqCst) == begun {
                    std::thread::sleep(Duration::from_micros(100));
                }
                assert_eq!(house.ask_to_end(), Some(0), "{}", house.complaints());
                house.serve();
            });
        }
        // Whoever was not answered had not begun: nothing was done without its answer.
        let (kept, undone) = (town.cut_and_kept.load(Ordering::SeqCst), town.cut_and_undone.load(Ordering::SeqCst));
        println!("{engine:?}: {kept} acts were done without an answer, {undone} were turned away at the door");
        assert_eq!(kept, 0);
        prove(&house, &town.acknowledged.lock().unwrap());
    }
}

#[test]
fn a_migration_and_a_register_that_are_killed_are_whole_after_the_next_try() {
    let register = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/register/population_sample.csv");
    let import = ["import", "register", register];
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut dice = StdRng::seed_from_u64(wished("SANTUNAN_SEED", 1));
        let calm = House::empty(Database::make(engine));
        let usual = [["migrate"].as_slice(), &import].map(|words| {
            let begun = Instant::now();
            assert_eq!(calm.call_in_danger(words), Some(0), "{words:?}");
            begun.elapsed()
        });
        let house = House::empty(Database::make(engine));
        let mut killed = 0;
        for (words, usual) in [["migrate"].as_slice(), &import].into_iter().zip(usual) {
            // A try that comes to its end leaves nothing to kill.
            for part in [0.1, 0.25, 0.4, 0.55, 0.7, 0.85].map(|part| part + dice.random_range(0.0..0.1)) {
                killed += std::thread::scope(|scope| {
                    let call = scope.spawn(|| house.call_in_danger(words));
                    std::thread::sleep(usual.mul_f64(part));
                    house.kill_calls();
                    usize::from(call.join().unwrap().is_none())
                });
                house.wait_until_left();
            }
            let last = house.call(words);
            assert_eq!(last.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&last.stderr));
        }
        assert_eq!(shape(&house), shape(&calm), "{engine:?}");
        house.look(|desk| prove_desk(desk, house.code.as_str(), house.is_embedded())).unwrap();
        println!("{engine:?}: {killed} of 12 migrations and imports were killed, and the next one made it whole");
        assert!(killed >= 4, "only {killed} were killed");
    }
}

fn kill_until_enough(engine: Engine) {
    let (wanted, seed) = (usize::try_from(wished("SANTUNAN_KILLS", KILLS)).unwrap(), wished("SANTUNAN_SEED", 1));
    println!("{engine:?}: {wanted} kills, SANTUNAN_SEED={seed}");
    let begun = Instant::now();
    let mut round = Round::default();
    let expected = work_through(engine, &mut round, wanted, &mut None);
    assert!(is_over(&expected.states), "{expected:?}");
    let mut dice = StdRng::seed_from_u64(seed);
    while round.kills() < wanted || !round.hits_every_phase() {
        assert!(round.offices <= 5 + wanted / 5, "the kills do not meet the acts: {:?}", round.phases);
        assert_eq!(
            work_through(engine, &mut round, wanted, &mut Some(&mut dice)),
            expected,
            "SANTUNAN_SEED={seed}, office {}",
            round.offices
        );
        println!("{engine:?}: {} kills in {} offices after {:.0?}", round.kills(), round.offices, begun.elapsed());
    }
    tell(engine, &round, begun.elapsed());
}

/// One office from its first claim to its last closed order. With dice, its program is killed on the way.
fn work_through(engine: Engine, round: &mut Round, wanted: usize, dice: &mut Option<&mut StdRng>) -> Inventory {
    let house = House::open(Database::make(engine));
    let town = Town::new(&house);
    round.offices += 1;
    for stage in stages() {
        let usual = round.usual.get(stage.phase).copied().unwrap_or_default();
        // Once there are enough, only phases that nobody has hit yet are tried again.
        let is_wanted = round.kills() < wanted || round.phases.get(stage.phase).is_none_or(|tally| tally.hits == 0);
        let moments = dice.as_mut().filter(|_| is_wanted).map(|dice| moments(dice, &stage)).unwrap_or_default();
        let tally = at_work(&town, &stage, &moments, usual);
        // A program that was just started is slower than one that has run for a while; what is usual follows.
        let slowest = town.slowest();
        round.usual.insert(stage.phase, if dice.is_none() { slowest } else { (usual + slowest) / 2 });
        let sum = round.phases.entry(stage.phase).or_default();
        *sum = Tally { kills: sum.kills + tally.kills, hits: sum.hits + tally.hits, cut: sum.cut + tally.cut };
    }
    round.kept += town.cut_and_kept.load(Ordering::SeqCst);
    round.undone += town.cut_and_undone.load(Ordering::SeqCst);
    let proved = house.call(&["ledger", "verify"]);
    assert_eq!(proved.status.code(), Some(0), "{}", String::from_utf8_lossy(&proved.stderr));
    prove(&house, &town.acknowledged.lock().unwrap());
    round.left_over += left_over(&house);
    assert!(!house.complaints().contains("internal problem"), "{}", house.complaints());
    inventory(&house)
}

/// Up to two kills for a stage of one or two acts, three where many are done at once.
fn moments(dice: &mut StdRng, stage: &Stage) -> Vec<Moment> {
    let has_command_lines = matches!(stage.phase, "file" | "import");
    let kills = if stage.acts.len() > 2 { 3 } else { 2 };
    let moment = |_| Moment {
        after: dice.random_range(1..=stage.acts.len()),
        // Most acts of a stage are quicker than its slowest.
        part: dice.random_range(0.0_f64..1.25).powi(2),
        spares_the_program: has_command_lines && dice.random_ratio(1, 3),
        // Calls at the command line go on while the program is down; a proof would read half of what they write meanwhile.
        is_proved_at_once: dice.random_ratio(1, 3) && !has_command_lines,
    };
    (0..kills).map(moment).collect()
}

/// People do the acts of a stage, and somebody kills.
fn at_work(town: &Town<'_>, stage: &Stage, moments: &[Moment], usual: Duration) -> Tally {
    let (open, tally) = (AtomicUsize::new(stage.acts.len()), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for act in &stage.acts {
            scope.spawn(|| {
                let _leaves = Leaves(&open);
                town.insist(*act);
            });
        }
        let mut begun = town.house.line.begun.load(Ordering::SeqCst);
        let (open, tally) = (&open, &tally);
        scope.spawn(move || {
            for moment in moments {
                let Some(killed) = kill_once(town, *moment, usual, begun, open) else { break };
                begun = killed.begun;
                let mut tally = tally.lock().unwrap();
                *tally = Tally { kills: tally.kills + 1, hits: tally.hits + usize::from(killed.cut > 0), cut: tally.cut + killed.cut };
            }
        });
    });
    tally.into_inner().unwrap()
}

/// Whoever leaves, also by a panic, is no longer waited for.
struct Leaves<'a>(&'a AtomicUsize);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What a kill met.
struct Killed {
    /// Acts that it cut off.
    cut: usize,
    /// Acts that had been sent until then.
    begun: usize,
}

/// Waits until so many acts were sent after `begun` and for a part of the usual time of one, kills, perhaps proves, and starts again.
/// None if the stage was over first.
fn kill_once(town: &Town<'_>, moment: Moment, usual: Duration, begun: usize, open: &AtomicUsize) -> Option<Killed> {
    let (house, line) = (town.house, &town.house.line);
    let is_over = || open.load(Ordering::SeqCst) == 0;
    let cut = line.cut.load(Ordering::SeqCst);
    // Fewer are left to wait for when others are done.
    while line.begun.load(Ordering::SeqCst) < begun + moment.after.min(open.load(Ordering::SeqCst).max(1)) {
        if is_over() {
            return None;
        }
        std::thread::sleep(Duration::from_micros(100));
    }
    std::thread::sleep(usual.mul_f64(moment.part));
    if is_over() {
        return None;
    }
    if moment.spares_the_program {
        let calls = house.kill_calls();
        if calls > 0 {
            return Some(Killed { cut: calls, begun: line.begun.load(Ordering::SeqCst) });
        }
    }
    house.kill();
    let noticed = Instant::now();
    while line.under_way.load(Ordering::SeqCst) > 0 && noticed.elapsed() < NOTICE {
        std::thread::sleep(Duration::from_micros(100));
    }
    let killed = Killed { cut: line.cut.load(Ordering::SeqCst) - cut, begun: line.begun.load(Ordering::SeqCst) };
    if moment.is_proved_at_once {
        house.wait_until_left();
        prove(house, &town.acknowledged.lock().unwrap());
    }
    house.serve();
    Some(killed)
}

fn tell(engine: Engine, round: &Round, took: Duration) {
    let sum = |of: fn(&Tally) -> usize| round.phases.values().map(of).sum::<usize>();
    println!(
        "{engine:?}: {} kills in {} offices, {} hit acts on their way, {} acts cut off ({} turned out kept, {} undone), 0 paid twice, 0 lost, 0 half done, {} files nobody refers to, {took:.1?}",
        round.kills(),
        round.offices,
        sum(|tally| tally.hits),
        sum(|tally| tally.cut),
        round.kept,
        round.undone,
        round.left_over,
    );
    for (phase, tally) in &round.phases {
        println!("  {phase:<8} {:>4} kills {:>4} hit {:>4} acts cut off", tally.kills, tally.hits, tally.cut);
    }
}
