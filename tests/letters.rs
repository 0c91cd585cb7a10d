//! Letters as the outside sees them: read back, checked and measured with poppler and qpdf.
//!
//! A tool that is not installed fails the test: nothing here is skipped.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;

use santunan::domain::identity::Relation;
use santunan::domain::letter::{Hand, HandRight, Letter, LetterContent, LetterKind};
use santunan::domain::money::Rupiah;
use santunan::domain::office::Paper;
use santunan::letters::{LetterFault, Pdf, bundle, render, samples};
use santunan::seal::{PublicKeys, token};

const EMBLEM: &[u8] = include_bytes!("golden/letters/emblem.png");

/// Both samples of every kind, with a name for files.
fn all_samples() -> Vec<(String, Letter)> {
    let both = |kind: LetterKind| {
        [(kind.slug().to_owned(), samples::sample(kind)), (format!("{}-panjang", kind.slug()), samples::longest_sample(kind))]
    };
    LetterKind::ALL.into_iter().flat_map(both).collect()
}

fn drawn(letter: &Letter) -> Pdf {
    render(letter, EMBLEM).unwrap_or_else(|fault| panic!("{:?}: {fault}", letter.kind()))
}

fn written(name: &str, pdf: &Pdf) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, &pdf.bytes).unwrap();
    path
}

/// What a tool prints about a file; the tool must exist and succeed.
fn tool(program: &str, before: &[&str], path: &Path, after: &[&str]) -> String {
    let run = Command::new(program).args(before).arg(path).args(after).output();
    let output = run.unwrap_or_else(|error| panic!("{program} is needed for this test: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.trim().is_empty(), "{program} {}: {errors}", path.display());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_letter_is_a_sound_pdf_with_its_fonts_inside() {
    for (name, letter) in all_samples() {
        let pdf = drawn(&letter);
        let path = written(&name, &pdf);
        let verdict = tool("qpdf", &["--check"], &path, &[]);
        assert!(verdict.contains("No syntax or stream encoding errors"), "{name}: {verdict}");
        let fonts = tool("pdffonts", &[], &path, &[]);
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{name}");
        for row in rows {
            let columns: Vec<&str> = row.split_whitespace().collect();
            let flags = &columns[columns.len() - 5..columns.len() - 2];
            assert_eq!(flags, ["yes", "yes", "yes"], "{name}: {row}");
        }
        let info = tool("pdfinfo", &[], &path, &[]);
        assert!(info.contains("PDF version:     1.7") && info.contains(&letter.number), "{name}: {info}");
        assert!(info.contains(&format!("Pages:           {}", pdf.pages)), "{name}: {info}");
    }
}

#[test]
fn a_telephone_reads_the_square_of_every_letter() {
    let mut keys = PublicKeys::default();
    keys.add(samples::sample_key().public("2026-01-01T00:00:00Z".parse().unwrap()));
    for (name, letter) in all_samples() {
        let path = written(&format!("square-{name}"), &drawn(&letter));
        let page = path.with_extension("");
        // What a camera sees at reading distance is no finer.
        tool("pdftoppm", &["-r", "200", "-gray", "-singlefile", "-f", "1", "-l", "1"], &path, &[page.to_str().unwrap()]);
        let seen = Command::new("zbarimg").args(["-q", "--raw"]).arg(page.with_extension("pgm")).output();
        let seen = String::from_utf8(seen.unwrap_or_else(|error| panic!("zbarimg is needed for this test: {error}")).stdout).unwrap();
        assert_eq!(seen.trim_end(), letter.proof.scanned(), "{name}");
        let (facts, _) = token::verify(seen.trim_end(), &keys).unwrap();
        assert_eq!(
            (facts.number, facts.dated_on, facts.amount),
            (letter.number.clone(), letter.dated_on, letter.content.amount()),
            "{name}"
        );
    }
}

#[test]
fn the_same_letter_has_the_same_bytes_here_in_another_thread_and_for_years() {
    let mut golden = String::new();
    for (name, letter) in all_samples() {
        let first = drawn(&letter);
        let frozen: Letter = serde_json::from_str(&serde_json::to_string(&letter).unwrap()).unwrap();
        let again = std::thread::spawn(move || drawn(&frozen)).join().unwrap();
        assert_eq!(first, again, "{name}");
        let digest = sha2_hex(&first.bytes);
        golden += &[digest, first.pages.to_string(), name].join(" ");
        golden.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/letters/digests.txt");
    if std::env::var_os("SANTUNAN_UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &golden).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), golden, "after looking at every page, run with SANTUNAN_UPDATE_GOLDEN=1");
}

fn sha2_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    format!("{:x}", Sha256::digest(bytes))
}

/// The words of a page or file in reading order, white space folded.
fn words_of(name: &str, letter: &Letter) -> String {
    let path = written(name, &drawn(letter));
    tool("pdftotext", &["-layout"], &path, &["-"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table: the sentences of every letter")]
fn every_letter_says_what_it_must() {
    let check = |kind: LetterKind, sentences: &[&str]| {
        let text = words_of(&format!("words-{}", kind.slug()), &samples::sample(kind));
        for sentence in sentences.iter().chain(&["halaman 1 dari"]) {
            assert!(text.contains(sentence), "{kind:?} lacks {sentence:?}: {text}");
        }
    };
    let free = "Pengurusan santunan tidak dipungut biaya.";
    check(
        LetterKind::TandaTerima,
        &[
            "BTG-26-00012",
            "8 Juni 2026 pukul 09.25 WIB",
            "Almarhum : SLAMET CONTOHARJO",
            "7 Halaman depan buku rekening Belum ada",
            "paling lambat tanggal 2 Juli 2026",
            "santunan.contoh.go.id/status",
            "Petugas Desa Sukacontoh",
            free,
        ],
    );
    check(
        LetterKind::Pengembalian,
        &[
            "turut berduka cita",
            "1. Nama pemilik rekening berbeda",
            "Yang perlu dilakukan: Mintakan nomor surat",
            "Tanggal pengajuan 8 Juni 2026 tetap berlaku",
            "NIP 19700101 199503 2 001",
            "Tembusan:",
            free,
        ],
    );
    check(
        LetterKind::Penolakan,
        &[
            "belum dapat dikabulkan dengan alasan:",
            "94 hari setelah tanggal meninggal",
            "diputuskan oleh pejabat, bukan oleh sistem",
            "21 (dua puluh satu) hari kalender",
            "keberatan",
            free,
        ],
    );
    check(
        LetterKind::SkPenetapan,
        &[
            "KEPUTUSAN BUPATI BATANG NOMOR 400.9/0007/TAHUN 2026 TENTANG",
            "Menimbang : a. bahwa",
            "Mengingat : 1. Undang-Undang",
            "MEMUTUSKAN:",
            "KESATU : Menetapkan 12 (dua belas) orang",
            "Rp12.000.000,00 (dua belas juta rupiah)",
            "KELIMA",
            "Ditetapkan di Batang pada tanggal 19 Juni 2026",
            "LAMPIRAN",
            "NIK 992501******1001",
            "JUMLAH SELURUHNYA 12.000.000",
        ],
    );
    check(
        LetterKind::Nominatif,
        &[
            "9925011500050001",
            "3012000000",
            "Tanda tangan",
            "Jumlah sampai dengan halaman ini",
            "Terbilang: dua belas juta rupiah",
            "Bendahara Pengeluaran",
        ],
    );
    check(
        LetterKind::NominatifSamar,
        &[
            "Keputusan Nomor 400.9/0007/TAHUN 2026",
            "SI** CO**",
            "992501******0001",
            "Kelurahan Umpamabaru",
            "JUMLAH SELURUHNYA 12.000.000",
            "Terbilang: dua belas juta rupiah",
            free,
        ],
    );
    check(
        LetterKind::PerintahBayar,
        &[
            "SURAT PERINTAH BAYAR",
            "Rp12.000.000,00",
            "dua belas juta rupiah",
            "2 BANK RAKYAT INDONESIA 3 3.000.000",
            "Nomor SP2D : …",
            "Yang memerintahkan,",
        ],
    );
    check(
        LetterKind::Kuitansi,
        &[
            "Sudah terima dari : Bendahara Pengeluaran",
            "satu juta rupiah",
            "Rp1.000.000,00",
            "a.n. almarhum SLAMET CONTOHARJO",
            "cap jempol",
            "Setuju dibayar,",
            free,
        ],
    );
    check(
        LetterKind::Pemberitahuan,
        &[
            "duka cita yang mendalam",
            "telah disetujui",
            "Rp1.000.000,00 (satu juta rupiah)",
            "******4567",
            "KTP asli ahli waris",
            "tanpa potongan",
            free,
        ],
    );
    check(
        LetterKind::SkPerubahan,
        &[
            "PERUBAHAN ATAS KEPUTUSAN BUPATI BATANG NOMOR 400.9/0007/TAHUN 2026",
            "Menimbang : a. bahwa",
            "Mengingat : 1. Undang-Undang",
            "MEMUTUSKAN:",
            "KESATU : Mencoret 1 (satu) orang penerima",
            "KEDUA : Mengubah 1 (satu) baris",
            "semula 12 (dua belas) orang sebesar Rp12.000.000,00 (dua belas juta rupiah) dan menjadi 11 (sebelas) orang",
            "KELIMA : Keputusan ini mulai berlaku",
            "LAMPIRAN",
            "DICORET",
            "Menjadi : 11 (sebelas) orang sebesar Rp11.000.000,00 (sebelas juta rupiah)",
        ],
    );
    check(
        LetterKind::PermintaanPengembalian,
        &[
            "Permintaan pengembalian santunan kematian",
            "dibatalkan pada tanggal 22 Juni 2026",
            "Rp1.000.000,00 (satu juta rupiah)",
            "1 20 Juli 2026 333.334",
            "JUMLAH SELURUHNYA 1.000.000",
            "Rekening Kas Umum Daerah",
            "Jangan menyerahkan uang tanpa bukti setor.",
        ],
    );
    check(
        LetterKind::BuktiAngsuran,
        &[
            "BUKTI ANGSURAN PENGEMBALIAN",
            "Rp333.333,00",
            "tiga ratus tiga puluh tiga ribu tiga ratus tiga puluh tiga rupiah",
            "STS-0042/2026",
            "setoran ke-2",
            "Yang masih harus dikembalikan",
            "Yang menyetor,",
        ],
    );
}

#[test]
fn numbers_of_the_heir_are_whole_only_where_money_is_paid() {
    for kind in LetterKind::ALL {
        let text = words_of(&format!("masked-{}", kind.slug()), &samples::sample(kind));
        let whole = text.contains("9925011500050001");
        assert_eq!(whole, matches!(kind, LetterKind::Nominatif | LetterKind::Kuitansi), "{kind:?}");
        assert_eq!(text.contains("3012000000") || text.contains("3012004567"), kind == LetterKind::Nominatif, "{kind:?}");
    }
}

#[test]
fn a_stamp_is_asked_only_above_five_million() {
    let check = |whole: i64, stamped: bool| {
        let mut letter = samples::sample(LetterKind::Kuitansi);
        let LetterContent::Kuitansi(receipt) = &mut letter.content else { panic!("a receipt") };
        receipt.amount = Rupiah::new(whole).unwrap();
        assert_eq!(words_of(&format!("stamp-{whole}"), &letter).contains("Meterai"), stamped, "{whole}");
    };
    check(1_000_000, false);
    check(5_000_000, false);
    check(5_000_001, true);
}

#[test]
fn a_receipt_names_whose_hand_takes_the_money() {
    let signed = |name: &str, hand: Option<Hand>, relation: Relation| {
        let mut letter = samples::sample(LetterKind::Kuitansi);
        let LetterContent::Kuitansi(receipt) = &mut letter.content else { panic!("a receipt") };
        receipt.hand = hand;
        receipt.relation = relation;
        words_of(&format!("hand-{name}"), &letter)
    };
    let by = |right| Some(Hand { right, name: "TARMUDI CONTOHARJO".to_owned(), nik: None });
    let proxy = signed("proxy", by(HandRight::Proxy), Relation::Istri);
    assert!(proxy.contains("Diterimakan kepada : TARMUDI CONTOHARJO, penerima kuasa ahli waris"), "{proxy}");
    assert!(proxy.contains("Penerima : SITI CONTOHAH"), "the money is the heir's: {proxy}");
    assert!(signed("guardian", by(HandRight::Guardian), Relation::Anak).contains("Wali ahli waris"));
    let buried = signed("buried", None, Relation::BukanKeluarga);
    assert!(buried.contains("tidak mempunyai ahli waris") && !buried.contains("Diterimakan kepada"), "{buried}");
}

#[test]
fn the_emblem_of_the_first_office_prints_on_every_letter() {
    let emblem = include_bytes!("../fixtures/offices/33.25/emblem.png");
    for kind in LetterKind::ALL {
        let pdf = render(&samples::sample(kind), emblem).unwrap_or_else(|fault| panic!("{fault}"));
        let path = written(&format!("emblem-{}", kind.slug()), &pdf);
        let pictures = tool("pdfimages", &["-list"], &path, &[]);
        assert!(pictures.contains(" image ") && pictures.contains(" rgb "), "{kind:?}: {pictures}");
        assert!(pdf.bytes.len() < 200_000, "{kind:?}: {} bytes", pdf.bytes.len());
    }
}

#[test]
fn pages_have_the_size_of_the_paper() {
    let check = |paper: Paper, kind: LetterKind, width: f64, height: f64| {
        let mut letter = samples::sample(kind);
        letter.paper = paper;
        let path = written(&format!("paper-{paper:?}-{}", kind.slug()), &drawn(&letter));
        let info = tool("pdfinfo", &[], &path, &[]);
        let line = info.lines().find(|line| line.starts_with("Page size:")).unwrap();
        let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let mm = |points: f64| points / 72.0 * 25.4;
        assert!((mm(numbers[0]) - width).abs() < 0.1 && (mm(numbers[1]) - height).abs() < 0.1, "{line}");
    };
    check(Paper::F4, LetterKind::Kuitansi, 215.0, 330.0);
    check(Paper::A4, LetterKind::Kuitansi, 210.0, 297.0);
    check(Paper::F4, LetterKind::Nominatif, 330.0, 215.0);
    check(Paper::A4, LetterKind::Nominatif, 297.0, 210.0);
}

#[test]
fn the_page_totals_of_three_hundred_rows_add_up() {
    for kind in [LetterKind::SkPenetapan, LetterKind::Nominatif] {
        let letter = samples::longest_sample(kind);
        let (LetterContent::SkPenetapan(santunan::domain::letter::SkPenetapan { total, rows, .. })
        | LetterContent::Nominatif(santunan::domain::letter::Nominatif { total, rows, .. })) = &letter.content
        else {
            panic!("a list")
        };
        assert_eq!(rows.len(), 300);
        let path = written(&format!("totals-{}", kind.slug()), &drawn(&letter));
        let text = tool("pdftotext", &["-layout"], &path, &["-"]);
        let amounts = |label: &str| -> Vec<Rupiah> {
            let lines = text.lines().filter_map(|line| line.split_once(label));
            lines.map(|(_, amount)| Rupiah::parse(amount).unwrap()).collect()
        };
        let (pages, running) = (amounts("Jumlah halaman ini"), amounts("Jumlah sampai dengan halaman ini"));
        assert!(pages.len() > 5 && pages.len() == running.len() + 1, "{kind:?}");
        let mut sum = Rupiah::ZERO;
        for (page, so_far) in pages.iter().zip(running.iter().chain([total])) {
            sum = sum.checked_add(*page).unwrap();
            assert_eq!(sum, *so_far, "{kind:?}");
        }
        assert_eq!(amounts("JUMLAH SELURUHNYA"), [*total], "{kind:?}");
    }
}

#[test]
fn no_page_is_left_with_a_signature_alone() {
    for (name, letter) in all_samples() {
        let path = written(&format!("alone-{name}"), &drawn(&letter));
        let text = tool("pdftotext", &["-layout"], &path, &["-"]);
        for page in text.split('\u{c}').filter(|page| !page.trim().is_empty()) {
            let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
            let first = lines[0].trim_start();
            let starts_with_signature = ["Kepala Dinas", "Plt.", "Mengetahui", "Ditetapkan", "Yang mem", "Yang men", "BUPATI BATANG,"]
                .iter()
                .any(|s| first.starts_with(s));
            assert!(!starts_with_signature && lines.len() > 3, "{name}: {page}");
        }
    }
}

#[test]
fn many_letters_share_one_file_with_a_bookmark_each() {
    let letters: Vec<Letter> = LetterKind::ALL.into_iter().map(samples::sample).collect();
    let pdf = bundle(&letters, EMBLEM).unwrap();
    assert_eq!(pdf, bundle(&letters, EMBLEM).unwrap());
    assert_eq!(pdf.pages, letters.iter().map(|letter| drawn(letter).pages).sum::<usize>());
    let path = written("bundle", &pdf);
    tool("qpdf", &["--check"], &path, &[]);
    let outline = tool("qpdf", &["--json", "--json-key=outlines"], &path, &[]);
    for letter in &letters {
        assert!(outline.contains(&letter.number), "{}", letter.number);
    }
    let fonts = tool("pdffonts", &[], &path, &[]);
    assert_eq!(fonts.lines().count(), 2 + 3, "three fonts, shared: {fonts}");
    assert_eq!(bundle(&[], EMBLEM), Err(LetterFault::Missing { field: "letters".to_owned() }));
}
