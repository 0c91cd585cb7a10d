//! Handing a mail over: to a server, into a folder, or into memory for tests.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::Message;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::response::Category;
use lettre::{SmtpTransport, Transport as _};

use super::compose::{OutgoingMail, Sender, compose};
use super::settings::TlsMode;

/// Sends the office's mail.
#[derive(Debug, Clone)]
pub struct Mailer {
    /// Who it comes from.
    pub sender: Sender,
    /// Where it goes.
    pub transport: Transport,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// One `.eml` file per mail in this folder; the same mail twice is one file.
    Files(PathBuf),
    /// A mail server.
    Smtp(Smtp),
    /// Kept for a test to look at.
    Memory(Arc<Mutex<Vec<OutgoingMail>>>),
}

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    /// Name or address.
    pub host: String,
    /// Port, 0 for the usual one.
    pub port: u16,
    /// Protection of the way there.
    pub tls: TlsMode,
    /// User and password.
    pub login: Option<(String, String)>,
    /// Longest wait for each answer.
    pub timeout: Duration,
}

/// Why a mail did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendFault {
    /// It never will: the address or the mail itself is refused.
    #[error("{0}")]
    Permanent(String),
    /// It may later: the server is away, busy, or will not let the office in.
    #[error("{0}")]
    Retry(String),
}

impl Mailer {
    /// Sends one mail and waits for the answer. A mail may arrive twice, but never silently not at all.
    ///
    /// # Errors
    /// [`SendFault::Permanent`] if trying again is useless, else [`SendFault::Retry`].
    pub fn send(&self, mail: &OutgoingMail) -> Result<(), SendFault> {
        let message = compose(mail, &self.sender).map_err(|fault| SendFault::Permanent(fault.to_string()))?;
        match &self.transport {
            Transport::Files(folder) => write_file(folder, mail, &message).map_err(|fault| SendFault::Retry(fault.to_string())),
            Transport::Smtp(smtp) => smtp.send(&message),
            Transport::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
        }
    }
}

impl Smtp {
    fn send(&self, message: &Message) -> Result<(), SendFault> {
        let transport = self.open().map_err(|fault| SendFault::Retry(fault.to_string()))?;
        transport.send(message).map(drop).map_err(|fault| judge(&fault))
    }

    fn open(&self) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
        let (tls, usual_port) = match self.tls {
            TlsMode::None => (Tls::None, 25),
            TlsMode::Starttls => (Tls::Required(TlsParameters::new(self.host.clone())?), 587),
            TlsMode::Smtps => (Tls::Wrapper(TlsParameters::new(self.host.clone())?), 465),
        };
        let port = if self.port == 0 { usual_port } else { self.port };
        let builder = SmtpTransport::builder_dangerous(&self.host).port(port).tls(tls).timeout(Some(self.timeout));
        Ok(match &self.login {
            Some((user, password)) => builder.credentials(Credentials::new(user.clone(), password.clone())).build(),
            None => builder.build(),
        })
    }
}

/// Only a final "no" of the server to this mail ends it. A wrong password (53x) is the operator's to mend, and
/// the letters must still go out when it is mended.
fn judge(fault: &lettre::transport::smtp::Error) -> SendFault {
    let locked_out = fault.status().is_some_and(|code| code.category == Category::Unspecified3);
    if fault.is_permanent() && !locked_out { SendFault::Permanent(fault.to_string()) } else { SendFault::Retry(fault.to_string()) }
}

/// Written beside and then renamed, so that a reader of the folder never sees half a mail.
fn write_file(folder: &Path, mail: &OutgoingMail, message: &Message) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = format!("{}-{}.eml", mail.queued_at.format("%Y%m%dT%H%M%SZ"), mail.id);
    let half = folder.join(format!("{name}.part"));
    let mut file = fs::File::create(&half)?;
    file.write_all(&message.formatted())?;
    file.sync_all()?;
    fs::rename(half, folder.join(name))
}

/// The password stays out of logs.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("host", &self.host).field("port", &self.port).field("tls", &self.tls).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::compose::tests::{a_mail, a_sender};
    use super::*;

    fn mailer(transport: Transport) -> Mailer {
        Mailer { sender: a_sender(), transport }
    }

    #[test]
    fn a_mail_becomes_one_file_however_often_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = mailer(Transport::Files(folder.path().join("mail")));
        mailer.send(&a_mail()).unwrap();
        mailer.send(&a_mail()).unwrap();
        let files: Vec<_> = fs::read_dir(folder.path().join("mail")).unwrap().map(|f| f.unwrap()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].file_name(), "20260622T030000Z-0197a1b2-0000-7000-8000-000000000001.eml");
        assert_eq!(fs::read(files[0].path()).unwrap(), compose(&a_mail(), &a_sender()).unwrap().formatted());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_tried_again() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let sent = mailer(Transport::Files(file.path().join("mail"))).send(&a_mail());
        assert!(matches!(sent, Err(SendFault::Retry(_))), "{sent:?}");
    }

    #[test]
    fn a_mail_that_cannot_be_written_is_given_up_before_any_server_is_asked() {
        let kept = Arc::default();
        let mailer = mailer(Transport::Memory(Arc::clone(&kept)));
        let sent = mailer.send(&OutgoingMail { to: "bukan alamat".to_owned(), ..a_mail() });
        assert_eq!(sent, Err(SendFault::Permanent("alamat surel tidak sah".to_owned())));
        mailer.send(&a_mail()).unwrap();
        assert_eq!(*kept.lock().unwrap(), [a_mail()]);
    }
}
