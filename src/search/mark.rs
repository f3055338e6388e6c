//! Words of a query in any text: to mark them where a project is read as a
//! whole, and not only in the passages of a hit.

use std::ops::Range;

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::query::Query;

use super::finder::Finder;
use super::vocabulary::Vocabulary;
use super::{Options, plan};

/// Finds the words of a query in texts.
pub struct Marker<'a> {
    finder: Finder<'a>,
}

impl<'a> Marker<'a> {
    /// What marks the words of a query, those of its synonyms too.
    pub(super) fn new(
        (vocabulary, analyzer): (&impl Vocabulary, &'a Analyzer),
        query: &Query,
        options: &Options,
    ) -> Result<Self> {
        let opened = (vocabulary, analyzer);
        let planned = plan::plan(query, &options.rows(), opened, &options.synonyms)?;
        let finder = Finder::new(analyzer, planned.wants.iter());
        Ok(Self { finder })
    }

    /// The byte ranges of the words found in a text, in order.
    pub fn ranges(&mut self, text: &str) -> Vec<Range<usize>> {
        let found = self.finder.words(text).into_iter();
        found.map(|(range, _)| range).collect()
    }
}
