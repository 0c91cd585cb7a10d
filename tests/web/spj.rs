//! The treasurer's evidence at the browser: what is missing leads to where it is put right.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::cash::{at_the_counter, digits, keep, payment_of};
use super::world::{Person, World};

/// Id of the payment of the n-th family.
fn payment(world: &World, finance: &Person<'_>, n: usize) -> String {
    payment_of(world, finance, n).rsplit('/').next().unwrap().to_owned()
}

/// The n-th family collects without a photo.
fn collected(world: &World, finance: &Person<'_>, n: usize) -> String {
    let path = payment_of(world, finance, n);
    let version = finance.get(&path).between("name=\"versi\" value=\"", "\"");
    let digits = digits(world, n);
    let fields = [("versi", version.as_str()), ("penerima", "payee"), ("dokumen", "ktp"), ("tanda", "signature"), ("angka_nik", &digits)];
    finance.post(&path, &fields).is(Status::SeeOther);
    path.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn what_is_missing_is_found_cured_and_gone() {
    let world = World::new();
    at_the_counter(&world, 2);
    let finance = world.log_in("bendahara");
    let waiting = payment(&world, &finance, 1);
    let item = collected(&world, &finance, 0);
    finance.get("/keuangan").shows("SPJ bendahara");
    let year = finance.get("/keuangan/spj");
    year.shows("Bukti lengkap 0 dari 2").shows("Rp1.000.000 dalam 1 pembayaran belum diterima").shows("Unduh Excel");
    keep(&world, "spj_year", &year);
    let gaps = finance.get("/keuangan/spj?tahun=2026&bulan=6&kurang=1");
    gaps.shows("Foto penyerahan belum ada").shows("Uang tunai belum diambil penerima");
    assert!(gaps.body.contains(&format!("href=\"/keuangan/spj/bayar/{item}#lampirkan\"")), "{}", gaps.body);
    assert!(gaps.body.contains(&format!("href=\"/keuangan/loket/serah/{waiting}\"")));
    keep(&world, "spj_gaps", &gaps);
    let order = year.between("href=\"/keuangan/spj/perintah/", "\"");
    let order = finance.get(&format!("/keuangan/spj/perintah/{order}"));
    order.shows("Surat dari SIPD: SP2D").shows("00123/SP2D/2026").shows("Tampilkan hanya yang kurang");
    keep(&world, "spj_order", &order);
    let path = format!("/keuangan/spj/bayar/{item}");
    let page = finance.get(&path);
    page.shows("Identitas penerima")
        .shows("KTP asli diperiksa")
        .shows("Foto penyerahan belum ada")
        .lacks(world.family(0).1.nik.unwrap().expose());
    keep(&world, "spj_payment", &page);
    attached(&world, &finance, &path);
    finance.get("/keuangan/spj").shows("Bukti lengkap 1 dari 2");
    finance.get("/keuangan/spj?bulan=7").shows("Tidak ada perintah bayar");
    finance.get("/keuangan/spj?tahun=2026&sk=tidak-ada").is(Status::NotFound);
}

fn attached(world: &World, finance: &Person<'_>, path: &str) {
    let send = |kind: &str, bytes: &[u8]| {
        finance.post_files(path, &[("jenis", kind), ("keterangan", "dari ponsel")], &[("bukti", "a.png", bytes)])
    };
    let wrong = send("", b"bukan gambar");
    wrong.is(Status::UnprocessableEntity).shows("Pilih apa isi pindaian ini").shows("bukan JPG, PNG, atau PDF");
    assert!(wrong.body.contains("value=\"dari ponsel\""), "what was typed stays");
    keep(world, "spj_payment_faults", &wrong);
    send("foto", b"\x89PNG\r\n\x1a\nfoto").is(Status::SeeOther);
    send("foto", b"\x89PNG\r\n\x1a\nfoto").is(Status::UnprocessableEntity).shows("sudah dilampirkan");
    let page = finance.get(&format!("{path}?pesan=spj_attached"));
    page.shows("Pindaian sudah dilampirkan").shows("dari ponsel").lacks("Foto penyerahan belum ada");
    let scan = page.between("href=\"/keuangan/spj/bukti/", "\"");
    let scan = finance.get(&format!("/keuangan/spj/bukti/{scan}"));
    assert_eq!((scan.status, scan.content_type.as_str()), (Status::Ok, "image/png"));
    world.officer(Role::Auditor).get(path).is(Status::Ok).lacks("Lampirkan pindaian");
    world.officer(Role::Verifier).get(path).is(Status::Forbidden);
}

#[test]
fn the_report_is_taken_along_by_those_who_read_money() {
    let world = World::new();
    at_the_counter(&world, 1);
    let auditor = world.officer(Role::Auditor);
    let csv = auditor.get("/keuangan/spj/unduh?tahun=2026&bentuk=csv");
    csv.is(Status::Ok);
    assert!(csv.body.starts_with("Perintah bayar,Kode permohonan,Penerima,"), "{}", csv.body);
    auditor.get("/keuangan/spj/unduh?tahun=2026&bentuk=pdf").is(Status::BadRequest);
    let xlsx = auditor.get("/keuangan/spj/unduh?tahun=2026&bulan=6&bentuk=xlsx");
    assert!(xlsx.is(Status::Ok).content_type.contains("spreadsheetml"), "{}", xlsx.content_type);
    world.operator().get("/keuangan/spj").is(Status::Forbidden);
}

#[test]
fn the_full_list_is_for_few_and_the_masked_one_for_the_notice_board() {
    let world = World::new();
    at_the_counter(&world, 1);
    let finance = world.log_in("bendahara");
    let desk = finance.get("/keuangan");
    desk.shows("Daftar untuk diumumkan (PDF)");
    let link = |label: &str| {
        let before = desk.body.split(label).next().unwrap();
        before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let (full, masked) = (link("Daftar nominatif (PDF)"), link("Daftar untuk diumumkan (PDF)"));
    for role in [Role::Finance, Role::Approver, Role::Auditor] {
        world.officer(role).get(&full).is(Status::Ok);
        world.officer(role).get(&masked).is(Status::Ok);
    }
    world.officer(Role::Verifier).get(&full).is(Status::Forbidden);
    world.operator().get(&full).is(Status::NotFound);
    for person in [world.officer(Role::Verifier), world.operator(), world.village_head()] {
        person.get(&masked).is(Status::Ok);
    }
    let order = finance.get("/keuangan/spj").between("href=\"/keuangan/spj/perintah/", "\"");
    let page = finance.get(&format!("/keuangan/perintah/{order}"));
    page.shows("Daftar untuk diumumkan (PDF)").shows("Bukti SPJ");
    let claim = format!("/permohonan/{}", page.between("href=\"/permohonan/", "\""));
    for person in [world.operator(), world.village_head()] {
        let page = person.get(&claim);
        assert!(page.shows("Daftar untuk diumumkan").lacks(&full).body.contains(&masked));
    }
}
