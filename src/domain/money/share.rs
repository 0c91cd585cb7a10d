//! Splitting an amount without losing a rupiah.

use super::Rupiah;

/// An amount in so many parts that differ by one rupiah at most, the larger ones first; together they are the amount. No part is
/// nothing: a few rupiah are split into fewer parts.
///
/// ```
/// use santunan::domain::money::{Rupiah, split};
/// let parts: Vec<i64> = split(Rupiah::new(1_000_000).unwrap(), 3).into_iter().map(Rupiah::whole).collect();
/// assert_eq!(parts, [333_334, 333_333, 333_333]);
/// ```
pub fn split(amount: Rupiah, parts: u32) -> Vec<Rupiah> {
    let whole = amount.whole();
    let count = i64::from(parts).min(whole);
    let (Some(each), Some(rest)) = (whole.checked_div(count), whole.checked_rem(count)) else { return Vec::new() };
    let part = |at: i64| Rupiah::new(each.saturating_add(i64::from(at < rest))).unwrap_or_default();
    (0..count).map(part).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_and_nobody_give_no_parts() {
        assert_eq!(split(Rupiah::ZERO, 3), []);
        assert_eq!(split(Rupiah::new(5).unwrap(), 0), []);
        assert_eq!(split(Rupiah::new(2).unwrap(), 5).len(), 2);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_differ_by_a_rupiah(whole in 1_i64..5_000_000_000, parts in 1_u32..120) {
            let shares = split(Rupiah::new(whole).unwrap(), parts);
            prop_assert_eq!(Rupiah::sum(shares.iter().copied()), Rupiah::new(whole).ok());
            let (least, most) = (shares.last().unwrap().whole(), shares.first().unwrap().whole());
            prop_assert!(least > 0 && most - least <= 1);
            prop_assert!(shares.len() == usize::try_from(parts).unwrap() || most == 1);
        }
    }
}
