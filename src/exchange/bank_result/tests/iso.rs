use std::process::Command;

use super::*;
use crate::domain::payment::report::{Note, Scope};

const MESSAGES: [(&str, &str); 6] = [
    ("pain002_03.xml", "pain.002.001.03"),
    ("pain002_12.xml", "pain.002.001.12"),
    ("camt053_02.xml", "camt.053.001.02"),
    ("camt053_08.xml", "camt.053.001.08"),
    ("camt054_02.xml", "camt.054.001.02"),
    ("camt054_08.xml", "camt.054.001.08"),
];

fn read_text(text: &str) -> Result<Report, ResultFault> {
    read(text.as_bytes(), How::Iso20022)
}

#[test]
fn the_samples_are_what_the_schemas_ask_for() {
    for (file, schema) in MESSAGES {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
        let run = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema", &format!("{folder}/iso20022/{schema}.xsd"), &format!("{folder}/bank_results/{file}")])
            .output()
            .expect("xmllint is missing: apt-get install libxml2-utils");
        assert!(run.status.success(), "{file}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn a_status_report_is_read_in_both_versions() {
    for file in ["pain002_03.xml", "pain002_12.xml"] {
        let report = read_text(&sample(file)).unwrap();
        assert_eq!(report.kind, ReportKind::PaymentStatus);
        assert_eq!((report.message_id.as_deref(), report.original_message_id.as_deref()), (Some("STS-0001"), Some("3325-2026-000001")));
        assert_eq!(report.created_on.unwrap().to_string(), "2026-06-22");
        let expected = [
            "BTG-2026-000003 D Rp1.000.000 settled - -",
            "BTG-2026-000004 D Rp1.000.000 rejected closed_account \"AC04 REKENING TUTUP\"",
            "BTG-2026-000005 D Rp1.000.000 pending",
        ];
        assert_eq!(told_of(&report), expected, "{file}");
        assert_eq!(report.day_of(&report.lines[0].fate), report.created_on);
        assert_eq!(report.lines[0].holder.as_deref(), Some("CONTOH PENERIMA 3"));
        assert_eq!(report.lines[0].account.as_ref().unwrap().expose(), "595501824120003");
        let scopes: Vec<(&Scope, bool, Option<u32>)> =
            report.blankets.iter().map(|blanket| (&blanket.scope, blanket.fate.is_some(), blanket.count)).collect();
        let part = |n: u8| Scope::Part(format!("3325-2026-000001-{n}"));
        let whole = Scope::Message("3325-2026-000001".to_owned());
        assert_eq!(scopes, [(&part(1), true, Some(2)), (&part(2), false, None), (&whole, false, Some(5))]);
    }
}

#[test]
fn bookings_are_read_in_both_messages_and_versions() {
    for (file, _) in &MESSAGES[2..] {
        let report = read_text(&sample(file)).unwrap();
        assert_eq!(report.kind, if file.starts_with("camt053") { ReportKind::Statement } else { ReportKind::Notification });
        let expected = [
            "BTG-2026-000001 D Rp1.000.000 settled 2026-06-22 B1",
            "BTG-2026-000002 D Rp1.000.000 settled 2026-06-22 B1",
            "BTG-2026-000003 D Rp1.000.000 settled 2026-06-22 D3",
            "BTG-2026-000003 C Rp1.000.000 returned blocked_account \"AC06 REKENING PASIF\"",
            "BTG-2026-000001 RC Rp1.000.000 settled 2026-06-23 V1",
            "- C Rp1.234,56 settled 2026-06-23 I1",
        ];
        assert_eq!(told_of(&report), expected, "{file}");
        assert_eq!(report.accounts.iter().map(crate::domain::payment::report::AccountNumber::expose).collect::<Vec<_>>(), ["1034567890"]);
        let [lump] = report.blankets.as_slice() else { panic!("{file}") };
        assert_eq!((&lump.scope, lump.count), (&Scope::Part("3325-2026-000001-2".to_owned()), Some(2)));
        assert_eq!(lump.sum.unwrap().to_string(), "Rp2.000.000");
        assert!(report.notes.is_empty(), "{:?}", report.notes);
        // The reversal repeats the bytes of the transaction it takes back, and nothing else is the same.
        let hashes: std::collections::HashSet<&String> = report.lines.iter().map(|line| &line.raw_sha256).collect();
        assert_eq!(hashes.len(), report.lines.len() - 1);
    }
}

#[test]
fn every_status_has_its_meaning() {
    let check = |status: &str, expected: &str| {
        let text = sample("pain002_12.xml").replace("<TxSts>PDNG<", &format!("<TxSts>{status}<"));
        let report = read_text(&text).unwrap();
        assert!(told(&report.lines[2]).contains(expected), "{status}: {}", told(&report.lines[2]));
    };
    for status in ["RCVD", "ACTC", "ACCP", "ACWC"] {
        check(status, "received");
    }
    for status in ["PDNG", "ACSP"] {
        check(status, "pending");
    }
    for status in ["ACSC", "ACCC"] {
        check(status, "settled");
    }
    check("CANC", "rejected asked_back");
}

#[test]
fn the_same_news_in_a_report_of_another_day_is_the_same_fact() {
    let later = sample("pain002_12.xml").replace("STS-0001", "STS-0002").replace("2026-06-22T", "2026-06-25T");
    let facts = |text: &str| read_text(text).unwrap().lines.iter().map(ReportLine::fact).collect::<Vec<_>>();
    assert_eq!(facts(&later), facts(&sample("pain002_12.xml")));
}

#[test]
fn a_rejected_group_says_so_for_all_that_is_not_listed() {
    let text = sample("pain002_12.xml");
    let (head, _) = text.split_once("    <OrgnlPmtInfAndSts>").unwrap();
    let reason = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM10</Cd></Rsn></StsRsnInf>";
    let text = format!("{}</CstmrPmtStsRpt></Document>", head.replace("<GrpSts>PART</GrpSts>", reason));
    let report = read_text(&text).unwrap();
    assert!(report.lines.is_empty());
    let Some(Fate::Rejected(why)) = &report.blankets[0].fate else { panic!("{report:?}") };
    assert_eq!((&why.reason, why.text.as_str()), (&ReturnReason::WrongTotals, "AM10"));
}

#[test]
fn a_payment_without_a_status_has_that_of_its_part_and_its_reason() {
    let text = sample("pain002_12.xml")
        .replace("<TxSts>PDNG</TxSts>", "")
        .replace("<PmtInfSts>PART</PmtInfSts>", "<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Prtry>X1</Prtry></Rsn></StsRsnInf>");
    // Two of the part are refused now.
    let text = text.replace("<DtldNbOfTxs>1</DtldNbOfTxs>", "<DtldNbOfTxs>2</DtldNbOfTxs>").replace("<DtldCtrlSum>1", "<DtldCtrlSum>2");
    let report = read_text(&text).unwrap();
    assert!(told(&report.lines[2]).contains("rejected other:X1"), "{}", told(&report.lines[2]));
}

#[test]
fn a_prefix_comments_and_another_encoding_change_nothing() {
    let plain = read_text(&sample("camt053_08.xml")).unwrap();
    let text = sample("camt053_08.xml").replace("xmlns=", "xmlns:n=").replace("</", "</n:").replace("<n:n:", "<n:");
    let mut prefixed = String::new();
    for piece in text.split_inclusive('>') {
        let (before, tag) = piece.split_at(piece.rfind('<').unwrap_or(0));
        prefixed.push_str(before);
        let opens = tag.starts_with('<') && !tag.starts_with("</") && !tag.starts_with("<?");
        prefixed.push_str(&if opens { tag.replacen('<', "<n:", 1) } else { tag.to_owned() });
    }
    let same = |text: &[u8]| told_of(&read(text, How::Iso20022).unwrap()) == told_of(&plain);
    assert!(same(prefixed.as_bytes()), "{prefixed}");
    assert!(same(sample("camt053_08.xml").replace("<Ntry>", "<!-- mutasi --><Ntry><?x y?>").as_bytes()));
    let latin = sample("camt053_08.xml").replace("UTF-8", "ISO-8859-1").replace("CONTOH", "\u{c9}");
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&latin);
    assert_eq!(read(&bytes, How::Iso20022).unwrap().lines[0].holder.as_deref(), Some("É PENERIMA 1"));
    let sixteen: Vec<u8> = [0xff, 0xfe].into_iter().chain(sample("camt053_08.xml").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(same(&sixteen));
    let amp = sample("pain002_12.xml").replace("CONTOH PENERIMA 3", "A &amp; B &#39;C&#x27; <![CDATA[<D>]]>");
    assert_eq!(read_text(&amp).unwrap().lines[0].holder.as_deref(), Some("A & B 'C' <D>"));
}

#[test]
fn totals_that_do_not_agree_refuse_the_whole_report() {
    let check = |file: &str, from: &str, to: &str, words: &str| {
        let text = sample(file);
        assert!(text.contains(from), "{from}");
        let fault = refusal(&text.replacen(from, to, 1), How::Iso20022);
        assert!(fault.contains(words), "{from}: {fault}");
    };
    let control = "jumlah kontrol tidak cocok";
    check("camt053_08.xml", "<NbOfNtries>6<", "<NbOfNtries>7<", control);
    check("camt053_02.xml", "<Sum>7001234.56<", "<Sum>7001234.57<", control);
    check("camt054_08.xml", "<Sum>2001234.56<", "<Sum>2001234<", control);
    check("camt054_02.xml", "<Sum>5000000<", "<Sum>5000001<", control);
    check("camt053_08.xml", "<NbOfTxs>2<", "<NbOfTxs>3<", control);
    check("camt053_08.xml", "<Amt Ccy=\"IDR\">2000000.00</Amt><CdtDbtInd>", "<Amt Ccy=\"IDR\">2000001.00</Amt><CdtDbtInd>", control);
    check("pain002_12.xml", "<DtldNbOfTxs>1<", "<DtldNbOfTxs>2<", control);
    check("pain002_03.xml", "<DtldCtrlSum>1000000<", "<DtldCtrlSum>999999<", control);
    check("pain002_03.xml", "<OrgnlNbOfTxs>5<", "<OrgnlNbOfTxs>2<", control);
}

#[test]
fn a_statement_whose_balances_do_not_meet_is_told_so() {
    let text = sample("camt053_08.xml").replace("<Amt Ccy=\"IDR\">7001234.56</Amt>", "<Amt Ccy=\"IDR\">7001234.00</Amt>");
    assert_eq!(read_text(&text).unwrap().notes, [Note::BalanceGap]);
    let text = sample("camt053_08.xml")
        .replace("</CreDtTm></GrpHdr>", "</CreDtTm><MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn></GrpHdr>");
    assert_eq!(read_text(&text).unwrap().notes, [Note::MorePages]);
}

#[test]
fn what_breaks_the_schema_is_refused_with_its_place() {
    let check = |file: &str, from: &str, to: &str, words: &[&str]| {
        let text = sample(file);
        assert!(text.contains(from), "{from}");
        let fault = refusal(&text.replacen(from, to, 1), How::Iso20022);
        assert!(words.iter().all(|word| fault.contains(word)), "{from}: {fault}");
    };
    check("pain002_12.xml", "<TxSts>ACSC", "<TxSts>OKAY", &["baris ", "TxInfAndSts/TxSts", "OKAY", "kode status"]);
    check("pain002_12.xml", "<GrpSts>PART", "<GrpSts>DONE", &["DONE"]);
    check("pain002_12.xml", "<MsgId>STS-0001</MsgId>", "", &["GrpHdr/MsgId", "tidak ada"]);
    check("pain002_12.xml", "<OrgnlMsgId>3325-2026-000001</OrgnlMsgId>", "", &["OrgnlMsgId", "tidak ada"]);
    check("pain002_12.xml", "2026-06-22T17:00:00+07:00", "kemarin", &["CreDtTm", "kemarin", "tanggal"]);
    check("pain002_12.xml", "<PmtInfSts>", "<Pmtinfsts>", &["Pmtinfsts", "tidak dikenal"]);
    check("pain002_12.xml", "</GrpHdr>", "</Grphdr>", &["rusak"]);
    check("pain002_12.xml", "<TxSts>ACSC</TxSts>", "<TxSts>ACSC</TxSts><TxSts>RJCT</TxSts>", &["lebih dari sekali"]);
    check("pain002_12.xml", "InstdAmt Ccy=\"IDR\">1000000", "InstdAmt Ccy=\"IDR\">1000000.50", &["memuat sen", "1000000.50"]);
    check("pain002_12.xml", "InstdAmt Ccy=\"IDR\">1000000", "InstdAmt Ccy=\"IDR\">1.000.000", &["bukan jumlah uang"]);
    check("pain002_12.xml", "InstdAmt Ccy=\"IDR\"", "InstdAmt Ccy=\"USD\"", &["mata uang USD"]);
    check("pain002_12.xml", "InstdAmt Ccy=\"IDR\"", "InstdAmt", &["Ccy", "tidak ada"]);
    check("camt053_08.xml", "<CdtDbtInd>DBIT", "<CdtDbtInd>KELUAR", &["KELUAR", "CRDT atau DBIT"]);
    check("camt053_08.xml", "<Sts><Cd>BOOK</Cd></Sts>", "<Sts>BOOK</Sts>", &["Ntry/Sts"]);
    check("camt053_02.xml", "<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>", &["Ntry/Sts"]);
    check("camt053_08.xml", "<RvslInd>true", "<RvslInd>ya", &["ya", "true atau false"]);
    check("camt053_08.xml", "<BookgDt><Dt>2026-06-22", "<BookgDt><Dt>2026-02-30", &["2026-02-30", "tanggal"]);
    check("camt053_08.xml", "<Acct><Id><Othr><Id>1034567890</Id></Othr></Id><Ccy>IDR</Ccy></Acct>", "", &["Acct", "tidak ada"]);
    check("camt053_08.xml", "<Ccy>IDR", "<Ccy>USD", &["mata uang USD"]);
    check("camt053_08.xml", "<Ntry>", "<Mutasi></Mutasi><Ntry>", &["Mutasi", "tidak dikenal"]);
    check("camt053_08.xml", "<Ntry>", "halo<Ntry>", &["tulisan di luar elemen"]);
    check("camt053_08.xml", "camt.053.001.08", "camt.053.001.06", &["camt.053.001.06", "pilih profil"]);
    check("camt053_08.xml", "camt.053.001.08", "camt.054.001.08", &["BkToCstmrStmt", "tidak dikenal"]);
    check("pain002_03.xml", "<Document xmlns", "<Dokumen xmlns", &["Dokumen"]);
}

#[test]
fn places_name_the_line_of_the_file() {
    let text = sample("pain002_12.xml").replace("<TxSts>PDNG", "<TxSts>NN");
    let line = 1 + text.lines().position(|line| line.contains("<TxSts>NN")).unwrap();
    let fault = refusal(&text, How::Iso20022);
    // The fault names where the transaction begins, three lines above the status.
    assert!(fault.starts_with(&format!("baris {}", line - 3)), "{fault}");
}

/// The content of every element of a name, turned round: elements a schema puts in order stand in the opposite one.
fn turned(text: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(&open) {
        let (inner, after) = behind.split_once(&close).unwrap();
        out += &format!("{before}{open}{}{close}", children(inner).into_iter().rev().collect::<String>());
        rest = after;
    }
    out + rest
}

/// Elements directly inside a piece of XML, each with all that is in it.
fn children(inner: &str) -> Vec<String> {
    let (mut found, mut depth, mut begins) = (Vec::new(), 0_i32, 0);
    for (at, _) in inner.match_indices('<') {
        let tag = &inner[at..=at + inner[at..].find('>').unwrap()];
        if depth == 0 {
            begins = at;
        }
        match (tag.starts_with("</"), tag.ends_with("/>")) {
            (true, _) => depth -= 1,
            (false, false) => depth += 1,
            (false, true) => {}
        }
        if depth == 0 {
            found.push(inner[begins..at + tag.len()].to_owned());
        }
    }
    found
}

#[test]
fn elements_in_another_order_than_the_schema_asks_are_read_all_the_same_or_named() {
    assert_eq!(children("<a><b>1</b></a> <c/>\n<d x=\"1\">2</d>"), ["<a><b>1</b></a>", "<c/>", "<d x=\"1\">2</d>"]);
    for (file, _) in &MESSAGES[2..] {
        let whole = sample(file);
        let expected = told_of(&read_text(&whole).unwrap());
        for element in ["Ntry", "TxDtls", "Bal", "RltdPties", "RtrInf", "GrpHdr", "TxsSummry", "Stmt", "Ntfctn"] {
            let other = turned(&whole, element);
            let read = match read_text(&other) {
                Ok(read) => read,
                // An entry is told by its amount and side, which stand before its transactions: behind them they are missed by name.
                Err(why) => {
                    assert!(element == "Ntry" && why.to_string().contains("CdtDbtInd"), "{file}, {element}: {why}");
                    continue;
                }
            };
            assert_eq!(
                turned(&other, element).split_whitespace().collect::<String>(),
                whole.split_whitespace().collect::<String>(),
                "{element}"
            );
            let mut told = told_of(&read);
            let mut expected = expected.clone();
            if matches!(element, "Stmt" | "Ntfctn") {
                // The entries themselves stand in the opposite order then.
                told.sort();
                expected.sort();
            }
            assert_eq!(told, expected, "{file}, {element}");
        }
    }
}
