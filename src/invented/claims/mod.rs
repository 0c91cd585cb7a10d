//! Claims about invented people, with faults planted in some: what each case must find is known by how it is made.

mod clean;
mod faults;
mod filed;
mod repeats;
mod teller;
mod tricky;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

pub use filed::{Account, Activity, Claim, Deceased, Expected, Heir, Papers};
use teller::Teller;

use super::resident::Household;
use super::words::Words;

/// Makes the claims of one case, if the families left allow it.
type Plant<'a> = fn(&mut Teller<'a>) -> Option<Vec<Claim>>;

/// A batch is five claims at once; once in so many cases.
const BATCH_EVERY: usize = 250;

/// Claims in the order of filing, and the events about the people in them in the order of days.
#[derive(Debug, Default)]
pub struct Filing {
    /// Claims.
    pub claims: Vec<Claim>,
    /// Events.
    pub activities: Vec<Activity>,
}

/// About so many claims on these families; fewer if there are not families enough.
pub fn file(words: &Words, seed: u64, families: &[Household], count: usize, as_of: NaiveDate) -> Filing {
    let mut teller = Teller::new(words, seed, families, as_of);
    let mut claims = Vec::new();
    let cases = table();
    let weights: Vec<(usize, u32)> = cases.iter().enumerate().map(|(at, (_, _, weight))| (at, *weight)).collect();
    for turn in 1..=count.saturating_mul(2) {
        if claims.len() >= count {
            break;
        }
        let at = teller.dice.weigh(&weights);
        let told = match cases.get(at) {
            _ if turn % BATCH_EVERY == BATCH_EVERY / 2 => teller.batch(),
            Some((_, plant, _)) => plant(&mut teller),
            None => None,
        };
        claims.extend(told.unwrap_or_default());
    }
    claims.sort_by_key(|claim| claim.filed_on);
    number(&mut claims);
    let mut activities = teller.activities;
    activities.sort();
    Filing { claims, activities }
}

/// Claim numbers in the order of filing, and death letters as each village counts them.
fn number(claims: &mut [Claim]) {
    let mut letters: BTreeMap<(String, i32), u32> = BTreeMap::new();
    for (at, claim) in (1_u32..).zip(claims) {
        claim.claim_id = format!("KLM-{at:05}");
        let year = claim.letter_on.year();
        let count = letters.entry((claim.village.clone(), year)).or_insert(0);
        *count += 1;
        claim.letter_number = format!("474.3/{count:03}/{year}");
    }
}

/// The cases and how often each is taken, per thousand. About three claims in four are in order.
fn table<'a>() -> [(&'static str, Plant<'a>, u32); 55] {
    [
        ("clean", Teller::clean, 430),
        ("clean_new_kk", Teller::clean_new_kk, 20),
        ("clean_third_heir", Teller::clean_third_heir, 15),
        ("clean_two_parents", Teller::clean_two_parents, 15),
        ("clean_account_short", Teller::clean_account_short, 25),
        ("clean_auto_credit", Teller::clean_auto_credit, 30),
        ("clean_day60", Teller::clean_day60, 25),
        ("clean_born_outside", Teller::clean_born_outside, 20),
        ("clean_heir_letter", Teller::clean_heir_letter, 25),
        ("clean_register_dead", Teller::clean_register_dead, 20),
        ("clean_sktm", Teller::clean_sktm, 30),
        ("clean_died_elsewhere", Teller::clean_died_elsewhere, 15),
        ("clean_nik_date", Teller::clean_nik_date, 10),
        ("clean_accident", Teller::clean_accident, 4),
        ("clean_namesake", Teller::clean_namesake, 10),
        ("clean_entered_twice", Teller::clean_entered_twice, 8),
        ("name_variant", Teller::name_variant, 45),
        ("nik_typo", Teller::nik_typo, 20),
        ("nik_transpose", Teller::nik_transpose, 10),
        ("combo", Teller::combo, 6),
        ("wrong_name", Teller::wrong_name, 8),
        ("placeholder_nik", Teller::placeholder_nik, 10),
        ("not_in_registry", Teller::not_in_registry, 10),
        ("village_other", Teller::village_other, 12),
        ("outside_batang", Teller::outside_batang, 6),
        ("moved_out", Teller::moved_out, 4),
        ("not_poor", Teller::not_poor, 20),
        ("asn_tni_polri", Teller::asn_tni_polri, 10),
        ("late", Teller::late, 20),
        ("future_death", Teller::future_death, 4),
        ("before_birth", Teller::before_birth, 4),
        ("heir_is_deceased", Teller::heir_is_deceased, 8),
        ("heir_dead", Teller::heir_dead, 6),
        ("heir_dead_claim", Teller::heir_dead_claim, 5),
        ("heir_outside", Teller::heir_outside, 12),
        ("heir_many", Teller::heir_many, 3),
        ("account_shared", Teller::account_shared, 6),
        ("account_name", Teller::account_name, 12),
        ("dup_same_nik", Teller::dup_same_nik, 10),
        ("dup_mutated", Teller::dup_mutated, 8),
        ("dead_earlier", Teller::dead_earlier, 8),
        ("alive", Teller::alive, 12),
        ("name_worn", Teller::name_worn, 15),
        ("nik_typo_worn", Teller::nik_typo_worn, 10),
        ("nik_two_digits", Teller::nik_two_digits, 5),
        ("nik_of_family", Teller::nik_of_family, 8),
        ("birth_date_other", Teller::birth_date_other, 8),
        ("sex_other", Teller::sex_other, 5),
        ("stranger_with_a_known_name", Teller::stranger_with_a_known_name, 6),
        ("dup_without_nik", Teller::dup_without_nik, 6),
        ("alive_half_name", Teller::alive_half_name, 6),
        ("clean_seen_that_day", Teller::clean_seen_that_day, 15),
        ("clean_busy_clerk", Teller::clean_busy_clerk, 4),
        ("clean_heir_from_afar", Teller::clean_heir_from_afar, 15),
        ("everything", Teller::everything, 5),
    ]
}

/// The name of every case that can be planted.
pub fn cases() -> impl Iterator<Item = &'static str> {
    table().map(|(name, _, _)| name).into_iter().chain(["batch"])
}
