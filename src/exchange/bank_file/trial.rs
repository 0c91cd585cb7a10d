//! Trying a profile with payments nobody gets, before real ones go through it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::profile::{Format, Profile};
use super::{BankFileFault, Batch};
use crate::domain::money::Rupiah;
use crate::domain::office::OfficeBank;
use crate::domain::payment::{Bank, BankTable, Bic, PaymentLine, Rail, RailRule};
use crate::exchange::OutFile;

/// Invented payees: usual, long, with a title, with an accent, with marks that spreadsheets take for formulas.
const HOLDERS: [&str; 5] = [
    "SUMIATI CONTOH",
    "H. MUH. SYAFI'I CONTOH, S.Pd.",
    "Siti Nur Azizah Rahmawati Kusumaningtyas Widyaningrum Contoh",
    "José & Putri Contoh",
    "=1+1 CONTOH",
];

/// What a sample pays where no rail says otherwise.
const USUAL_AMOUNT: i64 = 1_000_000;

impl Profile {
    /// Invented payments for every rail of the profile, at both ends of its limits.
    pub fn sample(&self, table: &BankTable, office: &OfficeBank) -> Vec<PaymentLine> {
        let home = self.bank.clone().or_else(|| own_bic(table, office));
        let rules = match &self.format {
            Format::Tables { rails, .. } => rails.iter().map(|spec| spec.rule.clone()).collect(),
            Format::Message { .. } => [Rail::OwnBank, Rail::Skn, Rail::ByHand].map(usual_rule).to_vec(),
        };
        let mut lines = Vec::new();
        for rule in &rules {
            let Some(bank) = bank_for(rule, table, home.as_ref()) else { continue };
            let usual = Rupiah::new(USUAL_AMOUNT).unwrap_or_default();
            let least = rule.amount_min.unwrap_or(usual);
            let ends = [Some(least), rule.amount_max, beyond_others(&rules)];
            let fits = |amount: &Rupiah| *amount >= least && rule.amount_max.is_none_or(|most| *amount <= most);
            let amounts: BTreeSet<Rupiah> = ends.into_iter().flatten().filter(fits).collect();
            for amount in amounts {
                let holder = HOLDERS.iter().cycle().nth(lines.len()).copied().unwrap_or_default();
                lines.push(line(lines.len(), &bank, holder, amount));
            }
        }
        while let (Some(first), Some(holder)) = (lines.first(), HOLDERS.get(lines.len())) {
            let (bank, amount) = (first.bank.clone(), first.amount);
            lines.push(line(lines.len(), &bank, holder, amount));
        }
        lines
    }

    /// Writes the sample as if it were an order of this office.
    ///
    /// # Errors
    /// [`BankFileFault`]: what would stop an order too.
    pub fn trial(&self, table: &BankTable, office: &OfficeBank, on: NaiveDate, now: DateTime<Utc>) -> Result<Vec<OutFile>, BankFileFault> {
        let lines = self.sample(table, office);
        let batch = Batch { table, office, lines: &lines, execute_on: on, created_at: now, day_sequence: 1, message_id: "UJI-PROFIL" };
        self.write(&batch)
    }
}

/// One rupiah more than any limit: what only a rail without a limit carries.
fn beyond_others(rules: &[RailRule]) -> Option<Rupiah> {
    let most = rules.iter().filter_map(|rule| rule.amount_max).max()?;
    Rupiah::new(1).ok().and_then(|one| most.checked_add(one))
}

fn usual_rule(rail: Rail) -> RailRule {
    RailRule { rail, amount_min: None, amount_max: None, banks: Vec::new(), except_banks: Vec::new() }
}

/// The office's bank by its alias or by its own name.
fn own_bic(table: &BankTable, office: &OfficeBank) -> Option<Bic> {
    let by_alias = office.aliases.get(&office.bank).and_then(|bic| Bic::parse(bic));
    by_alias.or_else(|| table.written_as(&office.bank).map(|bank| bank.bic.clone()))
}

/// A bank whose payees this rail reaches, as a village might write it.
fn bank_for(rule: &RailRule, table: &BankTable, home: Option<&Bic>) -> Option<String> {
    let fits = |bank: &&Bank| {
        let is_home = Some(&bank.bic) == home;
        is_home == (rule.rail == Rail::OwnBank)
            && (rule.banks.is_empty() || rule.banks.contains(&bank.bic))
            && !rule.except_banks.contains(&bank.bic)
    };
    match rule.rail {
        Rail::ByHand => Some("BPR CONTOH TANPA BIC".to_owned()),
        Rail::OwnBank | Rail::BiFast | Rail::Skn | Rail::Rtgs => table.all().iter().find(fits).map(|bank| bank.bic.to_string()),
    }
}

fn line(before: usize, bank: &str, holder: &str, amount: Rupiah) -> PaymentLine {
    let sequence = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
    PaymentLine {
        sequence,
        reference: format!("UJI-2026-{sequence:06}"),
        bank: bank.to_owned(),
        account: format!("00100200{sequence:04}"),
        holder: holder.to_owned(),
        amount,
        remark: format!("SANTUNAN KEMATIAN UJI-2026-{sequence:06}"),
    }
}
