//! Leaving a service alone that does not answer, so that neither it nor our login suffers.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::domain::source::{Answer, NoAnswer};

/// Failed questions in a row after which the service is left alone.
const FAILURES_MAX: u32 = 3;
/// Minutes it is then left alone.
const REST_MINUTES: i64 = 5;
/// Minutes it is left alone after a refused login: more tries could lock the account.
const LOGIN_REST_MINUTES: i64 = 60;

/// Counts failures and remembers until when nobody asks.
#[derive(Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    open_until: Option<DateTime<Utc>>,
}

impl Breaker {
    /// Whether the service is left alone at this moment.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).open_until.is_some_and(|until| now < until)
    }

    /// Takes note of how a question ended. After a rest one failure is enough for the next.
    pub(super) fn note(&self, answer: &Answer, now: DateTime<Utc>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minutes = match answer {
            Answer::Unavailable { why: NoAnswer::LoginRefused } => Some(LOGIN_REST_MINUTES),
            Answer::Unavailable { why: NoAnswer::Unreachable | NoAnswer::Slow | NoAnswer::Unreadable } => {
                state.failures = state.failures.saturating_add(1);
                (state.failures >= FAILURES_MAX).then_some(REST_MINUTES)
            }
            _ => {
                state.failures = 0;
                None
            }
        };
        state.open_until = minutes.and_then(|minutes| now.checked_add_signed(Duration::minutes(minutes)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(why: NoAnswer) -> Answer {
        Answer::Unavailable { why }
    }

    #[test]
    fn a_service_that_fails_three_times_rests_and_is_then_tried_once() {
        let (breaker, now) = (Breaker::default(), DateTime::UNIX_EPOCH);
        let later = now + Duration::minutes(REST_MINUTES);
        for expected in [false, false, true] {
            breaker.note(&no(NoAnswer::Slow), now);
            assert_eq!(breaker.is_open(now), expected);
        }
        assert!(!breaker.is_open(later));
        breaker.note(&no(NoAnswer::Unreachable), later);
        assert!(breaker.is_open(later), "one failed try after a rest is enough");
        breaker.note(&Answer::NoMatch, later);
        breaker.note(&no(NoAnswer::Unreachable), later);
        assert!(!breaker.is_open(later), "an answer makes all good");
    }

    #[test]
    fn a_refused_login_is_not_tried_again_for_an_hour() {
        let (breaker, now) = (Breaker::default(), DateTime::UNIX_EPOCH);
        breaker.note(&no(NoAnswer::LoginRefused), now);
        assert!(breaker.is_open(now + Duration::minutes(59)));
        assert!(!breaker.is_open(now + Duration::minutes(60)));
    }
}
