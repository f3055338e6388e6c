//! `esr-search verify`: is the index what was written?
//! Prints what is wrong and where; changes nothing.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::index::{self, Reader};
use crate::present::report;

use super::Common;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search verify
  esr-search verify --deep
  esr-search verify --deep --corpus descriptions/ --index /var/lib/esr-search

Every file of the index is held against its hash, every project is read. With
--deep every description is read again and compared with what is stored.
Damage is mended by the next `esr-search index`.

Exit codes: 0 all well · 2 wrong use or no index · 3 something is wrong")]
pub(super) struct Args {
    /// Read every description again and compare
    #[arg(long)]
    deep: bool,
    /// Folder with the descriptions [default: the one that was indexed]
    #[arg(long, value_name = "FOLDER", requires = "deep")]
    corpus: Option<PathBuf>,
}

/// Exit code for an index that is not what was written.
const DAMAGED: u8 = 3;

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let corpus = match (args.deep, &args.corpus) {
        (false, _) => None,
        (true, Some(folder)) => Some(folder.clone()),
        (true, None) => Reader::open(&common.index)
            .ok()
            .map(|reader| PathBuf::from(reader.manifest.corpus)),
    };
    let findings = index::verify(&common.index, corpus.as_deref())?;
    report::findings(out, &common.index, &findings)?;
    Ok(if findings.is_empty() { 0 } else { DAMAGED })
}
