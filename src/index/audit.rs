//! Checks a finished generation with a fresh reader before it is put in force.
//!
//! What the writer believes is not asked: the files are opened anew, live
//! documents are counted, each key must stand once, and the lengths of all
//! texts are summed for the manifest. The file of forms is this program's own
//! and is read through.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::path::Path;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyError};

use crate::error::{Error, Result};

use super::fields::texts;
use super::forms::Forms;
use super::manifest::{Extent, Manifest};
use super::reader;
use super::schema::Layout;
use super::system::System;

/// Counts and sums; an error if the generation is not what was written. `old`
/// is the generation before, if this one has segments of it.
pub(super) fn audit(
    system: &System,
    (index, folder): (&Path, &Path),
    documents: u64,
    old: Option<&Manifest>,
) -> Result<BTreeMap<String, Extent>> {
    let layout = Layout::new();
    let segments = reader::segments(system, folder)?;
    let mut keys = HashSet::new();
    let mut extents = BTreeMap::new();
    for (_, segment) in &segments {
        collect_keys(segment, &layout, &mut keys, index)?;
        if !is_old(segment, old) {
            Forms::open(segment)?.check()?;
        }
        add_extents(segment, &layout, &mut extents)?;
    }
    if keys.len() as u64 == documents {
        Ok(extents)
    } else {
        Err(damaged(
            index,
            format!("{documents} documents were written, {} found", keys.len()),
        ))
    }
}

/// Whether a segment comes from the generation before, which was audited.
fn is_old(segment: &SegmentReader, old: Option<&Manifest>) -> bool {
    let id = segment.segment_id().uuid_string();
    old.is_some_and(|old| old.files.keys().any(|name| name.starts_with(&id)))
}

/// Reads the keys of living documents from the postings: the table of terms
/// is read through once, while a column is asked document by document.
fn collect_keys(
    segment: &SegmentReader,
    layout: &Layout,
    keys: &mut HashSet<Vec<u8>>,
    index: &Path,
) -> Result<()> {
    let inverted = segment.inverted_index(layout.key)?;
    let mut terms = inverted.terms().stream().map_err(TantivyError::from)?;
    while let Some((key, info)) = terms.next() {
        let basic = IndexRecordOption::Basic;
        let postings = inverted.read_postings_from_terminfo(info, basic);
        let mut postings = postings.map_err(TantivyError::from)?;
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) && !keys.insert(key.to_vec()) {
                let key = String::from_utf8_lossy(key);
                return Err(damaged(index, format!("{key} stands twice")));
            }
            postings.advance();
        }
    }
    Ok(())
}

fn add_extents(
    segment: &SegmentReader,
    layout: &Layout,
    extents: &mut BTreeMap<String, Extent>,
) -> Result<()> {
    for (row, field) in texts() {
        let Some(lengths) = layout.lengths(row) else {
            continue;
        };
        let norms = segment.get_fieldnorms_reader(lengths)?;
        let extent = extents.entry(field.key.to_owned()).or_default();
        for doc in segment.doc_ids_alive() {
            let words = u64::from(norms.fieldnorm(doc));
            extent.words += words;
            extent.documents += u64::from(words > 0);
        }
    }
    Ok(())
}

fn damaged(index: &Path, what: String) -> Error {
    Error::Damaged {
        path: index.to_path_buf(),
        what,
    }
}
