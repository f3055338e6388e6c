//! Filters and facets: what of the documents found is wanted, and what they
//! have.
//!
//! Filters of one field are alternatives, filters of several must all be met.
//! A facet counts what all filters leave but those of its own field.

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::index::Reader;

use super::Options;
use super::boolean::Found;
use super::condition::{self, Condition};
use super::docs::Docs;
use super::facet::{Counter, Facet};
use super::outcome;

/// Narrows documents segment by segment, and counts.
pub(super) struct Narrower<'a> {
    reader: &'a Reader,
    /// By row, conditions of which any will do.
    filters: Vec<(usize, Vec<Condition>)>,
    /// Whether a final report must be there, or must not.
    reported: Option<bool>,
    counters: Vec<(usize, Counter)>,
    /// What to tell of the filters.
    pub(super) remarks: Vec<String>,
}

impl<'a> Narrower<'a> {
    pub(super) fn new(reader: &'a Reader, analyzer: &Analyzer, options: &Options) -> Result<Self> {
        let mut filters = Vec::new();
        let mut remarks = Vec::new();
        for filter in &options.filters {
            let mut conditions = Vec::new();
            for test in &filter.tests {
                let (found, remark) = condition::condition(filter.row, test, reader, analyzer)?;
                conditions.push(found);
                remarks.extend(remark);
            }
            filters.push((filter.row, conditions));
        }
        let counters = options.facets.iter();
        Ok(Self {
            reader,
            filters,
            reported: options.reported,
            counters: counters
                .map(|row| (*row, Counter::new(*row, options.sums)))
                .collect(),
            remarks,
        })
    }

    /// What the filters leave of a segment's documents.
    pub(super) fn narrow(&mut self, segment: usize, mut found: Found) -> Result<Found> {
        let segment = &self.reader.segments[segment];
        let mut sets: Vec<(usize, Docs)> = Vec::with_capacity(self.filters.len());
        for (row, conditions) in &self.filters {
            let mut any = Docs::none(segment);
            for condition in conditions {
                any.add(&condition::docs(self.reader, segment, condition)?);
            }
            sets.push((*row, any));
        }
        if let Some(wanted) = self.reported {
            let docs = outcome::reported(self.reader, segment)?;
            match wanted {
                true => found.keep(&docs),
                false => found.leave_out(&docs),
            }
        }
        for (row, counter) in &mut self.counters {
            let others = || sets.iter().filter(|(other, _)| other != row);
            let mut left = found.all.clone();
            others().for_each(|(_, docs)| left.keep(docs));
            counter.add(segment, left.iter())?;
        }
        sets.iter().for_each(|(_, docs)| found.keep(docs));
        Ok(found)
    }

    /// What was counted.
    pub(super) fn facets(self) -> Vec<Facet> {
        let counters = self.counters.into_iter();
        counters.map(|(_, counter)| counter.facet()).collect()
    }
}
