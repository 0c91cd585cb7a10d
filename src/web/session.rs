//! Who is logged in. The cookie holds 256 random bits, the database only their hash.

use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome};

use super::routes::rule_of;
use super::site::Site;
use crate::domain::access::Actor;
use crate::store::sessions::Session;
use crate::workflow::accounts::{self, Known};

/// Somebody who is logged in and may use the route that was asked for.
#[derive(Clone)]
pub struct Staff {
    /// The person.
    pub actor: Actor,
    /// Token for forms.
    pub csrf: String,
    /// The session.
    pub session: Session,
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
    let Some(cookie) = request.cookies().get(cookie_name(site.is_https())) else { return Ok(None) };
    let token = cookie.value().to_owned();
    let found = site.run(move |site| accounts::known(&site.desk, &token)).await;
    found.map(|known| known.map(Staff::from)).map_err(|problem| problem.status)
}

impl From<Known> for Staff {
    fn from(known: Known) -> Self {
        Self { csrf: known.session.csrf_token.clone(), actor: known.actor, session: known.session }
    }
}

/// Puts the token into the browser.
pub fn give_cookie(jar: &CookieJar<'_>, site: &Site, token: String) {
    let https = site.is_https();
    jar.add(Cookie::build((cookie_name(https), token)).path("/").http_only(true).same_site(SameSite::Lax).secure(https));
}

/// Takes the token from the browser.
pub fn take_cookie(jar: &CookieJar<'_>, site: &Site) {
    let https = site.is_https();
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
}
