//! How names come out when somebody else writes them: old spelling, slips of the hand, short forms, titles.

use super::dice::Dice;
use crate::domain::identity::Sex;

/// Pairs that clerks write for one another: old and new spelling, and sounds that Javanese speakers do not part.
const SPELLINGS: [(&str, &str); 20] = [
    ("U", "OE"),
    ("J", "DJ"),
    ("C", "TJ"),
    ("Y", "J"),
    ("F", "P"),
    ("V", "F"),
    ("Z", "J"),
    ("KH", "H"),
    ("KH", "CH"),
    ("SY", "S"),
    ("Q", "K"),
    ("K", "Q"),
    ("SH", "S"),
    ("W", "U"),
    ("IY", "I"),
    ("OE", "U"),
    ("DJ", "J"),
    ("TJ", "C"),
    ("DH", "D"),
    ("TH", "T"),
];
/// Endings of the same kind; the end of a word only.
const ENDINGS: [(&str, &str); 9] =
    [("I", "Y"), ("I", "IE"), ("Y", "I"), ("Y", "IE"), ("AH", "A"), ("A", "AH"), ("O", "A"), ("D", "T"), ("EN", "IN")];
/// Forms of one name.
const SHORT_FORMS: [&[&str]; 3] = [
    &[
        "MUHAMMAD",
        "MUHAMAD",
        "MOHAMMAD",
        "MOHAMAD",
        "MOCHAMAD",
        "MOCHAMMAD",
        "MUKHAMAD",
        "MOKHAMAD",
        "MUCHAMAD",
        "MOH",
        "MOCH",
        "MUH",
        "M.",
        "MOCH.",
    ],
    &["AHMAD", "ACHMAD", "AKHMAD", "ACH.", "AHMMAD"],
    &["ABDUL", "ABD", "ABDOEL"],
];
const SAINTS: [&str; 5] = ["SITI", "ST", "ST.", "SITTI", "SITIE"];

/// How worn the words of a query are, per thousand each.
#[derive(Debug, Clone, Copy)]
pub struct Wear {
    /// Another spelling.
    pub spelling: u32,
    /// A slip of the hand.
    pub slip: u32,
    /// Words left out or made initials.
    pub shorter: u32,
    /// ALM., H., BIN …: not the name itself.
    pub ornament: u32,
    /// Spaces and capitals.
    pub typography: u32,
}

/// A name as the clerk of a query writes it.
pub fn written(dice: &mut Dice, name: &str, sex: Sex, wear: Wear) -> String {
    let mut text = name.to_owned();
    for rate in [wear.spelling, wear.spelling / 3] {
        if dice.chance(rate) {
            text = spelled(dice, &text);
        }
    }
    if dice.chance(wear.slip) {
        text = slipped(dice, &text);
    }
    if dice.chance(wear.shorter) {
        text = shortened(dice, &text);
    }
    if dice.chance(wear.ornament) {
        text = ornamented(dice, &text, sex);
    }
    if dice.chance(wear.typography) {
        text = set(dice, &text);
    }
    text
}

/// One other spelling of a name; the same if none applies.
pub fn spelled(dice: &mut Dice, name: &str) -> String {
    for _ in 0..8 {
        let other = match dice.below(10) {
            0..=3 => replaced(dice, name),
            4..=6 => ended(dice, name),
            7 => short_form(dice, name),
            _ => doubled(dice, name),
        };
        if other != name && !other.is_empty() {
            return other;
        }
    }
    name.to_owned()
}

/// A small slip such as one made when a row was entered a second time.
pub fn register_slip(dice: &mut Dice, name: &str) -> String {
    if dice.chance(700) { spelled(dice, name) } else { slipped(dice, name) }
}

fn replaced(dice: &mut Dice, name: &str) -> String {
    let fitting: Vec<&(&str, &str)> = SPELLINGS.iter().filter(|(from, _)| name.contains(from)).collect();
    dice.pick(&fitting).map_or_else(|| name.to_owned(), |(from, to)| name.replacen(from, to, 1))
}

fn ended(dice: &mut Dice, name: &str) -> String {
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let at = dice.place(words.len());
    if let Some(word) = words.get_mut(at) {
        let fitting: Vec<&(&str, &str)> = ENDINGS.iter().filter(|(from, _)| word.len() > 3 && word.ends_with(from)).collect();
        if let Some((from, to)) = dice.pick(&fitting) {
            word.truncate(word.len() - from.len());
            word.push_str(to);
        }
    }
    words.join(" ")
}

fn doubled(dice: &mut Dice, name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let at = dice.place(letters.len().saturating_sub(2)) + 1;
    let fits = letters.get(at).is_some_and(|letter| "NMSTLARI".contains(*letter)) && letters.len() > 4;
    let mut text = String::new();
    for (place, letter) in letters.iter().enumerate() {
        text.push(*letter);
        if fits && place == at {
            text.push(*letter);
        }
    }
    text
}

fn short_form(dice: &mut Dice, name: &str) -> String {
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let forms: &[&str] =
        if first == "SITI" { &SAINTS } else { SHORT_FORMS.iter().find(|forms| forms.contains(&first)).copied().unwrap_or(&[]) };
    match dice.pick(forms) {
        Some(form) if !rest.is_empty() => format!("{form} {rest}"),
        _ => name.to_owned(),
    }
}

/// A slip: a letter left out, two swapped, one hit beside.
pub fn slipped(dice: &mut Dice, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let at = dice.place(letters.len() - 2) + 1;
    match dice.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.swap(at, at - 1),
        _ => {
            let beside = letters.get(at).and_then(|letter| neighbour(dice, *letter));
            if let (Some(place), Some(beside)) = (letters.get_mut(at), beside) {
                *place = beside;
            }
        }
    }
    letters.into_iter().collect()
}

/// A key beside this one.
fn neighbour(dice: &mut Dice, letter: char) -> Option<char> {
    let row = ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"].into_iter().find(|row| row.contains(letter))?;
    let keys: Vec<char> = row.chars().collect();
    let at = keys.iter().position(|key| *key == letter)?;
    let step = if dice.chance(500) { at + 1 } else { at.wrapping_sub(1) };
    keys.get(step).copied()
}

/// Words left out at the end, or made initials.
pub fn shortened(dice: &mut Dice, name: &str) -> String {
    let short = left_out(dice, name);
    // SITI FATIMAH may become SITI, but ST. FATIMAH never ST.: that would be no name any more.
    if short.split(' ').any(|word| word.len() > 3 && !word.contains('.')) { short } else { name.to_owned() }
}

fn left_out(dice: &mut Dice, name: &str) -> String {
    let bare = name.split(',').next().unwrap_or(name);
    let words: Vec<&str> = bare.split(' ').collect();
    let (Some(first), true) = (words.first(), words.len() > 1) else { return name.to_owned() };
    let initial = |word: &str| word.chars().next().map(|letter| format!("{letter}.")).unwrap_or_default();
    match dice.below(4) {
        0 | 1 => words.get(..words.len() - 1).unwrap_or_default().join(" "),
        2 => words
            .iter()
            .enumerate()
            .map(|(at, word)| if at + 1 == words.len() { initial(word) } else { (*word).to_owned() })
            .collect::<Vec<_>>()
            .join(" "),
        _ => {
            let rest: Vec<&str> = words.iter().skip(1).copied().collect();
            format!("{} {}", initial(first), rest.join(" "))
        }
    }
}

/// Words about the person round the name.
pub fn ornamented(dice: &mut Dice, name: &str, sex: Sex) -> String {
    let man = sex == Sex::Male;
    match dice.below(100) {
        0..=44 => late(dice, name, man),
        45..=64 => {
            let titles: &[&str] =
                if man { &["BPK.", "BAPAK", "PAK", "MBAH", "H.", "H"] } else { &["IBU", "BU", "NY.", "MBAH", "HJ.", "HJ"] };
            format!("{} {name}", dice.pick(titles).unwrap_or(&"MBAH"))
        }
        65..=84 => {
            let father =
                dice.pick(&["SUMARDI", "WALUYO", "KHOZIN", "MASTURI", "NURKHOLIS", "TARIP", "NGALIMIN", "RUSMAN", "KARTONO", "JASMANI"]);
            format!("{name} {} {}", if man { "BIN" } else { "BINTI" }, father.unwrap_or(&"SUMARDI"))
        }
        _ if name.contains(',') => name.to_owned(),
        _ => format!("{name}, {}", dice.pick(&["S.Pd.", "S.Pd", "BA", "S.Ag", "A.Ma.Pd"]).unwrap_or(&"BA")),
    }
}

/// ALM. and its many forms, before or after the name.
pub fn late(dice: &mut Dice, name: &str, man: bool) -> String {
    let forms: &[&str] =
        if man { &["ALM.", "ALM", "ALMARHUM", "(ALM)", "Alm."] } else { &["ALMH.", "ALMH", "ALMARHUMAH", "(ALMH)", "Almh."] };
    let form = dice.pick(forms).unwrap_or(&"ALM.");
    if dice.chance(600) { format!("{form} {name}") } else { format!("{name} {form}") }
}

fn set(dice: &mut Dice, name: &str) -> String {
    match dice.below(4) {
        0 => name.replacen(' ', "", 1),
        1 => name.replace(' ', "  "),
        _ => title_case(name),
    }
}

/// Capital first letters only.
pub fn title_case(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| format!("{first}{}", letters.as_str().to_lowercase())).unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number with one digit wrong, or two neighbours swapped.
pub fn mistyped(dice: &mut Dice, number: &str) -> String {
    let swap = dice.chance(250);
    for _ in 0..40 {
        let mut digits: Vec<char> = number.chars().collect();
        let at = dice.place(digits.len().saturating_sub(1));
        if swap {
            if digits.len() > 1 {
                digits.swap(at, at + 1);
            }
        } else if let (Some(place), Some(digit)) = (digits.get_mut(at), char::from_digit(dice.below(10), 10)) {
            *place = digit;
        }
        let typed: String = digits.into_iter().collect();
        if typed != number {
            return typed;
        }
    }
    number.to_owned()
}
