//! The FIELDS table → an index on a cluster: settings, analysis and mapping.
//!
//! Words were analysed before they were sent. What is left to the engine is to
//! part them at spaces, and to tell readings of one word from the next word.

use serde_json::{Map, Value, json};

use crate::index::fields::{FIELDS, Field, Kind};
use crate::search::cluster::{PLACE, names};

/// The version of the mapping and of how words are written; raised with every
/// change that makes older indexes unreadable.
pub(super) const FORMAT: u64 = 3;

/// The longest beginning that is looked up, in letters.
const LONGEST_STEM: usize = 200;

/// The longest word with all its readings.
const LONGEST_WORD: usize = 100_000;

/// Hits that may be asked for at a time, and the longest pattern.
const WINDOW: usize = 10_000;
const LONGEST_PATTERN: usize = 20_000;

/// How an index is spread over nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    pub(super) shards: u16,
    pub(super) replicas: u16,
}

/// What documents are sent to: a name that goes with its index, so that none is
/// made for documents that come too late.
pub(super) fn inlet(index: &str) -> String {
    format!("{index}{INLET}")
}

/// Ends the names that documents are sent to.
pub(super) const INLET: &str = "-inlet";

/// What an index is made with; `meta` is what it says of itself. As long as
/// nobody asks it, nothing is made findable, and nothing is written twice.
pub(super) fn index(name: &str, spread: Spread, meta: &Value) -> Value {
    json!({
        "aliases": {inlet(name): {}},
        "settings": {
            "number_of_shards": spread.shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "max_result_window": WINDOW,
            "max_regex_length": LONGEST_PATTERN,
            "similarity": similarities(),
            "analysis": analysis(),
        },
        "mappings": mappings(meta),
    })
}

/// What an index is set to when all of it is there.
pub(super) fn filled(spread: Spread) -> Value {
    json!({"index": {"number_of_replicas": spread.replicas, "refresh_interval": null}})
}

/// `times` gives how often a term counts, `row` 1 for each term and the number
/// of places behind the point; the rest of a score is the query's to make.
fn similarities() -> Value {
    let scripted = |source: String| json!({"type": "scripted", "script": {"source": source}});
    json!({
        "times": scripted("return query.boost * doc.freq;".to_owned()),
        "row": scripted(format!("return 1 + doc.freq / {PLACE}.0;")),
    })
}

fn analysis() -> Value {
    let custom =
        |filters: &[&str]| json!({"type": "custom", "tokenizer": "spaces", "filter": filters});
    json!({
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": LONGEST_WORD}},
        "filter": {
            "readings": {
                "type": "pattern_capture", "preserve_original": false,
                "patterns": [format!("([^{}]+)", names::READING)],
            },
            "often": {"type": "delimited_term_freq", "delimiter": names::OFTEN},
            "beginnings": {
                "type": "edge_ngram", "min_gram": names::LEAST_STEM, "max_gram": LONGEST_STEM,
            },
        },
        "analyzer": {
            "words": custom(&["readings"]),
            "stems": custom(&["readings", "beginnings"]),
            "times": custom(&["often"]),
        },
    })
}

fn mappings(meta: &Value) -> Value {
    let mut fields = Map::new();
    let mut left_out = Vec::new();
    for field in FIELDS {
        fields.insert(field.key.to_owned(), of(field));
        if field.kind == Kind::Text {
            left_out.extend([names::words(field.key), names::times(field.key)]);
        }
    }
    left_out.extend([names::FORMS, names::BASES].map(str::to_owned));
    fields.insert("own".to_owned(), own());
    json!({
        "dynamic": "strict",
        "_meta": meta,
        // Only what is shown is stored.
        "_source": {"excludes": left_out},
        "properties": fields,
    })
}

/// One row of the table.
fn of(field: &Field) -> Value {
    match field.kind {
        Kind::Text => text(),
        Kind::Keyword => json!({"type": "keyword"}),
        Kind::Date | Kind::Money | Kind::Count => json!({"type": "long"}),
    }
}

fn text() -> Value {
    json!({"properties": {
        "words": {
            "type": "text", "analyzer": "words", "similarity": "row", "norms": false,
            "position_increment_gap": names::GAP, "copy_to": names::words(names::ALL),
            "fields": {"stems": counted("stems", &[])},
        },
        "times": counted("times", &[&names::times(names::ALL)]),
        "length": {"type": "integer"},
    }})
}

/// Terms that are counted, without places.
fn counted(analyzer: &str, copy_to: &[&str]) -> Value {
    json!({
        "type": "text", "analyzer": analyzer, "similarity": "times",
        "index_options": "freqs", "norms": false, "copy_to": copy_to,
    })
}

/// What is kept of a document beside its fields.
fn own() -> Value {
    let keyword = json!({"type": "keyword"});
    let mut words = counted("words", &[]);
    words["fields"] = json!({"stems": counted("stems", &[])});
    json!({"properties": {
        "key": keyword,
        "path": keyword,
        "digest": keyword,
        "claim": {"type": "long"},
        "bytes": {"type": "long"},
        "order": keyword,
        "words": words,
        "times": counted("times", &[]),
        "forms": keyword,
        "bases": keyword,
        "text": {"type": "keyword", "index": false, "doc_values": false},
    }})
}
