//! What to say when nothing was found.
//! What was asked, and what would find something if it were loosened.

use anyhow::Result;

use crate::finnish::Analyzer;
use crate::present::hits::projects;
use crate::query::Query;
use crate::search::{Collection, Loosening, Options};

/// Says that nothing was found and what would find something: of a query that
/// was narrowed to what was promised first the one that it was before.
pub(super) fn nothing(
    (collection, analyzer): (&Collection, &Analyzer),
    (query, typed): (&Query, &str),
    (options, before): (&Options, Option<&Query>),
) -> Result<String> {
    let mut options = options.clone();
    if let Some(before) = before {
        options.reported = None;
        options.limit = 0;
        let found = collection.search(analyzer, before, &options)?;
        let count = found.total + found.loose;
        if count > 0 {
            let projects = projects(count);
            return Ok(format!(
                "no project promised it and did not report it\n  \
                 {projects} without --promised-not-reported"
            ));
        }
    }
    let query = before.unwrap_or(query);
    let ways = collection.loosen(analyzer, query, &options)?;
    let mut said = match typed {
        "" => "no project has all that was asked for".to_owned(),
        typed if ways.is_empty() => format!("no project has {typed}"),
        typed => format!("no project answers {typed} as it was asked"),
    };
    for (way, count) in &ways {
        said.push_str(&format!("\n  {} {}", projects(*count), name(*way)));
    }
    if ways.is_empty() && !typed.is_empty() {
        said.push_str("\n  try fewer letters of a long word, or another word for the same thing");
    }
    Ok(said)
}

/// How to ask so.
fn name(way: Loosening) -> &'static str {
    match way {
        Loosening::Filters => "without filters (--filter, --ended-without-report)",
        Loosening::Sections => "in all sections (without --section and names of sections)",
        Loosening::Values => "without the values asked of fields",
        Loosening::Phrases => "with the words in any place and form (without quotes and =)",
        Loosening::Any => "with any of the words (without +, -, JA and EI)",
        Loosening::All => "without filters, sections, values, phrases and signs",
    }
}
