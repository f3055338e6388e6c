//! What the dictionary of terms is made of: one entry for each section that a
//! term stands in, so that all that is held of a word is one short range.
//!
//! An entry is the term, a mark for what the term is to its word, and the
//! section's row in FIELDS. Base forms and other terms have a dictionary each,
//! since only base forms have positions.

use crate::finnish::Kind;

/// What sorts behind all marks and before all that goes on with more letters.
const BEHIND_MARKS: char = ' ';

/// The mark of a kind, its place among all kinds: a character that no term has
/// and that sorts before all letters.
pub(super) fn mark(kind: Kind) -> char {
    char::from(kind as u8)
}

/// The character that stands for a row; there are fewer than 128.
pub(super) fn section(row: usize) -> char {
    char::from(u8::try_from(row).unwrap_or(u8::MAX))
}

/// An entry of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'e> {
    /// The term.
    pub term: &'e str,
    /// What it is to its word.
    pub kind: Kind,
    /// Row of FIELDS.
    pub row: usize,
}

impl<'e> Entry<'e> {
    /// The entry of a base form.
    #[must_use]
    pub const fn base(term: &'e str, row: usize) -> Self {
        let kind = Kind::Base;
        Self { term, kind, row }
    }

    /// The entry as it stands in the dictionary.
    #[must_use]
    pub fn to_key(self) -> String {
        let Self { term, kind, row } = self;
        format!("{term}{}{}", mark(kind), section(row))
    }

    /// Reads a key of the dictionary; none of what is no entry.
    #[must_use]
    pub fn of_key(key: &'e [u8]) -> Option<Self> {
        let (term, &[mark, row]) = key.split_last_chunk()?;
        Some(Self {
            term: std::str::from_utf8(term).ok()?,
            kind: *Kind::ALL.get(usize::from(mark))?,
            row: usize::from(row),
        })
    }

    /// What stands behind the entries of a term in the dictionary; they begin at
    /// the term itself.
    #[must_use]
    pub fn end(term: &str) -> String {
        format!("{term}{BEHIND_MARKS}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fields::FIELDS;
    use super::*;

    proptest! {
        #[test]
        fn an_entry_is_read_as_it_was_written(
            term in "\\PC{0,12}",
            kind in proptest::sample::select(&Kind::ALL),
            row in 0..FIELDS.len(),
        ) {
            let entry = Entry { term: &term, kind, row };
            let key = entry.to_key();
            prop_assert_eq!(Entry::of_key(key.as_bytes()), Some(entry));
            let end = Entry::end(&term);
            prop_assert!(term <= key && key < end);
            let other = Entry { term: &format!("{term}a"), kind, row };
            prop_assert!(other.to_key() >= end);
        }

        #[test]
        fn any_key_is_an_entry_or_none(key in proptest::collection::vec(any::<u8>(), 0..6)) {
            let read = Entry::of_key(&key);
            prop_assert!(read.is_none_or(|entry| key.starts_with(entry.term.as_bytes())));
        }
    }

    #[test]
    fn each_kind_has_a_mark_and_each_row_a_character() {
        for kind in Kind::ALL {
            assert_eq!(Kind::ALL[mark(kind) as usize], kind);
        }
        assert!(FIELDS.len() < 128);
    }
}
