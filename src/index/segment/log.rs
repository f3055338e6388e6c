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
    /// For each document with words: how many documents lie between it and the
    /// last one, and its words.
    bytes: Vec<u8>,
    /// By document, how many words it has, rounded as the engine rounds.
    norms: Vec<u8>,
    /// The least number that the next document may have.
    least: DocId,
    /// All words of finished documents.
    words: u64,
    /// The words of the document that is being written.
    fresh: u32,
    /// Where that document begins.
    begin: usize,
}

impl Log {
    /// Begins a text of the document that will have the number `doc`.
    pub(super) fn begin_text(&mut self, doc: DocId) {
        if self.bytes.len() == self.begin {
            push_number(doc.saturating_sub(self.least), &mut self.bytes);
        } else {
            push_number(TEXT, &mut self.bytes);
        }
    }

    /// Adds a word of the text.
    pub(super) fn push(&mut self, form: u32) {
        push_number(form.saturating_add(FORMS), &mut self.bytes);
        self.fresh += 1;
    }

    /// Ends the document with the number `doc`.
    pub(super) fn end_document(&mut self, doc: DocId) {
        if self.fresh == 0 {
            self.undo();
        } else {
            push_number(END, &mut self.bytes);
            self.least = doc + 1;
        }
        self.norms
            .push(FieldNormReader::fieldnorm_to_id(self.fresh));
        self.words += u64::from(std::mem::take(&mut self.fresh));
        self.begin = self.bytes.len();
    }

    /// Takes back what was written since the last document ended.
    pub(super) fn undo(&mut self) {
        self.bytes.truncate(self.begin);
        self.fresh = 0;
    }

    /// By document, the engine's code for how many words it has.
    pub(super) fn norms(&self) -> &[u8] {
        &self.norms
    }

    /// All words.
    pub(super) fn words(&self) -> u64 {
        self.words
    }

    /// Memory in bytes.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity() + self.norms.capacity()
    }

    /// Reads the log from its beginning.
    pub(super) fn read(&self) -> Reading<'_> {
        let mut reading = Reading {
            rest: &self.bytes,
            doc: 0,
        };
        reading.begin();
        reading
    }

    /// Calls `each` with the document, the position and the form of every word.
    pub(super) fn each(&self, mut each: impl FnMut(DocId, u32, u32)) {
        let mut reading = self.read();
        while let Some(doc) = reading.doc() {
            reading.words(|position, form| each(doc, position, form));
        }
    }
}

/// A place in a log: at the beginning of a document.
pub(super) struct Reading<'l> {
    rest: &'l [u8],
    doc: DocId,
}

impl Reading<'_> {
    /// The document that is read next; none at the end.
    pub(super) fn doc(&self) -> Option<DocId> {
        (!self.rest.is_empty()).then_some(self.doc)
    }

    /// Calls `each` with position and form of the document's words, and goes on
    /// to the next document.
    pub(super) fn words(&mut self, mut each: impl FnMut(u32, u32)) {
        let mut position = 0;
        loop {
            match take_number(&mut self.rest) {
                None | Some(END) => break,
                Some(TEXT) => position += GAP,
                Some(number) => {
                    each(position, number - FORMS);
                    position += 1;
                }
            }
        }
        self.doc += 1;
        self.begin();
    }

    fn begin(&mut self) {
        self.doc += take_number(&mut self.rest).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(log: &Log) -> Vec<(DocId, u32, u32)> {
        let mut read = Vec::new();
        log.each(|doc, position, form| read.push((doc, position, form)));
        read
    }

    #[test]
    fn words_come_back_with_document_and_position() {
        let mut log = Log::default();
        assert_eq!(read(&log), []);
        log.end_document(0);
        log.begin_text(1);
        [7, 300, 7].into_iter().for_each(|form| log.push(form));
        log.begin_text(1);
        log.push(0);
        log.end_document(1);
        log.end_document(2);
        log.begin_text(3);
        log.end_document(3);
        log.begin_text(4);
        log.push(1);
        log.end_document(4);
        let expected = [(1, 0, 7), (1, 1, 300), (1, 2, 7), (1, 67, 0), (4, 0, 1)];
        assert_eq!(read(&log), expected);
        assert_eq!(log.norms(), [0, 4, 0, 0, 1]);
        assert_eq!(log.words(), 5);
    }

    #[test]
    fn an_interrupted_document_leaves_nothing() {
        let mut log = Log::default();
        log.begin_text(0);
        log.push(5);
        log.undo();
        log.begin_text(0);
        log.push(6);
        log.end_document(0);
        log.undo();
        assert_eq!(read(&log), [(0, 0, 6)]);
        assert_eq!((log.norms(), log.words()), ([1].as_slice(), 1));
    }
}
