//! Forms that come from our own pages only: the browser's own word about the origin, and the session's token.

use rocket::Request;
use subtle::ConstantTimeEq;

/// Name of the token's hidden input.
pub const FIELD: &str = "_csrf";
/// Name of the token's header for programs.
pub const HEADER: &str = "X-CSRF-Token";

/// Whether the browser says the request comes from our own site. Old browsers say nothing; then the token alone decides.
pub fn is_same_origin(request: &Request<'_>) -> bool {
    let one = |name| request.headers().get_one(name);
    let host = request.host().map(ToString::to_string).unwrap_or_default();
    same_origin(one("Sec-Fetch-Site"), one("Origin"), &host)
}

/// Whether the token that came is the session's. Takes as long for a near miss as for a far one.
pub fn matches(came: &str, of_session: &str) -> bool {
    !of_session.is_empty() && bool::from(came.as_bytes().ct_eq(of_session.as_bytes()))
}

fn same_origin(fetch_site: Option<&str>, origin: Option<&str>, host: &str) -> bool {
    let site_ok = fetch_site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin_ok = origin.is_none_or(|origin| {
        let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        authority.is_some_and(|authority| !host.is_empty() && authority.eq_ignore_ascii_case(host))
    });
    site_ok && origin_ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_site_may_send_forms() {
        let check = |site: Option<&str>, origin: Option<&str>, expected: bool| {
            assert_eq!(same_origin(site, origin, "santunan.go.id:8000"), expected, "{site:?} {origin:?}");
        };
        check(None, None, true);
        check(Some("same-origin"), Some("http://santunan.go.id:8000"), true);
        check(Some("none"), None, true);
        check(None, Some("https://santunan.go.id:8000"), true);
        check(Some("cross-site"), None, false);
        check(Some("same-site"), Some("http://santunan.go.id:8000"), false);
        check(None, Some("http://evil.example"), false);
        check(None, Some("http://santunan.go.id:8001"), false);
        check(None, Some("http://santunan.go.id:8000.evil.example"), false);
        check(None, Some("null"), false);
    }

    #[test]
    fn an_empty_token_matches_nothing() {
        assert!(matches("abc", "abc"));
        assert!(!matches("abd", "abc"));
        assert!(!matches("", ""));
    }
}
