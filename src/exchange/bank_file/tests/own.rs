//! Profiles an operator writes: every fault named at once, own ones before those of the program.

use super::*;

fn faults(text: &str) -> Vec<String> {
    Profile::parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The one fault that a change to the BPD profile makes.
fn check(from: &str, to: &str, expected: &str) {
    let text = built_in("bpd");
    assert!(text.contains(from), "{from}");
    assert_eq!(faults(&text.replacen(from, to, 1)), [expected], "{to}");
}

#[test]
fn every_fault_of_a_profile_is_named_at_once_in_words_an_operator_understands() {
    let broken = built_in("bpd")
        .replacen("marks = \".,-/()\"", "heading = false\nmarks = \"=;\"", 1)
        .replace("{ field = \"currency\" }", "{ field = \"curency\" }")
        .replace("1_000_000_000", "0")
        .replace("MANUAL_{unit}", "MANUAL{jam}")
        .replace("title = \"BPD", "titel = \"BPD");
    let words = faults(&broken);
    for expected in [
        "profil: kunci \"title\" harus diisi",
        "profil: kunci \"titel\" tidak dikenal; periksa ejaannya",
        "jalur 2: amount_max: harus rupiah bulat lebih dari nol, misalnya 250_000_000",
        "berkas 1: kunci \"heading\" tidak dikenal; periksa ejaannya",
        "berkas 1: marks tidak boleh berisi kutip, =, @ atau tanda kendali",
        "berkas 3: file_name: isian {jam} tidak dikenal di sini",
    ] {
        assert!(words.iter().any(|fault| fault == expected), "{expected}\n{words:#?}");
    }
    assert!(
        words.iter().any(|fault| fault.starts_with("berkas 2, kolom 7: field: \"curency\" tidak dikenal; pilih salah satu dari")),
        "{words:#?}"
    );
    assert_eq!(words.len(), 7, "{words:#?}");
}

#[test]
fn a_profile_must_carry_what_each_rail_needs() {
    check("  { field = \"bic\" },\n", "", "berkas 2: berkas ke bank lain harus memuat kolom bic, atau bank_code yang tidak boleh kosong");
    check("  { field = \"bank_name\", title = \"Bank\" },\n", "", "berkas 3: kolom nama bank penerima (bank_name) harus ada");
    check("  { field = \"amount\" },\n", "", "berkas 1: kolom jumlah uang (amount) harus ada");
    check(
        "  { field = \"amount\" },\n",
        "  { field = \"amount\" },\n  { field = \"amount\" },\n",
        "berkas 1: kolom jumlah uang (amount) hanya boleh satu kali",
    );
    check(
        "{ field = \"bic\" }",
        "{ field = \"bic\", chars_max = 4, too_long = \"cut\" }",
        "berkas 2, kolom 4: BIC bank penerima (bic) tidak boleh dipotong; hapus too_long = \"cut\"",
    );
    check(
        "rails = [\"by_hand\"]",
        "rails = [\"by_hand\", \"skn\"]",
        "berkas 3: berkas ke bank lain harus memuat kolom bic, atau bank_code yang tidak boleh kosong",
    );
    check(
        "rails = [\"own_bank\"]",
        "rails = [\"own_bank\", \"rtgs\"]",
        "berkas 1: berkas ke bank lain harus memuat kolom bic, atau bank_code yang tidak boleh kosong",
    );
    check("[[rail]]\nname = \"by_hand\"", "", "profil: berkas membawa jalur manual yang tidak ada dalam [[rail]]");
    check(
        "[[rail]]\nname = \"by_hand\"",
        "[[rail]]\nname = \"by_hand\"\n[[rail]]\nname = \"rtgs\"",
        "profil: jalur RTGS harus dibawa tepat satu berkas, sekarang 0",
    );
}

#[test]
fn texts_that_would_break_a_file_are_refused_when_the_profile_is_read() {
    check("delimiter = \";\"", "delimiter = \";;\"", "berkas 1: delimiter: harus satu tanda baca, misalnya \";\", atau \"\\t\"");
    check("delimiter = \";\"", "delimiter = \",\"", "berkas 1: delimiter tidak boleh ada di dalam marks bila quoting = \"never\"");
    check("marks = \".,-/()\"\n", "", "berkas 1: marks harus diisi untuk berkas bank, misalnya \".,-/()\"");
    check("{ \"&\" = \" DAN \" }", "{ \"&\" = 5 }", "berkas 1: replace: harus berbentuk { \"&\" = \" DAN \" }");
    check("{ field = \"account\" }", "{ field = \"account\", text = \"A\" }", "berkas 1, kolom 4: isi tepat satu dari field atau text");
    check(
        "{ field = \"account\" }",
        "{ field = \"account\", number = true }",
        "berkas 1, kolom 4: number hanya untuk jumlah uang, count, row dan sequence; nomor rekening selalu teks",
    );
    check(
        "{ field = \"source_account\" }",
        "{ text = \"A;B\" }",
        "berkas 1: teks tetap: memuat tanda pemisah atau kutip, padahal quoting = \"never\"",
    );
    check(
        "rails = [\"own_bank\"]",
        "rails = [\"own_bank\"]\nrows_max = 10",
        "berkas 1: file_name harus memuat {bagian} karena rows_max membagi berkas",
    );
    check(
        "rails = [\"own_bank\"]",
        "rails = [\"own_bank\"]\nsplit_by_bank = true",
        "berkas 1: file_name harus memuat {bank} karena split_by_bank membagi berkas",
    );
    check(
        "rails = [\"own_bank\"]",
        "rails = [\"own_bank\"]\nheader = [[{ field = \"holder\" }]]",
        "berkas 1, kepala 1, kolom 1: nama penerima (holder) milik satu pembayaran dan tidak dapat berada di baris kepala atau penutup",
    );
    check("remark = \"SANTUNAN {kode}\"", "remark = \"SANTUNAN {nik}\"", "profil: remark: isian {nik} tidak dikenal di sini");
    let words = faults(&built_in("bpd").replace("format = \"delimited\"", "format = \"fixed_width\""));
    assert!(words.contains(&"berkas 1: rekening penerima (account): width harus diisi dalam berkas lebar tetap".to_owned()), "{words:#?}");
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    let words = faults("name = \"a\"\ntitle = \n");
    assert!(words[0].starts_with("profil: baris 2 bukan TOML yang benar"), "{words:?}");
    assert_eq!(faults("name = \"A B\"\ntitle = \"x\"\nformat = \"pain.001.001.09\"\nfile_name = \"{unit}{tanggal:DDMMYY}{no}\"").len(), 1);
}

#[test]
fn an_own_profile_goes_before_one_of_the_program_even_if_it_is_broken() {
    let own = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let profiles = Profiles::with_own(&[
        own("bpd.toml", built_in("bpd").replace("title = \"BPD:", "title = \"BPD kita:")),
        own("csv.toml", "name = 5".to_owned()),
        own("jateng.toml", built_in("bpd").to_owned()),
        own("kosong.toml", "\u{feff}".to_owned()),
    ]);
    assert!(profiles.find("bpd").unwrap().title.starts_with("BPD kita"));
    assert!(matches!(profiles.find("csv"), Err(ProfilesFault::Broken { .. })));
    let wrong_name = profiles.find("jateng").unwrap_err().to_string();
    assert!(wrong_name.contains("bank_profiles/jateng.toml") && wrong_name.contains("harus sama dengan nama berkas"), "{wrong_name}");
    assert_eq!(profiles.broken().len(), 3);
    let unknown = profiles.find("bri").unwrap_err().to_string();
    assert_eq!(unknown, "profil bank \"bri\" tidak ada; yang ada: bpd, mandiri, bca, xlsx, pain001-03, pain001-09");
    assert!(Profiles::with_own(&[("x.toml".to_owned(), vec![0xff])]).find("x").unwrap_err().to_string().contains("UTF-8"));
}

#[test]
fn the_table_about_the_banks_result_file_is_handed_on_as_it_is() {
    assert_eq!(Profile::parse(built_in("bpd")).unwrap().result(), None);
    let text = format!("{}\n[result]\nheader_rows = 1\ncolumns = {{ reference = 2 }}\n", built_in("bpd"));
    let profile = Profile::parse(&text).unwrap();
    assert_eq!(profile.result().unwrap()["columns"]["reference"].as_integer(), Some(2));
    assert_eq!(faults(&format!("result = 5\n{}", built_in("pain001-09"))), ["profil: result: harus berupa tabel [result]"]);
}

#[test]
fn a_trial_shows_every_fault_a_real_order_would_meet() {
    let narrow = built_in("bpd").replace("chars_max = 70, too_long = \"cut\"", "chars_max = 20");
    let (table, office) = (a_table(), an_office());
    let batch = a_batch(&table, &office, &[]);
    let fault = Profile::parse(&narrow).unwrap().trial(&table, &office, batch.execute_on, batch.created_at).unwrap_err();
    assert!(fault.to_string().contains("nama penerima (holder) lebih dari 20 huruf"), "{fault}");
}

#[test]
fn the_example_of_the_guide_is_a_profile_that_works_and_the_guide_names_every_field() {
    let guide = include_str!("../../../../docs/profil-bank.md");
    let example = guide.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let (table, office) = (a_table(), an_office());
    let batch = a_batch(&table, &office, &[]);
    let files = Profile::parse(example).unwrap().trial(&table, &office, batch.execute_on, batch.created_at).unwrap();
    assert_eq!(
        files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["JTG_DINSOS_20260622_01_1.txt", "MANUAL_DINSOS_20260622_1.xlsx"]
    );
    for (word, _) in column::FIELDS {
        assert!(guide.contains(&format!("`{word}`")), "{word}");
    }
}
