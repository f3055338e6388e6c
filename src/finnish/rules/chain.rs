//! The chain without a dictionary: rules, and what the collection itself shows.
//!
//! It chooses among the guesses for a form by what they cost and what the lexicon knows of them, and
//! cuts compounds where the lexicon knows the parts. A query's compound is not cut: whoever asks for
//! `työllisyyspalvelu` does not mean every `palvelu`.

use super::compound::{self, Part};
use super::guess::{Guess, Guesses};
use super::lexicon::{Lexicon, PRIOR};
use super::particle::is_particle;
use super::pattern::{Word, decode, encode};
use super::store::{StoreError, sum};
use crate::finnish::term::{Chain, Kind, Term};
use std::sync::OnceLock;

/// The number of this algorithm and its rules; raised when terms change.
const VERSION: u32 = 1;

/// The chain without a dictionary: rules, and what the collection shows.
#[derive(Debug, Default)]
pub struct Rules {
    lexicon: Lexicon,
    /// The lexicon's hash, once it is known.
    hash: OnceLock<u64>,
}

impl Rules {
    /// A chain that knows this lexicon; an empty one leaves it the rules alone.
    pub fn new(lexicon: Lexicon) -> Self {
        Rules {
            lexicon,
            hash: OnceLock::new(),
        }
    }

    /// A chain that knows the lexicon that these bytes hold.
    ///
    /// # Errors
    /// When the bytes are no lexicon.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        let rules = Rules::new(Lexicon::from_bytes(bytes)?);
        // Read from bytes it need not be written again to be named.
        rules.hash.get_or_init(|| sum(bytes));
        Ok(rules)
    }

    /// The lexicon, to be stored with an index.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The likely base forms of a plain word, the best first, each with its parts if a compound.
    fn choose(&self, word: &[u8]) -> Vec<Choice> {
        let mut guesses = Guesses::default();
        guesses.of(word);
        let score = |guess: &Guess| {
            let known = PRIOR + self.lexicon.weight(&guess.base);
            known.ln() - f32::from(guess.cost) / 10.0
        };
        let mut scored: Vec<(f32, Word)> = guesses
            .all
            .into_iter()
            .map(|guess| (score(&guess), guess.base))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let least = scored.first().map_or(0.0, |best| best.0 - MARGIN);
        scored.retain(|(score, _)| *score >= least);
        scored.truncate(CHOICES);
        let cut = |(score, base): (f32, Word)| {
            let parts = compound::split(&self.lexicon, &base).unwrap_or_default();
            Choice { score, base, parts }
        };
        let mut choices: Vec<Choice> = scored.into_iter().map(cut).collect();
        // A word with one strange part is believed only where no reading knows both.
        if choices.iter().all(|choice| choice.parts.is_empty()) {
            for choice in &mut choices {
                let parts = compound::half_known(&self.lexicon, &choice.base);
                choice.parts = parts.unwrap_or_default();
            }
        }
        choices
    }

    /// What a word without hyphens is, the likeliest first.
    fn read(&self, form: &str) -> Vec<Choice> {
        let mut word = Word::new();
        let plain = !is_particle(form) && form.chars().all(char::is_alphabetic);
        if plain && encode(form, &mut word) {
            return self.choose(&word);
        }
        Vec::new()
    }

    /// Adds the base forms of any form: what stands before the last hyphen stays as it is.
    fn push_bases(&self, form: &str, margin: f32, out: &mut Vec<Term>) {
        let bare = without_ending(form);
        let last = bare.rsplit('-').next().unwrap_or(bare);
        let head = &bare[..bare.len() - last.len()];
        let choices = self.read(last);
        if choices.is_empty() {
            push(out, Kind::Base, bare);
        }
        let least = choices.first().map_or(0.0, |best| best.score - margin);
        let mut kind = Kind::Base;
        for choice in choices.iter().filter(|c| c.score >= least) {
            let base = text(&choice.base);
            push(out, kind, &format!("{head}{base}"));
            kind = Kind::Guess;
        }
    }

    /// Adds the parts of a compound, and of what stands between hyphens.
    fn push_parts(&self, form: &str, out: &mut Vec<Term>) {
        let bare = without_ending(form);
        let hyphened = bare.contains('-');
        for word in bare.split('-').filter(|p| !p.is_empty()) {
            let choices = self.read(word);
            if hyphened && choices.is_empty() {
                push(out, Kind::Part, word);
            }
            for choice in &choices {
                if hyphened {
                    push(out, Kind::Part, &text(&choice.base));
                }
                choice.push_parts(out);
            }
        }
    }
}

/// One way to read a word.
#[derive(Debug)]
struct Choice {
    score: f32,
    base: Word,
    parts: Vec<Part>,
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

/// How much less likely than the best a base form may be, in units of surprise.
const MARGIN: f32 = 4.0;
/// The same for a word of a query, where a wrong guess costs more.
const ASKED_MARGIN: f32 = 1.0;
/// The most base forms of one word.
const CHOICES: usize = 3;

fn text(word: &[u8]) -> String {
    let mut out = String::new();
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
        self.push_bases(form, MARGIN, out);
        self.push_parts(form, out);
    }

    fn query(&self, form: &str, out: &mut Vec<Term>) {
        let mut word = Word::new();
        if encode(form, &mut word) && self.lexicon.holds(&word) {
            push(out, Kind::Base, form);
        } else {
            self.push_bases(form, ASKED_MARGIN, out);
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
        let choice = self
            .choose(&word)
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
        format!(
            "rules {VERSION}, lexicon {:016x}",
            self.hash.get_or_init(|| self.lexicon.hash())
        )
    }
}
