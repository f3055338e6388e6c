//! The seam between similar projects and where they are kept: how many have a
//! word, and which answer best to words asked for all at once, in an index here
//! or on a cluster.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::index::fields::FIELDS;
use crate::index::{Reader, Stored};

use super::linked::Linked;
use super::lists;
use super::plan::Scoped;
use super::rank::{self, Best, Ranked, Scored};
use super::score::Scorer;
use super::weights;

/// A project that is near.
pub(super) struct Neighbour {
    /// The document's key.
    pub(super) key: String,
    pub(super) score: f32,
    /// By word asked for, the rows that have it.
    pub(super) rows: Vec<Vec<usize>>,
    pub(super) stored: Stored,
}

/// Projects that may be near.
pub(super) trait Nearness: Linked {
    /// How many there are.
    fn documents(&self) -> u64;

    /// The mean length of a text field in words.
    fn mean(&self, row: usize) -> f32;

    /// How many have each term as a base form, in that of the rows where most do.
    fn frequencies<'t>(
        &self,
        rows: &[usize],
        terms: HashSet<&'t str>,
    ) -> Result<HashMap<&'t str, u64>>;

    /// The projects that answer best to words, each with how much it counts for,
    /// without the one that has the key `but`.
    fn nearest(
        &self,
        asked: &[(f32, Scoped)],
        but: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Neighbour>>;
}

impl Nearness for Reader {
    fn documents(&self) -> u64 {
        self.manifest.documents
    }

    fn mean(&self, row: usize) -> f32 {
        self.manifest.mean(FIELDS[row].key)
    }

    fn frequencies<'t>(
        &self,
        rows: &[usize],
        terms: HashSet<&'t str>,
    ) -> Result<HashMap<&'t str, u64>> {
        let terms = terms.into_iter();
        let counted = terms.map(|term| Ok((term, frequency(self, rows, term)?)));
        counted.collect()
    }

    fn nearest(
        &self,
        asked: &[(f32, Scoped)],
        but: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Neighbour>> {
        let scorer = Scorer::new(self);
        // One more, since the project itself is the nearest.
        let most = limit.saturating_add(1);
        let mut ranked = scored(self, &scorer, asked, most)?;
        rank::keep_best(self, &mut ranked, most)?;
        let mut nearest = Vec::new();
        for ranked in &ranked {
            let key = rank::key(self, ranked.segment, ranked.doc)?;
            if Some(key.as_str()) != but && nearest.len() < limit {
                nearest.push(Neighbour {
                    key,
                    score: ranked.score,
                    rows: rows(self, &scorer, asked, ranked)?,
                    stored: self.stored(ranked.segment, ranked.doc)?,
                });
            }
        }
        Ok(nearest)
    }
}

/// How many projects have a term as a base form, in the section where most do;
/// deleted ones don't count, and it is the same however segments came to be.
fn frequency(reader: &Reader, rows: &[usize], term: &str) -> Result<u64> {
    let mut by_row = [0; FIELDS.len()];
    for segment in &reader.segments {
        for (row, info) in lists::entries(&segment.words, term)? {
            by_row[row] += u64::from(lists::documents(segment, &info)?);
        }
    }
    let most = rows.iter().map(|row| by_row[*row]).max();
    Ok(most.unwrap_or_default())
}

/// The best so many documents that have a word, and what ties with the last.
fn scored(
    reader: &Reader,
    scorer: &Scorer<'_>,
    asked: &[(f32, Scoped)],
    most: usize,
) -> Result<Vec<Ranked>> {
    let documents = |number: usize| reader.segments[number].reader.max_doc() as usize;
    let mut sums: Vec<Vec<f32>> = (0..reader.segments.len())
        .map(|number| vec![0.0; documents(number)])
        .collect();
    for (often, scoped) in asked {
        let matches = reader.segments.iter();
        let matches = matches
            .map(|segment| scorer.matches(segment, scoped, &lists::listed_in(segment, scoped)?));
        let matches: Vec<_> = matches.collect::<Result<_>>()?;
        let with = matches
            .iter()
            .map(|matches| matches.docs.len() as u64)
            .sum();
        let weight = often * weights::idf(reader.manifest.documents, with);
        for (sums, matches) in sums.iter_mut().zip(matches) {
            matches
                .weighed
                .each(|doc, worth| sums[doc as usize] += weight * worth);
        }
    }
    let mut best = Best::new(most);
    for (segment, sums) in sums.into_iter().enumerate() {
        for (doc, score) in (0..).zip(sums).filter(|(_, score)| *score > 0.0) {
            let direct = true;
            best.add(segment, &Scored { doc, score, direct }, true, score);
        }
    }
    Ok(best.kept())
}

/// By word asked for, the rows of a document that have it.
fn rows(
    reader: &Reader,
    scorer: &Scorer<'_>,
    asked: &[(f32, Scoped)],
    ranked: &Ranked,
) -> Result<Vec<Vec<usize>>> {
    let segment = &reader.segments[ranked.segment];
    let each = asked.iter().map(|(_, scoped)| {
        let mut rows = Vec::new();
        let docs = (&[ranked.doc][..], ranked.direct);
        scorer.rows_of(segment, docs, scoped, |row, _| rows.push(row))?;
        Ok(rows)
    });
    each.collect()
}
