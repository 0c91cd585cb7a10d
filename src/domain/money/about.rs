//! Amounts as a sentence or a drawing needs them: short and rounded. Documents and tables have the whole amount.

use super::Rupiah;

/// One miliar, in rupiah.
const MILIAR: i64 = 1_000_000_000;
/// One juta, in rupiah.
const JUTA: i64 = 1_000_000;

impl Rupiah {
    /// `Rp1,66 miliar`, `Rp300 juta`.
    pub fn about(self) -> String {
        format!("Rp{}", scaled(self.whole(), [" miliar", " juta"]))
    }

    /// `Rp1,66 M`, `Rp300 jt`, where there is little room.
    pub fn about_brief(self) -> String {
        format!("Rp{}", scaled(self.whole(), [" M", " jt"]))
    }
}

/// Rounded to hundredths of a miliar or whole juta; less than one juta stays as it is.
fn scaled(whole: i64, [miliar, juta]: [&str; 2]) -> String {
    let rounded = |unit: i64| whole.saturating_add(unit / 2).div_euclid(unit);
    let dotted = |n: i64| Rupiah::new(n).unwrap_or_default().grouped();
    if rounded(JUTA) >= MILIAR / JUTA {
        let hundredths = rounded(MILIAR / 100);
        let rest = format!("{:02}", hundredths.rem_euclid(100));
        let comma = if rest == "00" { String::new() } else { format!(",{}", rest.trim_end_matches('0')) };
        format!("{}{comma}{miliar}", dotted(hundredths.div_euclid(100)))
    } else if whole >= JUTA {
        format!("{}{juta}", rounded(JUTA))
    } else {
        dotted(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_sentences_are_short_and_rounded() {
        for (whole, text, brief) in [
            (0, "Rp0", "Rp0"),
            (999_999, "Rp999.999", "Rp999.999"),
            (1_500_000, "Rp2 juta", "Rp2 jt"),
            (660_400_000, "Rp660 juta", "Rp660 jt"),
            (999_600_000, "Rp1 miliar", "Rp1 M"),
            (1_660_000_000, "Rp1,66 miliar", "Rp1,66 M"),
            (2_500_000_000, "Rp2,5 miliar", "Rp2,5 M"),
            (1_005_000_000_000, "Rp1.005 miliar", "Rp1.005 M"),
        ] {
            let amount = Rupiah::new(whole).unwrap();
            assert_eq!((amount.about().as_str(), amount.about_brief().as_str()), (text, brief), "{whole}");
        }
    }
}
