//! Slips of the hand in a NIK: one digit changed, two neighbours swapped, one lost or doubled.

use rapidfuzz::distance::osa;

use super::Nik;

/// How many slips lie between two numbers as written (changed, lost, added digits, swapped neighbours).
pub fn slips_between(one: &str, other: &str) -> usize {
    osa::distance(one.chars(), other.chars())
}

/// Whether two NIKs differ by exactly one changed digit or one pair of swapped neighbours.
pub fn one_slip_apart(one: &Nik, other: &Nik) -> bool {
    slips_between(one.expose(), other.expose()) == 1
}

/// Every number one slip away from what was written: the right one is among them if a clerk slipped once.
///
/// Sixteen digits give about 160 numbers. Fifteen give those with one digit
/// more, seventeen those with one less; other lengths give none.
pub fn nik_slips(written: &str) -> Vec<String> {
    let digits: Vec<char> = written.chars().filter(char::is_ascii_digit).collect();
    let mut out = match digits.len() {
        15 => with_one_more(&digits),
        16 => changed(&digits).chain(swapped(&digits)).collect(),
        17 => without_one(&digits),
        _ => Vec::new(),
    };
    out.sort_unstable();
    out.dedup();
    out
}

fn changed(digits: &[char]) -> impl Iterator<Item = String> + '_ {
    digits.iter().enumerate().flat_map(move |(at, old)| {
        ('0'..='9')
            .filter(move |new| new != old)
            .map(move |new| digits.iter().enumerate().map(|(i, d)| if i == at { new } else { *d }).collect())
    })
}

fn swapped(digits: &[char]) -> impl Iterator<Item = String> + '_ {
    (1..digits.len()).filter_map(move |at| {
        let mut copy = digits.to_vec();
        copy.swap(at - 1, at);
        (copy != digits).then(|| copy.into_iter().collect())
    })
}

fn with_one_more(digits: &[char]) -> Vec<String> {
    let places = (0..=digits.len()).flat_map(|at| ('0'..='9').map(move |new| (at, new)));
    let longer = places.map(|(at, new)| {
        let mut copy = digits.to_vec();
        copy.insert(at, new);
        copy.into_iter().collect()
    });
    longer.collect()
}

fn without_one(digits: &[char]) -> Vec<String> {
    (0..digits.len()).map(|at| digits.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, d)| d).collect()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_changed_digit_and_swapped_neighbours_are_one_slip() {
        let right = Nik::parse("3325154101780001").unwrap();
        for (written, expected) in
            [("3325154101880001", true), ("3325154107180001", true), ("3325154101780001", false), ("3325154101880002", false)]
        {
            assert_eq!(one_slip_apart(&Nik::parse(written).unwrap(), &right), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn the_right_number_is_among_the_slips_of_the_wrong_one(digits in "[1-9][0-9]{15}", at in 0..15_usize, new in 0..10_u32) {
            let mut wrong: Vec<char> = digits.chars().collect();
            let new = char::from_digit(new, 10).unwrap();
            let lost: String = digits.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
            prop_assert!(nik_slips(&lost).contains(&digits));
            wrong.insert(at, new);
            prop_assert!(nik_slips(&wrong.iter().collect::<String>()).contains(&digits));
            wrong.remove(at);
            prop_assume!(wrong[at] != new);
            wrong[at] = new;
            prop_assert!(nik_slips(&wrong.iter().collect::<String>()).contains(&digits));
            prop_assert!(nik_slips(&digits).len() <= 16 * 9 + 15);
        }
    }
}
