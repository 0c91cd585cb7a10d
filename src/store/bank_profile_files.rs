//! Bank profiles of the office: readable text in a folder of its own, put there by a page or by hand.

use std::path::Path;

use super::files::FileFault;
use super::mapping_files::MappingFiles;

/// The folder `bank_profiles` of the data folder, kept as mapping files are.
#[derive(Debug, Clone)]
pub struct BankProfileFiles(MappingFiles);

impl BankProfileFiles {
    /// The folder inside a data folder; it need not be there.
    pub fn new(data_dir: &Path) -> Self {
        Self(MappingFiles::in_folder(data_dir.join("bank_profiles")))
    }

    /// Name and bytes of every `.toml` file, in the order of their names.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn all(&self) -> Result<Vec<(String, Vec<u8>)>, FileFault> {
        self.0.all()
    }

    /// Keeps a profile under its name; one of the same name gives way.
    ///
    /// # Errors
    /// [`FileFault::Disk`].
    pub fn put(&self, profile: &str, text: &str) -> Result<(), FileFault> {
        self.0.put(&format!("{profile}.toml"), text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_put_is_read_again_and_an_absent_folder_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let files = BankProfileFiles::new(folder.path());
        assert!(files.all().unwrap().is_empty());
        files.put("jateng", "name = \"lama\"").unwrap();
        files.put("jateng", "name = \"jateng\"").unwrap();
        assert_eq!(files.all().unwrap(), [("jateng.toml".to_owned(), b"name = \"jateng\"".to_vec())]);
        assert!(folder.path().join("bank_profiles/jateng.toml").is_file());
    }
}
