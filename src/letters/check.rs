//! Looks over a whole letter before anything is drawn: nothing required is empty, nothing is beyond the fonts.

use serde_json::Value;

use super::fault::LetterFault;
use super::fonts::{Face, Fonts};
use crate::domain::letter::{Letter, LetterContent, NominativeRow, total_of};
use crate::domain::money::Rupiah;

/// Longest text of one field, in characters.
const TEXT_CHARS_MAX: usize = 1500;
/// Widest word, in points at 11 point size: about a hundred millimetres.
const WORD_POINTS_MAX: u32 = 290;
/// Size at which words are measured.
const BODY_POINTS: u32 = 11;
/// Most rows of one list.
const ROWS_MAX: usize = 12_000;

/// Fields that may rightly be empty: elected heads have no rank and NIP, some lists have no entries.
const MAY_BE_EMPTY: [&str; 4] = ["rank", "nip", "copies", "noting"];

/// The one text that is drawn as a square, not in letters.
const TOKEN: &str = "proof.token";

/// Refuses a letter that would print wrong or with a gap.
///
/// # Errors
/// The first [`LetterFault`], with the field it lies in.
pub(super) fn check(letter: &Letter, fonts: &Fonts) -> Result<(), LetterFault> {
    let whole = serde_json::to_value(letter).map_err(|error| LetterFault::Pdf(error.to_string()))?;
    walk(&whole, "", fonts)?;
    if letter.signatory.is_none() && letter.kind().signed_by().is_some() {
        return Err(LetterFault::missing("signatory"));
    }
    check_totals(&letter.content)
}

fn walk(value: &Value, path: &str, fonts: &Fonts) -> Result<(), LetterFault> {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) => Err(LetterFault::missing(path)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) => check_text(text, path, fonts),
        Value::Array(items) => check_list(items, path, fonts),
        Value::Object(fields) => fields.iter().try_for_each(|(name, inner)| walk(inner, &join(path, name), fonts)),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn may_be_empty(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|last| MAY_BE_EMPTY.contains(&last))
}

fn check_list(items: &[Value], path: &str, fonts: &Fonts) -> Result<(), LetterFault> {
    if items.is_empty() && !may_be_empty(path) {
        return Err(LetterFault::missing(path));
    }
    if items.len() > ROWS_MAX {
        return Err(LetterFault::overflow(path));
    }
    items.iter().enumerate().try_for_each(|(i, item)| walk(item, &format!("{path}[{i}]"), fonts))
}

fn check_text(text: &str, path: &str, fonts: &Fonts) -> Result<(), LetterFault> {
    if path == TOKEN {
        return if text.trim().is_empty() { Err(LetterFault::missing(path)) } else { Ok(()) };
    }
    if text.trim().is_empty() {
        return if may_be_empty(path) { Ok(()) } else { Err(LetterFault::missing(path)) };
    }
    if let Some(character) = text.chars().find(|c| !fonts.shows(*c)) {
        return Err(LetterFault::Glyph { field: path.to_owned(), character });
    }
    let widest = text.split(' ').map(|word| fonts.units(Face::Bold, word) * BODY_POINTS).max().unwrap_or_default();
    let too_wide = widest / 1000 > WORD_POINTS_MAX;
    if too_wide || text.chars().count() > TEXT_CHARS_MAX { Err(LetterFault::overflow(path)) } else { Ok(()) }
}

fn check_totals(content: &LetterContent) -> Result<(), LetterFault> {
    match content {
        LetterContent::SkPenetapan(decree) => rows_equal(&decree.rows, decree.total),
        LetterContent::Nominatif(list) => rows_equal(&list.rows, list.total),
        LetterContent::NominatifSamar(list) => equal(Rupiah::sum(list.rows.iter().map(|row| row.amount)), list.total),
        LetterContent::PerintahBayar(order) => equal(Rupiah::sum(order.groups.iter().map(|group| group.amount)), order.total),
        LetterContent::SkPerubahan(decree) if decree.adds_up() => Ok(()),
        LetterContent::SkPerubahan(decree) => Err(differs(decree.after.map_or(Rupiah::ZERO, |list| list.total))),
        LetterContent::PermintaanPengembalian(demand) => {
            equal(Rupiah::sum(demand.instalments.iter().map(|part| part.amount)), demand.balance)
        }
        LetterContent::BuktiAngsuran(note) if note.adds_up() => Ok(()),
        LetterContent::BuktiAngsuran(note) => Err(differs(note.so_far)),
        LetterContent::TandaTerima(_)
        | LetterContent::Pengembalian(_)
        | LetterContent::Penolakan(_)
        | LetterContent::Kuitansi(_)
        | LetterContent::Pemberitahuan(_) => Ok(()),
    }
}

fn differs(stated: Rupiah) -> LetterFault {
    LetterFault::Total { field: "content".to_owned(), stated, counted: Rupiah::ZERO }
}

fn rows_equal(rows: &[NominativeRow], stated: Rupiah) -> Result<(), LetterFault> {
    equal(total_of(rows), stated)
}

fn equal(counted: Option<Rupiah>, stated: Rupiah) -> Result<(), LetterFault> {
    match counted {
        None => Err(LetterFault::overflow("content.total")),
        Some(counted) if counted == stated => Ok(()),
        Some(counted) => Err(LetterFault::Total { field: "content.total".to_owned(), stated, counted }),
    }
}
