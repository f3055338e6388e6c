//! Counted values: for people a block a field and a line a value, long lists
//! cut; for programs an object a field with all of its values.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::fields::{FIELDS, Kind};
use crate::search::Facet;

use super::json;
use super::style::{FAINT, TITLE, grouped, put};

/// Values shown of one field.
const MOST: usize = 30;

/// Columns for a count.
const COUNT: usize = 8;

#[derive(Serialize, ToSchema)]
pub(super) struct FacetLine<'f> {
    r#type: &'static str,
    field: &'static str,
    values: Vec<CountLine<'f>>,
    unknown: u64,
}

#[derive(Serialize, ToSchema)]
struct CountLine<'f> {
    value: &'f str,
    label: &'f str,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    granted: Option<u64>,
}

/// Writes one facet as one line of JSON.
///
/// # Errors
/// When the sink fails.
pub fn json(out: &mut dyn Write, facet: &Facet) -> io::Result<()> {
    json::line(out, &facet_line(facet))
}

pub(super) fn facet_line(facet: &Facet) -> FacetLine<'_> {
    let values = facet.values.iter();
    let values = values.map(|value| CountLine {
        value: &value.value,
        label: &value.label,
        count: value.count,
        granted: value.granted,
    });
    FacetLine {
        r#type: "facet",
        field: FIELDS[facet.row].key,
        values: values.collect(),
        unknown: facet.unknown,
    }
}

/// Writes facets as text.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, facets: &[Facet]) -> io::Result<()> {
    for facet in facets {
        let field = &FIELDS[facet.row];
        writeln!(out)?;
        put(out, TITLE, field.title)?;
        writeln!(out)?;
        for value in facet.values.iter().take(MOST) {
            let label = match (field.kind, value.label == value.value) {
                (Kind::Money, _) => spaced(&value.label) + "\u{a0}€",
                (Kind::Keyword, false) => format!("{} ({})", value.label, value.value),
                _ => value.label.clone(),
            };
            line(out, value.count, &label)?;
        }
        if let Some(more) = facet
            .values
            .len()
            .checked_sub(MOST)
            .filter(|more| *more > 0)
        {
            put(out, FAINT, &format!("{:COUNT$}  {more} more values", ""))?;
            writeln!(out)?;
        }
        if facet.unknown > 0 {
            line(out, facet.unknown, "(unknown)")?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, count: u64, label: &str) -> io::Result<()> {
    write!(out, "{:>COUNT$}  ", grouped(count))?;
    put(out, super::style::PLAIN, label)?;
    writeln!(out)
}

/// A band of numbers with spaces between thousands.
fn spaced(band: &str) -> String {
    let number = |text: &str| text.parse().map_or(text.to_owned(), grouped);
    match band.split_once("..") {
        Some((from, to)) => format!("{}–{}", number(from), number(to)),
        None => number(band),
    }
}
