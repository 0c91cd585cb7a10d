//! `santunan simulate`: the money core under everything that can go wrong, one seed after the other.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use indicatif::ProgressBar;

use super::fault::CliFault;
use crate::simulation::{Cast, EVENTS, Invariant, Tally, Violation, run as live};

/// Seeds between two moves of the progress bar.
const SEEDS_AT_ONCE: u64 = 16;

/// Jalankan tahun anggaran tiruan dari angka benih, dengan segala gangguan, dan periksa yang selalu harus berlaku.
#[derive(Debug, clap::Args)]
pub struct SimulateArgs {
    /// Banyak benih.
    #[arg(long, value_name = "BANYAK", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// Benih pertama; dengan --seeds 1 satu benih diulang.
    #[arg(long, visible_alias = "seed", value_name = "BENIH", default_value_t = 1)]
    from: u64,
    /// Banyak kejadian tiap benih.
    #[arg(long, value_name = "BANYAK", default_value_t = EVENTS, value_parser = clap::value_parser!(u64).range(1..))]
    events: u64,
    /// Banyak utas; bawaan: sebanyak prosesor.
    #[arg(long, value_name = "BANYAK")]
    threads: Option<usize>,
    /// Hasil sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Lets every seed live and tells what was looked at, or the first violation and how to see it again.
///
/// # Errors
/// [`CliFault::Refused`] with a violation, [`CliFault::Environment`] when the invented people cannot be made.
pub fn run(args: &SimulateArgs) -> Result<(), CliFault> {
    let cast = Cast::assemble().map_err(|fault| CliFault::Environment(fault.to_string()))?;
    let bar = if args.json { ProgressBar::hidden() } else { ProgressBar::new(args.seeds) };
    let begun = Instant::now();
    let (tally, violation) = all(args, &cast, &bar);
    bar.finish_and_clear();
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
    let per_second = tally.events.saturating_mul(1_000) / millis;
    match violation {
        Some(violation) if args.json => {
            println!("{}", violation_json(args, &violation));
            Err(CliFault::Refused(format!("Benih {}: {} tidak berlaku.", violation.seed, violation.invariant)))
        }
        Some(violation) => {
            let again = format!("Ulangi dengan: santunan simulate --seeds 1 --from {} --events {}", violation.seed, args.events);
            Err(CliFault::Refused(format!("{violation}{again}")))
        }
        None if args.json => {
            println!("{}", tally_json(&tally, per_second));
            Ok(())
        }
        None => {
            tell(&tally, per_second);
            Ok(())
        }
    }
}

/// Every seed, shared out among the threads; after a violation only seeds before it go on, so that the first one is told.
fn all(args: &SimulateArgs, cast: &Cast, bar: &ProgressBar) -> (Tally, Option<Violation>) {
    let next = AtomicU64::new(0);
    let end = AtomicU64::new(args.seeds);
    let found: Mutex<(Tally, Option<Violation>)> = Mutex::new((Tally::default(), None));
    let worker = || {
        let mut tally = Tally::default();
        loop {
            let begin = next.fetch_add(SEEDS_AT_ONCE, Ordering::Relaxed);
            for place in begin..begin.saturating_add(SEEDS_AT_ONCE) {
                if place >= end.load(Ordering::Relaxed) {
                    break;
                }
                match live(cast, args.from.wrapping_add(place), args.events, None) {
                    Ok(one) => tally.add(&one),
                    Err(violation) => {
                        end.fetch_min(place, Ordering::Relaxed);
                        keep_first(&found, *violation, args.from);
                    }
                }
                bar.inc(1);
            }
            if begin >= end.load(Ordering::Relaxed) {
                break;
            }
        }
        if let Ok(mut found) = found.lock() {
            found.0.add(&tally);
        }
    };
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from)).unwrap_or(1).clamp(1, 256);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(worker);
        }
    });
    found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn keep_first(found: &Mutex<(Tally, Option<Violation>)>, violation: Violation, from: u64) {
    let place = |violation: &Violation| violation.seed.wrapping_sub(from);
    if let Ok(mut found) = found.lock()
        && found.1.as_ref().is_none_or(|first| place(&violation) < place(first))
    {
        found.1 = Some(violation);
    }
}

fn tell(tally: &Tally, per_second: u64) {
    println!(
        "{} benih, {} kejadian ({per_second} per detik): {} perbuatan tersimpan ({} jenis), {} ditolak ({} alasan), {} gangguan ({} jenis), \
         {} hal yang selalu harus berlaku diperiksa {} kali; semuanya berlaku.",
        tally.seeds,
        tally.events,
        Tally::sum(&tally.done),
        tally.done.len(),
        Tally::sum(&tally.refused),
        tally.refused.len(),
        Tally::sum(&tally.faults),
        tally.faults.len(),
        Invariant::ALL.len(),
        tally.checks,
    );
}

fn tally_json(tally: &Tally, per_second: u64) -> serde_json::Value {
    let invariants: serde_json::Map<String, serde_json::Value> =
        Invariant::ALL.into_iter().map(|invariant| (invariant.name().to_owned(), invariant.sentence().into())).collect();
    serde_json::json!({
        "violations": 0, "seeds": tally.seeds, "events": tally.events, "events_per_second": per_second, "done": tally.done,
        "refused": tally.refused, "faults": tally.faults, "outside": tally.outside, "checks": tally.checks, "paid": tally.paid,
        "invariants": invariants,
    })
}

fn violation_json(args: &SimulateArgs, violation: &Violation) -> serde_json::Value {
    let last: Vec<String> = violation.last.iter().map(ToString::to_string).collect();
    serde_json::json!({
        "violations": 1, "seed": violation.seed, "event": violation.event, "events": args.events,
        "invariant": violation.invariant.name(), "sentence": violation.invariant.sentence(), "found": violation.found, "last": last,
    })
}
