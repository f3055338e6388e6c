//! The posting lists of a term in a section, one after the other.
//!
//! A list is read through one cursor that is used again and again: cursors are
//! large, and a word has many lists.

use std::io;

use tantivy::Term;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;

use crate::error::{Result, in_engine};
use crate::finnish::Kind;
use crate::index::{Segment, TextHandles, mark};

use super::lookup::Lookup;

/// Words of one beginning that are looked at in a section.
const MOST_OF_STEM: usize = 200;

/// Reads lists with documents and frequencies.
#[derive(Default)]
pub(super) struct Lists {
    /// For lists of base forms, which have positions.
    base: Cursor,
    /// For lists of parts, which have none.
    parts: Cursor,
}

impl Lists {
    /// Calls `each` with every list of a term in a section, at its beginning,
    /// and with what an occurrence in it is worth.
    pub(super) fn each(
        &mut self,
        segment: &Segment,
        handles: TextHandles,
        lookup: &Lookup,
        mut each: impl FnMut(&mut BlockSegmentPostings, f32),
    ) -> Result<()> {
        let inverted = segment.reader.inverted_index(handles.base)?;
        if lookup.stem {
            return self.of_stem(&inverted, &lookup.term, each);
        }
        let term = Term::from_field_text(handles.base, &lookup.term);
        if let Some(info) = inverted.get_term_info(&term).map_err(in_engine)? {
            let list = self.base.at(&inverted, &info).map_err(in_engine)?;
            each(list, lookup.worth(Kind::Base));
        }
        if lookup.worth.iter().skip(1).all(|worth| *worth == 0.0) {
            return Ok(());
        }
        let inverted = segment.reader.inverted_index(handles.parts)?;
        // All marks are below the space: the word's terms are one short range.
        let start = format!("{}\u{1}", lookup.term);
        let end = format!("{} ", lookup.term);
        let range = inverted.terms().range().ge(start.as_bytes());
        let range = range.lt(end.as_bytes());
        let mut range = range.into_stream().map_err(in_engine)?;
        while let Some((term, info)) = range.next() {
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| mark(*kind).is_some_and(|mark| term.last() == Some(&(mark as u8))));
            let worth = kind.map_or(0.0, |kind| lookup.worth(kind));
            if worth > 0.0 {
                each(self.parts.at(&inverted, info).map_err(in_engine)?, worth);
            }
        }
        Ok(())
    }

    /// Those of the base forms with one beginning, the first so many.
    fn of_stem(
        &mut self,
        inverted: &InvertedIndexReader,
        stem: &str,
        mut each: impl FnMut(&mut BlockSegmentPostings, f32),
    ) -> Result<()> {
        let end = format!("{stem}\u{10ffff}");
        let range = inverted.terms().range().ge(stem.as_bytes());
        let mut range = range.lt(end.as_bytes()).into_stream().map_err(in_engine)?;
        for _ in 0..MOST_OF_STEM {
            let Some((_, info)) = range.next() else {
                break;
            };
            each(self.base.at(inverted, info).map_err(in_engine)?, 1.0);
        }
        Ok(())
    }
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
