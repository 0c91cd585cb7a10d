//! Dukcapil's web service, where the office has access to it. Without an address nobody is asked.

use super::secret::Secret;
use super::source::{Key, Sources};
use crate::domain::source::CodeMeaning;

pub(super) const URL: Key = Key::plain("dukcapil.url", "SANTUNAN_DUKCAPIL_URL");
pub(super) const CUSTOMER: Key = Key::plain("dukcapil.customer", "SANTUNAN_DUKCAPIL_CUSTOMER");
pub(super) const USER: Key = Key::plain("dukcapil.user", "SANTUNAN_DUKCAPIL_USER");
pub(super) const PASSWORD: Key = Key::secret("dukcapil.password", "SANTUNAN_DUKCAPIL_PASSWORD");
pub(super) const IP_USER: Key = Key::plain("dukcapil.ip_user", "SANTUNAN_DUKCAPIL_IP_USER");
pub(super) const METHOD: Key = Key::plain("dukcapil.method", "SANTUNAN_DUKCAPIL_METHOD");
pub(super) const DATES: Key = Key::plain("dukcapil.dates", "SANTUNAN_DUKCAPIL_DATES");
pub(super) const THRESHOLD: Key = Key::plain("dukcapil.threshold", "SANTUNAN_DUKCAPIL_THRESHOLD");
pub(super) const TIMEOUT: Key = Key::plain("dukcapil.timeout_seconds", "SANTUNAN_DUKCAPIL_TIMEOUT_SECONDS");
pub(super) const LIMIT: Key = Key::plain("dukcapil.daily_limit", "SANTUNAN_DUKCAPIL_DAILY_LIMIT");
pub(super) const CODES: Key = Key::plain("dukcapil.codes", "SANTUNAN_DUKCAPIL_CODES");
pub(super) const PLAIN_HTTP: Key = Key::plain("dukcapil.plain_http", "SANTUNAN_DUKCAPIL_PLAIN_HTTP");

pub(super) const ROOT_FILE: Key = Key::plain("dukcapil.root_file", "SANTUNAN_DUKCAPIL_ROOT_FILE");

/// The codes offices have seen; a site's own table replaces them.
const USUAL_CODES: &str = "11=meninggal, 12=ganda, 13=tidak_ada, 14=nonaktif, 15=salah_bentuk";

/// How to ask Dukcapil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DukcapilConfig {
    /// Address up to `/dukcapil`.
    pub url: String,
    /// Name of the customer in the address.
    pub customer: String,
    /// Login.
    pub user: String,
    /// Password.
    pub password: Secret,
    /// Address of this machine as the service knows it.
    pub ip_user: String,
    /// Whether the whole record is looked up instead of comparing elements.
    pub looks_up: bool,
    /// Whether dates are written with the year first.
    pub year_first: bool,
    /// From how many percent on two names are alike.
    pub threshold: u8,
    /// Longest wait for an answer, in seconds.
    pub timeout_seconds: u64,
    /// Tries a day.
    pub daily_limit: u32,
    /// What the codes mean.
    pub codes: Vec<(String, CodeMeaning)>,
    /// Root certificates of the gateway as PEM; empty where the public ones will do.
    pub root: String,
}

impl DukcapilConfig {
    /// The section; the outer `None` is a fault already noted, the inner one a section that is not used.
    #[expect(clippy::option_option, reason = "a fault and an unused section are two things")]
    pub(super) fn read(sources: &mut Sources<'_>) -> Option<Option<Self>> {
        let [url, customer, user, password, ip_user] = [URL, CUSTOMER, USER, PASSWORD, IP_USER].map(|key| sources.value(key));
        let choices = read_choices(sources);
        let numbers = read_numbers(sources);
        let codes = read_codes(sources);
        let plain_http = one_of(sources, PLAIN_HTTP, ["false", "true"], false);
        let root = read_root(sources);
        if url.is_none() && [&customer, &user, &password].iter().all(|value| value.is_none()) {
            return (choices.is_some() && numbers.is_some() && codes.is_some() && plain_http.is_some() && root.is_some()).then_some(None);
        }
        for (key, value) in [(URL, &url), (CUSTOMER, &customer), (USER, &user), (PASSWORD, &password)] {
            if value.is_none() {
                sources.demand(key, "belum diisi; layanan Dukcapil perlu alamat, nama pelanggan, pengguna, dan sandi");
            }
        }
        let customer = customer.filter(|found| {
            let plain = found.text.trim().chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            if !plain {
                sources.refuse(found, "berisi tanda selain huruf, angka, _ dan -");
            }
            plain
        });
        let url = url.filter(|found| {
            let allowed = is_safe(found.text.trim(), plain_http == Some(true));
            if !allowed {
                sources.refuse(
                    found,
                    "bukan alamat https; http hanya untuk mesin ini, atau tulis dukcapil.plain_http = true bila jaringannya VPN tertutup",
                );
            }
            allowed
        });
        let (looks_up, year_first) = choices?;
        let (threshold, timeout_seconds, daily_limit) = numbers?;
        Some(Some(Self {
            url: url?.text.trim().trim_end_matches('/').to_owned(),
            customer: customer?.text.trim().to_owned(),
            user: user?.text.trim().to_owned(),
            password: Secret::new(password?.text),
            ip_user: ip_user.map(|found| found.text.trim().to_owned()).unwrap_or_default(),
            looks_up,
            year_first,
            threshold,
            timeout_seconds,
            daily_limit,
            codes: codes?,
            root: root?,
        }))
    }
}

/// Login and NIK travel in the body: only encrypted, inside this machine, or where the operator vouches for the line.
fn is_safe(url: &str, plain_http: bool) -> bool {
    let host = |rest: &str| rest.split(['/', ':']).next().unwrap_or_default().to_owned();
    match url.split_once("://") {
        Some(("https", rest)) => !host(rest).is_empty(),
        Some(("http", rest)) => !host(rest).is_empty() && (plain_http || matches!(host(rest).as_str(), "localhost" | "127.0.0.1")),
        _ => false,
    }
}

/// The root certificates of the gateway, out of a file; a fault is noted.
fn read_root(sources: &mut Sources<'_>) -> Option<String> {
    let Some(found) = sources.value(ROOT_FILE) else { return Some(String::new()) };
    let text = std::fs::read_to_string(found.text.trim()).unwrap_or_default();
    let is_certificate = text.contains("-----BEGIN CERTIFICATE-----");
    if !is_certificate {
        sources.refuse(&found, "tidak terbaca sebagai sertifikat; tulis jalur berkas PEM yang memuat BEGIN CERTIFICATE");
    }
    is_certificate.then_some(text)
}

fn read_choices(sources: &mut Sources<'_>) -> Option<(bool, bool)> {
    let looks_up = one_of(sources, METHOD, ["verify", "lookup"], false);
    let year_first = one_of(sources, DATES, ["dd-mm-yyyy", "yyyy-mm-dd"], false);
    Some((looks_up?, year_first?))
}

/// The second of two words is `true`.
fn one_of(sources: &mut Sources<'_>, key: Key, words: [&str; 2], usual: bool) -> Option<bool> {
    let Some(found) = sources.value(key) else { return Some(usual) };
    let place = words.iter().position(|word| *word == found.text.trim().to_lowercase());
    if place.is_none() {
        sources.refuse(&found, format!("tidak dikenal; tulis {}", words.join(" atau ")));
    }
    place.map(|place| place == 1)
}

fn read_numbers(sources: &mut Sources<'_>) -> Option<(u8, u64, u32)> {
    let threshold = number(sources, THRESHOLD, 1, 100, 90);
    let timeout = number(sources, TIMEOUT, 1, 120, 15);
    let limit = number(sources, LIMIT, 1, 1_000_000, 1_000);
    Some((u8::try_from(threshold?).ok()?, timeout?, u32::try_from(limit?).ok()?))
}

fn number(sources: &mut Sources<'_>, key: Key, least: u64, most: u64, usual: u64) -> Option<u64> {
    let Some(found) = sources.value(key) else { return Some(usual) };
    let number = found.text.trim().parse().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        sources.refuse(&found, format!("bukan angka {least} sampai {most}"));
    }
    number
}

fn read_codes(sources: &mut Sources<'_>) -> Option<Vec<(String, CodeMeaning)>> {
    let found = sources.value(CODES);
    let text = found.as_ref().map_or(USUAL_CODES, |found| found.text.as_str());
    let pairs: Option<Vec<_>> = text
        .split(',')
        .map(|pair| {
            let (code, word) = pair.split_once('=')?;
            let meaning = CodeMeaning::from_word(word.trim())?;
            Some((code.trim().to_owned(), meaning)).filter(|(code, _)| !code.is_empty())
        })
        .collect();
    if let (None, Some(found)) = (&pairs, &found) {
        let words: Vec<&str> = CodeMeaning::ALL.iter().map(|meaning| meaning.word()).collect();
        sources.refuse(found, format!("tidak terbaca; tulis seperti \"{USUAL_CODES}\" dengan arti {}", words.join(", ")));
    }
    pairs
}
