//! Links between projects: whom one speaks of, who speaks of it, its sisters.
//!
//! Codes and names are looked for in the texts as they stand, without
//! analysis, so that `show` needs no dictionary. Who speaks of a project is
//! asked of the collection first (`linked`), and each candidate's text is then
//! read.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::finnish::token;
use crate::form::project::Project;
use crate::index::Reader;
use crate::index::fields::{FIELDS, Value};

use super::linked::Linked;
use super::naming::{self, Name};

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
    links_in(reader, key, project)
}

/// The same in any collection.
pub(super) fn links_in(
    projects: &impl Linked,
    key: Option<&str>,
    project: &Project<'_>,
) -> Result<Vec<Link>> {
    let mut found = Found::default();
    let texts = texts(project);
    let codes = texts.iter().flat_map(|text| codes(text)).collect();
    for (code, name) in projects.names_of(codes)? {
        found.add(code, name, Tie::Mentions);
    }
    let own = project.name.unwrap_or_default();
    let own_short = short(own);
    let own_name = Name::new(own);
    let tie = |other: &str| tie((&own_name, &own_short), &texts, other);
    for ((key, name), tie) in projects.called(tie)? {
        found.add(key, Some(name), tie);
    }
    if let Some(code) = project.code {
        for (key, name) in projects.having(&code.to_lowercase())? {
            found.add(key, name, Tie::MentionedBy);
        }
    }
    if project.name.is_some() {
        let speaks = |text: &str| naming::speaks_of(text, own);
        for (key, name) in projects.speaking(&naming::spoken(own), speaks)? {
            if short(name.as_deref().unwrap_or_default()) != own_short {
                found.add(key, name, Tie::MentionedBy);
            }
        }
    }
    let own = |other: &str| Some(other) == key || Some(other) == project.code;
    let links = found.0.into_iter().filter(|(other, _)| !own(other));
    let links = links.map(|(key, (name, mut ties))| {
        ties.sort_unstable();
        Link { key, name, ties }
    });
    Ok(links.collect())
}

/// How a project is linked to another one by that one's name: as its sister, or
/// because its texts speak of it.
fn tie((own, own_short): (&Name, &str), texts: &[&str], other: &str) -> Option<Tie> {
    if own.is_sister_of(&Name::new(other)) {
        return Some(Tie::Sister);
    }
    // A project's own short name in its text means itself.
    let speaks = short(other) != own_short && texts.iter().any(|t| naming::speaks_of(t, other));
    speaks.then_some(Tie::Mentions)
}

/// A name up to its first joint, without a number.
fn short(name: &str) -> String {
    naming::unnumbered(naming::short(name).unwrap_or(name))
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
