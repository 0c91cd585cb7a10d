//! Letters by mail: composed from an outbox row, handed to a server or a folder, tried again with patience.
//!
//! A message is sent at least once: its Message-ID is made from the outbox row, so a second delivery of
//! the same letter is known as such by the receiver.

mod compose;
mod retry;
mod settings;
mod transport;

pub use compose::{Attachment, ComposeFault, OutgoingMail, Sender, compose};
pub use retry::{ATTEMPTS_MAX, next_attempt};
pub use settings::{MailSettings, MailSettingsFault, TlsMode, TransportKind};
pub use transport::{Mailer, SendFault, Smtp, Transport};
