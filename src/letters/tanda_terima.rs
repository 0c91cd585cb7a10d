//! Receipt for the claim's papers.

use super::fault::LetterFault;
use super::parts::{FREE_OF_CHARGE, Signatures, Signer, letterhead, title};
use super::sheet::{Lie, Set, Sheet};
use super::table::{Row, Table, column};
use super::text::{Align, bold, plain};
use crate::domain::calendar::{long_date, long_date_time, wib_date};
use crate::domain::letter::{Letter, TandaTerima};
use crate::domain::money::Rupiah;

/// Draws the letter.
///
/// # Errors
/// [`LetterFault::Overflow`].
pub(super) fn draw(sheet: &mut Sheet<'_>, letter: &Letter, content: &TandaTerima) -> Result<(), LetterFault> {
    letterhead(sheet, &letter.letterhead)?;
    title(sheet, "TANDA TERIMA BERKAS SANTUNAN KEMATIAN", &letter.number);
    facts(sheet, content);
    papers(sheet, content)?;
    let missing = content.papers.iter().any(|paper| !paper.received);
    sheet.paragraph(&[plain(deadline(content, missing))], Set { after: 3.0, ..Set::BODY });
    let follow = [
        plain("Perkembangan permohonan dapat dilihat kapan saja di "),
        bold(content.status_page.as_str()),
        plain(" dengan kode permohonan "),
        bold(content.claim_code.as_str()),
        plain(format!(". Bila ada yang ingin ditanyakan, silakan menghubungi {}. ", content.contact)),
        bold(FREE_OF_CHARGE),
    ];
    let signatures = sign(sheet, letter, content)?;
    let follow = sheet.compose(&follow, Set::BODY);
    sheet.keep(follow.height() + 6.0 + signatures.height());
    sheet.draw(&follow);
    sheet.skip(6.0);
    signatures.draw(sheet);
    Ok(())
}

fn facts(sheet: &mut Sheet<'_>, content: &TandaTerima) {
    let departed = &content.departed;
    let late = if departed.sex.is_some() { capital(departed.title()) } else { "Almarhum/ah".to_owned() };
    let rows = [
        ("Kode permohonan", Some(bold(content.claim_code.as_str()))),
        ("Diterima pada", Some(plain(long_date_time(content.received_at)))),
        ("Tanggal pengajuan", content.filed_on.map(|day| bold(long_date(day)))),
        (late.as_str(), Some(bold(departed.name.as_str()))),
        ("Meninggal pada", Some(plain(long_date(departed.died_on)))),
        ("Tempat tinggal", Some(plain(departed.place.line()))),
        ("Ahli waris", Some(plain(format!("{} ({})", content.heir, content.relation.label().to_lowercase())))),
        ("Berkas dibawa oleh", Some(plain(content.reporter.as_str()))),
    ];
    for (label, span) in rows.into_iter().filter_map(|(label, span)| Some((label, span?))) {
        sheet.fact(label, 112.0, &[span], Set { align: Align::Left, after: 0.5, ..Set::ITEM });
    }
    sheet.skip(7.0);
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn papers(sheet: &mut Sheet<'_>, content: &TandaTerima) -> Result<(), LetterFault> {
    let row = |(i, paper): (usize, &crate::domain::letter::ClaimPaper)| Row {
        cells: vec![(i + 1).to_string(), paper.name.clone(), if paper.received { "Diterima" } else { "Belum ada" }.to_owned()],
        amount: Rupiah::ZERO,
        least: 0.0,
    };
    let table = Table {
        field: "content.papers",
        columns: vec![column("No.", 6.0, Align::Center), column("Berkas", 70.0, Align::Left), column("Keterangan", 24.0, Align::Center)],
        size: 10.0,
        totals: None,
        numbered: false,
        rows: content.papers.iter().enumerate().map(row).collect(),
    };
    table.draw(sheet, Lie::Portrait, 0.0)?;
    sheet.skip(8.0);
    Ok(())
}

fn deadline(content: &TandaTerima, missing: bool) -> String {
    let papers = match (missing, content.complete_by) {
        (false, _) => "Berkas telah lengkap dan akan diteliti.".to_owned(),
        // A claim taken over late cannot be asked for papers by a day that is gone.
        (true, Some(day)) if day >= wib_date(content.received_at) => {
            format!("Berkas yang belum ada mohon dilengkapi paling lambat tanggal {}.", long_date(day))
        }
        (true, _) => "Berkas yang belum ada mohon segera dilengkapi.".to_owned(),
    };
    let still = if missing { "tetap " } else { "" };
    let date = match content.filed_on {
        None => format!("Tanggal penerimaan di atas {still}menjadi tanggal pengajuan permohonan."),
        Some(_) => format!("Tanggal pengajuan di atas {still}berlaku."),
    };
    format!("{papers} {date}")
}

fn sign(sheet: &Sheet<'_>, letter: &Letter, content: &TandaTerima) -> Result<Signatures, LetterFault> {
    let date = format!("{}, {}", letter.letterhead.town, long_date(letter.dated_on));
    let giver = Signer {
        field: "content.reporter",
        above: vec!["Yang menyerahkan,".to_owned()],
        name: content.reporter.clone(),
        below: Vec::new(),
    };
    let above = vec![date, "Yang menerima,".to_owned(), content.officer_title.clone()];
    let taker = Signer { field: "content.officer", above, name: content.officer.clone(), below: Vec::new() };
    Signatures::lay(sheet, &[(0.0, 0.45, giver), (0.52, 0.48, taker)])
}
