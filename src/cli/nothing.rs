//! What to say when nothing was found.
//! What was asked, and what would find something if it were loosened.

use anyhow::Result;

use crate::finnish::Analyzer;
use crate::query::Query;
use crate::search::{Collection, Loosening, Options};

/// Says that nothing was found and what would find something.
pub(super) fn nothing(
    (collection, analyzer): (&Collection, &Analyzer),
    (query, typed): (&Query, &str),
    options: &Options,
) -> Result<String> {
    let ways = collection.loosen(analyzer, query, options)?;
    let mut said = match typed {
        "" => "no project has all that was asked for".to_owned(),
        typed if ways.is_empty() => format!("no project has {typed}"),
        typed => format!("no project answers {typed} as it was asked"),
    };
    for (way, count) in &ways {
        let projects = if *count == 1 { "project" } else { "projects" };
        said.push_str(&format!("\n  {count} {projects} {}", name(*way)));
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
