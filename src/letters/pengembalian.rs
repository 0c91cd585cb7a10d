//! Papers returned for repair, with the cure for each fault.

use super::fault::LetterFault;
use super::parts::{Opening, closing, letterhead, named, opening};
use super::sheet::{Set, Sheet};
use super::text::{bold, italic, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{Letter, Pengembalian};

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &Pengembalian) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    let subject = "Pengembalian berkas permohonan santunan kematian untuk dilengkapi";
    opening(sheet, &Opening { letter, attachments: "1 (satu) berkas", subject, to: &content.addressee });
    introduction(sheet, content);
    for (i, fault) in content.faults.iter().enumerate() {
        sheet.item(plain(format!("{}.", i + 1)), 20.0, &[bold(fault.what.as_str())], Set { after: 0.0, ..Set::ITEM });
        let cure = [italic("Yang perlu dilakukan: "), plain(fault.cure.as_str())];
        sheet.paragraph(&cure, Set { left: 20.0, after: 4.0, ..Set::ITEM });
    }
    sheet.skip(3.0);
    kept_date(sheet, content);
    let last = format!(
        "Berkas ini diteliti oleh {}. Perkembangannya dapat dilihat di {} dengan kode {}, dan pertanyaan dapat disampaikan kepada {}. Atas perhatian dan bantuan Saudara, kami sampaikan terima kasih.",
        // A degree ends with the dot of the sentence.
        content.officer.trim_end_matches('.'),
        content.status_page,
        content.claim_code,
        content.contact
    );
    closing(sheet, letter, &last, &content.copies)
}

fn introduction(sheet: &mut Sheet<'_>, content: &Pengembalian) {
    let departed = &content.departed;
    let condolence = [plain("Kami turut berduka cita atas meninggalnya ")]
        .into_iter()
        .chain(named(departed))
        .chain([plain(format!(
            ", warga {}, pada tanggal {}. Semoga keluarga yang ditinggalkan diberi ketabahan.",
            departed.place.line(),
            long_date(departed.died_on)
        ))])
        .collect::<Vec<_>>();
    sheet.paragraph(&condolence, Set::BODY);
    let claim = [
        plain("Permohonan santunan dengan kode "),
        bold(content.claim_code.as_str()),
        plain(format!(
            " atas nama ahli waris {} ({}) telah kami teliti. Agar dapat diproses, masih ada yang perlu dilengkapi atau diperbaiki:",
            content.heir,
            content.relation.label().to_lowercase()
        )),
    ];
    sheet.paragraph(&claim, Set::BODY);
}

fn kept_date(sheet: &mut Sheet<'_>, content: &Pengembalian) {
    let until =
        content.resubmit_by.map_or_else(|| "sesegera mungkin".to_owned(), |day| format!("paling lambat tanggal {}", long_date(day)));
    let text = [
        plain("Tanggal pengajuan "),
        bold(long_date(content.filed_on)),
        plain(format!(
            " tetap berlaku; keluarga tidak perlu mengajukan permohonan baru. Mohon berkas yang telah diperbaiki disampaikan kembali {until}."
        )),
    ];
    sheet.paragraph(&text, Set::BODY);
}
