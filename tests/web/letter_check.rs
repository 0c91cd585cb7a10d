//! Anybody checks a letter by its code or its file, and learns no name by it.

use rocket::http::{Accept, ContentType, Status};
use santunan::store::letters;
use santunan::workflow::pdf_of;

use super::world::{Page, World};

/// The receipt for the papers of a claim that was just filed: its code and its file.
fn receipt(world: &World) -> (String, Vec<u8>) {
    world.operator().file(0);
    let office = super::office::region("33.25");
    let letter = world.desk.store.read(|conn| letters::all(conn, &office)).unwrap_or_else(|fault| panic!("{fault}")).remove(0);
    let bytes = pdf_of(&world.desk, &letter).unwrap_or_else(|fault| panic!("{fault}"));
    (letter.code, bytes)
}

fn send(world: &World, bytes: &[u8]) -> Page {
    let head =
        "--uji\r\nContent-Disposition: form-data; name=\"berkas_surat\"; filename=\"surat.pdf\"\r\nContent-Type: application/pdf\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--uji--\r\n"].concat();
    let kind = ContentType::new("multipart", "form-data").with_params([("boundary", "uji")]);
    Page::of(world.client.post("/verifikasi").header(kind).body(body).dispatch())
}

#[test]
fn a_code_shows_the_letter_and_nobodys_name() {
    let world = World::new();
    let (code, _) = receipt(&world);
    let (deceased, wife) = world.family(0);
    let page = world.get_anonymous(&format!("/verifikasi/{}", code.to_lowercase()));
    page.is(Status::Ok).shows("Terdaftar dan berlaku").shows("Tanda terima berkas").shows(&code).lacks(&deceased.name).lacks(&wife.name);
    let typed = world.client.get(format!("/verifikasi?kode={}", code.replace('-', "%20"))).dispatch();
    assert_eq!(typed.headers().get_one("Location"), Some(format!("/verifikasi/{code}").as_str()));
    let json = world.client.get(format!("/verifikasi/{code}")).header(Accept::JSON).dispatch().into_string().unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (json["code"].as_str(), json["kind"].as_str(), json["state"].as_str()),
        (Some(code.as_str()), Some("tanda_terima"), Some("valid"))
    );
    assert!(!json.to_string().contains(&deceased.name));
}

#[test]
fn a_wrong_code_is_named_and_an_unknown_one_raises_an_alarm() {
    let world = World::new();
    world.get_anonymous("/verifikasi?kode=7K4M-2Q9X").is(Status::Ok).shows("14 huruf dan angka").shows("7K4M-2Q9X");
    world.get_anonymous("/verifikasi/7K4M-2Q9X-H3TV-W0").is(Status::UnprocessableEntity).shows("keliru");
    let stranger = santunan::domain::letter::LetterCode::from_random([3; 9]).to_string();
    world.get_anonymous(&format!("/verifikasi/{stranger}")).is(Status::NotFound).shows("BUKAN dari kami");
    let json = world.client.get(format!("/verifikasi/{stranger}")).header(Accept::JSON).dispatch();
    assert_eq!(json.status(), Status::NotFound);
    assert!(json.into_string().unwrap().contains("error"));
}

#[test]
fn codes_cannot_be_tried_for_ever_but_right_ones_are_never_counted() {
    let world = World::new();
    let (code, _) = receipt(&world);
    for _ in 0..30 {
        world.get_anonymous(&format!("/verifikasi/{code}")).is(Status::Ok);
    }
    let stranger = |n: u8| santunan::domain::letter::LetterCode::from_random([n; 9]).to_string();
    let last = (0..21).map(|n| world.get_anonymous(&format!("/verifikasi/{}", stranger(n)))).last().unwrap();
    last.is(Status::TooManyRequests);
}

#[test]
fn a_file_is_told_from_a_changed_one_and_from_any_other() {
    let world = World::new();
    let (code, bytes) = receipt(&world);
    send(&world, &bytes).is(Status::Ok).shows("sama persis").shows(&code);
    let mut changed = bytes.clone();
    let at = changed.len() / 2;
    changed[at] ^= 1;
    send(&world, &changed).is(Status::UnprocessableEntity).shows("TIDAK ASLI");
    send(&world, b"%PDF-1.7 apa saja").is(Status::UnprocessableEntity).shows("bukan satu surat");
    send(&world, b"").is(Status::UnprocessableEntity).shows("pilih berkas PDF");
}

#[test]
fn the_public_keys_are_for_everybody() {
    let world = World::new();
    let (_, bytes) = receipt(&world);
    let page = world.get_anonymous("/.well-known/santunan-kunci.json");
    page.is(Status::Ok);
    let keys = santunan::seal::PublicKeys::from_json(&page.body).unwrap();
    assert!(santunan::seal::pdf::verify(&bytes, &keys).is_ok());
    assert!(!page.body.contains("rahasia"));
}
