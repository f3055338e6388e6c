//! The formats of `search`: which one is asked for, and what goes where.
//!
//! Results are all that goes to standard output; what a format has no place
//! for is said on standard error. A format is never chosen by where the
//! output leads.

use std::io::Write;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::present::explain::Language;
use crate::present::{answer, facets, hits, json, sheet, trec};
use crate::search::Hits;

use super::{page, say};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// JSON Lines: one object a project, then one a facet, then the totals
    Jsonl,
    /// A table for spreadsheets: semicolons, UTF-8; of facets with --limit 0
    Csv,
    /// Lines of a TREC run
    Trec,
}

/// What is asked of the output.
#[derive(Debug, clap::Args)]
pub(super) struct Output {
    /// How to print
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value = "text",
        hide_possible_values = true
    )]
    format: Format,
    /// Print JSON Lines, short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// What the query is called in lines of a TREC run
    #[arg(long, value_name = "ID", default_value = "1")]
    query_id: String,
    /// Say of each project why it stands where it does
    #[arg(long)]
    pub(super) explain: bool,
    /// Language of --explain: fi, sv or en [default: that of the locale]
    #[arg(long, value_name = "LANG", value_parser = ["fi", "sv", "en"], hide_possible_values = true)]
    lang: Option<String>,
}

impl Output {
    /// The format asked for.
    pub(super) fn format(&self) -> Format {
        match self.json {
            true => Format::Jsonl,
            false => self.format,
        }
    }

    /// Refuses what a format has no place for.
    pub(super) fn check(&self, limit: usize, facets: bool) -> Result<()> {
        match self.format() {
            Format::Csv if facets && limit > 0 => bail!(
                "--format csv prints one table: projects or facets\n  \
                 for facets say --limit 0, for projects leave out --facets"
            ),
            Format::Trec if facets => {
                bail!("--format trec has no place for facets\n  leave out --facets")
            }
            Format::Csv | Format::Trec if self.explain => {
                bail!("--explain is told in text and JSON only\n  leave out --format")
            }
            _ => Ok(()),
        }
    }

    /// The language asked for, or that of the locale.
    fn language(&self) -> Language {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
        let mut set = set.filter_map(|name| std::env::var(name).ok());
        let asked = self
            .lang
            .clone()
            .or_else(|| set.find(|value| !value.is_empty()));
        asked.map_or_else(Language::default, |asked| Language::of_locale(&asked))
    }

    /// Prints an answer to the query as typed.
    pub(super) fn print(&self, found: &Hits, typed: &str, out: &mut dyn Write) -> Result<()> {
        let some = found.total + found.loose > 0;
        match self.format() {
            Format::Text if some => {
                hits::write(out, found, typed, page(), self.language())?;
                facets::write(out, &found.facets)?;
            }
            Format::Text => {}
            Format::Jsonl => {
                for hit in &found.hits {
                    json::hit(out, hit, &hit.stored.project())?;
                }
                for facet in &found.facets {
                    facets::json(out, facet)?;
                }
                answer::answer(out, found, typed)?;
            }
            Format::Csv if found.facets.is_empty() => sheet::hits(out, found)?,
            Format::Csv => sheet::facets(out, &found.facets)?,
            Format::Trec => trec::hits(out, &self.query_id, found)?,
        }
        if some && matches!(self.format(), Format::Csv | Format::Trec) {
            say(&format!("note: {}", hits::totals(found)));
        }
        Ok(())
    }
}
