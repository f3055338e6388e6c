//! Reads one text at a time from the mapped file.
//!
//! Nothing that is read is trusted: every place is checked against the file's
//! end, and a text's length against what a text may have.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use tantivy::DocId;
use tantivy::directory::OwnedBytes;
use zstd::zstd_safe::{self, DCtx};

use super::damaged;
use super::file::{BLOCK, MARK, POINTER, TRAILER};

/// The longest text that is believed, in bytes; `read` lets none of this
/// length pass.
const LONGEST: usize = 64 << 20;

/// Room that is kept from one text to the next, in bytes.
const KEPT: usize = 64 << 10;

/// The texts of one segment.
pub(in super::super) struct Texts {
    bytes: OwnedBytes,
    blocks: Vec<Packed>,
    /// Where the blocks end and the pointers begin.
    pointers: usize,
    texts: usize,
}

/// A block of texts with one dictionary.
struct Packed {
    /// The first text.
    first: usize,
    dictionary: Range<usize>,
    /// Made with the dictionary when the first text is read.
    unpacker: Mutex<Option<Unpacker>>,
}

impl Packed {
    fn read(entry: &[u8]) -> Option<Self> {
        let start = number(entry, 8)?;
        Some(Self {
            first: number(entry, 0)?,
            dictionary: start..start.checked_add(number(entry, 16)?)?,
            unpacker: Mutex::new(None),
        })
    }
}

/// Unpacks into the same room again and again.
struct Unpacker {
    zstd: DCtx<'static>,
    /// The dictionary, and behind it the text: what a text has of the dictionary
    /// is copied quicker from right before it than from elsewhere.
    room: Vec<u8>,
    /// Bytes of the dictionary.
    dictionary: usize,
}

impl Unpacker {
    fn new(dictionary: &[u8]) -> Self {
        Self {
            zstd: DCtx::create(),
            room: dictionary.to_vec(),
            dictionary: dictionary.len(),
        }
    }

    /// The text of a frame.
    fn unpack(&mut self, frame: &[u8]) -> tantivy::Result<&str> {
        let size = zstd_safe::get_frame_content_size(frame);
        let size = size.ok().flatten().and_then(|size| size.try_into().ok());
        let size = size.filter(|size| *size <= LONGEST);
        let size: usize = size.ok_or_else(|| damaged("a text has no length"))?;
        self.make_room(size);
        let (dictionary, text) = self.room.split_at_mut(self.dictionary);
        let text = &mut text[..size];
        let unpacked = self.zstd.decompress_using_dict(text, frame, dictionary);
        if unpacked != Ok(size) {
            return Err(damaged("a text can't be unpacked"));
        }
        simdutf8::basic::from_utf8(text).map_err(|_| damaged("a text is not one"))
    }

    /// Makes room for a text of so many bytes; what a long one took is given back.
    fn make_room(&mut self, size: usize) {
        let kept = self.room.len().min(self.dictionary + KEPT);
        self.room.resize(kept.max(self.dictionary + size), 0);
        self.room.shrink_to(self.dictionary + KEPT);
    }
}

/// A block as it stands in the file.
pub(super) struct Whole<'a> {
    /// Its texts.
    pub(super) texts: Range<DocId>,
    pub(super) dictionary: &'a [u8],
    /// The frames of its texts.
    pub(super) frames: &'a [u8],
    /// Where they end in the file, and where the first begins.
    ends: (&'a [u8], usize),
}

impl Whole<'_> {
    /// Where each frame ends, counted from the first one's beginning.
    pub(super) fn ends(&self) -> impl Iterator<Item = u64> {
        let (ends, start) = self.ends;
        let ends = ends.chunks_exact(POINTER);
        ends.filter_map(move |end| Some(number(end, 0)?.checked_sub(start)? as u64))
    }
}

impl Texts {
    /// The texts in a file's bytes.
    pub(super) fn from_bytes(bytes: OwnedBytes) -> tantivy::Result<Self> {
        Self::read(bytes).ok_or_else(|| damaged("no file of this version"))
    }

    fn read(bytes: OwnedBytes) -> Option<Self> {
        let body = bytes.len().checked_sub(TRAILER)?;
        let trailer = bytes[body..].strip_suffix(MARK)?;
        let (blocks, texts) = (number(trailer, 0)?, number(trailer, 8)?);
        let table = body.checked_sub(blocks.checked_mul(BLOCK)?)?;
        let pointers = table.checked_sub(texts.checked_mul(POINTER)?)?;
        let last = match texts.checked_sub(1) {
            Some(last) => number(&bytes, pointers + last * POINTER)?,
            None => 0,
        };
        let blocks = bytes[table..body].chunks_exact(BLOCK).map(Packed::read);
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let begins = blocks.first().map_or(texts == 0, |block| block.first == 0);
        let rise = blocks.is_sorted_by(|block, next| block.first < next.first);
        let within = |block: &Packed| block.first < texts && block.dictionary.end <= pointers;
        let fit = begins && rise && blocks.iter().all(within);
        (last == pointers && fit).then_some(Self {
            bytes,
            blocks,
            pointers,
            texts,
        })
    }

    /// How many there are.
    pub(in super::super) fn len(&self) -> DocId {
        DocId::try_from(self.texts).unwrap_or(DocId::MAX)
    }

    /// What is made of a document's text.
    ///
    /// # Errors
    /// When there is none, or the file is damaged.
    pub(in super::super) fn get<T>(
        &self,
        doc: DocId,
        make: impl FnOnce(&str) -> T,
    ) -> tantivy::Result<T> {
        let found = self.frame(doc as usize);
        let (block, frame) = found.ok_or_else(|| damaged("a text lies outside the file"))?;
        let unpacker = block.unpacker.lock();
        let mut unpacker = unpacker.unwrap_or_else(PoisonError::into_inner);
        let unpacker = match &mut *unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(Unpacker::new(self.dictionary(block))),
        };
        unpacker.unpack(frame).map(make)
    }

    /// The blocks, as they stand in the file.
    ///
    /// # Errors
    /// When the file is damaged.
    pub(super) fn blocks(&self) -> impl Iterator<Item = tantivy::Result<Whole<'_>>> {
        let nexts = self.blocks.iter().skip(1).map(|next| next.first);
        let ends = nexts.chain([self.texts]);
        let blocks = self.blocks.iter().zip(ends);
        blocks.map(|(block, end)| {
            let whole = self.whole(block, end);
            whole.ok_or_else(|| damaged("a block lies outside the file"))
        })
    }

    /// A block whose texts end before a text.
    fn whole(&self, block: &Packed, end: usize) -> Option<Whole<'_>> {
        let start = block.dictionary.end;
        let pointers = self.bytes.get(self.pointers..)?;
        let ends = pointers.get(block.first * POINTER..end * POINTER)?;
        Some(Whole {
            texts: block.first.try_into().ok()?..end.try_into().ok()?,
            dictionary: self.dictionary(block),
            frames: self.bytes.get(start..self.end(end.checked_sub(1)?)?)?,
            ends: (ends, start),
        })
    }

    /// The dictionary of a block, which lies within the file: `read` has looked.
    fn dictionary(&self, block: &Packed) -> &[u8] {
        &self.bytes[block.dictionary.clone()]
    }

    /// A text's frame, and the block it is of.
    fn frame(&self, text: usize) -> Option<(&Packed, &[u8])> {
        let block = self.blocks.partition_point(|block| block.first <= text);
        let block = self.blocks.get(block.checked_sub(1)?)?;
        let start = match text == block.first {
            true => block.dictionary.end,
            false => self.end(text - 1)?,
        };
        let frames = self.bytes.get(..self.pointers)?;
        Some((block, frames.get(start..self.end(text)?)?))
    }

    /// Where a text's frame ends.
    fn end(&self, text: usize) -> Option<usize> {
        let end = (text < self.texts).then(|| number(&self.bytes, self.pointers + text * POINTER));
        end.flatten().filter(|end| *end <= self.pointers)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    usize::try_from(u64::from_le_bytes(*bytes)).ok()
}
