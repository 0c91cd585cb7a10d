//! The client against a double of the service: a real HTTP server that answers as sites were seen to answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::*;
use crate::domain::identity::{FamilyCard, Nik, Sex};
use crate::domain::source::{CodeMeaning, Element, Who};

/// A NIK of Papua: beyond 2^53, so that a double-precision number would change its last digits.
const NIK: &str = "9171010203450001";

/// How long an answer may take that does come: a busy machine must not make it late.
const PATIENCE_LONG: Duration = Duration::from_secs(60);
/// How long the client waits for the one that never comes.
const PATIENCE_SHORT: Duration = Duration::from_millis(700);

/// What came in: request line and body.
type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// How the double answers.
#[derive(Clone)]
enum Manner {
    /// Status and body.
    Says(u16, String),
    /// Takes the question and says nothing for longer than anybody waits.
    Silent,
    /// Cuts the line in the middle of the answer.
    HangsUp,
}

fn says(body: &str) -> Manner {
    Manner::Says(200, body.to_owned())
}

/// Starts the double; each question gets the next answer, the last one again and again.
fn service(manners: Vec<Manner>) -> (String, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let heard = Heard::default();
    let kept = Arc::clone(&heard);
    thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            let manner = manners[n.min(manners.len() - 1)].clone();
            let kept = Arc::clone(&kept);
            thread::spawn(move || answer_one(stream.unwrap(), &manner, &kept));
        }
    });
    (address, heard)
}

fn answer_one(mut stream: TcpStream, manner: &Manner, heard: &Heard) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    heard.lock().unwrap().push((first.trim().to_owned(), String::from_utf8(body).unwrap()));
    match manner {
        Manner::Says(status, body) => {
            let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nLocation: /lain\r\nConnection: close\r\n\r\n", body.len());
            let _gone = stream.write_all(format!("{head}{body}").as_bytes());
        }
        Manner::Silent => thread::sleep(4 * PATIENCE_SHORT),
        Manner::HangsUp => {
            let _gone = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"content\":[");
        }
    }
}

fn settings(url: &str, method: Method) -> Settings {
    let codes = [
        ("11", CodeMeaning::Dead),
        ("12", CodeMeaning::Several),
        ("13", CodeMeaning::NoMatch),
        ("14", CodeMeaning::Inactive),
        ("15", CodeMeaning::QuestionRefused),
        ("00", CodeMeaning::Found),
    ];
    Settings {
        url: url.to_owned(),
        customer: "dinsos".to_owned(),
        user: "0123DINSOS".to_owned(),
        password: "s4ndi-rahasia".to_owned(),
        ip_user: "10.1.2.3".to_owned(),
        method,
        dates: DateStyle::DayFirst,
        threshold: 90,
        timeout: PATIENCE_LONG,
        pauses: Vec::new(),
        daily_limit: 100,
        root: String::new(),
        codes: Codes::new(codes.map(|(code, meaning)| (code.to_owned(), meaning))),
    }
}

fn question() -> Question {
    Question {
        who: Who::Deceased,
        nik: Nik::parse(NIK).unwrap(),
        family_card: FamilyCard::parse("9171010101010001").ok(),
        name: "YOHANA WAMBRAUW".to_owned(),
        born_on: "1945-03-02".parse().ok(),
        sex: Some(Sex::Female),
    }
}

fn no(why: NoAnswer) -> Answer {
    Answer::Unavailable { why }
}

fn found(dead: bool, differing: &[Element]) -> Answer {
    Answer::Match { dead, differing: differing.to_vec() }
}

fn ask(client: &Dukcapil) -> Answer {
    client.ask(&question(), DateTime::UNIX_EPOCH, &mut || true)
}

#[track_caller]
fn check(method: Method, manner: Manner, expected: &Answer) {
    let (url, _) = service(vec![manner]);
    assert_eq!(ask(&Dukcapil::new(settings(&url, method))), *expected);
}

/// A looked-up record with one part of its JSON replaced.
fn record(old: &str, new: &str) -> Manner {
    let whole = format!(
        r#"{{"content":[{{"NIK":{NIK},"NO_KK":9171010101010001,"NAMA_LGKP":"YOHANA WAMBRAUW","TGL_LHR":"1945-03-02","JENIS_KLMIN":"Perempuan","EKTP_STATUS":"S"}}],"lastPage":true,"numberOfElements":1,"size":1,"number":0}}"#
    );
    assert!(whole.contains(old), "{old}");
    says(&whole.replacen(old, new, 1))
}

#[test]
fn a_record_is_compared_digit_by_digit_whether_its_numbers_are_text_or_not() {
    let look = |old: &str, new: &str, expected: &Answer| check(Method::LookUp, record(old, new), expected);
    look("1945-03-02", "02-03-1945", &found(false, &[]));
    look(NIK, &format!("\"{NIK}\""), &found(false, &[]));
    look("\"NIK\"", "\"nik\"", &found(false, &[]));
    // One digit further would be the same number as a double.
    look(NIK, "9171010203450002", &no(NoAnswer::Unreadable));
    look(NIK, "9171010203450001.0", &no(NoAnswer::Unreadable));
    look(NIK, "9.171010203450001e15", &no(NoAnswer::Unreadable));
    look("9171010101010001", "9171010101010003", &found(false, &[Element::FamilyCard]));
    look("WAMBRAUW\"", "RUMBIAK\"", &found(false, &[Element::Name]));
    look("1945-03-02", "1954-03-02", &found(false, &[Element::BornOn]));
    look("\"content\"", "\"RESPONSE_CODE\":11,\"content\"", &found(true, &[]));
    look("\"EKTP_STATUS\":\"S\"", "\"RESPON\":\"Meninggal Dunia\"", &found(true, &[]));
}

#[test]
fn elements_are_believed_as_the_service_compared_them() {
    let verify = |body: &str, expected: &Answer| check(Method::Verify, says(body), expected);
    let all =
        r#"{"content":[{"NAMA_LGKP":"Sesuai (100)","TGL_LHR":"Sesuai","NO_KK":"Tidak Sesuai","JENIS_KLMIN":"Sesuai"}],"quotaLimiter":812}"#;
    verify(all, &found(false, &[Element::FamilyCard]));
    verify(&all.replace("Sesuai (100)", "Tidak Sesuai (59)"), &found(false, &[Element::Name, Element::FamilyCard]));
    verify(r#"{"content":{"NAMA_LGKP":"Sesuai"}}"#, &found(false, &[]));
    verify(r#"{"content":[{"RESPONSE_CODE":"00","NAMA_LGKP":"Sesuai"}]}"#, &found(false, &[]));
    verify(r#"{"content":[{"RESPONSE_CODE":"11","RESPONSE":"Data Ditemukan, Meninggal Dunia","NAMA_LGKP":"Sesuai"}]}"#, &found(true, &[]));
    verify(r#"{"content":[{"NAMA_LGKP":"Mungkin"}]}"#, &no(NoAnswer::Unreadable));
}

#[test]
fn only_a_known_no_is_a_no() {
    let both = |body: &str, expected: &Answer| [Method::LookUp, Method::Verify].iter().for_each(|m| check(*m, says(body), expected));
    both(r#"{"content":[{"RESPONSE_CODE":"13","RESPONSE":"NIK tidak terdapat di database Kependudukan"}]}"#, &Answer::NoMatch);
    both(r#"{"content":[{"RESPON":"Data Tidak Ditemukan"}],"lastPage":true}"#, &Answer::NoMatch);
    both(r#"{"content":[{"RESPONSE_CODE":12}]}"#, &Answer::Several);
    both(r#"{"content":[{"RESPONSE_CODE":14}]}"#, &Answer::Inactive);
    both(r#"{"content":[{"RESPONSE_CODE":15}]}"#, &no(NoAnswer::QuestionRefused));
    both(r#"{"content":[{"RESPONSE_CODE":99,"RESPONSE":"Data Tidak Ditemukan"}]}"#, &no(NoAnswer::UnknownCode("99".to_owned())));
    both(r#"{"content":[{"RESPON":"Login Gagal"}]}"#, &no(NoAnswer::LoginRefused));
    both(r#"{"content":[{"RESPON":"Kuota akses hari ini habis"}]}"#, &no(NoAnswer::QuotaSpent));
    both(r#"{"content":[{"RESPON":"Sedang pemeliharaan"}]}"#, &no(NoAnswer::Unreadable));
    for silence in [r#"{"content":[]}"#, "{}", "[]", "null", r#"{"content":[{"NIK":33250"#, "<html><h1>502 Bad Gateway</h1></html>", ""] {
        both(silence, &no(NoAnswer::Unreadable));
    }
}

#[test]
fn a_service_in_trouble_gives_no_answer() {
    let verify = |manner, why| check(Method::Verify, manner, &no(why));
    let (silent, _) = service(vec![Manner::Silent]);
    let hurried = Settings { timeout: PATIENCE_SHORT, ..settings(&silent, Method::Verify) };
    assert_eq!(ask(&Dukcapil::new(hurried)), no(NoAnswer::Slow));
    verify(Manner::HangsUp, NoAnswer::Unreachable);
    verify(Manner::Says(503, "<html>".into()), NoAnswer::Unreachable);
    verify(Manner::Says(404, "<html>".into()), NoAnswer::Unreadable);
    verify(Manner::Says(429, String::new()), NoAnswer::QuotaSpent);
    verify(Manner::Says(302, String::new()), NoAnswer::Unreadable);
    verify(says(&"x".repeat(300_000)), NoAnswer::Unreadable);
    assert_eq!(ask(&Dukcapil::new(settings("http://127.0.0.1:1", Method::LookUp))), no(NoAnswer::Unreachable), "nobody listens there");
}

#[test]
fn the_question_goes_to_the_method_with_login_and_claimed_elements() {
    let (url, heard) = service(vec![says("{}")]);
    ask(&Dukcapil::new(settings(&format!("{url}/"), Method::Verify)));
    ask(&Dukcapil::new(Settings { dates: DateStyle::YearFirst, ..settings(&url, Method::LookUp) }));
    let heard = heard.lock().unwrap();
    assert_eq!(heard[0].0, "POST /dukcapil/get_json/dinsos/CALL_VERIFY_BY_ELEMEN HTTP/1.1");
    let sent: serde_json::Value = serde_json::from_str(&heard[0].1).unwrap();
    let expected = [
        ("user_id", "0123DINSOS"),
        ("password", "s4ndi-rahasia"),
        ("IP_USER", "10.1.2.3"),
        ("NIK", NIK),
        ("NAMA_LGKP", "YOHANA WAMBRAUW"),
        ("TGL_LHR", "02-03-1945"),
        ("JENIS_KLMIN", "Perempuan"),
        ("TRESHOLD", "90"),
    ];
    for (key, value) in expected {
        assert_eq!(sent[key], value, "{key}");
    }
    assert_eq!(heard[1].0, "POST /dukcapil/get_json/dinsos/CALL_NIK HTTP/1.1");
    assert!(!heard[1].1.contains("NAMA_LGKP"), "a look-up tells no more than the number");
}

#[test]
fn a_failed_try_is_made_again_and_each_is_counted_first() {
    let good = says(r#"{"content":[{"RESPONSE_CODE":"11"}]}"#);
    let (url, heard) = service(vec![Manner::HangsUp, Manner::Says(503, String::new()), good]);
    let patient = Settings { pauses: vec![Duration::from_millis(1); 2], ..settings(&url, Method::Verify) };
    let mut allowed = 0;
    let answer = Dukcapil::new(patient.clone()).ask(&question(), DateTime::UNIX_EPOCH, &mut || {
        allowed += 1;
        true
    });
    assert_eq!((answer, allowed, heard.lock().unwrap().len()), (found(true, &[]), 3, 3));
    // With an allowance of one the second try is not made.
    let (url, heard) = service(vec![Manner::HangsUp]);
    let mut left = 1;
    let answer = Dukcapil::new(Settings { url, ..patient }).ask(&question(), DateTime::UNIX_EPOCH, &mut || {
        left -= 1;
        left >= 0
    });
    assert_eq!((answer, heard.lock().unwrap().len()), (no(NoAnswer::QuotaSpent), 1));
}

#[test]
fn a_refused_login_is_told_once_and_then_left_alone() {
    let (url, heard) = service(vec![says(r#"{"content":[{"RESPON":"Login Gagal"}]}"#)]);
    let client = Dukcapil::new(Settings { pauses: vec![Duration::from_millis(1); 2], ..settings(&url, Method::LookUp) });
    assert_eq!(ask(&client), no(NoAnswer::LoginRefused));
    assert_eq!(ask(&client), no(NoAnswer::Resting));
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[test]
fn neither_login_nor_password_is_shown() {
    let shown = format!("{:?}", settings("https://dukcapil.example", Method::Verify));
    assert!(shown.contains("dukcapil.example") && !shown.contains("s4ndi") && !shown.contains("0123DINSOS"), "{shown}");
}
