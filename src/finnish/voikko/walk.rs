//! The walk: every way through the dictionary that reads a word, in the order of the file.
//!
//! Letter by letter all ways are carried on that can read it with their switches and then the
//! letter after it. What is known of the beginning of a word is kept for the next one, so that
//! a sorted list of words is read fastest. The work per word is bounded: a dictionary with a
//! circle in it costs time but does not hang. What the ways mean is not looked at here.
use std::sync::atomic::{AtomicU64, Ordering};

use super::file::{FINAL, Table};
use super::moves::{Moves, bit};
use super::outline::Outline;
use super::symbols::{Symbols, UNKNOWN};

/// Longer words are not analysed; no Finnish word of running text comes near.
const LONGEST: usize = 255;
/// Moves tried for one word before it is given up; real words need hundreds.
const MOST_TRIES: usize = 200_000;
/// Analyses of one word before the rest is left out.
const MOST_WAYS: usize = 99;

/// What a walk needs besides the dictionary, and what it has learnt of it; made once, by every
/// thread for itself, and used for word after word.
#[derive(Default)]
pub struct Scratch {
    input: Vec<u16>,
    before: Vec<u16>,
    nodes: Vec<Node>,
    /// Where the nodes end that have read no letter, one letter, and so on.
    levels: Vec<usize>,
    steps: Vec<u32>,
    path: Vec<u16>,
    moves: Option<(u64, Moves)>,
    pub(super) text: String,
    pub(super) outline: Outline,
}

impl Scratch {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }
}

/// A way that has read some letters of the word.
#[derive(Clone, Copy)]
struct Node {
    /// The move that read the last of them, and the node it was made from.
    step: u32,
    from: u32,
    state: u32,
    values: u64,
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
    pub(super) fn walk(&self, word: &str, scratch: &mut Scratch, mut found: impl FnMut(&[u16])) {
        if !self.start(word, scratch) {
            return;
        }
        let Scratch {
            input,
            nodes,
            levels,
            steps,
            path,
            moves: Some((_, moves)),
            ..
        } = scratch
        else {
            return;
        };
        let mut tries_left = MOST_TRIES;
        // The last letter is the end of the word twice: once read, once only looked at.
        for letters in levels.len() - 1..input.len() - 1 {
            let from = if letters == 0 { 0 } else { levels[letters - 1] };
            for number in from..levels[letters] {
                let tried = self.carry_on(number, &input[letters..], nodes, moves);
                let Some(left) = tries_left.checked_sub(tried + 1) else {
                    return;
                };
                tries_left = left;
            }
            levels.push(nodes.len());
        }
        let last = levels[levels.len() - 2]..nodes.len();
        for end in last.take(MOST_WAYS) {
            steps.clear();
            let mut node = nodes[end];
            for _ in 0..input.len() - 1 {
                steps.push(node.step);
                node = nodes[node.from as usize];
            }
            path.clear();
            steps
                .iter()
                .rev()
                .for_each(|&step| path.extend_from_slice(moves.writes(moves.get(step))));
            found(path);
        }
    }

    /// Adds what becomes of a node when the next letter is read; how many moves it tried.
    #[inline]
    fn carry_on(
        &self,
        number: usize,
        rest: &[u16],
        nodes: &mut Vec<Node>,
        moves: &mut Moves,
    ) -> usize {
        let node = nodes[number];
        let after = bit(rest[1]);
        let (first, ahead) = moves.of(node.state, rest[0], self.table, self.symbols);
        if ahead & after == 0 {
            return 0;
        }
        for step in first.. {
            let taken = moves.get(step);
            if taken.ahead & after != 0
                && let Some(values) = moves.pass(taken, node.values, self.symbols)
            {
                nodes.push(Node {
                    step,
                    from: number as u32,
                    state: taken.target(),
                    values,
                });
            }
            if taken.is_last() {
                return (step - first) as usize;
            }
        }
        0
    }

    /// Makes everything ready for a word; false if no dictionary word has such letters.
    fn start(&self, word: &str, scratch: &mut Scratch) -> bool {
        std::mem::swap(&mut scratch.input, &mut scratch.before);
        scratch.input.clear();
        for letter in word.chars().flat_map(char::to_lowercase) {
            let number = self.symbols.number(letter);
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
        let fresh = match &mut scratch.moves {
            Some((id, moves)) if *id == self.id => moves.tidy(),
            other => {
                *other = Some((self.id, Moves::new(self.table.len())));
                true
            }
        };
        let same = scratch
            .input
            .iter()
            .zip(&scratch.before)
            .take_while(|(now, before)| now == before)
            .count();
        let kept = if fresh {
            0
        } else {
            same.min(scratch.levels.len())
        };
        scratch.levels.truncate(kept.max(1));
        if kept == 0 {
            scratch.nodes.clear();
            scratch.nodes.push(Node {
                step: 0,
                from: 0,
                state: 0,
                values: 0,
            });
            scratch.levels.clear();
            scratch.levels.push(1);
        }
        scratch
            .nodes
            .truncate(scratch.levels.last().copied().unwrap_or(0));
        true
    }
}
