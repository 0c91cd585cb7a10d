//! When a mail that did not go out is tried again.

use chrono::{DateTime, Duration, Utc};

/// Waits after the first, second, … failed attempt, in minutes. Together about four days: a long weekend without a server loses nothing.
const WAITS_MINUTES: [i64; 11] = [1, 5, 15, 60, 180, 360, 720, 1_440, 1_440, 1_440, 720];

/// Failed attempts after which a mail is given up and shown to a person: the last wait leads to the last attempt.
pub const ATTEMPTS_MAX: u32 = 12;

/// The next attempt after `attempts` failed ones, or `None` if it is time for a person to look.
///
/// ```
/// use chrono::{Duration, TimeZone, Utc};
/// use santunan::mail::next_attempt;
/// let now = Utc.with_ymd_and_hms(2026, 6, 22, 3, 0, 0).unwrap();
/// assert_eq!(next_attempt(1, now), Some(now + Duration::minutes(1)));
/// assert_eq!(next_attempt(12, now), None);
/// ```
pub fn next_attempt(attempts: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let place = usize::try_from(attempts).ok()?.saturating_sub(1);
    let minutes = WAITS_MINUTES.get(place)?;
    now.checked_add_signed(Duration::minutes(*minutes))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_server_may_be_away_for_a_long_weekend_but_not_for_ever() {
        let start = Utc.with_ymd_and_hms(2026, 6, 19, 9, 0, 0).unwrap();
        let mut now = start;
        let mut attempts = 0;
        while let Some(next) = next_attempt(attempts + 1, now) {
            assert!(next > now);
            now = next;
            attempts += 1;
        }
        assert_eq!(attempts + 1, ATTEMPTS_MAX);
        assert!((now - start) > Duration::days(4) && (now - start) < Duration::days(6), "{}", now - start);
    }

    #[test]
    fn odd_counts_do_no_harm() {
        let now = Utc.with_ymd_and_hms(2026, 6, 19, 9, 0, 0).unwrap();
        assert_eq!(next_attempt(0, now), Some(now + Duration::minutes(1)));
        assert_eq!(next_attempt(u32::MAX, now), None);
        assert_eq!(next_attempt(1, DateTime::<Utc>::MAX_UTC), None);
    }
}
