//! Keeps the house in order: the direction in which data flows, the size of
//! files, and a head on each of them. Function size and the like are clippy's.

use std::path::{Path, PathBuf};

use crate::house::root;

/// Lines of a file above its tests.
const MOST_LINES: usize = 400;

/// Lines of a file's head.
const HEAD: std::ops::RangeInclusive<usize> = 2..=12;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The modules of the crate in the order of `lib.rs`.
fn modules() -> Vec<String> {
    let lib = text(&root().join("src/lib.rs"));
    let names = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// The modules that a file uses, by `crate::NAME`.
fn used(source: &str) -> Vec<String> {
    let name = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut found = Vec::new();
    for (at, path) in source.match_indices("crate::") {
        match source[at + path.len()..].strip_prefix('{') {
            None => found.push(name(&source[at + path.len()..])),
            Some(group) => {
                let group = group.split(';').next().unwrap_or_default();
                let mut depth = 0;
                for part in group.split_inclusive([',', '{', '}']) {
                    if depth == 0 {
                        found.push(name(part.trim()));
                    }
                    depth += match part.chars().last() {
                        Some('{') => 1,
                        Some('}') => -1,
                        _ => 0,
                    };
                }
            }
        }
    }
    found
}

#[test]
fn a_module_uses_only_what_stands_before_it() {
    let order = modules();
    assert!(order.len() > 5, "{order:?}");
    let mut wrong = Vec::new();
    for (place, module) in order.iter().enumerate() {
        let folder = root().join("src").join(module);
        let files = if folder.is_dir() {
            sources(&folder)
        } else {
            vec![folder.with_extension("rs")]
        };
        for file in files {
            for other in used(&text(&file)) {
                if order
                    .iter()
                    .position(|m| *m == other)
                    .is_some_and(|p| p > place)
                {
                    wrong.push(format!("{} uses {other}", shown(&file)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "data flows backwards: {wrong:#?}");
}

#[test]
fn a_group_of_imports_names_each_module_of_it() {
    let source = "use crate::{read, walk::{Found, Entry}, index};\nuse crate::error::Error;";
    assert_eq!(used(source), ["read", "walk", "", "index", "error"]);
}

#[test]
fn every_folder_of_the_source_is_a_module_of_the_pipeline() {
    let order = modules();
    for entry in std::fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            order.contains(&name) || name == "lib" || name == "main",
            "{name} is not in lib.rs"
        );
    }
}

#[test]
fn no_room_is_crowded() {
    let mut crowded = Vec::new();
    for file in ["src", "tests", "benches"]
        .iter()
        .flat_map(|f| sources(&root().join(f)))
    {
        let source = text(&file);
        let body = source
            .split("#[cfg(test)]\nmod ")
            .next()
            .unwrap_or_default();
        let lines = body.lines().count();
        if lines > MOST_LINES {
            crowded.push(format!("{}: {lines} lines", shown(&file)));
        }
    }
    assert!(crowded.is_empty(), "over {MOST_LINES} lines: {crowded:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    let mut bare = Vec::new();
    for file in ["src", "tests", "benches"]
        .iter()
        .flat_map(|f| sources(&root().join(f)))
    {
        let source = text(&file);
        let head = source
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .count();
        let least = if shown(&file) == "src/main.rs" {
            1
        } else {
            *HEAD.start()
        };
        if head < least || head > *HEAD.end() {
            bare.push(format!("{}: {head} lines", shown(&file)));
        }
    }
    assert!(
        bare.is_empty(),
        "heads of 2 to 12 lines are missing: {bare:#?}"
    );
}

#[test]
fn nothing_is_left_undone() {
    let mut left = Vec::new();
    // Put together so that this file does not find itself.
    let words = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "#[ig".to_owned() + "nore",
    ];
    for file in ["src", "tests", "benches"]
        .iter()
        .flat_map(|f| sources(&root().join(f)))
    {
        let source = text(&file);
        for word in words.iter().filter(|word| source.contains(word.as_str())) {
            left.push(format!("{}: {word}", shown(&file)));
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}
