//! What one worker writes of a segment.
//!
//! Texts are analysed and packed without a lock; only to get its number a document
//! goes through the one that all workers share.

use tantivy::DocId;

use crate::finnish::{Scratch, Vocabulary};
use crate::form::project::Project;

use super::super::fields::{FIELDS, Value};
use super::super::record::Record;
use super::super::texts::Packer;
use super::Builder;
use super::log::Log;
use super::records::Text;

/// Memory that a form takes while its terms and lists are being sorted, in
/// bytes, roughly.
const SORTING_A_FORM: usize = 80;

/// Adds documents to a segment that others may add to as well.
pub(in super::super) struct Writer<'b> {
    builder: &'b Builder<'b>,
    share: Share,
    /// Made when there is something to pack with.
    packer: Option<Packer>,
    frame: Vec<u8>,
    told: Size,
}

/// The words that one worker has written down.
pub(in super::super) struct Share {
    scratch: Scratch,
    /// By text field, in the order of their rows.
    pub(super) logs: Vec<(usize, Log)>,
}

/// What words take.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    /// Memory in bytes.
    pub(super) memory: usize,
    pub(super) words: usize,
}

impl Share {
    /// The forms of its words.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.scratch.vocabulary()
    }

    fn size(&self) -> Size {
        let vocabulary = self.vocabulary();
        let logs = self.logs.iter().map(|(_, log)| log.memory());
        let words = self.logs.iter().map(|(_, log)| log.words()).sum::<u64>();
        Size {
            memory: vocabulary.memory() + vocabulary.len() * SORTING_A_FORM + logs.sum::<usize>(),
            words: usize::try_from(words).unwrap_or(usize::MAX),
        }
    }
}

impl<'b> Writer<'b> {
    pub(super) fn new(builder: &'b Builder<'b>) -> Self {
        let rows = builder.layout.texts().map(|(row, _)| row);
        Self {
            builder,
            share: Share {
                scratch: Scratch::default(),
                logs: rows.map(|row| (row, Log::default())).collect(),
            },
            packer: None,
            frame: Vec::new(),
            told: Size::default(),
        }
    }

    /// Analyses the texts of the next document. What can fail on a strange text
    /// is done here; [`add`](Self::add) or [`undo`](Self::undo) must follow.
    pub(in super::super) fn analyse(&mut self, project: &Project<'_>) {
        let Share { scratch, logs } = &mut self.share;
        for (row, log) in logs {
            let Value::Texts(texts) = (FIELDS[*row].value)(project) else {
                continue;
            };
            for text in &texts {
                log.begin_text();
                let analyzer = self.builder.analyzer;
                analyzer.for_each_number(text, scratch, |form| log.push(form));
            }
        }
    }

    /// Takes back what was analysed of a document that does not come.
    pub(in super::super) fn undo(&mut self) {
        self.share.logs.iter_mut().for_each(|(_, log)| log.undo());
    }

    /// Adds the document whose texts were analysed; `stored` is kept as it is.
    pub(in super::super) fn add(&mut self, record: &Record, stored: &str) -> tantivy::Result<()> {
        let doc = self.enter(record, stored)?;
        for (_, log) in &mut self.share.logs {
            log.end_document(doc);
        }
        let size = self.share.size();
        self.builder.tell(self.told, size);
        self.told = size;
        Ok(())
    }

    /// The document's number.
    fn enter(&mut self, record: &Record, stored: &str) -> tantivy::Result<DocId> {
        let text = match &mut self.packer {
            Some(packer) => {
                packer.pack(stored, &mut self.frame)?;
                Text::Packed(&self.frame)
            }
            None => Text::Plain(stored),
        };
        let norms = self.share.logs.iter().map(|(_, log)| log.norm());
        let (doc, dictionary) = self.builder.enter((record, norms), &text)?;
        if let (None, Some(dictionary)) = (&self.packer, dictionary) {
            self.packer = Some(Packer::new(&dictionary)?);
        }
        Ok(doc)
    }

    /// The words that were written down.
    pub(in super::super) fn close(self) -> Share {
        self.builder.tell(self.told, Size::default());
        self.share
    }
}
