//! Undoing at the browser: amending a decree, annulling a claim, money that comes back.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::world::{Person, World};

const PDF: &[u8] = b"%PDF-1.7 bukti uji";

/// A claim on the road up to its approval.
fn approved(world: &World, n: usize) -> String {
    let code = world.operator().file(n);
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    world.officer(Role::Verifier).step(&code, "verify", "").is(Status::SeeOther);
    world.officer(Role::Approver).step(&code, "approve", "").is(Status::SeeOther);
    code
}

/// Everything approved on a decree that is signed; its id.
fn decreed(finance: &Person<'_>) -> String {
    let desk = finance.get("/keuangan");
    finance.post("/keuangan/sk", &[("segel", &desk.between("name=\"segel\" value=\"", "\""))]).is(Status::SeeOther);
    let id = finance.get("/keuangan").between("action=\"/keuangan/sk/", "/tanda-tangan\"");
    sign(finance, &id);
    id
}

fn sign(finance: &Person<'_>, id: &str) {
    let key = format!("tanggal_{id}");
    finance.post(&format!("/keuangan/sk/{id}/tanda-tangan"), &[(key.as_str(), "22-06-2026")]).is(Status::SeeOther);
}

#[test]
fn a_row_is_struck_and_another_changed_from_choice_to_signature() {
    let world = World::new();
    let (finance, head) = (world.officer(Role::Finance), world.officer(Role::Approver));
    let codes = [0, 1].map(|n| approved(&world, n));
    let decree = decreed(&finance);
    let path = format!("/keuangan/sk/{decree}/perubahan");
    finance.get("/keuangan").shows("Ubah SK ini");
    let list = finance.get(&path);
    list.is(Status::Ok).shows(&codes[0]).shows(&codes[1]);
    finance.get(&format!("{path}?cari={}", codes[1])).shows(&codes[1]).lacks(&codes[0]);
    finance.post(&path, &[("tindakan", "pilih")]).is(Status::UnprocessableEntity).shows("Pilih paling sedikit satu baris");
    let ids: Vec<String> =
        list.body.split("name=\"baris\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    let (struck, changed) = (&ids[0], &ids[1]);
    let form = finance.post(&path, &[("tindakan", "pilih"), ("baris", struck), ("baris", changed)]);
    form.is(Status::Ok).shows("Coret baris ini").shows("Dasar pencoretan");
    let version = form.between(&format!("name=\"versi_{struck}\" value=\""), "\"");
    let key = |field: &str, id: &str| format!("{field}_{id}");
    let fields = [
        ("baris".to_owned(), struck.clone()),
        ("baris".to_owned(), changed.clone()),
        (key("versi", struck), version.clone()),
        (key("versi", changed), version),
        (key("ubah", struck), "coret".to_owned()),
        (key("alasan", struck), "orangnya datang sendiri ke kantor desa".to_owned()),
        (key("ubah", changed), "betul".to_owned()),
        (key("cara", changed), "bank".to_owned()),
        (key("bank", changed), "BRI".to_owned()),
        (key("nomor", changed), "5955-0182-4129".to_owned()),
        (key("atas_nama", changed), "SITI".to_owned()),
        (key("alasan", changed), "keluarga meminta ditransfer saja".to_owned()),
    ];
    let with = |more: &[(&str, &str)]| -> Vec<(String, String)> {
        let more = more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        fields.iter().cloned().chain(more).collect()
    };
    let send = |more: &[(&str, &str)]| finance.post(&path, &super::world::borrowed(&with(more)));
    let kept = send(&[("tindakan", "pratinjau")]);
    kept.is(Status::UnprocessableEntity).shows("pilih dasar pencoretannya");
    assert!(kept.body.contains("orangnya datang sendiri ke kantor desa"), "what was typed stays");
    let ground = key("dasar", struck);
    let seen = send(&[("tindakan", "pratinjau"), (&ground, "person_alive")]);
    seen.is(Status::Ok).shows("Dicoret").shows("BRI ******4129").shows("1 penerima, Rp1.000.000").lacks("595501824129<");
    let bare = send(&[("tindakan", "usulkan"), (&ground, "person_alive")]);
    bare.is(Status::UnprocessableEntity).shows("Lampirkan dasarnya");
    let all = with(&[("tindakan", "usulkan"), (&ground, "person_alive")]);
    let proposed = finance.post_files(&path, &super::world::borrowed(&all), &[("bukti", "nota.pdf", PDF)]);
    assert!(proposed.location.starts_with("/keuangan/perubahan/"), "{}", proposed.text());
    let page = proposed.location.split('?').next().unwrap().to_owned();
    finance.get(&proposed.location).is(Status::Ok).shows("Usulan SK perubahan sudah dicatat").lacks("Kunci SK perubahan</button>");
    finance.post(&page, &[("tindakan", "kunci")]).is(Status::UnprocessableEntity).shows("bukan tugas akun Anda");
    finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).is(Status::UnprocessableEntity).shows("sedang diubah");
    head.get("/beranda").shows("1 menunggu putusan");
    head.get(&page).shows("Kunci SK perubahan").shows("Orangnya masih hidup");
    head.post(&page, &[("tindakan", "tarik"), ("alasan", "tidak")]).is(Status::UnprocessableEntity).shows("paling sedikit 10 huruf");
    head.post(&page, &[("tindakan", "kunci")]).is(Status::SeeOther);
    let locked = head.get(&page);
    locked.shows("Sudah dikunci").shows("Keputusan perubahan penetapan penerima");
    let letter = locked.between("href=\"/surat/", "\"");
    let pdf = head.get(&format!("/surat/{letter}"));
    assert_eq!((pdf.status, pdf.content_type.as_str()), (Status::Ok, "application/pdf"));
    finance.get(&format!("{page}/bukti")).is(Status::Ok);
    let amending = finance.get("/keuangan").between("action=\"/keuangan/sk/", "/tanda-tangan\"");
    sign(&finance, &amending);
    finance.get("/keuangan").shows("Mengubah SK").shows("Sudah diubah 1 kali");
    let order = finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]);
    order.is(Status::SeeOther);
    finance.get(&order.location).shows("BRI *********129");
    world.officer(Role::Auditor).get(&page).is(Status::Ok).lacks("Tarik usulan");
    world.officer(Role::Verifier).get(&page).is(Status::Forbidden);
}

/// Both claims paid at the counter: everything approved is ordered, released and collected.
fn paid(world: &World, code: &str) {
    let finance = world.log_in("bendahara");
    let decree = decreed(&finance);
    let order = finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).location.split('?').next().unwrap().to_owned();
    let papers = format!("{order}/surat-sipd");
    for kind in ["spp", "spm", "sp2d"] {
        let number = format!("{kind}/1");
        let fields = [("jenis", kind), ("nomor", &number), ("tanggal", "22-06-2026"), ("nilai", "1000000")];
        finance.post(&papers, &fields).is(Status::SeeOther);
    }
    for (who, step) in [("ppk", "check"), ("kuasa.bud", "release")] {
        let person = world.log_in(who);
        let version = person.get(&order).between("name=\"versi\" value=\"", "\"");
        let fields = [("versi", version.as_str()), ("langkah", step), ("kata_sandi", super::world::PASSWORD)];
        person.post(&format!("{order}/langkah"), &fields).is(Status::SeeOther);
    }
    let desk = finance.get("/keuangan/loket");
    let item = desk.between("/keuangan/loket/serah/", "\"");
    let page = finance.get(&format!("/keuangan/loket/serah/{item}"));
    let version = page.between("name=\"versi\" value=\"", "\"");
    let (_, wife) = world.family(0);
    let digits = wife.nik.as_ref().unwrap().expose()[12..].to_owned();
    let fields =
        [("versi", version.as_str()), ("penerima", "payee"), ("dokumen", "ktp"), ("angka_nik", digits.as_str()), ("tanda", "signature")];
    finance.post(&format!("/keuangan/loket/serah/{item}"), &fields).is(Status::SeeOther);
    finance.get(&format!("/permohonan/{code}")).shows("Sudah dibayar");
}

#[test]
fn a_paid_claim_is_annulled_by_two_and_its_money_followed_until_it_is_back() {
    let world = World::new();
    let code = approved(&world, 0);
    paid(&world, &code);
    let (asker, head) = (world.log_in("verifikator2"), world.officer(Role::Approver));
    let path = format!("/permohonan/{code}/pembatalan");
    asker.get(&format!("/permohonan/{code}")).shows("Pembatalan");
    let form = asker.get(&path);
    form.is(Status::Ok).shows("harus dikembalikan ke kas daerah");
    let version = form.between("name=\"versi\" value=\"", "\"");
    let ask = |ground: &str, words: &str, files: &[(&str, &str, &[u8])]| {
        asker.post_files(&path, &[("versi", &version), ("dasar", ground), ("penjelasan", words)], files)
    };
    let words = "orangnya datang sendiri ke kantor desa";
    let proof: [(&str, &str, &[u8]); 1] = [("bukti", "foto.pdf", PDF)];
    ask("", words, &proof).is(Status::UnprocessableEntity).shows("Pilih dasar pembatalannya").shows(words);
    ask("person_alive", words, &[]).is(Status::UnprocessableEntity).shows("Lampirkan buktinya");
    world.log_in("bendahara").get(&path).is(Status::Ok);
    assert_eq!(ask("person_alive", words, &proof).location, format!("{path}?pesan=annulment_asked"));
    asker.get(&path).shows("Menunggu Kepala Dinas").lacks("Batalkan permohonan</button>");
    let request = head.get(&path).between(&format!("action=\"{path}/"), "\"");
    let judge = format!("{path}/{request}");
    asker.post(&judge, &[("tindakan", "setuju")]).is(Status::Forbidden);
    head.post(&judge, &[("tindakan", "tolak")]).is(Status::UnprocessableEntity).shows("alasan penolakan");
    let done = head.post(&judge, &[("tindakan", "setuju")]);
    let case = done.location.split('?').next().unwrap().to_owned();
    assert!(case.starts_with("/keuangan/pengembalian/"), "{}", done.text());
    head.get(&done.location).shows("Uangnya harus kembali").shows("Rp1.000.000");
    head.get(&format!("/permohonan/{code}")).shows("Catatan kematiannya dicabut");

    let finance = world.log_in("bendahara");
    finance.get("/keuangan/pengembalian").shows(&code).shows("belum ada rencana angsuran");
    let version = || finance.get(&case).between("name=\"versi\" value=\"", "\"");
    let plan = |fields: &[(&str, &str)]| {
        let version = version();
        finance.post(&format!("{case}/rencana"), &[&[("versi", version.as_str())], fields].concat())
    };
    let basis = ("dasar_rencana", "surat pernyataan kesanggupan 22 Juni 2026");
    plan(&[("banyak", "nol"), ("mulai", "31-02-2026"), basis])
        .is(Status::UnprocessableEntity)
        .shows("isi angka 1 sampai 60")
        .shows("kalender");
    let wrong = plan(&[("rincian", "20-07-2026 Rp400.000\n20-08-2026 Rp500.000"), basis]);
    wrong.is(Status::UnprocessableEntity).shows("Samakan sampai ke rupiah").shows("Rp400.000");
    plan(&[("banyak", "3"), ("mulai", "20-07-2026"), basis]).is(Status::SeeOther);
    finance.get(&case).shows("20 Juli 2026").shows("Rp333.334").shows("Surat permintaan pengembalian");
    let record = |who: &Person<'_>, number: &str, value: &str| {
        let version = version();
        let fields = [("versi", version.as_str()), ("nomor", number), ("tanggal", "22-06-2026"), ("nilai", value)];
        who.post_files(&format!("{case}/angsuran"), &fields, &proof)
    };
    record(&finance, "STS-1", "Rp1.000.001").is(Status::UnprocessableEntity).shows("tidak melebihi itu");
    assert_eq!(record(&finance, "STS-1", "Rp333.334").location, format!("{case}?pesan=recovery_part"));
    record(&finance, "STS-1", "Rp1").is(Status::UnprocessableEntity).shows("sudah pernah dicatat");
    finance.get(&case).shows("Rp666.666").shows("Sudah masuk").shows("Bukti angsuran pengembalian");
    let (second, version_now) = (world.log_in("ppk"), version());
    let part = second.get(&case).between("name=\"setoran\" value=\"", "\"");
    let key = format!("alasan_{part}");
    let fields = [("versi", version_now.as_str()), ("setoran", part.as_str()), (key.as_str(), "nilai STS-nya Rp300.000")];
    second.post(&format!("{case}/koreksi"), &fields).is(Status::SeeOther);
    finance.get(&case).shows("Salah catat, sudah dibalik").shows("nilai STS-nya Rp300.000");
    assert_eq!(record(&finance, "STS-1", "Rp1.000.000").status, Status::SeeOther);
    finance.get("/keuangan/pengembalian").shows("Lunas");
    world.officer(Role::Auditor).get(&case).is(Status::Ok).lacks("Catat setoran</button>");
    world.officer(Role::Verifier).get("/keuangan/pengembalian").is(Status::Forbidden);
}

#[test]
fn a_claim_on_a_decree_is_led_to_the_amending_decree() {
    let world = World::new();
    let code = approved(&world, 0);
    decreed(&world.officer(Role::Finance));
    let page = world.officer(Role::Verifier).get(&format!("/permohonan/{code}/pembatalan"));
    page.is(Status::Ok).shows("SK perubahan").lacks("Minta pembatalan</button>");
    let other = world.log_in("operator.kalisari").get(&format!("/permohonan/{code}/pembatalan"));
    other.is(Status::NotFound);
}
