//! What an operator sets for mail.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use lettre::message::Mailbox;
use serde::Deserialize;

use super::compose::Sender;
use super::transport::{Mailer, Smtp, Transport};

/// Folder of written mails inside the data folder.
const FILES_FOLDER: &str = "mail";

/// Longest time a server may take per answer, in seconds.
const TIMEOUT_SECONDS_MAX: u64 = 300;

/// The `[mail]` section of the configuration. Without one, mails are written into the data folder.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// Name and address mails come from, for example `Dinas Sosial <santunan@example.go.id>`.
    pub from: String,
    /// Where answers go, empty for the sender.
    pub reply_to: String,
    /// Where mails go.
    pub transport: TransportKind,
    /// Mail server, for `smtp`.
    pub host: String,
    /// Its port; 0 takes the usual one of the TLS mode (25, 587 or 465).
    pub port: u16,
    /// How the way to the server is protected.
    pub tls: TlsMode,
    /// User name at the server, empty for none.
    pub user: String,
    /// Password at the server.
    pub password: String,
    /// Seconds to wait for each answer of the server.
    pub timeout_seconds: u64,
}

/// Where mails go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransportKind {
    /// Files in the data folder.
    Files,
    /// A mail server.
    Smtp,
}

/// How the way to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// In clear; only for a server on the same machine.
    None,
    /// STARTTLS, never without it.
    Starttls,
    /// TLS from the first byte.
    Smtps,
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailSettingsFault {
    /// Not a name and address.
    #[error("mail.from \"{0}\" bukan alamat surel")]
    From(String),
    /// Not a name and address.
    #[error("mail.reply_to \"{0}\" bukan alamat surel")]
    ReplyTo(String),
    /// SMTP without a server.
    #[error("mail.host belum diisi")]
    Host,
    /// A password without a user or a user without a password.
    #[error("mail.user dan mail.password harus diisi keduanya atau tidak sama sekali")]
    Login,
    /// A password that would travel in clear over a network.
    #[error("mail.tls = \"none\" dengan kata sandi hanya untuk peladen pada mesin yang sama")]
    PasswordInClear,
    /// No time, or more than five minutes.
    #[error("mail.timeout_seconds harus 1 sampai 300")]
    Timeout,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            from: "Santunan Kematian <santunan@localhost>".to_owned(),
            reply_to: String::new(),
            transport: TransportKind::Files,
            host: String::new(),
            port: 0,
            tls: TlsMode::Starttls,
            user: String::new(),
            password: String::new(),
            timeout_seconds: 20,
        }
    }
}

impl MailSettings {
    /// The mailer these settings describe.
    ///
    /// # Errors
    /// Every [`MailSettingsFault`] at once.
    pub fn mailer(&self, data_folder: &Path) -> Result<Mailer, Vec<MailSettingsFault>> {
        let faults = self.faults();
        match self.from.parse::<Mailbox>() {
            Ok(from) if faults.is_empty() => {
                let domain = from.email.domain().to_owned();
                let sender = Sender { from, reply_to: self.reply_to.parse().ok(), domain };
                Ok(Mailer { sender, transport: self.transport(data_folder) })
            }
            _ => Err(faults),
        }
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> Vec<MailSettingsFault> {
        let smtp = self.transport == TransportKind::Smtp;
        let nearby = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        [
            self.from.parse::<Mailbox>().is_err().then(|| MailSettingsFault::From(self.from.clone())),
            (!self.reply_to.is_empty() && self.reply_to.parse::<Mailbox>().is_err())
                .then(|| MailSettingsFault::ReplyTo(self.reply_to.clone())),
            (smtp && self.host.trim().is_empty()).then_some(MailSettingsFault::Host),
            (self.user.is_empty() != self.password.is_empty()).then_some(MailSettingsFault::Login),
            (smtp && self.tls == TlsMode::None && !self.password.is_empty() && !nearby).then_some(MailSettingsFault::PasswordInClear),
            (!(1..=TIMEOUT_SECONDS_MAX).contains(&self.timeout_seconds)).then_some(MailSettingsFault::Timeout),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn transport(&self, data_folder: &Path) -> Transport {
        match self.transport {
            TransportKind::Files => Transport::Files(data_folder.join(FILES_FOLDER)),
            TransportKind::Smtp => Transport::Smtp(Smtp {
                host: self.host.trim().to_owned(),
                port: self.port,
                tls: self.tls,
                login: (!self.user.is_empty()).then(|| (self.user.clone(), self.password.clone())),
                timeout: Duration::from_secs(self.timeout_seconds),
            }),
        }
    }
}

/// The password stays out of logs.
impl fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailSettings")
            .field("from", &self.from)
            .field("transport", &self.transport)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<MailSettingsFault> {
        toml::from_str::<MailSettings>(text).unwrap().faults()
    }

    #[test]
    fn without_settings_mails_go_into_the_data_folder() {
        let mailer = MailSettings::default().mailer(Path::new("/data")).unwrap();
        assert!(matches!(mailer.transport, Transport::Files(folder) if folder == Path::new("/data/mail")));
    }

    #[test]
    fn every_fault_is_named_at_once() {
        use MailSettingsFault as F;
        assert_eq!(faults("transport='smtp'\nhost='mail.example.go.id'\nuser='a'\npassword='b'"), []);
        assert_eq!(
            faults("transport='smtp'\nfrom='x'\nreply_to='y'\nuser='a'\ntimeout_seconds=0"),
            [F::From("x".to_owned()), F::ReplyTo("y".to_owned()), F::Host, F::Login, F::Timeout]
        );
        let clear = "transport='smtp'\ntls='none'\nuser='a'\npassword='b'\nhost=";
        assert_eq!(faults(&format!("{clear}'mail.example.go.id'")), [F::PasswordInClear]);
        assert_eq!(faults(&format!("{clear}'127.0.0.1'")), []);
        assert!(toml::from_str::<MailSettings>("hots='a'").is_err());
    }

    #[test]
    fn the_password_is_not_shown() {
        let settings = MailSettings { password: "rahasia".to_owned(), ..MailSettings::default() };
        assert!(!format!("{settings:?}").contains("rahasia"));
    }
}
