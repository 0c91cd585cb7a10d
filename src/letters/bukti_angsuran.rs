//! The note for an instalment that came back.

use super::fault::LetterFault;
use super::parts::{Signatures, Signer, letterhead, signatory, title};
use super::sheet::{Set, Sheet};
use super::text::{Align, Span, bold, italic, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{BuktiAngsuran, Letter};
use crate::domain::money::rupiah_in_words;

const COLON: f32 = 150.0;

/// Draws the note.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &BuktiAngsuran) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    title(sheet, "BUKTI ANGSURAN PENGEMBALIAN", &letter.number);
    for (label, spans) in facts(content) {
        sheet.fact(label, COLON, &spans, Set { align: Align::Left, after: 3.0, ..Set::ITEM });
    }
    sheet.skip(8.0);
    let rest = match content.balance {
        None => "Dengan angsuran ini pengembalian santunan tersebut dinyatakan lunas.".to_owned(),
        Some(balance) => format!(
            "Yang masih harus dikembalikan {} ({}). Bukti ini disimpan oleh yang menyetor sampai lunas.",
            balance.with_cents(),
            rupiah_in_words(balance)
        ),
    };
    let paragraph = sheet.compose(&[plain(rest)], Set::BODY);
    let date = format!("{}, {}", letter.letterhead.town, long_date(letter.dated_on));
    let treasurer = Signer::official("signatory.name", &[date, "Yang mencatat,".to_owned()], signatory(letter)?);
    let debtor =
        Signer { field: "content.debtor", above: vec!["Yang menyetor,".to_owned()], name: content.debtor.clone(), below: Vec::new() };
    let signatures = Signatures::lay(sheet, &[(0.0, 0.44, debtor), (0.50, 0.50, treasurer)])?;
    sheet.keep(paragraph.height() + 8.0 + signatures.height());
    sheet.draw(&paragraph);
    sheet.skip(8.0);
    signatures.draw(sheet);
    Ok(())
}

fn facts(content: &BuktiAngsuran) -> Vec<(&'static str, Vec<Span>)> {
    vec![
        ("Telah disetor oleh", vec![bold(content.debtor.as_str())]),
        ("Alamat", vec![plain(content.debtor_address.as_str())]),
        (
            "Untuk",
            vec![plain(format!(
                "Pengembalian santunan kematian atas nama {}, permohonan kode {}, setoran ke-{}",
                content.about, content.claim_code, content.sequence
            ))],
        ),
        ("Jumlah", vec![bold(content.amount.with_cents())]),
        ("Terbilang", vec![italic(rupiah_in_words(content.amount))]),
        ("Tanggal setor", vec![plain(long_date(content.paid_on))]),
        ("Nomor bukti setor (STS)", vec![plain(content.slip_number.as_str())]),
        ("Harus dikembalikan", vec![plain(content.owed.with_cents())]),
        ("Sudah dikembalikan", vec![plain(content.so_far.with_cents())]),
    ]
}
