//! The chain with a dictionary: Voikko's readings, and rules for the rest.
//!
//! `words` chooses among a dictionary's readings, `guess` and `endings` say
//! what unknown words may be, `terms` makes of them what index and query hold.

mod endings;
mod guess;
mod terms;
#[cfg(test)]
mod tests;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use super::term::{Chain, Kind, Term};
use super::voikko::{self, Dictionary, Scratch};

pub use words::Words;

/// The version of the rules here, raised when they give other terms.
const RULES: u32 = 1;

/// The chain that asks a dictionary.
pub struct Lemmas {
    dictionary: Arc<Dictionary>,
    words: Words,
    /// Scratches that nobody uses now; each has learnt ways through the file.
    idle: Mutex<Vec<Scratch>>,
}

impl Lemmas {
    /// A chain on an open dictionary.
    #[must_use]
    pub fn new(dictionary: Dictionary) -> Self {
        let dictionary = Arc::new(dictionary);
        Self {
            words: Words::new(Arc::clone(&dictionary)),
            dictionary,
            idle: Mutex::default(),
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = idle().pop().unwrap_or_else(Scratch::new);
        let result = work(&mut scratch);
        idle().push(scratch);
        result
    }
}

impl Chain for Lemmas {
    fn terms(&self, form: &str, out: &mut Vec<Term>) {
        let from = out.len();
        out.extend(self.with(|scratch| self.words.index(form, scratch)));
        // An unknown word's stem stands where a base form would.
        let stem = out[from..].iter().position(is_stem).unwrap_or(0);
        if out[from..].iter().all(|term| term.kind != Kind::Base) {
            match out.get_mut(from + stem) {
                Some(term) => term.kind = Kind::Base,
                None => out.push(Term {
                    kind: Kind::Base,
                    text: form.into(),
                }),
            }
        }
    }

    fn query(&self, form: &str, out: &mut Vec<Term>) {
        let terms = self.with(|scratch| self.words.query(form, scratch));
        if terms.is_empty() {
            out.push(Term {
                kind: Kind::Base,
                text: form.into(),
            });
        }
        out.extend(terms);
    }

    fn complete(&self, half: &str, whole: &str, front: bool) -> Option<String> {
        let half = format!("{half}-");
        front.then(|| self.with(|scratch| self.words.completed(&half, whole, scratch)))?
    }

    fn fingerprint(&self) -> String {
        format!(
            "voikko {} {:.16}, rules {RULES}",
            voikko::VARIANT,
            self.dictionary.hash()
        )
    }
}

/// Whether a term is the stem of a word that the dictionary lacks.
fn is_stem(term: &Term) -> bool {
    term.kind == Kind::Guess && term.text.starts_with('~')
}
