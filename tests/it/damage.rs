//! Whatever bit of an index is turned over and wherever a file of it is cut,
//! `verify` says so, and the next run makes the index anew.
//!
//! Some of all places by default; `ESR_SEARCH_CRASHES` says how many a file.

use std::path::{Path, PathBuf};

use esr_search::index::{self, Forgetting, System};

use crate::house::House;
use crate::inputs::{code, description};
use crate::small::{Plot, State, WORDS, all, page, rounds, spread};

fn plot() -> Plot {
    let plot = Plot::new();
    plot.write("0.txt", page(0, &WORDS));
    plot.write("1.txt", page(1, &WORDS[2..4]));
    plot.run().unwrap();
    let keys = [crate::small::key(1)].into();
    index::forget(&System::default(), &plot.index(), &keys, Forgetting::Erase).unwrap();
    plot.run().unwrap();
    plot
}

/// All files of the index but for the lock, which holds nothing.
fn files(plot: &Plot) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![plot.index()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.ends_with("LOCK") => {}
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}

fn is_noticed(plot: &Plot) -> bool {
    index::verify(&plot.index(), None).map_or(true, |verdict| !verdict.findings.is_empty())
}

/// The next run mends what was done to a file.
fn is_mended(plot: &Plot, sound: &State, path: &Path) {
    plot.run().unwrap();
    assert_eq!(all(&plot.index()), *sound, "{}", path.display());
    assert_eq!(
        index::verify(&plot.index(), None).unwrap().findings,
        [],
        "{}",
        path.display()
    );
    assert_eq!(plot.leaks(), ["FORGOTTEN"], "{}", path.display());
}

#[test]
fn each_bit_that_is_turned_over_is_found_and_the_next_run_mends_it() {
    let plot = plot();
    let sound = all(&plot.index());
    let count = files(&plot).len();
    assert!(count > 10, "{count}");
    for number in 0..count {
        // Each time another generation's: the last one was mended.
        let path = files(&plot)[number].clone();
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.is_empty(), "{}", path.display());
        for bit in spread(rounds(24), bytes.len() * 8) {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, &damaged).unwrap();
            assert!(is_noticed(&plot), "{}, bit {bit}", path.display());
        }
        is_mended(&plot, &sound, &path);
    }
}

#[test]
fn each_file_that_is_cut_is_found_and_the_next_run_mends_it() {
    let plot = plot();
    let sound = all(&plot.index());
    for number in 0..files(&plot).len() {
        let path = files(&plot)[number].clone();
        let bytes = std::fs::read(&path).unwrap();
        for length in spread(rounds(6), bytes.len()).into_iter().rev() {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert!(is_noticed(&plot), "{}, {length} bytes", path.display());
        }
        is_mended(&plot, &sound, &path);
        let path = files(&plot)[number].clone();
        std::fs::remove_file(&path).unwrap();
        // Without the pointer there is no index, which is told as such.
        assert!(is_noticed(&plot), "{} is gone", path.display());
        is_mended(&plot, &sound, &path);
    }
}

#[test]
fn what_the_engine_reports_of_damaged_lengths_is_told_as_damage() {
    let house = House::new();
    for number in 1..4 {
        house.write(&format!("{number}.txt"), description(&code(number)));
    }
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let current = std::fs::read_to_string(house.path("index/CURRENT")).unwrap();
    let folder = house.path("index").join(current.split(' ').next().unwrap());
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let is_it = |path: &PathBuf| path.extension().is_some_and(|end| end == "fieldnorm");
    let path = paths.find(is_it).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let mut told = 0;
    for bit in spread(rounds(48), bytes.len() * 8) {
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&path, &damaged).unwrap();
        let ran = house.run(&["search", "osatyökykyiset"]);
        // It may also panic, which is no report, or notice nothing.
        assert_ne!(ran.code, Some(5), "bit {bit}: {ran:?}");
        if ran.code == Some(3) {
            assert!(ran.err.contains("is damaged"), "bit {bit}: {ran:?}");
            told += 1;
        }
    }
    assert!(told > 0);
}
