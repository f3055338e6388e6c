//! Texts → words with their terms: tokenizer, chain and cache as one.
//!
//! The one door through which index and search come to Finnish. Halves of
//! elided compounds are completed here, where the word that completes them is
//! in sight; all else about a word is the chain's to say.

use std::ops::Range;
use std::sync::Arc;

use super::address;
use super::forms::{Asked, Shared, TIED, TOGETHER, Vocabulary};
use super::letter::normal;
use super::term::{Chain, Kind, Term, Terms};
use super::token::{self, Shape, Token};

/// One word of a text with its terms.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// The form in the text, normalised.
    pub form: &'a str,
    /// The form's number in the vocabulary of the scratch; halves of compounds have
    /// one for each word that completes them, and what is written apart has its own.
    pub number: usize,
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its base forms, parts and relatives.
    pub terms: Terms<'a>,
    /// Whether it is the half of a compound that another word completes; the terms
    /// are of the whole then.
    pub is_half: bool,
}

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    token: token::Scratch,
    vocabulary: Vocabulary,
    tied: String,
    asked: Vec<Asked>,
}

impl Scratch {
    /// The forms met so far.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}

/// Forms of queries whose terms are kept: what begins alike is asked for again and
/// again.
const MOST_ASKED: usize = 30_000;

/// The analyzer: the same for documents and for queries.
pub struct Analyzer {
    chain: Box<dyn Chain>,
    shared: Shared,
    /// What forms of queries look for.
    asked: Shared,
}

impl Analyzer {
    /// An analyzer on a chain.
    #[must_use]
    pub fn new(chain: Box<dyn Chain>) -> Self {
        Self {
            chain,
            shared: Shared::default(),
            asked: Shared::of(MOST_ASKED),
        }
    }

    /// Names what decides the terms.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.chain.fingerprint()
    }

    /// Calls `each` for every word of a text.
    pub fn for_each_word(&self, text: &str, scratch: &mut Scratch, each: impl FnMut(Word<'_>)) {
        self.for_each_word_at(text, scratch, |_| true, each);
    }

    /// Calls `each` for the words of a text that stand in a byte range which
    /// `likely` lets pass, and for all that are tied to another word. The others
    /// are not analysed: this is how a long text is searched for a few words.
    pub fn for_each_word_at(
        &self,
        text: &str,
        scratch: &mut Scratch,
        mut likely: impl FnMut(Range<usize>) -> bool,
        mut each: impl FnMut(Word<'_>),
    ) {
        let Scratch {
            token,
            vocabulary,
            tied,
            ..
        } = scratch;
        token::for_each_token(text, token, |token| {
            if token.link.is_none() && !likely(token.start..token.end) {
                return;
            }
            let number = self.number(text, &token, vocabulary, tied) as usize;
            each(Word {
                form: &token.form,
                number,
                start: token.start,
                end: token.end,
                terms: vocabulary.terms(number),
                is_half: is_half(&token),
            });
        });
    }

    /// Calls `each` with the number of every word's form in the vocabulary of
    /// `scratch`.
    pub fn for_each_number(&self, text: &str, scratch: &mut Scratch, mut each: impl FnMut(u32)) {
        let Scratch {
            token,
            vocabulary,
            tied,
            asked,
        } = scratch;
        asked.clear();
        let mut answer = |asked: &mut Vec<Asked>, vocabulary: &mut Vocabulary| {
            for form in asked.drain(..) {
                each(vocabulary.answer(&form, &self.shared, |form| self.whole(form)));
            }
        };
        token::for_each_token(text, token, |token| {
            let later = match token.link {
                None => vocabulary.ask(&token.form),
                Some(_) => None,
            };
            let now = || Asked::Number(self.number(text, &token, vocabulary, tied));
            asked.push(later.unwrap_or_else(now));
            if asked.len() == TOGETHER {
                answer(asked, vocabulary);
            }
        });
        answer(asked, vocabulary);
    }

    fn number(
        &self,
        text: &str,
        token: &Token<'_>,
        vocabulary: &mut Vocabulary,
        tied: &mut String,
    ) -> u32 {
        let Some(link) = token.link else {
            return vocabulary.number(&token.form, &self.shared, |form| self.whole(form));
        };
        // A half's terms hang on the word that completes it, those of what is written
        // apart on where it is parted.
        tied.clear();
        tied.push_str(&token.form);
        tied.push(TIED);
        tied.push_str(text.get(link.0..link.1).unwrap_or_default());
        vocabulary.number(tied, &self.shared, |_| {
            self.of_tied(token, &normal(&text[link.0..link.1]))
        })
    }

    /// The terms by which a form of a query looks for documents.
    #[must_use]
    pub fn query(&self, form: &str) -> Vec<Term> {
        let terms = self.asked.get(form, |form| {
            let mut terms = Vec::new();
            if is_opaque(form) {
                terms.push(Term {
                    kind: Kind::Base,
                    text: form.into(),
                });
            } else {
                self.chain.query(form, &mut terms);
            }
            Terms::packed(&terms).into()
        });
        Terms::new(&terms).iter().map(Term::from).collect()
    }

    /// The parts of a form that is a compound.
    #[must_use]
    pub fn parts(&self, form: &str) -> Vec<Term> {
        let terms = self.whole(form);
        let terms = Terms::new(&terms).iter();
        let parts = terms.filter(|term| matches!(term.kind, Kind::Part | Kind::Piece));
        parts.map(Term::from).collect()
    }

    fn whole(&self, form: &str) -> Arc<str> {
        finish(self.terms(form))
    }

    fn terms(&self, form: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        if is_opaque(form) {
            let term = |kind, text: &str| Term {
                kind,
                text: text.into(),
            };
            terms.push(term(Kind::Base, form));
            let parts = address::parts(form).flat_map(|part| part.split('-'));
            terms.extend(parts.map(|part| term(Kind::Part, part)));
        } else {
            self.chain.terms(form, &mut terms);
        }
        terms
    }

    /// The terms of a word that is tied to another: of the whole that it stands for, and
    /// the base forms of what stands there as a word of its own.
    fn of_tied(&self, token: &Token<'_>, other: &str) -> Arc<str> {
        let completed = || {
            let front = token.shape == Shape::Front;
            self.chain.complete(&token.form, other, front)
        };
        let (whole, own) = match is_half(token) {
            true => (completed(), token.form.as_ref()),
            false => (Some(token.form.to_string()), other),
        };
        let Some(whole) = whole else {
            return self.whole(own);
        };
        let own = self.terms(own).into_iter();
        let own = own.filter(|term| term.kind == Kind::Base);
        finish(self.terms(&whole).into_iter().chain(own).collect())
    }
}

/// Whether a token is the half of a compound that another word completes.
fn is_half(token: &Token<'_>) -> bool {
    token.link.is_some() && matches!(token.shape, Shape::Front | Shape::Back)
}

/// Whether a form is no word that has forms: an address, a code, a number.
fn is_opaque(form: &str) -> bool {
    let letters = form.contains(char::is_alphabetic);
    !letters || form.contains(['@', '/']) || form.contains('.') || token::is_code(form)
}

/// Drops what is twice: a term stands once, with its closest kind.
fn finish(mut terms: Vec<Term>) -> Arc<str> {
    terms.sort_by_key(|term| term.kind);
    let mut kept: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        if kept.iter().all(|other| other.text != term.text) {
            kept.push(term);
        }
    }
    Terms::packed(&kept).into()
}

#[cfg(test)]
mod tests {
    use super::super::rules::Rules;
    use super::super::term::TermRef;
    use super::*;

    fn of_kind(form: &str, kind: Kind) -> Vec<String> {
        let analyzer = Analyzer::new(Box::new(Rules::default()));
        let terms = analyzer.whole(form);
        let terms = Terms::new(&terms).iter();
        terms
            .filter(|t| t.kind == kind)
            .map(|t| t.text.to_string())
            .collect()
    }

    #[test]
    fn figures_codes_and_addresses_stay_as_they_are() {
        for form in ["1200", "21,8", "s20015", "heli.maki@laukaa.fi"] {
            assert_eq!(of_kind(form, Kind::Base), [form]);
        }
    }

    #[test]
    fn what_stands_as_a_word_of_its_own_is_one() {
        let analyzer = Analyzer::new(Box::new(Rules::default()));
        let bases = |text: &str| {
            let mut all = Vec::new();
            analyzer.for_each_word(text, &mut Scratch::default(), |word| {
                let base = |term: &TermRef<'_>| term.kind == Kind::Base;
                let bases = word.terms.iter().filter(base).map(|term| term.text);
                all.push(bases.collect::<Vec<_>>().join(" "));
            });
            all
        };
        assert_eq!(bases("Oma avain -hanke"), ["oma", "avain-hanke avain"]);
        assert_eq!(bases("Oma avain-hanke"), ["oma", "avain-hanke"]);
    }

    #[test]
    fn what_an_address_or_a_span_of_years_is_made_of_can_be_found() {
        let parts = of_kind("heli.maki@laukaa.fi", Kind::Part);
        assert_eq!(parts, ["heli", "maki", "laukaa", "fi"]);
        assert_eq!(of_kind("2021-2022", Kind::Part), ["2021", "2022"]);
    }
}
