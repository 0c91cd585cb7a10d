//! What can be wrong with a bank's layout.

use super::file_name::FileNameFault;
use super::layout::Field;
use crate::domain::payment::Route;

/// What is wrong with a layout; `file` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutFault {
    /// Not TOML, or an unknown or missing setting.
    #[error("{place}: {why}")]
    Unreadable {
        /// Where in the layout.
        place: String,
        /// The reader's words.
        why: String,
    },
    /// No file for a road, or two.
    #[error("jalur {0:?} harus punya tepat satu berkas, ada {1}")]
    Route(Route, usize),
    /// A pattern of a file name that is not one.
    #[error("berkas {file}: nama berkas: {fault}")]
    FileName {
        /// Which file.
        file: usize,
        /// What is wrong.
        fault: FileNameFault,
    },
    /// A delimiter that is not one ASCII mark, or one that texts may hold too.
    #[error("berkas {0}: tanda pemisah harus satu tanda baca yang tidak dipakai dalam isi")]
    Delimiter(usize),
    /// A file for a machine without its set of marks, or with quotes or control characters in it.
    #[error("berkas {0}: marks harus ada untuk berkas bank dan tidak boleh berisi kutip, =, @ atau tanda kendali")]
    Marks(usize),
    /// A replacement for something that is not one character.
    #[error("berkas {file}: replace \"{key}\" harus satu tanda")]
    Replace {
        /// Which file.
        file: usize,
        /// The key.
        key: String,
    },
    /// A field without which nobody is paid, or a field twice.
    #[error("berkas {file}: kolom {field:?} harus ada tepat satu kali, ada {found}")]
    Column {
        /// Which file.
        file: usize,
        /// The field.
        field: Field,
        /// How often it is there.
        found: usize,
    },
    /// A column of no width, or an amount or account that would be cut.
    #[error("berkas {file}: kolom {field:?}: chars_max harus lebih dari nol, dan angka uang, rekening dan BIC tidak boleh dipotong")]
    Width {
        /// Which file.
        file: usize,
        /// The field.
        field: Field,
    },
    /// A limit that is no amount.
    #[error("berkas {0}: amount_max harus lebih dari nol")]
    AmountMax(usize),
}
