//! Near projects, links between projects, and what is offered for words that
//! nobody uses: one sentence a test, by running the program.

use crate::house::{House, corpus};

#[test]
fn the_nearest_projects_share_the_target_group_and_never_the_project_itself() {
    let house = House::indexed();
    let ran = house.run(&["similar", "s26011", "--json", "--limit", "5"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let near: Vec<_> = lines(&ran.json(), "similar");
    assert_eq!(near.len(), 5);
    assert!(near.iter().all(|project| project["key"] != "S26011"));
    assert!(!near[0]["shared"]["target"].as_array().unwrap().is_empty());
    assert!(!near[0]["apart"]["here"].as_array().unwrap().is_empty());
    let overlap = |project: &serde_json::Value| project["overlap"].as_u64().unwrap();
    assert!(overlap(&near[0]) > overlap(&near[4]));
}

fn lines(all: &[serde_json::Value], kind: &str) -> Vec<serde_json::Value> {
    let of_kind = all.iter().filter(|line| line["type"] == kind);
    of_kind.cloned().collect()
}

#[test]
fn a_draft_of_a_few_sentences_finds_what_was_tried_before() {
    let house = House::indexed();
    house.write(
        "draft.txt",
        "Autamme mielenterveyskuntoutujia palaamaan töihin. Klubitalossa järjestetään \
         työhönvalmennusta ja työkokeiluja.",
    );
    let ran = house.run(&["similar", "files/draft.txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let first = ran.out.lines().find(|line| line.starts_with("  1  "));
    assert!(first.unwrap().contains("S26089"), "{}", ran.out);
}

#[test]
fn a_description_in_a_file_is_nearest_to_itself_in_the_index() {
    let house = House::indexed();
    let file = corpus().join("S26011.txt");
    let ran = house.run(&["similar", "--json", "-n", "1", file.to_str().unwrap()]);
    let near = &ran.json()[0];
    assert_eq!(near["key"], "S26011");
    assert_eq!(near["shared"]["applicant"], true);
    let ties = near["ties"].as_array().unwrap();
    assert!(ties.contains(&"near_duplicate".into()), "{near}");
}

#[test]
fn what_is_neither_a_project_nor_a_file_is_told() {
    let house = House::indexed();
    let ran = house.run(&["similar", "S99999"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("no project S99999"), "{}", ran.err);
    house.write("empty.txt", "ja mutta");
    let ran = house.run(&["similar", "files/empty.txt"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.err.contains("give a longer text"), "{}", ran.err);
}

#[test]
fn projects_that_name_each_other_are_linked_both_ways() {
    let house = House::indexed();
    let ties = |code: &str| {
        let ran = house.run(&["show", "--json", code]);
        ran.json()[0]["links"].clone()
    };
    let link = &ties("S26277")[0];
    assert_eq!(link["key"], "S26278");
    let known = link["ties"].as_array().unwrap();
    for tie in ["mentions", "mentioned_by", "sister"] {
        assert!(known.contains(&tie.into()), "{link}");
    }
    let outside = &ties("S18214")[0];
    assert_eq!(outside["key"], "S18107");
    assert!(outside["name"].is_null());
    let ran = house.run(&["show", "S26278"]);
    assert!(ran.out.contains("sisarhanke"), "{}", ran.out);
}

#[test]
fn hits_say_which_of_them_are_sister_projects() {
    let house = House::indexed();
    let ran = house.run(&["search", "--json", "arjesta", "ammattiin"]);
    let hits = ran.json();
    let hit = hits.iter().find(|hit| hit["key"] == "S26277").unwrap();
    assert_eq!(hit["sisters"], serde_json::json!(["S26278"]));
    let ran = house.run(&["search", "arjesta", "ammattiin"]);
    assert!(ran.out.contains("sister project of: S26278"), "{}", ran.out);
}
