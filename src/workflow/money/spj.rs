//! The treasurer's SPJ: gathering the evidence of payments, attaching scans to them, and handing the report out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::clock::new_id;
use crate::domain::access::{Actor, Duty, Role, may_take_part};
use crate::domain::calendar::{month_name, wib_date};
use crate::domain::claim::Step;
use crate::domain::payment::spj::{
    AttachFacts, Attached, CorrectionTold, HandOverFacts, Held, OrderFacts, PaperFacts, PaymentFacts, Spj, Told, may_attach,
};
use crate::domain::payment::{ItemState, OrderKind, OrderState, PaperKind, ReturnReason};
use crate::domain::policy::PaperCase;
use crate::domain::region::RegionCode;
use crate::exchange::spj_file::sheets;
use crate::exchange::table_file::{Form, to_csv, to_xlsx};
use crate::store::claims::{self, Claim};
use crate::store::money::corrections::{self, Proposed};
use crate::store::money::items::{self, Item};
use crate::store::money::orders::{self, Order};
use crate::store::money::spj::{self as evidence, BankLine, Replacement, SpjPaper};
use crate::store::money::{budget, collection, decrees, papers};
use crate::store::{DbConn, StoreError, audit, events, users};
use crate::workflow::decide::action_facts;
use crate::workflow::desk::{Desk, Pack};
use crate::workflow::refusal::Refusal;

/// What a report is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpjScope {
    /// One payment order, by its number or id.
    Order(String),
    /// All orders of a decree, by its id.
    Decree(String),
    /// Orders released in a month; not yet released ones by their date.
    Month(i32, u32),
    /// Orders that charge a fiscal year.
    Year(i32),
}

/// The report of a scope.
///
/// # Errors
/// [`Refusal::NotYourRole`]; [`Refusal::NotFound`] for an order or decree nobody knows.
pub fn spj(desk: &Desk, actor: &Actor, scope: &SpjScope) -> Result<Spj, Refusal> {
    desk.store.read_at_one_moment(|conn| spj_of(desk, conn, actor, scope))
}

/// The same within a reading that is under way.
///
/// # Errors
/// As [`spj`].
pub(super) fn spj_of(desk: &Desk, conn: &mut DbConn, actor: &Actor, scope: &SpjScope) -> Result<Spj, Refusal> {
    if !matches!(actor.role, Role::Finance | Role::Approver | Role::Auditor | Role::Admin) {
        return Err(Refusal::NotYourRole);
    }
    let pack = desk.pack(conn, &actor.office)?;
    let chosen = chosen(conn, &actor.office, scope)?;
    let words = words(conn, &actor.office, scope, &chosen)?;
    let facts = Gathering::begin(conn, &pack, &actor.office, &chosen)?.all(conn, chosen)?;
    Spj::of(words, &facts).ok_or(Refusal::TotalsDiffer("SPJ"))
}

fn words(conn: &mut DbConn, office: &RegionCode, scope: &SpjScope, chosen: &[Chosen]) -> Result<String, Refusal> {
    Ok(match scope {
        SpjScope::Order(_) => chosen.first().map(|one| format!("perintah bayar {}", one.order.number)).unwrap_or_default(),
        SpjScope::Decree(id) => format!("SK {}", decrees::load(conn, office, id)?.number),
        SpjScope::Month(year, month) => {
            let first = NaiveDate::from_ymd_opt(*year, *month, 1).ok_or(Refusal::NotFound)?;
            format!("bulan {} {year}", month_name(first))
        }
        SpjScope::Year(year) => format!("tahun anggaran {year}"),
    })
}

/// An order of the report with the payments of it that belong there.
struct Chosen {
    order: Order,
    /// Whether its money is counted here, and not with the order it came from.
    counts: bool,
}

fn chosen(conn: &mut DbConn, office: &RegionCode, scope: &SpjScope) -> Result<Vec<Chosen>, Refusal> {
    if let SpjScope::Order(code) = scope {
        let order = super::bundle::order_named(conn, office, code)?;
        return Ok(vec![Chosen { order, counts: true }]);
    }
    if let SpjScope::Decree(id) = scope {
        decrees::load(conn, office, id)?;
    }
    let years: BTreeMap<String, i32> = budget::lines(conn, office)?.into_iter().map(|line| (line.id, line.year)).collect();
    let month_of = |order: &Order| {
        let on = order.released.as_ref().map_or(order.ordered_on, |mark| wib_date(mark.at));
        (on.year(), on.month())
    };
    let is_asked = |order: &Order| match scope {
        SpjScope::Order(_) => false,
        SpjScope::Decree(id) => order.decree_id.as_ref() == Some(id),
        SpjScope::Month(year, month) => month_of(order) == (*year, *month),
        SpjScope::Year(year) => years.get(&order.budget_line_id) == Some(year),
    };
    let mut all = orders::all(conn, office)?;
    all.reverse();
    let mut found = Vec::new();
    let mut met: BTreeSet<String> = BTreeSet::new();
    for mut order in all {
        if order.state == OrderState::Cancelled && !has_sp2d(conn, &order)? {
            continue;
        }
        // Money of a later year that pays what went back to the treasury has an SP2D of its own.
        let is_new_money = order.kind == OrderKind::First || order.items.iter().all(|item| item.replaces.is_none());
        let counts = is_new_money && is_asked(&order);
        // A renewed order belongs to the report as far as it pays again what failed in it.
        if !counts {
            order.items.retain(|item| item.replaces.as_ref().is_some_and(|failed| met.contains(failed)));
        }
        if counts || !order.items.is_empty() {
            met.extend(order.items.iter().map(|item| item.id.clone()));
            found.push(Chosen { order, counts });
        }
    }
    Ok(found)
}

fn has_sp2d(conn: &mut DbConn, order: &Order) -> Result<bool, StoreError> {
    Ok(papers::of_order(conn, &order.id)?.iter().any(|paper| paper.kind == PaperKind::Sp2d))
}

/// Everything the payments of a report rest on, read many at a time.
struct Gathering<'a> {
    pack: &'a Pack,
    office: &'a RegionCode,
    claims: BTreeMap<String, Claim>,
    scanned: BTreeMap<String, Vec<crate::domain::claim::DocumentKind>>,
    verified: BTreeMap<String, Told>,
    decided: BTreeMap<String, Told>,
    bank_lines: BTreeMap<String, BankLine>,
    hand_overs: BTreeMap<String, HandOverFacts>,
    corrections: BTreeMap<String, CorrectionTold>,
    slips: BTreeMap<String, (String, NaiveDate)>,
    attached: BTreeMap<String, BTreeSet<Attached>>,
    replacements: BTreeMap<String, Replacement>,
}

impl<'a> Gathering<'a> {
    fn begin(conn: &mut DbConn, pack: &'a Pack, office: &'a RegionCode, chosen: &[Chosen]) -> Result<Self, Refusal> {
        let payments = || chosen.iter().flat_map(|one| &one.order.items);
        let item_ids: Vec<&str> = payments().map(|item| item.id.as_str()).collect();
        let claim_ids: BTreeSet<&str> = payments().map(|item| item.claim_id.as_str()).collect();
        let claim_ids: Vec<&str> = claim_ids.into_iter().collect();
        let (mut verified, mut decided) = (BTreeMap::new(), BTreeMap::new());
        for taken in events::taken(conn, &claim_ids, &[Step::Verify, Step::Approve])? {
            let of = if taken.step == Step::Verify { &mut verified } else { &mut decided };
            of.insert(taken.claim_id, Told { who: taken.who, on: wib_date(taken.at) });
        }
        let mut attached: BTreeMap<String, BTreeSet<Attached>> = BTreeMap::new();
        for paper in evidence::attached(conn, &item_ids)? {
            attached.entry(paper.item_id).or_default().insert(paper.kind);
        }
        let replacements = evidence::replacements(conn, office)?.into_iter().filter(|new| new.state != ItemState::Cancelled);
        Ok(Self {
            pack,
            office,
            claims: claims::by_ids(conn, &claim_ids)?.into_iter().map(|claim| (claim.id.clone(), claim)).collect(),
            scanned: evidence::scanned(conn, &claim_ids)?,
            verified,
            decided,
            bank_lines: evidence::bank_lines(conn, &item_ids)?,
            hand_overs: hand_overs(conn, &item_ids)?,
            corrections: corrections_told(conn, office)?,
            slips: evidence::slips(conn, &item_ids)?,
            attached,
            replacements: replacements.map(|new| (new.replaces.clone(), new)).collect(),
        })
    }

    fn all(&self, conn: &mut DbConn, chosen: Vec<Chosen>) -> Result<Vec<OrderFacts>, Refusal> {
        chosen.into_iter().map(|one| self.order(conn, one)).collect()
    }

    fn order(&self, conn: &mut DbConn, chosen: Chosen) -> Result<OrderFacts, Refusal> {
        let Chosen { order, counts } = chosen;
        let decree = order.decree_id.as_ref().map(|id| decrees::load(conn, self.office, id)).transpose()?;
        let released = match &order.released {
            None => None,
            Some(mark) => Some(Told { who: users::by_id(conn, &mark.by)?.actor.name, on: wib_date(mark.at) }),
        };
        Ok(OrderFacts {
            counts,
            state: order.state,
            ordered_on: order.ordered_on,
            total: order.total,
            chain: self.pack.office.payment.chain,
            photo_required: self.pack.office.payment.hand_over_photo,
            decree: decree.map(|decree| (decree.number, decree.signed_on)),
            papers: papers::of_order(conn, &order.id)?,
            released,
            payments: order.items.iter().map(|item| self.payment(item, &order.number)).collect::<Result<_, _>>()?,
            id: order.id,
            number: order.number,
        })
    }

    fn payment(&self, item: &Item, order: &str) -> Result<PaymentFacts, Refusal> {
        let claim = self.claims.get(&item.claim_id).ok_or(Refusal::NotFound)?;
        let why = ReturnReason::from_code(&item.return_code).map_or_else(|| item.return_code.clone(), |why| why.sentence());
        let line = self.bank_lines.get(&item.id);
        Ok(PaymentFacts {
            id: item.id.clone(),
            order: order.to_owned(),
            claim: claim.code.clone(),
            payee: item.payee.clone(),
            reference: item.reference.clone(),
            amount: item.amount,
            state: item.state,
            ends: self.end_of(item),
            is_cash: item.account.is_none(),
            receipt: item.receipt_number.clone(),
            paid_on: item.paid_on,
            returned: item.returned_on.map(|on| (on, why)),
            recorded: if line.is_some() { String::new() } else { item.evidence.clone() },
            papers: self.papers(claim)?,
            verified: self.verified.get(&claim.id).cloned(),
            decided: self.decided.get(&claim.id).cloned(),
            bank_line: line.map(bank_line_words),
            hand_over: self.hand_overs.get(&item.id).cloned(),
            correction: self.corrections.get(&item.id).cloned(),
            replaced_by: self.replacements.get(&item.id).map(|new| new.reference.clone()),
            deposit: self.slips.get(&item.id).cloned(),
            attached: self.attached.get(&item.id).cloned().unwrap_or_default(),
        })
    }

    /// Where a payment's money is in the end, followed through the payments that took its place.
    fn end_of(&self, item: &Item) -> ItemState {
        let (mut id, mut state) = (&item.id, item.state);
        while let Some(new) = self.replacements.get(id).filter(|_new| state == ItemState::Replaced) {
            (id, state) = (&new.id, new.state);
        }
        state
    }

    fn papers(&self, claim: &Claim) -> Result<Vec<PaperFacts>, Refusal> {
        let policy = match self.pack.policies.named(&claim.policy_version) {
            Some(policy) => policy,
            None => self.pack.policy_for(&claim.content)?,
        };
        let case = PaperCase::of(&claim.content);
        let scanned = self.scanned.get(&claim.id).map(Vec::as_slice).unwrap_or_default();
        let required = policy.papers.iter().filter(|rule| rule.in_case(&case).is_some_and(|line| line.is_required()));
        Ok(required
            .map(|rule| {
                let held = if rule.any_of.iter().any(|kind| scanned.contains(kind)) {
                    Held::Scanned
                } else if rule.any_of.iter().any(|kind| claim.content.documents.contains(kind)) {
                    Held::Seen
                } else {
                    Held::Missing
                };
                PaperFacts { any_of: rule.any_of.clone(), held }
            })
            .collect())
    }
}

fn bank_line_words(line: &BankLine) -> String {
    let number = if line.bank_ref.is_empty() { String::new() } else { format!(" (nomor bank {})", line.bank_ref) };
    format!("laporan bank {}, baris {}{number}", line.report, line.place)
}

fn hand_overs(conn: &mut DbConn, item_ids: &[&str]) -> Result<BTreeMap<String, HandOverFacts>, StoreError> {
    let given = collection::handed_over_all(conn, item_ids)?.into_iter().map(|given| {
        let facts = HandOverFacts {
            on: given.given_on,
            receiver: given.receiver,
            name: given.receiver_name,
            paper: given.paper,
            proxy_letter: given.proxy_letter,
            mark: given.mark,
            has_photo: given.photo.is_some(),
        };
        (given.item_id, facts)
    });
    Ok(given.collect())
}

/// The newest correction of every payment that was not refused.
fn corrections_told(conn: &mut DbConn, office: &RegionCode) -> Result<BTreeMap<String, CorrectionTold>, StoreError> {
    let mut told = BTreeMap::new();
    let standing = |one: &Proposed| one.decision.as_ref().is_none_or(|decided| decided.approved);
    for one in corrections::all(conn, office)?.into_iter().filter(standing) {
        let approved = match &one.decision {
            None => None,
            Some(decided) => Some(Told { who: users::by_id(conn, &decided.by)?.actor.name, on: wib_date(decided.at) }),
        };
        let correction = CorrectionTold { proposed_on: wib_date(one.at), has_paper: !one.evidence_sha256.is_empty(), approved };
        told.insert(one.item_id, correction);
    }
    Ok(told)
}

/// A scan for a payment.
#[derive(Clone)]
pub struct Attach<'a> {
    /// The payment.
    pub item_id: &'a str,
    /// What it shows.
    pub kind: Attached,
    /// Type by content.
    pub media_type: &'a str,
    /// Content.
    pub bytes: &'a [u8],
    /// Remark; may be empty.
    pub note: &'a str,
}

impl std::fmt::Debug for Attach<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attach").field("item_id", &self.item_id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Attaches a scan to a payment. It stays.
///
/// # Errors
/// [`Refusal::Attach`], [`Refusal::OwnFamily`], [`Refusal::NotFound`].
pub fn attach(desk: &Desk, actor: &Actor, wish: &Attach<'_>) -> Result<SpjPaper, Refusal> {
    desk.store.write(actor.office.as_str(), |tx| {
        let now = desk.clock.now();
        let item = items::load(tx, &actor.office, wish.item_id)?;
        let claim = claims::load(tx, actor, &item.claim_id)?;
        let sha256 = crate::domain::audit::sha256_hex(wish.bytes);
        let earlier = evidence::attached(tx, &[&item.id])?;
        let is_known = earlier.iter().any(|paper| paper.sha256 == sha256 && paper.kind == wish.kind);
        let note = wish.note.trim();
        may_attach(actor, &AttachFacts { state: item.state, scans: earlier.len(), is_known, note })?;
        let known = action_facts(tx, actor, &claim)?;
        may_take_part(actor, Duty::Pay, &known.participants, &known.interested)?;
        let paper = SpjPaper {
            id: new_id(),
            item_id: item.id.clone(),
            kind: wish.kind,
            sha256: desk.files.keep_with(tx, wish.bytes)?,
            media_type: wish.media_type.to_owned(),
            note: note.to_owned(),
            by: actor.id.clone(),
            at: now,
        };
        evidence::attach(tx, &actor.office, &paper)?;
        let details = serde_json::json!({ "reference": item.reference, "kind": paper.kind.code(), "sha256": paper.sha256 });
        audit::append(tx, actor, "spj.attach", &format!("payment:{}", item.id), &details.to_string(), now)?;
        Ok(paper)
    })
}

/// The report of a scope as a file and its name. Who takes it along is noted, because it names people.
///
/// # Errors
/// As [`spj`]; [`Refusal::TableFile`].
pub fn spj_file(desk: &Desk, actor: &Actor, scope: &SpjScope, form: Form) -> Result<(Vec<u8>, String), Refusal> {
    let report = spj(desk, actor, scope)?;
    let now = desk.clock.now();
    let [evidence, payments, sums] = sheets(&report);
    let bytes = match form {
        Form::Csv => to_csv(&evidence)?,
        Form::Xlsx => to_xlsx(&[evidence, payments, sums], now)?,
    };
    desk.store.write(actor.office.as_str(), |tx| {
        let totals = &report.totals;
        let details = serde_json::json!({
            "scope": report.scope, "form": form.ending(), "payments": totals.payments, "complete": totals.complete,
        });
        Ok::<_, Refusal>(audit::append(tx, actor, "spj.export", &format!("office:{}", actor.office), &details.to_string(), now)?)
    })?;
    let plain: String = report.scope.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok((bytes, format!("spj-{plain}.{}", form.ending())))
}
