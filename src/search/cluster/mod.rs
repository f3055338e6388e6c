//! Searches on a cluster: the same plan, the same ranking, the same passages,
//! with another engine below.
//!
//! An answer takes three questions, and one before where that says what is
//! looked for near a word. The first counts: how many documents have
//! each word, which says what it weighs, how many there are in each tier, and
//! the facets. The second has the best of a tier sorted. The third fetches the
//! texts of those that are shown, and says which sections hold what was asked.
//! How a plan is put into the engine's language is `lower`'s to say.

mod counting;
mod engine;
mod explaining;
mod fetch;
mod linked;
mod lower;
mod measure;
pub mod names;
mod near;
mod rows;
mod share;
mod sorting;
mod words;

use serde_json::json;

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::form::project::Project;
use crate::index::Stored;
use crate::query::Query;

use super::finder::Finder;
use super::links::links_in;
use super::similar::similar_in;
use super::{Hits, Link, MAX_LIMIT, Options, Similar, Suggestion, plan, spell, suggest};

use counting::Counting;
pub(crate) use counting::whole;
use explaining::Explainer;
use fetch::Fetcher;
use lower::Lowered;
use sorting::Tier;

pub use engine::{Cluster, Engine, lacking};
use fetch::stored;
pub use lower::LARGEST;
pub use rows::PLACE;
pub use share::Facts;

/// Finds the projects on a cluster that answer a query best.
///
/// # Errors
/// When the cluster can't be asked.
pub fn search(
    cluster: &Cluster,
    analyzer: &Analyzer,
    query: &Query,
    options: &Options,
) -> Result<Hits> {
    let mut answer = Hits::default();
    let mut planned = plan::plan(
        query,
        &options.rows(),
        (cluster, analyzer),
        &options.synonyms,
    )?;
    let mut counting = Counting::new(cluster, analyzer, options)?;
    planned.remarks.append(&mut counting.remarks);
    counting::settle(cluster, &mut planned)?;
    let mut lowered = Lowered::new(&planned);
    let root = &planned.root;
    let tiers = sorting::tiers(&lowered, root, options);
    let counted = counting.count(&mut lowered, &tiers)?;
    for (tier, count) in tiers.iter().zip(&counted.tiers) {
        match tier.direct {
            true => answer.total += count,
            false => answer.loose += count,
        }
    }
    let window = options.offset..options.offset.saturating_add(options.limit.min(MAX_LIMIT));
    let asked = sorting::Asked {
        cluster,
        scores: lowered.scores(&cluster.facts),
        narrow: counting.narrow(None),
        options,
    };
    let counts: Vec<(&Tier, u64)> = tiers.iter().zip(counted.tiers).collect();
    let ranked = asked.best(&counts, window.clone())?;
    let mut fetcher = Fetcher {
        cluster,
        lowered: &lowered,
        finder: Finder::new(analyzer, planned.wants.iter()),
        explainer: options
            .explain
            .then(|| Explainer::new(&lowered, analyzer, &cluster.facts)),
        most: options.passages,
    };
    answer.hits = fetcher.hits(&ranked, window.start)?;
    answer.facets = counted.facets;
    if options.doubts {
        let projects = |scoped: &plan::Scoped| cluster.count(&share::holding(scoped));
        let wanted = planned.wants.iter().zip(lowered.found());
        let wanted: Vec<_> = wanted.collect();
        answer.doubts = spell::doubts((cluster, analyzer), &projects, &wanted)?;
    }
    answer.partial = cluster.partial();
    answer.synonyms = planned.synonyms;
    answer.remarks = planned.remarks;
    Ok(answer)
}

/// What is stored of the project with this key, if it is on the cluster.
///
/// # Errors
/// When the cluster can't be asked, or not all of it answered.
pub fn project(cluster: &Cluster, key: &str) -> Result<Option<Stored>> {
    let answer = cluster.ask(&json!({
        "size": 1,
        "query": {"term": {names::KEY: key}},
        "_source": [names::PATH, names::TEXT],
    }))?;
    match answer["hits"]["hits"].get(0) {
        Some(hit) => Ok(Some(stored(&hit["_source"]))),
        None if cluster.partial().is_empty() => Ok(None),
        None => Err(Error::ClusterPart {
            key: key.to_owned(),
        }),
    }
}

/// The links of a project, which has this key if it is on the cluster, as
/// [`links`](fn@super::links) has them.
///
/// # Errors
/// When the cluster can't be asked.
pub fn links(cluster: &Cluster, key: Option<&str>, project: &Project<'_>) -> Result<Vec<Link>> {
    links_in(cluster, key, project)
}

/// The projects that are nearest to a given one, as
/// [`similar`](fn@super::similar) has them.
///
/// # Errors
/// When the cluster can't be asked.
pub fn similar(
    opened: (&Cluster, &Analyzer),
    given: (&Project<'_>, Option<&str>),
    limit: usize,
) -> Result<Similar> {
    let found = similar_in(opened, given, limit)?;
    Ok(Similar {
        partial: opened.0.partial(),
        ..found
    })
}

/// The keys of all projects on a cluster.
///
/// # Errors
/// When the cluster can't be asked.
pub fn keys(cluster: &Cluster) -> Result<Vec<String>> {
    cluster.values(names::KEY)
}

/// What a beginning may become among the projects on a cluster, as
/// [`suggest`](fn@super::suggest) has it.
///
/// # Errors
/// When the cluster can't be asked.
pub fn suggestions(cluster: &Cluster, begin: &str, limit: usize) -> Result<Vec<Suggestion>> {
    suggest::suggest_of(cluster, begin, limit)
}
