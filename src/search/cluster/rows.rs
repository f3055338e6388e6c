//! Words in a row, in the query language of OpenSearch: which documents have
//! them and how often, as `phrase` counts.
//!
//! Spans are what its engine has for places of words. Two things about them
//! matter here. A word that can be read in two ways stands twice at its place,
//! and must count once. And a span is scored by the similarity of its field,
//! which adds up over the terms asked for, of which nobody knows how many the
//! index has: so the similarity `row` gives 1 for each and the number of places
//! behind the point, and both are got out again.

use serde_json::{Value, json};

use crate::index::fields::FIELDS;

use super::names::{self, READING};

/// A place behind the point is worth so much: larger than any text has places,
/// small enough that numbers of the engine hold it.
pub const PLACE: u32 = 1 << 16;

/// Places of words in a section.
#[derive(Debug, Clone)]
pub(super) struct Row {
    filter: Value,
    places: Value,
}

impl Row {
    /// Where any of these base forms stands.
    pub(super) fn words(row: usize, terms: &[&str]) -> Self {
        let field = names::words(FIELDS[row].key);
        let readings = terms.join(&READING.to_string());
        Self {
            filter: json!({"terms": {&field: terms}}),
            places: json!({"match": {field: {"query": readings, "analyzer": "words"}}}),
        }
    }

    /// The documents that have such a place.
    pub(super) fn filter(self) -> Value {
        self.filter
    }

    /// How many there are, each worth so much.
    pub(super) fn count(self, worth: f32) -> Value {
        json!({"function_score": {
            "query": self.places,
            "script_score": {"script": {
                "source": "double terms = Math.floor(_score); \
                           return (_score - terms) / terms * params.place * params.worth;",
                "params": {"place": PLACE, "worth": worth},
            }},
            "boost_mode": "replace",
        }})
    }
}

/// Where one of each slot's base forms stands in a row, over `slop` other words
/// at the most; none if there is nothing to look for.
pub(super) fn row_in(row: usize, slots: &[Vec<String>], slop: u32) -> Option<Row> {
    let field = names::words(FIELDS[row].key);
    let spans: Option<Vec<Value>> = slots.iter().map(|slot| readings(&field, slot)).collect();
    let spans = spans.filter(|spans| !spans.is_empty())?;
    let filter = near(&spans, slop);
    let places = match (slop, spans.as_slice()) {
        (0, _) | (_, [_]) => filter.clone(),
        // As many as there are places for the last word, not for the first.
        (_, [first, last]) => {
            let reach = json!({"span_gap": {&field: slop + 1}});
            within(last, &near(&[first.clone(), reach], 0))
        }
        (_, [.., last]) => within(last, &filter),
        (_, []) => return None,
    };
    Some(Row { filter, places })
}

fn near(spans: &[Value], slop: u32) -> Value {
    match spans {
        [only] => only.clone(),
        spans => json!({"span_near": {"clauses": spans, "slop": slop, "in_order": true}}),
    }
}

fn within(little: &Value, big: &Value) -> Value {
    json!({"span_within": {"little": little, "big": big}})
}

/// The places of a word, each once whatever it can be read as.
fn readings(field: &str, terms: &[String]) -> Option<Value> {
    let mut terms: Vec<&String> = terms.iter().collect();
    terms.sort();
    terms.dedup();
    let term = |term: &String| json!({"span_term": {field: term}});
    let mut all: Vec<Value> = Vec::new();
    for next in terms {
        let here = term(next);
        let others = either(&all);
        all.push(match others {
            None => here,
            Some(others) => json!({"span_not": {"include": here, "exclude": others}}),
        });
    }
    either(&all)
}

fn either(spans: &[Value]) -> Option<Value> {
    match spans {
        [] => None,
        [only] => Some(only.clone()),
        spans => Some(json!({"span_or": {"clauses": spans}})),
    }
}
