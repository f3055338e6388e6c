//! Compounds: where a word comes apart into words that the collection has too.
//!
//! Apart from the guesses because nothing here is inflection: a base form is cut into modifiers and
//! a head, each of them known to the lexicon. A modifier may be a base form, a genitive, or the
//! stem in -s of a word in -nen. Of all the ways to cut, the one with the best known parts wins.

use super::guess::Guesses;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::lexicon::Lexicon;
use super::particle::PREFIXES;
use super::pattern::{Word, encode, ends, is_vowel, swap, syllables};

/// The least letters of a part.
const MIN_PART: usize = 3;
/// The longest word that is cut.
const MAX_WORD: usize = 80;
/// The dearest guess a modifier's genitive may be.
const MAX_COST: i16 = 25;

/// What every cut costs.
const CUT: f32 = 4.0;
/// A word this well known is not cut beside a part that is not known at all.
const WELL_KNOWN: f32 = 3.0;
/// What the known part beside an unknown one must score.
const HALF: f32 = 0.9 - CUT;

/// A part of a compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it ends in the whole.
    pub(super) end: usize,
    /// Its base form.
    pub(super) base: Word,
}

/// The way to a place in the word: score, where its last part begins, that part's base form.
type Way = Option<(f32, usize, Word)>;

/// Cuts a base form into its parts, and those parts that are compounds into theirs.
pub(super) fn split(lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in cut(lexicon, word)? {
        // A part is shorter than the whole, so this ends.
        let end = part.end;
        match split(lexicon, &part.base) {
            Some(mut inner) => {
                let last = inner.len() - 1;
                for (i, piece) in inner.iter_mut().enumerate() {
                    piece.end = if i == last {
                        end
                    } else {
                        (start + piece.end).min(end)
                    };
                }
                parts.append(&mut inner);
            }
            None => parts.push(part),
        }
        start = end;
    }
    Some(parts)
}

/// Cuts a base form once through, into the best known words.
fn cut(lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
    let n = word.len();
    if !(2 * MIN_PART..=MAX_WORD).contains(&n) {
        return None;
    }
    let mut ways: Vec<Way> = vec![None; n + 1];
    ways[0] = Some((0.0, 0, Word::new()));
    for end in MIN_PART..=n {
        for start in 0..=end - MIN_PART {
            let Some(before) = ways[start].as_ref().map(|w| w.0) else {
                continue;
            };
            // What is cut off must be shorter than the whole, in its base form too.
            if (start == 0 && end == n) || (end < n && n - end < MIN_PART) {
                continue;
            }
            let part = &word[start..end];
            let found = if end == n {
                head(lexicon, part)
            } else {
                modifier(lexicon, part)
            };
            let Some((score, base)) = found.filter(|(_, base)| base.len() < n) else {
                continue;
            };
            if ways[end].as_ref().is_none_or(|w| w.0 < before + score) {
                ways[end] = Some((before + score, start, base));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = n;
    while end > 0 {
        let (_, start, base) = ways[end].take()?;
        parts.push(Part { end, base });
        end = start;
    }
    parts.reverse();
    Some(parts)
}

/// The best cut with one part known well and the other one not at all.
pub(super) fn half_known(lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
    let mut best: Option<(f32, Vec<Part>)> = None;
    if word.len() < 9 || lexicon.weight(word) > WELL_KNOWN {
        return None;
    }
    for cut in 4..=word.len() - 4 {
        let (a, b) = word.split_at(cut);
        if !begins_well(b) || !ends_well(a) {
            continue;
        }
        let stranger = |part: &[u8]| syllables(part) > 1 && !is_derivation(part);
        let (score, first, last) = match (modifier(lexicon, a), head(lexicon, b)) {
            (Some((score, base)), None) if b.len() > 4 && stranger(b) => (score, base, b.to_vec()),
            (None, Some((score, base))) if stranger(a) => (score, a.to_vec(), base),
            _ => continue,
        };
        if score < HALF || best.as_ref().is_some_and(|b| b.0 >= score) {
            continue;
        }
        let parts = vec![
            Part {
                end: cut,
                base: first,
            },
            Part {
                end: word.len(),
                base: last,
            },
        ];
        best = Some((score, parts));
    }
    best.map(|b| b.1)
}
fn ends_well(part: &[u8]) -> bool {
    part.last()
        .is_some_and(|&b| is_vowel(b) || matches!(b, b'n' | b's' | b'r' | b'l' | b't'))
}

/// How well a part is known; every cut costs.
fn score(lexicon: &Lexicon, base: &[u8], len: usize) -> Option<f32> {
    let weight = lexicon.part_weight(base);
    let least = if len <= 3 { 1.5 } else { 0.5 };
    (weight >= least && base.iter().any(|&b| is_vowel(b))).then(|| weight.ln_1p() - CUT)
}

fn head(lexicon: &Lexicon, part: &[u8]) -> Option<(f32, Word)> {
    Some((score(lexicon, part, part.len())?, part.to_vec()))
}

fn modifier(lexicon: &Lexicon, part: &[u8]) -> Option<(f32, Word)> {
    let mut best = head(lexicon, part);
    let mut offer = |found: Option<(f32, Word)>| {
        if let Some(found) = found
            && best.as_ref().is_none_or(|b| b.0 < found.0)
        {
            best = Some(found);
        }
    };
    if let Some(base) = prefixes().get(part) {
        offer(Some((PREFIX, base.clone())));
    }
    if let Some(base) = swap(part, "s", "nen") {
        offer(score(lexicon, &base, part.len()).map(|s| (s, base)));
    }
    if ends(part, "n").is_some() && part.len() > MIN_PART {
        let mut guesses = Guesses::default();
        guesses.genitive(part);
        for guess in guesses.all.iter().filter(|g| g.cost <= MAX_COST) {
            let known = score(lexicon, &guess.base, part.len());
            offer(known.map(|s| (s - f32::from(guess.cost) / 20.0, guess.base.clone())));
        }
    }
    best
}

/// What a prefix of the table scores as a part.
const PREFIX: f32 = -3.0;

/// The table of prefixes, ready for looking up.
fn prefixes() -> &'static HashMap<Word, Word, RandomState> {
    static TABLE: LazyLock<HashMap<Word, Word, RandomState>> = LazyLock::new(|| {
        let word = |text: &str| {
            let mut word = Word::new();
            encode(text, &mut word);
            word
        };
        PREFIXES
            .iter()
            .map(|(prefix, base)| (word(prefix), word(base)))
            .collect()
    });
    &TABLE
}

/// Tells whether a word can begin like this: a vowel, or consonants that Finnish words begin with.
fn begins_well(part: &[u8]) -> bool {
    const CLUSTERS: &[&[u8]] = &[
        b"pr", b"tr", b"kr", b"br", b"dr", b"gr", b"fr", b"pl", b"kl", b"bl", b"gl", b"fl", b"st",
        b"sp", b"sk", b"str", b"ps",
    ];
    let onset = part.iter().take_while(|&&b| !is_vowel(b)).count();
    onset < 2 || CLUSTERS.contains(&&part[..onset])
}

/// Tells whether a part is little more than a suffix that makes words of words.
fn is_derivation(part: &[u8]) -> bool {
    let little = |suffix: &&str| ends(part, suffix).is_some_and(|keep| keep < 4);
    super::rules::DERIVATIONS.iter().any(little)
}

/// Parts that recur with different known words beside them although they never stand alone.
pub(super) fn recurring(lexicon: &Lexicon) -> HashMap<Word, u8, RandomState> {
    let mut beside: HashMap<Word, HashSet<Word, RandomState>, RandomState> = HashMap::default();
    let mut words: Vec<&Word> = lexicon
        .bases
        .keys()
        .filter(|w| w.len() >= 7 && w.len() <= MAX_WORD)
        .collect();
    words.sort();
    for word in words {
        for cut in MIN_PART..=word.len() - 4 {
            let (a, b) = word.split_at(cut);
            if !begins_well(b) {
                continue;
            }
            let (first, last) = (modifier(lexicon, a), head(lexicon, b));
            match (first, last) {
                (Some((_, base)), None) if b.len() >= 4 => {
                    beside.entry(b.to_vec()).or_default().insert(base);
                }
                (None, Some((_, base))) if a.len() >= 4 => {
                    beside.entry(a.to_vec()).or_default().insert(base);
                }
                _ => {}
            }
        }
    }
    beside
        .into_iter()
        .filter(|(part, with)| with.len() >= if part.len() >= 5 { 2 } else { 3 })
        .filter(|(part, _)| syllables(part) > 1 && !is_derivation(part))
        .map(|(part, with)| (part, u8::try_from(with.len()).unwrap_or(u8::MAX)))
        .collect()
}
