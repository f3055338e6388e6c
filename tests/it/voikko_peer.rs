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

use esr_search::finnish::voikko::{Dictionary, Scratch, VARIANT, find};

type Analyses = BTreeMap<String, BTreeSet<String>>;

/// The word forms of the treebanks at hand, and the base forms that people have given them.
fn words() -> BTreeSet<String> {
    let folder = std::env::var_os("VOIKKO_PEER_WORDS").unwrap_or_else(|| "eval/data".into());
    let files = std::fs::read_dir(Path::new(&folder))
        .into_iter()
        .flatten()
        .flatten();
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    let mut words = BTreeSet::new();
    for text in texts {
        let rows = text
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>());
        let tokens = rows.filter(|row| row.len() > 2 && row[0].bytes().all(|b| b.is_ascii_digit()));
        let both = tokens.flat_map(|row| [row[1].to_owned(), row[2].replace('#', "")]);
        words.extend(both.filter(|word| !word.contains(char::is_whitespace)));
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
    if words.is_empty() {
        eprintln!(
            "skipped: no treebanks to take word forms from (VOIKKO_PEER_WORDS names their folder)"
        );
        return;
    }
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
