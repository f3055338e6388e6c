//! The best of what was found, though a part of scores is dear to know.
//!
//! Documents are placed by the most that they can score. What the first of them
//! do score, others must be able to reach; those that can are scored too. No
//! other can be among the best.

use std::collections::HashSet;

use tantivy::DocId;

use crate::error::Result;
use crate::index::Reader;

use super::beside::Beside;
use super::boolean::Found;
use super::docs::Docs;
use super::rank::{self, Best, Ranked, Scored};
use super::sort::{self, Sort};

/// How many documents are scored at first for each that is asked for.
const FIRST: usize = 4;

/// How many times as many are scored after each time: the more there are that
/// may be among the best, the less each tells of the others.
const MORE: usize = 4;

/// What was found in a segment.
pub(super) struct Narrowed {
    pub(super) found: Found,
    /// The documents that hold all that is wanted, if that is more than one
    /// thing.
    pub(super) whole: Option<Docs>,
    /// The documents that were scored, in order, without what words add by
    /// following each other.
    pub(super) scored: Vec<Scored>,
}

impl Narrowed {
    fn is_whole(&self, scored: &Scored) -> bool {
        let whole = self.whole.as_ref();
        whole.map_or(scored.direct, |docs| docs.has(scored.doc))
    }

    /// The documents found that hold all that is wanted.
    fn whole(&self) -> Docs {
        let mut whole = self.found.direct.clone();
        if let Some(docs) = &self.whole {
            whole.keep(docs);
        }
        whole
    }
}

/// The documents of each segment that have to be scored to know the best so many:
/// those that hold all that is wanted come before all others, and then those that
/// hold any of it, so that where these are enough no other matters.
pub(super) fn contenders(
    narrowed: &[Narrowed],
    (sort, reverse): (Sort, bool),
    last: usize,
) -> Vec<Docs> {
    let tier = |docs: fn(&Narrowed) -> Docs| narrowed.iter().map(docs).collect::<Vec<_>>();
    if last == 0 {
        return tier(|n| n.found.all.no());
    }
    let enough = |docs: &Vec<Docs>| docs.iter().map(Docs::len).sum::<usize>() >= last;
    // Sorted by anything else, who holds all is not before who holds some of it.
    let by_relevance = sort == Sort::Relevance && !reverse;
    let whole = by_relevance.then(|| tier(Narrowed::whole)).filter(enough);
    let direct = || Some(tier(|n| n.found.direct.clone())).filter(enough);
    let all = || tier(|n| n.found.all.clone());
    whole.or_else(direct).unwrap_or_else(all)
}

/// The best so many of what was found, in order.
pub(super) fn leaders(
    reader: &Reader,
    (narrowed, beside): (&[Narrowed], &Beside<'_>),
    (sort, reverse): (Sort, bool),
    last: usize,
) -> Result<Vec<Ranked>> {
    if last == 0 {
        return Ok(Vec::new());
    }
    let by_relevance = sort == Sort::Relevance;
    let mut best = match by_relevance && !reverse {
        true => most_relevant(narrowed, beside, last)?,
        false => let_in(narrowed, &[], Best::all()),
    };
    if by_relevance && reverse {
        score(&mut best, beside)?;
    }
    sort::place(reader, sort, reverse, &mut best)?;
    rank::keep_best(reader, &mut best, last)?;
    if !by_relevance {
        score(&mut best, beside)?;
    }
    Ok(best)
}

/// The best so many by relevance, and what ties with the last of them.
fn most_relevant(narrowed: &[Narrowed], beside: &Beside<'_>, last: usize) -> Result<Vec<Ranked>> {
    if beside.is_empty() {
        return Ok(let_in(narrowed, &[], Best::new(last)));
    }
    let found = narrowed.iter().map(|narrowed| narrowed.scored.as_slice());
    let more: Vec<Vec<f32>> = (0..)
        .zip(found)
        .map(|(segment, found)| beside.most(segment, found))
        .collect();
    let mut many = last.saturating_mul(FIRST);
    let mut best = let_in(narrowed, &more, Best::new(many));
    let first: HashSet<_> = best.iter().map(|r| (r.segment, r.doc)).collect();
    score(&mut best, beside)?;
    let mut worst = rank::leave_worse(&mut best, last);
    let mut others = let_in(narrowed, &more, Best::reaching(worst));
    others.retain(|r| !first.contains(&(r.segment, r.doc)));
    while !others.is_empty() {
        many = many.saturating_mul(MORE);
        let mut next = take_best(&mut others, many);
        score(&mut next, beside)?;
        best.append(&mut next);
        worst = rank::leave_worse(&mut best, last).or(worst);
        others.retain(|r| worst.is_none_or(|worst| rank::order(r, &worst).is_le()));
    }
    Ok(best)
}

/// Takes out the best so many.
fn take_best(ranked: &mut Vec<Ranked>, many: usize) -> Vec<Ranked> {
    if ranked.len() <= many {
        return std::mem::take(ranked);
    }
    ranked.select_nth_unstable_by(many, rank::order);
    let others = ranked.split_off(many);
    std::mem::replace(ranked, others)
}

/// Adds to scores what words add by following each other, and places by them.
fn score(ranked: &mut [Ranked], beside: &Beside<'_>) -> Result<()> {
    let mut ranked: Vec<&mut Ranked> = ranked.iter_mut().collect();
    ranked.sort_unstable_by_key(|r| (r.segment, r.doc));
    for ranked in ranked.chunk_by_mut(|a, b| a.segment == b.segment) {
        let docs: Vec<DocId> = ranked.iter().map(|r| r.doc).collect();
        let added = beside.added(ranked[0].segment, &docs)?;
        for (ranked, added) in ranked.iter_mut().zip(added) {
            ranked.rescore(ranked.score + added);
        }
    }
    Ok(())
}

/// Of all that was found those that `best` lets in, placed by their scores with
/// `more` added.
fn let_in(narrowed: &[Narrowed], more: &[Vec<f32>], mut best: Best) -> Vec<Ranked> {
    for (segment, narrowed) in narrowed.iter().enumerate() {
        let more = more.get(segment).map_or(&[][..], Vec::as_slice);
        for (at, scored) in narrowed.scored.iter().enumerate() {
            let score = scored.score + more.get(at).unwrap_or(&0.0);
            best.add(segment, scored, narrowed.is_whole(scored), score);
        }
    }
    best.kept()
}
