//! Notice to the heir: how much, when, where and how.

use super::fault::LetterFault;
use super::parts::{FREE_OF_CHARGE, Opening, closing, letterhead, named, opening};
use super::sheet::{Set, Sheet};
use super::text::{Align, Span, bold, plain};
use crate::domain::calendar::long_date;
use crate::domain::claim::Payout;
use crate::domain::letter::{Letter, Pemberitahuan};
use crate::domain::money::rupiah_in_words;

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &Pemberitahuan) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    opening(sheet, &Opening { letter, attachments: "-", subject: "Pemberitahuan santunan kematian", to: &content.addressee });
    introduction(sheet, content);
    facts(sheet, content);
    let bring: Vec<&str> = content.bring.iter().map(String::as_str).collect();
    let text = [
        plain(format!("Mohon membawa {}. Santunan diterima utuh, tanpa potongan apa pun. ", bring.join(", "))),
        bold(FREE_OF_CHARGE),
        plain(format!(" Bila ada pihak yang meminta imbalan, mohon melaporkannya kepada {}.", content.contact)),
    ];
    sheet.paragraph(&text, Set::BODY);
    let last = "Semoga santunan ini meringankan beban keluarga. Atas perhatian Bapak/Ibu, kami sampaikan terima kasih.";
    closing(sheet, letter, last, &content.copies)
}

fn introduction(sheet: &mut Sheet<'_>, content: &Pemberitahuan) {
    let departed = &content.departed;
    let mut condolence: Vec<Span> = vec![plain("Dengan hormat, kami menyampaikan duka cita yang mendalam atas meninggalnya ")];
    condolence.extend(named(departed));
    condolence.push(plain(format!(
        ", warga {}, pada tanggal {}. Semoga keluarga yang ditinggalkan diberi kekuatan dan ketabahan.",
        departed.place.line(),
        long_date(departed.died_on)
    )));
    sheet.paragraph(&condolence, Set::BODY);
    let decided = [
        plain("Permohonan santunan kematian dengan kode "),
        bold(content.claim_code.as_str()),
        plain(format!(
            " telah disetujui dan ditetapkan dengan Keputusan Nomor {} tanggal {}, dengan rincian sebagai berikut:",
            content.decree_number,
            long_date(content.decree_on)
        )),
    ];
    sheet.paragraph(&decided, Set::BODY);
}

fn facts(sheet: &mut Sheet<'_>, content: &Pemberitahuan) {
    let heir = format!("{} ({})", content.heir, content.relation.label().to_lowercase());
    let amount = [bold(content.amount.with_cents()), plain(format!(" ({})", rupiah_in_words(content.amount)))];
    let (how, where_label) = match &content.payout {
        Payout::Cash => ("Tunai melalui bendahara, diserahkan langsung kepada ahli waris".to_owned(), "Tempat"),
        Payout::Bank(account) => {
            (format!("Transfer ke rekening {} nomor {} atas nama {}", account.bank, account.masked_number(), account.holder), "Bantuan")
        }
    };
    let rows: [(&str, &[Span]); 5] = [
        ("Penerima", &[bold(heir)]),
        ("Jumlah", &amount),
        ("Cara pembayaran", &[plain(how)]),
        ("Waktu", &[plain(content.pay_when.as_str())]),
        (where_label, &[plain(content.pay_where.as_str())]),
    ];
    for (label, spans) in rows {
        sheet.fact(label, 96.0, spans, Set { left: 20.0, align: Align::Left, after: 1.0, ..Set::ITEM });
    }
    sheet.skip(6.0);
}
