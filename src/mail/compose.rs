//! One letter as a mail message, the same bytes every time.

use std::fmt;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};

/// Largest attachment in bytes; mail servers refuse much more.
pub const ATTACHMENT_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Longest subject in characters.
pub const SUBJECT_CHARS_MAX: usize = 200;

/// A mail as the outbox keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The outbox row's id; becomes the Message-ID.
    pub id: String,
    /// Address of the receiver.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The letter, if there is one.
    pub attachment: Option<Attachment>,
    /// When the office act happened; the date of the message.
    pub queued_at: DateTime<Utc>,
}

/// A letter as PDF.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name the receiver sees, for example `tanda-terima-BTG-2026-000001.pdf`.
    pub file_name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// Who the office's mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Name and address.
    pub from: Mailbox,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Mailbox>,
    /// Domain of Message-IDs, for example `dinsos.batangkab.go.id`.
    pub domain: String,
}

/// Why a mail cannot be written; trying again would not help.
#[derive(Debug, thiserror::Error)]
pub enum ComposeFault {
    /// A line end or other control character where a header is made from: somebody tries to add headers.
    #[error("{0} berisi tanda kendali")]
    ControlCharacter(&'static str),
    /// Not an e-mail address.
    #[error("alamat surel tidak sah")]
    Address(#[from] lettre::address::AddressError),
    /// An id that does not belong into a Message-ID.
    #[error("nomor surel tidak sah")]
    Id,
    /// Subject longer than [`SUBJECT_CHARS_MAX`].
    #[error("perihal terlalu panjang")]
    SubjectTooLong,
    /// A file larger than [`ATTACHMENT_BYTES_MAX`], or one that is not a PDF.
    #[error("lampiran bukan PDF atau terlalu besar")]
    Attachment,
    /// The message could not be put together.
    #[error("surel tidak dapat disusun: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Writes the message. The same mail gives the same bytes.
///
/// # Errors
/// [`ComposeFault`]; above all nothing that a user typed can become a header of its own.
pub fn compose(mail: &OutgoingMail, sender: &Sender) -> Result<Message, ComposeFault> {
    check(mail)?;
    let to: Mailbox = Mailbox::new(None, mail.to.trim().parse()?);
    let start = match &sender.reply_to {
        Some(answers) => Message::builder().reply_to(answers.clone()),
        None => Message::builder(),
    };
    let builder = start
        .message_id(Some(format!("<outbox-{}@{}>", mail.id, sender.domain)))
        .date(SystemTime::from(mail.queued_at))
        .from(sender.from.clone())
        .to(to)
        .subject(mail.subject.as_str());
    let text = SinglePart::plain(mail.body.clone());
    let message = match &mail.attachment {
        None => builder.singlepart(text)?,
        Some(letter) => {
            let parts = MultiPart::mixed().boundary(format!("=_outbox_{}", mail.id)).singlepart(text).singlepart(attached(letter));
            builder.multipart(parts)?
        }
    };
    Ok(message)
}

fn attached(letter: &Attachment) -> SinglePart {
    let pdf = ContentType::parse("application/pdf").unwrap_or(ContentType::TEXT_PLAIN);
    lettre::message::Attachment::new(letter.file_name.clone()).body(letter.pdf.clone(), pdf)
}

fn check(mail: &OutgoingMail) -> Result<(), ComposeFault> {
    let file_name = mail.attachment.as_ref().map_or("", |letter| letter.file_name.as_str());
    let headers = [("perihal", mail.subject.as_str()), ("alamat surel", mail.to.as_str()), ("nama lampiran", file_name)];
    if let Some((field, _)) = headers.into_iter().find(|(_, text)| text.chars().any(is_line_or_control)) {
        return Err(ComposeFault::ControlCharacter(field));
    }
    if mail.id.is_empty() || mail.id.len() > 64 || !mail.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(ComposeFault::Id);
    }
    if mail.subject.chars().count() > SUBJECT_CHARS_MAX {
        return Err(ComposeFault::SubjectTooLong);
    }
    let unfit = |letter: &Attachment| letter.pdf.len() > ATTACHMENT_BYTES_MAX || !letter.pdf.starts_with(b"%PDF-");
    if mail.attachment.as_ref().is_some_and(unfit) { Err(ComposeFault::Attachment) } else { Ok(()) }
}

fn is_line_or_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Neither receiver nor text: a log is not the place for a family's name.
impl fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMail").field("id", &self.id).field("queued_at", &self.queued_at).finish_non_exhaustive()
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("file_name", &self.file_name).field("bytes", &self.pdf.len()).finish()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::TimeZone;

    use super::*;

    pub(in crate::mail) fn a_mail() -> OutgoingMail {
        OutgoingMail {
            id: "0197a1b2-0000-7000-8000-000000000001".to_owned(),
            to: "keluarga@example.org".to_owned(),
            subject: "Tanda terima permohonan – José".to_owned(),
            body: "Bapak/Ibu yang kami hormati,\n\nBerkas sudah kami terima.\n".to_owned(),
            attachment: Some(Attachment { file_name: "tanda-terima.pdf".to_owned(), pdf: b"%PDF-1.7 isi".to_vec() }),
            queued_at: Utc.with_ymd_and_hms(2026, 6, 22, 3, 0, 0).unwrap(),
        }
    }

    pub(in crate::mail) fn a_sender() -> Sender {
        Sender { from: "Dinas Sosial <santunan@example.go.id>".parse().unwrap(), reply_to: None, domain: "example.go.id".to_owned() }
    }

    #[test]
    fn the_same_mail_gives_the_same_bytes() {
        let bytes = || compose(&a_mail(), &a_sender()).unwrap().formatted();
        assert_eq!(bytes(), bytes());
        let text = String::from_utf8(bytes()).unwrap();
        for part in [
            "Message-ID: <outbox-0197a1b2-0000-7000-8000-000000000001@example.go.id>\r\n",
            "Date: Mon, 22 Jun 2026 03:00:00 +0000\r\n",
            "application/pdf",
            "filename=\"tanda-terima.pdf\"",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn answers_go_where_the_office_wants_them() {
        let sender = Sender { reply_to: Some("aduan@example.go.id".parse().unwrap()), ..a_sender() };
        let text = String::from_utf8(compose(&a_mail(), &sender).unwrap().formatted()).unwrap();
        assert!(text.contains("Reply-To: aduan@example.go.id\r\n"), "{text}");
    }

    #[test]
    fn a_mail_without_a_letter_is_plain_text() {
        let mail = OutgoingMail { attachment: None, ..a_mail() };
        let text = String::from_utf8(compose(&mail, &a_sender()).unwrap().formatted()).unwrap();
        assert!(!text.contains("multipart"), "{text}");
    }

    #[test]
    fn nothing_typed_becomes_a_header() {
        let check = |change: fn(&mut OutgoingMail), part: &str| {
            let mut mail = a_mail();
            change(&mut mail);
            let fault = compose(&mail, &a_sender()).unwrap_err().to_string();
            assert!(fault.contains(part), "{fault}");
        };
        check(|m| m.subject = "Halo\r\nBcc: lain@example.org".to_owned(), "perihal berisi tanda kendali");
        check(|m| m.subject = "Halo\u{2028}Bcc: lain@example.org".to_owned(), "perihal berisi tanda kendali");
        check(|m| m.to = "a@example.org\nBcc: b@example.org".to_owned(), "alamat surel berisi");
        check(|m| m.attachment.as_mut().unwrap().file_name = "a\r\n.pdf".to_owned(), "nama lampiran berisi");
        check(|m| m.to = "bukan alamat".to_owned(), "alamat surel tidak sah");
        check(|m| m.to = "a@example.org, b@example.org".to_owned(), "alamat surel tidak sah");
        check(|m| m.id = "../x".to_owned(), "nomor surel");
        check(|m| m.subject = "a".repeat(201), "terlalu panjang");
        check(|m| m.attachment.as_mut().unwrap().pdf = b"MZ".to_vec(), "bukan PDF");
    }
}
