//! Guesses: what a word may be that the dictionary does not know.
//!
//! Most such words are known in part: behind a hyphen, before an ending, as the first half of
//! a compound that is left open, as a compound of two known words. What is left are names and
//! errors; their endings are all that is known of them. Tried in this order, first come.
use super::endings;
use super::voikko::{Class, Reading, Scratch, Standing};
use super::words::Words;

/// The fewest letters of the known second half of an unknown compound, and of its first half.
const SHORTEST_TAIL: usize = 4;
const SHORTEST_HEAD: usize = 3;
/// Longer words are not searched for two known halves.
const LONGEST_COMPOUND: usize = 60;
/// Longer words in capitals are taken for words.
const LONGEST_ABBREVIATION: usize = 5;
/// Begins the stem of an unknown word, which must not meet a base form.
const STEM: char = '~';
/// What a compound may be written with between its parts.
const HYPHENS: [char; 2] = ['-', '–'];
/// What stands between an abbreviation and its ending.
const MARKS: [char; 3] = [':', '’', '\''];

impl Words {
    /// The best guess at an unknown word.
    pub(super) fn guess(&self, word: &str, scratch: &mut Scratch) -> Vec<Reading> {
        self.broken_at_line_end(word, scratch)
            .or_else(|| abbreviation(word))
            .or_else(|| self.first_half(word, scratch))
            .or_else(|| self.behind_hyphen(word, scratch))
            .or_else(|| self.before_mark(word, scratch))
            .or_else(|| self.two_halves(&word.to_lowercase(), scratch))
            .unwrap_or_else(|| self.by_ending(&word.to_lowercase()))
    }

    /// `hoi-toon`: the hyphen of a line's end that has come along.
    fn broken_at_line_end(&self, word: &str, scratch: &mut Scratch) -> Option<Vec<Reading>> {
        let (head, tail) = word.split_once('-')?;
        let smooth = head.len() > 1 && tail.starts_with(char::is_lowercase);
        if !smooth || self.dictionary.knows(head, scratch) && self.dictionary.knows(tail, scratch) {
            return None;
        }
        let joined = [head, tail].concat();
        self.dictionary
            .knows(&joined, scratch)
            .then(|| self.readings(&joined, scratch))
    }

    /// `työllistymis`: what stands before the hyphen of `työllistymis- ja koulutuspalvelut`.
    fn first_half(&self, word: &str, scratch: &mut Scratch) -> Option<Vec<Reading>> {
        if word.ends_with(HYPHENS) {
            return None;
        }
        let readings = self.dictionary.readings(&format!("{word}-"), scratch);
        (!readings.is_empty()).then_some(readings)
    }

    /// `TE-toimiston`: what follows the last hyphen says how the word is inflected.
    fn behind_hyphen(&self, word: &str, scratch: &mut Scratch) -> Option<Vec<Reading>> {
        let (head, tail) = word.rsplit_once(HYPHENS)?;
        if head.is_empty() || tail.is_empty() {
            return None;
        }
        let head = head.to_lowercase();
        let mut readings = self.readings(tail, scratch);
        for reading in &mut readings {
            put_before(reading, head.split(HYPHENS), &format!("{head}-"));
        }
        Some(readings)
    }

    /// `ELY:n`: an abbreviation and its ending.
    fn before_mark(&self, word: &str, scratch: &mut Scratch) -> Option<Vec<Reading>> {
        let (head, _) = word.split_once(MARKS)?;
        (head.chars().count() >= 2).then(|| self.readings(head, scratch))
    }

    /// `yhteensovittaa`: two known words that the dictionary does not know together. The
    /// second is taken as long as can be.
    fn two_halves(&self, word: &str, scratch: &mut Scratch) -> Option<Vec<Reading>> {
        let letters = word.chars().count();
        if letters > LONGEST_COMPOUND {
            return None;
        }
        let longest = letters.saturating_sub(SHORTEST_HEAD);
        let seams = word
            .char_indices()
            .skip(SHORTEST_HEAD)
            .take((longest + 1).saturating_sub(SHORTEST_TAIL));
        // Heads one after the other, since each goes on where the one before it ended.
        let seams: Vec<usize> = seams
            .map(|(at, _)| at)
            .filter(|&at| self.dictionary.knows(&word[..at], scratch))
            .collect();
        seams.into_iter().find_map(|at| {
            let (head, tail) = word.split_at(at);
            let mut readings = self.dictionary.readings(tail, scratch);
            readings.retain(|reading| {
                matches!(reading.class, Class::Noun | Class::Adjective | Class::Verb)
            });
            let fewest = readings.iter().map(|reading| reading.parts.len()).min()?;
            readings.retain(|reading| reading.parts.len() == fewest);
            readings
                .iter_mut()
                .for_each(|reading| put_before(reading, std::iter::empty(), head));
            Some(readings)
        })
    }

    /// Everything that a word could be a form of by its ending, and its stem.
    fn by_ending(&self, word: &str) -> Vec<Reading> {
        let mut bases = endings::bases(word, &self.endings);
        bases.push(format!("{STEM}{}", self.stemmer.stem(word)));
        bases
            .into_iter()
            .map(|base| Reading::bare(base, Class::Name, Standing::Guessed))
            .collect()
    }
}

/// `ELY`: an unknown word in capitals is short for something and has no ending.
fn abbreviation(word: &str) -> Option<Vec<Reading>> {
    let short = (2..=LONGEST_ABBREVIATION).contains(&word.chars().count());
    let base = (short && word.chars().all(char::is_uppercase)).then(|| word.to_lowercase())?;
    Some(vec![Reading::bare(
        base,
        Class::Abbreviation,
        Standing::Common,
    )])
}

/// Makes the reading of a word's end one of the whole word.
fn put_before<'h>(reading: &mut Reading, heads: impl Iterator<Item = &'h str>, before: &str) {
    let tail = std::mem::take(&mut reading.base);
    let mut parts: Vec<String> = heads
        .filter(|head| !head.is_empty())
        .map(str::to_owned)
        .collect();
    if reading.parts.is_empty() {
        parts.push(tail.trim_start_matches(STEM).to_owned());
    } else {
        reading.pieces.push(tail.clone());
        parts.append(&mut reading.parts);
    }
    reading.parts = parts;
    reading.variant = None;
    if let Some((word, _)) = &mut reading.derived {
        word.insert_str(0, before);
    }
    reading.base = match tail.strip_prefix(STEM) {
        Some(stem) => format!("{STEM}{before}{stem}"),
        None => format!("{before}{tail}"),
    };
}
