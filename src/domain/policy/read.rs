//! Reads versions and examples from the tables of a pack.

use toml::{Table, Value};

use super::fields::Fields;
use super::{Example, Policy, PolicyFault};

pub(super) fn read_each<T>(
    table: &mut Table,
    key: &'static str,
    faults: &mut Vec<PolicyFault>,
    read: fn(&mut Fields<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(value) = table.remove(key) else { return Vec::new() };
    let rows = if let Value::Array(rows) = value { rows } else { vec![value] };
    let mut out = Vec::new();
    for (row, number) in rows.into_iter().zip(1_u32..) {
        let place = format!("{key} ke-{number}");
        let Value::Table(row) = row else {
            faults.push(PolicyFault::Unknown { place, key: row.to_string() });
            continue;
        };
        let mut fields = Fields::new(place, row, faults);
        out.extend(read(&mut fields));
        fields.finish();
    }
    out
}

/// Asks for every field before giving up on one, so that all faults are noted.
pub(super) fn read_version(fields: &mut Fields<'_>) -> Option<Policy> {
    let version = fields.need("version");
    let deaths_from = fields.need("deaths_from");
    let deaths_until = fields.may("deaths_until");
    let legal_basis = fields.need("legal_basis");
    let amount = fields.need("amount");
    let deadline = fields.need("deadline");
    let suspended = fields.may("suspended").unwrap_or_default();
    let residence = fields.need("residence");
    let residence_months = fields.may("residence_months");
    let poverty = fields.need("poverty");
    let excluded_occupations = fields.need("excluded_occupations");
    let excluded_causes = fields.may("excluded_causes").unwrap_or_default();
    let heirs = fields.need("heirs");
    let same_heir_claims_review = fields.need("same_heir_claims_review");
    let earlier_death_days = fields.need("earlier_death_days");
    let rules = fields.may("rules").unwrap_or_default();
    let papers = fields.need("papers");
    let assumptions = fields.need("assumptions");
    Some(Policy {
        version: version?,
        deaths_from: deaths_from?,
        deaths_until,
        legal_basis: legal_basis?,
        amount: amount?,
        deadline: deadline?,
        suspended,
        residence: residence?,
        residence_months,
        poverty: poverty?,
        excluded_occupations: excluded_occupations?,
        excluded_causes,
        heirs: heirs?,
        same_heir_claims_review: same_heir_claims_review?,
        earlier_death_days: earlier_death_days?,
        rules,
        papers: papers?,
        assumptions: assumptions?,
    })
}

pub(super) fn read_example(fields: &mut Fields<'_>) -> Option<Example> {
    let name = fields.need("name");
    let died_on = fields.need("died_on");
    let filed_on = fields.need("filed_on");
    let document_on = fields.may("document_on");
    let born_on = fields.may("born_on");
    let cause = fields.may("cause");
    let decile = fields.may("decile");
    let programmes = fields.may("programmes").unwrap_or_default();
    let household_decile = fields.may("household_decile");
    let heir_decile = fields.may("heir_decile");
    let papers = fields.may("papers").unwrap_or_default();
    let occupation = fields.may("occupation").unwrap_or_default();
    let expected = fields.may("expected");
    Some(Example {
        name: name?,
        died_on: died_on?,
        filed_on: filed_on?,
        document_on,
        born_on,
        cause,
        decile,
        programmes,
        household_decile,
        heir_decile,
        papers,
        occupation,
        expected,
    })
}
