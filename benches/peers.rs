//! The peer to measure against: a search program as a competent user of tantivy writes it in an afternoon,
//! with the crate's own parts and defaults. It shares no code with the library, on purpose, and knows only
//! as much of the form as such a program would.
//!
//! `cargo bench --bench peers -- index DIR INDEX` builds an index, `-- search INDEX WORD...` searches it
//! once, `-- queries INDEX` runs the eight classes of queries. Each prints its CPU time and memory.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command")]
#![allow(
    clippy::disallowed_methods,
    reason = "reads its own corpus, apart from the library"
)]

mod peer;
mod support;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use peer::Failure;
use peer::search::Searcher;
use support::generator::Generator;
use support::measure::{peak_megabytes, percentile, process_cpu, quickest};
use support::queries::{Class, Query, queries};

const USAGE: &str = "usage: cargo bench --bench peers -- index DIR INDEX
       cargo bench --bench peers -- search INDEX WORD...
       cargo bench --bench peers -- queries INDEX [--seed N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => {
            eprintln!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        ["index", folder, index] => build(Path::new(folder), Path::new(index)),
        ["search", index, words @ ..] if !words.is_empty() => {
            search(Path::new(index), &words.join(" "))
        }
        ["queries", index] => run(Path::new(index), 1),
        ["queries", index, "--seed", seed] => match seed.parse() {
            Ok(seed) => run(Path::new(index), seed),
            Err(_) => Err(format!("--seed {seed} is not a number").into()),
        },
        _ => Err("this is not a command".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peers: {error}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn build(folder: &Path, index: &Path) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, bytes) = peer::index::build(folder, index)?;
    let (wall, cpu) = (started.elapsed().as_secs_f64(), process_cpu().as_secs_f64());
    let megabytes = bytes as f64 / 1e6;
    let size = peer::index::size(index)? as f64 / 1e6;
    println!(
        "{files} files, {megabytes:.1} MB: {wall:.2} s, {cpu:.2} CPU s, {:.1} MB a CPU second",
        megabytes / cpu
    );
    println!(
        "index {size:.1} MB, {:.2} of the corpus; peak memory {} MB",
        size / megabytes,
        peak_megabytes().unwrap_or(0)
    );
    Ok(())
}

fn search(index: &Path, words: &str) -> Result<(), Failure> {
    let started = Instant::now();
    let searcher = Searcher::open(index)?;
    let hits = searcher.find(&searcher.parse(words)?, true)?;
    for hit in &hits {
        println!(
            "{:>6.2}  {}  {}\n        {}",
            hit.score,
            hit.code,
            hit.name,
            hit.passage.as_deref().unwrap_or_default()
        );
    }
    let wall = started.elapsed().as_secs_f64() * 1e3;
    eprintln!(
        "{wall:.2} ms, {:.2} CPU ms with start",
        process_cpu().as_secs_f64() * 1e3
    );
    Ok(())
}

/// Runs the classes of queries, each with passages and without.
fn run(index: &Path, seed: u64) -> Result<(), Failure> {
    let searcher = Searcher::open(index)?;
    let queries = queries(&Generator::new(seed), searcher.files());
    let (mut bare, mut full) = (Vec::new(), Vec::new());
    println!("CPU µs a query, ten hits: stored records only, and with passages");
    println!(
        "{:<10} {:>8} {:>8} {:>10} {:>8} {:>6}",
        "class", "p50", "p99", "p50", "p99", "hits"
    );
    for class in Class::ALL {
        let of_class: Vec<&Query> = queries
            .iter()
            .filter(|query| query.class == class)
            .collect();
        let (mut less, mut more, mut hits) = (Vec::new(), Vec::new(), 0);
        for query in &of_class {
            less.push(quickest(|| searcher.ask(query, false))?.0);
            let (time, found) = quickest(|| searcher.ask(query, true))?;
            more.push(time);
            hits += found.len();
        }
        bare.extend_from_slice(&less);
        full.extend_from_slice(&more);
        let mean = hits as f64 / of_class.len() as f64;
        row(
            &format!("{class:?}").to_lowercase(),
            &mut less,
            &mut more,
            &format!("{mean:.1}"),
        );
    }
    row("all", &mut bare, &mut full, "");
    println!("peak memory {} MB", peak_megabytes().unwrap_or(0));
    Ok(())
}

fn row(name: &str, bare: &mut [Duration], full: &mut [Duration], hits: &str) {
    let [bare_half, bare_most] = [500, 990].map(|share| percentile(bare, share).as_micros());
    let [full_half, full_most] = [500, 990].map(|share| percentile(full, share).as_micros());
    println!("{name:<10} {bare_half:>8} {bare_most:>8} {full_half:>10} {full_most:>8} {hits:>6}");
}
