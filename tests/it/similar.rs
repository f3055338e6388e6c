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

#[test]
fn a_project_that_is_gone_is_near_to_none() {
    let house = House::new();
    let sample = std::fs::read_dir(corpus()).unwrap();
    for path in sample.map(|entry| entry.unwrap().path()) {
        if path.is_file() {
            let name = path.file_name().unwrap().to_str().unwrap();
            house.write(name, std::fs::read(&path).unwrap());
        }
    }
    let near = || {
        let ran = house.run(&["index", "files"]);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        let ran = house.run(&["similar", "S26011", "--json", "--limit", "100"]);
        let near = lines(&ran.json(), "similar").into_iter();
        near.map(|project| project["key"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let gone = near().swap_remove(0);
    std::fs::remove_file(house.path(&format!("files/{gone}.txt"))).unwrap();
    let left = near();
    assert!(left.len() > 5 && !left.contains(&gone), "{gone}: {left:?}");
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
    house.write("empty.txt", "xyzzy zyxxy");
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

#[test]
fn a_word_typed_without_dots_is_offered_with_them_and_never_replaced() {
    let house = House::indexed();
    let ran = house.run(&["search", "tyottomat"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.out.is_empty());
    assert!(ran.err.contains("did you mean työttömät ("), "{}", ran.err);
}

#[test]
fn a_slip_of_the_finger_is_answered_with_the_nearest_word() {
    let house = House::indexed();
    let ran = house.run(&["search", "osatyökykyset", "--json"]);
    assert!(
        ran.err.contains("did you mean osatyökykyiset"),
        "{}",
        ran.err
    );
    // What is known is not doubted.
    let ran = house.run(&["search", "osatyökykyiset"]);
    assert!(!ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn where_nothing_is_found_it_is_said_what_would_find_something() {
    let house = House::indexed();
    let said = |args: &[&str]| {
        let ran = house.run(&[&["search"], args].concat());
        assert_eq!(ran.code, Some(1), "{args:?}: {}", ran.out);
        ran.err
    };
    let filtered = said(&["osatyökykyiset", "--filter", "granted>900000000"]);
    assert!(filtered.contains("without filters"), "{filtered}");
    let phrase = said(&["\"nuoret osatyökykyiset\""]);
    assert!(phrase.contains("in any place and form"), "{phrase}");
    let valued = said(&["osatyökykyiset myönnetty:>900000000"]);
    assert!(valued.contains("without the values"), "{valued}");
}

#[test]
fn a_beginning_is_completed_to_words_names_and_applicants() {
    let house = House::indexed();
    let ran = house.run(&["suggest", "nuor", "--json"]);
    let all = ran.json();
    let texts = |kind: &str| -> Vec<String> {
        let of_kind = all.iter().filter(|line| line["kind"] == kind);
        of_kind.map(|line| line["text"].to_string()).collect()
    };
    assert!(
        texts("word").contains(&"\"nuori\"".to_owned()),
        "{}",
        ran.out
    );
    assert!(
        texts("project")
            .iter()
            .any(|name| name.contains("nuorten työllistäjinä"))
    );
    assert!(
        texts("applicant")
            .iter()
            .any(|name| name.contains("Nuorten Tuki"))
    );
    assert!(all.iter().all(|line| line["count"].as_u64() > Some(0)));
    let dotless = house.run(&["suggest", "tyottom"]);
    assert!(dotless.out.contains("työttömät"), "{}", dotless.out);
    assert_eq!(house.run(&["suggest", "zzzz"]).code, Some(1));
}

#[test]
fn what_was_promised_and_never_reported_is_found() {
    let house = House::new();
    let whole = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let (plan, report) = whole.split_once("\n9 ").unwrap();
    let title = report.lines().next().unwrap();
    let file = |code: &str, said: &str, done: &str| {
        let plan = plan.replace("S26011", code);
        let plan = plan.replacen("\n4 ", &format!("\nKeskeistä on {said}.\n\n4 "), 1);
        let report = done.replace("TITLE", title);
        house.write(&format!("{code}.txt"), format!("{plan}{report}"));
    };
    file(
        "S29001",
        "ratsastusterapia",
        "\n9 TITLE\n\nTuloksena syntyi opas.\n",
    );
    file(
        "S29002",
        "ratsastusterapia",
        "\n9 TITLE\n\nRatsastusterapiaa annettiin.\n",
    );
    file("S29003", "ratsastusterapia", "\n");
    let ran = house.run(&["index", "files"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    let found = house.search(&["--promised-not-reported", "ratsastusterapian"]);
    assert_eq!(found, ["S29001"]);
    // As a condition it leaves those too that hold only a part of the other word.
    let part = [
        "hevosratsastusterapia",
        "--promised-not-reported",
        "ratsastusterapia",
    ];
    assert_eq!(house.search(&part), ["S29001"]);
    assert_eq!(house.search(&["--ended-without-report"]), ["S29003"]);
}

#[test]
fn planned_and_realised_numbers_and_their_shares_sort_and_narrow() {
    let house = House::indexed();
    let ran = house.run(&[
        "search",
        "--json",
        "--filter",
        "public_share>0",
        "--sort",
        "public_share",
    ]);
    let share = |hit: &serde_json::Value| {
        hit["public_realised"].as_u64().unwrap() * 100 / hit["public_planned"].as_u64().unwrap()
    };
    let mut hits = ran.json();
    hits.retain(|line| line["type"] == "hit");
    let shares: Vec<u64> = hits.iter().map(share).collect();
    assert!(
        shares.len() > 5 && shares.is_sorted_by(|a, b| a >= b),
        "{shares:?}"
    );
}
