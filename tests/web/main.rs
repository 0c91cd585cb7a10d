//! The web application through Rocket's own client: one story per act, and what must be refused.

#[cfg(test)]
mod access;
#[cfg(test)]
mod api;
#[cfg(test)]
mod attention;
#[cfg(test)]
mod cash;
#[cfg(test)]
mod clerk;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod door;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod letter_check;
#[cfg(test)]
mod office;
#[cfg(test)]
mod public;
#[cfg(test)]
mod register;
#[cfg(test)]
mod results;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod spj;
#[cfg(test)]
mod stop_lists;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod world;
#[cfg(test)]
mod year;
