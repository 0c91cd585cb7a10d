//! Telling other programmes (PKH, Sembako, PBI-JK …) whose death the office has confirmed, so that their help stops; and telling them
//! again when the person turns out to be alive.
//!
//! A death counts as confirmed with the decision in favour of a claim: verified by one person, approved by another. Everybody is
//! listed once for each programme; whoever was listed and is alive is withdrawn in the next list.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::access::Role;
use super::calendar::long_date;
use super::claim::State;
use super::identity::Nik;

/// What a row asks the other programme to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// The person is alive after all: take the stop back.
    Withdraw,
    /// The person has died: stop.
    Stop,
}

impl RowKind {
    /// The word in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Withdraw => "withdraw",
            Self::Stop => "stop",
        }
    }

    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Withdraw => "CABUT",
            Self::Stop => "HENTI",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Withdraw, Self::Stop].into_iter().find(|kind| kind.code() == code)
    }
}

/// A claim whose death was confirmed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Claim.
    pub claim_id: String,
    /// Its code.
    pub code: String,
    /// NIK of the deceased; other programmes know nobody without one.
    pub nik: Option<Nik>,
    /// Day of the decision (WIB).
    pub confirmed_on: NaiveDate,
    /// Where the claim stands.
    pub state: State,
    /// Why the approval was undone; empty if it stands.
    pub undone_because: String,
}

impl Confirmed {
    /// Whether the approval was undone because the person is alive. The first sentence says why; what follows may speak of relatives.
    pub fn is_alive(&self) -> bool {
        let words = self.undone_because.to_lowercase();
        let why = words.split('.').next().unwrap_or_default();
        self.state == State::Annulled && why.split(|c: char| !c.is_alphanumeric()).any(|word| word == "hidup")
    }
}

/// Days, both included, within which deaths were confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// A row of a list to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it asks.
    pub kind: RowKind,
    /// Claim.
    pub claim_id: String,
}

/// A list as it would be made now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Rows: withdrawals first, each kind in the order of confirmation.
    pub rows: Vec<Row>,
    /// Sum of the last four digits of every NIK on the list, for whoever reads the file to add up again.
    pub control: i64,
    /// Codes of claims without a NIK: they cannot be listed.
    pub without_nik: Vec<String>,
    /// Codes confirmed before the period and never listed.
    pub left_behind: Vec<String>,
    /// Codes listed before whose approval was undone for another reason: somebody has to look.
    pub undone_otherwise: Vec<String>,
}

impl Plan {
    /// How many rows of a kind there are.
    pub fn count(&self, kind: RowKind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }
}

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StopListRefused {
    /// Another role's work.
    #[error("Daftar henti dibuat dan diambil oleh verifikator atau Kepala Dinas.")]
    NotYourRole,
    /// No such programme.
    #[error("Program \"{name}\" tidak ada; yang ada: {known}.")]
    Unknown {
        /// As asked for.
        name: String,
        /// Those there are.
        known: String,
    },
    /// The office's own description of a programme has faults.
    #[error("Berkas stop_lists/{0}.toml belum dapat dipakai: {1}.")]
    Broken(String, String),
    /// A period that ends before it begins, or after today.
    #[error("Rentang tanggal tidak benar: mulai dari tanggal yang lebih awal, dan paling akhir hari ini ({}).", long_date(*.0))]
    Period(NaiveDate),
    /// Nobody new.
    #[error(
        "Tidak ada nama baru untuk program ini pada rentang tanggal itu. Yang sudah pernah dikirim tidak dimuat lagi; ambil salinannya di bawah."
    )]
    Nothing,
    /// The list is not any more the one the person saw.
    #[error("Daftar berubah sejak Anda melihatnya. Lihat kembali daftar terbaru, lalu buat.")]
    Changed,
}

/// Who makes and fetches lists: whoever confirms deaths, and whoever runs the machine for them.
///
/// # Errors
/// [`StopListRefused::NotYourRole`].
pub fn may_list(role: Role) -> Result<(), StopListRefused> {
    if matches!(role, Role::Verifier | Role::Approver | Role::Admin) { Ok(()) } else { Err(StopListRefused::NotYourRole) }
}

/// Whether a period can be listed on a day.
///
/// # Errors
/// [`StopListRefused::Period`].
pub fn check_period(period: Period, today: NaiveDate) -> Result<(), StopListRefused> {
    if period.from <= period.until && period.until <= today { Ok(()) } else { Err(StopListRefused::Period(today)) }
}

/// The next list of a programme: everybody confirmed within the period and never listed, and everybody listed who is alive.
pub fn plan(period: Period, confirmed: &[Confirmed], listed: &BTreeSet<(String, RowKind)>) -> Plan {
    let mut plan = Plan::default();
    let mut sorted: Vec<&Confirmed> = confirmed.iter().collect();
    sorted.sort_by_key(|one| (one.confirmed_on, &one.code));
    let is_listed = |one: &Confirmed, kind| listed.contains(&(one.claim_id.clone(), kind));
    for one in sorted.iter().filter(|one| one.state == State::Annulled && is_listed(one, RowKind::Stop)) {
        if is_listed(one, RowKind::Withdraw) {
            continue;
        }
        if one.is_alive() { add(&mut plan, one, RowKind::Withdraw) } else { plan.undone_otherwise.push(one.code.clone()) }
    }
    for one in sorted.iter().filter(|one| one.state != State::Annulled && one.confirmed_on <= period.until) {
        if is_listed(one, RowKind::Stop) {
            continue;
        }
        match (&one.nik, one.confirmed_on < period.from) {
            (None, _) => plan.without_nik.push(one.code.clone()),
            (Some(_), true) => plan.left_behind.push(one.code.clone()),
            (Some(_), false) => add(&mut plan, one, RowKind::Stop),
        }
    }
    plan
}

fn add(plan: &mut Plan, one: &Confirmed, kind: RowKind) {
    let last = one.nik.as_ref().and_then(|nik| nik.expose().get(12..)?.parse::<i64>().ok());
    plan.control = plan.control.saturating_add(last.unwrap_or_default());
    plan.rows.push(Row { kind, claim_id: one.claim_id.clone() });
}
