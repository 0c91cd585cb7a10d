//! The audit trail's table; the chain itself is `domain::audit`.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::utc;
use super::dialect::{first_row, insert_many};
use super::schema::audit_entries;
use super::{DbConn, StoreError, Tx};
use crate::domain::access::Actor;
use crate::domain::audit::{Entry, GENESIS};
use crate::domain::region::RegionCode;

/// A row of `audit_entries`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
struct AuditRow {
    office_id: String,
    sequence: i64,
    at: NaiveDateTime,
    actor_id: String,
    actor_name: String,
    actor_role: String,
    action: String,
    subject: String,
    details: String,
    previous_hash: String,
    hash: String,
}

/// Appends an entry behind the office's last one. The one writer makes sure that the chain does not fork.
///
/// # Errors
/// [`StoreError`].
pub fn append(tx: &mut Tx<'_>, actor: &Actor, action: &str, subject: &str, details: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    append_all(tx, actor, &[Act { action, subject: subject.to_owned(), details: details.to_owned() }], now)
}

/// One of many acts of a person.
#[derive(Debug, Clone)]
pub struct Act<'a> {
    /// What was done.
    pub action: &'a str,
    /// To what.
    pub subject: String,
    /// More about it, as JSON.
    pub details: String,
}

/// Appends many entries of one person at one moment, in their order, behind the office's last one.
///
/// # Errors
/// [`StoreError`].
pub fn append_all(tx: &mut Tx<'_>, actor: &Actor, acts: &[Act<'_>], now: DateTime<Utc>) -> Result<(), StoreError> {
    let office_id = actor.office.to_string();
    let chain = audit_entries::table.filter(audit_entries::office_id.eq(&office_id)).order(audit_entries::sequence.desc());
    let last = first_row!(&mut **tx, chain.select((audit_entries::sequence, audit_entries::hash)), (i64, String));
    let (mut sequence, mut previous_hash) = last.unwrap_or((0, GENESIS.to_owned()));
    let mut rows = Vec::with_capacity(acts.len());
    for act in acts {
        sequence = sequence.saturating_add(1);
        let entry = Entry {
            sequence,
            at: now,
            actor_id: actor.id.clone(),
            actor_name: actor.name.clone(),
            actor_role: actor.role.code().to_owned(),
            action: act.action.to_owned(),
            subject: act.subject.clone(),
            details: act.details.clone(),
        };
        let hash = entry.hash(&previous_hash);
        rows.push(AuditRow {
            office_id: office_id.clone(),
            sequence,
            at: now.naive_utc(),
            actor_id: entry.actor_id,
            actor_name: entry.actor_name,
            actor_role: entry.actor_role,
            action: entry.action,
            subject: entry.subject,
            details: entry.details,
            previous_hash: std::mem::replace(&mut previous_hash, hash.clone()),
            hash,
        });
    }
    insert_many!(tx, audit_entries::table, rows);
    Ok(())
}

/// The details of one kind of act on one subject, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn details_of(conn: &mut DbConn, office: &RegionCode, subject: &str, action: &str) -> Result<Vec<String>, StoreError> {
    Ok(audit_entries::table
        .filter(audit_entries::office_id.eq(office.as_str()))
        .filter(audit_entries::subject.eq(subject))
        .filter(audit_entries::action.eq(action))
        .order(audit_entries::sequence)
        .select(audit_entries::details)
        .load(conn)?)
}

/// An office's whole chain with the stored hashes, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn chain(conn: &mut DbConn, office_id: &str) -> Result<Vec<(Entry, String)>, StoreError> {
    let rows: Vec<AuditRow> =
        audit_entries::table.filter(audit_entries::office_id.eq(office_id)).order(audit_entries::sequence).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let entry = Entry {
                sequence: row.sequence,
                at: utc(row.at),
                actor_id: row.actor_id,
                actor_name: row.actor_name,
                actor_role: row.actor_role,
                action: row.action,
                subject: row.subject,
                details: row.details,
            };
            (entry, row.hash)
        })
        .collect())
}
