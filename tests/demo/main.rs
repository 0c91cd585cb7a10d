//! The built program, called as people and outside programs call it.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod program;
#[cfg(test)]
mod road;
