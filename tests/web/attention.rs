//! What waits for a person: work that was given up, sources that disagree, payees who died.

use std::io::Cursor;

use rocket::http::Status;
use santunan::clock::new_id;
use santunan::domain::access::{Actor, Role};
use santunan::domain::identity::Nik;
use santunan::exchange::register_file::{Mappings, RegisterFile};
use santunan::store::tasks::{self, NewTask, TaskKind};
use santunan::store::{StoreError, audit, claims};
use santunan::workflow::import::{Origin, import_register};
use santunan::workflow::work_due;

use super::office::{office_day, region};
use super::world::{Person, World};

const REASON: &str = "sudah ditanyakan langsung ke Dukcapil";

/// A question about a claim that was tried in vain and given up.
fn given_up(world: &World, code: &str, error: &str) -> String {
    let (office, id) = (region("33.25"), new_id());
    let queued = world.desk.store.write::<_, StoreError>("33.25", |tx| {
        let claim = claims::by_code(tx, code)?;
        let new = NewTask { kind: TaskKind::AskSources, subject: &claim.id, cause: "permohonan" };
        tasks::queue(tx, id.clone(), &office, new, office_day())?;
        tasks::put_off(tx, &id, None, error)
    });
    queued.unwrap();
    id
}

fn release(world: &World, source: &str, text: &str) {
    let office = region("33.25");
    let (nik, family_card) = (None, None);
    let admin = Actor { id: "a".into(), name: "A".into(), role: Role::Admin, region: office.clone(), office, nik, family_card };
    let released_on = office_day().date_naive();
    let mut file = RegisterFile::open(Cursor::new(text), &Mappings::built_in(), released_on).unwrap();
    let origin = Origin { source, released_on, file_name: "x.csv", file: &mut file };
    import_register(&world.desk, &admin, origin, || ()).unwrap();
}

/// One row about the n-th family's head (or wife), as another source has it.
fn row(world: &World, n: usize, wife: bool, change: impl Fn(&mut [String; 5])) -> String {
    let (head, spouse) = world.family(n);
    let person = if wife { spouse } else { head };
    let born = person.born_on.map(|day| day.to_string()).unwrap_or_default();
    let nik = person.nik.as_ref().map(Nik::expose).unwrap_or_default().to_owned();
    let mut cells = [nik, person.name.clone(), born, person.village.as_ref().unwrap().to_string(), "HIDUP".to_owned()];
    change(&mut cells);
    format!("nik,nama,tgl_lahir,kode_desa,status\n{}\n", cells.join(","))
}

fn entries(world: &World) -> Vec<String> {
    let chain = world.desk.store.read(|conn| audit::chain(conn, "33.25")).unwrap();
    chain.into_iter().map(|(entry, _)| entry.action).filter(|action| action.starts_with("task.")).collect()
}

fn send(person: &Person<'_>, id: &str, act: &str, reason: &str) -> super::world::Page {
    person.post(&format!("/perhatian/{id}"), &[("tindakan", act), (&format!("alasan_{id}"), reason)])
}

#[test]
fn work_that_was_given_up_is_seen_tried_again_or_closed_with_a_reason() {
    let world = World::new();
    let code = world.operator().file(0);
    let id = given_up(&world, &code, "tidak terhubung");
    let verifier = world.officer(Role::Verifier);
    let page = verifier.get("/perhatian");
    page.shows("Menanyakan data ke sumber lain").shows("Berhenti").shows("Sumber data tidak terhubung.").shows("sudah 1 kali dicoba");
    assert!(page.body.contains(&format!("href=\"/permohonan/{code}\"")) && page.bytes < 20_000, "{}", page.bytes);
    send(&verifier, &id, "tutup", "ya").is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    assert_eq!(send(&verifier, &id, "lagi", "").location, "/perhatian?pesan=task_again");
    work_due(&world.desk).unwrap();
    verifier.get("/perhatian").shows("Semua pekerjaan berhasil");
    let id = given_up(&world, &code, "store");
    assert_eq!(send(&verifier, &id, "tutup", REASON).location, "/perhatian?pesan=task_closed");
    send(&verifier, &id, "tutup", REASON).is(Status::NotFound);
    verifier.get("/perhatian").shows("Semua pekerjaan berhasil");
    assert_eq!(entries(&world), ["task.again", "task.close"]);
}

#[test]
fn the_one_who_looks_after_the_system_sees_the_code_but_no_way_into_the_claim() {
    let world = World::new();
    let code = world.operator().file(0);
    let id = given_up(&world, &code, "busy");
    let page = world.officer(Role::Admin).get("/perhatian");
    page.is(Status::Ok).shows(&code).lacks("href=\"/permohonan/");
    let auditor = world.officer(Role::Auditor);
    auditor.get("/perhatian").is(Status::Ok).shows(&code).lacks("Coba lagi</button>");
    send(&auditor, &id, "lagi", "").is(Status::Forbidden);
    world.operator().get("/perhatian").is(Status::Forbidden);
}

#[test]
fn what_sources_say_differently_stands_side_by_side_without_the_number() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    let code = world.operator().file(0);
    verifier.get("/perhatian/data-berbeda").is(Status::Ok).lacks("Dukcapil");
    release(&world, "Dukcapil", &row(&world, 0, false, |cells| cells[4] = "PINDAH".to_owned()));
    let page = verifier.get("/perhatian/data-berbeda");
    let (head, _) = world.family(0);
    page.shows(&head.name).shows("HIDUP").shows("PINDAH").shows("Dukcapil 22-06-2026").shows(&code);
    page.lacks(head.nik.as_ref().unwrap().expose()).shows(&head.nik.as_ref().unwrap().masked());
    verifier.get("/perhatian/data-berbeda?desa=33.25.03.2007").lacks(&head.name);
    verifier.get("/perhatian/data-berbeda?desa=33.25.01.2006").shows(&head.name);
    verifier.get("/perhatian/data-berbeda?mulai=9000").lacks(&head.name).shows("Dari awal");
    assert!(page.bytes < 60_000, "{}", page.bytes);
}

#[test]
fn a_payee_who_died_is_on_the_desks_and_nobody_pays_without_a_word() {
    let world = World::new();
    let code = world.operator().file(0);
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    let verifier = world.officer(Role::Verifier);
    verifier.step(&code, "verify", "").is(Status::SeeOther);
    world.officer(Role::Approver).step(&code, "approve", "").is(Status::SeeOther);
    let finance = world.officer(Role::Finance);
    finance.get("/keuangan").lacks("tercatat sudah meninggal");
    finance.post("/keuangan/sk", &[]).is(Status::SeeOther);
    release(&world, "Dukcapil", &row(&world, 0, true, |cells| cells[4] = "MENINGGAL".to_owned()));
    work_due(&world.desk).unwrap();
    for (person, path) in [(&finance, "/keuangan"), (&verifier, "/beranda"), (&verifier, "/perhatian"), (&finance, "/permohonan")] {
        person.get(path).shows("Penerima tercatat sudah meninggal").shows(&code).shows("bendahara menahan pembayarannya");
    }
    verifier.get(&format!("/permohonan/{code}")).shows("Penerima tercatat sudah meninggal");
    let page = finance.get("/keuangan");
    let order = page.between("action=\"/keuangan/sk/", "/tanda-tangan\"");
    finance.post(&format!("/keuangan/sk/{order}/tanda-tangan"), &[(&format!("tanggal_{order}"), "22-06-2026")]).is(Status::SeeOther);
    let path = format!("/keuangan/sk/{order}/perintah");
    finance.post(&path, &[]).is(Status::Conflict).shows("Jangan dibayarkan").shows("kepada siapa uangnya dibayarkan");
    let reason = format!("alasan_{order}");
    let made = finance.post(&path, &[(&reason, "dibayar tunai kepada anak, surat desa 474/12")]);
    assert!(made.location.starts_with("/keuangan/perintah/"), "{}", made.location);
}
