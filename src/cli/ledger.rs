//! `santunan ledger`: prove the books.

use std::path::Path;

use clap::Subcommand;
use serde::Serialize;

use crate::domain::ledger::Account;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::store::{StoreError, packs};
use crate::workflow::Desk;
use crate::workflow::money::verify_ledger;

use super::fault::CliFault;
use super::setup;

/// Periksa pembukuan.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Hitung ulang semua jurnal dan cocokkan dengan saldo, permohonan, pembayaran, dan daftar. Tidak ada yang diubah.
    Verify(VerifyArgs),
}

/// Pembukuan yang diperiksa.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Kode kantor; bawaan: semua kantor.
    #[arg(long)]
    office: Option<String>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// What was proved, over all offices that were looked at.
#[derive(Debug, Default, Serialize)]
struct Proved {
    ok: bool,
    entries: i64,
    claims: usize,
    items: usize,
    lines: usize,
    difference: Option<String>,
    #[serde(skip)]
    ceiling: Rupiah,
    #[serde(skip)]
    places: Vec<(Account, Rupiah)>,
}

/// Runs a ledger command.
pub fn run(command: &LedgerCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let LedgerCommand::Verify(args) = command;
    let desk = setup::desk(&setup::config(config)?)?;
    let offices = match &args.office {
        Some(_) => vec![setup::office(&desk, args.office.as_deref())?],
        None => every_office(&desk)?,
    };
    let proved = prove(&desk, &offices)?;
    if args.json {
        let text = serde_json::to_string(&proved).map_err(|fault| CliFault::Environment(fault.to_string()))?;
        println!("{text}");
    } else if proved.ok {
        println!("{}", summary(&proved));
    }
    match proved.difference {
        None => Ok(()),
        Some(difference) => Err(CliFault::Refused(format!("Pembukuan tidak cocok: {difference}"))),
    }
}

fn every_office(desk: &Desk) -> Result<Vec<RegionCode>, CliFault> {
    let codes = desk.store.read(packs::offices)?;
    if codes.is_empty() {
        return Err(CliFault::Environment("belum ada kantor; jalankan `santunan migrate`".into()));
    }
    codes.iter().map(|code| RegionCode::parse(code).map_err(|fault| CliFault::Environment(fault.to_string()))).collect()
}

/// Proves the books of one office after the other; stops at the first difference. A row that cannot be what its table promises is one.
fn prove(desk: &Desk, offices: &[RegionCode]) -> Result<Proved, CliFault> {
    let mut proved = Proved { ok: true, places: Account::ALL.map(|account| (account, Rupiah::ZERO)).to_vec(), ..Proved::default() };
    for office in offices {
        let found = match verify_ledger(desk, office) {
            Ok(Ok(summary)) => summary,
            Ok(Err(difference)) => return Ok(differs(proved, format!("kantor {office}: {difference}"))),
            Err(fault @ StoreError::Corrupt { .. }) => return Ok(differs(proved, format!("kantor {office}: {fault}"))),
            Err(fault) => return Err(fault.into()),
        };
        proved.entries = proved.entries.saturating_add(found.entries);
        proved.claims = proved.claims.saturating_add(found.claims);
        proved.items = proved.items.saturating_add(found.items);
        let add = |sum: Rupiah, more: Rupiah| sum.checked_add(more).unwrap_or(sum);
        for (_, balances) in found.books.lines() {
            proved.lines = proved.lines.saturating_add(1);
            proved.ceiling = add(proved.ceiling, balances.ceiling());
            for (account, sum) in &mut proved.places {
                *sum = add(*sum, balances.holds(*account));
            }
        }
    }
    Ok(proved)
}

fn differs(proved: Proved, difference: String) -> Proved {
    Proved { ok: false, difference: Some(difference), ..proved }
}

/// One line: what was walked, and the ceiling as the sum of its places.
fn summary(proved: &Proved) -> String {
    let parts = proved.places.iter().filter(|(account, sum)| *account != Account::Appropriation && *sum > Rupiah::ZERO);
    let parts: Vec<String> = parts.map(|(account, sum)| format!("{account} {sum}")).collect();
    let places = if parts.is_empty() { Rupiah::ZERO.to_string() } else { parts.join(" + ") };
    format!(
        "Pembukuan cocok: {} jurnal, {} permohonan, {} pembayaran, {} mata anggaran, pagu {} = {places}",
        proved.entries, proved.claims, proved.items, proved.lines, proved.ceiling
    )
}
