//! Compounds: where a word comes apart into words that the collection has too.
//!
//! Apart from the guesses because nothing here is inflection: a base form is cut into modifiers and
//! a head, each of them known to the lexicon. A modifier may be a base form, a genitive, or the
//! stem in -s of a word in -nen. Of all the ways to cut, the one with the best known parts wins.
//! The ways are weighed by hashes alone; only what wins is written down.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::guess::{Guess, Guesses};
use super::lexicon::Lexicon;
use super::particle::PREFIXES;
use super::pattern::{Word, encode, ends, is_vowel, syllables};
use super::store::hash;

/// The least letters of a part.
const MIN_PART: usize = 3;
/// The least letters of a head that speaks for a base form.
const MIN_HEAD: usize = 4;
/// How much less known, in the mean, the parts of a word may be than the word.
const LESS_KNOWN: f32 = 0.8;
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

/// What a prefix of the table scores as a part.
const PREFIX: f32 = -3.0;

/// What a modifier is.
#[derive(Debug, Clone, Copy)]
enum Modifier {
    /// A word as it stands.
    Whole,
    /// A prefix of the table, for this word.
    Prefix(&'static [u8]),
    /// The stem in -s of a word in -nen.
    Stem,
    /// The genitive of this guess.
    Genitive(Guess),
}

/// Cuts words; keeps its memory from word to word.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    guesses: Guesses,
    /// By place in the word the best way there: its score, where its last part begins.
    ways: Vec<Option<(f32, usize)>>,
    /// The form whose beginnings have been weighed.
    form: Word,
    /// Those beginnings of it that are known as modifiers: length, score, length of the base form.
    seams: Vec<(usize, f32, usize)>,
}

impl Cutter {
    /// Weighs the beginnings of a form, after which it may be a compound.
    pub(super) fn find_seams(&mut self, lexicon: &Lexicon, form: &[u8]) {
        self.form.clear();
        self.form.extend(form);
        self.seams.clear();
        for seam in MIN_PART..=last_seam(form) {
            if let Some((score, modifier)) = self.weigh_modifier(lexicon, &form[..seam]) {
                let len = self.len(&form[..seam], &modifier);
                self.seams.push((seam, score, len));
            }
        }
    }

    /// How well the head of a base form of that form is known, if it is a compound.
    pub(super) fn head_weight(&self, lexicon: &Lexicon, base: &[u8]) -> f32 {
        if self.seams.is_empty() {
            return 0.0;
        }
        let most = shared(&self.form, base).min(base.len().saturating_sub(MIN_HEAD));
        let seams = self.seams.iter().take_while(|(seam, ..)| *seam <= most);
        seams
            .map(|&(seam, ..)| lexicon.weight(hash(&base[seam..])))
            .fold(0.0, f32::max)
    }

    /// Cuts a base form into its parts, and those parts that are compounds into theirs.
    pub(super) fn split(&mut self, lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut start = 0;
        for part in self.cut(lexicon, word)? {
            // A part is shorter than the whole, so this ends.
            let end = part.end;
            match self.split(lexicon, &part.base) {
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
    fn cut(&mut self, lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
        let n = word.len();
        if !(2 * MIN_PART..=MAX_WORD).contains(&n) {
            return None;
        }
        self.weigh(lexicon, word);
        let mut parts: Vec<Part> = Vec::new();
        let mut end = n;
        while end > 0 {
            let (_, start) = self.ways[end]?;
            let part = &word[start..end];
            let base = if end == n {
                part.to_vec()
            } else {
                self.modifier(lexicon, part)?.1
            };
            parts.push(Part { end, base });
            end = start;
        }
        parts.reverse();
        let total = self.ways[n]?.0;
        let mean = total / parts.len() as f32 + CUT;
        if mean < lexicon.weight(hash(word)).ln_1p() - LESS_KNOWN {
            return None;
        }
        Some(parts)
    }

    /// Finds the best way to every place in a word.
    fn weigh(&mut self, lexicon: &Lexicon, word: &[u8]) {
        let n = word.len();
        self.ways.clear();
        self.ways.resize(n + 1, None);
        self.ways[0] = Some((0.0, 0));
        // What is cut off must be shorter than the whole, in its base form too.
        let weighed = shared(&self.form, word)
            .min(last_seam(&self.form))
            .min(n - MIN_PART);
        for &(end, score, len) in self.seams.iter().filter(|seam| seam.0 <= weighed) {
            if len < n {
                self.ways[end] = Some((score, 0));
            }
        }
        for start in 0..=n - MIN_PART {
            let Some((before, _)) = self.ways[start] else {
                continue;
            };
            let first = if start == 0 { weighed + 1 } else { 0 };
            let modifiers = (first.max(start + MIN_PART)..=n - MIN_PART).map(|end| (end, false));
            let head = (start > 0).then_some((n, true));
            for (end, is_head) in modifiers.chain(head) {
                let part = &word[start..end];
                let found = if is_head {
                    head_score(lexicon, part)
                } else {
                    let found = self.weigh_modifier(lexicon, part);
                    found.filter(|(_, m)| self.len(part, m) < n).map(|f| f.0)
                };
                let better = |score: &f32| self.ways[end].is_none_or(|way| way.0 < *score);
                if let Some(score) = found.map(|score| before + score).filter(better) {
                    self.ways[end] = Some((score, start));
                }
            }
        }
    }

    /// The best cut with one part known well and the other one not at all.
    pub(super) fn half_known(&mut self, lexicon: &Lexicon, word: &[u8]) -> Option<Vec<Part>> {
        if word.len() < 9 || lexicon.weight(hash(word)) > WELL_KNOWN {
            return None;
        }
        let mut best: Option<(f32, Vec<Part>)> = None;
        for cut in 4..=word.len() - 4 {
            let (a, b) = word.split_at(cut);
            if !begins_well(b) || !ends_well(a) {
                continue;
            }
            let stranger = |part: &[u8]| syllables(part) > 1 && !is_derivation(part);
            let (score, first) = match (self.weigh_modifier(lexicon, a), head_score(lexicon, b)) {
                (Some((score, _)), None) if b.len() > 4 && stranger(b) => (score, None),
                (None, Some(score)) if stranger(a) => (score, Some(a.to_vec())),
                _ => continue,
            };
            if score < HALF || best.as_ref().is_some_and(|b| b.0 >= score) {
                continue;
            }
            let base = match first {
                Some(base) => base,
                None => self.modifier(lexicon, a)?.1,
            };
            let (first, end) = (Part { end: cut, base }, word.len());
            let base = b.to_vec();
            best = Some((score, vec![first, Part { end, base }]));
        }
        best.map(|b| b.1)
    }

    /// The best that a part can be as a modifier, and its base form.
    fn modifier(&mut self, lexicon: &Lexicon, part: &[u8]) -> Option<(f32, Word)> {
        let (score, modifier) = self.weigh_modifier(lexicon, part)?;
        let base = match modifier {
            Modifier::Whole => part.to_vec(),
            Modifier::Prefix(base) => base.to_vec(),
            Modifier::Stem => [&part[..part.len() - 1], b"nen"].concat(),
            Modifier::Genitive(guess) => self.guesses.base(&guess).to_vec(),
        };
        Some((score, base))
    }

    /// How long the base form of a modifier is.
    fn len(&self, part: &[u8], modifier: &Modifier) -> usize {
        match modifier {
            Modifier::Whole => part.len(),
            Modifier::Prefix(base) => base.len(),
            Modifier::Stem => part.len() + 2,
            Modifier::Genitive(guess) => self.guesses.base(guess).len(),
        }
    }

    /// The hash of the base form of a modifier.
    fn name(&self, part: &[u8], modifier: &Modifier) -> u64 {
        match modifier {
            Modifier::Whole => hash(part),
            Modifier::Prefix(base) => hash(base),
            Modifier::Stem => hash(&[&part[..part.len() - 1], b"nen"].concat()),
            Modifier::Genitive(guess) => guess.hash,
        }
    }

    fn weigh_modifier(&mut self, lexicon: &Lexicon, part: &[u8]) -> Option<(f32, Modifier)> {
        let name = hash(part);
        let mut best = score(lexicon, name, part).map(|score| (score, Modifier::Whole));
        let mut offer = |score: Option<f32>, modifier| {
            if let Some(score) = score
                && best.is_none_or(|best| best.0 < score)
            {
                best = Some((score, modifier));
            }
        };
        if let Some(base) = prefixes().get(&name) {
            offer(Some(PREFIX), Modifier::Prefix(base));
        }
        match part.last() {
            Some(b's') if part.len() <= MAX_WORD => {
                let mut base = [0; MAX_WORD + 2];
                let stem = &part[..part.len() - 1];
                base[..stem.len()].copy_from_slice(stem);
                base[stem.len()..stem.len() + 3].copy_from_slice(b"nen");
                let name = hash(&base[..stem.len() + 3]);
                offer(score(lexicon, name, part), Modifier::Stem);
            }
            Some(b'n') if part.len() > MIN_PART => {
                self.guesses.genitive(part);
                for guess in self.guesses.all.iter().filter(|g| g.cost <= MAX_COST) {
                    let known = score(lexicon, guess.hash, part);
                    let known = known.map(|s| s - f32::from(guess.cost) / 20.0);
                    offer(known, Modifier::Genitive(*guess));
                }
            }
            _ => {}
        }
        best
    }
}

/// How many letters two words begin with alike.
fn shared(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The last place after which a form may be a compound.
fn last_seam(form: &[u8]) -> usize {
    form.len().min(MAX_WORD).saturating_sub(MIN_PART)
}

/// How well a part is known; every cut costs.
fn score(lexicon: &Lexicon, hash: u64, part: &[u8]) -> Option<f32> {
    let weight = lexicon.part_weight(hash);
    let least = if part.len() <= 3 { 1.5 } else { 0.5 };
    (weight >= least && part.iter().any(|&b| is_vowel(b))).then(|| weight.ln_1p() - CUT)
}

fn head_score(lexicon: &Lexicon, part: &[u8]) -> Option<f32> {
    score(lexicon, hash(part), part)
}

/// The table of prefixes by their hashes, with the words that they stand for.
fn prefixes() -> &'static HashMap<u64, Word, RandomState> {
    static TABLE: LazyLock<HashMap<u64, Word, RandomState>> = LazyLock::new(|| {
        let word = |text: &str| {
            let mut word = Word::new();
            encode(text, &mut word);
            word
        };
        let rows = PREFIXES.iter();
        rows.map(|(prefix, base)| (hash(&word(prefix)), word(base)))
            .collect()
    });
    &TABLE
}

fn ends_well(part: &[u8]) -> bool {
    part.last()
        .is_some_and(|&b| is_vowel(b) || matches!(b, b'n' | b's' | b'r' | b'l' | b't'))
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

/// Parts that recur with different known words beside them although they never stand alone: their
/// hashes, and the number of those words.
pub(super) fn recurring<'w>(
    lexicon: &Lexicon,
    words: impl Iterator<Item = &'w [u8]>,
) -> Vec<(u64, u8)> {
    let mut cutter = Cutter::default();
    let mut beside: Vec<(u64, u64, bool)> = Vec::new();
    for word in words.filter(|w| (7..=MAX_WORD).contains(&w.len())) {
        for cut in MIN_PART..=word.len() - 4 {
            let (a, b) = word.split_at(cut);
            if !begins_well(b) {
                continue;
            }
            let last = head_score(lexicon, b);
            let (part, with) = match (cutter.weigh_modifier(lexicon, a), last) {
                (Some((_, modifier)), None) => (b, cutter.name(a, &modifier)),
                (None, Some(_)) if a.len() >= 4 => (a, hash(b)),
                _ => continue,
            };
            if syllables(part) > 1 && !is_derivation(part) {
                beside.push((hash(part), with, part.len() >= 5));
            }
        }
    }
    beside.sort_unstable();
    beside.dedup();
    let count = |group: &[(u64, u64, bool)]| {
        let least = if group[0].2 { 2 } else { 3 };
        let number = u8::try_from(group.len()).unwrap_or(u8::MAX);
        (group.len() >= least).then_some((group[0].0, number))
    };
    beside
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(count)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_any_length_can_be_cut_or_not() {
        let mut cutter = Cutter::default();
        for length in 1..40 {
            let mut word = Word::new();
            encode(&"koulutus".repeat(length), &mut word);
            let _ = cutter.half_known(&Lexicon::default(), &word);
            for end in 1..=word.len() {
                let found = cutter.weigh_modifier(&Lexicon::default(), &word[..end]);
                assert!(found.is_none(), "nothing is known");
            }
        }
    }
}
