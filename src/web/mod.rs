//! The web application: pages that work without JavaScript, and a small JSON interface beside them.

pub mod page;
pub mod pages;
pub mod style;
