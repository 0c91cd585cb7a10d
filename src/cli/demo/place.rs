//! Clean ground for the demo, without ever clearing anything that is not the demo's own.

use std::fs;
use std::path::Path;

use crate::store::{DatabaseUrl, Store};

use crate::cli::fault::CliFault;

/// Lies in every folder the demo made; without it nothing is cleared.
const MARK: &str = ".santunan-demo";

/// An empty folder: new, or the demo's own of an earlier run.
pub(super) fn clean_folder(folder: &Path) -> Result<(), CliFault> {
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
