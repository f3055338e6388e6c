//! Documents are tested: what README and ARCHITECTURE say of the program is
//! held against the program and its tables.

use std::collections::BTreeSet;

use esr_search::index::fields::{FIELDS, Kind};
use serde_json::Value;

use crate::house::{House, corpus, root};

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

#[test]
fn the_readme_has_the_field_table() {
    let readme = document("README.md");
    for field in FIELDS.iter().filter(|field| field.kind == Kind::Text) {
        let row = format!("| `{}` | {} | {} |", field.key, field.title, field.about);
        assert!(readme.contains(&row), "README.md lacks the row\n{row}");
    }
}

#[test]
fn the_readme_has_the_values_of_a_project() {
    let readme = document("README.md");
    let kinds = |kind| match kind {
        Kind::Text => "text",
        Kind::Keyword => "words",
        Kind::Date => "date",
        Kind::Money => "euros",
        Kind::Count => "count",
    };
    // An indirect impact is explained with the direct one.
    let values = FIELDS.iter().filter(|field| field.kind != Kind::Text);
    for field in values.filter(|field| !field.key.ends_with("_indirect")) {
        let (key, title, about) = (field.key, field.title, field.about);
        let row = format!("| `{key}` | {title} | {about} | {} |", kinds(field.kind));
        assert!(readme.contains(&row), "README.md lacks the row\n{row}");
    }
}

#[test]
fn every_command_that_the_readme_shows_exists() {
    let house = House::new();
    let readme = document("README.md");
    let verbs: BTreeSet<_> = readme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("esr-search "))
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert!(verbs.len() >= 5, "{verbs:?}");
    for verb in verbs {
        let ran = house.run(&[verb, "--help"]);
        assert_eq!(ran.code, Some(0), "{verb}: {}", ran.err);
    }
}

#[test]
fn every_option_that_the_readme_shows_exists() {
    let house = House::new();
    let readme = document("README.md");
    let mut shown = BTreeSet::new();
    for line in readme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("esr-search "))
    {
        let mut words = line.split_whitespace();
        let verb = words.next().unwrap_or_default();
        shown.extend(
            words
                .filter(|word| word.starts_with("--"))
                .map(|word| (verb, word)),
        );
    }
    assert!(shown.len() >= 5, "{shown:?}");
    for (verb, option) in shown {
        let help = house.run(&[verb, "--help"]).out;
        let known = help.split([' ', ',', '\n']).any(|word| word == option);
        assert!(known, "{verb} has no {option}");
    }
}

#[test]
fn the_readme_names_all_of_the_json() {
    let readme = document("README.md");
    let house = House::indexed();
    let corpus = corpus();
    let folder = corpus.to_str().unwrap();
    let cut = corpus.join("S26419.txt");
    house.run(&["search", "Kela", "--save", "kela.toml"]);
    house.write("diary.txt", "Rakas päiväkirja");
    let runs = [
        &[
            "search",
            "Kelan työpajan",
            "--json",
            "--explain",
            "--facets",
            "region",
        ][..],
        &["parse", "--json", cut.to_str().unwrap(), "files/diary.txt"],
        &["show", "--json", "S26155"],
        &["similar", "--json", "S26277"],
        &["suggest", "--json", "nuor"],
        &["watch-query", "kela.toml", "--json"],
        &["info", "--json"],
        &["status", "--json"],
        &["index", folder, "--report", "json"],
    ];
    for run in runs {
        let mut names = BTreeSet::new();
        let objects = house.run(run).json();
        objects
            .iter()
            .for_each(|object| names_in(object, "", &mut names));
        assert!(names.len() >= 5, "{run:?}: {names:?}");
        for name in names {
            assert!(
                readme.contains(&format!("| `{name}` |")),
                "README.md lacks `{name}` of {run:?}"
            );
        }
    }
}

/// Objects whose names are keys of fields or encodings, and so not the JSON's own.
const OPEN: [&str; 2] = ["extents.", "charsets."];

/// The names in a value, those of inner objects behind a full stop. What
/// stands by the key of a field has no names of its own.
fn names_in(value: &Value, before: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|v| names_in(v, before, names)),
        Value::Object(members) if !OPEN.contains(&before) => {
            for (name, member) in members {
                names_in(member, &format!("{before}{name}."), names);
                names.insert(format!("{before}{name}"));
            }
        }
        _ => {}
    }
}

#[test]
fn the_first_example_of_the_readme_is_a_real_one() {
    let readme = document("README.md");
    let (_, example) = readme.split_once("```text\n$ esr-search search ").unwrap();
    let (query, shown) = example.split_once('\n').unwrap();
    let (_, hits) = shown.split_once("\n  1  ").unwrap();
    let code = hits.split(' ').next().unwrap();
    assert_eq!(
        House::indexed()
            .search(&[query])
            .first()
            .map(String::as_str),
        Some(code)
    );
}

#[test]
fn the_paths_in_the_architecture_exist() {
    let architecture = document("ARCHITECTURE.md");
    let mut paths = 0;
    for path in architecture.split('`').skip(1).step_by(2) {
        let is_path = path.contains('/') && !path.contains([' ', '*', '<', ':']);
        if is_path && !path.starts_with("index/") {
            assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}");
            paths += 1;
        }
    }
    assert!(paths >= 10, "only {paths} paths found");
}
