//! Ranked hits as a person reads them.
//! One hit is a title line, two lines of facts and its passages by section.

use std::io::{self, Write};

use crate::form::project::{Period, Project, Status};
use crate::index::fields::FIELDS;
use crate::search::{Hit, Hits, Passage};

use super::explain::{self, Language};
use super::style::{CODE, FAINT, Page, TITLE, Visible, euros, folded, put};

/// Columns before a hit's lines.
pub(super) const INDENT: usize = 5;

/// Columns for the section's name before a passage.
pub(super) const LABEL: usize = 22;

/// Writes hits with their passages; `typed` is the query as typed,
/// `language` that of explanations.
///
/// # Errors
/// When the sink fails.
pub fn write(
    out: &mut dyn Write,
    hits: &Hits,
    typed: &str,
    page: Page,
    language: Language,
) -> io::Result<()> {
    writeln!(out, "{}", heading(hits, typed))?;
    let mut direct = true;
    for hit in &hits.hits {
        if direct && !hit.direct {
            direct = false;
            let loose = projects(hits.loose);
            writeln!(
                out,
                "\n{loose} with only a part of it or a word of its family"
            )?;
        }
        writeln!(out)?;
        write_hit(out, hit, page)?;
        if let Some(reasons) = &hit.explanation {
            let place = explain::Place {
                page,
                language,
                indent: INDENT,
            };
            explain::write(out, hit, reasons, place)?;
        }
    }
    Ok(())
}

/// How many projects were found, and which of them are here.
#[must_use]
pub fn totals(hits: &Hits) -> String {
    heading(hits, "")
}

fn heading(hits: &Hits, typed: &str) -> String {
    let mut heading = projects(hits.total);
    if !typed.is_empty() {
        heading += &format!(" for {}", Visible(typed));
    }
    if hits.loose > 0 {
        let loose = hits.loose;
        heading += &format!(", {loose} more with a part of it or a word of its family");
    }
    let all = hits.total + hits.loose;
    match (hits.hits.first(), hits.hits.last()) {
        (Some(first), Some(last)) if (hits.hits.len() as u64) < all => {
            heading += &format!("; {} to {} here", first.rank, last.rank);
        }
        _ => {}
    }
    heading
}

/// So many projects, in words.
pub(crate) fn projects(count: u64) -> String {
    format!("{count} project{}", if count == 1 { "" } else { "s" })
}

fn write_hit(out: &mut dyn Write, hit: &Hit, page: Page) -> io::Result<()> {
    let project = &hit.stored.project();
    write!(out, "{:>3}  ", hit.rank)?;
    put(out, CODE, &hit.key)?;
    write!(out, "  ")?;
    let in_name = hit.passages.iter().find(|p| is_name(project, p));
    let start = INDENT + hit.key.chars().count() + 2;
    match (in_name, project.name) {
        (Some(passage), _) => folded(out, &passage.text, &passage.highlights, page, start)?,
        (None, Some(name)) => {
            put(out, TITLE, name)?;
            writeln!(out)?;
        }
        (None, None) => writeln!(out, "(no name; {})", Visible(&hit.stored.path))?,
    }
    let applicant = project.applicant.name.unwrap_or("applicant unknown");
    write!(out, "{:INDENT$}", "")?;
    folded(out, applicant, &[], page, INDENT)?;
    write!(out, "{:INDENT$}", "")?;
    folded(out, &facts(project), &[], page, INDENT)?;
    let shown = |p: &&Passage| !is_name(project, p) && !is_code(project, p);
    for passage in hit.passages.iter().filter(shown) {
        write_passage(out, passage, page)?;
    }
    let quoted = |row: &&usize| hit.passages.iter().any(|p| p.row == **row);
    let more: Vec<_> = hit
        .rows
        .iter()
        .filter(|r| !quoted(r))
        .map(|r| FIELDS[*r].title)
        .collect();
    if !more.is_empty() {
        write!(out, "{:INDENT$}", "")?;
        put(out, FAINT, &format!("also in: {}", more.join(", ")))?;
        writeln!(out)?;
    }
    if !hit.sisters.is_empty() {
        write!(out, "{:INDENT$}", "")?;
        let sisters = hit.sisters.join(", ");
        put(out, FAINT, &format!("sister project of: {sisters}"))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Whether a passage is the project's whole name, which stands on top anyway.
pub(crate) fn is_name(project: &Project<'_>, passage: &Passage) -> bool {
    let same = |name: &str| name.split_whitespace().eq(passage.text.split_whitespace());
    FIELDS[passage.row].key == "name" && project.name.is_some_and(same)
}

/// Whether a passage is the project's code, which the title line shows too.
fn is_code(project: &Project<'_>, passage: &Passage) -> bool {
    project.code == Some(passage.text.as_str())
}

fn write_passage(out: &mut dyn Write, passage: &Passage, page: Page) -> io::Result<()> {
    let title = FIELDS[passage.row].title;
    write!(out, "{:INDENT$}", "")?;
    put(out, FAINT, title)?;
    write!(
        out,
        "{:1$}",
        "",
        (LABEL + 1).saturating_sub(title.chars().count())
    )?;
    let (before, after) = passage.cut;
    let lead = if before { "… " } else { "" };
    let text = format!("{lead}{}{}", passage.text, if after { " …" } else { "" });
    let shifted: Vec<_> = passage
        .highlights
        .iter()
        .map(|range| range.start + lead.len()..range.end + lead.len())
        .collect();
    folded(out, &text, &shifted, page, INDENT + LABEL + 1)
}

/// Region, years, status and money on one line, as far as they are known.
pub(super) fn facts(project: &Project<'_>) -> String {
    let places = &project.places;
    let region = match places.regions.as_slice() {
        [] if places.national => "koko maa".to_owned(),
        [] => String::new(),
        few if few.len() <= 3 => few.join(", "),
        many => format!(
            "{} ja {} muuta maakuntaa",
            many[..2].join(", "),
            many.len() - 2
        ),
    };
    let money = match (project.money.spent, project.money.granted) {
        (Some(spent), Some(granted)) => format!("{} / {}", euros(spent), euros(granted)),
        (None, Some(granted)) => euros(granted),
        (Some(spent), None) => format!("toteutunut {}", euros(spent)),
        (None, None) => String::new(),
    };
    let parts = [
        region,
        years(project.period),
        status(project.status).to_owned(),
        money,
    ];
    let known: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    known.join(" · ")
}

fn years(period: Period) -> String {
    match (period.start.map(|d| d.year()), period.end.map(|d| d.year())) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}–{end}"),
        (Some(start), None) => format!("{start}–"),
        (None, Some(end)) => format!("–{end}"),
        (None, None) => String::new(),
    }
}

/// The status in Finnish; empty if unknown.
pub(super) fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Running) => "toiminnassa",
        Some(Status::Ended) => "päättynyt",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_that_are_unknown_leave_no_gap() {
        let mut project = Project::default();
        assert_eq!(facts(&project), "");
        project.period.start = Some(jiff::civil::date(2021, 4, 1));
        project.money.granted = Some(863_000);
        assert_eq!(facts(&project), "2021– · 863\u{a0}000\u{a0}€");
        project.places.regions = vec!["Lappi", "Kainuu", "Uusimaa", "Satakunta"];
        assert!(facts(&project).starts_with("Lappi, Kainuu ja 2 muuta maakuntaa · "));
    }
}
