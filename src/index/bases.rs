//! The base forms of a segment, each once. The dictionary has an entry for each
//! section that a term stands in; who looks for endings has to go through all,
//! so what was gone through once is kept.

use tantivy::index::InvertedIndexReader;

use crate::error::{Result, in_engine};

use super::entry::Entry;

/// Base forms in their order.
#[derive(Debug, Default)]
pub struct Bases {
    /// One behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Bases {
    /// Entries of a dictionary that are read at the most: far more than
    /// descriptions by the ten thousand have.
    pub const MOST_READ: usize = 4_000_000;

    /// Those of a dictionary.
    pub(super) fn read(words: &InvertedIndexReader) -> Result<Self> {
        let mut bases = Self::default();
        let mut entries = words.terms().stream().map_err(in_engine)?;
        let mut last = 0;
        for _ in 0..Self::MOST_READ {
            let Some((key, _)) = entries.next() else {
                break;
            };
            let Some(Entry { term, .. }) = Entry::of_key(key) else {
                continue;
            };
            if bases.ends.is_empty() || &bases.text[last..] != term {
                last = bases.text.len();
                bases.text.push_str(term);
                bases.ends.push(bases.text.len());
            }
        }
        Ok(bases)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let places = starts.zip(&self.ends);
        places.map(|(start, end)| &self.text[start..*end])
    }
}
