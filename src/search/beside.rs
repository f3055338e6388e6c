//! What it adds that words of the query follow each other in a document too.
//!
//! It never changes what is found, only the order, and positions are dear to
//! read. So they are read of those documents only that may be among the best:
//! the others are too far behind for all that could be added.

use tantivy::DocId;

use crate::error::Result;
use crate::index::Reader;

use super::boolean::{self, Share};
use super::plan::{Planned, Scoped};
use super::rank::{self, Ranked};
use super::score::Scorer;
use super::weights::{self, K1};

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

/// Documents that are looked at together at first, for each that is asked for.
const AT_ONCE: usize = 4;

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

    /// The most that it can add to a score.
    pub(super) fn most(&self) -> f32 {
        self.pairs.iter().map(|pair| pair.weight * (K1 + 1.0)).sum()
    }

    /// Adds it to the scores of documents in any order.
    pub(super) fn add(&self, ranked: &mut [Ranked]) -> Result<()> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        for (number, segment) in self.reader.segments.iter().enumerate() {
            let mut here: Vec<&mut Ranked> = ranked
                .iter_mut()
                .filter(|ranked| ranked.segment == number)
                .collect();
            here.sort_unstable_by_key(|ranked| ranked.doc);
            let docs: Vec<DocId> = here.iter().map(|ranked| ranked.doc).collect();
            let mut added = vec![0.0; docs.len()];
            for pair in &self.pairs {
                let points = self
                    .scorer
                    .beside(segment, &docs, &pair.scoped.rows, pair.slots)?;
                for (added, points) in added.iter_mut().zip(points) {
                    *added += points * pair.weight;
                }
            }
            for (ranked, added) in here.into_iter().zip(added) {
                ranked.score += added;
            }
        }
        Ok(())
    }

    /// Leaves the best so many of documents that are placed by their scores,
    /// and what ties with the last of them, placed by all that is added.
    pub(super) fn leave_best(&self, ranked: &mut Vec<Ranked>, last: usize) -> Result<()> {
        if self.pairs.is_empty() || last == 0 {
            return Ok(());
        }
        let most = self.most();
        ranked.sort_unstable_by(rank::order);
        let (mut looked_at, mut at_once) = (0, last.saturating_mul(AT_ONCE));
        while looked_at < ranked.len() {
            let end = looked_at.saturating_add(at_once).min(ranked.len());
            self.add(&mut ranked[looked_at..end])?;
            ranked[..end].iter_mut().for_each(Ranked::place_by_score);
            (looked_at, at_once) = (end, at_once.saturating_mul(2));
            // What comes now has at the most what the next has.
            let Some(next) = ranked.get(end).map(|next| next.raised(most)) else {
                break;
            };
            let better = ranked[..end].iter();
            let better = better.filter(|known| rank::order(known, &next).is_lt());
            if better.count() >= last {
                break;
            }
        }
        ranked.truncate(looked_at);
        Ok(())
    }

    /// What a word adds to a document by following the one before it.
    pub(super) fn points(&self, want: usize, ranked: &Ranked) -> Result<Option<f32>> {
        let Some(pair) = self.pairs.iter().find(|pair| pair.want == want) else {
            return Ok(None);
        };
        let segment = &self.reader.segments[ranked.segment];
        let docs = [ranked.doc];
        let points = self
            .scorer
            .beside(segment, &docs, &pair.scoped.rows, pair.slots)?;
        let points = points.first().map(|points| points * pair.weight);
        Ok(points.filter(|points| *points > 0.0))
    }
}
