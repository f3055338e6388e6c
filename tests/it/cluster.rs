//! The same search on a cluster: real OpenSearch nodes answer as the index
//! here does, for queries of every class.
//!
//! `ESR_SEARCH_NODES` has the addresses of three nodes (`tests/cluster/nodes`
//! starts them); without it nothing is tried here, and that is said.
//! `ESR_SEARCH_CLUSTER_DOCS` and `ESR_SEARCH_ORACLE` say how much to try.

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use esr_search::cluster::{self, Client, Opened, Place};
use esr_search::finnish::Analyzer;
use esr_search::index::fields::{FIELDS, Kind};
use esr_search::index::{self, Choice, Reader};
use esr_search::query;
use esr_search::search::{self, Filter, Hit, Hits, Options, Reason, Sort};

use crate::cluster_push::alone;
use crate::house::House;
use crate::oracle_queries::{Chance, Tried, corpora, samples, write};
use crate::support::generator::Generator;

/// The addresses of the nodes, if there are any.
pub(crate) fn nodes() -> Option<Vec<String>> {
    let nodes = std::env::var("ESR_SEARCH_NODES").ok();
    if nodes.is_none() {
        eprintln!("not run: ESR_SEARCH_NODES names no OpenSearch nodes");
    }
    nodes.map(|nodes| nodes.split(',').map(str::to_owned).collect())
}

pub(crate) fn client(nodes: &[String], alias: &str) -> Client {
    let timeout = Duration::from_secs(60);
    Client::new(Place::new(nodes, alias, timeout).unwrap()).unwrap()
}

/// Pushes a folder as the only projects of an alias.
pub(crate) fn push(nodes: &[String], alias: &str, folder: &Path, spread: (u16, u16)) {
    let options = cluster::Options {
        threads: 2,
        now: jiff::Timestamp::now(),
        rebuild: true,
        allow_mass_delete: true,
        dry_run: false,
        follow_links: false,
        shards: Some(spread.0),
        replicas: Some(spread.1),
    };
    let words = (&Choice::Rules, None);
    let pushed = cluster::push(&client(nodes, alias), folder, words, &options, &|_| {});
    pushed.unwrap();
}

/// An index here and the same projects on the cluster: in one shard, and spread
/// over all nodes.
pub(crate) struct Both {
    pub(crate) reader: Reader,
    pub(crate) analyzer: Analyzer,
    pub(crate) one: Opened,
    pub(crate) three: Opened,
}

/// The folder of the index, which stays; the projects are pushed once.
static MADE: LazyLock<Option<House>> =
    LazyLock::new(|| nodes().as_deref().map(|nodes| made(nodes, &TWICE)));

/// The same of descriptions of which none is there twice, so that an index has
/// nothing deleted.
static ONCE: LazyLock<Option<House>> =
    LazyLock::new(|| nodes().as_deref().map(|nodes| made(nodes, &SINGLE)));

pub(crate) fn number(name: &str, otherwise: usize) -> usize {
    let set = std::env::var(name).ok();
    set.and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// Whether every ninth description is there twice, and what the projects are called
/// in one shard and in three.
type Named = (bool, [&'static str; 2]);

const TWICE: Named = (true, ["in-one-shard", "in-three-shards"]);
const SINGLE: Named = (false, ["once-in-one-shard", "once-in-three-shards"]);

fn made(nodes: &[String], (twice, [one, three]): &Named) -> House {
    let house = House::new();
    let mut sources = if *twice { samples() } else { Vec::new() };
    let generator = Generator::new(11);
    for index in 0..number("ESR_SEARCH_CLUSTER_DOCS", 120) as u64 {
        let mut text = String::new();
        generator.write(index, &mut text);
        sources.push((format!("{}.txt", Generator::code(index)), text.into_bytes()));
    }
    match twice {
        true => write(&house, &sources),
        false => sources
            .iter()
            .for_each(|(name, text)| house.write(name, text)),
    }
    let files = house.path("files");
    let mut options = index::Options::new(jiff::Timestamp::UNIX_EPOCH);
    // One part, as the cluster's vocabulary is one.
    options.threads = 1;
    index::build(
        &files,
        &house.path("index"),
        &Choice::Rules,
        &options,
        &|_| {},
    )
    .unwrap();
    push(nodes, one, &files, (1, 0));
    push(nodes, three, &files, (3, 1));
    house
}

pub(crate) fn both(nodes: &[String]) -> Both {
    opened(nodes, (&MADE, &TWICE))
}

/// The same without descriptions that are there twice.
pub(crate) fn both_once(nodes: &[String]) -> Both {
    opened(nodes, (&ONCE, &SINGLE))
}

fn opened(nodes: &[String], (made, named): (&LazyLock<Option<House>>, &Named)) -> Both {
    let house = made.as_ref().unwrap();
    let reader = Reader::open(&house.path("index")).unwrap();
    let open = |alias: &str| cluster::open(client(nodes, alias), None).unwrap();
    Both {
        analyzer: reader.analyzer(None).unwrap(),
        reader,
        one: open(named.1[0]),
        three: open(named.1[1]),
    }
}

/// Whether two scores are one to four digits.
pub(crate) fn alike(one: f32, other: f32) -> bool {
    (one - other).abs() <= 1e-4 * one.abs().max(other.abs())
}

/// Whether a star stood for more words than are looked for: then both may have
/// taken other ones (ARCHITECTURE.md, what differs).
pub(crate) fn took_some(found: &Hits) -> bool {
    let mut remarks = found.remarks.iter();
    remarks.any(|told| told.contains("the 200 most frequent were taken"))
}

/// The same documents in the same tiers, in an order that only parts ties.
fn assert_same(here: &Hits, there: &Hits, what: &str) {
    assert_eq!(
        (here.total, here.loose),
        (there.total, there.loose),
        "{what}"
    );
    assert_eq!(there.partial, Vec::<String>::new(), "{what}");
    assert_eq!(here.facets, there.facets, "{what}");
    assert_eq!(here.hits.len(), there.hits.len(), "{what}");
    let known: HashMap<&str, &Hit> = here.hits.iter().map(|h| (h.key.as_str(), h)).collect();
    for (place, (expected, hit)) in here.hits.iter().zip(&there.hits).enumerate() {
        let Some(same) = known.get(hit.key.as_str()) else {
            // What ties with the last one here may stand in its place.
            assert!(
                alike(expected.score, hit.score),
                "{what}: {} at {place}",
                hit.key
            );
            continue;
        };
        let tier = |hit: &Hit| (hit.direct, hit.whole);
        assert_eq!(tier(expected), tier(hit), "{what}: {} at {place}", hit.key);
        assert_eq!(same.rows, hit.rows, "{what}: {}", hit.key);
        assert!(
            alike(same.score, hit.score) && alike(expected.score, hit.score),
            "{what}: {} at {place} has {} and not {}, there stands {} with {}",
            hit.key,
            hit.score,
            same.score,
            expected.key,
            expected.score,
        );
    }
}

/// A query of some class; most are nested.
fn typed(tried: &Tried, chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => format!("{}~", tried.word(chance).to_lowercase()),
        1 => format!("{} {}", tried.row(chance), tried.starred(chance)),
        2 => tried.word(chance),
        3 => tried.row(chance),
        _ => tried.query(chance, 2),
    }
}

#[test]
fn a_cluster_finds_what_the_index_finds_in_its_order() {
    let Some(nodes) = nodes() else { return };
    let _alone = alone();
    let both = both(&nodes);
    let mut chance = Chance(0x1234_5DEE_CE66_D101);
    let (mut found, mut compared) = (0, 0);
    let asked = number("ESR_SEARCH_ORACLE", 150);
    for number in 0..asked {
        let typed = typed(chance.of(corpora()), &mut chance);
        let query = query::parse(&typed);
        let options = Options {
            limit: if number % 10 == 0 { 10_000 } else { 20 },
            passages: if number % 10 == 0 { 0 } else { 3 },
            ..Options::default()
        };
        let here = search::search(&both.reader, &both.analyzer, &query, &options).unwrap();
        for (name, opened) in [("one", &both.one), ("three", &both.three)] {
            let there =
                search::cluster::search(&opened.cluster, &opened.analyzer, &query, &options)
                    .unwrap_or_else(|error| panic!("{number} {typed}: {error}"));
            if took_some(&here) {
                assert_eq!(there.partial, Vec::<String>::new(), "{typed}");
                continue;
            }
            assert_same(&here, &there, &format!("{name} shards, {number}: {typed}"));
            compared += 1;
            let shown = |hits: &Hits| -> HashMap<String, _> {
                let hits = hits.hits.iter();
                hits.map(|h| (h.key.clone(), h.passages.clone())).collect()
            };
            let (here, there) = (shown(&here), shown(&there));
            for (key, passages) in there {
                assert!(
                    here.get(&key).is_none_or(|p| *p == passages),
                    "{typed}: {key}"
                );
            }
        }
        found += usize::from(here.total + here.loose > 0);
    }
    assert!(found * 2 > asked, "most queries find nothing: {found}");
    assert!(compared > asked, "too few are compared: {compared}");
}

/// Why hits stand where they do, with points as far as they are the same.
fn assert_explained(here: &Hits, there: &Hits, what: &str) {
    let known: HashMap<&str, &Hit> = here.hits.iter().map(|h| (h.key.as_str(), h)).collect();
    for hit in &there.hits {
        let Some(expected) = known.get(hit.key.as_str()) else {
            continue;
        };
        let what = format!("{what}: {}", hit.key);
        let by_name = |hit: &Hit| {
            let mut reasons = hit.explanation.clone().unwrap();
            reasons.sort_by_key(|r| (r.word.clone(), format!("{:?}", r.how), r.via.clone()));
            reasons
        };
        let (expected, explained) = (by_name(expected), by_name(hit));
        assert_eq!(expected.len(), explained.len(), "{what}");
        for (mine, other) in expected.iter().zip(&explained) {
            let told = |r: &Reason| (r.word.clone(), r.how, r.via.clone(), r.forms.clone());
            assert_eq!(told(mine), told(other), "{what}");
            let counts = |r: &Reason| (r.typed, r.projects, r.of);
            assert_eq!(counts(mine), counts(other), "{what}: {}", mine.word);
            assert!(
                alike(mine.points, other.points),
                "{what}: {mine:?} {other:?}"
            );
            let rows = |r: &Reason| r.sections.iter().map(|(row, _)| *row).collect::<Vec<_>>();
            assert_eq!(rows(mine), rows(other), "{what}: {}", mine.word);
        }
        let points: f32 = explained.iter().map(|reason| reason.points).sum();
        assert!(
            (points - hit.score).abs() <= 1e-3 * hit.score,
            "{what}: {points}"
        );
    }
}

#[test]
fn an_explanation_is_the_same_on_a_cluster() {
    let Some(nodes) = nodes() else { return };
    let _alone = alone();
    let both = both(&nodes);
    let mut chance = Chance(0x7EA5_0123_4567_89AB);
    let mut explained = 0;
    for number in 0..number("ESR_SEARCH_ORACLE", 150) / 3 {
        let typed = typed(chance.of(corpora()), &mut chance);
        let query = query::parse(&typed);
        let options = Options {
            explain: true,
            passages: 0,
            ..Options::default()
        };
        let here = search::search(&both.reader, &both.analyzer, &query, &options).unwrap();
        if took_some(&here) {
            continue;
        }
        for opened in [&both.one, &both.three] {
            let (cluster, analyzer) = (&opened.cluster, &opened.analyzer);
            let there = search::cluster::search(cluster, analyzer, &query, &options).unwrap();
            assert_explained(&here, &there, &format!("{number}: {typed}"));
            explained += there.hits.len();
        }
    }
    assert!(explained > 0);
}

#[test]
fn filters_facets_and_orders_are_the_same_on_a_cluster() {
    let Some(nodes) = nodes() else { return };
    let _alone = alone();
    let both = both(&nodes);
    let mut chance = Chance(0x0F1E_2D3C_4B5A_6971);
    let facets: Vec<usize> = (0..FIELDS.len())
        .filter(|row| FIELDS[*row].kind != Kind::Text)
        .collect();
    for number in 0..number("ESR_SEARCH_ORACLE", 150) / 5 {
        let tried = chance.of(corpora());
        let typed = tried.query(&mut chance, 1);
        let query = query::parse(&typed);
        let filters: Vec<Filter> = crate::oracle::filters(tried, &mut chance);
        let options = Options {
            filters,
            facets: facets.clone(),
            sort: chance.of(&Sort::ALL).1,
            reverse: chance.below(2) == 0,
            sums: chance.below(2) == 0,
            reported: *chance.of(&[None, None, Some(true), Some(false)]),
            ..tried.options()
        };
        let here = search::search(&both.reader, &both.analyzer, &query, &options).unwrap();
        let opened = &both.three;
        let there =
            search::cluster::search(&opened.cluster, &opened.analyzer, &query, &options).unwrap();
        let what = format!("{number}: {typed} {options:?}");
        match options.sort {
            Sort::Relevance => assert_same(&here, &there, &what),
            _ => {
                assert_eq!(
                    (here.total, here.loose),
                    (there.total, there.loose),
                    "{what}"
                );
                assert_eq!(here.facets, there.facets, "{what}");
                let keys =
                    |hits: &Hits| hits.hits.iter().map(|h| h.key.clone()).collect::<Vec<_>>();
                assert_eq!(keys(&here), keys(&there), "{what}");
            }
        }
    }
}
