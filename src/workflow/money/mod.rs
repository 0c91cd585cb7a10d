//! The office acts that move money. Each books its entries in the transaction of its cause (`docs/adr/0014`).

mod books;
mod budget;
mod bundle;
mod by_hand;
pub mod cash;
mod decree;
mod fetch;
mod files;
mod funding;
mod item;
mod item_many;
mod ledger;
mod order;
mod order_letters;
mod overview;
mod papers;
mod programme;
mod renewal;
mod renewed_order;
mod result;
mod result_lines;
mod result_open;
pub mod undo;
mod waiting;
mod year_end;

pub use budget::{NewLine, Revise, SOURCES, add_line, revise_budget};
pub use bundle::{BundleRefused, Scope, write_bundle};
pub use by_hand::{Answer, ByHand, close_order, record_by_hand};
pub use decree::{DecreePlan, Decreed, LeftOut, lock_decree, plan_decree, sign_decree};
pub use fetch::fetch_bank_file;
pub use files::export_order;
pub use ledger::{Proof, verify_ledger};
pub use order::{Made, Release, Released, cancel_order, check_order, make_order, release_order};
pub use overview::{LineView, Overview, Sums, overview};
pub use papers::record_paper;
pub use programme::{Suspend, announce_revision, resume_programme, suspend_programme, suspension};
pub use renewal::{Judge, Propose, judge, propose, shared_with};
pub use renewed_order::{make_renewed_order, ready_to_renew};
pub use result::{ImportReport, Imported, import_report};
pub use result_open::{AnswerLine, answer_line, can_accept};
pub use waiting::{ListReleased, Place, Stopped, WaitingList, release_waiting, waiting_list};
pub use year_end::{Ending, confirm_year_act, plan_year_end, propose_year_act, withdraw_year_act};

pub(super) use books::{booking, open_budget};
pub(super) use funding::{Funding, funding, line_to_charge};
