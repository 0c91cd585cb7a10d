//! Reading an answer. What is not understood word for word is no answer, never "no such person".

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Method, Settings};
use crate::domain::identity::{FamilyCard, NameLikeness, Sex, compare_names};
use crate::domain::source::{Answer, CodeMeaning, Element, NoAnswer, Question};

/// The elements that are compared, by the service's names.
const ELEMENTS: [(&str, Element); 4] =
    [("NAMA_LGKP", Element::Name), ("TGL_LHR", Element::BornOn), ("JENIS_KLMIN", Element::Sex), ("NO_KK", Element::FamilyCard)];

/// Fields by their name in capitals: sites write `Nik`, `nik` and `NIK`.
struct Record(BTreeMap<String, Value>);

/// Reads the text of an answer to `question`.
pub(super) fn read(text: &str, settings: &Settings, question: &Question) -> Answer {
    let Ok(Value::Object(whole)) = serde_json::from_str::<Value>(text) else { return unavailable(NoAnswer::Unreadable) };
    let records: Vec<&Map<String, Value>> = match whole.iter().find(|(key, _)| key.eq_ignore_ascii_case("content")).map(|(_, v)| v) {
        Some(Value::Array(rows)) => rows.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(row)) => vec![row],
        _ => Vec::new(),
    };
    let record = Record::of(&whole, records.first().copied());
    if let Some(answer) = record.by_code(settings) {
        return answer;
    }
    if records.len() > 1 {
        return Answer::Several;
    }
    record.by_words().unwrap_or_else(|| record.by_fields(settings, question))
}

impl Record {
    fn of(whole: &Map<String, Value>, content: Option<&Map<String, Value>>) -> Self {
        let both = whole.iter().chain(content.into_iter().flatten());
        Self(both.map(|(key, value)| (key.to_ascii_uppercase(), value.clone())).collect())
    }

    /// A text, or a whole number digit by digit. A number with a point or exponent has lost digits on its way and is nothing.
    fn text(&self, key: &str) -> Option<String> {
        let text = match self.0.get(key)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.as_u64()?.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// The answer of a code that settles the matter; "found" leaves it to the fields.
    fn by_code(&self, settings: &Settings) -> Option<Answer> {
        let code = self.text("RESPONSE_CODE")?;
        Some(match settings.codes.meaning(&code) {
            Some(CodeMeaning::Found) => return None,
            Some(CodeMeaning::Dead) => Answer::Match { dead: true, differing: self.differing() },
            Some(CodeMeaning::Several) => Answer::Several,
            Some(CodeMeaning::NoMatch) => Answer::NoMatch,
            Some(CodeMeaning::Inactive) => Answer::Inactive,
            Some(CodeMeaning::QuestionRefused) => unavailable(NoAnswer::QuestionRefused),
            Some(CodeMeaning::LoginRefused) => unavailable(NoAnswer::LoginRefused),
            Some(CodeMeaning::QuotaSpent) => unavailable(NoAnswer::QuotaSpent),
            None => unavailable(NoAnswer::UnknownCode(code.chars().take(20).collect())),
        })
    }

    /// The answer of the older services, in words instead of a code.
    fn by_words(&self) -> Option<Answer> {
        let words = ["RESPON", "RESPONSE", "MESSAGE"].into_iter().find_map(|key| self.text(key))?.to_lowercase();
        let holds = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if holds(&["login gagal", "user tidak", "password", "ip tidak"]) {
            Some(unavailable(NoAnswer::LoginRefused))
        } else if holds(&["kuota", "quota"]) {
            Some(unavailable(NoAnswer::QuotaSpent))
        } else if words.trim_end_matches('.') == "data tidak ditemukan" {
            Some(Answer::NoMatch)
        } else if words.contains("meninggal") {
            Some(Answer::Match { dead: true, differing: self.differing() })
        } else {
            None
        }
    }

    fn by_fields(&self, settings: &Settings, question: &Question) -> Answer {
        match settings.method {
            Method::Verify if self.compared().next().is_some() => Answer::Match { dead: false, differing: self.differing() },
            // Somebody else's record is no answer about this person.
            Method::LookUp if self.text("NIK").as_deref() == Some(question.nik.expose()) => {
                Answer::Match { dead: false, differing: self.other_than(question) }
            }
            Method::Verify | Method::LookUp => unavailable(NoAnswer::Unreadable),
        }
    }

    /// Elements the service compared: `Sesuai`, `Sesuai (100)`, `Tidak Sesuai (59)`; true = the same.
    fn compared(&self) -> impl Iterator<Item = (Element, bool)> {
        ELEMENTS.into_iter().filter_map(|(key, element)| {
            let said = self.text(key)?.to_lowercase();
            if said.starts_with("tidak sesuai") { Some((element, false)) } else { said.starts_with("sesuai").then_some((element, true)) }
        })
    }

    fn differing(&self) -> Vec<Element> {
        self.compared().filter(|(_, same)| !same).map(|(element, _)| element).collect()
    }

    /// Elements of a looked-up record that say something else than the claim; what either side leaves out is no difference.
    fn other_than(&self, question: &Question) -> Vec<Element> {
        let name = self.text("NAMA_LGKP").is_some_and(|name| compare_names(&question.name, &name) == NameLikeness::Different);
        let born = self.text("TGL_LHR").and_then(|text| date(&text)).zip(question.born_on).is_some_and(|(there, here)| there != here);
        let sex = self.text("JENIS_KLMIN").and_then(|text| Sex::parse(&text)).zip(question.sex).is_some_and(|(there, here)| there != here);
        let card = self.text("NO_KK").and_then(|text| FamilyCard::parse(&text).ok()).zip(question.family_card.clone());
        let differs = [
            (name, Element::Name),
            (born, Element::BornOn),
            (sex, Element::Sex),
            (card.is_some_and(|(there, here)| there != here), Element::FamilyCard),
        ];
        differs.into_iter().filter(|(differs, _)| *differs).map(|(_, element)| element).collect()
    }
}

/// `31-12-1950`, `1950-12-31` or either with a time behind it.
fn date(text: &str) -> Option<NaiveDate> {
    let day = text.get(..10)?;
    ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"].into_iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok())
}

fn unavailable(why: NoAnswer) -> Answer {
    Answer::Unavailable { why }
}
