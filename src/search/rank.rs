//! Adds up the words' scores and keeps the best documents.
//!
//! Ties are broken by key, so that an order never depends on how the index
//! came to be.

use std::cmp::Ordering;

use tantivy::DocId;

use crate::error::{Error, Result};
use crate::index::Reader;

use super::lookup::Want;
use super::score::{Matches, Scorer};
use super::weights;

/// A document with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) segment: usize,
    pub(super) doc: DocId,
    pub(super) score: f32,
}

/// The best documents and how many there are.
pub(super) struct Best {
    pub(super) best: Vec<Ranked>,
    pub(super) total: u64,
}

/// Ranks all documents that hold something of what is wanted.
pub(super) fn rank(
    reader: &Reader,
    scorer: &Scorer<'_>,
    wants: &[Want],
    last: usize,
) -> Result<Best> {
    let mut matches: Vec<Vec<Matches>> = Vec::new();
    for want in wants {
        let segments = reader.segments.iter().map(|segment| scorer.matches(segment, want));
        matches.push(segments.collect::<Result<_>>()?);
    }
    let idf: Vec<f32> = matches
        .iter()
        .map(|segments| segments.iter().map(|m| m.len() as u64).sum())
        .map(|found| weights::idf(reader.manifest.documents, found))
        .collect();
    let mut best = Vec::new();
    let mut total = 0;
    for segment in 0..reader.segments.len() {
        let lists: Vec<_> = matches.iter().map(|m| &m[segment]).zip(&idf).collect();
        let mut ranked = add_up(segment, &lists);
        total += ranked.len() as u64;
        keep_best(reader, &mut ranked, last)?;
        best.extend(ranked);
    }
    keep_best(reader, &mut best, last)?;
    Ok(Best { best, total })
}

/// One score a document: the words' saturated weights by their rarity.
fn add_up(segment: usize, lists: &[(&Matches, &f32)]) -> Vec<Ranked> {
    let mut all: Vec<(DocId, f32)> = Vec::new();
    for (matches, idf) in lists {
        all.extend(matches.iter().map(|(doc, weight)| (*doc, weight * **idf)));
    }
    if lists.len() > 1 {
        // Stable: a document's words are added in the query's order.
        all.sort_by_key(|(doc, _)| *doc);
    }
    let mut ranked: Vec<Ranked> = Vec::with_capacity(all.len());
    for (doc, score) in all {
        match ranked.last_mut() {
            Some(last) if last.doc == doc => last.score += score,
            _ => ranked.push(Ranked { segment, doc, score }),
        }
    }
    ranked
}

/// Cuts a list to its best, in order.
fn keep_best(reader: &Reader, ranked: &mut Vec<Ranked>, last: usize) -> Result<()> {
    if last == 0 {
        ranked.clear();
        return Ok(());
    }
    let by_score = |a: &Ranked, b: &Ranked| b.score.total_cmp(&a.score);
    if ranked.len() > last {
        ranked.select_nth_unstable_by(last - 1, by_score);
        let worst = ranked[last - 1].score;
        // All that tie with the worst stay until their keys have been compared.
        ranked.retain(|r| r.score.total_cmp(&worst) != Ordering::Less);
    }
    ranked.sort_by(by_score);
    let mut from = 0;
    while from < ranked.len() && from < last {
        let score = ranked[from].score;
        let ties = ranked[from..].iter().take_while(|r| r.score.total_cmp(&score).is_eq()).count();
        if ties > 1 {
            sort_by_key(reader, &mut ranked[from..from + ties])?;
        }
        from += ties;
    }
    ranked.truncate(last);
    Ok(())
}

fn sort_by_key(reader: &Reader, ties: &mut [Ranked]) -> Result<()> {
    let mut keyed = Vec::with_capacity(ties.len());
    for ranked in ties.iter() {
        keyed.push((key(reader, ranked.segment, ranked.doc)?, *ranked));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    for (place, (_, ranked)) in ties.iter_mut().zip(keyed) {
        *place = ranked;
    }
    Ok(())
}

/// A document's key.
pub(super) fn key(reader: &Reader, segment: usize, doc: DocId) -> Result<String> {
    let column = reader.segments[segment].reader.fast_fields().str("_key")?;
    let mut key = String::new();
    if let Some(column) = column
        && let Some(ord) = column.term_ords(doc).next()
    {
        let found = column.ord_to_str(ord, &mut key);
        found.map_err(|e| Error::from(tantivy::TantivyError::from(e)))?;
    }
    Ok(key)
}
