//! Money that comes back: what is owed, what came, what is late.

use chrono::NaiveDate;

use super::plan::{INSTALMENTS_MAX, Instalment, Plan};
use crate::domain::access::{Actor, Participant, Role};
use crate::domain::claim::REASON_CHARS_MIN;
use crate::domain::money::Rupiah;

/// Longest number of a slip, in characters.
const NUMBER_CHARS_MAX: usize = 80;

/// A part that came back, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How much.
    pub amount: Rupiah,
    /// Number of the slip.
    pub number: String,
    /// Whether it was booked by mistake and moved back.
    pub voided: bool,
}

/// A part somebody wants to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPart {
    /// Day on which it was paid to the treasury.
    pub paid_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
    /// Number of the slip (STS), as the treasury gave it.
    pub number: String,
    /// Whether the slip's scan comes along.
    pub has_evidence: bool,
}

/// Why something about a recovery is not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryRefused {
    /// Another role's act.
    #[error("Langkah ini bukan tugas akun Anda. Pengembalian dicatat bagian keuangan.")]
    NotYourRole,
    /// Nothing is owed any more.
    #[error("Pengembalian ini sudah lunas.")]
    Settled,
    /// None, or too many.
    #[error("Rencana berisi {0} angsuran; isi 1 sampai {INSTALMENTS_MAX}.")]
    PlanLength(usize),
    /// An instalment of nothing.
    #[error("Setiap angsuran harus lebih dari Rp0.")]
    PlanPart,
    /// Days out of order.
    #[error("Tanggal angsuran harus berurutan, dan yang pertama tidak sebelum tanggal kesepakatan.")]
    PlanDays,
    /// Another sum than the debt.
    #[error("Jumlah angsuran {sum}, padahal yang masih harus dikembalikan {balance}. Samakan sampai ke rupiah.")]
    PlanSum {
        /// Sum of the instalments.
        sum: Rupiah,
        /// What is owed.
        balance: Rupiah,
    },
    /// A plan without its paper.
    #[error("Tuliskan dasar kesepakatannya paling sedikit 10 huruf, misalnya nomor dan tanggal surat pernyataan kesanggupan.")]
    NoBasis,
    /// More than is owed, or nothing.
    #[error(
        "Yang masih harus dikembalikan {balance}. Angsuran harus lebih dari Rp0 dan tidak melebihi itu; kelebihan setor dikembalikan kas daerah."
    )]
    Amount {
        /// What is owed.
        balance: Rupiah,
    },
    /// A day that cannot be.
    #[error("Tanggal setor tidak boleh sebelum permohonannya dibatalkan atau setelah hari ini.")]
    PaidWhen,
    /// No number, or one too long.
    #[error("Tuliskan nomor STS atau bukti setor seperti tertulis pada buktinya, paling panjang 80 huruf.")]
    Number,
    /// Recorded before.
    #[error("Bukti setor {0} sudah pernah dicatat. Satu bukti setor hanya untuk satu angsuran; periksa nomornya.")]
    NumberTwice(String),
    /// No scan.
    #[error("Lampirkan pindaian atau foto bukti setor (STS).")]
    NoEvidence,
    /// Moved back before.
    #[error("Angsuran ini sudah pernah dikoreksi.")]
    Voided,
    /// One person, two hands.
    #[error("Anda sendiri yang mencatat angsuran ini. Koreksinya harus oleh orang kedua di bagian keuangan.")]
    SamePerson,
    /// No words.
    #[error("Tuliskan alasan koreksi paling sedikit 10 huruf: apa yang salah dan apa yang benar.")]
    NoReason,
    /// Nobody to ask.
    #[error("Isi nama dan alamat yang harus mengembalikan, sepanjang 2 sampai 200 huruf.")]
    Debtor,
}

/// What is still owed of a debt.
pub fn balance_of(owed: Rupiah, parts: &[Part]) -> Option<Rupiah> {
    owed.checked_sub(Rupiah::sum(parts.iter().filter(|part| !part.voided).map(|part| part.amount))?)
}

/// What a new part is held against.
#[derive(Debug, Clone, Copy)]
pub struct PartFacts {
    /// What is still owed.
    pub balance: Rupiah,
    /// Day the claim was annulled.
    pub opened_on: NaiveDate,
    /// Day of the office.
    pub today: NaiveDate,
    /// Whether a part or deposit of the office stands under the same number.
    pub number_is_used: bool,
}

/// Whether a part may be recorded.
///
/// # Errors
/// [`RecoveryRefused`], the first that applies: role, settled, amount, day, number, evidence, a number used before.
pub fn check_part(actor: &Actor, part: &NewPart, facts: &PartFacts) -> Result<(), RecoveryRefused> {
    if actor.role != Role::Finance {
        return Err(RecoveryRefused::NotYourRole);
    }
    let balance = facts.balance;
    if balance == Rupiah::ZERO {
        return Err(RecoveryRefused::Settled);
    }
    if part.amount == Rupiah::ZERO || part.amount > balance {
        return Err(RecoveryRefused::Amount { balance });
    }
    if part.paid_on < facts.opened_on || part.paid_on > facts.today {
        return Err(RecoveryRefused::PaidWhen);
    }
    let number = part.number.trim();
    if number.is_empty() || number.chars().count() > NUMBER_CHARS_MAX {
        return Err(RecoveryRefused::Number);
    }
    if !part.has_evidence {
        return Err(RecoveryRefused::NoEvidence);
    }
    if facts.number_is_used { Err(RecoveryRefused::NumberTwice(number.to_owned())) } else { Ok(()) }
}

/// Whether a wrongly booked part may be moved back: by a second person of the finance office, with words, once.
///
/// # Errors
/// [`RecoveryRefused`].
pub fn may_void(actor: &Actor, recorder: &Participant, is_voided: bool, reason: &str) -> Result<(), RecoveryRefused> {
    if actor.role != Role::Finance {
        return Err(RecoveryRefused::NotYourRole);
    }
    if is_voided {
        return Err(RecoveryRefused::Voided);
    }
    if actor.is_same_person(recorder) {
        return Err(RecoveryRefused::SamePerson);
    }
    if reason.trim().chars().count() < REASON_CHARS_MIN { Err(RecoveryRefused::NoReason) } else { Ok(()) }
}

/// An instalment with what is missing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The instalment.
    pub instalment: Instalment,
    /// What has not come yet.
    pub missing: Rupiah,
}

/// How far a plan is met by now, instalment by instalment: what came since it was agreed fills the first ones.
pub fn standing_of(plan: &Plan, balance: Rupiah) -> Vec<Due> {
    // More than the plan is about is owed again after a correction of an earlier part: then nothing of it is met.
    let mut came = plan.total().checked_sub(balance).unwrap_or(Rupiah::ZERO);
    let mut dues = Vec::with_capacity(plan.instalments().len());
    for instalment in plan.instalments() {
        let met = came.min(instalment.amount);
        came = came.checked_sub(met).unwrap_or(Rupiah::ZERO);
        dues.push(Due { instalment: *instalment, missing: instalment.amount.checked_sub(met).unwrap_or(Rupiah::ZERO) });
    }
    dues
}

/// What should have come by today and has not; all of it where nothing was agreed.
pub fn overdue(plan: Option<&Plan>, balance: Rupiah, today: NaiveDate) -> Rupiah {
    let Some(plan) = plan else { return balance };
    let late = standing_of(plan, balance).into_iter().filter(|due| due.instalment.due_on < today).map(|due| due.missing);
    Rupiah::sum(late).unwrap_or(balance)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::plan::even_plan;
    use super::*;
    use crate::domain::payment::hand;
    use crate::domain::region::RegionCode;

    fn person(id: &str, role: Role) -> Actor {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: id.into(), name: id.into(), role, office: region.clone(), region, nik: None, family_card: None }
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, d).unwrap()
    }

    fn rupiah(whole: i64) -> Rupiah {
        Rupiah::new(whole).unwrap()
    }

    fn facts(balance: Rupiah, number_is_used: bool) -> PartFacts {
        PartFacts { balance, opened_on: day(3), today: day(6), number_is_used }
    }

    #[test]
    fn a_part_is_held_against_the_debt_the_days_and_the_slips() {
        let good = NewPart { paid_on: day(5), amount: rupiah(4), number: "STS-1".into(), has_evidence: true };
        let check = |part: &NewPart, used, expected| {
            assert_eq!(check_part(&person("a", Role::Finance), part, &facts(rupiah(10), used)), expected);
        };
        check(&good, false, Ok(()));
        check(&NewPart { amount: rupiah(10), ..good.clone() }, false, Ok(()));
        check(&NewPart { amount: rupiah(11), ..good.clone() }, false, Err(RecoveryRefused::Amount { balance: rupiah(10) }));
        check(&NewPart { amount: Rupiah::ZERO, ..good.clone() }, false, Err(RecoveryRefused::Amount { balance: rupiah(10) }));
        check(&NewPart { paid_on: day(2), ..good.clone() }, false, Err(RecoveryRefused::PaidWhen));
        check(&NewPart { paid_on: day(7), ..good.clone() }, false, Err(RecoveryRefused::PaidWhen));
        check(&NewPart { number: " ".into(), ..good.clone() }, false, Err(RecoveryRefused::Number));
        check(&NewPart { has_evidence: false, ..good.clone() }, false, Err(RecoveryRefused::NoEvidence));
        check(&good, true, Err(RecoveryRefused::NumberTwice("STS-1".into())));
        let other = check_part(&person("a", Role::Approver), &good, &facts(rupiah(10), false));
        assert_eq!(other, Err(RecoveryRefused::NotYourRole));
    }

    #[test]
    fn a_wrong_booking_is_moved_back_once_by_a_second_person() {
        let void = |who: &str, role, voided, reason| may_void(&person(who, role), &hand("a", None), voided, reason);
        assert_eq!(void("b", Role::Finance, false, "nilai STS-nya 40.000"), Ok(()));
        assert_eq!(void("a", Role::Finance, false, "nilai STS-nya 40.000"), Err(RecoveryRefused::SamePerson));
        assert_eq!(void("b", Role::Finance, true, "nilai STS-nya 40.000"), Err(RecoveryRefused::Voided));
        assert_eq!(void("b", Role::Finance, false, "salah"), Err(RecoveryRefused::NoReason));
        assert_eq!(void("b", Role::Auditor, false, "nilai STS-nya 40.000"), Err(RecoveryRefused::NotYourRole));
    }

    #[test]
    fn what_is_late_is_what_should_have_come_and_has_not() {
        let plan = Plan::agree(
            vec![Instalment { due_on: day(5), amount: rupiah(4) }, Instalment { due_on: day(9), amount: rupiah(6) }],
            rupiah(10),
            day(1),
        )
        .unwrap();
        let late = |balance, on| overdue(Some(&plan), rupiah(balance), day(on)).whole();
        assert_eq!([late(10, 5), late(10, 6), late(7, 6), late(6, 6), late(6, 10), late(0, 31)], [0, 4, 1, 0, 6, 0]);
        assert_eq!(overdue(None, rupiah(10), day(1)), rupiah(10));
        assert_eq!(late(12, 6), 4, "owed again beyond the plan");
    }

    proptest! {
        #[test]
        fn what_is_missing_of_a_plan_is_what_is_owed(whole in 1_i64..9_000_000, parts in 1_u32..40, came in 0_i64..9_000_000) {
            let plan = Plan::agree(even_plan(rupiah(whole), day(1), parts), rupiah(whole), day(1)).unwrap();
            let balance = rupiah(whole.saturating_sub(came).max(0));
            let dues = standing_of(&plan, balance);
            prop_assert_eq!(Rupiah::sum(dues.iter().map(|due| due.missing)), Some(balance));
            // The first ones are met before the later ones.
            let unmet = dues.iter().position(|due| due.missing > Rupiah::ZERO).unwrap_or(dues.len());
            prop_assert!(dues.iter().skip(unmet.saturating_add(1)).all(|due| due.missing == due.instalment.amount));
            prop_assert_eq!(overdue(Some(&plan), balance, NaiveDate::MAX), balance);
        }

        #[test]
        fn however_it_comes_back_the_debt_ends_at_nothing_and_not_below(whole in 1_i64..9_000_000, tries in prop::collection::vec(1_i64..9_000_000, 0..30)) {
            let mut parts: Vec<Part> = Vec::new();
            for (at, amount) in tries.into_iter().enumerate() {
                let balance = balance_of(rupiah(whole), &parts).unwrap();
                let part = NewPart { paid_on: day(5), amount: rupiah(amount), number: format!("STS-{at}"), has_evidence: true };
                let taken = check_part(&person("a", Role::Finance), &part, &facts(balance, false)).is_ok();
                prop_assert_eq!(taken, amount <= balance.whole());
                if taken {
                    parts.push(Part { amount: part.amount, number: part.number, voided: false });
                }
            }
            prop_assert!(balance_of(rupiah(whole), &parts).is_some());
        }
    }
}
