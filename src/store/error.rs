//! What can go wrong between the house and its database.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::domain::ledger::Account;

/// A failed read or write.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such row, or not in the asker's region.
    #[error("data tidak ditemukan")]
    NotFound,
    /// A uniqueness rule of the database refused the row.
    #[error("data sudah ada ({0:?})")]
    Duplicate(Key),
    /// Somebody else changed the row since it was read.
    #[error("data sudah diubah orang lain")]
    Stale,
    /// An account of the books would hold less than nothing.
    #[error("{0} tidak memuat uang sebanyak itu")]
    Short(Account),
    /// The database had no free connection or lock in time.
    #[error("basis data sedang sibuk")]
    Busy,
    /// The database went away in the middle, before anything was to be made durable: nothing of the act is kept.
    #[error("sambungan ke basis data terputus")]
    Lost,
    /// A row does not mean what its table promises; somebody edited it by hand.
    #[error("data rusak: {table} {id}: {why}")]
    Corrupt {
        /// Table of the row.
        table: &'static str,
        /// Its id.
        id: String,
        /// What does not fit.
        why: String,
    },
    /// Disk or database failed while the act was being made durable: nobody may count on it. The same act again finds out.
    #[error("perubahan tidak dapat disimpan: {0}")]
    Uncommitted(String),
    /// Anything else the database said.
    #[error("basis data gagal")]
    Db(#[source] DieselError),
    /// The database could not be reached or opened.
    #[error("basis data tidak dapat dibuka: {0}")]
    Unreachable(String),
}

/// Uniqueness rules an office can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A living claim for the same deceased person.
    ClaimDeceased,
    /// The same claim sent twice.
    ClaimIdempotency,
    /// A public claim code.
    ClaimCode,
    /// A user name.
    Username,
    /// A claim already in a decree.
    DecreeItem,
    /// A decree already ordered.
    OrderDecree,
    /// A claim that has a payment going on.
    LivingPayment,
    /// A payment's reference.
    PaymentReference,
    /// A paper of the treasury that stands on another order.
    TreasuryPaper,
    /// A budget document recorded before.
    BudgetDocument,
    /// A payment that stands on another open collection day.
    OpenAppointment,
    /// A deposit slip of the treasury recorded before.
    DepositNumber,
    /// A payment that was handed over before.
    HandOver,
    /// A day of the cash book that is closed.
    CashClosing,
    /// A decree for which another amendment waits.
    OpenAmendment,
    /// A claim for which another annulment waits.
    OpenAnnulment,
    /// A slip that stands on another part of money that came back.
    RecoverySlip,
    /// A letter number.
    LetterNumber,
    /// A mail already queued.
    OutboxDedupe,
    /// Any other.
    Other,
}

/// Names as PostgreSQL gives them and as SQLite words them.
const KEYS: [(Key, &str, &str); 21] = [
    (Key::ClaimDeceased, "claims_deceased_once", "claims.office_id, claims.deceased_nik"),
    (Key::ClaimIdempotency, "claims_office_id_idempotency_key_key", "claims.office_id, claims.idempotency_key"),
    (Key::ClaimCode, "claims_code_key", "claims.code"),
    (Key::Username, "users_username_key", "users.username"),
    (Key::DecreeItem, "decree_items_claim_once", "decree_items.claim_id"),
    (Key::OrderDecree, "payment_orders_decree_once", "payment_orders.decree_id"),
    (Key::LivingPayment, "payment_items_living", "payment_items.claim_id"),
    (Key::PaymentReference, "payment_items_office_id_reference_key", "payment_items.office_id, payment_items.reference"),
    (Key::TreasuryPaper, "treasury_papers_order_id_kind_key", "treasury_papers.order_id, treasury_papers.kind"),
    (
        Key::TreasuryPaper,
        "treasury_papers_office_id_kind_number_key",
        "treasury_papers.office_id, treasury_papers.kind, treasury_papers.number",
    ),
    (Key::BudgetDocument, "budget_revisions_budget_line_id_document_key", "budget_revisions.budget_line_id, budget_revisions.document"),
    (Key::OpenAppointment, "collection_appointments_open_once", "collection_appointments.item_id"),
    (Key::DepositNumber, "deposits_office_id_number_key", "deposits.office_id, deposits.number"),
    (Key::HandOver, "hand_overs_pkey", "hand_overs.item_id"),
    (Key::CashClosing, "cash_closings_pkey", "cash_closings.office_id, cash_closings.closed_on"),
    (Key::OpenAmendment, "amendments_one_open", "amendments.decree_id"),
    (Key::OpenAnnulment, "annulments_one_open", "annulments.claim_id"),
    (Key::RecoverySlip, "recovery_payments_number_once", "recovery_payments.office_id, recovery_payments.number"),
    (Key::LetterNumber, "letters_office_id_number_key", "letters.office_id, letters.number"),
    (Key::LetterNumber, "letters_office_id_kind_unit_year_sequence_key", "letters.office_id, letters.kind, letters.unit"),
    (Key::OutboxDedupe, "outbox_office_id_dedupe_key_key", "outbox.office_id, outbox.dedupe_key"),
];

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                let constraint = info.constraint_name().unwrap_or_default();
                let text = info.message();
                let key =
                    KEYS.iter().find(|(_, pg, sqlite)| *pg == constraint || text.ends_with(sqlite) || text.contains(&format!("{sqlite},")));
                Self::Duplicate(key.map_or(Key::Other, |(key, _, _)| *key))
            }
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Busy,
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => Self::Lost,
            DieselError::DatabaseError(_, info) if is_busy(info.message()) => Self::Busy,
            _ => Self::Db(error),
        }
    }
}

impl StoreError {
    /// What a refused change of a balance means: the account would hold less than nothing.
    pub(super) fn of_balance(error: DieselError, account: Account) -> Self {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::CheckViolation, _) => Self::Short(account),
            _ => error.into(),
        }
    }
}

fn is_busy(text: &str) -> bool {
    text.contains("database is locked") || text.contains("lock timeout") || text.contains("deadlock detected")
}
