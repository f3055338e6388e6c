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
use crate::index::fields::{self, FIELDS, Value};

use super::near::Nearness;
use super::weights;

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

/// The words of projects; `least` projects must have one that is telling.
pub(super) fn words<'p>(
    projects: impl Iterator<Item = &'p Project<'p>>,
    (collection, analyzer): (&impl Nearness, &Analyzer),
    least: u64,
) -> Result<Vec<Words>> {
    let rows = content();
    let means: Vec<f32> = rows.iter().map(|row| collection.mean(*row)).collect();
    let seen = |project| {
        let mut seen: HashMap<String, Seen> = HashMap::new();
        for (row, mean) in rows.iter().zip(&means) {
            section(project, (*row, *mean), analyzer, &mut seen);
        }
        seen
    };
    let seen: Vec<_> = projects.map(seen).collect();
    let terms: HashSet<&str> = seen
        .iter()
        .flat_map(|s| s.keys().map(String::as_str))
        .collect();
    let with = collection.frequencies(&rows, terms)?;
    let told = seen.iter().map(|seen| {
        let with = |term: &str| with.get(term).copied().filter(|with| *with >= least);
        tell(seen, with, collection.documents())
    });
    let told: Vec<_> = told.collect();
    let told = told.into_iter().zip(seen);
    Ok(told
        .map(|(telling, seen)| Words {
            telling,
            all: seen.into_keys().collect(),
        })
        .collect())
}

/// The most telling of the words seen, by how many of all documents have each.
fn tell(
    seen: &HashMap<String, Seen>,
    with: impl Fn(&str) -> Option<u64>,
    documents: u64,
) -> Vec<Telling> {
    let mut telling = Vec::new();
    for (term, seen) in seen {
        let Some(with) = with(term).filter(|_| is_word(term)) else {
            continue;
        };
        let mut often = weights::saturated(seen.sum);
        if seen.named > 0 && seen.plain == 0 {
            often *= weights::TELLING_NAME;
        }
        telling.push(Telling {
            term: term.clone(),
            often,
            weight: often * weights::idf(documents, with),
            target: seen.target,
        });
    }
    telling.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    telling.truncate(weights::TELLING);
    telling
}

/// Whether a term is a word that people would name.
fn is_word(term: &str) -> bool {
    let letters = term.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LEAST_LETTERS && term.starts_with(char::is_alphabetic)
}

fn section(
    project: &Project<'_>,
    (row, mean): (usize, f32),
    analyzer: &Analyzer,
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
    let mean = mean.max(1.0);
    let factor = weights::occurrence(field.weight, length, mean);
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
