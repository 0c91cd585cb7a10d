//! Whoever holds a letter learns whether the office issued it and whether it still counts.

use santunan::clock::new_seed;
use santunan::domain::letter::{LetterCode, Standing};
use santunan::seal::{pdf, token};
use santunan::store::letters::Issued;
use santunan::workflow::{draw_due, letter_by_code, pdf_of};

use crate::support::{Office, a_claim, on_both_engines};

fn standing(office: &Office, letter: &Issued) -> Standing {
    let code = LetterCode::parse(&letter.code).unwrap();
    letter_by_code(&office.desk, code).unwrap().unwrap().standing
}

fn of_kind(office: &Office, kind: &str) -> Vec<Issued> {
    office.letters().into_iter().filter(|letter| letter.kind == kind).collect()
}

#[test]
fn every_letter_of_the_road_is_proved_by_the_public_keys_alone() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        office.sent();
        let letters = office.letters();
        assert!(letters.len() >= 6, "{}", letters.len());
        let keys = office.desk.letter_keys.public().unwrap();
        for letter in &letters {
            let bytes = pdf_of(&office.desk, letter).unwrap();
            pdf::verify(&bytes, &keys).unwrap_or_else(|fault| panic!("{}: {fault}", letter.kind));
            let (facts, _) = token::verify(&pdf::token_in(&bytes).unwrap(), &keys).unwrap();
            assert_eq!(
                (facts.number.as_str(), facts.kind.as_str(), facts.dated_on),
                (letter.number.as_str(), letter.kind.as_str(), letter.issued_on)
            );
            assert_eq!((facts.code.to_string(), facts.office), (letter.code.clone(), office.code.to_string()));
        }
        let mut codes: Vec<&str> = letters.iter().map(|letter| letter.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), letters.len());
    });
}

#[test]
fn a_receipt_counts_until_the_money_is_there_and_then_says_so() {
    on_both_engines(|office| {
        office.approved(&a_claim());
        office.paid();
        let receipt = of_kind(office, "kuitansi").remove(0);
        assert!(matches!(standing(office, &receipt), Standing::Paid(_)), "{:?}", standing(office, &receipt));
        office.approved(&a_claim().of_family(1));
        office.sent();
        assert_eq!(standing(office, &of_kind(office, "kuitansi").remove(1)), Standing::Valid);
        let unknown = LetterCode::from_random([1; 9]);
        assert_eq!(letter_by_code(&office.desk, unknown).unwrap(), None);
    });
}

#[test]
fn a_new_key_leaves_old_letters_provable_and_those_not_yet_drawn_under_their_own_key() {
    on_both_engines(|office| {
        office.file(&a_claim()).unwrap();
        let before = office.desk.letter_keys.public().unwrap();
        let id = office.desk.letter_keys.rotate(&new_seed(), office.desk.clock.now()).unwrap();
        draw_due(&office.desk).unwrap();
        office.file(&a_claim().of_family(1)).unwrap();
        let after = office.desk.letter_keys.public().unwrap();
        let [old, new] = office.letters().try_into().unwrap();
        let sealed_by = |letter: &Issued| pdf::verify(&pdf_of(&office.desk, letter).unwrap(), &after).unwrap();
        assert!(before.get(sealed_by(&old)).is_some());
        assert_eq!(sealed_by(&new), id);
        assert!(pdf::verify(&pdf_of(&office.desk, &new).unwrap(), &before).is_err(), "an old list of keys does not know the new one");
    });
}

#[test]
fn a_letter_keeps_its_code() {
    on_both_engines(|office| {
        office.file(&a_claim()).unwrap();
        assert!(office.sql("UPDATE letters SET code = 'LAIN'").is_err());
    });
}
