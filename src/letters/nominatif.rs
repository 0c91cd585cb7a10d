//! The nominative list for the treasury: full numbers, bank accounts, room to sign.

use super::fault::LetterFault;
use super::parts::{Signatures, Signer, letterhead, signatory, title};
use super::sheet::{Lie, Set, Sheet, mm};
use super::sk_penetapan::terbilang;
use super::table::{Column, Row, Table, column};
use super::text::{Align, plain};
use crate::domain::calendar::{long_date, short_date};
use crate::domain::claim::Payout;
use crate::domain::letter::{Letter, Nominatif, NominativeRow};

/// Least height of a row: a thumb print or signature.
const SIGN_MM: f32 = 11.0;

/// Draws the list.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &Nominatif) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    title(sheet, &format!("DAFTAR NOMINATIF PENERIMA SANTUNAN KEMATIAN TAHUN ANGGARAN {}", content.fiscal_year), &letter.number);
    let set = Set { size: 10.0, align: Align::Left, after: 0.0, ..Set::ITEM };
    sheet.fact("Dasar", 90.0, &[plain(format!("Keputusan Nomor {} tanggal {}", content.decree_number, long_date(content.decree_on)))], set);
    sheet.fact("Kode rekening", 90.0, &[plain(format!("{} ({})", content.account_code, content.account_name))], set);
    sheet.skip(6.0);
    let words = terbilang(sheet, content.total);
    let signatures = sign(sheet, letter, content)?;
    list(content).draw(sheet, Lie::Landscape, words.height() + signatures.height() + 20.0)?;
    sheet.skip(6.0);
    sheet.draw(&words);
    sheet.skip(8.0);
    signatures.draw(sheet);
    Ok(())
}

fn sign(sheet: &Sheet<'_>, letter: &Letter, content: &Nominatif) -> Result<Signatures, LetterFault> {
    let date = format!("{}, {}", letter.letterhead.town, long_date(letter.dated_on));
    let head = Signer::official("signatory.name", &["Mengetahui,".to_owned()], signatory(letter)?);
    let treasurer = Signer::official("content.treasurer.name", &[date], &content.treasurer);
    match &content.pptk {
        None => Signatures::lay(sheet, &[(0.02, 0.4, head), (0.58, 0.4, treasurer)]),
        Some(pptk) => {
            let pptk = Signer::official("content.pptk.name", &[], pptk);
            Signatures::lay(sheet, &[(0.0, 0.32, head), (0.34, 0.32, pptk), (0.68, 0.32, treasurer)])
        }
    }
}

fn list(content: &Nominatif) -> Table {
    Table {
        field: "content.rows",
        columns: columns(),
        size: 7.5,
        totals: Some(10),
        numbered: true,
        rows: content.rows.iter().enumerate().map(|(i, row)| list_row(i + 1, row)).collect(),
    }
}

fn list_row(number: usize, row: &NominativeRow) -> Row {
    let (bank, account, holder) = match &row.payout {
        Payout::Cash => ("Tunai".to_owned(), "-".to_owned(), "-".to_owned()),
        Payout::Bank(account) => (account.bank.clone(), account.number.clone(), account.holder.clone()),
    };
    let deceased_nik = row.deceased_nik.as_ref().map_or("tanpa NIK", |nik| nik.expose());
    Row {
        cells: vec![
            number.to_string(),
            format!("{}\n{deceased_nik}", row.deceased),
            short_date(row.died_on),
            format!("{}, {}", row.address, row.place.line()),
            row.heir.clone(),
            row.heir_nik.expose().to_owned(),
            row.relation.label().to_owned(),
            bank,
            account,
            holder,
            row.amount.grouped(),
            format!("{number}. ……………"),
        ],
        amount: row.amount,
        least: mm(SIGN_MM),
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("No.", 3.2, Align::Center),
        column("Almarhum/ah dan NIK", 13.0, Align::Left),
        column("Tanggal meninggal", 7.0, Align::Center),
        column("Alamat", 13.5, Align::Left),
        column("Ahli waris", 11.5, Align::Left),
        column("NIK ahli waris", 11.2, Align::Center),
        column("Hubungan", 6.8, Align::Left),
        column("Bank", 7.7, Align::Left),
        column("Nomor rekening", 12.4, Align::Center),
        column("Pemilik rekening", 10.2, Align::Left),
        column("Jumlah (Rp)", 8.0, Align::Right),
        column("Tanda tangan", 8.8, Align::Left),
    ]
}
