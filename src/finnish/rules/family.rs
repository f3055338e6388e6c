//! Families: verbs of participles, and words that endings make of other words.
//!
//! Apart from the chain because nothing here chooses a base form. `ostettava` and `omaksuminen` are
//! words of their own and come from verbs; who asks for the verb should find them, behind the
//! verb's own forms. A relative counts only if the collection knows it.

use super::guess::Guesses;
use super::lexicon::Lexicon;
use super::pattern::{Word, ends};

/// Ends of participles in base form.
const PARTICIPLES: &[&str] = &["nUt", "sUt", "lUt", "rUt", "ttU", "tU", "vA"];

/// Swaps of ends that lead from a word to the word that it was made of.
const ROOTS: &[(&str, &[u8])] = &[("sUUs", b"nen"), ("sesti", b"nen")];

/// The least letters that a participle shares with its verb.
const SHARED: usize = 3;

/// Tells whether a form looks like a participle of this verb, in base form.
pub(super) fn is_participle(word: &[u8], verb: &[u8]) -> bool {
    let shared = word.iter().zip(verb).take_while(|(a, b)| a == b).count();
    word != verb
        && ends(verb, "A").is_some()
        && shared >= SHARED.max(verb.len().saturating_sub(3))
        && PARTICIPLES.iter().any(|end| ends(word, end).is_some())
}

/// The word that a base form was made of by an ending, if the collection knows it.
pub(super) fn root(lexicon: &Lexicon, base: &[u8], guesses: &mut Guesses) -> Option<Word> {
    if let Some(stem) = base.strip_suffix(b"minen") {
        guesses.verb_of(stem);
        let known = |hash| lexicon.weight(hash);
        let best = guesses.all.iter().filter(|g| known(g.hash) >= 1.0);
        let best = best.max_by(|a, b| known(a.hash).total_cmp(&known(b.hash)))?;
        return Some(guesses.base(best).to_vec());
    }
    let (keep, end) = ROOTS
        .iter()
        .find_map(|(end, to)| Some((ends(base, end)?, to)))?;
    let root = [&base[..keep], end].concat();
    lexicon.holds(&root).then_some(root)
}
