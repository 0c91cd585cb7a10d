//! The receipt for the money, signed by the treasurer and the heir.

use super::fault::LetterFault;
use super::parts::{FREE_OF_CHARGE, Signatures, Signer, letterhead, signatory};
use super::sheet::{Set, Sheet, leading, mm};
use super::text::{Align, bold, italic, plain};
use crate::domain::calendar::long_date;
use crate::domain::claim::Payout;
use crate::domain::identity::Relation;
use crate::domain::letter::{Hand, Kuitansi, Letter};
use crate::domain::money::rupiah_in_words;

const COLON: f32 = 118.0;
const AMOUNT_BOX: (f32, f32) = (190.0, 26.0);
const SPACE_BELOW_BOX: f32 = 16.0;
/// Side of the box for a thumb print.
const THUMB_MM: f32 = 18.0;
const STAMP_MM: (f32, f32) = (22.0, 16.0);

/// Draws the receipt.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &Kuitansi) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    budget_lines(sheet, letter, content);
    sheet.centered(bold("KUITANSI"), 15.0);
    sheet.skip(8.0);
    facts(sheet, content);
    let signing = Signing::lay(sheet, letter, content)?;
    sheet.keep(AMOUNT_BOX.1 + SPACE_BELOW_BOX + signing.height());
    amount_box(sheet, content)?;
    signing.draw(sheet, content)
}

fn budget_lines(sheet: &mut Sheet<'_>, letter: &Letter, content: &Kuitansi) {
    let set = Set { size: 9.5, left: sheet.width() * 0.52, align: Align::Left, after: 0.0, ..Set::ITEM };
    let rows = [
        ("Tahun anggaran", content.fiscal_year.to_string()),
        ("Nomor bukti", letter.number.clone()),
        ("Kode rekening", content.account_code.clone()),
        ("Kode permohonan", content.claim_code.clone()),
    ];
    for (label, value) in rows {
        sheet.fact(label, 84.0, &[plain(value)], set);
    }
    sheet.skip(10.0);
}

fn facts(sheet: &mut Sheet<'_>, content: &Kuitansi) {
    let departed = &content.departed;
    let purpose = format!(
        "Santunan kematian a.n. {} {}, warga {}, meninggal dunia pada tanggal {}, sesuai Keputusan Nomor {} tanggal {}",
        departed.title(),
        departed.name,
        departed.place.line(),
        long_date(departed.died_on),
        content.decree_number,
        long_date(content.decree_on)
    );
    let how = match &content.payout {
        Payout::Cash => "Tunai".to_owned(),
        Payout::Bank(account) => format!("Transfer ke rekening {} {} atas nama {}", account.bank, account.masked_number(), account.holder),
    };
    let rows = [
        ("Sudah terima dari", plain(content.payer.as_str())),
        ("Uang sejumlah", italic(rupiah_in_words(content.amount))),
        ("Untuk pembayaran", plain(purpose)),
        ("Penerima", bold(content.heir.as_str())),
        ("NIK", plain(content.heir_nik.expose())),
        ("Alamat", plain(content.heir_address.as_str())),
        ("Hubungan", plain(relation(content))),
        ("Cara pembayaran", plain(how)),
    ];
    let by_hand = content.hand.as_ref().map(|hand| ("Diterimakan kepada", plain(in_words(hand))));
    for (label, span) in rows.into_iter().chain(by_hand) {
        sheet.fact(label, COLON, &[span], Set { align: Align::Left, after: 3.0, ..Set::ITEM });
    }
    sheet.skip(8.0);
}

fn relation(content: &Kuitansi) -> String {
    match content.relation {
        Relation::BukanKeluarga => format!("Menerima karena {} tidak mempunyai ahli waris", content.departed.title()),
        relation => format!("{} dari {}", relation.label(), content.departed.title()),
    }
}

fn in_words(hand: &Hand) -> String {
    let nik = hand.nik.as_ref().map(|nik| format!(", NIK {}", nik.expose())).unwrap_or_default();
    format!("{}{nik}, {}", hand.name, hand.right.label().to_lowercase())
}

/// Who signs for the money, and in which capacity.
fn receiver(content: &Kuitansi) -> (&'static str, &str) {
    match (&content.hand, content.relation) {
        (Some(hand), _) => (hand.right.label(), hand.name.as_str()),
        (None, Relation::BukanKeluarga) => ("Penerima", content.heir.as_str()),
        (None, _) => ("Ahli waris", content.heir.as_str()),
    }
}

fn amount_box(sheet: &mut Sheet<'_>, content: &Kuitansi) -> Result<(), LetterFault> {
    let (w, h) = AMOUNT_BOX;
    let (left, top) = (sheet.left(), sheet.y);
    sheet.page().frame((left, top), (w, h), 1.2);
    sheet.y = top + 5.0;
    sheet.one_line("content.amount", bold(content.amount.with_cents()), (left + 6.0, w - 12.0, Align::Center), (14.0, 8.0))?;
    let beside = Set { size: 9.5, left: w + 14.0, align: Align::Left, after: 0.0, ..Set::ITEM };
    sheet.y = top + 1.0;
    sheet.paragraph(&[plain("Diterima utuh tanpa potongan. "), bold(FREE_OF_CHARGE)], beside);
    sheet.y = sheet.y.max(top + h) + SPACE_BELOW_BOX;
    Ok(())
}

/// The signatures of payer and receiver, and below them of the one who agrees.
struct Signing {
    both: Signatures,
    agreed: Option<Signatures>,
}

impl Signing {
    fn lay(sheet: &Sheet<'_>, letter: &Letter, content: &Kuitansi) -> Result<Self, LetterFault> {
        let date = format!("{}, ……………………… {}", letter.letterhead.town, content.fiscal_year);
        let treasurer = Signer::official("signatory.name", &["Yang membayar,".to_owned()], signatory(letter)?);
        let (capacity, name) = receiver(content);
        let heir = Signer {
            field: "content.heir",
            above: vec![date, "Yang menerima,".to_owned(), capacity.to_owned()],
            name: name.to_owned(),
            below: Vec::new(),
        };
        let agreed = content.agreed_by.as_ref().map(|who| Signer::official("content.agreed_by.name", &["Setuju dibayar,".to_owned()], who));
        Ok(Self {
            both: Signatures::lay(sheet, &[(0.0, 0.44, treasurer), (0.54, 0.46, heir)])?,
            agreed: agreed.map(|signer| Signatures::lay(sheet, &[(0.24, 0.52, signer)])).transpose()?,
        })
    }

    fn height(&self) -> f32 {
        self.both.height() + self.agreed.as_ref().map_or(0.0, Signatures::height)
    }

    fn draw(&self, sheet: &mut Sheet<'_>, content: &Kuitansi) -> Result<(), LetterFault> {
        let top = sheet.y;
        self.both.draw(sheet);
        marks(sheet, content, top + self.both.signing_top())?;
        if let Some(agreed) = &self.agreed {
            agreed.draw(sheet);
        }
        Ok(())
    }
}

/// The place for a thumb print, and above the duty-free amount the place for the stamp.
fn marks(sheet: &mut Sheet<'_>, content: &Kuitansi, top: f32) -> Result<(), LetterFault> {
    let after = sheet.y;
    let right = sheet.left() + sheet.width();
    let side = mm(THUMB_MM);
    let thumb = (right - side, top + 2.0);
    sheet.page().frame(thumb, (side, side), 0.5);
    caption(sheet, "cap jempol", (thumb.0, thumb.1 + side - leading(7.0) - 1.0), side)?;
    if content.needs_stamp() {
        let (w, h) = (mm(STAMP_MM.0), mm(STAMP_MM.1));
        let stamp = (sheet.left() + sheet.width() * 0.54, top + 3.0);
        sheet.page().dashed_frame(stamp, (w, h));
        caption(sheet, "Meterai", (stamp.0, stamp.1 + h / 2.0 - leading(7.0)), w)?;
        caption(sheet, "Rp10.000", (stamp.0, stamp.1 + h / 2.0), w)?;
    }
    sheet.y = after;
    Ok(())
}

fn caption(sheet: &mut Sheet<'_>, words: &str, at: (f32, f32), width: f32) -> Result<(), LetterFault> {
    sheet.y = at.1;
    sheet.one_line("content", plain(words), (at.0, width, Align::Center), (7.0, 6.0))
}
