//! What a segment holds beside the words of its texts: exact strings, columns, lengths
//! and the stored descriptions, document by document.
//!
//! Here documents get their numbers, one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::schema::Field as Handle;
use tantivy::store::{Compressor, StoreWriter};

use super::super::record::{Leaf, Record};
use super::super::schema::Layout;
use super::super::texts;
use super::keywords::Keywords;

/// A description as it is to be stored.
pub(super) enum Text<'t> {
    Plain(&'t str),
    /// Packed with the dictionary of the segment.
    Packed(&'t [u8]),
}

/// All of a segment but words.
pub(super) struct Records {
    pub(super) keywords: BTreeMap<Handle, Keywords>,
    columns: FastFieldsWriter,
    /// By text field, the field of its lengths, and by document how long its text is.
    lengths: Vec<(Handle, Vec<u8>)>,
    /// The stored texts; opened with the first document.
    stored: Option<texts::Sink>,
    documents: DocId,
}

impl Records {
    /// Of an empty segment; no file is opened before there is a document.
    pub(super) fn new(layout: &Layout, segment: &Segment) -> tantivy::Result<Self> {
        let keywords = layout.keywords();
        let keywords = keywords.map(|handle| (handle, Keywords::default()));
        let lengths = layout.texts().map(|(_, lengths)| (lengths, Vec::new()));
        Ok(Self {
            keywords: keywords.collect(),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(
                &layout.schema,
                segment.index().fast_field_tokenizer().clone(),
            )?,
            lengths: lengths.collect(),
            stored: None,
            documents: 0,
        })
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> DocId {
        self.documents
    }

    /// What texts can be packed with from now on; none while the first ones are
    /// gathered for it.
    pub(super) fn dictionary(&self) -> Option<Arc<[u8]>> {
        self.stored.as_ref().and_then(texts::Sink::dictionary)
    }

    /// Memory in bytes.
    pub(super) fn memory(&self) -> usize {
        let keywords = self.keywords.values().map(Keywords::memory);
        let stored = self.stored.as_ref().map_or(0, texts::Sink::memory);
        let lengths = self.lengths.len() * self.documents as usize;
        keywords.sum::<usize>() + self.columns.mem_usage() + lengths + stored
    }

    /// Adds the next document, whose text fields have these lengths; gives its number.
    pub(super) fn add(
        &mut self,
        segment: &Segment,
        (record, norms): (&Record, impl Iterator<Item = u8>),
        text: &Text<'_>,
    ) -> tantivy::Result<DocId> {
        let doc = self.documents;
        for (handle, leaf) in record.leaves() {
            if let (Leaf::Text(string), Some(keywords)) = (leaf, self.keywords.get_mut(&handle)) {
                keywords.add(doc, string);
            }
        }
        self.columns.add_document(record)?;
        for ((_, lengths), norm) in self.lengths.iter_mut().zip(norms) {
            lengths.push(norm);
        }
        let sink = match &mut self.stored {
            Some(sink) => sink,
            none => none.insert(texts::Sink::new(
                segment.open_write(texts::FILE.component())?,
            )),
        };
        match text {
            Text::Plain(text) => sink.push(text)?,
            Text::Packed(frame) => sink.push_packed(frame)?,
        }
        self.documents += 1;
        Ok(doc)
    }

    /// Writes all but the exact strings, which go into the dictionaries of terms.
    pub(super) fn write(&mut self, segment: &Segment, layout: &Layout) -> tantivy::Result<()> {
        if let Some(stored) = self.stored.take() {
            stored.finish()?;
        }
        let mut out = segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut out, None)?;
        out.terminate()?;
        let out = segment.open_write(SegmentComponent::FieldNorms)?;
        let mut norms = FieldNormsSerializer::from_write(out)?;
        for (field, lengths) in &self.lengths {
            norms.serialize_field(*field, lengths)?;
        }
        norms.close()?;
        self.write_empty_store(segment, layout)
    }

    /// The engine's own store, which every segment must have.
    fn write_empty_store(&self, segment: &Segment, layout: &Layout) -> tantivy::Result<()> {
        let out = segment.open_write(SegmentComponent::Store)?;
        let block = segment.index().settings().docstore_blocksize;
        let mut store = StoreWriter::new(out, Compressor::None, block, false)?;
        for _ in 0..self.documents {
            store.store(&Record::default(), &layout.schema)?;
        }
        Ok(store.close()?)
    }
}
