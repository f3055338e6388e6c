//! `esr-search watch-query`: what is new to a saved search since the last run.
//! Made for nightly jobs: quiet when nothing is, and codes that a script reads.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::present::news;
use crate::query;
use crate::search::{self, Hit, MAX_LIMIT, Options, Seen, Trace};

use super::saved::{Saved, State};
use super::thesaurus::Thesaurus;
use super::{Common, narrow, open, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search search nuoret --filter region=Lappi --save nuoret.toml
  esr-search watch-query nuoret.toml
  esr-search watch-query nuoret.toml --json | jq -r 'select(.change==\"new\").key'

The first run tells all projects as new. What was found is kept beside the file,
in FILE.state. Projects that hold what is asked are watched, or with a limit in
the file the best so many.

Exit codes: 0 something new, changed or gone · 1 nothing new · 2 error")]
pub(super) struct Args {
    /// A search that was written by search --save
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON Lines, one object a project
    #[arg(long)]
    json: bool,
}

/// Exit code if nothing is new.
const NOTHING_NEW: u8 = 1;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let asked = Saved::read(&args.file)?;
    let before = State::read(&args.file)?;
    let first = before.is_none();
    let known = match before {
        Some(state) if state.asked == asked => state.seen,
        Some(_) => {
            say(
                "note: the search is another one than in the last run; all it finds is told as new",
            );
            Seen::new()
        }
        None => Seen::new(),
    };
    let seen = found(common, &asked)?;
    let news = search::news(&known, &seen);
    match args.json {
        true => news::json(out, &asked.query, &news, (seen.len(), first))?,
        false => news::write(out, &asked.called(&args.file), &news, seen.len())?,
    }
    // What was not told is told again by the next run.
    out.flush()?;
    State { asked, seen }.write(&args.file)?;
    Ok(if news.is_empty() { NOTHING_NEW } else { 0 })
}

/// What the search finds now.
fn found(common: &Common, asked: &Saved) -> Result<Seen> {
    let (reader, analyzer) = open(common)?;
    let thesaurus = Thesaurus {
        synonyms: asked.synonyms.clone(),
        no_synonyms: asked.no_synonyms,
    };
    let outcome = asked.outcome();
    let sort = asked.sort.as_deref().unwrap_or("relevance");
    let mut options = Options {
        limit: asked.limit.unwrap_or_default(),
        rows: super::search::rows(&asked.sections)?,
        passages: 0,
        filters: narrow::filters(&outcome.filters(&asked.filters))?,
        reported: outcome.reported(),
        sort: crate::search::asked::sort(sort).map_err(anyhow::Error::msg)?,
        reverse: asked.reverse,
        synonyms: thesaurus.read()?,
        ..Options::default()
    };
    let mut query = query::parse(&asked.query);
    for remark in &query.remarks {
        say(&format!("note: {remark}"));
    }
    outcome.narrow(&mut query)?;
    if asked.limit.is_none() {
        let counted = search::search(&reader, &analyzer, &query, &options)?;
        options.limit = usize::try_from(counted.total).unwrap_or(MAX_LIMIT);
    }
    let hits = search::search(&reader, &analyzer, &query, &options)?.hits;
    Ok(hits.into_iter().map(trace).collect())
}

fn trace(hit: Hit) -> (String, Trace) {
    let name = hit.stored.project().name.map(str::to_owned);
    let hash = blake3::hash(hit.stored.text.as_bytes())
        .to_hex()
        .to_string();
    (hit.key, Trace { hash, name })
}
