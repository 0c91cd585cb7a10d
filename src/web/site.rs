//! What every handler needs: the data, the clock, the office, the counters.

use std::sync::Arc;

use chrono::NaiveDate;
use rocket::tokio::task::spawn_blocking;

use super::page::{Choice, Shell};
use super::problem::Problem;
use super::session::Staff;
use super::throttle::Throttle;
use crate::clock::Clock;
use crate::domain::calendar::wib_date;
use crate::domain::office::Office;
use crate::domain::policy::{Policy, PolicyPack};
use crate::domain::region::RegionCode;
use crate::exchange::reference::Regions;
use crate::store::Store;
use crate::store::files::FileStore;

/// How the application is reached.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Address families type, for example `https://santunan.batangkab.go.id`.
    pub public_url: String,
}

impl Reach {
    /// Whether cookies may only travel encrypted.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The application behind the handlers, cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Parts>);

/// What a [`Site`] is made of.
pub struct Parts {
    /// The data.
    pub store: Store,
    /// Kept bytes.
    pub files: FileStore,
    /// The clock.
    pub clock: Clock,
    /// The office.
    pub office: Office,
    /// Its rules.
    pub policies: PolicyPack,
    /// How it is reached.
    pub reach: Reach,
    /// Counters of tries.
    pub throttle: Throttle,
}

impl std::ops::Deref for Site {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Site {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Runs database work where it may block.
    ///
    /// # Errors
    /// What the work returns; [`Problem::internal`] when it broke off.
    pub async fn run<T: Send + 'static, E: Into<Problem> + Send + 'static>(
        &self,
        work: impl FnOnce(&Site) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem> {
        let site = self.clone();
        match spawn_blocking(move || work(&site)).await {
            Ok(outcome) => outcome.map_err(Into::into),
            Err(broken) => Err(Problem::internal(&broken)),
        }
    }

    /// The office's day.
    pub fn today(&self) -> NaiveDate {
        wib_date(self.clock.now())
    }

    /// The rules for a death today, for pages that explain the programme.
    pub fn policy_today(&self) -> Option<&Policy> {
        self.policies.for_death(self.today()).ok()
    }

    /// Name of the kabupaten.
    pub fn office_name(&self) -> String {
        region_name(&self.office.region)
    }

    /// The frame of a public page.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::public(title, &self.office_name(), &self.office.contact)
    }

    /// The frame of a page for somebody who is logged in.
    pub fn shell_for(&self, staff: &Staff, title: impl Into<String>) -> Shell {
        self.shell(title).with_user(&staff.actor, region_name(&staff.actor.region), &staff.csrf)
    }
}

/// A region by name: `Desa Wonobodro, Kecamatan Blado`; the code where the name is not known.
pub fn region_name(code: &RegionCode) -> String {
    let regions = Regions::current();
    regions.full_name(code).or_else(|| regions.titled(code)).unwrap_or_else(|| code.to_string())
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
