//! The out folder: every letter, every bank file, all letters in one file.

use std::fs;
use std::path::Path;

use crate::cli::fault::CliFault;
use crate::domain::access::{Actor, Role};
use crate::store::letters;
use crate::store::money::bank_files::{self, BankFile};
use crate::workflow::{Desk, bundle_of_order, file_name, pdf_of};

use super::story::Told;

/// What was written, for the closing table.
pub(super) struct Written {
    /// Letters by kind, with how many.
    pub letters: Vec<(String, usize)>,
    /// Bank files with rows and sum in rupiah.
    pub bank_files: Vec<BankFile>,
    /// All files in the folder.
    pub files: usize,
}

/// Writes everything.
pub(super) fn write(desk: &Desk, told: &Told, out: &Path) -> Result<Written, CliFault> {
    let reader = told.logins.iter().find(|l| l.actor.role == Role::Finance).map(|l| &l.actor);
    let reader: &Actor = reader.ok_or_else(|| CliFault::Environment("tidak ada akun bendahara".into()))?;
    let issued = desk.store.read(|conn| letters::all(conn, &told.office))?;
    let mut files = 0;
    let mut counts: Vec<(String, usize)> = Vec::new();
    for letter in &issued {
        put(&out.join(file_name(letter)), &pdf_of(desk, letter)?, &mut files)?;
        match counts.last_mut() {
            Some((kind, count)) if *kind == letter.kind => *count += 1,
            _ => counts.push((letter.kind.clone(), 1)),
        }
    }
    let mut bank_files = Vec::new();
    for (number, order) in (1..).zip(&told.orders) {
        let bundle = bundle_of_order(desk, reader, &order.id)?;
        let name = if number == 1 { "semua-surat-untuk-dicetak.pdf".to_owned() } else { format!("semua-surat-bayar-ulang-{number}.pdf") };
        put(&out.join(name), &bundle.bytes, &mut files)?;
        for file in desk.store.read(|conn| bank_files::of_order(conn, &order.id))? {
            put(&out.join(&file.name), &desk.files.read(&file.sha256).map_err(crate::workflow::Refusal::from)?, &mut files)?;
            bank_files.push(file);
        }
    }
    for (name, bytes) in &told.answers {
        put(&out.join(name), bytes, &mut files)?;
    }
    Ok(Written { letters: counts, bank_files, files })
}

fn put(path: &Path, bytes: &[u8], files: &mut usize) -> Result<(), CliFault> {
    fs::write(path, bytes).map_err(|e| CliFault::file(path, &e))?;
    *files += 1;
    Ok(())
}
