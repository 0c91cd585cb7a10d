//! Where the money of a returned payment shall go instead: proposed by one person, approved afresh by another.

use super::super::access::{Actor, Participant, Role};
use super::super::claim::{Heir, Payout, REASON_CHARS_MIN};
use super::super::money::Rupiah;
use super::{Cure, ItemState, LineFault, PaymentLine, ReturnReason};

/// A correction as somebody proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Where the money shall go.
    pub payout: Payout,
    /// The next heir, where the payee died before collecting or was the wrong one.
    pub payee: Option<Heir>,
    /// What it rests on, in words.
    pub reason: String,
}

/// What a proposal is held against.
#[derive(Debug, Clone)]
pub struct CorrectionFacts<'a> {
    /// Where the payment stands.
    pub item: ItemState,
    /// Where the money went.
    pub old: &'a Payout,
    /// Why it came back.
    pub why: ReturnReason,
    /// Whether another proposal for it waits or was approved.
    pub has_another: bool,
    /// Whether a paper that proves it comes along.
    pub has_evidence: bool,
}

/// Why a correction is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefused {
    /// Neither finance nor the village proposes, or not the approver approves.
    #[error("Langkah ini bukan tugas akun Anda. Koreksi diusulkan bagian keuangan atau operator desa, dan disetujui Kepala Dinas.")]
    NotYourRole,
    /// The payment did not come back.
    #[error("Pembayaran ini {0}; hanya pembayaran yang kembali (retur) yang dapat dikoreksi.")]
    NotReturned(ItemState),
    /// There is one already.
    #[error("Pembayaran ini sudah memiliki usulan koreksi yang menunggu atau sudah disetujui.")]
    Another,
    /// No paper.
    #[error("Lampirkan buktinya: foto halaman depan buku rekening, surat keterangan bank, atau akta/surat kematian penerima.")]
    NoEvidence,
    /// No words.
    #[error("Tuliskan dasarnya paling sedikit 10 huruf, misalnya kapan dan oleh siapa buku rekening ditunjukkan.")]
    NoReason,
    /// An account no bank takes.
    #[error("{}.", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Account(Vec<LineFault>),
    /// The bank has said no to this very account.
    #[error("Rekening itu sama dengan yang ditolak bank ({}). Mintakan rekening lain, perbaiki nomornya, atau pilih tunai.", .0.sentence())]
    SameAccount(ReturnReason),
    /// The payee has died and no next heir is named.
    #[error("Penerimanya sudah meninggal. Isi ahli waris pengganti beserta surat kematian penerima.")]
    NextHeirMissing,
    /// Decided before.
    #[error("Usulan ini sudah diputus. Muat ulang halaman untuk melihat keadaan terakhir.")]
    Decided,
    /// One person, two hands.
    #[error("Anda sendiri yang mengusulkan koreksi ini. Persetujuannya harus oleh orang lain.")]
    SamePerson,
    /// Nothing approved.
    #[error("Tidak ada koreksi yang sudah disetujui untuk dibayar ulang.")]
    NothingApproved,
}

/// Whether the money would only come back again: the bank has said no to this very account, or the payee is dead, and nothing was put
/// right since.
pub fn would_come_back(why: &ReturnReason, old: (&Payout, &str), now: (&Payout, &str)) -> bool {
    let must_change = matches!(why.cure(), Cure::CorrectAccount | Cure::AnotherAccount | Cure::CorrectName | Cure::CorrectBank);
    let same_payee = old.1 == now.1;
    (why.cure() == Cure::NextHeir && same_payee) || (must_change && same_payee && old.0 == now.0)
}

/// Whether a proposal may be recorded. Returns it with its account written as banks take it.
///
/// # Errors
/// [`CorrectionRefused`], the first that applies: role, state, another one, evidence, reason, next heir, account.
pub fn propose_correction(actor: &Actor, correction: &Correction, facts: &CorrectionFacts<'_>) -> Result<Correction, CorrectionRefused> {
    if !matches!(actor.role, Role::Finance | Role::Operator) {
        return Err(CorrectionRefused::NotYourRole);
    }
    if facts.item != ItemState::Returned {
        return Err(CorrectionRefused::NotReturned(facts.item));
    }
    if facts.has_another {
        return Err(CorrectionRefused::Another);
    }
    if !facts.has_evidence {
        return Err(CorrectionRefused::NoEvidence);
    }
    if correction.reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(CorrectionRefused::NoReason);
    }
    let cure = facts.why.cure();
    if cure == Cure::NextHeir && correction.payee.is_none() {
        return Err(CorrectionRefused::NextHeirMissing);
    }
    let payout = clean_payout(&correction.payout).map_err(CorrectionRefused::Account)?;
    let must_change = matches!(cure, Cure::CorrectAccount | Cure::AnotherAccount | Cure::CorrectName | Cure::CorrectBank);
    if must_change && correction.payee.is_none() && payout == *facts.old {
        return Err(CorrectionRefused::SameAccount(facts.why.clone()));
    }
    Ok(Correction { payout, payee: correction.payee.clone(), reason: correction.reason.trim().to_owned() })
}

/// An account as banks take it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn clean_payout(payout: &Payout) -> Result<Payout, Vec<LineFault>> {
    let Payout::Bank(account) = payout else { return Ok(Payout::Cash) };
    let line = PaymentLine {
        sequence: 1,
        reference: "1".to_owned(),
        bank: account.bank.trim().to_owned(),
        account: account.number.clone(),
        holder: account.holder.trim().to_owned(),
        amount: Rupiah::new(1).unwrap_or_default(),
        remark: String::new(),
    };
    let line = line.checked()?;
    Ok(Payout::Bank(super::super::claim::BankAccount { bank: line.bank, number: line.account, holder: line.holder }))
}

/// Whether this person may decide about a proposal.
///
/// # Errors
/// [`CorrectionRefused`]: role, the proposer's own, decided before, not returned any more, a refusal without a reason.
pub fn judge_correction(actor: &Actor, proposer: &Participant, judgement: &Judged<'_>) -> Result<(), CorrectionRefused> {
    if actor.role != Role::Approver {
        return Err(CorrectionRefused::NotYourRole);
    }
    if actor.is_same_person(proposer) {
        return Err(CorrectionRefused::SamePerson);
    }
    if judgement.is_decided {
        return Err(CorrectionRefused::Decided);
    }
    if judgement.item != ItemState::Returned {
        return Err(CorrectionRefused::NotReturned(judgement.item));
    }
    if !judgement.approves && judgement.reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(CorrectionRefused::NoReason);
    }
    Ok(())
}

/// What somebody decides about a proposal, and what it rests on.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Whether the money may go there.
    pub approves: bool,
    /// Why not; may be empty for an approval.
    pub reason: &'a str,
    /// Whether it was decided before.
    pub is_decided: bool,
    /// Where the payment stands.
    pub item: ItemState,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::claim::BankAccount;
    use crate::domain::payment::hand;
    use crate::domain::region::RegionCode;

    fn person(id: &str, role: Role) -> Actor {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: id.into(), name: id.into(), role, office: region.clone(), region, nik: None, family_card: None }
    }

    fn bank(number: &str) -> Payout {
        Payout::Bank(BankAccount { bank: "BRI".into(), number: number.into(), holder: "SITI".into() })
    }

    fn check(number: &str, why: ReturnReason, expected: Result<&str, CorrectionRefused>) {
        let old = bank("595501824129");
        let facts = CorrectionFacts { item: ItemState::Returned, old: &old, why, has_another: false, has_evidence: true };
        let correction = Correction { payout: bank(number), payee: None, reason: "buku rekening ditunjukkan".into() };
        let got = propose_correction(&person("a", Role::Finance), &correction, &facts).map(|taken| taken.payout);
        assert_eq!(got, expected.map(bank));
    }

    #[test]
    fn an_account_the_bank_refused_is_not_sent_again_but_a_failed_machine_is() {
        check("5955-01.824 130", ReturnReason::WrongAccount, Ok("595501824130"));
        check("595501824129", ReturnReason::WrongAccount, Err(CorrectionRefused::SameAccount(ReturnReason::WrongAccount)));
        check("595501824129", ReturnReason::Technical, Ok("595501824129"));
        check("12", ReturnReason::WrongAccount, Err(CorrectionRefused::Account(vec![LineFault::Account("12".into())])));
        check("595501824130", ReturnReason::HolderDead, Err(CorrectionRefused::NextHeirMissing));
    }

    #[test]
    fn what_failed_is_not_sent_again_unchanged() {
        let (old, other) = (bank("1"), bank("2"));
        let check = |why, now: (&Payout, &str), expected| assert_eq!(would_come_back(&why, (&old, "SITI"), now), expected, "{why:?}");
        check(ReturnReason::ClosedAccount, (&old, "SITI"), true);
        check(ReturnReason::ClosedAccount, (&other, "SITI"), false);
        check(ReturnReason::ClosedAccount, (&Payout::Cash, "SITI"), false);
        check(ReturnReason::ClosedAccount, (&old, "BUDI"), false);
        check(ReturnReason::Technical, (&old, "SITI"), false);
        check(ReturnReason::HolderDead, (&other, "SITI"), true);
        check(ReturnReason::HolderDead, (&old, "BUDI"), false);
    }

    #[test]
    fn only_what_came_back_is_corrected_once_with_evidence_and_words() {
        let old = bank("595501824129");
        let good = CorrectionFacts {
            item: ItemState::Returned,
            old: &old,
            why: ReturnReason::ClosedAccount,
            has_another: false,
            has_evidence: true,
        };
        let correction = Correction { payout: Payout::Cash, payee: None, reason: "penerima minta tunai".into() };
        let propose = |role, correction: &Correction, facts: &CorrectionFacts<'_>| {
            propose_correction(&person("a", role), correction, facts).map(|taken| taken.payout)
        };
        assert_eq!(propose(Role::Operator, &correction, &good), Ok(Payout::Cash));
        assert_eq!(propose(Role::Approver, &correction, &good), Err(CorrectionRefused::NotYourRole));
        for state in ItemState::ALL.into_iter().filter(|state| *state != ItemState::Returned) {
            let facts = CorrectionFacts { item: state, ..good.clone() };
            assert_eq!(propose(Role::Finance, &correction, &facts), Err(CorrectionRefused::NotReturned(state)));
        }
        let another = CorrectionFacts { has_another: true, ..good.clone() };
        assert_eq!(propose(Role::Finance, &correction, &another), Err(CorrectionRefused::Another));
        let bare = CorrectionFacts { has_evidence: false, ..good.clone() };
        assert_eq!(propose(Role::Finance, &correction, &bare), Err(CorrectionRefused::NoEvidence));
        let silent = Correction { reason: " ya ".into(), ..correction };
        assert_eq!(propose(Role::Finance, &silent, &good), Err(CorrectionRefused::NoReason));
    }

    #[test]
    fn whoever_proposed_does_not_approve() {
        let judge = |who: &str, role, judged: Judged<'_>| judge_correction(&person(who, role), &hand("a", None), &judged);
        let yes = Judged { approves: true, reason: "", is_decided: false, item: ItemState::Returned };
        assert_eq!(judge("b", Role::Approver, yes), Ok(()));
        assert_eq!(judge("a", Role::Approver, yes), Err(CorrectionRefused::SamePerson));
        assert_eq!(judge("b", Role::Finance, yes), Err(CorrectionRefused::NotYourRole));
        assert_eq!(judge("b", Role::Approver, Judged { is_decided: true, ..yes }), Err(CorrectionRefused::Decided));
        assert_eq!(judge("b", Role::Approver, Judged { approves: false, ..yes }), Err(CorrectionRefused::NoReason));
        let gone = Judged { item: ItemState::Deposited, ..yes };
        assert_eq!(judge("b", Role::Approver, gone), Err(CorrectionRefused::NotReturned(ItemState::Deposited)));
    }
}
