//! Amounts in words (terbilang), as decrees and receipts must carry them.

use super::Rupiah;

const ONES: [&str; 12] = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];
const SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "kuintiliun"),
    (1_000_000_000_000_000, "kuadriliun"),
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
];

/// A number in Indonesian words, spelled by PUEBI: `sebelas`, `seratus`, `seribu`, but `satu juta`.
///
/// ```
/// use santunan::domain::money::in_words;
/// assert_eq!(in_words(1_001_000), "satu juta seribu");
/// ```
pub fn in_words(number: u64) -> String {
    if number == 0 {
        return "nol".to_owned();
    }
    let mut words = Vec::new();
    spell(number, &mut words);
    words.join(" ")
}

/// An amount in words with its currency: `satu juta rupiah`.
pub fn rupiah_in_words(amount: Rupiah) -> String {
    format!("{} rupiah", in_words(amount.whole().unsigned_abs()))
}

fn spell(number: u64, words: &mut Vec<&'static str>) {
    for (scale, name) in SCALES {
        if number >= scale {
            match number / scale {
                1 if scale == 1_000 => words.push("seribu"),
                count => {
                    spell(count, words);
                    words.push(name);
                }
            }
            return spell(number % scale, words);
        }
    }
    spell_below_thousand(number, words);
}

fn spell_below_thousand(number: u64, words: &mut Vec<&'static str>) {
    let one = |n: u64| usize::try_from(n).ok().and_then(|n| ONES.get(n)).copied().unwrap_or_default();
    match number {
        0 => {}
        1..=11 => words.push(one(number)),
        12..=19 => words.extend([one(number - 10), "belas"]),
        20..=99 => {
            words.extend([one(number / 10), "puluh"]);
            spell_below_thousand(number % 10, words);
        }
        100..=199 => {
            words.push("seratus");
            spell_below_thousand(number - 100, words);
        }
        _ => {
            words.extend([one(number / 100), "ratus"]);
            spell_below_thousand(number % 100, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_are_easily_wrong() {
        for (number, words) in [
            (0, "nol"),
            (1, "satu"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (12, "dua belas"),
            (20, "dua puluh"),
            (21, "dua puluh satu"),
            (100, "seratus"),
            (111, "seratus sebelas"),
            (999, "sembilan ratus sembilan puluh sembilan"),
            (1_000, "seribu"),
            (1_100, "seribu seratus"),
            (11_000, "sebelas ribu"),
            (21_000, "dua puluh satu ribu"),
            (101_000, "seratus satu ribu"),
            (1_000_000, "satu juta"),
            (1_001_000, "satu juta seribu"),
            (2_489_000_000, "dua miliar empat ratus delapan puluh sembilan juta"),
        ] {
            assert_eq!(in_words(number), words);
        }
        assert_eq!(rupiah_in_words(Rupiah::new(1_000_000).unwrap()), "satu juta rupiah");
    }

    /// Reads the words back by their own grammar, so that it cannot repeat a mistake of the writer.
    fn read_back(words: &str) -> u64 {
        let digit: HashMap<&str, u64> =
            ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"].into_iter().zip(1..).collect();
        let scale: HashMap<&str, u64> = HashMap::from([
            ("ribu", 1_000),
            ("juta", 1_000_000),
            ("miliar", 1_000_000_000),
            ("triliun", 1_000_000_000_000),
            ("kuadriliun", 1_000_000_000_000_000),
            ("kuintiliun", 1_000_000_000_000_000_000),
        ]);
        let (mut total, mut below_thousand, mut last) = (0_u64, 0_u64, 0_u64);
        for word in words.split(' ') {
            match word {
                "nol" => {}
                "sepuluh" | "belas" => below_thousand += 10,
                "sebelas" => below_thousand += 11,
                "seratus" => below_thousand += 100,
                "seribu" => total += 1_000,
                "puluh" => below_thousand += last * 9,
                "ratus" => below_thousand += last * 99,
                w if scale.contains_key(w) => {
                    total += below_thousand * scale[w];
                    below_thousand = 0;
                }
                w => {
                    last = digit[w];
                    below_thousand += last;
                }
            }
        }
        total + below_thousand
    }

    proptest! {
        #[test]
        fn words_read_back_as_the_number(number in 0..i64::MAX.unsigned_abs()) {
            prop_assert_eq!(read_back(&in_words(number)), number);
        }

        #[test]
        fn small_words_read_back_too(number in 0..3_000_000_u64) {
            prop_assert_eq!(read_back(&in_words(number)), number);
        }
    }
}
