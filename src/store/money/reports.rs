//! What banks answered: every report once, every line of it with what it came to, and what people made of the open ones.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::payment::reconcile::{Fingerprint, Recorded};
use crate::domain::region::RegionCode;
use crate::store::convert::{RowOf, to_json, utc};
use crate::store::dialect::insert_many;
use crate::store::schema::{bank_line_answers, bank_report_lines, bank_reports, payment_items};
use crate::store::{DbConn, StoreError, Tx};

/// A report as it was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankReport {
    /// Id.
    pub id: String,
    /// In what kind of file the bank answered, as a word.
    pub kind: String,
    /// By which profile it was read.
    pub profile: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of its bytes, which lie in the file store.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// The bank's number of the file.
    pub message_id: Option<String>,
    /// On which day the bank made it.
    pub created_on: Option<NaiveDate>,
    /// How many lines came to which outcome.
    pub counts: BTreeMap<String, u32>,
    /// What a person should know about it.
    pub notes: Vec<String>,
    /// How many lines.
    pub lines: i64,
    /// Account of the person who imported it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A line of a report with what it came to.
#[derive(Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = bank_report_lines, treat_none_as_default_value = false)]
pub struct ReportedLine {
    /// Report.
    pub report_id: String,
    /// Place among the report's lines, from 1.
    pub position: i64,
    /// Office.
    pub office_id: String,
    /// Line, entry or row of the file.
    pub place: i64,
    /// Outcome, as a word.
    pub outcome: String,
    /// More about it, as a word; often empty.
    pub detail: String,
    /// Why a person must look, as a word; often empty.
    pub doubt: String,
    /// Whether the payment was moved by it.
    pub booked: bool,
    /// Whether a person has to look.
    pub open: bool,
    /// Payment it is about.
    pub item_id: Option<String>,
    /// By which it is known again.
    pub fingerprint: String,
    /// Reference the bank gave back.
    pub reference: String,
    /// Account, masked.
    pub account: String,
    /// Amount in sen.
    pub amount_sen: Option<i64>,
    /// Day the bank names.
    pub told_on: Option<NaiveDate>,
    /// The bank's number of the booking.
    pub bank_ref: String,
    /// Why money did not arrive or came back, as a code; empty if it did arrive.
    pub return_code: String,
    /// The outcome in words, with the bank's own.
    pub words: String,
}

impl std::fmt::Debug for ReportedLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportedLine")
            .field("position", &self.position)
            .field("outcome", &self.outcome)
            .field("doubt", &self.doubt)
            .field("reference", &self.reference)
            .field("booked", &self.booked)
            .finish_non_exhaustive()
    }
}

/// What a person made of an open line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAnswer {
    /// Whether the line was taken as what it seemed to be.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// Account of the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A row of `bank_reports`.
#[derive(Queryable)]
struct ReportRow {
    id: String,
    _office_id: String,
    kind: String,
    profile: String,
    file_name: String,
    sha256: String,
    bytes: i64,
    message_id: Option<String>,
    created_on: Option<NaiveDate>,
    counts: String,
    notes: String,
    lines: i64,
    imported_by: String,
    imported_at: NaiveDateTime,
}

/// Records a report with its lines.
///
/// # Errors
/// [`StoreError::Duplicate`] when the office has this very file.
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, report: &BankReport, lines: &[ReportedLine]) -> Result<(), StoreError> {
    diesel::insert_into(bank_reports::table)
        .values((
            bank_reports::id.eq(&report.id),
            bank_reports::office_id.eq(office.as_str()),
            bank_reports::kind.eq(&report.kind),
            bank_reports::profile.eq(&report.profile),
            bank_reports::file_name.eq(&report.file_name),
            bank_reports::sha256.eq(&report.sha256),
            bank_reports::bytes.eq(report.bytes),
            bank_reports::message_id.eq(&report.message_id),
            bank_reports::created_on.eq(report.created_on),
            bank_reports::counts.eq(to_json(&report.counts, "bank_reports", &report.id)?),
            bank_reports::notes.eq(to_json(&report.notes, "bank_reports", &report.id)?),
            bank_reports::lines.eq(report.lines),
            (bank_reports::imported_by.eq(&report.by), bank_reports::imported_at.eq(report.at.naive_utc())),
        ))
        .execute(&mut **tx)?;
    insert_many!(tx, bank_report_lines::table, lines);
    Ok(())
}

/// The report this very file was imported as, if it was.
///
/// # Errors
/// [`StoreError`].
pub fn by_sha256(conn: &mut DbConn, office: &RegionCode, sha256: &str) -> Result<Option<BankReport>, StoreError> {
    let row: Option<ReportRow> = bank_reports::table
        .filter(bank_reports::office_id.eq(office.as_str()))
        .filter(bank_reports::sha256.eq(sha256))
        .get_result(conn)
        .optional()?;
    row.map(into_report).transpose()
}

/// A report of the office.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<BankReport, StoreError> {
    into_report(bank_reports::table.find(id).filter(bank_reports::office_id.eq(office.as_str())).get_result(conn)?)
}

/// Reports of an office, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn newest(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<BankReport>, StoreError> {
    let rows: Vec<ReportRow> = bank_reports::table
        .filter(bank_reports::office_id.eq(office.as_str()))
        .order((bank_reports::imported_at.desc(), bank_reports::id.desc()))
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(into_report).collect()
}

/// Whether a person has to look at a line and nobody has.
macro_rules! waits {
    () => {
        bank_report_lines::open.eq(true).and(diesel::dsl::not(diesel::dsl::exists(
            bank_line_answers::table
                .filter(bank_line_answers::report_id.eq(bank_report_lines::report_id))
                .filter(bank_line_answers::position.eq(bank_report_lines::position)),
        )))
    };
}

/// Lines of a report in their order, of one outcome or of all.
///
/// # Errors
/// [`StoreError`].
pub fn lines(conn: &mut DbConn, report_id: &str, outcome: Option<&str>, from: i64, limit: i64) -> Result<Vec<ReportedLine>, StoreError> {
    let mut asked = bank_report_lines::table.filter(bank_report_lines::report_id.eq(report_id)).into_boxed();
    if let Some(outcome) = outcome {
        asked = asked.filter(bank_report_lines::outcome.eq(outcome));
    }
    Ok(asked.order(bank_report_lines::position).offset(from).limit(limit).load(conn)?)
}

/// One line of a report.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn line(conn: &mut DbConn, office: &RegionCode, report_id: &str, position: i64) -> Result<ReportedLine, StoreError> {
    let found = bank_report_lines::table.find((report_id, position)).filter(bank_report_lines::office_id.eq(office.as_str()));
    Ok(found.get_result(conn)?)
}

/// Lines a person has to look at and nobody has, oldest report first.
///
/// # Errors
/// [`StoreError`].
pub fn open_lines(conn: &mut DbConn, office: &RegionCode, limit: i64) -> Result<Vec<ReportedLine>, StoreError> {
    Ok(bank_report_lines::table
        .filter(bank_report_lines::office_id.eq(office.as_str()))
        .filter(waits!())
        .order((bank_report_lines::report_id, bank_report_lines::position))
        .limit(limit)
        .load(conn)?)
}

/// How many lines of a report wait for a person still.
///
/// # Errors
/// [`StoreError`].
pub fn open_count(conn: &mut DbConn, report_id: &str) -> Result<i64, StoreError> {
    Ok(bank_report_lines::table.filter(bank_report_lines::report_id.eq(report_id)).filter(waits!()).count().get_result(conn)?)
}

/// What is known of earlier lines, for telling a repetition from news.
///
/// # Errors
/// [`StoreError::Corrupt`] for a fingerprint that is none.
pub fn recorded(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Recorded>, StoreError> {
    let rows: Vec<(String, Option<String>)> = bank_report_lines::table
        .filter(bank_report_lines::office_id.eq(office.as_str()))
        .select((bank_report_lines::fingerprint, bank_report_lines::item_id))
        .load(conn)?;
    let read = |(text, item): (String, Option<String>)| {
        let of = RowOf { table: "bank_report_lines", id: &text };
        Ok(Recorded { fingerprint: of.known(Fingerprint::parse(&text), "fingerprint")?, item })
    };
    rows.into_iter().map(read).collect()
}

/// The bank's number of the booking by which each payment left the account, as statements have shown it; the first one counts.
///
/// # Errors
/// [`StoreError`].
pub fn bookings(conn: &mut DbConn, office: &RegionCode, of_account: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(Option<String>, String)> = bank_report_lines::table
        .inner_join(bank_reports::table.on(bank_reports::id.eq(bank_report_lines::report_id)))
        .filter(bank_report_lines::office_id.eq(office.as_str()))
        .filter(bank_report_lines::item_id.is_not_null())
        .filter(bank_report_lines::bank_ref.ne(""))
        .filter(bank_reports::kind.eq_any(of_account.iter().copied()))
        .filter(
            bank_report_lines::outcome
                .eq("matched")
                .or(bank_report_lines::outcome.eq("duplicate").and(bank_report_lines::detail.eq("already_paid"))),
        )
        .order((bank_report_lines::report_id.desc(), bank_report_lines::position.desc()))
        .select((bank_report_lines::item_id, bank_report_lines::bank_ref))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(item, number)| Some((item?, number))).collect())
}

/// Notes what a person made of an open line; once.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody was first.
pub fn answer(tx: &mut Tx<'_>, line: &ReportedLine, answer: &LineAnswer) -> Result<(), StoreError> {
    diesel::insert_into(bank_line_answers::table)
        .values((
            bank_line_answers::report_id.eq(&line.report_id),
            bank_line_answers::position.eq(line.position),
            bank_line_answers::office_id.eq(&line.office_id),
            bank_line_answers::accepted.eq(answer.accepted),
            bank_line_answers::reason.eq(&answer.reason),
            bank_line_answers::answered_by.eq(&answer.by),
            bank_line_answers::answered_at.eq(answer.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What was made of the lines of a report, by their position.
///
/// # Errors
/// [`StoreError`].
pub fn answers(conn: &mut DbConn, report_id: &str) -> Result<BTreeMap<i64, LineAnswer>, StoreError> {
    let rows: Vec<(i64, bool, String, String, NaiveDateTime)> = bank_line_answers::table
        .filter(bank_line_answers::report_id.eq(report_id))
        .select((
            bank_line_answers::position,
            bank_line_answers::accepted,
            bank_line_answers::reason,
            bank_line_answers::answered_by,
            bank_line_answers::answered_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(at, accepted, reason, by, when)| (at, LineAnswer { accepted, reason, by, at: utc(when) })).collect())
}

/// References of payments, by their ids, for showing what a line is about.
///
/// # Errors
/// [`StoreError`].
pub fn references(conn: &mut DbConn, ids: &[&str]) -> Result<BTreeMap<String, (String, String)>, StoreError> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(500) {
        let rows: Vec<(String, String, String)> = payment_items::table
            .filter(payment_items::id.eq_any(part.iter().copied()))
            .select((payment_items::id, payment_items::reference, payment_items::order_id))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(id, reference, order)| (id, (reference, order))));
    }
    Ok(found)
}

fn into_report(row: ReportRow) -> Result<BankReport, StoreError> {
    let of = RowOf { table: "bank_reports", id: &row.id };
    Ok(BankReport {
        counts: of.json(&row.counts)?,
        notes: of.json(&row.notes)?,
        at: utc(row.imported_at),
        kind: row.kind,
        profile: row.profile,
        file_name: row.file_name,
        sha256: row.sha256,
        bytes: row.bytes,
        message_id: row.message_id,
        created_on: row.created_on,
        lines: row.lines,
        by: row.imported_by,
        id: row.id,
    })
}
