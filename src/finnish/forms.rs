//! Each distinct form is analysed once a run.
//!
//! Text repeats its words: in a large collection a form comes five to twenty
//! times, and analysing it costs far more than looking it up. Each worker has
//! a vocabulary of its own, without locks; behind them stands a shared table, so
//! that what one worker has analysed is known to all. It stops growing at a
//! limit, and a vocabulary is begun anew with each segment of the index: memory
//! stays bounded however large the collection is.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::term::Terms;

/// Parts of the shared table, each with its own lock.
const SHARDS: usize = 64;

/// Forms that the table of all workers keeps; with their terms about a hundred and
/// fifty bytes each.
const MOST_SHARED: usize = 300_000;

/// Between a form and the word that it is tied to, as the half of a compound to the one
/// that completes it; together they are one here: no text has this character in a word.
pub(super) const TIED: char = '\u{1f}';

/// The terms of a form, as [`Terms`] packs them.
type Packed = Arc<str>;

/// A table that all workers share.
#[derive(Debug)]
pub(super) struct Shared {
    shards: Vec<Mutex<HashMap<Box<str>, Packed, RandomState>>>,
    hasher: RandomState,
    /// Forms that a part keeps.
    most: usize,
}

impl Default for Shared {
    fn default() -> Self {
        Self::of(MOST_SHARED)
    }
}

impl Shared {
    /// A table that keeps so many forms.
    pub(super) fn of(most: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::default(),
            most: most / SHARDS,
        }
    }

    /// The terms of a form, analysed by `analyse` if no worker has met it.
    pub(super) fn get(&self, form: &str, analyse: impl FnOnce(&str) -> Packed) -> Packed {
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
        if table.len() < self.most {
            table.insert(form.into(), Arc::clone(&terms));
        }
        terms
    }
}

/// The distinct forms that one worker has met, numbered as they came, with
/// their terms.
#[derive(Debug)]
pub struct Vocabulary {
    hasher: RandomState,
    /// The forms that fit into a [`Short`].
    short: HashTable<Short>,
    /// The numbers of all others, by their texts.
    long: HashTable<u32>,
    /// All texts, one behind the other.
    arena: String,
    /// By a form's number, where its text ends.
    ends: Vec<u32>,
    /// By a form's number.
    terms: Vec<Packed>,
}

/// A form of up to [`SHORT`] bytes with its number: one place in memory tells
/// whether it is the one that is looked for.
#[derive(Debug, Clone, Copy)]
struct Short {
    text: [u8; SHORT],
    number: u32,
}

/// Bytes of a short form; nine of ten running words are not longer.
const SHORT: usize = 20;

/// A form whose number is asked for together with others.
#[derive(Debug)]
pub(super) enum Asked {
    /// One that must be looked for.
    Short { text: [u8; SHORT], hash: u64 },
    /// One that was found already.
    Number(u32),
}

/// Forms that are looked up together: what one waits for in memory, the
/// processor fetches while it waits for the others.
pub(super) const TOGETHER: usize = 64;

/// Memory that a form takes beside its text and terms, in bytes: its place in
/// a table that may be half empty, its end, and its share of the terms.
const A_FORM: usize = 2 * size_of::<Short>() + size_of::<u32>() + size_of::<Packed>();

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            hasher: RandomState::default(),
            short: HashTable::new(),
            long: HashTable::new(),
            arena: String::new(),
            ends: Vec::new(),
            terms: Vec::new(),
        }
    }
}

impl Vocabulary {
    /// How many forms there are; their numbers lie below.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no form was met yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Memory in bytes, roughly; what other workers know too counts for all.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.arena.capacity() + self.len() * A_FORM
    }

    /// The form with a number, as it stands in texts.
    #[must_use]
    pub fn form(&self, number: usize) -> &str {
        let text = text(&self.arena, &self.ends, number);
        // Almost no form is tied to another word.
        match text.bytes().position(|byte| byte == TIED as u8) {
            Some(end) => text.get(..end).unwrap_or_default(),
            None => text,
        }
    }

    /// The terms of the form with a number.
    #[must_use]
    pub fn terms(&self, number: usize) -> Terms<'_> {
        let terms = self.terms.get(number);
        terms.map_or_else(Terms::default, |terms| Terms::new(terms))
    }

    /// Asks for a form's number, if it can be asked for together with others.
    pub(super) fn ask(&self, form: &str) -> Option<Asked> {
        let text = pad(form.as_bytes())?;
        let hash = self.hasher.hash_one(words(&text));
        Some(Asked::Short { text, hash })
    }

    /// The number that was asked for; `analyse` gives the terms of a form that
    /// no worker has met.
    pub(super) fn answer(
        &mut self,
        asked: &Asked,
        shared: &Shared,
        analyse: impl FnOnce(&str) -> Packed,
    ) -> u32 {
        let (text, hash) = match asked {
            Asked::Number(number) => return *number,
            Asked::Short { text, hash } => (text, *hash),
        };
        if let Some(known) = self.short.find(hash, |other| other.text == *text) {
            return known.number;
        }
        let end = text
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |at| at + 1);
        let form = std::str::from_utf8(&text[..end]).unwrap_or_default();
        let number = self.add(form, shared.get(form, analyse));
        let place = Short {
            text: *text,
            number,
        };
        let Self { hasher, short, .. } = self;
        let rehash = |place: &Short| hasher.hash_one(words(&place.text));
        short.insert_unique(hash, place, rehash);
        number
    }

    /// A form's number.
    pub(super) fn number(
        &mut self,
        form: &str,
        shared: &Shared,
        analyse: impl FnOnce(&str) -> Packed,
    ) -> u32 {
        match self.ask(form) {
            Some(asked) => self.answer(&asked, shared, analyse),
            None => self.long(form, || shared.get(form, analyse)),
        }
    }

    fn long(&mut self, form: &str, terms: impl FnOnce() -> Packed) -> u32 {
        let hash = self.hasher.hash_one(form);
        let Self { arena, ends, .. } = &*self;
        let is = |number: &u32| text(arena, ends, *number as usize) == form;
        if let Some(number) = self.long.find(hash, is) {
            return *number;
        }
        let number = self.add(form, terms());
        let Self {
            hasher,
            long,
            arena,
            ends,
            ..
        } = self;
        let rehash = |number: &u32| hasher.hash_one(text(arena, ends, *number as usize));
        long.insert_unique(hash, number, rehash);
        number
    }

    fn add(&mut self, form: &str, terms: Packed) -> u32 {
        // A segment's budget ends it long before four billion.
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let number = short(self.ends.len());
        self.arena.push_str(form);
        self.ends.push(short(self.arena.len()));
        self.terms.push(terms);
        number
    }
}

/// A form of a fixed length, if it is short; words hold no zero byte.
fn pad(form: &[u8]) -> Option<[u8; SHORT]> {
    let mut padded = [0; SHORT];
    padded.get_mut(..form.len())?.copy_from_slice(form);
    (form.last() != Some(&0)).then_some(padded)
}

/// The same bytes as numbers, which are hashed at once.
fn words(text: &[u8; SHORT]) -> (u64, u64, u32) {
    let (mut first, mut second, mut third) = ([0; 8], [0; 8], [0; 4]);
    first.copy_from_slice(&text[..8]);
    second.copy_from_slice(&text[8..16]);
    third.copy_from_slice(&text[16..]);
    (
        u64::from_ne_bytes(first),
        u64::from_ne_bytes(second),
        u32::from_ne_bytes(third),
    )
}

fn text<'a>(arena: &'a str, ends: &[u32], number: usize) -> &'a str {
    let start = match number.checked_sub(1) {
        Some(before) => ends.get(before).copied().unwrap_or_default(),
        None => 0,
    };
    let end = ends.get(number).copied().unwrap_or(start);
    arena.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::term::{Kind, Term};
    use super::*;

    fn terms(text: &str) -> Packed {
        let term = Term {
            kind: Kind::Base,
            text: text.into(),
        };
        Terms::packed(&[term]).into()
    }

    /// The text of the first term of a form.
    fn first(vocabulary: &Vocabulary, number: usize) -> &str {
        vocabulary.terms(number).iter().next().unwrap().text
    }

    #[test]
    fn a_form_is_analysed_once_for_all_workers() {
        let shared = Shared::default();
        let mut analysed = 0;
        for _ in 0..3 {
            let mut vocabulary = Vocabulary::default();
            for _ in 0..3 {
                let number = vocabulary.number("työn", &shared, |_| {
                    analysed += 1;
                    terms("työ")
                });
                assert_eq!((number, first(&vocabulary, 0)), (0, "työ"));
            }
        }
        assert_eq!(analysed, 1);
    }

    #[test]
    fn forms_are_numbered_in_the_order_they_come() {
        let (shared, mut vocabulary) = (Shared::default(), Vocabulary::default());
        let forms = ["a", "b", "a", "", "c"];
        let numbers = forms.map(|form| vocabulary.number(form, &shared, terms));
        assert_eq!(numbers, [0, 1, 0, 2, 3]);
        assert_eq!(
            [0, 1, 2, 3].map(|n| vocabulary.form(n)),
            ["a", "b", "", "c"]
        );
    }

    #[test]
    fn many_forms_are_told_apart() {
        let (shared, mut vocabulary) = (Shared::default(), Vocabulary::default());
        let forms: Vec<_> = (0..20_000).map(|n| format!("sana{n}")).collect();
        for _ in 0..2 {
            for (at, form) in forms.iter().enumerate() {
                let number = vocabulary.number(form, &shared, terms) as usize;
                assert_eq!((number, vocabulary.form(number)), (at, form.as_str()));
                assert_eq!(first(&vocabulary, number), form);
            }
        }
        assert_eq!(vocabulary.len(), forms.len());
        assert!((800_000..4_000_000).contains(&vocabulary.memory()));
    }

    #[test]
    fn a_half_stands_in_texts_without_the_word_that_completes_it() {
        let (shared, mut vocabulary) = (Shared::default(), Vocabulary::default());
        vocabulary.number("työllistymis\u{1f}koulutuspalvelut", &shared, terms);
        assert_eq!(vocabulary.form(0), "työllistymis");
    }
}
