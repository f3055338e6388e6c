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

/// Documents that hold the slots' terms in a row, with how often.
pub(super) fn phrase(
    segment: &Segment,
    handle: Handle,
    slots: &[Vec<String>],
) -> Result<Vec<(DocId, f32)>> {
    let mut starts: Option<Vec<(DocId, Vec<u32>)>> = None;
    for slot in slots {
        let here = positions(segment, handle, slot, starts.as_deref())?;
        starts = Some(match starts {
            None => here,
            Some(before) => follow(&before, &here),
        });
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a frequency within one document"
    )]
    let count = |(doc, ends): (DocId, Vec<u32>)| (doc, ends.len() as f32);
    Ok(starts.unwrap_or_default().into_iter().map(count).collect())
}

/// Where any of the terms stands, by document; only in `within` if given.
fn positions(
    segment: &Segment,
    handle: Handle,
    terms: &[String],
    within: Option<&[(DocId, Vec<u32>)]>,
) -> Result<Vec<(DocId, Vec<u32>)>> {
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
    Ok(found.into_iter().collect())
}

/// Positions in `after` that stand right behind one in `before`.
fn follow(before: &[(DocId, Vec<u32>)], after: &[(DocId, Vec<u32>)]) -> Vec<(DocId, Vec<u32>)> {
    let mut out = Vec::new();
    for (doc, places) in after {
        let Ok(at) = before.binary_search_by_key(doc, |(d, _)| *d) else {
            continue;
        };
        let earlier = &before[at].1;
        let follows = |place: &&u32| place.checked_sub(1).is_some_and(|p| earlier.contains(&p));
        let places: Vec<u32> = places.iter().filter(follows).copied().collect();
        if !places.is_empty() {
            out.push((*doc, places));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_are_found_where_they_follow() {
        let first = [(1, vec![4, 9]), (2, vec![0])];
        let second = [(1, vec![5, 12]), (3, vec![1])];
        assert_eq!(follow(&first, &second), [(1, vec![5])]);
    }
}
