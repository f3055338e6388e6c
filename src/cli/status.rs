//! `esr-search status`: what became of the last run, and how old is the index?
//! For people, for programs, and by its exit code for whoever keeps watch.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;

use crate::index::{self, Health};
use crate::present::status;

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
    let now = Timestamp::now();
    if let Some(file) = &args.prometheus {
        index::write_atomically(file, status::metrics(&health).as_bytes())?;
    }
    match args.json {
        true => status::json(out, &common.index, &health, now)?,
        false => status::text(out, &common.index, &health, now)?,
    }
    Ok(code(&health, args.max_age, now))
}

/// What weighs most is told.
fn code(health: &Health, max_age: Option<Duration>, now: Timestamp) -> u8 {
    if health.index.is_err() {
        return UNUSABLE;
    }
    if health.has_failed() {
        return FAILED;
    }
    let age = |done: Timestamp| now.duration_since(done).unsigned_abs();
    let stale = max_age.is_some_and(|most| health.last_done().is_none_or(|done| age(done) > most));
    if stale { STALE } else { 0 }
}
