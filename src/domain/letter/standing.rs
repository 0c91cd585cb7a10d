//! Whether an issued letter still counts: what anybody who holds it is told.

use chrono::NaiveDate;

use super::LetterKind;
use crate::domain::calendar::long_date;
use crate::domain::claim::State;

/// Whether a letter counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Valid,
    /// The money it speaks of reached the heir on that day.
    Paid(NaiveDate),
    /// It counts with what a later letter changes; carries that one's number.
    Amended(String),
    /// A later letter took its place; carries that one's number.
    Superseded(String),
    /// What it rests on was undone.
    Annulled,
}

/// What the office knows about a letter's matter today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matter {
    /// Number of a letter of the same kind about the same matter that was issued later.
    pub later: Option<String>,
    /// Number of the decree that amended its decree last.
    pub amended_by: Option<String>,
    /// Where its claim stands; none for letters about many.
    pub claim: Option<State>,
    /// Whether its payment order was cancelled before the release.
    pub order_cancelled: bool,
    /// Day on which the money of its payment reached the heir.
    pub paid_on: Option<NaiveDate>,
}

impl Standing {
    /// What a letter of this kind counts for. Undone weighs more than replaced, replaced more than paid.
    pub fn of(kind: LetterKind, matter: &Matter) -> Self {
        if matter.order_cancelled || (rests_on_approval(kind) && matter.claim == Some(State::Annulled)) {
            return Self::Annulled;
        }
        if let Some(number) = &matter.later {
            return Self::Superseded(number.clone());
        }
        match (&matter.amended_by, matter.paid_on) {
            (Some(number), _) => Self::Amended(number.clone()),
            (None, Some(day)) => Self::Paid(day),
            (None, None) => Self::Valid,
        }
    }

    /// The word in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Paid(_) => "paid",
            Self::Amended(_) => "amended",
            Self::Superseded(_) => "superseded",
            Self::Annulled => "annulled",
        }
    }

    /// The words on pages and on the command line.
    pub fn words(&self) -> String {
        match self {
            Self::Valid => "Berlaku".to_owned(),
            Self::Paid(day) => format!("Berlaku; uangnya diterima {}", long_date(*day)),
            Self::Amended(number) => format!("Berlaku dengan perubahan menurut Nomor {number}"),
            Self::Superseded(number) => format!("Sudah diganti dengan Nomor {number}"),
            Self::Annulled => "Dibatalkan".to_owned(),
        }
    }
}

/// Whether a letter falls with the approval of its claim. What came before it, and what asks the money back, does not.
fn rests_on_approval(kind: LetterKind) -> bool {
    match kind {
        LetterKind::TandaTerima
        | LetterKind::Pengembalian
        | LetterKind::Penolakan
        | LetterKind::PermintaanPengembalian
        | LetterKind::BuktiAngsuran => false,
        LetterKind::SkPenetapan
        | LetterKind::SkPerubahan
        | LetterKind::Nominatif
        | LetterKind::NominatifSamar
        | LetterKind::PerintahBayar
        | LetterKind::Kuitansi
        | LetterKind::Pemberitahuan => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: LetterKind, matter: &Matter, expected: &Standing) {
        assert_eq!(Standing::of(kind, matter), *expected, "{kind:?} {matter:?}");
    }

    #[test]
    fn a_letter_counts_for_what_became_of_its_matter() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        let plain = Matter::default();
        let paid = Matter { claim: Some(State::Paid), paid_on: Some(day), ..Matter::default() };
        let annulled = Matter { claim: Some(State::Annulled), paid_on: Some(day), later: Some("2".to_owned()), ..Matter::default() };
        let renewed = Matter { later: Some("900/2".to_owned()), ..Matter::default() };
        let amended = Matter { amended_by: Some("400/9".to_owned()), ..Matter::default() };
        let cancelled = Matter { order_cancelled: true, ..Matter::default() };
        check(LetterKind::Kuitansi, &plain, &Standing::Valid);
        check(LetterKind::Kuitansi, &paid, &Standing::Paid(day));
        check(LetterKind::Kuitansi, &annulled, &Standing::Annulled);
        check(LetterKind::Kuitansi, &renewed, &Standing::Superseded("900/2".to_owned()));
        check(LetterKind::SkPenetapan, &amended, &Standing::Amended("400/9".to_owned()));
        check(LetterKind::PerintahBayar, &cancelled, &Standing::Annulled);
        check(LetterKind::BuktiAngsuran, &Matter { claim: Some(State::Annulled), ..Matter::default() }, &Standing::Valid);
        check(LetterKind::TandaTerima, &Matter { later: None, ..annulled }, &Standing::Paid(day));
    }
}
