//! What anybody may learn about a letter: whether the office issued it, and whether it still counts.

use chrono::NaiveDate;

use crate::domain::letter::{Letter, LetterCode, LetterKind, Matter, Standing};
use crate::domain::money::Rupiah;
use crate::domain::payment::{ItemState, OrderState};
use crate::store::letters::{self, Issued};
use crate::store::money::{decrees, orders};
use crate::store::{DbConn, StoreError, claims};

use super::desk::Desk;
use super::letter::frozen;
use super::refusal::Refusal;

/// A letter as anybody with its code may see it: no name, NIK or account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its code.
    pub code: LetterCode,
    /// What kind of letter it is.
    pub kind: LetterKind,
    /// The whole number as printed.
    pub number: String,
    /// Date of the letter (WIB).
    pub dated_on: NaiveDate,
    /// The office, as its letterhead names it.
    pub office: String,
    /// Money it is about, in rupiah.
    pub amount: Option<Rupiah>,
    /// Initials of whom it is about; empty for letters about many.
    pub initials: String,
    /// Whether it still counts.
    pub standing: Standing,
}

/// The letter with this code, as everybody may see it.
///
/// # Errors
/// [`Refusal::Store`].
pub fn letter_by_code(desk: &Desk, code: LetterCode) -> Result<Option<Known>, Refusal> {
    desk.store.read(|conn| {
        let issued = match letters::by_code(conn, &code.to_string()) {
            Ok(issued) => issued,
            Err(StoreError::NotFound) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let letter = frozen(&issued)?;
        let standing = Standing::of(letter.kind(), &matter(conn, &issued, &letter)?);
        Ok(Some(Known {
            code,
            kind: letter.kind(),
            number: letter.number.clone(),
            dated_on: letter.dated_on,
            office: format!("{}, {}", letter.letterhead.agency, letter.letterhead.government),
            amount: letter.content.amount(),
            initials: letter.content.initials(),
            standing,
        }))
    })
}

/// What became of the letter's matter since.
fn matter(conn: &mut DbConn, issued: &Issued, letter: &Letter) -> Result<Matter, Refusal> {
    let about = &issued.about;
    let mut matter = Matter { later: later(conn, issued)?, ..Matter::default() };
    if let Some(decree) = &about.decree_id {
        matter.amended_by =
            decrees::amendments(conn, decree)?.into_iter().rfind(|amending| amending.signed_on.is_some()).map(|amending| amending.number);
    }
    if let Some(claim) = &about.claim_id {
        matter.claim = Some(claims::by_id(conn, claim)?.state);
    }
    if let Some(order) = &about.order_id {
        let order = orders::load(conn, &issued.office, order)?;
        matter.order_cancelled = order.state == OrderState::Cancelled;
        let own = order.items.iter().find(|item| letter.kind() == LetterKind::Kuitansi && item.receipt_number == letter.number);
        matter.paid_on = own.filter(|item| item.state == ItemState::Paid).and_then(|item| item.paid_on);
    }
    Ok(matter)
}

/// The number of the last letter of the same kind about the same claim, where it was issued after this one. Many letters of one kind
/// about a decree or an order stand beside each other and replace nothing, and so do receipts for instalments.
fn later(conn: &mut DbConn, issued: &Issued) -> Result<Option<String>, StoreError> {
    let stands_beside = issued.kind == LetterKind::BuktiAngsuran.code();
    let Some(claim) = issued.about.claim_id.as_ref().filter(|_| !stands_beside) else { return Ok(None) };
    let same = letters::of_claim(conn, claim)?.into_iter().rfind(|other| other.kind == issued.kind);
    Ok(same.filter(|last| last.id != issued.id).map(|last| last.number))
}
