//! The stored descriptions of a segment, each packed by itself.
//!
//! Descriptions repeat the form's own words, and each other's. So the first of
//! a segment serve as a dictionary to pack the others with, which halves what
//! they take, and one description is read without unpacking its neighbours. A
//! merged segment keeps the large blocks of the segments it is made of, each with
//! its dictionary.
//! A file of its own in every segment, since the engine's store packs blocks
//! and knows no dictionary: `file` writes it, `read` reads it.

mod file;
mod read;
#[cfg(test)]
mod tests;

use tantivy::error::DataCorruption;
use tantivy::index::Segment;
use tantivy::plugin::PluginMergeContext;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::sidecar::Sidecar;

pub(super) use file::{Packer, Sink};
pub(super) use read::Texts;

/// The file, to the engine.
pub(super) static FILE: Sidecar = Sidecar {
    extension: "texts",
    merge,
};

/// A block whose frames are so many times as long as its dictionary is copied as
/// it is when segments are merged; the dictionaries of smaller ones would take too
/// much room.
const COPIED: usize = 32;

/// Writes the living texts of all segments, in their order.
fn merge(context: &PluginMergeContext<'_>) -> tantivy::Result<()> {
    let out = context.target_segment.open_write(FILE.component())?;
    let mut sink = Sink::new(out);
    for reader in context.readers {
        let texts = Texts::open(reader)?;
        add(&mut sink, &texts, |doc| !reader.is_deleted(doc))?;
    }
    sink.finish()
}

/// Adds those texts that live. A block is copied as it is unless a text of it was
/// deleted: parts of that one may stand in the block's dictionary, so the others
/// are packed anew. Each is read, so that damage is found and not copied.
fn add(sink: &mut Sink, texts: &Texts, lives: impl Fn(DocId) -> bool) -> tantivy::Result<()> {
    for block in texts.blocks() {
        let block = block?;
        let least = COPIED * block.dictionary.len();
        let is_large = least > 0 && block.frames.len() >= least;
        if is_large && block.texts.clone().all(&lives) {
            for doc in block.texts.clone() {
                texts.get(doc, |_| ())?;
            }
            sink.copy((block.dictionary, block.frames), block.ends())?;
            continue;
        }
        for doc in block.texts.filter(|doc| lives(*doc)) {
            texts.get(doc, |text| sink.push(text))??;
        }
    }
    Ok(())
}

fn damaged(what: &str) -> TantivyError {
    DataCorruption::comment_only(format!("the texts of a segment: {what}")).into()
}

impl Texts {
    /// The texts of a segment. Reads a few bytes only.
    ///
    /// # Errors
    /// When the file is missing or not one of this version.
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let texts = Self::from_bytes(segment.open_read(FILE.component())?.read_bytes()?)?;
        if texts.len() == segment.max_doc() {
            Ok(texts)
        } else {
            Err(damaged("they are of other documents"))
        }
    }

    /// The texts of a segment of which nothing else is opened.
    ///
    /// # Errors
    /// When the file is missing or not one of this version.
    pub(super) fn of(segment: &Segment) -> tantivy::Result<Self> {
        Self::from_bytes(segment.open_read(FILE.component())?.read_bytes()?)
    }
}
