//! The analyzer (first version).

use rust_stemmers::{Algorithm, Stemmer};
use std::collections::HashMap;
use super::token;

/// What a term is to its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The surface form in lower case.
    Exact,
    /// A base form or its stem.
    Base,
    /// A compound part.
    Part,
    /// Several adjoining parts of a longer compound.
    Piece,
    /// A word of the same family.
    Derived,
}

/// One term of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is to the word.
    pub kind: Kind,
    /// Its text.
    pub text: Box<str>,
}

/// One word of a text with its terms.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Surface form, normalised.
    pub form: &'a str,
    /// Byte range in the text.
    pub start: usize,
    /// End of the range.
    pub end: usize,
    /// Base forms and relatives.
    pub terms: &'a [Term],
}

/// Buffers.
#[derive(Default)]
pub struct Scratch {
    token: token::Scratch,
    cache: HashMap<String, Box<[Term]>, foldhash::fast::RandomState>,
}

/// The chain.
pub struct Analyzer {}

impl Analyzer {
    /// Snowball.
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }

    /// What decides the terms.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        "snowball-1".to_owned()
    }

    /// Terms of a form.
    #[must_use]
    pub fn terms(&self, form: &str) -> Vec<Term> {
        let stemmer = Stemmer::create(Algorithm::Finnish);
        let mut terms = vec![Term { kind: Kind::Base, text: stemmer.stem(form).into() }];
        if form.contains('-') {
            terms.extend(form.split('-').filter(|p| !p.is_empty()).map(|p| Term {
                kind: Kind::Part,
                text: stemmer.stem(p).into(),
            }));
        }
        terms
    }

    /// Terms of a query's word.
    #[must_use]
    pub fn query_terms(&self, form: &str) -> Vec<Term> {
        self.terms(form)
    }

    /// Calls `each` for every word.
    pub fn for_each_word(&self, text: &str, scratch: &mut Scratch, mut each: impl FnMut(Word<'_>)) {
        let Scratch { token, cache } = scratch;
        token::for_each_token(text, token, |token| {
            let form: &str = &token.form;
            if !cache.contains_key(form) {
                cache.insert(form.to_owned(), self.terms(form).into());
            }
            if let Some(terms) = cache.get(form) {
                each(Word { form, start: token.start, end: token.end, terms });
            }
        });
    }
}
