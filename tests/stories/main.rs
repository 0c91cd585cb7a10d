//! Stories of the office, told on both engines. One program, because each test program links everything.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod again;
#[cfg(test)]
mod bundle;
#[cfg(test)]
mod cash;
#[cfg(test)]
mod datasets;
#[cfg(test)]
mod deaths;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod lateness;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod letter_check;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod money;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod past;
#[cfg(test)]
mod people;
#[cfg(test)]
mod races;
#[cfg(test)]
mod results;
#[cfg(test)]
mod road;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod spj;
#[cfg(test)]
mod stop_lists;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod year;
