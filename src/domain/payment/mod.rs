//! Paying through a bank: whom, where, by which road, and that nothing is lost or added on the way.
//!
//! | English name | Indonesian term | meaning |
//! | --- | --- | --- |
//! | payment line | baris pembayaran | one benefit to one account |
//! | own bank | bank sendiri (OB) | the payee's bank is the one the money leaves from |
//! | other bank | bank lain (SKN) | goes through clearing, needs the bank's BIC |
//! | by hand | manual | the treasurer pays it herself; no BIC is known and none is invented |
//! | rail | jalur (BI-FAST, SKN, RTGS) | the payment system that carries a payment to another bank |

#![deny(clippy::arithmetic_side_effects)]

mod banks;
mod cash;
mod correction;
mod item;
mod line;
mod order;
mod plan;
mod rail;
pub mod reconcile;
pub mod report;
mod return_reason;
pub mod spj;

pub use banks::{Bank, BankTable, BankTableFault, Bic};
pub use cash::{
    CAPACITY_MAX, CashKind, CashRefused, Comparison, Counted, DayPlan, DepositSlip, IdentityCheck, IdentityPaper, NOT_COLLECTED,
    ReceiptMark, Receiver, book_balance, explained, lies_in_box, unclaimed_from,
};
pub use correction::{
    Correction, CorrectionFacts, CorrectionRefused, Judged, clean_payout, judge_correction, propose_correction, would_come_back,
};
pub use item::{ItemNotAllowed, ItemState, ItemStep};
pub use line::{ACCOUNT_DIGITS_MAX, LineFault, PaymentLine, REFERENCE_CHARS_MAX, masked_account};
pub use order::{
    Chain, OrderFacts, OrderKind, OrderRefused, OrderState, OrderStep, PaperKind, PaperRefused, TreasuryPaper, check_paper, decide_order,
    hand,
};
pub use plan::{PaymentPlan, PlanFault, PlannedLine, Route};
pub use rail::{NoRail, Rail, RailRule, choose_rail};
pub use return_reason::{Cure, ReturnReason};

#[cfg(test)]
mod tests;
