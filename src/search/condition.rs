//! Values that a query asks of fields → the documents that have them.
//!
//! Numbers and dates are read from their columns. Of keywords those are taken
//! that the typed text means: the same one, or the one with that number or
//! name, or else those that have all its words in any form.

use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocSet, TERMINATED, Term};

use crate::error::{Result, in_engine};
use crate::finnish::{Analyzer, Scratch};
use crate::index::fields::{self, FIELDS, Kind, folded};
use crate::index::{Handles, Reader, Segment};
use crate::query::Test;

use super::docs::Docs;
use super::lookup;
use super::vocabulary::Vocabulary;

/// What a document must have in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) row: usize,
    pub(super) accept: Accept,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Accept {
    /// One of these keywords.
    Keywords(Vec<String>),
    /// A number between these, both included.
    Range(u64, u64),
    /// Any value.
    Known,
}

/// What a test of a field means in this index; with a remark if nothing has
/// such a value.
pub(super) fn condition(
    row: usize,
    test: &Test,
    words: &impl Vocabulary,
    analyzer: &Analyzer,
) -> Result<(Condition, Option<String>)> {
    let accept = match test {
        Test::Known => Accept::Known,
        Test::Range(from, to) => Accept::Range(from.unwrap_or_default(), to.unwrap_or(u64::MAX)),
        Test::Is(text) => {
            let mut found = meant(row, text, words.keywords(row)?, analyzer);
            if let (true, Some(names)) = (found.is_empty(), fields::labels(row)) {
                let named = meant(names, text, words.keywords(names)?, analyzer);
                let names = FIELDS[names].key;
                found = words.beside((names, &named), FIELDS[row].key)?;
            }
            Accept::Keywords(found)
        }
        Test::Begins(text) => {
            let text = folded(text);
            let mut keywords = words.keywords(row)?;
            keywords.retain(|keyword| folded(keyword).starts_with(&text));
            Accept::Keywords(keywords)
        }
    };
    let none = accept == Accept::Keywords(Vec::new());
    let remark = none.then(|| format!("no project has {test} as its {}", FIELDS[row].key));
    Ok((Condition { row, accept }, remark))
}

/// All keywords of a field in the index, in order.
pub(super) fn keywords(row: usize, reader: &Reader) -> Result<Vec<String>> {
    let Some(handle) = keyword_handle(row, reader) else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for segment in &reader.segments {
        let inverted = segment.reader.inverted_index(handle)?;
        let mut terms = inverted.terms().stream().map_err(in_engine)?;
        while let Some((term, _)) = terms.next() {
            all.push(String::from_utf8_lossy(term).into_owned());
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

fn keyword_handle(row: usize, reader: &Reader) -> Option<Handle> {
    match (FIELDS[row].kind, reader.layout.fields.get(row)) {
        (Kind::Keyword, Some(Handles::Typed(handle))) => Some(*handle),
        _ => None,
    }
}

/// The keywords that a person means by a text: the first way that finds any.
fn meant(row: usize, text: &str, keywords: Vec<String>, analyzer: &Analyzer) -> Vec<String> {
    let asked = folded(text);
    let coded = FIELDS[row].values.iter();
    let coded = coded.filter(|value| value.names.iter().any(|name| folded(name) == asked));
    let codes: Vec<&str> = coded.map(|value| value.key).collect();
    let is = |keyword: &str| folded(keyword) == asked || codes.contains(&keyword);
    let numbered = |keyword: &str| {
        let rest = folded(keyword);
        let rest = rest.strip_prefix(asked.trim_end_matches(' '));
        asked.starts_with(|c: char| c.is_ascii_digit())
            && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let mut worded = same_words(text, analyzer);
    let ways: [&mut dyn FnMut(&str) -> bool; 3] = [&mut { is }, &mut { numbered }, &mut worded];
    for way in ways {
        let found: Vec<String> = keywords.iter().filter(|k| way(k)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether a keyword has all words of a text, in any form.
fn same_words<'a>(text: &str, analyzer: &'a Analyzer) -> impl FnMut(&str) -> bool + 'a {
    let bases = |form: &str| {
        let mut bases = lookup::bases(form, analyzer);
        bases.extend(place_of(&bases));
        bases.push(form.to_owned());
        bases
    };
    let mut scratch = Scratch::default();
    let mut asked = Vec::new();
    analyzer.for_each_word(text, &mut scratch, |word| asked.push(bases(word.form)));
    move |keyword| {
        let mut held = Vec::new();
        analyzer.for_each_word(keyword, &mut scratch, |word| {
            held.push(word.form.to_owned());
            held.extend(word.terms.iter().map(|term| term.text.to_string()));
        });
        let has = |bases: &Vec<String>| bases.iter().any(|base| held.contains(base));
        !asked.is_empty() && asked.iter().all(has)
    }
}

/// The places whose people are called so: `kemiläinen` gives `kemi`.
fn place_of(bases: &[String]) -> Vec<String> {
    let endings = ["läinen", "lainen"];
    let people = bases
        .iter()
        .filter_map(|base| endings.iter().find_map(|ending| base.strip_suffix(ending)));
    let mut places = Vec::new();
    for place in people {
        places.push(place.to_owned());
        // Lahti, lahtelainen.
        places.extend(place.strip_suffix('e').map(|stem| format!("{stem}i")));
    }
    places
}

/// The documents of a segment that have any text in a section.
pub(super) fn with_text(reader: &Reader, segment: &Segment, row: usize) -> Result<Docs> {
    let mut docs = Docs::none(segment);
    if let Some(norms) = segment.norms(&reader.layout, row)? {
        let with = (0..).zip(norms).filter(|(_, length)| **length > 0);
        with.for_each(|(doc, _)| docs.insert(doc));
    }
    Ok(docs)
}

/// The documents of a segment that meet a condition, deleted ones too.
pub(super) fn docs(reader: &Reader, segment: &Segment, condition: &Condition) -> Result<Docs> {
    let mut docs = Docs::none(segment);
    let key = FIELDS[condition.row].key;
    match (&condition.accept, keyword_handle(condition.row, reader)) {
        (Accept::Keywords(keywords), Some(handle)) => {
            let inverted = segment.reader.inverted_index(handle)?;
            for keyword in keywords {
                let term = Term::from_field_text(handle, keyword);
                let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
                let Some(mut postings) = postings.map_err(in_engine)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    docs.insert(postings.doc());
                    postings.advance();
                }
            }
        }
        (Accept::Keywords(_), None) => {}
        (Accept::Known, None) if FIELDS[condition.row].kind == Kind::Text => {
            return with_text(reader, segment, condition.row);
        }
        (Accept::Known, Some(_)) => {
            if let Some(column) = segment.reader.fast_fields().str(key)? {
                let known = |doc: &u32| column.term_ords(*doc).next().is_some();
                let all = (0..segment.reader.max_doc()).filter(known);
                all.for_each(|doc| docs.insert(doc));
            }
        }
        (accept, _) => {
            let (from, to) = match accept {
                Accept::Range(from, to) => (*from, *to),
                _ => (0, u64::MAX),
            };
            let column = segment.reader.fast_fields().u64(key)?;
            let fits = |doc: &u32| column.first(*doc).is_some_and(|n| (from..=to).contains(&n));
            let all = (0..segment.reader.max_doc()).filter(fits);
            all.for_each(|doc| docs.insert(doc));
        }
    }
    Ok(docs)
}
