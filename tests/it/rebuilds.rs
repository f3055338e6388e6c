//! A run that builds all anew, for whatever reason, keeps the promises of all
//! runs: what is gone is told, too much that is gone ends it, and the last good
//! version of what can't be read stays, or is told to be lost.

use std::fs;
use std::path::{Path, PathBuf};

use esr_search::finnish::voikko;

use crate::house::{House, Ran};
use crate::inputs::{code, description};
use crate::small::copy;
use crate::upsets::{item, run_as_nobody, set_mode};

/// Why a run builds all anew: what is done to the index, and what the run is told.
type Cause = (&'static str, fn(&Path), &'static [&'static str]);

/// The index can still be opened, or its texts at least.
const SOUND: [Cause; 4] = [
    ("as asked", |_| {}, &["--rebuild"]),
    ("it holds no contact persons", |_| {}, &["--with-contacts"]),
    ("words are damaged", |index| flip(index, ".term"), &[]),
    (
        "the list of files is gone",
        |index| remove(index, "seen"),
        &[],
    ),
];

/// The texts can't be believed.
const BROKEN: [Cause; 5] = [
    (
        "the manifest is gone",
        |index| remove(index, "manifest.json"),
        &[],
    ),
    (
        "the manifest is damaged",
        |index| flip(index, "manifest.json"),
        &[],
    ),
    ("it is of another version", outdate, &[]),
    ("texts are damaged", |index| flip(index, ".texts"), &[]),
    ("nobody knows what is in force", garble, &[]),
];

/// The files of the generation in force whose name ends so.
fn files(index: &Path, ending: &str) -> Vec<PathBuf> {
    let current = fs::read_to_string(index.join("CURRENT")).unwrap();
    let folder = index.join(current.split_whitespace().next().unwrap());
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_it = |path: &PathBuf| path.to_str().unwrap().ends_with(ending);
    let files: Vec<_> = paths.filter(is_it).collect();
    assert!(!files.is_empty(), "{ending}");
    files
}

fn flip(index: &Path, ending: &str) {
    for path in files(index, ending) {
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
}

fn remove(index: &Path, ending: &str) {
    for path in files(index, ending) {
        fs::remove_file(path).unwrap();
    }
}

fn outdate(index: &Path) {
    let path = &files(index, "manifest.json")[0];
    let text = fs::read_to_string(path).unwrap();
    let (before, after) = text.split_once("\"format\": ").unwrap();
    let (_, after) = after.split_once(',').unwrap();
    let text = format!("{before}\"format\": 1,{after}");
    let hash = blake3::hash(text.as_bytes()).to_hex();
    fs::write(path, text).unwrap();
    let folder = path.parent().unwrap().file_name().unwrap();
    let line = format!("{} {hash}\n", folder.to_str().unwrap());
    fs::write(index.join("CURRENT"), line).unwrap();
}

fn garble(index: &Path) {
    fs::write(index.join("CURRENT"), "rubbish\n").unwrap();
}

/// A house with an index that can be put back.
struct Yard {
    house: House,
}

impl Yard {
    fn new(count: usize) -> Self {
        let house = House::new();
        for number in 1..=count {
            house.write(&format!("{number:02}.txt"), description(&code(number)));
        }
        let ran = house.run(&["index", "files"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        copy(&house.path("index"), &house.path("before"));
        Self { house }
    }

    /// Puts the index back and has something happen to it.
    fn upset(&self, (_, harm, _): &Cause) {
        let index = self.house.path("index");
        fs::remove_dir_all(&index).unwrap();
        copy(&self.house.path("before"), &index);
        harm(&index);
    }

    fn run(&self, (_, _, told): &Cause, more: &[&str]) -> Ran {
        let args = [&["index", "files"], *told, more].concat();
        self.house.run(&args)
    }

    fn count(&self) -> usize {
        self.house.search(&["osatyökykyiset"]).len()
    }

    fn empty(&self, numbers: std::ops::RangeInclusive<usize>) {
        for number in numbers {
            self.house.write(&format!("{number:02}.txt"), "");
        }
    }
}

#[test]
fn when_much_is_gone_at_once_no_reason_to_build_all_anew_lets_it_go_unasked() {
    let yard = Yard::new(30);
    for number in 1..=25 {
        fs::remove_file(yard.house.path(&format!("files/{number:02}.txt"))).unwrap();
    }
    let mut causes: Vec<_> = SOUND.iter().chain(&BROKEN).collect();
    const OTHERWISE: Cause = ("words are analysed otherwise", |_| {}, &["--no-dictionary"]);
    if voikko::find(None, None, voikko::VARIANT).is_ok() {
        causes.push(&OTHERWISE);
    }
    for cause in causes {
        yard.upset(cause);
        let what = cause.0;
        let pointer = yard.house.path("index/CURRENT");
        let before = fs::read(&pointer).unwrap();
        for more in [&["--dry-run"][..], &[]] {
            let ran = yard.run(cause, more);
            assert_eq!(ran.code, Some(6), "{what} {more:?}: {ran:?}");
            assert!(ran.err.contains("25 of 30"), "{what}: {ran:?}");
            assert_eq!(fs::read(&pointer).unwrap(), before, "{what}");
        }
        let can_be_told = what != BROKEN[4].0;
        for more in ["--dry-run", "--threads=1"] {
            let ran = yard.run(cause, &["--allow-mass-delete", more]);
            assert_eq!(ran.code, Some(0), "{what}: {ran:?}");
            let told = ran.out.lines().filter(|line| line.ends_with(".txt: gone"));
            assert_eq!(
                told.count(),
                if can_be_told { 25 } else { 0 },
                "{what}: {ran:?}"
            );
            assert!(
                can_be_told || ran.out.contains("which 30 projects it held"),
                "{ran:?}"
            );
        }
        assert_eq!(yard.count(), 5, "{what}");
    }
}

#[test]
fn who_can_only_say_how_many_there_were_still_says_that_too_many_are_gone() {
    let yard = Yard::new(30);
    for number in 1..=25 {
        fs::remove_file(yard.house.path(&format!("files/{number:02}.txt"))).unwrap();
    }
    fs::remove_file(yard.house.path("index/CURRENT")).unwrap();
    let ran = yard.house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(6), "{ran:?}");
    // A run that came to nothing has not forgotten it.
    let state = &yard.house.run(&["status", "--json"]).json()[0];
    assert_eq!(state["last_run"]["documents"], 30, "{state}");
    let ran = yard.house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(6), "{ran:?}");
}

#[test]
fn the_last_good_version_of_what_can_t_be_read_stays_when_all_is_built_anew() {
    for cause in &SOUND {
        let yard = Yard::new(3);
        let (house, what) = (&yard.house, cause.0);
        house.write("room/a.txt", description(&code(4)));
        house.write("shut.txt", description(&code(5)));
        let ran = run_as_nobody(house, &["index", "files"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        house.write("01.txt", "");
        house.write("02.txt", [0; 64]);
        set_mode(&house.path("files/shut.txt"), 0);
        set_mode(&house.path("files/room"), 0);
        for _ in 0..2 {
            (cause.1)(&house.path("index"));
            let args = [&["index", "files", "--report", "json"], cause.2].concat();
            let ran = run_as_nobody(house, &args);
            assert_eq!(ran.code, Some(1), "{what}: {ran:?}");
            let report = &ran.json()[0];
            assert!(report["rebuilt"].is_string(), "{what}: {report}");
            assert_eq!(report["documents"], 5, "{what}: {report}");
            assert_eq!(
                report["departed"],
                serde_json::json!([]),
                "{what}: {report}"
            );
            for name in ["01.txt", "02.txt", "shut.txt"] {
                let item = item(report, name);
                assert_eq!(item["class"], "failed", "{what}: {item}");
                assert!(item["reasons"][1].to_string().contains("stays"), "{item}");
            }
            let all = house.search(&["osatyökykyiset"]);
            assert_eq!(all.len(), 5, "{what}: {all:?}");
            let kept = &house.run(&["info", "--json"]).json()[0]["kept"];
            assert_eq!(kept.as_array().unwrap().len(), 4, "{what}: {kept}");
            assert_eq!(house.run(&["verify"]).code, Some(0), "{what}");
            if cause.2 == ["--with-contacts"] {
                break;
            }
        }
        set_mode(&house.path("files/shut.txt"), 0o644);
        set_mode(&house.path("files/room"), 0o755);
        house.write("01.txt", description(&code(1)));
        house.write("02.txt", description(&code(2)));
        let ran = run_as_nobody(house, &["index", "files", "--with-contacts"]);
        assert_eq!(ran.code, Some(0), "{what}: {ran:?}");
        let kept = &house.run(&["info", "--json"]).json()[0]["kept"];
        assert_eq!(*kept, serde_json::json!([]), "{what}");
        let deep = house.run(&["verify", "--deep"]);
        assert_eq!(deep.code, Some(0), "{what}: {deep:?}");
    }
}

#[test]
fn what_can_t_be_kept_is_named_as_lost() {
    for cause in &BROKEN[..4] {
        let yard = Yard::new(3);
        (cause.1)(&yard.house.path("index"));
        yard.empty(2..=2);
        let ran = yard.run(cause, &[]);
        let what = cause.0;
        assert_eq!((ran.code, yard.count()), (Some(1), 2), "{what}: {ran:?}");
        let told = "02.txt: S20002 left the index: its file can't be read";
        assert!(ran.out.contains(told), "{what}: {ran:?}");
        assert_eq!(yard.house.run(&["status"]).code, Some(1), "{what}");
    }
}

#[test]
fn when_much_would_be_lost_at_once_the_index_stays() {
    let yard = Yard::new(30);
    yard.empty(1..=25);
    let cause = &BROKEN[0];
    yard.upset(cause);
    let ran = yard.run(cause, &[]);
    assert_eq!(ran.code, Some(6), "{ran:?}");
    let ran = yard.run(cause, &["--allow-mass-delete"]);
    assert_eq!((ran.code, yard.count()), (Some(1), 5), "{ran:?}");
}

#[test]
fn what_is_kept_of_contact_persons_is_what_the_run_is_told() {
    let house = House::new();
    house.write("a.txt", description(&code(1)));
    house.write("b.txt", description(&code(2)));
    let person = || house.search(&["=Vaarakallio"]).len();
    let run = |told: &[&str], code| {
        let ran = house.run(&[&["index", "files"], told].concat());
        assert_eq!(ran.code, Some(code), "{ran:?}");
    };
    run(&["--with-contacts"], 0);
    assert_eq!(person(), 2);
    house.write("a.txt", "");
    run(&["--with-contacts", "--rebuild"], 1);
    assert_eq!(person(), 2);
    run(&[], 1);
    assert_eq!((person(), house.search(&["osatyökykyiset"]).len()), (0, 2));
    run(&["--with-contacts"], 1);
    assert_eq!(person(), 1, "what was not kept can't come back");
    assert_eq!(house.run(&["verify"]).code, Some(0));
}

#[test]
fn a_forgotten_project_is_not_kept_either() {
    let yard = Yard::new(3);
    let ran = yard.house.run(&["forget", "S20002"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    yard.empty(2..=3);
    let ran = yard.house.run(&["index", "files", "--rebuild"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let mut left = yard.house.search(&["osatyökykyiset"]);
    left.sort();
    assert_eq!(left, ["S20001", "S20003"]);
}
