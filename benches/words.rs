//! Words a second: the dictionary's reader, the chain on it, the tokenizer, the analyzer with its forms known.
//!
//! `cargo bench --bench words -- DIR...` takes the distinct forms of all text files below the folders, in the
//! order of the text. CPU time of one thread, the best of some rounds. `--print` writes all forms with their
//! terms instead, to compare two versions of the analysis; the last row is a hash of the same.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command")]
#![allow(
    clippy::disallowed_methods,
    reason = "reads its own corpus, apart from the library"
)]

#[path = "support/measure.rs"]
#[allow(dead_code)]
mod measure;

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use esr_search::finnish::dictionary::Lemmas;
use esr_search::finnish::voikko::{self, Dictionary};
use esr_search::finnish::{self, Analyzer, Chain, token};
use measure::{peak_megabytes, thread_cpu};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Rounds of everything; the best counts, since other programs only ever add time.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let print = arguments.iter().any(|argument| argument == "--print");
    let folders: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    if folders.is_empty() {
        eprintln!("usage: cargo bench --bench words -- DIR... [--print]");
        return ExitCode::SUCCESS;
    }
    match run(&folders, print) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("words: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(folders: &[&String], print: bool) -> Outcome<()> {
    let mut texts = Vec::new();
    for folder in folders {
        gather(Path::new(folder), &mut texts)?;
    }
    let forms = forms(&texts);
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let file = voikko::find(None, home.as_deref(), voikko::VARIANT)?;
    if print {
        print!("{}", terms(&file, &forms)?);
        return Ok(());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let tokens: usize = texts.iter().map(|text| token::tokens(text).count()).sum();
    println!(
        "{} texts, {:.1} MB, {tokens} words, {} distinct forms; CPU time of one thread",
        texts.len(),
        bytes as f64 / 1e6,
        forms.len()
    );
    dictionary(&file, &forms)?;
    chain(&file, &forms)?;
    running(&file, &texts, tokens)?;
    println!("peak memory {} MB", peak_megabytes().unwrap_or(0));
    let all = terms(&file, &forms)?;
    println!("terms {}", blake3::hash(all.as_bytes()).to_hex());
    Ok(())
}

/// The texts below a folder, in the order of their names.
fn gather(folder: &Path, texts: &mut Vec<String>) -> Outcome<()> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, texts)?;
        } else if path.extension().is_some_and(|end| end == "txt") {
            let bytes = std::fs::read(&path)?;
            texts.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

/// The distinct forms that are words, as they come.
fn forms(texts: &[String]) -> Vec<String> {
    let (mut seen, mut forms) = (HashSet::new(), Vec::new());
    for token in texts.iter().flat_map(|text| token::tokens(text)) {
        if is_word(&token.form) && seen.insert(token.form.to_string()) {
            forms.push(token.form.into_owned());
        }
    }
    forms
}

/// Whether the chain is asked about a form; codes and addresses stay as they are.
fn is_word(form: &str) -> bool {
    form.contains(char::is_alphabetic) && !form.contains(['@', '/', '.']) && !token::is_code(form)
}

/// The best time of some rounds.
fn best(mut round: impl FnMut() -> Outcome<Duration>) -> Outcome<Duration> {
    let times = (0..ROUNDS).map(|_| round()).collect::<Outcome<Vec<_>>>()?;
    Ok(times.into_iter().min().unwrap_or_default())
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = thread_cpu();
    work();
    thread_cpu() - begun
}

fn row(name: &str, count: usize, spent: Duration) {
    let seconds = spent.as_secs_f64();
    let (rate, each) = (count as f64 / seconds / 1e6, seconds * 1e6 / count as f64);
    println!("{name:<38} {rate:>8.3} M/s {each:>9.3} µs each");
}

/// The reader alone: opening the file, and every reading of every form.
fn dictionary(file: &Path, forms: &[String]) -> Outcome<()> {
    let open = best(|| {
        let begun = thread_cpu();
        Dictionary::open(file)?;
        Ok(thread_cpu() - begun)
    })?;
    println!("open {:>42.2} ms", open.as_secs_f64() * 1e3);
    let dictionary = Dictionary::open(file)?;
    let mut sorted = forms.to_vec();
    sorted.sort();
    for (name, forms) in [("as they come", forms), ("sorted", &sorted)] {
        let (mut first, mut again) = (Duration::MAX, Duration::MAX);
        let mut walk = Duration::MAX;
        for _ in 0..ROUNDS {
            let mut scratch = voikko::Scratch::new();
            let pass = |scratch: &mut voikko::Scratch| {
                timed(|| {
                    forms
                        .iter()
                        .for_each(|form| _ = dictionary.readings(form, scratch))
                })
            };
            first = first.min(pass(&mut scratch));
            again = again.min(pass(&mut scratch));
            let mut fresh = voikko::Scratch::new();
            let knows = timed(|| {
                forms
                    .iter()
                    .for_each(|form| _ = dictionary.knows(form, &mut fresh));
            });
            walk = walk.min(knows);
        }
        row(&format!("known or not, {name}"), forms.len(), walk);
        row(&format!("readings, {name}"), forms.len(), first);
        row(&format!("readings, {name}, again"), forms.len(), again);
    }
    Ok(())
}

/// The chain that an index asks.
fn chain(file: &Path, forms: &[String]) -> Outcome<()> {
    let (mut first, mut again) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let lemmas = Lemmas::new(Dictionary::open(file)?);
        let pass = || {
            timed(|| {
                for form in forms {
                    let mut out = Vec::new();
                    lemmas.terms(form, &mut out);
                }
            })
        };
        first = first.min(pass());
        again = again.min(pass());
    }
    row("terms, as they come", forms.len(), first);
    row("terms, as they come, again", forms.len(), again);
    Ok(())
}

/// Running text: the tokenizer, and the analyzer when it has met all forms.
fn running(file: &Path, texts: &[String], tokens: usize) -> Outcome<()> {
    let mut scratch = token::Scratch::default();
    let alone = best(|| {
        let mut pass = |text: &String| token::for_each_token(text, &mut scratch, |_| ());
        Ok(timed(|| texts.iter().for_each(&mut pass)))
    })?;
    row("running words, tokenizer", tokens, alone);
    let analyzer = Analyzer::new(Box::new(Lemmas::new(Dictionary::open(file)?)));
    let mut scratch = finnish::Scratch::default();
    let mut count = 0;
    let mut pass = |text: &String| {
        analyzer.for_each_word(text, &mut scratch, |word| {
            count += word.terms.iter().count()
        });
    };
    let first = timed(|| texts.iter().for_each(&mut pass));
    let known = best(|| Ok(timed(|| texts.iter().for_each(&mut pass))))?;
    row("running words, analyzer", tokens, first);
    row("running words, analyzer, again", tokens, known);
    println!("{count} terms");
    Ok(())
}

/// Every form with its terms, a line each.
fn terms(file: &Path, forms: &[String]) -> Outcome<String> {
    let lemmas = Lemmas::new(Dictionary::open(file)?);
    let mut all = String::new();
    for form in forms {
        let mut out = Vec::new();
        lemmas.terms(form, &mut out);
        all.push_str(form);
        for term in out {
            write!(all, " {:?}:{}", term.kind, term.text)?;
        }
        all.push('\n');
    }
    Ok(all)
}
