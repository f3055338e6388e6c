//! Reads one text at a time from the mapped file.
//!
//! Nothing that is read is trusted: every place is checked against the file's
//! end, and a text's length against what a text may have.

use std::sync::{Mutex, PoisonError};

use tantivy::DocId;
use tantivy::directory::OwnedBytes;
use zstd::bulk::Decompressor;

use super::damaged;
use super::file::{MARK, POINTER, TRAILER};

/// The longest text that is believed, in bytes; `read` lets none of this
/// length pass.
const LONGEST: usize = 64 << 20;

/// Room that is kept from one text to the next, in bytes.
const KEPT: usize = 1 << 20;

/// The texts of one segment.
pub(in super::super) struct Texts {
    bytes: OwnedBytes,
    dictionary: usize,
    /// Where the frames end and the pointers begin.
    pointers: usize,
    texts: usize,
    /// Made with the dictionary when the first text is read.
    unpacker: Mutex<Option<Unpacker>>,
}

/// Unpacks into the same room again and again.
struct Unpacker {
    zstd: Decompressor<'static>,
    text: Vec<u8>,
}

impl Unpacker {
    /// The text of a frame.
    fn unpack(&mut self, frame: &[u8]) -> tantivy::Result<&str> {
        let size = zstd::zstd_safe::get_frame_content_size(frame);
        let size = size.ok().flatten().and_then(|size| size.try_into().ok());
        let size = size.filter(|size| *size <= LONGEST);
        let size: usize = size.ok_or_else(|| damaged("a text has no length"))?;
        self.text.clear();
        self.text.shrink_to(KEPT);
        self.text.reserve(size);
        let unpacked = self.zstd.decompress_to_buffer(frame, &mut self.text);
        unpacked.map_err(|_| damaged("a text can't be unpacked"))?;
        simdutf8::basic::from_utf8(&self.text).map_err(|_| damaged("a text is not one"))
    }
}

impl Texts {
    /// The texts in a file's bytes.
    pub(super) fn from_bytes(bytes: OwnedBytes) -> tantivy::Result<Self> {
        let places = || {
            let body = bytes.len().checked_sub(TRAILER)?;
            let trailer = bytes[body..].strip_suffix(MARK)?;
            let dictionary = number(trailer, 0)?;
            let texts = number(trailer, 8)?;
            let pointers = body.checked_sub(texts.checked_mul(POINTER)?)?;
            let frames = pointers.checked_sub(dictionary)?;
            let last = match texts.checked_sub(1) {
                Some(last) => number(&bytes, pointers + last * POINTER)?,
                None => 0,
            };
            (last == frames).then_some((dictionary, pointers, texts))
        };
        let places = places().ok_or_else(|| damaged("no file of this version"))?;
        let (dictionary, pointers, texts) = places;
        Ok(Self {
            bytes,
            dictionary,
            pointers,
            texts,
            unpacker: Mutex::new(None),
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
        let frame = self.frame(doc as usize);
        let frame = frame.ok_or_else(|| damaged("a text lies outside the file"))?;
        let mut unpacker = self.unpacker.lock().unwrap_or_else(PoisonError::into_inner);
        let unpacker = match &mut *unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(Unpacker {
                zstd: Decompressor::with_dictionary(&self.bytes[..self.dictionary])?,
                text: Vec::new(),
            }),
        };
        unpacker.unpack(frame).map(make)
    }

    fn frame(&self, doc: usize) -> Option<&[u8]> {
        let pointer = |doc: usize| number(&self.bytes, self.pointers + doc * POINTER);
        if doc >= self.texts {
            return None;
        }
        let start = match doc.checked_sub(1) {
            Some(before) => pointer(before)?,
            None => 0,
        };
        let frames = self.bytes.get(self.dictionary..self.pointers)?;
        frames.get(start..pointer(doc)?)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk::<8>()?;
    usize::try_from(u64::from_le_bytes(*bytes)).ok()
}
