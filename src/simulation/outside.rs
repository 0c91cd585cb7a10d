//! What really happens outside the office: the bank's accounts, the counter, heirs who live or die. The office never looks in here;
//! the invariants do.

use crate::domain::money::Rupiah;
use crate::invented::Dice;

use super::cast::{FAMILIES, HEIRS};
use super::reconcile::{Fate, ReportLine};
use super::rows::BankFile;

/// A payment as the bank has it.
#[derive(Debug, Clone)]
pub struct Transfer {
    pub reference: String,
    pub amount: Rupiah,
    /// Payment of the office it stems from.
    pub item: usize,
    /// What happened last; none while it is on its way.
    pub fate: Option<Fate>,
}

/// Cash that an heir has in hand.
#[derive(Debug, Clone, Copy)]
pub struct Handed {
    pub item: usize,
    pub amount: Rupiah,
}

/// The world around the office.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Files of the office the bank has, by number.
    pub files: Vec<usize>,
    pub transfers: Vec<Transfer>,
    pub handed: Vec<Handed>,
    /// Heirs who died, by family and place.
    pub dead: Vec<(usize, usize)>,
    /// What the bank has booked and not yet reported.
    unreported: Vec<ReportLine>,
    /// Everything it ever reported.
    pub reported: Vec<ReportLine>,
    /// Reports on their way to the office, the oldest first.
    pub reports: Vec<Vec<ReportLine>>,
    bookings: u64,
}

impl Outside {
    /// The bank takes a file; a file it has already it turns away whole.
    pub fn receive(&mut self, number: usize, file: &BankFile) -> bool {
        if self.files.contains(&number) {
            return false;
        }
        self.files.push(number);
        self.transfers.extend(file.lines.iter().map(|line| Transfer {
            reference: line.reference.clone(),
            amount: line.amount,
            item: line.item,
            fate: None,
        }));
        true
    }

    /// The bank works on some transfer: pays it, cannot, or takes it back.
    pub fn work(&mut self, dice: &mut Dice) {
        let at = dice.place(self.transfers.len());
        let Some(transfer) = self.transfers.get_mut(at) else { return };
        let fate = match transfer.fate {
            None if dice.chance(780) => Fate::Settled,
            None => Fate::Returned,
            Some(Fate::Settled) if dice.chance(60) => Fate::Reversed,
            Some(_) => return,
        };
        transfer.fate = Some(fate);
        self.bookings += 1;
        let line = ReportLine { booking: self.bookings, reference: transfer.reference.clone(), amount: transfer.amount, fate };
        self.unreported.push(line);
    }

    /// The bank writes a report: some of its bookings, in any order, with lines that are not the office's, wrong or told before.
    pub fn report(&mut self, dice: &mut Dice) {
        let late = if dice.chance(300) { dice.place(self.unreported.len()) } else { 0 };
        let mut lines: Vec<ReportLine> = self.unreported.drain(late..).collect();
        self.reported.extend(lines.iter().cloned());
        if dice.chance(250) {
            lines.extend(dice.pick(&self.reported).cloned());
        }
        if dice.chance(150) {
            self.bookings += 1;
            let amount = dice.pick(&self.transfers).map_or(Rupiah::ZERO, |transfer| transfer.amount);
            lines.push(ReportLine { booking: self.bookings, reference: "BUNGA".to_owned(), amount, fate: Fate::Settled });
        }
        if dice.chance(100) {
            lines.extend(self.wrong_amount(dice));
        }
        if dice.chance(500) {
            for last in (1..lines.len()).rev() {
                lines.swap(last, dice.place(last + 1));
            }
        }
        if !lines.is_empty() {
            let at = dice.place(self.reports.len() + 1);
            self.reports.insert(if dice.chance(200) { at } else { self.reports.len() }, lines);
        }
    }

    /// A line about a transfer of the office with an amount that was never sent.
    fn wrong_amount(&mut self, dice: &mut Dice) -> Option<ReportLine> {
        let transfer = dice.pick(&self.transfers)?;
        let amount = transfer.amount.checked_sub(Rupiah::new(1).ok()?)?;
        self.bookings += 1;
        let fate = if dice.chance(500) { Fate::Settled } else { Fate::Returned };
        Some(ReportLine { booking: self.bookings, reference: transfer.reference.clone(), amount, fate })
    }

    /// An heir dies.
    pub fn mourn(&mut self, dice: &mut Dice) {
        self.dead.push((dice.place(FAMILIES), dice.place(HEIRS)));
    }

    /// Whether an heir lives.
    pub fn lives(&self, family: usize, heir: usize) -> bool {
        !self.dead.contains(&(family, heir))
    }
}
