//! Evaluates a plan segment by segment.
//!
//! Every node gives the documents that hold it or are near, with their scores,
//! as `query::Node` says. Scores are added in the order of the plan, so that
//! the same query always gives the same sums.

use std::cell::RefCell;

use tantivy::DocId;

use crate::error::Result;
use crate::index::{Reader, Segment};

use super::condition;
use super::docs::Docs;
use super::plan::{Group, Plan, Planned, Scoped};
use super::score::{Matches, Scorer};
use super::tally::Tally;
use super::weights;

/// A document of a segment that holds what is asked, or is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) doc: DocId,
    pub(super) score: f32,
    /// Whether it holds what is asked.
    pub(super) direct: bool,
}

/// What one word, part or relative contributes, by segment.
pub(super) struct Share {
    segments: Vec<Matches>,
    weight: f32,
    direct: bool,
}

/// What everything wanted contributes. What is looked for near it depends on how
/// many hold it.
pub(super) fn shares(
    reader: &Reader,
    scorer: &Scorer<'_>,
    planned: &mut Planned,
) -> Result<Vec<Vec<Share>>> {
    let of = |scoped: &mut Scoped| {
        let each = reader.segments.iter();
        let direct = each.clone().map(|segment| scorer.matches(segment, scoped));
        let mut shares = vec![share(reader, direct.collect::<Result<_>>()?, 1.0, true)];
        scoped.settle(found(&shares));
        for loose in scoped.loose() {
            let found = each
                .clone()
                .map(|segment| scorer.loose(segment, &scoped.rows, &loose.lookup));
            let found = found.collect::<Result<_>>()?;
            shares.push(share(reader, found, loose.weight, false));
        }
        Ok(shares)
    };
    planned.wants.iter_mut().map(of).collect()
}

impl Share {
    /// What it adds to a document's score.
    pub(super) fn points(&self, segment: usize, doc: DocId) -> Option<f32> {
        let matches = &self.segments[segment].list;
        let at = matches.binary_search_by_key(&doc, |(doc, _)| *doc).ok()?;
        Some(matches[at].1 * self.weight)
    }

    /// Of what is near, with what it weighs in all.
    pub(super) fn near(segments: Vec<Matches>, weight: f32) -> Self {
        Self {
            segments,
            weight,
            direct: false,
        }
    }

    /// What it adds to the documents of a segment.
    pub(super) fn found_in(&self, segment: usize) -> impl Iterator<Item = Found> + use<'_> {
        let matches = self.segments[segment].list.iter();
        matches.map(|(doc, weight)| Found {
            doc: *doc,
            score: weight * self.weight,
            direct: self.direct,
        })
    }

    /// The documents of a segment that it adds to.
    pub(super) fn docs_in(&self, segment: usize) -> &Docs {
        &self.segments[segment].docs
    }

    /// Documents that have it.
    pub(super) fn found(&self) -> u64 {
        self.segments.iter().map(Matches::len).sum()
    }
}

fn share(reader: &Reader, segments: Vec<Matches>, weight: f32, direct: bool) -> Share {
    let found = segments.iter().map(Matches::len).sum();
    Share {
        segments,
        weight: weight * weights::idf(reader.manifest.documents, found),
        direct,
    }
}

/// How many documents hold the word itself that these are the shares of.
pub(super) fn found(shares: &[Share]) -> u64 {
    let direct = shares.iter().filter(|share| share.direct);
    direct.map(Share::found).sum()
}

/// Evaluates plans in one segment.
pub(super) struct Evaluator<'a> {
    pub(super) reader: &'a Reader,
    pub(super) shares: &'a [Vec<Share>],
    /// Its number.
    pub(super) segment: usize,
    pub(super) tally: &'a RefCell<Tally>,
}

impl Evaluator<'_> {
    fn segment(&self) -> &Segment {
        &self.reader.segments[self.segment]
    }

    /// The documents that hold all that a group wants, if that is more than
    /// one thing.
    pub(super) fn whole(&self, group: &Group) -> Result<Option<Docs>> {
        let mut wanted = group.required.iter().chain(&group.optional);
        let (Some(first), Some(second)) = (wanted.next(), wanted.next()) else {
            return Ok(None);
        };
        let mut whole = self.holding(first)?;
        whole.keep(&self.holding(second)?);
        for plan in wanted {
            whole.keep(&self.holding(plan)?);
        }
        Ok(Some(whole))
    }

    /// The documents of a group.
    pub(super) fn group(&self, group: &Group) -> Result<Vec<Found>> {
        let wanted: Vec<&Plan> = group.required.iter().chain(&group.optional).collect();
        let mut found = match wanted.is_empty() {
            true => self.everything(),
            false => self.sum(&wanted)?,
        };
        for plan in group.required.iter().chain(&group.conditions) {
            let docs = self.holding(plan)?;
            found.retain(|found| docs.has(found.doc));
        }
        for plan in &group.excluded {
            let docs = self.holding(plan)?;
            found.retain(|found| !docs.has(found.doc));
        }
        Ok(found)
    }

    fn found(&self, plan: &Plan) -> Result<Vec<Found>> {
        match plan {
            Plan::Want(_) => self.sum(&[plan]),
            Plan::Any(plans) => self.sum(&plans.iter().collect::<Vec<_>>()),
            Plan::All(plans) => {
                let mut found = self.sum(&plans.iter().collect::<Vec<_>>())?;
                for plan in plans {
                    let docs = self.holding(plan)?;
                    found.retain(|found| docs.has(found.doc));
                }
                Ok(found)
            }
            Plan::Group(group) => self.group(group),
            Plan::Value(_) => self.all_of(|docs, doc| docs.has(doc), plan),
            Plan::Not(inner) => self.all_of(|docs, doc| !docs.has(doc), inner),
        }
    }

    /// The documents that hold what is asked.
    pub(super) fn holding(&self, plan: &Plan) -> Result<Docs> {
        if let Plan::Value(condition) = plan {
            return condition::docs(self.reader, self.segment(), condition);
        }
        let mut docs = Docs::none(self.segment());
        match plan {
            Plan::Want(want) => {
                let shares = self.shares[*want].iter().filter(|share| share.direct);
                shares.for_each(|share| docs.add(share.docs_in(self.segment)));
            }
            plan => {
                let found = self.found(plan)?.into_iter().filter(|found| found.direct);
                found.for_each(|found| docs.insert(found.doc));
            }
        }
        Ok(docs)
    }

    /// All documents for which `wanted` says so of those that hold a plan.
    fn all_of(&self, wanted: fn(&Docs, DocId) -> bool, plan: &Plan) -> Result<Vec<Found>> {
        let docs = self.holding(plan)?;
        let mut found = self.everything();
        found.retain(|found| wanted(&docs, found.doc));
        Ok(found)
    }

    /// All documents that were not deleted, without a score.
    fn everything(&self) -> Vec<Found> {
        let segment = &self.segment().reader;
        let alive = (0..segment.max_doc()).filter(|doc| !segment.is_deleted(*doc));
        let found = |doc| Found {
            doc,
            score: 0.0,
            direct: true,
        };
        alive.map(found).collect()
    }

    /// The documents of any of the plans, with their scores added up in the
    /// order of the plans.
    fn sum(&self, plans: &[&Plan]) -> Result<Vec<Found>> {
        if let [Plan::Want(want)] = plans
            && let [share] = self.shares[*want].as_slice()
        {
            return Ok(share.found_in(self.segment).collect());
        }
        let inner = plans.iter().map(|plan| match plan {
            Plan::Want(_) => Ok(Vec::new()),
            plan => self.found(plan),
        });
        let inner: Vec<Vec<Found>> = inner.collect::<Result<_>>()?;
        let tally = &mut *self.tally.borrow_mut();
        tally.reach(self.segment().reader.max_doc());
        let mut docs = Docs::none(self.segment());
        let mut direct = docs.clone();
        for (plan, inner) in plans.iter().zip(inner) {
            for found in inner {
                tally.add_to(found.doc, found.score);
                docs.insert(found.doc);
                if found.direct {
                    direct.insert(found.doc);
                }
            }
            let Plan::Want(want) = plan else {
                continue;
            };
            for share in &self.shares[*want] {
                docs.add(share.docs_in(self.segment));
                if share.direct {
                    direct.add(share.docs_in(self.segment));
                }
                let found = share.found_in(self.segment);
                found.for_each(|found| tally.add_to(found.doc, found.score));
            }
        }
        let mut summed = Vec::with_capacity(docs.len());
        tally.drain_of(&docs, |doc, score| {
            let direct = direct.has(doc);
            summed.push(Found { doc, score, direct });
        });
        Ok(summed)
    }
}
