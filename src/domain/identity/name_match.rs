//! Whether two writings are one person's name.
//!
//! The comparison scores writing only; that two people are one person also
//! needs a birth date, a village, a mother. Thresholds were set on invented
//! registers with the slips clerks make (a letter lost, doubled or swapped, old
//! spelling, words joined, short forms) and err towards [`NameLikeness::Variant`],
//! which only informs.

use rapidfuzz::distance::osa;

use super::name_key::{key_words, plain_words};

/// Longest name a bank prints, in characters.
const BANK_NAME_CHARS_MAX: usize = 25;
/// From this length on a bank name that ends early may have been cut.
const BANK_NAME_CHARS_CUT: usize = 20;
/// Slips in the words that are left of a short form.
const SHORT_FORM_SLIPS_MAX: usize = 1;
/// Names shorter than this must fit without a slip.
const BANK_SLIP_CHARS_MIN: usize = 8;

/// What two writings of a name have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameLikeness {
    /// Different names.
    Different,
    /// One name in another spelling, a short form or with a slip of the hand.
    Variant,
    /// The same name; titles, ALM. and capital letters do not count.
    Same,
}

/// Compares two names.
///
/// `Variant` when the keys are equal, when at most [`slips_allowed`] letters differ in every word
/// (lost, added, changed, or two neighbours swapped), when the same words stand in another order, or
/// when one is a short form of the other (words left out, first letters).
///
/// ```
/// use santunan::domain::identity::{NameLikeness, compare_names};
/// assert_eq!(compare_names("RATMEN", "RATMIN"), NameLikeness::Variant);
/// assert_eq!(compare_names("LESTARI SURYATI", "SURYATI LESTARI"), NameLikeness::Variant);
/// assert_eq!(compare_names("KASAN", "ANDI HERU SULAIMAN"), NameLikeness::Different);
/// ```
pub fn compare_names(one: &str, other: &str) -> NameLikeness {
    compare(one, other, 0)
}

/// As [`compare_names`], with one more slip allowed: for people whose number and birth date already agree.
pub fn compare_names_of_one_birth(one: &str, other: &str) -> NameLikeness {
    compare(one, other, 1)
}

/// Whether a passbook's name can be the name of the heir.
///
/// Banks cut names at 25 letters, write first letters and put SDR, BPK or IBU before them. A slip of
/// the hand is forgiven only once and in long names: the bank itself compares letter by letter.
pub fn is_account_name_of(heir: &str, holder: &str) -> bool {
    let (keys_heir, keys_holder) = (key_words(heir), key_words(holder));
    let (heir_key, holder_key) = (keys_heir.concat(), keys_holder.concat());
    let one_slip = holder_key.chars().count() >= BANK_SLIP_CHARS_MIN && osa::distance(heir_key.chars(), holder_key.chars()) <= 1;
    compare_names(heir, holder) == NameLikeness::Same
        || (!holder_key.is_empty() && heir_key == holder_key)
        || one_slip
        || short_form(&keys_holder, &keys_heir, initial_or_whole)
        || short_form(&keys_heir, &keys_holder, initial_or_whole)
        || short_form(&plain_words(holder), &plain_words(heir), initial_or_whole)
        || cut_by_the_bank(heir, holder)
}

fn compare(one: &str, other: &str, more_slips: usize) -> NameLikeness {
    let (plain_one, plain_other) = (plain_words(one), plain_words(other));
    if plain_one.is_empty() || plain_other.is_empty() {
        return NameLikeness::Different;
    }
    if plain_one == plain_other {
        return NameLikeness::Same;
    }
    let (keys_one, keys_other) = (key_words(one), key_words(other));
    let near = near(&plain_one, &plain_other, more_slips) || near(&keys_one, &keys_other, more_slips);
    // First letters are compared as written too: the key of KHOLISOH begins with H.
    let short = |one: &[String], other: &[String]| short_form(one, other, word_fits) || short_form(other, one, word_fits);
    if near || reordered(&keys_one, &keys_other) || short(&keys_one, &keys_other) || short(&plain_one, &plain_other) {
        return NameLikeness::Variant;
    }
    NameLikeness::Different
}

/// Compares two names of which not a letter may be a slip: other spelling, other order and short forms only. For people whose birth
/// dates differ as well: brothers and sisters have alike names, a writing of one person's name that is wrong in every way is rare.
pub fn compare_spellings(one: &str, other: &str) -> NameLikeness {
    let (keys_one, keys_other) = (key_words(one), key_words(other));
    let short = |one: &[String], other: &[String]| short_form(one, other, initial_or_whole) || short_form(other, one, initial_or_whole);
    match compare_names(one, other) {
        NameLikeness::Variant
            if keys_one.concat() != keys_other.concat()
                && !reordered(&keys_one, &keys_other)
                && !short(&keys_one, &keys_other)
                && !short(&plain_words(one), &plain_words(other)) =>
        {
            NameLikeness::Different
        }
        likeness => likeness,
    }
}

/// Few slips in all; and, where both have as many words, few in each: a long word that is shared must not hide that the other is
/// another name (DWI WAHYUNI, TRI WAHYUNI).
fn near(one: &[String], other: &[String], more_slips: usize) -> bool {
    let (joined_one, joined_other) = (one.concat(), other.concat());
    let word_by_word =
        one.len() != other.len() || one.len() == 1 || one.iter().zip(other).all(|(one, other)| word_fits(one, other).is_some());
    let one_slip = || osa::distance(joined_one.chars(), joined_other.chars()) <= 1 + more_slips;
    few_slips(&joined_one, &joined_other, more_slips) && (word_by_word || one_slip())
}

/// Whether the same two or more words stand in another order.
fn reordered(one: &[String], other: &[String]) -> bool {
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    one.len() > 1 && one.len() == other.len() && sorted(one) == sorted(other)
}

/// How many slips two writings of this length may differ by.
fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        7..=11 => 2,
        _ => 3,
    }
}

fn few_slips(one: &str, other: &str, more_slips: usize) -> bool {
    let letters = one.chars().count().max(other.chars().count());
    osa::distance(one.chars(), other.chars()) <= slips_allowed(letters) + more_slips
}

/// Whether every word of `short` fits, in order, a word of `long`; at least one of them with more than its first letters.
///
/// Where words are left out or only begun, what is left must fit but for one slip: with two, SUTARJO would be WIRYO SUMARTO.
fn short_form(short: &[String], long: &[String], fits: fn(&str, &str) -> Option<usize>) -> bool {
    let (mut from, mut slips, mut whole) = (0_usize, 0_usize, 0_usize);
    for word in short {
        let rest = long.iter().enumerate().skip(from);
        let best = rest.filter_map(|(at, candidate)| fits(word, candidate).map(|slips| (slips, at))).min();
        let Some((of_word, at)) = best else { return false };
        from = at + 1;
        slips += of_word;
        whole += usize::from(word.chars().count() > 2);
    }
    let shortened = short.len() < long.len() || short.iter().any(|word| word.chars().count() == 1);
    whole > 0 && short.len() <= long.len() && (slips <= SHORT_FORM_SLIPS_MAX || !shortened)
}

fn initial_or_whole(short: &str, long: &str) -> Option<usize> {
    (short == long || (short.chars().count() == 1 && long.starts_with(short))).then_some(0)
}

/// The slips between two words, if they are few; none counted for a first letter.
fn word_fits(short: &str, long: &str) -> Option<usize> {
    let letters = short.chars().count().max(long.chars().count());
    match short.chars().count() {
        0 => None,
        1 => long.starts_with(short).then_some(0),
        _ => Some(osa::distance(short.chars(), long.chars())).filter(|slips| *slips <= slips_allowed(letters)),
    }
}

fn cut_by_the_bank(heir: &str, holder: &str) -> bool {
    let printed = holder.trim().chars().count();
    let (heir, holder) = (plain_words(heir).concat(), plain_words(holder).concat());
    (BANK_NAME_CHARS_CUT..=BANK_NAME_CHARS_MAX).contains(&printed) && !holder.is_empty() && heir.starts_with(&holder)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(one: &str, other: &str, expected: NameLikeness) {
        assert_eq!(compare_names(one, other), expected, "{one} / {other}");
        assert_eq!(compare_names(other, one), expected, "{other} / {one}");
    }

    #[test]
    fn titles_and_capitals_leave_a_name_the_same() {
        for (one, other) in [
            ("RUSTONO", "ALMARHUM RUSTONO"),
            ("RANI ULFAH", "HJ. Rani Ulfah"),
            ("SUNTONO, S.E.", "SUNTONO"),
            ("HARNO ISWANTA", "BAPAK HARNO ISWANTA"),
        ] {
            check(one, other, NameLikeness::Same);
        }
    }

    #[test]
    fn other_spellings_short_forms_and_slips_are_variants() {
        for (one, other) in [
            ("RATMEN", "RATMIN"),
            ("RUSANNGALIMUN", "RUSMAN NGALIMUN"),
            ("TDJAGAK", "TJAGAK"),
            ("TJASTRO", "CASTRO"),
            ("ABD MUIN", "ABDUL MUIN"),
            ("MUHAMMAD DARSO", "M. DARSO"),
            ("ROPIQ W", "ROFIQ WIJAYA"),
            ("EKO", "EKO PANGESTU"),
            ("SITI AMINAH", "SITIAMINAH"),
            ("SOLEKHAH KASMIRAH BINTI RIYADI", "SOLEKHAH KASMIRAH"),
            ("SUNDARWATI", "SUDNARWATI"),
            ("SUTARJO", "SUTARDJO WIRYO"),
            ("SUTARJO", "SUMARTO SUTARJO"),
            ("KASMIRAH", "SOLEKHAH KASMINAH"),
            ("SITI NURHAYATI", "SITTI NURHAYTI"),
            ("LESTARI SURYATI", "SURYATI LESTARI"),
            ("KURNIAWAN PARMAN", "PARMAN KURNIAWAN"),
            ("DWO WAHYUNI", "DWI WAHYUNI"),
            ("BUDI SETIAWAN", "RUDI SETIAWAN"),
        ] {
            check(one, other, NameLikeness::Variant);
        }
    }

    #[test]
    fn other_people_have_other_names() {
        for (one, other) in [
            ("KASAN", "ANDI HERU SULAIMAN"),
            ("TASRI", "ROKHIMAH"),
            ("SITI AMINAH", "SITI QOMARIYAH"),
            ("NUR WAHYUNI", "NUR FITRIYAH"),
            ("AGUS", "AGUNG"),
            ("SUTARJO", "WIRYO SUMARTO"),
            ("M. SUTARJO", "MUHAMMAD SUMARTO"),
            ("UMI", "AMI"),
            ("DWI WAHYUNI", "TRI WAHYUNI"),
            ("SITI KHOTIJAH", "SITI FATIMAH"),
            ("TASSIH PERTIWI", "KARTI PERTIWI"),
            ("HASAN MAULANA", "HUSAIN MAULANA"),
            ("", "UMI"),
        ] {
            check(one, other, NameLikeness::Different);
        }
    }

    #[test]
    fn one_birth_allows_one_slip_more() {
        assert_eq!(compare_names("AGUS", "AGUNG"), NameLikeness::Different);
        assert_eq!(compare_names_of_one_birth("AGUS", "AGUNG"), NameLikeness::Variant);
    }

    #[test]
    fn among_spellings_no_slip_is_forgiven() {
        for (one, other, expected) in [
            ("BUDI SETIAWAN", "RUDI SETIAWAN", NameLikeness::Different),
            ("WARYONO", "KARYONO", NameLikeness::Different),
            ("SOEPRIJANTO", "SUPRIYANTO", NameLikeness::Variant),
            ("EKO", "EKO PANGESTU", NameLikeness::Variant),
            ("M. DARSO", "MUHAMMAD DARSO", NameLikeness::Variant),
            ("LESTARI SURYATI", "SURYATI LESTARI", NameLikeness::Variant),
            ("Alm. RUSTONO", "RUSTONO", NameLikeness::Same),
        ] {
            assert_eq!(compare_spellings(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn a_passbook_may_carry_a_short_form_of_the_heir() {
        assert!(is_account_name_of("MUHAMAD DARMAWAN FIRMANSYAH", "MUHAMAD DARMAWAN FIRMANSY"));
        assert!(is_account_name_of("SITI TARNINGSIH PUSPITASARI WULANDARI", "SITI TARNINGSIH PUSPITASA"));
        assert!(is_account_name_of("SITI EVI LAILI", "BPK SITI EVI LAILI"));
        assert!(is_account_name_of("Hj. St Qomariyah", "ST QOMARIYAH"));
        assert!(is_account_name_of("SASKIA KHOLISOH", "SASKIA K"));
        assert!(is_account_name_of("ACHMAD ARIS SETIAWAN", "ACHMAD A S"));
        assert!(is_account_name_of("SRI MULYANI", "SDR SRI MULYANI"));
        assert!(!is_account_name_of("ROKHIMAH", "TASRI"));
        assert!(!is_account_name_of("SUWARNI", "SUPARNI"));
        assert!(is_account_name_of("DARMAWAN SUDIBYO", "DARMAWAN SUDIBJO"));
        assert!(!is_account_name_of("WASITO", "TRI SUSANTI"));
    }

    proptest! {
        #[test]
        fn a_name_is_the_same_as_itself_and_order_does_not_matter(one in "[A-Z]{3,9}( [A-Z]{2,9}){0,2}", other in "[A-Z]{3,9}( [A-Z]{2,9}){0,2}") {
            prop_assert_eq!(compare_names(&one, &one), NameLikeness::Same);
            prop_assert_eq!(compare_names(&one, &other), compare_names(&other, &one));
        }
    }
}
