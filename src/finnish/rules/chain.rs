//! The chain without a dictionary: rules, and what the collection itself shows.
//!
//! It chooses among the guesses for a form by what they cost and what the lexicon knows of them, and
//! cuts compounds where the lexicon knows the parts. A query's compound is not cut: whoever asks for
//! `työllisyyspalvelu` does not mean every `palvelu`.

use super::choice::{Choice, MARGIN, choices};
use super::lexicon::Lexicon;
use super::particle::is_particle;
use super::pattern::{Word, decode, encode, ends};
use crate::finnish::term::{Chain, Kind, Term};

/// The number of this algorithm and its rules; raised when terms change.
const VERSION: u32 = 2;

/// The chain without a dictionary: rules, and what the collection shows.
#[derive(Debug, Default)]
pub struct Rules {
    lexicon: Lexicon,
}

impl Rules {
    /// A chain that knows this lexicon; an empty one leaves it the rules alone.
    pub fn new(lexicon: Lexicon) -> Self {
        Rules { lexicon }
    }

    /// The lexicon, to be stored with an index.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What a word without hyphens is, the likeliest first.
    fn read(&self, form: &str) -> Vec<Choice> {
        let mut word = Word::new();
        let plain = !is_particle(form) && form.chars().all(char::is_alphabetic);
        if plain && encode(form, &mut word) {
            return choices(&self.lexicon, &word);
        }
        Vec::new()
    }

    /// Adds the base forms of any form: what stands before the last hyphen stays as it is.
    fn push_bases(&self, form: &str, choices: &[Choice], margin: f32, out: &mut Vec<Term>) {
        let bare = without_ending(form);
        let head = bare.rfind('-').map_or("", |at| &bare[..=at]);
        let Some(best) = choices.first() else {
            return push(out, Kind::Base, bare);
        };
        let mut kind = Kind::Base;
        if let Some(participle) = &best.participle {
            push(out, kind, &joined(head, participle));
            kind = Kind::Verb;
        }
        for choice in choices.iter().filter(|c| c.score >= best.score - margin) {
            push(out, kind, &joined(head, &choice.base));
            kind = Kind::Guess;
        }
        if let Some(root) = &best.root {
            push(out, Kind::Derived, &joined(head, root));
        }
    }

    /// Adds the parts of a compound, and of what stands between hyphens; `last` is what stands
    /// behind the last one.
    fn push_parts(&self, form: &str, last: &[Choice], out: &mut Vec<Term>) {
        let bare = without_ending(form);
        let mut words = bare.split('-').filter(|p| !p.is_empty()).peekable();
        let hyphened = bare.contains('-');
        while let Some(word) = words.next() {
            let own = words.peek().map(|_| self.read(word));
            let choices = own.as_deref().unwrap_or(last);
            if hyphened && choices.is_empty() {
                push(out, Kind::Part, word);
            }
            for choice in choices {
                if hyphened {
                    push(out, Kind::Part, &text(&choice.base));
                }
                choice.push_parts(out);
            }
        }
    }

    /// What a form's last word is: what stands behind the last hyphen.
    fn read_last(&self, form: &str) -> Vec<Choice> {
        let bare = without_ending(form);
        self.read(bare.rsplit('-').next().unwrap_or(bare))
    }
}

impl Choice {
    fn push_parts(&self, out: &mut Vec<Term>) {
        for part in &self.parts {
            push(out, Kind::Part, &text(&part.base));
        }
        let long = self.parts.len() > 2;
        for pair in self.parts.windows(2).filter(|_| long) {
            let (before, last) = (&pair[0], &pair[1]);
            if last.end < self.base.len() {
                let from = self.base[..before.end].iter().chain(&last.base);
                push(out, Kind::Piece, &text(&from.copied().collect::<Word>()));
                push(out, Kind::Piece, &text(&self.base[before.end..]));
            }
        }
    }
}

/// How much less likely than the best a base form of a query may be: a wrong guess costs more there.
const ASKED_MARGIN: f32 = 1.0;
fn text(word: &[u8]) -> String {
    joined("", word)
}

/// A word behind what stands before it as it is.
fn joined(head: &str, word: &[u8]) -> String {
    let mut out = String::with_capacity(head.len() + word.len() + 4);
    out.push_str(head);
    decode(word, &mut out);
    out
}

/// A form without the ending that hangs on it by a colon.
fn without_ending(form: &str) -> &str {
    match form.split_once(':') {
        Some((base, ending)) if !base.is_empty() && ending.chars().all(char::is_alphabetic) => base,
        _ => form,
    }
}

fn push(out: &mut Vec<Term>, kind: Kind, text: &str) {
    let known = |t: &Term| &*t.text == text && t.kind <= kind;
    if !text.is_empty() && !out.iter().any(known) {
        let text = text.into();
        out.push(Term { kind, text });
    }
}

impl Chain for Rules {
    fn terms(&self, form: &str, out: &mut Vec<Term>) {
        let choices = self.read_last(form);
        self.push_bases(form, &choices, MARGIN, out);
        self.push_parts(form, &choices, out);
    }

    fn query(&self, form: &str, out: &mut Vec<Term>) {
        let choices = self.read_last(form);
        let mut word = Word::new();
        let plain = encode(form, &mut word);
        let itself = |choice: &Choice| choice.base == word && choice.known;
        if !plain || !self.lexicon.holds(&word) && !choices.iter().any(itself) {
            return self.push_bases(form, &choices, ASKED_MARGIN, out);
        }
        // A word that is its own base form is meant as that, whatever else it could be a form of.
        push(out, Kind::Base, form);
        if let Some(best) = choices.first() {
            if best.participle.as_ref() == Some(&word) {
                // `ostettava` is a word of its own, `siivottu` a form of siivota all the same.
                let own = ends(&word, "vA").is_some();
                let kind = if own { Kind::Derived } else { Kind::Verb };
                push(out, kind, &text(&best.base));
            }
            if let Some(root) = best.root.as_ref().filter(|_| best.base == word) {
                push(out, Kind::Derived, &text(root));
            }
        }
    }

    fn complete(&self, half: &str, whole: &str, front: bool) -> Option<String> {
        let whole = without_ending(whole);
        if let Some((first, last)) = whole.rsplit_once('-') {
            return Some(if front {
                format!("{half}-{last}")
            } else {
                format!("{first}-{half}")
            });
        }
        let mut word = Word::new();
        if !encode(whole, &mut word) {
            return None;
        }
        let choice = choices(&self.lexicon, &word)
            .into_iter()
            .find(|c| !c.parts.is_empty())?;
        let cut = choice.parts.iter().rev().nth(1)?.end;
        if word.get(..cut) != choice.base.get(..cut) {
            return None;
        }
        Some(match front {
            true => format!("{half}{}", text(&word[cut..])),
            false => format!("{}{half}", text(&word[..cut])),
        })
    }

    fn fingerprint(&self) -> String {
        format!("rules {VERSION}, lexicon {:016x}", self.lexicon.hash())
    }
}
