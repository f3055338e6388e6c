//! Words and their readings: which of the dictionary's readings count.
//!
//! A dictionary lists everything a word could be; read as a person would, most words are one
//! thing. The rules here are about Finnish, not about single words, but for the table of
//! adverbs. What words a dictionary does not know are is guessed elsewhere, and what an index
//! makes of a reading is not decided here.
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use foldhash::fast::FixedState;
use rust_stemmers::{Algorithm, Stemmer};

use super::endings::{self, Ending};
use super::voikko::{Class, Dictionary, Reading, Scratch, Standing};

/// Adverbs that look like forms of other words.
const ADVERBS: &str = include_str!("adverbs.txt");
/// The longest ending that is written onto an abbreviation in capitals, as in `TYPissä`.
const LONGEST_ENDING: usize = 5;

/// Reads words with a dictionary, and those that it does not know by rule.
pub struct Words {
    pub(super) dictionary: Arc<Dictionary>,
    pub(super) stemmer: Stemmer,
    pub(super) endings: Vec<Ending>,
    adverbs: HashSet<&'static str, FixedState>,
}

impl Words {
    /// Words as an open dictionary knows them.
    pub fn new(dictionary: Arc<Dictionary>) -> Words {
        let lines = ADVERBS.lines().filter(|line| !line.starts_with('#'));
        Words {
            dictionary,
            stemmer: Stemmer::create(Algorithm::Finnish),
            endings: endings::table(),
            adverbs: lines.flat_map(str::split_whitespace).collect(),
        }
    }

    /// What a word is: the readings that count, or guesses if the dictionary has none.
    pub fn readings(&self, word: &str, scratch: &mut Scratch) -> Vec<Reading> {
        let lower = lower(word);
        if self.adverbs.contains(&*lower) {
            return vec![Reading::bare(
                lower.into_owned(),
                Class::Adverb,
                Standing::Common,
            )];
        }
        let mut readings = self.dictionary.readings(word, scratch);
        if readings.is_empty() {
            return self.guess(word, scratch);
        }
        choose(&mut readings, &lower);
        if let Some(head) = capitals(word) {
            readings.push(Reading::bare(head, Class::Abbreviation, Standing::Guessed));
        }
        readings
    }
}

/// A word in small letters; most words of an index are so already.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    let mut before = 0;
    let small = word.bytes().all(|byte| {
        let lead = std::mem::replace(&mut before, byte);
        match byte {
            0x80..=0x9F => false,
            0xA0..=0xBF => lead == 0xC3,
            0xC3 | ..0x80 => !byte.is_ascii_uppercase(),
            _ => false,
        }
    });
    if small {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Leaves only the readings that count.
fn choose(readings: &mut Vec<Reading>, word: &str) {
    // What is listed as an adverb is hardly ever a form of something else: hyvin, tuskin.
    if readings
        .iter()
        .any(|reading| reading.class == Class::Adverb && reading.base == word)
    {
        readings.retain(|reading| reading.base == word);
    }
    if readings
        .iter()
        .any(|reading| reading.standing == Standing::Common)
    {
        readings.retain(|reading| reading.standing == Standing::Common);
    }
    // A participle that is listed as a word of its own has left its verb: tehtävä, elävä.
    if readings.iter().any(|reading| reading.verb().is_some()) {
        let own = readings.iter().filter(|r| r.derived.is_none());
        let own: Vec<String> = own.map(|reading| reading.base.clone()).collect();
        readings.retain(|reading| reading.verb().is_none() || !own.contains(&reading.base));
    }
    let fewest = readings
        .iter()
        .map(|reading| reading.parts.len())
        .min()
        .unwrap_or(0)
        .max(1);
    readings.retain(|reading| reading.parts.len() <= fewest);
}

/// An abbreviation in capitals with an ending in small letters, without the ending.
fn capitals(word: &str) -> Option<String> {
    let head = word
        .chars()
        .take_while(|letter| letter.is_uppercase())
        .count();
    let tail = word.chars().skip(head);
    let fits = head >= 2 && (1..=LONGEST_ENDING).contains(&tail.clone().count());
    (fits && tail.clone().all(char::is_lowercase)).then(|| {
        word.chars()
            .take(head)
            .flat_map(char::to_lowercase)
            .collect()
    })
}
