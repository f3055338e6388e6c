//! The words that workers have written down, to be read part by part: each of them as
//! the terms of a dictionary, in order.

use std::io;

use crate::finnish::Kind;

use super::log::Logs;
use super::out::Out;
use super::terms::Terms;
use super::vocabularies::Vocabularies;
use super::writer::Share;
use super::{forms, invert};

/// A part of what is kept of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Base forms by section, with their places.
    Bases,
    /// All other terms by section: how often a document has each.
    Others,
    /// Forms as they stand in texts: which documents have each.
    Forms,
}

impl Part {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Bases, Self::Others, Self::Forms];

    /// Whether it is kept how often a document has a term.
    pub(super) fn has_times(self) -> bool {
        self != Self::Forms
    }

    /// Whether it is kept where.
    pub(super) fn has_places(self) -> bool {
        self == Self::Bases
    }
}

/// Words in memory.
pub(super) struct Words<'s> {
    vocabularies: Vocabularies<'s>,
    /// By text field that has words, its row in FIELDS and its words.
    texts: Vec<(usize, Logs<'s>)>,
}

impl<'s> Words<'s> {
    /// What workers have written down.
    pub(super) fn new(shares: &'s [Share]) -> Self {
        let vocabularies = Vocabularies::new(shares.iter().map(Share::vocabulary).collect());
        let fields = shares.first().map_or(0, |share| share.logs.len());
        let text = |field: usize| {
            let logs = vocabularies.firsts().iter().zip(shares);
            let logs = logs.map(|(first, share)| (*first, &share.logs[field].1));
            (shares[0].logs[field].0, Logs::new(logs))
        };
        let texts = (0..fields).map(text);
        Self {
            texts: texts.filter(|(_, logs)| logs.words() > 0).collect(),
            vocabularies,
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        invert::extent(&self.texts).0
    }

    /// Writes the terms of a part.
    pub(super) fn write(&self, part: Part, out: &mut impl Out) -> io::Result<()> {
        let terms = |takes: fn(Kind) -> bool| Terms::of(&self.vocabularies, takes);
        match part {
            Part::Bases => invert::write(&self.texts, &terms(|kind| kind == Kind::Base), out),
            Part::Others => invert::write(&self.texts, &terms(|kind| kind != Kind::Base), out),
            Part::Forms => forms::write(&self.texts, &self.vocabularies, out),
        }
    }
}
