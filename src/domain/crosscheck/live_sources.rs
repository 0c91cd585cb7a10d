//! What other registers, asked live, say about the people of a claim.
//!
//! SUMBER_TIDAK_TERJANGKAU (note): a source could not be asked; nothing is held against the family, and it is asked again.
//! KEMATIAN_TERKONFIRMASI (note): the source has the deceased as dead, which is what is wanted. KEMATIAN_BELUM_TERCATAT
//! (note): it has them alive; a death certificate may just not be made yet. AHLI_WARIS_SUDAH_MENINGGAL (look): it has the
//! heir as dead. DATA_SUMBER_BEDA (look): it knows no such NIK, has it twice or closed, or has another name or date.

use super::code::FindingCode;
use super::facts::Case;
use super::finding::{Finding, Severity};
use crate::domain::source::{Answer, Element, SourceAnswer, Who};

/// One finding a code: what is said of both people stands in one.
pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for found in case.facts.live.iter().filter_map(|live| finding(case, live)) {
        match findings.iter_mut().find(|finding| finding.code == found.code) {
            Some(first) => {
                first.claimed = joined(&first.claimed, &found.claimed);
                first.registered = joined(&first.registered, &found.registered);
            }
            None => findings.push(found),
        }
    }
    findings
}

fn joined(one: &str, other: &str) -> String {
    if one == other { one.to_owned() } else { format!("{one}; {other}") }
}

fn finding(case: &Case<'_>, live: &SourceAnswer) -> Option<Finding> {
    let (code, severity, registered, sentence) = said(live)?;
    let name = match live.who {
        Who::Deceased => case.content.deceased.name.as_str(),
        Who::Heir => case.content.payee().map_or("", |heir| heir.name.as_str()),
    };
    Some(Finding {
        claimed: format!("{} {name}", live.who.label()),
        registered,
        dataset: live.source.clone(),
        dataset_on: Some(live.asked_on),
        severity,
        ..case.finding(code, sentence)
    })
}

fn said(live: &SourceAnswer) -> Option<(FindingCode, Severity, String, &'static str)> {
    use FindingCode as C;
    const UNREACHED: &str = "Sumber data ini belum dapat ditanya. Permohonan tetap berjalan; sistem akan menanyakannya lagi.";
    const DIFFERS: &str = "Sumber data menjawab lain dari isi permohonan; mohon dicocokkan dengan KTP atau KK.";
    Some(match (&live.answer, live.who) {
        (Answer::Unavailable { why }, _) => (C::SumberTidakTerjangkau, Severity::Note, why.label(), UNREACHED),
        (Answer::Match { dead: true, .. }, Who::Heir) => (
            C::AhliWarisSudahMeninggal,
            Severity::Review,
            "meninggal".to_owned(),
            "Ahli waris tercatat sudah meninggal; mohon ditunjuk ahli waris lain dari keluarga.",
        ),
        (Answer::Match { differing, .. }, _) if !differing.is_empty() => {
            let parts: Vec<&str> = differing.iter().map(|element: &Element| element.label()).collect();
            (C::DataSumberBeda, Severity::Review, format!("{} berbeda", parts.join(", ")), DIFFERS)
        }
        (Answer::Match { dead: true, .. }, Who::Deceased) => (
            C::KematianTerkonfirmasi,
            Severity::Note,
            "meninggal".to_owned(),
            "Sumber data mencatat almarhum sudah meninggal, sesuai permohonan.",
        ),
        (Answer::Match { dead: false, .. }, Who::Deceased) => (
            C::KematianBelumTercatat,
            Severity::Note,
            "masih tercatat hidup".to_owned(),
            "Kematian belum tercatat di sumber data; keluarga dapat dibantu mengurus akta kematian. Permohonan tetap berjalan.",
        ),
        (Answer::Match { .. }, Who::Heir) => return None,
        (Answer::NoMatch, _) => (C::DataSumberBeda, Severity::Review, "NIK tidak terdaftar".to_owned(), DIFFERS),
        (Answer::Several, _) => (C::DataSumberBeda, Severity::Review, "NIK terdaftar ganda".to_owned(), DIFFERS),
        (Answer::Inactive, _) => (C::DataSumberBeda, Severity::Review, "data tidak aktif".to_owned(), DIFFERS),
    })
}
