//! Two texts side by side with the letters marked that only one of them has.

/// Longest text that is compared letter by letter, in characters.
const CHARS_MAX: usize = 120;

/// A run of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The letters.
    pub text: String,
    /// Whether the other text lacks them.
    pub differs: bool,
}

/// The pieces of both texts. Capitals count for nothing; texts with little in common are marked whole, because a few
/// letters that happen to agree would only confuse.
pub fn side_by_side(one: &str, other: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (first, second): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = first.len().max(second.len());
    let table = if longest <= CHARS_MAX { common_behind(&first, &second) } else { Vec::new() };
    if at(&table, 0, 0) * 2 < longest {
        return (whole(one), whole(other));
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut here, mut there) = (0, 0);
    loop {
        match (first.get(here), second.get(there)) {
            (Some(letter), Some(beside)) if is_same(*letter, *beside) => {
                push(&mut left, *letter, false);
                push(&mut right, *beside, false);
                (here, there) = (here + 1, there + 1);
            }
            (Some(letter), beside) if beside.is_none() || at(&table, here + 1, there) >= at(&table, here, there + 1) => {
                push(&mut left, *letter, true);
                here += 1;
            }
            (_, Some(beside)) => {
                push(&mut right, *beside, true);
                there += 1;
            }
            (_, None) => return (left, right),
        }
    }
}

/// A text with nothing marked.
pub fn unmarked(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), differs: false }]
}

fn whole(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), differs: true }]
}

/// For every pair of places, how many letters the rests behind them have in common in the same order.
fn common_behind(a: &[char], b: &[char]) -> Vec<Vec<usize>> {
    let mut rows = vec![vec![0; b.len() + 1]];
    for c in a.iter().rev() {
        let mut row = vec![0];
        for (j, d) in b.iter().enumerate().rev() {
            let below = |place: usize| rows.last().and_then(|below| below.get(place)).copied().unwrap_or(0);
            let right = row.last().copied().unwrap_or(0);
            row.push(if is_same(*c, *d) { below(j + 1) + 1 } else { below(j).max(right) });
        }
        row.reverse();
        rows.push(row);
    }
    rows.reverse();
    rows
}

fn at(table: &[Vec<usize>], i: usize, j: usize) -> usize {
    table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
}

fn is_same(c: char, d: char) -> bool {
    c == d || c.to_uppercase().eq(d.to_uppercase())
}

fn push(pieces: &mut Vec<Piece>, letter: char, differs: bool) {
    match pieces.last_mut() {
        Some(last) if last.differs == differs => last.text.push(letter),
        _ => pieces.push(Piece { text: letter.to_string(), differs }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.differs { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn only_the_letters_that_differ_are_marked() {
        let check = |one, other, left: &str, right: &str| {
            let (a, b) = side_by_side(one, other);
            assert_eq!((shown(&a).as_str(), shown(&b).as_str()), (left, right));
        };
        check("SUPARMI", "SUPARMIN", "SUPARMI", "SUPARMI[N]");
        check("SOEPARMI", "Suparmi", "S[OE]PARMI", "S[u]parmi");
        check("3325012609450001", "3325012605450001", "332501260[9]450001", "332501260[5]450001");
        check("WIRYO SUMARTO", "WIRYOSUMARTO", "WIRYO[ ]SUMARTO", "WIRYOSUMARTO");
        check("JUMONO", "SITI ASIYAH", "[JUMONO]", "[SITI ASIYAH]");
        check("", "SARI", "[]", "[SARI]");
        check("SARI", "SARI", "SARI", "SARI");
        let long = "A".repeat(CHARS_MAX + 1);
        check(&long, &long, &format!("[{long}]"), &format!("[{long}]"));
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_both_have_the_same_unmarked_ones(one in "[A-Da-d ]{0,20}", other in "[A-Da-d ]{0,20}") {
            let (a, b) = side_by_side(&one, &other);
            let text = |pieces: &[Piece]| pieces.iter().map(|p| p.text.clone()).collect::<String>();
            let kept = |pieces: &[Piece]| pieces.iter().filter(|p| !p.differs).map(|p| p.text.to_uppercase()).collect::<String>();
            prop_assert_eq!((text(&a), text(&b)), (one, other));
            prop_assert_eq!(kept(&a), kept(&b));
        }
    }
}
