//! An index after any history of runs is the index that one run would make.
//!
//! A folder is changed at random and indexed again and again, beside a model
//! that only remembers what is in the folder. A few histories by default;
//! `ESR_SEARCH_CRASHES` says how many instead.

use std::path::Path;

use esr_search::error::Error;
use esr_search::index::{self, Reader};
use esr_search::search;
use proptest::prelude::*;

use crate::small::{self, WORDS, all, rounds, run};

/// What a description says, and how full it is: a fuller one wins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    code: u8,
    words: Vec<&'static str>,
}

#[derive(Debug, Clone)]
enum Step {
    Write(u8, Draft),
    Spoil(u8),
    Remove(u8),
    Move(u8, u8),
    Touch(u8),
    Run,
}

fn draft() -> impl Strategy<Value = Draft> {
    let words = proptest::sample::subsequence(WORDS.to_vec(), 1..5);
    (0_u8..6, words).prop_map(|(code, words)| Draft { code, words })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let file = 0_u8..8;
    let step = prop_oneof![
        6 => (file.clone(), draft()).prop_map(|(file, draft)| Step::Write(file, draft)),
        1 => file.clone().prop_map(Step::Spoil),
        2 => file.clone().prop_map(Step::Remove),
        1 => (file.clone(), 0_u8..8).prop_map(|(from, to)| Step::Move(from, to)),
        1 => file.prop_map(Step::Touch),
        4 => Just(Step::Run),
    ];
    proptest::collection::vec(step, 1..24)
}

fn page(draft: &Draft) -> String {
    small::page(draft.code, &draft.words)
}

fn name(file: u8) -> String {
    format!("{file}.txt")
}

fn take(step: &Step, corpus: &Path) {
    let at = |file: u8| corpus.join(name(file));
    match step {
        Step::Write(file, draft) => std::fs::write(at(*file), page(draft)).unwrap(),
        Step::Spoil(file) if at(*file).exists() => std::fs::write(at(*file), [0; 64]).unwrap(),
        Step::Remove(file) => drop(std::fs::remove_file(at(*file))),
        Step::Move(from, to) => drop(std::fs::rename(at(*from), at(*to))),
        Step::Touch(file) if at(*file).exists() => {
            let text = std::fs::read(at(*file)).unwrap();
            std::fs::write(at(*file), text).unwrap();
        }
        Step::Spoil(_) | Step::Touch(_) | Step::Run => {}
    }
}

/// Whether any file can't be read as a description.
fn is_spoilt(corpus: &Path) -> bool {
    let files = (0..8).map(|file| corpus.join(name(file)));
    files
        .filter_map(|path| std::fs::read(path).ok())
        .any(|bytes| bytes.starts_with(&[0]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(u32::try_from(rounds(24)).unwrap()))]

    #[test]
    fn any_history_ends_where_one_run_would(steps in steps()) {
        let house = tempfile::tempdir().unwrap();
        let (corpus, place) = (house.path().join("corpus"), house.path().join("index"));
        std::fs::create_dir(&corpus).unwrap();
        for step in steps.iter().chain([&Step::Run]) {
            take(step, &corpus);
            if !matches!(step, Step::Run) {
                continue;
            }
            let report = match run(&corpus, &place) {
                Ok(report) => report,
                Err(Error::NothingToIndex { .. }) => continue,
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            };
            let sum = report.counts.indexed + report.counts.warned + report.counts.unchanged;
            prop_assert_eq!(report.counts.seen, sum + report.counts.skipped + report.counts.failed);
            prop_assert_eq!(index::verify(&place, None).unwrap().findings, []);
            // A spoilt file's last good version stays, which one run can't know.
            if is_spoilt(&corpus) {
                continue;
            }
            let afresh = house.path().join("afresh");
            run(&corpus, &afresh).unwrap();
            prop_assert_eq!(all(&place), all(&afresh));
            std::fs::remove_dir_all(&afresh).unwrap();
        }
    }
}

#[test]
fn the_last_good_version_stays_while_its_file_is_spoilt() {
    let house = tempfile::tempdir().unwrap();
    let (corpus, place) = (house.path().join("corpus"), house.path().join("index"));
    std::fs::create_dir(&corpus).unwrap();
    let draft = |code, words| Draft { code, words };
    std::fs::write(corpus.join("0.txt"), page(&draft(1, WORDS[..2].to_vec()))).unwrap();
    run(&corpus, &place).unwrap();
    std::fs::write(corpus.join("0.txt"), [0; 64]).unwrap();
    let report = run(&corpus, &place).unwrap();
    assert_eq!(
        (report.counts.failed, report.documents),
        (1, 1),
        "{report:?}"
    );
    let reader = Reader::open(&place).unwrap();
    assert_eq!(reader.manifest.kept, ["S20001"]);
    std::fs::remove_file(corpus.join("0.txt")).unwrap();
    std::fs::write(corpus.join("1.txt"), page(&draft(2, WORDS[..1].to_vec()))).unwrap();
    let report = run(&corpus, &place).unwrap();
    assert_eq!(
        (report.counts.removed, report.documents),
        (1, 1),
        "{report:?}"
    );
    assert!(
        search::project(&Reader::open(&place).unwrap(), "S20001")
            .unwrap()
            .is_none()
    );
}

#[test]
fn an_unchanged_folder_leaves_the_generation_in_force() {
    let house = tempfile::tempdir().unwrap();
    let place = house.path().join("index");
    let corpus = crate::house::corpus();
    run(&corpus, &place).unwrap();
    // Files that were just written may change without a trace: looked at once more.
    run(&corpus, &place).unwrap();
    let before = std::fs::read(place.join("CURRENT")).unwrap();
    let report = run(&corpus, &place).unwrap();
    assert!(
        !report.counts.changed && report.counts.unchanged > 30,
        "{report:?}"
    );
    assert_eq!(std::fs::read(place.join("CURRENT")).unwrap(), before);
}
