//! The one style sheet, under a name that changes with its content so that browsers may keep it for ever.

use std::sync::LazyLock;

use crate::domain::audit::sha256_hex;

/// The sheet as served.
pub const CSS: &str = include_str!("../../templates/style.css");
/// The mark in the browser's tab.
pub const ICON: &str = include_str!("../../templates/icon.svg");

/// File name of the sheet: `gaya-` and the first 12 hexadecimal digits of its SHA-256.
pub static CSS_NAME: LazyLock<String> = LazyLock::new(|| {
    let hash = sha256_hex(CSS.as_bytes());
    format!("gaya-{}.css", hash.get(..12).unwrap_or(&hash))
});

/// Address of the sheet.
pub static CSS_HREF: LazyLock<String> = LazyLock::new(|| format!("/aset/{}", *CSS_NAME));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_small_and_needs_nothing_from_elsewhere() {
        assert!(CSS.len() <= 16 * 1024, "{} bytes", CSS.len());
        assert!(!CSS.contains("url(") && !CSS.contains("@import"));
    }
}
