//! The file's format, from the writer's side.
//!
//! First the dictionary, as it is; then the texts, each a Zstandard frame; then
//! where each frame ends; then a trailer. The engine puts its own check sum of
//! the whole behind.

use std::io::{self, Write};

use tantivy::directory::{TerminatingWrite, WritePtr};
use zstd::bulk::Compressor;

/// Ends the file, with the version.
pub(super) const MARK: &[u8; 8] = b"ESRTXT01";

/// Bytes of the trailer: size of the dictionary, count of texts, the mark.
pub(super) const TRAILER: usize = 3 * 8;

/// Bytes that say where a frame ends.
pub(super) const POINTER: usize = 8;

/// Bytes of the dictionary at the most. Measured on made-up and on real
/// descriptions: 100 kB gain a third to a half, more hardly gain more.
const DICTIONARY: usize = 100 << 10;

/// Zstandard's level: a tenth less room than level 1 for a twentieth more time
/// of a whole run. Reading takes no longer.
const LEVEL: i32 = 3;

/// Writes texts into a file of their own.
pub(in super::super) struct Sink {
    out: WritePtr,
    /// Texts that come before the dictionary is full and are packed with it.
    first: Vec<String>,
    waiting: usize,
    packer: Option<Compressor<'static>>,
    dictionary: usize,
    /// Where the frames end, counted from the first one's beginning.
    ends: Vec<u64>,
    frame: Vec<u8>,
}

impl Sink {
    pub(in super::super) fn new(out: WritePtr) -> Self {
        Self {
            out,
            first: Vec::new(),
            waiting: 0,
            packer: None,
            dictionary: 0,
            ends: Vec::new(),
            frame: Vec::new(),
        }
    }

    /// Adds the next document's text.
    pub(in super::super) fn push(&mut self, text: &str) -> tantivy::Result<()> {
        if self.packer.is_some() {
            return Ok(self.pack(text)?);
        }
        self.first.push(text.to_owned());
        self.waiting += text.len();
        if self.waiting >= DICTIONARY {
            self.begin()?;
        }
        Ok(())
    }

    /// Memory in bytes, roughly.
    pub(in super::super) fn memory(&self) -> usize {
        self.waiting + self.frame.capacity() + self.ends.capacity() * POINTER + 10 * DICTIONARY
    }

    /// Writes what is left and closes the file.
    pub(in super::super) fn finish(mut self) -> tantivy::Result<()> {
        if self.packer.is_none() {
            self.begin()?;
        }
        for end in &self.ends {
            self.out.write_all(&end.to_le_bytes())?;
        }
        self.out
            .write_all(&(self.dictionary as u64).to_le_bytes())?;
        self.out
            .write_all(&(self.ends.len() as u64).to_le_bytes())?;
        self.out.write_all(MARK)?;
        Ok(self.out.terminate()?)
    }

    /// Makes the dictionary of the texts that wait for it, and packs them.
    fn begin(&mut self) -> io::Result<()> {
        let first = std::mem::take(&mut self.first);
        let mut dictionary = first.concat().into_bytes();
        dictionary.truncate(DICTIONARY);
        self.out.write_all(&dictionary)?;
        self.dictionary = dictionary.len();
        self.packer = Some(Compressor::with_dictionary(LEVEL, &dictionary)?);
        first.iter().try_for_each(|text| self.pack(text))?;
        self.waiting = 0;
        Ok(())
    }

    fn pack(&mut self, text: &str) -> io::Result<()> {
        let Some(packer) = &mut self.packer else {
            return Ok(());
        };
        self.frame.clear();
        self.frame
            .reserve(zstd::zstd_safe::compress_bound(text.len()));
        packer.compress_to_buffer(text.as_bytes(), &mut self.frame)?;
        self.out.write_all(&self.frame)?;
        let end = self.ends.last().copied().unwrap_or_default();
        self.ends.push(end + self.frame.len() as u64);
        Ok(())
    }
}
