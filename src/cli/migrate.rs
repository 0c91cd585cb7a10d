//! `santunan migrate`: the database in shape, the office's settings loaded.

use std::path::{Path, PathBuf};

use crate::store::{DatabaseUrl, Store};
use crate::workflow::{OfficeSources, open_office};

use super::fault::CliFault;
use super::setup;

/// Siapkan atau mutakhirkan basis data, lalu muat pengaturan kantor.
#[derive(Debug, clap::Args)]
pub struct MigrateArgs {
    /// Folder kantor berisi office.toml, policy.toml, emblem.png (bawaan: contoh Kabupaten Batang).
    #[arg(long, value_name = "FOLDER")]
    office: Option<PathBuf>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Migrates and opens the office.
pub fn run(args: &MigrateArgs, config: Option<&Path>) -> Result<(), CliFault> {
    let config = setup::config(config)?;
    std::fs::create_dir_all(&config.data_dir).map_err(|e| CliFault::Environment(format!("{}: {e}", config.data_dir.display())))?;
    let (store, ran) = Store::migrate_and_open(&DatabaseUrl::parse(config.database.url.expose())?)?;
    let desk = setup::desk_over(store, &config);
    let office = match &args.office {
        None => open_office(&desk, setup::INCLUDED)?,
        Some(folder) => open_folder(&desk, folder)?,
    };
    if args.json {
        println!("{}", serde_json::json!({ "migrations": ran, "office": office.as_str() }));
    } else {
        println!("Basis data mutakhir ({} migrasi dijalankan). Kantor {office} siap.", ran.len());
    }
    Ok(())
}

fn open_folder(desk: &crate::workflow::Desk, folder: &Path) -> Result<crate::domain::region::RegionCode, CliFault> {
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| CliFault::file(&folder.join(name), &e));
    let emblem = std::fs::read(folder.join("emblem.png")).map_err(|e| CliFault::file(&folder.join("emblem.png"), &e))?;
    let (office, policy) = (text("office.toml")?, text("policy.toml")?);
    Ok(open_office(desk, OfficeSources { office: &office, policy: &policy, emblem: &emblem })?)
}
