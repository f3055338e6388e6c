//! Each distinct form is analysed once a run.
//!
//! Text repeats its words: in a large collection a form comes five to twenty
//! times, and analysing it costs far more than looking it up. Each worker has
//! a table of its own, without locks; behind them stands a shared one, so that
//! what one worker has analysed is known to all. Both stop growing at a limit:
//! memory stays bounded however large the collection is.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::term::Term;

/// Parts of the shared table, each with its own lock.
const SHARDS: usize = 64;

/// Forms that the shared table keeps; about 200 bytes each.
const MOST_SHARED: usize = 1_000_000;

/// Forms that a worker's table keeps; about 80 bytes each.
const MOST_OWN: usize = 400_000;

/// The number of forms that are not kept.
pub const UNKEPT: u32 = u32::MAX;

type Terms = Arc<[Term]>;

/// The table that all workers share.
#[derive(Debug)]
pub(super) struct Shared {
    shards: Vec<Mutex<HashMap<Box<str>, Terms, RandomState>>>,
    hasher: RandomState,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::default(),
        }
    }
}

impl Shared {
    /// The terms of a form, analysed by `analyse` if no worker has met it.
    fn get(&self, form: &str, analyse: impl FnOnce(&str) -> Terms) -> Terms {
        let shard = usize::try_from(self.hasher.hash_one(form)).unwrap_or_default() % SHARDS;
        let lock = || {
            self.shards[shard]
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(terms) = lock().get(form) {
            return Arc::clone(terms);
        }
        // Analysed outside the lock: two workers may do it at once, with one result.
        let terms = analyse(form);
        let mut table = lock();
        if table.len() < MOST_SHARED / SHARDS {
            table.insert(form.into(), Arc::clone(&terms));
        }
        terms
    }
}

/// A worker's own table: forms in one arena, numbered as they come.
#[derive(Debug)]
pub(super) struct Own {
    hasher: RandomState,
    numbers: HashTable<u32>,
    entries: Vec<Entry>,
    arena: String,
    /// By some bits of the hash, the form met last: running text repeats a few
    /// words most of the time, and these stay in the processor's cache.
    recent: Box<[u32; RECENT]>,
    last: Option<Terms>,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    start: u32,
    end: u32,
    terms: Terms,
}

/// Forms met lately that are looked for first.
const RECENT: usize = 4096;

impl Default for Own {
    fn default() -> Self {
        Self {
            hasher: RandomState::default(),
            numbers: HashTable::new(),
            entries: Vec::new(),
            arena: String::new(),
            recent: Box::new([UNKEPT; RECENT]),
            last: None,
        }
    }
}

impl Own {
    /// A form's number in this table, or [`UNKEPT`], and its terms.
    pub(super) fn get(
        &mut self,
        form: &str,
        shared: &Shared,
        analyse: impl FnOnce(&str) -> Terms,
    ) -> (u32, &[Term]) {
        let hash = self.hasher.hash_one(form);
        let slot = usize::try_from(hash >> 32).unwrap_or_default() % RECENT;
        let recent = self.recent[slot];
        let number = if self.is(recent, hash, form) {
            Some(recent)
        } else {
            self.numbers
                .find(hash, |number| self.is(*number, hash, form))
                .copied()
        };
        let number = match number {
            Some(number) => number,
            None => {
                let terms = shared.get(form, analyse);
                if self.entries.len() >= MOST_OWN {
                    return (UNKEPT, self.last.insert(terms));
                }
                self.add(form, hash, terms)
            }
        };
        self.recent[slot] = number;
        (number, &self.entries[number as usize].terms)
    }

    fn is(&self, number: u32, hash: u64, form: &str) -> bool {
        self.entries.get(number as usize).is_some_and(|entry| {
            entry.hash == hash
                && self.arena.as_bytes()[entry.start as usize..entry.end as usize]
                    == *form.as_bytes()
        })
    }

    fn add(&mut self, form: &str, hash: u64, terms: Terms) -> u32 {
        let short = |at: usize| u32::try_from(at).unwrap_or(UNKEPT);
        let (number, start) = (short(self.entries.len()), short(self.arena.len()));
        self.arena.push_str(form);
        let end = short(self.arena.len());
        self.entries.push(Entry {
            hash,
            start,
            end,
            terms,
        });
        let Self {
            numbers, entries, ..
        } = self;
        numbers.insert_unique(hash, number, |number| entries[*number as usize].hash);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::super::term::Kind;
    use super::*;

    fn terms(text: &str) -> Terms {
        [Term {
            kind: Kind::Base,
            text: text.into(),
        }]
        .into()
    }

    #[test]
    fn a_form_is_analysed_once_for_all_workers() {
        let shared = Shared::default();
        let mut analysed = 0;
        for _ in 0..3 {
            let mut own = Own::default();
            for _ in 0..3 {
                let (number, found) = own.get("työn", &shared, |_| {
                    analysed += 1;
                    terms("työ")
                });
                assert_eq!((number, &*found[0].text), (0, "työ"));
            }
        }
        assert_eq!(analysed, 1);
    }

    #[test]
    fn forms_are_numbered_in_the_order_they_come() {
        let (shared, mut own) = (Shared::default(), Own::default());
        let numbers = ["a", "b", "a", "c"].map(|form| own.get(form, &shared, terms).0);
        assert_eq!(numbers, [0, 1, 0, 2]);
    }
}
