//! Phrases: where terms stand in a row.
//!
//! Positions are read for the documents that still can match only; a slot of
//! a phrase may be filled by any base form that its word can have.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, Term};

use crate::error::Result;
use crate::index::Segment;

use super::score::io;

/// Where a phrase can end in a document, each with the fewest words that it
/// passes over.
type Ends = Vec<(u32, u32)>;

/// Documents that hold the slots' terms in a row, with how often; the row may
/// pass over `slop` other words in all.
pub(super) fn phrase(
    segment: &Segment,
    handle: Handle,
    slots: &[Vec<String>],
    slop: u32,
) -> Result<Vec<(DocId, f32)>> {
    let mut docs = holding(segment, handle, slots)?;
    let mut ends: Option<Vec<(DocId, Ends)>> = None;
    for slot in slots {
        let here = positions(segment, handle, slot, &docs)?;
        let left = match ends {
            None => here,
            Some(before) => follow(&before, &here, slop),
        };
        docs = left.iter().map(|(doc, _)| *doc).collect();
        ends = Some(left);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a frequency within one document"
    )]
    let count = |(doc, ends): (DocId, Ends)| (doc, ends.len() as f32);
    Ok(ends.unwrap_or_default().into_iter().map(count).collect())
}

/// The documents that hold a term of each slot, in order. Documents cost much
/// less to read than positions, and most hold only some of the words.
fn holding(segment: &Segment, handle: Handle, slots: &[Vec<String>]) -> Result<Vec<DocId>> {
    let inverted = segment.reader.inverted_index(handle)?;
    let mut left: Option<Vec<DocId>> = None;
    for slot in slots {
        let mut here = Vec::new();
        for term in slot {
            let term = Term::from_field_text(handle, term);
            let postings = inverted.read_block_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(io)? else {
                continue;
            };
            while !postings.docs().is_empty() {
                here.extend_from_slice(postings.docs());
                postings.advance();
            }
        }
        if slot.len() > 1 {
            here.sort_unstable();
            here.dedup();
        }
        if let Some(before) = &left {
            let mut before = before.iter().copied().peekable();
            here.retain(|doc| {
                while before.next_if(|other| other < doc).is_some() {}
                before.peek() == Some(doc)
            });
        }
        if here.is_empty() {
            return Ok(here);
        }
        left = Some(here);
    }
    Ok(left.unwrap_or_default())
}

/// Where any of the terms stands in each of the documents, which are in order.
fn positions(
    segment: &Segment,
    handle: Handle,
    terms: &[String],
    docs: &[DocId],
) -> Result<Vec<(DocId, Ends)>> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    let inverted = segment.reader.inverted_index(handle)?;
    let mut lists: Vec<SegmentPostings> = Vec::new();
    for term in terms {
        let term = Term::from_field_text(handle, term);
        let option = IndexRecordOption::WithFreqsAndPositions;
        lists.extend(inverted.read_postings(&term, option).map_err(io)?);
    }
    let mut found = Vec::with_capacity(docs.len());
    let (mut places, mut all) = (Vec::new(), Vec::new());
    for &doc in docs {
        all.clear();
        for postings in &mut lists {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.positions(&mut places);
                all.extend_from_slice(&places);
            }
        }
        if lists.len() > 1 {
            all.sort_unstable();
            all.dedup();
        }
        if !all.is_empty() {
            found.push((doc, all.iter().map(|place| (*place, 0)).collect()));
        }
    }
    Ok(found)
}

/// Places in `after` that stand behind one in `before`, over `slop` words at
/// the most in all.
fn follow(before: &[(DocId, Ends)], after: &[(DocId, Ends)], slop: u32) -> Vec<(DocId, Ends)> {
    let mut out = Vec::new();
    for (doc, places) in after {
        let Ok(at) = before.binary_search_by_key(doc, |(d, _)| *d) else {
            continue;
        };
        let earlier = &before[at].1;
        let reach = |place: u32| -> Option<u32> {
            let first = place.saturating_sub(slop + 1);
            let from = earlier.partition_point(|(end, _)| *end < first);
            let near = earlier[from..].iter().take_while(|(end, _)| *end < place);
            let passed = near.map(|(end, passed)| passed + (place - end - 1));
            passed.min().filter(|passed| *passed <= slop)
        };
        let ends = places.iter();
        let ends: Ends = ends
            .filter_map(|(place, _)| Some((*place, reach(*place)?)))
            .collect();
        if !ends.is_empty() {
            out.push((*doc, ends));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(places: &[u32]) -> Ends {
        places.iter().map(|place| (*place, 0)).collect()
    }

    #[test]
    fn words_in_a_row_are_found_where_they_follow() {
        let first = [(1, at(&[4, 9])), (2, at(&[0]))];
        let second = [(1, at(&[5, 12])), (3, at(&[1]))];
        assert_eq!(follow(&first, &second, 0), [(1, at(&[5]))]);
    }

    #[test]
    fn a_row_may_pass_over_words_but_only_so_many_in_all() {
        let [first, second, third] = [[4], [6], [8]].map(|place| [(1, at(&place))]);
        let two = follow(&first, &second, 2);
        assert_eq!(two, [(1, Ends::from([(6, 1)]))]);
        assert_eq!(follow(&two, &third, 2), [(1, Ends::from([(8, 2)]))]);
        assert!(follow(&two, &third, 1).is_empty());
        assert!(follow(&second, &first, 9).is_empty());
    }
}
