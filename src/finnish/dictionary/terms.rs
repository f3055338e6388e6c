//! Terms: what an index holds for a word, and what a query looks for.
//!
//! A document is taken apart, a query is not: who asks for `työllisyyspalvelu` does not ask
//! for every `palvelu`. The kinds are kept apart so that they can weigh differently; how much
//! each weighs is not decided here.
use crate::finnish::term::{Kind, Term};

use super::voikko::{Link, Reading, Scratch, Standing};
use super::words::Words;

impl Words {
    /// What an index holds for a word, each term once, with its closest kind.
    pub fn index(&self, word: &str, scratch: &mut Scratch) -> Vec<Term> {
        let mut terms = Vec::new();
        for reading in self.readings(word, scratch) {
            terms.push((reading.kind(), reading.base));
            terms.extend(reading.parts.into_iter().map(|part| (Kind::Part, part)));
            terms.extend(reading.pieces.into_iter().map(|piece| (Kind::Piece, piece)));
            terms.extend(reading.variant.map(|variant| (Kind::Piece, variant)));
            terms.extend(reading.derived.map(|(word, link)| (kind(link), word)));
        }
        settle(terms)
    }

    /// What a query looks for: the word as a whole, in any of its forms. A word that is its own
    /// base form is meant as that, whatever else it could be a form of.
    pub fn query(&self, word: &str, scratch: &mut Scratch) -> Vec<Term> {
        let lower = word.to_lowercase();
        let mut readings = self.readings(word, scratch);
        let exact =
            |reading: &Reading| reading.base == lower && reading.standing != Standing::Guessed;
        let itself = readings.iter().any(exact);
        let mut terms = Vec::new();
        for reading in readings
            .drain(..)
            .filter(|reading| !itself || exact(reading))
        {
            terms.push((reading.kind(), reading.base));
            terms.extend(reading.variant.map(|variant| (Kind::Piece, variant)));
            // `kuntouttava` is a word of its own, `siivottu` a form of siivota all the same.
            let derived = reading.derived.map(|(word, link)| match link {
                Link::Participle if itself => (Kind::Derived, word),
                _ => (kind(link), word),
            });
            terms.extend(derived);
        }
        settle(terms)
    }

    /// The compound that `työllistymis-` stands for before `koulutuspalvelut`, if there is one.
    pub fn completed(&self, first: &str, second: &str, scratch: &mut Scratch) -> Option<String> {
        let first = first.strip_suffix(['-', '–'])?;
        let second = second.to_lowercase();
        let seams = self.dictionary.seams(&second, scratch);
        let tails = seams.iter().rev().filter_map(|&seam| second.get(seam..));
        let joined = tails.map(|tail| format!("{}{tail}", first.to_lowercase()));
        joined
            .into_iter()
            .find(|word| self.dictionary.knows(word, scratch))
    }
}

impl Reading {
    /// The verb of a participle.
    pub(super) fn verb(&self) -> Option<&str> {
        let (verb, link) = self.derived.as_ref()?;
        (kind(*link) == Kind::Verb).then_some(verb.as_str())
    }

    fn kind(&self) -> Kind {
        if self.standing == Standing::Guessed {
            Kind::Guess
        } else {
            Kind::Base
        }
    }
}

fn kind(link: Link) -> Kind {
    match link {
        Link::Participle | Link::Past => Kind::Verb,
        Link::Minen | Link::Adverb | Link::Quality => Kind::Derived,
    }
}

/// The terms without hyphens, the closest first, each once.
fn settle(mut found: Vec<(Kind, String)>) -> Vec<Term> {
    found.sort_by_key(|(kind, _)| *kind);
    let mut terms: Vec<Term> = Vec::with_capacity(found.len());
    for (kind, mut text) in found {
        text.retain(|letter| !matches!(letter, '-' | '–' | '='));
        if !text.is_empty() && terms.iter().all(|term| *term.text != *text) {
            terms.push(Term {
                kind,
                text: text.into(),
            });
        }
    }
    terms
}
