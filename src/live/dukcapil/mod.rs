//! Dukcapil's web service as offices meet it: one address per method, the login in the body, HTTP 200 for everything.
//!
//! Two methods are spoken: the look-up of a record (`CALL_NIK`) and the comparison of elements
//! (`CALL_VERIFY_BY_ELEMEN`). The service has a daily allowance and locks logins, so that each try is counted beforehand,
//! a refused login is not tried again at once, and a service that is down is left alone for a while.

mod answer;
mod breaker;
mod codes;
mod request;

use std::fmt;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ureq::Agent;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::PopulationSource;
use crate::domain::source::{Answer, NoAnswer, Question};
use breaker::Breaker;

pub use codes::Codes;

/// Largest answer read, in bytes; a record has about two thousand.
const ANSWER_BYTES_MAX: u64 = 256 * 1024;

/// Name on pages and in findings.
const NAME: &str = "Dukcapil";

/// How the service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `CALL_NIK`: the whole record comes back and is compared here.
    LookUp,
    /// `CALL_VERIFY_BY_ELEMEN`: the claimed values are sent and compared there.
    Verify,
}

/// How a site writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `31-12-1950`.
    DayFirst,
    /// `1950-12-31`.
    YearFirst,
}

/// Everything the client needs to know. `Debug` shows neither login nor password.
#[derive(Clone)]
pub struct Settings {
    /// Address up to `/dukcapil`.
    pub url: String,
    /// Name of the customer in the address.
    pub customer: String,
    /// Login.
    pub user: String,
    /// Its password.
    pub password: String,
    /// Address of the own machine as the service knows it.
    pub ip_user: String,
    /// How it is asked.
    pub method: Method,
    /// How it writes dates.
    pub dates: DateStyle,
    /// From how many percent on it calls two names alike.
    pub threshold: u8,
    /// Longest wait for an answer.
    pub timeout: Duration,
    /// Pauses before the second, third … try.
    pub pauses: Vec<Duration>,
    /// Tries a day.
    pub daily_limit: u32,
    /// What its codes mean.
    pub codes: Codes,
    /// Root certificates of its gateway as PEM, trusted instead of the public ones; empty where those will do.
    pub root: String,
}

/// The client.
pub struct Dukcapil {
    settings: Settings,
    agent: Agent,
    breaker: Breaker,
}

impl Dukcapil {
    /// A client with its own connections. It follows no redirects, so that the login goes nowhere else.
    pub fn new(settings: Settings) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(settings.timeout))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .tls_config(TlsConfig::builder().root_certs(roots(&settings.root)).build());
        Self { agent: config.build().new_agent(), settings, breaker: Breaker::default() }
    }

    /// One try over the wire.
    fn try_once(&self, question: &Question) -> Answer {
        let settings = &self.settings;
        match self.fetch(&request::address(settings), &request::body(settings, question)) {
            Ok(text) => answer::read(&text, settings, question),
            Err(why) => Answer::Unavailable { why },
        }
    }

    fn fetch(&self, address: &str, body: &serde_json::Value) -> Result<String, NoAnswer> {
        let mut response = self.agent.post(address).send_json(body).map_err(|error| unsent(&error))?;
        match response.status().as_u16() {
            200 => response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string().map_err(|error| unsent(&error)),
            429 => Err(NoAnswer::QuotaSpent),
            500..=599 => Err(NoAnswer::Unreachable),
            _ => Err(NoAnswer::Unreadable),
        }
    }
}

/// Whom the client trusts: the public roots, or only those of the settings. Where none of these can be read, nobody.
fn roots(pem: &str) -> RootCerts {
    if pem.trim().is_empty() {
        return RootCerts::WebPki;
    }
    let certificates = parse_pem(pem.as_bytes()).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    RootCerts::from(certificates.collect::<Vec<_>>())
}

impl PopulationSource for Dukcapil {
    fn name(&self) -> &str {
        NAME
    }

    fn daily_limit(&self) -> u32 {
        self.settings.daily_limit
    }

    fn ask(&self, question: &Question, now: DateTime<Utc>, may_send: &mut dyn FnMut() -> bool) -> Answer {
        if self.breaker.is_open(now) {
            return Answer::Unavailable { why: NoAnswer::Resting };
        }
        let mut last = Answer::Unavailable { why: NoAnswer::Unreachable };
        for pause in std::iter::once(Duration::ZERO).chain(self.settings.pauses.iter().copied()) {
            thread::sleep(pause);
            if !may_send() {
                return Answer::Unavailable { why: NoAnswer::QuotaSpent };
            }
            last = self.try_once(question);
            if !matches!(last, Answer::Unavailable { why: NoAnswer::Unreachable | NoAnswer::Slow }) {
                break;
            }
        }
        self.breaker.note(&last, now);
        last
    }
}

/// Why nothing came over the wire. The error's own words may hold the address and stay here.
fn unsent(error: &ureq::Error) -> NoAnswer {
    match error {
        ureq::Error::Timeout(_) => NoAnswer::Slow,
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::TimedOut => NoAnswer::Slow,
        ureq::Error::BodyExceedsLimit(_) => NoAnswer::Unreadable,
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::InvalidData => NoAnswer::Unreadable,
        _ => NoAnswer::Unreachable,
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("url", &self.url).field("method", &self.method).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
