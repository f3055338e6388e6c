//! Answers of late: what was just asked is asked again, by people who turn
//! pages and by programs that look now and then.
//!
//! Two halves: what is asked goes into the young one, and when that is full it
//! becomes the old one, and what stood there and was not asked since is gone.
//! The name of the generation is part of the key, so nothing outlives it for
//! long. Queries are kept nowhere but here, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::call::Answer;

/// Bytes of answers in each half.
const HALF: usize = 16 << 20;

/// The largest answer that is kept.
const MOST: usize = 256 << 10;

/// What an entry takes beside its answer, roughly.
const BESIDE: usize = 256;

/// All that decides an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Generation, program, synonyms and language.
    pub(super) tag: String,
    /// Path and what is behind it.
    pub(super) address: String,
    /// What addresses begin with.
    pub(super) base: String,
}

impl Key {
    fn bytes(&self) -> usize {
        self.tag.len() + self.address.len() + self.base.len() + BESIDE
    }
}

#[derive(Default)]
struct Halves {
    young: HashMap<Key, Answer>,
    old: HashMap<Key, Answer>,
    /// Bytes in the young half.
    bytes: usize,
}

/// The answers.
#[derive(Default)]
pub(super) struct Memory(Mutex<Halves>);

impl Memory {
    /// The answer to this, if it was asked of late.
    pub(super) fn recall(&self, key: &Key) -> Option<Answer> {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = halves.young.get(key) {
            return Some(answer.clone());
        }
        let answer = halves.old.remove(key)?;
        halves.keep(key.clone(), answer.clone());
        Some(answer)
    }

    /// Keeps an answer, if it is not too large.
    pub(super) fn keep(&self, key: Key, answer: Answer) {
        if answer.body.len() <= MOST {
            let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            halves.keep(key, answer);
        }
    }
}

impl Halves {
    fn keep(&mut self, key: Key, answer: Answer) {
        self.bytes += key.bytes() + answer.body.len();
        self.young.insert(key, answer);
        if self.bytes > HALF {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::call::TEXT;

    fn key(number: usize) -> Key {
        Key {
            tag: "a".to_owned(),
            address: number.to_string(),
            base: String::new(),
        }
    }

    #[test]
    fn what_is_asked_stays_and_the_rest_goes() {
        let memory = Memory::default();
        let size = 100 << 10;
        for number in 0..1_000 {
            memory.keep(key(number), Answer::of(TEXT, vec![b'x'; size]));
            assert!(memory.recall(&key(0)).is_some(), "{number}");
        }
        let left = (0..1_000).filter(|number| memory.recall(&key(*number)).is_some());
        assert!(left.count() * size <= 2 * HALF + 2 * MOST);
        memory.keep(key(2_000), Answer::of(TEXT, vec![b'x'; MOST + 1]));
        assert!(memory.recall(&key(2_000)).is_none());
    }
}
