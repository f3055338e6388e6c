//! The surface forms of a segment and the documents that hold each.
//!
//! A file of its own in every segment: the engine's postings are made for
//! terms with frequencies and places, and finding each form in their table
//! costs a quarter of a run. `segment` has them numbered already and writes the
//! file; `file` is the format, `read` looks forms up in the mapped file, and
//! `merge` joins segments.

mod file;
mod merge;
mod read;
#[cfg(test)]
mod tests;

use tantivy::error::DataCorruption;
use tantivy::index::SegmentComponent;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::{SegmentReader, TantivyError};

pub use read::{Cursor, Forms};

pub(super) use file::Sink;

/// The file's extension.
const EXTENSION: &str = "forms";

/// Tells the engine of the file.
pub(super) struct Plugin;

impl SegmentPlugin for Plugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        let what = "segments with forms are not written document by document".to_owned();
        Err(TantivyError::InvalidArgument(what))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        merge::merge(&context)
    }
}

/// The file among the files of a segment.
pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

fn damaged(what: &str) -> TantivyError {
    DataCorruption::comment_only(format!("the forms of a segment: {what}")).into()
}

impl Forms {
    /// The forms of a segment. Reads a few bytes only.
    ///
    /// # Errors
    /// When the file is missing or not one of this version.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let forms = Self::from_bytes(segment.open_read(component())?.read_bytes()?)?;
        if forms.documents() == segment.max_doc() {
            Ok(forms)
        } else {
            Err(damaged("they are of other documents"))
        }
    }
}
