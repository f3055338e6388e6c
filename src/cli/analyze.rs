//! `esr-search analyze`: what the chain makes of words.
//! For people who wonder why a word finds what it finds, and for measuring.

use std::collections::HashSet;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::finnish::{Analyzer, Scratch};
use crate::index::{self, Choice, Reader};
use crate::present::words;

use super::{Common, dictionary};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  esr-search analyze työllisyyspalveluiden osatyökykyisten
  esr-search analyze --no-dictionary työllisyyspalveluiden
  esr-search analyze --terms < words.txt          index terms, a line a word
  esr-search analyze --terms --query < words.txt  the terms a query looks for

Without a dictionary the chain knows what an index has learnt: that of the
index if it was made without a dictionary, else what --terms reads (kept in the
file that --lexicon names, for --terms --query to read). Where no file is named,
index terms hold what a query that knows nothing looks for as well.")]
pub(super) struct Args {
    /// Text to analyse
    #[arg(value_name = "TEXT", required_unless_present = "terms")]
    text: Vec<String>,
    /// Read one word a line from standard input, print its terms in a line
    #[arg(long, conflicts_with = "text")]
    terms: bool,
    /// With --terms: the terms that a query looks for
    #[arg(long, requires = "terms", conflicts_with = "text")]
    query: bool,
    /// With --terms and --no-dictionary: file for what the words teach
    #[arg(
        long,
        value_name = "FILE",
        requires_all = ["terms", "no_dictionary"],
        conflicts_with = "text"
    )]
    lexicon: Option<PathBuf>,
    #[command(flatten)]
    words: dictionary::Words,
}

pub(super) fn run(common: &Common, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let missing = |missing: &_| match args.terms {
        true => Ok(()),
        false => dictionary::note(missing),
    };
    let choice = args.words.choice(common.dictionary.as_deref(), missing)?;
    if !args.terms {
        let analyzer = match (&choice, Reader::open(&common.index)) {
            (Choice::Rules, Ok(reader)) if reader.manifest.analyzer.dictionary.is_none() => {
                reader.analyzer(None)?
            }
            _ => index::analyzer(&choice)?,
        };
        words::write(out, &analyzer, &args.text.join(" "))?;
        return Ok(0);
    }
    let input: Vec<String> = std::io::stdin()
        .lock()
        .lines()
        .collect::<std::io::Result<_>>()?;
    let analyzers = learned(args, &choice, &input)?;
    let mut scratches: Vec<Scratch> = analyzers.iter().map(|_| Scratch::default()).collect();
    for line in &input {
        let mut found: Vec<String> = Vec::new();
        for (analyzer, scratch) in analyzers.iter().zip(&mut scratches) {
            found.extend(terms(analyzer, line, args.query, scratch));
        }
        let mut seen = HashSet::new();
        found.retain(|term| seen.insert(term.clone()));
        writeln!(out, "{}", found.join(" "))?;
    }
    Ok(0)
}

/// The analyzers for `--terms`; without a dictionary one that the words teach, and where the query
/// can't know what they teach, one that knows as little.
fn learned(args: &Args, choice: &Choice, input: &[String]) -> Result<Vec<Analyzer>> {
    if *choice != Choice::Rules {
        return Ok(vec![index::analyzer(choice)?]);
    }
    match (&args.lexicon, args.query) {
        (Some(path), true) => Ok(vec![index::analyzer_with_lexicon(path)?]),
        (Some(path), false) => {
            let (analyzer, learnt) = index::analyzer_of_words(input);
            std::fs::write(path, learnt).with_context(|| path.display().to_string())?;
            Ok(vec![analyzer])
        }
        (None, true) => Ok(vec![index::analyzer(choice)?]),
        (None, false) => {
            let (analyzer, _) = index::analyzer_of_words(input);
            Ok(vec![analyzer, index::analyzer(choice)?])
        }
    }
}

/// The terms of a line: those an index holds, but for words of the family,
/// or those a query looks for.
fn terms(analyzer: &Analyzer, line: &str, query: bool, scratch: &mut Scratch) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut forms = Vec::new();
    analyzer.for_each_word(line, scratch, |word| {
        forms.push(word.form.to_owned());
        let close = word.terms.iter().filter(|term| !term.kind.is_family());
        found.extend(close.map(|term| term.text.to_string()));
    });
    if query {
        let asked = forms.iter().flat_map(|form| analyzer.query(form));
        found = asked
            .filter(|term| !term.kind.is_family())
            .map(|term| term.text.into())
            .collect();
    }
    found
}
