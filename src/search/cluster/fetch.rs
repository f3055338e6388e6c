//! Makes hits of ranked documents: their texts are fetched, and with them
//! which sections hold what was asked; the rest is as `cut` does it.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::error::Result;
use crate::index::Stored;
use crate::search::Hit;
use crate::search::finder::Finder;
use crate::search::sketch::{self, Known};

use super::explaining::Explainer;
use super::lower::Lowered;
use super::sorting::Ranked;
use super::{Cluster, names};

/// Texts that are fetched at a time.
const AT_ONCE: usize = 200;

/// Makes hits.
pub(super) struct Fetcher<'a> {
    pub(super) cluster: &'a Cluster,
    pub(super) lowered: &'a Lowered<'a>,
    pub(super) finder: Finder<'a>,
    pub(super) explainer: Option<Explainer<'a>>,
    /// Passages of a hit at the most.
    pub(super) most: usize,
}

/// What was fetched of a document.
struct Fetched {
    stored: Stored,
    /// Names of what it has of what shows where it was found.
    held: Vec<String>,
}

impl Fetcher<'_> {
    /// The hits of ranked documents; `before` stand before them.
    pub(super) fn hits(&mut self, ranked: &[Ranked], before: usize) -> Result<Vec<Hit>> {
        let mut hits = Vec::with_capacity(ranked.len());
        let mut known: Vec<Known> = Vec::new();
        for ranked in ranked.chunks(AT_ONCE) {
            let mut fetched = self.fetch(ranked)?;
            for ranked in ranked {
                // Gone since it was ranked.
                let Some(fetched) = fetched.remove(&ranked.id) else {
                    continue;
                };
                let project = fetched.stored.project();
                if known.len() < sketch::MOST_COMPARED {
                    known.push(Known::of(&project));
                }
                let rows = rows(&fetched.held, ranked.direct);
                self.finder.direct = ranked.direct;
                let passages = match self.most {
                    0 => Vec::new(),
                    most => self.finder.passages(&project, &rows, most),
                };
                let explainer = self.explainer.as_mut();
                let explanation = explainer.map(|e| e.reasons(&fetched.held, &project));
                hits.push(Hit {
                    rank: before + hits.len() + 1,
                    key: ranked.key.clone(),
                    score: ranked.score,
                    direct: ranked.direct,
                    whole: ranked.whole,
                    rows,
                    passages,
                    sisters: Vec::new(),
                    explanation: explanation.transpose()?,
                    stored: fetched.stored,
                });
            }
        }
        sketch::mark(&mut hits, &known);
        Ok(hits)
    }

    fn fetch(&self, ranked: &[Ranked]) -> Result<HashMap<String, Fetched>> {
        let ids: Vec<&str> = ranked.iter().map(|ranked| ranked.id.as_str()).collect();
        let mut shown = Vec::new();
        for direct in [true, false] {
            if ranked.iter().any(|ranked| ranked.direct == direct) {
                let held = self.lowered.shown(direct).into_iter();
                shown.extend(held.map(
                    |(row, held)| json!({"bool": {"filter": [held], "_name": name(row, direct)}}),
                ));
            }
        }
        if let Some(explainer) = &self.explainer {
            shown.extend(explainer.shown());
        }
        let answer = self.cluster.ask(&json!({
            "size": ids.len(),
            "track_total_hits": false,
            "query": {"bool": {"filter": [{"ids": {"values": ids}}], "should": shown}},
            "_source": [names::PATH, names::TEXT],
        }))?;
        let hits = answer["hits"]["hits"].as_array().cloned();
        let hits = hits.unwrap_or_default().into_iter();
        Ok(hits.map(|hit| (text(&hit["_id"]), fetched(&hit))).collect())
    }
}

/// What is stored of a document, by its source.
pub(super) fn stored(source: &Value) -> Stored {
    let own = &source["own"];
    Stored {
        path: text(&own["path"]),
        text: text(&own["text"]),
        ..Stored::default()
    }
}

fn fetched(hit: &Value) -> Fetched {
    let held = hit["matched_queries"].as_array().into_iter().flatten();
    Fetched {
        stored: stored(&hit["_source"]),
        held: held.map(text).collect(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What shows that a row holds something is called so.
fn name(row: usize, direct: bool) -> String {
    format!("{} {row}", if direct { "holds" } else { "near" })
}

/// The rows by what shows them.
fn rows(held: &[String], direct: bool) -> Vec<usize> {
    let prefix = name(0, direct);
    let prefix = prefix.trim_end_matches('0');
    let rows = held.iter().filter_map(|name| name.strip_prefix(prefix));
    let mut rows: Vec<usize> = rows.filter_map(|row| row.parse().ok()).collect();
    rows.sort_unstable();
    rows
}
