//! Sums by document, and which documents have one.
//!
//! Used again and again: only what was touched is cleared, so that a rare word
//! costs as little in a large segment as in a small one. A thread keeps its tally
//! from search to search.

use std::cell::RefCell;

use tantivy::DocId;

use crate::index::Segment;

use super::docs::Docs;

/// Sums of the documents of a segment.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sums: Vec<f32>,
    /// Those that were told to have one.
    seen: Docs,
    /// Whether something was added that nobody has taken out.
    is_open: bool,
}

thread_local! {
    static KEPT: RefCell<Tally> = RefCell::default();
}

/// The tally that the thread has kept, or a new one.
pub(super) fn kept() -> Tally {
    KEPT.take()
}

/// Keeps a tally for the thread's next search; one that was left in the middle
/// of a sum, by an error or a panic, is let go.
pub(super) fn keep(tally: Tally) {
    if !tally.is_open {
        KEPT.set(tally);
    }
}

impl Tally {
    /// Makes room for so many documents.
    pub(super) fn reach(&mut self, documents: DocId) {
        let documents = documents as usize;
        if self.sums.len() < documents {
            self.sums.resize(documents, 0.0);
            self.seen.reach(documents);
        }
    }

    /// Adds to a document's sum.
    pub(super) fn add(&mut self, doc: DocId, worth: f32) {
        self.add_to(doc, worth);
        self.seen.insert(doc);
    }

    /// Adds to a document's sum that is asked for by `drain_of`, or will be seen.
    #[inline]
    pub(super) fn add_to(&mut self, doc: DocId, worth: f32) {
        self.is_open = true;
        self.sums[doc as usize] += worth;
    }

    /// Adds to the sums of documents with frequencies what these are worth.
    #[inline]
    pub(super) fn add_block(
        &mut self,
        docs: &[DocId],
        freqs: &[u32],
        worth: impl Fn(DocId, u32) -> f32,
    ) {
        self.is_open = true;
        let sums = self.sums.as_mut_slice();
        for (doc, freq) in docs.iter().zip(freqs) {
            sums[*doc as usize] += worth(*doc, *freq);
        }
    }

    /// Adds to the sums of all documents, `times` as much.
    pub(super) fn add_all(&mut self, worths: &[f32], times: f32) {
        self.is_open = true;
        for (sum, worth) in self.sums.iter_mut().zip(worths) {
            *sum += worth * times;
        }
    }

    /// Tells that documents, which are in order, have a sum.
    pub(super) fn see(&mut self, docs: &[DocId]) {
        self.seen.insert_all(docs);
    }

    /// The documents of a segment that have a sum, as was told.
    pub(super) fn docs(&self, segment: &Segment) -> Docs {
        self.seen.of(segment)
    }

    /// The sums of a segment's documents; none is left.
    pub(super) fn take(&mut self, segment: &Segment) -> Vec<f32> {
        self.seen.clear();
        let documents = segment.reader.max_doc() as usize;
        let sums = match self.sums.len() / 2 > documents {
            // Few of many: not all of that room for each word.
            true => {
                let sums = &mut self.sums[..documents];
                let taken = sums.to_vec();
                sums.fill(0.0);
                taken
            }
            false => {
                let none = vec![0.0; self.sums.len()];
                let mut sums = std::mem::replace(&mut self.sums, none);
                sums.truncate(documents);
                sums
            }
        };
        self.is_open = false;
        sums
    }

    /// Calls `each` for all sums in the order of documents; none is left.
    pub(super) fn drain(&mut self, mut each: impl FnMut(DocId, f32)) {
        let sums = &mut self.sums;
        let seen = self.seen.drain();
        seen.for_each(|doc| each(doc, std::mem::take(&mut sums[doc as usize])));
        self.is_open = false;
    }

    /// Calls `each` with all of some documents in order and what `add_to` and
    /// `add_all` have added to them; none is left, even if there are `others`.
    pub(super) fn drain_of(
        &mut self,
        (docs, others): (&Docs, bool),
        mut each: impl FnMut(DocId, f32),
    ) {
        for doc in docs.iter() {
            each(doc, std::mem::take(&mut self.sums[doc as usize]));
        }
        if others {
            self.sums.fill(0.0);
        }
        self.is_open = false;
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
        for left in [vec![(3, 0.5), (130, 3.0)], Vec::new()] {
            let mut sums = Vec::new();
            tally.drain(|doc, sum| sums.push((doc, sum)));
            assert_eq!(sums, left);
        }
    }

    #[test]
    fn a_thread_keeps_a_tally_that_is_empty() {
        let mut tally = Tally::default();
        tally.reach(200);
        keep(tally);
        let mut tally = kept();
        assert_eq!(tally.sums.len(), 200);
        tally.add(7, 1.0);
        keep(tally);
        assert!(kept().sums.is_empty());
    }
}
