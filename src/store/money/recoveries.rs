//! Money that has to come back: cases, their plans, and what came. Only a case's state and the voiding of a part ever change.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::domain::identity::Nik;
use crate::domain::money::Rupiah;
use crate::domain::region::RegionCode;
use crate::domain::undo::{Instalment, Part, Plan, balance_of};
use crate::store::convert::{RowOf, count, utc};
use crate::store::schema::{deposits, recovery_cases, recovery_instalments, recovery_payments, recovery_plans};
use crate::store::{DbConn, StoreError, Tx};

/// Who has to pay back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    /// Name.
    pub name: String,
    /// NIK, as far as it is known.
    pub nik: Option<Nik>,
    /// Address in one line.
    pub address: String,
}

/// A recovery with everything about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: String,
    /// The annulled claim.
    pub claim_id: String,
    /// The wrong payment.
    pub item_id: String,
    /// The annulment that opened it.
    pub annulment_id: String,
    /// Budget line the money came from.
    pub line_id: String,
    /// Who has to pay back.
    pub debtor: Debtor,
    /// How much.
    pub owed: Rupiah,
    /// Whether the office has called it settled.
    pub settled: bool,
    /// Day it was opened.
    pub opened_on: NaiveDate,
    /// Account of the person.
    pub opened_by: String,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// Counts changes.
    pub version: i64,
    /// Plans, the newest last; that one is in force.
    pub plans: Vec<AgreedPlan>,
    /// What came, in the order of recording.
    pub payments: Vec<Payment>,
}

/// A plan as it was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedPlan {
    /// Id.
    pub id: String,
    /// Place among the case's plans, from 1.
    pub position: i64,
    /// The instalments.
    pub plan: Plan,
    /// What it rests on, in words.
    pub basis: String,
    /// Day of the agreement.
    pub agreed_on: NaiveDate,
    /// Account of the person.
    pub by: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// A part that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Id.
    pub id: String,
    /// Place among the case's payments, from 1.
    pub position: i64,
    /// Day it reached the treasury.
    pub paid_on: NaiveDate,
    /// How much.
    pub amount: Rupiah,
    /// Number of the treasury's slip.
    pub number: String,
    /// SHA-256 of the slip's scan.
    pub evidence_sha256: String,
    /// Its type by content.
    pub evidence_type: String,
    /// Number of the note the debtor got.
    pub receipt_number: String,
    /// Account of the person.
    pub by: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who called it booked by mistake, when and why.
    pub voided: Option<(String, DateTime<Utc>, String)>,
}

impl Case {
    /// What came, as the rules look at it.
    pub fn parts(&self) -> Vec<Part> {
        let part = |payment: &Payment| Part { amount: payment.amount, number: payment.number.clone(), voided: payment.voided.is_some() };
        self.payments.iter().map(part).collect()
    }

    /// What is still owed.
    pub fn balance(&self) -> Rupiah {
        // Held against the debt when the case is read.
        balance_of(self.owed, &self.parts()).unwrap_or_default()
    }

    /// The plan in force.
    pub fn plan(&self) -> Option<&AgreedPlan> {
        self.plans.last()
    }
}

/// A row of `recovery_cases`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = recovery_cases)]
struct CaseRow {
    id: String,
    office_id: String,
    claim_id: String,
    item_id: String,
    annulment_id: String,
    budget_line_id: String,
    debtor: String,
    debtor_nik: Option<String>,
    debtor_address: String,
    owed: i64,
    state: String,
    opened_on: NaiveDate,
    opened_by: String,
    opened_at: NaiveDateTime,
    version: i64,
}

/// A row of `recovery_payments`.
#[derive(Queryable, Insertable)]
#[diesel(table_name = recovery_payments)]
struct PaymentRow {
    id: String,
    office_id: String,
    case_id: String,
    position: i64,
    paid_on: NaiveDate,
    amount: i64,
    number: String,
    evidence_sha256: String,
    evidence_type: String,
    receipt_number: String,
    recorded_by: String,
    recorded_at: NaiveDateTime,
    voided_by: Option<String>,
    voided_at: Option<NaiveDateTime>,
    void_reason: String,
}

/// Opens a case.
///
/// # Errors
/// [`StoreError`].
pub fn open(tx: &mut Tx<'_>, office: &RegionCode, case: &Case) -> Result<(), StoreError> {
    let row = CaseRow {
        id: case.id.clone(),
        office_id: office.to_string(),
        claim_id: case.claim_id.clone(),
        item_id: case.item_id.clone(),
        annulment_id: case.annulment_id.clone(),
        budget_line_id: case.line_id.clone(),
        debtor: case.debtor.name.clone(),
        debtor_nik: case.debtor.nik.as_ref().map(|nik| nik.expose().to_owned()),
        debtor_address: case.debtor.address.clone(),
        owed: case.owed.whole(),
        state: "open".to_owned(),
        opened_on: case.opened_on,
        opened_by: case.opened_by.clone(),
        opened_at: case.opened_at.naive_utc(),
        version: 1,
    };
    diesel::insert_into(recovery_cases::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Counts a change of a case, which may settle it or open it again.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else was first.
pub fn advance(tx: &mut Tx<'_>, case: &Case, settled: bool) -> Result<(), StoreError> {
    let changed = diesel::update(recovery_cases::table.find(&case.id).filter(recovery_cases::version.eq(case.version)))
        .set((recovery_cases::state.eq(if settled { "settled" } else { "open" }), recovery_cases::version.eq(recovery_cases::version + 1)))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Records a plan; the former ones stay.
///
/// # Errors
/// [`StoreError`].
pub fn add_plan(tx: &mut Tx<'_>, office: &RegionCode, case_id: &str, agreed: &AgreedPlan) -> Result<(), StoreError> {
    diesel::insert_into(recovery_plans::table)
        .values((
            recovery_plans::id.eq(&agreed.id),
            recovery_plans::office_id.eq(office.as_str()),
            recovery_plans::case_id.eq(case_id),
            recovery_plans::position.eq(agreed.position),
            recovery_plans::covers.eq(agreed.plan.total().whole()),
            recovery_plans::basis.eq(&agreed.basis),
            recovery_plans::agreed_on.eq(agreed.agreed_on),
            recovery_plans::made_by.eq(&agreed.by),
            recovery_plans::made_at.eq(agreed.at.naive_utc()),
        ))
        .execute(&mut **tx)?;
    for (position, instalment) in (1_i64..).zip(agreed.plan.instalments()) {
        diesel::insert_into(recovery_instalments::table)
            .values((
                recovery_instalments::plan_id.eq(&agreed.id),
                recovery_instalments::position.eq(position),
                recovery_instalments::office_id.eq(office.as_str()),
                recovery_instalments::due_on.eq(instalment.due_on),
                recovery_instalments::amount.eq(instalment.amount.whole()),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Records a part that came back.
///
/// # Errors
/// [`StoreError::Duplicate`] with `RecoverySlip` when its number stands on another part.
pub fn add_payment(tx: &mut Tx<'_>, office: &RegionCode, case_id: &str, payment: &Payment) -> Result<(), StoreError> {
    let row = PaymentRow {
        id: payment.id.clone(),
        office_id: office.to_string(),
        case_id: case_id.to_owned(),
        position: payment.position,
        paid_on: payment.paid_on,
        amount: payment.amount.whole(),
        number: payment.number.clone(),
        evidence_sha256: payment.evidence_sha256.clone(),
        evidence_type: payment.evidence_type.clone(),
        receipt_number: payment.receipt_number.clone(),
        recorded_by: payment.by.clone(),
        recorded_at: payment.at.naive_utc(),
        voided_by: None,
        voided_at: None,
        void_reason: String::new(),
    };
    diesel::insert_into(recovery_payments::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// Calls a part booked by mistake; its entry is moved back by the caller.
///
/// # Errors
/// [`StoreError::Stale`] when it was before.
pub fn void_payment(tx: &mut Tx<'_>, id: &str, (by, at): (&str, DateTime<Utc>), reason: &str) -> Result<(), StoreError> {
    let changed = diesel::update(recovery_payments::table.find(id).filter(recovery_payments::voided_at.is_null()))
        .set((
            recovery_payments::voided_by.eq(Some(by)),
            recovery_payments::voided_at.eq(Some(at.naive_utc())),
            recovery_payments::void_reason.eq(reason),
        ))
        .execute(&mut **tx)?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Whether a slip of the treasury was recorded: as a part that came back, or for payments that were deposited.
///
/// # Errors
/// [`StoreError`].
pub fn number_is_used(conn: &mut DbConn, office: &RegionCode, number: &str) -> Result<bool, StoreError> {
    let parts: i64 = recovery_payments::table
        .filter(recovery_payments::office_id.eq(office.as_str()))
        .filter(recovery_payments::number.eq(number))
        .filter(recovery_payments::voided_at.is_null())
        .count()
        .get_result(conn)?;
    let slips: i64 =
        deposits::table.filter(deposits::office_id.eq(office.as_str())).filter(deposits::number.eq(number)).count().get_result(conn)?;
    Ok(parts > 0 || slips > 0)
}

/// A case of the office.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Corrupt`] when it does not add up.
pub fn load(conn: &mut DbConn, office: &RegionCode, id: &str) -> Result<Case, StoreError> {
    let row = recovery_cases::table.find(id).filter(recovery_cases::office_id.eq(office.as_str())).first(conn)?;
    into_case(conn, row)
}

/// Every case of an office: the open ones first, each group oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn all(conn: &mut DbConn, office: &RegionCode) -> Result<Vec<Case>, StoreError> {
    let rows: Vec<CaseRow> = recovery_cases::table
        .filter(recovery_cases::office_id.eq(office.as_str()))
        .order((recovery_cases::state, recovery_cases::opened_at, recovery_cases::id))
        .load(conn)?;
    rows.into_iter().map(|row| into_case(conn, row)).collect()
}

/// The cases of a claim.
///
/// # Errors
/// [`StoreError`].
pub fn of_claim(conn: &mut DbConn, claim_id: &str) -> Result<Vec<Case>, StoreError> {
    let rows: Vec<CaseRow> =
        recovery_cases::table.filter(recovery_cases::claim_id.eq(claim_id)).order(recovery_cases::opened_at).load(conn)?;
    rows.into_iter().map(|row| into_case(conn, row)).collect()
}

/// Open cases whose debtor has one of these numbers, or whose claim was for one of these deaths.
///
/// # Errors
/// [`StoreError`].
pub fn open_about(conn: &mut DbConn, office: &RegionCode, niks: &[&str]) -> Result<Vec<Case>, StoreError> {
    use crate::store::schema::claims;
    let ours = || recovery_cases::table.filter(recovery_cases::office_id.eq(office.as_str())).filter(recovery_cases::state.eq("open"));
    let mut ids: Vec<String> =
        ours().filter(recovery_cases::debtor_nik.eq_any(niks.iter().copied())).select(recovery_cases::id).load(conn)?;
    let deaths = claims::table.filter(claims::deceased_nik.eq_any(niks.iter().copied())).select(claims::id);
    ids.extend(ours().filter(recovery_cases::claim_id.eq_any(deaths)).select(recovery_cases::id).load::<String>(conn)?);
    ids.sort();
    ids.dedup();
    ids.iter().map(|id| load(conn, office, id)).collect()
}

fn into_case(conn: &mut DbConn, row: CaseRow) -> Result<Case, StoreError> {
    let plans = plans_of(conn, &row.id)?;
    let rows: Vec<PaymentRow> =
        recovery_payments::table.filter(recovery_payments::case_id.eq(&row.id)).order(recovery_payments::position).load(conn)?;
    let payments = rows.into_iter().map(into_payment).collect::<Result<Vec<_>, _>>()?;
    let of = RowOf { table: "recovery_cases", id: &row.id };
    let case = Case {
        owed: of.rupiah(row.owed)?,
        settled: row.state == "settled",
        debtor: Debtor { name: row.debtor, nik: of.nik(row.debtor_nik.as_deref())?, address: row.debtor_address },
        claim_id: row.claim_id,
        item_id: row.item_id,
        annulment_id: row.annulment_id,
        line_id: row.budget_line_id,
        opened_on: row.opened_on,
        opened_by: row.opened_by,
        opened_at: utc(row.opened_at),
        version: row.version,
        plans,
        payments,
        id: row.id.clone(),
    };
    match balance_of(case.owed, &case.parts()) {
        Some(balance) if case.settled == (balance == Rupiah::ZERO) => Ok(case),
        _ => Err(of.corrupt("angsuran tidak sesuai dengan utangnya")),
    }
}

fn plans_of(conn: &mut DbConn, case_id: &str) -> Result<Vec<AgreedPlan>, StoreError> {
    type Row = (String, i64, i64, String, NaiveDate, String, NaiveDateTime);
    let rows: Vec<Row> = recovery_plans::table
        .filter(recovery_plans::case_id.eq(case_id))
        .order(recovery_plans::position)
        .select((
            recovery_plans::id,
            recovery_plans::position,
            recovery_plans::covers,
            recovery_plans::basis,
            recovery_plans::agreed_on,
            recovery_plans::made_by,
            recovery_plans::made_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, position, covers, basis, agreed_on, by, at)| {
            let of = RowOf { table: "recovery_plans", id: &id };
            let parts: Vec<(NaiveDate, i64)> = recovery_instalments::table
                .filter(recovery_instalments::plan_id.eq(&id))
                .order(recovery_instalments::position)
                .select((recovery_instalments::due_on, recovery_instalments::amount))
                .load(conn)?;
            let parts = parts.into_iter().map(|(due_on, amount)| Ok(Instalment { due_on, amount: of.rupiah(amount)? }));
            let parts = parts.collect::<Result<Vec<_>, StoreError>>()?;
            let plan = Plan::agree(parts, of.rupiah(covers)?, agreed_on).map_err(|fault| of.corrupt(fault))?;
            Ok(AgreedPlan { position, plan, basis, agreed_on, by, at: utc(at), id })
        })
        .collect()
}

fn into_payment(row: PaymentRow) -> Result<Payment, StoreError> {
    let of = RowOf { table: "recovery_payments", id: &row.id };
    Ok(Payment {
        amount: of.rupiah(row.amount)?,
        position: row.position,
        paid_on: row.paid_on,
        number: row.number,
        evidence_sha256: row.evidence_sha256,
        evidence_type: row.evidence_type,
        receipt_number: row.receipt_number,
        by: row.recorded_by,
        at: utc(row.recorded_at),
        voided: row.voided_by.zip(row.voided_at.map(utc)).map(|(by, at)| (by, at, row.void_reason)),
        id: row.id,
    })
}

/// The place of the next payment of a case.
pub fn next_position(case: &Case) -> i64 {
    count(case.payments.len()).saturating_add(1)
}
