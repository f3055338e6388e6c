//! Writes a corpus of made-up project descriptions to a folder:
//! `cargo bench --bench generate -- COUNT DIR [--seed N]`. The same count and seed give the same files on
//! every machine; a larger count only adds files. With `--words` it counts words instead of writing.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command")]

mod support;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use support::generator::Generator;
use support::measure::process_cpu;

const USAGE: &str = "usage: cargo bench --bench generate -- COUNT DIR [--seed N]\n       cargo bench --bench generate -- COUNT --words [--seed N]";

/// What the command line asks for.
struct Order {
    count: u64,
    /// `None`: count words.
    folder: Option<PathBuf>,
    seed: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if arguments.is_empty() {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let done = parse(&arguments).and_then(|order| match &order.folder {
        Some(folder) => write(&order, folder).map_err(|error| error.to_string()),
        None => {
            words(&order);
            Ok(())
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("generate: {message}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: &[String]) -> Result<Order, String> {
    let mut order = Order {
        count: 0,
        folder: None,
        seed: 1,
    };
    let (mut plain, mut counts) = (Vec::new(), false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seed" => {
                let seed = rest.next().ok_or("--seed needs a number")?;
                order.seed = seed
                    .parse()
                    .map_err(|_| format!("--seed {seed} is not a number"))?;
            }
            "--words" => counts = true,
            flag if flag.starts_with("--") => return Err(format!("unknown option {flag}")),
            _ => plain.push(argument),
        }
    }
    let count = plain.first().ok_or("COUNT is missing")?;
    order.count = count
        .parse()
        .map_err(|_| format!("COUNT must be a number, not {count}"))?;
    order.folder = plain.get(1).map(PathBuf::from);
    match (plain.len(), counts) {
        (1, true) | (2, false) => Ok(order),
        (1, false) => Err("DIR is missing".to_owned()),
        _ => Err("too many arguments".to_owned()),
    }
}

/// Writes the files, each thread taking the next thousand.
fn write(order: &Order, folder: &Path) -> io::Result<()> {
    let generator = Generator::new(order.seed);
    let (next, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    let started = Instant::now();
    let thousands = order.count.div_ceil(1000);
    let work = || -> io::Result<()> {
        let mut text = String::new();
        loop {
            let thousand = next.fetch_add(1, Ordering::Relaxed);
            if thousand >= thousands {
                return Ok(());
            }
            for index in thousand * 1000..((thousand + 1) * 1000).min(order.count) {
                let path = folder.join(Generator::path(index));
                if index % 1000 == 0 {
                    fs::create_dir_all(path.parent().unwrap_or(folder))?;
                }
                text.clear();
                generator.write(index, &mut text);
                fs::write(&path, &text).map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                })?;
                bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
            }
            eprint!(
                "\r{} of {} files",
                ((thousand + 1) * 1000).min(order.count),
                order.count
            );
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<io::Result<()>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(io::Error::other("a thread failed")))
            })
            .collect()
    });
    results.into_iter().collect::<io::Result<()>>()?;
    let megabytes = bytes.load(Ordering::Relaxed) as f64 / 1e6;
    eprintln!(
        "\r{} files, {megabytes:.1} MB, {:.1} s, {:.1} CPU s",
        order.count,
        started.elapsed().as_secs_f64(),
        process_cpu().as_secs_f64()
    );
    Ok(())
}

/// Prints how many files, bytes, words and distinct words there are, at each doubling.
fn words(order: &Order) {
    let generator = Generator::new(order.seed);
    let mut seen: HashMap<String, u64> = HashMap::new();
    let (mut text, mut bytes, mut tokens, mut making) = (String::new(), 0, 0, 0.0);
    println!(
        "{:>8} {:>12} {:>12} {:>10} {:>8} {:>8} {:>10}",
        "files", "bytes", "words", "distinct", "once", "bytes/f", "words/f"
    );
    for index in 0..order.count {
        text.clear();
        let started = Instant::now();
        generator.write(index, &mut text);
        making += started.elapsed().as_secs_f64();
        bytes += text.len() as u64;
        for word in text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            tokens += 1;
            *seen.entry(word.to_lowercase()).or_default() += 1;
        }
        let files = index + 1;
        if files == order.count || (files >= 5 && files.is_power_of_two()) {
            let once = seen.values().filter(|count| **count == 1).count();
            println!(
                "{files:>8} {bytes:>12} {tokens:>12} {:>10} {once:>8} {:>8} {:>10}",
                seen.len(),
                bytes / files,
                tokens / files
            );
        }
    }
    println!(
        "made at {:.0} MB a second on one thread",
        bytes as f64 / 1e6 / making
    );
}
