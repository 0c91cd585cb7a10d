//! Accounts and logins.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, TimeDelta, Utc};
use subtle::ConstantTimeEq;

use crate::clock::new_secret;
use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::domain::region::RegionCode;
use crate::store::sessions::{self, Session};
use crate::store::users::{self, Account};
use crate::store::{Key, StoreError, audit};

use super::desk::Desk;
use super::refusal::Refusal;

/// Shortest password, in characters (ASVS 5.0, 6.2.1).
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password, in bytes, so that hashing cannot be used to keep the machine busy.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Wrong passwords in a row before the account rests.
const TRIES_MAX: i64 = 8;
/// How long it rests: short enough that nobody can shut an office out.
const REST: TimeDelta = TimeDelta::minutes(10);
/// A login lasts at most so long.
const SESSION_MAX: TimeDelta = TimeDelta::hours(12);
/// Officers of the kabupaten are logged out after so long without a page.
const IDLE_OFFICER: TimeDelta = TimeDelta::minutes(30);
/// Villages lie on slow lines and type long; they get longer.
const IDLE_VILLAGE: TimeDelta = TimeDelta::hours(8);

/// Why an account act was refused.
#[derive(Debug, thiserror::Error)]
pub enum AccountRefusal {
    /// The login name is taken.
    #[error("Nama akun sudah dipakai. Pilih nama lain.")]
    UsernameTaken,
    /// The login name has other characters than small letters, digits, dots and dashes.
    #[error("Nama akun hanya boleh huruf kecil, angka, titik, dan tanda hubung, 3 sampai 60 huruf.")]
    UsernameForm,
    /// The password is too short or too long.
    #[error("Kata sandi paling sedikit 12 huruf dan paling banyak 256.")]
    PasswordForm,
    /// The region does not lie in the office.
    #[error("Wilayah akun harus di dalam kabupaten kantor.")]
    Region,
    /// No such account.
    #[error("Akun tidak ditemukan.")]
    NotFound,
    /// Name or password wrong, account shut: not said which.
    #[error("Nama akun atau kata sandi tidak cocok. Periksa kembali; bila lupa, hubungi pengelola sistem.")]
    LoginFailed,
    /// Too many tries.
    #[error("Terlalu banyak percobaan masuk. Tunggu sepuluh menit lalu coba lagi.")]
    Resting,
    /// The database failed.
    #[error("Terjadi gangguan pada basis data.")]
    Store(#[source] StoreError),
    /// The password could not be hashed on this machine.
    #[error("Kata sandi tidak dapat diproses.")]
    Hash,
}

impl From<StoreError> for AccountRefusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Duplicate(Key::Username) => Self::UsernameTaken,
            other => Self::Store(other),
        }
    }
}

/// A new account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The person.
    pub actor: Actor,
    /// Login name.
    pub username: String,
}

/// What a successful login gives the browser.
#[derive(Clone)]
pub struct Login {
    /// Secret for the cookie; only its hash is kept.
    pub token: String,
    /// Must come back with every form.
    pub csrf_token: String,
    /// Who it is.
    pub actor: Actor,
}

/// Who is behind a request.
#[derive(Clone)]
pub struct Known {
    /// The person, read afresh: a change of role or a shut account counts at once.
    pub actor: Actor,
    /// The session.
    pub session: Session,
}

fn hasher() -> Argon2<'static> {
    // 19 MiB, two passes, one lane: OWASP's and ASVS's floor for Argon2id.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Opens an account with its first password.
///
/// # Errors
/// [`AccountRefusal`].
pub fn add_account(desk: &Desk, by: &Actor, new: &NewAccount, password: &str) -> Result<(), AccountRefusal> {
    check_username(&new.username)?;
    if !new.actor.office.contains(&new.actor.region) {
        return Err(AccountRefusal::Region);
    }
    let account = Account {
        actor: new.actor.clone(),
        username: new.username.clone(),
        password_hash: hash(password)?,
        disabled: false,
        failed_logins: 0,
        locked_until: None,
    };
    let now = desk.clock.now();
    desk.store.write(new.actor.office.as_str(), |tx| {
        users::insert(tx, &account, now)?;
        let details = serde_json::json!({ "username": account.username, "role": account.actor.role.code() });
        audit::append(tx, by, "user.add", &format!("user:{}", account.actor.id), &details.to_string(), now)?;
        Ok(())
    })
}

/// Gives an account a new password and ends all its sessions.
///
/// # Errors
/// [`AccountRefusal`].
pub fn reset_password(desk: &Desk, by: &Actor, username: &str, password: &str) -> Result<(), AccountRefusal> {
    let hashed = hash(password)?;
    desk.store.write(by.office.as_str(), |tx| {
        let account = in_office(users::by_username(tx, username)?, &by.office)?;
        users::set_password(tx, &account.actor.id, &hashed)?;
        sessions::close_all_of(tx, &account.actor.id)?;
        audit::append(tx, by, "user.reset", &format!("user:{}", account.actor.id), "{}", desk.clock.now())?;
        Ok(())
    })
}

/// Shuts an account (or opens it again) and ends its sessions.
///
/// # Errors
/// [`AccountRefusal`].
pub fn set_disabled(desk: &Desk, by: &Actor, username: &str, disabled: bool) -> Result<(), AccountRefusal> {
    desk.store.write(by.office.as_str(), |tx| {
        let account = in_office(users::by_username(tx, username)?, &by.office)?;
        users::set_disabled(tx, &account.actor.id, disabled)?;
        sessions::close_all_of(tx, &account.actor.id)?;
        let act = if disabled { "user.disable" } else { "user.enable" };
        audit::append(tx, by, act, &format!("user:{}", account.actor.id), "{}", desk.clock.now())?;
        Ok(())
    })
}

fn in_office(account: Account, office: &RegionCode) -> Result<Account, AccountRefusal> {
    if account.actor.office == *office { Ok(account) } else { Err(AccountRefusal::NotFound) }
}

/// Logs in. An unknown name costs as much time as a wrong password.
///
/// # Errors
/// [`AccountRefusal::LoginFailed`] without saying why, [`AccountRefusal::Resting`] after too many tries.
pub fn log_in(desk: &Desk, username: &str, password: &str) -> Result<Login, AccountRefusal> {
    let now = desk.clock.now();
    let found = desk.store.read(|conn| match users::by_username(conn, username) {
        Err(StoreError::NotFound) => Ok(None),
        other => other.map(Some),
    })?;
    let Some(account) = found else {
        let _same_time = hasher().hash_password(password.as_bytes().get(..PASSWORD_BYTES_MAX).unwrap_or(password.as_bytes()));
        return Err(AccountRefusal::LoginFailed);
    };
    if account.locked_until.is_some_and(|until| now < until) {
        return Err(AccountRefusal::Resting);
    }
    let right = password.len() <= PASSWORD_BYTES_MAX && matches(password, &account.password_hash) && !account.disabled;
    if !right {
        return Err(note_failure(desk, &account, now)?);
    }
    open_session(desk, &account, now)
}

/// Asks a person again who they are, at the moment of an act that cannot be taken back. A wrong password counts like one at login.
///
/// # Errors
/// [`Refusal::WrongPassword`] without saying more; [`Refusal::Resting`] after too many tries.
pub fn prove_again(desk: &Desk, actor: &Actor, password: &str) -> Result<(), Refusal> {
    let now = desk.clock.now();
    let account = desk.store.read(|conn| users::by_id(conn, &actor.id))?;
    if account.locked_until.is_some_and(|until| now < until) {
        return Err(Refusal::Resting);
    }
    if password.len() <= PASSWORD_BYTES_MAX && matches(password, &account.password_hash) && !account.disabled {
        return Ok(());
    }
    match note_failure(desk, &account, now) {
        Err(AccountRefusal::Store(fault)) => Err(fault.into()),
        _counted => Err(Refusal::WrongPassword),
    }
}

fn note_failure(desk: &Desk, account: &Account, now: DateTime<Utc>) -> Result<AccountRefusal, AccountRefusal> {
    let failed = account.failed_logins.saturating_add(1);
    let (failed, until) = if failed >= TRIES_MAX { (0, now.checked_add_signed(REST)) } else { (failed, None) };
    desk.store.write(account.actor.office.as_str(), |tx| users::record_login(tx, &account.actor.id, failed, until))?;
    Ok(AccountRefusal::LoginFailed)
}

fn open_session(desk: &Desk, account: &Account, now: DateTime<Utc>) -> Result<Login, AccountRefusal> {
    let (token, csrf_token) = (new_secret(), new_secret());
    let session = Session {
        token_hash: sha256_hex(token.as_bytes()),
        user_id: account.actor.id.clone(),
        csrf_token: csrf_token.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now.checked_add_signed(SESSION_MAX).unwrap_or(now),
    };
    desk.store.write::<_, StoreError>(account.actor.office.as_str(), |tx| {
        users::record_login(tx, &account.actor.id, 0, None)?;
        sessions::open(tx, &session)?;
        audit::append(tx, &account.actor, "login", &format!("user:{}", account.actor.id), "{}", now)
    })?;
    Ok(Login { token, csrf_token, actor: account.actor.clone() })
}

/// Who a cookie's token belongs to, if the session still lives. Being seen prolongs it, noted at most once a minute.
///
/// # Errors
/// [`StoreError`] of the database; an unknown or ended session is `None`.
pub fn known(desk: &Desk, token: &str) -> Result<Option<Known>, StoreError> {
    let now = desk.clock.now();
    let found = desk.store.read(|conn| {
        let session = sessions::load(conn, &sha256_hex(token.as_bytes()))?;
        let account = users::by_id(conn, &session.user_id)?;
        Ok((session, account))
    });
    let (session, account) = match found {
        Err(StoreError::NotFound) => return Ok(None),
        other => other?,
    };
    let idle = if matches!(account.actor.role, Role::Operator | Role::VillageHead) { IDLE_VILLAGE } else { IDLE_OFFICER };
    let silent = now.signed_duration_since(session.last_seen_at);
    if account.disabled || now >= session.expires_at || silent >= idle {
        return Ok(None);
    }
    if silent >= TimeDelta::minutes(1) {
        desk.store.write::<_, StoreError>(account.actor.office.as_str(), |tx| sessions::touch(tx, &session.token_hash, now))?;
    }
    Ok(Some(Known { actor: account.actor, session }))
}

/// Logs out.
///
/// # Errors
/// [`StoreError`].
pub fn log_out(desk: &Desk, known: &Known) -> Result<(), StoreError> {
    desk.store.write(known.actor.office.as_str(), |tx| sessions::close(tx, &known.session.token_hash))
}

/// Whether a form carries the session's own token, compared in equal time.
pub fn is_own_form(session: &Session, csrf_token: &str) -> bool {
    session.csrf_token.as_bytes().ct_eq(csrf_token.as_bytes()).into()
}

fn check_username(username: &str) -> Result<(), AccountRefusal> {
    let fits = (3..=60).contains(&username.len())
        && username.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-'));
    if fits { Ok(()) } else { Err(AccountRefusal::UsernameForm) }
}

fn hash(password: &str) -> Result<String, AccountRefusal> {
    if password.chars().count() < PASSWORD_CHARS_MIN || password.len() > PASSWORD_BYTES_MAX {
        return Err(AccountRefusal::PasswordForm);
    }
    hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_no_detail_for_attackers| AccountRefusal::Hash)
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok())
}
