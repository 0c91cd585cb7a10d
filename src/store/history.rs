//! What later claims are compared with: one row per claim, also for claims of earlier years.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::{claim_keys, claims};
use super::{DbConn, StoreError, Tx, dialect};
use crate::domain::claim::{ClaimContent, State};
use crate::domain::crosscheck::{BATCH_DAYS, CrosscheckFacts, EarlierClaim, LetterNumber, account_digits, digits};
use crate::domain::identity::{Nik, name_key};
use crate::domain::region::RegionCode;

/// How many claims that share one value are looked at, the newest first.
const SHARED_MAX: u16 = 200;

/// Where a row of the history comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A claim of this office, filed here.
    Claim,
    /// A list of earlier years.
    History,
}

impl Origin {
    fn code(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::History => "history",
        }
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = claim_keys, treat_none_as_default_value = false)]
struct KeyRow {
    id: String,
    office_id: String,
    origin: String,
    claim_code: String,
    sequence: i64,
    village: String,
    clerk: String,
    filed_on: NaiveDate,
    died_on: NaiveDate,
    deceased_nik: Option<String>,
    deceased_register_id: Option<String>,
    deceased_name: String,
    deceased_name_key: String,
    deceased_born_on: Option<NaiveDate>,
    deceased_mother: String,
    deceased_village: String,
    heir_nik: Option<String>,
    heir_name: String,
    heir_name_key: String,
    heir_phone: String,
    heir_outside_family: bool,
    account: String,
    withdrawn: bool,
    letter_number: String,
    letter_key: Option<String>,
    letter_year: Option<i64>,
    letter_sequence: Option<i64>,
    letter_on: Option<NaiveDate>,
    filed_at: Option<NaiveDateTime>,
    proxy_nik: Option<String>,
}

/// Adds a claim to the history.
///
/// # Errors
/// [`StoreError`].
pub fn insert(tx: &mut Tx<'_>, office: &RegionCode, id: &str, origin: Origin, claim: &EarlierClaim) -> Result<(), StoreError> {
    diesel::insert_into(claim_keys::table).values(&KeyRow::of(office, id, origin, claim)).execute(&mut **tx)?;
    Ok(())
}

/// Takes a claim out of the comparison once it is withdrawn, refused or annulled, and back in when `withdrawn` is false.
///
/// # Errors
/// [`StoreError`].
pub fn set_withdrawn(tx: &mut Tx<'_>, office: &RegionCode, claim_code: &str, withdrawn: bool) -> Result<(), StoreError> {
    let rows = claim_keys::table.filter(claim_keys::office_id.eq(office.as_str())).filter(claim_keys::claim_code.eq(claim_code));
    diesel::update(rows).set(claim_keys::withdrawn.eq(withdrawn)).execute(&mut **tx)?;
    Ok(())
}

/// Puts a repaired claim in the place of what was remembered of it.
///
/// # Errors
/// [`StoreError`].
pub fn replace(tx: &mut Tx<'_>, office: &RegionCode, id: &str, claim: &EarlierClaim) -> Result<(), StoreError> {
    diesel::delete(claim_keys::table.find(id)).execute(&mut **tx)?;
    insert(tx, office, id, Origin::Claim, claim)
}

/// What is remembered of a claim, under its own id.
///
/// # Errors
/// [`StoreError`].
pub fn remembered(conn: &mut DbConn, claim_id: &str) -> Result<Option<EarlierClaim>, StoreError> {
    claim_keys::table.find(claim_id).get_result::<KeyRow>(conn).optional()?.map(KeyRow::into_claim).transpose()
}

/// Ids of later claims in some states that share the deceased, the heir, the proxy, the account, the telephone or the clerk's days with `known`.
///
/// # Errors
/// [`StoreError`].
pub fn later_open(conn: &mut DbConn, office: &RegionCode, known: &EarlierClaim, states: &[State]) -> Result<Vec<String>, StoreError> {
    let until = known.filed_on.checked_add_days(Days::new(u64::from(BATCH_DAYS))).unwrap_or(known.filed_on);
    let later = || {
        claim_keys::table
            .inner_join(claims::table.on(claims::id.eq(claim_keys::id)))
            .filter(claim_keys::office_id.eq(office.as_str()))
            .filter(claim_keys::sequence.gt(known.sequence))
            .filter(claims::state.eq_any(states.iter().map(|s| s.code())))
            .select(claim_keys::id)
            .into_boxed()
    };
    let key = name_key(&known.deceased_name);
    let of_clerk = later().filter(claim_keys::clerk.eq(&known.clerk)).filter(claim_keys::filed_on.between(known.filed_on, until));
    let mut ids: Vec<String> = later().filter(claim_keys::deceased_name_key.eq(key)).load(conn)?;
    ids.extend(of_clerk.load::<String>(conn)?);
    if let Some(born_on) = known.deceased_born_on {
        ids.extend(later().filter(claim_keys::deceased_born_on.eq(born_on)).load::<String>(conn)?);
    }
    if let Some(row) = &known.deceased_register_id {
        ids.extend(later().filter(claim_keys::deceased_register_id.eq(row)).load::<String>(conn)?);
    }
    for nik in known.deceased_nik.iter().chain(&known.heir_nik).map(Nik::expose) {
        ids.extend(later().filter(claim_keys::deceased_nik.eq(nik)).load::<String>(conn)?);
        ids.extend(later().filter(claim_keys::heir_nik.eq(nik)).load::<String>(conn)?);
    }
    if let Some(nik) = known.proxy_nik.as_ref().map(Nik::expose) {
        ids.extend(later().filter(claim_keys::proxy_nik.eq(nik)).load::<String>(conn)?);
    }
    if !known.account.is_empty() {
        ids.extend(later().filter(claim_keys::account.eq(&known.account)).load::<String>(conn)?);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// Ids of claims in some states whose heir has one of these numbers, filed earlier or later.
///
/// # Errors
/// [`StoreError`].
pub fn with_heirs(conn: &mut DbConn, office: &RegionCode, niks: &[Nik], states: &[State]) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<String> = Vec::new();
    for nik in niks {
        // One by one, and the states looked at here: lists of unknown length are a new statement each time on SQLite.
        let of_heir = claim_keys::table.inner_join(claims::table.on(claims::id.eq(claim_keys::id)));
        let of_heir = of_heir.filter(claim_keys::office_id.eq(office.as_str())).filter(claim_keys::heir_nik.eq(nik.expose()));
        let rows: Vec<(String, String)> = of_heir.select((claim_keys::id, claims::state)).load(conn)?;
        found.extend(rows.into_iter().filter(|(_, state)| states.iter().any(|one| one.code() == state)).map(|(id, _)| id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Code and village of the claims filed here in which a number is the deceased's or the heir's, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn about_nik(conn: &mut DbConn, office: &RegionCode, nik: &Nik, limit: i64) -> Result<Vec<(String, RegionCode)>, StoreError> {
    let rows = claim_keys::table.filter(claim_keys::office_id.eq(office.as_str())).filter(claim_keys::origin.eq(Origin::Claim.code()));
    let rows = rows.filter(claim_keys::deceased_nik.eq(nik.expose()).or(claim_keys::heir_nik.eq(nik.expose())));
    let found: Vec<(String, String)> =
        rows.order(claim_keys::sequence.desc()).limit(limit).select((claim_keys::claim_code, claim_keys::village)).load(conn)?;
    let region = |(code, village): (String, String)| {
        let village = RowOf { table: "claim_keys", id: &code }.region(&village)?;
        Ok((code, village))
    };
    found.into_iter().map(region).collect()
}

/// The place of a claim in the order of filing, if it is remembered.
///
/// # Errors
/// [`StoreError`].
pub fn sequence_of(conn: &mut DbConn, office: &RegionCode, claim_code: &str) -> Result<Option<i64>, StoreError> {
    Ok(claim_keys::table
        .filter(claim_keys::office_id.eq(office.as_str()))
        .filter(claim_keys::claim_code.eq(claim_code))
        .select(claim_keys::sequence)
        .get_result(conn)
        .optional()?)
}

/// The next place in the order of filing, which is one for all offices of a database: its end is read off an index.
///
/// # Errors
/// [`StoreError`].
pub fn next_sequence(conn: &mut DbConn) -> Result<i64, StoreError> {
    let last: Option<i64> = claim_keys::table.select(diesel::dsl::max(claim_keys::sequence)).get_result(conn)?;
    Ok(last.unwrap_or(0).saturating_add(1))
}

/// What a claim is compared by.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    /// The office.
    pub office: &'a RegionCode,
    /// The claim.
    pub content: &'a ClaimContent,
    /// Who filed it.
    pub clerk: &'a str,
    /// When it was filed.
    pub filed_on: NaiveDate,
    /// Only claims with a smaller number in the order of filing.
    pub before_sequence: i64,
}

/// Every earlier claim that shares the deceased, the heir, the account, the telephone, the letter number or the clerk's last days with a claim.
///
/// One query per way of sharing, each served by its own index of `claim_keys` and bounded by [`SHARED_MAX`] where
/// one value may stand in thousands of claims.
///
/// # Errors
/// [`StoreError`].
pub fn related(conn: &mut DbConn, lookup: &Lookup<'_>, facts: &CrosscheckFacts) -> Result<Vec<EarlierClaim>, StoreError> {
    let mut rows = same_deceased(conn, lookup, facts)?;
    rows.extend(same_payee(conn, lookup, facts)?);
    rows.extend(same_letter(conn, lookup)?);
    let from = lookup.filed_on.checked_sub_days(Days::new(u64::from(BATCH_DAYS))).unwrap_or(lookup.filed_on);
    let of_clerk = earlier(lookup).filter(claim_keys::clerk.eq(lookup.clerk));
    rows.extend(newest(conn, of_clerk.filter(claim_keys::filed_on.between(from, lookup.filed_on)))?);
    rows.sort_by(|a, b| (a.sequence, &a.id).cmp(&(b.sequence, &b.id)));
    rows.dedup_by(|a, b| a.id == b.id);
    rows.into_iter().map(KeyRow::into_claim).collect()
}

/// Claims filed after this one whose deceased is this one's heir: they may tell of a death before this filing.
///
/// # Errors
/// [`StoreError`].
pub fn later_about_heir(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<EarlierClaim>, StoreError> {
    let Some(nik) = lookup.content.payee().and_then(|heir| heir.nik.number.as_ref()) else { return Ok(Vec::new()) };
    let rows = claim_keys::table.filter(claim_keys::office_id.eq(lookup.office.as_str())).filter(claim_keys::deceased_nik.eq(nik.expose()));
    let rows = rows.filter(claim_keys::sequence.gt(lookup.before_sequence)).filter(claim_keys::withdrawn.eq(false));
    let rows: Vec<KeyRow> = rows.order((claim_keys::sequence, claim_keys::id)).load(conn)?;
    rows.into_iter().map(KeyRow::into_claim).collect()
}

/// The earlier claims of the office, not yet narrowed.
pub(super) type Earlier<'a> = claim_keys::BoxedQuery<'a, <DbConn as Connection>::Backend>;

pub(super) fn earlier<'a>(lookup: &Lookup<'a>) -> Earlier<'a> {
    let rows = claim_keys::table.filter(claim_keys::office_id.eq(lookup.office.as_str()));
    rows.filter(claim_keys::sequence.lt(lookup.before_sequence)).filter(claim_keys::withdrawn.eq(false)).into_boxed()
}

fn newest(conn: &mut DbConn, rows: Earlier<'_>) -> Result<Vec<KeyRow>, StoreError> {
    let rows = rows.order((claim_keys::sequence.desc(), claim_keys::id));
    let rows = match dialect::bound_limit(conn, i64::from(SHARED_MAX)) {
        Some(most) => rows.limit(most),
        None => rows,
    };
    let found = rows.load_iter::<KeyRow, DefaultLoadingMode>(conn)?.take(usize::from(SHARED_MAX));
    found.map(|row| row.map_err(StoreError::from)).collect()
}

/// Claims for these register rows: one statement a row, as the same one stays prepared and there are rarely two.
fn for_rows<'a>(conn: &mut DbConn, lookup: &Lookup<'a>, register_ids: impl Iterator<Item = &'a str>) -> Result<Vec<KeyRow>, StoreError> {
    let mut found = Vec::new();
    for id in register_ids {
        found.extend(earlier(lookup).filter(claim_keys::deceased_register_id.eq(id)).load::<KeyRow>(conn)?);
    }
    Ok(found)
}

fn same_deceased(conn: &mut DbConn, lookup: &Lookup<'_>, facts: &CrosscheckFacts) -> Result<Vec<KeyRow>, StoreError> {
    let deceased = &lookup.content.deceased;
    let row_ids = facts.person.rows.iter().map(|row| row.register_id.as_str());
    let key = name_key(deceased.name.as_str());
    let mut rows = for_rows(conn, lookup, row_ids)?;
    let named = || earlier(lookup).filter(claim_keys::deceased_name_key.eq(key.clone()));
    rows.extend(newest(conn, named().filter(claim_keys::deceased_village.eq(deceased.village.as_str())))?);
    rows.extend(newest(conn, named().filter(claim_keys::died_on.eq(lookup.content.death.died_on)))?);
    if let Some(nik) = &deceased.nik.number {
        rows.extend(earlier(lookup).filter(claim_keys::deceased_nik.eq(nik.expose())).load(conn)?);
    }
    if let Some(born_on) = deceased.born_on {
        rows.extend(newest(conn, earlier(lookup).filter(claim_keys::deceased_born_on.eq(born_on)))?);
    }
    Ok(rows)
}

fn same_payee(conn: &mut DbConn, lookup: &Lookup<'_>, facts: &CrosscheckFacts) -> Result<Vec<KeyRow>, StoreError> {
    let account = account_digits(lookup.content);
    let row_ids = facts.heir_rows.iter().map(|row| row.register_id.as_str());
    let mut rows = for_rows(conn, lookup, row_ids)?;
    if !account.is_empty() {
        rows.extend(newest(conn, earlier(lookup).filter(claim_keys::account.eq(account)))?);
    }
    if let Some(nik) = lookup.content.stand_ins.proxy.as_ref().and_then(|proxy| proxy.nik.number.as_ref()) {
        rows.extend(newest(conn, earlier(lookup).filter(claim_keys::proxy_nik.eq(nik.expose())))?);
    }
    let Some(heir) = lookup.content.payee() else { return Ok(rows) };
    if let Some(nik) = heir.nik.number.as_ref().map(Nik::expose) {
        rows.extend(newest(conn, earlier(lookup).filter(claim_keys::heir_nik.eq(nik)))?);
        rows.extend(earlier(lookup).filter(claim_keys::deceased_nik.eq(nik)).load(conn)?);
    }
    let phone = digits(&heir.phone);
    if !phone.is_empty() {
        rows.extend(newest(conn, earlier(lookup).filter(claim_keys::heir_phone.eq(phone)))?);
    }
    Ok(rows)
}

fn same_letter(conn: &mut DbConn, lookup: &Lookup<'_>) -> Result<Vec<KeyRow>, StoreError> {
    let Some(number) = LetterNumber::read(&lookup.content.death.letter_number) else { return Ok(Vec::new()) };
    let of_village = earlier(lookup).filter(claim_keys::village.eq(lookup.content.village.as_str()));
    newest(conn, of_village.filter(claim_keys::letter_key.eq(number.key)))
}

impl KeyRow {
    fn of(office: &RegionCode, id: &str, origin: Origin, claim: &EarlierClaim) -> Self {
        let claim = claim.clone();
        let letter = LetterNumber::read(&claim.letter_number);
        let year = claim.letter_on.map(|on| on.year());
        Self {
            id: id.to_owned(),
            office_id: office.to_string(),
            origin: origin.code().to_owned(),
            claim_code: claim.claim_code,
            sequence: claim.sequence,
            village: claim.village.to_string(),
            clerk: claim.clerk,
            filed_on: claim.filed_on,
            died_on: claim.died_on,
            deceased_nik: claim.deceased_nik.map(String::from),
            deceased_register_id: claim.deceased_register_id,
            deceased_name_key: name_key(&claim.deceased_name),
            deceased_name: claim.deceased_name,
            deceased_born_on: claim.deceased_born_on,
            deceased_mother: claim.deceased_mother,
            deceased_village: claim.deceased_village.to_string(),
            heir_nik: claim.heir_nik.map(String::from),
            heir_name_key: name_key(&claim.heir_name),
            heir_name: claim.heir_name,
            heir_phone: claim.heir_phone,
            heir_outside_family: claim.heir_outside_family,
            account: claim.account,
            withdrawn: false,
            letter_key: letter.as_ref().map(|number| number.key.clone()),
            letter_year: letter.as_ref().and_then(|number| number.year).or(year).map(i64::from),
            letter_sequence: letter.as_ref().and_then(|number| number.sequence),
            letter_number: claim.letter_number,
            letter_on: claim.letter_on,
            filed_at: claim.filed_at.map(|at| at.naive_utc()),
            proxy_nik: claim.proxy_nik.map(String::from),
        }
    }

    fn into_claim(self) -> Result<EarlierClaim, StoreError> {
        let row = RowOf { table: "claim_keys", id: &self.id };
        Ok(EarlierClaim {
            village: row.region(&self.village)?,
            deceased_nik: row.nik(self.deceased_nik.as_deref())?,
            deceased_village: row.region(&self.deceased_village)?,
            heir_nik: row.nik(self.heir_nik.as_deref())?,
            proxy_nik: row.nik(self.proxy_nik.as_deref())?,
            claim_code: self.claim_code,
            sequence: self.sequence,
            clerk: self.clerk,
            filed_on: self.filed_on,
            died_on: self.died_on,
            deceased_register_id: self.deceased_register_id,
            deceased_name: self.deceased_name,
            deceased_born_on: self.deceased_born_on,
            deceased_mother: self.deceased_mother,
            heir_name: self.heir_name,
            heir_phone: self.heir_phone,
            heir_outside_family: self.heir_outside_family,
            account: self.account,
            letter_number: self.letter_number,
            letter_on: self.letter_on,
            filed_at: self.filed_at.map(utc),
        })
    }
}
