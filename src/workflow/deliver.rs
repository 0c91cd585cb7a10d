//! Handing queued mails over. No office act waits for it: a server that is away only moves the due time.

use crate::clock::Clock;
use crate::mail::{Attachment, Mailer, OutgoingMail, SendFault, next_attempt};
use crate::store::outbox::{self, Outcome, QueuedMail};
use crate::store::{Change, Store, StoreError};

/// Mails of one round. Small, so that a stop of the program waits for few.
const ROUND_MAIL_MAX: i64 = 50;

/// Failures in a row after which a round ends: the server is away, and the others need not each find out.
const FAILURES_IN_A_ROW_MAX: usize = 3;

/// What one round did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Handed over.
    pub sent: usize,
    /// Put off.
    pub put_off: usize,
    /// Given up; a person must look.
    pub dead: usize,
}

/// Sends what is due, one after the other; `letter` hands in the PDF of a letter id.
///
/// No transaction is open while a server is asked. Each outcome is recorded in a transaction of its own, so a
/// crash in between sends that one mail again with the same Message-ID, and no mail is lost.
///
/// # Errors
/// [`StoreError`] when the outbox cannot be read or written; what was recorded before stands.
pub fn deliver_due(
    store: &Store,
    mailer: &Mailer,
    letter: impl Fn(&str) -> Result<Attachment, String>,
    clock: Clock,
) -> Result<Delivered, StoreError> {
    let due = store.read(|conn| outbox::due(conn, clock.now(), ROUND_MAIL_MAX))?;
    deliver_these(store, mailer, letter, clock, &due)
}

fn deliver_these(
    store: &Store,
    mailer: &Mailer,
    letter: impl Fn(&str) -> Result<Attachment, String>,
    clock: Clock,
    due: &[QueuedMail],
) -> Result<Delivered, StoreError> {
    let (mut done, mut failures) = (Delivered::default(), 0);
    for mail in due {
        let outcome = attempt(mail, mailer, &letter, clock);
        match store.write(&mail.office_id, |tx| {
            tx.changes(Change::Nothing);
            outbox::record(tx, mail, &outcome)
        }) {
            // Another deliverer was faster and has recorded it.
            Err(StoreError::Stale) => continue,
            recorded => recorded?,
        }
        count(&mut done, &outcome);
        failures = if matches!(outcome, Outcome::Retry { .. }) { failures + 1 } else { 0 };
        if failures >= FAILURES_IN_A_ROW_MAX {
            break;
        }
    }
    Ok(done)
}

fn attempt(mail: &QueuedMail, mailer: &Mailer, letter: impl Fn(&str) -> Result<Attachment, String>, clock: Clock) -> Outcome {
    let sent = mail
        .letter_id
        .as_deref()
        .map(letter)
        .transpose()
        .map_err(SendFault::Retry)
        .and_then(|attachment| mailer.send(&outgoing(mail, attachment)));
    let now = clock.now();
    match sent {
        Ok(()) => Outcome::Sent { at: now },
        Err(SendFault::Permanent(error)) => give_up(mail, error),
        Err(SendFault::Retry(error)) => match next_attempt(mail.attempts.saturating_add(1), now) {
            Some(due_at) => Outcome::Retry { due_at, error },
            None => give_up(mail, error),
        },
    }
}

fn give_up(mail: &QueuedMail, error: String) -> Outcome {
    tracing::warn!(mail = %mail.id, "mail given up");
    Outcome::Dead { error }
}

fn outgoing(mail: &QueuedMail, attachment: Option<Attachment>) -> OutgoingMail {
    OutgoingMail {
        id: mail.id.clone(),
        to: mail.recipient.clone(),
        subject: mail.subject.clone(),
        body: mail.body.clone(),
        attachment,
        queued_at: mail.queued_at,
    }
}

fn count(done: &mut Delivered, outcome: &Outcome) {
    let which = match outcome {
        Outcome::Sent { .. } => &mut done.sent,
        Outcome::Retry { .. } => &mut done.put_off,
        Outcome::Dead { .. } => &mut done.dead,
    };
    *which = which.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use chrono::{DateTime, Duration, Utc};

    use super::*;
    use crate::mail::{ATTEMPTS_MAX, MailSettings, Transport};
    use crate::store::outbox::NewMail;
    use crate::store::outbox::tests::{a_mail, due_at, now, office, queue};
    use crate::store::testing::on_both_engines;

    type Kept = Arc<Mutex<Vec<OutgoingMail>>>;

    fn mailer(transport: Transport) -> Mailer {
        Mailer { transport, ..MailSettings::default().mailer(Path::new("unused")).unwrap() }
    }

    fn to_memory() -> (Mailer, Kept) {
        let kept = Kept::default();
        (mailer(Transport::Memory(Arc::clone(&kept))), kept)
    }

    /// A folder below a file: nothing can be written there, as to a server that is away.
    fn to_nowhere() -> Mailer {
        mailer(Transport::Files("/dev/null/mail".into()))
    }

    fn no_letter(_id: &str) -> Result<Attachment, String> {
        Err("no letter expected".to_owned())
    }

    fn deliver(store: &Store, mailer: &Mailer, at: DateTime<Utc>) -> (usize, usize, usize) {
        let done = deliver_due(store, mailer, no_letter, Clock::Fixed(at)).unwrap();
        (done.sent, done.put_off, done.dead)
    }

    #[test]
    fn what_is_due_is_sent_once() {
        on_both_engines(|store| {
            let (mailer, kept) = to_memory();
            queue(store, &[a_mail(1), a_mail(2)]).unwrap();
            assert_eq!(deliver(store, &mailer, now()), (2, 0, 0));
            assert_eq!(deliver(store, &mailer, now() + Duration::days(9)), (0, 0, 0));
            let to: Vec<String> = kept.lock().unwrap().iter().map(|m| m.to.clone()).collect();
            assert_eq!(to, ["keluarga1@example.org", "keluarga2@example.org"]);
        });
    }

    #[test]
    fn a_server_that_is_away_moves_the_due_time_and_loses_nothing() {
        on_both_engines(|store| {
            queue(store, &(1..=5).map(a_mail).collect::<Vec<_>>()).unwrap();
            assert_eq!(deliver(store, &to_nowhere(), now()), (0, 3, 0), "a round ends after three failures");
            assert_eq!(due_at(store, now()).len(), 2, "the others have not used up an attempt");
            assert!(due_at(store, now() + Duration::minutes(1)).iter().any(|m| m.attempts == 1 && !m.last_error.is_empty()));
            let (mailer, kept) = to_memory();
            assert_eq!(deliver(store, &mailer, now() + Duration::minutes(1)), (5, 0, 0));
            assert_eq!(kept.lock().unwrap().len(), 5);
        });
    }

    #[test]
    fn a_mail_is_given_up_after_its_last_attempt_or_a_final_no() {
        on_both_engines(|store| {
            queue(store, &[a_mail(1), NewMail { recipient: "bukan alamat".to_owned(), ..a_mail(2) }]).unwrap();
            let rounds: Vec<_> = (0..20).map(|day| deliver(store, &to_nowhere(), now() + Duration::days(day))).collect();
            assert_eq!(rounds[0], (0, 1, 1));
            assert_eq!(rounds.iter().map(|r| r.1 + r.2).sum::<usize>(), 1 + usize::try_from(ATTEMPTS_MAX).unwrap());
            assert_eq!(rounds.iter().map(|r| r.2).sum::<usize>(), 2);
            let counts = store.read(|conn| outbox::counts(conn, &office())).unwrap();
            assert_eq!((counts.due, counts.sent, counts.dead), (0, 0, 2));
        });
    }

    #[test]
    fn a_faster_deliverer_is_no_fault_and_its_record_stands() {
        on_both_engines(|store| {
            queue(store, &[a_mail(1), a_mail(2)]).unwrap();
            // The other one sends everything while this one has read its list and hands over the first.
            let (slow, fast) = (to_memory().0, to_memory().0);
            let read = due_at(store, now());
            assert_eq!(deliver(store, &fast, now()), (2, 0, 0));
            assert_eq!(deliver_these(store, &slow, no_letter, Clock::Fixed(now()), &read).unwrap(), Delivered::default());
            assert_eq!(store.read(|conn| outbox::counts(conn, &office())).unwrap().sent, 2);
        });
    }

    #[test]
    fn the_letter_of_a_mail_is_handed_in_and_its_absence_is_tried_again() {
        let mail = QueuedMail { letter_id: Some("surat-1".to_owned()), ..queued() };
        let (mailer, kept) = to_memory();
        let clock = Clock::Fixed(now());
        let letter = |id: &str| Ok(Attachment { file_name: format!("{id}.pdf"), pdf: b"%PDF-1.7".to_vec() });
        assert_eq!(attempt(&mail, &mailer, letter, clock), Outcome::Sent { at: now() });
        assert_eq!(kept.lock().unwrap()[0].attachment.as_ref().unwrap().file_name, "surat-1.pdf");
        let missing = attempt(&mail, &mailer, |_id: &str| Err("berkas tidak ada".to_owned()), clock);
        assert_eq!(missing, Outcome::Retry { due_at: now() + Duration::minutes(1), error: "berkas tidak ada".to_owned() });
    }

    fn queued() -> QueuedMail {
        let mail = a_mail(1);
        QueuedMail {
            id: mail.id,
            office_id: office().to_string(),
            letter_id: None,
            recipient: mail.recipient,
            subject: mail.subject,
            body: mail.body,
            attempts: 0,
            last_error: String::new(),
            queued_at: now(),
        }
    }
}
