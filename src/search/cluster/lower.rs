//! A plan → the query language of OpenSearch: the one place that knows both.
//!
//! What a plan means is what `boolean` does with it. A node becomes a filter
//! for the documents that hold it, one for those that are near too, and the
//! clauses that score (`share`).

use serde_json::{Value, json};

use crate::index::fields::{FIELDS, Kind};
use crate::search::condition::{Accept, Condition};
use crate::search::lookup::Want;
use crate::search::plan::{Group, Plan, Planned};

use super::names;
use super::rows::{Row, row_in};
use super::share::{Facts, Share, each_once, held_in, shares};

/// A plan with the shares of all that it wants.
pub(super) struct Lowered<'a> {
    pub(super) planned: &'a Planned,
    pub(super) shares: Vec<Vec<Share>>,
}

impl<'a> Lowered<'a> {
    pub(super) fn new(planned: &'a Planned) -> Self {
        Self {
            planned,
            shares: planned.wants.iter().map(shares).collect(),
        }
    }

    /// How many documents hold each thing wanted, once they were counted.
    pub(super) fn found(&self) -> impl Iterator<Item = u64> {
        let of = |shares: &Vec<Share>| {
            let direct = shares.iter().filter(|share| share.direct);
            direct.map(|share| share.found).sum()
        };
        self.shares.iter().map(of)
    }

    /// The documents that hold what is asked.
    pub(super) fn holding(&self, plan: &Plan) -> Value {
        match plan {
            Plan::Want(want) => {
                let shares = self.shares[*want].iter();
                any(shares.filter(|s| s.direct).map(|s| s.filter.clone()))
            }
            Plan::Value(condition) => condition_filter(condition),
            Plan::All(plans) => all(plans.iter().map(|plan| self.holding(plan))),
            Plan::Any(plans) => any(plans.iter().map(|plan| self.holding(plan))),
            Plan::Not(plan) => json!({"bool": {"must_not": [self.holding(plan)]}}),
            Plan::Group(group) => self.group(group, Self::holding),
        }
    }

    /// The documents that hold what is asked or are near.
    pub(super) fn near(&self, plan: &Plan) -> Value {
        match plan {
            Plan::Want(want) => any(self.shares[*want].iter().map(|s| s.filter.clone())),
            Plan::Any(plans) => any(plans.iter().map(|plan| self.near(plan))),
            Plan::Group(group) => self.group(group, Self::near),
            Plan::Value(_) | Plan::All(_) | Plan::Not(_) => self.holding(plan),
        }
    }

    /// The documents of a group: of those that `of` gives for anything wanted,
    /// the ones that meet its conditions.
    pub(super) fn group(&self, group: &Group, of: fn(&Self, &Plan) -> Value) -> Value {
        let wanted: Vec<Value> = wanted(group).map(|plan| of(self, plan)).collect();
        let mut filter: Vec<Value> = Vec::new();
        if !wanted.is_empty() {
            filter.push(any(wanted.into_iter()));
        }
        let must = group.required.iter().chain(&group.conditions);
        filter.extend(must.map(|plan| self.holding(plan)));
        let without = group.excluded.iter().map(|plan| self.holding(plan));
        let without: Vec<Value> = without.collect();
        json!({"bool": {"filter": filter, "must_not": without}})
    }

    /// The documents that hold all that a group wants, if that is more than
    /// one thing.
    pub(super) fn whole(&self, group: &Group) -> Option<Value> {
        let more_than_one = wanted(group).nth(1).is_some();
        more_than_one.then(|| all(wanted(group).map(|plan| self.holding(plan))))
    }

    /// Clauses that add up to scores, by how many documents there are and the
    /// lengths of their texts.
    pub(super) fn scores(&self, facts: &Facts) -> Vec<Value> {
        let root = &self.planned.root;
        let besides = root
            .scored()
            .into_iter()
            .flat_map(|want| &self.shares[want]);
        let besides = besides.filter(|share| share.beside.is_some());
        let besides = besides.filter_map(|share| share.score(facts));
        let scores = self.group_scores(root, facts).into_iter();
        each_once(scores.chain(besides).collect())
    }

    fn group_scores(&self, group: &Group, facts: &Facts) -> Vec<Value> {
        let scores = wanted(group).flat_map(|plan| self.score(plan, facts));
        each_once(scores.collect())
    }

    fn score(&self, plan: &Plan, facts: &Facts) -> Vec<Value> {
        let each = |plans: &[Plan]| -> Vec<Value> {
            plans.iter().flat_map(|p| self.score(p, facts)).collect()
        };
        let within = |clauses: Vec<Value>, filter: Value| match clauses.is_empty() {
            true => Vec::new(),
            false => vec![json!({"bool": {"should": each_once(clauses), "filter": filter}})],
        };
        match plan {
            Plan::Want(want) => {
                let shares = self.shares[*want].iter();
                let shares = shares.filter(|share| share.beside.is_none());
                shares.filter_map(|share| share.score(facts)).collect()
            }
            Plan::Any(plans) => each(plans),
            Plan::All(plans) => within(each(plans), self.holding(plan)),
            Plan::Group(group) => within(self.group_scores(group, facts), self.near(plan)),
            Plan::Value(_) | Plan::Not(_) => Vec::new(),
        }
    }

    /// By row that is asked, what shows whether a document holds something
    /// there: the words asked for, or if not `direct`, what is near them.
    pub(super) fn shown(&self, direct: bool) -> Vec<(usize, Value)> {
        let mut by_row: Vec<(usize, Vec<Value>)> = Vec::new();
        for scoped in self.planned.wants.iter().filter(|scoped| scoped.shown) {
            for &row in &scoped.rows {
                let here = match &scoped.want {
                    Want::Word(sought) => held_in(row, sought, direct),
                    Want::Phrase(slots, slop) => row_in(row, slots, *slop)
                        .map(Row::filter)
                        .into_iter()
                        .collect(),
                };
                match by_row.iter_mut().find(|(known, _)| *known == row) {
                    Some((_, all)) => all.extend(here),
                    None => by_row.push((row, here)),
                }
            }
        }
        let by_row = by_row.into_iter().filter(|(_, here)| !here.is_empty());
        by_row
            .map(|(row, here)| (row, any(here.into_iter())))
            .collect()
    }
}

fn wanted(group: &Group) -> impl Iterator<Item = &Plan> {
    group.required.iter().chain(&group.optional)
}

/// Documents that any of the queries finds.
pub(super) fn any(mut queries: impl Iterator<Item = Value>) -> Value {
    match (queries.next(), queries.next()) {
        (None, _) => json!({"match_none": {}}),
        (Some(only), None) => only,
        (Some(first), Some(second)) => {
            let all: Vec<Value> = [first, second].into_iter().chain(queries).collect();
            json!({"bool": {"should": all, "minimum_should_match": 1}})
        }
    }
}

/// Documents that all of the queries find.
pub(super) fn all(queries: impl Iterator<Item = Value>) -> Value {
    json!({"bool": {"filter": queries.collect::<Vec<_>>()}})
}

/// The documents that have any text in a section.
pub(super) fn with_text(row: usize) -> Value {
    json!({"range": {names::length(FIELDS[row].key): {"gt": 0}}})
}

/// The documents that meet a condition.
pub(super) fn condition_filter(condition: &Condition) -> Value {
    let key = FIELDS[condition.row].key;
    match &condition.accept {
        Accept::Keywords(keywords) => json!({"terms": {key: keywords}}),
        Accept::Known if FIELDS[condition.row].kind == Kind::Text => with_text(condition.row),
        Accept::Known => json!({"exists": {"field": key}}),
        // A number there is never greater than this.
        Accept::Range(from, to) => {
            json!({"range": {key: {"gte": from.min(&LARGEST), "lte": to.min(&LARGEST)}}})
        }
    }
}

/// The largest number that a field on the cluster holds.
pub const LARGEST: u64 = i64::MAX as u64;
