//! The counter through its pages: invite, look at the card, hand over, count, give back.

use chrono::NaiveDate;
use rocket::http::Status;
use santunan::domain::access::{Actor, Role};
use santunan::domain::payment::{PaperKind, TreasuryPaper};
use santunan::workflow::accounts::log_in;
use santunan::workflow::money::{Release, check_order, lock_decree, make_order, record_paper, release_order, sign_decree, verify_ledger};

use super::office::{PASSWORD, office_day, region};
use super::world::{Page, Person, World};

/// Keeps a page for somebody to look at, on screen and on paper.
pub(super) fn keep(world: &World, name: &str, page: &Page) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    std::fs::create_dir_all(&folder).unwrap();
    let style = page.between("rel=\"stylesheet\" href=\"", "\"");
    std::fs::write(folder.join("gaya.css"), world.get_anonymous(&style).body).unwrap();
    std::fs::write(folder.join(format!("{name}.html")), page.body.replace(&style, "gaya.css")).unwrap();
    for banned in ["<script", "style=\"", "<style", "onclick", "javascript:"] {
        assert!(!page.body.contains(banned), "{name}: {banned}");
    }
}

pub(super) fn person(world: &World, username: &str) -> Actor {
    log_in(&world.desk, username, PASSWORD).map_err(|why| why.to_string()).unwrap().actor
}

/// Families whose cash lies at the counter.
pub(super) fn at_the_counter(world: &World, families: usize) {
    for n in 0..families {
        let code = world.operator().file(n);
        world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
        world.officer(Role::Verifier).step(&code, "verify", "").is(Status::SeeOther);
        world.officer(Role::Approver).step(&code, "approve", "").is(Status::SeeOther);
    }
    let [maker, checker, releaser] = ["bendahara", "ppk", "kuasa.bud"].map(|name| person(world, name));
    let today = NaiveDate::from_ymd_opt(2026, 6, 22).unwrap();
    let decree = lock_decree(&world.desk, &maker, "").unwrap().decree;
    sign_decree(&world.desk, &maker, &decree.id, today).unwrap();
    let order = make_order(&world.desk, &maker, &decree.id, "").unwrap().order;
    for kind in PaperKind::ALL {
        let paper = TreasuryPaper { kind, number: format!("00123/{}/2026", kind.label()), dated_on: today, value: order.total };
        record_paper(&world.desk, &maker, &order.id, &paper).unwrap();
    }
    let checked = check_order(&world.desk, &checker, &order.id, order.version).unwrap();
    let release = Release { order_id: &order.id, expected_version: checked.version, password: PASSWORD, reason: "" };
    release_order(&world.desk, &releaser, &release).unwrap();
}

/// Last digits of the NIK of the n-th family's widow.
pub(super) fn digits(world: &World, n: usize) -> String {
    world.family(n).1.nik.unwrap().expose()[12..].to_owned()
}

/// Address of the handing-over of the n-th family.
pub(super) fn payment_of(world: &World, finance: &Person<'_>, n: usize) -> String {
    let page = finance.get(&format!("/keuangan/loket?cari={}", world.family(n).1.name.replace(' ', "+")));
    format!("/keuangan/loket/serah/{}", page.between("href=\"/keuangan/loket/serah/", "\""))
}

#[test]
fn a_village_is_invited_and_a_widow_takes_her_money_home() {
    let world = World::new();
    at_the_counter(&world, 3);
    let finance = world.log_in("bendahara");
    let desk = finance.get("/keuangan/loket");
    desk.shows("Rp3.000.000").shows("orang belum mengambil").shows("Belum diundang").shows("(3 orang)");
    keep(&world, "cash_desk", &desk);
    let plan = |fields: &[(&str, &str)]| finance.post("/keuangan/loket/hari", fields);
    let faulty = plan(&[("wilayah", ""), ("tanggal", "31-02-2026"), ("jam_buka", "pagi"), ("jam_tutup", "12.00"), ("kapasitas", "x")]);
    faulty
        .is(Status::UnprocessableEntity)
        .shows("Pilih desa atau kecamatan")
        .shows("kalender")
        .shows("tulis seperti 08.00")
        .shows("paling banyak 500");
    keep(&world, "cash_desk_faults", &faulty);
    let mut fields = vec![("wilayah", "33.25.01.2006"), ("tanggal", "22-06-2026"), ("jam_buka", "08.00"), ("jam_tutup", "11:30")];
    fields.extend([("kapasitas", "2"), ("tempat", "Balai Desa Wonotunggal")]);
    let day = plan(&fields).is(Status::SeeOther).location.replace("?pesan=cash_day", "");
    let list = finance.get(&format!("{day}?pesan=cash_day"));
    list.shows("Hari pengambilan sudah dibuat").shows("2 orang, jumlah Rp2.000.000").shows("08.00–11.30 WIB");
    keep(&world, "cash_day", &list);
    let notice = finance.get(&format!("{day}/undangan"));
    notice.shows("Tidak ada biaya").shows("surat kuasa asli").lacks(&digits(&world, 0));
    keep(&world, "cash_notice", &notice);
    taken_home(&world, &finance);
    finance.post(&format!("{day}/tutup"), &[]).is(Status::SeeOther);
    finance.get(&day).shows("Tidak datang").lacks("Tutup hari pengambilan");
    let auditor = world.officer(Role::Auditor);
    auditor.get("/keuangan/loket").shows("Hari pengambilan").lacks("Buat dan undang");
    assert!(verify_ledger(&world.desk, &region("33.25")).unwrap().is_ok());
}

fn taken_home(world: &World, finance: &Person<'_>) {
    let path = payment_of(world, finance, 0);
    let page = finance.get(&path);
    page.shows("Siapa yang datang?").lacks("Nomor surat kuasa").lacks(world.family(0).1.nik.unwrap().expose());
    keep(world, "cash_hand_over", &page);
    let version = page.between("name=\"versi\" value=\"", "\"");
    let give = |digits: &str, photo: &[u8]| {
        let fields =
            [("versi", version.as_str()), ("penerima", "payee"), ("dokumen", "ktp"), ("angka_nik", digits), ("tanda", "thumbprint")];
        finance.post_files(&path, &fields, &[("foto", "serah.png", photo)])
    };
    finance.post(&path, &[("versi", &version)]).is(Status::UnprocessableEntity).shows("Pilih siapa yang datang").shows("Pilih dokumen");
    let wrong = if digits(world, 0) == "0000" { "0001" } else { "0000" };
    let refused = give(wrong, b"\x89PNG\r\n\x1a\n");
    refused.is(Status::UnprocessableEntity).shows("Empat angka terakhir NIK tidak sama");
    keep(world, "cash_hand_over_faults", &refused);
    give(&digits(world, 0), b"%PDF-1.7").is(Status::UnprocessableEntity).shows("harus berupa JPG atau PNG");
    give(&digits(world, 0), b"\x89PNG\r\n\x1a\nfoto").is(Status::SeeOther);
    give(&digits(world, 0), b"\x89PNG\r\n\x1a\nfoto").is(Status::UnprocessableEntity).shows("Jangan diserahkan dua kali");
    let given = finance.get(&format!("{path}?pesan=cash_given"));
    given
        .shows("Penyerahan sudah dicatat")
        .shows("Cap jempol")
        .shows("KTP asli")
        .lacks("Uang sudah diserahkan")
        .lacks("Batalkan penyerahan");
    keep(world, "cash_given", &given);
    let photo = finance.get(&format!("{path}/foto"));
    assert_eq!((photo.status, photo.content_type.as_str()), (Status::Ok, "image/png"));
    // Who handed it over does not take it back; somebody else may.
    let second = world.log_in("ppk");
    let seen = second.get(&path).shows("Batalkan penyerahan").between("name=\"versi\" value=\"", "\"");
    second
        .post(&format!("{path}/batal"), &[("versi", &seen), ("alasan", "x")])
        .is(Status::UnprocessableEntity)
        .shows("paling sedikit 10 huruf");
    let reason = "Yang datang keluarga lain dengan nama sama";
    second.post(&format!("{path}/batal"), &[("versi", &seen), ("alasan", reason)]).is(Status::SeeOther);
    finance.get(&path).shows("Kembali (retur)");
}

#[test]
fn the_box_is_counted_and_money_goes_back_to_the_treasury_under_its_number() {
    let world = World::new();
    at_the_counter(&world, 3);
    let (finance, second) = (world.log_in("bendahara"), world.log_in("ppk"));
    for n in 0..2 {
        let path = payment_of(&world, &finance, n);
        let version = finance.get(&path).between("name=\"versi\" value=\"", "\"");
        let fields = [("versi", version.as_str()), ("penerima", "payee"), ("dokumen", "family_card"), ("tanda", "signature")];
        finance.post(&path, &[fields.as_slice(), &[("angka_nik", &digits(&world, n))]].concat()).is(Status::SeeOther);
    }
    let book = finance.get("/keuangan/loket/kas");
    book.shows("1–3. Terima uang kas dari pencairan: 3 penerima")
        .shows("SP2D 00123/SP2D/2026")
        .shows("satu juta rupiah")
        .shows("Belum ditutup");
    keep(&world, "cash_book", &book);
    let count = |cash: &str| finance.post("/keuangan/loket/kas", &[("hari", "22-06-2026"), ("tunai", cash), ("rekening", "")]);
    count("banyak").is(Status::UnprocessableEntity).shows("Jumlah uang");
    let short = count("Rp900.000");
    short.is(Status::Conflict).shows("kurang Rp100.000 dari buku").lacks("Tutup dengan penjelasan");
    keep(&world, "cash_book_short", &short);
    second.get("/keuangan/loket/kas").shows("Tutup dengan penjelasan").shows("Ada selisih");
    let explain = |words: &str| second.post("/keuangan/loket/kas/selisih", &[("hari", "22-06-2026"), ("penjelasan", words)]);
    explain("kurang").is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    let path = payment_of(&world, &finance, 2);
    undo_and_deposit(&world, &finance, &second);
    count("1.000.000").is(Status::SeeOther);
    explain("Selisih ditagihkan kepada bendahara").is(Status::UnprocessableEntity).shows("sudah ditutup");
    finance.get("/keuangan/loket/kas?hari=22-06-2026&pesan=cash_counted").shows("Sudah ditutup").shows("sama dengan buku");
    finance.get(&path).shows("Disetor ke kas daerah");
    assert!(verify_ledger(&world.desk, &region("33.25")).unwrap().is_ok());
    assert_eq!(office_day().date_naive(), NaiveDate::from_ymd_opt(2026, 6, 22).unwrap());
}

/// The third payment comes back as if it had waited long enough, and goes to the treasury.
fn undo_and_deposit(world: &World, finance: &Person<'_>, second: &Person<'_>) {
    let path = payment_of(world, finance, 2);
    let id = path.rsplit('/').next().unwrap().to_owned();
    finance.post("/keuangan/loket/tidak-diambil", &[]).is(Status::UnprocessableEntity).shows("Pilih paling sedikit satu");
    finance.post("/keuangan/loket/tidak-diambil", &[("pembayaran", &id)]).is(Status::UnprocessableEntity).shows("mulai 20 September 2026");
    let later = world.desk.at(santunan::clock::Clock::Fixed(office_day() + chrono::Days::new(90)));
    let treasurer = person(world, "bendahara");
    santunan::workflow::money::cash::return_unclaimed(&later, &treasurer, std::slice::from_ref(&id)).unwrap();
    let back = finance.get("/keuangan/loket/setor");
    back.shows("1 pembayaran, jumlah Rp1.000.000").shows("tidak diambil di loket");
    keep(world, "cash_deposits", &back);
    let slip = |number: &str, value: &str| {
        finance.post("/keuangan/loket/setor", &[("pembayaran", &id), ("nomor", number), ("tanggal", "20-09-2026"), ("nilai", value)])
    };
    slip("", "").is(Status::UnprocessableEntity).shows("Nilai:");
    slip("STS-1", "1.000.000").is(Status::UnprocessableEntity).shows("Tanggal STS");
    let date = NaiveDate::from_ymd_opt(2026, 9, 20).unwrap();
    let right = santunan::domain::payment::DepositSlip {
        number: "00045/STS/2026".into(),
        dated_on: date,
        value: santunan::domain::money::Rupiah::new(1_000_000).unwrap(),
    };
    santunan::workflow::money::cash::deposit(&later, &treasurer, &right, std::slice::from_ref(&id)).unwrap();
    let late = finance.post("/keuangan/loket/setor/bayar", &[("terlambat", &id)]);
    late.is(Status::UnprocessableEntity).shows("selesai dengan tahun anggarannya");
    finance.post("/keuangan/loket/setor/bayar", &[]).is(Status::UnprocessableEntity).shows("Pilih paling sedikit satu");
    finance.get("/keuangan/loket/setor").lacks("Disetor pada tahun yang sudah ditutup");
    finance.get("/keuangan/loket/setor").shows("STS 00045/STS/2026").lacks("Ambil lagi untuk dibayarkan");
    let slips = second.get("/keuangan/loket/setor");
    let version = slips.shows("Ambil lagi untuk dibayarkan").between("name=\"versi\" value=\"", "\"");
    let draw =
        [("pembayaran", id.as_str()), ("versi", &version), (&format!("alasan_{id}"), "lupa")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    let refused = second.post("/keuangan/loket/setor/tarik", &draw.each_ref().map(|(k, v)| (k.as_str(), v.as_str())));
    refused.is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf").shows("lupa");
    keep(world, "cash_slips", &refused);
}

#[test]
fn the_next_heir_is_proposed_at_the_counter() {
    let world = World::new();
    at_the_counter(&world, 1);
    let finance = world.log_in("bendahara");
    let path = payment_of(&world, &finance, 0);
    let page = finance.get(&path);
    let version = page.shows("Bila penerima meninggal").between("name=\"versi\" value=\"", "\"");
    let send = |name: &str, kin: &str, paper: &[u8]| {
        let fields = [
            ("versi", version.as_str()),
            ("pengganti_nama", name),
            ("pengganti_nik", "3325014101700009"),
            ("pengganti_hubungan", kin),
            ("dasar", "meninggal 20 Juni, surat waris ditunjukkan"),
        ];
        finance.post_files(&format!("{path}/pengganti"), &fields, &[("bukti", "surat.pdf", paper)])
    };
    let faulty = send("", "", b"bukan surat");
    faulty.is(Status::UnprocessableEntity).shows("Nama:").shows("Pilih hubungannya").shows("bukan JPG, PNG, atau PDF");
    assert!(faulty.body.contains("value=\"3325014101700009\""), "what was typed stays");
    keep(&world, "cash_next_heir_faults", &faulty);
    send("SULASTRI", "ANAK", b"%PDF-1.7").is(Status::SeeOther);
    let after = finance.get(&format!("{path}?pesan=cash_next_heir"));
    after.shows("Ahli waris pengganti sudah diusulkan").shows("Kembali (retur)").lacks("Uang sudah diserahkan");
    world.officer(Role::Approver).get("/keuangan/retur").shows("SULASTRI").shows("Setujui");
}
