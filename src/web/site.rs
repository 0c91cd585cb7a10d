//! What every handler needs: the office's desk, the counters of tries, the words of the frame.

use std::sync::Arc;

use chrono::NaiveDate;
use rocket::tokio::task::spawn_blocking;

use super::page::{Choice, Shell};
use super::problem::Problem;
use super::session::Staff;
use super::throttle::Throttle;
use crate::domain::calendar::wib_date;
use crate::domain::region::{RegionCode, RegionLevel};
use crate::exchange::reference::Regions;
use crate::workflow::{Desk, Pack, Refusal};

/// The application behind the handlers, cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// Store, files, clock, settings.
    pub desk: Desk,
    /// The kabupaten whose public pages these are.
    pub office: RegionCode,
    /// Where to ask, for the foot of every page.
    pub contact: String,
    /// Counters of tries.
    pub throttle: Arc<Throttle>,
}

impl Site {
    /// Opens the site of an office.
    ///
    /// # Errors
    /// [`Refusal::Settings`] when the office is not set up.
    pub fn open(desk: Desk, office: RegionCode) -> Result<Self, Refusal> {
        let pack = desk.store.read(|conn| desk.pack(conn, &office))?;
        Ok(Self { desk, office, contact: pack.office.contact.clone(), throttle: Arc::default() })
    }

    /// Whether cookies may only travel encrypted.
    pub fn is_https(&self) -> bool {
        self.desk.public_url.starts_with("https://")
    }

    /// Runs database work where it may block.
    ///
    /// # Errors
    /// What the work returns; [`Problem::internal`] when it broke off.
    pub async fn run<T: Send + 'static, E: Into<Problem> + Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem> {
        let site = self.clone();
        match spawn_blocking(move || work(&site)).await {
            Ok(outcome) => outcome.map_err(Into::into),
            Err(broken) => Err(Problem::internal(&broken)),
        }
    }

    /// The settings of the office.
    ///
    /// # Errors
    /// [`Refusal::Settings`].
    pub fn pack(&self) -> Result<Arc<Pack>, Refusal> {
        self.desk.store.read(|conn| self.desk.pack(conn, &self.office))
    }

    /// The office's day.
    pub fn today(&self) -> NaiveDate {
        wib_date(self.desk.clock.now())
    }

    /// The frame of a public page.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::public(title, &region_name(&self.office), &self.contact)
    }

    /// The frame of a page for somebody who is logged in.
    pub fn shell_for(&self, staff: &Staff, title: impl Into<String>) -> Shell {
        self.shell(title).with_user(&staff.actor, region_name(&staff.actor.region), &staff.csrf)
    }
}

/// A region by name: `Desa Wonobodro, Kecamatan Blado`; the code where the name is not known.
pub fn region_name(code: &RegionCode) -> String {
    let regions = Regions::current();
    let name = if code.level() == RegionLevel::Village { regions.full_name(code) } else { regions.titled(code) };
    name.unwrap_or_else(|| code.to_string())
}

/// A village in a few letters: `Wonobodro, Kec. Blado`.
pub fn village_name(code: &RegionCode) -> String {
    let regions = Regions::current();
    let kecamatan = code.parent().and_then(|k| regions.name(&k).map(str::to_owned));
    match (regions.name(code), kecamatan) {
        (Some(name), Some(kecamatan)) => format!("{name}, Kec. {kecamatan}"),
        _ => code.to_string(),
    }
}

/// The villages of a region as choices.
pub fn village_choices(inside: &RegionCode) -> Vec<Choice> {
    Regions::current().villages(inside).map(|(code, _)| Choice::new(code.as_str(), village_name(code))).collect()
}
