//! The stored descriptions of a segment, each packed by itself.
//!
//! Descriptions repeat the form's own words, and each other's. So the first of
//! a segment serve as a dictionary to pack the others with, which halves what
//! they take, and one description is read without unpacking its neighbours.
//! A file of its own in every segment, since the engine's store packs blocks
//! and knows no dictionary: `file` writes it, `read` reads it.

mod file;
mod read;
#[cfg(test)]
mod tests;

use tantivy::error::DataCorruption;
use tantivy::index::SegmentComponent;
use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::{SegmentReader, TantivyError};

pub(super) use file::Sink;
pub(super) use read::Texts;

/// The file's extension.
const EXTENSION: &str = "texts";

/// Tells the engine of the file.
pub(super) struct Plugin;

impl SegmentPlugin for Plugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        let what = "segments with texts are not written document by document".to_owned();
        Err(TantivyError::InvalidArgument(what))
    }

    /// Packs the living texts of all segments anew, in their order.
    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
            let what = "segments with texts can't be merged into sorted ones".to_owned();
            return Err(TantivyError::InvalidArgument(what));
        }
        let mut sink = Sink::new(context.target_segment.open_write(component())?);
        for reader in context.readers {
            let texts = Texts::open(reader)?;
            for doc in reader.doc_ids_alive() {
                sink.push(&texts.get(doc)?)?;
            }
        }
        sink.finish()
    }
}

/// The file among the files of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
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
        let texts = Self::from_bytes(segment.open_read(component())?.read_bytes()?)?;
        if texts.len() == segment.max_doc() {
            Ok(texts)
        } else {
            Err(damaged("they are of other documents"))
        }
    }
}
