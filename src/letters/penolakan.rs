//! Refusal: the reason, what it rests on, and the right to object.

use super::fault::LetterFault;
use super::parts::{Opening, closing, letterhead, named, opening};
use super::sheet::{Set, Sheet};
use super::text::{Span, bold, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{Letter, Penolakan};
use crate::domain::money::in_words;

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &Penolakan) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    opening(
        sheet,
        &Opening { letter, attachments: "-", subject: "Permohonan santunan kematian belum dapat dikabulkan", to: &content.addressee },
    );
    introduction(sheet, content);
    let reason = content.reason.trim_end_matches('.');
    sheet.paragraph(&[bold(format!("{reason}."))], Set { left: 20.0, after: 6.0, ..Set::ITEM });
    list(sheet, "Keputusan ini didasarkan pada:", &content.basis);
    list(sheet, "Data yang digunakan:", &content.data_basis);
    objection(sheet, content);
    let last = format!(
        "Bila ada yang kurang jelas, silakan menghubungi {}. Sekali lagi kami menyampaikan duka cita yang mendalam kepada keluarga. Atas pengertian Bapak/Ibu, kami sampaikan terima kasih.",
        content.contact
    );
    closing(sheet, letter, &last, &content.copies)
}

fn introduction(sheet: &mut Sheet<'_>, content: &Penolakan) {
    let departed = &content.departed;
    let mut condolence: Vec<Span> = vec![plain("Dengan hormat, kami turut berduka cita atas meninggalnya ")];
    condolence.extend(named(departed));
    condolence.push(plain(format!(", warga {}, pada tanggal {}.", departed.place.line(), long_date(departed.died_on))));
    sheet.paragraph(&condolence, Set::BODY);
    let claim = [
        plain("Permohonan santunan kematian dengan kode "),
        bold(content.claim_code.as_str()),
        plain(format!(
            " yang diajukan pada tanggal {} atas nama ahli waris {} ({}) telah kami teliti dengan saksama. Dengan berat hati kami sampaikan bahwa permohonan tersebut belum dapat dikabulkan dengan alasan:",
            long_date(content.filed_on),
            content.heir,
            content.relation.label().to_lowercase()
        )),
    ];
    sheet.paragraph(&claim, Set::BODY);
}

fn list(sheet: &mut Sheet<'_>, head: &str, items: &[String]) {
    sheet.keep(40.0);
    sheet.paragraph(&[plain(head)], Set { after: 1.0, ..Set::ITEM });
    for (i, item) in items.iter().enumerate() {
        sheet.item(plain(format!("{}.", i + 1)), 20.0, &[plain(item.as_str())], Set::ITEM);
    }
    sheet.skip(4.0);
}

fn objection(sheet: &mut Sheet<'_>, content: &Penolakan) {
    let days = content.objection_days;
    let text = [
        plain("Keputusan ini diambil oleh pejabat yang berwenang setelah memeriksa berkas; "),
        bold("diputuskan oleh pejabat, bukan oleh sistem"),
        plain(". Bapak/Ibu berhak mengajukan "),
        bold("keberatan"),
        plain(format!(
            " secara tertulis kepada {} paling lambat {days} ({}) hari kalender sejak surat ini diterima, dengan melampirkan bukti yang mendukung. Pengajuan keberatan tidak dipungut biaya.",
            content.objection_to,
            in_words(u64::from(days))
        )),
    ];
    sheet.paragraph(&text, Set::BODY);
}
