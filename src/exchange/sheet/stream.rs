//! Bytes become UTF-8 text while they are read, under two guards: no zero letters, and no endless row.

use std::cell::Cell;
use std::io::{Error, Read};
use std::rc::Rc;

use encoding_rs::Decoder;

use super::encoding::Letters;
use super::limits::RECORD_BYTES_MAX;

/// Bytes read from the file at a time.
const CHUNK_BYTES: usize = 1 << 16;

/// Why a text stops being read in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Halt {
    #[error("zero letters")]
    ZeroLetters,
    #[error("endless row")]
    EndlessRow,
}

/// How many bytes may still be read before a row must be finished. The reader of rows fills it up after each row.
#[derive(Debug, Clone)]
pub(super) struct Allowance(Rc<Cell<usize>>);

impl Allowance {
    pub(super) fn new() -> Self {
        Self(Rc::new(Cell::new(RECORD_BYTES_MAX)))
    }

    pub(super) fn refill(&self) {
        self.0.set(RECORD_BYTES_MAX);
    }

    fn spend(&self, bytes: usize) -> Result<(), Halt> {
        let left = self.0.get().checked_sub(bytes).ok_or(Halt::EndlessRow)?;
        self.0.set(left);
        Ok(())
    }
}

/// The text of a file.
pub(super) struct Text<R> {
    source: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    allowance: Allowance,
}

impl<R: Read> Text<R> {
    /// `source` stands behind the mark of its encoding.
    pub(super) fn new(source: R, letters: Letters, allowance: Allowance) -> Self {
        let decoder = letters.encoding.new_decoder_without_bom_handling();
        Self { source, decoder, bytes: vec![0; CHUNK_BYTES], from: 0, to: 0, ended: false, allowance }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        if self.from == self.to && !self.ended {
            self.to = self.source.read(&mut self.bytes)?;
            self.from = 0;
            self.ended = self.to == 0;
        }
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let was_ended = self.ended;
            self.fill()?;
            let waiting = self.bytes.get(self.from..self.to).unwrap_or_default();
            if waiting.is_empty() && was_ended {
                return Ok(0);
            }
            let (_, used, written, _) = self.decoder.decode_to_utf8(waiting, out, self.ended);
            self.from += used;
            if written > 0 {
                if out.get(..written).is_some_and(|text| text.contains(&0)) {
                    return Err(Error::other(Halt::ZeroLetters));
                }
                self.allowance.spend(written).map_err(Error::other)?;
                return Ok(written);
            }
        }
    }
}
