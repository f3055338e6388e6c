//! The surface forms of a segment and the documents that hold each.
//!
//! A file of its own in every segment: the engine's postings are made for
//! terms with frequencies and places, and finding each form in their table
//! costs a quarter of a run. `segment` has them numbered already and writes the
//! file; `file` is the format, `read` looks forms up in the mapped file, `list` reads
//! their documents, and `merge` joins segments.

mod file;
mod list;
mod merge;
mod read;
#[cfg(test)]
mod tests;

use tantivy::error::DataCorruption;
use tantivy::{SegmentReader, TantivyError};

use super::sidecar::Sidecar;

pub use read::{Cursor, Forms};

pub(super) use file::Sink;

/// The file, to the engine.
pub(super) static FILE: Sidecar = Sidecar {
    extension: "forms",
    merge: merge::merge,
};

fn damaged(what: &str) -> TantivyError {
    DataCorruption::comment_only(format!("the forms of a segment: {what}")).into()
}

impl Forms {
    /// The forms of a segment. Reads a few bytes only.
    ///
    /// # Errors
    /// When the file is missing or not one of this version.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let forms = Self::from_bytes(segment.open_read(FILE.component())?.read_bytes()?)?;
        if forms.documents() == segment.max_doc() {
            Ok(forms)
        } else {
            Err(damaged("they are of other documents"))
        }
    }
}
