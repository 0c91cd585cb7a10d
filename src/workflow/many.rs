//! Facts of many claims at once: the same as one by one, in few statements.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::access::{Actor, Interested};
use crate::domain::claim::{ActionFacts, ClaimedNik};
use crate::domain::crosscheck::Finding;
use crate::domain::identity::{Nik, nik_slips};
use crate::store::claims::Claim;
use crate::store::money::orders;
use crate::store::{DbConn, StoreError, answers, deaths, events, register};

use super::checked::payee_died;
use super::desk::Pack;
use super::refusal::Refusal;

/// From so many claims on the numbers of all dead are read first; fewer are asked about one by one.
const LIST_OF_DEAD_FROM: usize = 50;

/// Everything decisions on many claims rest on, in their order; of each what `action_facts` says.
///
/// # Errors
/// [`StoreError`].
pub(super) fn action_facts_of(conn: &mut DbConn, actor: &Actor, claims: &[Claim]) -> Result<Vec<ActionFacts>, StoreError> {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let mut took_part = events::participants_of(conn, &ids)?;
    let mut answered = answers::participants_of(conn, &ids)?;
    let mut paid = orders::participants_of(conn, &ids)?;
    let interested = interested_of(conn, actor, claims)?;
    let facts = claims.iter().zip(interested).map(|(claim, interested)| {
        let of_claim = [&mut took_part, &mut answered, &mut paid].into_iter().filter_map(|all| all.remove(&claim.id));
        let participants = of_claim.flatten().collect();
        ActionFacts { state: claim.state, resume: claim.resume, verdict: claim.verdict, participants, interested }
    });
    Ok(facts.collect())
}

/// Whose money each of many claims is.
fn interested_of(conn: &mut DbConn, actor: &Actor, claims: &[Claim]) -> Result<Vec<Interested>, StoreError> {
    let niks_of = |claim: &Claim| -> Vec<Nik> {
        let claimed: Vec<&ClaimedNik> = std::iter::once(&claim.content.deceased.nik).chain(claim.content.receiving_niks()).collect();
        claimed.into_iter().filter_map(|claimed| claimed.number.clone()).collect()
    };
    let all: Vec<Vec<Nik>> = claims.iter().map(niks_of).collect();
    let cards = register::cards_of_niks(conn, &actor.office, all.iter().flatten())?;
    let interested = claims.iter().zip(all).map(|(claim, niks)| {
        let content = &claim.content;
        let written = content.deceased.family_card.iter().chain(content.heirs.iter().filter_map(|heir| heir.family_card.as_ref()));
        let registered = niks.iter().filter_map(|nik| cards.get(nik)).flatten();
        Interested { family_cards: written.chain(registered).cloned().collect(), niks }
    });
    Ok(interested.collect())
}

/// What is known today of the death of each claim's payee, in the order of the claims. Of many, only those are looked at whose payee's
/// number, or one a slip away from it, is that of somebody known as dead: nobody else can be.
///
/// # Errors
/// [`Refusal`] as of looking at one.
pub(super) fn payees_died(conn: &mut DbConn, pack: &Pack, claims: &[Claim], today: NaiveDate) -> Result<Vec<Option<Finding>>, Refusal> {
    let dead = match claims.first() {
        Some(first) if claims.len() >= LIST_OF_DEAD_FROM => Some(deaths::numbers_of_dead(conn, &first.office)?),
        _ => None,
    };
    let mut found = Vec::with_capacity(claims.len());
    for claim in claims {
        let nobody = dead.as_ref().is_some_and(|dead| !may_be_among(dead, claim));
        found.push(if nobody { None } else { payee_died(conn, pack, claim, today)? });
    }
    Ok(found)
}

fn may_be_among(dead: &HashSet<String>, claim: &Claim) -> bool {
    let nik = claim.content.payee().and_then(|heir| heir.nik.number.as_ref());
    nik.is_some_and(|nik| dead.contains(nik.expose()) || nik_slips(nik.expose()).iter().any(|slip| dead.contains(slip)))
}
