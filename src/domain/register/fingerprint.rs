//! Two numbers of a register row: whose it is in its source, and what it says.

use super::{LINE_ID, Resident};

impl Resident {
    /// Names the person within a source, the same in every release: the source's own id of the row where it has one,
    /// otherwise the NIK, otherwise name, birth date and mother.
    pub fn person_key(&self) -> i64 {
        let born = self.born_on.map(|day| day.to_string()).unwrap_or_default();
        match &self.nik {
            _ if !self.register_id.starts_with(LINE_ID) => fingerprint(["id", &self.register_id]),
            Some(nik) => fingerprint(["nik", nik.expose()]),
            None => fingerprint(["nama", &self.name, &born, &self.mother]),
        }
    }

    /// The hash of everything the row says. Two releases with the same hash say the same of the person.
    pub fn content_hash(&self) -> i64 {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let yes = |yes: bool| if yes { "1" } else { "0" };
        let (bank, number) = self.account.as_ref().map_or(("", ""), |account| (&account.bank, &account.number));
        let (born_on, died_on, decile) = (day(self.born_on), day(self.died_on), self.decile.map(|d| d.to_string()).unwrap_or_default());
        fingerprint([
            self.nik.as_ref().map_or("", |nik| nik.expose()),
            self.family_card.as_ref().map_or("", |card| card.expose()),
            &self.name,
            &self.birth_place,
            &born_on,
            self.sex.map_or("", |sex| sex.code()),
            &self.family_role,
            &self.marital_status,
            &self.occupation,
            &self.mother,
            &self.father,
            &self.street,
            &self.hamlet,
            &self.rt,
            &self.rw,
            self.village.as_ref().map_or("", |village| village.as_str()),
            &decile,
            yes(self.pkh),
            yes(self.sembako),
            yes(self.pbi),
            self.status.code(),
            &died_on,
            bank,
            number,
        ])
    }
}

/// The next key for a person whom a file names twice with different contents.
pub fn next_key(key: i64) -> i64 {
    fingerprint(["lagi", &key.to_string()])
}

/// FNV-1a over parts ended by a zero byte, as blocking keys have it: fast and the same on every machine.
fn fingerprint<const N: usize>(parts: [&str; N]) -> i64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    hash.cast_signed()
}
