use chrono::NaiveDate;

use super::*;

fn day(text: &str) -> NaiveDate {
    crate::domain::calendar::parse_date(text).unwrap()
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).unwrap()
}

/// A claim that is right in every field; the people are invented, with NIK of an unused region.
fn a_form() -> ClaimForm {
    ClaimForm {
        kunci: "k-1".into(),
        kode_desa_pengaju: "33.25.01.2001".into(),
        almarhum: DeceasedForm {
            nama: "SUPARMI".into(),
            nik: "3399014107450001".into(),
            no_kk: "3399010101100001".into(),
            tgl_lahir: "01-07-1945".into(),
            jenis_kelamin: "P".into(),
            kode_desa: "33.25.01.2001".into(),
            ..Default::default()
        },
        tgl_meninggal: "21-06-2026".into(),
        pelapor: ReporterForm { nama: "Slamet".into(), ..Default::default() },
        ahli_waris: vec![HeirForm { nama: "Slamet".into(), nik: "3399010107700002".into(), hubungan: "ANAK".into(), ..Default::default() }],
        cara_bayar: "tunai".into(),
        ..Default::default()
    }
}

fn parse(form: &ClaimForm) -> Result<ClaimContent, FieldErrors> {
    let (own, office) = (region("33.25.01.2001"), region("33.25"));
    let known = |code: &RegionCode| matches!(code.as_str(), "33.25.01.2001" | "33.25.01.2002");
    form.parse(&FormContext { today: day("22-06-2026"), region: &own, office: &office, known_village: &known })
}

/// Changes one thing and expects exactly one error, at `key`, whose sentence holds `part`.
#[track_caller]
fn refused(change: impl FnOnce(&mut ClaimForm), key: &str, part: &str) {
    let mut form = a_form();
    change(&mut form);
    let errors = parse(&form).expect_err("refused");
    assert_eq!(errors.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), [key], "{errors:?}");
    assert!(errors.message(key).unwrap().contains(part), "{errors:?}");
}

#[track_caller]
fn accepted(change: impl FnOnce(&mut ClaimForm)) -> ClaimContent {
    let mut form = a_form();
    change(&mut form);
    parse(&form).expect("accepted")
}

#[test]
fn a_nik_is_taken_however_it_is_spaced() {
    for written in ["3399 0141 0745 0001", "33.99.01.410745.0001", " '3399014107450001 "] {
        let content = accepted(|f| f.almarhum.nik = written.into());
        assert_eq!(content.deceased.nik.number.unwrap().expose(), "3399014107450001");
    }
    let papua = accepted(|f| f.almarhum.nik = "9771014107450001".into());
    assert_eq!(papua.deceased.nik.number.unwrap().expose(), "9771014107450001");
}

#[test]
fn a_damaged_nik_says_what_is_wrong_with_it() {
    refused(|f| f.almarhum.nik = "339901410745001".into(), "almarhum.nik", "tertulis 15 angka");
    refused(|f| f.almarhum.nik = "33990141074500011".into(), "almarhum.nik", "tertulis 17 angka");
    refused(|f| f.almarhum.nik = "33990141O7450001".into(), "almarhum.nik", "huruf O");
    refused(|f| f.almarhum.nik = "9999999999999995".into(), "almarhum.nik", "nomor pengganti");
    refused(|f| f.almarhum.nik.clear(), "almarhum.nik", "centang");
    refused(|f| f.ahli_waris[0].nik = "33".into(), "ahli_waris[0].nik", "tertulis 2 angka");
    refused(|f| f.almarhum.no_kk = "123".into(), "almarhum.no_kk", "Nomor KK harus 16 angka");
}

#[test]
fn somebody_without_nik_is_taken_when_the_box_is_ticked() {
    let content = accepted(|f| {
        f.almarhum.nik.clear();
        f.almarhum.tanpa_nik = "ya".into();
    });
    assert_eq!(content.deceased.nik.number, None);
    refused(|f| f.almarhum.tanpa_nik = "ya".into(), "almarhum.nik", "pilih salah satu");
}

#[test]
fn dates_are_read_in_both_ways_of_writing_and_impossible_ones_explained() {
    for written in ["21-06-2026", "2026-06-21", "21/6/2026", "21 Juni 2026"] {
        assert_eq!(accepted(|f| f.tgl_meninggal = written.into()).death.died_on, day("21-06-2026"), "{written}");
    }
    refused(|f| f.tgl_meninggal = "31-02-2026".into(), "tgl_meninggal", "tidak ada dalam kalender");
    refused(|f| f.tgl_meninggal = "23-06-2026".into(), "tgl_meninggal", "belum tiba");
    refused(|f| f.tgl_meninggal = "kemarin".into(), "tgl_meninggal", "31-12-1960");
    refused(|f| f.tgl_meninggal.clear(), "tgl_meninggal", "Mohon isi tanggal meninggal");
    refused(|f| f.tgl_meninggal = "30-06-1945".into(), "tgl_meninggal", "1 Juli 1945");
    refused(|f| f.almarhum.tgl_lahir = "01-01-1070".into(), "almarhum.tgl_lahir", "terlalu lama");
    assert_eq!(accepted(|f| f.almarhum.tgl_lahir.clear()).deceased.born_on, None);
}

#[test]
fn names_of_all_kinds_are_taken_and_other_scripts_explained() {
    for name in ["SUPARMI", "SA'DIYAH", "H. MOCH. SYAFI'I, S.Pd.", &"PANJANG ".repeat(9), "José"] {
        accepted(|f| f.almarhum.nama = name.into());
    }
    refused(|f| f.almarhum.nama = " . ".into(), "almarhum.nama", "Satu kata pun boleh");
    refused(|f| f.almarhum.nama = "سوبرمي".into(), "almarhum.nama", "huruf Latin");
    refused(|f| f.almarhum.nama = "A".repeat(121), "almarhum.nama", "121 huruf");
    refused(|f| f.almarhum.nama = "A".repeat(201), "almarhum.nama", "terlalu panjang");
}

#[test]
fn a_village_must_exist_and_the_filing_one_must_be_ones_own() {
    refused(|f| f.kode_desa_pengaju = "33.25.01.2002".into(), "kode_desa_pengaju", "di luar wilayah kerja");
    refused(|f| f.kode_desa_pengaju = "33.25.01.2999".into(), "kode_desa_pengaju", "tidak ada dalam daftar");
    refused(|f| f.kode_desa_pengaju = "33.25.01".into(), "kode_desa_pengaju", "10 angka");
    refused(|f| f.almarhum.kode_desa.clear(), "almarhum.kode_desa", "pilih desa");
    let moved = accepted(|f| f.almarhum.kode_desa = "3326012001".into());
    assert_eq!(moved.deceased.village.as_str(), "33.26.01.2001");
}

#[test]
fn telephones_are_kept_in_one_form() {
    for written in ["081234567890", "+62 812-3456-7890", "62812 3456 7890", "0812.3456.7890", "81234567890"] {
        assert_eq!(accepted(|f| f.ahli_waris[0].no_hp = written.into()).heirs[0].phone, "081234567890", "{written}");
    }
    assert_eq!(accepted(|f| f.ahli_waris[0].no_hp = " ".into()).heirs[0].phone, "");
    refused(|f| f.pelapor.no_hp = "tidak ada".into(), "pelapor.no_hp", "kosongkan");
    refused(|f| f.pelapor.no_hp = "0812".into(), "pelapor.no_hp", "belum lengkap");
}

#[test]
fn an_account_keeps_its_leading_zeros_and_loses_its_spaces() {
    let bank = |number: &str| {
        let number = number.to_owned();
        move |f: &mut ClaimForm| {
            f.cara_bayar = "bank".into();
            f.rekening = AccountForm { bank: "BANK JATENG".into(), nomor: number, atas_nama: "SLAMET".into() };
        }
    };
    let Payout::Bank(account) = accepted(bank("0-123 4567.89")).payout else { panic!("bank") };
    assert_eq!(account.number, "0123456789");
    refused(bank(""), "rekening.nomor", "terima tunai");
    refused(bank("12345"), "rekening.nomor", "tertulis 5 angka");
    refused(bank("12345678X"), "rekening.nomor", "hanya berisi angka");
    refused(|f| f.cara_bayar.clear(), "cara_bayar", "pilih cara");
}

#[test]
fn unused_heir_rows_are_passed_over_but_the_first_is_needed() {
    let content = accepted(|f| f.ahli_waris.push(HeirForm::default()));
    assert_eq!(content.heirs.len(), 1);
    refused(|f| f.ahli_waris.clear(), "ahli_waris[0].nama", "sekurang-kurangnya satu");
    refused(|f| f.dokumen = vec!["ijazah".into()], "dokumen", "tidak dikenal");
}

#[test]
fn all_errors_come_at_once_in_the_order_of_the_page() {
    let errors = parse(&ClaimForm::default()).unwrap_err();
    let keys: Vec<&str> = errors.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "almarhum.nik",
            "almarhum.nama",
            "almarhum.kode_desa",
            "tgl_meninggal",
            "ahli_waris[0].nama",
            "cara_bayar",
            "pelapor.nama",
            "kode_desa_pengaju"
        ]
    );
}

#[test]
fn no_sentence_repeats_a_number_somebody_typed() {
    let mut form = a_form();
    form.almarhum.nik = "33990141074500011".into();
    form.ahli_waris[0].nik = "339901010770000X".into();
    assert!(!format!("{:?}", parse(&form)).contains("33990"));
}

#[test]
fn a_filed_claim_can_be_shown_in_the_form_again() {
    let content = accepted(|f| f.dokumen = vec!["kk".into()]);
    assert_eq!(parse(&ClaimForm::from(&content)), Ok(content));
}

#[test]
fn json_with_an_unknown_field_is_refused_instead_of_half_read() {
    assert!(serde_json::from_str::<ClaimForm>(r#"{"almarhun":{"nama":"X"}}"#).is_err());
    assert!(serde_json::from_str::<ClaimForm>(r#"{"almarhum":{"nama":"X"}}"#).is_ok());
}

fn somebody() -> StandInForm {
    StandInForm { nama: "Sulastri".into(), nik: "3399014101700009".into(), hubungan: "tetangga".into(), no_hp: "+62 812-3456-7890".into() }
}

fn who_buried() -> NoHeirForm {
    NoHeirForm {
        nama: "Sudarno".into(),
        nik: "3399010101700009".into(),
        jabatan: "ketua RT 003".into(),
        no_hp: String::new(),
        alamat: "Dukuh Krajan".into(),
    }
}

#[test]
fn proxy_and_guardian_are_read_and_shown_again() {
    let content = accepted(|f| {
        f.kuasa = somebody();
        f.wali = somebody();
    });
    let proxy = content.stand_ins.proxy.as_ref().unwrap();
    assert_eq!((proxy.name.as_str(), proxy.phone.as_str()), ("Sulastri", "081234567890"));
    assert_eq!(content.payee().unwrap().name.as_str(), "Slamet", "the money stays the heir's");
    let again = ClaimForm::from(&content);
    assert_eq!((again.kuasa.nik.as_str(), again.wali.hubungan.as_str()), ("3399014101700009", "tetangga"));
    assert!(accepted(|_| {}).stand_ins.is_empty());
}

#[test]
fn who_stands_in_is_named_whole_and_is_another_person() {
    refused(|f| f.kuasa = StandInForm { nik: String::new(), ..somebody() }, "kuasa.nik", "Mohon isi NIK penerima kuasa");
    refused(|f| f.wali = StandInForm { hubungan: " ".into(), ..somebody() }, "wali.hubungan", "hubungan wali");
    refused(|f| f.kuasa = StandInForm { nik: "3399010107700002".into(), ..somebody() }, "kuasa.nik", "NIK ahli waris sendiri");
    refused(|f| f.wali = StandInForm { nik: "3399014107450001".into(), ..somebody() }, "wali.nik", "NIK almarhum");
    let mut form = a_form();
    form.kuasa.nama = "Sulastri".into();
    let errors = parse(&form).expect_err("all at once");
    assert_eq!(errors.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["kuasa.nik", "kuasa.hubungan"]);
}

#[test]
fn without_an_heir_somebody_else_receives() {
    let content = accepted(|f| {
        f.ahli_waris = vec![HeirForm::default(); 3];
        f.tanpa_ahli_waris = who_buried();
    });
    assert!(content.heirs.is_empty());
    assert_eq!(content.payee().unwrap().name.as_str(), "Sudarno");
    let again = ClaimForm::from(&content).tanpa_ahli_waris;
    assert_eq!(again, who_buried());
    refused(|f| f.tanpa_ahli_waris = who_buried(), "tanpa_ahli_waris.nama", "tanpa ahli waris");
}
