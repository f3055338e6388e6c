//! Opens the projects on a cluster for searching, with the analyzer that made
//! them.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::index;
use crate::search::cluster::Cluster;

use super::client::{Client, Pinned};
use super::facts::{self, Named};

/// What a search on a cluster is done with.
pub struct Opened {
    /// The projects there.
    pub cluster: Cluster,
    /// Analyses words as they were made with.
    pub analyzer: Analyzer,
}

/// Projects that are on a cluster.
pub struct There {
    client: Arc<Client>,
    named: Named,
    /// The projects.
    pub cluster: Cluster,
}

impl There {
    /// Looks what projects are behind the client's alias.
    ///
    /// # Errors
    /// When there are none, or none that this program can search.
    pub fn look(client: &Arc<Client>) -> Result<Self> {
        let named = there(client)?;
        let facts = named.meta.facts();
        Ok(Self {
            client: Arc::clone(client),
            named,
            cluster: Cluster::new(Arc::clone(client) as Arc<_>, facts),
        })
    }

    /// The same projects, asked in the index that they are in now: until that
    /// goes, an answer is of one piece.
    #[must_use]
    pub fn pinned(self) -> Self {
        let engine = Pinned {
            client: Arc::clone(&self.client),
            index: self.named.name.clone(),
        };
        let facts = self.named.meta.facts();
        Self {
            cluster: Cluster::new(Arc::new(engine), facts),
            ..self
        }
    }

    /// The index that they are in.
    #[must_use]
    pub fn index(&self) -> &str {
        &self.named.name
    }

    /// When the last run began that changed them, RFC 3339.
    #[must_use]
    pub fn pushed(&self) -> &str {
        &self.named.meta.pushed
    }

    /// The analyzer that they were made with; `named` is a dictionary's file to
    /// use instead of the one that they were made with.
    ///
    /// # Errors
    /// When it can't be had.
    pub fn analyzer(&self, named: Option<&Path>) -> Result<Analyzer> {
        analyzer(&self.client, &self.named, named)
    }

    /// Names what can be found there now: another content has another mark. What
    /// comes into force while it is asked may have either.
    ///
    /// # Errors
    /// When the cluster can't be asked.
    pub fn mark(&self) -> Result<String> {
        let (index, meta) = (&self.named.name, self.named.meta.value());
        let path = format!("{index}/_stats/refresh?level=shards");
        let stats = self.client.ask("GET", &path, &Value::Null)?;
        let stats = &stats["indices"][index.as_str()];
        let mut copies: Vec<String> = Vec::new();
        for (shard, of_shard) in stats["shards"].as_object().into_iter().flatten() {
            for copy in of_shard.as_array().into_iter().flatten() {
                // What was written is found from the next refresh on.
                let (node, refreshed) = (&copy["routing"]["node"], &copy["refresh"]);
                let written = &copy["seq_no"]["max_seq_no"];
                let counts = (&refreshed["total"], &refreshed["external_total"]);
                copies.push(format!("{shard} {node} {written} {counts:?}"));
            }
        }
        copies.sort_unstable();
        let all = format!("{index} {} {meta} {copies:?}", stats["uuid"]);
        Ok(blake3::hash(all.as_bytes()).to_hex()[..32].to_owned())
    }
}

/// Opens the projects behind the client's alias; `named` is a dictionary's file
/// to use instead of the one that they were made with.
///
/// # Errors
/// When there are none, or none that this program can search.
pub fn open(client: Client, named: Option<&Path>) -> Result<Opened> {
    let there = There::look(&Arc::new(client))?;
    let analyzer = there.analyzer(named)?;
    Ok(Opened {
        cluster: there.cluster,
        analyzer,
    })
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
