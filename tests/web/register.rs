//! Bringing in a register through the page: look first, apply or throw away.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::world::{Page, Person, World};

const EXPORT: &[u8] = include_bytes!("../../fixtures/register/exports/export_sample_b.csv");

fn send(person: &Person<'_>, name: &str, bytes: &[u8]) -> Page {
    person.post_files("/data-warga", &[], &[("berkas_data_warga", name, bytes)])
}

#[test]
fn a_file_is_looked_at_and_changes_nothing_until_it_is_applied() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    verifier.get("/data-warga").shows("contoh.csv").lacks("Hasil pemeriksaan");
    send(&verifier, "ekspor_mei.csv", EXPORT).is(Status::SeeOther);
    let page = verifier.get("/data-warga");
    page.shows("Hasil pemeriksaan ekspor_mei.csv").shows("Windows-1252").shows("Diterima400").shows("Berulang3");
    page.shows("ditulis Excel sebagai bilangan pangkat").lacks("3325010610880001");
    let report = verifier.get("/data-warga/laporan.csv");
    assert_eq!((report.content_type.as_str(), report.body.lines().count()), ("text/csv; charset=utf-8", 404));
    assert!(report.body.starts_with("row,nik,tgl_lahir,flag,reason\n1,3325033006060001,2006-06-30,,"));
    assert_eq!(page.body.matches("ekspor_mei.csv").count(), 1, "not among the releases yet");
    let sha256 = page.between("name=\"sha256\" value=\"", "\"");
    let fields = [("sha256", sha256.as_str()), ("sumber", "DTSEN"), ("tanggal", "01-05-2026")];
    let applied = verifier.post("/data-warga/terapkan", &fields);
    assert_eq!(applied.location, "/data-warga?pesan=register", "{}", applied.text());
    verifier.get(&applied.location).shows("sudah diterapkan").shows("ekspor_mei.csv").shows("1 Mei 2026").lacks("Hasil pemeriksaan");
}

#[test]
fn the_same_file_twice_is_recognised() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    for _ in 0..2 {
        send(&verifier, "ekspor.csv", EXPORT).is(Status::SeeOther);
        let page = verifier.get("/data-warga");
        let sha256 = page.between("name=\"sha256\" value=\"", "\"");
        if page.body.contains("sama persis") {
            page.shows("DTSEN 01-05-2026");
            let same =
                |date: &str| verifier.post("/data-warga/terapkan", &[("sha256", sha256.as_str()), ("sumber", "DTSEN"), ("tanggal", date)]);
            same("01-05-2026").is(Status::UnprocessableEntity).shows("sudah pernah diterapkan");
            assert_eq!(same("01-06-2026").location, "/data-warga?pesan=register");
            verifier.get("/data-warga").shows("1 Mei 2026").shows("1 Juni 2026");
            return;
        }
        let fields = [("sha256", sha256.as_str()), ("sumber", "DTSEN"), ("tanggal", "01-05-2026")];
        verifier.post("/data-warga/terapkan", &fields).is(Status::SeeOther);
    }
    panic!("the second time was not recognised");
}

#[test]
fn what_is_typed_wrong_or_changed_in_between_is_not_applied() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    send(&verifier, "ekspor.csv", EXPORT).is(Status::SeeOther);
    let sha256 = verifier.get("/data-warga").between("name=\"sha256\" value=\"", "\"");
    let attempt = |sha256: &str, source: &str, date: &str| {
        verifier.post("/data-warga/terapkan", &[("sha256", sha256), ("sumber", source), ("tanggal", date)])
    };
    attempt(&sha256, "", "kapan").is(Status::UnprocessableEntity).shows("nama sumber data").shows("Tanggal rilis");
    attempt(&sha256, "DTSEN", "01-01-2030").is(Status::UnprocessableEntity).shows("belum lewat");
    attempt("0", "DTSEN", "01-05-2026").is(Status::UnprocessableEntity).shows("kirim dan periksa kembali");
    assert_eq!(verifier.post("/data-warga/batal", &[]).location, "/data-warga?pesan=register_dropped");
    attempt(&sha256, "DTSEN", "01-05-2026").is(Status::UnprocessableEntity);
    verifier.get("/data-warga").lacks("ekspor.csv");
    verifier.get("/data-warga/laporan.csv").is(Status::NotFound);
}

#[test]
fn what_is_no_register_is_refused_with_a_sentence_and_not_kept() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    send(&verifier, "a.xls", b"\xd0\xcf\x11\xe0 old").is(Status::UnprocessableEntity).shows("Excel lama");
    send(&verifier, "a.csv", b"tanggal,isi\n1,2\n").is(Status::UnprocessableEntity).shows("NIK dan Nama");
    verifier.post("/data-warga", &[]).is(Status::UnprocessableEntity).shows("Mohon pilih berkas");
    verifier.get("/data-warga").lacks("Hasil pemeriksaan");
    send(&verifier, "besar.csv", &vec![b'x'; 33 << 20]).is(Status::UnprocessableEntity).shows("32 MB");
}

#[test]
fn nobody_sees_the_file_another_one_is_looking_at() {
    let world = World::new();
    send(&world.officer(Role::Verifier), "ekspor.csv", EXPORT).is(Status::SeeOther);
    let admin = world.officer(Role::Admin);
    admin.get("/data-warga").is(Status::Ok).lacks("ekspor.csv");
    admin.get("/data-warga/laporan.csv").is(Status::NotFound);
    world.operator().get("/data-warga").is(Status::Forbidden);
}

const STRANGE: &[u8] = b"Daftar warga\nKunci;Sebutan;Lahir;Kelompok\n3325011003509100;WIRYO SUMARTO;10-03-1950;B\n";

#[test]
fn column_names_nobody_knows_are_named_and_an_own_mapping_makes_them_readable_at_once() {
    let world = World::new();
    let verifier = world.officer(Role::Verifier);
    let refused = send(&verifier, "aneh.csv", STRANGE);
    refused.is(Status::UnprocessableEntity).shows("Judul kolom belum dikenal").shows("Kunci, Sebutan, Lahir, Kelompok");
    let sample = verifier.post("/data-warga/contoh-pemetaan", &[("judul", "Kunci"), ("judul", "Sebutan"), ("judul", "NIK")]);
    assert_eq!(sample.content_type, "application/toml", "{}", sample.text());
    assert!(sample.body.contains("nik = [\"NIK\"]") && sample.body.contains("abaikan = [\"Kunci\", \"Sebutan\"]"), "{}", sample.body);
    let mapping = |text: &str| verifier.post_files("/data-warga/pemetaan", &[], &[("berkas_pemetaan", "x.toml", text.as_bytes())]);
    let wrong = mapping("nama = \"Puskesos Uji\"\n[kolom]\nwarna = [\"A\"]\nnik = \"Kunci\"\n");
    wrong.is(Status::UnprocessableEntity).shows("baris 3: isian").shows("baris 4: judul kolom ditulis dalam kurung siku");
    verifier.get("/data-warga").lacks("Puskesos Uji");
    let kept = mapping("nama = \"Puskesos Uji\"\n[kolom]\nnik = [\"Kunci\"]\nnama = [\"Sebutan\"]\ntgl_lahir = [\"Lahir\"]\n");
    assert_eq!(kept.location, "/data-warga?pesan=mapping", "{}", kept.text());
    verifier.get("/data-warga").shows("Puskesos Uji milik kantor, puskesos-uji.toml").shows("DTSEN bawaan");
    send(&verifier, "aneh.csv", STRANGE).is(Status::SeeOther);
    let page = verifier.get("/data-warga");
    page.shows("Pemetaan kolomPuskesos Uji").shows("Diterima1").shows("tidak dikenal dan tidak dipakai: Kelompok");
    let chain = world.desk.store.read(|conn| santunan::store::audit::chain(conn, "33.25")).unwrap();
    assert!(chain.iter().any(|(entry, _)| entry.action == "mapping.add" && entry.subject == "mapping:puskesos-uji.toml"));
    world.officer(Role::Approver).post("/data-warga/pemetaan", &[]).is(Status::Forbidden);
}
