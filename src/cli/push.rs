//! `esr-search push`: bring projects on an OpenSearch cluster up to a folder.
//! Shows progress on a terminal and prints the account of the run.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::Timestamp;

use crate::cluster::{self, Options};
use crate::index::Progress;
use crate::present::{account, report};

use super::engine::{PUSH, Who};
use super::index::{Format, bar, code};
use super::{Common, dictionary, named_dictionary, say, threads};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search push --to http://localhost:9200 descriptions/
  esr-search push --to https://node1:9200,https://node2:9200 --alias esr \\
    --user pusher --password-file /etc/esr-search/password descriptions/
  esr-search push --to http://localhost:9200 --rebuild --shards 3 descriptions/
  esr-search search --engine http://localhost:9200 osatyökykyiset

Files are read and analysed as for an index here; what is new or changed is
sent, what is gone is taken out. A rebuild fills a new index while searches see
the old one, and the name moves to it in one step.

Exit codes: 0 all fine · 1 done, some files skipped or failed · 2 wrong use
  5 no answer from the cluster or a refusal: what it took stays, push again
  6 nothing to push or too much gone, nothing changed")]
pub(super) struct Args {
    /// Folder with the descriptions (.txt, .html, .pdf, .docx), or one file
    #[arg(value_name = "FOLDER")]
    corpus: PathBuf,
    /// Address of the cluster; several of its nodes with commas
    #[arg(
        long = "to",
        value_name = "URL",
        value_delimiter = ',',
        required = true
    )]
    urls: Vec<String>,
    #[command(flatten)]
    who: Who,
    /// Shards of a new index [default: as the one before, or 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1_000))]
    shards: Option<u16>,
    /// Copies of each shard beside the first one, in a new index [default: as the
    /// one before, or 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=100))]
    replicas: Option<u16>,
    /// How to print the account of the run
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    report: Format,
    /// Threads [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Send every file anew, to a new index
    #[arg(long)]
    rebuild: bool,
    /// Say what there is to do, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Let projects go although more than a fifth of the files are gone
    #[arg(long)]
    allow_mass_delete: bool,
    /// Follow symbolic links, but not out of the folder
    #[arg(long)]
    follow_links: bool,
    #[command(flatten)]
    words: dictionary::Words,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let started = Instant::now();
    let client = args.who.client(&args.urls, PUSH)?;
    let choice = args
        .words
        .choice(common.dictionary.as_deref(), dictionary::note)?;
    let named = named_dictionary(common)?;
    let options = Options {
        threads: threads(args.threads),
        now: Timestamp::now(),
        rebuild: args.rebuild,
        allow_mass_delete: args.allow_mass_delete,
        dry_run: args.dry_run,
        follow_links: args.follow_links,
        shards: args.shards,
        replicas: args.replicas,
    };
    let bar = bar();
    let watch = |progress: Progress| {
        if let Progress::Read { of, .. } = progress {
            bar.set_length(of as u64);
            bar.inc(1);
        }
    };
    let words = (&choice, named.as_deref());
    let pushed = cluster::push(&client, &args.corpus, words, &options, &watch);
    bar.finish_and_clear();
    let pushed = pushed?;
    match args.report {
        Format::Text => {
            report::write(out, &pushed.report, started.elapsed().as_secs_f64())?;
            out.flush()?;
            conclude(args, &pushed);
        }
        Format::Json => account::report(out, &pushed.report)?,
    }
    Ok(code(&pushed.report))
}

/// The last line for people.
fn conclude(args: &Args, pushed: &cluster::Pushed) {
    let done = match (args.dry_run, pushed.report.counts.changed) {
        (true, _) => "nothing was done on the cluster".to_owned(),
        (false, false) => "nothing to do on the cluster".to_owned(),
        (false, true) => format!(
            "pushed; {:.1} s of that, all threads together, were waiting for the cluster",
            seconds(pushed.waited)
        ),
    };
    say(&done);
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}
