//! The file's format, from the writer's side.
//!
//! First the blocks: each a dictionary, as it is, and the texts packed with it,
//! each a Zstandard frame. Then where each frame ends, counted from the file's
//! beginning; then the first text of each block, where the block begins and how
//! long its dictionary is; then a trailer. The engine puts its own check sum of
//! the whole behind.

use std::io::{self, Write};
use std::sync::Arc;

use tantivy::directory::{TerminatingWrite, WritePtr};
use zstd::bulk::Compressor;

/// Ends the file, with the version.
pub(super) const MARK: &[u8; 8] = b"ESRTXT02";

/// Bytes of the trailer: count of blocks, count of texts, the mark.
pub(super) const TRAILER: usize = 3 * 8;

/// Bytes that say where a frame ends.
pub(super) const POINTER: usize = 8;

/// Bytes that say of a block: its first text, where it begins, the length of its
/// dictionary.
pub(super) const BLOCK: usize = 3 * 8;

/// Bytes of the dictionary at the most. Measured on made-up and on real
/// descriptions: 100 kB gain a third to a half, more hardly gain more.
const DICTIONARY: usize = 100 << 10;

/// Zstandard's level: a tenth less room than level 1 for a twentieth more time
/// of a whole run. Reading takes no longer.
const LEVEL: i32 = 3;

/// Writes texts into a file of their own.
pub(in super::super) struct Sink {
    out: WritePtr,
    written: u64,
    /// Texts that come before the dictionary is full and are packed with it.
    first: Vec<String>,
    waiting: usize,
    /// What the next text is packed with; none before there is one.
    dictionary: Option<Arc<[u8]>>,
    /// Made when a text comes that is not packed.
    packer: Option<Packer>,
    blocks: Vec<Block>,
    /// Where the frames end.
    ends: Vec<u64>,
    frame: Vec<u8>,
}

/// A dictionary and the texts that are packed with it.
struct Block {
    /// Its first text.
    first: u64,
    /// Where its dictionary begins; the frames stand behind it.
    start: u64,
    /// Bytes of its dictionary.
    dictionary: u64,
}

impl Sink {
    pub(in super::super) fn new(out: WritePtr) -> Self {
        Self {
            out,
            written: 0,
            first: Vec::new(),
            waiting: 0,
            dictionary: None,
            packer: None,
            blocks: Vec::new(),
            ends: Vec::new(),
            frame: Vec::new(),
        }
    }

    /// What a [`Packer`] needs that is to pack the texts that come now; none while
    /// these are gathered for it.
    pub(in super::super) fn dictionary(&self) -> Option<Arc<[u8]>> {
        self.dictionary.clone()
    }

    /// Adds the next document's text.
    pub(in super::super) fn push(&mut self, text: &str) -> tantivy::Result<()> {
        if self.dictionary.is_some() {
            return Ok(self.pack(text)?);
        }
        self.first.push(text.to_owned());
        self.waiting += text.len();
        if self.waiting >= DICTIONARY {
            self.begin()?;
        }
        Ok(())
    }

    /// Adds the next document's text, which was packed with the dictionary.
    pub(in super::super) fn push_packed(&mut self, frame: &[u8]) -> io::Result<()> {
        self.write(frame)?;
        self.ends.push(self.written);
        Ok(())
    }

    /// Adds the texts of a block as they are: its dictionary, its frames, and
    /// where each of them ends within them. Texts that are pushed now are packed
    /// with that dictionary too.
    pub(super) fn copy(
        &mut self,
        (dictionary, frames): (&[u8], &[u8]),
        ends: impl Iterator<Item = u64>,
    ) -> io::Result<()> {
        self.begin()?;
        self.open(dictionary)?;
        let start = self.written;
        self.ends.extend(ends.map(|end| start + end));
        self.write(frames)
    }

    /// Memory in bytes, roughly.
    pub(in super::super) fn memory(&self) -> usize {
        let packer = self.packer.as_ref().map_or(0, |_| Packer::MEMORY);
        self.waiting + self.frame.capacity() + self.ends.capacity() * POINTER + packer
    }

    /// Writes what is left and closes the file.
    pub(in super::super) fn finish(mut self) -> tantivy::Result<()> {
        self.begin()?;
        let blocks = self.blocks.iter();
        let blocks = blocks.flat_map(|block| [block.first, block.start, block.dictionary]);
        let counts = [self.blocks.len() as u64, self.ends.len() as u64];
        for number in self.ends.iter().copied().chain(blocks).chain(counts) {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.write_all(MARK)?;
        Ok(self.out.terminate()?)
    }

    /// Makes a dictionary of the texts that wait for it, if any, and packs them.
    fn begin(&mut self) -> io::Result<()> {
        let first = std::mem::take(&mut self.first);
        if first.is_empty() {
            return Ok(());
        }
        let mut dictionary = first.concat().into_bytes();
        dictionary.truncate(DICTIONARY);
        self.open(&dictionary)?;
        first.iter().try_for_each(|text| self.pack(text))?;
        self.waiting = 0;
        Ok(())
    }

    /// Begins a block.
    fn open(&mut self, dictionary: &[u8]) -> io::Result<()> {
        self.blocks.push(Block {
            first: self.ends.len() as u64,
            start: self.written,
            dictionary: dictionary.len() as u64,
        });
        self.dictionary = Some(dictionary.into());
        self.packer = None;
        self.write(dictionary)
    }

    fn pack(&mut self, text: &str) -> io::Result<()> {
        let packer = match (&mut self.packer, &self.dictionary) {
            (Some(packer), _) => packer,
            (none, dictionary) => {
                let dictionary = dictionary.as_deref().unwrap_or_default();
                none.insert(Packer::new(dictionary)?)
            }
        };
        let mut frame = std::mem::take(&mut self.frame);
        packer.pack(text, &mut frame)?;
        self.push_packed(&frame)?;
        self.frame = frame;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Packs texts with a dictionary. Each frame has a check sum, so that a text that
/// was changed on the disk is an error and not another text.
pub(in super::super) struct Packer(Compressor<'static>);

impl Packer {
    /// What one takes in bytes, roughly.
    pub(in super::super) const MEMORY: usize = 10 * DICTIONARY;

    pub(in super::super) fn new(dictionary: &[u8]) -> io::Result<Self> {
        let mut compressor = Compressor::with_dictionary(LEVEL, dictionary)?;
        compressor.include_checksum(true)?;
        Ok(Self(compressor))
    }

    /// Makes a text's frame in place of what `frame` holds.
    pub(in super::super) fn pack(&mut self, text: &str, frame: &mut Vec<u8>) -> io::Result<()> {
        frame.clear();
        frame.reserve(zstd::zstd_safe::compress_bound(text.len()));
        self.0.compress_to_buffer(text.as_bytes(), frame)?;
        Ok(())
    }
}
