//! Village head, Dinas Sosial and treasurer: the straight road, and two people at once.

use rocket::http::Status;
use santunan::domain::access::Role;

use super::world::World;

#[test]
fn a_claim_goes_from_the_village_to_the_payment() {
    let world = World::new();
    let code = world.operator().file(0);
    let claim = format!("/permohonan/{code}");
    let head = world.village_head();
    head.get("/beranda").shows(&code);
    assert_eq!(head.step(&code, "endorse", "").location, format!("{claim}?pesan=endorse"));
    head.get(&format!("{claim}?pesan=endorse")).shows("sudah disahkan");
    let verifier = world.officer(Role::Verifier);
    verifier.get("/beranda").shows(&code).shows("Antrean verifikasi");
    verifier.get(&claim).shows("Permohonan dan data kependudukan").shows("isian sama").shows("Desil");
    verifier.step(&code, "verify", "").is(Status::SeeOther);
    let approver = world.officer(Role::Approver);
    approver.get("/beranda").shows(&code).shows("Anggaran 2026");
    approver.step(&code, "approve", "").is(Status::SeeOther);
    let finance = world.officer(Role::Finance);
    finance.get("/keuangan").shows("1 permohonan, jumlah Rp1.000.000");
    finance.post("/keuangan/sk", &[]).is(Status::SeeOther);
    let desk = finance.get("/keuangan?pesan=decree");
    desk.shows("SK penetapan sudah dibentuk").shows("menunggu tanda tangan");
    let decree = desk.between("action=\"/keuangan/sk/", "/tanda-tangan\"");
    let (sign, signed) = (format!("/keuangan/sk/{decree}/tanda-tangan"), format!("tanggal_{decree}"));
    finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).is(Status::Conflict).shows("belum dicatat sudah ditandatangani");
    finance.post(&sign, &[(&signed, "31-02-2026")]).is(Status::UnprocessableEntity).shows("kalender");
    finance.post(&sign, &[(&signed, "21-06-2026")]).is(Status::UnprocessableEntity).shows("sebelum tanggal SK");
    finance.post(&sign, &[(&signed, "22-06-2026")]).is(Status::SeeOther);
    let made = finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).is(Status::SeeOther).location.clone();
    finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).is(Status::Conflict).shows("sudah memiliki perintah bayar");
    let order = made.trim_end_matches("?pesan=order").to_owned();
    three_hands(&world, &order);
    let all = finance.get(&format!("{order}/surat"));
    assert_eq!((all.status, all.content_type.as_str()), (Status::Ok, "application/pdf"));
    world.operator().get(&claim).shows("Ditetapkan dalam SK");
}

/// The order passes its checker and its releaser, with every wrong turn refused in words.
fn three_hands(world: &World, order: &str) {
    let [maker, checker, releaser] = ["bendahara", "ppk", "kuasa.bud"].map(|name| world.log_in(name));
    let (papers, step) = (format!("{order}/surat-sipd"), format!("{order}/langkah"));
    let version = |page: &super::world::Page| page.between("name=\"versi\" value=\"", "\"");
    maker.get(order).shows("Menunggu orang kedua").lacks("Lepas perintah bayar");
    let seen = version(&checker.get(order));
    maker.post(&step, &[("langkah", "check"), ("versi", &seen)]).is(Status::Conflict).shows("tiga orang yang berbeda");
    checker.post(&step, &[("langkah", "check"), ("versi", &seen)]).is(Status::SeeOther);
    let paper = |kind: &str, number: &str, date: &str, value: &str| {
        maker.post(&papers, &[("jenis", kind), ("nomor", number), ("tanggal", date), ("nilai", value)])
    };
    paper("spp", "", "31-02-2026", "satu").is(Status::UnprocessableEntity).shows("seperti yang diterbitkan SIPD").shows("kalender");
    paper("spp", "00123/SPP", "22-06-2026", "2.000.000").is(Status::UnprocessableEntity).shows("tidak sama dengan perintah bayar");
    let seen = version(&releaser.get(order));
    let release = |password: &str| releaser.post(&step, &[("langkah", "release"), ("versi", &seen), ("kata_sandi", password)]);
    release(super::world::PASSWORD).is(Status::Conflict).shows("Catat dahulu SPP");
    for kind in ["spp", "spm", "sp2d"] {
        paper(kind, &format!("00123/{kind}"), "22-06-2026", "Rp1.000.000").is(Status::SeeOther);
    }
    release("salah sekali ini").is(Status::UnprocessableEntity).shows("Kata sandi tidak cocok");
    release(super::world::PASSWORD).is(Status::SeeOther);
    releaser.get(order).shows("Sudah dilepas").shows("00123/sp2d, 22 Juni 2026").shows("Di bank atau loket");
}

#[test]
fn bank_files_are_for_those_who_pay() {
    let world = World::new();
    let clerk = world.operator();
    let fields = super::world::claim_fields(&world, 0, "k");
    let mut fields = super::world::with(fields, "cara_bayar", "bank");
    let wife = world.family(0).1;
    for (key, value) in [("rekening.bank", "BANK JATENG"), ("rekening.nomor", "3-012-34567-8"), ("rekening.atas_nama", wife.name.as_str())]
    {
        fields = super::world::with(fields, key, value);
    }
    let filed = clerk.post("/permohonan/baru", &super::world::borrowed(&fields));
    let code = filed.location.split('/').nth(2).unwrap().to_owned();
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    world.officer(Role::Verifier).step(&code, "verify", "").is(Status::SeeOther);
    world.officer(Role::Approver).step(&code, "approve", "").is(Status::SeeOther);
    let finance = world.officer(Role::Finance);
    finance.get("/keuangan").shows("BANK JATENG ******5678").lacks("3012345678");
    finance.post("/keuangan/sk", &[]);
    let decree = finance.get("/keuangan").between("action=\"/keuangan/sk/", "/tanda-tangan\"");
    finance.post(&format!("/keuangan/sk/{decree}/tanda-tangan"), &[(&format!("tanggal_{decree}"), "22-06-2026")]).is(Status::SeeOther);
    let made = finance.post(&format!("/keuangan/sk/{decree}/perintah"), &[]).is(Status::SeeOther).location.clone();
    let order = made.trim_end_matches("?pesan=order");
    finance.get(order).lacks("/bank/");
    three_hands(&world, order);
    let page = finance.get(order);
    let actions = page.body.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let links: Vec<String> = actions.filter(|link| link.contains("/bank/")).collect();
    assert!(links.iter().any(|link| link.contains(".xml")), "{links:?}");
    for link in &links {
        let got = finance.post(link, &[]);
        assert!(got.status == Status::Ok && got.body.contains("3012345678"), "{link}");
        assert_eq!(world.operator().post(link, &[]).status, Status::Forbidden);
    }
    finance.get(order).shows("sudah diambil 1 kali").shows("BANK JATENG *******678").lacks("3012345678");
}

#[test]
fn two_people_who_decide_at_once_see_what_the_other_did() {
    let world = World::new();
    let code = world.operator().file(0);
    let head = world.village_head();
    let seen = head.get(&format!("/permohonan/{code}")).between("name=\"versi\" value=\"", "\"");
    head.step(&code, "endorse", "").is(Status::SeeOther);
    let late = head.post(
        &format!("/permohonan/{code}/langkah"),
        &[("langkah", "return"), ("versi", &seen), ("alasan_return", "KK belum terbaca jelas")],
    );
    late.is(Status::Conflict).shows("Permohonan ini baru saja berubah").shows("Disahkan kepala desa/lurah oleh SUHARTONO");
}

#[test]
fn a_step_without_its_reason_comes_back_with_what_was_typed() {
    let world = World::new();
    let code = world.operator().file(0);
    let page = world.village_head().step(&code, "return", "kurang");
    page.is(Status::UnprocessableEntity).shows("Tuliskan alasannya").shows("kurang");
    world.village_head().post(&format!("/permohonan/{code}/langkah"), &[("langkah", "terbang")]).is(Status::BadRequest);
}

#[test]
fn a_recommendation_to_refuse_reaches_the_approver_who_decides() {
    let world = World::new();
    let code = world.operator().file(0);
    world.village_head().step(&code, "endorse", "").is(Status::SeeOther);
    let verifier = world.officer(Role::Verifier);
    verifier.step(&code, "recommend", "").is(Status::UnprocessableEntity).shows("aturan yang tidak terpenuhi");
    verifier.step(&code, "recommend", "Almarhum bukan warga kabupaten.").is(Status::SeeOther);
    let approver = world.officer(Role::Approver);
    approver.get(&format!("/permohonan/{code}")).shows("Usul penolakan: Almarhum bukan warga kabupaten.");
    approver.step(&code, "reject", "Almarhum bukan warga kabupaten Batang.").is(Status::SeeOther);
    let page = world.operator().get(&format!("/permohonan/{code}"));
    page.shows("Ditolak").shows("Surat penolakan");
}
