//! Office acts. Each is the same four beats: gather facts, decide by a pure function, record in one transaction, reply.
//!
//! Page, JSON, command line, import and demo all come through these functions; there is no second door.

pub mod accounts;
mod ask;
mod attend;
pub mod candidates;
mod checked;
pub mod crosscheck;
mod decide;
mod deliver;
mod desk;
mod identity_answer;
pub mod import;
mod letter;
mod letter_check;
mod many;
pub mod mappings;
pub mod matching;
pub mod model;
pub mod money;
mod office;
pub mod preview;
mod recheck;
mod refusal;
mod snapshot;
pub mod stop_list;
mod submit;
mod tasks;
mod waive;

pub use ask::ask_live;
pub use attend::{Attention, Troubled, attend, troubled};
pub use decide::{Acted, Wish, act, action_facts};
pub use deliver::{Delivered, deliver_due};
pub use desk::{Desk, Pack};
pub use identity_answer::{Answered, Judgement, Side, SideBySide, answer_identity, may_answer, pairs_of};
pub use letter::{bundle_of_order, draw_due, file_name, pdf_of, readable};
pub use letter_check::{Known, letter_by_code};
pub use office::{OfficeSources, open_office};
pub use refusal::Refusal;
pub use snapshot::{Replay, Replayed, RowUsed, Today, replay};
pub use submit::{Attachment, Channel, Filed, Submission, resubmit, submit};
pub use tasks::{Worked, work_due};
pub use waive::{is_open_for_waiver, waive_lateness};
