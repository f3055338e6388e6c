//! `esr-search search`: find projects.
//! Turns words and options into a query and prints the hits.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Error, Result, bail};

use crate::query;
use crate::search::{Hits, MAX_LIMIT, Options, Sort, asked};

use super::nothing::nothing;
use super::outcome::Outcome;
use super::output::Output;
use super::saved::Saved;
use super::source::Source;
use super::thesaurus::Thesaurus;
use super::{Common, narrow, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search search osatyökykyiset
  esr-search search nuorten työpajat Kemi
  esr-search search '+nuoret työpaja -kesätyö tila:päättynyt'
  esr-search search nuoret --filter region=Lappi --facets status,granted
  esr-search search verkostot --section report --limit 50 --json
  esr-search search --promised-not-reported työpaja
  esr-search search nuoret --ended-without-report --sort granted
  esr-search search nuorten työpajat --explain --lang fi
  esr-search search nuoret --limit 1000 --format csv > nuoret.csv
  esr-search search nuoret --filter region=Lappi --save nuoret.toml

A query:
  nuorten työpajat          either word in any form; more and rarer words first
  +nuoret -kesätyö          must be there; must not
  a JA b, a TAI (b EI c)    both; one of them; also AND, OR, NOT
  \"uutta virtaa\"~3         words in a row, up to 3 others between (none without ~3)
  =kunnan                   this very form
  osatyök* *palvelu         words that begin so; compounds that end so
  osatyökykinen~            words spelt nearly so
  kohderyhmä:nuoret         in a section; suunnitelma: is 3 and 4, tulokset: is 9
  tila:päättynyt            a value; also kunta:Kemissä, maakunta:(Lappi Kainuu)
  rahoitus:>500000          a number: 5, >5, <=5, 2..5, 500k, * for any
  alkaa:2019..2021          a date: 2019, 5.2019, 1.5.2019
  kestävyys.hyvinvointi:>=7 a score of 8.2; tasa-arvo.analyysi:kyllä of 8.1
EI binds tightest, then JA, TAI, and words side by side. A value is a condition.
No query is wrong: what can't be read is taken as words, and a note says where.

A word is also searched as its synonyms, which a note tells: TE-toimisto as
työ- ja elinkeinotoimisto. A phrase in quotes, =form and what is left out are not.
--synonyms FILE adds a list of yours, with lines such as: kuntoutus, rehabilitaatio

Sections: name, target, summary, report, indirect_target, applicant, places,
programme, equality, sustainability, unrecognised; plan and principles are
groups. Values: full_name, code, fund, programme_period, status, axis,
objective, authority, start, end, start_year, end_year, business_id,
applicant_name, organisation_type, granted, spent, public_planned,
public_realised, region, subregion, municipality, companies_planned,
companies_realised, persons_planned, persons_realised, spent_share,
public_share, companies_share, persons_share, and those of 8.1 and 8.2. The README lists them
with their Finnish names, which may be written without dots.

Formats: text; jsonl, one object a line; csv, a table for spreadsheets with
semicolons in UTF-8, of projects or with --limit 0 of --facets; trec, lines of a
run for measuring rankings, with --query-id.

Exit codes: 0 projects found · 1 none found · 2 wrong use or no index ·
  3 damaged index · 5 input or output failed")]
pub(super) struct Args {
    /// Words to look for
    #[arg(value_name = "QUERY", required_unless_present_any = [
        "filter", "facets", "promised_not_reported", "ended_without_report"])]
    query: Vec<String>,
    /// How many projects to print [default: 10]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// How many of the best to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Search this section only (may be repeated)
    #[arg(long, short = 's', value_name = "NAME")]
    section: Vec<String>,
    /// Only projects with this value in a field (may be repeated)
    #[arg(long, short = 'f', value_name = "NAME=VALUE")]
    filter: Vec<String>,
    #[command(flatten)]
    outcome: Outcome,
    /// Count the values of these fields among the projects found
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    facets: Vec<String>,
    /// What to sort by: relevance, start, end, granted, spent, name, code, or
    /// another number of section 5 or 7 or its share of the plan
    #[arg(long, value_name = "BY", default_value = "relevance", value_parser = asked::sort)]
    sort: Sort,
    /// Sort the other way round
    #[arg(long)]
    reverse: bool,
    /// Write the search to a file, for watch-query
    #[arg(long, value_name = "NAME.toml", conflicts_with = "offset")]
    save: Option<PathBuf>,
    #[command(flatten)]
    thesaurus: Thesaurus,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    source: Source,
}

/// What the command is called.
pub(super) const NAME: &str = "search";

/// Exit code if no project answers.
const NONE_FOUND: u8 = 1;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let rows = rows(&args.section)?;
    let limit = args.limit.unwrap_or(LIMIT);
    if limit > MAX_LIMIT {
        bail!("--limit {limit} is too large, {MAX_LIMIT} is the most");
    }
    args.output.check(limit, !args.facets.is_empty())?;
    let typed = args.query.join(" ");
    let mut query = query::parse(&typed);
    let remarks = query.remarks.iter().map(ToString::to_string);
    let remarks: Vec<String> = remarks.collect();
    for remark in &remarks {
        say(&format!("note: {remark}"));
    }
    if !query.asks() && !args.query.is_empty() {
        say(&format!(
            "there is nothing to search for in {typed:?}: give a word, a name or a code"
        ));
        return Ok(NONE_FOUND);
    }
    let wide = query.clone();
    args.outcome.narrow(&mut query)?;
    let (collection, analyzer) = args.source.open(common)?;
    let options = args.options(limit, rows)?;
    if let Some(path) = &args.save {
        saved(args, &typed)?.write(path)?;
    }
    let mut found = collection.search(&analyzer, &query, &options)?;
    tell(&found);
    // In JSON they stand beside those of the query, which were told already.
    found.remarks.splice(0..0, remarks);
    args.output.print(&found, &typed, out)?;
    let none = found.total + found.loose == 0;
    if !none && found.hits.is_empty() && limit > 0 {
        say(&format!(
            "note: there are no more behind the first {}",
            args.offset
        ));
    }
    if none && found.doubts.is_empty() {
        say(&nothing(
            (&collection, &analyzer),
            (&query, &typed),
            (&options, args.outcome.is_promise().then_some(&wide)),
        )?);
    }
    Ok(if none { NONE_FOUND } else { 0 })
}

/// Says what else there is to know of an answer.
fn tell(found: &Hits) {
    for added in &found.synonyms {
        let also = added.also.join("; ");
        say(&format!("note: {} was also searched as {also}", added.word));
    }
    for remark in &found.remarks {
        say(&format!("note: {remark}"));
    }
    for part in &found.partial {
        say(&format!("warning: the answer is partial: {part}"));
    }
    for doubt in &found.doubts {
        say(&doubt.to_string());
    }
}

impl Args {
    fn options(&self, limit: usize, rows: Vec<usize>) -> Result<Options> {
        Ok(Options {
            limit,
            offset: self.offset,
            rows,
            filters: narrow::filters(&self.outcome.filters(&self.filter))?,
            reported: self.outcome.reported(),
            doubts: true,
            facets: narrow::facets(&self.facets)?,
            sort: self.sort,
            reverse: self.reverse,
            synonyms: self.thesaurus.read()?,
            explain: self.output.explain,
            ..Options::default()
        })
    }
}

/// Projects that are printed if nothing else is asked.
const LIMIT: usize = 10;

/// What is asked, without how it is shown.
fn saved(args: &Args, typed: &str) -> Result<Saved> {
    let Thesaurus {
        synonyms,
        no_synonyms,
    } = &args.thesaurus;
    let by = Sort::ALL.iter().find(|(_, sort)| *sort == args.sort);
    let by = by.filter(|_| args.sort != Sort::Relevance);
    Ok(Saved {
        query: typed.to_owned(),
        sections: args.section.clone(),
        filters: args.filter.clone(),
        promised_not_reported: args.outcome.promised_not_reported.clone(),
        ended_without_report: args.outcome.ended_without_report,
        limit: args.limit,
        sort: by.map(|(name, _)| (*name).to_owned()),
        reverse: args.reverse,
        // A nightly job runs in another folder.
        synonyms: synonyms.as_ref().map(std::path::absolute).transpose()?,
        no_synonyms: *no_synonyms,
    })
}

/// The rows of the sections asked for.
pub(super) fn rows(names: &[String]) -> Result<Vec<usize>> {
    asked::sections(names).map_err(Error::msg)
}
