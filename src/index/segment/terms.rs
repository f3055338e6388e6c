//! The terms of a segment's forms, each once and in order.
//!
//! What a form's terms are is settled once a form here, so that inverting a
//! field touches numbers only: a form's number leads to its terms' places in
//! the order of the dictionary.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::finnish::Kind;

use super::super::entry::mark;
use super::strings::{Strings, short, sorted};
use super::vocabularies::Vocabularies;

/// Terms of forms, each with the mark of its kind.
pub(super) struct Terms {
    texts: Strings,
    /// By place in the order, the number of the text.
    order: Vec<u32>,
    /// By form, where the places of its terms begin; one more at the end.
    starts: Vec<u32>,
    /// Places in the order.
    places: Vec<u32>,
}

impl Terms {
    /// The terms of all forms that are of a kind that `takes` accepts.
    pub(super) fn of(vocabularies: &Vocabularies<'_>, takes: impl Fn(Kind) -> bool) -> Self {
        let mut names = Names::default();
        let (mut starts, mut places) = (Vec::with_capacity(vocabularies.len() + 1), Vec::new());
        let mut marked = String::new();
        for terms in vocabularies.terms() {
            starts.push(short(places.len()));
            for term in terms.iter().filter(|t| takes(t.kind)) {
                marked.clear();
                marked.push_str(term.text);
                marked.push(mark(term.kind));
                places.push(names.number(&marked));
            }
        }
        starts.push(short(places.len()));
        let texts = names.texts;
        let order = sorted(texts.len(), |number| texts.get(number));
        let mut ranks = vec![0; order.len()];
        for (text, place) in order.iter().zip(0..) {
            ranks[*text as usize] = place;
        }
        for place in &mut places {
            *place = ranks[*place as usize];
        }
        Self {
            texts,
            order,
            starts,
            places,
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// The term at a place in the order.
    pub(super) fn get(&self, place: usize) -> &str {
        let text = self.order.get(place);
        text.map_or("", |text| self.texts.get(*text))
    }

    /// The places of a form's terms.
    pub(super) fn of_form(&self, form: u32) -> &[u32] {
        let form = form as usize;
        match self.starts.get(form..form + 2) {
            Some(&[start, end]) => &self.places[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// Numbers texts as they come, equal ones alike.
#[derive(Default)]
struct Names {
    hasher: RandomState,
    numbers: HashTable<u32>,
    texts: Strings,
}

impl Names {
    fn number(&mut self, text: &str) -> u32 {
        let Self {
            hasher,
            numbers,
            texts,
        } = self;
        let hash = hasher.hash_one(text);
        if let Some(number) = numbers.find(hash, |number| texts.get(*number) == text) {
            return *number;
        }
        let number = texts.push(text);
        numbers.insert_unique(hash, number, |number| hasher.hash_one(texts.get(*number)));
        number
    }
}
