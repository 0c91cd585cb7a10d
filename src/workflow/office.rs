//! Opening an office: its settings, rules, emblem and budget lines.

use crate::clock::new_id;
use crate::domain::audit::hex;
use crate::domain::policy::{ExampleResult, PolicyPack};
use crate::domain::region::RegionCode;
use crate::exchange::pack::read_office;
use crate::store::packs::{PackKind, ensure_office, load_pack};

use super::desk::Desk;
use super::money::open_budget;
use super::recheck::queue_office;
use super::refusal::Refusal;

/// The texts an office is opened from.
#[derive(Debug, Clone, Copy)]
pub struct OfficeSources<'a> {
    /// `office.toml`.
    pub office: &'a str,
    /// `policy.toml`.
    pub policy: &'a str,
    /// Emblem, PNG.
    pub emblem: &'a [u8],
}

/// Loads an office's settings and opens its budget lines; the same settings twice change nothing.
///
/// # Errors
/// [`Refusal::Settings`] with every fault of the files at once, and every worked example the rules do not answer as written.
pub fn open_office(desk: &Desk, sources: OfficeSources<'_>) -> Result<RegionCode, Refusal> {
    let office = read_office(sources.office).map_err(|faults| all(&faults))?;
    let rules = PolicyPack::parse(sources.policy).map_err(|faults| all(&faults))?;
    let wrong: Vec<ExampleResult> = rules.run_examples(&office.closed_days()).into_iter().filter(|result| !result.passed()).collect();
    if !wrong.is_empty() {
        return Err(all(&wrong));
    }
    let now = desk.clock.now();
    desk.store.write(office.region.as_str(), |tx| {
        let id = office.region.as_str();
        ensure_office(tx, id, &office.letterhead.government, now)?;
        let settings = load_pack(tx, new_id(), id, PackKind::Office, sources.office, now)?;
        let rules = load_pack(tx, new_id(), id, PackKind::Policy, sources.policy, now)?;
        load_pack(tx, new_id(), id, PackKind::Emblem, &hex(sources.emblem), now)?;
        if settings || rules {
            queue_office(tx, &office.region, "aturan baru", now)?;
        }
        for line in &office.budget {
            open_budget(tx, &office.region, line, "pengaturan kantor", now)?;
        }
        Ok(office.region.clone())
    })
}

fn all<F: ToString>(faults: &[F]) -> Refusal {
    Refusal::Settings(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
