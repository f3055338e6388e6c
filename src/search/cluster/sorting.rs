//! Which documents come in which order, tier by tier.
//!
//! Tiers are searched one after the other, as far as hits are asked for: how
//! many there are in each is known, and a score needs no room for its tier.

use std::ops::Range;

use serde_json::{Value, json};

use crate::error::Result;
use crate::search::plan::Group;
use crate::search::{Options, Sort};

use super::lower::{Lowered, all};
use super::{Cluster, names};

/// Documents that stand before all of the next tier.
pub(super) struct Tier {
    pub(super) filter: Value,
    pub(super) direct: bool,
    pub(super) whole: bool,
}

/// A document in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) score: f32,
    pub(super) direct: bool,
    pub(super) whole: bool,
}

/// The tiers of a query, the first one first.
pub(super) fn tiers(lowered: &Lowered<'_>, root: &Group, options: &Options) -> Vec<Tier> {
    let holding = lowered.group(root, Lowered::holding);
    let found = lowered.group(root, Lowered::near);
    let loose = Tier {
        filter: json!({"bool": {"filter": [found], "must_not": [holding]}}),
        direct: false,
        whole: false,
    };
    let direct = |filter, whole| Tier {
        filter,
        direct: true,
        whole,
    };
    let mut tiers = match lowered.whole(root) {
        None => vec![direct(holding, true)],
        Some(whole) => vec![
            direct(all([holding.clone(), whole.clone()].into_iter()), true),
            direct(
                json!({"bool": {"filter": [holding], "must_not": [whole]}}),
                false,
            ),
        ],
    };
    if options.sort == Sort::Relevance && options.reverse {
        tiers.reverse();
    }
    tiers.push(loose);
    tiers
}

/// The most documents that are asked for at a time.
const AT_ONCE: usize = 1_000;

/// What is asked of every tier.
pub(super) struct Asked<'a> {
    pub(super) cluster: &'a Cluster,
    /// Clauses that add up to the score.
    pub(super) scores: Vec<Value>,
    /// What documents must meet beside.
    pub(super) narrow: Vec<Value>,
    pub(super) options: &'a Options,
}

impl Asked<'_> {
    /// The documents in these places among all of the tiers.
    pub(super) fn best(&self, tiers: &[(&Tier, u64)], places: Range<usize>) -> Result<Vec<Ranked>> {
        let by_relevance = self.options.sort == Sort::Relevance;
        let mut ranked = Vec::new();
        let mut passed = 0_usize;
        let mut rest = tiers;
        while let Some(((first, count), others)) = rest.split_first() {
            // Sorted by something else, what holds all that is wanted is not
            // before what holds some of it.
            let alike = others
                .iter()
                .take_while(|(t, _)| !by_relevance && t.direct == first.direct);
            let alike = alike.count();
            let group = &rest[..=alike];
            let count = count + others[..alike].iter().map(|(_, count)| count).sum::<u64>();
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let from = places.start.saturating_sub(passed).min(count);
            let to = places.end.saturating_sub(passed).min(count);
            if from < to {
                self.of_tier(group, from..to, &mut ranked)?;
            }
            passed = passed.saturating_add(count);
            rest = &others[alike..];
        }
        Ok(ranked)
    }

    /// The documents in these places of a tier, or of several that are sorted
    /// as one.
    fn of_tier(
        &self,
        tiers: &[(&Tier, u64)],
        places: Range<usize>,
        ranked: &mut Vec<Ranked>,
    ) -> Result<()> {
        let named = tiers.iter().enumerate().map(
            |(at, (tier, _))| json!({"bool": {"filter": [tier.filter], "_name": at.to_string()}}),
        );
        let mut filter = vec![json!({"bool": {
            "should": named.collect::<Vec<_>>(), "minimum_should_match": 1,
        }})];
        filter.extend(self.narrow.iter().cloned());
        let mut body = json!({
            "query": {"bool": {"should": self.scores, "filter": filter}},
            "sort": self.sort(),
            "track_scores": true,
            "track_total_hits": false,
            "_source": false,
            "docvalue_fields": [names::KEY],
        });
        let mut at = 0;
        while at < places.end {
            body["size"] = json!(AT_ONCE.min(places.end - at));
            let answer = self.cluster.ask(&body)?;
            let hits = answer["hits"]["hits"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let Some(last) = hits.last() else {
                break;
            };
            body["search_after"] = last["sort"].clone();
            for hit in &hits {
                if places.contains(&at) {
                    ranked.push(self.ranked(hit, tiers));
                }
                at += 1;
            }
        }
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "scores are of this size")]
    fn ranked(&self, hit: &Value, tiers: &[(&Tier, u64)]) -> Ranked {
        let name = hit["matched_queries"][0].as_str().unwrap_or_default();
        let at: usize = name.parse().unwrap_or_default();
        let tier = tiers.get(at).unwrap_or(&tiers[0]).0;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ranked {
            id: text(&hit["_id"]),
            key: text(&hit["fields"][names::KEY][0]),
            score: hit["_score"].as_f64().unwrap_or_default() as f32,
            direct: tier.direct,
            whole: tier.whole,
        }
    }

    /// What is sorted by; what lacks the value comes last whichever way.
    fn sort(&self) -> Value {
        let way = |falling: bool| match falling != self.options.reverse {
            true => "desc",
            false => "asc",
        };
        let by = |field: &str, falling| json!({field: {"order": way(falling), "missing": "_last"}});
        let first = match self.options.sort {
            Sort::Relevance => json!({"_score": {"order": way(true)}}),
            Sort::Start => by("start", true),
            Sort::End => by("end", true),
            Sort::Granted => by("granted", true),
            Sort::Spent => by("spent", true),
            Sort::Number(key) => by(key, true),
            Sort::Name => by(names::ORDER, false),
            Sort::Code => by(names::KEY, false),
        };
        json!([first, {names::KEY: "asc"}])
    }
}
