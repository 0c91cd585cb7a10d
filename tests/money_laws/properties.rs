//! What must hold for every amount: words, sums, shares, and that no float comes near money.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use santunan::domain::money::{Rupiah, in_words, rupiah_in_words};

/// Words of a number by another road than the program's: three digits at a time, from the right.
fn spelled(number: u64) -> String {
    const DIGITS: [&str; 10] = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"];
    let group = |digits: u64| -> String {
        let (hundreds, tens, ones) = (digits / 100, digits / 10 % 10, digits % 10);
        let at = |digit: u64| DIGITS[usize::try_from(digit).unwrap()];
        let mut text = match hundreds {
            0 => String::new(),
            1 => "seratus ".to_owned(),
            _ => format!("{} ratus ", at(hundreds)),
        };
        text += &match (tens, ones) {
            (1, 0) => "sepuluh".to_owned(),
            (1, 1) => "sebelas".to_owned(),
            (1, _) => format!("{} belas", at(ones)),
            (0, _) => at(ones).to_owned(),
            _ => format!("{} puluh {}", at(tens), at(ones)),
        };
        text.trim().to_owned()
    };
    if number == 0 {
        return "nol".to_owned();
    }
    let (mut words, mut rest) = (Vec::new(), number);
    for scale in ["", "ribu", "juta", "miliar", "triliun"] {
        match (rest % 1000, scale) {
            (0, _) => {}
            (1, "ribu") => words.push("seribu".to_owned()),
            (digits, _) => words.push(format!("{} {scale}", group(digits)).trim().to_owned()),
        }
        rest /= 1000;
    }
    assert_eq!(rest, 0, "beyond the scales of this speller");
    words.reverse();
    words.join(" ")
}

#[test]
fn every_number_up_to_a_hundred_thousand_is_spelled_as_by_another_road() {
    for number in 0..=100_000 {
        assert_eq!(in_words(number), spelled(number));
    }
    for power in 0..15 {
        let ten = 10_u64.pow(power);
        for number in [ten - 1, ten, ten + 1, ten * 9, ten.saturating_mul(11).min(999_999_999_999_999)] {
            assert_eq!(in_words(number), spelled(number), "{number}");
        }
    }
    assert_eq!(in_words(999_999_999_999_999), spelled(999_999_999_999_999));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn words_are_those_of_another_speller(number in 0..=999_999_999_999_999_u64) {
        prop_assert_eq!(in_words(number), spelled(number));
        let amount = Rupiah::new(i64::try_from(number).unwrap()).unwrap();
        prop_assert_eq!(rupiah_in_words(amount), format!("{} rupiah", spelled(number)));
    }

    #[test]
    fn a_sum_is_the_sum_in_any_order_or_none_at_all(amounts in prop::collection::vec(0..=i64::MAX / 8, 0..40)) {
        let whole: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
        let rupiah = |amounts: &[i64]| Rupiah::sum(amounts.iter().map(|amount| Rupiah::new(*amount).unwrap()));
        let backwards: Vec<i64> = amounts.iter().rev().copied().collect();
        prop_assert_eq!(rupiah(&amounts).map(|sum| i128::from(sum.whole())), i64::try_from(whole).ok().map(i128::from));
        prop_assert_eq!(rupiah(&amounts), rupiah(&backwards));
    }

    #[test]
    fn parts_taken_off_one_by_one_leave_what_their_sum_leaves(whole in 0..=i64::MAX / 2, cuts in prop::collection::vec(0..=1_000_000_i64, 0..20)) {
        let rupiah = |whole| Rupiah::new(whole).unwrap();
        let one_by_one = cuts.iter().try_fold(rupiah(whole), |left, cut| left.checked_sub(rupiah(*cut)));
        let at_once = Rupiah::sum(cuts.iter().map(|cut| rupiah(*cut))).and_then(|sum| rupiah(whole).checked_sub(sum));
        prop_assert_eq!(one_by_one, at_once);
        if let Some(left) = at_once {
            prop_assert_eq!(Rupiah::sum(cuts.iter().map(|cut| rupiah(*cut)).chain([left])), Some(rupiah(whole)));
        }
    }

    #[test]
    fn an_amount_and_its_digits_say_the_same(whole in 0..=i64::MAX) {
        let amount = Rupiah::new(whole).unwrap();
        let digits: String = amount.grouped().chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(digits, whole.to_string());
        prop_assert_eq!(amount.decimal().to_string(), whole.to_string());
    }
}

/// Where money is counted, moved or written for banks.
const MONEY_PATH: [&str; 9] = [
    "domain/money",
    "domain/ledger",
    "domain/payment",
    "domain/budget",
    "domain/policy/amount.rs",
    "store/money",
    "workflow/money",
    "exchange/bank_file",
    "exchange/pain001",
];

/// Files on the money path that may meet floats: they estimate and never move a rupiah, or hand a number to a spreadsheet, which knows
/// no other kind, and read it back to the rupiah.
const ESTIMATES: [&str; 4] = ["domain/budget/pace", "domain/budget/season", "domain/budget/tests", "exchange/bank_file/workbook"];

#[test]
fn no_float_comes_near_money() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for part in MONEY_PATH {
        let folder = src.join(part);
        let found = if folder.is_dir() { files(&folder) } else { vec![folder.with_extension("rs")] };
        assert!(found.iter().all(|file| file.is_file()), "{part} is not there any more");
        for file in found {
            let name = file.strip_prefix(&src).unwrap().display().to_string();
            if ESTIMATES.iter().any(|estimate| name.starts_with(estimate)) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            faults.extend(
                (1..).zip(text.lines()).filter(|(_, line)| names_a_float(line)).map(|(at, line)| format!("{name}:{at}: {}", line.trim())),
            );
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// `f32`, `f64` or a literal of one, outside comments.
fn names_a_float(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.split(|c| !word(c)).any(|token| matches!(token, "f32" | "f64") || token.ends_with("_f32") || token.ends_with("_f64"))
}

#[test]
fn a_float_would_be_seen() {
    assert!(names_a_float("let share: f64 = 1.0;") && names_a_float("x as f32") && names_a_float("1_f64"));
    assert!(!names_a_float("// f64 is not used") && !names_a_float("let of64 = half;"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}
