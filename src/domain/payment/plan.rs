//! Which road each payment of an order takes, with the totals held against the order.

use std::collections::{BTreeMap, BTreeSet};

use super::super::money::Rupiah;
use super::super::office::OfficeBank;
use super::banks::{Bank, BankTable, Bic, fold_name};
use super::line::{LineFault, PaymentLine};

/// How a payment reaches the payee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Booked over inside the bank the money leaves from.
    OwnBank,
    /// Sent to another bank, whose BIC is known.
    OtherBank,
    /// No BIC is known: the treasurer pays it at the counter or by her own transfer.
    ByHand,
}

impl Route {
    /// All roads, in the order in which files are written.
    pub const ALL: [Self; 3] = [Self::OwnBank, Self::OtherBank, Self::ByHand];
}

/// A payment with its road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLine {
    /// The payment; account number clean.
    pub line: PaymentLine,
    /// Its road.
    pub route: Route,
    /// The payee's bank, unless it is paid by hand.
    pub bank: Option<Bank>,
}

/// All payments of an order. Exists only if they add up to the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentPlan {
    own: Bank,
    lines: Vec<PlannedLine>,
    total: Rupiah,
}

/// Why an order cannot be handed to the bank.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// No payment in it.
    #[error("tidak ada yang dibayar")]
    Empty,
    /// The office's own bank is not in the bank table.
    #[error("bank sumber dana \"{0}\" tidak ada dalam daftar bank")]
    OwnBank(String),
    /// The office's source account is not a number.
    #[error("rekening sumber dana harus berupa angka")]
    SourceAccount,
    /// An alias of the office points to a BIC that no bank has.
    #[error("nama bank \"{alias}\" menunjuk BIC \"{bic}\" yang tidak ada dalam daftar bank")]
    Alias {
        /// Name villages write.
        alias: String,
        /// The BIC set for it.
        bic: String,
    },
    /// Two writings of one alias mean different banks.
    #[error("nama bank \"{0}\" menunjuk dua BIC")]
    AliasTwice(String),
    /// A line that cannot be paid.
    #[error("baris {sequence}: {fault}")]
    Line {
        /// Row of the order.
        sequence: u32,
        /// What is wrong with it.
        fault: LineFault,
    },
    /// The lines do not add up to the order.
    #[error("jumlah baris {lines} tidak sama dengan perintah bayar {order}")]
    Total {
        /// Sum of the lines.
        lines: Rupiah,
        /// Total of the payment order.
        order: Rupiah,
    },
    /// More than an amount can hold.
    #[error("jumlah seluruhnya terlalu besar")]
    TooLarge,
}

impl PaymentPlan {
    /// Sends every line on its road and holds the sum against the order.
    ///
    /// # Errors
    /// All [`PlanFault`]s of the office's bank data and of every line; a plan with one fault is no plan.
    pub fn plan(table: &BankTable, office: &OfficeBank, lines: &[PaymentLine], order_total: Rupiah) -> Result<Self, Vec<PlanFault>> {
        let (aliases, mut faults) = read_aliases(table, office);
        let own = find_bank(table, &aliases, &office.bank);
        if own.is_none() {
            faults.push(PlanFault::OwnBank(office.bank.clone()));
        }
        if clean_source_account(office).is_none() {
            faults.push(PlanFault::SourceAccount);
        }
        let checked = check_lines(lines, &mut faults);
        faults.extend(total_fault(lines, order_total));
        match own {
            Some(own) if faults.is_empty() => {
                let lines = checked.into_iter().map(|line| send(table, &aliases, own, line)).collect();
                Ok(Self { own: own.clone(), lines, total: order_total })
            }
            _ => Err(faults),
        }
    }

    /// The bank the money leaves from.
    pub fn own_bank(&self) -> &Bank {
        &self.own
    }

    /// All payments, in the order's order.
    pub fn lines(&self) -> &[PlannedLine] {
        &self.lines
    }

    /// Payments of one road, in the order's order.
    pub fn carried_by(&self, route: Route) -> Vec<&PlannedLine> {
        self.lines.iter().filter(|planned| planned.route == route).collect()
    }

    /// What the order pays.
    pub fn total(&self) -> Rupiah {
        self.total
    }

    /// Number of payments.
    pub fn items(&self) -> usize {
        self.lines.len()
    }
}

/// The office's source account without spaces, dots and hyphens; `None` if that is not a number.
fn clean_source_account(office: &OfficeBank) -> Option<String> {
    let account: String = office.account.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    (!account.is_empty() && account.len() <= super::ACCOUNT_DIGITS_MAX && account.chars().all(|c| c.is_ascii_digit())).then_some(account)
}

/// Folded alias → its bank, or `None` for "known to have no BIC".
type Aliases<'a> = BTreeMap<String, Option<&'a Bank>>;

fn read_aliases<'a>(table: &'a BankTable, office: &OfficeBank) -> (Aliases<'a>, Vec<PlanFault>) {
    let (mut aliases, mut faults) = (Aliases::new(), Vec::new());
    for (alias, bic) in &office.aliases {
        let bank = Bic::parse(bic).and_then(|bic| table.with_bic(&bic));
        if bank.is_none() && !bic.trim().is_empty() {
            faults.push(PlanFault::Alias { alias: alias.clone(), bic: bic.clone() });
        }
        if aliases.insert(fold_name(alias), bank).is_some_and(|earlier| earlier != bank) {
            faults.push(PlanFault::AliasTwice(alias.clone()));
        }
    }
    (aliases, faults)
}

/// The office's alias first: it may say that a name has no BIC although the table knows a namesake.
fn find_bank<'a>(table: &'a BankTable, aliases: &Aliases<'a>, written: &str) -> Option<&'a Bank> {
    match aliases.get(&fold_name(written)) {
        Some(known) => *known,
        None => table.written_as(written),
    }
}

fn check_lines(lines: &[PaymentLine], faults: &mut Vec<PlanFault>) -> Vec<PaymentLine> {
    if lines.is_empty() {
        faults.push(PlanFault::Empty);
    }
    let mut references = BTreeSet::new();
    let mut right = Vec::with_capacity(lines.len());
    for line in lines {
        let at = |fault| PlanFault::Line { sequence: line.sequence, fault };
        match line.checked() {
            Ok(clean) => right.push(clean),
            Err(found) => faults.extend(found.into_iter().map(at)),
        }
        // Banks that fold case would take BTG-1 and btg-1 for one payment.
        if !references.insert(line.reference.to_ascii_uppercase()) {
            faults.push(at(LineFault::SameReference(line.reference.clone())));
        }
    }
    right
}

fn total_fault(lines: &[PaymentLine], order: Rupiah) -> Option<PlanFault> {
    match Rupiah::sum(lines.iter().map(|line| line.amount)) {
        None => Some(PlanFault::TooLarge),
        Some(sum) => (sum != order).then_some(PlanFault::Total { lines: sum, order }),
    }
}

fn send(table: &BankTable, aliases: &Aliases<'_>, own: &Bank, line: PaymentLine) -> PlannedLine {
    let bank = find_bank(table, aliases, &line.bank);
    let route = match bank {
        Some(bank) if bank.bic == own.bic => Route::OwnBank,
        Some(_) => Route::OtherBank,
        None => Route::ByHand,
    };
    PlannedLine { line, route, bank: bank.cloned() }
}
