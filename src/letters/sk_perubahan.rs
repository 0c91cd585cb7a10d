//! The decree that amends another: what is struck, what becomes of changed rows, and the list's sum before and after.

use super::fault::LetterFault;
use super::sheet::{Lie, Set, Sheet};
use super::sk_penetapan::{Body, annex_head, body, signature, title_case};
use super::table::{Row, Table, column};
use super::text::{Align, bold, plain};
use crate::domain::calendar::{long_date, short_date};
use crate::domain::claim::Payout;
use crate::domain::identity::Nik;
use crate::domain::letter::{Letter, ListSum, NominativeRow, RowAmendment, SkPerubahan};
use crate::domain::money::{Rupiah, in_words, rupiah_in_words};

/// What decisions are called, in their order.
const LABELS: [&str; 5] = ["KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA"];
/// From a label of the sums to its colon.
const COLON: f32 = 110.0;

/// Draws the decree and its annex.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &SkPerubahan) -> Result<(), LetterFault> {
    body(
        sheet,
        letter,
        &Body {
            subject: &content.subject,
            considering: &content.considering,
            recalling: &content.recalling,
            noting: &[],
            decisions: decisions(letter, content),
            enacted_at: &content.enacted_at,
            copies: &content.copies,
        },
    )?;
    annex(sheet, letter, content)
}

fn decisions(letter: &Letter, content: &SkPerubahan) -> Vec<(&'static str, String)> {
    let region = title_case(&letter.letterhead.head_of_region);
    let decree = format!("Keputusan {region} Nomor {} tanggal {}", content.decree_number, long_date(content.decree_on));
    let many = |count: usize| {
        let count = u64::try_from(count).unwrap_or_default();
        format!("{count} ({})", in_words(count))
    };
    let struck = content.changes.iter().filter(|row| row.after.is_none()).count();
    let changed = content.changes.len().saturating_sub(struck);
    let mut texts = Vec::new();
    if struck > 0 {
        texts.push(format!(
            "Mencoret {} orang penerima dari Lampiran {decree}, sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini.",
            many(struck)
        ));
    }
    if changed > 0 {
        texts.push(format!(
            "Mengubah {} baris dalam Lampiran {decree}, dari semula sehingga menjadi sebagaimana tercantum dalam Lampiran Keputusan ini.",
            many(changed)
        ));
    }
    texts.push(format!(
        "Jumlah penerima menurut {decree} semula {} dan menjadi {}.",
        list_in_words(Some(content.before)),
        list_in_words(content.after)
    ));
    texts.push(format!("Ketentuan lain dalam {decree} yang tidak diubah dengan Keputusan ini dinyatakan tetap berlaku."));
    texts.push("Keputusan ini mulai berlaku pada tanggal ditetapkan.".to_owned());
    LABELS.into_iter().zip(texts).collect()
}

/// `11 (sebelas) orang sebesar Rp11.000.000,00 (sebelas juta rupiah)`.
fn list_in_words(list: Option<ListSum>) -> String {
    match list {
        None => "tidak ada penerima".to_owned(),
        Some(ListSum { recipients, total }) => {
            format!("{recipients} ({}) orang sebesar {} ({})", in_words(u64::from(recipients)), total.with_cents(), rupiah_in_words(total))
        }
    }
}

fn annex(sheet: &mut Sheet<'_>, letter: &Letter, content: &SkPerubahan) -> Result<(), LetterFault> {
    annex_head(sheet, letter, &content.subject);
    sheet.centered(bold(format!("PERUBAHAN DAFTAR PENERIMA SANTUNAN KEMATIAN TAHUN ANGGARAN {}", content.fiscal_year)), 12.0);
    sheet.skip(8.0);
    let set = Set { align: Align::Left, after: 1.0, ..Set::ITEM };
    let sums = [("Semula", Some(content.before)), ("Dicoret", content.struck), ("Menjadi", content.after)];
    let sums = sums.map(|(label, list)| (label, list_in_words(list)));
    let signatures = signature(sheet, letter, &[])?;
    let tail: f32 = sums.iter().map(|(_, text)| sheet.compose(&[plain(text.as_str())], Set { left: COLON, ..set }).height() + 2.0).sum();
    table(content).draw(sheet, Lie::Landscape, tail + signatures.height() + 24.0)?;
    sheet.skip(6.0);
    for (label, text) in &sums {
        sheet.fact(label, COLON, &[plain(text.as_str())], set);
    }
    sheet.skip(8.0);
    signatures.draw(sheet);
    Ok(())
}

fn table(content: &SkPerubahan) -> Table {
    let row = |(i, change): (usize, &RowAmendment)| {
        let before = &change.before;
        Row {
            cells: vec![
                (i + 1).to_string(),
                before.claim_code.clone(),
                format!("{}\nNIK {}\nmeninggal {}", before.deceased, masked(before.deceased_nik.as_ref()), short_date(before.died_on)),
                payee(before),
                change.after.as_ref().map_or_else(|| "DICORET".to_owned(), payee),
                change.why.clone(),
                before.amount.grouped(),
                change.after.as_ref().map_or_else(|| "0".to_owned(), |after| after.amount.grouped()),
            ],
            amount: Rupiah::ZERO,
            least: 0.0,
        }
    };
    Table {
        field: "content.changes",
        columns: vec![
            column("No.", 4.0, Align::Center),
            column("Kode permohonan", 10.0, Align::Left),
            column("Almarhum/almarhumah menurut permohonan", 18.0, Align::Left),
            column("Semula", 20.0, Align::Left),
            column("Menjadi", 20.0, Align::Left),
            column("Alasan", 20.0, Align::Left),
            column("Semula (Rp)", 9.0, Align::Right),
            column("Menjadi (Rp)", 9.0, Align::Right),
        ],
        size: 8.5,
        totals: None,
        numbered: true,
        rows: content.changes.iter().enumerate().map(row).collect(),
    }
}

/// To whom and how a row is paid; numbers masked.
fn payee(row: &NominativeRow) -> String {
    let payout = match &row.payout {
        Payout::Cash => "tunai".to_owned(),
        Payout::Bank(account) => format!("{} {} a.n. {}", account.bank, account.masked_number(), account.holder),
    };
    format!("{} ({})\nNIK {}\n{payout}", row.heir, row.relation.label().to_lowercase(), row.heir_nik.masked())
}

fn masked(nik: Option<&Nik>) -> String {
    nik.map_or_else(|| "tidak ada".to_owned(), Nik::masked)
}
