//! The first question: how many documents have what.
//!
//! All counts of an answer come from one request, so that they agree: the
//! documents that have each word, those of each tier, and the values of facets.
//! What is looked for near a word depends on how many have it, which is asked
//! before.

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::index::fields::{self, FIELDS, Kind};
use crate::search::Options;
use crate::search::condition;
use crate::search::facet::{Counter, Facet, Tally, bucket};
use crate::search::outcome::REPORT;
use crate::search::plan::Planned;

use super::Cluster;
use super::lower::{Lowered, any, condition_filter, with_text};
use super::share::holding;
use super::sorting::Tier;

/// Values of a facet at the most; an engine gives no more at a time.
const MOST_VALUES: usize = 50_000;

/// Names of one value that are counted: that of most projects is shown.
const MOST_NAMES: usize = 20;

/// What was counted.
pub(super) struct Counted {
    /// By tier.
    pub(super) tiers: Vec<u64>,
    pub(super) facets: Vec<Facet>,
}

/// Counts, by what documents must meet beside the query.
pub(super) struct Counting<'a> {
    cluster: &'a Cluster,
    options: &'a Options,
    /// By row, what any of its filters lets pass.
    filters: Vec<(usize, Value)>,
    reported: Option<Value>,
    /// What to tell of the filters.
    pub(super) remarks: Vec<String>,
}

impl<'a> Counting<'a> {
    pub(super) fn new(
        cluster: &'a Cluster,
        analyzer: &Analyzer,
        options: &'a Options,
    ) -> Result<Self> {
        let (mut filters, mut remarks) = (Vec::new(), Vec::new());
        for filter in &options.filters {
            let mut any_of = Vec::new();
            for test in &filter.tests {
                let (found, remark) = condition::condition(filter.row, test, cluster, analyzer)?;
                any_of.push(condition_filter(&found));
                remarks.extend(remark);
            }
            filters.push((filter.row, any(any_of.into_iter())));
        }
        Ok(Self {
            cluster,
            options,
            filters,
            reported: options.reported.map(reported),
            remarks,
        })
    }

    /// What documents must meet, leaving aside the filters of one row.
    pub(super) fn narrow(&self, but: Option<usize>) -> Vec<Value> {
        let filters = self.filters.iter().filter(|(row, _)| Some(*row) != but);
        let filters = filters.map(|(_, filter)| filter.clone());
        self.reported.iter().cloned().chain(filters).collect()
    }

    /// Counts the tiers and the facets, and the documents of each share.
    pub(super) fn count(&self, lowered: &mut Lowered<'_>, tiers: &[Tier]) -> Result<Counted> {
        let mut asked = Map::new();
        for (want, shares) in lowered.shares.iter().enumerate() {
            for (number, share) in shares.iter().enumerate() {
                let name = format!("share {want} {number}");
                asked.insert(name, json!({"filter": share.filter}));
            }
        }
        for (number, tier) in tiers.iter().enumerate() {
            let filter = all_of(self.narrow(None), &tier.filter);
            asked.insert(format!("tier {number}"), json!({"filter": filter}));
        }
        let found = any(tiers.iter().map(|tier| tier.filter.clone()));
        for row in &self.options.facets {
            let mut facet = json!({"filter": all_of(self.narrow(Some(*row)), &found)});
            facet["aggs"] = self.values(*row);
            asked.insert(format!("facet {row}"), facet);
        }
        let counted = &counts(self.cluster, asked)?;
        for (want, shares) in lowered.shares.iter_mut().enumerate() {
            for (number, share) in shares.iter_mut().enumerate() {
                share.found = count(&counted[format!("share {want} {number}")]);
            }
            let own = shares.first().map(|own| own.found);
            let beside = shares.iter_mut().filter(|share| share.beside.is_some());
            beside.for_each(|share| share.beside = own);
        }
        let numbers = 0..tiers.len();
        Ok(Counted {
            tiers: numbers
                .map(|number| count(&counted[format!("tier {number}")]))
                .collect(),
            facets: self.facets(counted),
        })
    }

    /// How the values of a field are counted.
    fn values(&self, row: usize) -> Value {
        let field = &FIELDS[row];
        let mut values = match field.kind {
            Kind::Text => return json!({}),
            Kind::Keyword => json!({"terms": {"field": field.key, "size": MOST_VALUES}}),
            Kind::Date => json!({
                "histogram": {"field": field.key, "interval": 10_000, "min_doc_count": 1},
            }),
            Kind::Money | Kind::Count if field.bands.is_empty() => {
                json!({"terms": {"field": field.key, "size": MOST_VALUES}})
            }
            Kind::Money | Kind::Count => {
                let ends = field.bands.iter().skip(1).map(Some).chain([None]);
                let bands = field.bands.iter().zip(ends).map(|(from, to)| match to {
                    Some(to) => json!({"from": from, "to": to}),
                    None => json!({"from": from}),
                });
                json!({"range": {"field": field.key, "ranges": bands.collect::<Vec<_>>()}})
            }
        };
        let mut inner = Map::new();
        if let Some(names) = field.labels {
            let order = json!([{"_count": "desc"}, {"_key": "asc"}]);
            let most = json!({"field": names, "size": MOST_NAMES, "order": order});
            inner.insert("names".to_owned(), json!({"terms": most}));
        }
        if self.options.sums {
            inner.insert("granted".to_owned(), json!({"sum": {"field": "granted"}}));
        }
        if !inner.is_empty() {
            values["aggs"] = Value::Object(inner);
        }
        json!({"values": values, "unknown": {"missing": {"field": field.key}}})
    }

    fn facets(&self, counted: &Value) -> Vec<Facet> {
        let rows = self.options.facets.iter();
        let facet = |row: &usize| {
            let counted = &counted[format!("facet {row}")];
            let mut counter = Counter::new(*row, self.options.sums);
            if FIELDS[*row].kind != Kind::Text {
                counter.unknown = count(&counted["unknown"]);
            }
            self.cluster.check(&counted["values"], FIELDS[*row].key);
            let buckets = counted["values"]["buckets"].as_array();
            for bucket in buckets.into_iter().flatten() {
                add(*row, bucket, &mut counter);
            }
            counter.facet()
        };
        rows.map(facet).collect()
    }
}

/// Leaves of what is near the words of a plan what is looked for by how many
/// documents hold them. If nothing depends on that, nothing is asked.
pub(super) fn settle(cluster: &Cluster, planned: &mut Planned) -> Result<()> {
    let mut asked = Map::new();
    for (want, scoped) in planned.wants.iter().enumerate() {
        if scoped.loose().iter().any(|loose| loose.lookup.stem) {
            asked.insert(want.to_string(), json!({"filter": holding(scoped)}));
        }
    }
    if asked.is_empty() {
        return Ok(());
    }
    let counted = counts(cluster, asked)?;
    for (want, scoped) in planned.wants.iter_mut().enumerate() {
        scoped.settle(count(&counted[want.to_string()]));
    }
    Ok(())
}

/// Asks for nothing but what is to be counted.
fn counts(cluster: &Cluster, asked: Map<String, Value>) -> Result<Value> {
    let body = json!({"size": 0, "track_total_hits": false, "aggs": asked});
    Ok(cluster.ask(&body)?["aggregations"].take())
}

/// Adds a value that was counted.
fn add(row: usize, counted: &Value, counter: &mut Counter) {
    let tally = Tally {
        count: count(counted),
        granted: whole(&counted["granted"]["value"]),
    };
    if tally.count == 0 {
        return;
    }
    if FIELDS[row].kind != Kind::Keyword {
        let begin = counted.get("from").unwrap_or(&counted["key"]);
        let number = bucket(row, whole(begin));
        counter.numbers.insert(number, tally);
        return;
    }
    let value = counted["key"].as_str().unwrap_or_default();
    counter.keywords.insert(value.to_owned(), tally);
    let names = counted["names"]["buckets"].as_array();
    for name in names.into_iter().flatten() {
        let named = name["key"].as_str().unwrap_or_default();
        let pair = (value.to_owned(), named.to_owned());
        counter.names.insert(pair, count(name));
    }
}

fn all_of(mut filters: Vec<Value>, last: &Value) -> Value {
    filters.push(last.clone());
    json!({"bool": {"filter": filters}})
}

/// The documents that have a final report, or that have none.
fn reported(wanted: bool) -> Value {
    let has = any(fields::rows(REPORT).into_iter().map(with_text));
    match wanted {
        true => has,
        false => json!({"bool": {"must_not": [has]}}),
    }
}

fn count(counted: &Value) -> u64 {
    counted["doc_count"].as_u64().unwrap_or_default()
}

/// A number that the engine gives with a point.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of euros, lengths and counts"
)]
pub(crate) fn whole(number: &Value) -> u64 {
    number
        .as_u64()
        .unwrap_or_else(|| number.as_f64().unwrap_or_default() as u64)
}
