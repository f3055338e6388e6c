//! Phrases: where terms stand in a row.
//!
//! Positions are read for the documents that still can match only; a slot of
//! a phrase may be filled by any base form that its word can have.

use std::collections::BTreeMap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

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
    let mut ends: Option<Vec<(DocId, Ends)>> = None;
    for slot in slots {
        let here = positions(segment, handle, slot, ends.as_deref())?;
        ends = Some(match ends {
            None => here,
            Some(before) => follow(&before, &here, slop),
        });
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a frequency within one document"
    )]
    let count = |(doc, ends): (DocId, Ends)| (doc, ends.len() as f32);
    Ok(ends.unwrap_or_default().into_iter().map(count).collect())
}

/// Where any of the terms stands, by document; only in `within` if given.
fn positions(
    segment: &Segment,
    handle: Handle,
    terms: &[String],
    within: Option<&[(DocId, Ends)]>,
) -> Result<Vec<(DocId, Ends)>> {
    let inverted = segment.reader.inverted_index(handle)?;
    let mut found: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
    for term in terms {
        let term = Term::from_field_text(handle, term);
        let option = IndexRecordOption::WithFreqsAndPositions;
        let postings = inverted.read_postings(&term, option);
        let Some(mut postings) = postings.map_err(io)? else {
            continue;
        };
        let mut places = Vec::new();
        let mut take = |postings: &mut SegmentPostings| {
            postings.positions(&mut places);
            found.entry(postings.doc()).or_default().extend(&places);
        };
        match within {
            None => {
                while postings.doc() != TERMINATED {
                    take(&mut postings);
                    postings.advance();
                }
            }
            Some(docs) => {
                for (doc, _) in docs {
                    if postings.doc() < *doc {
                        postings.seek(*doc);
                    }
                    if postings.doc() == *doc {
                        take(&mut postings);
                    }
                }
            }
        }
    }
    for places in found.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    let ends = |places: Vec<u32>| places.into_iter().map(|place| (place, 0)).collect();
    let found = found.into_iter();
    Ok(found.map(|(doc, places)| (doc, ends(places))).collect())
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
