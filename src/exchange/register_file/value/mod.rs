//! What single cells mean.

mod day;
mod number;
mod village;
mod word;

pub(super) use day::{DayReading, read_day};
pub(super) use number::{NumberReading, names_a_day, read_number};
pub(super) use village::{PlaceNames, Villages};
pub(super) use word::{
    read_decile, read_neighbourhood, read_neighbourhoods, read_sex, read_status, read_yes, split_birth, without_zero_fraction,
};
