//! Similar projects on a cluster: what `similar` asks for, in the query language
//! of OpenSearch.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::error::Result;
use crate::index::fields::FIELDS;
use crate::search::lookup::Want;
use crate::search::near::{Nearness, Neighbour};
use crate::search::plan::Scoped;

use super::Cluster;
use super::fetch::stored;
use super::lower::any;
use super::names::{self, SECTION};
use super::share::{Share, held_in, shares};

/// Words by section that are counted in one question.
const MOST_COUNTED: usize = 30_000;

/// Texts that are fetched at a time.
const AT_ONCE: usize = 200;

/// A project in its place.
struct Ranked {
    id: String,
    key: String,
    score: f32,
}

impl Nearness for Cluster {
    fn documents(&self) -> u64 {
        self.facts.documents
    }

    fn mean(&self, row: usize) -> f32 {
        self.facts.mean(row)
    }

    fn frequencies<'t>(
        &self,
        rows: &[usize],
        terms: HashSet<&'t str>,
    ) -> Result<HashMap<&'t str, u64>> {
        let terms: Vec<&str> = terms.into_iter().collect();
        let mut most: HashMap<&str, u64> = terms.iter().map(|term| (*term, 0)).collect();
        for terms in terms.chunks(MOST_COUNTED / rows.len().max(1)) {
            let of = |term: &&str| {
                let rows = rows.iter();
                let value = |row: &usize| format!("{term}{SECTION}{}", FIELDS[*row].key);
                rows.map(value).collect::<Vec<_>>()
            };
            let values: Vec<String> = terms.iter().flat_map(of).collect();
            let counted = json!({
                "field": names::BASES, "size": values.len(), "include": values,
            });
            let answer = self.ask(&json!({
                "size": 0, "track_total_hits": false, "aggs": {"all": {"terms": counted}},
            }))?;
            let buckets = answer["aggregations"]["all"]["buckets"].as_array();
            for bucket in buckets.into_iter().flatten() {
                let value = bucket["key"].as_str().unwrap_or_default();
                let term = value.split(SECTION).next().unwrap_or_default();
                let count = bucket["doc_count"].as_u64().unwrap_or_default();
                if let Some(most) = most.get_mut(term) {
                    *most = count.max(*most);
                }
            }
        }
        Ok(most)
    }

    fn nearest(
        &self,
        asked: &[(f32, Scoped)],
        but: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Neighbour>> {
        let mut ranked = self.ranked(asked, limit.saturating_add(1))?;
        ranked.retain(|ranked| Some(ranked.key.as_str()) != but);
        ranked.truncate(limit);
        let mut nearest = Vec::with_capacity(ranked.len());
        for ranked in ranked.chunks(AT_ONCE) {
            let mut texts = self.texts(asked, ranked)?;
            let found = ranked.iter().filter_map(|ranked| {
                // Gone since it was ranked.
                let (rows, stored) = texts.remove(&ranked.id)?;
                Some(Neighbour {
                    key: ranked.key.clone(),
                    score: ranked.score,
                    rows,
                    stored,
                })
            });
            nearest.extend(found);
        }
        Ok(nearest)
    }
}

/// By word asked for, the rows that have it; and what is stored.
type Fetched = (Vec<Vec<usize>>, crate::index::Stored);

impl Cluster {
    /// The best documents for words asked for all at once.
    #[expect(clippy::cast_possible_truncation, reason = "scores are of this size")]
    fn ranked(&self, asked: &[(f32, Scoped)], most: usize) -> Result<Vec<Ranked>> {
        let mut words: Vec<Share> = Vec::new();
        for (often, scoped) in asked {
            let direct = shares(scoped).into_iter().filter(|share| share.direct);
            words.extend(direct.map(|share| share.worth(*often)));
        }
        let filters: Vec<Value> = words.iter().map(|share| share.filter.clone()).collect();
        for (share, count) in words.iter_mut().zip(self.counts(&filters)?) {
            share.found = count;
        }
        let scores = words.iter().filter_map(|share| share.score(&self.facts));
        let scores: Vec<Value> = scores.collect();
        let mut ranked = Vec::new();
        if scores.is_empty() {
            return Ok(ranked);
        }
        let query = json!({"bool": {"should": scores, "minimum_should_match": 1}});
        let shown = json!({
            "docvalue_fields": [names::KEY], "_source": false, "track_scores": true,
            "sort": [{"_score": "desc"}, {names::KEY: "asc"}],
        });
        self.each_hit((&query, &shown), most, |hit| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            ranked.push(Ranked {
                id: text(&hit["_id"]),
                key: text(&hit["fields"][names::KEY][0]),
                score: hit["_score"].as_f64().unwrap_or_default() as f32,
            });
        })?;
        Ok(ranked)
    }

    /// What is stored of documents, by their names there, with the rows that have
    /// each word.
    fn texts(
        &self,
        asked: &[(f32, Scoped)],
        ranked: &[Ranked],
    ) -> Result<HashMap<String, Fetched>> {
        let ids: Vec<&str> = ranked.iter().map(|ranked| ranked.id.as_str()).collect();
        let mut shown = Vec::new();
        for (word, (_, scoped)) in asked.iter().enumerate() {
            let Want::Word(sought) = &scoped.want else {
                continue;
            };
            for row in &scoped.rows {
                let held = any(held_in(*row, sought, true).into_iter());
                let name = format!("{word} {row}");
                shown.push(json!({"bool": {"filter": [held], "_name": name}}));
            }
        }
        let answer = self.ask(&json!({
            "size": ids.len(),
            "track_total_hits": false,
            "query": {"bool": {"filter": [{"ids": {"values": ids}}], "should": shown}},
            "_source": [names::PATH, names::TEXT],
        }))?;
        let hits = answer["hits"]["hits"].as_array().into_iter().flatten();
        let fetched = hits.map(|hit| {
            let id = hit["_id"].as_str().unwrap_or_default();
            (id.to_owned(), fetched(hit, asked.len()))
        });
        Ok(fetched.collect())
    }
}

fn fetched(hit: &Value, words: usize) -> Fetched {
    let mut rows = vec![Vec::new(); words];
    let held = hit["matched_queries"].as_array().into_iter().flatten();
    for name in held.filter_map(Value::as_str) {
        let place = name.split_once(' ');
        let place = place.and_then(|(word, row)| Some((word.parse().ok()?, row.parse().ok()?)));
        if let Some((word, row)) = place
            && let Some(rows) = rows.get_mut::<usize>(word)
        {
            rows.push(row);
        }
    }
    (rows, stored(&hit["_source"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_what_matched_say_which_word_stands_where() {
        let hit = json!({
            "matched_queries": ["0 3", "2 1", "2 4", "9 1"],
            "_source": {"own": {"path": "a.txt", "text": "Hanke"}},
        });
        let (rows, stored) = fetched(&hit, 3);
        assert_eq!(rows, [vec![3], vec![], vec![1, 4]]);
        assert_eq!(
            (stored.path.as_str(), stored.text.as_str()),
            ("a.txt", "Hanke")
        );
    }
}
