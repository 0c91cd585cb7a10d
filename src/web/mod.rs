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
