//! `esr-search verify`: is the index what was written?
//! Prints what is wrong and where; changes nothing.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use crate::index::{self, Reader};
use crate::present::report;

use super::{Common, USAGE, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search verify
  esr-search verify --deep
  esr-search verify --deep --corpus descriptions/ --index /var/lib/esr-search

Every file of the index is held against its hash, every project is read. With
--deep every description is read again and compared with what is stored; those
that changed, went or can't be read since the last run are told, but the index
is none the worse for them. Damage is mended by the next `esr-search index`.

Exit codes: 0 all well · 2 wrong use, no index, or no descriptions to compare
  with · 3 something is wrong with the index")]
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
    let missing = corpus.as_deref().filter(|folder| !folder.exists());
    let there = corpus.as_deref().filter(|_| missing.is_none());
    let verdict = index::verify(&common.index, there)?;
    report::verdict(out, &common.index, &verdict)?;
    out.flush()?;
    if let Some(folder) = missing {
        say(&format!(
            "the descriptions were not compared: there is no {}\n  \
             say where they are: esr-search verify --deep --corpus FOLDER",
            folder.display()
        ));
    }
    Ok(match (verdict.findings.is_empty(), missing) {
        (false, _) => DAMAGED,
        (true, Some(_)) => USAGE,
        (true, None) => 0,
    })
}
