//! Which known word a mistyped one was probably meant to be.

use rapidfuzz::distance::damerau_levenshtein;

/// More slips than this and the word is another one.
const SLIPS_MAX: usize = 3;

/// The known word nearest to `written`, if it is near enough to ask "did you mean …?".
pub(super) fn closest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = |word: &str| damerau_levenshtein::distance(written.to_lowercase().chars(), word.to_lowercase().chars());
    known.map(|word| (slips(word), word)).filter(|(slips, word)| *slips <= SLIPS_MAX && *slips * 2 < word.len()).min().map(|(_, word)| word)
}
