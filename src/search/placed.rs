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

    /// Where the term stands in the document, in order.
    #[inline]
    pub(super) fn places(&mut self) -> Places<'_> {
        match self {
            Self::Few(asked) => {
                asked.list.positions(&mut asked.places);
                Places::at(&asked.places)
            }
            Self::Most(list) => list.places(),
        }
    }
}

/// Places in order, as they are or each as its distance from the one before.
pub(super) struct Places<'p> {
    left: std::slice::Iter<'p, u32>,
    last: u32,
    /// What of the last place counts for the next: all bits or none.
    counts: u32,
}

impl<'p> Places<'p> {
    /// Places as they are.
    #[inline]
    pub(super) fn at(places: &'p [u32]) -> Self {
        Self {
            left: places.iter(),
            last: 0,
            counts: 0,
        }
    }
}

impl Iterator for Places<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let place = (self.last & self.counts) + self.left.next()?;
        self.last = place;
        Some(place)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }
}

/// A list that passes over what nobody asks for.
pub(super) struct Asked {
    list: SegmentPostings,
    places: Vec<u32>,
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
        loop {
            for (passed, other) in self.postings.docs()[self.at..].iter().enumerate() {
                if *other >= doc {
                    self.at += passed;
                    return *other;
                }
            }
            if self.postings.docs().is_empty() {
                return TERMINATED;
            }
            self.advance();
        }
    }

    /// The documents of the block that it stands in; none at its end.
    pub(super) fn block(&self) -> &[DocId] {
        self.postings.docs()
    }

    /// How many documents of the block it has passed.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a document of the block, or to the next block.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
        if at == self.postings.docs().len() {
            self.advance();
        }
    }

    /// Goes to the next block.
    fn advance(&mut self) {
        let freqs = self.postings.freqs().iter();
        self.before += freqs.map(|freq| u64::from(*freq)).sum::<u64>();
        self.postings.advance();
        self.at = 0;
        self.counts.clear();
    }

    /// Where the term stands in the document, in order.
    #[inline]
    fn places(&mut self) -> Places<'_> {
        self.read();
        self.places_of(self.at)
    }

    /// Where the term stands in a document of the block, which was read, in order.
    #[inline]
    pub(super) fn places_of(&self, at: usize) -> Places<'_> {
        let range = self.counts.get(at).zip(self.counts.get(at + 1));
        let range = range.map_or(0..0, |(from, to)| *from as usize..*to as usize);
        Places {
            left: self.places[range].iter(),
            last: 0,
            counts: u32::MAX,
        }
    }

    /// Reads the places of all documents of the block, if they were not.
    #[inline]
    pub(super) fn read(&mut self) {
        if self.counts.is_empty() {
            self.read_block();
        }
    }

    fn read_block(&mut self) {
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
