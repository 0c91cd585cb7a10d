//! What a file from outside may cost. Whatever is beyond is refused with a sentence, before it fills the memory.

/// Largest file taken, in bytes; a whole kabupaten's register is about 200 MB.
pub const FILE_BYTES_MAX: u64 = 1 << 30;
/// Largest Excel file taken, packed, in bytes.
pub const WORKBOOK_BYTES_MAX: u64 = 100 << 20;
/// Largest Excel file taken, unpacked, in bytes: about 230,000 rows of a register.
pub const UNPACKED_BYTES_MAX: u64 = 300 << 20;
/// Largest part of an Excel file that is held in memory while reading (texts, styles, list of sheets), in bytes.
pub const HELD_PART_BYTES_MAX: u64 = 64 << 20;
/// Parts inside an Excel file.
pub const PARTS_MAX: usize = 2_000;
/// Sheets looked at for the one with the register.
pub const SHEETS_MAX: usize = 100;
/// Columns of a row.
pub const COLUMNS_MAX: usize = 1_000;
/// Bytes of text without a single finished row: beyond it stands a quote that never closes, or nothing but blank lines.
pub const RECORD_BYTES_MAX: usize = 1 << 20;
/// Bytes of one cell; Excel itself holds 32,767 letters.
pub const CELL_BYTES_MAX: usize = 1 << 16;
/// Lines looked at for the row of column names.
pub const HEADER_LINES_MAX: usize = 40;
/// Bytes at the beginning from which the delimiter is told.
pub const SAMPLE_BYTES: usize = 1 << 16;
