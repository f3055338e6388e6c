//! Adds up the words' scores and keeps the best documents.
//!
//! Ties are broken by key, so that an order never depends on how the index
//! came to be.

use std::cmp::Ordering;

use tantivy::DocId;

use crate::error::{Error, Result};
use crate::index::Reader;

use super::lookup::{Loose, Want};
use super::score::{Matches, Scorer};
use super::weights;

/// A document with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) segment: usize,
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Whether it holds a word of the query itself, not just a part or
    /// relative of one; these come first.
    pub(super) direct: bool,
}

/// The best documents and how many there are.
pub(super) struct Best {
    pub(super) best: Vec<Ranked>,
    /// Documents that hold a word of the query.
    pub(super) total: u64,
    /// Documents that only hold a part or relative of one.
    pub(super) loose: u64,
}

/// What one word, part or relative contributes, by segment.
struct Share {
    segments: Vec<Matches>,
    weight: f32,
    direct: bool,
}

/// Ranks all documents that hold something of what is wanted.
pub(super) fn rank(
    reader: &Reader,
    scorer: &Scorer<'_>,
    wants: &[Want],
    last: usize,
) -> Result<Best> {
    let mut shares = Vec::new();
    for want in wants {
        let segments = reader
            .segments
            .iter()
            .map(|segment| scorer.matches(segment, want));
        shares.push(share(reader, segments.collect::<Result<_>>()?, 1.0, true));
        let Want::Word(sought) = want else { continue };
        for Loose { lookup, weight } in &sought.loose {
            let segments = reader
                .segments
                .iter()
                .map(|segment| scorer.loose(segment, lookup));
            shares.push(share(
                reader,
                segments.collect::<Result<_>>()?,
                *weight,
                false,
            ));
        }
    }
    let mut best = Best {
        best: Vec::new(),
        total: 0,
        loose: 0,
    };
    for segment in 0..reader.segments.len() {
        let mut ranked = add_up(segment, &shares);
        let direct = ranked.iter().filter(|r| r.direct).count() as u64;
        best.total += direct;
        best.loose += ranked.len() as u64 - direct;
        keep_best(reader, &mut ranked, last)?;
        best.best.extend(ranked);
    }
    keep_best(reader, &mut best.best, last)?;
    Ok(best)
}

fn share(reader: &Reader, segments: Vec<Matches>, weight: f32, direct: bool) -> Share {
    let found = segments.iter().map(|matches| matches.len() as u64).sum();
    Share {
        segments,
        weight: weight * weights::idf(reader.manifest.documents, found),
        direct,
    }
}

/// One score a document: the words' saturated weights by their rarity.
fn add_up(segment: usize, shares: &[Share]) -> Vec<Ranked> {
    let mut all: Vec<(DocId, f32, bool)> = Vec::new();
    for share in shares {
        let matches = share.segments[segment].iter();
        all.extend(matches.map(|(doc, weight)| (*doc, weight * share.weight, share.direct)));
    }
    if shares.len() > 1 {
        // Stable: a document's words are added in the query's order.
        all.sort_by_key(|(doc, ..)| *doc);
    }
    let mut ranked: Vec<Ranked> = Vec::with_capacity(all.len());
    for (doc, score, direct) in all {
        match ranked.last_mut() {
            Some(last) if last.doc == doc => {
                last.score += score;
                last.direct |= direct;
            }
            _ => ranked.push(Ranked {
                segment,
                doc,
                score,
                direct,
            }),
        }
    }
    ranked
}

/// The better first, as far as tier and score tell.
fn order(a: &Ranked, b: &Ranked) -> Ordering {
    b.direct.cmp(&a.direct).then(b.score.total_cmp(&a.score))
}

/// Cuts a list to its best, in order.
fn keep_best(reader: &Reader, ranked: &mut Vec<Ranked>, last: usize) -> Result<()> {
    if last == 0 {
        ranked.clear();
        return Ok(());
    }
    if ranked.len() > last {
        ranked.select_nth_unstable_by(last - 1, order);
        let worst = ranked[last - 1];
        // All that tie with the worst stay until their keys have been compared.
        ranked.retain(|r| order(r, &worst) != Ordering::Greater);
    }
    ranked.sort_by(order);
    let mut from = 0;
    while from < ranked.len() && from < last {
        let first = ranked[from];
        let ties = ranked[from..]
            .iter()
            .take_while(|r| order(r, &first).is_eq())
            .count();
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
