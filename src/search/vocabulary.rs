//! The seam between a plan and what it is made for: the words and values that
//! a collection has, whether they are in an index here or on a cluster.
//!
//! What a word with a star stands for and what a value means is the same on
//! both; where the words come from is all that differs.

use std::collections::HashMap;

use crate::error::Result;
use crate::index::Reader;

use super::{condition, expand, facet, suggest};

/// Which words to look through; more may be given.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(feature = "cluster"),
    expect(dead_code, reason = "an index looks through more and asks less")
)]
pub(super) enum Like<'a> {
    /// Those that begin so.
    Begin(&'a str),
    /// Those that end so, in any of these ways.
    End(&'a [String]),
    /// Those that have the first letter of this one, and of the others not more
    /// than so many differ.
    Near(&'a str, usize),
    /// Those that begin with this letter and have about as many as that word:
    /// so many more or fewer.
    Long(&'a str, &'a str, usize),
}

impl<'a> Like<'a> {
    /// What all of them begin with.
    fn beginning(self) -> &'a str {
        match self {
            Self::Begin(begin) | Self::Long(begin, ..) => begin,
            Self::End(_) => "",
            Self::Near(word, _) => word
                .char_indices()
                .nth(1)
                .map_or(word, |(at, _)| &word[..at]),
        }
    }
}

/// Whether a form is one of those that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Yes,
    No,
    /// It isn't, and neither is anything that begins with so many of its bytes.
    NorOthers(usize),
}

/// The words and values of a collection.
pub(super) trait Vocabulary {
    /// Calls `each` for forms that fit, with the number of projects that have
    /// them; for one form there may be several calls.
    fn each_form(
        &self,
        like: Like<'_>,
        fits: impl FnMut(&str) -> Fit,
        each: impl FnMut(&str, u32),
    ) -> Result<()>;

    /// Calls `each` for base forms with the number of projects, section by
    /// section.
    fn each_base(&self, rows: &[usize], like: Like<'_>, each: impl FnMut(&str, u32)) -> Result<()>;

    /// All keywords of a field, in order.
    fn keywords(&self, row: usize) -> Result<Vec<String>>;

    /// All keywords that stand in the field `to` where one of `held` stands in
    /// `from`.
    fn beside(&self, from: (&str, &[String]), to: &str) -> Result<Vec<String>>;

    /// How many projects have a base form in any of the sections.
    fn with_base(&self, rows: &[usize], term: &str) -> Result<u64>;

    /// How many projects have a form.
    fn with_form(&self, form: &str) -> Result<u64>;

    /// The values of a field of names that `fits` lets pass, each with the
    /// number of projects that have it and the key of one.
    fn named(&self, field: &str, fits: impl Fn(&str) -> bool) -> Result<Named>;
}

/// Names with the number of projects and the key of one of them.
pub(super) type Named = HashMap<String, (u64, Option<String>)>;

impl Vocabulary for Reader {
    fn each_form(
        &self,
        like: Like<'_>,
        fits: impl FnMut(&str) -> Fit,
        each: impl FnMut(&str, u32),
    ) -> Result<()> {
        expand::each_form(self, like.beginning(), fits, each)
    }

    fn each_base(&self, rows: &[usize], like: Like<'_>, each: impl FnMut(&str, u32)) -> Result<()> {
        match like {
            Like::End(ends) => expand::each_ending(self, rows, ends, each),
            like => expand::each_base(self, rows, like.beginning(), each),
        }
    }

    fn keywords(&self, row: usize) -> Result<Vec<String>> {
        condition::keywords(row, self)
    }

    fn beside(&self, from: (&str, &[String]), to: &str) -> Result<Vec<String>> {
        facet::beside(self, from, to)
    }

    fn with_base(&self, rows: &[usize], term: &str) -> Result<u64> {
        suggest::with_base(self, rows, term)
    }

    fn with_form(&self, form: &str) -> Result<u64> {
        suggest::with_form(self, form)
    }

    fn named(&self, field: &str, fits: impl Fn(&str) -> bool) -> Result<Named> {
        suggest::named(self, field, fits)
    }
}
