//! What each word, part and relative of a query contributes: which documents
//! have it, and what it adds to their scores.
//!
//! Who has it is known before scores are, which takes much less than scoring
//! all of them: documents that can't be among the best are never scored.

use tantivy::DocId;

use crate::error::Result;
use crate::index::Segment;

use super::docs::Docs;
use super::lists::{Listed, listed, listed_in};
use super::lookup::{Loose, Want};
use super::plan::{Planned, Scoped};
use super::score::{Matches, Scorer};
use super::tally::Tally;
use super::weigh::Unscored;
use super::weighed::Weighed;
use super::weights;

/// What one word, part or relative contributes, by segment.
pub(super) struct Share {
    segments: Vec<Held>,
    /// Documents that have it.
    found: u64,
    weight: f32,
    direct: bool,
}

/// What of a segment has it.
struct Held {
    docs: Docs,
    /// The saturated weights of those of them that were scored.
    weighed: Weighed,
    /// What they are scored by, until they are.
    waiting: Option<Vec<Listed>>,
}

impl From<Unscored> for Held {
    fn from(unscored: Unscored) -> Self {
        Self {
            docs: unscored.docs,
            weighed: Weighed::Few(Vec::new()),
            waiting: Some(unscored.lists),
        }
    }
}

impl From<Matches> for Held {
    fn from(matches: Matches) -> Self {
        Self {
            docs: matches.docs,
            weighed: matches.weighed,
            waiting: None,
        }
    }
}

/// How many more documents something has to have than will be scored, to have these
/// looked up twice rather than all of them scored.
const WORTH_WAITING: usize = 4;

/// What part of the documents filters leave, roughly.
const LEFT: usize = 8;

/// What everything wanted contributes, to know the best so many of what may be
/// narrowed by filters. Scored is already what is read as a whole for it all the
/// same. What is looked for near it depends on how many hold it.
pub(super) fn shares(
    scorer: &Scorer<'_>,
    planned: &mut Planned,
    (last, narrows): (usize, bool),
) -> Result<Vec<Vec<Share>>> {
    let by_segment = |scoped: &Scoped| lists(scorer, |segment| listed_in(segment, scoped));
    let all = planned.wants.iter().map(by_segment);
    let all: Vec<Lists> = all.collect::<Result<_>>()?;
    let scored = planned.root.scored();
    let expected = expected(scored.iter().map(|want| &all[*want]), (last, narrows));
    let wants = planned.wants.iter_mut().zip(all).enumerate();
    let shares = wants.map(|(want, (scoped, lists))| {
        let expected = match scored.contains(&want) {
            true => expected,
            false => 0,
        };
        let mut shares = vec![itself(scorer, scoped, lists, expected)?];
        let found = found(&shares);
        scoped.settle(found);
        let found = usize::try_from(found).unwrap_or(usize::MAX);
        let expected = match found >= last {
            true => expected.min(found),
            false => usize::MAX,
        };
        for loose in scoped.loose() {
            shares.push(near(scorer, (&scoped.rows, loose), expected)?);
        }
        Ok(shares)
    });
    shares.collect()
}

/// What something wanted contributes itself.
fn itself(scorer: &Scorer<'_>, scoped: &Scoped, lists: Lists, expected: usize) -> Result<Share> {
    let waits = scoped.can_wait() && is_worth_waiting(&lists, expected);
    let held = |segment: &Segment, lists: Vec<Listed>| match waits {
        true => scorer.unscored(segment, scoped, lists).map(Held::from),
        false => scorer.matches(segment, scoped, &lists).map(Held::from),
    };
    share(scorer, (lists, held), 1.0, true)
}

/// What a part or relative contributes.
fn near(scorer: &Scorer<'_>, (rows, loose): (&[usize], &Loose), expected: usize) -> Result<Share> {
    let lists = lists(scorer, |segment| listed(segment, rows, &loose.lookup))?;
    let waits = is_worth_waiting(&lists, expected);
    let held = |segment: &Segment, lists: Vec<Listed>| match waits {
        true => scorer.with(segment, lists).map(Held::from),
        false => scorer.near(segment, &lists).map(Held::from),
    };
    share(scorer, (lists, held), loose.weight, false)
}

/// What is held by segment, weighed by how many hold it.
fn share(
    scorer: &Scorer<'_>,
    (lists, held): (Lists, impl Fn(&Segment, Vec<Listed>) -> Result<Held>),
    weight: f32,
    direct: bool,
) -> Result<Share> {
    let segments = scorer.reader.segments.iter().zip(lists);
    let segments = segments.map(|(segment, lists)| held(segment, lists));
    let mut share = Share::new(segments.collect::<Result<_>>()?, weight, direct);
    share.weight *= weights::idf(scorer.reader.manifest.documents, share.found);
    Ok(share)
}

/// Posting lists by segment.
type Lists = Vec<Vec<Listed>>;

fn lists(scorer: &Scorer<'_>, listed: impl Fn(&Segment) -> Result<Vec<Listed>>) -> Result<Lists> {
    scorer.reader.segments.iter().map(listed).collect()
}

/// How many documents will have to be scored, roughly: those that hold all that is
/// wanted, if they are enough, else all.
fn expected<'l>(wanted: impl Iterator<Item = &'l Lists>, (last, narrows): (usize, bool)) -> usize {
    let least = wanted.map(reach).filter(|reach| *reach > 0);
    let least = least.min().unwrap_or_default() / if narrows { LEFT } else { 1 };
    match least {
        0 => 0,
        enough if enough >= last => enough,
        _ => usize::MAX,
    }
}

/// Whether it takes less to score some of what lists have later than all of it now.
fn is_worth_waiting(lists: &Lists, expected: usize) -> bool {
    reach(lists) > expected.saturating_mul(WORTH_WAITING)
}

/// How many documents lists have at the least.
fn reach(lists: &Lists) -> usize {
    let longest = |lists: &Vec<Listed>| lists.iter().map(Listed::documents).max();
    lists.iter().filter_map(longest).sum()
}

/// Scores what counts for scores in the documents of each segment that are
/// asked for, unless it was scored.
pub(super) fn score(
    scorer: &Scorer<'_>,
    planned: &Planned,
    (shares, asked): (&mut [Vec<Share>], &[Docs]),
) -> Result<()> {
    for want in planned.root.scored() {
        let itself = match &planned.wants[want].want {
            Want::Word(sought) => Some(sought),
            Want::Phrase(..) => None,
        };
        for share in &mut shares[want] {
            let itself = itself.filter(|_| share.direct);
            let segments = scorer.reader.segments.iter().zip(asked);
            for (held, (segment, asked)) in share.segments.iter_mut().zip(segments) {
                if let Some(lists) = held.waiting.take() {
                    let mut asked = asked.clone();
                    asked.keep(&held.docs);
                    held.weighed = scorer.weigh(segment, (&lists, itself), &asked)?;
                }
            }
        }
    }
    Ok(())
}

impl Share {
    /// What weighs so much in all.
    fn new(segments: Vec<Held>, weight: f32, direct: bool) -> Self {
        Self {
            found: segments.iter().map(|held| held.docs.len() as u64).sum(),
            segments,
            weight,
            direct,
        }
    }

    /// What it adds to a document's score, if that was scored.
    pub(super) fn points(&self, segment: usize, doc: DocId) -> Option<f32> {
        let weight = self.segments[segment].weighed.of(doc)?;
        Some(weight * self.weight)
    }

    /// Of what is near, with what it weighs in all.
    pub(super) fn near(segments: Vec<Matches>, weight: f32) -> Self {
        Self::new(
            segments.into_iter().map(Held::from).collect(),
            weight,
            false,
        )
    }

    /// Calls `each` with what stands beside those documents of a segment, which are in
    /// order, that were scored, and with what it adds to them.
    pub(super) fn scores_among<T>(
        &self,
        (segment, docs): (usize, impl Iterator<Item = (DocId, T)>),
        mut each: impl FnMut(T, f32),
    ) {
        let weighed = &self.segments[segment].weighed;
        weighed.among(docs, |beside, weight| each(beside, weight * self.weight));
    }

    /// Adds to sums of documents that are asked for by `drain_of`, and of others only
    /// where that takes less, which is told.
    pub(super) fn add_to(&self, segment: usize, tally: &mut Tally, asked: &Docs) -> bool {
        let weighed = &self.segments[segment].weighed;
        weighed.add_to(tally, self.weight, asked)
    }

    /// The documents of a segment that it adds to.
    pub(super) fn docs_in(&self, segment: usize) -> &Docs {
        &self.segments[segment].docs
    }

    /// Whether it is of the word itself.
    pub(super) fn is_direct(&self) -> bool {
        self.direct
    }

    /// Documents that have it.
    pub(super) fn found(&self) -> u64 {
        self.found
    }
}

/// How many documents hold the word itself that these are the shares of.
pub(super) fn found(shares: &[Share]) -> u64 {
    let direct = shares.iter().filter(|share| share.direct);
    direct.map(Share::found).sum()
}
