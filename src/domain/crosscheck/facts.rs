//! Everything the rules look at, gathered once.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::answers::IdentityAnswer;
use super::around::Around;
use super::code::FindingCode;
use super::finding::Finding;
use super::person::{Person, registered_heir};
use crate::domain::calendar::Holidays;
use crate::domain::claim::{ClaimContent, Payout, Waiver};
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::policy::{Policy, RuleLimits};
use crate::domain::region::RegionCode;
use crate::domain::register::{Activity, Dataset, Resident, Witness};
use crate::domain::source::SourceAnswer;

/// What the register, other programmes and earlier claims say about one claim.
/// Kept as JSON in the snapshot of a decision: a field that comes later needs `#[serde(default)]`, so that old ones can be replayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrosscheckFacts {
    /// The deceased in the register.
    pub person: Person,
    /// Register rows that carry the heir's NIK.
    pub heir_rows: Vec<Resident>,
    /// Events recorded for the claimed NIK and for the NIK of the register.
    pub activities: Vec<Activity>,
    /// Earlier claims with the same deceased, heir, account, telephone or letter number, and the clerk's claims of the last days.
    pub earlier: Vec<EarlierClaim>,
    /// Later claims whose deceased is this claim's heir.
    #[serde(default)]
    pub heir_claims: Vec<EarlierClaim>,
    /// Who filed this claim.
    pub clerk: String,
    /// The newest release of the source that the deceased's row is from; of the register as a whole where there is no row.
    pub dataset: Dataset,
    /// What is known of the deceased's poverty on the day of death, from the release in force then.
    #[serde(default)]
    pub poverty: Option<Witness>,
    /// Rows that look like the deceased though none was taken.
    #[serde(default)]
    pub rivals: Vec<Resident>,
    /// What officers have decided about who is who.
    #[serde(default)]
    pub answers: Vec<IdentityAnswer>,
    /// What live sources said about the people of the claim.
    #[serde(default)]
    pub live: Vec<SourceAnswer>,
    /// What stands around the claim: family, officials, counts, letters, files.
    #[serde(default)]
    pub around: Around,
    /// The office's closed days, for the deadline.
    #[serde(default)]
    pub holidays: Holidays,
    /// The acceptance of a late filing, if there is one.
    #[serde(default)]
    pub waiver: Option<Waiver>,
}

/// What is kept of a claim to compare later ones with: one row of the claims' history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierClaim {
    /// Its public code.
    pub claim_code: String,
    /// Its place in the order of filing.
    pub sequence: i64,
    /// Filing village.
    pub village: RegionCode,
    /// Who filed it.
    pub clerk: String,
    /// When it was filed.
    pub filed_on: NaiveDate,
    /// Claimed day of death.
    pub died_on: NaiveDate,
    /// NIK of the deceased as claimed.
    pub deceased_nik: Option<Nik>,
    /// Register row taken for the deceased.
    pub deceased_register_id: Option<String>,
    /// Name of the deceased.
    pub deceased_name: String,
    /// Birth date of the deceased.
    pub deceased_born_on: Option<NaiveDate>,
    /// Mother of the deceased; may be empty.
    pub deceased_mother: String,
    /// Where the deceased lived.
    pub deceased_village: RegionCode,
    /// NIK of the heir.
    pub heir_nik: Option<Nik>,
    /// Name of the heir.
    pub heir_name: String,
    /// Telephone of the heir; may be empty.
    pub heir_phone: String,
    /// Whether the register has the heir on another family card than the deceased.
    pub heir_outside_family: bool,
    /// Account number; empty for cash.
    pub account: String,
    /// Number of the village's death letter; may be empty.
    #[serde(default)]
    pub letter_number: String,
    /// Date of that letter.
    #[serde(default)]
    pub letter_on: Option<NaiveDate>,
    /// Instant of filing; unknown for claims of a list or of another program.
    #[serde(default)]
    pub filed_at: Option<DateTime<Utc>>,
    /// NIK of who collects for the heir.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_nik: Option<Nik>,
}

/// Where and when a claim was filed, for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Its public code.
    pub claim_code: String,
    /// Its place in the order of filing.
    pub sequence: i64,
    /// When it was filed.
    pub filed_on: NaiveDate,
}

impl EarlierClaim {
    /// What later claims will be compared with.
    pub fn record(content: &ClaimContent, facts: &CrosscheckFacts, filing: Filing) -> Self {
        let heir = content.payee();
        Self {
            claim_code: filing.claim_code,
            sequence: filing.sequence,
            village: content.village.clone(),
            clerk: facts.clerk.clone(),
            filed_on: filing.filed_on,
            died_on: content.death.died_on,
            deceased_nik: content.deceased.nik.number.clone(),
            deceased_register_id: facts.person.row().map(|r| r.register_id.clone()),
            deceased_name: content.deceased.name.as_str().to_owned(),
            deceased_born_on: content.deceased.born_on,
            deceased_mother: content.deceased.mother.clone(),
            deceased_village: content.deceased.village.clone(),
            heir_nik: heir.and_then(|h| h.nik.number.clone()),
            heir_name: heir.map(|h| h.name.as_str().to_owned()).unwrap_or_default(),
            heir_phone: heir.map(|h| digits(&h.phone)).unwrap_or_default(),
            heir_outside_family: outside_family(content, facts),
            account: account_digits(content),
            letter_number: content.death.letter_number.clone(),
            letter_on: content.death.letter_on,
            filed_at: facts.around.filed_at,
            proxy_nik: content.stand_ins.proxy.as_ref().and_then(|proxy| proxy.nik.number.clone()),
        }
    }
}

/// The heir's place: whether the register has them on another card than the deceased.
///
/// Where the deceased is not in the register, the card written on the claim stands in.
/// Unknown counts as inside.
pub fn outside_family(content: &ClaimContent, facts: &CrosscheckFacts) -> bool {
    let heir_cards = cards(content.payee().into_iter().flat_map(|heir| registered_heir(heir, &facts.heir_rows)));
    let mut deceased_cards = cards(facts.person.rows.iter());
    if deceased_cards.is_empty() {
        deceased_cards.extend(content.deceased.family_card.as_ref());
    }
    !heir_cards.is_empty() && !deceased_cards.is_empty() && !heir_cards.iter().any(|card| deceased_cards.contains(card))
}

fn cards<'a>(rows: impl Iterator<Item = &'a Resident>) -> Vec<&'a FamilyCard> {
    rows.filter_map(|row| row.family_card.as_ref()).collect()
}

/// The digits of the payout account; empty for cash.
pub fn account_digits(content: &ClaimContent) -> String {
    match &content.payout {
        Payout::Cash => String::new(),
        // Nothing but zeros stands for "no account".
        Payout::Bank(account) => Some(digits(&account.number)).filter(|number| number.contains(|c| c != '0')).unwrap_or_default(),
    }
}

/// The digits of a number as people write it, for comparing.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// One claim in front of the rules.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The claim.
    pub content: &'a ClaimContent,
    /// Day of filing (WIB).
    pub filed_on: NaiveDate,
    /// What was gathered.
    pub facts: &'a CrosscheckFacts,
    /// The rules in force on the day of death.
    pub policy: &'a Policy,
}

impl Case<'_> {
    /// From where on rules speak.
    pub(super) fn limits(&self) -> &RuleLimits {
        &self.policy.rules.limits
    }

    /// A finding with the claims themselves as its source.
    pub(super) fn finding_of_claim(&self, code: FindingCode, sentence: &str) -> Finding {
        Finding { dataset: "permohonan".to_owned(), dataset_on: Some(self.filed_on), ..self.finding(code, sentence) }
    }

    /// A finding with the register as its source and nothing compared yet; a rule fills in the two sides.
    pub(super) fn finding(&self, code: FindingCode, sentence: &str) -> Finding {
        Finding {
            severity: code.usual_severity(),
            code,
            claimed: String::new(),
            registered: String::new(),
            dataset: self.facts.dataset.name.clone(),
            dataset_on: self.facts.dataset.released_on,
            sentence: sentence.to_owned(),
        }
    }
}
