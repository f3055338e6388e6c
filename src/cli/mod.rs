//! The command line: settings → library call → present.
//!
//! One subcommand a file. Standard output carries results only; everything
//! else goes to standard error. Exit codes are part of the interface.

mod analyze;
mod dictionary;
mod duration;
#[cfg(feature = "cluster")]
mod engine;
mod forget;
mod index;
mod info;
mod left_out;
mod man;
mod mcp;
mod narrow;
mod nothing;
mod outcome;
mod output;
mod parse;
#[cfg(feature = "cluster")]
mod push;
mod saved;
mod schedule;
mod search;
mod serve;
mod show;
mod signals;
mod similar;
mod source;
mod status;
mod suggest;
mod thesaurus;
mod verify;
mod watch_query;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use crate::error::Error;
use crate::finnish::{Analyzer, voikko};
use crate::index::Reader;
use crate::present::Page;
use crate::read::apart;
use crate::search::Collection;

const EXAMPLES: &str = "\
Examples:
  esr-search index descriptions/            build the index in ./index
  esr-search search osatyökykyiset          rank projects, show passages
  esr-search search Etelä-Savo nuoret --section target --section places
  esr-search show S22421                    one project, section by section
  esr-search similar S22421                 the nearest projects, and what they share
  esr-search serve                          a search page at http://127.0.0.1:8080/
  esr-search parse description.txt --json   what the program reads in a file";

/// Finds European Social Fund projects by Finnish words, section by section.
#[derive(Debug, Parser)]
#[command(name = "esr-search", version, about, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Options of every subcommand.
#[derive(Debug, clap::Args)]
struct Common {
    /// Folder of the index
    #[arg(
        long = "index",
        value_name = "DIR",
        env = "ESR_SEARCH_INDEX",
        default_value = "index",
        global = true
    )]
    index: PathBuf,
    /// Folder of the Voikko dictionary [default: the system's places]
    #[arg(long, value_name = "DIR", env = "ESR_SEARCH_DICTIONARY", global = true)]
    dictionary: Option<PathBuf>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the index from a folder of descriptions
    Index(Box<index::Args>),
    /// Bring projects on an OpenSearch cluster up to a folder
    #[cfg(feature = "cluster")]
    Push(Box<push::Args>),
    /// Find projects
    Search(Box<search::Args>),
    /// Tell what is new to a saved search
    WatchQuery(watch_query::Args),
    /// Print one project, section by section
    Show(show::Args),
    /// Find the projects nearest to one, or to a draft
    Similar(similar::Args),
    /// Complete a word or a name
    Suggest(suggest::Args),
    /// Serve a search page and an HTTP interface
    Serve(serve::Args),
    /// Answer an assistant on standard input and output
    Mcp(mcp::Args),
    /// Print what the program reads in description files
    Parse(parse::Args),
    /// Say what the index holds
    Info(info::Args),
    /// Say what became of the last run and how old the index is
    Status(status::Args),
    /// Check that the index is what was written
    Verify(verify::Args),
    /// Erase projects from the index and keep them out
    Forget(forget::Args),
    /// Print the manual page of the program or of a command
    Man(man::Args),
    /// Show what the analyzer makes of words
    Analyze(analyze::Args),
}

/// Exit code for wrong use.
const USAGE: u8 = 2;

/// This program's own file, though another may have taken its name meanwhile.
const OWN: &str = "/proc/self/exe";

/// Runs the command line and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    // What the program starts itself for is no command of people's.
    let mut args = std::env::args_os().skip(1);
    if args.next().is_some_and(|first| first == apart::ARGUMENT) {
        return apart::serve(&args.next().unwrap_or_default().to_string_lossy());
    }
    let own = Some(PathBuf::from(OWN)).filter(|own| own.exists());
    if let Some(own) = own.or_else(|| std::env::current_exe().ok()) {
        apart::set_program(own);
    }
    let args = left_out::moved(std::env::args_os().collect(), Cli::command);
    let cli = Cli::parse_from(args);
    choose_colour(cli.common.color);
    let mut out = BufWriter::new(anstream::stdout().lock());
    let watches = matches!(cli.command, Command::WatchQuery(_));
    let result = match cli.command {
        Command::Index(args) => index::run(&cli.common, &args, &mut out),
        #[cfg(feature = "cluster")]
        Command::Push(args) => push::run(&cli.common, &args, &mut out),
        Command::Search(args) => search::run(&cli.common, &args, &mut out),
        Command::WatchQuery(args) => watch_query::run(&cli.common, &args, &mut out),
        Command::Show(args) => show::run(&cli.common, &args, &mut out),
        Command::Similar(args) => similar::run(&cli.common, &args, &mut out),
        Command::Suggest(args) => suggest::run(&cli.common, &args, &mut out),
        Command::Serve(args) => serve::run(&cli.common, &args),
        Command::Mcp(args) => mcp::run(&cli.common, &args, &mut out),
        Command::Parse(args) => parse::run(&args, &mut out),
        Command::Info(args) => info::run(&cli.common, &args, &mut out),
        Command::Status(args) => status::run(&cli.common, &args, &mut out),
        Command::Verify(args) => verify::run(&cli.common, &args, &mut out),
        Command::Forget(args) => forget::run(&cli.common, &args, &mut out),
        Command::Man(args) => man::run(&args, &mut out),
        Command::Analyze(args) => analyze::run(&cli.common, &args, &mut out),
    };
    let result = result.and_then(|code| Ok(out.flush().map(|()| code)?));
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {}", told(&error)));
            // A nightly job knows news, no news and errors.
            ExitCode::from(if watches { USAGE } else { code_of(&error) })
        }
    }
}

/// An error for people: our own name their cause, others have it behind them.
fn told(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Error>() {
        Some(error) => error.to_string(),
        None => format!("{error:#}"),
    }
}

fn choose_colour(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// Says something to the person, on standard error.
fn say(message: &str) {
    // Where nobody can be told, nothing can be done about it.
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// Says what the answers of a collection were without.
fn warn(collection: &Collection) {
    for part in collection.partial() {
        say(&format!("warning: the answer is partial: {part}"));
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Whether what was found out could not be written down.
fn is_full(error: &anyhow::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    let cause = error.downcast_ref::<io::Error>();
    cause.is_some_and(|e| matches!(e.kind(), StorageFull | QuotaExceeded | FileTooLarge))
}

/// The exit code of an error; what a command answers itself is not here.
fn code_of(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<Error>() {
        Some(Error::Damaged { .. } | Error::Corrupt { .. }) => 3,
        Some(Error::Locked { .. }) => 4,
        Some(
            Error::Io { .. }
            | Error::Engine(_)
            | Error::Cluster { .. }
            | Error::ClusterPart { .. }
            | Error::TooManyParts,
        ) => 5,
        Some(Error::NothingToIndex { .. } | Error::MassDelete { .. }) => 6,
        None if is_full(error) => 5,
        _ => USAGE,
    }
}

/// The threads asked for, or one a processor.
fn threads(asked: Option<NonZeroUsize>) -> usize {
    let threads = asked.or_else(|| std::thread::available_parallelism().ok());
    threads.map_or(1, NonZeroUsize::get)
}

/// The page that results are folded to: the terminal, or none for a pipe.
fn page() -> Page {
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    Page {
        width: width.filter(|_| io::stdout().is_terminal()),
    }
}

/// Opens the index with the analyzer that made it.
fn open(common: &Common) -> anyhow::Result<(Reader, Analyzer)> {
    let reader = Reader::open(&common.index)?;
    let analyzer = reader.analyzer(named_dictionary(common)?.as_deref())?;
    Ok((reader, analyzer))
}

/// The file of the dictionary that was named, if one was.
fn named_dictionary(common: &Common) -> anyhow::Result<Option<PathBuf>> {
    let named = common.dictionary.as_deref();
    named
        .map(|folder| Ok(dictionary::file(Some(folder), voikko::VARIANT)?))
        .transpose()
}
