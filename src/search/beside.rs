//! What it adds that words of the query follow each other in a document too.
//!
//! It never changes what is found, only the order.

use crate::error::Result;
use crate::index::Reader;

use super::boolean::{self, Found, Share};
use super::plan::{Planned, Scoped};
use super::rank::Ranked;
use super::score::Scorer;
use super::weights;

/// A word and the one before it.
struct Pair<'a> {
    /// The second word's place among all that is wanted.
    want: usize,
    scoped: &'a Scoped,
    slots: &'a [Vec<String>],
    weight: f32,
}

/// The words of a query that follow each other.
pub(super) struct Beside<'a> {
    reader: &'a Reader,
    scorer: &'a Scorer<'a>,
    pairs: Vec<Pair<'a>>,
}

impl<'a> Beside<'a> {
    pub(super) fn new(
        reader: &'a Reader,
        scorer: &'a Scorer<'a>,
        planned: &'a Planned,
        shares: &[Vec<Share>],
    ) -> Self {
        let pair = |want: usize| {
            let scoped = planned.wants.get(want)?;
            let found = boolean::found(shares.get(want)?) as u64;
            Some(Pair {
                want,
                scoped,
                slots: scoped.beside()?,
                weight: weights::BESIDE * weights::idf(reader.manifest.documents, found),
            })
        };
        Self {
            reader,
            scorer,
            pairs: planned.root.scored().into_iter().filter_map(pair).collect(),
        }
    }

    /// Adds it to the scores of documents of a segment, which are in order.
    pub(super) fn add(&self, segment: usize, found: &mut [Found]) -> Result<()> {
        if self.pairs.is_empty() || found.is_empty() {
            return Ok(());
        }
        let segment = &self.reader.segments[segment];
        let mut added = vec![0.0; found.len()];
        for pair in &self.pairs {
            let rows = &pair.scoped.rows;
            let mut sums = found.iter().zip(&mut added).peekable();
            for (doc, points) in self.scorer.beside(segment, rows, pair.slots)? {
                while sums.next_if(|(found, _)| found.doc < doc).is_some() {}
                if let Some((_, sum)) = sums.next_if(|(found, _)| found.doc == doc) {
                    *sum += points * pair.weight;
                }
            }
        }
        for (found, added) in found.iter_mut().zip(added) {
            found.score += added;
        }
        Ok(())
    }

    /// What a word adds to a document by following the one before it.
    pub(super) fn points(&self, want: usize, ranked: &Ranked) -> Result<Option<f32>> {
        let Some(pair) = self.pairs.iter().find(|pair| pair.want == want) else {
            return Ok(None);
        };
        let segment = &self.reader.segments[ranked.segment];
        let all = self.scorer.beside(segment, &pair.scoped.rows, pair.slots)?;
        let points = all.into_iter().find(|(doc, _)| *doc == ranked.doc);
        Ok(points.map(|(_, points)| points * pair.weight))
    }

    /// How many documents have a word that follows the one before it.
    pub(super) fn found(&self, want: usize) -> Result<u64> {
        let mut all = 0;
        for pair in self.pairs.iter().filter(|pair| pair.want == want) {
            for segment in &self.reader.segments {
                let found = self.scorer.beside(segment, &pair.scoped.rows, pair.slots)?;
                all += found.len() as u64;
            }
        }
        Ok(all)
    }
}
