//! `esr-search index`: build the index from a folder.
//! Shows progress on a terminal and prints the account of the run.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::builder::TypedValueParser as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use crate::error::Error;
use crate::finnish::voikko::NotFound;
use crate::index::{
    self, Choice, Item, Options, Outcome, Progress, Reader, Report, Status, System,
};
use crate::present::{account, report};

use super::schedule::{Places, Schedule};
use super::signals::{Record, Signals};
use super::{Common, code_of, dictionary, say, threads, told};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search index descriptions/
  esr-search index descriptions/ --index /var/lib/esr-search
  esr-search index descriptions/ --report json > run.json
  esr-search index descriptions/ --dry-run
  esr-search index descriptions/ --watch
  esr-search index descriptions/ --cron '0 3 * * *'

Only files that are new, changed or gone since the last run are read or taken
out. Searches go on meanwhile and see the old index or the new one.

Exit codes: 0 all fine · 1 done, some files skipped or failed · 2 wrong use
  3 index damaged · 4 another run is writing · 5 input or output failed,
  nothing changed · 6 nothing to index or too much gone, nothing changed
  130, 143 interrupted by Ctrl-C or SIGTERM, nothing changed")]
pub(super) struct Args {
    /// Folder with the descriptions (.txt, .html, .pdf, .docx), or one file
    #[arg(value_name = "FOLDER")]
    corpus: PathBuf,
    /// How to print the account of the run
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    report: Format,
    /// Memory for unwritten postings, in megabytes [default: 100, or 16 a thread]
    #[arg(long, value_name = "MB",
        value_parser = clap::value_parser!(u32).range(50..=64_000).map(|mb| mb as usize))]
    memory: Option<usize>,
    /// Threads, as many as there is memory for [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Read every file anew
    #[arg(long)]
    rebuild: bool,
    /// Say what there is to do, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let projects go although more than a fifth of them are gone
    #[arg(long)]
    allow_mass_delete: bool,
    /// Follow symbolic links, but not out of the folder
    #[arg(long)]
    follow_links: bool,
    /// Keep the contact persons too, and find projects by them
    #[arg(long)]
    with_contacts: bool,
    #[command(flatten)]
    schedule: Schedule,
    #[command(flatten)]
    words: dictionary::Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let signals = Signals::listen()?;
    let places = Places {
        corpus: &args.corpus,
        index: &common.index,
    };
    let mut turns = 0_u64;
    args.schedule.run(&places, &signals, &mut || {
        turns += 1;
        let (account, choice, took) = once(common, args, &signals)?;
        // Who stays says something only if there is something new.
        if turns == 1 || account.counts.changed {
            let told = tell(common, args, (&account, took), &choice, out);
            told.context("the run is done, but its account can't be written to standard output")?;
        }
        Ok(code(&account))
    })
}

/// One run, with its record.
fn once(common: &Common, args: &Args, signals: &Signals) -> Result<(Report, Choice, Duration)> {
    let (began, started) = (Timestamp::now(), Instant::now());
    signals.begin(interrupted(common, args, began));
    let result = build(common, args, signals, began);
    let status = Status::new(&args.corpus, began, Timestamp::now());
    let status = match &result {
        Ok((report, _)) => Some(status.done(report, code(report))),
        // The run that holds the lock leaves the record.
        Err(error) if matches!(error.downcast_ref(), Some(Error::Locked { .. })) => None,
        Err(error) => Some(status.undone(Outcome::Failed, code_of(error), told(error))),
    };
    if !args.dry_run
        && let Some(status) = status
    {
        leave(status, &common.index);
    }
    let (account, choice) = result?;
    Ok((account, choice, started.elapsed()))
}

/// Prints the account of a run.
fn tell(
    common: &Common,
    args: &Args,
    (account, took): (&Report, Duration),
    choice: &Choice,
    out: &mut dyn Write,
) -> Result<()> {
    match args.report {
        Format::Text => {
            report::write(out, account, took.as_secs_f64())?;
            out.flush()?;
            conclude(common, args, account, choice);
        }
        Format::Json => account::report(out, account)?,
    }
    Ok(out.flush()?)
}

/// What is written down if a signal ends the run.
fn interrupted(common: &Common, args: &Args, began: Timestamp) -> Record {
    let (index, corpus, dry_run) = (common.index.clone(), args.corpus.clone(), args.dry_run);
    Box::new(move |code| {
        let what = "interrupted; the index was left as it was";
        say(what);
        if !dry_run {
            let status = Status::new(&corpus, began, Timestamp::now());
            leave(
                status.undone(Outcome::Interrupted, code, what.to_owned()),
                &index,
            );
        }
    })
}

/// Leaves a run's record. What can't be left changes nothing about the run.
fn leave(status: Status, index: &Path) {
    if let Err(error) = status.leave(index) {
        say(&format!("warning: the run left no record: {error}"));
    }
}

fn build(
    common: &Common,
    args: &Args,
    signals: &Signals,
    now: Timestamp,
) -> Result<(Report, Choice)> {
    let missing = |missing: &_| without(missing, &common.index);
    let choice = args.words.choice(common.dictionary.as_deref(), missing)?;
    let threads = threads(args.threads);
    let memory = args.memory.map(|megabytes| megabytes * 1_000_000);
    let options = Options {
        memory: memory.unwrap_or(index::memory_for(threads)),
        threads,
        now,
        rebuild: args.rebuild,
        allow_mass_delete: args.allow_mass_delete,
        dry_run: args.dry_run,
        follow_links: args.follow_links,
        with_contacts: args.with_contacts,
        system: System::default(),
        wait: true,
    };
    let bar = bar();
    let watch = |progress: Progress| match progress {
        Progress::Read { of, .. } => {
            bar.set_length(of as u64);
            bar.inc(1);
        }
        Progress::Switching => signals.switching(),
    };
    let result = index::build(&args.corpus, &common.index, &choice, &options, &watch);
    bar.finish_and_clear();
    Ok((result?, choice))
}

/// Whether a run may go on without a dictionary: nobody has asked for that, so an
/// index that was made with one keeps it.
fn without(missing: &NotFound, index: &Path) -> Result<()> {
    let recipe = Reader::open(index).map(|reader| reader.manifest.analyzer);
    match recipe {
        Ok(recipe) if recipe.dictionary.is_some() => Err(Error::NoDictionary {
            path: index.to_path_buf(),
            wanted: recipe.fingerprint,
            why: missing.to_string(),
        }
        .into()),
        _ => dictionary::note(missing),
    }
}

/// The last line for people.
fn conclude(common: &Common, args: &Args, account: &Report, choice: &Choice) {
    let words = match choice {
        Choice::Dictionary(path) => format!("dictionary {}", path.display()),
        Choice::Rules => "no dictionary".to_owned(),
    };
    let done = match (args.dry_run, account.counts.changed) {
        (true, _) => "nothing was done to the",
        (false, true) => "the",
        (false, false) => "nothing to do for the",
    };
    let place = common.index.display();
    say(&format!("{done} index in {place}, {words}"));
}

/// 1 if a careful person would look at the account, else 0.
pub(super) fn code(report: &Report) -> u8 {
    u8::from(report.items.iter().any(Item::is_amiss))
}

/// A bar on standard error; hidden where that is no terminal.
pub(super) fn bar() -> ProgressBar {
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
