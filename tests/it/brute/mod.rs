//! Answers queries the slow way: every project is read again and every part of
//! the query is asked of it. Shares with the program what a query and a word
//! are (the tree, the analyzer, the weights), nothing of how they are looked up.

mod answer;
mod ask;

use std::collections::{BTreeMap, BTreeSet};

use esr_search::finnish::{Analyzer, Kind, Scratch};
use esr_search::form;
use esr_search::index::fields::{self, FIELDS, Value, folded};
use esr_search::index::{Reader, date_number};
use esr_search::query::{Query, Test};
use esr_search::search::weights;
use tantivy::fieldnorm::FieldNormReader;

use answer::{Answer, Table};
use ask::Ask;

/// A project's text in one field.
#[derive(Default)]
struct Field {
    /// How often terms stand there, by what they are to their words.
    terms: BTreeMap<String, [u32; 6]>,
    /// Base forms by their places.
    places: BTreeMap<u32, BTreeSet<String>>,
    /// The place behind the last word.
    end: u32,
    factor: f32,
    length: u32,
}

pub(crate) struct Doc {
    pub(crate) key: String,
    fields: Vec<Field>,
    forms: BTreeSet<String>,
    pub(crate) keywords: BTreeMap<usize, Vec<String>>,
    pub(crate) numbers: BTreeMap<usize, u64>,
}

pub(crate) struct Brute {
    pub(crate) docs: Vec<Doc>,
    pub(crate) analyzer: Analyzer,
    forms: BTreeSet<String>,
    /// Base forms by row.
    bases: Vec<BTreeSet<String>>,
}

impl Brute {
    pub(crate) fn new(reader: &Reader) -> Self {
        let analyzer = reader.analyzer(None).unwrap();
        let mut docs = Vec::new();
        for (number, segment) in reader.segments.iter().enumerate() {
            for doc in segment.reader.doc_ids_alive() {
                let stored = reader.stored(number, doc).unwrap();
                docs.push(read(&stored.path, &stored.text, &analyzer));
            }
        }
        docs.sort_by(|a, b| a.key.cmp(&b.key));
        for (row, field) in fields::texts() {
            let lengths = docs
                .iter()
                .map(|doc| u64::from(rounded(doc.fields[row].length)));
            let (words, with) = lengths.fold((0, 0), |(w, n), l| (w + l, n + u64::from(l > 0)));
            let mean = (words as f32 / with.max(1) as f32).max(1.0);
            for doc in &mut docs {
                let length = rounded(doc.fields[row].length) as f32;
                let b = weights::B;
                doc.fields[row].factor = field.weight / (1.0 - b + b * length / mean);
            }
        }
        let bases = |row: usize| {
            let all = docs.iter().flat_map(move |doc| &doc.fields[row].terms);
            let bases = all.filter(|(_, times)| times[Kind::Base as usize] > 0);
            bases.map(|(term, _)| term.clone()).collect()
        };
        let bases: Vec<BTreeSet<String>> = (0..FIELDS.len()).map(bases).collect();
        Self {
            forms: docs.iter().flat_map(|doc| doc.forms.clone()).collect(),
            bases,
            docs,
            analyzer,
        }
    }

    /// All projects that answer, in the order of the answer.
    pub(crate) fn search(&self, query: &Query) -> Vec<(&Doc, Answer)> {
        let all: Vec<usize> = fields::texts().map(|(row, _)| row).collect();
        let root = Ask::Group(self.group(&query.items, &all));
        let mut table = Table {
            leaves: Vec::new(),
            weights: Vec::new(),
        };
        self.fill(&root, &mut table);
        let Ask::Group([must, may, ..]) = &root else {
            return Vec::new();
        };
        let wanted: Vec<&Ask> = must.iter().chain(may).collect();
        let mut found = Vec::new();
        for (number, doc) in self.docs.iter().enumerate() {
            let of = (number, doc);
            let mut answer = answer::ask(&root, of, &table);
            if answer.held || answer.near {
                answer.score += table.beside(&root, doc, self.docs.len() as u64);
            }
            let whole = wanted.iter().all(|ask| answer::ask(ask, of, &table).held);
            if answer.held || answer.near {
                found.push((doc, answer, whole && wanted.len() > 1));
            }
        }
        found.sort_by(|(x, a, all), (y, b, every)| {
            let tier = b.held.cmp(&a.held).then(every.cmp(all));
            let score = tier.then(b.score.total_cmp(&a.score));
            score.then_with(|| x.key.cmp(&y.key))
        });
        let found = found.into_iter().map(|(doc, answer, _)| (doc, answer));
        found.collect()
    }
}

/// A length as the index keeps it, in one byte.
fn rounded(length: u32) -> u32 {
    FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length))
}

fn read(path: &str, text: &str, analyzer: &Analyzer) -> Doc {
    let project = form::parse(text).project;
    let mut doc = Doc {
        key: project
            .code
            .map_or_else(|| format!("file:{path}"), str::to_owned),
        fields: Vec::new(),
        forms: BTreeSet::new(),
        keywords: BTreeMap::new(),
        numbers: BTreeMap::new(),
    };
    let mut scratch = Scratch::default();
    for (row, field) in FIELDS.iter().enumerate() {
        let mut held = Field::default();
        match (field.value)(&project) {
            Value::Texts(texts) => {
                for text in texts {
                    analyzer.for_each_word(&text, &mut scratch, |word| {
                        doc.forms.insert(word.form.to_owned());
                        for term in word.terms {
                            let text = term.text.to_string();
                            if term.kind == Kind::Base {
                                held.places
                                    .entry(held.end)
                                    .or_default()
                                    .insert(text.clone());
                            }
                            held.terms.entry(text).or_default()[term.kind as usize] += 1;
                        }
                        held.length += 1;
                        held.end += 1;
                    });
                    // No phrase, however loose, spans two texts.
                    held.end += 64;
                }
            }
            Value::Keywords(words) => {
                let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
                doc.keywords.insert(row, words);
            }
            Value::Date(date) => doc
                .numbers
                .extend(date.map(|date| (row, date_number(date)))),
            Value::Number(number) => doc.numbers.extend(number.map(|number| (row, number))),
        }
        doc.fields.push(held);
    }
    doc
}

/// Whether a project has a value in a field.
pub(crate) fn has(row: usize, test: &Test, doc: &Doc) -> bool {
    let keywords = doc.keywords.get(&row).map_or(&[][..], Vec::as_slice);
    let number = doc.numbers.get(&row);
    match test {
        Test::Known => !keywords.is_empty() || number.is_some(),
        Test::Is(text) => keywords.iter().any(|k| folded(k) == folded(text)),
        Test::Begins(text) => keywords
            .iter()
            .any(|k| folded(k).starts_with(&folded(text))),
        Test::Range(from, to) => number
            .is_some_and(|n| from.is_none_or(|from| from <= *n) && to.is_none_or(|to| *n <= to)),
    }
}
