//! Logging in and out.

use rocket::http::{ContentType, Cookie, Status};

use super::world::{PASSWORD, Page, World, encode};

fn try_login(world: &World, name: &str, password: &str, next: &str) -> (Page, Option<Cookie<'static>>) {
    let body = encode(&[("nama", name), ("sandi", password), ("lanjut", next)]);
    let response = world.client.post("/masuk").header(ContentType::Form).body(body).dispatch();
    let cookie = response.cookies().get("santunan").cloned().map(Cookie::into_owned);
    (Page::of(response), cookie)
}

#[test]
fn one_comes_in_lands_at_ones_desk_and_goes_out_for_good() {
    let world = World::new();
    let (page, cookie) = try_login(&world, " Operator.Wonotunggal ", PASSWORD, "");
    assert_eq!((page.status, page.location.as_str()), (Status::SeeOther, "/beranda"));
    let cookie = cookie.unwrap();
    assert!(cookie.http_only() == Some(true) && cookie.same_site() == Some(rocket::http::SameSite::Lax));
    let desk = Page::of(world.client.get("/beranda").cookie(cookie.clone()).dispatch());
    desk.is(Status::Ok).shows("SLAMET RIYANTO").shows("Operator desa");
    let token = desk.between("name=\"_csrf\" value=\"", "\"");
    let out = world.client.post("/keluar").cookie(cookie.clone()).header(ContentType::Form).body(encode(&[("_csrf", &token)])).dispatch();
    assert_eq!(out.status(), Status::SeeOther);
    let after = Page::of(world.client.get("/beranda").cookie(cookie).dispatch());
    assert_eq!(after.location, "/masuk?lanjut=/beranda");
    let (page, _) = try_login(&world, "operator.wonotunggal", PASSWORD, "/permohonan/baru");
    assert_eq!(page.location, "/permohonan/baru");
    let (page, _) = try_login(&world, "operator.wonotunggal", PASSWORD, "//jahat.example");
    assert_eq!(page.location, "/beranda");
}

#[test]
fn a_wrong_password_and_an_unknown_name_sound_the_same() {
    let world = World::new();
    let (wrong, cookie) = try_login(&world, "operator.wonotunggal", "bukan kata sandinya", "");
    let (unknown, _) = try_login(&world, "tidak.ada", "bukan kata sandinya", "");
    assert!(cookie.is_none());
    for page in [&wrong, &unknown] {
        page.is(Status::Unauthorized).shows("Nama akun atau kata sandi tidak cocok");
    }
    assert!(wrong.body.contains("value=\"operator.wonotunggal\"") && !wrong.body.contains("bukan kata sandinya"));
}

#[test]
fn after_five_wrong_passwords_one_waits() {
    let world = World::new();
    for _ in 0..5 {
        try_login(&world, "kades.wonotunggal", "salah salah salah", "").0.is(Status::Unauthorized);
    }
    try_login(&world, "kades.wonotunggal", PASSWORD, "").0.is(Status::TooManyRequests).shows("Terlalu banyak percobaan");
}
