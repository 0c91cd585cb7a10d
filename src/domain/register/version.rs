//! Versions: what a source said of one person, release after release.
//!
//! A version holds from the first release with its content until a release with
//! another content (superseded) or without the person (vanished). Releases may come
//! in any order; a late one is fitted in by its date, and what results is the same
//! as if all had come in order.

use chrono::NaiveDate;

/// One content of one person in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Its row.
    pub id: i64,
    /// Hash of the content.
    pub hash: i64,
    /// Date of the first release with this content.
    pub seen_from: NaiveDate,
    /// When it ended.
    pub end: End,
}

/// Where a version ends; both empty while it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct End {
    /// Date of the release with the next content of the person; empty on the newest version.
    pub superseded_on: Option<NaiveDate>,
    /// Date of the first release without the person.
    pub vanished_on: Option<NaiveDate>,
}

/// The place of a release among those of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its date.
    pub on: NaiveDate,
    /// Date of the next later release that is already in; none for the newest.
    pub next: Option<NaiveDate>,
}

/// What has to be written so that a release takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The version ends otherwise than it did.
    Close(i64, End),
    /// A new version with the content of the release, from its date on.
    Open(End),
    /// The version holds since this release already.
    Stretch(i64),
    /// The version holds again from a later release on: a new row with the content of the old one.
    Resume {
        /// The row with the content.
        of: i64,
        /// Date of that later release.
        seen_from: NaiveDate,
        /// Where it ends.
        end: End,
    },
}

impl Version {
    pub(super) fn covers(&self, day: NaiveDate) -> bool {
        self.seen_from <= day && self.end.day().is_none_or(|end| end > day)
    }

    /// The date of a later release at which this version still holds.
    fn goes_on(&self, next: Option<NaiveDate>) -> Option<NaiveDate> {
        next.filter(|next| self.covers(*next))
    }
}

impl End {
    fn day(self) -> Option<NaiveDate> {
        self.vanished_on.or(self.superseded_on)
    }

    fn superseded(on: Option<NaiveDate>) -> Self {
        Self { superseded_on: on, vanished_on: None }
    }
}

/// Places one person's content in a release (`found`; none if the release lacks the person) among the versions there are.
///
/// `history` is one person's versions of this source, oldest first. Nothing is returned where nothing changes.
pub fn place(history: &[Version], found: Option<i64>, slot: Slot) -> Vec<Change> {
    match (history.iter().rfind(|version| version.covers(slot.on)), found) {
        (None, None) => Vec::new(),
        (Some(version), Some(hash)) if version.hash == hash => Vec::new(),
        (Some(version), None) => vanish(*version, slot),
        (Some(version), Some(hash)) => replace(history, *version, hash, slot),
        (None, Some(hash)) => appear(history, hash, slot),
    }
}

fn vanish(version: Version, slot: Slot) -> Vec<Change> {
    let again = version.goes_on(slot.next);
    let end = End { superseded_on: again.or(version.end.superseded_on), vanished_on: Some(slot.on) };
    let resume = again.map(|seen_from| Change::Resume { of: version.id, seen_from, end: version.end });
    std::iter::once(Change::Close(version.id, end)).chain(resume).collect()
}

fn replace(history: &[Version], version: Version, hash: i64, slot: Slot) -> Vec<Change> {
    let close = Change::Close(version.id, End::superseded(Some(slot.on)));
    if let Some(seen_from) = version.goes_on(slot.next) {
        let resume = Change::Resume { of: version.id, seen_from, end: version.end };
        return vec![close, Change::Open(End::superseded(Some(seen_from))), resume];
    }
    vec![close, opening(history, hash, slot, version.end)]
}

fn appear(history: &[Version], hash: i64, slot: Slot) -> Vec<Change> {
    let still_open = |version: &&Version| version.end.superseded_on.is_none_or(|on| on > slot.on);
    let before = history.iter().rfind(|version| version.seen_from <= slot.on && still_open(version));
    let after = history.iter().find(|version| version.seen_from > slot.on).map(|version| version.seen_from);
    let close = before.map(|b| Change::Close(b.id, End { superseded_on: Some(slot.on), vanished_on: b.end.vanished_on }));
    let end = End { superseded_on: after, vanished_on: slot.next.filter(|next| after != Some(*next)) };
    close.into_iter().chain([opening(history, hash, slot, end)]).collect()
}

/// A new version, unless the next release begins one with the same content.
fn opening(history: &[Version], hash: i64, slot: Slot, end: End) -> Change {
    let next = history.iter().find(|version| version.seen_from > slot.on);
    match next.filter(|version| Some(version.seen_from) == slot.next && version.hash == hash) {
        Some(same) => Change::Stretch(same.id),
        None => Change::Open(end),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, n).unwrap()
    }

    /// The versions of one person, with changes carried out as the store does.
    #[derive(Default)]
    struct Book {
        releases: Vec<NaiveDate>,
        versions: Vec<Version>,
        next_id: i64,
    }

    impl Book {
        fn take_in(&mut self, on: NaiveDate, found: Option<i64>) {
            let next = self.releases.iter().copied().filter(|d| *d > on).min();
            for change in place(&self.versions.clone(), found, Slot { on, next }) {
                match change {
                    Change::Close(id, end) => self.version(id).end = end,
                    Change::Stretch(id) => self.version(id).seen_from = on,
                    Change::Open(end) => self.open(found.unwrap(), on, end),
                    Change::Resume { of, seen_from, end } => {
                        let hash = self.version(of).hash;
                        self.open(hash, seen_from, end);
                    }
                }
            }
            self.releases.push(on);
            self.versions.sort_by_key(|v| (v.seen_from, v.id));
        }

        fn version(&mut self, id: i64) -> &mut Version {
            self.versions.iter_mut().find(|v| v.id == id).unwrap()
        }

        fn open(&mut self, hash: i64, seen_from: NaiveDate, end: End) {
            self.next_id += 1;
            self.versions.push(Version { id: self.next_id, hash, seen_from, end });
        }

        fn contents(&self) -> Vec<(i64, NaiveDate, End)> {
            self.versions.iter().map(|v| (v.hash, v.seen_from, v.end)).collect()
        }
    }

    fn book(releases: &[(u32, Option<i64>)]) -> Book {
        let mut book = Book::default();
        for (on, found) in releases {
            book.take_in(day(*on), *found);
        }
        book
    }

    #[test]
    fn a_person_who_returns_keeps_the_gap() {
        let found = book(&[(1, Some(7)), (2, None), (3, Some(7))]).contents();
        let gap = End { superseded_on: Some(day(3)), vanished_on: Some(day(2)) };
        assert_eq!(found, [(7, day(1), gap), (7, day(3), End::default())]);
    }

    #[test]
    fn an_unchanged_row_is_left_alone() {
        assert_eq!(book(&[(1, Some(7)), (2, Some(7)), (4, Some(7)), (3, Some(7))]).contents(), [(7, day(1), End::default())]);
    }

    #[test]
    fn a_correction_of_the_same_day_takes_the_place_of_the_first() {
        let found = book(&[(1, Some(7)), (1, Some(8))]);
        assert_eq!(found.versions.iter().rfind(|v| v.covers(day(1))).unwrap().hash, 8);
        assert_eq!(found.versions.iter().filter(|v| v.end.superseded_on.is_none()).count(), 1);
    }

    #[test]
    fn corrections_of_earlier_days_leave_one_newest_version() {
        let found = book(&[(3, Some(2)), (2, Some(0)), (3, None), (2, Some(2)), (3, Some(0))]);
        assert_eq!(found.versions.iter().filter(|v| v.end.superseded_on.is_none()).count(), 1);
        assert_eq!(found.versions.iter().rfind(|v| v.covers(day(3))).unwrap().hash, 0);
    }

    proptest! {
        #[test]
        fn the_order_of_import_makes_no_difference(contents in prop::collection::vec(prop::option::of(0_i64..3), 1..9), order in any::<u64>()) {
            let in_order: Vec<(u32, Option<i64>)> = (1..).zip(contents).collect();
            let mut shuffled = in_order.clone();
            shuffled.sort_by_key(|(on, _)| u64::from(*on).wrapping_mul(order | 1).rotate_left(17));
            let (expected, found) = (book(&in_order), book(&shuffled));
            prop_assert_eq!(expected.contents(), found.contents(), "{:?}", shuffled);
            for (on, content) in in_order {
                prop_assert_eq!(found.versions.iter().rfind(|v| v.covers(day(on))).map(|v| v.hash), content);
            }
        }

        #[test]
        fn exactly_one_version_is_the_newest(contents in prop::collection::vec((1_u32..6, prop::option::of(0_i64..3)), 1..12)) {
            let found = book(&contents);
            let newest = found.versions.iter().filter(|v| v.end.superseded_on.is_none()).count();
            prop_assert_eq!(newest, usize::from(contents.iter().any(|(_, content)| content.is_some())));
        }
    }
}
