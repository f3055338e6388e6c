//! The vocabulary: words from the lists beside this file, and compounds made of them without end. A word
//! has a rank, as in a list by frequency; the first ranks mix simple words with compounds, all later ones
//! are compounds that follow from the rank alone. So a larger corpus goes on finding new words, as real
//! Finnish text does, and no table grows.

use super::chance::{Chance, mix};
use super::conjugate::Verb;
use super::inflect::Noun;

/// How often each doubling of a noun's rank is drawn: (weight, octave).
const NOUN_OCTAVES: [(u64, u32); 22] = [
    (40, 0),
    (44, 1),
    (50, 2),
    (58, 3),
    (64, 4),
    (72, 5),
    (80, 6),
    (84, 7),
    (84, 8),
    (80, 9),
    (66, 10),
    (54, 11),
    (44, 12),
    (36, 13),
    (30, 14),
    (24, 15),
    (18, 16),
    (14, 17),
    (10, 18),
    (7, 19),
    (5, 20),
    (6, 22),
];
const ADJECTIVE_OCTAVES: [(u64, u32); 8] = [
    (4, 0),
    (5, 1),
    (6, 2),
    (7, 3),
    (8, 4),
    (8, 5),
    (7, 6),
    (5, 7),
];
const VERB_OCTAVES: [(u64, u32); 8] = [
    (4, 0),
    (6, 1),
    (7, 2),
    (8, 3),
    (9, 4),
    (9, 5),
    (8, 6),
    (5, 7),
];
/// The ranks below this mix simple words and compounds.
const MIXED: u64 = 2048;
/// The first words of the list are the commonest words of all.
const PLAIN: u64 = 64;

/// A noun of the text: a simple word, or a compound of two or three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) modifiers: [Option<u16>; 2],
    pub(crate) head: u16,
}

/// All words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    nouns: Vec<Noun>,
    adjectives: Vec<Noun>,
    verbs: Vec<Verb>,
    /// What can open a compound: the nouns, and the verbal nouns (kehittämis-).
    openers: Vec<String>,
    mixed: Vec<Word>,
}

impl Lexicon {
    /// Reads the lists.
    pub(crate) fn new() -> Self {
        let nouns: Vec<Noun> = entries(include_str!("nouns.txt"))
            .map(Noun::parse)
            .collect();
        let verbs: Vec<Verb> = entries(include_str!("verbs.txt"))
            .map(Verb::parse)
            .collect();
        let mut openers: Vec<String> = nouns.iter().map(|noun| noun.combining.clone()).collect();
        openers.extend(verbs.iter().map(|verb| verb.doing.combining.clone()));
        let adjectives = entries(include_str!("adjectives.txt"))
            .map(Noun::parse)
            .collect();
        let mut lexicon = Self {
            nouns,
            adjectives,
            verbs,
            openers,
            mixed: Vec::new(),
        };
        lexicon.mixed = lexicon.mix_ranks();
        lexicon
    }

    /// The first ranks: common words in their order, then the rest of the list, shuffled, among compounds.
    fn mix_ranks(&self) -> Vec<Word> {
        let mut rest: Vec<u16> = (PLAIN as u16..self.nouns.len() as u16).collect();
        rest.sort_by_key(|&noun| mix(u64::from(noun)) / 3 + u64::from(noun) * (u64::MAX / 4096));
        let mut rest = rest.into_iter();
        let simple = |head| Word {
            modifiers: [None; 2],
            head,
        };
        (0..MIXED)
            .map(|rank| match rank {
                0..PLAIN => simple(rank as u16),
                _ if mix(rank).is_multiple_of(2) => {
                    rest.next().map_or_else(|| self.compound(rank), simple)
                }
                _ => self.compound(rank),
            })
            .collect()
    }

    /// The noun of a rank.
    pub(crate) fn noun(&self, rank: u64) -> Word {
        self.mixed
            .get(rank as usize)
            .copied()
            .unwrap_or_else(|| self.compound(rank))
    }

    /// Some noun; common ones are drawn more often.
    pub(crate) fn any_noun(&self, chance: &mut Chance) -> Word {
        self.noun(chance.rank(&NOUN_OCTAVES))
    }

    /// Some adjective.
    pub(crate) fn any_adjective(&self, chance: &mut Chance) -> usize {
        chance.rank(&ADJECTIVE_OCTAVES) as usize % self.adjectives.len()
    }

    /// Some verb.
    pub(crate) fn any_verb(&self, chance: &mut Chance) -> usize {
        chance.rank(&VERB_OCTAVES) as usize % self.verbs.len()
    }

    pub(crate) fn adjective(&self, index: usize) -> &Noun {
        &self.adjectives[index]
    }

    pub(crate) fn verb(&self, index: usize) -> &Verb {
        &self.verbs[index]
    }

    /// Appends a word in the form of this index (see [`Noun::forms`]).
    pub(crate) fn write(&self, out: &mut String, word: Word, form: usize) {
        let head = &self.nouns[usize::from(word.head)].forms[form];
        for opener in word.modifiers.into_iter().flatten() {
            join(out, &self.openers[usize::from(opener)]);
        }
        if word.modifiers[1].is_some() {
            join(out, head);
        } else {
            out.push_str(head);
        }
    }

    /// Whether the word's endings take front vowels.
    pub(crate) fn front(&self, word: Word) -> bool {
        self.nouns[usize::from(word.head)].front
    }

    /// The compound of a rank. Parts near the start of the lists are taken more often.
    fn compound(&self, rank: u64) -> Word {
        let mut chance = Chance::new(rank, &[7]);
        let early = |chance: &mut Chance, limit: usize| {
            let (one, two) = (chance.below(limit as u64), chance.below(limit as u64));
            one.min(two) as u16
        };
        let head = early(&mut chance, self.nouns.len());
        let first = early(&mut chance, self.openers.len());
        let three = rank > 4096 && chance.often(60);
        let second = early(&mut chance, self.nouns.len());
        if three {
            Word {
                modifiers: [Some(first), Some(second)],
                head,
            }
        } else {
            Word {
                modifiers: [None, Some(first)],
                head,
            }
        }
    }
}

/// Appends the next part of a compound; two like vowels at the joint take a hyphen.
fn join(out: &mut String, part: &str) {
    let (last, first) = (out.chars().last(), part.chars().next());
    if last == first && first.is_some_and(|letter| "aeiouyäö".contains(letter)) {
        out.push('-');
    }
    out.push_str(part);
}

/// The entries of a word list.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    lines(list).flat_map(str::split_whitespace)
}

/// The lines of a data file without its notes.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}
