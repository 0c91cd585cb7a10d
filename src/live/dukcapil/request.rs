//! What is sent: the login and the person, in the service's own words (TRESHOLD is spelled so there).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{DateStyle, Method, Settings};
use crate::domain::identity::{FamilyCard, Sex};
use crate::domain::source::Question;

/// The address of the method.
pub(super) fn address(settings: &Settings) -> String {
    let method = match settings.method {
        Method::LookUp => "CALL_NIK",
        Method::Verify => "CALL_VERIFY_BY_ELEMEN",
    };
    format!("{}/dukcapil/get_json/{}/{method}", settings.url.trim_end_matches('/'), settings.customer)
}

/// The body. Elements the claim does not know are left out, so that they are not compared.
pub(super) fn body(settings: &Settings, question: &Question) -> Value {
    let mut body = json!({
        "user_id": settings.user, "password": settings.password, "ip_user": settings.ip_user, "IP_USER": settings.ip_user,
        "NIK": question.nik.expose(),
    });
    if settings.method == Method::Verify
        && let Some(fields) = body.as_object_mut()
    {
        let claimed = [
            ("NAMA_LGKP", Some(question.name.clone())),
            ("TGL_LHR", question.born_on.map(|day| date(settings.dates, day))),
            ("JENIS_KLMIN", question.sex.map(|sex| sex_word(sex).to_owned())),
            ("NO_KK", question.family_card.as_ref().map(FamilyCard::expose).map(str::to_owned)),
            ("TRESHOLD", Some(settings.threshold.to_string())),
        ];
        fields.extend(claimed.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?)))));
    }
    body
}

fn date(style: DateStyle, day: NaiveDate) -> String {
    match style {
        DateStyle::DayFirst => day.format("%d-%m-%Y").to_string(),
        DateStyle::YearFirst => day.format("%Y-%m-%d").to_string(),
    }
}

fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "Laki-Laki",
        Sex::Female => "Perempuan",
    }
}
