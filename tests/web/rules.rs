//! What families and clerks see of the rules in force.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::world::{World, borrowed, claim_fields, with};

#[test]
fn everybody_reads_amount_deadline_routes_and_papers() {
    let world = World::new();
    let page = world.get_anonymous("/syarat");
    page.is(Status::Ok).shows("Rp1.000.000").shows("60 hari kalender setelah hari meninggal").shows("desil 1 sampai 4");
    page.shows("Surat keterangan tidak mampu dengan foto rumah").shows("Bila KK ahli waris berbeda").shows("21 Agustus 2026");
    world.get_anonymous("/").is(Status::Ok).shows("60 hari kalender setelah hari meninggal").shows("Lihat semua syarat");
}

#[test]
fn the_form_counts_the_days_once_the_day_of_death_is_known() {
    let world = World::new();
    let clerk = world.operator();
    clerk.get("/permohonan/baru").lacks("Batas pengajuan");
    let asked = |died: &str| clerk.post("/permohonan/baru", &[("aksi", "cari"), ("kunci", "k"), ("tgl_meninggal", died)]);
    asked("15-06-2026").shows("Batas pengajuan: sisa 53 hari, sampai 14 Agustus 2026");
    asked("23-04-2026").shows("hari terakhir, sampai 22 Juni 2026 pukul 23.59 WIB");
    asked("20-04-2026").shows("terlambat 3 hari, batasnya 19 Juni 2026");
}

#[test]
fn the_form_asks_for_the_papers_of_the_case() {
    let world = World::new();
    let clerk = world.operator();
    let asked = |way: &str| clerk.post("/permohonan/baru", &[("aksi", "cari"), ("kunci", "k"), ("cara_bayar", way)]);
    clerk.get("/permohonan/baru").shows("bila santunan dikirim ke rekening").lacks("Surat kuasa bermeterai");
    asked("tunai").lacks("Halaman depan buku rekening");
    asked("bank").shows("Halaman depan buku rekening").lacks("bila santunan dikirim ke rekening");
}

#[test]
fn a_late_claim_is_seen_and_accepted_on_its_page() {
    let world = World::new();
    let clerk = world.operator();
    let fields = with(with(claim_fields(&world, 0, "k"), "tgl_meninggal", "20-04-2026"), "tgl_surat_kematian", "21-04-2026");
    let filed = clerk.post("/permohonan/baru", &borrowed(&fields));
    let code = filed.location.split('/').nth(2).unwrap().to_owned();
    clerk.get("/beranda").shows("terlambat 3 hari, batasnya 19 Juni 2026");
    let page = format!("/permohonan/{code}");
    world.officer(Role::Verifier).get(&page).lacks("Terima keterlambatan");
    let head = world.officer(Role::Approver);
    head.get(&page).shows("Terima keterlambatan").shows("Menurut aturan");
    head.step(&code, "waive", "ya").is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    let done = head.step(&code, "waive", "Jalan desa terputus banjir.");
    assert_eq!(done.location, format!("{page}?pesan=waive"));
    head.get(&page).shows("Jalan desa terputus banjir.").lacks("Terima keterlambatan").shows("rute A");
    let again = [("langkah", "waive"), ("versi", "1"), ("alasan_waive", "Jalan desa terputus banjir.")];
    head.post(&format!("{page}/langkah"), &again).is(Status::Conflict);
}
