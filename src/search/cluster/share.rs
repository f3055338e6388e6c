//! What one word of a query adds to scores, in the query language of OpenSearch.
//!
//! As `score` does it: occurrences are weighed and summed over the sections,
//! the sum is saturated once and multiplied by the word's rarity, which was
//! counted before.

use serde_json::{Value, json};

use crate::finnish::Kind;
use crate::index::Extent;
use crate::index::fields::{self, FIELDS};
use crate::search::lookup::{Lookup, Sought, Want};
use crate::search::plan::Scoped;
use crate::search::weights::{self, B, K1};

use super::lower::{all, any};
use super::names::{self, ONCE};
use super::rows::{Row, row_in};

/// What a search needs to know of the whole collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Documents that can be found.
    pub documents: u64,
    /// By row, how much text the field holds.
    pub extents: Vec<Extent>,
}

impl Facts {
    /// The mean length of a text field in words.
    pub(super) fn mean(&self, row: usize) -> f32 {
        self.extents.get(row).copied().unwrap_or_default().mean()
    }
}

/// What one word, part or relative is looked for by; see `boolean::Share`.
pub(super) struct Share {
    /// The documents that have it.
    pub(super) filter: Value,
    /// By row, what its occurrences add up from.
    sums: Vec<(usize, Vec<Value>)>,
    weight: f32,
    pub(super) direct: bool,
    /// Forms that are worth a little more, or that alone will do.
    forms: Vec<String>,
    only: bool,
    /// Documents that have it, once they were counted.
    pub(super) found: u64,
    /// Whether it is that words follow each other, which weighs by the second of
    /// them: the documents that have that one.
    pub(super) beside: Option<u64>,
}

/// Clauses, each once and weighing as often as it stood there: the engine would
/// do so itself, but before what is within it is saturated.
pub(super) fn each_once(clauses: Vec<Value>) -> Vec<Value> {
    let mut once: Vec<(Value, u32)> = Vec::new();
    for clause in clauses {
        match once.iter_mut().find(|(known, _)| *known == clause) {
            Some((_, times)) => *times += 1,
            None => once.push((clause, 1)),
        }
    }
    let weighed = |(clause, times)| match times {
        1 => clause,
        times => json!({"function_score": {"query": clause, "weight": times}}),
    };
    once.into_iter().map(weighed).collect()
}

/// The shares of something wanted, as `boolean::shares` has them.
pub(super) fn shares(scoped: &Scoped) -> Vec<Share> {
    let direct = match &scoped.want {
        Want::Word(sought) => word(scoped, sought),
        Want::Phrase(slots, slop) => in_row(scoped, slots, *slop, 1.0, true),
    };
    let mut shares = vec![direct];
    for loose in scoped.loose() {
        let near = Sought {
            lookups: vec![loose.lookup.clone()],
            ..Sought::default()
        };
        let mut share = word(scoped, &near);
        (share.weight, share.direct) = (loose.weight, false);
        shares.push(share);
    }
    if let Some(slots) = scoped.beside() {
        let slop = weights::BESIDE_SLOP;
        let mut beside = in_row(scoped, slots, slop, weights::BESIDE, false);
        beside.beside = Some(0);
        shares.push(beside);
    }
    shares
}

/// The documents that hold something wanted.
pub(super) fn holding(scoped: &Scoped) -> Value {
    let shares = shares(scoped).into_iter();
    any(shares
        .filter(|share| share.direct)
        .map(|share| share.filter))
}

/// The share of a word, or of what finds it.
fn word(scoped: &Scoped, sought: &Sought) -> Share {
    let rows = scoped.rows.iter();
    let mut filter = match is_everywhere(&scoped.rows) {
        true => any(held_anywhere(sought).into_iter()),
        false => any(rows.clone().flat_map(|row| held_in(*row, sought, true))),
    };
    if sought.only {
        filter = all([filter, has_form(&sought.forms)].into_iter());
    }
    let sums = rows.map(|row| (*row, sums(*row, sought)));
    Share {
        filter,
        sums: sums.filter(|(_, sums)| !sums.is_empty()).collect(),
        weight: 1.0,
        direct: true,
        forms: sought.forms.clone(),
        only: sought.only,
        found: 0,
        beside: None,
    }
}

/// The share of words in a row.
fn in_row(scoped: &Scoped, slots: &[Vec<String>], slop: u32, weight: f32, direct: bool) -> Share {
    let rows = scoped.rows.iter();
    let rows: Vec<(usize, Row)> = rows
        .filter_map(|row| Some((*row, row_in(*row, slots, slop)?)))
        .collect();
    Share {
        filter: any(rows.iter().map(|(_, row)| row.clone().filter())),
        sums: rows
            .into_iter()
            .map(|(row, found)| (row, vec![found.count(1.0)]))
            .collect(),
        weight,
        direct,
        forms: Vec::new(),
        only: false,
        found: 0,
        beside: None,
    }
}

fn has_form(forms: &[String]) -> Value {
    json!({"terms": {names::FORMS: forms}})
}

/// Whether all text fields are asked.
fn is_everywhere(rows: &[usize]) -> bool {
    fields::texts().all(|(row, _)| rows.contains(&row))
}

/// How a lookup is done: by terms of every kind, by base forms, by a beginning.
fn way(key: &str, lookup: &Lookup) -> String {
    match lookup {
        _ if lookup.stem => names::stems(key),
        _ if only_base(lookup) => names::words(key),
        _ => names::times(key),
    }
}

fn only_base(lookup: &Lookup) -> bool {
    let others = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Base);
    others.into_iter().all(|kind| lookup.worth(kind) == 0.0)
}

/// What shows that any section holds a word.
fn held_anywhere(sought: &Sought) -> Vec<Value> {
    let mut held = terms(names::ALL, sought.lookups(true));
    for synonym in &sought.synonyms {
        let rows = fields::texts().filter_map(|(row, _)| row_in(row, &synonym.slots, 0));
        held.extend(rows.map(Row::filter));
    }
    held
}

/// What shows that a section holds a word, or what is near it.
pub(super) fn held_in(row: usize, sought: &Sought, direct: bool) -> Vec<Value> {
    let mut held = terms(FIELDS[row].key, sought.lookups(direct));
    let synonyms = sought.synonyms.iter().filter(|_| direct);
    held.extend(synonyms.filter_map(|synonym| Some(row_in(row, &synonym.slots, 0)?.filter())));
    held
}

/// What finds any of the lookups in a field.
fn terms<'l>(key: &str, lookups: impl Iterator<Item = &'l Lookup>) -> Vec<Value> {
    let mut by_field: Vec<(String, Vec<&str>)> = Vec::new();
    for lookup in lookups {
        let field = way(key, lookup);
        match by_field.iter_mut().find(|(known, _)| *known == field) {
            Some((_, terms)) => terms.push(&lookup.term),
            None => by_field.push((field, vec![&lookup.term])),
        }
    }
    let terms = by_field.into_iter();
    terms
        .map(|(field, terms)| json!({"terms": {field: terms}}))
        .collect()
}

/// Clauses that add up what a word's occurrences in a section are worth.
fn sums(row: usize, sought: &Sought) -> Vec<Value> {
    let mut sums: Vec<Value> = Vec::new();
    // Base forms of one worth are one clause, however many there are.
    let mut bases: Vec<(f32, Vec<&str>)> = Vec::new();
    for lookup in sought.lookups(true) {
        let worth = lookup.worth(Kind::Base);
        let field = way(FIELDS[row].key, lookup);
        if lookup.stem {
            sums.push(json!({"term": {field: {"value": lookup.term}}}));
        } else if only_base(lookup) {
            match bases
                .iter_mut()
                .find(|(known, _)| known.to_bits() == worth.to_bits())
            {
                Some((_, terms)) => terms.push(&lookup.term),
                None => bases.push((worth, vec![&lookup.term])),
            }
        } else {
            let boost = worth / weights::held(Kind::Base) / f32::from(ONCE);
            sums.push(json!({"term": {field: {"value": lookup.term, "boost": boost}}}));
        }
    }
    sums.extend(
        bases
            .into_iter()
            .map(|(worth, terms)| Row::words(row, &terms).count(worth)),
    );
    for synonym in &sought.synonyms {
        let found = row_in(row, &synonym.slots, 0);
        sums.extend(found.map(|found| found.count(weights::SYNONYM)));
    }
    each_once(sums)
}

impl Share {
    /// The same, worth so many times as much.
    pub(super) fn worth(self, times: f32) -> Self {
        Self {
            weight: self.weight * times,
            ..self
        }
    }

    /// What a document's occurrences, summed over its sections, add to its score,
    /// by whether it has any of some forms.
    pub(super) fn points(
        &self,
        sum: f32,
        facts: &Facts,
        has_form: impl Fn(&[String]) -> bool,
    ) -> Option<f32> {
        let points = weights::saturated(sum) * self.idf(facts);
        match has_form(&self.forms) {
            false if self.only => None,
            true if !self.only => Some(points * (1.0 + weights::EXACT)),
            _ => Some(points),
        }
    }

    /// What it weighs, by how few documents have it.
    fn idf(&self, facts: &Facts) -> f32 {
        self.weight * weights::idf(facts.documents, self.beside.unwrap_or(self.found))
    }

    /// What adds it to a score; nothing if no document has it.
    pub(super) fn score(&self, facts: &Facts) -> Option<Value> {
        if self.found == 0 {
            return None;
        }
        let weight = self.idf(facts);
        let rows = self.sums.iter();
        let rows: Vec<Value> = rows.map(|(row, sums)| weighed(*row, sums, facts)).collect();
        let mut functions = vec![json!({"script_score": {"script": {
            "source": "_score * (params.k + 1) / (_score + params.k) * params.weight",
            "params": {"k": K1, "weight": weight},
        }}})];
        let mut filter = Vec::new();
        if self.only {
            filter.push(has_form(&self.forms));
        } else if !self.forms.is_empty() {
            functions.push(json!({
                "filter": has_form(&self.forms),
                "weight": 1.0 + weights::EXACT,
            }));
        }
        let query = json!({"should": rows, "minimum_should_match": 1, "filter": filter});
        Some(json!({"function_score": {
            "query": {"bool": query},
            "functions": functions,
            "score_mode": "multiply",
            "boost_mode": "replace",
        }}))
    }
}

/// Sums of a section by its weight and its length's share of the mean.
fn weighed(row: usize, sums: &[Value], facts: &Facts) -> Value {
    let field = &FIELDS[row];
    let mean = facts.mean(row);
    json!({"function_score": {
        "query": {"bool": {"should": sums}},
        "script_score": {"script": {
            "source": "_score * params.weight / \
                       (1 - params.b + params.b * doc[params.length].value / params.mean)",
            "params": {
                "weight": field.weight, "b": B, "mean": mean, "length": names::length(field.key),
            },
        }},
        "boost_mode": "replace",
    }})
}
