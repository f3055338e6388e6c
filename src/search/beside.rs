//! What it adds that words of the query follow each other in a document too.
//!
//! It never changes what is found, only the order. Where words stand is dear to
//! read, so that it is asked of few documents; of the others it is enough to
//! know what it can add at the most.

use std::cell::OnceCell;

use tantivy::DocId;

use crate::error::Result;
use crate::finnish::Kind;

use super::lookup::Want;
use super::plan::{Planned, Scoped};
use super::rank::Scored;
use super::score::Scorer;
use super::shares::{self, Share};
use super::weights;

/// By how much a sum may differ that is made in another order.
const ROUNDING: f32 = 1.0001;

/// What the words of a query add by following the one before them.
pub(super) struct Beside<'a> {
    scorer: &'a Scorer<'a>,
    words: Vec<Word<'a>>,
}

/// A word of the query behind another one.
struct Word<'a> {
    /// Its place among all that is wanted.
    want: usize,
    rows: &'a [usize],
    /// The word before it and the word itself.
    slots: &'a [Vec<String>],
    /// What the word adds wherever it stands.
    own: &'a Share,
    /// What it weighs that it follows.
    weight: f32,
    /// The most that this can add against what the word adds wherever it stands.
    most: f32,
    /// What it adds to all documents, once that was asked.
    share: OnceCell<Share>,
}

impl<'a> Beside<'a> {
    /// Of what counts for scores; a word weighs by how many hold it, as `shares`
    /// tell.
    pub(super) fn new(
        scorer: &'a Scorer<'a>,
        planned: &'a Planned,
        shares: &'a [Vec<Share>],
    ) -> Self {
        let word = |want: usize| {
            let scoped = &planned.wants[want];
            let found = shares::found(&shares[want]);
            Some(Word {
                want,
                rows: &scoped.rows,
                slots: scoped.beside()?,
                own: shares[want].first()?,
                weight: weights::BESIDE * weights::idf(scorer.reader.manifest.documents, found),
                most: most(scoped),
                share: OnceCell::new(),
            })
        };
        let words = planned.root.scored().into_iter().filter_map(word);
        Self {
            scorer,
            words: words.collect(),
        }
    }

    /// Whether no word of the query has one before it.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The most that it can add to each of the documents found in a segment,
    /// which are in order.
    pub(super) fn most(&self, segment: usize, found: &[Scored]) -> Vec<f32> {
        let mut most = vec![0.0; found.len()];
        for word in &self.words {
            let docs = found.iter().map(|found| found.doc).zip(&mut most);
            let add = |sum: &mut f32, own| *sum += own * word.most;
            word.own.scores_among((segment, docs), add);
        }
        most
    }

    /// What it adds to each of some documents of a segment, which are in order.
    pub(super) fn added(&self, segment: usize, docs: &[DocId]) -> Result<Vec<f32>> {
        let segment = &self.scorer.reader.segments[segment];
        let mut added = vec![0.0; docs.len()];
        for word in &self.words {
            let words = (word.rows, word.slots);
            let weights = self.scorer.beside_in(segment, words, docs)?;
            for (sum, weight) in added.iter_mut().zip(weights) {
                *sum += weight * word.weight;
            }
        }
        Ok(added)
    }

    /// What a word adds by following the one before it, in all documents.
    pub(super) fn share(&self, want: usize) -> Result<Option<&Share>> {
        let Some(word) = self.words.iter().find(|word| word.want == want) else {
            return Ok(None);
        };
        if let Some(share) = word.share.get() {
            return Ok(Some(share));
        }
        let beside = |segment| self.scorer.beside(segment, word.rows, word.slots);
        let matches = self.scorer.reader.segments.iter().map(beside);
        let share = Share::near(matches.collect::<Result<_>>()?, word.weight);
        Ok(Some(word.share.get_or_init(|| share)))
    }
}

/// The most that it can add that a word follows another one, against what the
/// word adds wherever it stands: it stands nowhere else than there, each time for
/// a base form of its own, and what adds up to no more is worth no more.
fn most(scoped: &Scoped) -> f32 {
    let Want::Word(sought) = &scoped.want else {
        return 0.0;
    };
    let worths = sought.lookups.iter().map(|lookup| lookup.worth(Kind::Base));
    let least = worths.fold(1.0, f32::min);
    weights::BESIDE * ROUNDING / least
}
