//! `santunan verify`: is this letter the office's, and does it still count?

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::domain::calendar::long_date;
use crate::domain::letter::{LetterKind, Token};
use crate::seal::{PublicKeys, pdf, token};
use crate::workflow::{Desk, Known, letter_by_code};

use super::fault::CliFault;
use super::setup;

/// Periksa keaslian surat.
#[derive(Debug, Subcommand)]
pub enum VerifyCommand {
    /// Periksa berkas PDF surat: asli atau telah diubah, dan keadaannya sekarang.
    Letter {
        /// Berkas PDF.
        #[arg(value_name = "BERKAS")]
        file: PathBuf,
        #[command(flatten)]
        by: By,
    },
    /// Periksa teks kode QR dari sebuah surat.
    Token {
        /// Teks dari kode QR, dengan atau tanpa alamat di depannya.
        #[arg(value_name = "TEKS")]
        text: String,
        #[command(flatten)]
        by: By,
    },
}

/// Dengan kunci apa.
#[derive(Debug, clap::Args)]
pub struct By {
    /// Daftar kunci publik kantor penerbit (dari /.well-known/santunan-kunci.json): memeriksa tanpa basis data dan tanpa jaringan.
    #[arg(long, value_name = "BERKAS")]
    public_key: Option<PathBuf>,
    /// Jawaban sebagai JSON.
    #[arg(long)]
    json: bool,
}

/// Proves a letter or a token.
pub fn run(command: &VerifyCommand, config: Option<&Path>) -> Result<(), CliFault> {
    let (VerifyCommand::Letter { by, .. } | VerifyCommand::Token { by, .. }) = command;
    let proof = Proof::by(by, config)?;
    let facts = match command {
        VerifyCommand::Letter { file, .. } => {
            let bytes = std::fs::read(file).map_err(|error| CliFault::file(file, &error))?;
            proof.letter(&bytes)
        }
        VerifyCommand::Token { text, .. } => proof.token(text),
    };
    let told = facts.and_then(|facts| Ok((proof.known(&facts)?, facts)));
    if by.json {
        println!("{}", as_json(&told));
    }
    let (known, facts) = told?;
    if !by.json {
        println!("{}", sentence(&facts, known.as_ref()));
    }
    Ok(())
}

/// What a letter is proved by.
struct Proof {
    keys: PublicKeys,
    /// None when only the keys are at hand.
    desk: Option<Desk>,
}

impl Proof {
    fn by(by: &By, config: Option<&Path>) -> Result<Self, CliFault> {
        if let Some(file) = &by.public_key {
            let text = std::fs::read_to_string(file).map_err(|error| CliFault::file(file, &error))?;
            let keys = PublicKeys::from_json(&text).map_err(|fault| CliFault::Usage(fault.to_string()))?;
            return Ok(Self { keys, desk: None });
        }
        let desk = setup::desk(&setup::config(config)?)?;
        let keys = desk.letter_keys.public().map_err(|fault| CliFault::Environment(fault.to_string()))?;
        Ok(Self { keys, desk: Some(desk) })
    }

    fn letter(&self, bytes: &[u8]) -> Result<Token, CliFault> {
        pdf::verify(bytes, &self.keys).map_err(refused)?;
        // The seal holds for the token in the file as for everything else in it.
        let text = pdf::token_in(bytes).ok_or_else(|| refused("berkas ini memuat beberapa surat; periksa tiap suratnya"))?;
        self.token(&text)
    }

    fn token(&self, text: &str) -> Result<Token, CliFault> {
        token::verify(text, &self.keys).map(|(token, _key)| token).map_err(refused)
    }

    /// What the office knows about the letter now.
    fn known(&self, facts: &Token) -> Result<Option<Known>, CliFault> {
        let Some(desk) = &self.desk else { return Ok(None) };
        let known = letter_by_code(desk, facts.code)?;
        known.map(Some).ok_or_else(|| refused("surat ini tidak ada dalam daftar surat kantor"))
    }
}

fn refused(fault: impl ToString) -> CliFault {
    CliFault::Refused(fault.to_string())
}

fn sentence(facts: &Token, known: Option<&Known>) -> String {
    let kind = LetterKind::parse(&facts.kind).map_or(facts.kind.as_str(), |kind| kind.label());
    let amount = facts.amount.map(|amount| format!(", {amount}")).unwrap_or_default();
    let office = known.map_or_else(|| format!("kantor {}", facts.office), |known| known.office.clone());
    let standing = known.map_or_else(|| "tidak diperiksa (tanpa basis data kantor)".to_owned(), |known| known.standing.words());
    format!("ASLI: {kind} Nomor {}, {}{amount}, {office}. Keadaan: {standing}.", facts.number, long_date(facts.dated_on))
}

fn as_json(told: &Result<(Option<Known>, Token), CliFault>) -> serde_json::Value {
    match told {
        Ok((known, facts)) => serde_json::json!({
            "authentic": true,
            "code": facts.code.to_string(),
            "kind": facts.kind,
            "number": facts.number,
            "dated_on": facts.dated_on,
            "office": facts.office,
            "amount": facts.amount.map(crate::domain::money::Rupiah::whole),
            "state": known.as_ref().map(|known| known.standing.code()),
            "state_words": known.as_ref().map(|known| known.standing.words()),
        }),
        Err(fault) => serde_json::json!({ "authentic": false, "reason": fault.to_string() }),
    }
}
