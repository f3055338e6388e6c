//! BM25F: how well each document answers one word of the query.
//!
//! A word's occurrences in all sections and in all its forms are weighed and
//! summed before they are saturated (Robertson, Zaragoza and Taylor 2004), so
//! that a word said in five sections does not count as five words. Postings
//! are read list by list into one array a segment, which costs less than a heap
//! over many short lists. The frequency is that of the word in live documents.

use std::cell::{OnceCell, RefCell};

use tantivy::DocId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

use crate::error::Result;
use crate::index::fields::FIELDS;
use crate::index::{Reader, Segment};

use super::docs::Docs;
use super::lists::{Listed, Lists, listed};
use super::lookup::{Lookup, Sought, Want};
use super::norm::{Factors, Norm, factors, times};
use super::phrase::Row;
use super::plan::Scoped;
use super::synonyms::Synonym;
use super::tally::{self, Tally};
use super::weighed::Weighed;
use super::weights;

/// What of a segment holds a word.
pub(super) struct Matches {
    pub(super) docs: Docs,
    /// What it weighs in them.
    pub(super) weighed: Weighed,
}

/// Scores the words of a query over the sections that they ask.
pub(super) struct Scorer<'a> {
    pub(super) reader: &'a Reader,
    /// What sums are made in.
    pub(super) tally: RefCell<Tally>,
    /// What lists are read with.
    pub(super) lists: RefCell<Lists>,
    /// What documents are read with where frequencies don't matter.
    pub(super) documents: RefCell<Lists>,
    /// By row, made when first asked for.
    factors: Vec<OnceCell<Factors>>,
}

impl Drop for Scorer<'_> {
    fn drop(&mut self) {
        tally::keep(self.tally.take());
    }
}

impl<'a> Scorer<'a> {
    pub(super) fn new(reader: &'a Reader) -> Self {
        Self {
            reader,
            tally: RefCell::new(tally::kept()),
            lists: RefCell::new(Lists::new(IndexRecordOption::WithFreqs)),
            documents: RefCell::new(Lists::new(IndexRecordOption::Basic)),
            factors: vec![OnceCell::new(); FIELDS.len()],
        }
    }

    /// The documents of a segment that hold what is wanted, which has these lists.
    pub(super) fn matches(
        &self,
        segment: &Segment,
        scoped: &Scoped,
        lists: &[Listed],
    ) -> Result<Matches> {
        match &scoped.want {
            Want::Word(sought) => {
                let mut matches = self.word(segment, (&scoped.rows, lists), &sought.synonyms)?;
                if sought.only {
                    let held = with_forms(segment, sought)?;
                    matches.weighed.keep(&held);
                    matches.docs.keep(&held);
                }
                favour_forms(segment, sought, &mut matches.weighed)?;
                Ok(matches)
            }
            Want::Phrase(slots, slop) => self.phrase(segment, &scoped.rows, (slots, *slop)),
        }
    }

    /// The documents of a segment that hold a part or relative, which has these
    /// lists.
    pub(super) fn near(&self, segment: &Segment, lists: &[Listed]) -> Result<Matches> {
        self.word(segment, (&[], lists), &[])
    }

    fn word(
        &self,
        segment: &Segment,
        (rows, lists): (&[usize], &[Listed]),
        synonyms: &[Synonym],
    ) -> Result<Matches> {
        let tally = &mut *self.tally.borrow_mut();
        tally.reach(segment.reader.max_doc());
        let reader = &mut *self.lists.borrow_mut();
        let many = are_many(segment, lists);
        for list in lists {
            let norm = self.norm(segment, list.row)?;
            let postings = reader.open(segment, list)?;
            add(postings, (list.worth, &norm), tally, !many);
        }
        for synonym in synonyms.iter().filter(|synonym| !synonym.slots.is_empty()) {
            let words = (synonym.slots.as_slice(), 0);
            self.add_rows(segment, rows, (words, weights::SYNONYM), tally)?;
        }
        Ok(match many {
            true => many_alive(segment, tally),
            false => alive(segment, tally),
        })
    }

    /// The documents of a segment in which words follow each other.
    pub(super) fn beside(
        &self,
        segment: &Segment,
        rows: &[usize],
        slots: &[Vec<String>],
    ) -> Result<Matches> {
        self.phrase(segment, rows, (slots, weights::BESIDE_SLOP))
    }

    /// What words weigh by following each other in some documents of a segment,
    /// which are in order.
    pub(super) fn beside_in(
        &self,
        segment: &Segment,
        (rows, slots): (&[usize], &[Vec<String>]),
        docs: &[DocId],
    ) -> Result<Vec<f32>> {
        let mut sums = vec![0.0; docs.len()];
        for (row, mut words) in Row::open(segment, rows, (slots, weights::BESIDE_SLOP), docs.len())?
        {
            let norm = self.norm(segment, row)?;
            words.each_of(docs, |at, times| sums[at] += times * norm.factor(docs[at]));
        }
        sums.iter_mut()
            .for_each(|sum| *sum = weights::saturated(*sum));
        Ok(sums)
    }

    fn phrase(
        &self,
        segment: &Segment,
        rows: &[usize],
        words: (&[Vec<String>], u32),
    ) -> Result<Matches> {
        let tally = &mut *self.tally.borrow_mut();
        tally.reach(segment.reader.max_doc());
        self.add_rows(segment, rows, (words, 1.0), tally)?;
        Ok(alive(segment, tally))
    }

    /// Tallies where words stand in a row, each time with what it is worth.
    fn add_rows(
        &self,
        segment: &Segment,
        rows: &[usize],
        (words, worth): ((&[Vec<String>], u32), f32),
        tally: &mut Tally,
    ) -> Result<()> {
        for (row, words) in Row::open(segment, rows, words, usize::MAX)? {
            let norm = self.norm(segment, row)?;
            words.each(|doc, times| tally.add(doc, times * worth * norm.factor(doc)));
        }
        Ok(())
    }

    /// Of documents in their order, those that hold what is wanted, by row:
    /// the words asked for, or if not `direct`, their parts and relatives.
    pub(super) fn rows_of(
        &self,
        segment: &Segment,
        (docs, direct): (&[DocId], bool),
        scoped: &Scoped,
        mut each: impl FnMut(usize, DocId),
    ) -> Result<()> {
        let lists = &mut *self.lists.borrow_mut();
        let rows = scoped.rows.as_slice();
        let mut in_rows = |slots: &[Vec<String>], slop| -> Result<()> {
            for (row, mut words) in Row::open(segment, rows, (slots, slop), docs.len())? {
                words.each_of(docs, |at, _| each(row, docs[at]));
            }
            Ok(())
        };
        match &scoped.want {
            Want::Word(sought) => {
                for synonym in sought.synonyms.iter().filter(|_| direct) {
                    if !synonym.slots.is_empty() {
                        in_rows(&synonym.slots, 0)?;
                    }
                }
                for lookup in sought.lookups(direct) {
                    for list in listed(segment, rows, lookup)? {
                        let postings = lists.open(segment, &list)?;
                        among(postings, docs, |doc, _| each(list.row, doc));
                    }
                }
            }
            Want::Phrase(slots, slop) => in_rows(slots, *slop)?,
        }
        Ok(())
    }

    /// What a document's section adds to a word before saturation.
    pub(super) fn word_in(
        &self,
        segment: &Segment,
        (row, doc): (usize, DocId),
        lookups: &[Lookup],
    ) -> Result<f32> {
        let norm = self.norm(segment, row)?.factor(doc);
        let mut sum = 0.0;
        let lists = &mut *self.lists.borrow_mut();
        for lookup in lookups {
            for list in listed(segment, &[row], lookup)? {
                let postings = lists.open(segment, &list)?;
                among(postings, &[doc], |_, freq| {
                    sum += list.worth * times(freq) * norm
                });
            }
        }
        Ok(sum)
    }

    /// What a document's section adds to words in a row before saturation.
    pub(super) fn row_in(
        &self,
        segment: &Segment,
        (row, doc): (usize, DocId),
        (slots, slop): (&[Vec<String>], u32),
    ) -> Result<f32> {
        let mut sum = 0.0;
        for (_, mut words) in Row::open(segment, &[row], (slots, slop), 1)? {
            words.each_of(&[doc], |_, times| sum += times);
        }
        Ok(sum * self.norm(segment, row)?.factor(doc))
    }

    pub(super) fn norm<'s>(&'s self, segment: &'s Segment, row: usize) -> Result<Norm<'s>> {
        let factors = self.factors[row].get_or_init(|| {
            let field = &FIELDS[row];
            factors(field.weight, self.reader.manifest.mean(field.key))
        });
        let lengths = segment.norms(&self.reader.layout, row)?;
        Ok(Norm { lengths, factors })
    }
}

/// Whether lists have many of the documents of a segment.
pub(super) fn are_many(segment: &Segment, lists: &[Listed]) -> bool {
    let some = lists.iter().map(Listed::documents).sum();
    Weighed::are_many(some, segment.reader.max_doc())
}

/// Documents with a very form come before others.
pub(super) fn favour_forms(
    segment: &Segment,
    sought: &Sought,
    weighed: &mut Weighed,
) -> Result<()> {
    if sought.forms.is_empty() || sought.only {
        return Ok(());
    }
    weighed.favour(&with_forms(segment, sought)?, 1.0 + weights::EXACT);
    Ok(())
}

/// The documents of a segment that have one of the very forms asked for.
pub(super) fn with_forms(segment: &Segment, sought: &Sought) -> Result<Docs> {
    let mut held = Docs::none(segment);
    let mut forms = segment.forms.finder();
    for form in &sought.forms {
        if forms.find(form)? {
            held.add_from(|set| forms.add_to(set))?;
        }
    }
    Ok(held)
}

/// The documents tallied that were told of, without what was deleted, so that it
/// counts in no statistics.
fn alive(segment: &Segment, tally: &mut Tally) -> Matches {
    let mut docs = tally.docs(segment);
    docs.leave_deleted(segment);
    let mut list = Vec::with_capacity(docs.len());
    tally.drain(|doc, sum| {
        if docs.has(doc) {
            list.push((doc, weights::saturated(sum)));
        }
    });
    Matches {
        docs,
        weighed: Weighed::Few(list),
    }
}

/// The same where many documents were tallied, which nobody has told of.
fn many_alive(segment: &Segment, tally: &mut Tally) -> Matches {
    let weights = tally.take(segment);
    let mut docs = Docs::with(&weights);
    docs.leave_deleted(segment);
    let mut weighed = Weighed::saturated(weights);
    if segment.reader.has_deletes() {
        weighed.keep(&docs);
    }
    Matches { docs, weighed }
}

/// Adds what a list is worth, and tells whom it has if they are to be `seen`. Apart,
/// so that the loop has all registers.
#[inline(never)]
pub(super) fn add(
    postings: &mut BlockSegmentPostings,
    (worth, norm): (f32, &Norm<'_>),
    tally: &mut Tally,
    seen: bool,
) {
    while !postings.docs().is_empty() {
        let (docs, freqs) = (postings.docs(), postings.freqs());
        tally.add_block(docs, freqs, |doc, freq| {
            worth * times(freq) * norm.factor(doc)
        });
        if seen {
            tally.see(docs);
        }
        postings.advance();
    }
}

/// Calls `each` for those of `docs`, which are in order, that postings have, with
/// their frequencies.
pub(super) fn among(
    postings: &mut BlockSegmentPostings,
    docs: &[DocId],
    mut each: impl FnMut(DocId, u32),
) {
    for &doc in docs {
        let at = postings.seek(doc);
        if at < postings.block_len() && postings.doc(at) == doc {
            each(doc, postings.freq(at));
        }
    }
}
