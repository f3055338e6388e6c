//! The list of documents of one form, as the file has it: the distances between them,
//! or a bit for each document of the segment where that is shorter.

use tantivy::{DocId, TantivyError};

use super::super::varint::take_number;
use super::damaged;
use super::file::{bitmap_bytes, is_dense};

/// A list of so many of the documents of a segment.
pub(super) struct List<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) count: u32,
    pub(super) documents: DocId,
}

impl List<'_> {
    /// The documents in order.
    pub(super) fn docs(&self) -> tantivy::Result<Vec<DocId>> {
        // Each document takes a bit at the least.
        let most = self.bytes.len().saturating_mul(8);
        let mut docs = Vec::with_capacity((self.count as usize).min(most));
        if !is_dense(self.count, self.documents) {
            self.each(|doc| docs.push(doc))?;
            return Ok(docs);
        }
        for (mut bits, first) in self.bits()?.zip((0..).step_by(64)) {
            while bits != 0 {
                docs.push(first + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        Ok(docs)
    }

    /// Adds the documents to a set with a bit for each, the lowest first.
    pub(super) fn add_to(&self, set: &mut [u64]) -> tantivy::Result<()> {
        if is_dense(self.count, self.documents) {
            let words = set.iter_mut().zip(self.bits()?);
            words.for_each(|(word, bits)| *word |= bits);
            return Ok(());
        }
        self.each(|doc| {
            if let Some(word) = set.get_mut(doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
        })
    }

    /// Calls `each` with the documents of a list of distances.
    fn each(&self, mut each: impl FnMut(DocId)) -> tantivy::Result<()> {
        let mut rest = self.bytes;
        let mut least = 0_u32;
        for _ in 0..self.count {
            let doc = take_number(&mut rest)
                .and_then(|gap| least.checked_add(gap))
                .filter(|doc| *doc < self.documents)
                .ok_or_else(makes_no_sense)?;
            each(doc);
            least = doc + 1;
        }
        if rest.is_empty() {
            Ok(())
        } else {
            Err(damaged("a list of documents is too long"))
        }
    }

    /// The words of a list of bits.
    fn bits(&self) -> tantivy::Result<impl Iterator<Item = u64>> {
        let words = self.bytes.chunks(8).map(|bytes| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(word)
        });
        let count: u32 = words.clone().map(u64::count_ones).sum();
        let beyond = match (self.bytes.last(), self.documents % 8) {
            (None, _) | (_, 0) => 0,
            (Some(last), within) => last >> within,
        };
        let is_whole = self.bytes.len() == bitmap_bytes(self.documents);
        let fits = is_whole && count == self.count && beyond == 0;
        fits.then_some(words).ok_or_else(makes_no_sense)
    }
}

fn makes_no_sense() -> TantivyError {
    damaged("a list of documents makes no sense")
}
