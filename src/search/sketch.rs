//! Near-duplicates: how much two projects' texts are the same, told cheaply.
//!
//! A text is sketched by the least hashes of its runs (Broder 1997): of what stands
//! from the beginning of a word on, four words or so. Two sketches tell which share of
//! all runs is in both texts, without the texts. Only projects that are shown beside
//! each other are compared.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use crate::form::project::Project;

use super::bits::{WORD, joined, ones};
use super::naming::Name;
use super::{Hit, weights};

/// Bytes of a run: less are phrases that all projects use.
const RUN: usize = 32;

/// Hashes kept of a text; the share is told within a tenth by so many, which is
/// less than what lies between copies and texts that share a chapter.
const KEPT: usize = 64;

/// Bytes of a project's texts that are compared: the plan comes first in them,
/// and plans are what projects copy.
const COMPARED: usize = 4096;

/// Hits that are compared with each other at the most.
pub(super) const MOST_COMPARED: usize = 50;

/// What is kept of a text: the least hashes, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sketch(Vec<u64>);

impl Sketch {
    /// Of the free texts of a project.
    pub(super) fn of(project: &Project<'_>) -> Self {
        let passages = project.passages.iter().map(|passage| passage.text);
        let loose = project.unrecognised.iter().map(|part| part.text);
        Self::of_texts(passages.chain(loose))
    }

    fn of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut runs, mut hashes) = (Runs::default(), Vec::new());
        let mut left = COMPARED;
        for text in texts {
            let text = text.as_bytes();
            let text = &text[..text.len().min(left)];
            left -= text.len();
            runs.hash(text, &mut hashes);
        }
        Self(least(hashes))
    }

    /// The share of runs that both have among those of either, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "at most KEPT")]
    pub(super) fn resemblance(&self, other: &Self) -> f32 {
        let (mut at, mut of_other, mut all, mut both) = (0, 0, 0, 0);
        while all < KEPT
            && let (Some(a), Some(b)) = (self.0.get(at), other.0.get(of_other))
        {
            at += usize::from(a <= b);
            of_other += usize::from(b <= a);
            both += usize::from(a == b);
            all += 1;
        }
        // One of the two may have more.
        let left = (self.0.len() - at) + (other.0.len() - of_other);
        let all = KEPT.min(all + left);
        both as f32 / all.max(1) as f32
    }

    /// Whether the two are nearly the same text.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        !self.0.is_empty() && self.resemblance(other) >= weights::NEAR_DUPLICATE
    }
}

/// What sisters are known by.
pub(super) struct Known {
    name: Option<Name>,
    sketch: Sketch,
}

impl Known {
    /// Of a project.
    pub(super) fn of(project: &Project<'_>) -> Self {
        Self {
            name: project.name.map(Name::new),
            sketch: Sketch::of(project),
        }
    }

    fn is_sister_of(&self, other: &Self) -> bool {
        let names = self.name.as_ref().zip(other.name.as_ref());
        names.is_some_and(|(one, other)| one.is_sister_of(other))
            || self.sketch.is_near(&other.sketch)
    }
}

/// Finds runs; used again and again.
#[derive(Default)]
struct Runs {
    /// A blank, and the text with blanks for all that is not of a word.
    plain: Vec<u8>,
    /// Of each byte of the text whether a word begins there, 0 or 1.
    begins: Vec<[u8; WORD]>,
}

impl Runs {
    /// Adds a hash of each run of a text, which depends on nothing but the words in it
    /// and how far apart they stand.
    fn hash(&mut self, text: &[u8], hashes: &mut Vec<u64>) {
        self.read(text);
        // Fixed, so that the same hits are always marked.
        let state = FixedState::default();
        for (from, begins) in (1..).step_by(WORD).zip(&self.begins) {
            for at in ones(joined(begins)) {
                // What is shorter at the end is none.
                let Some(run) = self.plain[from + at..].first_chunk() else {
                    return;
                };
                hashes.push(hash(&state, run));
            }
        }
    }

    /// In loops without a choice, which go through many bytes at once.
    fn read(&mut self, text: &[u8]) {
        self.plain.clear();
        self.plain.resize(text.len() + 1, b' ');
        for (plain, byte) in self.plain[1..].iter_mut().zip(text) {
            *plain = if is_of_word(*byte) { *byte } else { b' ' };
        }
        self.begins.clear();
        self.begins.resize(text.len().div_ceil(WORD), [0; WORD]);
        let pairs = self.plain.iter().zip(&self.plain[1..]);
        for (begins, (before, byte)) in self.begins.as_flattened_mut().iter_mut().zip(pairs) {
            *begins = u8::from(*before == b' ') & u8::from(*byte != b' ');
        }
    }
}

fn hash(state: &FixedState, run: &[u8; RUN]) -> u64 {
    let (eights, _) = run.as_chunks();
    let mut hasher = state.build_hasher();
    eights
        .iter()
        .for_each(|eight| hasher.write_u64(u64::from_le_bytes(*eight)));
    hasher.finish()
}

/// Whether a byte is of a word: all that is not ASCII is taken for letters.
fn is_of_word(byte: u8) -> bool {
    byte >= 128 || byte.is_ascii_alphanumeric()
}

/// The least of these, each once, in order.
fn least(hashes: Vec<u64>) -> Vec<u64> {
    // How many there are tells below what bound some more than enough of them lie; which
    // of them do, nobody can guess.
    let share = u64::MAX / (hashes.len() as u64).max(1);
    let bound = share.saturating_mul(2 * KEPT as u64);
    let (mut few, mut count) = (vec![0; hashes.len() + 1], 0);
    for hash in &hashes {
        few[count] = *hash;
        count += usize::from(*hash <= bound);
    }
    few.truncate(count);
    let few = distinct(few);
    // Unless a text says most of its runs twice.
    match few.len() == KEPT {
        true => few,
        false => distinct(hashes),
    }
}

fn distinct(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(KEPT);
    hashes
}

/// Tells hits of each other that are sister projects: of one name but for its
/// number, or of nearly one text.
pub(super) fn mark(hits: &mut [Hit], known: &[Known]) {
    let compared = known.len().min(hits.len()).min(MOST_COMPARED);
    for a in 0..compared {
        for b in a + 1..compared {
            if known[a].is_sister_of(&known[b]) {
                let (one, other) = (hits[a].key.clone(), hits[b].key.clone());
                hits[a].sisters.push(other);
                hits[b].sisters.push(one);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Sketch {
        Sketch::of_texts(std::iter::once(text))
    }

    fn long(from: usize, to: usize) -> String {
        let words: Vec<String> = (from..to).map(|n| format!("sana{n}")).collect();
        words.join(" ")
    }

    /// Runs found letter by letter.
    fn runs(text: &str) -> Vec<u64> {
        let blank = |c: char| {
            if c.is_ascii() && !c.is_alphanumeric() {
                ' '
            } else {
                c
            }
        };
        let plain: String = std::iter::once(' ')
            .chain(text.chars().map(blank))
            .collect();
        let plain = plain.as_bytes();
        let begins = |at: &usize| plain[at - 1] == b' ' && plain[*at] != b' ';
        let runs = (1..plain.len()).filter(begins);
        let runs = runs.filter_map(|at| plain[at..].first_chunk());
        runs.map(|run| hash(&FixedState::default(), run)).collect()
    }

    #[test]
    fn runs_are_the_same_however_long_words_and_texts_are() {
        let text = "Aivan lyhyitä, ja – pitkiä: \"työllisyyspalvelukokeiluita\" 7 a b c!";
        for times in [1, 3, 40] {
            let text = text.repeat(times);
            let ends = text
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| at % 5 == 0);
            for text in ends.take(60).map(|end| &text[..end]).chain([text.as_str()]) {
                let mut found = Vec::new();
                Runs::default().hash(text.as_bytes(), &mut found);
                assert_eq!(found, runs(text), "{text:?}");
                let all = distinct(found.clone());
                assert_eq!(least(found), all);
            }
        }
    }

    #[test]
    fn a_text_is_near_itself_and_a_copy_with_another_end() {
        let text = long(0, 400);
        assert!(text.len() < COMPARED);
        assert!((sketch(&text).resemblance(&sketch(&text)) - 1.0).abs() < f32::EPSILON);
        let copy = long(0, 350) + &long(1_000, 1_050);
        let resemblance = sketch(&text).resemblance(&sketch(&copy));
        assert!((0.6..1.0).contains(&resemblance), "{resemblance}");
        assert!(sketch(&text).is_near(&sketch(&copy)));
        // One of few runs, which lacks the last of the other.
        let (one, other) = (sketch(&long(0, 20)), sketch(&long(0, 19)));
        let resemblance = one.resemblance(&other);
        assert!((0.9..1.0).contains(&resemblance), "{resemblance}");
        assert!((other.resemblance(&one) - resemblance).abs() < f32::EPSILON);
    }

    #[test]
    fn texts_that_share_a_paragraph_are_not_near() {
        let (one, other) = (long(0, 400), long(320, 720));
        let resemblance = sketch(&one).resemblance(&sketch(&other));
        assert!((0.01..0.3).contains(&resemblance), "{resemblance}");
        assert!(!sketch(&one).is_near(&sketch(&other)));
        assert!(!sketch("").is_near(&sketch("")));
    }
}
