//! Letters as PDF, drawn from the frozen content alone.
//!
//! The same letter gives the same bytes, in any process and any year, so a reprint can be proved equal.
//! A letter is checked as a whole before a line is drawn: nothing is ever printed wrong or with a gap.

#![expect(clippy::float_arithmetic, reason = "geometry of a page in points; money and counts stay exact")]

mod bukti_angsuran;
mod check;
mod emblem;
mod fault;
mod fonts;
mod kuitansi;
mod nominatif;
mod nominatif_samar;
mod parts;
mod pdf;
mod pemberitahuan;
mod pengembalian;
mod penolakan;
mod perintah_bayar;
mod permintaan_pengembalian;
pub mod samples;
mod sheet;
mod sk_penetapan;
mod sk_perubahan;
mod square;
mod table;
mod tanda_terima;
mod text;

pub use fault::LetterFault;

use crate::domain::letter::{Letter, LetterContent, LetterKind};
use fonts::Fonts;
use pdf::{About, Chapter};
use sheet::{Foot, Lie, Page, Sheet};

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Draws one letter.
///
/// # Errors
/// [`LetterFault`], with the field that stops the printing.
pub fn render(letter: &Letter, emblem_png: &[u8]) -> Result<Pdf, LetterFault> {
    bundle(std::slice::from_ref(letter), emblem_png)
}

/// Lays a letter out without making a file of it: whether it can be printed, and on how many pages.
///
/// # Errors
/// As [`render`]: a letter that can be laid out can be drawn.
pub fn laid_out(letter: &Letter, emblem_png: &[u8]) -> Result<usize, LetterFault> {
    Ok(lay(letter, Fonts::shared()?, emblem::of(emblem_png)?.size)?.count())
}

/// Draws many letters into one file, with a bookmark for each; each keeps its own page numbers.
///
/// # Errors
/// [`LetterFault`] of the first letter that cannot be printed; [`LetterFault::Missing`] for no letter at all.
pub fn bundle(letters: &[Letter], emblem_png: &[u8]) -> Result<Pdf, LetterFault> {
    let first = letters.first().ok_or_else(|| LetterFault::missing("letters"))?;
    let fonts = Fonts::shared()?;
    let emblem = emblem::of(emblem_png)?;
    let chapters = letters
        .iter()
        .map(|letter| Ok(Chapter { title: bookmark(letter), pages: draw(letter, fonts, emblem.size)? }))
        .collect::<Result<Vec<_>, LetterFault>>()?;
    let title = match letters {
        [one] => format!("{} Nomor {}", one.kind().label(), one.number),
        many => format!("{} surat, {} sampai {}", many.len(), first.number, many.last().unwrap_or(first).number),
    };
    let author = format!("{} {}", first.letterhead.agency, first.letterhead.government);
    let token = if let [one] = letters { Some(one.proof.token.as_str()) } else { None };
    pdf::assemble(fonts, &About { title, author, dated_on: first.dated_on, token }, &emblem, chapters)
}

fn bookmark(letter: &Letter) -> String {
    format!("{} {} – {}", letter.kind().label(), letter.number, letter.content.subject())
}

fn draw(letter: &Letter, fonts: &Fonts, emblem: (usize, usize)) -> Result<Vec<Page>, LetterFault> {
    lay(letter, fonts, emblem)?.finish(&foot(letter))
}

fn lay<'f>(letter: &Letter, fonts: &'f Fonts, emblem: (usize, usize)) -> Result<Sheet<'f>, LetterFault> {
    check::check(letter, fonts)?;
    let lie = if letter.kind() == LetterKind::Nominatif { Lie::Landscape } else { Lie::Portrait };
    let mut sheet = Sheet::new(fonts, emblem, letter.paper, lie);
    match &letter.content {
        LetterContent::TandaTerima(content) => tanda_terima::draw(&mut sheet, letter, content)?,
        LetterContent::Pengembalian(content) => pengembalian::draw(&mut sheet, letter, content)?,
        LetterContent::Penolakan(content) => penolakan::draw(&mut sheet, letter, content)?,
        LetterContent::SkPenetapan(content) => sk_penetapan::draw(&mut sheet, letter, content)?,
        LetterContent::Nominatif(content) => nominatif::draw(&mut sheet, letter, content)?,
        LetterContent::NominatifSamar(content) => nominatif_samar::draw(&mut sheet, letter, content)?,
        LetterContent::PerintahBayar(content) => perintah_bayar::draw(&mut sheet, letter, content)?,
        LetterContent::Kuitansi(content) => kuitansi::draw(&mut sheet, letter, content)?,
        LetterContent::Pemberitahuan(content) => pemberitahuan::draw(&mut sheet, letter, content)?,
        LetterContent::SkPerubahan(content) => sk_perubahan::draw(&mut sheet, letter, content)?,
        LetterContent::PermintaanPengembalian(content) => permintaan_pengembalian::draw(&mut sheet, letter, content)?,
        LetterContent::BuktiAngsuran(content) => bukti_angsuran::draw(&mut sheet, letter, content)?,
    }
    Ok(sheet)
}

fn foot(letter: &Letter) -> Foot<'_> {
    let notice = match letter.kind() {
        LetterKind::TandaTerima
        | LetterKind::Pengembalian
        | LetterKind::Penolakan
        | LetterKind::NominatifSamar
        | LetterKind::Kuitansi
        | LetterKind::Pemberitahuan => Some(parts::FREE_OF_CHARGE),
        LetterKind::SkPenetapan
        | LetterKind::Nominatif
        | LetterKind::PerintahBayar
        | LetterKind::SkPerubahan
        | LetterKind::PermintaanPengembalian
        | LetterKind::BuktiAngsuran => None,
    };
    Foot { name: format!("{} Nomor {}", letter.kind().label(), letter.number), notice, proof: &letter.proof }
}
