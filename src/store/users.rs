//! Accounts.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::convert::{RowOf, utc};
use super::schema::users;
use super::{DbConn, StoreError, Tx};
use crate::domain::access::{Actor, Role};
use crate::domain::crosscheck::Official;
use crate::domain::identity::{FamilyCard, Nik};
use crate::domain::region::RegionCode;

/// A row of `users`.
#[derive(Clone, Queryable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
struct UserRow {
    id: String,
    office_id: String,
    username: String,
    name: String,
    role: String,
    region: String,
    nik: Option<String>,
    family_card: Option<String>,
    password_hash: String,
    disabled: bool,
    failed_logins: i64,
    locked_until: Option<NaiveDateTime>,
    created_at: NaiveDateTime,
    version: i64,
}

/// An account with what login needs. `Debug` is left out on purpose: it holds the password hash.
#[derive(Clone)]
pub struct Account {
    /// The person.
    pub actor: Actor,
    /// Login name.
    pub username: String,
    /// Argon2id hash of the password.
    pub password_hash: String,
    /// Whether the account is shut.
    pub disabled: bool,
    /// Wrong passwords since the last right one.
    pub failed_logins: i64,
    /// Until when no login is tried.
    pub locked_until: Option<DateTime<Utc>>,
}

impl UserRow {
    fn into_account(self) -> Result<Account, StoreError> {
        let row = RowOf { table: "users", id: &self.id };
        Ok(Account {
            actor: Actor {
                office: row.region(&self.office_id)?,
                region: row.region(&self.region)?,
                nik: row.nik(self.nik.as_deref())?,
                family_card: row.family_card(self.family_card.as_deref())?,
                role: row.known(Role::parse(&self.role), "role")?,
                name: self.name,
                id: self.id,
            },
            username: self.username,
            password_hash: self.password_hash,
            disabled: self.disabled,
            failed_logins: self.failed_logins,
            locked_until: self.locked_until.map(utc),
        })
    }
}

/// Opens an account.
///
/// # Errors
/// [`StoreError::Duplicate`] when the login name is taken.
pub fn insert(tx: &mut Tx<'_>, account: &Account, now: DateTime<Utc>) -> Result<(), StoreError> {
    let actor = &account.actor;
    let row = UserRow {
        id: actor.id.clone(),
        office_id: actor.office.to_string(),
        username: account.username.clone(),
        name: actor.name.clone(),
        role: actor.role.code().to_owned(),
        region: actor.region.to_string(),
        nik: actor.nik.as_ref().map(|n| n.expose().to_owned()),
        family_card: actor.family_card.as_ref().map(|c| c.expose().to_owned()),
        password_hash: account.password_hash.clone(),
        disabled: account.disabled,
        failed_logins: 0,
        locked_until: None,
        created_at: now.naive_utc(),
        version: 1,
    };
    diesel::insert_into(users::table).values(&row).execute(&mut **tx)?;
    Ok(())
}

/// The account with this login name.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_username(conn: &mut DbConn, username: &str) -> Result<Account, StoreError> {
    users::table.filter(users::username.eq(username)).get_result::<UserRow>(conn)?.into_account()
}

/// The account with this id.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn by_id(conn: &mut DbConn, id: &str) -> Result<Account, StoreError> {
    users::table.find(id).get_result::<UserRow>(conn)?.into_account()
}

/// All accounts of an office, by login name.
///
/// # Errors
/// [`StoreError`].
pub fn list(conn: &mut DbConn, office_id: &str) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<UserRow> = users::table.filter(users::office_id.eq(office_id)).order(users::username).load(conn)?;
    rows.into_iter().map(UserRow::into_account).collect()
}

/// The accounts of an office that carry one of these NIKs or stand on one of these family cards.
///
/// # Errors
/// [`StoreError`].
pub fn with_numbers(conn: &mut DbConn, office: &RegionCode, niks: &[&Nik], cards: &[&FamilyCard]) -> Result<Vec<Official>, StoreError> {
    let of_office = || users::table.filter(users::office_id.eq(office.as_str())).filter(users::disabled.eq(false));
    let mut rows: Vec<UserRow> = Vec::new();
    // One by one: a list of unknown length is a new statement each time on SQLite.
    for nik in distinct(niks) {
        rows.extend(of_office().filter(users::nik.eq(nik.expose())).load::<UserRow>(conn)?);
    }
    for card in distinct(cards) {
        rows.extend(of_office().filter(users::family_card.eq(card.expose())).load::<UserRow>(conn)?);
    }
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    rows.dedup_by(|a, b| a.id == b.id);
    let accounts = rows.into_iter().map(|row| row.into_account().map(|account| account.actor));
    accounts
        .map(|actor| {
            let actor = actor?;
            Ok(Official { role: actor.role.label().to_owned(), name: actor.name, nik: actor.nik, family_card: actor.family_card })
        })
        .collect()
}

fn distinct<'a, T: Ord>(of: &[&'a T]) -> std::collections::BTreeSet<&'a T> {
    of.iter().copied().collect()
}

/// Sets a new password and forgets failed logins.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn set_password(tx: &mut Tx<'_>, id: &str, password_hash: &str) -> Result<(), StoreError> {
    let changed = diesel::update(users::table.find(id))
        .set((
            users::password_hash.eq(password_hash),
            users::failed_logins.eq(0),
            users::locked_until.eq(None::<NaiveDateTime>),
            users::version.eq(users::version + 1),
        ))
        .execute(&mut **tx)?;
    one(changed)
}

/// Shuts or opens an account.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn set_disabled(tx: &mut Tx<'_>, id: &str, disabled: bool) -> Result<(), StoreError> {
    let changed = diesel::update(users::table.find(id))
        .set((users::disabled.eq(disabled), users::version.eq(users::version + 1)))
        .execute(&mut **tx)?;
    one(changed)
}

/// Records the outcome of a login try.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn record_login(tx: &mut Tx<'_>, id: &str, failed_logins: i64, locked_until: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let changed = diesel::update(users::table.find(id))
        .set((users::failed_logins.eq(failed_logins), users::locked_until.eq(locked_until.map(|at| at.naive_utc()))))
        .execute(&mut **tx)?;
    one(changed)
}

fn one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
