//! `esr-search index`: build the index from a folder.
//! Shows progress on a terminal and prints the account of the run.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::builder::TypedValueParser as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::index::{self, Choice, Class, Options, Progress, Report};
use crate::present::{account, report};

use super::{Common, dictionary, say};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search index descriptions/
  esr-search index descriptions/ --index /var/lib/esr-search
  esr-search index descriptions/ --report json > run.json
  esr-search index descriptions/ --dry-run

Only files that are new, changed or gone since the last run are read or taken
out. Searches go on meanwhile and see the old index or the new one.

Exit codes: 0 all fine · 1 done, some files skipped or failed · 2 wrong use
  3 index damaged · 4 another run is writing · 5 input or output failed,
  nothing changed · 6 nothing to index or too much gone, nothing changed")]
pub(super) struct Args {
    /// Folder with the descriptions (.txt, .html), or one file
    #[arg(value_name = "FOLDER")]
    corpus: PathBuf,
    /// How to print the account of the run
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    report: Format,
    /// Memory for unwritten postings, in megabytes
    #[arg(long, value_name = "MB", default_value_t = index::DEFAULT_MEMORY / 1_000_000,
        value_parser = clap::value_parser!(u32).range(50..=64_000).map(|mb| mb as usize))]
    memory: usize,
    /// Threads [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Read every file anew
    #[arg(long)]
    rebuild: bool,
    /// Say what there is to do, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let projects go although more than a fifth of the files are gone
    #[arg(long)]
    allow_mass_delete: bool,
    #[command(flatten)]
    words: dictionary::Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let started = Instant::now();
    let choice = args.words.choice(common.dictionary.as_deref(), false)?;
    let options = Options {
        memory: args.memory * 1_000_000,
        threads: args
            .threads
            .or_else(|| std::thread::available_parallelism().ok())
            .map_or(1, NonZeroUsize::get),
        now: jiff::Timestamp::now(),
        rebuild: args.rebuild,
        allow_mass_delete: args.allow_mass_delete,
        dry_run: args.dry_run,
    };
    let bar = bar();
    let watch = |progress: Progress| {
        bar.set_length(progress.of as u64);
        bar.inc(1);
    };
    let result = index::build(&args.corpus, &common.index, &choice, &options, &watch);
    bar.finish_and_clear();
    let account = result?;
    match args.report {
        Format::Text => {
            report::write(out, &account, started.elapsed().as_secs_f64())?;
            let words = match &choice {
                Choice::Dictionary(path) => format!("dictionary {}", path.display()),
                Choice::Rules => "no dictionary".to_owned(),
            };
            let done = match (args.dry_run, account.changed) {
                (true, _) => "nothing was done to the",
                (false, true) => "the",
                (false, false) => "nothing to do for the",
            };
            let place = common.index.display();
            say(&format!("{done} index in {place}, {words}"));
        }
        Format::Json => account::report(out, &account)?,
    }
    Ok(code(&account))
}

/// 1 if a careful person would look at the account, else 0.
fn code(report: &Report) -> u8 {
    let bad = |class| matches!(class, Class::Skipped | Class::Failed);
    u8::from(report.items.iter().any(|item| bad(item.class)))
}

/// A bar on standard error; hidden where that is no terminal.
fn bar() -> ProgressBar {
    let target = if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr_with_hz(5)
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    let template = "{bar:30} {human_pos} of {human_len} files · {per_sec} · {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
