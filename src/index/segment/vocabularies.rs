//! The vocabularies of all workers that fill a segment, as one.
//!
//! A worker numbers forms as it meets them. Here those of the second worker follow
//! those of the first, and so on; a form that several have met has as many numbers.

use crate::finnish::{Terms, Vocabulary};

use super::strings::short;

/// Forms of several vocabularies, numbered one after the other.
pub(super) struct Vocabularies<'v> {
    all: Vec<&'v Vocabulary>,
    /// The number of each one's first form.
    firsts: Vec<u32>,
}

impl<'v> Vocabularies<'v> {
    pub(super) fn new(all: Vec<&'v Vocabulary>) -> Self {
        let mut next = 0;
        let first = |vocabulary: &&Vocabulary| {
            let first = short(next);
            next += vocabulary.len();
            first
        };
        let firsts = all.iter().map(first).collect();
        Self { all, firsts }
    }

    /// How many forms there are; their numbers lie below.
    pub(super) fn len(&self) -> usize {
        self.all.iter().map(|vocabulary| vocabulary.len()).sum()
    }

    /// The number of each vocabulary's first form.
    pub(super) fn firsts(&self) -> &[u32] {
        &self.firsts
    }

    /// The form with a number, as it stands in texts.
    pub(super) fn form(&self, number: u32) -> &'v str {
        let at = self.firsts.iter().rposition(|first| *first <= number);
        let at = at.unwrap_or_default();
        let found = self.all.get(at).zip(self.firsts.get(at));
        found.map_or("", |(vocabulary, first)| {
            vocabulary.form((number - first) as usize)
        })
    }

    /// The terms of all forms, in the order of their numbers.
    pub(super) fn terms(&self) -> impl Iterator<Item = Terms<'v>> {
        let all = self.all.iter();
        all.flat_map(|vocabulary| (0..vocabulary.len()).map(|form| vocabulary.terms(form)))
    }
}
