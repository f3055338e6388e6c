//! The program against the slow way: random nested queries, filters, facets
//! and orders on three corpora with duplicates that were left out.
//!
//! `ESR_SEARCH_ORACLE=100000` tries as many queries; without it a few.

use std::collections::BTreeMap;

use esr_search::index::fields::{FIELDS, Kind};
use esr_search::query::{self, Test};
use esr_search::search::{self, Filter, Hits, Options, Sort};

use crate::brute::{self, Doc};
use crate::oracle_queries::{Chance, Tried, corpora};

/// Queries tried on all corpora together, unless the environment says more.
const QUERIES: usize = 400;

/// Whether a limit was met: which words it leaves is not what is tried here.
fn limited(hits: &Hits) -> bool {
    let mut remarks = hits.remarks.iter();
    remarks.any(|remark| remark.contains("most frequent") || remark.contains("looked for so"))
}

fn queries() -> usize {
    let more = std::env::var("ESR_SEARCH_ORACLE").ok();
    more.and_then(|n| n.parse().ok()).unwrap_or(QUERIES)
}

#[test]
fn nested_queries_find_what_the_slow_way_finds_in_its_order() {
    let corpora = corpora();
    let mut chance = Chance(0x5DEE_CE66_D1CE_4E5B);
    let mut found = [0_usize; 2];
    for number in 0..queries() {
        let tried = chance.of(corpora);
        let typed = tried.query(&mut chance, 3);
        let query = query::parse(&typed);
        let analyzer = &tried.brute.analyzer;
        // Hits cost more than finding them: mostly the best will do. The fewer
        // are asked for, the more are never scored in full.
        let options = Options {
            limit: [10_000, 1, 2, 10, 1, 3][number % 6],
            ..tried.options()
        };
        let fast = search::search(&tried.reader, analyzer, &query, &options).unwrap();
        if limited(&fast) {
            continue;
        }
        let slow = tried.brute.search(&query);
        let held = slow.iter().filter(|(_, answer)| answer.held).count() as u64;
        assert_eq!(
            (fast.total, fast.total + fast.loose),
            (held, slow.len() as u64),
            "{typed}"
        );
        let keys: Vec<&str> = fast.hits.iter().map(|hit| hit.key.as_str()).collect();
        let expected = slow.iter().map(|(doc, _)| doc.key.as_str());
        let expected: Vec<&str> = expected.take(options.limit).collect();
        assert_eq!(keys, expected, "query {number}: {typed}");
        found[usize::from(slow.is_empty())] += 1;
    }
    assert!(found[0] > found[1], "most queries find nothing: {found:?}");
}

/// Filters at random, each by itself on one field.
pub(crate) fn filters(tried: &Tried, chance: &mut Chance) -> Vec<Filter> {
    let mut filters: Vec<Filter> = Vec::new();
    for _ in 0..chance.below(3) {
        let (row, test) = tried.test(chance);
        let (text, star) = match test.trim_matches('"').strip_suffix('*') {
            Some(text) => (text.to_owned(), true),
            None => (test.trim_matches('"').to_owned(), false),
        };
        let test = query::test(FIELDS[row].kind, &text, star).unwrap();
        match filters.iter_mut().find(|filter| filter.row == row) {
            Some(filter) => filter.tests.push(test),
            None => filters.push(Filter {
                row,
                tests: vec![test],
            }),
        }
    }
    filters
}

fn meets(filters: &[Filter], doc: &Doc, but: Option<usize>) -> bool {
    let any = |filter: &Filter| filter.tests.iter().any(|t| brute::has(filter.row, t, doc));
    filters.iter().filter(|f| Some(f.row) != but).all(any)
}

/// How many projects have each value of a field, as a filter takes it.
fn counted<'a>(row: usize, docs: impl Iterator<Item = &'a Doc>) -> (BTreeMap<String, u64>, u64) {
    let (mut counts, mut unknown) = (BTreeMap::new(), 0);
    for doc in docs {
        let keywords = doc.keywords.get(&row).cloned().unwrap_or_default();
        let number = doc.numbers.get(&row).map(|number| {
            let bands = FIELDS[row].bands;
            let at = bands.iter().rposition(|begin| begin <= number);
            match (FIELDS[row].kind, at) {
                (Kind::Date, _) => (number / 10_000).to_string(),
                (_, None) => number.to_string(),
                (_, Some(at)) => match bands.get(at + 1).map(|next| next - 1) {
                    None => format!("{}..", bands[at]),
                    Some(last) if last == bands[at] => last.to_string(),
                    Some(last) => format!("{}..{last}", bands[at]),
                },
            }
        });
        let mut values: Vec<String> = keywords.into_iter().chain(number).collect();
        values.sort();
        values.dedup();
        unknown += u64::from(values.is_empty());
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    (counts, unknown)
}

#[test]
fn facets_count_what_a_plain_count_gives() {
    let corpora = corpora();
    let mut chance = Chance(0x0123_4567_89AB_CDEF);
    let rows: Vec<usize> = (0..FIELDS.len())
        .filter(|r| FIELDS[*r].kind != Kind::Text)
        .collect();
    for _ in 0..queries() / 20 {
        let tried = chance.of(corpora);
        let typed = tried.query(&mut chance, 1);
        let query = query::parse(&typed);
        let filters = filters(tried, &mut chance);
        let options = Options {
            filters: filters.clone(),
            facets: rows.clone(),
            ..tried.options()
        };
        let analyzer = &tried.brute.analyzer;
        let fast = search::search(&tried.reader, analyzer, &query, &options).unwrap();
        if limited(&fast) {
            continue;
        }
        let slow = tried.brute.search(&query);
        let left = slow.iter().filter(|(doc, _)| meets(&filters, doc, None));
        let left: Vec<&str> = left.map(|(doc, _)| doc.key.as_str()).collect();
        let keys: Vec<&str> = fast.hits.iter().map(|hit| hit.key.as_str()).collect();
        assert_eq!(keys, left, "{typed} {filters:?}");
        for facet in &fast.facets {
            let docs = slow.iter().map(|(doc, _)| *doc);
            let docs = docs.filter(|doc| meets(&filters, doc, Some(facet.row)));
            let values = facet.values.iter().map(|v| (v.value.clone(), v.count));
            let have = (values.collect::<BTreeMap<_, _>>(), facet.unknown);
            assert_eq!(
                have,
                counted(facet.row, docs),
                "{typed} {filters:?} {}",
                FIELDS[facet.row].key
            );
        }
    }
}

#[test]
fn hits_are_sorted_by_what_is_asked_and_what_lacks_it_comes_last() {
    let corpora = corpora();
    let mut chance = Chance(0x0F1E_2D3C_4B5A_6978);
    let row = |key: &str| FIELDS.iter().position(|field| field.key == key).unwrap();
    let sorts = [
        (Sort::Start, "start"),
        (Sort::End, "end"),
        (Sort::Granted, "granted"),
        (Sort::Spent, "spent"),
        (Sort::Number("persons_share"), "persons_share"),
        (Sort::Number("public_share"), "public_share"),
    ];
    for _ in 0..queries() / 20 {
        let tried = chance.of(corpora);
        let query = query::parse(&tried.query(&mut chance, 1));
        let (sort, key) = *chance.of(&sorts);
        let reverse = chance.below(2) == 0;
        let options = Options {
            sort,
            reverse,
            ..tried.options()
        };
        let analyzer = &tried.brute.analyzer;
        let fast = search::search(&tried.reader, analyzer, &query, &options).unwrap();
        if limited(&fast) {
            continue;
        }
        let mut slow = tried.brute.search(&query);
        slow.sort_by_key(|(doc, answer)| {
            let number = doc.numbers.get(&row(key)).copied();
            let place = number.map(|n| if reverse { n } else { u64::MAX - n });
            (!answer.held, number.is_none(), place, doc.key.clone())
        });
        let keys: Vec<&str> = fast.hits.iter().map(|hit| hit.key.as_str()).collect();
        let expected: Vec<&str> = slow.iter().map(|(doc, _)| doc.key.as_str()).collect();
        assert_eq!(keys, expected, "{query} by {key}, reverse: {reverse}");
    }
}

#[test]
fn every_value_that_a_facet_gives_is_one_that_a_filter_takes() {
    let tried = &corpora()[0];
    let rows: Vec<usize> = (0..FIELDS.len())
        .filter(|r| FIELDS[*r].kind != Kind::Text)
        .collect();
    let all = Options {
        facets: rows,
        ..tried.options()
    };
    let analyzer = &tried.brute.analyzer;
    let nothing = query::Query::default();
    let facets = search::search(&tried.reader, analyzer, &nothing, &all)
        .unwrap()
        .facets;
    for facet in facets {
        for value in facet.values {
            let field = &FIELDS[facet.row];
            let test: Test = query::test(field.kind, &value.value, false).unwrap();
            let options = Options {
                filters: vec![Filter {
                    row: facet.row,
                    tests: vec![test],
                }],
                ..tried.options()
            };
            let found = search::search(&tried.reader, analyzer, &nothing, &options).unwrap();
            assert_eq!(found.total, value.count, "{}={}", field.key, value.value);
        }
    }
}
