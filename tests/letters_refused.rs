//! A letter that would print wrong is not printed, and says which field stops it.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use santunan::domain::letter::{Letter, LetterKind};
use santunan::letters::{LetterFault, render, samples};
use serde_json::{Value, json};

const EMBLEM: &[u8] = include_bytes!("golden/letters/emblem.png");

/// The sample with one field replaced, by its JSON pointer.
fn with(kind: LetterKind, pointer: &str, value: Value) -> Letter {
    let mut letter = serde_json::to_value(samples::sample(kind)).unwrap();
    *letter.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    serde_json::from_value(letter).unwrap()
}

fn fault(letter: &Letter) -> LetterFault {
    render(letter, EMBLEM).expect_err("must be refused")
}

/// Every text of a letter with its JSON pointer.
fn texts(value: &Value, pointer: &str, out: &mut Vec<String>) {
    match value {
        Value::String(_) => out.push(pointer.to_owned()),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{pointer}/{i}"), out)),
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| texts(inner, &format!("{pointer}/{name}"), out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `/content/rows/3/heir` as faults write it: `content.rows[3].heir`.
fn field_of(pointer: &str) -> String {
    let part = |part: &str| if part.parse::<usize>().is_ok() { format!("[{part}]") } else { format!(".{part}") };
    pointer.trim_start_matches('/').split('/').map(part).collect::<String>().trim_start_matches('.').to_owned()
}

#[test]
fn any_text_left_empty_stops_the_printing_and_is_named() {
    let mut tried = 0;
    for kind in LetterKind::ALL {
        let whole = serde_json::to_value(samples::sample(kind)).unwrap();
        let mut pointers = Vec::new();
        texts(&whole, "", &mut pointers);
        for pointer in pointers {
            let mut changed = whole.clone();
            *changed.pointer_mut(&pointer).unwrap() = json!("  ");
            let may_be_empty = pointer.ends_with("/rank") || pointer.ends_with("/nip");
            let Ok(letter) = serde_json::from_value::<Letter>(changed) else { continue };
            tried += 1;
            let result = render(&letter, EMBLEM).err();
            let expected = (!may_be_empty).then(|| LetterFault::Missing { field: field_of(&pointer) });
            assert_eq!(result, expected, "{kind:?} {pointer}");
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn empty_lists_zero_amounts_and_an_absent_signatory_are_missing() {
    let check = |kind, pointer: &str, value: Value| {
        let expected = LetterFault::Missing { field: field_of(pointer) };
        assert_eq!(fault(&with(kind, pointer, value)), expected);
    };
    check(LetterKind::Pengembalian, "/content/faults", json!([]));
    check(LetterKind::SkPenetapan, "/content/recalling", json!([]));
    check(LetterKind::SkPenetapan, "/content/rows", json!([]));
    check(LetterKind::Kuitansi, "/content/amount", json!(0));
    check(LetterKind::Penolakan, "/content/objection_days", json!(0));
    check(LetterKind::Pemberitahuan, "/signatory", Value::Null);
    assert!(render(&with(LetterKind::SkPenetapan, "/content/noting", json!([])), EMBLEM).is_ok());
    assert!(render(&with(LetterKind::Penolakan, "/content/copies", json!([])), EMBLEM).is_ok());
}

#[test]
fn a_character_the_fonts_cannot_show_is_refused_and_named() {
    for (name, character) in [
        ("SITI 陈", '陈'),
        ("SITI \u{1f600}", '\u{1f600}'),
        ("SITI\nA", '\n'),
        ("e\u{301}", '\u{301}'),
        ("عائشة", 'ع'),
        ("A\u{200b}B", '\u{200b}'),
    ] {
        let found = fault(&with(LetterKind::Pemberitahuan, "/content/heir", json!(name)));
        assert_eq!(found, LetterFault::Glyph { field: "content.heir".to_owned(), character });
        assert!(found.to_string().contains("content.heir"), "{found}");
    }
    assert!(render(&with(LetterKind::Pemberitahuan, "/content/heir", json!("Nuʿmān D'Ângelo Šečerović é")), EMBLEM).is_ok());
}

#[test]
fn a_text_too_long_for_its_place_is_refused_and_named() {
    let check = |kind, pointer: &str, text: String| {
        let expected = LetterFault::Overflow { field: field_of(pointer) };
        assert_eq!(fault(&with(kind, pointer, json!(text))), expected);
    };
    check(LetterKind::Kuitansi, "/content/heir", "SITI ".repeat(60).trim().to_owned());
    check(LetterKind::Kuitansi, "/content/heir", "S".repeat(60));
    check(LetterKind::Pemberitahuan, "/letterhead/agency", "DINAS SOSIAL ".repeat(12).trim().to_owned());
    check(LetterKind::Pemberitahuan, "/signatory/name", "RADEN MAS ".repeat(30).trim().to_owned());
    check(LetterKind::Penolakan, "/content/reason", "panjang ".repeat(300).trim().to_owned());
    let row = with(LetterKind::Nominatif, "/content/rows/2/heir", json!("MUHAMMAD ".repeat(40).trim()));
    assert_eq!(fault(&row), LetterFault::Overflow { field: "content.rows".to_owned() });
    let account = with(LetterKind::Nominatif, "/content/rows/0/payout/number", json!("1".repeat(30)));
    assert_eq!(fault(&account), LetterFault::Overflow { field: "content.rows".to_owned() }, "a number is never broken");
}

#[test]
fn a_total_that_is_not_the_sum_of_its_rows_is_refused() {
    for (kind, stated) in [(LetterKind::SkPenetapan, 11_000_000), (LetterKind::Nominatif, 12_000_001), (LetterKind::PerintahBayar, 1)] {
        let found = fault(&with(kind, "/content/total", json!(stated)));
        assert!(matches!(found, LetterFault::Total { .. }), "{found:?}");
        assert!(found.to_string().contains("Rp12.000.000"), "{found}");
    }
}

#[test]
fn a_broken_emblem_is_refused() {
    let found = render(&samples::sample(LetterKind::Kuitansi), b"\x89PNG but not really").unwrap_err();
    assert!(matches!(found, LetterFault::Image(_)), "{found:?}");
}
