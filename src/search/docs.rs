//! Sets of documents of one segment.
//! What words hold and conditions meet is joined sixty-four documents at a time.

use tantivy::DocId;

use crate::index::Segment;

/// How many documents stand in a word of a set.
const WORD: usize = 64;

/// Documents of a segment, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Docs(Vec<u64>);

impl Docs {
    pub(super) fn none(segment: &Segment) -> Self {
        Self(vec![0; (segment.reader.max_doc() as usize).div_ceil(WORD)])
    }

    pub(super) fn insert(&mut self, doc: DocId) {
        self.0[doc as usize / WORD] |= 1 << (doc as usize % WORD);
    }

    /// Those of the words of a set that a segment has.
    pub(super) fn of(segment: &Segment, words: &[u64]) -> Self {
        let many = (segment.reader.max_doc() as usize).div_ceil(WORD);
        Self(words.iter().take(many).copied().collect())
    }

    pub(super) fn remove(&mut self, doc: DocId) {
        self.0[doc as usize / WORD] &= !(1 << (doc as usize % WORD));
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub(super) fn keep(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word &= more;
        }
    }

    pub(super) fn has(&self, doc: DocId) -> bool {
        self.0[doc as usize / WORD] & 1 << (doc as usize % WORD) != 0
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Calls `each` with all of them, in order.
    pub(super) fn each(&self, mut each: impl FnMut(DocId)) {
        for (word, bits) in self.0.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let at = word * WORD + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                each(DocId::try_from(at).unwrap_or(DocId::MAX));
            }
        }
    }
}
