//! Phrases: where terms stand in a row.
//!
//! The lists of all slots are read side by side, led by the shortest, and positions
//! only of documents that hold a term of each slot; or where the two shortest are
//! about as long, these block by block. A slot of a phrase may be filled by any base
//! form that its word can have.

use tantivy::postings::TermInfo;
use tantivy::{DocId, TERMINATED};

use crate::error::Result;
use crate::index::Segment;

use super::follow::{self, Near};
use super::lists;
use super::pair::Pair;
use super::placed::{Placed, Places, Running};

/// By how many times a list may be longer than the shortest, or than what is asked
/// of it, to be read whole rather than passed over.
const FAR: u32 = 16;

/// By how many times a list may be longer than the shortest for their blocks to be
/// compared.
const DENSE: u32 = 8;

/// The words of a row in one section of a segment.
pub(super) struct Row {
    slots: Vec<Slot>,
    /// The slot with the fewest documents.
    shortest: usize,
    /// How many other words may stand between in all.
    slop: u32,
    near: Near,
    /// Where the rarest word stands, or what is left of where rows may begin by it; room
    /// for the places of one of two words.
    places: Vec<u32>,
}

impl Row {
    /// Opens the lists of a row that may pass over `slop` other words in all,
    /// in each of the rows of FIELDS asked where all its words stand, to ask it for
    /// so many documents at the most.
    pub(super) fn open(
        segment: &Segment,
        rows: &[usize],
        (slots, slop): (&[Vec<String>], u32),
        asked: usize,
    ) -> Result<Vec<(usize, Self)>> {
        let asked = u32::try_from(asked).unwrap_or(u32::MAX);
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
            let most = |info: &TermInfo| info.doc_freq / FAR < least.min(asked);
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
            near: Near::default(),
            places: Vec::new(),
        }
    }

    /// Calls `each` with every document that holds the row, in order, and how
    /// often.
    pub(super) fn each(mut self, mut each: impl FnMut(DocId, f32)) {
        if let Some(pair) = self.dense_pair() {
            self.each_by(pair, each);
            return;
        }
        let mut doc = 0;
        loop {
            let led = self.slots[self.shortest].seek(doc);
            if led == TERMINATED {
                return;
            }
            doc = self.follow(led);
            if doc == led {
                if let Some(times) = self.times_here(doc) {
                    each(doc, times);
                }
                doc += 1;
            }
        }
    }

    /// The two rarest words, if words have to stand right behind each other and the one
    /// is not much rarer than the other.
    fn dense_pair(&self) -> Option<[usize; 2]> {
        let mut slots: Vec<_> = (0..self.slots.len()).collect();
        slots.sort_by_key(|slot| self.slots[*slot].documents);
        let pair = [*slots.first()?, *slots.get(1)?];
        let [rarer, other] = pair.map(|slot| &self.slots[slot]);
        let is_dense = self.slop == 0 && other.documents / DENSE < rarer.documents;
        (is_dense && rarer.is_one() && other.is_one()).then_some(pair)
    }

    /// Calls `each` with every document that holds the row, in order, and how often;
    /// two words are looked for first.
    fn each_by(&mut self, pair: [usize; 2], mut each: impl FnMut(DocId, f32)) {
        let [rarer, other] = pair;
        let ahead = |word: usize, other: usize| follow::distance(other.saturating_sub(word));
        let apart = (ahead(rarer, other), ahead(other, rarer));
        let mut blocks = Pair::default();
        while let Some([rarer, other]) = self.pair(pair) {
            let Some(passed) = blocks.meet(rarer, other, apart) else {
                return;
            };
            for (doc, places) in blocks.met() {
                let times = match self.slots.len() {
                    2 => places.len(),
                    _ => self.row_by(pair, (doc, places)),
                };
                if times > 0 {
                    each(doc, frequency(times));
                }
            }
            if let Some([rarer, other]) = self.pair(pair) {
                rarer.go_to(passed[0]);
                other.go_to(passed[1]);
            }
        }
    }

    /// The lists of two words.
    fn pair(&mut self, pair: [usize; 2]) -> Option<[&mut Running; 2]> {
        let [rarer, other] = self.slots.get_disjoint_mut(pair).ok()?;
        Some([rarer.running()?, other.running()?])
    }

    /// How often the row stands in a document where two of its words meet, the first
    /// of them at these places.
    fn row_by(&mut self, pair: [usize; 2], (doc, places): (DocId, &[u32])) -> usize {
        self.places.clear();
        self.places.extend_from_slice(places);
        self.row_from(&pair, doc)
    }

    /// Calls `each` with those of `docs`, which are in order, that hold the row, each
    /// by its number among them, and how often.
    pub(super) fn each_of(&mut self, docs: &[DocId], mut each: impl FnMut(usize, f32)) {
        let mut at = 0;
        while let Some(doc) = docs.get(at) {
            let next = self.next(*doc);
            if next != *doc {
                at += gallop(&docs[at..], next);
                continue;
            }
            if let Some(times) = self.times_here(next) {
                each(at, times);
            }
            at += 1;
        }
    }

    /// The document, if each slot has it, or the least that may be the next.
    fn next(&mut self, doc: DocId) -> DocId {
        let next = self.slots[self.shortest].seek(doc);
        match next == doc {
            true => self.follow(doc),
            false => next,
        }
    }

    /// The same of a document that the slot with the fewest has.
    #[inline]
    fn follow(&mut self, doc: DocId) -> DocId {
        for (number, slot) in self.slots.iter_mut().enumerate() {
            if number != self.shortest {
                let next = slot.seek(doc);
                if next != doc {
                    return next;
                }
            }
        }
        doc
    }

    /// How often the row stands in a document that each slot has.
    fn times_here(&mut self, doc: DocId) -> Option<f32> {
        let times = match (self.slots.len(), self.slop) {
            (2, _) => self.pair_here(doc),
            (_, 0) => self.row_here(doc),
            _ => self.near_here(doc),
        };
        (times > 0).then(|| frequency(times))
    }

    /// How often the second of two words stands behind the first.
    fn pair_here(&mut self, doc: DocId) -> usize {
        let [first, second] = self.slots.as_mut_slice() else {
            return 0;
        };
        let firsts = first.places(doc, &mut self.near.places);
        let seconds = second.places(doc, &mut self.places);
        follow::behind(firsts, seconds, self.slop + 1)
    }

    /// How often words stand right behind each other.
    fn row_here(&mut self, doc: DocId) -> usize {
        let rarest = self.shortest;
        self.slots[rarest].positions(doc, &mut self.places);
        self.row_from(&[rarest], doc)
    }

    /// The same, from where the first of some words stands and those stand right: the
    /// others are looked for as their places are read.
    fn row_from(&mut self, known: &[usize], doc: DocId) -> usize {
        let starts = &mut self.places;
        follow::go_back(starts, known[0]);
        for (number, slot) in self.slots.iter_mut().enumerate() {
            if starts.is_empty() {
                break;
            }
            if known.contains(&number) {
                continue;
            }
            if slot.seek(doc) != doc {
                return 0;
            }
            let places = slot.places(doc, &mut self.near.places);
            follow::keep(starts, places, number);
        }
        starts.len()
    }

    /// How often the words stand near each other in their order.
    fn near_here(&mut self, doc: DocId) -> usize {
        for (number, slot) in self.slots.iter_mut().enumerate() {
            slot.positions(doc, &mut self.near.places);
            match number {
                0 => self.near.begin(),
                _ => self.near.follow(self.slop),
            }
            if self.near.is_empty() {
                return 0;
            }
        }
        self.near.len()
    }
}

/// How often something stands in one document.
#[expect(
    clippy::cast_precision_loss,
    reason = "a frequency within one document"
)]
fn frequency(times: usize) -> f32 {
    times as f32
}

/// How many of `docs`, which are in order, stand before one of them or none; there
/// are mostly few.
fn gallop(docs: &[DocId], doc: DocId) -> usize {
    let mut reach = 1;
    while docs.get(reach).is_some_and(|other| *other < doc) {
        reach *= 2;
    }
    let reach = reach.min(docs.len());
    docs[..reach].partition_point(|other| *other < doc)
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

    /// Whether it has one list, of which most documents are asked.
    fn is_one(&self) -> bool {
        matches!(self.lists.as_slice(), [Placed::Most(_)])
    }

    /// The list, if that is so.
    fn running(&mut self) -> Option<&mut Running> {
        match self.lists.as_mut_slice() {
            [Placed::Most(list)] => Some(list),
            _ => None,
        }
    }

    /// The first document from `doc` on that any list has.
    #[inline]
    fn seek(&mut self, doc: DocId) -> DocId {
        // Mostly there is one.
        if let [list] = self.lists.as_mut_slice() {
            return list.seek(doc);
        }
        let next = self.lists.iter_mut().map(|list| list.seek(doc)).min();
        next.unwrap_or(TERMINATED)
    }

    /// Where any of the terms stands in the document that was sought; where more than
    /// one does, that is written down first.
    #[inline]
    fn places<'s>(&'s mut self, doc: DocId, spare: &'s mut Vec<u32>) -> Places<'s> {
        // Mostly there is one, which has it.
        if self.lists.len() == 1 {
            return self.lists[0].places();
        }
        self.positions(doc, spare);
        Places::at(spare)
    }

    /// Writes down where any of the terms stands in the document that was sought.
    fn positions(&mut self, doc: DocId, places: &mut Vec<u32>) {
        places.clear();
        let here = self.lists.iter_mut().filter(|list| list.doc() == doc);
        let lists = here.map(|list| places.extend(list.places())).count();
        if lists > 1 {
            places.sort_unstable();
            places.dedup();
        }
    }
}
