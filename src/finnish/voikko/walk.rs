//! The walk: every way through the dictionary that reads a word, in the order of the file.
//!
//! Letter by letter all ways are carried on that can read it with their switches and then the
//! letter after it. What is known of the beginning of a word is kept for the next one, so that
//! a sorted list of words is read fastest. The work per word is bounded: a dictionary with a
//! circle in it costs time but does not hang. What the ways mean is not looked at here.
use std::sync::atomic::{AtomicU64, Ordering};

use super::fans::{Fans, START, Step};
use super::file::{FINAL, Table};
use super::outline::Outline;
use super::symbols::{Symbols, UNKNOWN};

/// Longer words are not analysed; no Finnish word of running text comes near.
const LONGEST: usize = 255;
/// Moves tried for one word before it is given up; real words need hundreds.
const MOST_TRIES: usize = 200_000;
/// Analyses of one word before the rest is left out.
const MOST_WAYS: u32 = 99;

/// What a walk needs besides the dictionary, and what it has learnt of it; made once, by every
/// thread for itself, and used for word after word.
#[derive(Default)]
pub struct Scratch {
    input: Vec<u16>,
    before: Vec<u16>,
    /// The steps over the letters of the word, as far as they have been taken.
    steps: Vec<Step>,
    /// Where what they write is, the last first.
    texts: Vec<u32>,
    fans: Option<(u64, Fans)>,
    pub(super) text: String,
    pub(super) outline: Outline,
}

impl Scratch {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

/// What one way through the dictionary writes.
#[derive(Clone, Copy)]
pub(super) struct Path<'w> {
    fans: &'w Fans,
    texts: &'w [u32],
}

impl<'w> Path<'w> {
    /// The symbols that are written over each letter.
    #[inline]
    pub(super) fn rows(self) -> impl Iterator<Item = &'w [u16]> {
        let rows = self.texts.iter().rev();
        rows.map(move |&text| self.fans.written(text))
    }
}

/// A number that no other dictionary of this process has.
pub(super) fn fresh_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A dictionary, to be walked.
pub(super) struct Walker<'d> {
    pub(super) table: &'d Table,
    pub(super) symbols: &'d Symbols,
    pub(super) id: u64,
}

impl Walker<'_> {
    /// Calls `found` with the symbols that each way through the dictionary writes.
    pub(super) fn walk(&self, word: &str, scratch: &mut Scratch, mut found: impl FnMut(Path<'_>)) {
        if !self.start(word, scratch) || !self.go(scratch) {
            return;
        }
        let Scratch {
            steps,
            texts,
            fans: Some((_, fans)),
            ..
        } = scratch
        else {
            return;
        };
        let ends = steps.last().map_or(0, |step| fans.len(step.fan));
        for end in 0..ends.min(MOST_WAYS) {
            texts.clear();
            let mut way = end;
            for &step in steps.iter().rev() {
                let (from, text) = fans.origin(step, way);
                texts.push(text);
                way = from;
            }
            found(Path { fans, texts });
        }
    }

    /// Takes the steps over the letters that are left; false if no way leads to the end.
    fn go(&self, scratch: &mut Scratch) -> bool {
        let Some((_, fans)) = &mut scratch.fans else {
            return false;
        };
        let (input, steps) = (&scratch.input, &mut scratch.steps);
        let mut tries = MOST_TRIES;
        let mut fan = steps.last().map_or(START, |step| step.fan);
        // The last letter is the end of the word twice: once read, once only looked at.
        for at in steps.len()..input.len() - 1 {
            let letters = [input[at], input[at + 1]];
            let step = fans
                .step(fan, letters, self.symbols)
                .or_else(|| fans.learn(fan, letters, (self.table, self.symbols), &mut tries));
            match step {
                Some(step) if !step.is_dead() => {
                    fans.fetch(step);
                    steps.push(step);
                    fan = step.fan;
                }
                _ => return false,
            }
        }
        true
    }

    /// Makes everything ready for a word; false if no dictionary word has such letters.
    fn start(&self, word: &str, scratch: &mut Scratch) -> bool {
        std::mem::swap(&mut scratch.input, &mut scratch.before);
        scratch.input.clear();
        for number in self.symbols.numbers(word) {
            if number == UNKNOWN || scratch.input.len() == LONGEST {
                scratch.input.clear();
                break;
            }
            scratch.input.push(number);
        }
        if scratch.input.is_empty() {
            // The word before stays what the next one is compared with.
            std::mem::swap(&mut scratch.input, &mut scratch.before);
            return false;
        }
        scratch.input.extend([FINAL, FINAL]);
        let fresh = match &mut scratch.fans {
            Some((id, fans)) if *id == self.id => fans.tidy(),
            other => {
                *other = Some((self.id, Fans::new(self.table.len())));
                true
            }
        };
        let both = scratch.input.iter().zip(&scratch.before);
        let same = both.take_while(|(now, before)| now == before).count();
        // A step is the same if the letter behind it is so too.
        let kept = if fresh { 0 } else { same.saturating_sub(1) };
        scratch.steps.truncate(kept);
        true
    }
}
