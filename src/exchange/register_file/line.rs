//! What a line below the column names is: a row of the register, or something people wrote around it.

use super::columns::Columns;
use super::header::Header;
use crate::exchange::sheet::Row;

/// Words that begin a line of totals, of signatures or of remarks.
const CLOSING_WORDS: [&str; 17] = [
    "jumlah",
    "total",
    "grand total",
    "sub total",
    "subtotal",
    "rekap",
    "rekapitulasi",
    "mengetahui",
    "dicetak",
    "tanggal cetak",
    "sumber",
    "keterangan:",
    "catatan",
    "catatan:",
    "halaman",
    "kepala",
    "ttd",
];

/// Digits a cell must have to be a NIK, however damaged.
const NIK_DIGITS_MIN: usize = 6;

/// Whether a line is no row of the register: the column names once more, their numbers, a total, a signature.
pub(super) fn is_beside_the_data(row: &Row<'_>, header: &Header, columns: &Columns) -> bool {
    header.is_repeated_by(row) || (!has_person(row, columns) && (is_closing(row) || is_numbering(row) || filled(row) <= 2))
}

/// A row of the register has a name and anything else, or a number.
fn has_person(row: &Row<'_>, columns: &Columns) -> bool {
    let cell = |at: Option<usize>| at.map(|at| row.cell(at).text).unwrap_or_default();
    let has_number = |at| cell(at).bytes().filter(u8::is_ascii_digit).count() >= NIK_DIGITS_MIN;
    if has_number(columns.nik) {
        return true;
    }
    let name = cell(columns.name);
    let names_somebody = name.chars().any(char::is_alphabetic) && !is_closing_word(name) && filled(row) > 2;
    let has_id = columns.register_id.is_some_and(|at| has_number(Some(at)));
    (names_somebody && !is_closing(row)) || has_id || has_number(columns.family_card)
}

fn filled(row: &Row<'_>) -> usize {
    row.cells().filter(|cell| !cell.text.is_empty()).count()
}

fn is_closing(row: &Row<'_>) -> bool {
    row.cells().find(|cell| !cell.text.is_empty()).is_some_and(|cell| is_closing_word(cell.text))
}

fn is_closing_word(text: &str) -> bool {
    CLOSING_WORDS.iter().any(|word| {
        let head = text.get(..word.len()).unwrap_or_default();
        let rest = text.get(word.len()..).unwrap_or_default();
        head.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)
    })
}

/// The line `1 2 3 4 …` or `(1) (2) (3) …` that official tables have below the column names.
fn is_numbering(row: &Row<'_>) -> bool {
    let number = |text: &str| text.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
    let mut cells = row.cells().filter(|cell| !cell.text.is_empty()).map(|cell| number(cell.text));
    let Some(Some(first)) = cells.next() else { return false };
    filled(row) > 2 && (first + 1..).zip(cells).all(|(expected, found)| found == Some(expected))
}
