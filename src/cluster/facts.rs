//! What an index on a cluster says of itself: what made it, and what ranking
//! has to know of all its documents.
//!
//! It stands in the mapping's `_meta`, so that it comes and goes with the
//! index. What a chain without a dictionary has learnt is too large for that
//! and stands in an index of its own beside it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::index::fields::{FIELDS, texts};
use crate::index::{Extent, Recipe};
use crate::search::cluster::{Facts, lacking, names, whole};

use super::client::Client;
use super::mapping::{self, FORMAT};

/// What an index says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) format: u64,
    pub(super) program: String,
    pub(super) analyzer: Recipe,
    /// The folder that was pushed, as it was given.
    pub(super) corpus: String,
    /// When the last run began that changed it.
    pub(super) pushed: String,
    pub(super) documents: u64,
    pub(super) text_bytes: u64,
    /// Lengths by the text field's key.
    pub(super) extents: BTreeMap<String, Extent>,
}

/// An index with what it says of itself.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) meta: Meta,
}

impl Meta {
    /// As the mapping has it.
    pub(super) fn value(&self) -> Value {
        json!({"esr_search": self})
    }

    /// What ranking needs of it.
    pub(super) fn facts(&self) -> Facts {
        let extents = FIELDS.iter().map(|field| self.extents.get(field.key));
        Facts {
            documents: self.documents,
            extents: extents.map(|e| e.copied().unwrap_or_default()).collect(),
        }
    }
}

/// The index that an alias stands for; none if it stands for nothing.
///
/// # Errors
/// When it is none of this program's, or of another version.
pub(super) fn behind(client: &Client, alias: &str) -> Result<Option<Named>> {
    let found = look(client, alias)?;
    found.map(|found| found.read(client)).transpose()
}

/// An index of this program's, of whatever version.
pub(super) struct Found {
    pub(super) name: String,
    meta: Value,
}

impl Found {
    /// What it says of itself.
    ///
    /// # Errors
    /// When it is of another version.
    pub(super) fn read(&self, client: &Client) -> Result<Named> {
        let wrong = |what: String| Err(Error::ClusterIndex { what });
        let (place, meta) = (&client.place, &self.meta);
        if meta["format"] != json!(FORMAT) {
            return wrong(format!(
                "{place} was made by another version: format {}, this program reads format {FORMAT}\n  \
                 push it anew with --rebuild",
                meta["format"]
            ));
        }
        match serde_json::from_value(meta.clone()) {
            Ok(meta) => Ok(Named {
                name: self.name.clone(),
                meta,
            }),
            Err(error) => wrong(format!(
                "{place} says of itself what can't be read: {error}"
            )),
        }
    }
}

/// The index that an alias stands for, unread; none if it stands for nothing.
///
/// # Errors
/// When it is none of this program's.
pub(super) fn look(client: &Client, alias: &str) -> Result<Option<Found>> {
    let Some(found) = client.ask_for(&format!("{alias}/_mapping"))? else {
        return Ok(None);
    };
    let wrong = |what: String| Err(Error::ClusterIndex { what });
    let place = &client.place;
    let mut indexes = found.as_object().into_iter().flatten();
    let (Some((name, mapping)), None) = (indexes.next(), indexes.next()) else {
        return wrong(format!("{place} is not one index but several"));
    };
    let meta = &mapping["mappings"]["_meta"]["esr_search"];
    if name == alias || meta.is_null() {
        return wrong(format!(
            "{place} is an index that this program did not make\n  push under another alias"
        ));
    }
    Ok(Some(Found {
        name: name.clone(),
        meta: meta.clone(),
    }))
}

/// How an index is spread over nodes.
pub(super) fn spread(client: &Client, index: &str) -> Result<mapping::Spread> {
    let settings = client.ask("GET", &format!("{index}/_settings"), &Value::Null)?;
    let settings = &settings[index]["settings"]["index"];
    let number = |name: &str| {
        settings[name]
            .as_str()
            .and_then(|number| number.parse().ok())
    };
    Ok(mapping::Spread {
        shards: number("number_of_shards").unwrap_or(1),
        replicas: number("number_of_replicas").unwrap_or(1),
    })
}

/// How many documents an index has.
pub(super) fn documents(client: &Client, index: &str) -> Result<u64> {
    let counted = client.ask("GET", &format!("{index}/_count"), &Value::Null)?;
    Ok(whole(&counted["count"]))
}

/// Counts the documents of an index and the words of their texts.
pub(super) fn count(client: &Client, index: &str, meta: &mut Meta) -> Result<()> {
    let mut aggs = serde_json::Map::new();
    for (_, field) in texts() {
        let length = names::length(field.key);
        aggs.insert(field.key.to_owned(), json!({"stats": {"field": length}}));
    }
    aggs.insert("bytes".to_owned(), json!({"sum": {"field": "own.bytes"}}));
    let body = json!({"size": 0, "track_total_hits": true, "aggs": aggs});
    let answer = client.ask("POST", &format!("{index}/_search"), &body)?;
    if lacking(&answer) > 0 {
        return Err(Error::Cluster {
            what: "not all shards answered, the documents could not be counted; push again"
                .to_owned(),
        });
    }
    let counted = &answer["aggregations"];
    meta.documents = whole(&answer["hits"]["total"]["value"]);
    meta.text_bytes = whole(&counted["bytes"]["value"]);
    for (_, field) in texts() {
        let extent = Extent {
            documents: whole(&counted[field.key]["count"]),
            words: whole(&counted[field.key]["sum"]),
        };
        meta.extents.insert(field.key.to_owned(), extent);
    }
    Ok(())
}

/// Bytes of what was learnt that one document holds.
const A_PIECE: usize = 6 << 20;

/// The index beside another one that holds what its chain has learnt.
pub(super) fn lexicon(index: &str) -> String {
    format!("{index}-lexicon")
}

/// Stores what a chain has learnt beside its index.
pub(super) fn store(
    client: &Client,
    index: &str,
    spread: mapping::Spread,
    learnt: &[u8],
) -> Result<()> {
    let name = lexicon(index);
    let settings = json!({"number_of_shards": 1, "number_of_replicas": spread.replicas});
    let mapping = json!({"enabled": false});
    client.ask(
        "PUT",
        &name,
        &json!({"settings": settings, "mappings": mapping}),
    )?;
    for (number, piece) in learnt.chunks(A_PIECE).enumerate() {
        let piece = json!({"bytes": BASE64_STANDARD.encode(piece)});
        client.ask("PUT", &format!("{name}/_doc/{number}"), &piece)?;
    }
    Ok(())
}

/// What the chain of an index has learnt.
pub(super) fn learnt(client: &Client, index: &str) -> Result<Vec<u8>> {
    let name = lexicon(index);
    let mut learnt = Vec::new();
    for number in 0_u32.. {
        let Some(piece) = client.ask_for(&format!("{name}/_doc/{number}"))? else {
            break;
        };
        let piece = piece["_source"]["bytes"].as_str().unwrap_or_default();
        learnt.extend(BASE64_STANDARD.decode(piece).unwrap_or_default());
    }
    Ok(learnt)
}
