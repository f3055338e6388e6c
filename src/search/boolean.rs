//! Evaluates a plan segment by segment.
//!
//! Every node gives the documents that hold it or are near, as `query::Node`
//! says, and then the scores of those that are asked for. Scores are added in
//! the order of the plan, so that the same query always gives the same sums.

use std::cell::RefCell;

use tantivy::DocId;

use crate::error::Result;
use crate::index::{Reader, Segment};

use super::condition;
use super::docs::Docs;
use super::plan::{Group, Plan};
use super::rank::Scored;
use super::score::Scorer;
use super::shares::Share;
use super::tally::Tally;

/// The documents of a segment that a plan finds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Those that hold what is asked.
    pub(super) direct: Docs,
    /// Those, and those that are near.
    pub(super) all: Docs,
}

impl Found {
    /// Those that hold it, and none that are near.
    fn only(docs: Docs) -> Self {
        Self {
            all: docs.clone(),
            direct: docs,
        }
    }

    pub(super) fn keep(&mut self, docs: &Docs) {
        self.direct.keep(docs);
        self.all.keep(docs);
    }

    pub(super) fn leave_out(&mut self, docs: &Docs) {
        self.direct.leave_out(docs);
        self.all.leave_out(docs);
    }
}

/// Evaluates plans in one segment.
pub(super) struct Evaluator<'a> {
    reader: &'a Reader,
    shares: &'a [Vec<Share>],
    /// Its number.
    segment: usize,
    tally: &'a RefCell<Tally>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(scorer: &'a Scorer<'a>, shares: &'a [Vec<Share>], segment: usize) -> Self {
        Self {
            reader: scorer.reader,
            shares,
            segment,
            tally: &scorer.tally,
        }
    }

    fn segment(&self) -> &Segment {
        &self.reader.segments[self.segment]
    }

    /// The documents that hold all that a group wants, if that is more than
    /// one thing.
    pub(super) fn whole(&self, group: &Group) -> Result<Option<Docs>> {
        let mut wanted = group.wanted();
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
    pub(super) fn group(&self, group: &Group) -> Result<Found> {
        let mut found = match group.wanted().next() {
            None => Found::only(Docs::all(self.segment())),
            Some(_) => self.any(group.wanted())?,
        };
        for plan in group.required.iter().chain(&group.conditions) {
            found.keep(&self.holding(plan)?);
        }
        for plan in &group.excluded {
            found.leave_out(&self.holding(plan)?);
        }
        Ok(found)
    }

    fn found(&self, plan: &Plan) -> Result<Found> {
        match plan {
            Plan::Want(want) => {
                let mut found = Found::only(Docs::none(self.segment()));
                for share in &self.shares[*want] {
                    let docs = share.docs_in(self.segment);
                    found.all.add(docs);
                    if share.is_direct() {
                        found.direct.add(docs);
                    }
                }
                Ok(found)
            }
            Plan::Any(plans) => self.any(plans.iter()),
            Plan::All(plans) => {
                let mut found = self.any(plans.iter())?;
                for plan in plans {
                    found.keep(&self.holding(plan)?);
                }
                Ok(found)
            }
            Plan::Group(group) => self.group(group),
            Plan::Value(_) => {
                let mut found = Found::only(Docs::all(self.segment()));
                found.keep(&self.holding(plan)?);
                Ok(found)
            }
            Plan::Not(inner) => {
                let mut found = Found::only(Docs::all(self.segment()));
                found.leave_out(&self.holding(inner)?);
                Ok(found)
            }
        }
    }

    /// The documents of any of the plans.
    fn any<'p>(&self, plans: impl Iterator<Item = &'p Plan>) -> Result<Found> {
        let mut any = Found::only(Docs::none(self.segment()));
        for plan in plans {
            let found = self.found(plan)?;
            any.all.add(&found.all);
            any.direct.add(&found.direct);
        }
        Ok(any)
    }

    /// The documents that hold what is asked; of values the deleted ones too.
    pub(super) fn holding(&self, plan: &Plan) -> Result<Docs> {
        match plan {
            Plan::Value(condition) => condition::docs(self.reader, self.segment(), condition),
            plan => Ok(self.found(plan)?.direct),
        }
    }

    /// The scores of those documents that are asked for of what a group finds.
    pub(super) fn scores(
        &self,
        group: &Group,
        (asked, direct): (&Docs, &Docs),
    ) -> Result<Vec<Scored>> {
        self.sums(group.wanted(), asked, |doc, score| Scored {
            doc,
            score,
            direct: direct.has(doc),
        })
    }

    /// What the plans add to documents, added up in the order of the plans.
    fn sums<'p, T>(
        &self,
        plans: impl Iterator<Item = &'p Plan>,
        asked: &Docs,
        make: impl Fn(DocId, f32) -> T,
    ) -> Result<Vec<T>> {
        let plans: Vec<&Plan> = plans.collect();
        if let [Plan::Want(want)] = plans.as_slice()
            && let [share] = self.shares[*want].as_slice()
        {
            let mut scores = Vec::with_capacity(asked.len());
            let docs = asked.iter().map(|doc| (doc, doc));
            share.scores_among((self.segment, docs), |doc, score| {
                scores.push(make(doc, score))
            });
            return Ok(scores);
        }
        // What is added up in an inner sum has to be a sum before it is added.
        let inner: Vec<Vec<(DocId, f32)>> = plans
            .iter()
            .map(|plan| self.inner(plan, asked))
            .collect::<Result<_>>()?;
        let tally = &mut *self.tally.borrow_mut();
        tally.reach(self.segment().reader.max_doc());
        let mut others = false;
        for (plan, inner) in plans.into_iter().zip(inner) {
            for (doc, score) in inner {
                tally.add_to(doc, score);
            }
            let Plan::Want(want) = plan else {
                continue;
            };
            for share in &self.shares[*want] {
                others |= share.add_to(self.segment, tally, asked);
            }
        }
        let mut sums = Vec::with_capacity(asked.len());
        tally.drain_of((asked, others), |doc, score| sums.push(make(doc, score)));
        Ok(sums)
    }

    /// What a plan that is made of others adds to those documents that it finds.
    fn inner(&self, plan: &Plan, asked: &Docs) -> Result<Vec<(DocId, f32)>> {
        let here = || -> Result<Docs> {
            let mut docs = self.found(plan)?.all;
            docs.keep(asked);
            Ok(docs)
        };
        let scored = |doc, score| (doc, score);
        match plan {
            Plan::Any(plans) | Plan::All(plans) => self.sums(plans.iter(), &here()?, scored),
            Plan::Group(group) => self.sums(group.wanted(), &here()?, scored),
            Plan::Want(_) | Plan::Value(_) | Plan::Not(_) => Ok(Vec::new()),
        }
    }
}
