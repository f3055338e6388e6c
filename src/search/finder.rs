//! Finds the words of a text that answer a query, whatever form they have there.
//!
//! A form is analysed once; how it answers is remembered for all other texts.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use crate::finnish::{Analyzer, Kind, Scratch, Word};

use super::beginnings::Beginnings;
use super::lookup::{Lookup, Sought, Want};
use super::plan::Scoped;

/// Things wanted that are told apart, one bit each.
const MOST_WANTS: usize = 64;

/// Finds words; remembers which forms answer the query.
pub(super) struct Finder<'a> {
    analyzer: &'a Analyzer,
    scratch: Scratch,
    pub(super) wants: Vec<Sought>,
    /// Whether to look for the words asked for; else for parts and relatives.
    pub(super) direct: bool,
    /// What the forms of the vocabulary answer, of the words asked for and of the
    /// others, if that is known.
    known: [Vec<Option<u64>>; 2],
    /// Finds where a word may begin that is one of the others, or asked for.
    beginnings: [OnceCell<Option<Rc<Beginnings>>>; 2],
}

impl<'a> Finder<'a> {
    pub(super) fn new<'w>(analyzer: &'a Analyzer, wants: impl Iterator<Item = &'w Scoped>) -> Self {
        let words_of = |scoped: &Scoped| match &scoped.want {
            Want::Word(sought) => sought.clone(),
            Want::Phrase(slots, _) => any_of(slots),
        };
        let wants = wants.filter(|scoped| scoped.shown);
        let wants: Vec<Sought> = wants.take(MOST_WANTS).map(words_of).collect();
        Self {
            analyzer,
            scratch: Scratch::default(),
            wants,
            direct: true,
            known: Default::default(),
            beginnings: Default::default(),
        }
    }

    /// What finds where a word may begin; none if that would be too much.
    pub(super) fn beginnings(&self) -> Option<Rc<Beginnings>> {
        let made = self.beginnings[usize::from(self.direct)].get_or_init(|| {
            let terms = self.wants.iter().enumerate().flat_map(|(want, sought)| {
                let lookups = sought.shown(self.direct);
                let terms = lookups.map(|lookup| &lookup.term).chain(&sought.forms);
                terms.map(move |term| (term.trim_start_matches('~'), 1 << want))
            });
            Beginnings::of(terms).map(Rc::new)
        });
        made.clone()
    }

    /// The words of a text that answer the query, with what they answer.
    pub(super) fn words(&mut self, text: &str) -> Vec<(Range<usize>, u64)> {
        self.words_at(text, |_| true)
    }

    /// Those of them that stand in a range which `likely` lets pass.
    pub(super) fn words_at(
        &mut self,
        text: &str,
        likely: impl FnMut(Range<usize>) -> bool,
    ) -> Vec<(Range<usize>, u64)> {
        let Self {
            analyzer,
            scratch,
            wants,
            direct,
            known,
            ..
        } = self;
        let mut found = Vec::new();
        analyzer.for_each_word_at(text, scratch, likely, |word| {
            let known = &mut known[usize::from(*direct)];
            if known.len() <= word.number {
                known.resize(word.number + 1, None);
            }
            let known = &mut known[word.number];
            let wants = *known.get_or_insert_with(|| answered(wants, *direct, &word));
            if wants != 0 {
                found.push((word.start..word.end, wants));
            }
        });
        found
    }
}

/// The words of a phrase, to be marked wherever they stand.
fn any_of(slots: &[Vec<String>]) -> Sought {
    Sought {
        lookups: slots
            .iter()
            .flatten()
            .map(|term| Lookup::base(term))
            .collect(),
        forms: Vec::new(),
        only: false,
        ..Sought::default()
    }
}

/// What a word answers, one bit each.
fn answered(wants: &[Sought], direct: bool, word: &Word<'_>) -> u64 {
    let has = |lookup: &Lookup| {
        word.terms.iter().any(|term| match lookup.stem {
            true => term.kind == Kind::Base && term.text.starts_with(&lookup.term),
            false => *term.text == *lookup.term && lookup.worth(term.kind) > 0.0,
        })
    };
    let answers = |sought: &Sought| {
        direct && sought.forms.iter().any(|form| form == word.form)
            || !sought.only && sought.shown(direct).any(has)
    };
    let bits = wants
        .iter()
        .enumerate()
        .filter(|(_, sought)| answers(sought));
    bits.fold(0, |bits, (number, _)| bits | 1 << number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finnish::rules::Rules;

    #[test]
    fn a_half_answers_for_the_word_that_completes_it_there() {
        let analyzer = Analyzer::new(Box::new(Rules::default()));
        let wanted = Scoped {
            want: Want::Phrase(vec![vec!["esr-rahasto".to_owned()]], 0),
            rows: Vec::new(),
            shown: true,
        };
        let mut finder = Finder::new(&analyzer, std::iter::once(&wanted));
        let text = "ESR- ja EAKR-tuki, ESR- ja EAKR-rahasto, ESR-rahastosta";
        let found = finder.words(text).into_iter();
        let found: Vec<_> = found.map(|(range, _)| &text[range]).collect();
        assert_eq!(found, ["ESR-", "ESR-rahastosta"]);
        assert_eq!(finder.words(&text[..17]), []);
    }
}
