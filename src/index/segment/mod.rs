//! Projects → one segment of the index.
//!
//! The engine's own writer looks every term of every word up in a table of
//! terms, field by field. Here a word of a text is a number (`finnish` numbers
//! forms as it meets them), its terms are settled once a form (`terms`), and a
//! text is written down as numbers (`log`) that are sorted into postings when
//! the segment is full (`invert`, `forms`). The files are the engine's, by its
//! own serializers, and are read, merged and checked by it like any other.

mod forms;
mod invert;
mod keywords;
mod lists;
mod log;
mod terms;
#[cfg(test)]
mod tests;
mod strings;

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Field as Handle;
use tantivy::store::{Compressor, StoreWriter};

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::form::project::Project;

use super::fields::{FIELDS, Value};
use super::forms::FILE as FORMS;
use super::record::{Leaf, Record};
use super::schema::Layout;
use super::texts;
use keywords::Keywords;
use lists::Lists;
use log::Log;
use terms::Terms;

/// Memory that a form takes while its terms and lists are being sorted, in
/// bytes, roughly.
const SORTING_A_FORM: usize = 80;

/// A segment that is being made.
pub(super) struct Writer<'a> {
    layout: &'a Layout,
    analyzer: &'a Analyzer,
    segment: Segment,
    scratch: Scratch,
    texts: Vec<Text>,
    keywords: BTreeMap<Handle, Keywords>,
    columns: FastFieldsWriter,
    /// The stored texts; opened with the first document.
    stored: Option<texts::Sink>,
    documents: DocId,
}

/// A text field and its words.
struct Text {
    /// Its row in FIELDS.
    row: usize,
    /// The field of its lengths.
    lengths: Handle,
    log: Log,
}

impl<'a> Writer<'a> {
    /// An empty segment; no file is opened before there is a document.
    pub(super) fn new(
        layout: &'a Layout,
        analyzer: &'a Analyzer,
        segment: Segment,
    ) -> tantivy::Result<Self> {
        let rows = 0..FIELDS.len();
        let text = |row| {
            Some(Text {
                row,
                lengths: layout.lengths(row)?,
                log: Log::default(),
            })
        };
        let keywords = layout
            .keywords()
            .map(|handle| (handle, Keywords::default()));
        Ok(Self {
            layout,
            analyzer,
            scratch: Scratch::default(),
            texts: rows.filter_map(text).collect(),
            keywords: keywords.collect(),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(
                &layout.schema,
                segment.index().fast_field_tokenizer().clone(),
            )?,
            stored: None,
            segment,
            documents: 0,
        })
    }

    /// Memory in bytes that the segment takes, with what writing it will take.
    pub(super) fn memory(&self) -> usize {
        let vocabulary = self.scratch.vocabulary();
        let words = self.texts.iter().map(|text| text.log.words()).sum::<u64>();
        let lists = usize::try_from(words).unwrap_or(usize::MAX);
        let logs = self.texts.iter().map(|text| text.log.memory());
        let keywords = self.keywords.values().map(Keywords::memory);
        vocabulary.memory()
            + vocabulary.len() * SORTING_A_FORM
            + invert::memory(lists)
            + logs.sum::<usize>()
            + keywords.sum::<usize>()
            + self.columns.mem_usage()
            + self.stored.as_ref().map_or(0, texts::Sink::memory)
    }

    /// Analyses the texts of the next document. What can fail on a strange text
    /// is done here; [`add`](Self::add) or [`undo`](Self::undo) must follow.
    pub(super) fn analyse(&mut self, project: &Project<'_>) {
        for Text { row, log, .. } in &mut self.texts {
            let Value::Texts(texts) = (FIELDS[*row].value)(project) else {
                continue;
            };
            for text in &texts {
                log.begin_text(self.documents);
                let each = |form| log.push(form);
                self.analyzer.for_each_number(text, &mut self.scratch, each);
            }
        }
    }

    /// Takes back what was analysed of a document that does not come.
    pub(super) fn undo(&mut self) {
        self.texts.iter_mut().for_each(|text| text.log.undo());
    }

    /// Adds the document whose texts were analysed; `stored` is kept as it is.
    pub(super) fn add(&mut self, record: &Record, stored: &str) -> tantivy::Result<()> {
        let doc = self.documents;
        for text in &mut self.texts {
            text.log.end_document(doc);
        }
        for (handle, leaf) in record.leaves() {
            if let (Leaf::Text(string), Some(keywords)) = (leaf, self.keywords.get_mut(&handle)) {
                keywords.add(doc, string);
            }
        }
        self.columns.add_document(record)?;
        let sink = match &mut self.stored {
            Some(sink) => sink,
            none => none.insert(texts::Sink::new(
                self.segment.open_write(texts::FILE.component())?,
            )),
        };
        sink.push(stored)?;
        self.documents += 1;
        Ok(())
    }

    /// Writes the segment; none if it has no documents.
    pub(super) fn finish(mut self) -> tantivy::Result<Option<SegmentMeta>> {
        let Some(stored) = self.stored.take() else {
            return Ok(None);
        };
        stored.finish()?;
        self.write_empty_store()?;
        self.write_columns()?;
        self.write_norms()?;
        self.write_postings()?;
        let out = self.segment.open_write(FORMS.component())?;
        let logs = self.texts.into_iter().map(|text| text.log);
        let logs: Vec<_> = logs.collect();
        forms::write(&logs, self.scratch.vocabulary(), self.documents, out)?.terminate()?;
        let meta = self.segment.with_max_doc(self.documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok(Some(meta))
    }

    /// The engine's own store, which every segment must have.
    fn write_empty_store(&self) -> tantivy::Result<()> {
        let out = self.segment.open_write(SegmentComponent::Store)?;
        let block = self.segment.index().settings().docstore_blocksize;
        let mut store = StoreWriter::new(out, Compressor::None, block, false)?;
        for _ in 0..self.documents {
            store.store(&Record::default(), &self.layout.schema)?;
        }
        Ok(store.close()?)
    }

    fn write_columns(&mut self) -> tantivy::Result<()> {
        let mut out = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut out, None)?;
        Ok(out.terminate()?)
    }

    fn write_norms(&self) -> tantivy::Result<()> {
        let out = self.segment.open_write(SegmentComponent::FieldNorms)?;
        let mut norms = FieldNormsSerializer::from_write(out)?;
        for text in &self.texts {
            norms.serialize_field(text.lengths, text.log.norms())?;
        }
        Ok(norms.close()?)
    }

    fn write_postings(&self) -> tantivy::Result<()> {
        let vocabulary = self.scratch.vocabulary();
        let bases = Terms::of(vocabulary, |kind| kind == Kind::Base);
        let parts = Terms::of(vocabulary, |kind| kind != Kind::Base);
        let mut out = InvertedIndexSerializer::open(&self.segment)?;
        let mut lists = Lists::new();
        // A field without words is left out: the engine makes room for many words
        // in each, which takes longer than a few documents.
        for (handle, keywords) in self.keywords.iter().filter(|(_, k)| k.memory() > 0) {
            keywords.write(out.new_field(*handle, u64::from(self.documents), None)?)?;
        }
        let texts = self.texts.iter().filter(|text| text.log.words() > 0);
        let logs: Vec<_> = texts.map(|text| (text.row, &text.log)).collect();
        let words = logs.iter().map(|(_, log)| log.words()).sum();
        for (handle, terms) in [(self.layout.words, bases), (self.layout.parts, parts)] {
            if !logs.is_empty() {
                let field = out.new_field(handle, words, None)?;
                invert::write(&logs, words, &terms, &mut lists, field)?;
            }
        }
        Ok(out.close()?)
    }
}
