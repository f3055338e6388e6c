//! Documents are tested: what README and ARCHITECTURE say of the program is
//! held against the program and its tables.

use esr_search::index::fields::{FIELDS, Kind};

use crate::house::{House, root};

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
fn every_command_that_the_readme_shows_exists() {
    let house = House::new();
    let readme = document("README.md");
    let verbs: std::collections::BTreeSet<_> = readme
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
