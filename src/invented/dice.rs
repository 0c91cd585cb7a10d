//! Numbers that look thrown but follow from a seed alone, so that a report can be made again years later.

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Written out here because a crate's
/// generator may change with its version, and then every figure in the detection report would change with it.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Dice for one purpose: the same seed with another stream gives other throws.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut dice = Self { state: seed ^ stream.wrapping_mul(0xD6E8_FEB8_6659_FD93) };
        dice.state = dice.throw();
        dice
    }

    /// The next 64 bits.
    pub fn throw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, `bound`; 0 if there is nothing below it.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(((self.throw() >> 32) * u64::from(bound)) >> 32).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u32::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(0);
        low.saturating_add(i32::try_from(self.below(width)).unwrap_or(0))
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of a list, each as likely as the other.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.place(list.len()))
    }

    /// A place in a list of this length.
    pub fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u32::try_from(length).unwrap_or(u32::MAX))).unwrap_or(0)
    }

    /// One of a table of values and weights.
    pub fn weigh<T: Copy + Default>(&mut self, table: &[(T, u32)]) -> T {
        let mut left = self.below(table.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in table {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        T::default()
    }

    /// So many digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).filter_map(|_| char::from_digit(self.below(10), 10)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    /// The first outputs of SplitMix64 for the state 0, as Vigna's reference implementation prints them.
    #[test]
    fn the_throws_are_those_of_the_reference() {
        let mut dice = Dice { state: 0 };
        assert_eq!([dice.throw(), dice.throw()], [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn throws_stay_within_their_bounds() {
        let mut dice = Dice::new(1, 2);
        for _ in 0..2000 {
            assert!(dice.below(7) < 7);
            assert!((-3..=3).contains(&dice.between(-3, 3)));
        }
        assert_eq!(dice.below(0), 0);
        assert!(!dice.chance(0) && dice.chance(1000));
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::new(5, 0);
        let heavy = (0..10_000).filter(|_| dice.weigh(&[(1, 900), (2, 100)]) == 1).count();
        assert!((8800..9200).contains(&heavy), "{heavy}");
    }
}
