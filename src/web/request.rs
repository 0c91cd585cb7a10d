//! What is known of a request before anybody looks at its content.

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use crate::clock;

/// The number a person quotes when something went wrong; the log carries it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

impl RequestId {
    /// The id of a request, made on first asking.
    pub fn of(request: &Request<'_>) -> Self {
        request.local_cache(|| Self(clock::new_id())).clone()
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for RequestId {
    type Error = std::convert::Infallible;
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self::of(request))
    }
}

/// The address a request comes from, as text for counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Address {
    type Error = std::convert::Infallible;
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self(request.client_ip().map(|ip| ip.to_string()).unwrap_or_default()))
    }
}

/// Whether a program asks that would rather have JSON than a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsJson(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for AsJson {
    type Error = std::convert::Infallible;
    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self(request.accept().is_some_and(|accept| accept.preferred().media_type().is_json())))
    }
}

/// Whether the asker wants JSON: everything under `/api`.
pub fn wants_json(request: &Request<'_>) -> bool {
    request.uri().path().starts_with("/api/")
}
