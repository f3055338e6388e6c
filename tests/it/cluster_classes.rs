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

use crate::cluster::{Both, alike, both, nodes, number, took_some};
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
    /// With the same projects that hold what was asked, and more near ones: of a
    /// family of words an index takes the first 200 of a section.
    wider: usize,
    /// Places of the best that are taken by the same projects.
    shared: usize,
    places: usize,
    /// With other scores, by a hundredth at the most: more words of a family add
    /// to them.
    apart: usize,
    /// In the same order but for ties.
    ordered: usize,
    /// That stand for more words than are looked for.
    cut: usize,
    here: Duration,
    there: Duration,
}

/// A query as people type it.
fn typed(asked: &Query) -> String {
    let words = asked.words.join(" ");
    match asked.class {
        Class::Two | Class::Four => asked.words.iter().map(|w| format!("+{w} ")).collect(),
        Class::Phrase => format!("\"{words}\""),
        Class::Prefix => format!("{words}*"),
        Class::Region => {
            let region = asked.region.unwrap_or_default();
            format!("{words} maakunta:\"{region}\"")
        }
        Class::Frequent | Class::Rare | Class::Inflected => words,
    }
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

/// Whether the same projects have other scores, though nearly the same.
fn apart(here: &Hits, there: &Hits) -> bool {
    let known = here.hits.iter().map(|h| (h.key.as_str(), h.score));
    let known: HashMap<&str, f32> = known.collect();
    let both = there.hits.iter();
    let both = both.filter_map(|hit| Some((hit.score, *known.get(hit.key.as_str())?)));
    let far = |(one, other): &(f32, f32)| (one - other).abs() / one.max(*other);
    let far: Vec<f32> = both.map(|pair| far(&pair)).collect();
    far.iter().any(|far| *far > 1e-4) && far.iter().all(|far| *far < 1e-2)
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
        let wider = here.total == there.total && codes(here).is_subset(&codes(there));
        self.same += usize::from(same);
        self.wider += usize::from(wider && !same);
        self.counts += usize::from(here.facets == there.facets);
        self.shared += shared(here, there);
        self.places += best(here).count();
        let is_ordered = ordered(here, there);
        self.ordered += usize::from(is_ordered);
        self.apart += usize::from(!is_ordered && apart(here, there));
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
    let typed = typed(asked);
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
        let before = (tally.same, tally.ordered);
        tally.add(&here, &there);
        let is_cut = took_some(&here);
        tally.cut += usize::from(is_cut);
        if !is_cut && (tally.same == before.0 || tally.ordered == before.1) {
            eprintln!("not the same: {typed}, {at}");
        }
    }
}

fn print(class: Class, tallies: &[Tally; 2]) {
    for (shards, tally) in ["one", "three"].iter().zip(tallies) {
        let each = |time: Duration| time.as_secs_f64() * 1e3 / tally.queries.max(1) as f64;
        let (here, there) = (each(tally.here), each(tally.there));
        eprintln!(
            "{class:?} in {shards}: {} queries, {} same sets, {} wider, {} same facets, {}/{} of \
             the best, {} in order, {} with other scores, {} cut, {here:.1} ms here, {there:.1} ms there",
            tally.queries,
            tally.same,
            tally.wider,
            tally.counts,
            tally.shared,
            tally.places,
            tally.ordered,
            tally.apart,
            tally.cut,
        );
    }
}

#[test]
fn queries_of_every_class_find_the_same_on_a_cluster() {
    let Some(nodes) = nodes() else { return };
    let _alone = alone();
    all_there();
    let both = both(&nodes);
    let generator = Generator::new(11);
    let files = number("ESR_SEARCH_CLUSTER_DOCS", 120) as u64;
    let each = number("ESR_SEARCH_CLUSTER_QUERIES", 48) / Class::ALL.len();
    // Of each class there are 125 for a number of files.
    let all: Vec<Query> = (0..=each as u64 / 125)
        .flat_map(|less| queries(&generator, files - less))
        .collect();
    for class in Class::ALL {
        let of_class = all.iter().filter(|query| query.class == class);
        let mut tallies = [Tally::default(), Tally::default()];
        for query in of_class.take(each) {
            compare(&both, query, &mut tallies);
        }
        print(class, &tallies);
        for tally in &tallies {
            let at_least = tally.queries - tally.cut;
            assert!(tally.same + tally.wider >= at_least, "{class:?}: {tally:?}");
            assert!(
                tally.counts + tally.wider >= at_least,
                "{class:?}: {tally:?}"
            );
            assert!(
                tally.shared * 20 >= tally.places * 19,
                "{class:?}: {tally:?}"
            );
        }
        let one = &tallies[0];
        let expected = one.queries - one.cut;
        assert!(one.ordered + one.apart >= expected, "{class:?}: {one:?}");
    }
}
