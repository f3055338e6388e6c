//! The words of all sections, document by document → postings, term by term
//! and section by section.
//!
//! A log is in the order of documents, so the lists that its words are thrown
//! into are too; nothing is compared and nothing hashed.

use std::io;
use std::ops::Range;

use tantivy::DocId;

use super::super::entry::section;
use super::lists::Lists;
use super::log::{Logs, furthest};
use super::out::Out;
use super::terms::Terms;

/// Words that are sorted at a time, roughly: bounds the memory for it. If there
/// are more, they are read several times, for some of the terms each.
const AT_ONCE: usize = 9 << 20;

/// Bytes that sorting takes at the most.
pub(super) fn memory(words: usize) -> usize {
    Lists::memory(words.min(AT_ONCE))
}

/// Things that are sorted one after the other, in ranges of one size: each has so many
/// `places` in the lists, and there are so many words in all, each a value of so many
/// bits.
pub(super) fn parts(
    things: usize,
    places: usize,
    (words, value): (u64, u32),
) -> impl Iterator<Item = Range<usize>> {
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    let rounds = words.div_ceil(AT_ONCE).max(1);
    let most = Lists::most_places(value) / places.max(1);
    let size = things.div_ceil(rounds).min(most).max(1);
    (0..things)
        .step_by(size)
        .map(move |start| start..(start + size).min(things))
}

/// Bits of the numbers below `count`.
pub(super) fn bits(count: u32) -> u32 {
    u32::BITS - count.leading_zeros()
}

/// Writes the terms of sections with their documents and positions. Sections are in
/// the order of their rows.
pub(super) fn write(
    texts: &[(usize, Logs<'_>)],
    terms: &Terms,
    out: &mut impl Out,
) -> io::Result<()> {
    let (words, (docs, positions)) = extent(texts);
    let occurrences = Occurrences {
        position: bits(positions),
    };
    let value = bits(docs) + occurrences.position;
    let (mut lists, mut gaps, mut key) = (Lists::new(), Vec::new(), String::new());
    // A term has a place for each of the sections, side by side.
    for range in parts(terms.len(), texts.len(), (words, value)) {
        lists.begin(range.len() * texts.len(), value);
        for (number, (_, logs)) in texts.iter().enumerate() {
            logs.each(|doc, position, form| {
                for place in terms.of_form(form).iter().map(|place| *place as usize) {
                    if range.contains(&place) {
                        let place = (place - range.start) * texts.len() + number;
                        lists.push(place as u32, occurrences.pack(doc, position));
                    }
                }
            });
        }
        lists.each(|place, list| {
            key.clear();
            key.push_str(terms.get(range.start + place / texts.len()));
            key.push(section(texts[place % texts.len()].0));
            out.begin(key.as_bytes())?;
            occurrences.add_to(out, list, &mut gaps);
            out.end()
        })?;
    }
    Ok(())
}

/// How many words there are, and above all documents and positions.
pub(super) fn extent(texts: &[(usize, Logs<'_>)]) -> (u64, (DocId, u32)) {
    let words = texts.iter().map(|(_, logs)| logs.words()).sum();
    (words, furthest(texts.iter().map(|(_, logs)| logs.ends())))
}

/// Where terms stand, each in a number: the document, and in the lower bits the
/// position.
struct Occurrences {
    /// Bits of a position.
    position: u32,
}

impl Occurrences {
    fn pack(&self, doc: DocId, position: u32) -> u64 {
        u64::from(doc) << self.position | u64::from(position)
    }

    fn doc(&self, packed: u64) -> DocId {
        (packed >> self.position) as DocId
    }

    fn position(&self, packed: u64) -> u32 {
        (packed & !(u64::MAX << self.position)) as u32
    }

    /// Adds the documents of a term that stands in these places.
    fn add_to(&self, out: &mut impl Out, list: &[u64], gaps: &mut Vec<u32>) {
        let doc = |occurrence: &u64| self.doc(*occurrence);
        for document in list.chunk_by(|a, b| doc(a) == doc(b)) {
            gaps.clear();
            let mut last = 0;
            for occurrence in document {
                let position = self.position(*occurrence);
                gaps.push(position - last);
                last = position;
            }
            out.add(doc(&document[0]), gaps.len() as u32, gaps);
        }
    }
}
