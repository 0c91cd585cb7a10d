//! Which papers a case needs (P13).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::AgeClass;
use crate::domain::claim::{Cause, ClaimContent, DocumentKind, Payout};

/// One line of the checklist: a paper, or a group of which one is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperRule {
    /// The papers of which one is enough.
    pub any_of: Vec<DocumentKind>,
    /// In which cases; empty = always. One that holds is enough.
    #[serde(default)]
    pub when: Vec<When>,
    /// Asked for, but the claim is complete without it.
    #[serde(default)]
    pub optional: bool,
    /// How many copies to bring; 0 = one look is enough.
    #[serde(default)]
    pub copies: u32,
    /// Whether the original is shown at the counter.
    #[serde(default)]
    pub original: bool,
}

/// A case a paper belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Born without life.
    Stillborn,
    /// Up to 28 days old.
    Newborn,
    /// Under 17.
    Child,
    /// 17 and older.
    Adult,
    /// Died by accident.
    Accident,
    /// More than one heir: one receives for all.
    SeveralHeirs,
    /// The heir has another family card than the deceased.
    OtherCard,
    /// The money goes to an account.
    Transfer,
    /// Somebody else collects for the heir.
    Proxy,
    /// Nobody inherits.
    NoHeir,
    /// A guardian signs for an heir who is not of age.
    Guardian,
}

impl When {
    /// Every case, in the order of pages.
    pub const ALL: [Self; 11] = [
        Self::Stillborn,
        Self::Newborn,
        Self::Child,
        Self::Adult,
        Self::Accident,
        Self::SeveralHeirs,
        Self::OtherCard,
        Self::Transfer,
        Self::Proxy,
        Self::NoHeir,
        Self::Guardian,
    ];

    /// The case in words, after "bila".
    pub fn words(self) -> &'static str {
        match self {
            Self::Stillborn => "lahir mati",
            Self::Newborn => "bayi baru lahir (sampai 28 hari)",
            Self::Child => "anak di bawah 17 tahun",
            Self::Adult => "berumur 17 tahun ke atas",
            Self::Accident => "meninggal karena kecelakaan",
            Self::SeveralHeirs => "ahli waris lebih dari satu",
            Self::OtherCard => "KK ahli waris berbeda",
            Self::Transfer => "santunan dikirim ke rekening",
            Self::Proxy => "diwakilkan kepada orang lain",
            Self::NoHeir => "tidak ada ahli waris",
            Self::Guardian => "ahli waris belum dewasa dan diwakili wali",
        }
    }
}

/// What is known about a case; a case that is not in it is not known either way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperCase(BTreeMap<When, bool>);

impl PaperCase {
    /// A case of which nothing is known yet: an empty form, or the page for everybody.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// The same with one thing known.
    #[must_use]
    pub fn with(mut self, when: When, holds: bool) -> Self {
        self.0.insert(when, holds);
        self
    }

    /// The same with the age known.
    #[must_use]
    pub fn aged(self, age: AgeClass) -> Self {
        self.with(When::Stillborn, age == AgeClass::Stillborn)
            .with(When::Newborn, age == AgeClass::Newborn)
            .with(When::Child, age == AgeClass::Child)
            .with(When::Adult, age == AgeClass::Adult)
    }

    /// What a claim says about its case. A proxy or guardian who is named counts; that nobody comes later is never sure.
    pub fn of(content: &ClaimContent) -> Self {
        let heir_card = content.payee().and_then(|heir| heir.family_card.as_ref());
        let cards = content.deceased.family_card.as_ref().zip(heir_card);
        let case = Self::unknown()
            .with(When::SeveralHeirs, content.heirs.len() > 1)
            .with(When::Transfer, matches!(content.payout, Payout::Bank(_)))
            .with(When::OtherCard, cards.is_some_and(|(deceased, heir)| deceased != heir))
            .with(When::Accident, content.death.cause == Some(Cause::Accident))
            .with(When::NoHeir, content.heirs.is_empty());
        let stand_ins = &content.stand_ins;
        let named = [(When::Proxy, stand_ins.proxy.is_some()), (When::Guardian, stand_ins.guardian.is_some())];
        let case = named.into_iter().filter(|(_, named)| *named).fold(case, |case, (when, _)| case.with(when, true));
        match AgeClass::of(content) {
            Some(age) => case.aged(age),
            None => case,
        }
    }

    fn holds(&self, when: When) -> Option<bool> {
        self.0.get(&when).copied()
    }
}

/// A line of the checklist, seen for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine<'a> {
    /// The rule behind it.
    pub rule: &'a PaperRule,
    /// The open conditions, in words; empty when the line applies.
    pub condition: String,
}

impl PaperRule {
    /// The line of this rule in a case; `None` where it does not apply.
    pub fn in_case(&self, case: &PaperCase) -> Option<PaperLine<'_>> {
        let known: Vec<Option<bool>> = self.when.iter().map(|when| case.holds(*when)).collect();
        if self.when.is_empty() || known.contains(&Some(true)) {
            return Some(PaperLine { rule: self, condition: String::new() });
        }
        let open: Vec<&str> = self.when.iter().filter(|when| case.holds(**when).is_none()).map(|when| when.words()).collect();
        (!open.is_empty()).then(|| PaperLine { rule: self, condition: open.join(" atau ") })
    }

    /// The papers in words: `Akta kematian atau Tanda terima …`.
    pub fn label(&self) -> String {
        self.any_of.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" atau ")
    }

    /// Copies and original in words; empty if one look is enough.
    pub fn form(&self) -> String {
        match (self.copies, self.original) {
            (0, false) => String::new(),
            (0, true) => "aslinya ditunjukkan".to_owned(),
            (copies, false) => format!("{copies} lembar salinan"),
            (copies, true) => format!("{copies} lembar salinan, aslinya ditunjukkan"),
        }
    }
}

impl PaperLine<'_> {
    /// Whether the claim is incomplete without it.
    pub fn is_required(&self) -> bool {
        self.condition.is_empty() && !self.rule.optional
    }

    /// The line as families read it: the papers, the condition, copies and original.
    pub fn words(&self) -> String {
        let condition = if self.condition.is_empty() { String::new() } else { format!("bila {}", self.condition) };
        let optional = if self.rule.optional { "bila ada".to_owned() } else { String::new() };
        let notes: Vec<String> = [condition, optional, self.rule.form()].into_iter().filter(|note| !note.is_empty()).collect();
        if notes.is_empty() { self.rule.label() } else { format!("{} ({})", self.rule.label(), notes.join("; ")) }
    }
}
