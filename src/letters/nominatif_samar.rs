//! The nominative list for a notice board: names in part, no accounts.

use super::fault::LetterFault;
use super::parts::{Signatures, Signer, letterhead, signatory, title};
use super::sheet::{Lie, Set, Sheet};
use super::sk_penetapan::terbilang;
use super::table::{Column, Row, Table, column};
use super::text::{Align, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{Letter, MaskedRow, NominatifSamar};

/// Draws the list.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &NominatifSamar) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    title(sheet, &format!("DAFTAR PENERIMA SANTUNAN KEMATIAN TAHUN ANGGARAN {}", content.fiscal_year), &letter.number);
    let set = Set { size: 10.0, align: Align::Left, after: 0.0, ..Set::ITEM };
    sheet.fact("Dasar", 90.0, &[plain(format!("Keputusan Nomor {} tanggal {}", content.decree_number, long_date(content.decree_on)))], set);
    sheet.fact("Keterangan", 90.0, &[plain("Nama dan NIK disamarkan untuk melindungi data pribadi keluarga.")], set);
    sheet.skip(6.0);
    let date = format!("{}, {}", letter.letterhead.town, long_date(letter.dated_on));
    let signatures = Signatures::right(sheet, Signer::official("signatory.name", &[date], signatory(letter)?))?;
    let words = terbilang(sheet, content.total);
    let ask = sheet.compose(&[plain(format!("Pertanyaan tentang daftar ini: {}.", content.contact))], set);
    list(content).draw(sheet, Lie::Portrait, words.height() + ask.height() + signatures.height() + 26.0)?;
    sheet.skip(6.0);
    sheet.draw(&words);
    sheet.skip(6.0);
    sheet.draw(&ask);
    sheet.skip(8.0);
    signatures.draw(sheet);
    Ok(())
}

fn list(content: &NominatifSamar) -> Table {
    let row = |(i, row): (usize, &MaskedRow)| Row {
        cells: vec![
            (i + 1).to_string(),
            row.heir.clone(),
            row.heir_nik.clone(),
            row.deceased.clone(),
            row.place.line(),
            row.amount.grouped(),
        ],
        amount: row.amount,
        least: 0.0,
    };
    Table {
        field: "content.rows",
        columns: columns(),
        size: 8.5,
        totals: Some(5),
        numbered: false,
        rows: content.rows.iter().enumerate().map(row).collect(),
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("No.", 5.0, Align::Center),
        column("Ahli waris penerima", 21.0, Align::Left),
        column("NIK", 19.0, Align::Center),
        column("Almarhum/ah", 16.0, Align::Left),
        column("Desa/kelurahan", 25.0, Align::Left),
        column("Jumlah (Rp)", 14.0, Align::Right),
    ]
}
