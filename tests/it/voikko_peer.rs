//! The reader beside libvoikko: on real word forms both must find the same raw analyses.
//!
//! Where libvoikko's tool or the dictionary is not installed the test says so and does nothing.
//!
//! One difference is meant: at a place where a hyphen may stand, libvoikko takes it as right
//! only between the same vowels. People also write Ilta-Sanomat and Luonto-Liitto, so the
//! reader keeps analyses with a hyphen that would not be needed.
#![allow(clippy::print_stderr, clippy::disallowed_methods)]
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use esr_search::finnish::token::tokens;
use esr_search::finnish::voikko::{Dictionary, Scratch, VARIANT, find};

use crate::house::corpus;
use crate::support::generator::Generator;

type Analyses = BTreeMap<String, BTreeSet<String>>;

/// How many distinct forms are compared.
const WORDS: usize = 25_000;

/// The word forms of the sample corpus, and of as many made-up descriptions as
/// it takes: inflected forms and compounds of real words.
fn words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut take = |text: &str| {
        let found = tokens(text).map(|token| text[token.start..token.end].to_owned());
        words.extend(found.filter(|word| !word.contains(char::is_whitespace)));
        words.len()
    };
    for file in std::fs::read_dir(corpus()).unwrap() {
        take(&std::fs::read_to_string(file.unwrap().path()).unwrap_or_default());
    }
    let (generator, mut text) = (Generator::new(1), String::new());
    for number in 0.. {
        text.clear();
        generator.write(number, &mut text);
        if take(&text) >= WORDS {
            break;
        }
    }
    words
}

/// What libvoikko's tool says, or nothing if there is no such tool.
fn peer(words: &BTreeSet<String>) -> Option<Analyses> {
    let mut tool = Command::new("voikkospell")
        .arg("-M")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = tool.stdin.take()?;
    let text: String = words.iter().map(|word| format!("{word}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = tool.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let mut analyses = Analyses::new();
    for line in String::from_utf8(output.stdout).ok()?.lines() {
        let row = line
            .strip_prefix("A(")
            .and_then(|line| line.split_once("):"));
        if let Some((word, (_, raw))) =
            row.and_then(|(word, rest)| Some((word, rest.split_once(":FSTOUTPUT=")?)))
        {
            analyses
                .entry(word.to_owned())
                .or_default()
                .insert(raw.to_owned());
        }
    }
    Some(analyses)
}

#[test]
fn real_words_have_the_analyses_that_libvoikko_finds() {
    let home = std::env::var_os("HOME");
    let words = words();
    let (Ok(file), Some(peer)) = (
        find(None, home.as_deref().map(Path::new), VARIANT),
        peer(&words),
    ) else {
        eprintln!("skipped: no Voikko dictionary or no voikkospell on this machine");
        return;
    };
    let dictionary = Dictionary::open(&file).unwrap();
    let mut scratch = Scratch::new();
    let (mut alike, mut hyphens, none) = (0, 0, BTreeSet::new());
    for word in &words {
        let mut ours = BTreeSet::new();
        dictionary.raw(word, &mut scratch, |raw| _ = ours.insert(raw.to_owned()));
        let theirs = peer.get(word).unwrap_or(&none);
        let lacking: Vec<_> = theirs.difference(&ours).collect();
        assert!(lacking.is_empty(), "{word}: the reader lacks {lacking:?}");
        let extra: Vec<_> = ours.difference(theirs).collect();
        assert!(
            extra.iter().all(|raw| raw.contains("-[Bh][Bc]")),
            "{word}: the reader alone has {extra:?}"
        );
        if extra.is_empty() {
            alike += 1
        } else {
            hyphens += 1
        }
    }
    eprintln!(
        "{} word forms: {alike} alike, {hyphens} with a hyphen that libvoikko does not allow",
        words.len()
    );
}
