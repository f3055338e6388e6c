//! Keeps the best of the documents found, in their order.
//!
//! Ties are broken by key, so that an order never depends on how the index
//! came to be.

use std::cmp::Ordering;

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::error::Result;
use crate::index::Reader;

use super::facet;

/// A document of a segment with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Whether it holds what the query asks.
    pub(super) direct: bool,
}

/// A document with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) segment: usize,
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Whether it holds what the query asks, not just a part or relative of a
    /// word; these come first.
    pub(super) direct: bool,
    /// Whether it holds all that the query wants.
    pub(super) whole: bool,
    /// Its place by what is sorted by; the least comes first.
    pub(super) place: u64,
}

impl Ranked {
    /// Gives it another score, and the place of that score.
    pub(super) fn rescore(&mut self, score: f32) {
        self.score = score;
        self.place = place(score, self.whole);
    }
}

/// The place by relevance: behind those that hold all that is wanted, unless it
/// does so itself, and by score. The bits of scores, which are not negative,
/// are in their order.
fn place(score: f32, whole: bool) -> u64 {
    u64::from(!whole) << 32 | u64::from(u32::MAX - score.to_bits())
}

/// Tier and place by relevance in one number, the better the less.
fn standing(direct: bool, place: u64) -> u64 {
    u64::from(!direct) << 33 | place
}

/// The standing behind which nothing is let in, given the worst that is.
fn limit(worst: Option<Ranked>) -> u64 {
    worst.map_or(u64::MAX, |worst| standing(worst.direct, worst.place))
}

/// The better first, as far as tier and place tell.
pub(super) fn order(a: &Ranked, b: &Ranked) -> Ordering {
    b.direct.cmp(&a.direct).then(a.place.cmp(&b.place))
}

/// Documents let in before the best of them are looked for at first; later twice as
/// many as were left, so that where most tie they are not looked through again and
/// again.
const WAITING: usize = 1024;

/// Lets in documents and keeps what may be among the best.
pub(super) struct Best {
    kept: Vec<Ranked>,
    last: Option<usize>,
    /// How many are kept before the worse of them are left out.
    room: usize,
    /// The tier and place of the worst of the best so far: what is behind that is
    /// not let in.
    worst: u64,
}

impl Best {
    /// Keeps all.
    pub(super) fn all() -> Self {
        Self::reaching(None)
    }

    /// Keeps the best so many, and what ties with the last of them.
    pub(super) fn new(last: usize) -> Self {
        Self {
            last: Some(last),
            room: WAITING.saturating_add(last.saturating_mul(2)),
            ..Self::all()
        }
    }

    /// Keeps all that are not worse than this one.
    pub(super) fn reaching(worst: Option<Ranked>) -> Self {
        Self {
            kept: Vec::new(),
            last: None,
            room: usize::MAX,
            worst: limit(worst),
        }
    }

    /// Lets in a document of a segment, which may hold all that is wanted, placed
    /// as if it had another score: behind those that hold all that is wanted,
    /// unless it does so itself.
    pub(super) fn add(&mut self, segment: usize, found: &Scored, whole: bool, score: f32) {
        // Nearly all are turned away here, so nothing is made of them before.
        let place = place(score, whole);
        if standing(found.direct, place) > self.worst {
            return;
        }
        self.kept.push(Ranked {
            segment,
            doc: found.doc,
            score: found.score,
            direct: found.direct,
            whole,
            place,
        });
        if let Some(last) = self.last
            && self.kept.len() >= self.room
        {
            self.worst = limit(leave_worse(&mut self.kept, last));
            self.room = self.room.max(self.kept.len().saturating_mul(2));
        }
    }

    pub(super) fn kept(mut self) -> Vec<Ranked> {
        if let Some(last) = self.last {
            leave_worse(&mut self.kept, last);
        }
        self.kept
    }
}

/// Leaves out what is worse than the best so many; the worst of these.
pub(super) fn leave_worse(ranked: &mut Vec<Ranked>, last: usize) -> Option<Ranked> {
    if ranked.len() <= last {
        return None;
    }
    let (_, worst, _) = ranked.select_nth_unstable_by(last.checked_sub(1)?, order);
    let worst = *worst;
    // All that tie with the worst stay until their keys have been compared.
    ranked.retain(|r| order(r, &worst).is_le());
    Some(worst)
}

/// Cuts a list to its best, in order.
pub(super) fn keep_best(reader: &Reader, ranked: &mut Vec<Ranked>, last: usize) -> Result<()> {
    leave_worse(ranked, last);
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
    let Some(first) = ties.first().map(|ranked| ranked.segment) else {
        return Ok(());
    };
    if ties.iter().all(|ranked| ranked.segment == first) {
        // Within a segment keys are numbered in their order.
        let keys = keys(reader, first)?;
        ties.sort_by_cached_key(|ranked| keys.as_ref().and_then(|keys| number(keys, ranked.doc)));
        return Ok(());
    }
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
    let keys = keys(reader, segment)?;
    let number = keys.as_ref().and_then(|keys| number(keys, doc));
    match (keys, number) {
        (Some(keys), Some(number)) => facet::text(&keys, number),
        _ => Ok(String::new()),
    }
}

/// The keys of a segment.
fn keys(reader: &Reader, segment: usize) -> Result<Option<StrColumn>> {
    Ok(reader.segments[segment].reader.fast_fields().str("_key")?)
}

/// The number of a document's key.
fn number(keys: &StrColumn, doc: DocId) -> Option<u64> {
    keys.term_ords(doc).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_most_tie_they_are_not_looked_through_for_each_one() {
        let mut best = Best::new(10);
        let mut rooms = vec![best.room];
        for doc in 0..100_000 {
            let found = Scored {
                doc,
                score: 1.0,
                direct: true,
            };
            best.add(0, &found, true, found.score);
            if rooms.last() != Some(&best.room) {
                rooms.push(best.room);
            }
            assert!(best.kept.len() < best.room, "{doc}: {}", best.room);
        }
        assert!(rooms.len() < 10, "{rooms:?}");
        assert_eq!(best.kept().len(), 100_000);
    }
}
