//! BERKAS_SAMA (look): the very same file lies with another claim. FOTO_SERUPA (note): two photos are nearly one.
//!
//! Files are compared by SHA-256, photos by a 64-bit difference hash (Krawetz 2013) of which at most `photo_bits_max`
//! bits differ. Photos only of the papers in `photo_kinds`: cards and forms look alike by nature, houses do not.
//! A family with two deaths rightly sends one family card, one passbook and one house twice; the death letter and the
//! card of the deceased are nobody else's.

use super::super::around::SharedPaper;
use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::claim::DocumentKind;
use crate::domain::register::Resident;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let papers = &case.facts.around.papers;
    let same = papers.iter().filter(|paper| paper.bits.is_none()).find(|paper| is_of_one(paper.kind) || !same_family(case, paper));
    let alike = papers.iter().filter(|paper| is_alike(case, paper) && !same_family(case, paper)).min_by_key(|paper| paper.bits);
    let same = same.map(|paper| {
        let sentence = "Berkas yang persis sama sudah dilampirkan pada permohonan lain; mohon diunggah berkas yang benar.";
        shared(case, paper, FindingCode::BerkasSama, sentence)
    });
    let alike = alike.map(|paper| {
        let sentence = "Foto ini hampir sama dengan foto pada permohonan lain; mohon kedua foto dibandingkan.";
        shared(case, paper, FindingCode::FotoSerupa, sentence)
    });
    same.into_iter().chain(alike).collect()
}

/// Papers that belong to one deceased only.
fn is_of_one(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::SuratKematian | DocumentKind::KtpAlmarhum)
}

/// Whether the other claim is of this family: the same heir, or its deceased or heir stands on this family's card.
fn same_family(case: &Case<'_>, paper: &SharedPaper) -> bool {
    let heir = case.content.payee().and_then(|heir| heir.nik.number.as_ref());
    let on_card = |row: &Resident| {
        (row.nik.is_some() && row.nik == paper.heir_nik) || paper.deceased_register_id.as_deref() == Some(row.register_id.as_str())
    };
    (heir.is_some() && heir == paper.heir_nik.as_ref()) || case.facts.around.family.iter().any(on_card)
}

fn is_alike(case: &Case<'_>, paper: &SharedPaper) -> bool {
    let limits = case.limits();
    paper.bits.is_some_and(|bits| bits <= limits.photo_bits_max) && limits.photo_kinds.iter().any(|kind| kind == paper.kind.code())
}

fn shared(case: &Case<'_>, paper: &SharedPaper, code: FindingCode, sentence: &str) -> Finding {
    let bits = paper.bits.map(|bits| format!(" (beda {bits} dari 64)")).unwrap_or_default();
    Finding {
        claimed: paper.kind.label().to_owned(),
        registered: format!("{}{bits}", paper.claim_code),
        dataset: "berkas permohonan".to_owned(),
        dataset_on: Some(paper.added_on),
        ..case.finding(code, sentence)
    }
}
