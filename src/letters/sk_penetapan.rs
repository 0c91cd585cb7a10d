//! The decree: considerations, laws, decisions, and the list of recipients as its annex.

use super::fault::LetterFault;
use super::parts::{Signatures, Signer, copies, signatory};
use super::sheet::{BODY, Lie, Set, Sheet, mm};
use super::table::{Column, Row, Table, column};
use super::text::{Align, Span, bold, italic, plain};
use crate::domain::calendar::{long_date, short_date};
use crate::domain::identity::Nik;
use crate::domain::letter::{Letter, NominativeRow, SkPenetapan};
use crate::domain::money::{Rupiah, in_words, rupiah_in_words};

/// Width of "Memperhatikan" and its colon.
const LABEL: f32 = 92.0;
const NUMBER: f32 = 20.0;
const EMBLEM: (f32, f32) = (21.0, 25.0);
/// From the colon to the text.
const COLON_GAP: f32 = 8.0;
/// How the text of a decision is set.
const DECISION: Set = Set { left: LABEL + COLON_GAP, after: 4.0, ..Set::ITEM };
/// Decisions that stay on the page of the signature.
const DECISIONS_WITH_SIGNATURE: usize = 2;

/// Draws the decree and its annex.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &SkPenetapan) -> Result<(), LetterFault> {
    body(
        sheet,
        letter,
        &Body {
            subject: &content.subject,
            considering: &content.considering,
            recalling: &content.recalling,
            noting: &content.noting,
            decisions: decisions(letter, content),
            enacted_at: &content.enacted_at,
            copies: &content.copies,
        },
    )?;
    annex(sheet, letter, content)
}

/// What every decree of the region says, in its legal form.
pub(super) struct Body<'a> {
    /// What stands under TENTANG.
    pub(super) subject: &'a str,
    /// Menimbang.
    pub(super) considering: &'a [String],
    /// Mengingat.
    pub(super) recalling: &'a [String],
    /// Memperhatikan; may be empty.
    pub(super) noting: &'a [String],
    /// KESATU, KEDUA …, each with its text.
    pub(super) decisions: Vec<(&'static str, String)>,
    /// Town.
    pub(super) enacted_at: &'a str,
    /// Tembusan.
    pub(super) copies: &'a [String],
}

/// Draws a decree up to its signature.
///
/// # Errors
/// [`LetterFault`] of the signature.
pub(super) fn body(sheet: &mut Sheet<'_>, letter: &Letter, body: &Body<'_>) -> Result<(), LetterFault> {
    head(sheet, letter, body.subject);
    grounds(sheet, body);
    sheet.skip(4.0);
    sheet.keep(90.0);
    sheet.centered(bold("MEMUTUSKAN:"), BODY);
    sheet.skip(4.0);
    ground(sheet, "Menetapkan", "", &[plain(format!("KEPUTUSAN {} TENTANG {}.", letter.letterhead.head_of_region, body.subject))]);
    let (free, kept) = body.decisions.split_at(body.decisions.len().saturating_sub(DECISIONS_WITH_SIGNATURE));
    for (label, text) in free {
        ground(sheet, label, "", &[plain(text.as_str())]);
    }
    enact(sheet, letter, body, kept)
}

fn head(sheet: &mut Sheet<'_>, letter: &Letter, subject: &str) {
    let (left, width, top, emblem) = (sheet.left(), sheet.width(), sheet.y, sheet.emblem);
    let (w, h) = (mm(EMBLEM.0), mm(EMBLEM.1));
    sheet.page().picture(emblem, (left + (width - w) / 2.0, top), (w, h));
    sheet.skip(h + 6.0);
    let region = letter.letterhead.head_of_region.as_str();
    sheet.centered(bold(region), 14.0);
    sheet.skip(8.0);
    sheet.centered(bold(format!("KEPUTUSAN {region}")), BODY);
    sheet.centered(plain(format!("NOMOR {}", letter.number)), BODY);
    sheet.skip(4.0);
    sheet.centered(plain("TENTANG"), BODY);
    sheet.skip(4.0);
    sheet.centered(bold(subject), BODY);
    sheet.skip(8.0);
    sheet.centered(bold(format!("{region},")), BODY);
    sheet.skip(8.0);
}

fn grounds(sheet: &mut Sheet<'_>, content: &Body<'_>) {
    for (i, text) in content.considering.iter().enumerate() {
        let letter = char::from_u32(u32::try_from(i).unwrap_or_default() + u32::from('a')).unwrap_or('-');
        ground(sheet, if i == 0 { "Menimbang" } else { "" }, &format!("{letter}."), &[plain(text.as_str())]);
    }
    for (label, items) in [("Mengingat", content.recalling), ("Memperhatikan", content.noting)] {
        for (i, text) in items.iter().enumerate() {
            ground(sheet, if i == 0 { label } else { "" }, &format!("{}.", i + 1), &[plain(text.as_str())]);
        }
    }
}

/// "Label : a. text" with both the label and the letter hanging.
fn ground(sheet: &mut Sheet<'_>, label: &str, number: &str, text: &[Span]) {
    let own = if number.is_empty() { 0.0 } else { NUMBER };
    let hang = DECISION.left;
    let body = sheet.compose(text, Set { left: hang + own, ..DECISION });
    sheet.keep(body.height().min(34.0));
    let top = sheet.y;
    if !label.is_empty() {
        for (word, left) in [(label, 0.0), (":", LABEL)] {
            sheet.paragraph(&[plain(word)], Set { left, after: 0.0, ..Set::ITEM });
            sheet.y = top;
        }
    }
    if !number.is_empty() {
        sheet.paragraph(&[plain(number)], Set { left: hang, after: 0.0, ..Set::ITEM });
        sheet.y = top;
    }
    sheet.draw(&body);
}

fn decisions(letter: &Letter, content: &SkPenetapan) -> Vec<(&'static str, String)> {
    let many = u64::try_from(content.rows.len()).unwrap_or_default();
    let subject = "santunan kematian";
    let each = match uniform_amount(&content.rows) {
        Some(amount) => format!("masing-masing sebesar {} ({}) setiap penerima", amount.with_cents(), rupiah_in_words(amount)),
        None => "sebesar jumlah yang tercantum pada setiap penerima dalam Lampiran".to_owned(),
    };
    vec![
        (
            "KESATU",
            format!(
                "Menetapkan {many} ({}) orang penerima {subject} Tahun Anggaran {}, sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini.",
                in_words(many),
                content.fiscal_year
            ),
        ),
        (
            "KEDUA",
            format!(
                "Besaran santunan sebagaimana dimaksud dalam Diktum KESATU {each}, dengan jumlah seluruhnya {} ({}), diterimakan utuh tanpa potongan.",
                content.total.with_cents(),
                rupiah_in_words(content.total)
            ),
        ),
        (
            "KETIGA",
            format!(
                "Segala biaya yang timbul akibat ditetapkannya Keputusan ini dibebankan pada {}, kode rekening {} ({}).",
                content.budget_document, content.account_code, content.account_name
            ),
        ),
        (
            "KEEMPAT",
            format!(
                "{} melaksanakan penyaluran santunan kepada penerima sesuai dengan ketentuan peraturan perundang-undangan dan melaporkan pelaksanaannya kepada {}.",
                content.agency,
                title_case(&letter.letterhead.head_of_region)
            ),
        ),
        ("KELIMA", "Keputusan ini mulai berlaku pada tanggal ditetapkan.".to_owned()),
    ]
}

fn uniform_amount(rows: &[NominativeRow]) -> Option<Rupiah> {
    let first = rows.first()?.amount;
    rows.iter().all(|row| row.amount == first).then_some(first)
}

/// `BUPATI BATANG` as `Bupati Batang`.
pub(super) fn title_case(text: &str) -> String {
    let word = |w: &str| {
        let mut chars = w.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

pub(super) fn signature(sheet: &Sheet<'_>, letter: &Letter, before: &[String]) -> Result<Signatures, LetterFault> {
    Signatures::right(sheet, Signer::official("signatory.name", before, signatory(letter)?))
}

/// The last decisions stay with the signature, so that it never stands alone.
fn enact(sheet: &mut Sheet<'_>, letter: &Letter, content: &Body<'_>, kept: &[(&str, String)]) -> Result<(), LetterFault> {
    let place = [format!("Ditetapkan di {}", content.enacted_at), format!("pada tanggal {}", long_date(letter.dated_on))];
    let signatures = signature(sheet, letter, &place)?;
    let text: f32 = kept.iter().map(|(_, text)| sheet.compose(&[plain(text.as_str())], DECISION).height()).sum();
    sheet.keep(text + 8.0 + signatures.height());
    for (label, text) in kept {
        ground(sheet, label, "", &[plain(text.as_str())]);
    }
    sheet.skip(8.0);
    signatures.draw(sheet);
    copies(sheet, content.copies);
    Ok(())
}

fn annex(sheet: &mut Sheet<'_>, letter: &Letter, content: &SkPenetapan) -> Result<(), LetterFault> {
    annex_head(sheet, letter, &content.subject);
    sheet.centered(bold(format!("DAFTAR PENERIMA SANTUNAN KEMATIAN TAHUN ANGGARAN {}", content.fiscal_year)), 12.0);
    sheet.skip(8.0);
    let words = terbilang(sheet, content.total);
    let signatures = signature(sheet, letter, &[])?;
    list(content).draw(sheet, Lie::Landscape, words.height() + signatures.height() + 20.0)?;
    sheet.skip(6.0);
    sheet.draw(&words);
    sheet.skip(8.0);
    signatures.draw(sheet);
    Ok(())
}

/// A new page on its side, with what an annex says of its decree.
pub(super) fn annex_head(sheet: &mut Sheet<'_>, letter: &Letter, subject: &str) {
    sheet.turn(Lie::Landscape);
    let set = Set { left: sheet.width() * 0.5, align: Align::Left, after: 0.0, ..Set::ITEM };
    sheet.paragraph(&[plain("LAMPIRAN")], set);
    sheet.paragraph(&[plain(format!("KEPUTUSAN {}", letter.letterhead.head_of_region))], set);
    sheet.fact("NOMOR", 62.0, &[plain(letter.number.as_str())], set);
    sheet.fact("TANGGAL", 62.0, &[plain(long_date(letter.dated_on))], set);
    sheet.fact("TENTANG", 62.0, &[plain(subject)], set);
    sheet.skip(12.0);
}

/// The total in words, below a list.
pub(super) fn terbilang(sheet: &Sheet<'_>, total: Rupiah) -> super::sheet::Paragraph {
    let text = [plain("Terbilang: "), italic(rupiah_in_words(total))];
    sheet.compose(&text, Set { align: Align::Left, ..Set::ITEM })
}

fn list(content: &SkPenetapan) -> Table {
    let row = |(i, row): (usize, &NominativeRow)| Row {
        cells: vec![
            (i + 1).to_string(),
            row.claim_code.clone(),
            format!("{}\nNIK {}", row.deceased, row.deceased_nik.as_ref().map_or_else(|| "tidak ada".to_owned(), Nik::masked)),
            short_date(row.died_on),
            format!("{}, {}", row.address, row.place.line()),
            format!("{}\nNIK {}", row.heir, row.heir_nik.masked()),
            row.relation.label().to_owned(),
            row.amount.grouped(),
        ],
        amount: row.amount,
        least: 0.0,
    };
    Table {
        field: "content.rows",
        columns: columns(),
        size: 8.5,
        totals: Some(7),
        numbered: true,
        rows: content.rows.iter().enumerate().map(row).collect(),
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("No.", 4.0, Align::Center),
        column("Kode permohonan", 11.0, Align::Left),
        column("Almarhum/almarhumah", 20.0, Align::Left),
        column("Tanggal meninggal", 9.0, Align::Center),
        column("Alamat", 23.0, Align::Left),
        column("Ahli waris penerima", 20.0, Align::Left),
        column("Hubungan", 9.0, Align::Left),
        column("Jumlah (Rp)", 11.0, Align::Right),
    ]
}
