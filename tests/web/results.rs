//! Bank answers, returns and bank profiles at a browser.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::world::World;

#[test]
fn a_file_that_is_none_is_refused_in_words_and_the_desk_stays_usable() {
    let world = World::new();
    let finance = world.officer(Role::Finance);
    finance.get("/keuangan/hasil").is(Status::Ok).shows("Belum ada").shows("Impor laporan bank");
    finance.post("/keuangan/hasil", &[("profil", "csv")]).is(Status::UnprocessableEntity).shows("pilih berkas dari bank");
    let sent = finance.post_files("/keuangan/hasil", &[("profil", "csv")], &[("berkas_hasil", "hasil.csv", b"halo,dunia\n1,2\n")]);
    sent.is(Status::UnprocessableEntity).shows("Berkas hasil bank tidak dapat diimpor");
    let unknown =
        b"Kode Permohonan,Nomor Rekening,Nama Penerima,Jumlah (Rp),Status,Keterangan\nBTG-ZZZZ-ZZZZ,99887766,SITI,1000000,SUKSES,\n";
    let sent = finance.post_files("/keuangan/hasil", &[("profil", "csv")], &[("berkas_hasil", "hasil.csv", unknown)]);
    assert_eq!(sent.location, "/keuangan/hasil?pesan=report", "{}", sent.text());
    let desk = finance.get(&sent.location);
    desk.shows("Tidak dikenal").shows("BTG-ZZZZ-ZZZZ").lacks("99887766");
    let report = desk.between("href=\"/keuangan/hasil/", "\"");
    finance.get(&format!("/keuangan/hasil/{report}?hasil=unknown")).is(Status::Ok).shows("Bukan pembayaran yang dikenal");
    let path = format!("/keuangan/hasil/{report}/baris");
    let key = format!("alasan_{report}_1");
    let short = finance.post(&path, &[("baris", "1"), ("tindakan", "catat"), (key.as_str(), "ya")]);
    short.is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    let told = [("baris", "1"), ("tindakan", "catat"), (key.as_str(), "milik dinas lain, sudah ditelepon")];
    assert_eq!(finance.post(&path, &told).location, "/keuangan/hasil?pesan=report_line");
    finance.get("/keuangan/hasil").shows("Tidak ada baris yang menunggu");
    let again = finance.post_files("/keuangan/hasil", &[("profil", "csv")], &[("berkas_hasil", "hasil.csv", unknown)]);
    assert_eq!(again.location, "/keuangan/hasil?pesan=report_again");
    world.officer(Role::Auditor).get("/keuangan/hasil").is(Status::Ok).lacks("Impor laporan bank");
}

#[test]
fn every_role_that_may_sees_what_came_back() {
    let world = World::new();
    for role in [Role::Finance, Role::Approver, Role::Auditor] {
        world.officer(role).get("/keuangan/retur").is(Status::Ok).shows("Pembayaran yang kembali");
    }
    world.operator().get("/keuangan/retur").is(Status::Ok).shows("Tidak ada");
    let finance = world.officer(Role::Finance);
    finance.post("/keuangan/retur/perintah", &[]).is(Status::UnprocessableEntity).shows("Tidak ada koreksi yang sudah disetujui");
}

#[test]
fn a_profile_is_tried_before_it_is_kept_and_tells_every_fault() {
    let world = World::new();
    let finance = world.officer(Role::Finance);
    let page = finance.get("/keuangan/profil-bank?profil=csv");
    page.is(Status::Ok).shows("Daftar pembayaran CSV").shows("Kode Permohonan");
    let broken = finance.post("/keuangan/profil-bank", &[("tindakan", "simpan"), ("profil", "name = \"Salah Nama\"")]);
    broken.is(Status::UnprocessableEntity).shows("Profil belum dapat dipakai").shows("Salah Nama");
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/bank_profiles/csv.toml")).unwrap();
    let own = text.replace("name = \"csv\"", "name = \"kas\"");
    finance.post("/keuangan/profil-bank", &[("tindakan", "uji"), ("profil", &own)]).is(Status::Ok).shows("Hasil uji").shows("BAYAR_");
    finance.get("/keuangan/profil-bank").lacks("profil=kas");
    let kept = finance.post("/keuangan/profil-bank", &[("tindakan", "simpan"), ("profil", &own)]);
    finance.get(&kept.location).is(Status::Ok).shows("Milik kantor");
}
