//! A browser for every person of a small office.

use chrono::{DateTime, Utc};
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::blocking::{Client, LocalResponse};
use santunan::clock::Clock;
use santunan::domain::access::Role;
use santunan::domain::identity::Nik;
use santunan::domain::register::Resident;
use santunan::web::site::Site;
use santunan::workflow::Desk;
use santunan::workflow::accounts::log_in;

pub use super::office::PASSWORD;
use super::office::{VILLAGE, families, first_username, office_day, prepared, region};

/// An office with its people.
pub struct World {
    pub client: Client,
    pub desk: Desk,
    residents: Vec<Resident>,
    folder: tempfile::TempDir,
}

/// Somebody at a browser.
pub struct Person<'a> {
    world: &'a World,
    token: String,
    pub csrf: String,
}

/// What came back.
pub struct Page {
    pub status: Status,
    pub body: String,
    pub location: String,
    pub bytes: usize,
    pub content_type: String,
}

impl World {
    pub fn new() -> Self {
        Self::at(office_day())
    }

    /// The same office at another time.
    pub fn at(now: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (desk, residents) = prepared(folder.path(), Clock::Fixed(now), "http://santunan.test");
        Self::served(desk, residents, folder)
    }

    /// This office on another day; everybody logs in anew.
    pub fn later(self, now: DateTime<Utc>) -> Self {
        Self::served(self.desk.at(Clock::Fixed(now)), self.residents, self.folder)
    }

    fn served(desk: Desk, residents: Vec<Resident>, folder: tempfile::TempDir) -> Self {
        let site = Site::open(desk.clone(), region("33.25")).unwrap();
        let config = rocket::Config { log_level: rocket::config::LogLevel::Off, ..rocket::Config::debug_default() };
        let client = Client::untracked(santunan::web::rocket(site, config)).unwrap();
        Self { client, desk, residents, folder }
    }

    /// The first account of a role, at the login name's place.
    pub fn log_in(&self, username: &str) -> Person<'_> {
        let login = log_in(&self.desk, username, PASSWORD).unwrap_or_else(|why| panic!("{username}: {why}"));
        Person { world: self, token: login.token, csrf: login.csrf_token }
    }

    pub fn operator(&self) -> Person<'_> {
        self.log_in("operator.wonotunggal")
    }

    pub fn village_head(&self) -> Person<'_> {
        self.log_in("kades.wonotunggal")
    }

    /// The first account of a role that sees the whole kabupaten.
    pub fn officer(&self, role: Role) -> Person<'_> {
        self.log_in(&first_username(role))
    }

    /// Families of the village: a poor head of family and the wife, both alive, the n-th of them.
    pub fn family(&self, n: usize) -> (Resident, Resident) {
        families(&self.residents).into_iter().nth(n).expect("enough families")
    }

    pub fn get_anonymous(&self, path: &str) -> Page {
        Page::of(self.client.get(path.to_owned()).dispatch())
    }
}

impl Person<'_> {
    fn cookie(&self) -> Cookie<'static> {
        Cookie::new("santunan", self.token.clone())
    }

    pub fn get(&self, path: &str) -> Page {
        Page::of(self.world.client.get(path.to_owned()).cookie(self.cookie()).dispatch())
    }

    /// Sends a form of an own page.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let own = [("_csrf", self.csrf.as_str())];
        self.post_as(path, &[&own, fields].concat(), None)
    }

    /// Sends a form as it is, perhaps from elsewhere.
    pub fn post_as(&self, path: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Page {
        let mut request = self.world.client.post(path.to_owned()).cookie(self.cookie()).header(ContentType::Form).body(encode(fields));
        if let Some(origin) = origin {
            request = request.header(Header::new("Origin", origin.to_owned()));
        }
        Page::of(request.dispatch())
    }

    /// Sends a form with files: (field, file name, content).
    pub fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let mut body = Vec::new();
        for (name, value) in [&[("_csrf", self.csrf.as_str())], fields].concat() {
            body.extend(format!("--uji\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let head = format!(
                "--uji\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(b"--uji--\r\n");
        let kind = ContentType::new("multipart", "form-data").with_params([("boundary", "uji")]);
        Page::of(self.world.client.post(path.to_owned()).cookie(self.cookie()).header(kind).body(body).dispatch())
    }

    pub fn post_json(&self, path: &str, body: &str, token: Option<&str>) -> Page {
        let mut request = self.world.client.post(path.to_owned()).cookie(self.cookie()).header(ContentType::JSON).body(body);
        if let Some(token) = token {
            request = request.header(Header::new("X-CSRF-Token", token.to_owned()));
        }
        Page::of(request.dispatch())
    }

    /// Files a claim for the n-th family and returns its code.
    pub fn file(&self, n: usize) -> String {
        let page = self.post("/permohonan/baru", &borrowed(&claim_fields(self.world, n, &format!("kunci-{n}"))));
        assert_eq!(page.status, Status::SeeOther, "{}", page.text());
        page.location.split('/').nth(2).unwrap().to_owned()
    }

    /// Takes a step on the claim as its page shows it.
    pub fn step(&self, code: &str, step: &str, reason: &str) -> Page {
        let page = self.get(&format!("/permohonan/{code}"));
        let version = page.between("name=\"versi\" value=\"", "\"");
        self.post(&format!("/permohonan/{code}/langkah"), &[("langkah", step), ("versi", &version), (&format!("alasan_{step}"), reason)])
    }
}

/// Every field of a clean claim for the n-th family: cash, with the papers at hand.
pub fn claim_fields(world: &World, n: usize, key: &str) -> Vec<(String, String)> {
    let (deceased, wife) = world.family(n);
    let nik = |r: &Resident| r.nik.as_ref().map(Nik::expose).unwrap_or_default().to_owned();
    let born = deceased.born_on.map(|d| d.format("%d-%m-%Y").to_string()).unwrap_or_default();
    let card = deceased.family_card.as_ref().map(|c| c.expose().to_owned()).unwrap_or_default();
    [
        ("kunci", key.to_owned()),
        ("aksi", "kirim".to_owned()),
        ("kode_desa_pengaju", VILLAGE.to_owned()),
        ("almarhum.nik", nik(&deceased)),
        ("almarhum.nama", deceased.name.clone()),
        ("almarhum.no_kk", card),
        ("almarhum.tgl_lahir", born),
        ("almarhum.jenis_kelamin", "L".to_owned()),
        ("almarhum.alamat", deceased.street.clone()),
        ("almarhum.rt", deceased.rt.clone()),
        ("almarhum.rw", deceased.rw.clone()),
        ("almarhum.kode_desa", VILLAGE.to_owned()),
        ("tgl_meninggal", "15-06-2026".to_owned()),
        ("tempat_meninggal", "RUMAH".to_owned()),
        ("no_surat_kematian", format!("474.3/{n}/2026")),
        ("tgl_surat_kematian", "16-06-2026".to_owned()),
        ("ahli_waris[0].nama", wife.name.clone()),
        ("ahli_waris[0].nik", nik(&wife)),
        ("ahli_waris[0].hubungan", "ISTRI".to_owned()),
        ("ahli_waris[0].alamat", "DUKUH KRAJAN".to_owned()),
        ("cara_bayar", "tunai".to_owned()),
        ("dokumen", "surat_kematian".to_owned()),
        ("dokumen", "kk".to_owned()),
        ("dokumen", "ktp_ahli_waris".to_owned()),
        ("pelapor.nama", wife.name),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .to_vec()
}

pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

/// The fields with one of them changed.
pub fn with(mut fields: Vec<(String, String)>, key: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(k, _)| k != key);
    fields.push((key.to_owned(), value.to_owned()));
    fields
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
    fields.iter().map(|(k, v)| format!("{}={}", escape(k), escape(v))).collect::<Vec<_>>().join("&")
}

impl Page {
    pub fn of(response: LocalResponse<'_>) -> Self {
        let header = |name| response.headers().get_one(name).unwrap_or_default().to_owned();
        let (status, location, content_type) = (response.status(), header("Location"), header("Content-Type"));
        let bytes = response.into_bytes().unwrap_or_default();
        Self { status, location, content_type, bytes: bytes.len(), body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The words of the page without its tags, for messages of failed tests.
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

    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "{words:?} is not in: {}", self.text());
        self
    }

    #[track_caller]
    pub fn lacks(&self, words: &str) -> &Self {
        assert!(!self.body.contains(words), "{words:?} is in: {}", self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: Status) -> &Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let rest = self.body.split_once(before).unwrap_or_else(|| panic!("{before:?} is not in: {}", self.text())).1;
        rest.split_once(after).unwrap().0.to_owned()
    }
}
