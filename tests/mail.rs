//! Mail against a real server on loopback.
//!
//! Needs a Python with `aiosmtpd`: `SANTUNAN_TEST_PYTHON`, else `target/test-tools/venv/bin/python`.

#[cfg(test)]
mod server {
    use std::io::{BufRead, BufReader};
    use std::path::{Path, PathBuf};
    use std::process::{Child, ChildStdin, Command, Stdio};

    const CURE: &str = "mail tests need a Python with aiosmtpd: python3 -m venv target/test-tools/venv && \
                        target/test-tools/venv/bin/pip install aiosmtpd, or set SANTUNAN_TEST_PYTHON";

    /// A running server; ends with its owner.
    pub struct Server {
        pub port: u16,
        pub folder: tempfile::TempDir,
        child: Child,
        stdin: Option<ChildStdin>,
    }

    impl Server {
        pub fn start() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let mut command = Command::new(python());
            command.arg(support("smtp_server.py")).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().expect(CURE);
            let mut line = String::new();
            BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
            let port = line.trim().parse().expect(CURE);
            let stdin = child.stdin.take();
            Self { port, folder, child, stdin }
        }

        /// What a mail program sees in the n-th message.
        pub fn read(&self, number: u32) -> String {
            let message = self.folder.path().join(format!("{number}.eml"));
            let run =
                Command::new(python()).arg(support("read_mail.py")).arg(message).env("PYTHONIOENCODING", "utf-8").output().expect(CURE);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            String::from_utf8(run.stdout).unwrap()
        }

        pub fn count(&self) -> usize {
            let is_message = |f: &std::fs::DirEntry| f.path().extension().is_some_and(|e| e == "eml");
            std::fs::read_dir(self.folder.path()).unwrap().filter(|f| is_message(f.as_ref().unwrap())).count()
        }
    }

    impl Drop for Server {
        fn drop(&mut self) {
            drop(self.stdin.take());
            let _ended = self.child.wait();
        }
    }

    fn python() -> PathBuf {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-tools/venv/bin/python");
        let python = std::env::var_os("SANTUNAN_TEST_PYTHON").map_or(own, PathBuf::from);
        assert!(python.exists(), "{} is missing. {CURE}", python.display());
        python
    }

    fn support(file: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support").join(file)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use chrono::{TimeZone, Utc};
    use santunan::mail::{Attachment, MailSettings, Mailer, OutgoingMail, SendFault, TlsMode, TransportKind};

    use super::server::Server;

    fn a_mail(to: &str) -> OutgoingMail {
        OutgoingMail {
            id: "0197a1b2-0000-7000-8000-000000000001".to_owned(),
            to: to.to_owned(),
            subject: "Tanda terima permohonan santunan – keluarga José Ma’ruf".to_owned(),
            body: "Bapak/Ibu yang kami hormati,\n\nBerkas sudah kami terima.\n".to_owned(),
            attachment: Some(Attachment { file_name: "tanda-terima José.pdf".to_owned(), pdf: a_pdf() }),
            queued_at: Utc.with_ymd_and_hms(2026, 6, 22, 3, 0, 0).unwrap(),
        }
    }

    /// Every byte there is, after the mark of a PDF: what a transfer encoding might break.
    fn a_pdf() -> Vec<u8> {
        b"%PDF-1.7\r\n".iter().copied().chain((0..=255).cycle().take(5_000)).chain(*b"\n.\r\n.\r\n%%EOF").collect()
    }

    /// A server that does answer may be slow on a busy machine.
    const PATIENCE_SECONDS: u64 = 60;

    fn mailer(port: u16, tls: TlsMode) -> Mailer {
        settings(port, tls).mailer(Path::new("unused")).unwrap()
    }

    fn settings(port: u16, tls: TlsMode) -> MailSettings {
        MailSettings {
            from: "Dinas Sosial Batang <santunan@example.go.id>".to_owned(),
            transport: TransportKind::Smtp,
            host: "127.0.0.1".to_owned(),
            port,
            tls,
            timeout_seconds: PATIENCE_SECONDS,
            ..MailSettings::default()
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|digit| char::from_digit(u32::from(digit), 16).unwrap()).collect()
    }

    #[test]
    fn a_letter_arrives_whole_with_its_pdf_and_subject() {
        let server = Server::start();
        mailer(server.port, TlsMode::None).send(&a_mail("keluarga@example.org")).unwrap();
        let seen = server.read(1);
        assert!(seen.contains("subject Tanda terima permohonan santunan – keluarga José Ma’ruf\n"), "{seen}");
        assert!(seen.contains("message-id <outbox-0197a1b2-0000-7000-8000-000000000001@example.go.id>\n"), "{seen}");
        assert!(seen.contains("text Bapak/Ibu yang kami hormati,||Berkas sudah kami terima.\n"), "{seen}");
        assert!(seen.contains(&format!("attachment tanda-terima José.pdf application/pdf {}\n", hex(&a_pdf()))), "{seen}");
        assert_eq!(std::fs::read_to_string(server.folder.path().join("1.to")).unwrap(), "keluarga@example.org");
    }

    #[test]
    fn the_server_decides_what_is_tried_again() {
        let server = Server::start();
        let send = |to: &str| mailer(server.port, TlsMode::None).send(&a_mail(to)).unwrap_err();
        assert!(matches!(send("tolak@example.org"), SendFault::Permanent(why) if why.contains("no such user")));
        assert!(matches!(send("tunda@example.org"), SendFault::Retry(why) if why.contains("greylisted")));
        assert!(matches!(send("sandi@example.org"), SendFault::Retry(why) if why.contains("authentication required")));
        assert_eq!(server.count(), 0);
    }

    #[test]
    fn a_server_without_starttls_gets_no_letter_in_clear() {
        let server = Server::start();
        let sent = mailer(server.port, TlsMode::Starttls).send(&a_mail("keluarga@example.org"));
        assert!(matches!(sent, Err(SendFault::Retry(_))), "{sent:?}");
        assert_eq!(server.count(), 0);
    }

    #[test]
    fn a_server_that_is_down_is_tried_again() {
        // Port 1 belongs to a service nobody runs: no other test can take it meanwhile.
        let sent = mailer(1, TlsMode::None).send(&a_mail("keluarga@example.org"));
        assert!(matches!(sent, Err(SendFault::Retry(_))), "{sent:?}");
    }

    #[test]
    fn a_server_that_hangs_is_left_after_the_timeout() {
        // The system accepts the connection; nobody ever speaks.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let before = Instant::now();
        let hurried = MailSettings { timeout_seconds: 1, ..settings(silent.local_addr().unwrap().port(), TlsMode::None) };
        let sent = hurried.mailer(Path::new("unused")).unwrap().send(&a_mail("keluarga@example.org"));
        assert!(matches!(sent, Err(SendFault::Retry(_))), "{sent:?}");
        assert!(before.elapsed() < Duration::from_secs(PATIENCE_SECONDS / 2), "{:?}", before.elapsed());
    }

    #[test]
    fn a_subject_with_line_ends_adds_no_header() {
        let server = Server::start();
        let mail = OutgoingMail { subject: "Halo\r\nBcc: lain@example.org".to_owned(), ..a_mail("keluarga@example.org") };
        let sent = mailer(server.port, TlsMode::None).send(&mail);
        assert!(matches!(sent, Err(SendFault::Permanent(_))), "{sent:?}");
        assert_eq!(server.count(), 0);
        mailer(server.port, TlsMode::None).send(&a_mail("keluarga@example.org")).unwrap();
        let seen = server.read(1);
        assert!(seen.contains("headers content-type date from message-id mime-version subject to\n"), "{seen}");
    }
}
