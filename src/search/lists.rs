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

use super::lookup::Lookup;

/// Reads lists with documents and frequencies.
#[derive(Default)]
pub(super) struct Lists {
    /// For lists of base forms, which have positions.
    words: Cursor,
    /// For lists of parts, which have none.
    parts: Cursor,
}

impl Lists {
    /// Calls `each` with every list of a term in the rows of FIELDS that are
    /// asked: the row, the list at its beginning, and what an occurrence in it
    /// is worth.
    pub(super) fn each(
        &mut self,
        segment: &Segment,
        rows: &[usize],
        lookup: &Lookup,
        mut each: impl FnMut(usize, &mut BlockSegmentPostings, f32) -> Result<()>,
    ) -> Result<()> {
        if lookup.stem {
            return self.of_stem(segment, rows, &lookup.term, each);
        }
        let related = lookup.worth.iter().skip(1).any(|worth| *worth > 0.0);
        let parts = related.then_some((&segment.parts, &mut self.parts));
        for (inverted, cursor) in [(&segment.words, &mut self.words)].into_iter().chain(parts) {
            let mut range = range(inverted, &lookup.term, &Entry::end(&lookup.term))?;
            while let Some((key, info)) = range.next() {
                let Some(Entry { kind, row, .. }) = Entry::of_key(key) else {
                    continue;
                };
                let worth = lookup.worth(kind);
                if worth > 0.0 && rows.contains(&row) {
                    each(row, cursor.at(inverted, info).map_err(in_engine)?, worth)?;
                }
            }
        }
        Ok(())
    }

    /// Those of all base forms with one beginning. Whichever were left out, what
    /// is found would depend on how segments came to be.
    fn of_stem(
        &mut self,
        segment: &Segment,
        rows: &[usize],
        stem: &str,
        mut each: impl FnMut(usize, &mut BlockSegmentPostings, f32) -> Result<()>,
    ) -> Result<()> {
        let mut range = beginning(&segment.words, stem)?;
        while let Some((key, info)) = range.next() {
            if let Some(entry) = Entry::of_key(key).filter(|entry| rows.contains(&entry.row)) {
                let list = self.words.at(&segment.words, info).map_err(in_engine)?;
                each(entry.row, list, 1.0)?;
            }
        }
        Ok(())
    }
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
#[derive(Default)]
struct Cursor(Option<BlockSegmentPostings>);

impl Cursor {
    /// At the beginning of a list.
    fn at(
        &mut self,
        inverted: &InvertedIndexReader,
        info: &TermInfo,
    ) -> io::Result<&mut BlockSegmentPostings> {
        match &mut self.0 {
            Some(list) => {
                inverted.reset_block_postings_from_terminfo(info, list)?;
                Ok(list)
            }
            none => {
                let option = IndexRecordOption::WithFreqs;
                Ok(none.insert(inverted.read_block_postings_from_terminfo(info, option)?))
            }
        }
    }
}
