//! Why a hit on a cluster stands where it does: its text is measured, and what
//! was counted of its words is known. Which parts of the query count for it, the
//! cluster says when it gives the text.

use serde_json::{Value, json};

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::form::project::Project;
use crate::search::Reason;
use crate::search::explain::{Scores, Taker};
use crate::search::lookup::{Lookup, Want};
use crate::search::plan::{Group, Plan};
use crate::search::weights;

use super::lower::Lowered;
use super::measure::Measured;
use super::share::Facts;

/// Takes scores of documents on a cluster apart.
pub(super) struct Explainer<'a> {
    lowered: &'a Lowered<'a>,
    analyzer: &'a Analyzer,
    facts: &'a Facts,
    taker: Taker<'a>,
}

impl<'a> Explainer<'a> {
    pub(super) fn new(lowered: &'a Lowered<'a>, analyzer: &'a Analyzer, facts: &'a Facts) -> Self {
        Self {
            lowered,
            analyzer,
            facts,
            taker: Taker::new(lowered.planned, analyzer),
        }
    }

    /// What shows which parts of the query count for a document.
    pub(super) fn shown(&self) -> Vec<Value> {
        let mut shown = Vec::new();
        each_part(&self.lowered.planned.root, &mut |number, plan| {
            let filter = match plan {
                Plan::Group(_) => self.lowered.near(plan),
                _ => self.lowered.holding(plan),
            };
            shown.push(json!({"bool": {"filter": [filter], "_name": name(number)}}));
        });
        shown
    }

    /// What the words of the query add to a document's score, most first, by the
    /// names of what it `held`.
    pub(super) fn reasons(
        &mut self,
        held: &[String],
        project: &Project<'_>,
    ) -> Result<Vec<Reason>> {
        let scores = Scored {
            lowered: self.lowered,
            facts: self.facts,
            measured: Measured::new(project, self.analyzer, self.facts),
            held,
        };
        self.taker.reasons(&scores, project)
    }
}

/// What shows that a part of the query counts is called so.
fn name(number: usize) -> String {
    format!("counts {number}")
}

/// Calls `each` for all parts of a group that count under a condition only, with
/// their numbers.
fn each_part<'p>(group: &'p Group, each: &mut impl FnMut(usize, &'p Plan)) {
    fn go<'p>(plans: &mut dyn Iterator<Item = &'p Plan>, next: &mut dyn FnMut(&'p Plan)) {
        for plan in plans {
            match plan {
                Plan::Any(plans) => go(&mut plans.iter(), next),
                Plan::All(plans) => {
                    next(plan);
                    go(&mut plans.iter(), next);
                }
                Plan::Group(group) => {
                    next(plan);
                    go(&mut group.required.iter().chain(&group.optional), next);
                }
                Plan::Want(_) | Plan::Value(_) | Plan::Not(_) => {}
            }
        }
    }
    let mut number = 0;
    go(
        &mut group.required.iter().chain(&group.optional),
        &mut |plan| {
            each(number, plan);
            number += 1;
        },
    );
}

/// The score of a document on a cluster.
struct Scored<'a> {
    lowered: &'a Lowered<'a>,
    facts: &'a Facts,
    measured: Measured,
    held: &'a [String],
}

impl Scored<'_> {
    /// Adds what counts of all that the plans want.
    fn add(&self, plans: &mut dyn Iterator<Item = &Plan>, counts: &[&Plan], all: &mut Vec<usize>) {
        for plan in plans {
            let holds = || counts.iter().any(|known| std::ptr::eq(*known, plan));
            match plan {
                Plan::Want(want) => all.push(*want),
                Plan::Any(plans) => self.add(&mut plans.iter(), counts, all),
                Plan::All(plans) if holds() => self.add(&mut plans.iter(), counts, all),
                Plan::Group(group) if holds() => {
                    self.add(
                        &mut group.required.iter().chain(&group.optional),
                        counts,
                        all,
                    );
                }
                Plan::All(_) | Plan::Group(_) | Plan::Value(_) | Plan::Not(_) => {}
            }
        }
    }
}

impl Scores for Scored<'_> {
    fn documents(&self) -> u64 {
        self.facts.documents
    }

    fn found(&self, want: usize, share: usize) -> Result<u64> {
        Ok(self.lowered.shares[want][share].found)
    }

    fn counted(&self) -> Result<Vec<usize>> {
        let root = &self.lowered.planned.root;
        let mut counts = Vec::new();
        each_part(root, &mut |number, plan| {
            if self.held.contains(&name(number)) {
                counts.push(plan);
            }
        });
        let mut all = Vec::new();
        self.add(
            &mut root.required.iter().chain(&root.optional),
            &counts,
            &mut all,
        );
        Ok(all)
    }

    fn points(&self, want: usize, share: usize) -> Result<Option<f32>> {
        let scoped = &self.lowered.planned.wants[want];
        let in_row = |slots: &[Vec<String>], slop| {
            let rows = scoped.rows.iter();
            rows.map(|row| self.measured.row_in(*row, slots, slop))
                .sum::<f32>()
        };
        let in_words = |lookups: &[Lookup]| {
            let rows = scoped.rows.iter();
            rows.map(|row| self.measured.word_in(*row, lookups))
                .sum::<f32>()
        };
        let loose = share.checked_sub(1).map(|at| scoped.loose().get(at));
        let sum = match (&scoped.want, loose) {
            (Want::Phrase(slots, slop), _) => in_row(slots, *slop),
            (Want::Word(_), Some(Some(loose))) => in_words(std::slice::from_ref(&loose.lookup)),
            (Want::Word(_), Some(None)) => {
                let beside = scoped.beside();
                beside.map_or(0.0, |slots| in_row(slots, weights::BESIDE_SLOP))
            }
            (Want::Word(sought), None) => {
                let lookups: Vec<Lookup> = sought.lookups(true).cloned().collect();
                let synonyms = sought.synonyms.iter().filter(|s| !s.slots.is_empty());
                let synonyms = synonyms.map(|s| in_row(&s.slots, 0) * weights::SYNONYM);
                in_words(&lookups) + synonyms.sum::<f32>()
            }
        };
        let shares = &self.lowered.shares[want][share];
        let points = || shares.points(sum, self.facts, |forms| self.measured.has_form(forms));
        Ok((sum > 0.0).then(points).flatten())
    }

    fn word_in(&self, row: usize, lookups: &[Lookup]) -> Result<f32> {
        Ok(self.measured.word_in(row, lookups))
    }

    fn row_in(&self, row: usize, slots: &[Vec<String>], slop: u32) -> Result<f32> {
        Ok(self.measured.row_in(row, slots, slop))
    }
}
