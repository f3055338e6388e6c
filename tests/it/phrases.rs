//! Words in a row where many projects have all of them: lists are long, and their
//! places are read block by block.

use std::collections::BTreeSet;

use esr_search::index::Reader;
use esr_search::query;
use esr_search::search::{self, Options};

use crate::oracle_queries::Chance;
use crate::small::{Plot, page};

const PROJECTS: usize = 700;

const WORDS: [&str; 5] = ["nuori", "paja", "kunta", "koulu", "vesi"];

/// Whether words stand in a row in a text with so many others between in all.
fn in_a_row(text: &[&str], words: &[&str], slop: usize) -> bool {
    fn from(text: &[&str], at: usize, words: &[&str], slop: usize) -> bool {
        let Some((first, rest)) = words.split_first() else {
            return true;
        };
        (0..=slop).any(|passed| {
            text.get(at + passed) == Some(first) && from(text, at + passed + 1, rest, slop - passed)
        })
    }
    let (first, rest) = words.split_first().unwrap();
    (0..text.len()).any(|at| text[at] == *first && from(text, at + 1, rest, slop))
}

#[test]
fn rows_of_frequent_words_are_found_where_they_stand() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    let texts: Vec<Vec<&str>> = (0..PROJECTS)
        .map(|_| {
            let words = 0..chance.below(30);
            // The last of the words is rarer than the others.
            let word = |chance: &mut Chance| WORDS[chance.below(41) / 10];
            words.map(|_| word(&mut chance)).collect()
        })
        .collect();
    let plot = Plot::new();
    for (number, text) in texts.iter().enumerate() {
        let text = text.join(" ");
        let name = format!("{number}.txt");
        plot.write(&name, page(0, &[&text]).replace("S20000", ""));
    }
    plot.run().unwrap();
    let reader = Reader::open(&plot.index()).unwrap();
    let analyzer = reader.analyzer(None).unwrap();
    let options = Options {
        limit: PROJECTS,
        passages: 0,
        ..Options::default()
    };
    for (words, slop) in [
        (["nuori", "paja"].as_slice(), 0),
        (&["kunta", "kunta"], 0),
        (&["paja", "kunta", "koulu"], 0),
        (&["vesi", "nuori"], 0),
        (&["nuori", "vesi"], 3),
        (&["koulu", "nuori", "paja"], 2),
    ] {
        let typed = format!("\"{}\"~{slop}", words.join(" "));
        let hits = search::search(&reader, &analyzer, &query::parse(&typed), &options);
        let found: BTreeSet<String> = hits.unwrap().hits.into_iter().map(|hit| hit.key).collect();
        let held = (0..PROJECTS).filter(|number| in_a_row(&texts[*number], words, slop));
        let expected: BTreeSet<String> = held.map(|number| format!("file:{number}.txt")).collect();
        assert!(!expected.is_empty());
        assert_eq!(found, expected, "{typed}");
    }
}
