//! Opens the projects on a cluster for searching, with the analyzer that made
//! them.

use std::path::Path;
use std::rc::Rc;

use serde_json::json;

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::index::{self, Stored};
use crate::search::cluster::{Cluster, names};

use super::client::Client;
use super::facts::{self, Named};

/// What a search on a cluster is done with.
pub struct Opened {
    /// The projects there.
    pub cluster: Cluster,
    /// Analyses words as they were made with.
    pub analyzer: Analyzer,
}

/// Opens the projects behind the client's alias; `named` is a dictionary's file
/// to use instead of the one that they were made with.
///
/// # Errors
/// When there are none, or none that this program can search.
pub fn open(client: Client, named: Option<&Path>) -> Result<Opened> {
    let found = there(&client)?;
    let analyzer = analyzer(&client, &found, named)?;
    let facts = found.meta.facts();
    Ok(Opened {
        cluster: Cluster::new(Rc::new(client), facts),
        analyzer,
    })
}

/// What is stored of the project with this key, if it is on the cluster.
///
/// # Errors
/// When the cluster can't be asked.
pub fn project(client: &Client, key: &str) -> Result<Option<Stored>> {
    there(client)?;
    let body = json!({
        "size": 1,
        "query": {"term": {names::KEY: key}},
        "_source": [names::PATH, names::TEXT],
    });
    let path = format!("{}/_search", client.place.alias);
    let answer = client.ask("POST", &path, &body)?;
    if answer["_shards"]["failed"] != 0 {
        return Err(Error::Cluster {
            what: format!("not all shards answered, {key} may be in one that did not"),
        });
    }
    let hit = answer["hits"]["hits"].get(0);
    Ok(hit.map(|hit| crate::search::cluster::stored(&hit["_source"])))
}

fn there(client: &Client) -> Result<Named> {
    let place = &client.place;
    facts::behind(client, &place.alias)?.ok_or_else(|| Error::ClusterIndex {
        what: format!("no projects called {place}\n  push some first: esr-search push --to URL --alias {} FOLDER", place.alias),
    })
}

/// The analyzer that an index was made with.
pub(super) fn analyzer(client: &Client, found: &Named, named: Option<&Path>) -> Result<Analyzer> {
    let recipe = &found.meta.analyzer;
    let learnt = match recipe.dictionary {
        Some(_) => None,
        None => Some(facts::learnt(client, &found.name)?),
    };
    let place = &client.place;
    index::same_analyzer(recipe, learnt, named).map_err(|error| match error {
        Error::NoDictionary { wanted, why, .. } => Error::ClusterIndex {
            what: format!(
                "{place} was made with a dictionary that can't be used here: {why}\n  \
                 made with {wanted}\n  install it, or name its folder with --dictionary"
            ),
        },
        Error::OtherAnalyzer { wanted, have, .. } => Error::ClusterIndex {
            what: format!(
                "the words of {place} were analysed otherwise than here\n  made with {wanted}\n  \
                 here is   {have}\n  use that dictionary, or push anew with --rebuild"
            ),
        },
        other => other,
    })
}
