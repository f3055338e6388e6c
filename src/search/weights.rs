//! Every number that ranks, each with its reason.
//!
//! The weights of sections stand in the FIELDS table; here is what they are
//! put into. All of it is data, so that one place shows what an experiment
//! changed.

use crate::finnish::Kind;

/// BM25's saturation: how soon further occurrences stop counting. The usual
/// value (Robertson and Zaragoza 2009); others measured no better.
pub const K1: f32 = 1.2;

/// BM25's length normalisation, the usual value.
pub const B: f32 = 0.75;

/// What a document's very form of the query's word adds, as a share of what
/// the word is worth.
pub const EXACT: f32 = 0.1;

/// What an occurrence is worth by what the document's term is to its word.
#[must_use]
pub fn held(kind: Kind) -> f32 {
    match kind {
        Kind::Base => 1.0,
        Kind::Guess => 1.0,
        Kind::Verb => 0.8,
        // A compound's part says less than the word itself.
        Kind::Part => 0.6,
        Kind::Piece => 0.7,
        Kind::Derived => 0.25,
    }
}

/// What a term of the query is worth by what it is to the word asked for.
#[must_use]
pub fn asked(kind: Kind) -> f32 {
    match kind {
        Kind::Base | Kind::Guess => 1.0,
        Kind::Verb | Kind::Part | Kind::Piece => 0.8,
        Kind::Derived => 0.25,
    }
}

/// What a part or relative of the query's word is worth against the word.
#[must_use]
pub fn loose(kind: Kind) -> f32 {
    match kind {
        Kind::Part => 0.85,
        Kind::Piece => 0.5,
        _ => 0.25,
    }
}

/// The words that begin as a word of the query does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Family {
    /// How many tenths of the word's letters they share with it.
    pub tenths: usize,
    /// The least letters that stand for a family; shorter beginnings are shared
    /// by words that have nothing else in common.
    pub least: usize,
    /// What such a word is worth against the word itself.
    pub weight: f32,
}

/// A word's families, the nearer first: derivation in Finnish is by endings (osallisuus,
/// osallistua), and inflection may change the stem's end (työllistyminen,
/// työllisyys), so the nearer one misses some of those that mean the same.
pub const FAMILIES: [Family; 2] = [
    Family {
        tenths: 6,
        least: 5,
        weight: 0.3,
    },
    Family {
        tenths: 4,
        least: 4,
        weight: 0.1,
    },
];

/// Families are looked for of words that fewer projects have: of others there
/// is enough to read that says the very word.
pub const FEW: u64 = 100;

/// What a word is worth that is spelt nearly as the query's, by the letters
/// between them.
pub const TYPO: [f32; 3] = [1.0, 0.7, 0.4];

/// What an occurrence of a synonym is worth: a little less than the word's, so
/// that of two projects alike the one comes first that says it as the query.
pub const SYNONYM: f32 = 0.8;

/// How many letters may be wrong in a word of so many.
#[must_use]
pub fn typos(letters: usize) -> usize {
    if letters > 5 { 2 } else { 1 }
}

/// What it adds that two words of the query follow each other, as they do in it,
/// against the second word: those who type two words mostly mean them together.
pub const BESIDE: f32 = 1.0;

/// How many words may stand between two that follow each other: about as many
/// as a clause has.
pub const BESIDE_SLOP: u32 = 8;

/// Robertson's inverse document frequency, never negative.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of documents, far below 2^24 in effect"
)]
pub fn idf(documents: u64, with_word: u64) -> f32 {
    let (all, with) = (documents as f32, with_word as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// The most telling words of a project that similar ones are looked for by:
/// with more of them, everyday words drown the others.
pub const TELLING: usize = 40;

/// What a name of a person, a place or a project tells against another word:
/// places are compared as places, and names say little of what is done.
pub const TELLING_NAME: f32 = 0.3;

/// What a part of a compound tells against a word of its own.
pub const TELLING_PART: f32 = 0.4;

/// The share of runs in common, of four words or so, from which on two texts are nearly the
/// same. Applications that copy the plan of a sister project have more, those
/// that copy a chapter have less.
pub const NEAR_DUPLICATE: f32 = 0.5;

/// What one occurrence is worth in a text of so many words: the section's weight,
/// less in a text that is longer than the section's mean.
#[must_use]
pub fn occurrence(section: f32, length: f32, mean: f32) -> f32 {
    section / (1.0 - B + B * length / mean)
}

/// How much a word counts that occurs so often: ever less for each time.
#[must_use]
pub fn saturated(sum: f32) -> f32 {
    sum * (K1 + 1.0) / (sum + K1)
}
