//! What the analyzer makes of a text, word by word, as a person reads it.
//! One block a word: its form, then the terms by what they are to it.

use std::io::{self, Write};

use crate::finnish::{Analyzer, Kind, Scratch, Term};

use super::style::{FAINT, TITLE, put};

/// Columns for the name of a kind.
const LABEL: usize = 12;

/// Writes the words of a text with their terms, and what a query would ask.
///
/// # Errors
/// When the sink fails.
pub fn write(out: &mut dyn Write, analyzer: &Analyzer, text: &str) -> io::Result<()> {
    writeln!(out, "analyzer: {}", analyzer.fingerprint())?;
    let mut words = Vec::new();
    analyzer.for_each_word(text, &mut Scratch::default(), |word| {
        words.push((
            word.form.to_owned(),
            word.terms.iter().map(Term::from).collect::<Vec<_>>(),
        ));
    });
    for (form, terms) in words {
        writeln!(out)?;
        put(out, TITLE, &form)?;
        writeln!(out)?;
        for kind in Kind::ALL {
            let of_kind = terms.iter().filter(|term| term.kind == kind);
            row(out, name(kind), of_kind.map(|term| &*term.text))?;
        }
        let asked = analyzer.query(&form);
        row(out, "query", asked.iter().map(|term| &*term.text))?;
    }
    Ok(())
}

fn row<'t>(
    out: &mut dyn Write,
    label: &str,
    terms: impl Iterator<Item = &'t str>,
) -> io::Result<()> {
    let terms: Vec<_> = terms.collect();
    if terms.is_empty() {
        return Ok(());
    }
    write!(out, "  ")?;
    put(out, FAINT, label)?;
    writeln!(
        out,
        "{:1$}{2}",
        "",
        LABEL.saturating_sub(label.len()),
        terms.join(", ")
    )
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Base => "base form",
        Kind::Verb => "verb",
        Kind::Guess => "guess",
        Kind::Part => "part",
        Kind::Piece => "piece",
        Kind::Derived => "family",
    }
}
