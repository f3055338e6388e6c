//! Sums by document, and which documents have one.
//!
//! Used again and again: only what was touched is cleared, so that a rare word
//! costs as little in a large segment as in a small one.

use tantivy::DocId;

/// Sums of the documents of a segment.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sums: Vec<f32>,
    seen: Vec<u64>,
}

impl Tally {
    /// Makes room for so many documents.
    pub(super) fn reach(&mut self, documents: DocId) {
        let documents = documents as usize;
        if self.sums.len() < documents {
            self.sums.resize(documents, 0.0);
            self.seen.resize(documents.div_ceil(64), 0);
        }
    }

    /// Adds to a document's sum.
    pub(super) fn add(&mut self, doc: DocId, worth: f32) {
        let at = doc as usize;
        self.sums[at] += worth;
        self.seen[at / 64] |= 1 << (at % 64);
    }

    /// How many documents have a sum.
    pub(super) fn len(&self) -> usize {
        let counts = self.seen.iter().map(|bits| bits.count_ones() as usize);
        counts.sum()
    }

    /// Calls `each` for all sums in the order of documents; none is left.
    pub(super) fn drain(&mut self, mut each: impl FnMut(DocId, f32)) {
        for (word, bits) in self.seen.iter_mut().enumerate() {
            while *bits != 0 {
                let at = word * 64 + bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                let doc = DocId::try_from(at).unwrap_or(DocId::MAX);
                each(doc, std::mem::take(&mut self.sums[at]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_gives_documents_in_order_with_their_sums_and_is_empty_then() {
        let mut tally = Tally::default();
        tally.reach(200);
        for (doc, worth) in [(130, 1.0), (3, 0.5), (130, 2.0)] {
            tally.add(doc, worth);
        }
        assert_eq!(tally.len(), 2);
        for left in [vec![(3, 0.5), (130, 3.0)], Vec::new()] {
            let mut sums = Vec::new();
            tally.drain(|doc, sum| sums.push((doc, sum)));
            assert_eq!(sums, left);
        }
    }
}
