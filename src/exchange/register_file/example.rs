//! A mapping file to begin with, for a file whose column names are new: its own names, each where it is understood so far.

use std::cell::RefCell;
use std::io::{Read, Seek};

use super::field::Field;
use super::header::{fields, known};
use super::mapping::Mappings;
use crate::exchange::sheet::limits::HEADER_LINES_MAX;
use crate::exchange::sheet::{Flow, Row, Sheet};
use crate::exchange::table::TableFault;

/// Known names outweigh any number of cells that only look like names.
const KNOWN_WEIGHT: usize = 1_000;
/// Longest column name written into the example, in letters.
const NAME_CHARS_MAX: usize = 80;
/// Most columns written into the example.
const COLUMNS_MAX: usize = 200;

/// The column names a file probably has, and what each is taken for, also where that is not enough for a register.
///
/// # Errors
/// [`TableFault`] for what is no table.
pub fn guess_columns<R: Read + Seek>(source: R, mappings: &Mappings) -> Result<Vec<(String, Option<Field>)>, TableFault> {
    let mut sheet = Sheet::open(source, &|row| weight(row, mappings))?;
    let best: RefCell<(usize, Vec<String>)> = RefCell::default();
    let mut lines = 0;
    sheet.each(|_, row| {
        lines += 1;
        let weight = weight(row, mappings);
        if weight > best.borrow().0 {
            *best.borrow_mut() = (weight, names(row));
        }
        Ok::<_, TableFault>(if lines < HEADER_LINES_MAX { Flow::Go } else { Flow::Stop })
    })?;
    let (_, names) = best.into_inner();
    let Some(mapping) = mappings.all().iter().rev().max_by_key(|mapping| known(&names, mapping)) else { return Ok(Vec::new()) };
    Ok(fields(&names, mapping, mappings.general()))
}

/// How much a row looks like column names, known or new: words without digits, more than one.
fn weight(row: &Row<'_>, mappings: &Mappings) -> usize {
    let names = names(row);
    let known = mappings.all().iter().map(|mapping| known(&names, mapping)).max().unwrap_or_default();
    let is_word = |name: &&String| name.chars().any(char::is_alphabetic) && !name.chars().any(|c| c.is_ascii_digit());
    let words = names.iter().filter(is_word).count();
    known * KNOWN_WEIGHT + if words > 1 { words } else { 0 }
}

fn names(row: &Row<'_>) -> Vec<String> {
    row.cells().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// A mapping file with these columns: what is understood stands in its place, the rest is left to be sorted in.
pub fn example(columns: &[(String, Option<Field>)]) -> String {
    let columns: Vec<_> = columns.iter().filter(|(name, _)| name.chars().any(char::is_alphanumeric)).take(COLUMNS_MAX).collect();
    let of = |field: Field| columns.iter().filter(move |(_, meaning)| *meaning == Some(field)).map(|(name, _)| quoted(name));
    let line = |field: Field| format!("{} = [{}]\n", field.word(), of(field).collect::<Vec<_>>().join(", "));
    let mut text = String::from(
        "# Pemetaan judul kolom. Pindahkan tiap judul dari \"abaikan\" ke isian yang sesuai, lalu ganti nama pengirim di bawah ini.\n\
         # Isian nik dan nama wajib ada; satu isian boleh punya beberapa judul.\n\
         nama = \"Pengirim berkas\"\n\n[kolom]\n",
    );
    for field in [Field::Nik, Field::Name] {
        text.push_str(&line(field));
    }
    let optional = Field::ALL.into_iter().filter(|field| !matches!(field, Field::Nik | Field::Name | Field::Ignored));
    let (used, free): (Vec<Field>, Vec<Field>) = optional.partition(|field| of(*field).next().is_some());
    for field in used {
        text.push_str(&line(field));
    }
    let unknown: Vec<String> =
        columns.iter().filter(|(_, field)| field.is_none_or(|f| f == Field::Ignored)).map(|(name, _)| quoted(name)).collect();
    text.push_str("\n# Belum dikenal atau tidak dipakai:\n");
    text.push_str(&format!("abaikan = [{}]\n\n# Isian lain yang dikenal: ", unknown.join(", ")));
    text.push_str(&free.iter().map(|field| field.word()).collect::<Vec<_>>().join(", "));
    text.push('\n');
    text
}

/// A name between quotes, without what would end them.
fn quoted(name: &str) -> String {
    let safe: String = name.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).take(NAME_CHARS_MAX).collect();
    format!("\"{safe}\"")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::super::mapping::Mapping;
    use super::*;

    #[test]
    fn the_example_of_a_new_file_can_be_filled_in_and_read() {
        let file = "Daftar warga miskin\nKunci;Sebutan;Kelompok \"A\"\n3325;BUDI;x\n";
        let columns = guess_columns(Cursor::new(file), &Mappings::built_in()).unwrap();
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.first(), Some(&"Kunci"), "{names:?}");
        let text = example(&columns);
        assert!(text.contains("nik = []\nnama = []\n") && text.contains("abaikan = [\"Kunci\", \"Sebutan\""), "{text}");
        let filled = text.replace("nik = []", "nik = [\"Kunci\"]").replace("abaikan = [\"Kunci\", ", "abaikan = [");
        assert_eq!(Mapping::parse(&filled).unwrap().field("kunci"), Some(Field::Nik));
    }

    #[test]
    fn what_is_understood_stands_in_its_place() {
        let columns = guess_columns(Cursor::new("NIK,Nama Lengkap,Golongan\n"), &Mappings::built_in()).unwrap();
        let text = example(&columns);
        assert!(text.contains("nik = [\"NIK\"]\nnama = [\"Nama Lengkap\"]") && text.contains("abaikan = [\"Golongan\"]"), "{text}");
        Mapping::parse(&text).unwrap();
    }
}
