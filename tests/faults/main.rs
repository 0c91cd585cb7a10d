//! A disk that fails: the n-th write, the n-th fsync, no space left. What was acknowledged is there, nothing is half done.
//!
//! A child of this program does the office's work with `shim.c` between it and the disk and prints what it was told is done; the
//! parent opens the folder afterwards without the shim. `SANTUNAN_FAULTS=all` tries every call instead of a slice.

#[cfg(test)]
mod disk;
#[cfg(test)]
mod full;
#[cfg(test)]
mod nth;
#[cfg(test)]
mod proof;
#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "offices and claims are shared with the stories, which need more of them")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(test)]
mod work;
