//! The clerk's desk: look into the register, file, repair.

use rocket::http::Status;
use santunan::domain::access::Role;
use santunan::exchange::register_file::{Mappings, RegisterFile};
use santunan::workflow::accounts::log_in;
use santunan::workflow::import::{Origin, import_register};

use super::world::{World, borrowed, claim_fields, with};

#[test]
fn one_nik_fills_the_form_and_the_family_is_offered_as_heirs() {
    let world = World::new();
    let (deceased, wife) = world.family(0);
    let nik = deceased.nik.as_ref().unwrap().expose();
    let clerk = world.operator();
    clerk.get("/permohonan/baru").is(Status::Ok).shows("Almarhum/almarhumah");
    let found = clerk.post("/permohonan/baru", &[("aksi", "cari"), ("kunci", "k"), ("almarhum.nik", nik), ("pelapor.nama", "BUDI")]);
    found.is(Status::Ok).shows("Data ditemukan").shows(&wife.name);
    assert!(found.body.contains(&format!("name=\"almarhum.nama\" value=\"{}\"", deceased.name)));
    assert!(found.body.contains("value=\"BUDI\""), "what was typed stays");
    let card = deceased.family_card.as_ref().unwrap().expose();
    let fields = [("aksi", "pilih"), ("almarhum.nik", nik), ("almarhum.no_kk", card), ("pilih_ahli_waris", wife.register_id.as_str())];
    let chosen = clerk.post("/permohonan/baru", &fields);
    assert!(chosen.body.contains(&format!("name=\"ahli_waris[0].nama\" value=\"{}\"", wife.name)));
    assert!(chosen.body.contains("<option value=\"ISTRI\" selected"));
}

#[test]
fn a_nik_of_another_village_or_of_nobody_leads_to_typing_by_hand() {
    let world = World::new();
    let (deceased, _) = world.family(0);
    let other = world.log_in("operator.kalisari");
    let page = other.post("/permohonan/baru", &[("aksi", "cari"), ("almarhum.nik", deceased.nik.as_ref().unwrap().expose())]);
    page.is(Status::Ok).shows("tercatat di desa lain").lacks(&deceased.name);
    other.post("/permohonan/baru", &[("aksi", "cari"), ("almarhum.nik", "3399014107450001")]).shows("belum ada di data kependudukan");
    other.post("/permohonan/baru", &[("aksi", "cari"), ("almarhum.nik", "33")]).shows("tertulis 2 angka");
}

#[test]
fn a_nik_that_is_not_found_may_stand_in_a_row_nobody_can_read() {
    let world = World::new();
    let text = "id,nik,nama,tgl_lahir,kode_desa\nX1,332501410465980,WARSINAH,1965-04-01,33.25.01.2006\n";
    let released_on = super::office::office_day().date_naive();
    let mut file = RegisterFile::open(std::io::Cursor::new(text.as_bytes()), &Mappings::built_in(), released_on).unwrap();
    let admin = log_in(&world.desk, "admin", super::world::PASSWORD).map_err(|why| why.to_string()).unwrap().actor;
    import_register(&world.desk, &admin, Origin { source: "EKSPOR", released_on, file_name: "ekspor.csv", file: &mut file }, || {})
        .unwrap();
    let search = |who: &str| world.log_in(who).post("/permohonan/baru", &[("aksi", "cari"), ("almarhum.nik", "3325014104659803")]);
    search("operator.wonotunggal").shows("1 baris yang NIK-nya tidak terbaca").shows("mungkin tercatat");
    search("operator.kalisari").shows("belum ada di data kependudukan");
}

#[test]
fn a_claim_is_filed_with_code_findings_and_a_receipt_to_print() {
    let world = World::new();
    let clerk = world.operator();
    let code = clerk.file(0);
    let page = clerk.get(&format!("/permohonan/{code}/tercatat"));
    page.is(Status::Ok).shows(&code).shows("Cetak tanda terima").shows("Hasil pemeriksaan awal");
    let receipt = clerk.get(&page.between("class=\"btn\" href=\"", "\""));
    receipt.is(Status::Ok);
    assert_eq!(receipt.content_type, "application/pdf");
    assert!(receipt.body.starts_with("%PDF-"));
    clerk.get("/beranda").shows(&code).shows("Menunggu pengesahan desa");
}

#[test]
fn the_same_form_sent_twice_is_one_claim() {
    let world = World::new();
    let clerk = world.operator();
    let fields = claim_fields(&world, 0, "satu-kunci");
    let first = clerk.post("/permohonan/baru", &borrowed(&fields));
    let second = clerk.post("/permohonan/baru", &borrowed(&fields));
    assert_eq!((first.status, &first.location), (Status::SeeOther, &second.location));
    let changed = with(fields, "tempat_meninggal", "RSUD");
    clerk.post("/permohonan/baru", &borrowed(&changed)).is(Status::Conflict).shows("sudah pernah dikirim dengan isi yang berbeda");
    let again = claim_fields(&world, 0, "kunci-lain");
    clerk.post("/permohonan/baru", &borrowed(&again)).is(Status::Conflict).shows("sudah memiliki permohonan");
}

#[test]
fn faults_come_all_at_once_and_everything_typed_stays() {
    let world = World::new();
    let clerk = world.operator();
    let mut fields = claim_fields(&world, 0, "k");
    for (key, value) in
        [("almarhum.nik", "33250"), ("tgl_meninggal", "31-02-2026"), ("ahli_waris[0].no_hp", "12"), ("almarhum.nama", "NI'MAH <b>")]
    {
        fields = with(fields, key, value);
    }
    let page = clerk.post("/permohonan/baru", &borrowed(&fields));
    page.is(Status::UnprocessableEntity).shows("Mohon periksa 4 isian berikut").shows("tertulis 5 angka").shows("tidak ada dalam kalender");
    for kept in ["value=\"33250\"", "value=\"31-02-2026\"", "value=\"12\"", "DUKUH KRAJAN", "value=\"k\""] {
        assert!(page.body.contains(kept), "{kept}");
    }
    page.lacks("NI'MAH <b>");
    clerk.get("/beranda").shows("Tidak ada permohonan");
}

#[test]
fn papers_are_taken_by_their_content_and_unusable_ones_explained() {
    let world = World::new();
    let clerk = world.operator();
    let fields = claim_fields(&world, 0, "k");
    let too_large = [b"%PDF-1.7".as_slice(), &vec![0; 2 * 1024 * 1024]].concat();
    let bad: [(&str, &str, &[u8]); 4] = [
        ("berkas.kk", "kk.pdf", b"MZ exe"),
        ("berkas.sktm", "sktm.jpg", b""),
        ("berkas.buku_rekening", "b.pdf", &too_large),
        ("berkas.ktp_almarhum", "", b""),
    ];
    let page = clerk.post_files("/permohonan/baru", &borrowed(&fields), &bad);
    page.is(Status::UnprocessableEntity)
        .shows("Mohon periksa 3 isian")
        .shows("bukan JPG, PNG, atau PDF")
        .shows("kosong (0 byte)")
        .shows("lebih besar dari 2 MB");
    let good: [(&str, &str, &[u8]); 1] = [("berkas.kk", "foto.exe", b"\x89PNG\r\n\x1a\nisi")];
    let filed = clerk.post_files("/permohonan/baru", &borrowed(&fields), &good);
    filed.is(Status::SeeOther);
    let code = filed.location.split('/').nth(2).unwrap();
    let claim = clerk.get(&format!("/permohonan/{code}"));
    let paper = clerk.get(&format!("/permohonan/{code}/berkas/{}", claim.between(&format!("/permohonan/{code}/berkas/"), "\"")));
    assert_eq!((paper.status, paper.content_type.as_str(), paper.bytes), (Status::Ok, "image/png", 11));
}

#[test]
fn a_returned_claim_is_repaired_and_keeps_its_filing_date() {
    let world = World::new();
    let clerk = world.operator();
    let code = clerk.file(0);
    let fault = "Foto berkas belum terbaca -> Mohon difoto ulang.";
    world.village_head().step(&code, "return", fault).is(Status::SeeOther);
    clerk.get(&format!("/permohonan/{code}")).shows("Perbaiki permohonan").shows("Mohon difoto ulang");
    let form = clerk.get(&format!("/permohonan/{code}/perbaiki"));
    form.is(Status::Ok).shows("Yang perlu diperbaiki").shows("Foto berkas belum terbaca");
    let version = form.between("name=\"versi\" value=\"", "\"");
    let fields = with(with(claim_fields(&world, 0, "kunci-0"), "tempat_meninggal", "RSUD BATANG"), "versi", &version);
    let sent = clerk.post(&format!("/permohonan/{code}/perbaiki"), &borrowed(&fields));
    sent.is(Status::SeeOther);
    clerk.get(&format!("/permohonan/{code}")).shows("RSUD BATANG").shows("diajukan 22 Juni 2026").shows("Diajukan kembali");
    clerk.get(&format!("/permohonan/{code}/perbaiki")).is(Status::Conflict);
}

#[test]
fn a_guardian_is_asked_folded_and_a_proxy_only_where_the_rules_know_one() {
    let world = World::new();
    let clerk = world.operator();
    let blank = clerk.get("/permohonan/baru");
    blank.is(Status::Ok).lacks("name=\"kuasa.nik\"").lacks("tanpa_ahli_waris");
    assert!(blank.body.contains("<details class=\"part\"><summary><b>Wali</b>"), "folded while nothing is typed");
    assert!(blank.bytes < 40_000, "{}", blank.bytes);
    let fields = with(with(claim_fields(&world, 0, "wali"), "wali.nama", "SULASTRI"), "kuasa.nama", "TARMUDI");
    let page = clerk.post("/permohonan/baru", &borrowed(&fields));
    page.is(Status::UnprocessableEntity).shows("Mohon isi NIK wali").shows("Mohon isi NIK penerima kuasa");
    assert!(page.body.contains("<details class=\"part\" open><summary><b>Wali</b>"), "open where something is missing");
    assert!(page.body.contains("value=\"SULASTRI\"") && page.body.contains("value=\"TARMUDI\""), "what was typed stays");
    let whole = ["wali", "kuasa"].iter().fold(fields, |fields, part| {
        let fields = with(fields, &format!("{part}.nik"), "3325014101700009");
        with(fields, &format!("{part}.hubungan"), "paman")
    });
    let filed = clerk.post("/permohonan/baru", &borrowed(&whole));
    filed.is(Status::SeeOther);
    clerk.get("/beranda").is(Status::Ok);
}

#[test]
fn the_clerks_desk_is_light() {
    let world = World::new();
    let clerk = world.operator();
    let count = 26;
    for n in 0..count {
        clerk.file(n);
    }
    let desk = clerk.get("/beranda");
    desk.shows("Tampilkan berikutnya");
    let style = world.get_anonymous(santunan::web::style::CSS_HREF.as_str());
    assert!(desk.bytes + style.bytes < 50_000, "{} + {}", desk.bytes, style.bytes);
    assert!(clerk.get("/permohonan/baru").bytes < 50_000);
    clerk.get("/beranda?mulai=25").is(Status::Ok).lacks("Tampilkan berikutnya");
    let (deceased, _) = world.family(3);
    clerk.get(&format!("/beranda?cari={}", deceased.name.replace(' ', "%20"))).shows(&deceased.name);
    assert_eq!(world.officer(Role::Auditor).get("/permohonan").status, Status::Ok);
}
