//! Sets of documents of one segment.
//! What words hold and conditions meet is joined sixty-four documents at a time.

use tantivy::DocId;

use crate::index::Segment;

use super::bits::{WORD, joined, ones};

/// How many documents of a word there have to be, roughly, to add them at once: fewer
/// are added one by one, as nobody foretells where a word ends.
const CROWD: usize = 4;

/// Documents of a segment, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Docs(Vec<u64>);

impl Docs {
    pub(super) fn none(segment: &Segment) -> Self {
        Self(vec![0; (segment.reader.max_doc() as usize).div_ceil(WORD)])
    }

    /// None of the same segment.
    pub(super) fn no(&self) -> Self {
        Self(vec![0; self.0.len()])
    }

    pub(super) fn insert(&mut self, doc: DocId) {
        self.0[doc as usize / WORD] |= 1 << (doc as usize % WORD);
    }

    /// Makes room for so many documents.
    pub(super) fn reach(&mut self, documents: usize) {
        let words = documents.div_ceil(WORD);
        if self.0.len() < words {
            self.0.resize(words, 0);
        }
    }

    /// Adds documents, which are in order.
    pub(super) fn insert_all(&mut self, docs: &[DocId]) {
        let (Some(first), Some(last)) = (docs.first(), docs.last()) else {
            return;
        };
        let reach = (last - first) as usize;
        if docs.len() * WORD < reach * CROWD {
            docs.iter().for_each(|doc| self.insert(*doc));
            return;
        }
        // Each word is written once: to add to it again and again would wait for what
        // was written before.
        let (mut word, mut bits) = (*first as usize / WORD, 0);
        for doc in docs {
            let at = *doc as usize / WORD;
            if at != word {
                self.0[word] |= bits;
                (word, bits) = (at, 0);
            }
            bits |= 1 << (*doc as usize % WORD);
        }
        self.0[word] |= bits;
    }

    /// Adds what writes itself down, a bit for each document, the lowest first.
    pub(super) fn add_from<E>(
        &mut self,
        add: impl FnOnce(&mut [u64]) -> Result<(), E>,
    ) -> Result<(), E> {
        add(&mut self.0)
    }

    /// Those of a segment that are marked, by a 1 each.
    pub(super) fn marked(marks: &[[u8; WORD]]) -> Self {
        Self(marks.iter().map(joined).collect())
    }

    /// Marks for so many documents, none of them marked.
    pub(super) fn marks(documents: DocId) -> Vec<[u8; WORD]> {
        vec![[0; WORD]; (documents as usize).div_ceil(WORD)]
    }

    /// Those of a segment whose sums are not 0.
    pub(super) fn with(sums: &[f32]) -> Self {
        Self(sums.chunks(WORD).map(filled).collect())
    }

    /// Those that a segment can have.
    pub(super) fn of(&self, segment: &Segment) -> Self {
        let many = (segment.reader.max_doc() as usize).div_ceil(WORD);
        Self(self.0.iter().take(many).copied().collect())
    }

    /// All that were not deleted.
    pub(super) fn all(segment: &Segment) -> Self {
        let documents = segment.reader.max_doc() as usize;
        let mut words = vec![u64::MAX; documents.div_ceil(WORD)];
        if let Some(last) = words.last_mut().filter(|_| !documents.is_multiple_of(WORD)) {
            *last = (1 << (documents % WORD)) - 1;
        }
        let mut all = Self(words);
        all.leave_deleted(segment);
        all
    }

    /// Leaves out what was deleted.
    pub(super) fn leave_deleted(&mut self, segment: &Segment) {
        let Some(alive) = segment.reader.alive_bitset() else {
            return;
        };
        for (word, bits) in self.0.iter_mut().enumerate() {
            for at in ones(*bits) {
                if !alive.is_alive(number(word, at)) {
                    *bits &= !(1 << at);
                }
            }
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub(super) fn keep(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word &= more;
        }
    }

    pub(super) fn leave_out(&mut self, other: &Self) {
        for (word, less) in self.0.iter_mut().zip(&other.0) {
            *word &= !less;
        }
    }

    #[inline]
    pub(super) fn has(&self, doc: DocId) -> bool {
        self.0[doc as usize / WORD] & 1 << (doc as usize % WORD) != 0
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Takes them all out, in order.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = DocId> {
        let words = self.0.iter_mut().enumerate();
        words.flat_map(|(word, bits)| ones(std::mem::take(bits)).map(move |at| number(word, at)))
    }

    /// Takes them all out.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(word, bits)| ones(*bits).map(move |at| number(word, at)))
    }
}

/// Which numbers are not 0. No bit waits for another, as where they are set one by
/// one.
fn filled(numbers: &[f32]) -> u64 {
    let bits = (0..).zip(numbers);
    bits.fold(0, |all, (at, number)| all | u64::from(*number != 0.0) << at)
}

/// The document of a bit of a word.
fn number(word: usize, at: usize) -> DocId {
    DocId::try_from(word * WORD + at).unwrap_or(DocId::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_the_same_however_they_are_told() {
        let mut seed = 1_u32;
        for documents in [0, 1, 7, 8, 63, 64, 65, 200] {
            let marks: Vec<u8> = (0..documents)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 31) as u8
                })
                .collect();
            let docs: Vec<DocId> = (0..)
                .zip(&marks)
                .filter(|(_, mark)| **mark == 1)
                .map(|(doc, _)| doc)
                .collect();
            let sums: Vec<f32> = marks.iter().map(|mark| f32::from(*mark) * 0.5).collect();
            let mut words = Docs::marks(documents);
            words.as_flattened_mut()[..marks.len()].copy_from_slice(&marks);
            let marked = Docs::marked(&words);
            assert_eq!(marked, Docs::with(&sums));
            assert_eq!(marked.iter().collect::<Vec<_>>(), docs);
            let mut inserted = marked.no();
            inserted.insert_all(&docs);
            assert_eq!(marked, inserted);
        }
    }
}
