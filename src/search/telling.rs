//! The words that tell what a project is about.
//!
//! Base forms are weighed as an answer to a query would be: by how often they
//! stand in which section, and by how few projects have them. What people and
//! places are called counts less, and section 8, which is much the same in
//! thousands of projects, not at all. Of a compound its parts count a little,
//! so that nuorisotyöpaja is near nuorten työpaja.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::finnish::{Analyzer, Kind, Scratch, Word};
use crate::form::project::Project;
use crate::index::Reader;
use crate::index::fields::{self, FIELDS, Value};

use super::lists;
use super::weights::{self, B, K1};

/// The text fields that say what a project is about.
const CONTENT: [&str; 6] = [
    "name",
    "target",
    "summary",
    "report",
    "indirect_target",
    "unrecognised",
];

/// The fields that say whom it is for.
const TARGETS: [&str; 2] = ["target", "indirect_target"];

/// The fewest letters of a word that tells something.
const LEAST_LETTERS: usize = 3;

/// A telling word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Telling {
    /// Its base form.
    pub(super) term: String,
    /// How much the project says of it.
    pub(super) often: f32,
    /// That by how few projects have it.
    pub(super) weight: f32,
    /// Whether it stands among the target groups.
    pub(super) target: bool,
}

/// The words of a project.
pub(super) struct Words {
    /// The most telling, the best first.
    pub(super) telling: Vec<Telling>,
    /// All of its terms.
    pub(super) all: HashSet<String>,
}

/// The rows of the fields that say what a project is about.
pub(super) fn content() -> Vec<usize> {
    let rows = fields::texts().filter(|(_, field)| CONTENT.contains(&field.key));
    rows.map(|(row, _)| row).collect()
}

/// Whether a row says whom a project is for.
pub(super) fn is_target(row: usize) -> bool {
    TARGETS.contains(&FIELDS[row].key)
}

/// What is known of a term after a look at all sections.
#[derive(Default)]
struct Seen {
    sum: f32,
    target: bool,
    /// How often it stood as a name does, and how often as other words.
    named: u32,
    plain: u32,
}

/// The words of a project; `least` projects must have one that is telling.
pub(super) fn words(
    project: &Project<'_>,
    (reader, analyzer): (&Reader, &Analyzer),
    least: u64,
) -> Result<Words> {
    let mut seen: HashMap<String, Seen> = HashMap::new();
    for row in content() {
        section(project, row, (reader, analyzer), &mut seen);
    }
    let mut telling = Vec::new();
    for (term, seen) in &seen {
        let with = documents(reader, term)?;
        if with < least || !is_word(term) {
            continue;
        }
        let mut often = seen.sum * (K1 + 1.0) / (seen.sum + K1);
        if seen.named > 0 && seen.plain == 0 {
            often *= weights::TELLING_NAME;
        }
        telling.push(Telling {
            term: term.clone(),
            often,
            weight: often * weights::idf(reader.manifest.documents, with),
            target: seen.target,
        });
    }
    telling.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    telling.truncate(weights::TELLING);
    Ok(Words {
        telling,
        all: seen.into_keys().collect(),
    })
}

/// Whether a term is a word that people would name.
fn is_word(term: &str) -> bool {
    let letters = term.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LEAST_LETTERS && term.starts_with(char::is_alphabetic)
}

fn section(
    project: &Project<'_>,
    row: usize,
    (reader, analyzer): (&Reader, &Analyzer),
    seen: &mut HashMap<String, Seen>,
) {
    let field = &FIELDS[row];
    let Value::Texts(texts) = (field.value)(project) else {
        return;
    };
    let mut sums: HashMap<String, Seen> = HashMap::new();
    let mut scratch = Scratch::default();
    let mut length: f32 = 0.0;
    for text in &texts {
        analyzer.for_each_word(text, &mut scratch, |word| {
            length += 1.0;
            count(text, &word, &mut sums);
        });
    }
    let extent = reader.manifest.extents.get(field.key).copied();
    let mean = extent.unwrap_or_default().mean().max(1.0);
    let factor = field.weight / (1.0 - B + B * length / mean);
    for (term, here) in sums {
        let seen = seen.entry(term).or_default();
        seen.sum += here.sum * factor;
        seen.target |= is_target(row);
        seen.named += here.named;
        seen.plain += here.plain;
    }
}

fn count(text: &str, word: &Word<'_>, sums: &mut HashMap<String, Seen>) {
    if !word.form.chars().any(char::is_alphabetic) {
        return;
    }
    let capital = text[word.start..].starts_with(char::is_uppercase);
    let begins = begins_sentence(&text[..word.start]);
    for kind in [Kind::Base, Kind::Part] {
        let of_kind = || word.terms.iter().filter(|term| term.kind == kind);
        let worth = match kind {
            Kind::Base => 1.0,
            _ => weights::TELLING_PART,
        };
        #[expect(clippy::cast_precision_loss, reason = "the readings of one word")]
        let share = worth / of_kind().count().max(1) as f32;
        for term in of_kind() {
            let seen = sums.entry(term.text.to_string()).or_default();
            seen.sum += share;
            seen.named += u32::from(capital && !begins);
            seen.plain += u32::from(!capital);
        }
    }
}

/// Whether what comes next may have its capital from its place alone.
fn begins_sentence(before: &str) -> bool {
    let mut line = before.chars().rev().take_while(|c| *c != '\n');
    line.find(|c| !c.is_whitespace() && !"\"”»'(".contains(*c))
        .is_none_or(|c| ".!?:•-–*".contains(c))
}

/// How many projects have a term as a base form, in the section where most do.
fn documents(reader: &Reader, term: &str) -> Result<u64> {
    let rows = content();
    let mut all = 0;
    for segment in &reader.segments {
        let entries = lists::entries(&segment.words, term)?;
        let counts = entries.iter().filter(|(row, _)| rows.contains(row));
        let most = counts.map(|(_, info)| info.doc_freq).max();
        all += u64::from(most.unwrap_or_default());
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_at_the_beginning_of_a_sentence_makes_no_name() {
        assert!(begins_sentence(""));
        assert!(begins_sentence("Työpajoja järjestetään. "));
        assert!(begins_sentence("Tavoitteet:\n- "));
        assert!(!begins_sentence("Hanke toimii "));
        assert!(!begins_sentence("kunnat Laukaa, "));
    }

    #[test]
    fn what_a_project_is_about_stands_in_its_own_sections() {
        let rows = content();
        assert_eq!(rows.len(), CONTENT.len());
        assert_eq!(rows.iter().filter(|row| is_target(**row)).count(), 2);
    }
}
