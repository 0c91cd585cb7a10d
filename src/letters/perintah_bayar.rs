//! The payment order from the head of agency to the treasurer.

use super::fault::LetterFault;
use super::parts::{Signatures, Signer, copies, letterhead, signatory, title};
use super::sheet::{BODY, Lie, Set, Sheet};
use super::table::{Row, Table, column};
use super::text::{Align, bold, italic, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{Letter, PaymentGroup, PerintahBayar};
use crate::domain::money::rupiah_in_words;

const COLON: f32 = 118.0;
/// Height of the lines the treasurer fills in.
const TREASURY_ROOM: f32 = 82.0;

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &PerintahBayar) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    title(sheet, "SURAT PERINTAH BAYAR", &letter.number);
    order(sheet, letter, content)?;
    groups(sheet, content)?;
    let signatures = sign(sheet, letter, content)?;
    treasury_numbers(sheet, content, signatures.height());
    signatures.draw(sheet);
    copies(sheet, &content.copies);
    Ok(())
}

fn order(sheet: &mut Sheet<'_>, letter: &Letter, content: &PerintahBayar) -> Result<(), LetterFault> {
    let head = signatory(letter)?;
    let treasurer = &content.treasurer;
    let text = format!("Yang bertanda tangan di bawah ini, {}, memerintahkan kepada:", head.title);
    sheet.paragraph(&[plain(text)], Set::BODY);
    let set = Set { left: 20.0, align: Align::Left, after: 1.0, ..Set::ITEM };
    sheet.fact("Nama", COLON, &[bold(treasurer.name.as_str())], set);
    sheet.fact("Jabatan", COLON, &[plain(treasurer.title.as_str())], set);
    sheet.skip(5.0);
    sheet.paragraph(&[plain("untuk membayarkan santunan kematian kepada para penerima, dengan ketentuan sebagai berikut:")], Set::ITEM);
    sheet.skip(3.0);
    let decree =
        format!("Keputusan Nomor {} tanggal {} tentang {}", content.decree_number, long_date(content.decree_on), content.decree_subject);
    let recipients: u32 = content.groups.iter().map(|group| group.recipients).sum();
    let rows = [
        ("Dasar", vec![plain(decree)]),
        ("Tahun anggaran", vec![plain(content.fiscal_year.to_string())]),
        ("Kode rekening", vec![plain(format!("{} ({})", content.account_code, content.account_name))]),
        ("Jumlah penerima", vec![plain(format!("{recipients} orang, sesuai daftar nominatif Nomor {}", content.list_number))]),
        ("Jumlah uang", vec![bold(content.total.with_cents())]),
        ("Terbilang", vec![italic(rupiah_in_words(content.total))]),
    ];
    for (label, spans) in &rows {
        sheet.fact(label, COLON, spans, set);
    }
    sheet.skip(7.0);
    Ok(())
}

fn groups(sheet: &mut Sheet<'_>, content: &PerintahBayar) -> Result<(), LetterFault> {
    let row = |(i, group): (usize, &PaymentGroup)| Row {
        cells: vec![(i + 1).to_string(), group.label.clone(), group.recipients.to_string(), group.amount.grouped()],
        amount: group.amount,
        least: 0.0,
    };
    let table = Table {
        field: "content.groups",
        columns: vec![
            column("No.", 6.0, Align::Center),
            column("Bank atau cara pembayaran", 52.0, Align::Left),
            column("Penerima (orang)", 18.0, Align::Center),
            column("Jumlah (Rp)", 24.0, Align::Right),
        ],
        size: 10.0,
        totals: Some(3),
        numbered: false,
        rows: content.groups.iter().enumerate().map(row).collect(),
    };
    table.draw(sheet, Lie::Portrait, 0.0)?;
    sheet.skip(8.0);
    Ok(())
}

/// SPM and SP2D are numbered by the treasury's own system; the order only leaves room to note them.
fn treasury_numbers(sheet: &mut Sheet<'_>, content: &PerintahBayar, tail: f32) {
    let text = "Pembayaran dilakukan utuh tanpa potongan, langsung kepada penerima, dan dipertanggungjawabkan dengan kuitansi yang ditandatangani penerima.";
    sheet.paragraph(&[plain(text)], Set::BODY);
    sheet.keep(TREASURY_ROOM + tail);
    let set = Set { size: BODY - 1.0, align: Align::Left, after: 3.0, ..Set::ITEM };
    sheet.paragraph(&[plain("Diisi oleh bendahara:")], set);
    let blank = "……………………………… tanggal ………………………";
    for label in ["Nomor SPM", "Nomor SP2D"] {
        sheet.fact(label, COLON - 30.0, &[plain(blank)], set);
    }
    sheet.fact("Dibayarkan", COLON - 30.0, &[plain(format!("Rp ……………………………… Tahun Anggaran {}", content.fiscal_year))], set);
    sheet.skip(8.0);
}

fn sign(sheet: &Sheet<'_>, letter: &Letter, content: &PerintahBayar) -> Result<Signatures, LetterFault> {
    let date = format!("{}, {}", letter.letterhead.town, long_date(letter.dated_on));
    let treasurer = Signer::official("content.treasurer.name", &["Menerima perintah,".to_owned()], &content.treasurer);
    let head = Signer::official("signatory.name", &[date, "Yang memerintahkan,".to_owned()], signatory(letter)?);
    Signatures::lay(sheet, &[(0.0, 0.46, treasurer), (0.52, 0.48, head)])
}
