//! Which cross-check rules an office uses, how much they weigh, and from where on they speak.
//!
//! In the policy file, both parts optional:
//!
//! ```toml
//! [version.rules.severity]
//! TELEPON_BERSAMA = "review"   # off, note, review or block
//! [version.rules.limits]
//! shared_phone_heirs = 4
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::crosscheck::{Finding, FindingCode, Severity};

/// The rules of a policy version: what differs from the usual weights, and the thresholds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSet {
    /// Weight by code; a code that is not named has [`FindingCode::usual_severity`].
    pub severity: BTreeMap<FindingCode, RuleWeight>,
    /// From where on a rule speaks.
    pub limits: RuleLimits,
}

/// How much the office lets a rule weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleWeight {
    /// The rule is not used.
    Off,
    /// Worth knowing.
    Note,
    /// A person has to look.
    Review,
    /// Plainly broken.
    Block,
}

impl RuleWeight {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Review => Some(Severity::Review),
            Self::Block => Some(Severity::Block),
        }
    }
}

/// Thresholds of the rules; the defaults are judgements, set so that ordinary years of a village stay quiet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleLimits {
    /// A register death this many days away from the claimed one is worth knowing (days).
    pub death_difference_days: u32,
    /// A register this much younger than the death should know of it (days).
    pub register_lag_days: u32,
    /// Older than this is unlikely (years).
    pub age_years_max: u32,
    /// Kinds of event that are another benefit for the same death.
    pub other_benefit_kinds: Vec<String>,
    /// Younger heirs need a guardian (years).
    pub heir_adult_years: u32,
    /// From how many deceased with one proxy on is worth knowing.
    pub proxy_claims: u32,
    /// Occupations of the register that are village officials.
    pub official_occupations: Vec<String>,
    /// A child is at least this much younger than a parent (years).
    pub parent_age_gap_years: u32,
    /// From how many different heirs on one telephone is worth knowing.
    pub shared_phone_heirs: u32,
    /// Death letters whose numbers and dates run against each other by more than this (days).
    pub letter_order_days: u32,
    /// Photos that differ in at most this many of 64 bits are alike; looked up surely up to 3.
    pub photo_bits_max: u32,
    /// Papers whose photos are compared with those of other claims.
    pub photo_kinds: Vec<String>,
    /// Claims a year to be expected per thousand residents.
    pub claims_per_thousand: u32,
    /// A surge this unlikely is worth knowing: once in so many villages and periods.
    pub surge_once_in: u32,
    /// Out of a hundred claims so many may be filed on the last day by chance.
    pub last_day_percent: u32,
    /// Fewer claims of a clerk on the last day are never too many.
    pub last_day_claims_min: u32,
    /// Fewer claims of a clerk a year show no habit; fewer of the others no usual share.
    pub clerk_claims_min: u32,
    /// From how many claims of a clerk within one minute on.
    pub minute_claims: u32,
    /// First hour of the night (WIB).
    pub night_from_hour: u32,
    /// First hour of the morning (WIB).
    pub night_until_hour: u32,
}

impl Default for RuleLimits {
    fn default() -> Self {
        Self {
            death_difference_days: 7,
            register_lag_days: 90,
            age_years_max: 110,
            other_benefit_kinds: ["SANTUNAN_BPJS_TK", "SANTUNAN_JASA_RAHARJA", "SANTUNAN_TASPEN", "SANTUNAN_ASABRI"]
                .map(str::to_owned)
                .to_vec(),
            heir_adult_years: 18,
            proxy_claims: 3,
            official_occupations: ["KEPALA DESA", "PERANGKAT DESA"].map(str::to_owned).to_vec(),
            parent_age_gap_years: 12,
            shared_phone_heirs: 3,
            letter_order_days: 30,
            photo_bits_max: 3,
            photo_kinds: ["sktm", "foto_rumah"].map(str::to_owned).to_vec(),
            claims_per_thousand: 3,
            surge_once_in: 1_000,
            last_day_percent: 5,
            last_day_claims_min: 3,
            clerk_claims_min: 10,
            minute_claims: 3,
            night_from_hour: 22,
            night_until_hour: 4,
        }
    }
}

impl RuleSet {
    /// Gives the findings the weight the office wants and leaves out rules that are off; what it does not name stays as found.
    pub fn weigh(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter_map(|finding| self.weigh_one(finding)).collect()
    }

    /// What a rule itself found lighter than usual, as a lateness somebody has accepted, never weighs more for the office's word.
    fn weigh_one(&self, finding: Finding) -> Option<Finding> {
        let Some(weight) = self.severity.get(&finding.code) else { return Some(finding) };
        let softened = finding.severity < finding.code.usual_severity();
        let severity = weight.severity()?;
        Some(Finding { severity: if softened { severity.min(finding.severity) } else { severity }, ..finding })
    }

    /// The weight of a code; none if the rule is off.
    pub fn weight_of(&self, code: FindingCode) -> Option<Severity> {
        self.severity.get(&code).map_or(Some(code.usual_severity()), |weight| weight.severity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_office_does_not_say_is_the_usual() {
        let rules: RuleSet =
            toml::from_str("[severity]\nTELEPON_BERSAMA = \"review\"\nMASIH_HIDUP = \"off\"\n[limits]\nage_years_max = 105").unwrap();
        assert_eq!(rules.weight_of(FindingCode::TeleponBersama), Some(Severity::Review));
        assert_eq!(rules.weight_of(FindingCode::MasihHidup), None);
        assert_eq!(rules.weight_of(FindingCode::LuarBatang), Some(Severity::Block));
        assert_eq!(rules.limits, RuleLimits { age_years_max: 105, ..RuleLimits::default() });
    }

    #[test]
    fn an_accepted_lateness_stays_a_note_whatever_lateness_weighs() {
        let rules: RuleSet = toml::from_str("[severity]\nLEWAT_60_HARI = \"review\"").unwrap();
        let late = |severity| Finding {
            code: FindingCode::Lewat60Hari,
            severity,
            claimed: String::new(),
            registered: String::new(),
            dataset: String::new(),
            dataset_on: None,
            sentence: String::new(),
        };
        let weighed: Vec<Severity> =
            rules.weigh(vec![late(Severity::Block), late(Severity::Note)]).iter().map(|finding| finding.severity).collect();
        assert_eq!(weighed, [Severity::Review, Severity::Note]);
    }

    #[test]
    fn a_slip_of_the_pen_in_the_policy_file_is_refused() {
        for text in ["[severity]\nTELPON = \"note\"", "[severity]\nBEDA_DESA = \"mati\"", "[limits]\nage_max = 1", "[limit]\n"] {
            assert!(toml::from_str::<RuleSet>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_guide_names_every_code_and_every_limit() {
        let guide = include_str!("../../../docs/panduan-pemeriksaan.md");
        for code in FindingCode::ALL {
            assert!(guide.contains(&format!("| {} |", code.as_str())), "{}", code.as_str());
        }
        let limits = serde_json::to_value(RuleLimits::default()).unwrap();
        for limit in limits.as_object().unwrap().keys() {
            assert!(guide.contains(limit.as_str()), "{limit}");
        }
    }

    #[test]
    fn every_code_reads_back_as_itself() {
        for code in FindingCode::ALL {
            assert_eq!(FindingCode::parse(code.as_str()), Some(*code));
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
