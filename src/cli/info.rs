//! `esr-search info`: what the index holds.
//! Says it from the manifest; the index is opened as for a search.

use std::io::Write;

use anyhow::Result;

use crate::index::Reader;
use crate::present::{account, report};

use super::Common;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search info
  esr-search info --json --index /var/lib/esr-search")]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let reader = Reader::open(&common.index)?;
    let (segments, bytes) = (reader.segments.len(), reader.bytes);
    if args.json {
        let index = common.index.display().to_string();
        account::info(out, index, &reader.manifest, segments, bytes)?;
    } else {
        report::info(out, &common.index, &reader.manifest, segments, bytes)?;
    }
    Ok(0)
}
