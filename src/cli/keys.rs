//! `santunan keys`: the keys letters are signed with.

use std::path::Path;

use clap::Subcommand;

use crate::clock::new_seed;
use crate::domain::calendar::long_date_time;

use super::fault::CliFault;
use super::setup;

/// Kunci tanda tangan surat.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Tampilkan kunci publik yang pernah dipakai.
    List {
        /// Sebagai JSON, seperti di /.well-known/santunan-kunci.json.
        #[arg(long)]
        json: bool,
    },
    /// Pakai kunci baru mulai sekarang; surat lama tetap dapat diperiksa.
    Rotate,
}

/// Runs a command about keys.
pub fn run(command: &KeysCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let desk = setup::desk(&setup::config(config)?)?;
    let fault = |fault: crate::store::letter_keys::LetterKeyFault| CliFault::Environment(fault.to_string());
    match command {
        KeysCommand::List { json: true } => println!("{}", desk.letter_keys.public().map_err(fault)?.to_json()),
        KeysCommand::List { json: false } => {
            for key in desk.letter_keys.public().map_err(fault)?.iter() {
                let until = key.until.map_or_else(|| "masih dipakai".to_owned(), |until| format!("sampai {}", long_date_time(until)));
                println!("{}  sejak {}, {until}", key.id(), long_date_time(key.since));
            }
        }
        KeysCommand::Rotate => {
            let id = desk.letter_keys.rotate(&new_seed(), desk.clock.now()).map_err(fault)?;
            println!("Kunci baru {id} dipakai mulai sekarang. Cadangkan folder kunci-surat.");
        }
    }
    Ok(())
}
