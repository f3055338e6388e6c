//! Projects → one segment of the index.
//!
//! The engine's own writer looks every term of every word up in a table of
//! terms, field by field. Here a word of a text is a number (`finnish` numbers
//! forms as it meets them), its terms are settled once a form (`terms`), and a
//! text is written down as numbers (`log`) that are sorted into postings when
//! the segment is full (`invert`, `forms`). All workers fill one segment (`writer`),
//! each with a vocabulary and logs of its own, and share the numbers of documents
//! and what else is known of them (`records`). The files are the engine's, by its
//! own serializers, and are read, merged and checked by it like any other.

mod forms;
mod invert;
mod keywords;
mod lists;
mod log;
mod records;
mod strings;
mod terms;
#[cfg(test)]
mod tests;
mod vocabularies;
mod writer;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocId;
use tantivy::directory::TerminatingWrite;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{Segment, SegmentComponent, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;

use crate::finnish::{Analyzer, Kind};

use super::forms::FILE as FORMS;
use super::record::Record;
use super::schema::Layout;
use lists::Lists;
use log::Logs;
use records::{Records, Text};
use terms::Terms;
use vocabularies::Vocabularies;
use writer::Size;

pub(super) use writer::{Share, Writer};

/// A segment that is being made.
pub(super) struct Builder<'a> {
    layout: &'a Layout,
    analyzer: &'a Analyzer,
    segment: Segment,
    records: Mutex<Records>,
    /// What the words of all writers take.
    memory: AtomicUsize,
    words: AtomicUsize,
}

impl<'a> Builder<'a> {
    /// An empty segment; no file is opened before there is a document.
    pub(super) fn new(
        layout: &'a Layout,
        analyzer: &'a Analyzer,
        segment: Segment,
    ) -> tantivy::Result<Self> {
        Ok(Self {
            layout,
            analyzer,
            records: Mutex::new(Records::new(layout, &segment)?),
            segment,
            memory: AtomicUsize::new(0),
            words: AtomicUsize::new(0),
        })
    }

    /// What one worker adds documents with.
    pub(super) fn writer(&self) -> Writer<'_> {
        Writer::new(self)
    }

    /// Memory in bytes that the segment takes, with what writing it will take.
    pub(super) fn memory(&self) -> usize {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let words = self.words.load(Ordering::Relaxed);
        self.memory.load(Ordering::Relaxed) + invert::memory(words) + records.memory()
    }

    /// Whether it has documents that take so much memory.
    pub(super) fn is_full(&self, memory: usize) -> bool {
        self.words.load(Ordering::Relaxed) > 0 && self.memory() >= memory
    }

    /// Says how much the words of a writer take, of which it has told before.
    fn tell(&self, before: Size, now: Size) {
        let tell = |all: &AtomicUsize, before, now| {
            all.fetch_add(now, Ordering::Relaxed);
            all.fetch_sub(before, Ordering::Relaxed);
        };
        tell(&self.memory, before.memory, now.memory);
        tell(&self.words, before.words, now.words);
    }

    /// Gives a document its number, and what the next ones can be packed with.
    fn enter(
        &self,
        record: &Record,
        text: &Text<'_>,
    ) -> tantivy::Result<(DocId, Option<Arc<[u8]>>)> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let doc = records.add(&self.segment, record, text)?;
        Ok((doc, records.dictionary()))
    }

    /// Writes the segment that all its writers have closed; none if it has no
    /// documents.
    pub(super) fn finish(self, shares: &[Share]) -> tantivy::Result<Option<SegmentMeta>> {
        let records = self.records.into_inner();
        let mut records = records.unwrap_or_else(PoisonError::into_inner);
        let documents = records.documents();
        if documents == 0 {
            return Ok(None);
        }
        records.write(&self.segment, self.layout)?;
        let vocabularies = shares.iter().map(Share::vocabulary).collect();
        let vocabularies = Vocabularies::new(vocabularies);
        let words = Words {
            layout: self.layout,
            segment: &self.segment,
            texts: texts(shares, vocabularies.firsts()),
            vocabularies,
            documents,
        };
        words.write_norms()?;
        words.write_postings(&records)?;
        words.write_forms()?;
        let meta = self.segment.with_max_doc(documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok(Some(meta))
    }
}

/// The text fields, each with its row, in what was written down by workers; the
/// numbers of the forms of each begin at `firsts`.
fn texts<'s>(shares: &'s [Share], firsts: &[u32]) -> Vec<(usize, Logs<'s>)> {
    let rows = shares.first().map_or(0, |share| share.logs.len());
    let text = |at: usize| {
        let row = shares[0].logs[at].0;
        let logs = firsts.iter().zip(shares);
        let logs = logs.map(|(first, share)| (*first, &share.logs[at].1));
        (row, Logs::new(logs))
    };
    (0..rows).map(text).collect()
}

/// The words of a segment's texts, to be written.
struct Words<'s> {
    layout: &'s Layout,
    segment: &'s Segment,
    vocabularies: Vocabularies<'s>,
    /// By text field, its row in FIELDS and its words.
    texts: Vec<(usize, Logs<'s>)>,
    documents: DocId,
}

impl Words<'_> {
    fn write_norms(&self) -> tantivy::Result<()> {
        let out = self.segment.open_write(SegmentComponent::FieldNorms)?;
        let mut norms = FieldNormsSerializer::from_write(out)?;
        for (row, logs) in &self.texts {
            if let Some(lengths) = self.layout.lengths(*row) {
                norms.serialize_field(lengths, &logs.norms(self.documents))?;
            }
        }
        Ok(norms.close()?)
    }

    /// The dictionaries of terms, of exact strings too.
    fn write_postings(&self, records: &Records) -> tantivy::Result<()> {
        let bases = Terms::of(&self.vocabularies, |kind| kind == Kind::Base);
        let parts = Terms::of(&self.vocabularies, |kind| kind != Kind::Base);
        let mut out = InvertedIndexSerializer::open(self.segment)?;
        let mut lists = Lists::new();
        // A field without words is left out: the engine makes room for many words
        // in each, which takes longer than a few documents.
        for (handle, keywords) in records.keywords.iter().filter(|(_, k)| k.memory() > 0) {
            let documents = u64::from(self.documents);
            keywords.write(out.new_field(*handle, documents, None)?)?;
        }
        let texts = self.texts.iter().filter(|(_, logs)| logs.words() > 0);
        let logs: Vec<_> = texts.map(|(row, logs)| (*row, logs)).collect();
        let words = logs.iter().map(|(_, logs)| logs.words()).sum();
        for (handle, terms) in [(self.layout.words, bases), (self.layout.parts, parts)] {
            if !logs.is_empty() {
                let field = out.new_field(handle, words, None)?;
                invert::write(&logs, words, &terms, &mut lists, field)?;
            }
        }
        Ok(out.close()?)
    }

    fn write_forms(&self) -> tantivy::Result<()> {
        let out = self.segment.open_write(FORMS.component())?;
        let logs = self.texts.iter().map(|(_, logs)| logs);
        let logs: Vec<_> = logs.collect();
        forms::write(&logs, &self.vocabularies, self.documents, out)?.terminate()?;
        Ok(())
    }
}
