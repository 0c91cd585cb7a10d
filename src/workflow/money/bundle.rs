//! Gathering everything behind an order, a year or a sample of it for an inspector.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};

use sha2::{Digest, Sha256};

use crate::domain::access::{Actor, Role};
use crate::domain::audit::{GENESIS, hex, sha256_hex};
use crate::domain::ledger::Account;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::exchange::bundle::{
    AnnulmentRecord, AuditRecord, BundleWriter, ClaimRecord, DecisionRecord, DecreeRecord, DecreeRow, EntryRecord, LetterRecord, Manifest,
    OrderRecord, PaperRecord, PartRecord, PaymentRecord, RecoveryRecord, StoryRecord, TreasuryRecord, WriteFault,
};
use crate::store::claims::{self, Claim};
use crate::store::letters::{self, Issued};
use crate::store::money::annulments::{self, Annulment};
use crate::store::money::decrees::{self, Decree};
use crate::store::money::items::{self, Item};
use crate::store::money::ledger::{self, Told};
use crate::store::money::orders::{self, Mark, Order};
use crate::store::money::recoveries::{self, AgreedPlan, Case};
use crate::store::money::spj as evidence;
use crate::store::money::{amendments, bank_files, collection, corrections, papers};
use crate::store::{DbConn, audit, documents, events, snapshots, users};
use crate::workflow::desk::Desk;
use crate::workflow::letter::{draw_due, file_name, pdf_of};
use crate::workflow::refusal::Refusal;

use super::spj::{SpjScope, spj_of};

/// What an inspector asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One payment order, by its number or id.
    Order(String),
    /// Every claim with money promised in a fiscal year.
    Year(i32),
    /// So many claims of a year, drawn by a number anybody can repeat the draw with.
    Sample {
        /// Fiscal year.
        year: i32,
        /// How many.
        size: usize,
        /// The number.
        seed: u64,
    },
}

impl Scope {
    /// The scope in words, as the bundle says it.
    fn words(&self) -> String {
        match self {
            Self::Order(code) => format!("perintah bayar {code}"),
            Self::Year(year) => format!("tahun anggaran {year}"),
            Self::Sample { year, size, seed } => format!("{size} permohonan contoh dari tahun anggaran {year}, angka undian {seed}"),
        }
    }
}

/// Why no bundle was made.
#[derive(Debug, thiserror::Error)]
pub enum BundleRefused {
    /// The office's rules say no.
    #[error("{0}")]
    Refusal(#[from] Refusal),
    /// The file could not be written.
    #[error("{0}")]
    Write(#[from] WriteFault),
}

impl From<crate::store::StoreError> for BundleRefused {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Refusal(error.into())
    }
}

/// Writes the bundle of a scope: claims, papers, letters, decisions, decrees, orders, bank files, entries and audit trail, as they all
/// stood at one moment. Noted in the audit trail first, because it holds personal data.
///
/// # Errors
/// [`Refusal::NotFound`] for an order nobody knows or a year without claims; [`Refusal::NotYourRole`].
pub fn write_bundle<W: Write + Seek>(desk: &Desk, actor: &Actor, scope: &Scope, target: W) -> Result<Manifest, BundleRefused> {
    if !matches!(actor.role, Role::Auditor | Role::Finance | Role::Admin) {
        return Err(Refusal::NotYourRole.into());
    }
    let now = desk.clock.now();
    desk.store.write::<_, Refusal>(actor.office.as_str(), |tx| {
        let details = serde_json::json!({ "scope": scope.words() });
        Ok(audit::append(tx, actor, "bundle.write", &format!("office:{}", actor.office), &details.to_string(), now)?)
    })?;
    // Not one by one inside the moment that is read.
    draw_due(desk)?;
    desk.store.read_at_one_moment(|conn| {
        let claims = claims_of(conn, actor, scope)?;
        if claims.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        Gathering {
            desk,
            actor,
            conn,
            writer: BundleWriter::begin(target)?,
            codes: BTreeMap::new(),
            paid: Rupiah::ZERO,
            entries: Vec::new(),
        }
        .all(&claims, scope)
    })
}

fn claims_of(conn: &mut DbConn, actor: &Actor, scope: &Scope) -> Result<Vec<String>, BundleRefused> {
    let (year, drawn) = match scope {
        Scope::Order(code) => {
            let order = order_named(conn, &actor.office, code)?;
            let mut ids: Vec<String> = order.items.into_iter().map(|item| item.claim_id).collect();
            ids.dedup();
            return Ok(ids);
        }
        Scope::Year(year) => (*year, None),
        Scope::Sample { year, size, seed } => (*year, Some((*size, *seed))),
    };
    let mut ids = claims::promised_in_year(conn, &actor.office, year)?;
    if let Some((size, seed)) = drawn {
        // By the hash of seed and id: everybody who knows the seed draws the same, and nobody can steer it by the order of claims.
        ids.sort_by_cached_key(|id| hex(&Sha256::digest(format!("{seed}:{id}").as_bytes())));
        ids.truncate(size);
        ids.sort_unstable();
    }
    Ok(ids)
}

/// An order by its number, or by its id.
pub(super) fn order_named(conn: &mut DbConn, office: &RegionCode, code: &str) -> Result<Order, Refusal> {
    match orders::by_number(conn, office, code) {
        Err(crate::store::StoreError::NotFound) => Ok(orders::load(conn, office, code)?),
        other => Ok(other?),
    }
}

fn recovery_record(case: &Case) -> RecoveryRecord {
    let due = |plan: &AgreedPlan| {
        let parts = plan.plan.instalments().iter().map(|part| (part.due_on, part.amount)).collect();
        (plan.basis.clone(), parts)
    };
    RecoveryRecord {
        debtor: case.debtor.name.clone(),
        payment: case.item_id.clone(),
        owed: case.owed,
        settled: case.settled,
        plans: case.plans.iter().map(due).collect(),
        parts: case
            .payments
            .iter()
            .map(|part| PartRecord {
                paid_on: part.paid_on,
                amount: part.amount,
                number: part.number.clone(),
                voided: part.voided.as_ref().map(|(_, _, why)| why.clone()),
            })
            .collect(),
    }
}

struct Gathering<'a, W: Write + Seek> {
    desk: &'a Desk,
    actor: &'a Actor,
    conn: &'a mut DbConn,
    writer: BundleWriter<W>,
    /// Codes of the claims met, by id.
    codes: BTreeMap<String, String>,
    paid: Rupiah,
    entries: Vec<EntryRecord>,
}

impl<W: Write + Seek> Gathering<'_, W> {
    fn all(mut self, claim_ids: &[String], scope: &Scope) -> Result<Manifest, BundleRefused> {
        let (mut order_ids, mut decree_ids) = (BTreeSet::new(), BTreeSet::new());
        for id in claim_ids {
            let claim = claims::load(self.conn, self.actor, id)?;
            let payments = items::of_claim(self.conn, id)?;
            order_ids.extend(payments.iter().map(|item| item.order_id.clone()));
            decree_ids.extend(decrees::naming(self.conn, id)?);
            self.claim(&claim, &payments)?;
        }
        self.spj(scope)?;
        self.orders(&order_ids)?;
        self.decrees(&decree_ids)?;
        self.entries.sort_by_key(|entry| entry.sequence);
        self.writer.put_ledger(&self.entries)?;
        let audit_head = self.audit_trail(claim_ids, &order_ids, &decree_ids)?;
        let manifest = Manifest {
            format: String::new(),
            office: self.actor.office.to_string(),
            scope: scope.words(),
            made_at: self.desk.clock.now(),
            audit_head,
            claims: claim_ids.len(),
            paid: self.paid,
            files: Vec::new(),
        };
        Ok(self.writer.finish(manifest)?.0)
    }

    fn claim(&mut self, claim: &Claim, payments: &[Item]) -> Result<(), BundleRefused> {
        self.codes.insert(claim.id.clone(), claim.code.clone());
        let mut papers = self.papers(claim)?;
        let annulments = annulments::of_claim(self.conn, &claim.id)?;
        let recoveries = recoveries::of_claim(self.conn, &claim.id)?;
        papers.extend(self.evidence_of_undoing(claim, &annulments, &recoveries)?);
        let issued = letters::of_claim(self.conn, &claim.id)?;
        let letters = self.letters(&issued)?;
        let decisions = snapshots::of_claim(self.conn, &claim.id)?;
        let told = ledger::of_claim(self.conn, &claim.id)?;
        self.book(&claim.code, told)?;
        let record = ClaimRecord {
            code: claim.code.clone(),
            state: claim.state.code().to_owned(),
            resume: claim.resume.map(|state| state.code().to_owned()),
            village: claim.village.to_string(),
            filed_on: claim.filed_on,
            amount: claim.amount,
            policy_version: claim.policy_version.clone(),
            content: json(&claim.content)?,
            findings: json(&events::findings(self.conn, &claim.id)?)?,
            story: self.story(claim)?,
            decisions: decisions
                .into_iter()
                .map(|kept| DecisionRecord {
                    step: kept.step,
                    taken_at: kept.taken_at,
                    engine: kept.engine,
                    dataset: kept.dataset,
                    dataset_on: kept.dataset_on,
                    sha256: kept.sha256,
                    content: kept.content,
                })
                .collect(),
            papers,
            letters,
            payments: payments.iter().map(|item| self.payment(item)).collect::<Result<_, _>>()?,
            annulments: annulments.iter().map(|one| self.annulment(one)).collect::<Result<_, _>>()?,
            recoveries: recoveries.iter().map(recovery_record).collect(),
        };
        Ok(self.writer.put_claim(&record)?)
    }

    fn story(&mut self, claim: &Claim) -> Result<Vec<StoryRecord>, BundleRefused> {
        let events = events::story(self.conn, &claim.id)?;
        let record = |event: events::Event| StoryRecord {
            at: event.at,
            who: event.actor_name,
            role: event.actor_role.code().to_owned(),
            action: event.action,
            to_state: event.to_state.code().to_owned(),
            reason: event.reason,
        };
        Ok(events.into_iter().map(record).collect())
    }

    fn papers(&mut self, claim: &Claim) -> Result<Vec<PaperRecord>, BundleRefused> {
        let mut records = Vec::new();
        for document in documents::of_claim(self.conn, &claim.id)? {
            let ending = document.media_type.rsplit_once('/').map_or("bin", |(_, kind)| kind);
            let path = format!("berkas/{}/{}-{}.{ending}", claim.code, document.kind.code(), document.id);
            let bytes = self.desk.files.read(&document.sha256).map_err(Refusal::from)?;
            self.writer.put(&path, &bytes)?;
            records.push(PaperRecord { kind: document.kind.code().to_owned(), path, sha256: document.sha256 });
        }
        Ok(records)
    }

    /// What annulments, instalments and amending decrees rest on.
    fn evidence_of_undoing(&mut self, claim: &Claim, annulled: &[Annulment], cases: &[Case]) -> Result<Vec<PaperRecord>, BundleRefused> {
        let mut kept: Vec<(&str, String, String, String)> = Vec::new();
        for one in annulled {
            kept.push(("pembatalan", one.id.clone(), one.evidence_sha256.clone(), one.evidence_type.clone()));
        }
        for part in cases.iter().flat_map(|case| &case.payments) {
            kept.push(("sts", part.id.clone(), part.evidence_sha256.clone(), part.evidence_type.clone()));
        }
        for id in decrees::naming(self.conn, &claim.id)? {
            if let Some(one) = amendments::of_amending(self.conn, &id)? {
                kept.push(("sk_perubahan", one.id, one.evidence_sha256, one.evidence_type));
            }
        }
        let mut records = Vec::new();
        for (kind, id, sha256, media_type) in kept {
            let ending = media_type.rsplit_once('/').map_or("bin", |(_, kind)| kind);
            let path = format!("berkas/{}/{kind}-{id}.{ending}", claim.code);
            let bytes = self.desk.files.read(&sha256).map_err(Refusal::from)?;
            self.writer.put(&path, &bytes)?;
            records.push(PaperRecord { kind: kind.to_owned(), path, sha256 });
        }
        Ok(records)
    }

    fn annulment(&mut self, one: &Annulment) -> Result<AnnulmentRecord, BundleRefused> {
        let mut hands = vec![format!("diminta oleh {}, {}", users::by_id(self.conn, &one.by)?.actor.name, one.at.to_rfc3339())];
        if let Some((by, at)) = &one.decided {
            hands.push(format!("diputus oleh {}, {}", users::by_id(self.conn, by)?.actor.name, at.to_rfc3339()));
        }
        Ok(AnnulmentRecord { ground: one.ground.code().to_owned(), words: one.words.clone(), hands, reason: one.reason.clone() })
    }

    fn letters(&mut self, issued: &[Issued]) -> Result<Vec<LetterRecord>, BundleRefused> {
        let mut records = Vec::new();
        for letter in issued {
            let path = format!("surat/{}", file_name(letter));
            let bytes = pdf_of(self.desk, letter)?;
            self.writer.put(&path, &bytes)?;
            let (kind, number) = (letter.kind.clone(), letter.number.clone());
            records.push(LetterRecord { kind, number, path, sha256: sha256_hex(&bytes) });
        }
        Ok(records)
    }

    /// The treasurer's evidence for the scope; of a sample only its own payments, with the year's sums.
    fn spj(&mut self, scope: &Scope) -> Result<(), BundleRefused> {
        let asked = match scope {
            Scope::Order(code) => SpjScope::Order(code.clone()),
            Scope::Year(year) | Scope::Sample { year, .. } => SpjScope::Year(*year),
        };
        let mut spj = spj_of(self.desk, self.conn, self.actor, &asked)?;
        for order in &mut spj.orders {
            order.payments.retain(|payment| self.codes.values().any(|code| *code == payment.claim));
        }
        spj.orders.retain(|order| !order.payments.is_empty());
        Ok(self.writer.put_spj(&spj)?)
    }

    /// Scans behind a payment.
    fn scans(&mut self, item: &Item) -> Result<Vec<PaperRecord>, BundleRefused> {
        let office = &self.actor.office;
        let mut found: Vec<(String, String, String)> = Vec::new();
        let photo = collection::handed_over(self.conn, office, &item.id)?.and_then(|given| given.photo);
        found.extend(photo.map(|(sha256, media_type)| ("foto_penyerahan".to_owned(), sha256, media_type)));
        for proposed in corrections::of_item(self.conn, office, &item.id)? {
            found.push(("bukti_koreksi".to_owned(), proposed.evidence_sha256, proposed.evidence_type));
        }
        for paper in evidence::attached(self.conn, &[&item.id])? {
            found.push((paper.kind.code().to_owned(), paper.sha256, paper.media_type));
        }
        let mut records = Vec::new();
        for (at, (kind, sha256, media_type)) in (1..).zip(found.into_iter().filter(|(_, sha256, _)| !sha256.is_empty())) {
            let ending = media_type.rsplit_once('/').map_or("bin", |(_, kind)| kind);
            let path = format!("bukti/{}/{at:02}-{kind}.{ending}", item.id);
            let bytes = self.desk.files.read(&sha256).map_err(Refusal::from)?;
            self.writer.put(&path, &bytes)?;
            records.push(PaperRecord { kind, path, sha256 });
        }
        Ok(records)
    }

    fn payment(&mut self, item: &Item) -> Result<PaymentRecord, BundleRefused> {
        Ok(PaymentRecord {
            id: item.id.clone(),
            order: orders::number_of(self.conn, &item.order_id)?,
            reference: item.reference.clone(),
            replaces: item.replaces.clone(),
            amount: item.amount,
            payee: item.payee.clone(),
            account: item.account.clone(),
            state: item.state.code().to_owned(),
            receipt: item.receipt_number.clone(),
            paid_on: item.paid_on,
            returned_on: item.returned_on,
            return_code: item.return_code.clone(),
            evidence: item.evidence.clone(),
            scans: self.scans(item)?,
        })
    }

    /// The entries of a claim, and what of its money is with the heir.
    fn book(&mut self, code: &str, told: Vec<Told>) -> Result<(), BundleRefused> {
        let mut paid = Rupiah::ZERO;
        for Told { entry, act, document, on, .. } in told {
            let (from, to) = entry.way();
            if to == Account::Paid {
                paid = paid.checked_add(entry.amount).ok_or(Refusal::TotalsDiffer("bundel"))?;
            }
            if from == Account::Paid {
                paid = paid.checked_sub(entry.amount).ok_or(Refusal::TotalsDiffer("bundel"))?;
            }
            self.entries.push(EntryRecord {
                sequence: entry.sequence,
                movement: entry.movement.code().to_owned(),
                amount: entry.amount,
                claim: code.to_owned(),
                payment: entry.item,
                corrects: entry.corrects,
                act,
                document,
                on,
            });
        }
        self.paid = self.paid.checked_add(paid).ok_or(Refusal::TotalsDiffer("bundel"))?;
        Ok(())
    }

    fn orders(&mut self, ids: &BTreeSet<String>) -> Result<(), BundleRefused> {
        let mut records = Vec::new();
        for id in ids {
            let order = orders::load(self.conn, &self.actor.office, id)?;
            let decree = order.decree_id.as_ref().map(|id| decrees::load(self.conn, &self.actor.office, id)).transpose()?;
            let own: Vec<Issued> = letters::of_order(self.conn, id)?.into_iter().filter(|letter| letter.about.claim_id.is_none()).collect();
            records.push(OrderRecord {
                number: order.number.clone(),
                decree: decree.map(|decree| decree.number),
                ordered_on: order.ordered_on,
                total: order.total,
                state: order.state.code().to_owned(),
                payments: order.items.iter().map(|item| item.id.clone()).collect(),
                hands: self.hands(&order)?,
                papers: papers::of_order(self.conn, id)?
                    .into_iter()
                    .map(|paper| TreasuryRecord {
                        kind: paper.kind.code().to_owned(),
                        number: paper.number,
                        dated_on: paper.dated_on,
                        value: paper.value,
                    })
                    .collect(),
                bank_files: self.bank_files(&order)?,
                letters: self.letters(&own)?,
            });
        }
        Ok(self.writer.put_orders(&records)?)
    }

    fn hands(&mut self, order: &Order) -> Result<Vec<String>, BundleRefused> {
        let marks: [(&str, Option<&Mark>); 5] = [
            ("dibuat", Some(&order.made)),
            ("diperiksa", order.checked.as_ref()),
            ("dilepas", order.released.as_ref()),
            ("ditutup", order.closed.as_ref()),
            ("dibatalkan", order.cancelled.as_ref()),
        ];
        let mut hands = Vec::new();
        for (what, mark) in marks {
            let Some(mark) = mark else { continue };
            let name = users::by_id(self.conn, &mark.by)?.actor.name;
            hands.push(format!("{what} oleh {name}, {}", mark.at.to_rfc3339()));
        }
        Ok(hands)
    }

    fn bank_files(&mut self, order: &Order) -> Result<Vec<PaperRecord>, BundleRefused> {
        let mut records = Vec::new();
        for file in bank_files::of_order(self.conn, &order.id)? {
            let path = format!("bank/{}/{}", order.id, file.name);
            let bytes = self.desk.files.read(&file.sha256).map_err(Refusal::from)?;
            self.writer.put(&path, &bytes)?;
            records.push(PaperRecord { kind: file.profile, path, sha256: file.sha256 });
        }
        Ok(records)
    }

    fn decrees(&mut self, ids: &BTreeSet<String>) -> Result<(), BundleRefused> {
        let mut records = Vec::new();
        for id in ids {
            let decree = decrees::load(self.conn, &self.actor.office, id)?;
            let amends = decree.amends.as_ref().map(|id| decrees::load(self.conn, &self.actor.office, id)).transpose()?;
            let issued = letters::of_decree(self.conn, id)?;
            records.push(DecreeRecord {
                rows: self.rows(&decree)?,
                number: decree.number,
                amends: amends.map(|decree| decree.number),
                decreed_on: decree.decreed_on,
                signed_on: decree.signed_on,
                total: decree.total,
                letters: self.letters(&issued)?,
            });
        }
        Ok(self.writer.put_decrees(&records)?)
    }

    /// Every row of a decree, also of claims that are not in the scope: without them it would not add up.
    fn rows(&mut self, decree: &Decree) -> Result<Vec<DecreeRow>, BundleRefused> {
        let mut rows = Vec::new();
        for item in &decree.items {
            let code = match self.codes.get(&item.claim_id) {
                Some(code) => code.clone(),
                None => claims::code_of(self.conn, &item.claim_id)?,
            };
            rows.push(DecreeRow { claim: code, amount: item.amount, struck: item.struck_by.is_some() });
        }
        Ok(rows)
    }

    /// Audit entries about these claims, orders and decrees, and the head of the whole trail.
    fn audit_trail(&mut self, claims: &[String], orders: &BTreeSet<String>, decrees: &BTreeSet<String>) -> Result<String, BundleRefused> {
        let subjects: BTreeSet<String> = claims
            .iter()
            .map(|id| format!("claim:{id}"))
            .chain(orders.iter().map(|id| format!("order:{id}")))
            .chain(decrees.iter().map(|id| format!("decree:{id}")))
            .collect();
        let chain = audit::chain(self.conn, self.actor.office.as_str())?;
        let head = chain.last().map_or_else(|| GENESIS.to_owned(), |(_, hash)| hash.clone());
        let about = chain.into_iter().filter(|(entry, _)| subjects.contains(&entry.subject));
        let records: Vec<AuditRecord> = about
            .map(|(entry, hash)| AuditRecord {
                sequence: entry.sequence,
                at: entry.at,
                who: entry.actor_name,
                role: entry.actor_role,
                action: entry.action,
                subject: entry.subject,
                details: entry.details,
                hash,
            })
            .collect();
        self.writer.put_audit(&records)?;
        Ok(head)
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value, BundleRefused> {
    serde_json::to_value(value).map_err(|fault| BundleRefused::Write(fault.into()))
}
