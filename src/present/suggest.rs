//! Suggestions: for people a block a kind, for programs an object a line.
//! Counts stand in front, as with facets.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::search::{Offer, Suggestion};

use super::json;
use super::style::{CODE, PLAIN, TITLE, grouped, put};

/// Columns for a count.
const COUNT: usize = 8;

#[derive(Serialize, ToSchema)]
pub(super) struct SuggestionLine<'s> {
    r#type: &'static str,
    kind: &'static str,
    text: &'s str,
    count: u64,
    key: Option<&'s str>,
}

/// Writes suggestions as one line of JSON each.
///
/// # Errors
/// When the sink fails.
pub fn json(out: &mut dyn Write, suggestions: &[Suggestion]) -> io::Result<()> {
    for suggestion in suggestions {
        json::line(out, &suggestion_line(suggestion))?;
    }
    Ok(())
}

pub(super) fn suggestion_line(suggestion: &Suggestion) -> SuggestionLine<'_> {
    SuggestionLine {
        r#type: "suggestion",
        kind: names(suggestion.offer).0,
        text: &suggestion.text,
        count: suggestion.count,
        key: suggestion.key.as_deref(),
    }
}

/// Writes suggestions for people.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, suggestions: &[Suggestion]) -> io::Result<()> {
    let mut last = None;
    for suggestion in suggestions {
        if last.replace(suggestion.offer) != Some(suggestion.offer) {
            put(out, TITLE, names(suggestion.offer).1)?;
            writeln!(out)?;
        }
        write!(out, "{:>COUNT$}  ", grouped(suggestion.count))?;
        put(out, PLAIN, &suggestion.text)?;
        if let Some(key) = &suggestion.key {
            write!(out, "  ")?;
            put(out, CODE, key)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The stable name of a kind, and its title for people.
fn names(offer: Offer) -> (&'static str, &'static str) {
    match offer {
        Offer::Word => ("word", "sanat"),
        Offer::Project => ("project", "hankkeet"),
        Offer::Applicant => ("applicant", "hakijat"),
    }
}
