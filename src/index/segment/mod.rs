//! Projects → one segment of the index.
//!
//! The engine's own writer looks every term of every word up in a table of
//! terms, field by field. Here a word of a text is a number (`finnish` numbers
//! forms as it meets them), its terms are settled once a form (`terms`), and a
//! text is written down as numbers (`log`) that are sorted into postings
//! (`invert`, `forms`). All workers fill one segment (`writer`), each with a
//! vocabulary and logs of its own, and share the numbers of documents and what else
//! is known of them (`records`). When memory is full, the words leave it as a sorted
//! `run`; runs are joined when the segment ends. The files are the engine's, by its
//! own serializers, and are read, merged and checked by it like any other.

mod forms;
mod invert;
mod keywords;
mod lists;
mod log;
mod out;
mod records;
mod run;
mod strings;
mod terms;
#[cfg(test)]
mod tests;
mod vocabularies;
mod words;
mod writer;

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::DocId;
use tantivy::directory::TerminatingWrite;
use tantivy::index::{Segment, SegmentMeta};
use tantivy::postings::InvertedIndexSerializer;

use crate::finnish::Analyzer;

use super::forms::{FILE as FORMS, Sink};
use super::merge::LARGEST;
use super::record::Record;
use super::schema::Layout;
use out::{Forms, Out};
use records::{Records, Text};
use run::{Opened, Run};
use words::{Part, Words};
use writer::Size;

pub(super) use writer::{Share, Writer};

/// What stays in memory until the segment ends may take so many times as much as
/// words may: few large segments are searched quicker than many.
const STAYING: usize = 2;

/// A segment that is being made.
pub(super) struct Builder<'a> {
    layout: &'a Layout,
    analyzer: &'a Analyzer,
    segment: Segment,
    records: Mutex<Records>,
    /// Words that have left memory.
    runs: Mutex<Vec<Run>>,
    /// What the words in memory take.
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
            runs: Mutex::default(),
            segment,
            memory: AtomicUsize::new(0),
            words: AtomicUsize::new(0),
        })
    }

    /// What one worker adds documents with.
    pub(super) fn writer(&self) -> Writer<'_> {
        Writer::new(self)
    }

    /// Memory in bytes that the words take, with what writing them will take.
    pub(super) fn memory(&self) -> usize {
        let words = self.words.load(Ordering::Relaxed);
        self.memory.load(Ordering::Relaxed) + invert::memory(words)
    }

    /// Whether the words should leave memory, of which there is so much: at least half
    /// of it is for them, whatever stays until the segment ends.
    pub(super) fn is_full(&self, memory: usize) -> bool {
        let staying = self.staying();
        let words = self.words.load(Ordering::Relaxed) > 0;
        let all = self.memory() + staying.1 / (2 * STAYING);
        is_large(staying, memory) || words && all >= memory
    }

    /// Whether the segment should end even if there are more documents.
    pub(super) fn is_large(&self, memory: usize) -> bool {
        is_large(self.staying(), memory)
    }

    /// How many documents there are, and the memory of what stays until the segment
    /// ends.
    fn staying(&self) -> (DocId, usize) {
        let records = locked(&self.records);
        (records.documents(), records.memory())
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
        record: (&Record, impl Iterator<Item = u8>),
        text: &Text<'_>,
    ) -> tantivy::Result<(DocId, Option<Arc<[u8]>>)> {
        let mut records = locked(&self.records);
        let doc = records.add(&self.segment, record, text)?;
        Ok((doc, records.dictionary()))
    }

    /// Takes words out of memory that writers have closed; the next ones are of later
    /// documents.
    pub(super) fn spill(&self, shares: &[Share]) -> tantivy::Result<()> {
        let mut runs = locked(&self.runs);
        let run = Run::write(&self.segment, runs.len(), &Words::new(shares))?;
        runs.push(run);
        Ok(())
    }

    /// Writes the segment, with the words that the last writers have closed; none if
    /// it has no documents.
    pub(super) fn finish(&self, shares: &[Share]) -> tantivy::Result<Option<SegmentMeta>> {
        if locked(&self.records).documents() == 0 {
            return Ok(None);
        }
        if locked(&self.runs).is_empty() {
            self.write(&Source::Memory(Words::new(shares)))?;
        } else {
            self.spill(shares)?;
            let mut runs = locked(&self.runs);
            self.write(&Source::Runs(Opened::new(&runs, &self.segment)?))?;
            runs.drain(..)
                .try_for_each(|run| run.remove(&self.segment))?;
        }
        let segment = self.segment.clone();
        let documents = locked(&self.records).documents();
        let meta = segment.with_max_doc(documents).meta().clone();
        meta.untrack_temp_docstore();
        Ok(Some(meta))
    }

    fn write(&self, words: &Source<'_>) -> tantivy::Result<()> {
        let mut records = locked(&self.records);
        records.write(&self.segment, self.layout)?;
        let mut out = InvertedIndexSerializer::open(&self.segment)?;
        // A field without words is left out: the engine makes room for many words
        // in each, which takes longer than a few documents.
        for (handle, keywords) in records.keywords.iter().filter(|(_, k)| k.memory() > 0) {
            let documents = u64::from(records.documents());
            keywords.write(out.new_field(*handle, documents, None)?)?;
        }
        for (handle, part) in [
            (self.layout.words, Part::Bases),
            (self.layout.parts, Part::Others),
        ] {
            if words.count() > 0 {
                let mut field = out.new_field(handle, words.count(), None)?;
                words.write(part, &mut field)?;
                field.close()?;
            }
        }
        out.close()?;
        let out = self.segment.open_write(FORMS.component())?;
        let mut out = Forms::new(Sink::new(out, records.documents()));
        words.write(Part::Forms, &mut out)?;
        Ok(out.sink.finish()?.terminate()?)
    }
}

/// Whether documents that so much stays of are enough for a segment where words may
/// take so much memory.
fn is_large((documents, staying): (DocId, usize), memory: usize) -> bool {
    documents >= LARGEST || documents > 0 && staying >= STAYING * memory
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the words of a segment are.
enum Source<'s> {
    Memory(Words<'s>),
    Runs(Opened<'s>),
}

impl Source<'_> {
    fn count(&self) -> u64 {
        match self {
            Self::Memory(words) => words.count(),
            Self::Runs(runs) => runs.count(),
        }
    }

    fn write(&self, part: Part, out: &mut impl Out) -> io::Result<()> {
        match self {
            Self::Memory(words) => words.write(part, out),
            Self::Runs(runs) => runs.write(part, out),
        }
    }
}
