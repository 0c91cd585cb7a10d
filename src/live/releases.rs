//! The office's own releases of a register, behind the same door as the live services.

use chrono::{DateTime, Utc};

use super::PopulationSource;
use crate::domain::identity::{NameLikeness, Nik, compare_names};
use crate::domain::register::{Resident, ResidentStatus};
use crate::domain::source::{Answer, Element, NoAnswer, Question};

/// Rows of the imported releases, looked up by whoever holds the database; `None` when it cannot be read.
pub struct Releases<F> {
    name: String,
    rows_of: F,
}

impl<F: Fn(&Nik) -> Option<Vec<Resident>> + Send + Sync> Releases<F> {
    /// A source over a look-up by NIK.
    pub fn new(name: String, rows_of: F) -> Self {
        Self { name, rows_of }
    }
}

impl<F: Fn(&Nik) -> Option<Vec<Resident>> + Send + Sync> PopulationSource for Releases<F> {
    fn name(&self) -> &str {
        &self.name
    }

    fn daily_limit(&self) -> u32 {
        u32::MAX
    }

    fn ask(&self, question: &Question, _now: DateTime<Utc>, _may_send: &mut dyn FnMut() -> bool) -> Answer {
        match (self.rows_of)(&question.nik).as_deref() {
            None => Answer::Unavailable { why: NoAnswer::Unreachable },
            Some([]) => Answer::NoMatch,
            Some([row]) => matched(question, row),
            Some(_several) => Answer::Several,
        }
    }
}

fn matched(question: &Question, row: &Resident) -> Answer {
    let known = |differs: bool, element| differs.then_some(element);
    let differing = [
        known(compare_names(&question.name, &row.name) == NameLikeness::Different, Element::Name),
        known(differ(question.born_on.as_ref(), row.born_on.as_ref()), Element::BornOn),
        known(differ(question.sex.as_ref(), row.sex.as_ref()), Element::Sex),
        known(differ(question.family_card.as_ref(), row.family_card.as_ref()), Element::FamilyCard),
    ];
    Answer::Match { dead: row.status == ResidentStatus::Dead, differing: differing.into_iter().flatten().collect() }
}

/// Whether both sides know and say something else.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::Who;

    fn question(name: &str, card: Option<&str>) -> Question {
        let family_card = card.map(|c| crate::domain::identity::FamilyCard::parse(c).unwrap());
        Question {
            who: Who::Deceased,
            nik: Nik::parse("9171010203450001").unwrap(),
            family_card,
            name: name.into(),
            born_on: None,
            sex: None,
        }
    }

    fn row(name: &str, status: ResidentStatus) -> Resident {
        let text = serde_json::json!({
            "register_id": "1", "nik": "9171010203450001", "family_card": "9171010101010001", "name": name, "birth_place": "",
            "born_on": null, "sex": "L", "family_role": "", "marital_status": "", "occupation": "", "mother": "", "father": "",
            "street": "", "hamlet": "", "rt": "", "rw": "", "village": null, "decile": null, "pkh": false, "sembako": false,
            "pbi": false, "status": status, "died_on": null, "account": null
        });
        serde_json::from_value(text).unwrap()
    }

    fn check(rows: Option<Vec<Resident>>, asked: &Question, expected: Answer) {
        let source = Releases::new("DTSEN".to_owned(), move |_nik: &Nik| rows.clone());
        assert_eq!(source.ask(asked, DateTime::UNIX_EPOCH, &mut || false), expected);
    }

    #[test]
    fn the_own_releases_answer_like_any_other_source() {
        let asked = question("JUMONO", Some("9171010101010002"));
        let dead = ResidentStatus::Dead;
        check(Some(vec![]), &asked, Answer::NoMatch);
        check(None, &asked, Answer::Unavailable { why: NoAnswer::Unreachable });
        check(Some(vec![row("JUMONO", dead), row("SARI", dead)]), &asked, Answer::Several);
        check(Some(vec![row("JUMONO", dead)]), &asked, Answer::Match { dead: true, differing: vec![Element::FamilyCard] });
        let other = Answer::Match { dead: false, differing: vec![Element::Name] };
        check(Some(vec![row("TARYONO", ResidentStatus::Alive)]), &question("JUMONO", None), other);
    }
}
