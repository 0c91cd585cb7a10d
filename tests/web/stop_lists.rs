//! Lists for other programmes at the browser: seen, made, fetched.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::cash::keep;
use super::world::World;

#[test]
fn a_list_is_seen_made_and_fetched_by_those_who_confirm_deaths() {
    let world = World::new();
    let code = world.operator().file(0);
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    let (verifier, head) = (world.officer(Role::Verifier), world.officer(Role::Approver));
    verifier.step(&code, "verify", "").is(Status::SeeOther);
    head.step(&code, "approve", "").is(Status::SeeOther);
    let empty = verifier.get("/daftar-henti");
    empty.shows("Belum ada daftar").shows("Program Keluarga Harapan");
    keep(&world, "stop_list_empty", &empty);
    let seen = verifier.get("/daftar-henti?program=pkh&mulai=&sampai=22-06-2026");
    seen.shows("HENTI").shows(&code).shows(&world.family(0).0.name.clone()).lacks(world.family(0).0.nik.unwrap().expose());
    keep(&world, "stop_list_preview", &seen);
    verifier.get("/daftar-henti?program=pkh&mulai=31-02-2026").shows("kalender");
    verifier.get("/daftar-henti?program=pkh&sampai=23-06-2026").shows("paling akhir hari ini");
    let seal = seen.between("name=\"segel\" value=\"", "\"");
    let make = |seal: &str| verifier.post("/daftar-henti", &[("program", "pkh"), ("mulai", ""), ("sampai", "22-06-2026"), ("segel", seal)]);
    make("lain").is(Status::UnprocessableEntity).shows("Daftar berubah");
    make(&seal).is(Status::SeeOther);
    make("").is(Status::UnprocessableEntity).shows("Tidak ada nama baru");
    let made = verifier.get("/daftar-henti?pesan=stop_list_made");
    made.shows("sudah dibuat dan dibekukan").shows("nomor 001").shows("1 henti, 0 cabut").shows("belum diambil");
    keep(&world, "stop_list_made", &made);
    let path = format!("/daftar-henti/{}", made.between("action=\"/daftar-henti/", "\""));
    let csv = head.post(&path, &[("bentuk", "csv")]);
    csv.is(Status::Ok);
    assert!(csv.body.contains(world.family(0).0.nik.unwrap().expose()) && csv.body.contains("#KENDALI"), "{}", csv.body);
    head.post(&path, &[("bentuk", "pdf")]).is(Status::BadRequest);
    let auditor = world.officer(Role::Auditor);
    auditor.get("/daftar-henti").shows("sudah diambil 1 kali").lacks("Buat daftar").lacks("name=\"bentuk\"");
    auditor.post(&path, &[("bentuk", "csv")]).is(Status::Forbidden);
    world.officer(Role::Finance).get("/daftar-henti").is(Status::Forbidden);
}
