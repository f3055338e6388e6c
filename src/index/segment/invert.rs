//! The words of all sections, document by document → postings, term by term
//! and section by section.
//!
//! A log is in the order of documents, so the lists that its words are thrown
//! into are too; nothing is compared and nothing hashed.

use std::io;
use std::ops::Range;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;

use super::super::entry::section;
use super::lists::Lists;
use super::log::Logs;
use super::terms::Terms;

/// Words that are sorted at a time, roughly: bounds the memory for it. If there
/// are more, they are read several times, for some of the terms each.
const AT_ONCE: usize = 6 << 20;

/// Bytes that sorting takes at the most.
pub(super) fn memory(words: usize) -> usize {
    Lists::<Occurrence>::memory(words.min(AT_ONCE))
}

/// How many times words are gone through to be sorted.
pub(super) fn rounds(words: u64) -> usize {
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    words.div_ceil(AT_ONCE).max(1)
}

/// Writes the terms of sections, of so many words in all, with their documents,
/// frequencies and, where the field has them, positions. Sections are in the
/// order of their rows.
pub(super) fn write(
    logs: &[(usize, &Logs<'_>)],
    words: u64,
    terms: &Terms,
    lists: &mut Lists<Occurrence>,
    mut field: FieldSerializer<'_>,
) -> io::Result<()> {
    let (mut gaps, mut key) = (Vec::new(), String::new());
    for range in parts(terms.len(), rounds(words)) {
        // A term has a place for each of the sections, side by side.
        lists.begin(range.len() * logs.len());
        for (number, (_, log)) in logs.iter().enumerate() {
            log.each(|doc, position, form| {
                for place in terms.of_form(form).iter().map(|place| *place as usize) {
                    if range.contains(&place) {
                        let place = (place - range.start) * logs.len() + number;
                        lists.push(place as u32, Occurrence { doc, position });
                    }
                }
            });
        }
        lists.each(|place, list| {
            key.clear();
            key.push_str(terms.get(range.start + place / logs.len()));
            key.push(section(logs[place % logs.len()].0));
            write_term(&key, list, &mut field, &mut gaps)
        })?;
    }
    field.close()
}

/// So many places in so many ranges of one size.
pub(super) fn parts(places: usize, parts: usize) -> impl Iterator<Item = Range<usize>> {
    let size = places.div_ceil(parts).max(1);
    (0..places)
        .step_by(size)
        .map(move |start| start..(start + size).min(places))
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Occurrence {
    doc: DocId,
    position: u32,
}

fn write_term(
    term: &str,
    list: &[Occurrence],
    field: &mut FieldSerializer<'_>,
    gaps: &mut Vec<u32>,
) -> io::Result<()> {
    // How many documents there will be is only asked for scores that the
    // engine would make; it counts them itself.
    field.new_term(term.as_bytes(), 0, true)?;
    for document in list.chunk_by(|a, b| a.doc == b.doc) {
        gaps.clear();
        let mut last = 0;
        for occurrence in document {
            gaps.push(occurrence.position - last);
            last = occurrence.position;
        }
        field.write_doc(document[0].doc, gaps.len() as u32, gaps);
    }
    field.close_term()
}
