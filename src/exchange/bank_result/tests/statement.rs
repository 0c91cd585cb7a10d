use super::*;

fn read_text(text: &str) -> Result<Report, ResultFault> {
    read(text.as_bytes(), How::Mt940)
}

#[test]
fn an_mt940_statement_is_read() {
    let report = read_text(&sample("mt940.txt")).unwrap();
    let expected = [
        "BTG-2026-000001 D Rp1.000.000 settled 2026-06-22 9001",
        "- D Rp1.000.000 settled 2026-06-22 9002",
        "BTG-2026-000001 C Rp1.000.000 returned closed_account \"AC04 REKENING TUTUP\"",
        "- RC Rp1.000.000 settled 2026-06-23 9004",
        "- C Rp1.234,56 settled 2026-06-23 -",
    ];
    assert_eq!(told_of(&report), expected);
    let first = &report.lines[0];
    assert_eq!((first.holder.as_deref(), first.account.as_ref().unwrap().expose()), (Some("CONTOH PENERIMA 1"), "595501824120001"));
    assert!(report.lines[1].remark.as_deref().unwrap().contains("TRF KE LUAR TRF/SANTUNAN KEMATIAN BTG-2026-000002"));
    assert!(report.lines[3].remark.as_deref().unwrap().starts_with("BTG-2026-000002"));
    assert_eq!(report.accounts[0].expose(), "1034567890");
    assert_eq!(report.created_on.unwrap().to_string(), "2026-06-23");
}

#[test]
fn the_envelope_of_swift_and_several_statements_change_nothing() {
    let one = sample("mt940.txt");
    let wrapped = format!("{{1:F01PDJGIDJ1AXXX0000000000}}{{2:I940PDJGIDJ1XXXXN}}{{4:\r\n{}", one.replace("-\r\n", "-}\r\n"));
    assert_eq!(told_of(&read_text(&wrapped).unwrap()), told_of(&read_text(&one).unwrap()));
    let on_one_line = wrapped.replace("{4:\r\n", "{4:");
    assert_eq!(told_of(&read_text(&on_one_line).unwrap()), told_of(&read_text(&one).unwrap()));
    assert_eq!(read_text(&format!("{one}{one}")).unwrap().lines.len(), 10);
}

#[test]
fn bookings_are_written_in_many_ways() {
    let check = |booking: &str, closing: &str, expected: &str| {
        let text = format!(":20:A\n:25:1034567890\n:28C:1\n:60F:C251231IDR100,00\n{booking}\n:62F:{closing}\n");
        let read = read_text(&text).map(|report| told(&report.lines[0]));
        assert_eq!(read.unwrap_or_else(|why| why.to_string()), expected, "{booking}");
    };
    check(":61:260102C50,NTRFX", "C260102IDR150,00", "- C Rp50 settled 2026-01-02 -");
    check(":61:2601021231D50,NTRFX//Y", "C260102IDR50,", "- D Rp50 settled 2025-12-31 Y");
    check(":61:2512310101DR150,00FTRFX", "D260102IDR50,00", "- D Rp150 settled 2026-01-01 -");
    check(":61:260102RC50,NTRFX", "C260102IDR50,00", "- RD Rp50 settled 2026-01-02 -");
    check(":61:260102EC50,NTRFX", "C260102IDR100,00", "- C Rp50 pending");
    check(":61:260102C50,NTRFX\n:86:/EREF/NOTPROVIDED/", "C260102IDR150,00", "- C Rp50 settled 2026-01-02 -");
    let long = format!(":61:260102D50,NTRFX\n:86:{}/EREF/BTG-2026-0\n00001/", "/REMI/".to_owned() + &"A".repeat(43));
    check(&long, "C260102IDR50,00", "BTG-2026-000001 D Rp50 settled 2026-01-02 -");
}

#[test]
fn a_statement_that_is_cut_off_or_does_not_add_up_is_refused() {
    let check = |from: &str, to: &str, words: &[&str]| {
        let text = sample("mt940.txt");
        assert!(text.contains(from), "{from}");
        let fault = refusal(&text.replacen(from, to, 1), How::Mt940);
        assert!(words.iter().all(|word| fault.contains(word)), "{from}: {fault}");
    };
    check(":62F:C260623IDR10001234,56\r\n", "", &[":62F:", "tidak ada"]);
    check(":62F:C260623IDR10001234,56", ":62F:C260623IDR10001234,55", &["saldo akhir Rp10.001.234,55", "Rp10.001.234,56"]);
    check(":61:260623C1234,56NINTNONREF\r\n", "", &["saldo akhir"]);
    check("D1000000,00NTRF", "D1000000.00NTRF", &[":61:", "berkoma"]);
    check("D1000000,00NTRF", "X1000000,00NTRF", &[":61:", "C, D, RC atau RD"]);
    check("D1000000,00NTRF", "D1000000,001NTRF", &[":61:"]);
    check(":61:260622", ":61:261322", &["tanggal"]);
    check(":60F:C260622IDR", ":60F:C260622USD", &["mata uang USD"]);
    check(":25:113/1034567890IDR\r\n", "", &[":25:"]);
    check(":28C:", ":99Z:", &["kolom :99Z:", "tidak dikenal"]);
    check(":20:KORAN0622", "KORAN", &["bukan rekening koran MT940"]);
    assert!(refusal("halo", How::Mt940).contains("bukan rekening koran MT940"));
}

#[test]
fn a_statement_with_subfields_says_the_same_as_one_with_code_words() {
    let plain = sample("mt940.txt");
    let numbered = plain
        .replace(
            ":86:/EREF/BTG-2026-000001//BENM//NAME/CONTOH PENERIMA 1/ACCT/595501824120001/REMI/SANTUNAN",
            ":86:166?00TRANSFER?20EREF+BTG-2026-000001?21SVWZ+SANTUNAN\r\n?30BRINIDJA?31595501824120001?32CONTOH PENERIMA 1",
        )
        .replace(":86:/EREF/BTG-2026-000001/RTRN/AC04 REKENING TUTUP", ":86:159?00RETUR?20EREF+BTG-2026-000001?21RTRN+AC04 REKENING TUTUP");
    assert!(numbered.matches("?20EREF+").count() == 2, "{numbered}");
    let (plain, numbered) = (read_text(&plain).unwrap(), read_text(&numbered).unwrap());
    assert_eq!(told_of(&numbered), told_of(&plain));
    let first = &numbered.lines[0];
    assert_eq!((first.holder.as_deref(), first.account.as_ref().unwrap().expose()), (Some("CONTOH PENERIMA 1"), "595501824120001"));
    let split = sample("mt940.txt")
        .replace("TRF/SANTUNAN KEMATIAN BTG-2026-000002 CONTOH PENERIMA 2", "166?20SANTUNAN KEMATIAN BTG-2026-?21000002 TAHAP I");
    let remark = read_text(&split).unwrap().lines[1].remark.clone().unwrap();
    assert!(remark.contains("BTG-2026-000002"), "a reference cut in two is whole again: {remark}");
}

#[test]
fn a_returned_booking_without_a_code_word_tells_its_reason_in_its_words() {
    let check = |words: &str, expected: &str| {
        let text = sample("mt940.txt").replace("/EREF/BTG-2026-000001/RTRN/AC04 REKENING TUTUP", words);
        assert_eq!(told_of(&read_text(&text).unwrap())[2], expected);
    };
    check("159?00RETUR?20REKENING PASIF", "- C Rp1.000.000 returned dormant_account \"RETUR REKENING PASIF\"");
    check("UANG KEMBALI", "- C Rp1.000.000 returned not_stated \"\"");
}
