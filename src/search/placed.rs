//! Posting lists with the places where their term stands in each document.
//!
//! The engine's own cursor passes over blocks that nobody asks for, and finds
//! the places of each document anew. Where most of a list is read, one that reads
//! on from its beginning takes a fraction of the time: it knows how many places
//! lie behind it.

use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use crate::error::{Result, in_engine};
use crate::index::Segment;

/// A posting list with places.
pub(super) enum Placed {
    /// Of which few documents are asked.
    Few(Box<Asked>),
    /// Of which most are.
    Most(Box<Running>),
}

impl Placed {
    /// Opens a list of base forms of which most documents are asked, or few.
    pub(super) fn open(segment: &Segment, info: &TermInfo, most: bool) -> Result<Self> {
        let list = match most {
            true => Self::Most(Box::new(Running::open(segment, info)?)),
            false => {
                let option = IndexRecordOption::WithFreqsAndPositions;
                let list = segment.words.read_postings_from_terminfo(info, option);
                Self::Few(Box::new(Asked {
                    list: list.map_err(in_engine)?,
                    places: Vec::new(),
                }))
            }
        };
        Ok(list)
    }

    /// The document where it stands.
    #[inline]
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Few(asked) => asked.list.doc(),
            Self::Most(list) => list.doc(),
        }
    }

    /// Goes to the first document from `doc` on, which is not behind it.
    #[inline]
    pub(super) fn seek(&mut self, doc: DocId) -> DocId {
        match self {
            Self::Few(asked) if asked.list.doc() < doc => asked.list.seek(doc),
            Self::Few(asked) => asked.list.doc(),
            Self::Most(list) => list.seek(doc),
        }
    }

    /// Adds where the term stands in the document, in order.
    pub(super) fn add_places(&mut self, places: &mut Vec<u32>) {
        match self {
            Self::Few(asked) => places.extend(asked.places()),
            Self::Most(list) => places.extend(list.places()),
        }
    }
}

/// A list that passes over what nobody asks for.
pub(super) struct Asked {
    list: SegmentPostings,
    places: Vec<u32>,
}

impl Asked {
    /// Where the term stands in the document, in order.
    pub(super) fn places(&mut self) -> impl Iterator<Item = u32> {
        self.list.positions(&mut self.places);
        self.places.iter().copied()
    }
}

/// A list that is read on from its beginning.
pub(super) struct Running {
    postings: BlockSegmentPostings,
    positions: PositionReader,
    /// The document's place in the block.
    at: usize,
    /// How many places the blocks before have.
    before: u64,
    /// How many the block's documents before each one have, and what was read of
    /// them all, each place as its distance from the one before; empty until they
    /// are asked for.
    counts: Vec<u32>,
    places: Vec<u32>,
}

impl Running {
    fn open(segment: &Segment, info: &TermInfo) -> Result<Self> {
        let option = IndexRecordOption::WithFreqs;
        let postings = segment
            .words
            .read_block_postings_from_terminfo(info, option);
        let places = segment
            .places()?
            .read_bytes_slice(info.positions_range.clone());
        let positions = places.and_then(PositionReader::open);
        Ok(Self {
            postings: postings.map_err(in_engine)?,
            positions: positions.map_err(in_engine)?,
            at: 0,
            before: 0,
            counts: Vec::new(),
            places: Vec::new(),
        })
    }

    #[inline]
    fn doc(&self) -> DocId {
        let doc = self.postings.docs().get(self.at);
        doc.copied().unwrap_or(TERMINATED)
    }

    #[inline]
    fn seek(&mut self, doc: DocId) -> DocId {
        if self.doc() >= doc {
            return self.doc();
        }
        while self.postings.docs().last().is_some_and(|last| *last < doc) {
            let freqs = self.postings.freqs().iter();
            self.before += freqs.map(|freq| u64::from(*freq)).sum::<u64>();
            self.postings.advance();
            self.at = 0;
            self.counts.clear();
        }
        let rest = self.postings.docs().iter().skip(self.at);
        self.at += rest.take_while(|other| **other < doc).count();
        self.doc()
    }

    /// Where the term stands in the document, in order.
    #[inline]
    pub(super) fn places(&mut self) -> impl Iterator<Item = u32> {
        if self.counts.is_empty() {
            self.read();
        }
        let range = self.counts.get(self.at).zip(self.counts.get(self.at + 1));
        let range = range.map_or(0..0, |(from, to)| *from as usize..*to as usize);
        let mut place = 0;
        self.places[range].iter().map(move |step| {
            place += step;
            place
        })
    }

    /// Reads the places of all documents of the block.
    fn read(&mut self) {
        let mut count = 0;
        self.counts.push(count);
        for freq in self.postings.freqs() {
            count += freq;
            self.counts.push(count);
        }
        self.places.resize(count as usize, 0);
        self.positions.read(self.before, &mut self.places);
    }
}
