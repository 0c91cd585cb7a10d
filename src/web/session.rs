//! Who is logged in. The cookie holds 256 random bits, the database only their hash.

use chrono::{DateTime, TimeDelta, Utc};
use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome};

use super::routes::rule_of;
use super::site::Site;
use crate::clock::new_secret;
use crate::domain::access::{Actor, Role};
use crate::domain::audit::sha256_hex;
use crate::store::sessions::{self, Session};
use crate::store::{StoreError, users};

/// A session ends after this long whatever happens.
const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// Without a page for this long, an officer's session ends.
const IDLE_OFFICER: TimeDelta = TimeDelta::minutes(30);
/// The same for the village, where somebody types slowly and the line is bad.
const IDLE_VILLAGE: TimeDelta = TimeDelta::hours(8);
/// The last page is noted at most this often.
const TOUCH_EVERY: TimeDelta = TimeDelta::seconds(60);

/// Somebody who is logged in and may use the route that was asked for.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The person.
    pub actor: Actor,
    /// Token for forms.
    pub csrf: String,
    /// Hash of the cookie's token.
    pub token_hash: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Staff {
    type Error = ();
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(rule) = request.route().and_then(rule_of) else { return Outcome::Error((Status::NotFound, ())) };
        match known(request).await {
            Ok(Some(staff)) if rule.admits(staff.actor.role) => Outcome::Success(staff),
            Ok(Some(_other_role)) => Outcome::Error((Status::Forbidden, ())),
            Ok(None) => Outcome::Error((Status::Unauthorized, ())),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// Who sent a request, looked up once.
pub(super) async fn known(request: &Request<'_>) -> Result<Option<Staff>, Status> {
    request.local_cache_async(look_up(request)).await.clone()
}

async fn look_up(request: &Request<'_>) -> Result<Option<Staff>, Status> {
    let Some(site) = request.rocket().state::<Site>() else { return Err(Status::InternalServerError) };
    let Some(cookie) = request.cookies().get(cookie_name(site.reach.is_https())) else { return Ok(None) };
    let hash = sha256_hex(cookie.value().as_bytes());
    site.run(move |site| resume(site, &hash)).await.map_err(|problem| problem.status)
}

/// The person of a session that has not ended, noting the page.
fn resume(site: &Site, token_hash: &str) -> Result<Option<Staff>, StoreError> {
    let now = site.clock.now();
    let found = site.store.read(|conn| {
        let session = sessions::load(conn, token_hash)?;
        let account = users::by_id(conn, &session.user_id)?;
        Ok::<_, StoreError>((session, account))
    });
    let (session, account) = match found {
        Ok(found) => found,
        Err(StoreError::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    if account.disabled || has_ended(&session, account.actor.role, now) {
        return Ok(None);
    }
    if now - session.last_seen_at > TOUCH_EVERY {
        site.store.write(account.actor.office.as_str(), |tx| sessions::touch(tx, token_hash, now))?;
    }
    Ok(Some(Staff { actor: account.actor, csrf: session.csrf_token, token_hash: session.token_hash }))
}

fn has_ended(session: &Session, role: Role, now: DateTime<Utc>) -> bool {
    let idle = match role {
        Role::Operator | Role::VillageHead => IDLE_VILLAGE,
        Role::Verifier | Role::Approver | Role::Finance | Role::Auditor | Role::Admin => IDLE_OFFICER,
    };
    now >= session.expires_at || now - session.last_seen_at >= idle
}

/// Opens a session and returns the token for the cookie.
///
/// # Errors
/// [`StoreError`].
pub fn open(site: &Site, actor: &Actor) -> Result<String, StoreError> {
    let (token, now) = (new_secret(), site.clock.now());
    let session = Session {
        token_hash: sha256_hex(token.as_bytes()),
        user_id: actor.id.clone(),
        csrf_token: new_secret(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + ABSOLUTE,
    };
    site.store.write(actor.office.as_str(), |tx| sessions::open(tx, &session))?;
    Ok(token)
}

/// Puts the token into the browser.
pub fn give_cookie(jar: &CookieJar<'_>, site: &Site, token: String) {
    let https = site.reach.is_https();
    jar.add(Cookie::build((cookie_name(https), token)).path("/").http_only(true).same_site(SameSite::Lax).secure(https));
}

/// Takes the token from the browser.
pub fn take_cookie(jar: &CookieJar<'_>, site: &Site) {
    let https = site.reach.is_https();
    jar.remove(Cookie::build(cookie_name(https)).path("/").http_only(true).same_site(SameSite::Lax).secure(https));
}

/// The `__Host-` prefix binds the cookie to this host and to encryption; browsers refuse it without.
fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-santunan" } else { "santunan" }
}

/// The address of the login page that leads on to `next` afterwards.
pub fn door(next: &str) -> String {
    match safe_next(next) {
        Some(path) => format!("/masuk?lanjut={path}"),
        None => "/masuk".to_owned(),
    }
}

/// A path of our own to go on to; anything that could lead elsewhere is dropped.
pub fn safe_next(next: &str) -> Option<&str> {
    let plain = next.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    (plain && next.starts_with('/') && !next.starts_with("//") && next.len() > 1).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_door_one_stays_in_the_house() {
        assert_eq!(safe_next("/permohonan/BTG-1"), Some("/permohonan/BTG-1"));
        for elsewhere in ["", "/", "//evil.example", "https://evil.example", "/\\evil", "/a?b=//c", "javascript:1"] {
            assert_eq!(safe_next(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn an_officer_is_forgotten_sooner_than_the_village() {
        let start = DateTime::UNIX_EPOCH;
        let session = Session {
            token_hash: String::new(),
            user_id: String::new(),
            csrf_token: String::new(),
            created_at: start,
            last_seen_at: start,
            expires_at: start + ABSOLUTE,
        };
        let check = |role, minutes: i64, ended| {
            assert_eq!(has_ended(&session, role, start + TimeDelta::minutes(minutes)), ended, "{role} {minutes}")
        };
        check(Role::Finance, 29, false);
        check(Role::Finance, 30, true);
        check(Role::Operator, 479, false);
        check(Role::Operator, 480, true);
    }
}
