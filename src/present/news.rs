//! What is new to a saved search, for people and for programs.
//! Where nothing is, people get no line, so that a nightly job sends no mail.

use std::io::{self, Write};

use serde::Serialize;

use crate::search::{Change, News};

use super::json;
use super::style::{CODE, put};

/// Columns for what became of a project.
const LABEL: usize = 9;

#[derive(Serialize)]
struct NewsLine<'p> {
    r#type: &'static str,
    change: &'static str,
    key: &'p str,
    name: Option<&'p str>,
}

#[derive(Serialize)]
struct WatchedLine<'p> {
    r#type: &'static str,
    query: &'p str,
    total: usize,
    first: bool,
}

/// Writes news as text; `total` projects are found in all.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, query: &str, news: &[News], total: usize) -> io::Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let of = |change| news.iter().filter(|news| news.change == change).count();
    let [new, changed, gone] = [Change::New, Change::Changed, Change::Gone].map(of);
    writeln!(
        out,
        "{query}: {new} new, {changed} changed, {gone} gone; {total} in all"
    )?;
    for news in news {
        write!(out, "{:LABEL$}", name_of(news.change))?;
        put(out, CODE, &news.key)?;
        write!(out, "  ")?;
        put(
            out,
            super::style::PLAIN,
            news.name.as_deref().unwrap_or("(no name)"),
        )?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes news as JSON Lines; `first` if nothing was known before.
///
/// # Errors
/// When the sink fails.
pub fn json(
    out: &mut dyn Write,
    query: &str,
    news: &[News],
    (total, first): (usize, bool),
) -> io::Result<()> {
    for news in news {
        let line = NewsLine {
            r#type: "news",
            change: name_of(news.change),
            key: &news.key,
            name: news.name.as_deref(),
        };
        json::line(out, &line)?;
    }
    let line = WatchedLine {
        r#type: "watched",
        query,
        total,
        first,
    };
    json::line(out, &line)
}

fn name_of(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
        Change::Gone => "gone",
    }
}
