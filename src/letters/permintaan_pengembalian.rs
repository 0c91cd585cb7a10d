//! The demand for money that reached the wrong person, with the plan of its instalments.

use super::fault::LetterFault;
use super::parts::{Opening, closing, letterhead, opening};
use super::sheet::{Lie, Set, Sheet};
use super::table::{Row, Table, column};
use super::text::{Align, bold, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{DueLine, Letter, PermintaanPengembalian};
use crate::domain::money::rupiah_in_words;

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &PermintaanPengembalian) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    opening(sheet, &Opening { letter, attachments: "-", subject: "Permintaan pengembalian santunan kematian", to: &content.addressee });
    introduction(sheet, content);
    plan(content).draw(sheet, Lie::Portrait, 0.0)?;
    sheet.skip(8.0);
    sheet.paragraph(
        &[
            plain("Setiap angsuran disetorkan "),
            plain(content.pay_to.as_str()),
            plain(". Untuk setiap setoran Bapak/Ibu menerima bukti angsuran bernomor; mohon disimpan sampai lunas. "),
            bold("Jangan menyerahkan uang tanpa bukti setor."),
        ],
        Set::BODY,
    );
    let last = format!(
        "Bila ada kesulitan atau Bapak/Ibu berpendapat lain, silakan menghubungi {} sebelum tanggal angsuran pertama; rencana angsuran dapat disepakati kembali. Atas perhatian dan kerja sama Bapak/Ibu, kami sampaikan terima kasih.",
        content.contact
    );
    closing(sheet, letter, &last, &content.copies)
}

fn introduction(sheet: &mut Sheet<'_>, content: &PermintaanPengembalian) {
    let facts = [
        plain("Dengan hormat, pada tanggal "),
        plain(long_date(content.paid_on)),
        plain(" telah dibayarkan santunan kematian sebesar "),
        bold(content.paid.with_cents()),
        plain(format!(" ({}) atas nama {}, permohonan kode ", rupiah_in_words(content.paid), content.about)),
        bold(content.claim_code.as_str()),
        plain(format!(
            ". Setelah diperiksa kembali, permohonan tersebut dibatalkan pada tanggal {} dengan alasan:",
            long_date(content.annulled_on)
        )),
    ];
    sheet.paragraph(&facts, Set::BODY);
    sheet.paragraph(&[bold(format!("{}.", content.reason.trim_end_matches('.')))], Set { left: 20.0, after: 6.0, ..Set::ITEM });
    let demand = [
        plain("Sehubungan dengan itu, kami meminta agar uang yang masih harus dikembalikan sebesar "),
        bold(content.balance.with_cents()),
        plain(format!(
            " ({}) disetorkan kembali ke kas daerah menurut rencana angsuran berikut, berdasarkan {}:",
            rupiah_in_words(content.balance),
            content.basis.trim_end_matches('.')
        )),
    ];
    sheet.paragraph(&demand, Set::BODY);
}

fn plan(content: &PermintaanPengembalian) -> Table {
    let row = |(i, part): (usize, &DueLine)| Row {
        cells: vec![(i + 1).to_string(), long_date(part.due_on), part.amount.grouped()],
        amount: part.amount,
        least: 0.0,
    };
    Table {
        field: "content.instalments",
        columns: vec![
            column("Angsuran", 14.0, Align::Center),
            column("Paling lambat", 50.0, Align::Left),
            column("Jumlah (Rp)", 36.0, Align::Right),
        ],
        size: 10.0,
        totals: Some(2),
        numbered: false,
        rows: content.instalments.iter().enumerate().map(row).collect(),
    }
}
