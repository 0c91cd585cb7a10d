//! The parts official letters share: head, number block, addressee, signatures, copies.

use super::fault::LetterFault;
use super::fonts::{Face, Fonts};
use super::sheet::{BODY, Set, Sheet, leading, mm};
use super::text::{self, Align, Line, Measure, Span, bold, plain};
use crate::domain::calendar::long_date;
use crate::domain::letter::{Addressee, Departed, Letter};
use crate::domain::office::{Letterhead, Signatory};

/// Printed on every letter to a family.
pub(super) const FREE_OF_CHARGE: &str = "Pengurusan santunan tidak dipungut biaya.";

const EMBLEM_SIZE: (f32, f32) = (20.0, 25.0);
/// Room for the signature and the stamp.
const SIGNING_ROOM: f32 = 19.0;
/// Most lines of a name under a signature.
const NAME_LINES_MAX: usize = 5;
/// Size of a name that would need more than two lines of running text.
const LONG_NAME: f32 = 9.0;

/// Kop surat: emblem at the left, government, agency, address, and a double rule below.
///
/// # Errors
/// [`LetterFault::Overflow`] for a line that does not fit.
pub(super) fn letterhead(sheet: &mut Sheet<'_>, head: &Letterhead) -> Result<(), LetterFault> {
    let (left, top, emblem) = (sheet.left(), sheet.y, sheet.emblem);
    let (w, h) = (mm(EMBLEM_SIZE.0), mm(EMBLEM_SIZE.1));
    sheet.page().picture(emblem, (left, top), (w, h));
    let place = (left + w + 6.0, sheet.width() - w - 6.0, Align::Center);
    sheet.skip(3.0);
    sheet.heading("letterhead.government", plain(head.government.as_str()), place, (14.0, 11.0, 2))?;
    sheet.heading("letterhead.agency", bold(head.agency.as_str()), place, (18.0, 13.0, 2))?;
    for (field, text) in [("letterhead.address", &head.address), ("letterhead.contact", &head.contact)] {
        sheet.heading(field, plain(text.as_str()), place, (9.5, 8.0, 2))?;
    }
    sheet.y = sheet.y.max(top + h) + 4.0;
    let (y, width) = (sheet.y, sheet.width());
    sheet.page().stroke((left, y), (left + width, y), 2.2);
    sheet.page().stroke((left, y + 2.6), (left + width, y + 2.6), 0.6);
    sheet.skip(14.0);
    Ok(())
}

/// Number, nature, attachments and subject at the left; place and date at the right.
pub(super) struct Opening<'l> {
    /// The letter.
    pub(super) letter: &'l Letter,
    /// Attachments, for example `1 (satu) berkas` or a dash.
    pub(super) attachments: &'l str,
    /// Subject.
    pub(super) subject: &'l str,
    /// Who it goes to.
    pub(super) to: &'l Addressee,
}

/// Draws the opening of an ordinary letter.
pub(super) fn opening(sheet: &mut Sheet<'_>, opening: &Opening<'_>) {
    let date = format!("{}, {}", opening.letter.letterhead.town, long_date(opening.letter.dated_on));
    let top = sheet.y;
    right_line(sheet, plain(date));
    sheet.y = top + leading(BODY) + 4.0;
    let set = Set { align: Align::Left, after: 1.0, ..Set::ITEM };
    let rows = [
        ("Nomor", plain(opening.letter.number.as_str())),
        ("Sifat", plain("Biasa")),
        ("Lampiran", plain(opening.attachments)),
        ("Hal", bold(opening.subject)),
    ];
    for (label, span) in rows {
        sheet.fact(label, 54.0, &[span], set);
    }
    sheet.skip(9.0);
    let lines = [plain(format!("Yth. {}", opening.to.name)), plain("di"), plain(opening.to.at.as_str())];
    for (i, line) in lines.into_iter().enumerate() {
        let left = if i == 2 { 20.0 } else { 0.0 };
        sheet.paragraph(&[line], Set { left, after: 0.0, ..set });
    }
    sheet.skip(10.0);
}

/// A line at the right edge.
pub(super) fn right_line(sheet: &mut Sheet<'_>, span: Span) {
    let measure = Measure { size: BODY, width: sheet.width(), indent: 0.0 };
    for line in text::wrap(sheet.fonts, &[span], &measure) {
        sheet.line(&line, sheet.left(), (BODY, measure.width, Align::Right));
    }
}

/// A title in the middle, bold, with its number below.
pub(super) fn title(sheet: &mut Sheet<'_>, title: &str, number: &str) {
    sheet.centered(bold(title), 13.0);
    sheet.centered(plain(format!("Nomor: {number}")), BODY);
    sheet.skip(8.0);
}

/// `almarhum **SLAMET RIYADI**` for running text.
pub(super) fn named(departed: &Departed) -> [Span; 2] {
    [plain(format!("{} ", departed.title())), bold(departed.name.as_str())]
}

/// Who signs in one place.
pub(super) struct Signer {
    /// Where in the letter the name comes from.
    pub(super) field: &'static str,
    /// Lines above the room to sign: place and date, title.
    pub(super) above: Vec<String>,
    /// Name in bold, underlined.
    pub(super) name: String,
    /// Lines below: rank, NIP.
    pub(super) below: Vec<String>,
}

impl Signer {
    /// An official, with lines put before the title.
    pub(super) fn official(field: &'static str, before: &[String], who: &Signatory) -> Self {
        let mut above = before.to_vec();
        above.push(format!("{},", who.title));
        let nip = if who.nip.is_empty() { String::new() } else { format!("NIP {}", who.nip) };
        let below = [who.rank.clone(), nip].into_iter().filter(|line| !line.is_empty()).collect();
        Self { field, above, name: who.name.clone(), below }
    }
}

struct SignerLines {
    above: Vec<Line>,
    name: Vec<Line>,
    name_size: f32,
    below: Vec<Line>,
}

/// Signatures side by side, their names on one height.
pub(super) struct Signatures {
    columns: Vec<(f32, f32, SignerLines)>,
    above: usize,
    height: f32,
}

impl Signatures {
    /// Lays out signatures; each comes with its left edge and width as shares of the text width.
    ///
    /// # Errors
    /// [`LetterFault::Overflow`] for a name that needs more than [`NAME_LINES_MAX`] lines.
    pub(super) fn lay(sheet: &Sheet<'_>, signers: &[(f32, f32, Signer)]) -> Result<Self, LetterFault> {
        let mut columns = Vec::new();
        for (from, share, signer) in signers {
            let width = sheet.width() * share;
            columns.push((sheet.width() * from, width, lay_signer(sheet.fonts, signer, width)?));
        }
        let most = |part: fn(&SignerLines) -> usize| columns.iter().map(|c| part(&c.2)).max().unwrap_or_default();
        let above = most(|c| c.above.len());
        let below = most(|c| c.name.len() + c.below.len());
        let height = text::count(above + below) * leading(BODY) + mm(SIGNING_ROOM) + 6.0;
        Ok(Self { columns, above, height })
    }

    /// The usual single signature at the right.
    ///
    /// # Errors
    /// As [`Self::lay`].
    pub(super) fn right(sheet: &Sheet<'_>, signer: Signer) -> Result<Self, LetterFault> {
        Self::lay(sheet, &[(0.48, 0.52, signer)])
    }

    /// Height of the whole block.
    pub(super) fn height(&self) -> f32 {
        self.height
    }

    /// Top of the signing room below the block's top.
    pub(super) fn signing_top(&self) -> f32 {
        text::count(self.above) * leading(BODY)
    }

    /// Draws the block whole, on a new page if it must.
    pub(super) fn draw(&self, sheet: &mut Sheet<'_>) {
        sheet.keep(self.height);
        let top = sheet.y;
        for (from, width, lines) in &self.columns {
            let left = sheet.left() + from;
            let skipped = self.above - lines.above.len();
            sheet.y = top + text::count(skipped) * leading(BODY);
            block(sheet, &lines.above, left, *width);
            sheet.y = top + self.signing_top() + mm(SIGNING_ROOM);
            for line in &lines.name {
                underlined(sheet, line, lines.name_size, (left, *width));
            }
            block(sheet, &lines.below, left, *width);
        }
        sheet.y = top + self.height;
    }
}

fn lay_signer(fonts: &Fonts, signer: &Signer, width: f32) -> Result<SignerLines, LetterFault> {
    let wrap = |size: f32, face: Face, lines: &[String]| -> Vec<Line> {
        let measure = Measure { size, width, indent: 0.0 };
        lines.iter().flat_map(|line| text::wrap(fonts, &[Span { face, text: line.clone() }], &measure)).collect()
    };
    let set_name = |size| (wrap(size, Face::Bold, std::slice::from_ref(&signer.name)), size);
    let (name, name_size) = Some(set_name(BODY)).filter(|(lines, _)| lines.len() <= 2).unwrap_or_else(|| set_name(LONG_NAME));
    if name.len() > NAME_LINES_MAX {
        return Err(LetterFault::overflow(signer.field));
    }
    Ok(SignerLines { above: wrap(BODY, Face::Regular, &signer.above), name, name_size, below: wrap(BODY, Face::Regular, &signer.below) })
}

fn block(sheet: &mut Sheet<'_>, lines: &[Line], left: f32, width: f32) {
    for line in lines {
        sheet.line(line, left, (BODY, width, Align::Center));
    }
}

fn underlined(sheet: &mut Sheet<'_>, line: &Line, size: f32, (left, width): (f32, f32)) {
    let own = line.width(size);
    let (x, y) = (left + (width - own) / 2.0, sheet.y + size * 1.12);
    sheet.page().stroke((x, y), (x + own, y), 0.7);
    sheet.line(line, left, (size, width, Align::Center));
}

/// The letter's own signatory, as it must be there.
///
/// # Errors
/// [`LetterFault::Missing`].
pub(super) fn signatory(letter: &Letter) -> Result<&Signatory, LetterFault> {
    letter.signatory.as_ref().ok_or_else(|| LetterFault::missing("signatory"))
}

/// Closing of an ordinary letter: the last paragraph stays with the signature, copies below.
///
/// # Errors
/// [`LetterFault`] of the signature.
pub(super) fn closing(sheet: &mut Sheet<'_>, letter: &Letter, last: &str, copies: &[String]) -> Result<(), LetterFault> {
    let paragraph = sheet.compose(&[plain(last)], Set::BODY);
    let signatures = Signatures::right(sheet, Signer::official("signatory.name", &[], signatory(letter)?))?;
    sheet.keep(paragraph.height() + 8.0 + signatures.height());
    sheet.draw(&paragraph);
    sheet.skip(8.0);
    signatures.draw(sheet);
    self::copies(sheet, copies);
    Ok(())
}

/// Tembusan.
pub(super) fn copies(sheet: &mut Sheet<'_>, copies: &[String]) {
    if copies.is_empty() {
        return;
    }
    let set = Set { size: 9.5, align: Align::Left, after: 0.0, ..Set::ITEM };
    sheet.skip(4.0);
    sheet.keep(text::count(copies.len() + 1) * leading(set.size));
    sheet.paragraph(&[plain("Tembusan:")], set);
    for (i, copy) in copies.iter().enumerate() {
        sheet.item(plain(format!("{}.", i + 1)), 16.0, &[plain(copy.as_str())], set);
    }
}
