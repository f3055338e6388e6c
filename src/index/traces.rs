//! Looks through every byte of an index folder for what should not be there.
//!
//! What is packed is unpacked: tables of terms, columns, forms, texts. All files
//! are also looked through as they are, whatever they are, so that nothing
//! stays in a place that nobody thought of.

use std::path::Path;

use tantivy::{DocId, TantivyError};

use crate::error::{Result, at};

use super::evidence::{self, Evidence, Item};
use super::generation;
use super::reader::{Reader, Segment};
use super::system::System;
use super::verify::Finding;

/// Everything in the index folder that holds some of the evidence, which must be
/// of nobody who is alive.
pub(super) fn traces(
    system: &System,
    reader: &Reader,
    evidence: &Evidence,
) -> Result<Vec<Finding>> {
    let mut traces = Vec::new();
    for (number, segment) in reader.segments.iter().enumerate() {
        let mut look = |what: &str, item: &Item| {
            if evidence.contains(item) {
                traces.push(finding(segment, what));
            }
        };
        let mut term = |item: Item, _: &[DocId]| look("a term", &item);
        evidence::terms(reader, segment, &mut term)?;
        evidence::forms(segment, &mut |item, _| look("a form of a word", &item))?;
        columns(reader, segment, &mut |item| look("a value", &item))?;
        for doc in 0..segment.reader.max_doc() {
            let told = evidence::told(reader.stored(number, doc)?);
            evidence::lines(&told).for_each(|item| look("a line of text", &item));
        }
    }
    traces.dedup();
    traces.extend(raw(system, reader.index(), evidence)?);
    Ok(traces)
}

fn finding(segment: &Segment, what: &str) -> Finding {
    Finding {
        place: segment.reader.segment_id().uuid_string(),
        what: format!("still holds {what} of it"),
    }
}

/// All strings of all columns.
fn columns(reader: &Reader, segment: &Segment, each: &mut dyn FnMut(Item)) -> Result<()> {
    for (handle, entry) in reader.layout.schema.fields() {
        let column = match entry.is_fast() {
            true => segment.reader.fast_fields().str(entry.name())?,
            false => None,
        };
        let Some(column) = column else { continue };
        let mut values = column.dictionary().stream().map_err(TantivyError::from)?;
        while values.advance() {
            each(Item::Term(handle, values.key().to_vec()));
        }
    }
    Ok(())
}

/// Files with lines of the evidence in them, as they are, and whatever should
/// not be there at all.
fn raw(system: &System, index: &Path, evidence: &Evidence) -> Result<Vec<Finding>> {
    let needles = evidence::needles(evidence.iter().filter_map(Item::line))?;
    let mut traces = Vec::new();
    for path in generation::everything(system, index)? {
        let file = system.open(&path).map_err(at(&path))?;
        let mut found = needles.stream_find_iter(std::io::BufReader::new(file));
        if found.next().transpose().map_err(at(&path))?.is_some() {
            traces.push(Finding {
                place: path.display().to_string(),
                what: "still holds a line of its text".to_owned(),
            });
        }
    }
    let left = generation::leftovers(system, index)?;
    traces.extend(left.into_iter().map(|(path, _)| Finding {
        place: path.display().to_string(),
        what: "is left of an older index".to_owned(),
    }));
    Ok(traces)
}

#[cfg(test)]
mod tests {
    use super::super::build::build;
    use super::super::options::Options;
    use super::super::{Choice, evidence};
    use super::*;

    #[test]
    fn what_was_not_erased_is_found_wherever_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let options = Options::new(jiff::Timestamp::UNIX_EPOCH);
        let index = dir.path().join("index");
        build(&corpus, &index, &Choice::Rules, &options, &|_| {}).unwrap();
        let reader = Reader::open(&index).unwrap();
        let (segment, doc) = reader.find("S26011").unwrap().unwrap();
        let own = |at, number| (at, number) == (segment, doc);
        let evidence = evidence::held(&reader, &own).unwrap();
        let system = System::default();
        let traces = traces(&system, &reader, &evidence).unwrap();
        for what in [
            "a term",
            "a form",
            "a value",
            "a line of text",
            "a line of its",
        ] {
            let is_told = traces.iter().any(|trace| trace.what.contains(what));
            assert!(is_told, "{what}: {traces:?}");
        }
    }
}
