//! Somebody collects for the heir: KUASA_TIDAK_DIATUR, KUASA_TANPA_SURAT, KUASA_BERULANG (notes), KUASA_PETUGAS (look).
//!
//! Funds of other places were lost through village officials who collected for families who never saw the money. So a proxy
//! with an account of the office, or of an occupation of `official_occupations` in the register, is looked at, and so is one
//! person who collects for `proxy_claims` different deceased. The rules take a proxy where they ask a paper for it.

use std::collections::BTreeSet;

use super::super::code::FindingCode;
use super::super::facts::Case;
use super::super::finding::Finding;
use crate::domain::claim::StandIn;
use crate::domain::identity::Nik;
use crate::domain::policy::When;

pub(in super::super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(proxy) = &case.content.stand_ins.proxy else { return Vec::new() };
    [unruled(case, proxy), official(case, proxy), repeated(case, proxy)].into_iter().flatten().collect()
}

fn unruled(case: &Case<'_>, proxy: &StandIn) -> Option<Finding> {
    let told = |code, sentence| Finding { claimed: proxy.name.to_string(), ..case.finding_of_claim(code, sentence) };
    if !case.policy.knows(When::Proxy) {
        return Some(told(
            FindingCode::KuasaTidakDiatur,
            "Peraturan daerah ini belum mengatur pengambilan oleh orang lain; mohon ahli waris datang sendiri atau dikirim ke rekeningnya.",
        ));
    }
    case.policy.lacks_paper(case.content, When::Proxy).then(|| {
        told(
            FindingCode::KuasaTanpaSurat,
            "Santunan diambil orang lain, tetapi surat kuasa ahli waris belum ada; mohon suratnya dilengkapi sebelum dibayar.",
        )
    })
}

fn official(case: &Case<'_>, proxy: &StandIn) -> Option<Finding> {
    let number = proxy.nik.number.as_ref()?;
    let account = case.facts.around.officials.iter().find(|official| official.nik.as_ref() == Some(number));
    let row = case.facts.around.stand_ins.iter().find(|row| row.nik.as_ref() == Some(number));
    let occupations = &case.limits().official_occupations;
    let named = |row: &&crate::domain::register::Resident| occupations.iter().any(|one| one.eq_ignore_ascii_case(row.occupation.trim()));
    let by_register = row.filter(named).map(|row| row.occupation.trim().to_owned());
    let role = account.map(|official| format!("akun {}", official.role)).or(by_register)?;
    Some(Finding {
        claimed: proxy.name.to_string(),
        registered: role,
        ..case.finding(
            FindingCode::KuasaPetugas,
            "Santunan akan diambil oleh perangkat atau petugas; mohon ahli waris dihubungi langsung dan dipastikan memang menguasakan.",
        )
    })
}

fn repeated(case: &Case<'_>, proxy: &StandIn) -> Option<Finding> {
    let number = proxy.nik.number.as_ref()?;
    let same = case.facts.earlier.iter().filter(|claim| claim.proxy_nik.as_ref() == Some(number));
    let own = case.content.deceased.nik.number.as_ref();
    let others = same.filter(|claim| claim.deceased_nik.is_none() || claim.deceased_nik.as_ref() != own);
    let dead: BTreeSet<String> =
        others.map(|claim| claim.deceased_nik.as_ref().map_or(claim.claim_code.as_str(), Nik::expose).to_owned()).collect();
    let claims = u32::try_from(dead.len()).unwrap_or(u32::MAX).saturating_add(1);
    (claims >= case.limits().proxy_claims).then(|| Finding {
        claimed: proxy.name.to_string(),
        registered: format!("penerima kuasa pada {claims} permohonan"),
        ..case.finding_of_claim(
            FindingCode::KuasaBerulang,
            "Orang ini mengambil santunan untuk banyak keluarga; mohon beberapa keluarga dihubungi langsung.",
        )
    })
}
