//! What a bank's file may cost. Whatever is beyond is refused with a sentence, before it fills the memory.

/// Largest file taken, in bytes: a camt.053 of 40,000 bookings.
pub const BYTES_MAX: usize = 64 << 20;
/// Most lines of one report: eight years of a kabupaten's benefits.
pub const LINES_MAX: usize = 20_000;
/// Deepest nesting of XML elements; the schemas reach 15.
pub const DEPTH_MAX: usize = 40;
/// Most elements below one entry or transaction; the fullest ones have about 300.
pub const ELEMENTS_MAX: usize = 5_000;
/// Longest text of one element, in bytes; the schemas allow 500 letters.
pub const TEXT_BYTES_MAX: usize = 4_096;
/// Longest line of an MT940 file, in bytes; the standard allows 65 letters.
pub const MT940_LINE_BYTES_MAX: usize = 1_024;
/// Most lines of information behind one booking of an MT940 file; the standard allows 6, some banks write more.
pub const MT940_INFORMATION_LINES_MAX: usize = 30;
