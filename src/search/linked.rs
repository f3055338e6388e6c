//! The seam between links and what they are looked for in: projects by codes,
//! by names and by what their texts say, in an index here or on a cluster.

use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use crate::error::{Result, in_engine};
use crate::index::fields;
use crate::index::{Entry, Handles, Reader, Segment};

use super::rank;

/// Texts that are read to see whether they speak of a project, at the most.
pub(super) const MOST_READ: usize = 1_000;

/// A project's key with its name, if it has one.
pub(super) type Named = (String, Option<String>);

/// Projects that may be linked.
pub(super) trait Linked {
    /// Codes with the names of their projects; a code may be of none here.
    fn names_of(&self, codes: Vec<String>) -> Result<Vec<Named>>;

    /// Projects by key and name whose names `of` gives something for, with that.
    fn called<T: Copy>(
        &self,
        of: impl FnMut(&str) -> Option<T>,
    ) -> Result<Vec<((String, String), T)>>;

    /// Projects whose texts have a base form.
    fn having(&self, term: &str) -> Result<Vec<Named>>;

    /// Projects that have all words of one of the names, the last one with any
    /// ending, and of whose texts `speaks` is true.
    fn speaking(&self, names: &[(&str, bool)], speaks: impl Fn(&str) -> bool)
    -> Result<Vec<Named>>;
}

/// The words of a name as forms are, and the beginning of the last one.
pub(super) fn words(name: &str) -> Option<(Vec<String>, String)> {
    let name = name.to_lowercase();
    let words = name.split(|c: char| c.is_whitespace() || ",:()".contains(c));
    let words = words.filter(|word| word.len() > 1).map(str::to_owned);
    let mut words: Vec<String> = words.collect();
    let last = words.pop()?;
    Some((words, last))
}

impl Linked for Reader {
    fn names_of(&self, codes: Vec<String>) -> Result<Vec<Named>> {
        let named = |code: String| {
            let name = match self.find(&code)? {
                Some((segment, doc)) => name(self, segment, doc)?,
                None => None,
            };
            Ok((code, name))
        };
        codes.into_iter().map(named).collect()
    }

    fn called<T: Copy>(
        &self,
        mut of: impl FnMut(&str) -> Option<T>,
    ) -> Result<Vec<((String, String), T)>> {
        let mut found = Vec::new();
        each_keyword(self, "full_name", |number, handle, name| {
            let Some(what) = of(name) else {
                return Ok(());
            };
            for doc in holding(&self.segments[number], handle, name)? {
                let key = rank::key(self, number, doc)?;
                found.push(((key, name.to_owned()), what));
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn having(&self, term: &str) -> Result<Vec<Named>> {
        let mut found = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            for (row, _) in fields::texts() {
                let key = Entry::base(term, row).to_key();
                for doc in holding(segment, self.layout.words, &key)? {
                    found.push((rank::key(self, number, doc)?, name(self, number, doc)?));
                }
            }
        }
        Ok(found)
    }

    fn speaking(
        &self,
        names: &[(&str, bool)],
        speaks: impl Fn(&str) -> bool,
    ) -> Result<Vec<Named>> {
        let mut found = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let mut docs = Vec::new();
            for (spoken, _) in names {
                docs.extend(candidates(segment, spoken)?);
            }
            docs.sort_unstable();
            docs.dedup();
            docs.retain(|doc| !segment.reader.is_deleted(*doc));
            for doc in docs.into_iter().take(MOST_READ) {
                if speaks(&self.stored(number, doc)?.text) {
                    found.push((rank::key(self, number, doc)?, name(self, number, doc)?));
                }
            }
        }
        Ok(found)
    }
}

/// Documents that have all words of a name, the last one with any ending.
fn candidates(segment: &Segment, name: &str) -> Result<Vec<DocId>> {
    let Some((words, last)) = words(name) else {
        return Ok(Vec::new());
    };
    let mut docs = Vec::new();
    let mut forms = segment.forms.prefix(&last)?;
    while forms.advance()?.is_some() {
        docs.extend(forms.docs()?);
    }
    docs.sort_unstable();
    docs.dedup();
    for word in words {
        // What is no word of its own in the index is passed over.
        if let Some(held) = segment.forms.docs(&word)? {
            docs.retain(|doc| held.binary_search(doc).is_ok());
        }
    }
    Ok(docs)
}

/// Living documents that have a term.
pub(super) fn holding(segment: &Segment, handle: Handle, term: &str) -> Result<Vec<DocId>> {
    let inverted = segment.reader.inverted_index(handle)?;
    let term = Term::from_field_text(handle, term);
    let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
    let mut docs = Vec::new();
    if let Some(mut postings) = postings.map_err(in_engine)? {
        while postings.doc() != TERMINATED {
            docs.push(postings.doc());
            postings.advance();
        }
    }
    docs.retain(|doc| !segment.reader.is_deleted(*doc));
    Ok(docs)
}

/// Calls `each` for every keyword of a field, segment by segment, with the
/// segment's number and the field's handle.
pub(super) fn each_keyword(
    reader: &Reader,
    key: &str,
    mut each: impl FnMut(usize, Handle, &str) -> Result<()>,
) -> Result<()> {
    let Some(handle) = keyword(key, reader) else {
        return Ok(());
    };
    for (number, segment) in reader.segments.iter().enumerate() {
        let inverted = segment.reader.inverted_index(handle)?;
        let mut terms = inverted.terms().stream().map_err(in_engine)?;
        while let Some((term, _)) = terms.next() {
            if let Ok(term) = std::str::from_utf8(term) {
                each(number, handle, term)?;
            }
        }
    }
    Ok(())
}

fn keyword(key: &str, reader: &Reader) -> Option<Handle> {
    match reader.layout.fields.get(fields::row(key)?) {
        Some(Handles::Typed(handle)) => Some(*handle),
        _ => None,
    }
}

/// The name of a project in the index.
fn name(reader: &Reader, segment: usize, doc: DocId) -> Result<Option<String>> {
    let column = reader.segments[segment]
        .reader
        .fast_fields()
        .str("full_name")?;
    let Some(column) = column else {
        return Ok(None);
    };
    let ord = column.term_ords(doc).next();
    ord.map(|ord| super::facet::text(&column, ord)).transpose()
}
