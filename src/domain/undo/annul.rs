//! Ending an approval after the fact: who may, from where, and which way the money takes.

use super::Ground;
use crate::domain::access::{Actor, Conflict, Duty, Interested, Participant, Role, may_take_part};
use crate::domain::claim::{NotAllowed, REASON_CHARS_MIN, State, Step};
use crate::domain::payment::ItemState;

/// Which way the money of an annulled claim takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Road {
    /// Only promised: the line has it again.
    Release,
    /// With somebody: it has to come back.
    Reclaim,
    /// Given back to the treasury already; it stays there.
    Treasury,
}

/// What an annulment rests on.
#[derive(Debug, Clone)]
pub struct AnnulFacts {
    /// Where the claim stands.
    pub state: State,
    /// Where its last payment stands, if there ever was one.
    pub payment: Option<ItemState>,
    /// Who had a hand in it.
    pub participants: Vec<Participant>,
    /// Whose money it is.
    pub interested: Interested,
}

/// Why somebody wants a claim annulled.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// From the list.
    pub ground: Ground,
    /// In words.
    pub words: &'a str,
    /// Whether a paper that proves it comes along.
    pub has_evidence: bool,
}

/// Why a claim is not annulled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnulRefused {
    /// Another role's act.
    #[error("Langkah ini bukan tugas akun Anda. Pembatalan diminta petugas yang mengetahuinya, dan diputus Kepala Dinas.")]
    NotYourRole,
    /// Not from here.
    #[error("{0}. Muat ulang halaman untuk melihat keadaan terakhir.")]
    NotAllowed(NotAllowed),
    /// On a decree, not ordered.
    #[error(
        "Permohonan ini sudah ditetapkan dalam SK. Coret dahulu barisnya lewat SK perubahan di halaman Keuangan; pencoretan dengan dasar itu sekaligus membatalkan permohonannya."
    )]
    OnDecree,
    /// On an order that was not released.
    #[error("Pembayarannya sudah diperintahkan. Batalkan dahulu perintah bayarnya, lalu coret barisnya lewat SK perubahan.")]
    Ordered,
    /// On its way.
    #[error("Uangnya sedang di bank atau di loket. Tunggu hasil bank, atau catat tidak diambil; setelah itu permohonan dapat dibatalkan.")]
    OnItsWay,
    /// Came back, and lies with the office.
    #[error(
        "Uangnya sudah kembali ke kantor. Setorkan dahulu ke kas daerah dan catat STS-nya di Keuangan › Loket tunai › Setoran, lalu batalkan."
    )]
    CameBack,
    /// A ground that ends nothing.
    #[error("Dasar \"Perlu diteliti kembali\" hanya untuk mencoret baris SK. Pilih dasar pembatalan yang lain, atau tunda permohonannya.")]
    GroundEndsNothing,
    /// No paper.
    #[error("Lampirkan buktinya, misalnya berita acara pemeriksaan, surat keterangan desa, atau foto orangnya dengan KTP.")]
    NoEvidence,
    /// No words.
    #[error("Tuliskan penjelasannya paling sedikit 10 huruf: apa yang diketahui, sejak kapan, dan dari siapa.")]
    NoWords,
    /// Never a bare step.
    #[error(
        "Pembatalan memerlukan dua orang: satu meminta dengan bukti, Kepala Dinas memutus. Gunakan bagian \"Pembatalan\" pada halaman permohonan."
    )]
    TwoPersons,
    /// Money stays where it is while an annulment is asked for.
    #[error("Pembatalan permohonan {} sedang diminta. Pembayarannya ditahan sampai Kepala Dinas memutus permintaan itu.", .0.join(", "))]
    Pending(Vec<String>),
    /// A refusal of a request says why.
    #[error("Tuliskan alasan penolakan permintaan ini paling sedikit 10 huruf.")]
    NoReason,
    /// One is asked for already.
    #[error("Pembatalan permohonan ini sudah diminta dan menunggu keputusan Kepala Dinas.")]
    Asked,
    /// Decided before.
    #[error("Permintaan pembatalan ini sudah diputus. Muat ulang halaman untuk melihat keadaan terakhir.")]
    Decided,
    /// One person, two hands.
    #[error("Anda sendiri yang meminta pembatalan ini. Keputusannya harus oleh orang lain.")]
    SamePerson,
    /// Had a hand in the payment.
    #[error("Anda ikut membayarkan permohonan ini. Pembatalannya harus diminta dan diputus orang lain.")]
    PaidIt,
    /// Own family.
    #[error("Permohonan ini menyangkut keluarga Anda sendiri (nomor KK atau NIK yang sama). Serahkan kepada petugas lain.")]
    OwnFamily,
    /// Had another duty.
    #[error("Anda sudah {} permohonan ini. Keputusan ini harus dilakukan oleh orang lain.", .0.label())]
    OtherDuty(Duty),
}

/// Which way the money takes if a claim is annulled from here.
///
/// # Errors
/// [`AnnulRefused`] that says what has to be done first.
pub fn road_of(state: State, payment: Option<ItemState>) -> Result<Road, AnnulRefused> {
    use ItemState as I;
    match (state, payment) {
        (State::Approved, _) => Ok(Road::Release),
        (State::Paid, Some(I::Paid)) => Ok(Road::Reclaim),
        (State::Decreed, Some(I::Deposited)) => Ok(Road::Treasury),
        (State::Decreed, None | Some(I::Cancelled)) => Err(AnnulRefused::OnDecree),
        (State::Decreed, Some(I::Ordered)) => Err(AnnulRefused::Ordered),
        (State::Decreed, Some(I::Sent)) => Err(AnnulRefused::OnItsWay),
        (State::Decreed, Some(I::Returned)) => Err(AnnulRefused::CameBack),
        (from, _) => Err(AnnulRefused::NotAllowed(NotAllowed { from, step: Step::Annul })),
    }
}

/// Whether somebody may ask for an annulment. Returns the way the money would take.
///
/// # Errors
/// [`AnnulRefused`], the first that applies: role, road, family, hand in the payment, ground, words, evidence.
pub fn ask_annulment(actor: &Actor, facts: &AnnulFacts, why: Why<'_>) -> Result<Road, AnnulRefused> {
    if !matches!(actor.role, Role::Operator | Role::VillageHead | Role::Verifier | Role::Approver | Role::Finance) {
        return Err(AnnulRefused::NotYourRole);
    }
    let road = road_of(facts.state, facts.payment)?;
    // Whoever finds the mistake says so, whatever they did before; only those who paid it out do not judge their own payment.
    match may_take_part(actor, Duty::Approve, &paid_by(facts), &facts.interested) {
        Ok(()) => {}
        Err(Conflict::OwnFamily) => return Err(AnnulRefused::OwnFamily),
        Err(Conflict::SamePerson(_)) => return Err(AnnulRefused::PaidIt),
    }
    if !why.ground.ends_the_claim() {
        return Err(AnnulRefused::GroundEndsNothing);
    }
    if why.words.trim().chars().count() < REASON_CHARS_MIN {
        return Err(AnnulRefused::NoWords);
    }
    if why.has_evidence { Ok(road) } else { Err(AnnulRefused::NoEvidence) }
}

/// Hands in the payment, as far as money has gone out.
fn paid_by(facts: &AnnulFacts) -> Vec<Participant> {
    facts.participants.iter().filter(|hand| hand.duty == Duty::Pay && facts.payment.is_some()).cloned().collect()
}

/// Whether this person may decide about an annulment that `asker` asked for. Returns the way the money takes.
///
/// # Errors
/// [`AnnulRefused`]: role, the asker's own, family or another duty, road.
pub fn judge_annulment(actor: &Actor, asker: &Participant, facts: &AnnulFacts) -> Result<Road, AnnulRefused> {
    if actor.role != Role::Approver {
        return Err(AnnulRefused::NotYourRole);
    }
    if actor.is_same_person(asker) {
        return Err(AnnulRefused::SamePerson);
    }
    match may_take_part(actor, Duty::Approve, &facts.participants, &facts.interested) {
        Ok(()) => road_of(facts.state, facts.payment),
        Err(Conflict::OwnFamily) => Err(AnnulRefused::OwnFamily),
        Err(Conflict::SamePerson(Duty::Pay)) => Err(AnnulRefused::PaidIt),
        Err(Conflict::SamePerson(duty)) => Err(AnnulRefused::OtherDuty(duty)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payment::hand;
    use crate::domain::region::RegionCode;

    fn person(id: &str, role: Role) -> Actor {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: id.into(), name: id.into(), role, office: region.clone(), region, nik: None, family_card: None }
    }

    fn facts(state: State, payment: Option<ItemState>) -> AnnulFacts {
        let participants = vec![
            Participant { user_id: "ver".into(), nik: None, duty: Duty::Verify },
            Participant { user_id: "app".into(), nik: None, duty: Duty::Approve },
            Participant { user_id: "fin".into(), nik: None, duty: Duty::Pay },
        ];
        AnnulFacts { state, payment, participants, interested: Interested::default() }
    }

    #[test]
    fn every_pair_of_states_has_one_road_or_says_what_comes_first() {
        let mut roads = Vec::new();
        for state in State::ALL {
            for payment in ItemState::ALL.into_iter().map(Some).chain([None]) {
                match road_of(state, payment) {
                    Ok(road) => roads.push((state, payment, road)),
                    Err(refused) => assert!(!refused.to_string().is_empty()),
                }
            }
        }
        let beyond: Vec<_> = roads.into_iter().filter(|(state, ..)| *state != State::Approved).collect();
        let expected = [(State::Decreed, Some(ItemState::Deposited), Road::Treasury), (State::Paid, Some(ItemState::Paid), Road::Reclaim)];
        assert_eq!(beyond, expected);
        let check = |payment, expected| assert_eq!(road_of(State::Decreed, payment), Err(expected));
        check(None, AnnulRefused::OnDecree);
        check(Some(ItemState::Cancelled), AnnulRefused::OnDecree);
        check(Some(ItemState::Ordered), AnnulRefused::Ordered);
        check(Some(ItemState::Sent), AnnulRefused::OnItsWay);
        check(Some(ItemState::Returned), AnnulRefused::CameBack);
    }

    #[test]
    fn who_paid_does_not_ask_and_who_asked_does_not_decide() {
        let paid = facts(State::Paid, Some(ItemState::Paid));
        let ask = |id: &str, role| {
            let why = Why { ground: Ground::WrongHeir, words: "ahli waris lain datang", has_evidence: true };
            ask_annulment(&person(id, role), &paid, why)
        };
        assert_eq!(ask("ver", Role::Verifier), Ok(Road::Reclaim));
        assert_eq!(ask("fin", Role::Finance), Err(AnnulRefused::PaidIt));
        assert_eq!(ask("fin2", Role::Finance), Ok(Road::Reclaim));
        assert_eq!(ask("aud", Role::Auditor), Err(AnnulRefused::NotYourRole));
        let judge = |id: &str, asker: &str| judge_annulment(&person(id, Role::Approver), &hand(asker, None), &paid);
        assert_eq!(judge("app", "ver"), Ok(Road::Reclaim));
        assert_eq!(judge("ver", "ver"), Err(AnnulRefused::SamePerson));
        assert_eq!(judge("ver", "x"), Err(AnnulRefused::OtherDuty(Duty::Verify)));
        assert_eq!(judge("fin", "x"), Err(AnnulRefused::PaidIt));
        assert_eq!(judge_annulment(&person("y", Role::Finance), &hand("x", None), &paid), Err(AnnulRefused::NotYourRole));
    }

    #[test]
    fn an_annulment_needs_a_ground_that_ends_words_and_evidence() {
        let approved = facts(State::Approved, None);
        let ask =
            |ground, words, has_evidence| ask_annulment(&person("fin", Role::Finance), &approved, Why { ground, words, has_evidence });
        assert_eq!(ask(Ground::PersonAlive, "orangnya datang sendiri", true), Ok(Road::Release));
        assert_eq!(ask(Ground::Doubt, "orangnya datang sendiri", true), Err(AnnulRefused::GroundEndsNothing));
        assert_eq!(ask(Ground::PersonAlive, " hidup ", true), Err(AnnulRefused::NoWords));
        assert_eq!(ask(Ground::PersonAlive, "orangnya datang sendiri", false), Err(AnnulRefused::NoEvidence));
    }
}
