//! What a person on watch relies on: `status` tells how the last run ended and
//! how old the index is.

use crate::house::{House, corpus};

#[test]
fn who_asks_before_the_first_run_hears_that_there_is_no_index() {
    let house = House::new();
    let ran = house.run(&["status"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.out.contains("no index"), "{ran:?}");
    assert!(!house.path("index").exists());
}

#[test]
fn a_run_leaves_its_record_and_so_does_one_that_fails() {
    let house = House::indexed();
    let ran = house.run(&["status", "--max-age", "1h"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let state = &house.run(&["status", "--json"]).json()[0];
    assert_eq!(state["last_run"]["outcome"], "done");
    assert!(state["documents"].as_u64().unwrap() > 30, "{state}");
    let done = state["last_done"].clone();
    let ran = house.run(&["index", "gone/"]);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    let ran = house.run(&["status", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let state = &ran.json()[0];
    assert_eq!(state["last_run"]["outcome"], "failed");
    assert_eq!(state["last_run"]["exit_code"], 5);
    assert_eq!(state["last_done"], done, "the index is as old as it was");
    let ran = house.run(&["index", corpus().to_str().unwrap(), "--dry-run"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    assert_eq!(house.run(&["status"]).code, Some(1), "a dry run is no run");
}

#[test]
fn an_index_that_is_too_old_and_a_damaged_one_are_told_apart() {
    let house = House::indexed();
    let path = house.path("index/status.json");
    let mut record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    record["last_done"] = "2020-01-01T00:00:00Z".into();
    std::fs::write(&path, record.to_string()).unwrap();
    let ran = house.run(&["status", "--max-age", "26h"]);
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.out.contains("days ago"), "{ran:?}");
    assert!(ran.out.contains("at most 26 hours are allowed"), "{ran:?}");
    let state = &house.run(&["status", "--json", "--max-age", "26h"]).json()[0];
    assert_eq!(state["stale"], true, "{state}");
    std::fs::write(&path, "{").unwrap();
    assert_eq!(house.run(&["status"]).code, Some(0));
    std::fs::write(house.path("index/CURRENT"), "generation-000009 x\n").unwrap();
    assert_eq!(house.run(&["status"]).code, Some(3));
}

#[test]
fn the_figures_for_prometheus_are_written_whole() {
    let house = House::indexed();
    let file = house.path("esr-search.prom");
    let ran = house.run(&["status", "--prometheus", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let text = std::fs::read_to_string(&file).unwrap();
    for line in text.lines() {
        let is_comment = line.starts_with("# HELP esr_search_") || line.starts_with("# TYPE ");
        let value = line.rsplit(' ').next().unwrap().parse::<f64>();
        assert!(is_comment || value.is_ok(), "{line}");
    }
    assert!(
        text.contains("\nesr_search_run_files{class=\"failed\"} 0\n"),
        "{text}"
    );
    assert!(
        text.contains("\nesr_search_index_usable 1\n")
            || text.contains("esr_search_index_usable 1\n")
    );
}
