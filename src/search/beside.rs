//! What it adds that words of the query follow each other in a document too.
//!
//! It never changes what is found, only the order.

use crate::error::Result;
use crate::index::Reader;

use super::boolean::{self, Found, Share};
use super::plan::Planned;
use super::score::Scorer;
use super::weights;

/// What the words of a query add by following the one before them.
#[derive(Default)]
pub(super) struct Beside {
    /// By the word's place among all that is wanted.
    shares: Vec<(usize, Share)>,
}

impl Beside {
    /// Of what counts for scores; a word weighs by how many hold it, as `shares`
    /// tell.
    pub(super) fn new(
        reader: &Reader,
        scorer: &Scorer<'_>,
        planned: &Planned,
        shares: &[Vec<Share>],
    ) -> Result<Self> {
        let mut besides = Vec::new();
        for want in planned.root.scored() {
            let scoped = &planned.wants[want];
            let Some(slots) = scoped.beside() else {
                continue;
            };
            let segments = reader.segments.iter();
            let matches = segments.map(|segment| scorer.beside(segment, &scoped.rows, slots));
            let own = boolean::found(&shares[want]);
            let idf = weights::idf(reader.manifest.documents, own);
            let share = Share::near(matches.collect::<Result<_>>()?, weights::BESIDE * idf);
            besides.push((want, share));
        }
        Ok(Self { shares: besides })
    }

    /// Adds it to the scores of documents of a segment, which are in order.
    pub(super) fn add(&self, segment: usize, found: &mut [Found]) {
        if self.shares.is_empty() {
            return;
        }
        let mut added = vec![0.0; found.len()];
        for (_, share) in &self.shares {
            let mut sums = found.iter().zip(&mut added).peekable();
            for beside in share.found_in(segment) {
                while sums.next_if(|(found, _)| found.doc < beside.doc).is_some() {}
                if let Some((_, sum)) = sums.next_if(|(found, _)| found.doc == beside.doc) {
                    *sum += beside.score;
                }
            }
        }
        for (found, added) in found.iter_mut().zip(added) {
            found.score += added;
        }
    }

    /// What a word adds by following the one before it.
    pub(super) fn share(&self, want: usize) -> Option<&Share> {
        let mut shares = self.shares.iter();
        shares.find_map(|(of, share)| (*of == want).then_some(share))
    }
}
