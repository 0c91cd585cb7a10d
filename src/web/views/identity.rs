//! Two people side by side, and whether they are one.

use chrono::NaiveDate;

use super::claim::Attempt;
use super::compare::compare_row;
use crate::domain::access::Role;
use crate::domain::calendar::{long_date, short_date};
use crate::domain::claim::ClaimContent;
use crate::domain::crosscheck::{EarlierClaim, IdentityAnswer, Likeness, percent};
use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::linkage::Speaks;
use crate::domain::register::{Resident, ResidentStatus};
use crate::store::DbConn;
use crate::store::claims::Claim;
use crate::web::pages::{CompareRow, PairView};
use crate::web::session::Staff;
use crate::web::site::village_name;
use crate::workflow::{Pack, Refusal, Side, SideBySide, may_answer, pairs_of};

/// Every pair of a claim, for those who judge; nothing for others, because the other half may belong to another village.
pub(super) fn pair_views(
    conn: &mut DbConn,
    staff: &Staff,
    pack: &Pack,
    claim: &Claim,
    attempt: &Attempt,
) -> Result<Vec<PairView>, Refusal> {
    if !matches!(staff.actor.role, Role::Verifier | Role::Approver | Role::Auditor) {
        return Ok(Vec::new());
    }
    let may = may_answer(conn, &staff.actor, claim).is_ok();
    let found = pairs_of(conn, pack, claim)?;
    Ok(found.iter().enumerate().map(|(index, pair)| view(index, pair, claim, may, attempt)).collect())
}

fn view(index: usize, pair: &SideBySide, claim: &Claim, may_answer: bool, attempt: &Attempt) -> PairView {
    let (kind, reference) = pair.beside.parts();
    let rows = match &pair.side {
        Side::Claim(earlier) => beside_claim(&claim.content, earlier),
        Side::Row(resident) => beside_row(&claim.content, resident),
    };
    let tried = attempt.step == format!("identity_{index}");
    PairView {
        title: title(&pair.side),
        heading: match pair.side {
            Side::Claim(_) => "Permohonan terdahulu",
            Side::Row(_) => "Data kependudukan",
        },
        href: match &pair.side {
            Side::Claim(earlier) => format!("/permohonan/{}", earlier.claim_code),
            Side::Row(_) => String::new(),
        },
        kind,
        reference: reference.to_owned(),
        index,
        key: format!("alasan_orang_{index}"),
        typed: if tried { attempt.reason.clone() } else { String::new() },
        open: tried,
        rows,
        likeness: pair.likeness.as_ref().map(likeness).unwrap_or_default(),
        decided: pair.answer.as_ref().map(decided).unwrap_or_default(),
        may_answer,
    }
}

fn title(side: &Side) -> String {
    match side {
        Side::Claim(earlier) => format!("Permohonan {}, diajukan {}", earlier.claim_code, long_date(earlier.filed_on)),
        Side::Row(resident) => format!("{} di data kependudukan", resident.name),
    }
}

/// How sure the engine is, and what speaks for and against it.
fn likeness(likeness: &Likeness) -> String {
    let said = |speaks: Speaks| {
        let reasons = likeness.reasons.iter().filter(|reason| reason.speaks == speaks);
        reasons.map(|reason| format!("{} ({})", reason.field.label(), reason.words())).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("Kemungkinan orang yang sama: {}.", percent(likeness.certainty));
    for (heading, speaks) in [("Mendukung", Speaks::For), ("Melemahkan", Speaks::Against)] {
        let reasons = said(speaks);
        if !reasons.is_empty() {
            text.push_str(&format!(" {heading}: {reasons}."));
        }
    }
    text
}

fn decided(answer: &IdentityAnswer) -> String {
    format!("Diputuskan {} oleh {}, {}: {}", answer.sameness.label(), answer.by, long_date(answer.decided_on), answer.reason)
}

fn beside_claim(content: &ClaimContent, earlier: &EarlierClaim) -> Vec<CompareRow> {
    let person = &content.deceased;
    let heir = content.payee().map(|heir| heir.name.as_str()).unwrap_or_default();
    let pairs = [
        ("NIK", claimed_nik(content), number(earlier.deceased_nik.as_ref())),
        ("Nama", person.name.to_string(), earlier.deceased_name.clone()),
        ("Tanggal lahir", day(person.born_on), day(earlier.deceased_born_on)),
        ("Nama ibu", person.mother.clone(), earlier.deceased_mother.clone()),
        ("Desa", village_name(&person.village), village_name(&earlier.deceased_village)),
        ("Meninggal", short_date(content.death.died_on), short_date(earlier.died_on)),
        ("Ahli waris", heir.to_owned(), earlier.heir_name.clone()),
    ];
    pairs.into_iter().map(|(label, claimed, other)| compare_row(label, &claimed, &other)).collect()
}

fn beside_row(content: &ClaimContent, resident: &Resident) -> Vec<CompareRow> {
    let person = &content.deceased;
    let card = |card: Option<&FamilyCard>| card.map(|card| card.expose().to_owned()).unwrap_or_default();
    let state = match (resident.status, resident.died_on) {
        (ResidentStatus::Dead, Some(on)) => short_date(on),
        (ResidentStatus::Dead, None) => "ya, tanggal tidak tercatat".to_owned(),
        (ResidentStatus::Alive, _) => "masih tercatat hidup".to_owned(),
        (ResidentStatus::Moved, _) => "tercatat pindah".to_owned(),
    };
    let sex = |sex: Option<Sex>| sex.map(Sex::label).unwrap_or_default().to_owned();
    let pairs = [
        ("NIK", claimed_nik(content), number(resident.nik.as_ref())),
        ("Nama", person.name.to_string(), resident.name.clone()),
        ("Tanggal lahir", day(person.born_on), day(resident.born_on)),
        ("Jenis kelamin", sex(person.sex), sex(resident.sex)),
        ("Nomor KK", card(person.family_card.as_ref()), card(resident.family_card.as_ref())),
        ("Nama ibu", person.mother.clone(), resident.mother.clone()),
        ("Desa", village_name(&person.village), resident.village.as_ref().map(village_name).unwrap_or_default()),
        ("Meninggal", short_date(content.death.died_on), state),
    ];
    pairs.into_iter().map(|(label, claimed, other)| compare_row(label, &claimed, &other)).collect()
}

fn claimed_nik(content: &ClaimContent) -> String {
    let nik = &content.deceased.nik;
    nik.number.as_ref().map_or_else(|| nik.written.clone(), |number| number.expose().to_owned())
}

fn number(nik: Option<&Nik>) -> String {
    nik.map(|nik| nik.expose().to_owned()).unwrap_or_default()
}

fn day(date: Option<NaiveDate>) -> String {
    date.map(short_date).unwrap_or_default()
}
