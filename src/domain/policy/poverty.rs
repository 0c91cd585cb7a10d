//! How poverty is shown (P6, P7): an ordered list of routes, each with its proof, its papers and who decides.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::access::Role;
use crate::domain::claim::DocumentKind;
use crate::domain::register::Resident;

/// How poverty is shown. A claim needs one route; the first that is met is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PovertyRule {
    /// Whose listing in the register counts.
    pub listed: Vec<Listed>,
    /// The routes, in the order an officer tries them.
    pub routes: Vec<Route>,
}

/// Who has to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// The person who died.
    Deceased,
    /// Anybody on the family card of the deceased.
    Household,
    /// The heir who receives.
    Heir,
}

impl Listed {
    fn words(self) -> &'static str {
        match self {
            Self::Deceased => "almarhum/almarhumah",
            Self::Household => "anggota KK-nya",
            Self::Heir => "ahli waris",
        }
    }
}

/// One way to show that a family is poor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Short name, for example `A`.
    pub name: String,
    /// What has to be so.
    pub proof: Proof,
    /// Papers that have to be attached, every one.
    #[serde(default)]
    pub papers: Vec<DocumentKind>,
    /// Who looks at it and decides.
    pub decided_by: Role,
}

/// What shows poverty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// Somebody of `listed` stands in the register with a decile up to this one.
    Decile {
        /// Highest decile (1 poorest to 10) that counts.
        max: u8,
    },
    /// Somebody of `listed` stands in the register as receiving one of these programmes.
    Programme {
        /// The programmes.
        any_of: Vec<Programme>,
    },
    /// Somebody on the same family card is listed up to this decile, the deceased not.
    SameCard {
        /// Highest decile that counts.
        max: u8,
    },
    /// The route's papers alone.
    Papers,
    /// Nothing: every resident is covered, poor or not.
    Resident,
    /// Power of the house's electricity, read from the bill among the route's papers by who decides.
    Electricity {
        /// Highest power in volt-ampere.
        max_va: u32,
    },
    /// Poverty criteria ticked in the statement among the route's papers, counted by who decides.
    Criteria {
        /// How many have to be met.
        at_least: u32,
        /// Of how many.
        of: u32,
    },
}

/// Help the register knows about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Programme {
    /// Program Keluarga Harapan.
    Pkh,
    /// Sembako, before BPNT.
    Sembako,
    /// Health insurance paid by the state (PBI-JK, KIS).
    Pbi,
}

impl Programme {
    fn words(self) -> &'static str {
        match self {
            Self::Pkh => "PKH",
            Self::Sembako => "Sembako/BPNT",
            Self::Pbi => "PBI-JK/KIS",
        }
    }
}

/// What the register says about one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Decile; `None` = not ranked.
    pub decile: Option<u8>,
    /// Programmes received.
    pub programmes: Vec<Programme>,
}

impl Standing {
    /// The standing a register row gives.
    pub fn of(row: &Resident) -> Self {
        let all = [(row.pkh, Programme::Pkh), (row.sembako, Programme::Sembako), (row.pbi, Programme::Pbi)];
        Self { decile: row.decile, programmes: all.into_iter().filter(|(has, _)| *has).map(|(_, programme)| programme).collect() }
    }

    fn is_up_to(&self, max: u8) -> bool {
        self.decile.is_some_and(|decile| (1..=max).contains(&decile))
    }
}

/// What poverty is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PovertyFacts {
    /// The deceased in the register; `None` = not found.
    pub deceased: Option<Standing>,
    /// The others on the same family card.
    pub household: Vec<Standing>,
    /// The heir in the register.
    pub heir: Vec<Standing>,
    /// Papers at hand.
    pub papers: BTreeSet<DocumentKind>,
}

/// What the routes say about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment<'a> {
    /// The first route that is met.
    pub met: Option<&'a Route>,
    /// Routes only papers are missing for, with those papers, fewest first.
    pub near: Vec<NearRoute<'a>>,
}

/// A route that lacks papers only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearRoute<'a> {
    /// The route.
    pub route: &'a Route,
    /// The papers.
    pub missing: Vec<DocumentKind>,
}

impl PovertyRule {
    /// Which route is met, and which only lack papers.
    pub fn assess(&self, facts: &PovertyFacts) -> Assessment<'_> {
        let holding = self.routes.iter().filter(|route| self.is_shown(&route.proof, facts));
        let mut near: Vec<NearRoute<'_>> = holding
            .map(|route| NearRoute { route, missing: route.papers.iter().filter(|p| !facts.papers.contains(p)).copied().collect() })
            .collect();
        let met = near.iter().find(|n| n.missing.is_empty()).map(|n| n.route);
        near.retain(|n| !n.missing.is_empty());
        near.sort_by_key(|n| n.missing.len());
        Assessment { met, near }
    }

    /// Whether the part of a proof that needs no paper holds.
    fn is_shown(&self, proof: &Proof, facts: &PovertyFacts) -> bool {
        match proof {
            Proof::Decile { max } => self.standings(facts).any(|standing| standing.is_up_to(*max)),
            Proof::Programme { any_of } => {
                self.standings(facts).any(|standing| standing.programmes.iter().any(|programme| any_of.contains(programme)))
            }
            Proof::SameCard { max } => facts.household.iter().any(|standing| standing.is_up_to(*max)),
            Proof::Resident | Proof::Papers | Proof::Electricity { .. } | Proof::Criteria { .. } => true,
        }
    }

    fn standings<'a>(&self, facts: &'a PovertyFacts) -> impl Iterator<Item = &'a Standing> {
        let of = |who, standing: &'a [Standing]| if self.listed.contains(&who) { standing } else { &[] };
        let deceased = of(Listed::Deceased, facts.deceased.as_slice());
        deceased.iter().chain(of(Listed::Household, &facts.household)).chain(of(Listed::Heir, &facts.heir))
    }

    /// A route as families and officers read it.
    pub fn route_words(&self, route: &Route) -> String {
        let who = self.listed.iter().map(|listed| listed.words()).collect::<Vec<_>>().join(" atau ");
        let papers = route.papers.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" dan ");
        let base = match &route.proof {
            Proof::Decile { max } => format!("{who} tercatat dalam data sosial pada desil 1 sampai {max}"),
            Proof::Programme { any_of } => {
                format!("{who} tercatat menerima {}", any_of.iter().map(|p| p.words()).collect::<Vec<_>>().join(", "))
            }
            Proof::SameCard { max } => format!("satu KK dengan orang yang tercatat pada desil 1 sampai {max}"),
            Proof::Papers => return papers,
            Proof::Resident => "semua penduduk".to_owned(),
            Proof::Electricity { max_va } => format!("listrik rumah paling besar {max_va} VA"),
            Proof::Criteria { at_least, of } => format!("memenuhi sedikitnya {at_least} dari {of} kriteria kemiskinan"),
        };
        if papers.is_empty() { base } else { format!("{base}, dengan {papers}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(name: &str, proof: Proof, papers: &[DocumentKind]) -> Route {
        Route { name: name.to_owned(), proof, papers: papers.to_vec(), decided_by: Role::Verifier }
    }

    fn rule(listed: &[Listed]) -> PovertyRule {
        PovertyRule {
            listed: listed.to_vec(),
            routes: vec![
                route("A", Proof::Decile { max: 4 }, &[]),
                route("P", Proof::Programme { any_of: vec![Programme::Pkh] }, &[]),
                route("K", Proof::SameCard { max: 4 }, &[DocumentKind::Kk]),
                route("L", Proof::Electricity { max_va: 1200 }, &[DocumentKind::RekeningListrik, DocumentKind::Sktm]),
                route("B", Proof::Papers, &[DocumentKind::Sktm]),
                route("C", Proof::Criteria { at_least: 5, of: 14 }, &[DocumentKind::PernyataanKriteria]),
            ],
        }
    }

    fn ranked(decile: u8) -> Standing {
        Standing { decile: Some(decile), programmes: vec![] }
    }

    fn check(listed: &[Listed], facts: &PovertyFacts, expected: Option<&str>) {
        assert_eq!(rule(listed).assess(facts).met.map(|route| route.name.as_str()), expected, "{facts:?}");
    }

    #[test]
    fn the_first_route_that_holds_is_named() {
        let deceased = |standing| PovertyFacts { deceased: Some(standing), ..PovertyFacts::default() };
        let with = |papers: &[DocumentKind]| PovertyFacts { papers: papers.iter().copied().collect(), ..deceased(ranked(9)) };
        for (facts, expected) in [
            (deceased(ranked(1)), Some("A")),
            (deceased(ranked(4)), Some("A")),
            (deceased(ranked(5)), None),
            (deceased(ranked(0)), None),
            (deceased(Standing::default()), None),
            (deceased(Standing { decile: Some(9), programmes: vec![Programme::Pkh] }), Some("P")),
            (deceased(Standing { decile: Some(9), programmes: vec![Programme::Pbi] }), None),
            (with(&[DocumentKind::Sktm]), Some("B")),
            (with(&[DocumentKind::Sktm, DocumentKind::RekeningListrik]), Some("L")),
            (with(&[DocumentKind::PernyataanKriteria]), Some("C")),
            (with(&[DocumentKind::KtpAhliWaris]), None),
            (PovertyFacts::default(), None),
        ] {
            check(&[Listed::Deceased], &facts, expected);
        }
    }

    #[test]
    fn whose_listing_counts_is_the_places_to_say() {
        let heir = PovertyFacts { heir: vec![ranked(2)], ..PovertyFacts::default() };
        let house = PovertyFacts { household: vec![ranked(8), ranked(2)], ..PovertyFacts::default() };
        check(&[Listed::Deceased], &heir, None);
        check(&[Listed::Deceased, Listed::Heir], &heir, Some("A"));
        check(&[Listed::Deceased], &house, None);
        check(&[Listed::Household], &house, Some("A"));
        let with_card = PovertyFacts { papers: BTreeSet::from([DocumentKind::Kk]), ..house };
        check(&[Listed::Deceased], &with_card, Some("K"));
    }

    #[test]
    fn what_is_missing_is_told_with_the_shortest_way_first() {
        let rule = rule(&[Listed::Deceased]);
        let facts = PovertyFacts { papers: BTreeSet::from([DocumentKind::RekeningListrik]), ..PovertyFacts::default() };
        let near = rule.assess(&facts).near;
        let names: Vec<(&str, usize)> = near.iter().map(|n| (n.route.name.as_str(), n.missing.len())).collect();
        assert_eq!(names, [("L", 1), ("B", 1), ("C", 1)]);
        assert_eq!(near[0].missing, [DocumentKind::Sktm]);
        assert!(rule.route_words(near[0].route).contains("1200 VA"));
    }
}
