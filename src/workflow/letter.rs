//! Issuing letters: number and frozen content in the transaction of their cause. The PDF is drawn afterwards, once (`docs/adr/0070`).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::clock::{new_id, new_letter_code, new_seed};
use crate::domain::access::Actor;
use crate::domain::audit::sha256_hex;
use crate::domain::calendar::wib_date;
use crate::domain::claim::{ClaimContent, Heir};
use crate::domain::identity::Relation;
use crate::domain::letter::{
    Addressee, Departed, Letter, LetterCode, LetterContent, LetterKind, Place, Proof, Token, TokenTooLarge, numbering,
};
use crate::domain::office::{Signatory, SigningRole};
use crate::domain::region::RegionCode;
use crate::exchange::reference::Regions;
use crate::letters::{Pdf, bundle, laid_out, render};
use crate::seal;
use crate::store::files::Staged;
use crate::store::letters::{About, Issued};
use crate::store::outbox::{self, NewMail};
use crate::store::{Change, StoreError, Tx, letters};

use super::desk::{Desk, Pack};
use super::refusal::Refusal;

/// Letters listed at once where all are drawn that wait.
const DRAWN_AT_ONCE: i64 = 50;

/// A letter about to be issued.
pub(super) struct Draft {
    /// What it is about.
    pub about: About,
    /// Whose region it belongs to: a village, or the kabupaten.
    pub village: RegionCode,
    /// What it says.
    pub content: LetterContent,
}

/// Who issues, when, by whose settings.
pub(super) struct Issuer<'a> {
    /// Files and clock.
    pub desk: &'a Desk,
    /// Settings of the office.
    pub pack: &'a Arc<Pack>,
    /// Who causes the letter.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<Utc>,
}

impl Issuer<'_> {
    /// The office's day.
    pub fn today(&self) -> NaiveDate {
        wib_date(self.now)
    }

    /// Who signs as a role today.
    pub fn signatory(&self, role: SigningRole) -> Result<Signatory, Refusal> {
        let found = self.pack.office.signatory(role, self.today()).cloned();
        found.ok_or_else(|| Refusal::Settings(format!("belum ada pejabat penanda tangan {role:?} yang berlaku hari ini")))
    }

    /// Takes the next number, without a letter yet, for texts that quote it.
    pub fn number(&self, tx: &mut Tx<'_>, kind: LetterKind) -> Result<Numbered, Refusal> {
        let rule = self.pack.office.numbering.get(kind.code());
        let rule = rule.ok_or_else(|| Refusal::Settings(format!("pola nomor surat {} belum ada", kind.code())))?;
        let year = self.today().year();
        let sequence = letters::next_number(tx, &self.pack.office.region, kind.code(), &rule.unit, year)?;
        let short = u32::try_from(sequence).unwrap_or(u32::MAX);
        let text = numbering::format(&rule.pattern, short, self.today()).map_err(|fault| Refusal::Settings(fault.to_string()))?;
        Ok(Numbered { unit: rule.unit.clone(), year, sequence, text })
    }

    /// Issues a letter under the next number of its kind.
    pub fn issue(&self, tx: &mut Tx<'_>, draft: Draft) -> Result<Issued, Refusal> {
        let number = self.number(tx, draft.content.kind())?;
        self.issue_as(tx, draft, number)
    }

    /// Issues a letter under a number already taken.
    pub fn issue_as(&self, tx: &mut Tx<'_>, draft: Draft, number: Numbered) -> Result<Issued, Refusal> {
        let letter = self.letter(&draft.content, &number)?;
        let pages = laid_out(&letter, &self.pack.emblem)?;
        let content = serde_json::to_string(&letter).map_err(|e| Refusal::Settings(e.to_string()))?;
        let issued = Issued {
            id: new_id(),
            office: self.pack.office.region.clone(),
            kind: letter.kind().code().to_owned(),
            unit: number.unit,
            year: number.year,
            sequence: number.sequence,
            number: number.text,
            village: draft.village,
            about: draft.about,
            content_sha256: sha256_hex(content.as_bytes()),
            content,
            emblem_sha256: self.pack.emblem_sha256.clone(),
            drawn_sha256: None,
            pages: i64::try_from(pages).unwrap_or(i64::MAX),
            issued_by: self.actor.id.clone(),
            issued_on: self.today(),
            issued_at: self.now,
            code: letter.proof.code.clone(),
        };
        letters::insert(tx, &issued)?;
        Ok(issued)
    }

    fn letter(&self, content: &LetterContent, number: &Numbered) -> Result<Letter, Refusal> {
        let signatory = content.kind().signed_by().map(|role| self.signatory(role)).transpose()?;
        let proof = self.proof(content, number)?;
        Ok(Letter {
            number: number.text.clone(),
            dated_on: self.today(),
            letterhead: self.pack.office.letterhead.clone(),
            paper: self.pack.office.paper,
            signatory,
            proof,
            content: content.clone(),
        })
    }

    /// A new code and the signed token that carries it.
    fn proof(&self, content: &LetterContent, number: &Numbered) -> Result<Proof, Refusal> {
        let unfit = |fault: TokenTooLarge| Refusal::Settings(fault.to_string());
        let code = LetterCode::from_random(new_letter_code());
        let token = Token::of(code, &self.pack.office.region, &number.text, self.today(), content).map_err(unfit)?;
        let key = self.desk.letter_keys.signing(new_seed, self.now)?;
        let token = seal::token::sign(&token, &key).map_err(unfit)?;
        Ok(Proof { code: code.to_string(), address: format!("{}/verifikasi", self.desk.public_url), token })
    }
}

/// Subject and text of the mail that carries a letter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// Subject line; names nobody.
    pub subject: &'a str,
    /// Plain text; names nobody.
    pub body: &'a str,
}

impl Issuer<'_> {
    /// Queues the mail that carries a letter, in the transaction of its cause; told twice it is one mail.
    pub fn mail(&self, tx: &mut Tx<'_>, letter: &Issued, recipient: String, words: Words<'_>) -> Result<(), Refusal> {
        let mail = NewMail {
            id: new_id(),
            queued_at: self.now,
            dedupe_key: format!("{}:{}", letter.kind, letter.id),
            letter_id: Some(letter.id.clone()),
            recipient,
            subject: words.subject.to_owned(),
            body: words.body.to_owned(),
        };
        outbox::insert(tx, &self.pack.office.region, &mail)?;
        Ok(())
    }
}

/// The payee's name and relation, as letters to the family need them.
pub(super) fn heir_named(content: &ClaimContent) -> (String, Relation) {
    content.payee().map_or_else(|| (String::new(), Relation::Lainnya), |heir| (heir.name.to_string(), heir.relation))
}

/// A number taken from its sequence.
#[derive(Debug, Clone)]
pub(super) struct Numbered {
    unit: String,
    year: i32,
    sequence: i64,
    /// As printed.
    pub text: String,
}

/// A village as letters name it. Names of villages outside the office's own kabupaten are not at hand; their code stands for them.
pub(super) fn place(village: &RegionCode) -> Place {
    let name = |code: &RegionCode| Regions::current().name(code).map_or_else(|| format!("dengan kode {code}"), str::to_owned);
    Place { kelurahan: village.is_kelurahan(), village: name(village), kecamatan: village.parent().as_ref().map(name).unwrap_or_default() }
}

/// The deceased as letters name them.
pub(super) fn departed(content: &ClaimContent) -> Departed {
    Departed {
        name: content.deceased.name.without_late(),
        sex: content.deceased.sex,
        died_on: content.death.died_on,
        place: place(&content.deceased.village),
    }
}

/// The heir as addressee.
pub(super) fn heir_addressee(content: &ClaimContent) -> Addressee {
    let heir = content.payee();
    Addressee {
        name: heir.map(|h| addressed(content, h)).unwrap_or_default(),
        at: heir.map(|h| h.address.trim()).filter(|a| !a.is_empty()).map_or_else(|| place(&content.village).line(), str::to_owned),
    }
}

/// For a child the guardian is written to.
fn addressed(content: &ClaimContent, heir: &Heir) -> String {
    match &content.stand_ins.guardian {
        Some(guardian) => format!("Bapak/Ibu {}, wali dari {}", guardian.name, heir.name),
        None => format!("Bapak/Ibu {}", heir.name),
    }
}

/// The village's head as addressee.
pub(super) fn village_addressee(village: &RegionCode) -> Addressee {
    let place = place(village);
    let title = if place.kelurahan { "Lurah" } else { "Kepala Desa" };
    Addressee { name: format!("{title} {}", place.village), at: format!("Kecamatan {}", place.kecamatan) }
}

/// An issued letter this person may read: of their region, and of a kind their role reads.
///
/// # Errors
/// [`Refusal::NotFound`] outside the region, [`Refusal::NotYourRole`] for a kind that is not for this role.
pub fn readable(desk: &Desk, actor: &Actor, id: &str) -> Result<Issued, Refusal> {
    let issued = desk.store.read(|conn| match letters::load(conn, actor, id) {
        Err(StoreError::NotFound) => {
            let found = letters::by_id(conn, id)?;
            let for_everybody = LetterKind::parse(&found.kind).is_some_and(LetterKind::is_for_everybody);
            if for_everybody && found.village == actor.office { Ok(found) } else { Err(StoreError::NotFound) }
        }
        found => found,
    })?;
    match LetterKind::parse(&issued.kind) {
        Some(kind) if !kind.may_read(actor.role) => Err(Refusal::NotYourRole),
        _ => Ok(issued),
    }
}

/// The PDF of an issued letter, byte for byte as it is kept; drawn and kept now where nobody has read it yet.
///
/// # Errors
/// [`Refusal::Files`] when the file is gone or was changed; as [`draw`].
pub fn pdf_of(desk: &Desk, issued: &Issued) -> Result<Vec<u8>, Refusal> {
    match &issued.drawn_sha256 {
        Some(sha256) => Ok(desk.files.read(sha256)?),
        None => draw(desk, issued),
    }
}

/// Draws a letter and notes the hash of its PDF, before anybody sees it. The same content gives the same bytes: drawn by two at once it
/// is one file.
///
/// # Errors
/// As [`drawn`]; [`Refusal::Store`] when the letter was drawn with other bytes before.
fn draw(desk: &Desk, issued: &Issued) -> Result<Vec<u8>, Refusal> {
    let (staged, bytes) = drawn(desk, issued)?;
    desk.store.write::<_, StoreError>(issued.office.as_str(), |tx| {
        tx.changes(Change::Nothing);
        let sha256 = tx.keep(staged);
        letters::note_drawn(tx, &issued.id, &sha256)
    })?;
    Ok(bytes)
}

/// Draws a letter from its frozen content. Returns the file beside its place, to be kept with the note of its hash, and its bytes.
///
/// # Errors
/// [`Refusal::Store`] when content or emblem are not those that were frozen; [`Refusal::Letter`], [`Refusal::Files`].
fn drawn(desk: &Desk, issued: &Issued) -> Result<(Staged, Vec<u8>), Refusal> {
    let letter = frozen(issued)?;
    let emblem = desk.store.read(|conn| desk.emblem(conn, &issued.office, &issued.emblem_sha256))?;
    let pdf = render(&letter, &emblem)?;
    // The key that signed its token seals the file, whenever it is drawn.
    let key = desk.letter_keys.of_token(&letter.proof.token)?;
    let sealed = seal::pdf::seal(pdf.bytes, &key).map_err(|fault| Refusal::Settings(fault.to_string()))?;
    let mut staged = desk.files.stage(&sealed)?;
    staged.sync()?;
    Ok((staged, sealed))
}

/// What a letter says, as it was frozen.
pub(super) fn frozen(issued: &Issued) -> Result<Letter, Refusal> {
    if sha256_hex(issued.content.as_bytes()) != issued.content_sha256 {
        return Err(letters::changed(&issued.id).into());
    }
    serde_json::from_str(&issued.content).map_err(|e| Refusal::Settings(format!("isi surat {} tidak terbaca: {e}", issued.number)))
}

/// Draws the letters nobody has asked for yet, the oldest first. One that cannot be drawn does not hold up the others, and is tried
/// again the next time. Returns how many were drawn.
///
/// # Errors
/// [`StoreError`] when the letters cannot be listed or noted; what was drawn before stands.
pub fn draw_due(desk: &Desk) -> Result<usize, StoreError> {
    let (mut count, mut last) = (0_usize, None);
    loop {
        let waiting = desk.store.read(|conn| letters::to_draw(conn, last.as_ref(), DRAWN_AT_ONCE))?;
        let mut files: BTreeMap<&RegionCode, Vec<(&str, Staged)>> = BTreeMap::new();
        for issued in &waiting {
            match drawn(desk, issued) {
                Ok((staged, _pdf)) => files.entry(&issued.office).or_default().push((&issued.id, staged)),
                Err(refusal) => tracing::warn!(letter = %issued.id, code = refusal.code(), %refusal, "a letter was not drawn"),
            }
        }
        for (office, files) in files {
            let many = files.len();
            desk.store.write::<_, StoreError>(office.as_str(), |tx| {
                tx.changes(Change::Nothing);
                files.into_iter().try_for_each(|(id, staged)| {
                    let sha256 = tx.keep(staged);
                    letters::note_drawn(tx, id, &sha256)
                })
            })?;
            count = count.saturating_add(many);
        }
        last = waiting.into_iter().next_back();
        if last.is_none() {
            return Ok(count);
        }
    }
}

/// A name for a letter's file: kind and number, with nothing a file system minds.
pub fn file_name(issued: &Issued) -> String {
    let kind = issued.kind.replace('_', "-");
    let number: String = issued.number.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    format!("{kind}-{number}.pdf")
}

/// All letters of a payment order in one file, in the order they were issued: for printing in one go.
///
/// # Errors
/// [`Refusal::NotFound`] outside the office; [`Refusal::Letter`] if a frozen letter cannot be drawn any more.
pub fn bundle_of_order(desk: &Desk, actor: &Actor, order_id: &str) -> Result<Pdf, Refusal> {
    let (issued, pack) = desk.store.read(|conn| {
        let order = crate::store::money::orders::load(conn, &actor.office, order_id)?;
        let mut issued = match &order.decree_id {
            Some(decree) => letters::of_decree(conn, decree)?,
            None => Vec::new(),
        };
        issued.extend(letters::of_order(conn, order_id)?);
        Ok::<_, Refusal>((issued, desk.pack(conn, &actor.office)?))
    })?;
    let frozen = issued.iter().map(frozen).collect::<Result<Vec<Letter>, Refusal>>()?;
    Ok(bundle(&frozen, &pack.emblem)?)
}
