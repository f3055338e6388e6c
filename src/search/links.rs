//! Links between projects: whom one speaks of, who speaks of it, its sisters.
//!
//! Codes and names are looked for in the texts as they stand, without
//! analysis, so that `show` needs no dictionary. Who speaks of a project is
//! asked of the index first, and each candidate's text is then read.

use std::collections::BTreeMap;

use tantivy::schema::{Field as Handle, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use crate::error::{Result, in_engine};
use crate::finnish::token;
use crate::form::project::Project;
use crate::index::fields::{self, FIELDS, Value};
use crate::index::{Entry, Handles, Reader, Segment};

use super::naming;
use super::rank;

/// Texts that are read to see whether they speak of a project, at the most.
const MOST_READ: usize = 1_000;

/// How a project is linked to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Its text has the other's code or name.
    Mentions,
    /// The other's text has its code or name.
    MentionedBy,
    /// Both have one name but for a number.
    Sister,
    /// Both have nearly the same texts.
    NearDuplicate,
}

impl Tie {
    /// Its stable name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::MentionedBy => "mentioned_by",
            Self::Sister => "sister",
            Self::NearDuplicate => "near_duplicate",
        }
    }
}

/// A link to a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The other's key; a code that is mentioned may be of no project here.
    pub key: String,
    /// The other's name, if it is in the index.
    pub name: Option<String>,
    /// How they are linked, each way once.
    pub ties: Vec<Tie>,
}

/// Where the links of a project are gathered, by key.
#[derive(Default)]
struct Found(BTreeMap<String, (Option<String>, Vec<Tie>)>);

impl Found {
    fn add(&mut self, key: String, name: Option<String>, tie: Tie) {
        let (known, ties) = self.0.entry(key).or_default();
        if known.is_none() {
            *known = name;
        }
        if !ties.contains(&tie) {
            ties.push(tie);
        }
    }
}

/// The links of a project, which has this key if it is in the index.
///
/// # Errors
/// When the index can't be read.
pub fn links(reader: &Reader, key: Option<&str>, project: &Project<'_>) -> Result<Vec<Link>> {
    let mut found = Found::default();
    let texts = texts(project);
    for code in texts.iter().flat_map(|text| codes(text)) {
        let name = match reader.find(&code)? {
            Some((segment, doc)) => name(reader, segment, doc)?,
            None => None,
        };
        found.add(code, name, Tie::Mentions);
    }
    names(reader, project, &texts, &mut found)?;
    if let Some(code) = project.code {
        mentions_of_code(reader, code, &mut found)?;
    }
    if let Some(name) = project.name {
        mentions_of_name(reader, name, &mut found)?;
    }
    let own = |other: &str| Some(other) == key || Some(other) == project.code;
    let links = found.0.into_iter().filter(|(other, _)| !own(other));
    let links = links.map(|(key, (name, mut ties))| {
        ties.sort_unstable();
        Link { key, name, ties }
    });
    Ok(links.collect())
}

/// What a project says in its own words.
fn texts<'p>(project: &'p Project<'p>) -> Vec<&'p str> {
    let passages = project.passages.iter().map(|passage| passage.text);
    let comments = project.equality.iter().filter_map(|answer| answer.comment);
    let impacts = project.sustainability.iter().filter_map(|row| row.comment);
    let loose = project.unrecognised.iter().map(|part| part.text);
    passages
        .chain(comments)
        .chain(impacts)
        .chain(loose)
        .collect()
}

/// The project codes that a text names.
fn codes(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.len() == 6 && token::is_code(&word.to_lowercase()));
    words.map(str::to_uppercase).collect()
}

/// Sisters by name, and projects that the texts speak of by name.
fn names(reader: &Reader, project: &Project<'_>, texts: &[&str], found: &mut Found) -> Result<()> {
    let own = project.name.unwrap_or_default();
    let own_short = naming::unnumbered(naming::short(own).unwrap_or(own));
    let Some(handle) = keyword("full_name", reader) else {
        return Ok(());
    };
    for (number, segment) in reader.segments.iter().enumerate() {
        let inverted = segment.reader.inverted_index(handle)?;
        let mut terms = inverted.terms().stream().map_err(in_engine)?;
        while let Some((other, _)) = terms.next() {
            let Ok(other) = std::str::from_utf8(other) else {
                continue;
            };
            let short = naming::unnumbered(naming::short(other).unwrap_or(other));
            let tie = if naming::are_sisters(own, other) {
                Tie::Sister
            } else if short != own_short && texts.iter().any(|t| naming::speaks_of(t, other)) {
                // A project's own short name in its text means itself.
                Tie::Mentions
            } else {
                continue;
            };
            for doc in holding(segment, handle, other)? {
                let key = rank::key(reader, number, doc)?;
                found.add(key, Some(other.to_owned()), tie);
            }
        }
    }
    Ok(())
}

/// Projects whose texts have a code.
fn mentions_of_code(reader: &Reader, code: &str, found: &mut Found) -> Result<()> {
    let code = code.to_lowercase();
    for (number, segment) in reader.segments.iter().enumerate() {
        for (row, _) in fields::texts() {
            let key = Entry::base(&code, row).to_key();
            for doc in holding(segment, reader.layout.words, &key)? {
                let key = rank::key(reader, number, doc)?;
                found.add(key, name(reader, number, doc)?, Tie::MentionedBy);
            }
        }
    }
    Ok(())
}

/// Projects whose texts speak of one by its name.
fn mentions_of_name(reader: &Reader, own: &str, found: &mut Found) -> Result<()> {
    let own_short = naming::unnumbered(naming::short(own).unwrap_or(own));
    for (number, segment) in reader.segments.iter().enumerate() {
        let mut docs = Vec::new();
        for (spoken, _) in naming::spoken(own) {
            docs.extend(candidates(segment, spoken)?);
        }
        docs.sort_unstable();
        docs.dedup();
        docs.retain(|doc| !segment.reader.is_deleted(*doc));
        for doc in docs.into_iter().take(MOST_READ) {
            let text = reader.stored(number, doc)?.text;
            if !naming::speaks_of(&text, own) {
                continue;
            }
            let other = name(reader, number, doc)?;
            let named = other.as_deref().unwrap_or_default();
            if naming::unnumbered(naming::short(named).unwrap_or(named)) != own_short {
                found.add(rank::key(reader, number, doc)?, other, Tie::MentionedBy);
            }
        }
    }
    Ok(())
}

/// Documents that have all words of a name, the last one with any ending.
fn candidates(segment: &Segment, name: &str) -> Result<Vec<DocId>> {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| c.is_whitespace() || ",:()".contains(c));
    let mut words: Vec<&str> = words.by_ref().filter(|word| word.len() > 1).collect();
    let Some(last) = words.pop() else {
        return Ok(Vec::new());
    };
    let mut docs = Vec::new();
    let mut forms = segment.forms.prefix(last)?;
    while forms.advance()?.is_some() {
        docs.extend(forms.docs()?);
    }
    docs.sort_unstable();
    docs.dedup();
    for word in words {
        // What is no word of its own in the index is passed over.
        if let Some(held) = segment.forms.docs(word)? {
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

pub(super) fn keyword(key: &str, reader: &Reader) -> Option<Handle> {
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

/// The places that two projects share, as the form names them.
pub(super) fn shared_places(one: &Project<'_>, other: &Project<'_>) -> Vec<String> {
    let mut shared = Vec::new();
    for field in FIELDS {
        if !["region", "subregion", "municipality"].contains(&field.key) {
            continue;
        }
        if let (Value::Keywords(a), Value::Keywords(b)) = ((field.value)(one), (field.value)(other))
        {
            shared.extend(
                a.into_iter()
                    .filter(|place| b.contains(place))
                    .map(str::to_owned),
            );
        }
    }
    shared.dedup();
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_a_text_are_found_whatever_stands_around_them() {
        let text = "Jatkaa hanketta (S12345), ks. a20001. Ei S1234567 eikä SXXXXX.";
        assert_eq!(codes(text), ["S12345", "A20001"]);
    }

    #[test]
    fn shared_places_are_named_once() {
        let mut one = Project::default();
        one.places.regions = vec!["Lappi", "Kainuu"];
        let mut other = Project::default();
        other.places.regions = vec!["Kainuu", "Uusimaa"];
        assert_eq!(shared_places(&one, &other), ["Kainuu"]);
    }
}
