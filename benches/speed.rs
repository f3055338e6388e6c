//! The program's own speed, a row a stage: parse, analyze, index, search, cold start, on a corpus made for it.
//!
//! `cargo bench --bench speed` takes 2,000 descriptions, `-- COUNT` as many as asked. CPU time is what counts
//! on a shared machine. The plain program to compare with is the bench `peers`, on what `generate` writes.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command")]
#![allow(
    clippy::disallowed_methods,
    reason = "writes and reads a corpus of its own"
)]

mod support;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use esr_search::finnish::{Analyzer, Scratch, voikko};
use esr_search::index::{self, Choice, Reader};
use esr_search::query::synonyms::Synonyms;
use esr_search::{form, query, search};
use support::generator::Generator;
use support::measure::{peak_megabytes, percentile, process_cpu, quickest, thread_cpu};
use support::queries::{Class, Query, queries};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome = Result<(), Box<dyn Error>>;

/// Descriptions unless asked otherwise.
const COUNT: u64 = 2_000;

/// Runs of the program for the cold start.
const STARTS: u32 = 20;

fn main() -> ExitCode {
    let count = std::env::args()
        .skip(1)
        .find(|argument| argument != "--bench");
    let count = match count.as_deref().map(str::parse) {
        None => COUNT,
        Some(Ok(count)) if count > 0 => count,
        Some(_) => {
            eprintln!("usage: cargo bench --bench speed -- [COUNT]");
            return ExitCode::from(2);
        }
    };
    match run(count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("speed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(count: u64) -> Outcome {
    let folder = tempfile::tempdir()?;
    let corpus = folder.path().join("corpus");
    let generator = Generator::new(1);
    let texts = write(&generator, count, &corpus)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{count} descriptions, {:.1} MB; CPU time", megabytes(bytes));
    parse(&texts);
    let home = std::env::var_os("HOME").map(std::path::PathBuf::from);
    let mut choices = vec![("rules", Choice::Rules)];
    match voikko::find(None, home.as_deref(), voikko::VARIANT) {
        Ok(path) => choices.insert(0, ("dictionary", Choice::Dictionary(path))),
        Err(missing) => println!("no rows with a dictionary: {missing}"),
    }
    for (name, choice) in &choices {
        analyze(name, &index::analyzer(choice)?, &texts);
        let place = folder.path().join(name);
        build(name, choice, &corpus, &place, bytes)?;
        searches(name, &place, &queries(&generator, count))?;
        cold(name, &place)?;
    }
    Ok(())
}

/// Writes the corpus and keeps its texts.
fn write(generator: &Generator, count: u64, corpus: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for number in 0..count {
        let mut text = String::new();
        generator.write(number, &mut text);
        let path = corpus.join(Generator::path(number));
        std::fs::create_dir_all(path.parent().unwrap_or(corpus))?;
        std::fs::write(path, &text)?;
        texts.push(text);
    }
    Ok(texts)
}

fn parse(texts: &[String]) {
    let begun = thread_cpu();
    let lines: usize = texts.iter().map(|text| form::parse(text).lines.len()).sum();
    let spent = thread_cpu() - begun;
    let bytes = texts.iter().map(String::len).sum();
    println!(
        "parse                {:>10.1} MB/s   ({lines} lines)",
        rate(bytes, spent)
    );
}

fn analyze(name: &str, analyzer: &Analyzer, texts: &[String]) {
    let mut scratch = Scratch::default();
    for pass in ["first pass", "forms known"] {
        let (begun, mut words) = (thread_cpu(), 0_u32);
        for text in texts {
            analyzer.for_each_word(text, &mut scratch, |_| words += 1);
        }
        let spent = (thread_cpu() - begun).as_secs_f64();
        let millions = f64::from(words) / 1e6 / spent;
        println!("analyze {name:<12} {millions:>10.2} M words/s   ({pass})");
    }
}

fn build(name: &str, choice: &Choice, corpus: &Path, place: &Path, bytes: usize) -> Outcome {
    let options = index::Options::new(jiff::Timestamp::UNIX_EPOCH);
    let (begun, started) = (process_cpu(), Instant::now());
    index::build(corpus, place, choice, &options, &|_| {})?;
    let (spent, wall) = (process_cpu() - begun, started.elapsed());
    let size = Reader::open(place)?.bytes;
    println!(
        "index {name:<14} {:>10.1} MB/s   (wall {:.1} s, peak so far {} MB, index {:.2} of the corpus)",
        rate(bytes, spent),
        wall.as_secs_f64(),
        peak_megabytes().unwrap_or(0),
        size as f64 / bytes as f64,
    );
    Ok(())
}

fn searches(name: &str, place: &Path, all: &[Query]) -> Outcome {
    let reader = Reader::open(place)?;
    let analyzer = reader.analyzer(None)?;
    // As the command asks.
    let options = search::Options {
        synonyms: Synonyms::own(),
        ..search::Options::default()
    };
    let mut times = Vec::new();
    for asked in all {
        let typed = asked.typed();
        let answer = || {
            let query = query::parse(&typed);
            search::search(&reader, &analyzer, &query, &options)
        };
        times.push((asked.class, quickest(answer)?.0));
    }
    for class in Class::ALL {
        let of_class = times.iter().filter(|(of, _)| *of == class);
        let name = format!("{name} {class:?}").to_lowercase();
        row(&name, of_class.map(|(_, time)| *time).collect());
    }
    row(name, times.into_iter().map(|(_, time)| time).collect());
    Ok(())
}

/// A row of searches.
fn row(name: &str, mut times: Vec<Duration>) {
    let (middle, slow) = (percentile(&mut times, 500), percentile(&mut times, 990));
    println!(
        "search {name:<23} {:>7} µs p50, {:>7} µs p99   ({} queries, ten hits with passages)",
        middle.as_micros(),
        slow.as_micros(),
        times.len()
    );
}

/// The whole command from its start to its end, wall time.
fn cold(name: &str, place: &Path) -> Outcome {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_esr-search"));
        let command = command.args(["search", "työllisyys", "--index"]).arg(place);
        let status = command.stdout(Stdio::null()).status()?;
        if status.code().is_none_or(|code| code > 1) {
            return Err("the program failed".into());
        }
        times.push(started.elapsed());
    }
    println!(
        "cold search {name:<8} {:>10.1} ms wall, median of {STARTS}",
        percentile(&mut times, 500).as_secs_f64() * 1e3
    );
    Ok(())
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn rate(bytes: usize, spent: Duration) -> f64 {
    megabytes(bytes) / spent.as_secs_f64()
}
