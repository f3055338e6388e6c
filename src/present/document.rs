//! Whole answers as one JSON document each, for those who ask over HTTP or on
//! behalf of an assistant.
//!
//! What stands on lines elsewhere stands in lists here, under the same names.
//! The types are public as schemas only: what is in them is written, not read.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::search::{Doubt, Hits, Similar, Suggestion};

use super::answer::{AddedLine, added};
use super::facets::{FacetLine, facet_line};
use super::json::{self, HitLine, ProjectLine, hit_line};
use super::similar::{LinkLine, NearLine, near_line};
use super::suggest::{SuggestionLine, suggestion_line};

/// An answer to a search.
#[derive(Serialize, ToSchema)]
pub struct SearchDocument<'p> {
    r#type: &'static str,
    query: &'p str,
    total: u64,
    loose: u64,
    hits: Vec<HitLine<'p>>,
    next: Option<&'p str>,
    facets: Vec<FacetLine<'p>>,
    doubts: Vec<DoubtLine<'p>>,
    synonyms: Vec<AddedLine<'p>>,
    partial: &'p [String],
    notes: &'p [String],
}

/// What a search finds, counted.
#[derive(Serialize, ToSchema)]
pub struct FacetsDocument<'p> {
    r#type: &'static str,
    query: &'p str,
    total: u64,
    loose: u64,
    facets: Vec<FacetLine<'p>>,
    partial: &'p [String],
    notes: &'p [String],
}

/// One project with all that it says.
#[derive(Serialize, ToSchema)]
pub struct ProjectDocument<'p> {
    #[serde(flatten)]
    project: ProjectLine<'p>,
}

/// The projects nearest to one.
#[derive(Serialize, ToSchema)]
pub struct SimilarDocument<'p> {
    r#type: &'static str,
    code: &'p str,
    words: &'p [String],
    hits: Vec<NearLine<'p>>,
    links: Vec<LinkLine<'p>>,
    partial: &'p [String],
}

/// What a beginning may become.
#[derive(Serialize, ToSchema)]
pub struct SuggestDocument<'p> {
    r#type: &'static str,
    query: &'p str,
    suggestions: Vec<SuggestionLine<'p>>,
    partial: &'p [String],
}

/// How old the index is and what it holds. Says no more than anyone may know.
#[derive(Serialize, ToSchema)]
pub struct StatusDocument<'p> {
    r#type: &'static str,
    version: &'static str,
    generation: &'p str,
    documents: u64,
    usable: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_done: Option<Timestamp>,
    age_seconds: Option<i64>,
}

/// A word that hardly any project has.
#[derive(Serialize, ToSchema)]
struct DoubtLine<'p> {
    word: &'p str,
    count: u64,
    offers: Vec<OfferLine<'p>>,
}

/// What may be meant by it.
#[derive(Serialize, ToSchema)]
struct OfferLine<'p> {
    word: &'p str,
    count: u64,
}

/// Writes the answer to a search; `next` leads to further hits.
///
/// # Errors
/// When the sink fails.
pub fn search(
    out: &mut dyn Write,
    found: &Hits,
    typed: &str,
    next: Option<&str>,
) -> io::Result<()> {
    let projects = found.hits.iter().map(|hit| hit.stored.project());
    let projects: Vec<_> = projects.collect();
    let hits = found.hits.iter().zip(&projects);
    json::line(
        out,
        &SearchDocument {
            r#type: "search",
            query: typed,
            total: found.total,
            loose: found.loose,
            hits: hits.map(|(hit, project)| hit_line(hit, project)).collect(),
            next,
            facets: found.facets.iter().map(facet_line).collect(),
            doubts: found.doubts.iter().map(doubt).collect(),
            synonyms: added(found),
            partial: &found.partial,
            notes: &found.remarks,
        },
    )
}

/// Writes what a search finds, counted.
///
/// # Errors
/// When the sink fails.
pub fn facets(out: &mut dyn Write, found: &Hits, typed: &str) -> io::Result<()> {
    json::line(
        out,
        &FacetsDocument {
            r#type: "facets",
            query: typed,
            total: found.total,
            loose: found.loose,
            facets: found.facets.iter().map(facet_line).collect(),
            partial: &found.partial,
            notes: &found.remarks,
        },
    )
}

/// Writes the projects nearest to the one with this code.
///
/// # Errors
/// When the sink fails.
pub fn similar(out: &mut dyn Write, found: &Similar, code: &str) -> io::Result<()> {
    let projects = found.hits.iter().map(|near| near.stored.project());
    let projects: Vec<_> = projects.collect();
    let hits = found.hits.iter().zip(&projects);
    json::line(
        out,
        &SimilarDocument {
            r#type: "nearest",
            code,
            words: &found.words,
            hits: hits
                .map(|(near, project)| near_line(near, project))
                .collect(),
            links: found.links.iter().map(LinkLine::of).collect(),
            partial: &found.partial,
        },
    )
}

/// Writes what a beginning may become.
///
/// # Errors
/// When the sink fails.
pub fn suggest(
    out: &mut dyn Write,
    (found, partial): (&[Suggestion], &[String]),
    typed: &str,
) -> io::Result<()> {
    json::line(
        out,
        &SuggestDocument {
            r#type: "suggestions",
            query: typed,
            suggestions: found.iter().map(suggestion_line).collect(),
            partial,
        },
    )
}

/// How an index is.
#[derive(Debug, Clone, Copy)]
pub struct State<'s> {
    /// What the edition that answers is called.
    pub generation: &'s str,
    /// Projects in it.
    pub documents: u64,
    /// Whether it is the one in force, and can be asked.
    pub usable: bool,
    /// When the last run began that was done.
    pub last_done: Option<Timestamp>,
}

/// Writes how an index is.
///
/// # Errors
/// When the sink fails.
pub fn status(out: &mut dyn Write, state: State<'_>, now: Timestamp) -> io::Result<()> {
    let done = state.last_done;
    json::line(
        out,
        &StatusDocument {
            r#type: "status",
            version: env!("CARGO_PKG_VERSION"),
            generation: state.generation,
            documents: state.documents,
            usable: state.usable,
            last_done: done,
            age_seconds: done.map(|done| now.duration_since(done).as_secs()),
        },
    )
}

fn doubt(doubt: &Doubt) -> DoubtLine<'_> {
    DoubtLine {
        word: &doubt.word,
        count: doubt.count,
        offers: doubt
            .offers
            .iter()
            .map(|(word, count)| OfferLine {
                word,
                count: *count,
            })
            .collect(),
    }
}
