//! The web application: pages that work without JavaScript, and a small JSON interface beside them.
//!
//! [`rocket()`] puts it together. A request meets, in this order: [`routes`] (who may ask), [`session`] (who asks),
//! [`forms`] (origin, token, what was typed), a handler (one office act), [`views`] and [`pages`] (what is shown).

mod api;
pub mod csrf;
pub mod forms;
mod handlers;
pub mod headers;
pub mod marking;
pub mod page;
pub mod pages;
pub mod plot;
pub mod problem;
pub mod request;
pub mod routes;
pub mod session;
pub mod site;
pub mod style;
pub mod throttle;
pub mod upload;
pub mod views;

use rocket::config::{LogLevel, Shutdown};
use rocket::data::{Limits, ToByteUnit};
use rocket::shield::Shield;
use rocket::{Build, Config, Rocket, catchers};

use crate::config;
use crate::domain::region::RegionCode;
use crate::store::packs;
use crate::workflow::{Desk, Refusal};
use headers::SecurityHeaders;
use site::Site;

/// Largest form without files.
const FORM_KIB_MAX: u32 = 256;
/// Largest form with files: seven papers, some of them too large, so that each can be named as too large.
const FORM_WITH_FILES_MIB_MAX: u32 = 40;

/// How long acts that have begun may take to their end when the program is asked to stop. Whoever waits longer sends again.
const FINISH_SECONDS: u32 = 5;
/// How long their answers may take on slow lines after that.
const GOODBYE_SECONDS: u32 = 2;

/// The application over a desk, ready to launch where `config` says.
///
/// # Errors
/// [`Refusal::Settings`] when no office is set up yet.
pub fn build(desk: Desk, config: &config::Config) -> Result<Rocket<Build>, Refusal> {
    let office = first_office(&desk)?;
    let site = Site::open(desk, office)?;
    let listen = config.server.listen;
    let shutdown = Shutdown { grace: FINISH_SECONDS, mercy: GOODBYE_SECONDS, ..Shutdown::default() };
    let (address, port, log_level) = (listen.ip(), listen.port(), LogLevel::Off);
    let config = Config { address, port, log_level, cli_colors: false, shutdown, ..Config::release_default() };
    Ok(rocket(site, config))
}

/// The office whose public pages these are: the only one, or the first by its code.
fn first_office(desk: &Desk) -> Result<RegionCode, Refusal> {
    let offices = desk.store.read(packs::offices)?;
    let first = offices.first().ok_or_else(|| Refusal::Settings("belum ada kantor; jalankan `santunan migrate`".to_owned()))?;
    RegionCode::parse(first).map_err(|fault| Refusal::Settings(fault.to_string()))
}

/// The application of a site, with everything but its address settled.
pub fn rocket(site: Site, config: Config) -> Rocket<Build> {
    let limits = Limits::default()
        .limit("form", FORM_KIB_MAX.kibibytes())
        .limit("data-form", FORM_WITH_FILES_MIB_MAX.mebibytes())
        .limit("file", FORM_WITH_FILES_MIB_MAX.mebibytes());
    // The address behind a proxy is not believed: counters of tries would be cheated by a header.
    rocket::custom(Config { limits, ip_header: None, ..config })
        .manage(site)
        .attach(Shield::new())
        .attach(SecurityHeaders)
        .mount("/", handlers::all())
        .mount("/", api::all())
        .register("/", catchers![problem::plain])
}
