//! Outgoing mail: into files by default, to an SMTP server by choice.

use super::secret::Secret;
use super::source::{Found, Key, Sources};

pub(super) const TRANSPORT: Key = Key::plain("mail.transport", "SANTUNAN_MAIL_TRANSPORT");
pub(super) const HOST: Key = Key::plain("mail.host", "SANTUNAN_MAIL_HOST");
pub(super) const PORT: Key = Key::plain("mail.port", "SANTUNAN_MAIL_PORT");
pub(super) const TLS: Key = Key::plain("mail.tls", "SANTUNAN_MAIL_TLS");
pub(super) const USER: Key = Key::plain("mail.user", "SANTUNAN_MAIL_USER");
pub(super) const PASSWORD: Key = Key::secret("mail.password", "SANTUNAN_MAIL_PASSWORD");
pub(super) const FROM: Key = Key::plain("mail.from", "SANTUNAN_MAIL_FROM");
pub(super) const REPLY_TO: Key = Key::plain("mail.reply_to", "SANTUNAN_MAIL_REPLY_TO");

/// How letters leave by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailConfig {
    /// The sender: `dinsos@contohkab.go.id` or `Dinas Sosial <dinsos@contohkab.go.id>`.
    pub from: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// Where mail goes.
    pub transport: MailTransport,
}

/// Where mail goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailTransport {
    /// Into the data folder, one `.eml` each.
    Files,
    /// To a mail server.
    Smtp {
        /// Name of the server; its certificate must bear it.
        host: String,
        /// Port; by default that of the kind of encryption.
        port: u16,
        /// How the connection is encrypted.
        tls: MailTls,
        /// Who logs in, if the server wants it.
        login: Option<MailLogin>,
    },
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// Not at all; only for a server on this machine.
    None,
    /// Begun in the open and then encrypted (usually port 587).
    StartTls,
    /// Encrypted from the start (usually port 465).
    Implicit,
}

/// Name and password at the mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLogin {
    /// User name.
    pub user: String,
    /// Password.
    pub password: Secret,
}

impl MailTls {
    fn usual_port(self) -> u16 {
        match self {
            Self::None => 25,
            Self::StartTls => 587,
            Self::Implicit => 465,
        }
    }
}

impl MailConfig {
    pub(super) fn read(sources: &mut Sources<'_>) -> Option<Self> {
        let is_smtp = read_transport(sources);
        let from = read_address(sources, FROM);
        let reply_to = read_address(sources, REPLY_TO);
        let smtp = read_smtp(sources, is_smtp == Some(true));
        if is_smtp == Some(true) && from == Ok(None) {
            sources.demand(FROM, "belum diisi; surat lewat SMTP perlu alamat pengirim, misalnya dinsos@contohkab.go.id");
        }
        let transport = if is_smtp? { smtp? } else { MailTransport::Files };
        let from = from.ok()?.unwrap_or_else(|| "santunan@localhost".to_owned());
        Some(Self { from, reply_to: reply_to.ok()?, transport })
    }
}

fn read_transport(sources: &mut Sources<'_>) -> Option<bool> {
    let Some(found) = sources.value(TRANSPORT) else { return Some(false) };
    match found.text.trim() {
        "files" => Some(false),
        "smtp" => Some(true),
        _ => {
            sources.refuse(&found, format!("berisi \"{}\"; tulis files atau smtp", found.text.trim()));
            None
        }
    }
}

/// An address that was refused; the fault is already noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Refused;

fn read_address(sources: &mut Sources<'_>, key: Key) -> Result<Option<String>, Refused> {
    let Some(found) = sources.value(key) else { return Ok(None) };
    let text = found.text.trim();
    if text.parse::<lettre::message::Mailbox>().is_ok() {
        return Ok(Some(text.to_owned()));
    }
    sources.refuse(&found, format!("bukan alamat surat elektronik: \"{text}\"; tulis seperti dinsos@contohkab.go.id"));
    Err(Refused)
}

fn read_smtp(sources: &mut Sources<'_>, wanted: bool) -> Option<MailTransport> {
    let tls = read_tls(sources);
    let port = read_port(sources, tls);
    let host = sources.value(HOST);
    if wanted && host.is_none() {
        sources.demand(HOST, "belum diisi; surat lewat SMTP perlu nama server, misalnya mail.contohkab.go.id");
    }
    let login = read_login(sources);
    let host = host.map(|found| found.text.trim().to_owned());
    if let (Some(MailTls::None), Ok(Some(_)), Some(host)) = (tls, &login, &host)
        && !is_this_machine(host)
    {
        sources.demand(TLS, "none berarti sandi terkirim tanpa enkripsi; tulis starttls atau tls");
    }
    Some(MailTransport::Smtp { host: host?, port: port?, tls: tls?, login: login.ok()? })
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1")
}

fn read_tls(sources: &mut Sources<'_>) -> Option<MailTls> {
    let Some(found) = sources.value(TLS) else { return Some(MailTls::StartTls) };
    match found.text.trim() {
        "none" => Some(MailTls::None),
        "starttls" => Some(MailTls::StartTls),
        "tls" => Some(MailTls::Implicit),
        other => {
            sources.refuse(&found, format!("berisi \"{other}\"; tulis starttls, tls, atau none"));
            None
        }
    }
}

fn read_port(sources: &mut Sources<'_>, tls: Option<MailTls>) -> Option<u16> {
    let Some(found) = sources.value(PORT) else { return tls.map(MailTls::usual_port) };
    let port = found.text.trim().parse().ok().filter(|port| *port > 0);
    if port.is_none() {
        sources.refuse(&found, format!("bukan nomor porta: \"{}\"; tulis angka 1 sampai 65535", found.text.trim()));
    }
    port
}

fn read_login(sources: &mut Sources<'_>) -> Result<Option<MailLogin>, Refused> {
    match (sources.value(USER), sources.value(PASSWORD)) {
        (None, None) => Ok(None),
        (Some(Found { text: user, .. }), Some(Found { text: password, .. })) => {
            Ok(Some(MailLogin { user: user.trim().to_owned(), password: Secret::new(password) }))
        }
        (Some(_), None) => {
            sources.demand(PASSWORD, "belum diisi, padahal pengguna surat sudah diisi");
            Err(Refused)
        }
        (None, Some(_)) => {
            sources.demand(USER, "belum diisi, padahal sandi surat sudah diisi");
            Err(Refused)
        }
    }
}
