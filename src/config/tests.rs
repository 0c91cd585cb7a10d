use std::fs;

use super::*;
use crate::domain::source::CodeMeaning;

type Vars<'a> = &'a [(&'a str, &'a str)];

fn load(vars: Vars<'_>, file: Option<&Path>) -> Result<Config, Vec<ConfigFault>> {
    let env = |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Config::load(&env, file)
}

fn told(vars: Vars<'_>) -> Vec<String> {
    load(vars, None).unwrap_err().iter().map(ToString::to_string).collect()
}

fn in_file(text: &str, check: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("santunan.toml");
    fs::write(&path, text).unwrap();
    check(&path);
}

#[test]
fn without_any_setting_everything_stays_on_this_machine() {
    let config = load(&[], None).unwrap();
    assert_eq!(config.data_dir, Path::new("data"));
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(config.server.public_url, "http://127.0.0.1:8000");
    assert_eq!(config.database.url.expose(), "sqlite://data/santunan.db");
    assert_eq!(config.mail.transport, MailTransport::Files);
    assert_eq!(config.log.filter, "info,rocket=error");
}

#[test]
fn the_database_lives_in_the_data_folder_unless_told_otherwise() {
    let config = load(&[("SANTUNAN_DATA_DIR", "/srv/santunan")], None).unwrap();
    assert_eq!(config.database.url.expose(), "sqlite:///srv/santunan/santunan.db");
    assert!(config.database.is_embedded());
    let url = "postgres://santunan:rahasia@db:5432/santunan";
    let config = load(&[("SANTUNAN_DATABASE_URL", url)], None).unwrap();
    assert_eq!(config.database.url.expose(), url);
    assert!(!config.database.is_embedded());
}

#[test]
fn a_variable_goes_before_the_file_and_the_file_before_the_built_in_value() {
    in_file("[server]\nlisten = \"0.0.0.0:80\"\npublic_url = \"https://santunan.example/\"\n[log]\nfilter = \"debug\"\n", |path| {
        let config = load(&[("SANTUNAN_LISTEN", "127.0.0.1:9000"), ("SANTUNAN_LOG", "")], Some(path)).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:9000");
        assert_eq!(config.server.public_url, "https://santunan.example");
        assert_eq!(config.log.filter, "debug");
        let named = path.display().to_string();
        assert_eq!(load(&[("SANTUNAN_CONFIG", &named)], None).unwrap().server.listen.port(), 80);
    });
}

#[test]
fn every_fault_is_told_at_once_with_its_key() {
    let told = told(&[
        ("SANTUNAN_LISTEN", "localhost"),
        ("SANTUNAN_PUBLIC_URL", "santunan.example"),
        ("SANTUNAN_DATABASE_URL", "mysql://root@db/santunan"),
        ("SANTUNAN_MAIL_TRANSPORT", "smtp"),
        ("SANTUNAN_MAIL_PORT", "70000"),
        ("SANTUNAN_MAIL_TLS", "ssl"),
        ("SANTUNAN_MAIL_USER", "dinsos"),
        ("SANTUNAN_MAIL_FROM", "dinsos"),
        ("SANTUNAN_LOG", "santunan=keras"),
    ]);
    let begins = [
        "SANTUNAN_LISTEN bukan alamat dengan porta",
        "SANTUNAN_PUBLIC_URL bukan alamat situs",
        "SANTUNAN_DATABASE_URL memakai skema \"mysql\"",
        "SANTUNAN_MAIL_FROM bukan alamat surat elektronik",
        "SANTUNAN_MAIL_TLS berisi \"ssl\"",
        "SANTUNAN_MAIL_PORT bukan nomor porta",
        "SANTUNAN_MAIL_HOST (mail.host) belum diisi",
        "SANTUNAN_MAIL_PASSWORD (mail.password) belum diisi",
        "SANTUNAN_LOG tidak terbaca",
    ];
    assert_eq!(told.len(), begins.len(), "{told:#?}");
    for (sentence, begin) in told.iter().zip(begins) {
        assert!(sentence.starts_with(begin), "{sentence}");
    }
}

#[test]
fn a_mistyped_database_address_is_refused_and_says_what_to_write() {
    for url in [
        "santunan.db",
        "sqlite:santunan.db",
        "sqlite:/srv/santunan.db",
        "sqllite:///srv/santunan.db",
        "postgre://db/santunan",
        "Postgres://db/santunan",
        "mysql://db/santunan",
        "sqlite://",
        "sqlite://:memory:",
        "sqlite:///srv/santunan/",
        "postgres://",
        "postgres:///",
        "p@ss:word://x",
    ] {
        let told = told(&[("SANTUNAN_DATABASE_URL", url)]);
        assert_eq!(told.len(), 1, "{url}");
        assert!(told[0].contains("tulis sqlite:///jalur/ke/santunan.db atau postgres://"), "{told:?}");
        assert!(!told[0].contains("p@ss"), "{told:?}");
    }
}

#[test]
fn an_unknown_key_asks_what_was_meant() {
    in_file(
        "dta_dir = \"x\"\n[server]\nlisten_on = \"0.0.0.0:80\"\nlistne = \"0.0.0.0:80\"\n[printer]\ncolour = true\nlist = [1]\n",
        |path| {
            let told: Vec<String> = load(&[], Some(path)).unwrap_err().iter().map(|f| f.to_string().replace(&f.key, "…")).collect();
            assert_eq!(
                told,
                [
                    "… harus berupa teks atau angka",
                    "… tidak dikenal; maksud Anda \"data_dir\"?",
                    "… tidak dikenal",
                    "… tidak dikenal; maksud Anda \"server.listen\"?",
                    "… tidak dikenal; maksud Anda \"server.listen\"?",
                ]
            );
        },
    );
    let names =
        ["SANTUNAN_LISTEN", "SANTUNAN_LISTENN", "SANTUNAN_MAIL_PASSWORD_FILE", "SANTUNAN_TEST_POSTGRES_URL", "PATH", "SANTUNAN_COLOUR"];
    let told: Vec<String> = Config::unknown_variables(names.map(str::to_owned).into_iter()).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["SANTUNAN_LISTENN tidak dikenal; maksud Anda \"SANTUNAN_LISTEN\"?", "SANTUNAN_COLOUR tidak dikenal"]);
}

#[test]
fn a_file_that_is_missing_or_broken_is_a_fault_and_shows_no_secret() {
    assert!(load(&[], Some(Path::new("/nonexistent/santunan.toml"))).unwrap_err()[0].to_string().contains("tidak dapat dibaca"));
    in_file("[mail]\npassword = \"sangat-rahasia\n", |path| {
        let told = load(&[], Some(path)).unwrap_err();
        assert!(told[0].to_string().contains("bukan TOML yang benar"));
        assert!(!told[0].to_string().contains("sangat-rahasia"));
    });
    in_file("", |path| {
        let told = load(&[("SANTUNAN_DATA_DIR", path.to_str().unwrap())], None).unwrap_err();
        assert!(told[0].to_string().contains("bukan folder"));
    });
}

const SMTP: Vars<'_> =
    &[("SANTUNAN_MAIL_TRANSPORT", "smtp"), ("SANTUNAN_MAIL_HOST", "mail.example"), ("SANTUNAN_MAIL_FROM", "a@example.org")];

#[test]
fn a_secret_may_come_from_a_file_of_its_own() {
    in_file("s4ndi rahasia\n", |path| {
        let file = path.to_str().unwrap();
        let vars = [SMTP, &[("SANTUNAN_MAIL_USER", "dinsos"), ("SANTUNAN_MAIL_PASSWORD_FILE", file)]].concat();
        let config = load(&vars, None).unwrap();
        let MailTransport::Smtp { port, tls, login, .. } = config.mail.transport.clone() else { panic!("smtp") };
        assert_eq!((port, tls), (587, MailTls::StartTls));
        assert_eq!(login.unwrap().password.expose(), "s4ndi rahasia");
        assert!(!format!("{config:?}").contains("s4ndi"));

        let both = [vars.as_slice(), &[("SANTUNAN_MAIL_PASSWORD", "x")]].concat();
        assert!(load(&both, None).unwrap_err()[0].to_string().contains("pakai salah satu saja"));
    });
    let missing = [SMTP, &[("SANTUNAN_MAIL_USER", "dinsos"), ("SANTUNAN_MAIL_PASSWORD_FILE", "/nonexistent")]].concat();
    assert!(told(&missing)[0].contains("menunjuk berkas yang tidak dapat dibaca"));
}

#[test]
fn a_password_never_leaves_this_machine_in_the_open() {
    let login = [("SANTUNAN_MAIL_TLS", "none"), ("SANTUNAN_MAIL_USER", "dinsos"), ("SANTUNAN_MAIL_PASSWORD", "x")];
    let outside = [SMTP, &login].concat();
    assert!(told(&outside)[0].starts_with("SANTUNAN_MAIL_TLS (mail.tls) none berarti"));
    let here: Vec<_> = outside.iter().map(|(k, v)| if *k == "SANTUNAN_MAIL_HOST" { (*k, "127.0.0.1") } else { (*k, *v) }).collect();
    assert!(load(&here, None).is_ok());
}

#[test]
fn debug_shows_neither_password_nor_address_of_the_database() {
    let vars = [("SANTUNAN_DATABASE_URL", "postgres://santunan:r4hasia@db/santunan")];
    let shown = format!("{:?}", load(&vars, None).unwrap());
    assert!(!shown.contains("r4hasia"), "{shown}");
    assert!(shown.contains("postgres://******"));
}

const DUKCAPIL: Vars<'_> = &[
    ("SANTUNAN_DUKCAPIL_URL", "https://dukcapil.example/layanan/"),
    ("SANTUNAN_DUKCAPIL_CUSTOMER", "dinsos_uji"),
    ("SANTUNAN_DUKCAPIL_USER", "dinsos"),
    ("SANTUNAN_DUKCAPIL_PASSWORD", "s4ndi"),
];

#[test]
fn dukcapil_is_asked_only_where_it_is_set_up() {
    assert_eq!(load(&[], None).unwrap().dukcapil, None);
    let config = load(DUKCAPIL, None).unwrap();
    assert!(!format!("{config:?}").contains("s4ndi"));
    let dukcapil = config.dukcapil.unwrap();
    assert_eq!((dukcapil.url.as_str(), dukcapil.daily_limit, dukcapil.looks_up), ("https://dukcapil.example/layanan", 1_000, false));
    assert!(dukcapil.codes.contains(&("11".to_owned(), CodeMeaning::Dead)));
    let own = [DUKCAPIL, &[("SANTUNAN_DUKCAPIL_CODES", "00=ada, 77 = tidak_ada"), ("SANTUNAN_DUKCAPIL_METHOD", "lookup")]].concat();
    let dukcapil = load(&own, None).unwrap().dukcapil.unwrap();
    assert_eq!(dukcapil.codes, [("00".to_owned(), CodeMeaning::Found), ("77".to_owned(), CodeMeaning::NoMatch)]);
    assert!(dukcapil.looks_up && dukcapil.root.is_empty());
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tls/ca.pem");
    let trusted = load(&[DUKCAPIL, &[("SANTUNAN_DUKCAPIL_ROOT_FILE", root)]].concat(), None).unwrap().dukcapil.unwrap();
    assert!(trusted.root.starts_with("-----BEGIN CERTIFICATE-----"));
}

#[test]
fn every_fault_of_dukcapil_is_told_at_once() {
    let told = told(&[
        ("SANTUNAN_DUKCAPIL_URL", "http://dukcapil.example"),
        ("SANTUNAN_DUKCAPIL_CUSTOMER", "dinsos/../lain"),
        ("SANTUNAN_DUKCAPIL_METHOD", "tanya"),
        ("SANTUNAN_DUKCAPIL_DATES", "mm/dd/yyyy"),
        ("SANTUNAN_DUKCAPIL_THRESHOLD", "101"),
        ("SANTUNAN_DUKCAPIL_TIMEOUT_SECONDS", "0"),
        ("SANTUNAN_DUKCAPIL_DAILY_LIMIT", "banyak"),
        ("SANTUNAN_DUKCAPIL_CODES", "11=mati"),
        ("SANTUNAN_DUKCAPIL_ROOT_FILE", "/tidak/ada.pem"),
    ]);
    let keys =
        ["METHOD", "DATES", "THRESHOLD", "TIMEOUT_SECONDS", "DAILY_LIMIT", "CODES", "ROOT_FILE", "USER", "PASSWORD", "CUSTOMER", "URL"];
    assert_eq!(told.len(), keys.len(), "{told:#?}");
    for (sentence, key) in told.iter().zip(keys) {
        assert!(sentence.starts_with(&format!("SANTUNAN_DUKCAPIL_{key} ")), "{sentence}");
    }
    for (url, plain, fits) in [
        ("http://127.0.0.1:9000", "false", true),
        ("http://10.0.0.7", "true", true),
        ("https://", "false", false),
        ("dukcapil.example", "true", false),
    ] {
        let vars = [DUKCAPIL, &[("SANTUNAN_DUKCAPIL_PLAIN_HTTP", plain)]].concat();
        let vars: Vec<_> = vars.into_iter().map(|(k, v)| if k == "SANTUNAN_DUKCAPIL_URL" { (k, url) } else { (k, v) }).collect();
        assert_eq!(load(&vars, None).is_ok(), fits, "{url}");
    }
}
