//! What an index on a cluster has: of each document the file it came from and
//! the hash of that file's content, so that what is as it was is not sent again.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::search::cluster::{lacking, names};

use super::client::Client;

/// A document that the index has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) digest: String,
    pub(super) claim: u64,
}

/// Documents that are asked for at a time.
const AT_ONCE: usize = 5_000;

/// The documents of an index by the paths of their files.
pub(super) fn known(client: &Client, index: &str) -> Result<HashMap<String, Known>> {
    client.ask("POST", &format!("{index}/_refresh"), &Value::Null)?;
    let mut known = HashMap::new();
    let mut body = json!({
        "size": AT_ONCE,
        "track_total_hits": false,
        "_source": false,
        "docvalue_fields": [names::KEY, names::PATH, names::DIGEST, names::CLAIM],
        "sort": [{names::KEY: "asc"}],
    });
    loop {
        let answer = client.ask("POST", &format!("{index}/_search"), &body)?;
        if lacking(&answer) > 0 {
            // What a shard has that is not there would be sent twice, or taken
            // for gone.
            return Err(Error::Cluster {
                what: "not all shards of the index answered; nothing was changed".to_owned(),
            });
        }
        let hits = answer["hits"]["hits"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let Some(last) = hits.last() else {
            return Ok(known);
        };
        body["search_after"] = last["sort"].clone();
        for hit in &hits {
            let field = |name: &str| {
                hit["fields"][name][0]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            let document = Known {
                id: hit["_id"].as_str().unwrap_or_default().to_owned(),
                key: field(names::KEY),
                digest: field(names::DIGEST),
                claim: hit["fields"][names::CLAIM][0].as_u64().unwrap_or_default(),
            };
            known.insert(field(names::PATH), document);
        }
    }
}
