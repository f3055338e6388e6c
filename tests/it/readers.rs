//! Searches go on while runs come and go, some of them killed, and never fail
//! nor see half of a change.
//!
//! `ESR_SEARCH_CRASHES` says how many runs there are instead of a few; there
//! are a hundred searches a run at the least.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use esr_search::index::{self, Reader};
use esr_search::search::{self, Options};
use rustix::process::{Pid, Signal, kill_process};

use crate::house::House;
use crate::small::{page, rounds};

/// Projects, all of which change with every run.
const PROJECTS: u8 = 6;

/// Searches for each run.
const SEARCHES: usize = 100;

/// A word that only this turn's texts have.
fn mark(turn: usize) -> String {
    let letter =
        |digit: char| char::from(b'a' + u8::try_from(digit.to_digit(10).unwrap()).unwrap());
    let letters: String = format!("{turn:05}").chars().map(letter).collect();
    format!("vaihe{letters}")
}

fn write(house: &House, turn: usize) {
    for code in 0..PROJECTS {
        house.write(
            &format!("{code}.txt"),
            page(code, &["nuorten työpajat", &mark(turn)]),
        );
    }
}

/// One search and a look at all that it found: all projects are of one turn,
/// which it gives.
fn look(house: &House) -> usize {
    let reader = Reader::open(&house.path("index")).unwrap();
    let analyzer = reader.analyzer(None).unwrap();
    let query = esr_search::query::parse("nuoret työpaja");
    let hits = search::search(&reader, &analyzer, &query, &Options::default()).unwrap();
    assert_eq!(hits.hits.len(), usize::from(PROJECTS));
    let marked = |text: &str| {
        let at = text.find("vaihe").unwrap();
        text[at..].split_whitespace().next().unwrap().to_owned()
    };
    let first = marked(&hits.hits[0].stored.text);
    for hit in &hits.hits {
        assert_eq!(marked(&hit.stored.text), first, "two states in one answer");
    }
    let digits = first["vaihe".len()..].bytes();
    digits.fold(0, |turn, letter| turn * 10 + usize::from(letter - b'a'))
}

#[test]
fn searches_beside_runs_and_kills_see_one_state_at_a_time() {
    let house = House::new();
    write(&house, 0);
    assert_eq!(
        house.run(&["index", "files", "--no-dictionary"]).code,
        Some(0)
    );
    let runs = rounds(6);
    let (stop, searches) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let read = || {
            scope.spawn(|| {
                let mut last = 0;
                while !stop.load(Ordering::Relaxed) {
                    let turn = look(&house);
                    assert!(turn >= last, "an older state came back");
                    last = turn;
                    if searches.load(Ordering::Relaxed).is_multiple_of(20) {
                        let index = house.path("index");
                        assert_eq!(index::verify(&index, None).unwrap().findings, []);
                        assert_eq!(index::health(&index).index.err(), None);
                    }
                    searches.fetch_add(1, Ordering::Relaxed);
                }
            })
        };
        let readers = [read(), read()];
        let reads_on = || readers.iter().all(|reader| !reader.is_finished());
        for turn in 1..=runs {
            write(&house, turn);
            let mut child = house.start(&["index", "files", "--no-dictionary"]);
            let is_killed = turn % 3 == 0;
            if is_killed {
                std::thread::sleep(Duration::from_millis((turn * 37 % 120) as u64));
                let _ = kill_process(Pid::from_child(&child), Signal::KILL);
            }
            let code = child.wait().unwrap().code();
            assert!(is_killed || code == Some(0), "{code:?}");
            while reads_on() && searches.load(Ordering::Relaxed) < turn * SEARCHES {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    house.run(&["index", "files", "--no-dictionary"]);
    assert_eq!(look(&house), runs);
}
