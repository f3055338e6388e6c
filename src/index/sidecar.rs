//! Files of our own that stand beside the engine's in every segment.
//!
//! The engine knows such a file by its extension and asks only for its merge:
//! `segment` writes all files of a new segment itself.

use tantivy::TantivyError;
use tantivy::index::SegmentComponent;
use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};

/// A kind of file.
pub(super) struct Sidecar {
    /// Its extension.
    pub(super) extension: &'static str,
    /// Writes the file of a merged segment. The engine puts the living
    /// documents of the segments one behind the other.
    pub(super) merge: fn(&PluginMergeContext<'_>) -> tantivy::Result<()>,
}

impl Sidecar {
    /// The file among the files of a segment.
    pub(super) fn component(&self) -> SegmentComponent {
        SegmentComponent::Custom(self.extension.to_owned())
    }
}

/// Tells the engine of a kind of file.
pub(super) struct Plugin(pub(super) &'static Sidecar);

impl SegmentPlugin for Plugin {
    fn extensions(&self) -> &[&str] {
        std::slice::from_ref(&self.0.extension)
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Err(self.refused("are not written document by document"))
    }

    /// The engine could also sort documents by a field. No index of this
    /// program does, and where documents went is not told then.
    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        match context.doc_id_mapping.mapping_type() {
            MappingType::Shuffled => Err(self.refused("can't be merged into sorted ones")),
            _ => (self.0.merge)(&context),
        }
    }
}

impl Plugin {
    fn refused(&self, what: &str) -> TantivyError {
        TantivyError::InvalidArgument(format!("segments with {} {what}", self.0.extension))
    }
}
