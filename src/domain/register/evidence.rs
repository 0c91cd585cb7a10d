//! What a source said of a person on a given day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Dataset, Resident, Version};

/// Whether a version was in force on the day asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The release in force on that day has it.
    InForce,
    /// An earlier release had it; the one in force on that day no longer has the person.
    Vanished,
    /// No release of the source with the person is that old; this is the oldest.
    NotYet,
}

/// A version with its content and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name of the source.
    pub source: String,
    /// Since when, until when.
    pub version: Version,
    /// The content.
    pub resident: Resident,
}

/// A register row as evidence for a day, with the release it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The content.
    pub resident: Resident,
    /// The release.
    pub dataset: Dataset,
    /// Its standing on the day.
    pub standing: Standing,
}

/// What one source said of one person on `day`: the version in the latest release that old.
///
/// `told` is one person's versions in one source, oldest first; `releases` the dates of the source's releases. None only
/// if there are no versions.
pub fn as_of(told: &[Told], releases: &[NaiveDate], day: NaiveDate) -> Option<Witness> {
    let in_force = releases.iter().copied().filter(|release| *release <= day).max();
    let known = in_force.and_then(|release| told.iter().rfind(|t| t.version.seen_from <= release).map(|t| (t, release)));
    let (told, released_on, standing) = match known {
        None => told.first().map(|t| (t, t.version.seen_from, Standing::NotYet))?,
        Some((t, release)) if t.version.covers(release) => (t, release, Standing::InForce),
        Some((t, _)) => (t, t.version.seen_from, Standing::Vanished),
    };
    let dataset = Dataset { name: told.source.clone(), released_on: Some(released_on) };
    Some(Witness { resident: told.resident.clone(), dataset, standing })
}

/// The evidence of poverty among what several rows of one person say: the best row, unless it has no decile and another source has one.
pub fn of_poverty(mut witnesses: Vec<Witness>) -> Option<Witness> {
    let own = witnesses.first()?.dataset.name.clone();
    let ranked = |witness: &Witness| witness.resident.decile.is_some();
    let other = witnesses.iter().position(|witness| ranked(witness) && witness.dataset.name != own);
    let at = if witnesses.first().is_some_and(ranked) { 0 } else { other.unwrap_or_default() };
    Some(witnesses.swap_remove(at))
}
