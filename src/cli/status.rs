//! `esr-search status`: what became of the last run, and how old is the index?
//! For people, for programs, and by its exit code for whoever keeps watch.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;

use crate::index;
use crate::present::status::{self, Shown};

use super::{Common, duration};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search status
  esr-search status --json
  esr-search status --max-age 26h || mail -s 'esr-search' admin@example.org
  esr-search status --prometheus /var/lib/node_exporter/esr-search.prom

Every `esr-search index` leaves its record beside the index, failed runs too.
What the index's files hold is checked by `esr-search verify`.

Exit codes: 0 all fine · 1 the last run failed, was ended before its time or
  could not read some files · 2 wrong use · 3 no index, or it is damaged
  4 the last run that was done is longer ago than --max-age")]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Write the figures for node_exporter's textfile collector
    #[arg(long, value_name = "FILE")]
    prometheus: Option<PathBuf>,
    /// How long ago the last run may be: 90m, 26h, 7d
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    max_age: Option<Duration>,
}

const FAILED: u8 = 1;
const UNUSABLE: u8 = 3;
const STALE: u8 = 4;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let health = index::health(&common.index);
    if let Some(file) = &args.prometheus {
        index::write_atomically(file, status::metrics(&health).as_bytes())?;
    }
    let shown = Shown {
        index: &common.index,
        health: &health,
        now: Timestamp::now(),
        max_age: args.max_age,
    };
    match args.json {
        true => status::json(out, &shown)?,
        false => status::text(out, &shown)?,
    }
    Ok(code(&shown))
}

/// What weighs most is told.
fn code(shown: &Shown<'_>) -> u8 {
    match shown.health {
        health if health.index.is_err() => UNUSABLE,
        health if health.has_failed() => FAILED,
        _ if shown.is_stale() == Some(true) => STALE,
        _ => 0,
    }
}
