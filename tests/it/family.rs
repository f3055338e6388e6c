//! Words of a word's family: those that begin as it does. They come behind those
//! that have the word itself, and only where these are few.

use esr_search::index::Reader;
use esr_search::query;
use esr_search::search::{self, Hits, Options, weights};

use crate::small::{Plot, page};

/// What a search finds where so many projects are about "työllistyminen", and
/// one more has other words.
fn found(projects: u64, other: &str) -> Hits {
    let plot = Plot::new();
    for number in 0..projects {
        plot.write(
            &format!("{number}.txt"),
            page(0, &["työllistyminen"]).replace("S20000", ""),
        );
    }
    plot.write("other.txt", page(1, &[other]));
    plot.run().unwrap();
    let reader = Reader::open(&plot.index()).unwrap();
    let analyzer = reader.analyzer(None).unwrap();
    let query = query::parse("työllistyminen");
    search::search(&reader, &analyzer, &query, &Options::default()).unwrap()
}

#[test]
fn a_word_that_few_projects_have_brings_its_family_behind_them() {
    for other in ["työllistää", "työllisyyden"] {
        let hits = found(2, other);
        assert_eq!((hits.total, hits.loose), (2, 1), "{other}");
        let last = &hits.hits[2];
        assert!(!last.direct);
        let passage = &last.passages[0];
        assert_eq!(&passage.text[passage.highlights[0].clone()], other);
    }
}

#[test]
fn a_word_that_enough_projects_have_stands_for_itself() {
    let few = found(weights::FEW - 1, "työllisyyden");
    assert_eq!((few.total, few.loose), (weights::FEW - 1, 1));
    let enough = found(weights::FEW, "työllisyyden");
    assert_eq!((enough.total, enough.loose), (weights::FEW, 0));
}
