//! Phrases: where terms stand in a row.
//!
//! The lists of all slots are read side by side, led by the shortest;
//! positions are read only of documents that hold a term of each slot. A slot
//! of a phrase may be filled by any base form that its word can have.

use tantivy::postings::TermInfo;
use tantivy::{DocId, TERMINATED};

use crate::error::Result;
use crate::index::Segment;

use super::lists;
use super::placed::Placed;

/// By how many times a list may be longer than the shortest to be read whole
/// rather than passed over.
const FAR: u32 = 16;

/// The words of a row in one section of a segment.
pub(super) struct Row {
    slots: Vec<Slot>,
    /// The slot with the fewest documents.
    shortest: usize,
    /// How many other words may stand between in all.
    slop: u32,
    ends: Ends,
}

impl Row {
    /// Opens the lists of a row that may pass over `slop` other words in all,
    /// in each of the rows of FIELDS asked where all its words stand, to ask it for
    /// some documents.
    pub(super) fn open(
        segment: &Segment,
        rows: &[usize],
        words: (&[Vec<String>], u32),
    ) -> Result<Vec<(usize, Self)>> {
        Self::open_for(segment, rows, words, false)
    }

    /// The same, to go through all documents that hold it.
    pub(super) fn open_all(
        segment: &Segment,
        rows: &[usize],
        words: (&[Vec<String>], u32),
    ) -> Result<Vec<(usize, Self)>> {
        Self::open_for(segment, rows, words, true)
    }

    fn open_for(
        segment: &Segment,
        rows: &[usize],
        (slots, slop): (&[Vec<String>], u32),
        all: bool,
    ) -> Result<Vec<(usize, Self)>> {
        // Most words that do not follow each other are not in a section at all:
        // nothing is opened before all are known to be.
        let mut infos = Vec::with_capacity(slots.len());
        for terms in slots {
            let mut found = Vec::new();
            for term in terms {
                found.append(&mut lists::entries(&segment.words, term)?);
            }
            if found.is_empty() {
                return Ok(Vec::new());
            }
            infos.push(found);
        }
        let in_all = |row: &&usize| {
            infos
                .iter()
                .all(|found| found.iter().any(|(of, _)| of == *row))
        };
        let open = |row: &usize| {
            let slots = infos.iter().map(|found| {
                let here = found.iter().filter(|(of, _)| of == row);
                here.map(|(_, info)| info).collect::<Vec<_>>()
            });
            let slots: Vec<_> = slots.collect();
            let documents = |slot: &Vec<&TermInfo>| slot.iter().map(|info| info.doc_freq).sum();
            let least: u32 = slots.iter().map(documents).min().unwrap_or_default();
            let most = |info: &TermInfo| all && info.doc_freq / FAR < least;
            let slots = slots.iter().map(|slot| Slot::open(segment, slot, most));
            Ok((*row, Self::new(slots.collect::<Result<_>>()?, slop)))
        };
        rows.iter().filter(in_all).map(open).collect()
    }

    fn new(slots: Vec<Slot>, slop: u32) -> Self {
        let documents = |at: &usize| slots[*at].documents;
        let shortest = (0..slots.len()).min_by_key(documents).unwrap_or_default();
        Self {
            slots,
            shortest,
            slop,
            ends: Ends::default(),
        }
    }

    /// Calls `each` with every document that holds the row, in order, and how
    /// often.
    pub(super) fn each(mut self, mut each: impl FnMut(DocId, f32)) {
        let mut doc = 0;
        while doc != TERMINATED {
            let next = self.next(doc);
            if next != doc {
                doc = next;
                continue;
            }
            if let Some(times) = self.times_here(doc) {
                each(doc, times);
            }
            doc += 1;
        }
    }

    /// How often a document holds the row; documents are asked for in order.
    pub(super) fn times(&mut self, doc: DocId) -> Option<f32> {
        if self.next(doc) == doc {
            self.times_here(doc)
        } else {
            None
        }
    }

    /// The document, if each slot has it, or the least that may be the next.
    fn next(&mut self, doc: DocId) -> DocId {
        let next = self.slots[self.shortest].seek(doc);
        if next != doc {
            return next;
        }
        let mut seek = self.slots.iter_mut().map(|slot| slot.seek(doc));
        seek.find(|next| *next != doc).unwrap_or(doc)
    }

    /// How often the row stands in a document that each slot has.
    fn times_here(&mut self, doc: DocId) -> Option<f32> {
        let Self {
            slots, slop, ends, ..
        } = self;
        for (place, slot) in slots.iter_mut().enumerate() {
            slot.positions(doc, &mut ends.places);
            match place {
                0 => ends.begin(),
                _ => ends.follow(*slop),
            }
            if ends.reached.is_empty() {
                return None;
            }
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a frequency within one document"
        )]
        let times = ends.reached.len() as f32;
        Some(times)
    }
}

/// The lists of the terms that may fill a slot.
struct Slot {
    lists: Vec<Placed>,
    /// Documents in them, at the most.
    documents: u32,
}

impl Slot {
    fn open(
        segment: &Segment,
        infos: &[&TermInfo],
        most: impl Fn(&TermInfo) -> bool,
    ) -> Result<Self> {
        let lists = infos.iter();
        let lists = lists.map(|info| Placed::open(segment, info, most(info)));
        Ok(Self {
            lists: lists.collect::<Result<_>>()?,
            documents: infos.iter().map(|info| info.doc_freq).sum(),
        })
    }

    /// The first document from `doc` on that any list has.
    fn seek(&mut self, doc: DocId) -> DocId {
        let next = self.lists.iter_mut().map(|list| list.seek(doc)).min();
        next.unwrap_or(TERMINATED)
    }

    /// Where any of the terms stands in the document that was sought.
    fn positions(&mut self, doc: DocId, places: &mut Vec<u32>) {
        places.clear();
        let here = self.lists.iter_mut().filter(|list| list.doc() == doc);
        let lists = here.map(|list| list.add_places(places)).count();
        if lists > 1 {
            places.sort_unstable();
            places.dedup();
        }
    }
}

/// Where a row can end in a document, slot by slot; used again and again.
#[derive(Default)]
struct Ends {
    /// Where the terms of the slot stand.
    places: Vec<u32>,
    /// Where the row up to the slot can end, each with the fewest words that it
    /// passes over.
    reached: Vec<(u32, u32)>,
    before: Vec<(u32, u32)>,
}

impl Ends {
    /// The row can begin at all places.
    fn begin(&mut self) {
        self.reached.clear();
        self.reached
            .extend(self.places.iter().map(|place| (*place, 0)));
    }

    /// Goes on to the places that stand behind an end so far, over `slop` words
    /// at the most in all.
    fn follow(&mut self, slop: u32) {
        std::mem::swap(&mut self.before, &mut self.reached);
        self.reached.clear();
        let mut from = 0;
        if slop == 0 {
            for &place in &self.places {
                let behind = self.before[from..].iter();
                from += behind.take_while(|(end, _)| end + 1 < place).count();
                match self.before.get(from) {
                    Some((end, _)) if end + 1 == place => self.reached.push((place, 0)),
                    Some(_) => {}
                    None => return,
                }
            }
            return;
        }
        for &place in &self.places {
            let first = place.saturating_sub(slop + 1);
            let behind = self.before[from..].iter();
            from += behind.take_while(|(end, _)| *end < first).count();
            let near = self.before[from..].iter();
            let near = near.take_while(|(end, _)| *end < place);
            let passed = near.map(|(end, passed)| passed + (place - end - 1));
            if let Some(passed) = passed.min().filter(|passed| *passed <= slop) {
                self.reached.push((place, passed));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of a row of single words that stand at these places.
    fn ends(words: &[&[u32]], slop: u32) -> Vec<(u32, u32)> {
        let mut ends = Ends::default();
        for (at, places) in words.iter().enumerate() {
            ends.places = places.to_vec();
            match at {
                0 => ends.begin(),
                _ => ends.follow(slop),
            }
        }
        ends.reached
    }

    #[test]
    fn words_in_a_row_are_found_where_they_follow() {
        assert_eq!(ends(&[&[4, 9], &[5, 12]], 0), [(5, 0)]);
        assert_eq!(ends(&[&[4, 9], &[5, 10, 12]], 0), [(5, 0), (10, 0)]);
        assert_eq!(ends(&[&[0], &[0]], 0), []);
    }

    #[test]
    fn a_row_may_pass_over_words_but_only_so_many_in_all() {
        assert_eq!(ends(&[&[4], &[6]], 2), [(6, 1)]);
        assert_eq!(ends(&[&[4], &[6], &[8]], 2), [(8, 2)]);
        assert_eq!(ends(&[&[4], &[6], &[8]], 1), []);
        assert_eq!(ends(&[&[6], &[4]], 9), []);
    }
}
