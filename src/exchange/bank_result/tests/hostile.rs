use std::time::Instant;

use super::*;

/// Seconds an unoptimised build may take over a hostile file; a release build takes a tenth.
const SECONDS_MAX: u64 = 5;

fn refused(bytes: &[u8], how: How<'_>) -> String {
    let start = Instant::now();
    let fault = read(bytes, how).unwrap_err().to_string();
    assert!(start.elapsed().as_secs() < SECONDS_MAX, "{fault}: {:?}", start.elapsed());
    fault
}

#[test]
fn definitions_are_refused_before_they_grow() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>";
    for text in [
        format!("{laughs}{}", sample("camt053_08.xml").split_once("?>").unwrap().1),
        sample("camt053_08.xml").replace("JASA GIRO", "&lol;"),
        sample("camt053_08.xml").replace("JASA GIRO", "&#0;"),
        sample("camt053_08.xml").replace("<Ntry>", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><Ntry>"),
    ] {
        assert!(refused(text.as_bytes(), How::Iso20022).contains("demi keamanan"));
    }
}

#[test]
fn a_million_nested_elements_do_not_exhaust_the_stack() {
    let deep = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
    let text = sample("camt053_08.xml").replace("JASA GIRO", &deep);
    assert!(refused(text.as_bytes(), How::Iso20022).contains("kedalaman"));
    let containers = sample("camt053_08.xml").replacen("<Ntry>", &"<Ntry>".repeat(100_000), 1);
    assert!(refused(containers.as_bytes(), How::Iso20022).contains("tidak dikenal"));
    assert!(refused(deep.as_bytes(), How::Iso20022).contains("laporan ISO 20022"));
}

#[test]
fn a_hundred_megabytes_of_blanks_cost_nothing() {
    let mut blanks = vec![b' '; 100 << 20];
    let layout = tables::layout(str::to_owned);
    for how in [How::Iso20022, How::Mt940, How::Table(&layout)] {
        assert!(refused(&blanks, how).contains("terlalu besar"));
    }
    blanks.truncate(60 << 20);
    assert!(refused(&blanks, How::Iso20022).contains("kosong"));
    let padded = [blanks.as_slice(), sample("camt053_08.xml").split_once("?>").unwrap().1.as_bytes()].concat();
    assert_eq!(read(&padded, How::Iso20022).unwrap().lines.len(), 6);
}

#[test]
fn long_and_wide_contents_are_refused() {
    let wide = sample("camt053_08.xml").replacen("<TxDtls>", &format!("<TxDtls>{}", "<x/>".repeat(1_000_000)), 1);
    assert!(refused(wide.as_bytes(), How::Iso20022).contains("banyaknya elemen"));
    let long = sample("camt053_08.xml").replace("JASA GIRO", &"A".repeat(1 << 20));
    assert!(refused(long.as_bytes(), How::Iso20022).contains("panjang tulisan"));
    let pieces = sample("camt053_08.xml").replace("JASA GIRO", &"A&amp;".repeat(1 << 18));
    assert!(refused(pieces.as_bytes(), How::Iso20022).contains("panjang tulisan"));
    assert!(refused(format!(":20:{}", "A".repeat(1 << 20)).as_bytes(), How::Mt940).contains("panjang baris"));
    let information = sample("mt940.txt").replace("JASA GIRO", &"A\r\n".repeat(1_000));
    assert!(refused(information.as_bytes(), How::Mt940).contains("baris keterangan"));
    let many = sample("mt940.txt").replacen(":61:", &format!("{}:61:", ":61:260622D0,NTRFX\r\n".repeat(limits::LINES_MAX)), 1);
    assert!(refused(many.as_bytes(), How::Mt940).contains("lebih dari 20000 baris"));
}

#[test]
fn a_file_cut_off_anywhere_is_never_read_as_a_whole_one() {
    let layout = tables::layout(str::to_owned);
    for (file, how) in [
        ("camt053_08.xml", How::Iso20022),
        ("camt054_02.xml", How::Iso20022),
        ("pain002_12.xml", How::Iso20022),
        ("mt940.txt", How::Mt940),
        ("hasil.csv", How::Table(&layout)),
    ] {
        let text = sample(file);
        // Behind the last amount of a file nothing is lost any more.
        let essential = match how {
            How::Iso20022 => text.trim_end().len(),
            How::Mt940 => text.rfind(",56").unwrap() + 3,
            How::Table(_) => text.rfind("00,00").unwrap(),
        };
        for length in 0..essential {
            let cut = &text.as_bytes()[..length];
            assert!(read(cut, how).is_err(), "{file} cut at {length} of {}", text.len());
        }
        assert!(read(text.as_bytes(), how).is_ok());
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let layout = tables::layout(str::to_owned);
    let random: Vec<u8> = (0_u32..10_000).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    for how in [How::Iso20022, How::Mt940, How::Table(&layout)] {
        read(&random, how).unwrap_err();
        read(b"", how).unwrap_err();
        read(b"PK\x03\x04rest", how).unwrap_err();
    }
    let broken = sample("camt053_08.xml").replace("JASA GIRO", "\u{1}").into_bytes();
    let _either_way = read(&broken, How::Iso20022);
    let invalid = [sample("camt053_08.xml").as_bytes(), b"\xff\xfe"].concat();
    assert!(read(&invalid, How::Iso20022).unwrap_err().to_string().contains("bukan teks"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn no_change_of_single_bytes_makes_the_reader_fall(file in 0..8_usize, changes in proptest::collection::vec((0..4000_usize, 0..=255_u8), 1..6)) {
        let name = ["camt053_02.xml", "camt053_08.xml", "camt054_02.xml", "camt054_08.xml", "pain002_03.xml", "pain002_12.xml", "mt940.txt", "hasil.csv"][file];
        let mut bytes = sample(name).into_bytes();
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        let layout = tables::layout(str::to_owned);
        let how = match file { 6 => How::Mt940, 7 => How::Table(&layout), _ => How::Iso20022 };
        if let Ok(report) = read(&bytes, how) {
            assert!(report.disagreement().is_none());
        }
    }
}
