//! The choice among guesses: by what they cost, and by what the lexicon knows of them.
//!
//! Apart from the chain because here a word is read, and there its terms are named. Memory is kept
//! from word to word, one for each thread.

use std::cell::Cell;

use super::compound::{Cutter, Part};
use super::family;
use super::guess::{Guess, Guesses};
use super::lexicon::Lexicon;
use super::pattern::{Word, ends};

/// How much less likely than the best a base form may be, in units of surprise.
pub(super) const MARGIN: f32 = 4.0;
/// The most base forms of one word.
const CHOICES: usize = 3;
/// What a compound's head counts, of the weight it has as a word, to the compound's base form.
const HEAD: f32 = 0.3;
/// A head counts no more than with this weight.
const MOST_HEAD: f32 = 20.0;

/// One way to read a word.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) score: f32,
    pub(super) base: Word,
    pub(super) parts: Vec<Part>,
    /// Whether the lexicon knows all its parts.
    pub(super) known: bool,
    /// The participle that the word is, if its base form is a verb's.
    pub(super) participle: Option<Word>,
    /// The word that the base form was made of.
    pub(super) root: Option<Word>,
}

/// The likely base forms of a plain word, the best first, each with its parts if a compound.
pub(super) fn choices(lexicon: &Lexicon, word: &[u8]) -> Vec<Choice> {
    thread_local! {
        static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
    }
    let mut scratch = SCRATCH.take().unwrap_or_default();
    let choices = scratch.choose(lexicon, word);
    SCRATCH.set(Some(scratch));
    choices
}

/// Memory that is used from word to word.
#[derive(Debug, Default)]
struct Scratch {
    guesses: Guesses,
    roots: Guesses,
    cutter: Cutter,
}

impl Scratch {
    fn choose(&mut self, lexicon: &Lexicon, word: &[u8]) -> Vec<Choice> {
        let Scratch {
            guesses,
            roots,
            cutter,
        } = self;
        guesses.of(word);
        cutter.find_seams(lexicon, word);
        let score = |guess: &Guess| {
            // A compound is inflected as its head is.
            let head = HEAD
                * cutter
                    .head_weight(lexicon, guesses.base(guess))
                    .min(MOST_HEAD);
            lexicon.belief(guess.hash, head) - f32::from(guess.cost) / 10.0
        };
        let mut scored: Vec<(f32, &[u8])> = Vec::with_capacity(guesses.all.len());
        scored.extend(guesses.all.iter().map(|g| (score(g), guesses.base(g))));
        let order =
            |a: &(f32, &[u8]), b: &(f32, &[u8])| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1));
        let best = scored.iter().copied().min_by(order);
        let participle = best.and_then(|(_, verb)| participle(word, verb, &scored));
        let least = best.map_or(0.0, |best| best.0 - MARGIN);
        scored.retain(|(score, _)| *score >= least);
        scored.sort_unstable_by(order);
        scored.truncate(CHOICES);
        let mut read = |(score, base): (f32, &[u8])| {
            let parts = cutter.split(lexicon, base);
            Choice {
                score,
                base: base.to_vec(),
                known: parts.is_some(),
                parts: parts.unwrap_or_default(),
                participle: None,
                root: None,
            }
        };
        let mut choices: Vec<Choice> = scored.into_iter().map(&mut read).collect();
        if let Some(best) = choices.first_mut() {
            best.root = family::root(lexicon, &best.base, roots);
            best.participle = participle;
        }
        // A word with one strange part is believed only where no reading knows both.
        if choices.iter().all(|choice| choice.parts.is_empty()) {
            for choice in &mut choices {
                let parts = cutter.half_known(lexicon, &choice.base);
                choice.parts = parts.unwrap_or_default();
            }
        }
        choices
    }
}

/// The likeliest participle that a form is, if the best guess is its verb.
fn participle(word: &[u8], verb: &[u8], scored: &[(f32, &[u8])]) -> Option<Word> {
    // A verb's third person looks like the plural of a participle.
    if ends(word, "vAt").is_some() {
        return None;
    }
    let own = scored
        .iter()
        .filter(|(_, base)| family::is_participle(base, verb));
    let best = own.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    Some(best.1.to_vec())
}
