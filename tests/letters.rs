//! Letters as the outside sees them: read back, checked and measured with poppler and qpdf.
//!
//! A tool that is not installed fails the test: nothing here is skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use santunan::domain::letter::{Letter, LetterContent, LetterKind};
use santunan::domain::money::Rupiah;
use santunan::domain::office::Paper;
use santunan::letters::{LetterFault, Pdf, bundle, render, samples};

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
