//! Which documents have a word, and the scores of some of them only.
//!
//! To know who has a word takes a fraction of the time that scoring them does:
//! neither frequencies nor lengths are read.

use std::cell::LazyCell;

use tantivy::DocId;

use crate::error::Result;
use crate::index::Segment;

use super::docs::Docs;
use super::lists::{Listed, listed_in};
use super::lookup::{Sought, Want};
use super::norm::times;
use super::plan::Scoped;
use super::score::{Scorer, add, among, are_many, favour_forms, with_forms};
use super::weighed::Weighed;
use super::weights;

/// By how many times a list may be longer than what is asked of it, to be read as a
/// whole: a block of it holds 128 documents, and is looked for in the time that
/// some dozens are read in.
const RARE: usize = 32;

/// What of a segment holds a word, not scored yet.
pub(super) struct Unscored {
    pub(super) docs: Docs,
    /// Where to score it.
    pub(super) lists: Vec<Listed>,
}

impl Scorer<'_> {
    /// The documents of a segment that hold a word itself, which has these lists.
    pub(super) fn unscored(
        &self,
        segment: &Segment,
        scoped: &Scoped,
        lists: Vec<Listed>,
    ) -> Result<Unscored> {
        let mut found = self.with(segment, lists)?;
        match &scoped.want {
            Want::Word(sought) if sought.only => found.docs.keep(&with_forms(segment, sought)?),
            _ => {}
        }
        Ok(found)
    }

    /// The documents of a segment that stand in lists.
    pub(super) fn with(&self, segment: &Segment, lists: Vec<Listed>) -> Result<Unscored> {
        let mut docs = match are_many(segment, &lists) {
            true => {
                // A byte each waits for no other, and nobody has to know where a word ends.
                let mut marks = Docs::marks(segment.reader.max_doc());
                let flat = marks.as_flattened_mut();
                self.each_block(segment, &lists, |block| {
                    block.iter().for_each(|doc| flat[*doc as usize] = 1);
                })?;
                Docs::marked(&marks)
            }
            false => {
                let mut docs = Docs::none(segment);
                self.each_block(segment, &lists, |block| docs.insert_all(block))?;
                docs
            }
        };
        docs.leave_deleted(segment);
        Ok(Unscored { docs, lists })
    }

    /// Calls `each` with the documents of lists, block by block.
    fn each_block(
        &self,
        segment: &Segment,
        lists: &[Listed],
        mut each: impl FnMut(&[DocId]),
    ) -> Result<()> {
        let reader = &mut *self.documents.borrow_mut();
        for list in lists {
            let postings = reader.open(segment, list)?;
            while !postings.docs().is_empty() {
                each(postings.docs());
                postings.advance();
            }
        }
        Ok(())
    }

    /// How many documents hold what is wanted.
    pub(super) fn projects(&self, scoped: &Scoped) -> Result<u64> {
        let mut all = 0;
        for segment in &self.reader.segments {
            let lists = listed_in(segment, scoped)?;
            let docs = match scoped.can_wait() {
                true => self.unscored(segment, scoped, lists)?.docs,
                false => self.matches(segment, scoped, &lists)?.docs,
            };
            all += docs.len() as u64;
        }
        Ok(all)
    }

    /// Scores some of the documents of a segment that have what stands in lists:
    /// of a word itself by its very forms too.
    pub(super) fn weigh(
        &self,
        segment: &Segment,
        (lists, itself): (&[Listed], Option<&Sought>),
        asked: &Docs,
    ) -> Result<Weighed> {
        let many = asked.len();
        if many == 0 {
            return Ok(Weighed::Few(Vec::new()));
        }
        let docs = LazyCell::new(|| asked.iter().collect::<Vec<_>>());
        let tally = &mut *self.tally.borrow_mut();
        tally.reach(segment.reader.max_doc());
        let reader = &mut *self.lists.borrow_mut();
        let is_rare = |list: &Listed| many.saturating_mul(RARE) < list.documents();
        for list in lists {
            let norm = self.norm(segment, list.row)?;
            let postings = reader.open(segment, list)?;
            match is_rare(list) {
                true => among(postings, &docs, |doc, freq| {
                    tally.add_to(doc, list.worth * times(freq) * norm.factor(doc))
                }),
                // Those that are not asked for too, which is quicker than to ask.
                false => add(postings, (list.worth, &norm), tally, false),
            }
        }
        let mut weighed = match Weighed::are_many(many, segment.reader.max_doc()) {
            true => Weighed::saturated(tally.take(segment)),
            false => {
                let mut list = Vec::with_capacity(many);
                let others = !lists.iter().all(is_rare);
                tally.drain_of((asked, others), |doc, sum| {
                    list.push((doc, weights::saturated(sum)))
                });
                Weighed::Few(list)
            }
        };
        if let Some(sought) = itself {
            if sought.only {
                weighed.keep(asked);
            }
            favour_forms(segment, sought, &mut weighed)?;
        }
        Ok(weighed)
    }
}
