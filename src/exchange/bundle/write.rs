//! Writing a bundle, one file after the other, so that memory does not grow with it.

use std::io::{self, Seek, Write};

use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::record::{AuditRecord, ClaimRecord, DecreeRecord, EntryRecord, FileRecord, Manifest, OrderRecord};
use super::{AUDIT, CLAIMS, DECREES, FORMAT, LEDGER, MANIFEST, ORDERS, README, SPJ};
use crate::domain::audit::sha256_hex;
use crate::domain::payment::spj::Spj;

/// Why a bundle is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The file could not be written.
    #[error("berkas tidak dapat ditulis: {0}")]
    Io(#[from] io::Error),
    /// The zip could not be put together.
    #[error("bundel tidak dapat disusun: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A record without a form in JSON.
    #[error("catatan tidak dapat ditulis: {0}")]
    Json(#[from] serde_json::Error),
}

/// How to check the bundle, for somebody who has only the file.
const HOW_TO_CHECK: &str = "BUNDEL PEMERIKSAAN SANTUNAN KEMATIAN\n\n\
Isi bundel ini memuat data pribadi lengkap untuk pemeriksaan (Inspektorat/BPK). Simpan dan serahkan hanya kepada yang berhak.\n\n\
Memeriksa dengan program ini, tanpa basis data:\n\
    santunan bundle verify BERKAS.zip\n\
Program menghitung ulang sidik jari semua berkas, jumlah uang setiap permohonan, SK, dan perintah bayar dari pembukuan.\n\n\
Memeriksa tanpa program ini:\n\
1. Ekstrak bundel. manifest.json memuat nama, ukuran, dan SHA-256 setiap berkas lain.\n\
2. Hitung sidik jari dengan sha256sum dan bandingkan dengan manifest.json. Tidak boleh ada berkas yang kurang, lebih, atau berbeda.\n\
3. pembukuan.jsonl memuat setiap perpindahan uang. Untuk setiap permohonan, ikuti perpindahannya: uang harus berada tepat di satu tempat.\n\
4. Sidik jari surat dan berkas dalam klaim/KODE.json harus sama dengan yang dihitung pada langkah 2.\n\
5. spj.json menyebut untuk setiap pembayaran bukti mana yang ada dan mana yang kurang, serta jumlahnya terhadap SP2D.\n";

/// A bundle that is being written.
pub struct BundleWriter<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<FileRecord>,
}

impl<W: Write + Seek> BundleWriter<W> {
    /// Begins a bundle.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn begin(target: W) -> Result<Self, WriteFault> {
        let mut begun = Self { zip: ZipWriter::new(target), files: Vec::new() };
        begun.put(README, HOW_TO_CHECK.as_bytes())?;
        Ok(begun)
    }

    /// Adds a file; one that is in it already stays as it is, because bytes are named by what they are.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), WriteFault> {
        if self.files.iter().any(|file| file.path == path) {
            return Ok(());
        }
        self.zip.start_file(path, options())?;
        self.zip.write_all(bytes)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.files.push(FileRecord { path: path.to_owned(), bytes: size, sha256: sha256_hex(bytes) });
        Ok(())
    }

    /// Adds a claim.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_claim(&mut self, claim: &ClaimRecord) -> Result<(), WriteFault> {
        self.put_json(&format!("{CLAIMS}{}.json", claim.code), claim)
    }

    /// Adds the orders.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_orders(&mut self, orders: &[OrderRecord]) -> Result<(), WriteFault> {
        self.put_json(ORDERS, &orders)
    }

    /// Adds the decrees.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_decrees(&mut self, decrees: &[DecreeRecord]) -> Result<(), WriteFault> {
        self.put_json(DECREES, &decrees)
    }

    /// Adds the treasurer's evidence.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_spj(&mut self, spj: &Spj) -> Result<(), WriteFault> {
        self.put_json(SPJ, spj)
    }

    /// Adds the entries of the books, in the order of the journal.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_ledger(&mut self, entries: &[EntryRecord]) -> Result<(), WriteFault> {
        self.put_lines(LEDGER, entries)
    }

    /// Adds the entries of the audit trail.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn put_audit(&mut self, entries: &[AuditRecord]) -> Result<(), WriteFault> {
        self.put_lines(AUDIT, entries)
    }

    /// A record as JSON that people can read.
    fn put_json<T: Serialize>(&mut self, path: &str, record: &T) -> Result<(), WriteFault> {
        self.put(path, &serde_json::to_vec_pretty(record)?)
    }

    /// Records, one a line.
    fn put_lines<T: Serialize>(&mut self, path: &str, records: &[T]) -> Result<(), WriteFault> {
        let mut text = Vec::new();
        for record in records {
            serde_json::to_writer(&mut text, record)?;
            text.push(b'\n');
        }
        self.put(path, &text)
    }

    /// Ends the bundle with its list.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn finish(mut self, manifest: Manifest) -> Result<(Manifest, W), WriteFault> {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Manifest { format: FORMAT.to_owned(), files: self.files, ..manifest };
        self.zip.start_file(MANIFEST, options())?;
        self.zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
        Ok((manifest, self.zip.finish()?))
    }
}

/// A fixed time, so that the same content has the same bytes.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600)
}
