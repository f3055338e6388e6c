//! Where terms go with the documents that hold them: the engine's dictionary, the
//! file of forms, or a run.

use std::io::{self, Write};

use tantivy::DocId;
use tantivy::postings::FieldSerializer;

use super::super::forms::Sink;

/// Takes terms in order, and of each the documents in order.
pub(super) trait Out {
    /// Begins a term.
    fn begin(&mut self, term: &[u8]) -> io::Result<()>;

    /// Adds a document that holds the term so many times: its positions, each as
    /// the distance from the one before, where they are kept.
    fn add(&mut self, doc: DocId, times: u32, gaps: &[u32]);

    /// Ends the term.
    fn end(&mut self) -> io::Result<()>;
}

impl Out for FieldSerializer<'_> {
    fn begin(&mut self, term: &[u8]) -> io::Result<()> {
        // How many documents there will be is only asked for scores that the
        // engine would make; it counts them itself.
        self.new_term(term, 0, true)
    }

    fn add(&mut self, doc: DocId, times: u32, gaps: &[u32]) {
        self.write_doc(doc, times, gaps);
    }

    fn end(&mut self) -> io::Result<()> {
        self.close_term()
    }
}

/// The file of forms.
pub(super) struct Forms<W> {
    pub(super) sink: Sink<W>,
    form: Vec<u8>,
    docs: Vec<DocId>,
}

impl<W: Write> Forms<W> {
    pub(super) fn new(sink: Sink<W>) -> Self {
        Self {
            sink,
            form: Vec::new(),
            docs: Vec::new(),
        }
    }
}

impl<W: Write> Out for Forms<W> {
    fn begin(&mut self, term: &[u8]) -> io::Result<()> {
        self.form.clear();
        self.form.extend_from_slice(term);
        self.docs.clear();
        Ok(())
    }

    fn add(&mut self, doc: DocId, _: u32, _: &[u32]) {
        self.docs.push(doc);
    }

    fn end(&mut self) -> io::Result<()> {
        self.sink.push(&self.form, self.docs.iter().copied())
    }
}
