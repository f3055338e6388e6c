//! Exact strings → postings: codes, statuses, places.
//!
//! Few and short beside the words of texts, so a sorted map will do.

use std::collections::BTreeMap;
use std::io;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;

/// Memory that a string takes beside its text and documents, in bytes, roughly.
const A_STRING: usize = 96;

/// One field's strings with the documents that have them.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    documents: BTreeMap<String, Vec<DocId>>,
    memory: usize,
}

impl Keywords {
    /// Adds a string of a document; documents come in order.
    pub(super) fn add(&mut self, doc: DocId, string: &str) {
        let known = self.documents.get_mut(string);
        if let Some(documents) = known {
            if documents.last() != Some(&doc) {
                documents.push(doc);
                self.memory += size_of::<DocId>();
            }
        } else {
            self.documents.insert(string.to_owned(), vec![doc]);
            self.memory += A_STRING + string.len();
        }
    }

    /// Memory in bytes.
    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// Writes them in order.
    pub(super) fn write(&self, mut field: FieldSerializer<'_>) -> io::Result<()> {
        for (string, documents) in &self.documents {
            field.new_term_without_freq(string.as_bytes())?;
            for doc in documents {
                field.write_doc(*doc, 1, &[]);
            }
            field.close_term()?;
        }
        field.close()
    }
}
