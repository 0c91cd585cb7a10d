//! What a line below the column names is: a row of the register, or something people wrote around it.

use super::columns::Columns;
use super::field::Field;
use super::header::Header;
use super::value::read_sex;
use crate::exchange::sheet::Row;

/// Words that begin a line of totals, of signatures or of remarks.
const CLOSING_WORDS: [&str; 20] = [
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
    "kepala desa",
    "kepala dinas",
    "kepala dusun",
    "kepala kelurahan",
    "ttd",
];

/// Words that begin the cells of a line which names the place of the rows below it, or counts them.
const CAPTION_WORDS: [&str; 17] = [
    "desa",
    "kelurahan",
    "kecamatan",
    "kabupaten",
    "kota",
    "provinsi",
    "dusun",
    "dukuh",
    "lingkungan",
    "rt",
    "rw",
    "tahun",
    "bulan",
    "periode",
    "lk",
    "pr",
    "jml",
];

/// Digits a cell must have to be a date of birth.
const DATE_DIGITS_MIN: usize = 4;
/// Digits a cell must have to be a NIK, however damaged.
const NIK_DIGITS_MIN: usize = 6;

/// Whether a line is no row of the register: the column names once more, their numbers, a total, a signature.
pub(super) fn is_beside_the_data(row: &Row<'_>, header: &Header, columns: &Columns) -> bool {
    let is_written_around = || is_closing(row) || is_numbering(row) || filled(row) <= 2 || is_caption(row) || is_ruler(row);
    header.is_repeated_by(row) || (!has_person(row, header, columns) && is_written_around())
}

/// A row of the register has a name and two things more, or one thing that only a person has, or a number.
fn has_person(row: &Row<'_>, header: &Header, columns: &Columns) -> bool {
    let cell = |at: Option<usize>| at.map(|at| row.cell(at).text).unwrap_or_default();
    let has_number = |at| cell(at).bytes().filter(u8::is_ascii_digit).count() >= NIK_DIGITS_MIN;
    if has_number(columns.nik) {
        return true;
    }
    let name = cell(columns.name);
    let is_more_than_words = || filled(row) > 2 || is_of_a_person(row, header, columns);
    let names_somebody = name.chars().any(char::is_alphabetic) && !is_closing_word(name) && is_more_than_words();
    let has_id = columns.register_id.is_some_and(|at| has_number(Some(at)));
    (names_somebody && !is_closing(row) && !is_caption(row)) || has_id || has_number(columns.family_card)
}

/// Beside the name a date of birth, a sex, or a number in the column of running numbers: in narrow files that is all there is of
/// somebody without a NIK.
fn is_of_a_person(row: &Row<'_>, header: &Header, columns: &Columns) -> bool {
    let cell = |at: Option<usize>| at.map(|at| row.cell(at).text).unwrap_or_default();
    let has_date = |at| cell(at).bytes().filter(u8::is_ascii_digit).count() >= DATE_DIGITS_MIN;
    let is_counted = header
        .columns
        .iter()
        .enumerate()
        .any(|(at, (_, field))| *field == Some(Field::Ignored) && row.cell(at).text.trim_end_matches('.').parse::<u32>().is_ok());
    has_date(columns.born_on) || has_date(columns.birth) || read_sex(cell(columns.sex)).is_some() || is_counted
}

fn filled(row: &Row<'_>) -> usize {
    row.cells().filter(|cell| !cell.text.is_empty()).count()
}

fn is_closing(row: &Row<'_>) -> bool {
    row.cells().find(|cell| !cell.text.is_empty()).is_some_and(|cell| is_closing_word(cell.text))
}

fn is_closing_word(text: &str) -> bool {
    CLOSING_WORDS.iter().any(|word| begins_with(text, word))
}

fn begins_with(text: &str, word: &str) -> bool {
    let head = text.get(..word.len()).unwrap_or_default();
    let rest = text.get(word.len()..).unwrap_or_default();
    head.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)
}

/// `DESA KAUMAN; KECAMATAN BATANG` or `Lk: 210; Pr: 190`: every cell says what it is.
fn is_caption(row: &Row<'_>) -> bool {
    let says_itself = |text: &str| CAPTION_WORDS.iter().any(|word| begins_with(text, word) && text.len() > word.len());
    filled(row) > 0 && row.cells().filter(|cell| !cell.text.is_empty()).all(|cell| says_itself(cell.text))
}

/// `-----; =====`: not a letter and not a digit.
fn is_ruler(row: &Row<'_>) -> bool {
    row.cells().all(|cell| !cell.text.contains(char::is_alphanumeric))
}

/// The line `1 2 3 4 …` or `(1) (2) (3) …` that official tables have below the column names.
fn is_numbering(row: &Row<'_>) -> bool {
    let number = |text: &str| text.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
    let mut cells = row.cells().filter(|cell| !cell.text.is_empty()).map(|cell| number(cell.text));
    let Some(Some(first)) = cells.next() else { return false };
    filled(row) > 2 && (first + 1..).zip(cells).all(|(expected, found)| found == Some(expected))
}
