//! A browser that knows whether its request was cut off: one connection for each request, every byte accounted for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub location: String,
    pub body: String,
    cookie: String,
}

/// What became of a request.
#[derive(Debug)]
pub enum Heard {
    Answer(Page),
    /// Nobody was there to take it.
    NotReached,
    /// It was on its way, and no whole answer came.
    Cut,
}

/// A line to the office, shared by all who work there.
#[derive(Debug, Default)]
pub struct Line {
    pub port: u16,
    /// Acts that were sent.
    pub begun: AtomicUsize,
    /// Acts that are on their way at this moment.
    pub under_way: AtomicUsize,
    /// Acts that were cut off.
    pub cut: AtomicUsize,
}

/// Somebody at a browser.
pub struct Person<'a> {
    line: &'a Line,
    token: String,
    csrf: String,
}

impl Line {
    pub fn new(port: u16) -> Self {
        Self { port, ..Self::default() }
    }

    /// Sends an act, and notes what became of it.
    pub fn act(&self, request: &[u8]) -> Heard {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        self.begun.fetch_add(1, Ordering::SeqCst);
        let heard = self.send(request);
        self.cut.fetch_add(usize::from(matches!(heard, Heard::Cut)), Ordering::SeqCst);
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        heard
    }

    /// Sends one request and reads its answer to the last byte.
    pub fn send(&self, request: &[u8]) -> Heard {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return Heard::NotReached };
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut bytes = Vec::new();
        let begun = Instant::now();
        let whole = stream.write_all(request).and_then(|()| stream.read_to_end(&mut bytes)).is_ok();
        assert!(begun.elapsed() < PATIENCE, "no answer in {PATIENCE:?} to {}", String::from_utf8_lossy(&request[..request.len().min(80)]));
        Page::read(&bytes).filter(|_| whole).map_or(Heard::Cut, Heard::Answer)
    }

    pub fn get(&self, path: &str) -> Heard {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port).as_bytes())
    }

    /// Through the door by name and password, like everybody.
    pub fn log_in(&self, username: &str, password: &str) -> Person<'_> {
        let body = encode(&[("nama", username), ("sandi", password)]);
        let sent = self.posted("/masuk", "", "", "application/x-www-form-urlencoded", body.as_bytes());
        let Heard::Answer(page) = self.send(&sent) else { panic!("{username} cannot log in") };
        let token = page.cookie.split_once("santunan=").unwrap_or_else(|| panic!("{username}: {page:?}")).1.to_owned();
        let nobody = Person { line: self, token, csrf: String::new() };
        let session = nobody.get("/api/v1/session");
        let session: serde_json::Value = serde_json::from_str(&session.body).unwrap();
        Person { csrf: session["csrf_token"].as_str().unwrap().to_owned(), ..nobody }
    }

    fn posted(&self, path: &str, token: &str, csrf: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: santunan={token}\r\nX-CSRF-Token: {csrf}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        [head.as_bytes(), body].concat()
    }
}

/// A file on its way: field, name, content.
pub type Attached<'a> = (&'a str, &'a str, &'a [u8]);

impl Person<'_> {
    /// A page that must come.
    pub fn get(&self, path: &str) -> Page {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nCookie: santunan={}\r\nAccept: */*\r\n\r\n",
            self.line.port, self.token
        );
        match self.line.send(request.as_bytes()) {
            Heard::Answer(page) => page,
            other => panic!("{path}: {other:?}"),
        }
    }

    /// A form of a page, as bytes that can be sent again.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let body = encode(&[&[("_csrf", self.csrf.as_str())], fields].concat());
        self.line.posted(path, &self.token, &self.csrf, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// A form with files.
    pub fn form_with_files(&self, path: &str, fields: &[(&str, &str)], files: &[Attached<'_>]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in [&[("_csrf", self.csrf.as_str())], fields].concat() {
            body.extend(format!("--uji\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let kind = "Content-Type: application/octet-stream";
            let head = format!("--uji\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n{kind}\r\n\r\n");
            body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(b"--uji--\r\n");
        self.line.posted(path, &self.token, &self.csrf, "multipart/form-data; boundary=uji", &body)
    }

    pub fn json(&self, path: &str, body: &str) -> Vec<u8> {
        self.line.posted(path, &self.token, &self.csrf, "application/json", body.as_bytes())
    }

    /// Sends what must be answered.
    pub fn send(&self, request: &[u8]) -> Page {
        match self.line.send(request) {
            Heard::Answer(page) => page,
            other => panic!("{other:?}"),
        }
    }
}

impl Page {
    /// None unless the head and as many bytes as it announces are there.
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let body = &bytes[end + 4..];
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next_back().unwrap_or_default()
        };
        let announced: usize = header("content-length").parse().ok()?;
        (body.len() == announced).then(|| Self {
            status: head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default(),
            location: header("location"),
            cookie: header("set-cookie").split(';').next().unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
        })
    }

    /// The words of the page without its tags.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in self.body.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
    fields.iter().map(|(key, value)| format!("{}={}", escape(key), escape(value))).collect::<Vec<_>>().join("&")
}
