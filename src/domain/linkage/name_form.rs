//! Names taken apart once, and how two of them compare.

use rapidfuzz::distance::osa;

use crate::domain::identity::{key_words, plain_words};

/// A name prepared for comparing: its plain words and their keys.
#[derive(Debug, Clone, Default)]
pub(super) struct NameForm {
    plain: Vec<String>,
    pub(super) keys: Vec<String>,
    joined_plain: String,
    joined_key: String,
}

/// How alike two names are, from the same to different ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameLevel {
    /// The same key: titles, old spelling and word boundaries do not count.
    Same,
    /// One slip of the hand.
    OneSlip,
    /// One is a short form of the other, words left out or only their first letters; or its words stand in another order.
    Short,
    /// Two slips.
    TwoSlips,
    /// Three slips, in long names only, or a slip within a short form.
    Near,
    /// Different names.
    Different,
    /// One of the two is not given.
    Missing,
}

/// How two names compare, and which of the row's words carried it.
#[derive(Debug, Clone)]
pub(super) struct NameFit<'a> {
    pub(super) level: NameLevel,
    pub(super) shared: Vec<&'a str>,
    /// Letters of the row's name.
    pub(super) letters: usize,
}

impl NameLevel {
    /// Its place in the error rates; none if there is nothing to compare.
    pub(super) fn place(self) -> Option<usize> {
        match self {
            Self::Same => Some(0),
            Self::OneSlip => Some(1),
            Self::Short => Some(2),
            Self::TwoSlips => Some(3),
            Self::Near => Some(4),
            Self::Different => Some(5),
            Self::Missing => None,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OneSlip => "one_slip",
            Self::Short => "short_form",
            Self::TwoSlips => "two_slips",
            Self::Near => "near",
            Self::Different => "different",
            Self::Missing => "missing",
        }
    }
}

impl NameForm {
    pub(super) fn of(name: &str) -> Self {
        let plain = plain_words(name);
        let keys = key_words(name);
        Self { joined_plain: plain.concat(), joined_key: keys.concat(), plain, keys }
    }

    /// Compares a written name (`self`) with a row's.
    pub(super) fn fit<'a>(&self, row: &'a Self) -> NameFit<'a> {
        let (level, shared) = self.level(row);
        NameFit { level, shared, letters: row.joined_key.len() }
    }

    fn level<'a>(&self, row: &'a Self) -> (NameLevel, Vec<&'a str>) {
        if self.keys.is_empty() || row.keys.is_empty() {
            return (NameLevel::Missing, Vec::new());
        }
        let all = || row.keys.iter().map(String::as_str).collect();
        match self.whole_level(row) {
            level @ (NameLevel::Same | NameLevel::OneSlip) => (level, all()),
            _ if self.is_reordered(row) => (NameLevel::Short, all()),
            NameLevel::Different => self.short_form(row).unwrap_or((NameLevel::Different, Vec::new())),
            level => self.short_form(row).unwrap_or_else(|| (level, all())),
        }
    }

    fn whole_level(&self, row: &Self) -> NameLevel {
        if self.joined_key == row.joined_key {
            return NameLevel::Same;
        }
        let longest = self.joined_key.len().max(row.joined_key.len());
        let allowed = slips_allowed(longest);
        let args = osa::Args::default().score_cutoff(allowed);
        let slips = |one: &str, other: &str| osa::distance_with_args(one.chars(), other.chars(), &args);
        let keys = slips(&self.joined_key, &row.joined_key);
        let fewest = match keys {
            Some(1) => Some(1),
            keys => slips(&self.joined_plain, &row.joined_plain).into_iter().chain(keys).min(),
        };
        match fewest {
            Some(0 | 1) => NameLevel::OneSlip,
            Some(_) if !self.is_near_in_each_word(row) => NameLevel::Different,
            Some(2) => NameLevel::TwoSlips,
            Some(_) => NameLevel::Near,
            None => NameLevel::Different,
        }
    }

    /// Where both have as many words, few slips in each: a long word that is shared must not hide that the other is another name.
    fn is_near_in_each_word(&self, row: &Self) -> bool {
        let words = self.keys.iter().zip(&row.keys);
        let near = |(one, other): (&String, &String)| {
            let allowed = slips_allowed(one.len().max(other.len()));
            osa::distance_with_args(one.chars(), other.chars(), &osa::Args::default().score_cutoff(allowed)).is_some()
        };
        self.keys.len() != row.keys.len() || self.keys.len() == 1 || words.into_iter().all(near)
    }

    /// Whether the same words stand in another order.
    fn is_reordered(&self, row: &Self) -> bool {
        let sorted = |form: &Self| {
            let mut keys = form.keys.clone();
            keys.sort_unstable();
            keys
        };
        self.keys.len() > 1 && self.keys.len() == row.keys.len() && sorted(self) == sorted(row)
    }

    fn short_form<'a>(&self, row: &'a Self) -> Option<(NameLevel, Vec<&'a str>)> {
        let forward = aligned(&self.keys, &row.keys, true);
        let fit = forward.or_else(|| aligned(&self.plain, &row.plain, true));
        let fit = fit.or_else(|| aligned(&row.keys, &self.keys, false));
        let (slips, at) = fit?;
        let shared: Vec<&str> = at.into_iter().filter_map(|i| row.keys.get(i)).map(String::as_str).collect();
        (!shared.is_empty()).then_some((if slips == 0 { NameLevel::Short } else { NameLevel::Near }, shared))
    }
}

/// Fits every word of `short` in order to a word of `long`; gives the slips and the places of the row's words that fitted whole.
fn aligned(short: &[String], long: &[String], row_is_long: bool) -> Option<(usize, Vec<usize>)> {
    if short.len() > long.len() {
        return None;
    }
    let (mut slips, mut from, mut whole) = (0_usize, 0_usize, Vec::new());
    for (at_short, word) in short.iter().enumerate() {
        let rest = long.iter().enumerate().skip(from);
        let (at, fit) = rest.filter_map(|(at, other)| word_fit(word, other).map(|fit| (at, fit))).min_by_key(|(_, fit)| *fit)?;
        from = at.saturating_add(1);
        if fit < INITIAL {
            slips = slips.saturating_add(fit);
            whole.push(if row_is_long { at } else { at_short });
        }
    }
    (!whole.is_empty()).then_some((slips, whole))
}

const INITIAL: usize = 100;

/// Slips between two words, [`INITIAL`] when one is the first letter of the other.
fn word_fit(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return Some(0);
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.chars().count() == 1 {
        return long.starts_with(short).then_some(INITIAL);
    }
    if long.len() < 5 {
        return None;
    }
    osa::distance_with_args(one.chars(), other.chars(), &osa::Args::default().score_cutoff(1))
}

/// How many slips two writings of this length may differ by before they count as different names.
fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=4 => 1,
        5..=9 => 2,
        _ => 3,
    }
}
