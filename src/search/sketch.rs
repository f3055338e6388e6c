//! Near-duplicates: how much two projects' texts are the same, told cheaply.
//!
//! A text is sketched by the least hashes of its runs of four words (Broder
//! 1997). Two sketches tell which share of all runs is in both texts, without
//! the texts. Only projects that are shown beside each other are compared.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

use crate::form::project::Project;

use super::naming::Name;
use super::{Hit, weights};

/// Words in a run: fewer are phrases that all projects use.
const RUN: usize = 4;

/// Hashes kept of a text; the share is told within a tenth by so many, which is
/// less than what lies between copies and texts that share a chapter.
const KEPT: usize = 64;

/// An odd number that spreads what it multiplies over all bits.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

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
        // Fixed, so that the same hits are always marked.
        let state = FixedState::default();
        let (mut words, mut hashes) = (Vec::new(), Vec::new());
        let mut left = COMPARED;
        for text in texts {
            let text = text.as_bytes();
            let text = &text[..text.len().min(left)];
            left -= text.len();
            words.clear();
            each_word(text, |word| words.push(state.hash_one(word)));
            hashes.extend(words.windows(RUN).map(mixed));
        }
        // Most texts say few runs twice: sorting some of the least is enough.
        if hashes.len() > 2 * KEPT {
            let (least, ..) = hashes.select_nth_unstable(2 * KEPT);
            let least = distinct(least.to_vec());
            if least.len() >= KEPT {
                return Self(least);
            }
        }
        Self(distinct(hashes))
    }

    /// The share of runs that both have among those of either, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "at most KEPT")]
    pub(super) fn resemblance(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut all, mut both) = (0, 0);
        while all < KEPT {
            let least = match (a.peek(), b.peek()) {
                (None, None) => break,
                (Some(x), None) | (None, Some(x)) => **x,
                (Some(x), Some(y)) => **x.min(y),
            };
            let (in_a, in_b) = (a.next_if_eq(&&least), b.next_if_eq(&&least));
            both += usize::from(in_a.is_some() && in_b.is_some());
            all += 1;
        }
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

/// Whether a byte is of a word: all that is not ASCII is taken for letters.
const OF_WORD: [bool; 256] = {
    let mut of_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        of_word[byte] = byte >= 128 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    of_word
};

/// Calls `each` with the words of a text.
fn each_word<'t>(text: &'t [u8], mut each: impl FnMut(&'t [u8])) {
    let is_of_word = |at: usize| text.get(at).is_some_and(|byte| OF_WORD[usize::from(*byte)]);
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while is_of_word(at) {
            at += 1;
        }
        if at > start {
            each(&text[start..at]);
        }
        at += 1;
    }
}

/// The least of these, each once, in order.
fn distinct(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(KEPT);
    hashes
}

/// One hash of the words of a run, which depends on their order.
fn mixed(run: &[u64]) -> u64 {
    let mix = |all: u64, word: &u64| (all.rotate_left(5) ^ word).wrapping_mul(MIX);
    run.iter().fold(0, mix)
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

    #[test]
    fn a_text_is_near_itself_and_a_copy_with_another_end() {
        let text = long(0, 1_000);
        assert!((sketch(&text).resemblance(&sketch(&text)) - 1.0).abs() < f32::EPSILON);
        assert!(sketch(&text).is_near(&sketch(&long(0, 900))));
    }

    #[test]
    fn texts_that_share_a_paragraph_are_not_near() {
        let (one, other) = (long(0, 1_000), long(900, 1_900));
        assert!(sketch(&one).resemblance(&sketch(&other)) < 0.15);
        assert!(!sketch(&one).is_near(&sketch(&other)));
        assert!(!sketch("").is_near(&sketch("")));
    }
}
