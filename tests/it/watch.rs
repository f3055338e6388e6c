//! Saved searches, one sentence a test: what is new, changed or gone, and how
//! a script is told.

use crate::house::{House, Ran, corpus};

fn sample(file: &str) -> String {
    std::fs::read_to_string(corpus().join(file)).unwrap()
}

/// A house with two projects and a saved search for one word of both.
fn saved() -> House {
    let house = House::new();
    house.write("S26011.txt", sample("S26011.txt"));
    house.write("S26024.txt", sample("S26024.txt"));
    house.run(&["index", "files"]);
    let ran = house.run(&["search", "työnhakijat Kela", "--save", "kela.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    house
}

fn watch(house: &House) -> Ran {
    house.run(&["watch-query", "kela.toml"])
}

#[test]
fn only_what_is_new_changed_or_gone_is_told() {
    let house = saved();
    let first = watch(&house);
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(
        first.out.contains("2 new, 0 changed, 0 gone"),
        "{}",
        first.out
    );
    let quiet = watch(&house);
    assert_eq!((quiet.code, quiet.out.as_str()), (Some(1), ""));
    let text = sample("S26011.txt").replace("palkkatyöhön", "palkkatyöhön asti");
    house.write("S26011.txt", text);
    house.write("S26063.txt", sample("S26063.txt"));
    std::fs::remove_file(house.path("files/S26024.txt")).unwrap();
    house.run(&["index", "files"]);
    let lines = house.run(&["watch-query", "kela.toml", "--json"]).json();
    let told: Vec<_> = lines[..3]
        .iter()
        .map(|line| {
            (
                line["change"].as_str().unwrap(),
                line["key"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("new", "S26063"), ("changed", "S26011"), ("gone", "S26024")]
    );
    assert_eq!(
        (&lines[3]["type"], &lines[3]["total"]),
        (&"watched".into(), &2.into())
    );
    assert_eq!(watch(&house).code, Some(1));
}

#[test]
fn a_search_that_was_changed_begins_anew_and_says_so() {
    let house = saved();
    watch(&house);
    let again = [
        "search",
        "työnhakijat",
        "--filter",
        "status=ended",
        "--save",
        "kela.toml",
    ];
    assert_eq!(house.run(&again).code, Some(0));
    let ran = watch(&house);
    assert!(ran.err.contains("another one"), "{}", ran.err);
    assert!(ran.out.contains("new"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place_and_nothing_is_overwritten() {
    let house = saved();
    assert_eq!(house.run(&["watch-query", "none.toml"]).code, Some(2));
    std::fs::write(house.path("own.toml"), "[package]\nname = \"x\"\n").unwrap();
    let ran = house.run(&["watch-query", "own.toml"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("own.toml is no saved search"),
        "{}",
        ran.err
    );
    let ran = house.run(&["search", "Kela", "--save", "own.toml"]);
    assert_eq!(ran.code, Some(2));
    let kept = std::fs::read_to_string(house.path("own.toml")).unwrap();
    assert!(kept.starts_with("[package]"));
    std::fs::write(house.path("kela.toml.state"), "{").unwrap();
    let ran = watch(&house);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("begin anew"), "{}", ran.err);
    std::fs::remove_file(house.path("kela.toml.state")).unwrap();
    std::fs::remove_dir_all(house.path("index")).unwrap();
    assert_eq!(watch(&house).code, Some(2));
}

#[test]
fn what_must_have_come_of_a_plan_is_saved_too() {
    let house = saved();
    for (name, asked) in [
        ("a.toml", &["--ended-without-report"][..]),
        ("b.toml", &["--promised-not-reported", "palkkatuki"]),
    ] {
        let found = house.search(asked);
        house.run(&[&["search", "--save", name], asked].concat());
        let lines = house.run(&["watch-query", name, "--json"]).json();
        let told: Vec<_> = lines
            .iter()
            .filter_map(|line| line["key"].as_str())
            .collect();
        assert_eq!(told, found, "{asked:?}");
    }
}
