//! The money issue under crashes and races: nothing is paid twice, nothing that was acknowledged is lost, nothing is left half done.
//!
//! [`killed`] kills the real program while people work at it, [`restarted`] takes its database away, [`crowd`] lets sixty-four threads
//! want the same thing, [`again`] sends the same thing again. How to run more of each: `docs/pembuktian.md`.

#[cfg(test)]
mod again;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod house;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod restarted;
#[cfg(test)]
#[path = "../support/server.rs"]
mod server;
#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "offices and claims are shared with the stories, which need more of them")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod work;

/// A number that somebody set to see more or other tries, or the usual one.
#[cfg(test)]
fn wished(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{variable}={text} is no number")))
}
