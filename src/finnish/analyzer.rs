//! Texts → words with their terms: tokenizer, chain and cache as one.
//!
//! The one door through which index and search come to Finnish. Halves of
//! elided compounds are completed here, where the word that completes them is
//! in sight; all else about a word is the chain's to say.

use std::sync::Arc;

use super::forms::{Own, Shared};
use super::term::{Chain, Term};
use super::token::{self, Shape, Token};

/// One word of a text with its terms.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The form in the text, normalised.
    pub form: &'a str,
    /// A number that only this form has for this [`Scratch`], or
    /// [`UNKEPT`](super::UNKEPT).
    pub number: u32,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its base forms, parts and relatives.
    pub terms: &'a [Term],
}

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    token: token::Scratch,
    own: Own,
    halves: String,
}

/// The analyzer: the same for documents and for queries.
pub struct Analyzer {
    chain: Box<dyn Chain>,
    shared: Shared,
}

impl Analyzer {
    /// An analyzer on a chain.
    #[must_use]
    pub fn new(chain: Box<dyn Chain>) -> Self {
        Self {
            chain,
            shared: Shared::default(),
        }
    }

    /// Names what decides the terms.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.chain.fingerprint()
    }

    /// Calls `each` for every word of a text.
    pub fn for_each_word(
        &self,
        text: &str,
        scratch: &mut Scratch,
        mut each: impl FnMut(Word<'_>),
    ) {
        let Scratch { token, own, halves } = scratch;
        token::for_each_token(text, token, |token| {
            let (number, terms) = match token.link {
                Some(link) => {
                    // A half's terms hang on the word that completes it.
                    halves.clear();
                    halves.push_str(&token.form);
                    halves.push('\u{1f}');
                    halves.push_str(text.get(link.0..link.1).unwrap_or_default());
                    own.get(halves, &self.shared, |_| self.half(&token, &text[link.0..link.1]))
                }
                None => own.get(&token.form, &self.shared, |form| self.whole(form)),
            };
            each(Word {
                form: &token.form,
                number,
                start: token.start,
                end: token.end,
                terms,
            });
        });
    }

    /// The terms by which a form of a query looks for documents.
    #[must_use]
    pub fn query(&self, form: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        self.chain.query(form, &mut terms);
        terms
    }

    fn whole(&self, form: &str) -> Arc<[Term]> {
        let mut terms = Vec::new();
        self.chain.terms(form, &mut terms);
        finish(terms)
    }

    /// The terms of a half: of the word it stands for, and of what is written.
    fn half(&self, token: &Token<'_>, other: &str) -> Arc<[Term]> {
        let other = other.to_lowercase();
        let front = token.shape == Shape::Front;
        let Some(word) = self.chain.complete(&token.form, &other, front) else {
            return self.whole(&token.form);
        };
        let mut terms = Vec::new();
        self.chain.terms(&word, &mut terms);
        finish(terms)
    }
}

/// Drops what is twice: a term stands once, with its closest kind.
fn finish(mut terms: Vec<Term>) -> Arc<[Term]> {
    terms.sort_by_key(|term| term.kind);
    let mut kept: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        if kept.iter().all(|other| other.text != term.text) {
            kept.push(term);
        }
    }
    kept.into()
}
