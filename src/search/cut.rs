//! Makes hits of ranked documents: what is stored of them, and what of it
//! answers the query.

use tantivy::DocId;

use crate::error::Result;
use crate::index;

use super::Hit;
use super::explain::Explainer;
use super::finder::Finder;
use super::plan::Scoped;
use super::rank::Ranked;
use super::score::Scorer;
use super::sketch::{self, Known};

/// Makes hits.
pub(super) struct Cutter<'a> {
    pub(super) scorer: &'a Scorer<'a>,
    pub(super) wants: &'a [Scoped],
    pub(super) finder: Finder<'a>,
    pub(super) explainer: Option<Explainer<'a>>,
    /// Passages of a hit at the most.
    pub(super) most: usize,
}

impl Cutter<'_> {
    /// The hits of ranked documents; `before` stand before them.
    pub(super) fn hits(&mut self, best: &[Ranked], before: usize) -> Result<Vec<Hit>> {
        let rows = self.rows(best)?;
        let mut hits = Vec::with_capacity(best.len());
        // Of the first hits, to tell sisters by.
        let mut known: Vec<Known> = Vec::new();
        for (place, (best, rows)) in best.iter().zip(rows).enumerate() {
            let stored = self.scorer.reader.stored(best.segment, best.doc)?;
            let project = stored.project();
            if known.len() < sketch::MOST_COMPARED {
                known.push(Known::of(&project));
            }
            self.finder.direct = best.direct;
            let passages = match self.most {
                0 => Vec::new(),
                most => self.finder.passages(&project, &rows, most),
            };
            let explainer = self.explainer.as_mut();
            let explanation = explainer.map(|explainer| explainer.reasons(best, &project));
            hits.push(Hit {
                rank: before + place + 1,
                key: index::key(project.code, &stored.path),
                score: best.score,
                direct: best.direct,
                whole: best.whole,
                rows,
                passages,
                sisters: Vec::new(),
                explanation: explanation.transpose()?,
                stored,
            });
        }
        sketch::mark(&mut hits, &known);
        Ok(hits)
    }

    /// The rows in which each of the documents holds what is wanted. Postings
    /// are opened once for all documents of a segment.
    fn rows(&self, best: &[Ranked]) -> Result<Vec<Vec<usize>>> {
        let mut rows = vec![Vec::new(); best.len()];
        for (number, segment) in self.scorer.reader.segments.iter().enumerate() {
            for direct in [true, false] {
                let here = best.iter().enumerate();
                let here = here.filter(|(_, b)| b.segment == number && b.direct == direct);
                let mut places: Vec<(DocId, usize)> = here.map(|(at, b)| (b.doc, at)).collect();
                places.sort_unstable();
                let docs: Vec<DocId> = places.iter().map(|(doc, _)| *doc).collect();
                if docs.is_empty() {
                    continue;
                }
                for want in self.wants.iter().filter(|want| want.shown) {
                    let put = |row, doc| {
                        if let Ok(at) = docs.binary_search(&doc) {
                            rows[places[at].1].push(row);
                        }
                    };
                    self.scorer.rows_of(segment, (&docs, direct), want, put)?;
                }
            }
        }
        for rows in &mut rows {
            rows.sort_unstable();
            rows.dedup();
        }
        Ok(rows)
    }
}
