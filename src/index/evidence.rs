//! What only some documents hold: terms, forms of words, lines of text.
//!
//! Who erases a project wants to know afterwards that nothing of it is left. So
//! all that its documents hold is written down first, those that are deleted but
//! still on the disk too; what others hold as well is struck out after.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, TantivyError};

use crate::error::Result;

use super::document::Stored;
use super::reader::{Reader, Segment};

/// Lines that are shorter say nothing of a project in particular.
const TELLING: usize = 32;

/// One thing that a document holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Item {
    /// A term of a field of the engine.
    Term(Handle, Vec<u8>),
    /// A form of a word.
    Form(String),
    /// A line of the stored text.
    Line(String),
}

impl Item {
    pub(super) fn line(&self) -> Option<&str> {
        match self {
            Self::Line(line) => Some(line),
            Self::Term(..) | Self::Form(_) => None,
        }
    }
}

/// All that some documents hold.
pub(super) type Evidence = HashSet<Item>;

/// Which documents, by segment and number.
pub(super) type Pick<'a> = &'a dyn Fn(usize, DocId) -> bool;

/// What the picked documents hold.
pub(super) fn held(reader: &Reader, pick: Pick<'_>) -> Result<Evidence> {
    let mut evidence = Evidence::new();
    listed(reader, pick, &mut |item| {
        evidence.insert(item);
    })?;
    texts(reader, pick, &mut |told| evidence.extend(lines(told)))?;
    Ok(evidence)
}

/// Strikes out what living documents hold, lines within a line too.
pub(super) fn strike(evidence: &mut Evidence, reader: &Reader) -> Result<()> {
    let alive = |segment: usize, doc| !reader.segments[segment].reader.is_deleted(doc);
    listed(reader, &alive, &mut |item| {
        evidence.remove(&item);
    })?;
    let own: Vec<Item> = evidence
        .iter()
        .filter(|i| i.line().is_some())
        .cloned()
        .collect();
    let needles = needles(own.iter().filter_map(Item::line))?;
    texts(reader, &alive, &mut |told| {
        for found in needles.find_overlapping_iter(told) {
            evidence.remove(&own[found.pattern().as_usize()]);
        }
    })
}

/// Finds lines wherever they stand.
pub(super) fn needles<'l>(lines: impl Iterator<Item = &'l str>) -> Result<AhoCorasick> {
    let needles = AhoCorasick::new(lines);
    Ok(needles.map_err(|error| {
        TantivyError::InvalidArgument(format!("the lines can't be looked for: {error}"))
    })?)
}

/// Calls `take` for what the index lists of a picked document.
fn listed(reader: &Reader, pick: Pick<'_>, take: &mut dyn FnMut(Item)) -> Result<()> {
    for (number, segment) in reader.segments.iter().enumerate() {
        let mut each = |item, docs: &[DocId]| {
            if docs.iter().any(|doc| pick(number, *doc)) {
                take(item);
            }
        };
        terms(reader, segment, &mut each)?;
        forms(segment, &mut each)?;
    }
    Ok(())
}

/// Calls `take` with what is told of each picked document.
fn texts(reader: &Reader, pick: Pick<'_>, take: &mut dyn FnMut(&str)) -> Result<()> {
    for (number, segment) in reader.segments.iter().enumerate() {
        for doc in (0..segment.reader.max_doc()).filter(|doc| pick(number, *doc)) {
            take(&told(reader.stored(number, doc)?));
        }
    }
    Ok(())
}

/// All terms of all fields with their documents, deleted ones too.
pub(super) fn terms(
    reader: &Reader,
    segment: &Segment,
    each: &mut dyn FnMut(Item, &[DocId]),
) -> Result<()> {
    let mut docs = Vec::new();
    for (handle, entry) in reader.layout.schema.fields() {
        if !entry.is_indexed() || !entry.field_type().is_str() {
            continue;
        }
        let inverted = segment.reader.inverted_index(handle)?;
        let mut terms = inverted.terms().stream().map_err(TantivyError::from)?;
        while let Some((term, info)) = terms.next() {
            let basic = IndexRecordOption::Basic;
            let postings = inverted.read_postings_from_terminfo(info, basic);
            let mut postings = postings.map_err(TantivyError::from)?;
            docs.clear();
            while postings.doc() != TERMINATED {
                docs.push(postings.doc());
                postings.advance();
            }
            each(Item::Term(handle, term.to_vec()), &docs);
        }
    }
    Ok(())
}

/// All forms with their documents, deleted ones too.
pub(super) fn forms(segment: &Segment, each: &mut dyn FnMut(Item, &[DocId])) -> Result<()> {
    let mut cursor = segment.forms.prefix("")?;
    while let Some((form, _)) = cursor.advance()? {
        let form = form.to_owned();
        each(Item::Form(form), &cursor.docs()?);
    }
    Ok(())
}

/// What is stored, without where values stand: that tells nothing of them.
pub(super) fn told(mut stored: Stored) -> String {
    stored.spans.clear();
    stored.packed()
}

/// The telling lines of what is told.
pub(super) fn lines(told: &str) -> impl Iterator<Item = Item> {
    let lines = told.split(['\n', '\0']).map(str::trim);
    let telling = lines.filter(|line| line.len() >= TELLING);
    telling.map(|line| Item::Line(line.to_owned()))
}
