//! One field's words, written down document by document.
//!
//! A word is the number of its form, and a form that is met often was met
//! early and has a small number, so that a word takes two bytes. Nothing is
//! looked up or moved while documents come in; the log is read through a few
//! times when the segment is full.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::super::varint::{push_number, take_number};

/// Ends a document's words.
const END: u32 = 0;

/// Begins another text of the same field.
const TEXT: u32 = 1;

/// The first number that means a form.
const FORMS: u32 = 2;

/// Positions left out between two texts of a field, so that no phrase, however
/// loose, spans them.
const GAP: u32 = 64;

/// The words of one field.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// The words of each document that has any.
    bytes: Vec<u8>,
    /// These documents, in order.
    documents: Vec<DocId>,
    /// All words of finished documents.
    words: u64,
    /// Above all positions of finished documents.
    end: u32,
    /// The words of the document that is being written.
    fresh: u32,
    /// Where that document begins.
    begin: usize,
    /// The position of its next word.
    position: u32,
    /// Whether a text of it has begun.
    begun: bool,
}

impl Log {
    /// Begins a text of the document that is being written.
    pub(super) fn begin_text(&mut self) {
        if std::mem::replace(&mut self.begun, true) {
            push_number(TEXT, &mut self.bytes);
            self.position += GAP;
        }
    }

    /// Adds a word of the text.
    pub(super) fn push(&mut self, form: u32) {
        push_number(form.saturating_add(FORMS), &mut self.bytes);
        self.fresh += 1;
        self.position += 1;
    }

    /// How many words the document has, as the engine rounds it.
    pub(super) fn norm(&self) -> u8 {
        FieldNormReader::fieldnorm_to_id(self.fresh)
    }

    /// Ends the document, which gets the number `doc`: a higher one than those before.
    pub(super) fn end_document(&mut self, doc: DocId) {
        if self.fresh > 0 {
            push_number(END, &mut self.bytes);
            self.documents.push(doc);
            self.words += u64::from(self.fresh);
            self.end = self.end.max(self.position);
            self.begin = self.bytes.len();
        }
        self.undo();
    }

    /// Takes back what was written since the last document ended.
    pub(super) fn undo(&mut self) {
        self.bytes.truncate(self.begin);
        self.fresh = 0;
        self.position = 0;
        self.begun = false;
    }

    /// All words.
    pub(super) fn words(&self) -> u64 {
        self.words
    }

    /// Memory in bytes.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.documents.capacity() * size_of::<DocId>()
    }
}

/// One field's words in the logs of all workers, who share the documents between
/// them.
pub(super) struct Logs<'l> {
    /// Each with the number of its first form among the forms of all.
    logs: Vec<(u32, &'l Log)>,
}

impl<'l> Logs<'l> {
    pub(super) fn new(logs: impl Iterator<Item = (u32, &'l Log)>) -> Self {
        let logs = logs.collect();
        Self { logs }
    }

    /// All words.
    pub(super) fn words(&self) -> u64 {
        self.logs.iter().map(|(_, log)| log.words()).sum()
    }

    /// Above the numbers of all documents, and above all positions in them.
    pub(super) fn ends(&self) -> (DocId, u32) {
        let logs = self.logs.iter().map(|(_, log)| log);
        furthest(logs.map(|log| (log.documents.last().map_or(0, |doc| doc + 1), log.end)))
    }

    /// Reads the logs from their beginnings.
    pub(super) fn read(&self) -> impl Iterator<Item = Reading<'l>> {
        self.logs.iter().map(|(first, log)| Reading {
            rest: &log.bytes,
            documents: &log.documents,
            first: *first,
        })
    }

    /// Calls `each` with the document, the position and the form of every word,
    /// document by document.
    pub(super) fn each(&self, each: impl FnMut(DocId, u32, u32)) {
        in_order(self.read().collect(), each);
    }
}

/// Calls `each` with the document, the position and the form of every word of several
/// logs, document by document.
pub(super) fn in_order(mut readings: Vec<Reading<'_>>, mut each: impl FnMut(DocId, u32, u32)) {
    let next = |readings: &[Reading<'_>]| {
        let docs = readings.iter().enumerate();
        docs.filter_map(|(at, reading)| Some((reading.doc()?, at)))
            .min()
    };
    while let Some((doc, at)) = next(&readings) {
        readings[at].words(|position, form| each(doc, position, form));
    }
}

/// Above all of several documents and positions.
pub(super) fn furthest(ends: impl Iterator<Item = (DocId, u32)>) -> (DocId, u32) {
    ends.fold((0, 0), |all, end| (all.0.max(end.0), all.1.max(end.1)))
}

/// A place in a log: at the beginning of a document.
pub(super) struct Reading<'l> {
    rest: &'l [u8],
    documents: &'l [DocId],
    first: u32,
}

impl Reading<'_> {
    /// The document that is read next; none at the end.
    fn doc(&self) -> Option<DocId> {
        self.documents.first().copied()
    }

    /// Calls `each` with position and form of the document's words, and goes on
    /// to the next document.
    fn words(&mut self, mut each: impl FnMut(u32, u32)) {
        let mut position = 0;
        loop {
            match take_number(&mut self.rest) {
                None | Some(END) => break,
                Some(TEXT) => position += GAP,
                Some(number) => {
                    each(position, self.first + number - FORMS);
                    position += 1;
                }
            }
        }
        self.documents = self.documents.get(1..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(logs: &[(u32, &Log)]) -> Vec<(DocId, u32, u32)> {
        let mut read = Vec::new();
        let logs = Logs::new(logs.iter().copied());
        logs.each(|doc, position, form| read.push((doc, position, form)));
        read
    }

    /// A log of documents with these texts.
    fn log(documents: &[(DocId, &[&[u32]])]) -> Log {
        let mut log = Log::default();
        for (doc, texts) in documents {
            for text in *texts {
                log.begin_text();
                text.iter().for_each(|form| log.push(*form));
            }
            log.end_document(*doc);
        }
        log
    }

    #[test]
    fn words_come_back_with_document_and_position() {
        assert_eq!(read(&[(0, &Log::default())]), []);
        let log = log(&[
            (0, &[]),
            (1, &[&[7, 300, 7], &[0]]),
            (2, &[]),
            (3, &[&[]]),
            (4, &[&[], &[1]]),
        ]);
        let expected = [(1, 0, 7), (1, 1, 300), (1, 2, 7), (1, 67, 0), (4, 64, 1)];
        assert_eq!(read(&[(0, &log)]), expected);
        let logs = Logs::new(std::iter::once((0, &log)));
        assert_eq!((logs.words(), logs.ends()), (5, (5, 68)));
    }

    #[test]
    fn documents_that_workers_share_come_in_order() {
        let (one, other) = (log(&[(0, &[&[5]]), (3, &[&[6]])]), log(&[(1, &[&[0, 5]])]));
        let expected = [(0, 0, 5), (1, 0, 10), (1, 1, 15), (3, 0, 6)];
        assert_eq!(read(&[(0, &one), (10, &other)]), expected);
        let logs = Logs::new([(0, &one), (10, &other)].into_iter());
        assert_eq!((logs.words(), logs.ends()), (4, (4, 2)));
    }

    #[test]
    fn an_interrupted_document_leaves_nothing() {
        let mut log = Log::default();
        log.begin_text();
        log.push(5);
        log.undo();
        log.begin_text();
        log.push(6);
        assert_eq!(log.norm(), 1);
        log.end_document(0);
        log.begin_text();
        log.push(7);
        log.undo();
        assert_eq!(log.norm(), 0);
        assert_eq!(read(&[(0, &log)]), [(0, 0, 6)]);
        let logs = Logs::new(std::iter::once((0, &log)));
        assert_eq!((logs.words(), logs.ends()), (1, (1, 1)));
    }
}
