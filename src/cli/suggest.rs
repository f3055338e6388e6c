//! `esr-search suggest`: what a beginning may become.
//! For people who look for the word of the trade, and for pages that complete
//! what is typed.

use std::io::Write;

use anyhow::Result;

use crate::present::suggest;
use crate::search::MAX_LIMIT;

use super::source::Source;
use super::{Common, say, warn};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search suggest osatyö
  esr-search suggest tyotto              who types no dots means them too
  esr-search suggest Kemin --json

Words are told first, then names of projects, then applicants, each with the
number of projects that have it.

Exit codes: 0 something begins so · 1 nothing does · 2 wrong use or no index ·
  3 damaged index · 5 input or output failed")]
pub(super) struct Args {
    /// Beginning of a word or of a name
    #[arg(value_name = "PREFIX", required = true)]
    begin: Vec<String>,
    /// How many words, projects and applicants to print, of each
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10,
          value_parser = clap::value_parser!(u64).range(1..=MAX_LIMIT as u64))]
    limit: u64,
    /// Print JSON Lines, one object a suggestion
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: Source,
}

/// Exit code if nothing begins so.
const NONE_FOUND: u8 = 1;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let begin = args.begin.join(" ");
    let limit = usize::try_from(args.limit).unwrap_or(MAX_LIMIT);
    let collection = args.source.collection(common)?;
    let found = collection.suggest(&begin, limit)?;
    warn(&collection);
    if found.is_empty() {
        say(&format!(
            "no word and no name begins with {begin}\n  try fewer letters"
        ));
        return Ok(NONE_FOUND);
    }
    if args.json {
        suggest::json(out, &found)?;
    } else {
        suggest::write(out, &found)?;
    }
    Ok(0)
}
