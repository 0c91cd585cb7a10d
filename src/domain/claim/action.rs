//! Deciding on a claim: who may take which step, and with which reason.

use crate::domain::access::{Actor, Conflict, Duty, Interested, Participant, Role, may_take_part};
use crate::domain::crosscheck::Verdict;

use super::state::{Next, NotAllowed, State, Step};

/// What somebody wants to do with a claim, with their reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The step.
    pub step: Step,
    /// Why; obligatory for every step that does not lead straight on.
    pub reason: String,
}

/// What the decision rests on.
#[derive(Debug, Clone)]
pub struct ActionFacts {
    /// Where the claim stands.
    pub state: State,
    /// Where it stood when it was put on hold.
    pub resume: Option<State>,
    /// What the findings together say.
    pub verdict: Verdict,
    /// Who had a hand in it.
    pub participants: Vec<Participant>,
    /// Whose money it is.
    pub interested: Interested,
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Another role takes this step from this state.
    NotYourRole,
    /// There is no such step from this state.
    NotAllowed(NotAllowed),
    /// The person already had another duty, or the claim is their own family's.
    Conflict(Conflict),
    /// The step needs a reason in words.
    ReasonMissing,
}

/// Shortest reason that says something, in characters.
pub const REASON_CHARS_MIN: usize = 10;
/// Longest reason, in characters.
pub const REASON_CHARS_MAX: usize = 2_000;

/// Decides a step and says where it leads.
///
/// # Errors
/// [`Refused`], the first that applies: role, table of steps, conflict, reason.
pub fn decide(action: &Action, actor: &Actor, facts: &ActionFacts) -> Result<State, Refused> {
    let duty = duty_of(action.step, actor.role).ok_or(Refused::NotYourRole)?;
    let next = facts.state.next(action.step).map_err(Refused::NotAllowed)?;
    if !may_from(actor.role, facts.state, action.step) {
        return Err(Refused::NotYourRole);
    }
    may_take_part(actor, duty, &facts.participants, &facts.interested).map_err(Refused::Conflict)?;
    if needs_reason(action.step, facts.verdict) && action.reason.trim().chars().count() < REASON_CHARS_MIN {
        return Err(Refused::ReasonMissing);
    }
    match next {
        Next::To(state) => Ok(state),
        Next::Back => facts.resume.ok_or(Refused::NotAllowed(NotAllowed { from: facts.state, step: action.step })),
    }
}

/// Steps this person could take now, for the buttons of a page. The act itself decides again.
pub fn possible_steps(actor: &Actor, facts: &ActionFacts) -> Vec<Step> {
    let reason = "x".repeat(REASON_CHARS_MIN);
    Step::ALL.into_iter().filter(|step| decide(&Action { step: *step, reason: reason.clone() }, actor, facts).is_ok()).collect()
}

/// Which duty a step belongs to when this role takes it; `None` if the role never does.
pub fn duty_of(step: Step, role: Role) -> Option<Duty> {
    match (step, role) {
        (Step::Resubmit | Step::Withdraw, Role::Operator) => Some(Duty::File),
        (Step::Endorse | Step::Return, Role::VillageHead) => Some(Duty::Endorse),
        (Step::Verify | Step::Return | Step::Hold | Step::Resume, Role::Verifier) => Some(Duty::Verify),
        // A row of a decree is struck by whoever locks the amending decree.
        (
            Step::Approve | Step::Queue | Step::Reject | Step::Return | Step::Hold | Step::Resume | Step::Annul | Step::Strike,
            Role::Approver,
        ) => Some(Duty::Approve),
        // Back to the waiting list with the end of the year: the finance office closes it.
        (Step::Decree | Step::Pay | Step::Reverse | Step::Queue, Role::Finance) => Some(Duty::Pay),
        _ => None,
    }
}

/// A step several roles know belongs to the one at whose desk the claim lies.
fn may_from(role: Role, from: State, step: Step) -> bool {
    match (role, step) {
        (Role::VillageHead, Step::Return) => from == State::Submitted,
        (Role::Verifier, Step::Return) => from == State::Endorsed,
        // Approved claims go back to the waiting list only with the end of their year.
        (Role::Approver, Step::Return | Step::Queue) => from == State::Verified,
        (Role::Verifier, Step::Hold) => matches!(from, State::Submitted | State::Endorsed),
        (Role::Finance, Step::Queue) => from == State::Approved,
        (Role::Approver, Step::Hold) => matches!(from, State::Verified | State::Approved | State::Waiting),
        _ => true,
    }
}

/// Straight steps need no words, unless a rule is plainly broken and the person goes on all the same.
fn needs_reason(step: Step, verdict: Verdict) -> bool {
    match step {
        Step::Endorse | Step::Resubmit | Step::Resume | Step::Queue | Step::Decree | Step::Pay | Step::Reverse => false,
        Step::Verify | Step::Approve => verdict == Verdict::Ineligible,
        Step::Return | Step::Reject | Step::Hold | Step::Withdraw | Step::Annul | Step::Strike => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::region::RegionCode;

    fn actor(role: Role) -> Actor {
        let region = RegionCode::parse("33.25").unwrap();
        Actor { id: role.code().into(), name: "X".into(), role, office: region.clone(), region, nik: None, family_card: None }
    }

    fn facts(state: State, verdict: Verdict) -> ActionFacts {
        ActionFacts { state, resume: None, verdict, participants: vec![], interested: Interested::default() }
    }

    fn check(role: Role, from: State, verdict: Verdict, step: Step, reason: &str, expected: Result<State, Refused>) {
        let action = Action { step, reason: reason.into() };
        assert_eq!(decide(&action, &actor(role), &facts(from, verdict)), expected, "{role:?} {from:?} {step:?}");
    }

    #[test]
    fn each_role_takes_its_own_steps() {
        let clean = Verdict::Eligible;
        check(Role::VillageHead, State::Submitted, clean, Step::Endorse, "", Ok(State::Endorsed));
        check(Role::Operator, State::Submitted, clean, Step::Endorse, "", Err(Refused::NotYourRole));
        check(Role::Verifier, State::Endorsed, clean, Step::Verify, "", Ok(State::Verified));
        check(Role::Approver, State::Verified, clean, Step::Approve, "", Ok(State::Approved));
        check(Role::Verifier, State::Verified, clean, Step::Approve, "", Err(Refused::NotYourRole));
        check(Role::Verifier, State::Submitted, clean, Step::Return, "kartu keluarga belum ada", Err(Refused::NotYourRole));
        check(Role::Auditor, State::Verified, clean, Step::Reject, "tidak memenuhi syarat", Err(Refused::NotYourRole));
        check(Role::Admin, State::Endorsed, clean, Step::Verify, "", Err(Refused::NotYourRole));
        let skipped = NotAllowed { from: State::Submitted, step: Step::Approve };
        check(Role::Approver, State::Submitted, clean, Step::Approve, "", Err(Refused::NotAllowed(skipped)));
    }

    #[test]
    fn steps_off_the_straight_road_need_words() {
        check(Role::Verifier, State::Endorsed, Verdict::Eligible, Step::Return, " ", Err(Refused::ReasonMissing));
        check(Role::Approver, State::Verified, Verdict::Eligible, Step::Reject, "tidak", Err(Refused::ReasonMissing));
        check(Role::Approver, State::Verified, Verdict::Ineligible, Step::Approve, "", Err(Refused::ReasonMissing));
        check(Role::Approver, State::Verified, Verdict::Ineligible, Step::Approve, "ada akta kematian asli", Ok(State::Approved));
        check(Role::Approver, State::Verified, Verdict::NeedsReview, Step::Approve, "", Ok(State::Approved));
    }

    #[test]
    fn a_claim_on_hold_goes_on_where_it_stopped() {
        let stopped = ActionFacts { resume: Some(State::Verified), ..facts(State::OnHold, Verdict::Eligible) };
        let resume = Action { step: Step::Resume, reason: String::new() };
        assert_eq!(decide(&resume, &actor(Role::Approver), &stopped), Ok(State::Verified));
    }

    #[test]
    fn buttons_are_the_steps_that_would_pass() {
        assert_eq!(
            possible_steps(&actor(Role::Verifier), &facts(State::Endorsed, Verdict::Eligible)),
            [Step::Return, Step::Verify, Step::Hold]
        );
        assert_eq!(possible_steps(&actor(Role::Auditor), &facts(State::Endorsed, Verdict::Eligible)), []);
    }
}
