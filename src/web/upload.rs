//! Papers sent along with a form: small, of a known kind by their content, never empty.

use crate::domain::claim::DocumentKind;

/// Largest paper, in bytes (2 MiB).
pub const UPLOAD_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Field of the only larger file there is: a register.
pub const REGISTER_FIELD: &str = "berkas_data_warga";
/// Field of a mapping file.
pub const MAPPING_FIELD: &str = "berkas_pemetaan";
/// Field of a bank's answer.
pub const REPORT_FIELD: &str = "berkas_hasil";
/// Largest answer of a bank, in bytes (32 MiB): what its reader takes, too.
pub const REPORT_UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Field of the paper that proves a corrected account.
pub const EVIDENCE_FIELD: &str = "bukti";
/// Field of a letter whose authenticity is asked.
pub const LETTER_FIELD: &str = "berkas_surat";
/// Largest register sent through a page, in bytes (32 MiB, about 140,000 rows); larger ones go in at the command line.
pub const REGISTER_UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;

/// A paper that was looked at and is fine.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// What it is.
    pub kind: DocumentKind,
    /// Type by content.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadFault {
    /// No bytes.
    Empty,
    /// More than [`UPLOAD_BYTES_MAX`].
    TooLarge,
    /// Neither JPG nor PNG nor PDF, whatever its name says.
    Unknown,
}

impl UploadFault {
    /// What to tell the clerk.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "Berkas ini kosong (0 byte). Mohon pilih berkas yang benar, atau foto ulang.",
            Self::TooLarge => "Berkas ini lebih besar dari 2 MB. Mohon perkecil fotonya, atau pindai dengan mutu lebih rendah.",
            Self::Unknown => {
                "Isi berkas ini bukan JPG, PNG, atau PDF. Mohon simpan ulang sebagai salah satunya; mengganti akhiran nama saja belum cukup."
            }
        }
    }
}

/// Looks at a paper's bytes; its name is not asked.
///
/// # Errors
/// [`UploadFault`].
pub fn examine(kind: DocumentKind, bytes: Vec<u8>) -> Result<Upload, UploadFault> {
    Ok(Upload { kind, media_type: media_type(&bytes)?, bytes })
}

/// What a file is by its content.
///
/// # Errors
/// [`UploadFault`].
pub fn media_type(bytes: &[u8]) -> Result<&'static str, UploadFault> {
    match bytes {
        [] => Err(UploadFault::Empty),
        b if b.len() > UPLOAD_BYTES_MAX => Err(UploadFault::TooLarge),
        [0xff, 0xd8, 0xff, ..] => Ok("image/jpeg"),
        b if b.starts_with(b"\x89PNG\r\n\x1a\n") => Ok("image/png"),
        b if b.starts_with(b"%PDF-") => Ok("application/pdf"),
        _ => Err(UploadFault::Unknown),
    }
}

/// A size in words: `312 kB`.
pub fn size_text(bytes: i64) -> String {
    if bytes >= 1_000_000 {
        return format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    }
    format!("{} kB", (bytes + 999) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, UploadFault>) {
        assert_eq!(examine(DocumentKind::Kk, bytes.to_vec()).map(|u| u.media_type), expected);
    }

    #[test]
    fn the_content_decides_what_a_file_is() {
        check(b"\xff\xd8\xff\xe0 jpeg", Ok("image/jpeg"));
        check(b"\x89PNG\r\n\x1a\n...", Ok("image/png"));
        check(b"%PDF-1.7", Ok("application/pdf"));
        check(b"", Err(UploadFault::Empty));
        check(b"MZ\x90 an exe named kk.pdf", Err(UploadFault::Unknown));
        check(b"<svg onload=alert(1)>", Err(UploadFault::Unknown));
        check(&[b"%PDF-".as_slice(), &vec![0; UPLOAD_BYTES_MAX]].concat(), Err(UploadFault::TooLarge));
    }

    #[test]
    fn sizes_are_in_round_words() {
        assert_eq!(size_text(1), "1 kB");
        assert_eq!(size_text(312_000), "312 kB");
        assert_eq!(size_text(1_960_000), "1,9 MB");
    }
}
