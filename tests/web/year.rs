//! The budget through the year at the browser: lines, waiting list, programme, end of the year.

use chrono::{NaiveDate, TimeZone, Utc};
use rocket::http::Status;
use santunan::domain::access::Role;
use santunan::domain::budget::YearAct;
use santunan::domain::payment::DepositSlip;
use santunan::exchange::pack::included;
use santunan::store::money::orders;
use santunan::workflow::money::cash::{deposit, return_unclaimed};
use santunan::workflow::money::{close_order, confirm_year_act, plan_year_end, propose_year_act, verify_ledger};
use santunan::workflow::{OfficeSources, open_office};

use super::cash::{at_the_counter, keep, person};
use super::office::region;
use super::world::{Person, World};

const NOTICE: &str = "Anggaran tahun ini sudah habis. Permohonan tetap kami terima.";

/// The id of the year's line, and the year's page as finance sees it.
fn line(finance: &Person<'_>) -> String {
    finance.get("/anggaran").between("action=\"/anggaran/mata/", "/perubahan\"")
}

/// A claim on the road up to the approver.
fn verified(world: &World, n: usize) -> String {
    let code = world.operator().file(n);
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    world.officer(Role::Verifier).step(&code, "verify", "").is(Status::SeeOther);
    code
}

fn set_ceiling(finance: &Person<'_>, document: &str, ceiling: &str) {
    let id = line(finance);
    let field = |name: &str| format!("{name}_{id}");
    let fields = [
        (field("dokumen"), document),
        (field("tanggal"), "20-06-2026"),
        (field("pagu"), ceiling),
        (field("alasan"), "perubahan APBD tahun berjalan"),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    finance.post(&format!("/anggaran/mata/{id}/perubahan"), &fields).is(Status::SeeOther);
}

#[test]
fn finance_keeps_the_lines_and_everybody_with_money_reads_them() {
    let world = World::new();
    let finance = world.officer(Role::Finance);
    finance.get("/anggaran").shows("Belanja Tidak Terduga").shows("Rp2.500.000.000").shows("1 dokumen anggaran");
    let id = line(&finance);
    let revise = format!("/anggaran/mata/{id}/perubahan");
    let field = |name: &str| format!("{name}_{id}");
    let (date, ceiling, document, reason) = (field("tanggal"), field("pagu"), field("dokumen"), field("alasan"));
    let wrong = [(date.as_str(), "31-02-2026"), (ceiling.as_str(), "banyak"), (document.as_str(), "DPPA 7/2026")];
    let again = finance.post(&revise, &wrong);
    again.is(Status::UnprocessableEntity).shows("kalender");
    assert!(again.body.contains("value=\"DPPA 7/2026\""), "what was typed stays");
    let good = [(date.as_str(), "20-06-2026"), (ceiling.as_str(), "Rp3.000.000.000"), (document.as_str(), "DPPA 7/2026")];
    finance.post(&revise, &good).is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    let good = [good.as_slice(), &[(reason.as_str(), "perubahan APBD tahun berjalan")]].concat();
    finance.post(&revise, &good).is(Status::SeeOther);
    finance.post(&revise, &good).is(Status::UnprocessableEntity);
    finance.get("/anggaran?pesan=budget_revised").shows("Perubahan pagu sudah dicatat").shows("+Rp500.000.000").shows("2 dokumen anggaran");
    let new = [
        ("tahun", "2026"),
        ("sumber", "BANSOS"),
        ("rekening", "5.1.06.01.01.0001"),
        ("nama", "Belanja Bantuan Sosial"),
        ("dokumen", "DPA 12/2026"),
        ("tanggal", "20-06-2026"),
        ("pagu", "50000000"),
        ("batas", "80"),
    ];
    finance.post("/anggaran/mata", &new).is(Status::SeeOther);
    finance.post("/anggaran/mata", &new).is(Status::UnprocessableEntity).shows("sudah ada");
    for role in [Role::Approver, Role::Auditor] {
        world.officer(role).get("/anggaran").shows("Semua mata anggaran").shows("Rp3.050.000.000").lacks("Tambah mata anggaran");
    }
    finance.get("/anggaran?tahun=2027").shows("Belum ada mata anggaran untuk tahun 2027");
}

#[test]
fn whoever_waits_reads_their_place_and_is_released_in_order() {
    let world = World::new();
    let (finance, head) = (world.officer(Role::Finance), world.officer(Role::Approver));
    let codes = [0, 1, 2].map(|n| verified(&world, n));
    set_ceiling(&finance, "DPPA 1", "1000000");
    for code in &codes {
        head.step(code, "approve", "").is(Status::SeeOther);
    }
    head.get("/beranda").shows("sudah melewati 90 % pagu");
    head.get(&format!("/permohonan/{}", codes[2])).shows("urutan 2 dari 2, menunggu anggaran tambahan");
    finance.post("/anggaran/perkiraan", &[("perkiraan", "15-10-2026"), ("tambahan", "1000000")]).is(Status::SeeOther);
    let page = finance.get("/anggaran");
    page.shows("1 dari 2").shows("2 dari 2").shows("perkiraan Oktober 2026").shows("setelah perubahan yang diumumkan");
    page.lacks("Lepas daftar tunggu</button>");
    let (deceased, _) = world.family(1);
    let nik = deceased.nik.as_ref().unwrap().expose();
    let status = |code: &str, nik: &str| {
        let body = super::world::encode(&[("kode", code), ("angka", &nik[12..])]);
        let form = rocket::http::ContentType::Form;
        super::world::Page::of(world.client.post("/status").header(form).body(body).dispatch())
    };
    status(&codes[1], nik).shows("urutan 1 dari 2, perkiraan Oktober 2026");
    set_ceiling(&finance, "DPPA 2", "2000000");
    head.get("/anggaran").shows("Pagu sekarang cukup untuk 1 teratas").shows("Lepas daftar tunggu");
    let outcome = head.post("/anggaran/daftar-tunggu", &[]);
    outcome.is(Status::Ok).shows("1 permohonan disetujui dari daftar tunggu; 1 masih menunggu").shows("menunggu tambahan anggaran");
    finance.post("/anggaran/perkiraan", &[("langkah", "hapus")]).is(Status::SeeOther);
    finance.get("/anggaran").lacks("Oktober 2026");
}

#[test]
fn a_suspended_programme_is_told_to_everybody() {
    let world = World::new();
    let (finance, head) = (world.officer(Role::Finance), world.officer(Role::Approver));
    let fields =
        |notice| [("langkah", "henti"), ("mulai", "22-06-2026"), ("pengumuman", notice), ("alasan_henti", "pagu sudah habis terpakai")];
    finance.post("/anggaran/program", &fields(NOTICE)).is(Status::Forbidden);
    head.post("/anggaran/program", &fields("habis")).is(Status::UnprocessableEntity).shows("pengumuman bagi keluarga");
    head.post("/anggaran/program", &fields(NOTICE)).is(Status::SeeOther);
    for path in ["/", "/syarat"] {
        world.get_anonymous(path).shows(NOTICE);
    }
    world.operator().get("/permohonan/baru").shows(NOTICE);
    let code = verified(&world, 0);
    let queued = head.step(&code, "approve", "");
    queued.is(Status::SeeOther);
    assert!(queued.location.contains("queue"), "{}", queued.location);
    head.get(&format!("/permohonan/{code}")).shows("urutan 1 dari 1, setelah program dibuka kembali");
    head.post("/anggaran/daftar-tunggu", &[]).is(Status::Conflict).shows("dihentikan sementara");
    head.post("/anggaran/program", &[("langkah", "buka"), ("alasan_buka", "ya")]).is(Status::UnprocessableEntity);
    head.post("/anggaran/program", &[("langkah", "buka"), ("alasan_buka", "perubahan anggaran sudah berlaku")]).is(Status::SeeOther);
    world.get_anonymous("/").lacks(NOTICE);
    head.post("/anggaran/daftar-tunggu", &[]).is(Status::Ok).shows("1 permohonan disetujui");
}

#[test]
fn the_year_is_not_closed_before_its_end() {
    let world = World::new();
    let finance = world.officer(Role::Finance);
    finance.get("/anggaran").shows("Dapat ditutup mulai 1 Januari 2027").lacks("Ajukan penutupan");
    let ask = |step: &str| finance.post("/anggaran/tahun/2026", &[("langkah", step), ("alasan_tahun", "akhir tahun anggaran")]);
    ask("close").is(Status::UnprocessableEntity).shows("mulai 1 Januari 2027");
    ask("reopen").is(Status::UnprocessableEntity).shows("belum ditutup");
    ask("lain").is(Status::BadRequest);
}

#[test]
fn the_limit_from_which_desks_warn_is_changed_at_the_page() {
    let world = World::new();
    let finance = world.officer(Role::Finance);
    let id = line(&finance);
    let path = format!("/anggaran/mata/{id}/batas");
    let (limit, reason) = (format!("batas_{id}"), format!("alasan_batas_{id}"));
    let send = |percent: &str, why: &str| finance.post(&path, &[(&limit, percent), (&reason, why)]);
    send("banyak", "peringatan lebih awal").is(Status::UnprocessableEntity).shows("dengan angka, misalnya 90");
    let short = send("75 %", "awal");
    short.is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    assert!(short.body.contains("value=\"75 %\""), "what was typed stays");
    send("101", "peringatan lebih awal").is(Status::UnprocessableEntity).shows("antara 1 dan 100 persen");
    send("75 %", "peringatan lebih awal").is(Status::SeeOther);
    finance.get("/anggaran?pesan=budget_limit").shows("Batas peringatan sudah diubah").shows("Batas peringatan 75 % dari pagu");
    world.officer(Role::Approver).post(&path, &[(&limit, "50"), (&reason, "peringatan lebih awal")]).is(Status::Forbidden);
}

#[test]
fn a_year_is_closed_and_opened_again_by_two_persons_at_the_browser() {
    let world = World::at(Utc.with_ymd_and_hms(2027, 1, 4, 2, 0, 0).unwrap());
    let (first, second) = (world.log_in("bendahara"), world.log_in("ppk"));
    let page = "/anggaran?tahun=2026";
    let send = |person: &Person<'_>, fields: &[(&str, &str)]| person.post("/anggaran/tahun/2026", fields);
    let ask = |step: &str| send(&first, &[("langkah", step), ("alasan_tahun", "akhir tahun anggaran")]);
    ask("close").is(Status::SeeOther);
    ask("close").is(Status::UnprocessableEntity).shows("menunggu orang kedua");
    let id = first.get(page).shows("Tarik pengajuan").between("name=\"id\" value=\"", "\"");
    assert!(!first.get(page).body.contains("value=\"sahkan\""), "nobody confirms their own");
    send(&first, &[("langkah", "sahkan"), ("id", &id)]).is(Status::UnprocessableEntity).shows("orang lain daripada yang mengajukannya");
    send(&first, &[("langkah", "tarik"), ("id", &id)]).is(Status::SeeOther);
    first.get(&format!("{page}&pesan=year_withdrawn")).shows("Pengajuan ditarik").shows("Ajukan penutupan").lacks("value=\"tarik\"");
    ask("close").is(Status::SeeOther);
    let seen = second.get(page);
    let (id, seal) = (seen.between("name=\"id\" value=\"", "\""), seen.between("name=\"segel\" value=\"", "\""));
    send(&second, &[("langkah", "sahkan"), ("id", &id), ("segel", "lain")]).is(Status::Conflict).shows("Daftar berubah");
    send(&second, &[("langkah", "sahkan"), ("id", &id), ("segel", &seal)]).is(Status::SeeOther);
    send(&second, &[("langkah", "sahkan"), ("id", &id), ("segel", &seal)]).is(Status::Conflict);
    second
        .get(&format!("{page}&pesan=year_done"))
        .shows("Sudah dilakukan dan dibukukan")
        .shows("Ditutup")
        .shows("Ajukan pembukaan kembali");
    ask("reopen").is(Status::SeeOther);
    let id = second.get(page).shows("Buka kembali tahun anggaran").between("name=\"id\" value=\"", "\"");
    send(&second, &[("langkah", "sahkan"), ("id", &id), ("segel", "")]).is(Status::SeeOther);
    second.get(page).shows("Terbuka").shows("Ajukan penutupan");
    for role in [Role::Approver, Role::Auditor] {
        world.officer(role).get(page).lacks("Ajukan penutupan");
    }
}

/// An office of January 2027: what a family never collected went back to the treasury, and 2026 is closed. The payment, and the office.
fn deposited_and_closed() -> (String, World) {
    let (office, day) = (region("33.25"), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap());
    let world = World::new();
    at_the_counter(&world, 1);
    let world = world.later(Utc.with_ymd_and_hms(2026, 12, 1, 2, 0, 0).unwrap());
    let text = format!("{}\n[budget_rules]\ndeposited = \"next_year\"\n", included::OFFICE);
    open_office(&world.desk, OfficeSources { office: &text, policy: included::POLICY, emblem: included::EMBLEM }).unwrap();
    let [finance, second] = ["bendahara", "ppk"].map(|name| person(&world, name));
    let newest = || world.desk.store.read(|conn| orders::all(conn, &office)).unwrap().remove(0);
    let ids = [newest().items[0].id.clone()];
    return_unclaimed(&world.desk, &finance, &ids).unwrap();
    let slip = DepositSlip { number: "00045/STS/2026".into(), dated_on: day, value: newest().total };
    deposit(&world.desk, &finance, &slip, &ids).unwrap();
    close_order(&world.desk, &second, &newest().id, newest().version).unwrap();
    world.log_in("bendahara").get("/keuangan/loket/setor").shows("00045/STS/2026").lacks("tahun yang sudah ditutup");
    let world = world.later(Utc.with_ymd_and_hms(2027, 1, 4, 2, 0, 0).unwrap());
    let asked = propose_year_act(&world.desk, &finance, 2026, YearAct::Close, "akhir tahun anggaran").unwrap();
    let seal = plan_year_end(&world.desk, &office, 2026).unwrap().seal;
    confirm_year_act(&world.desk, &second, &asked.id, &seal).unwrap();
    let [id] = ids;
    (id, world)
}

#[test]
fn money_that_went_back_with_the_old_year_is_paid_from_the_new_one_at_the_browser() {
    let (id, world) = deposited_and_closed();
    let finance = world.log_in("bendahara");
    let new = [
        ("tahun", "2027"),
        ("sumber", "BTT"),
        ("rekening", "5.3.01.01.01.0001"),
        ("nama", "Belanja Tidak Terduga"),
        ("dokumen", "DPA 1/2027"),
        ("tanggal", "02-01-2027"),
        ("pagu", "50000000"),
        ("batas", "80"),
    ];
    finance.post("/anggaran/mata", &new).is(Status::SeeOther);
    let page = finance.get("/keuangan/loket/setor");
    page.shows("Disetor pada tahun yang sudah ditutup").shows(&world.family(0).1.name).shows("halaman Retur");
    keep(&world, "deposits_late", &page);
    world.officer(Role::Auditor).get("/keuangan/loket/setor").shows("Disetor pada tahun yang sudah ditutup").lacks("Buat perintah bayar");
    let send = |person: &Person<'_>| person.post("/keuangan/loket/setor/bayar", &[("terlambat", &id)]);
    send(&world.officer(Role::Approver)).is(Status::Forbidden);
    finance.post("/keuangan/loket/setor/bayar", &[]).is(Status::UnprocessableEntity);
    let made = send(&finance).is(Status::SeeOther).location.clone();
    finance.get(&made).shows(&world.family(0).1.name).shows("Rp1.000.000");
    send(&finance).is(Status::Conflict).shows("pembayaran yang berjalan");
    finance.get("/keuangan/loket/setor").lacks("Disetor pada tahun yang sudah ditutup");
    assert!(verify_ledger(&world.desk, &region("33.25")).unwrap().is_ok());
}
