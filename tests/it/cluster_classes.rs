//! Queries of every class, as the benches draw them, find the same on real nodes
//! as in the index: the same projects, the same counts, the same order.
//!
//! `ESR_SEARCH_CLUSTER_DOCS` and `ESR_SEARCH_CLUSTER_QUERIES` say how much to try.
//! What came of it is printed, class by class, with `--nocapture`.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use esr_search::cluster::Opened;
use esr_search::index::fields;
use esr_search::query;
use esr_search::search::{self, Hits, Options};

use crate::cluster::{Both, alike, both_once, nodes, number};
use crate::cluster_push::{all_there, alone};
use crate::support::generator::Generator;
use crate::support::queries::{Class, Query, queries};

/// The best so many are compared by their places.
const BEST: usize = 10;

/// What is counted. Each project has a code of its own: its counts are all that
/// is found, without a limit.
const FACETS: [&str; 6] = ["code", "region", "status", "start_year", "axis", "granted"];

/// What came of the queries of a class.
#[derive(Debug, Default)]
struct Tally {
    queries: usize,
    /// With the same projects, and the same counts of facets.
    same: usize,
    counts: usize,
    /// Places of the best that are taken by the same projects.
    shared: usize,
    places: usize,
    /// In the same order but for ties.
    ordered: usize,
    here: Duration,
    there: Duration,
}

fn options() -> Options {
    let rows = FACETS.iter().filter_map(|key| fields::row(key));
    Options {
        limit: 2 * BEST,
        passages: 0,
        facets: rows.collect(),
        ..Options::default()
    }
}

fn best(found: &Hits) -> impl Iterator<Item = &str> {
    found.hits.iter().take(BEST).map(|hit| hit.key.as_str())
}

/// How many of the best are the same, whatever their places; of those that tie
/// with the last one any will do.
fn shared(here: &Hits, there: &Hits) -> usize {
    let last = here.hits.iter().take(BEST).next_back().map(|hit| hit.score);
    let known: HashMap<&str, f32> = here
        .hits
        .iter()
        .map(|h| (h.key.as_str(), h.score))
        .collect();
    let ties = |key: &str| Some(alike(*known.get(key)?, last?));
    let among = |key: &&str| best(here).any(|own| own == *key) || ties(key) == Some(true);
    best(there).filter(among).count()
}

/// Whether each place is taken by the same project, or by one that ties.
fn ordered(here: &Hits, there: &Hits) -> bool {
    here.hits.len() == there.hits.len()
        && here.hits.iter().zip(&there.hits).all(|(mine, other)| {
            (mine.direct, mine.whole) == (other.direct, other.whole)
                && (mine.key == other.key || alike(mine.score, other.score))
        })
}

/// The codes of all that is found.
fn codes(found: &Hits) -> HashSet<&str> {
    let row = fields::row("code");
    let facets = found.facets.iter().filter(|facet| Some(facet.row) == row);
    let values = facets.flat_map(|facet| &facet.values);
    values.map(|value| value.value.as_str()).collect()
}

impl Tally {
    fn add(&mut self, here: &Hits, there: &Hits) {
        let totals = |found: &Hits| (found.total, found.loose);
        let same = totals(here) == totals(there) && codes(here) == codes(there);
        self.same += usize::from(same);
        self.counts += usize::from(here.facets == there.facets);
        self.shared += shared(here, there);
        self.places += best(here).count();
        self.ordered += usize::from(ordered(here, there));
    }
}

fn ask(opened: &Opened, query: &query::Query) -> Hits {
    let found = search::cluster::search(&opened.cluster, &opened.analyzer, query, &options());
    let found = found.unwrap();
    assert_eq!(found.partial, Vec::<String>::new());
    found
}

/// Asks one query everywhere.
fn compare(both: &Both, asked: &Query, tallies: &mut [Tally; 2]) {
    let typed = asked.typed();
    let query = query::parse(&typed);
    let begun = Instant::now();
    let here = search::search(&both.reader, &both.analyzer, &query, &options()).unwrap();
    let took = begun.elapsed();
    for (at, opened) in [&both.one, &both.three].into_iter().enumerate() {
        let begun = Instant::now();
        let there = ask(opened, &query);
        let tally = &mut tallies[at];
        tally.queries += 1;
        tally.here += took;
        tally.there += begun.elapsed();
        let before = (tally.same, tally.counts, tally.ordered);
        tally.add(&here, &there);
        let after = (tally.same, tally.counts, tally.ordered);
        if after != (before.0 + 1, before.1 + 1, before.2 + 1) {
            eprintln!("not the same: {typed}, {at}");
        }
    }
}

fn print(class: Class, tallies: &[Tally; 2]) {
    for (shards, tally) in ["one", "three"].iter().zip(tallies) {
        let each = |time: Duration| time.as_secs_f64() * 1e3 / tally.queries.max(1) as f64;
        let (here, there) = (each(tally.here), each(tally.there));
        eprintln!(
            "{class:?} in {shards}: {} queries, {} same sets, {} same facets, {}/{} of the best, \
             {} in order, {here:.1} ms here, {there:.1} ms there",
            tally.queries, tally.same, tally.counts, tally.shared, tally.places, tally.ordered,
        );
    }
}

#[test]
fn queries_of_every_class_find_the_same_on_a_cluster() {
    let Some(nodes) = nodes() else { return };
    let _alone = alone();
    all_there();
    let both = both_once(&nodes);
    let generator = Generator::new(11);
    let files = number("ESR_SEARCH_CLUSTER_DOCS", 120) as u64;
    let each = number("ESR_SEARCH_CLUSTER_QUERIES", 48) / Class::ALL.len();
    // Of each class there are 125 for a number of files.
    let all: Vec<Query> = (0..=each as u64 / 125)
        .flat_map(|less| queries(&generator, files - less))
        .collect();
    let mut wrong = Vec::new();
    for class in Class::ALL {
        let of_class = all.iter().filter(|query| query.class == class);
        let mut tallies = [Tally::default(), Tally::default()];
        for query in of_class.take(each) {
            compare(&both, query, &mut tallies);
        }
        print(class, &tallies);
        let is_wrong = |tally: &Tally| {
            let least = tally.same.min(tally.counts).min(tally.ordered);
            least < tally.queries || tally.shared * 20 < tally.places * 19
        };
        if tallies.iter().any(is_wrong) {
            wrong.push((class, tallies));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
