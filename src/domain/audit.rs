//! The trail nobody can edit: each entry carries the hash of the one before it.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// Hash before the first entry of an office.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who did what to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the office's chain, from 1, without gaps.
    pub sequence: i64,
    /// When, UTC, whole microseconds.
    pub at: DateTime<Utc>,
    /// Account.
    pub actor_id: String,
    /// Name as it was then.
    pub actor_name: String,
    /// Role as it was then.
    pub actor_role: String,
    /// What was done, for example `claim.approve`.
    pub action: String,
    /// To what, for example `claim:0198…`.
    pub subject: String,
    /// More, as JSON without NIK, account or names of families.
    pub details: String,
}

impl Entry {
    /// Hash of this entry behind `previous`: SHA-256 over length-prefixed fields, so that no two entries write the same bytes.
    pub fn hash(&self, previous: &str) -> String {
        let sequence = self.sequence.to_string();
        let at = self.at.timestamp_micros().to_string();
        let mut hasher = Sha256::new();
        for field in
            [previous, &sequence, &at, &self.actor_id, &self.actor_name, &self.actor_role, &self.action, &self.subject, &self.details]
        {
            hasher.update(u64::try_from(field.len()).unwrap_or_default().to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hex(&hasher.finalize())
    }
}

/// Walks a chain from its beginning and names the first entry that does not fit: a changed, missing, added or swapped one.
///
/// # Errors
/// The sequence number at which the chain breaks.
pub fn verify<'a>(chain: impl IntoIterator<Item = (&'a Entry, &'a str)>) -> Result<String, i64> {
    let mut previous = GENESIS.to_owned();
    for (expected, (entry, hash)) in (1_i64..).zip(chain) {
        let computed = entry.hash(&previous);
        if entry.sequence != expected || computed != hash {
            return Err(expected);
        }
        previous = computed;
    }
    Ok(previous)
}

/// SHA-256 of bytes as lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of everything that can be read, as lower-case hexadecimal; memory does not grow with it.
///
/// # Errors
/// [`std::io::Error`] of the source.
pub fn sha256_hex_of(source: &mut impl std::io::Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        match source.read(&mut chunk)? {
            0 => return Ok(hex(&hasher.finalize())),
            count => hasher.update(chunk.get(..count).unwrap_or_default()),
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn chain(length: i64) -> Vec<(Entry, String)> {
        let mut previous = GENESIS.to_owned();
        (1..=length)
            .map(|sequence| {
                let entry = Entry {
                    sequence,
                    at: Utc.timestamp_opt(1_780_000_000 + sequence, 0).unwrap(),
                    actor_id: "u".into(),
                    actor_name: "SITI".into(),
                    actor_role: "verifier".into(),
                    action: "claim.verify".into(),
                    subject: format!("claim:{sequence}"),
                    details: "{}".into(),
                };
                previous = entry.hash(&previous);
                (entry, previous.clone())
            })
            .collect()
    }

    fn run(chain: &[(Entry, String)]) -> Result<String, i64> {
        verify(chain.iter().map(|(e, h)| (e, h.as_str())))
    }

    proptest! {
        #[test]
        fn a_touched_entry_is_named(length in 2..20_i64, at in 0..20_usize, what in 0..4) {
            let mut chain = chain(length);
            let at = at % chain.len();
            match what {
                0 => chain[at].0.details = "{\"a\":1}".into(),
                1 => chain[at].0.actor_name = "BUDI".into(),
                2 => { chain.remove(at); prop_assume!(at < chain.len()); }
                _ => { prop_assume!(at + 1 < chain.len()); chain.swap(at, at + 1); }
            }
            let place = i64::try_from(at).unwrap() + 1;
            prop_assert_eq!(run(&chain), Err(place));
        }
    }

    #[test]
    fn an_untouched_chain_is_whole() {
        let chain = chain(30);
        assert_eq!(run(&chain), Ok(chain.last().unwrap().1.clone()));
        assert_eq!(run(&[]), Ok(GENESIS.to_owned()));
    }
}
