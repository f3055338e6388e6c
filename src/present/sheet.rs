//! Hits and counted values as CSV, for spreadsheets and statistics.
//!
//! Semicolons and a byte order mark, because Excel in Finland opens such files
//! as tables in UTF-8 with a double click. A value that a spreadsheet would
//! take for a formula gets an apostrophe before it: descriptions are texts of
//! strangers. Names and order of the columns are stable; new ones come last.

use std::io::{self, Write};

use crate::form::project::Project;
use crate::index::fields::{FIELDS, fund_key, status_key};
use crate::search::{Facet, Hit, Hits};

/// What tells a program that a file is in UTF-8.
const MARK: &str = "\u{feff}";

/// What stands between the entries of a list.
const BETWEEN: &str = " | ";

type Column = (&'static str, fn(&Hit, &Project<'_>) -> String);

/// The columns of hits.
const COLUMNS: [Column; 33] = [
    ("rank", |hit, _| hit.rank.to_string()),
    ("key", |hit, _| hit.key.clone()),
    ("name", |_, project| text(project.name)),
    ("score", |hit, _| format!("{:.4}", hit.score)),
    ("direct", |hit, _| hit.direct.to_string()),
    ("whole", |hit, _| hit.whole.to_string()),
    ("code", |_, project| text(project.code)),
    ("fund", |_, project| text(project.fund.map(fund_key))),
    ("status", |_, project| text(project.status.map(status_key))),
    ("start", |_, project| shown(project.period.start)),
    ("end", |_, project| shown(project.period.end)),
    ("axis", |_, project| text(project.axis)),
    ("objective", |_, project| text(project.objective)),
    ("authority", |_, project| text(project.authority)),
    ("applicant", |_, project| text(project.applicant.name)),
    ("organisation_type", |_, project| {
        text(project.applicant.kind)
    }),
    ("business_id", |_, project| {
        text(project.applicant.business_id)
    }),
    ("regions", |_, project| project.places.regions.join(BETWEEN)),
    ("subregions", |_, project| {
        project.places.subregions.join(BETWEEN)
    }),
    ("municipalities", |_, project| {
        project.places.municipalities.join(BETWEEN)
    }),
    ("national", |_, project| project.places.national.to_string()),
    ("granted", |_, project| shown(project.money.granted)),
    ("spent", |_, project| shown(project.money.spent)),
    ("public_planned", |_, project| {
        shown(project.money.public_planned)
    }),
    ("public_realised", |_, project| {
        shown(project.money.public_realised)
    }),
    ("companies_planned", |_, project| {
        shown(project.participation.companies_planned)
    }),
    ("companies_realised", |_, project| {
        shown(project.participation.companies_realised)
    }),
    ("persons_planned", |_, project| {
        shown(project.participation.persons_planned)
    }),
    ("persons_realised", |_, project| {
        shown(project.participation.persons_realised)
    }),
    ("sections", |hit, _| {
        let keys: Vec<_> = hit.rows.iter().map(|row| FIELDS[*row].key).collect();
        keys.join(BETWEEN)
    }),
    ("passage_section", |hit, _| {
        text(hit.passages.first().map(|passage| FIELDS[passage.row].key))
    }),
    ("passage", |hit, _| {
        text(hit.passages.first().map(|passage| passage.text.as_str()))
    }),
    ("path", |hit, _| hit.stored.path.clone()),
];

/// Writes hits, one a row below the columns' names.
///
/// # Errors
/// When the sink fails.
pub fn hits(out: &mut dyn Write, hits: &Hits) -> io::Result<()> {
    let mut sheet = sheet(out)?;
    sheet
        .write_record(COLUMNS.iter().map(|(name, _)| name))
        .map_err(in_sink)?;
    for hit in &hits.hits {
        let project = hit.stored.project();
        let values = COLUMNS.iter().map(|(_, value)| value(hit, &project));
        sheet.write_record(values.map(guarded)).map_err(in_sink)?;
    }
    sheet.flush()
}

/// Writes counted values, one a row; those that are unknown have none.
///
/// # Errors
/// When the sink fails.
pub fn facets(out: &mut dyn Write, facets: &[Facet]) -> io::Result<()> {
    let mut sheet = sheet(out)?;
    sheet
        .write_record(["field", "value", "label", "count"])
        .map_err(in_sink)?;
    for facet in facets {
        let field = FIELDS[facet.row].key;
        let mut row = |value: &str, label: &str, count: u64| {
            let values = [field, value, label].map(|value| guarded(value.to_owned()));
            let values = values.into_iter().chain([count.to_string()]);
            sheet.write_record(values).map_err(in_sink)
        };
        for value in &facet.values {
            row(&value.value, &value.label, value.count)?;
        }
        if facet.unknown > 0 {
            row("", "", facet.unknown)?;
        }
    }
    sheet.flush()
}

fn sheet(out: &mut dyn Write) -> io::Result<csv::Writer<&mut dyn Write>> {
    out.write_all(MARK.as_bytes())?;
    let mut builder = csv::WriterBuilder::new();
    builder.delimiter(b';').terminator(csv::Terminator::CRLF);
    Ok(builder.from_writer(out))
}

/// The sink's own error, which tells of a closed pipe.
fn in_sink(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A value that no spreadsheet takes for a formula and no terminal for a command.
fn guarded(value: String) -> String {
    let is_sign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let value = value.replace(is_sign, "\u{fffd}");
    match value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{value}"),
        false => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_a_formula_to_a_spreadsheet() {
        for formula in ["=1+1", "+358 40", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(formula.to_owned()), format!("'{formula}"));
        }
        for plain in ["", "S26011", "a=b", "2019-05-01", "ä"] {
            assert_eq!(guarded(plain.to_owned()), plain);
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_shown_and_takes_nothing_along() {
        assert_eq!(guarded("a\u{1b}bc\nd".to_owned()), "a\u{fffd}bc\nd");
    }
}
