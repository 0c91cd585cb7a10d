//! What anybody may see, and the headers of every answer.

use rocket::http::{ContentType, Status};

use super::world::{Page, World, encode};

fn ask(world: &World, code: &str, digits: &str) -> Page {
    let body = encode(&[("kode", code), ("angka", digits)]);
    Page::of(world.client.post("/status").header(ContentType::Form).body(body).dispatch())
}

#[test]
fn the_family_sees_the_stage_with_code_and_four_digits_and_nothing_more() {
    let world = World::new();
    let code = world.operator().file(0);
    let (deceased, wife) = world.family(0);
    let tail = |nik: &str| nik[12..].to_owned();
    for nik in [deceased.nik.as_ref().unwrap().expose(), wife.nik.as_ref().unwrap().expose()] {
        let page = ask(&world, &code.to_lowercase(), &tail(nik));
        page.is(Status::Ok).shows("Menunggu pengesahan").shows("Langkah berikutnya").lacks(&deceased.name).lacks(&wife.name).lacks(nik);
    }
    let wrong_digits = ask(&world, &code, "0000");
    let wrong_code = ask(&world, "BTG-BUKANKODE", "0000");
    for page in [&wrong_digits, &wrong_code] {
        page.is(Status::NotFound).shows("belum cocok dengan permohonan mana pun");
    }
    ask(&world, &code, "12").is(Status::UnprocessableEntity).shows("empat angka");
}

#[test]
fn codes_cannot_be_tried_for_ever() {
    let world = World::new();
    let last = (0..31).map(|n| ask(&world, "BTG-X", &format!("{n:04}"))).last().unwrap();
    last.is(Status::TooManyRequests);
}

#[test]
fn the_front_page_says_what_it_is_and_that_it_is_free() {
    let world = World::new();
    world.get_anonymous("/").is(Status::Ok).shows("Tidak dipungut biaya").shows("Rp1.000.000").shows("Bawa berkas ini");
    world.get_anonymous("/healthz").is(Status::Ok);
    world.get_anonymous("/readyz").is(Status::Ok);
}

#[test]
fn every_answer_carries_the_headers_errors_included() {
    let world = World::new();
    for path in ["/", "/tidak-ada", "/beranda", "/masuk"] {
        let response = world.client.get(path).dispatch();
        let header = |name: &str| response.headers().get(name).collect::<Vec<_>>().join("|");
        assert_eq!(header("Content-Security-Policy"), santunan::web::headers::CSP, "{path}");
        assert_eq!(header("X-Content-Type-Options"), "nosniff");
        assert_eq!(header("X-Frame-Options"), "DENY");
        assert_eq!(header("Cache-Control"), "private, no-store");
        assert_eq!(header("X-Request-Id").len(), 36);
    }
    let style = world.client.get(santunan::web::style::CSS_HREF.as_str()).dispatch();
    assert_eq!(style.headers().get_one("Cache-Control"), Some("public, max-age=31536000, immutable"));
    let missing = world.get_anonymous("/tidak-ada");
    missing.is(Status::NotFound).shows("tidak ditemukan").shows("sebutkan nomor ini");
    let page = world.client.post("/masuk").header(ContentType::JSON).body("{}").dispatch();
    assert_eq!(page.status(), Status::UnsupportedMediaType);
}
