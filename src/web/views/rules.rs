//! What the rules say, in words: about one claim for those who judge, and to everybody.

use chrono::NaiveDate;

use crate::domain::access::Role;
use crate::domain::calendar::{Countdown, Filing, long_date};
use crate::domain::claim::Waiver;
use crate::domain::policy::{AgeClass, PaperCase, PaperLine, Policy, PovertyFacts, When};
use crate::store::claims::Claim;
use crate::web::page::Fact;
use crate::web::pages::{CasePapers, RequirementsPage, RouteView};
use crate::web::site::{Site, region_name};
use crate::workflow::money::suspension;
use crate::workflow::{Pack, Refusal};

/// How a filed claim lies to its deadline.
pub fn countdown(pack: &Pack, claim: &Claim) -> Option<Countdown> {
    let policy = pack.policies.named(&claim.policy_version)?;
    let death = &claim.content.death;
    let filing = Filing { died_on: death.died_on, document_on: death.letter_on, filed_on: claim.filed_on };
    Some(filing.countdown(&policy.deadline, &pack.holidays))
}

/// Version, deadline and route of a claim, with what is missing and who decides.
pub fn ruled(pack: &Pack, claim: &Claim, poverty: Option<&PovertyFacts>, waiver: Option<&Waiver>) -> Vec<Fact> {
    let Some(policy) = pack.policies.named(&claim.policy_version) else { return Vec::new() };
    let mut rows = vec![Fact::new("Aturan", format!("{} ({})", policy.legal_basis, policy.version))];
    rows.push(Fact::new("Santunan", claim.amount.to_string()));
    if let Some(countdown) = countdown(pack, claim) {
        let when = if countdown.is_late() { countdown.words() } else { format!("tepat waktu, batasnya {}", long_date(countdown.last)) };
        rows.push(Fact::new("Pengajuan", when));
    }
    if let Some(waiver) = waiver {
        rows.push(Fact::new("Keterlambatan", format!("diterima {} ({}): {}", waiver.by, waiver.role.label(), waiver.reason)));
    }
    if let Some(poverty) = poverty {
        rows.push(Fact::new("Kelayakan", eligibility(policy, poverty)));
    }
    rows
}

fn eligibility(policy: &Policy, facts: &PovertyFacts) -> String {
    let assessment = policy.poverty.assess(facts);
    if let Some(route) = assessment.met {
        return format!("rute {}: {}; diputuskan {}", route.name, policy.poverty.route_words(route), who(route.decided_by));
    }
    let missing = assessment.near.iter().map(|near| {
        let papers = near.missing.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" dan ");
        format!("rute {} bila dilengkapi {papers}", near.route.name)
    });
    let missing: Vec<String> = missing.collect();
    if missing.is_empty() { "belum ada rute yang terpenuhi".to_owned() } else { format!("belum terpenuhi; {}", missing.join("; ")) }
}

fn who(role: Role) -> &'static str {
    role.label()
}

/// The page of requirements, made from the rules in force.
///
/// # Errors
/// [`Refusal`] when the office has no rules for today.
pub fn requirements(site: &Site) -> Result<RequirementsPage, Refusal> {
    let pack = site.pack()?;
    let today = site.today();
    let policy = pack.policies.for_death(today).map_err(Refusal::NoPolicy)?;
    Ok(RequirementsPage {
        shell: site.shell("Syarat santunan").at("/syarat"),
        notice: notice(site, &pack)?,
        amount: policy.amount.base.to_string(),
        other_amounts: policy.amount.rows.iter().map(|row| format!("{} bila {}", row.amount, row.case)).collect(),
        deadline: policy.deadline.words(),
        example: example(&pack, policy, today),
        residence: residence(policy),
        routes: policy
            .poverty
            .routes
            .iter()
            .map(|route| RouteView { words: capital(&policy.poverty.route_words(route)), decided_by: who(route.decided_by) })
            .collect(),
        papers: lines(&policy.checklist(&PaperCase::unknown()), true),
        cases: cases(policy),
        relations: policy.heirs.relations.iter().map(|relation| relation.label()).collect(),
        no_heir: policy.heirs.no_heir.clone(),
        excluded: policy
            .excluded_occupations
            .iter()
            .map(|o| soft_capitals(o))
            .chain(policy.excluded_causes.iter().map(|c| small(c.label())))
            .collect(),
        legal_basis: policy.legal_basis.clone(),
        assumptions: policy.assumptions.clone(),
    })
}

/// The notice of a suspended programme, by an act of the office or by its rules; empty while it runs.
///
/// # Errors
/// [`Refusal::Store`].
pub fn notice(site: &Site, pack: &Pack) -> Result<String, Refusal> {
    let suspended = site.desk.store.read(|conn| suspension(conn, pack, &site.office, site.today()))?;
    Ok(suspended.map(|period| period.notice).unwrap_or_default())
}

/// A death today, counted out, so that nobody has to count themselves.
fn example(pack: &Pack, policy: &Policy, today: NaiveDate) -> String {
    let filing = Filing { died_on: today, document_on: Some(today), filed_on: today };
    let last = filing.countdown(&policy.deadline, &pack.holidays).last;
    format!("Misalnya meninggal {}: permohonan diterima sampai {} pukul 23.59 WIB.", long_date(today), long_date(last))
}

fn residence(policy: &Policy) -> String {
    let place = region_name(&policy.residence);
    match policy.residence_months {
        Some(months) => format!("{place}, sedikitnya {months} bulan"),
        None => place,
    }
}

fn lines(checklist: &[PaperLine<'_>], always: bool) -> Vec<String> {
    checklist.iter().filter(|line| line.condition.is_empty() == always).map(PaperLine::words).collect()
}

/// What a case needs besides the papers everybody brings; cases without anything more are left out.
fn cases(policy: &Policy) -> Vec<CasePapers> {
    let case = |when: When| {
        let papers = policy.papers.iter().filter(|rule| rule.when.contains(&when));
        let lines = papers.map(|rule| PaperLine { rule, condition: String::new() }.words()).collect::<Vec<_>>();
        CasePapers { title: capital(&format!("bila {}", when.words())), papers: lines }
    };
    When::ALL.into_iter().map(case).filter(|case| !case.papers.is_empty()).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// With a small first letter, for the middle of a sentence; `KTP` stays as it is.
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// An occupation as on the KTP, without shouting: `Kepolisian RI (POLRI)`.
fn soft_capitals(text: &str) -> String {
    let soft = |word: &str| match word {
        "DENGAN" | "DAN" | "ATAU" => word.to_lowercase(),
        short if short.len() <= 2 || short.starts_with('(') => short.to_owned(),
        long => capital(&long.to_lowercase()),
    };
    text.split(' ').map(soft).collect::<Vec<_>>().join(" ")
}

/// What a form says about its case; only what is typed already counts.
pub fn typed_case(born_on: Option<NaiveDate>, died_on: Option<NaiveDate>, transfer: Option<bool>, heirs: usize) -> PaperCase {
    let mut case = PaperCase::unknown();
    if let Some(age) = born_on.zip(died_on).and_then(|(born_on, died_on)| AgeClass::at(born_on, died_on)) {
        case = case.aged(age);
    }
    if let Some(transfer) = transfer {
        case = case.with(When::Transfer, transfer);
    }
    if heirs > 0 { case.with(When::SeveralHeirs, heirs > 1) } else { case }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_ktp_do_not_shout_and_short_names_of_offices_stay() {
        for (written, shown) in [
            ("KEPOLISIAN RI (POLRI)", "Kepolisian RI (POLRI)"),
            ("PEGAWAI PEMERINTAH DENGAN PERJANJIAN KERJA (PPPK)", "Pegawai Pemerintah dengan Perjanjian Kerja (PPPK)"),
        ] {
            assert_eq!(soft_capitals(written), shown);
        }
        assert_eq!(small("Bila KK ahli waris berbeda"), "bila KK ahli waris berbeda");
        assert_eq!((small("KTP asli"), small("")), ("KTP asli".to_owned(), String::new()));
    }
}
