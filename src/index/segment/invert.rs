//! A field's words, document by document → its postings, term by term.
//!
//! A counting sort: the log is read once to count how often each term comes,
//! which tells where its list will begin, and once more to put each occurrence
//! into its list. The log is in the order of documents, so the lists are too;
//! nothing is compared and nothing hashed.

use std::io;
use std::ops::Range;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;

use super::log::Log;
use super::terms::Terms;

/// Occurrences that are sorted at a time: bounds the memory for it, at eight
/// bytes each.
pub(super) const AT_ONCE: usize = 8 << 20;

/// Writes one field's terms with their documents, frequencies and, where the
/// field has them, positions.
pub(super) fn write(log: &Log, terms: &Terms, mut field: FieldSerializer<'_>) -> io::Result<()> {
    let mut ends = count(log, terms);
    let mut lists = Vec::new();
    let mut from = 0;
    while from < ends.len() {
        let to = from + turn_into_starts(&mut ends[from..], &mut lists);
        scatter(log, terms, from..to, (&mut ends, &mut lists));
        let mut start = 0;
        for (place, end) in (from..to).zip(&ends[from..to]) {
            let end = *end as usize;
            if start < end {
                write_term(terms.get(place), &lists[start..end], &mut field)?;
            }
            start = end;
        }
        from = to;
    }
    field.close()
}

/// By term, how often it comes.
fn count(log: &Log, terms: &Terms) -> Vec<u32> {
    let mut counts = vec![0; terms.len()];
    log.each(|_, _, form| {
        for place in terms.of_form(form) {
            counts[*place as usize] += 1;
        }
    });
    counts
}

/// Turns the first counts into where their lists begin, as many as fit into
/// memory at a time and at least one, and makes room for the lists.
pub(super) fn turn_into_starts<T: Clone + Default>(
    counts: &mut [u32],
    lists: &mut Vec<T>,
) -> usize {
    let (mut taken, mut sum) = (0, 0);
    for count in counts.iter_mut() {
        let size = *count;
        if taken > 0 && sum as usize + size as usize > AT_ONCE {
            break;
        }
        *count = sum;
        sum += size;
        taken += 1;
    }
    lists.clear();
    lists.resize(sum as usize, T::default());
    taken
}

/// Puts each occurrence behind the others in the lists of its terms, so that
/// each start becomes its list's end.
fn scatter(
    log: &Log,
    terms: &Terms,
    range: Range<usize>,
    (starts, lists): (&mut [u32], &mut [Occurrence]),
) {
    log.each(|doc, position, form| {
        for place in terms.of_form(form) {
            let place = *place as usize;
            if range.contains(&place) {
                let at = starts[place];
                lists[at as usize] = Occurrence { doc, position };
                starts[place] = at + 1;
            }
        }
    });
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, Default)]
struct Occurrence {
    doc: DocId,
    position: u32,
}

fn write_term(term: &str, list: &[Occurrence], field: &mut FieldSerializer<'_>) -> io::Result<()> {
    // How many documents there will be is only asked for scores that the
    // engine would make; it counts them itself.
    field.new_term(term.as_bytes(), 0, true)?;
    let mut gaps = Vec::new();
    for document in list.chunk_by(|a, b| a.doc == b.doc) {
        gaps.clear();
        let mut last = 0;
        for occurrence in document {
            gaps.push(occurrence.position - last);
            last = occurrence.position;
        }
        field.write_doc(document[0].doc, gaps.len() as u32, &gaps);
    }
    field.close_term()
}
