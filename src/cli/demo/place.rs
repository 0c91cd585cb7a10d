//! Clean ground for the demo, without ever clearing anything that is not the demo's own.

use std::fs;
use std::path::Path;

use crate::store::{DatabaseUrl, Store};

use crate::cli::fault::CliFault;

/// Lies in every folder the demo made; without it nothing is cleared.
const MARK: &str = ".santunan-demo";

/// Cleans both folders, the outer one first where one lies in the other, as the data folder does by default.
pub(super) fn clean_folders(out: &Path, data: &Path) -> Result<(), CliFault> {
    let whole = |folder: &Path| std::path::absolute(folder).unwrap_or_else(|_unreadable| folder.to_path_buf());
    let (first, second) = if whole(data).starts_with(whole(out)) { (out, data) } else { (data, out) };
    clean_folder(first)?;
    clean_folder(second)
}

/// An empty folder: new, or the demo's own of an earlier run.
fn clean_folder(folder: &Path) -> Result<(), CliFault> {
    let file = |e: std::io::Error| CliFault::Environment(format!("{}: {e}", folder.display()));
    if folder.exists() {
        let empty = fs::read_dir(folder).map_err(file)?.next().is_none();
        if !empty && !folder.join(MARK).exists() {
            return Err(CliFault::Refused(format!(
                "folder {} sudah berisi data lain; contoh tidak menghapusnya. Pilih folder lain dengan --out atau --data-dir",
                folder.display()
            )));
        }
        fs::remove_dir_all(folder).map_err(file)?;
    }
    fs::create_dir_all(folder).map_err(file)?;
    fs::write(folder.join(MARK), "Folder ini dibuat oleh `santunan demo` dan dikosongkan setiap kali contoh dijalankan.\n").map_err(file)
}

/// A freshly migrated database. A PostgreSQL database is emptied only if an earlier demo made its tables.
pub(super) fn clean_database(url: &DatabaseUrl) -> Result<Store, CliFault> {
    match url {
        DatabaseUrl::Sqlite(path) => {
            if path.exists() {
                return Err(CliFault::Refused(format!("{} sudah ada dan bukan milik contoh; pilih basis data lain", path.display())));
            }
        }
        DatabaseUrl::Postgres(_) => {
            if !Store::empty_demo_database(url)? {
                return Err(CliFault::Refused(
                    "basis data PostgreSQL itu sudah berisi data lain; contoh memerlukan basis data kosong".into(),
                ));
            }
        }
    }
    let (store, _ran) = Store::migrate_and_open(url)?;
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_folder_may_lie_in_the_other_and_strangers_files_stay() {
        let place = tempfile::tempdir().unwrap();
        let (outer, inner) = (place.path().join("luar"), place.path().join("luar").join("dalam"));
        for (out, data) in [(&outer, &inner), (&inner, &outer), (&outer, &inner)] {
            clean_folders(out, data).unwrap();
            assert!(outer.join(MARK).exists() && inner.join(MARK).exists());
        }
        let foreign = place.path().join("arsip");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join("skripsi.txt"), "penting").unwrap();
        assert!(clean_folders(&foreign, &inner).is_err());
        assert!(foreign.join("skripsi.txt").exists());
    }
}
