//! `esr-search forget`: erases projects from the index and keeps them out.
//! Says what it found, what it did, and what it could not find any more.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Result, bail};

use crate::form::values::is_code;
use crate::index::{self, Forgetting, System};
use crate::present::erasure;

use super::Common;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search forget S22421
  esr-search forget S22421 S22615 --dry-run
  esr-search forget --list
  esr-search forget --undo S22421

Nothing of the project stays in any file of the index, which is looked through
afterwards. Later runs of `esr-search index` leave its files out; the files
themselves are yours to remove. Other projects' texts that name its code stay.

Exit codes: 0 done, nothing is left · 1 done, but a project was not there, or
  something is left · 2 wrong use, or no index that this program can read
  3 index damaged · 4 a run is writing · 5 input or output failed, nothing
  changed")]
pub(super) struct Args {
    /// Project code, as in S22421; file:PATH for a description without a code
    #[arg(value_name = "CODE", required_unless_present = "list")]
    codes: Vec<String>,
    /// Say what there is to erase, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let the projects come in again with the next run
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
    /// Print the projects that were forgotten
    #[arg(long, conflicts_with_all = ["codes", "dry_run", "undo"])]
    list: bool,
}

/// Exit code if a careful person would look at what was done.
const REMARKS: u8 = 1;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    if args.list {
        for key in index::forgotten(&common.index)? {
            writeln!(out, "{key}")?;
        }
        return Ok(0);
    }
    let keys = args.codes.iter().map(|code| key(code));
    let keys = keys.collect::<Result<BTreeSet<_>>>()?;
    let what = match (args.dry_run, args.undo) {
        (true, _) => Forgetting::DryRun,
        (false, true) => Forgetting::Undo,
        (false, false) => Forgetting::Erase,
    };
    let done = index::forget(&System::default(), &common.index, &keys, what)?;
    erasure::write(out, &done, what)?;
    let is_strange = |project: &index::Erased| match what {
        Forgetting::Undo => !project.was_forgotten,
        Forgetting::Erase | Forgetting::DryRun => {
            project.files.is_empty() && !project.was_forgotten
        }
    };
    let strange = done.projects.iter().any(is_strange) || !done.traces.is_empty();
    Ok(if strange { REMARKS } else { 0 })
}

/// The key of a project; a code may be typed in small letters.
fn key(typed: &str) -> Result<String> {
    let upper = typed.to_uppercase();
    match typed {
        _ if is_code(&upper) => Ok(upper),
        _ if typed.starts_with("file:") => Ok(typed.to_owned()),
        _ => bail!("{typed} is no project code; give one as S22421, or file:PATH without one"),
    }
}
