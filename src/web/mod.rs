//! The web application: pages that work without JavaScript, and a small JSON interface beside them.

pub mod csrf;
pub mod forms;
pub mod headers;
pub mod page;
pub mod pages;
pub mod problem;
pub mod request;
pub mod routes;
pub mod session;
pub mod site;
pub mod style;
pub mod throttle;
pub mod upload;

/// The web server over a desk.
pub fn build(_desk: crate::workflow::Desk, _config: &crate::config::Config) -> rocket::Rocket<rocket::Build> {
    rocket::build()
}
