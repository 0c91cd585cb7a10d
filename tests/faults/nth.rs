//! The n-th write and the n-th fsync fail, once or from then on, or the power goes in their place.

use std::sync::Mutex;
use std::time::Instant;

use crate::disk::{FirstDay, shim, work_behind};
use crate::proof::prove_and_finish;
use crate::work::stages;

/// Tries in a slice; all of them by `SANTUNAN_FAULTS=all`.
const SLICE: usize = 140;
/// Children at once.
const AT_ONCE: usize = 4;

/// One call that fails.
#[derive(Debug, Clone, Copy)]
struct Fault {
    op: &'static str,
    at: usize,
    how: &'static str,
    stays: bool,
}

impl Fault {
    fn variables(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("SANTUNAN_FAULT_OP", self.op.into()), ("SANTUNAN_FAULT_AT", self.at.to_string())];
        all.push(("SANTUNAN_FAULT_HOW", self.how.into()));
        all.extend(self.stays.then(|| ("SANTUNAN_FAULT_STAYS", "1".into())));
        all
    }
}

/// Which calls are to fail: each in each way, or a slice from the first to the last with the ways in turn.
fn faults(calls: [usize; 3]) -> Vec<Fault> {
    let ways = |op: &'static str| {
        let short = (op == "write").then_some(("short", false));
        let ways = [("eio", false), ("eio", true), ("enospc", false), ("enospc", true), ("cut", false)];
        ways.into_iter().chain(short).map(|(how, stays)| (op, how, stays)).collect::<Vec<_>>()
    };
    let all = std::env::var("SANTUNAN_FAULTS").is_ok_and(|wish| wish == "all");
    let of = |op: &'static str, calls: usize| {
        let (ways, tries) = (ways(op), SLICE / 2);
        if all {
            return (1..=calls).flat_map(|at| ways.clone().into_iter().map(move |(op, how, stays)| Fault { op, at, how, stays })).collect();
        }
        let spread = (0..tries).map(|n| (n, 1 + n * calls.saturating_sub(1) / (tries - 1)));
        spread.map(|(n, at)| (at, ways[n % ways.len()])).map(|(at, (op, how, stays))| Fault { op, at, how, stays }).collect::<Vec<_>>()
    };
    [of("write", calls[0]), of("sync", calls[1])].concat()
}

#[test]
fn no_failing_write_or_fsync_loses_what_was_acknowledged_or_leaves_half_an_act() {
    let (day, shim) = (FirstDay::make(), shim());
    let untouched = day.copy();
    let calm = work_behind(&shim, untouched.path(), &[]);
    assert_eq!((calm.acknowledged.len(), &calm.gave_up), (stages().concat().len(), &None));
    let expected = prove_and_finish(untouched.path(), &calm.acknowledged);
    let begun = Instant::now();
    let (tries, hit) = (Mutex::new(faults(calm.calls)), Mutex::new(0_usize));
    let count = tries.lock().unwrap().len();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(fault) = { tries.lock().unwrap().pop() } {
                    let folder = day.copy();
                    let variables = fault.variables();
                    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    let worked = work_behind(&shim, folder.path(), &variables);
                    *hit.lock().unwrap() += usize::from(worked.calls[2] > 0);
                    assert!(fault.stays || worked.gave_up.is_none(), "{fault:?}: a disk that works again is not used again: {worked:?}");
                    assert_eq!(prove_and_finish(folder.path(), &worked.acknowledged), expected, "{fault:?}: {worked:?}");
                }
            });
        }
    });
    let hit = hit.into_inner().unwrap();
    println!("{count} failing calls of {:?} in {:.1?}, {hit} were met", &calm.calls[..2], begun.elapsed());
    assert!(hit * 10 > count * 8, "{hit} of {count}: the calls are not where they are thought to be");
}
