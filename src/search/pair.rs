//! Two words of a row that about as many documents have, block by block.
//!
//! Seeking document by document, the processor guesses wrong at each which list has to
//! go on, and walks from list to list to find out. Two blocks of documents are
//! compared without a guess, and their places are read where both lie at hand.

use std::ops::Range;

use tantivy::DocId;

use super::follow;
use super::placed::Running;

/// A document that has both words as far apart as the row wants them.
struct Met {
    doc: DocId,
    /// Where the rarer word stands in it each time.
    places: Range<usize>,
}

/// Compares blocks; used again and again.
#[derive(Default)]
pub(super) struct Pair {
    /// Where documents stand in both blocks.
    common: Vec<[usize; 2]>,
    met: Vec<Met>,
    /// Where the rarer word stands in all documents where both meet.
    places: Vec<u32>,
}

impl Pair {
    /// The documents of two lists' blocks in which they meet, each word's place moved
    /// by so much: up to where they were looked for in each block, or `None` at the end
    /// of a list.
    pub(super) fn meet(
        &mut self,
        rarer: &mut Running,
        other: &mut Running,
        apart: (u32, u32),
    ) -> Option<[usize; 2]> {
        let blocks = [rarer.block(), other.block()];
        if blocks.iter().any(|block| block.is_empty()) {
            return None;
        }
        let passed = common(blocks, [rarer.at(), other.at()], &mut self.common);
        self.met.clear();
        self.places.clear();
        if !self.common.is_empty() {
            rarer.read();
            other.read();
        }
        for at in &self.common {
            let from = self.places.len();
            let (ones, others) = (rarer.places_of(at[0]), other.places_of(at[1]));
            follow::meet(ones, others, apart, &mut self.places);
            if self.places.len() > from {
                self.met.push(Met {
                    doc: rarer.block()[at[0]],
                    places: from..self.places.len(),
                });
            }
        }
        Some(passed)
    }

    /// The documents in which they meet, and where the rarer word stands there.
    pub(super) fn met(&self) -> impl Iterator<Item = (DocId, &[u32])> {
        let places = |met: &Met| (met.doc, &self.places[met.places.clone()]);
        self.met.iter().map(places)
    }
}

/// Writes down where documents stand that two lists in order have in common, from a
/// place in each up to the end of one of them, and gives how far that is in each.
/// Nothing in it branches by what the numbers are.
fn common(
    [ones, others]: [&[DocId]; 2],
    [mut one, mut other]: [usize; 2],
    common: &mut Vec<[usize; 2]>,
) -> [usize; 2] {
    common.resize(ones.len().min(others.len()), [0; 2]);
    let mut count = 0;
    while let (Some(a), Some(b)) = (ones.get(one), others.get(other)) {
        common[count] = [one, other];
        count += usize::from(a == b);
        one += usize::from(a <= b);
        other += usize::from(b <= a);
    }
    common.truncate(count);
    [one, other]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_lists_have_in_common_is_found_up_to_where_one_of_them_ends() {
        let lists: Vec<Vec<DocId>> = (0_u32..64)
            .map(|bits| (0..6).filter(|doc| bits & 1 << doc != 0).collect())
            .collect();
        let mut found = Vec::new();
        for (one, other) in lists.iter().flat_map(|a| lists.iter().map(move |b| (a, b))) {
            let [passed, _] = common([one, other], [0, 0], &mut found);
            let docs: Vec<_> = found.iter().map(|at| one[at[0]]).collect();
            let both: Vec<_> = one
                .iter()
                .copied()
                .filter(|doc| other.contains(doc))
                .collect();
            assert_eq!(docs, both);
            assert!(found.iter().all(|at| one[at[0]] == other[at[1]]));
            let last = other.last();
            assert!(one[passed..].iter().all(|doc| last < Some(doc)));
        }
    }
}
