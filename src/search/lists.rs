//! The posting lists of a term in the sections that are asked.
//!
//! A list is read through one cursor that is used again and again: cursors are
//! large, and a word has many lists.

use std::io;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermStreamer;
use tantivy::{DocSet, TERMINATED};

use crate::error::{Result, in_engine};
use crate::index::{Entry, Segment};

use super::lookup::{Lookup, Want};
use super::plan::Scoped;

/// Reads lists with documents and frequencies, or with documents only.
pub(super) struct Lists {
    /// For lists of base forms, which have positions.
    words: Cursor,
    /// For lists of parts, which have none.
    parts: Cursor,
}

impl Lists {
    /// Reads of lists what the option says; places are read elsewhere.
    pub(super) fn new(option: IndexRecordOption) -> Self {
        let cursor = || Cursor { option, list: None };
        Self {
            words: cursor(),
            parts: cursor(),
        }
    }

    /// A list at its beginning.
    pub(super) fn open(
        &mut self,
        segment: &Segment,
        list: &Listed,
    ) -> Result<&mut BlockSegmentPostings> {
        let (inverted, cursor) = match list.is_part {
            false => (&segment.words, &mut self.words),
            true => (&segment.parts, &mut self.parts),
        };
        cursor.at(inverted, &list.info).map_err(in_engine)
    }
}

/// A posting list of a term.
pub(super) struct Listed {
    /// Row of FIELDS.
    pub(super) row: usize,
    /// What an occurrence in it is worth.
    pub(super) worth: f32,
    is_part: bool,
    info: TermInfo,
}

impl Listed {
    /// How many documents it has, deleted ones too.
    pub(super) fn documents(&self) -> usize {
        self.info.doc_freq as usize
    }
}

/// The lists of something wanted in the rows that it is wanted in; none of words in
/// a row.
pub(super) fn listed_in(segment: &Segment, scoped: &Scoped) -> Result<Vec<Listed>> {
    let mut lists = Vec::new();
    if let Want::Word(sought) = &scoped.want {
        for lookup in sought.lookups(true) {
            lists.append(&mut listed(segment, &scoped.rows, lookup)?);
        }
    }
    Ok(lists)
}

/// The lists of a term in the rows of FIELDS that are asked.
pub(super) fn listed(segment: &Segment, rows: &[usize], lookup: &Lookup) -> Result<Vec<Listed>> {
    let mut lists = Vec::new();
    let related = lookup.worth.iter().skip(1).any(|worth| *worth > 0.0);
    let words = (&segment.words, false);
    let parts = related.then_some((&segment.parts, true));
    for (inverted, is_part) in std::iter::once(words).chain(parts) {
        // Of a stem all that begin so: whichever were left out, what is found would
        // depend on how segments came to be.
        let mut entries = match lookup.stem {
            true => beginning(inverted, &lookup.term)?,
            false => range(inverted, &lookup.term, &Entry::end(&lookup.term))?,
        };
        while let Some((key, info)) = entries.next() {
            let Some(Entry { kind, row, .. }) = Entry::of_key(key) else {
                continue;
            };
            let worth = lookup.worth(kind);
            if worth > 0.0 && rows.contains(&row) {
                lists.push(Listed {
                    row,
                    worth,
                    is_part,
                    info: info.clone(),
                });
            }
        }
    }
    Ok(lists)
}

/// The entries of a dictionary that begin so.
pub(super) fn beginning<'i>(
    inverted: &'i InvertedIndexReader,
    begin: &str,
) -> Result<TermStreamer<'i>> {
    range(inverted, begin, &format!("{begin}\u{10ffff}"))
}

/// The entries of a dictionary from one on and before another.
fn range<'i>(
    inverted: &'i InvertedIndexReader,
    start: &str,
    end: &str,
) -> Result<TermStreamer<'i>> {
    let range = inverted.terms().range().ge(start.as_bytes());
    range.lt(end.as_bytes()).into_stream().map_err(in_engine)
}

/// The entries of a term: the row of FIELDS, and where its list is.
pub(super) fn entries(
    inverted: &InvertedIndexReader,
    term: &str,
) -> Result<Vec<(usize, TermInfo)>> {
    let mut range = range(inverted, term, &Entry::end(term))?;
    let mut entries = Vec::new();
    while let Some((key, info)) = range.next() {
        entries.extend(Entry::of_key(key).map(|entry| (entry.row, info.clone())));
    }
    Ok(entries)
}

/// How many documents a list of base forms has that were not deleted.
pub(super) fn documents(segment: &Segment, info: &TermInfo) -> Result<u32> {
    if !segment.reader.has_deletes() {
        return Ok(info.doc_freq);
    }
    let list = segment
        .words
        .read_postings_from_terminfo(info, IndexRecordOption::Basic);
    let (mut list, mut count) = (list.map_err(in_engine)?, 0);
    while list.doc() != TERMINATED {
        count += u32::from(!segment.reader.is_deleted(list.doc()));
        list.advance();
    }
    Ok(count)
}

/// A place in the lists of fields of one kind.
struct Cursor {
    option: IndexRecordOption,
    list: Option<BlockSegmentPostings>,
}

impl Cursor {
    /// At the beginning of a list.
    fn at(
        &mut self,
        inverted: &InvertedIndexReader,
        info: &TermInfo,
    ) -> io::Result<&mut BlockSegmentPostings> {
        match &mut self.list {
            Some(list) => {
                inverted.reset_block_postings_from_terminfo(info, list)?;
                Ok(list)
            }
            none => {
                let list = inverted.read_block_postings_from_terminfo(info, self.option)?;
                Ok(none.insert(list))
            }
        }
    }
}
