//! The inspector's bundle: one zip file with everything behind an order, a year or a sample of it, which proves itself.
//!
//! | file | what is in it |
//! | --- | --- |
//! | `manifest.json` | office, scope, every other file with its size and SHA-256 |
//! | `klaim/CODE.json` | the claim as filed, its story, findings, decisions, papers, letters and payments |
//! | `berkas/…`, `surat/…`, `bank/…` | papers, letters and bank files, byte for byte as they were kept |
//! | `spj.json` | for every payment which evidence is there and which is missing, and the sums against the SP2D |
//! | `sk.json`, `perintah.json` | decrees and orders with their rows, persons and papers of the treasury |
//! | `pembukuan.jsonl`, `jejak.jsonl` | entries of the books and of the audit trail about these claims, one a line |
//! | `BACA-DULU.txt` | how to check all this, with this program or without |
//!
//! Same content, same bytes: names are sorted and times fixed.

mod proof;
mod record;
mod write;

pub use proof::{BundleFault, Proved, verify_bundle};
pub use record::{
    AnnulmentRecord, AuditRecord, ClaimRecord, DecisionRecord, DecreeRecord, DecreeRow, EntryRecord, FileRecord, LetterRecord, Manifest,
    OrderRecord, PaperRecord, PartRecord, PaymentRecord, RecoveryRecord, StoryRecord, TreasuryRecord,
};
pub use write::{BundleWriter, WriteFault};

/// Form of the bundle; another one is refused instead of being half understood.
const FORMAT: &str = "santunan-bundel/1";
const MANIFEST: &str = "manifest.json";
const DECREES: &str = "sk.json";
const ORDERS: &str = "perintah.json";
const SPJ: &str = "spj.json";
const LEDGER: &str = "pembukuan.jsonl";
const AUDIT: &str = "jejak.jsonl";
const README: &str = "BACA-DULU.txt";
const CLAIMS: &str = "klaim/";
