//! What a version says must make sense in an office.

use crate::domain::access::Role;

use super::{AmountRow, AmountRule, DayUnit, DeadlineRule, Policy, PolicyFault, PovertyRule, Proof, Suspension};

/// What a version says by itself must make sense in an office.
pub(super) fn check_version(policy: &Policy, faults: &mut Vec<PolicyFault>) {
    let mut nonsense = |wrong: bool, what: &str| {
        if wrong {
            faults.push(PolicyFault::Nonsense { version: policy.version.clone(), what: what.to_owned() });
        }
    };
    nonsense(policy.version.trim().is_empty(), "nama versi kosong");
    nonsense(policy.legal_basis.trim().is_empty(), "dasar hukum (legal_basis) kosong");
    nonsense(policy.heirs.relations.is_empty(), "tidak ada hubungan ahli waris yang diterima (heirs.relations)");
    nonsense(policy.same_heir_claims_review == 0, "same_heir_claims_review harus paling sedikit 1");
    nonsense(policy.papers.iter().any(|paper| paper.any_of.is_empty()), "baris papers tanpa satu dokumen pun (any_of)");
    amount_faults(&policy.amount, &mut nonsense);
    deadline_faults(&policy.deadline, &mut nonsense);
    poverty_faults(&policy.poverty, &mut nonsense);
    let ends_early = |period: &Suspension| period.until.is_some_and(|until| until < period.from);
    nonsense(policy.suspended.iter().any(ends_early), "masa henti (suspended) berakhir sebelum dimulai");
    if policy.deaths_until.is_some_and(|until| until < policy.deaths_from) {
        faults.push(PolicyFault::EndsBeforeItBegins(policy.version.clone()));
    }
}

fn amount_faults(amount: &AmountRule, nonsense: &mut impl FnMut(bool, &str)) {
    nonsense(amount.base.whole() == 0, "besar santunan (amount) nol");
    nonsense(!amount.rows.iter().all(AmountRow::has_condition), "baris besar santunan (amount.rows) tanpa syarat");
    let percents = amount.by_day.iter().map(|share| share.percent).chain(amount.incomplete_percent);
    nonsense(percents.into_iter().any(|percent| percent > 100), "persentase santunan lebih dari 100");
    nonsense(!amount.by_day.is_sorted_by_key(|share| share.until_day), "amount.by_day harus urut menurut hari");
}

fn deadline_faults(rule: &DeadlineRule, nonsense: &mut impl FnMut(bool, &str)) {
    let no_count = rule.count == 0 && rule.unit != DayUnit::YearEnd;
    nonsense(no_count, "batas waktu (deadline.count) nol hari");
    nonsense(rule.unit == DayUnit::NextMonth && rule.count > 31, "tanggal batas (deadline.count) lebih dari 31");
    let judges = [Role::Verifier, Role::Approver];
    nonsense(rule.waived_by.is_some_and(|role| !judges.contains(&role)), "deadline.waived_by harus verifier atau approver");
    let january = rule.december_until_january;
    nonsense(january.is_some_and(|day| !(1..=31).contains(&day)), "deadline.december_until_january harus 1 sampai 31");
}

fn poverty_faults(rule: &PovertyRule, nonsense: &mut impl FnMut(bool, &str)) {
    nonsense(rule.routes.is_empty(), "tidak ada cara menunjukkan miskin (poverty.routes)");
    for route in &rule.routes {
        match &route.proof {
            Proof::Decile { max } | Proof::SameCard { max } => {
                nonsense(!(1..=10).contains(max), "desil tertinggi (poverty.routes) harus 1 sampai 10");
            }
            Proof::Programme { any_of } => nonsense(any_of.is_empty(), "rute program tanpa satu program pun (any_of)"),
            Proof::Criteria { at_least, of } => nonsense(*at_least == 0 || at_least > of, "jumlah kriteria kemiskinan tidak mungkin"),
            Proof::Resident | Proof::Papers | Proof::Electricity { .. } => {}
        }
        let by_paper = matches!(route.proof, Proof::Papers | Proof::Electricity { .. } | Proof::Criteria { .. });
        nonsense(by_paper && route.papers.is_empty(), "rute yang ditunjukkan dengan surat harus menyebut suratnya (papers)");
        nonsense(matches!(route.proof, Proof::Decile { .. } | Proof::Programme { .. }) && rule.listed.is_empty(), "poverty.listed kosong");
    }
}

/// No two versions may bear one name or cover one day.
pub(super) fn check_together(versions: &[Policy], faults: &mut Vec<PolicyFault>) {
    for (index, later) in versions.iter().enumerate() {
        for earlier in versions.iter().take(index) {
            if earlier.version == later.version {
                faults.push(PolicyFault::VersionTwice(later.version.clone()));
            }
            if earlier.covers(later.deaths_from) || later.covers(earlier.deaths_from) {
                faults.push(PolicyFault::Overlap(earlier.version.clone(), later.version.clone()));
            }
        }
    }
}
