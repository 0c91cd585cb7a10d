//! Mails that are to go out, kept in the same transaction as the act they tell of.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::outbox;
use super::{DbConn, StoreError, Tx};
use crate::domain::region::RegionCode;

/// Longest error text kept, in characters.
const ERROR_CHARS_MAX: usize = 500;

const DUE: &str = "due";
const SENT: &str = "sent";
const DEAD: &str = "dead";

/// A row of `outbox`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct OutboxRow {
    id: String,
    office_id: String,
    dedupe_key: String,
    letter_id: Option<String>,
    recipient: String,
    subject: String,
    body: String,
    state: String,
    attempts: i64,
    due_at: NaiveDateTime,
    sent_at: Option<NaiveDateTime>,
    last_error: String,
    queued_at: NaiveDateTime,
}

/// A mail to be queued.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Id; becomes the Message-ID.
    pub id: String,
    /// One mail per claim, event and channel, for example `claim/…/receipt/mail`: the same act told twice is one mail.
    pub dedupe_key: String,
    /// The letter to attach.
    pub letter_id: Option<String>,
    /// Address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When the act happened; the mail is due at once.
    pub queued_at: DateTime<Utc>,
}

/// A mail of the outbox.
#[derive(Clone, PartialEq, Eq)]
pub struct QueuedMail {
    /// Id.
    pub id: String,
    /// Office whose mail it is.
    pub office_id: String,
    /// The letter to attach.
    pub letter_id: Option<String>,
    /// Address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Failed attempts so far.
    pub attempts: u32,
    /// Why the last attempt failed, empty before the first.
    pub last_error: String,
    /// When the act happened.
    pub queued_at: DateTime<Utc>,
}

/// How many mails of an office stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// To be sent.
    pub due: i64,
    /// Handed over.
    pub sent: i64,
    /// Given up; a person must look.
    pub dead: i64,
}

/// What became of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Handed over.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// To be tried again.
    Retry {
        /// Not before.
        due_at: DateTime<Utc>,
        /// What the server said.
        error: String,
    },
    /// Given up.
    Dead {
        /// What the server said.
        error: String,
    },
}

/// Queues a mail within the caller's transaction. Returns `false` if its key was queued before; nothing changes then.
///
/// The office has one writer at a time, so nobody can come between the look and the insert.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, mail: &NewMail) -> Result<bool, StoreError> {
    let earlier = outbox::table.filter(outbox::office_id.eq(office.as_str())).filter(outbox::dedupe_key.eq(&mail.dedupe_key));
    if earlier.count().get_result::<i64>(&mut **tx)? > 0 {
        return Ok(false);
    }
    let row = OutboxRow {
        id: mail.id.clone(),
        office_id: office.to_string(),
        dedupe_key: mail.dedupe_key.clone(),
        letter_id: mail.letter_id.clone(),
        recipient: mail.recipient.clone(),
        subject: mail.subject.clone(),
        body: mail.body.clone(),
        state: DUE.to_owned(),
        attempts: 0,
        due_at: mail.queued_at.naive_utc(),
        sent_at: None,
        last_error: String::new(),
        queued_at: mail.queued_at.naive_utc(),
    };
    diesel::insert_into(outbox::table).values(&row).execute(&mut **tx)?;
    Ok(true)
}

/// Mails of all offices whose time has come, the longest waiting first; served by the index `outbox_due`.
///
/// # Errors
/// [`StoreError`].
pub fn due(conn: &mut DbConn, now: DateTime<Utc>, limit: i64) -> Result<Vec<QueuedMail>, StoreError> {
    let waiting = outbox::table.filter(outbox::state.eq(DUE)).filter(outbox::due_at.le(now.naive_utc()));
    let rows: Vec<OutboxRow> = waiting.order((outbox::due_at, outbox::id)).limit(limit).load(conn)?;
    rows.into_iter().map(into_mail).collect()
}

/// Mails of an office that were given up, newest act first.
///
/// # Errors
/// [`StoreError`].
pub fn dead(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<QueuedMail>, StoreError> {
    let given_up = outbox::table.filter(outbox::office_id.eq(office.as_str())).filter(outbox::state.eq(DEAD));
    let rows: Vec<OutboxRow> = given_up.order((outbox::queued_at.desc(), outbox::id)).limit(limit).load(conn)?;
    rows.into_iter().map(into_mail).collect()
}

/// How many mails of an office stand where.
///
/// # Errors
/// [`StoreError`].
pub fn counts(conn: &mut DbConn, office: &RegionCode) -> Result<OutboxCounts, StoreError> {
    let mut in_state = |state: &str| -> Result<i64, StoreError> {
        let rows = outbox::table.filter(outbox::office_id.eq(office.as_str())).filter(outbox::state.eq(state));
        Ok(rows.count().get_result(conn)?)
    };
    Ok(OutboxCounts { due: in_state(DUE)?, sent: in_state(SENT)?, dead: in_state(DEAD)? })
}

/// Records what became of an attempt on `mail`, as it was read.
///
/// # Errors
/// [`StoreError::Stale`] if another deliverer was faster; its record stands.
pub fn record(tx: &mut Tx<'_>, mail: &QueuedMail, outcome: &Outcome) -> Result<(), StoreError> {
    let tried = i64::from(mail.attempts);
    let row = outbox::table.filter(outbox::id.eq(&mail.id)).filter(outbox::state.eq(DUE)).filter(outbox::attempts.eq(tried));
    let attempts = outbox::attempts.eq(tried.saturating_add(1));
    let changed = match outcome {
        Outcome::Sent { at } => {
            let sent = (outbox::state.eq(SENT), attempts, outbox::sent_at.eq(at.naive_utc()), outbox::last_error.eq(""));
            diesel::update(row).set(sent).execute(&mut **tx)?
        }
        Outcome::Retry { due_at, error } => {
            let later = (attempts, outbox::due_at.eq(due_at.naive_utc()), outbox::last_error.eq(shortened(error)));
            diesel::update(row).set(later).execute(&mut **tx)?
        }
        Outcome::Dead { error } => {
            let given_up = (outbox::state.eq(DEAD), attempts, outbox::last_error.eq(shortened(error)));
            diesel::update(row).set(given_up).execute(&mut **tx)?
        }
    };
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// PostgreSQL takes no NUL in a text, whatever a server answered.
fn shortened(error: &str) -> String {
    error.chars().filter(|c| *c != '\0').take(ERROR_CHARS_MAX).collect()
}

fn into_mail(row: OutboxRow) -> Result<QueuedMail, StoreError> {
    let attempts = u32::try_from(row.attempts).map_err(|e| RowOf { table: "outbox", id: &row.id }.corrupt(e))?;
    Ok(QueuedMail {
        id: row.id,
        office_id: row.office_id,
        letter_id: row.letter_id,
        recipient: row.recipient,
        subject: row.subject,
        body: row.body,
        attempts,
        last_error: row.last_error,
        queued_at: utc(row.queued_at),
    })
}

/// Neither receiver nor text: a log is not the place for a family's name.
impl std::fmt::Debug for QueuedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueuedMail").field("id", &self.id).field("attempts", &self.attempts).finish_non_exhaustive()
    }
}

/// Neither receiver nor text, as for [`QueuedMail`].
impl std::fmt::Debug for NewMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMail").field("id", &self.id).field("dedupe_key", &self.dedupe_key).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::{Duration, TimeZone};

    use super::*;
    use crate::store::Store;
    use crate::store::packs::ensure_office;
    use crate::store::testing::on_both_engines;

    pub(crate) fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 6, 22, 3, 0, 0).unwrap()
    }

    pub(crate) fn office() -> RegionCode {
        RegionCode::parse("33.25").unwrap()
    }

    pub(crate) fn a_mail(n: u32) -> NewMail {
        NewMail {
            id: format!("0197a1b2-0000-7000-8000-{n:012}"),
            dedupe_key: format!("claim/{n}/receipt/mail"),
            letter_id: None,
            recipient: format!("keluarga{n}@example.org"),
            subject: "Tanda terima".to_owned(),
            body: "Berkas sudah kami terima.".to_owned(),
            queued_at: now(),
        }
    }

    pub(crate) fn queue(store: &Store, mails: &[NewMail]) -> Result<Vec<bool>, StoreError> {
        store.write(office().as_str(), |tx| {
            ensure_office(tx, office().as_str(), "Kabupaten Contoh", now())?;
            mails.iter().map(|mail| insert(tx, &office(), mail)).collect()
        })
    }

    pub(crate) fn due_at(store: &Store, at: DateTime<Utc>) -> Vec<QueuedMail> {
        store.read(|conn| due(conn, at, 100)).unwrap()
    }

    fn note(store: &Store, mail: &QueuedMail, outcome: &Outcome) -> Result<(), StoreError> {
        store.write(office().as_str(), |tx| record(tx, mail, outcome))
    }

    #[test]
    fn a_mail_lives_and_dies_with_its_act_and_is_queued_once() {
        on_both_engines(|store| {
            assert_eq!(queue(store, &[a_mail(1), a_mail(1), a_mail(2)]).unwrap(), [true, false, true]);
            let undone = store.write(office().as_str(), |tx| {
                insert(tx, &office(), &a_mail(3))?;
                Err::<(), _>(StoreError::Stale)
            });
            assert!(undone.is_err());
            let ids: Vec<String> = due_at(store, now()).into_iter().map(|m| m.id).collect();
            assert_eq!(ids, [a_mail(1).id, a_mail(2).id]);
            assert!(due_at(store, now() - Duration::seconds(1)).is_empty());
        });
    }

    #[test]
    fn each_attempt_is_recorded_once_and_counts() {
        on_both_engines(|store| {
            queue(store, &[a_mail(1), a_mail(2), a_mail(3)]).unwrap();
            let mails = due_at(store, now());
            let later = now() + Duration::minutes(5);
            note(store, &mails[0], &Outcome::Sent { at: now() }).unwrap();
            note(store, &mails[1], &Outcome::Retry { due_at: later, error: format!("a\0{}", "é".repeat(600)) }).unwrap();
            note(store, &mails[2], &Outcome::Dead { error: "550".to_owned() }).unwrap();
            for mail in &mails {
                assert!(matches!(note(store, mail, &Outcome::Sent { at: now() }), Err(StoreError::Stale)));
            }
            assert!(due_at(store, now()).is_empty());
            let again = due_at(store, later);
            assert_eq!((again.len(), again[0].attempts, again[0].last_error.chars().count()), (1, 1, 500));
            let counts = store.read(|conn| counts(conn, &office())).unwrap();
            assert_eq!(counts, OutboxCounts { due: 1, sent: 1, dead: 1 });
            let dead = store.read(|conn| dead(conn, &office(), 10)).unwrap();
            assert_eq!((dead.len(), dead[0].last_error.as_str()), (1, "550"));
        });
    }
}
