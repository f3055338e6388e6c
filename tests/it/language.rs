//! The language of queries at the terminal, one sentence a test: what is found
//! on the sample descriptions, what is noted, what is counted.

use crate::house::House;

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

#[test]
fn signs_and_operators_say_what_must_be_there() {
    let house = House::indexed();
    let any = sorted(house.search(&["nuoret työpaja"]));
    let both = sorted(house.search(&["nuoret JA työpaja"]));
    assert_eq!(sorted(house.search(&["+nuoret +työpaja"])), both);
    assert_eq!(sorted(house.search(&["(työpaja) AND nuoret"])), both);
    let without = house.search(&["nuoret työpaja EI (nuoret JA työpaja)"]);
    assert!(without.iter().all(|code| !both.contains(code)));
    assert!(both.len() < any.len() && !both.is_empty());
}

#[test]
fn a_value_is_a_condition_and_any_name_and_form_will_do() {
    let house = House::indexed();
    let ended = house.search(&["tila:päättynyt"]);
    assert_eq!(house.search(&["status:ended"]), ended);
    assert_eq!(house.search(&["--filter", "tila=paattynyt"]), ended);
    assert_eq!(house.search(&["kunta:Kemissä"]), ["S18214"]);
    assert_eq!(house.search(&["kunta:kemiläiset"]), ["S18214"]);
    assert_eq!(
        house.search(&["seutukunta:Kuopio"]),
        house.search(&["seutukunta:Kuopion"])
    );
    let rich = house.search(&["rahoitus:>500000"]);
    assert_eq!(house.search(&["--filter", "granted>500k"]), rich);
    assert!(!rich.is_empty() && rich.len() < 36);
    assert!(
        house
            .search(&["nuoret rahoitus:>500000"])
            .iter()
            .all(|code| rich.contains(code))
    );
}

#[test]
fn a_section_that_is_there_at_all_is_a_condition() {
    let house = House::indexed();
    let without = house.search(&["--ended-without-report"]);
    assert_eq!(
        house.search(&["tila:päättynyt EI loppuraportti:*"]),
        without
    );
    assert!(!without.is_empty());
    let with = house.search(&["tulokset:*"]);
    assert!(without.iter().all(|code| !with.contains(code)) && !with.is_empty());
}

#[test]
fn a_name_of_two_words_stands_in_quotes() {
    let house = House::indexed();
    let many = house.search(&["companies_planned:>20"]);
    assert_eq!(house.search(&["\"yrityksiä suunniteltu\":>20"]), many);
    assert!(!many.is_empty());
    assert_eq!(house.search(&["\"koko nimi\":Askelmerkit"]).len(), 1);
}

#[test]
fn a_promise_is_a_word_or_words_in_a_row() {
    let house = House::indexed();
    for promise in ["", "!!", "tila:päättynyt"] {
        let answer = house.run(&["search", "nuoret", "--promised-not-reported", promise]);
        assert_eq!(answer.code, Some(2), "{promise}");
        assert!(
            answer.err.contains("--promised-not-reported"),
            "{}",
            answer.err
        );
    }
    let narrow = house.search(&["--promised-not-reported", "työpaja"]);
    let wide = house.search(&["--promised-not-reported", "työpaj*"]);
    assert!(!wide.is_empty() && !narrow.is_empty());
    let none = house.run(&["search", "nuoret", "--promised-not-reported", "oppisopimus"]);
    assert_eq!(none.code, Some(1));
    assert!(
        none.err
            .contains("18 projects without --promised-not-reported"),
        "{}",
        none.err
    );
}

#[test]
fn totals_are_told_without_hits_and_behind_the_last_one() {
    let house = House::indexed();
    let counted = house.run(&["search", "nuoret", "--limit", "0"]);
    assert_eq!(counted.out.trim(), "18 projects for nuoret");
    let behind = house.run(&["search", "nuoret", "--offset", "500"]);
    assert!(
        behind.err.contains("no more behind the first 500"),
        "{}",
        behind.err
    );
}

#[test]
fn an_applicant_is_one_by_its_id_whatever_it_is_called() {
    let house = House::indexed();
    let hits = house
        .run(&["search", "osatyökykyiset", "--json", "--limit", "1"])
        .json();
    let name = format!("applicant={}", hits[0]["applicant"].as_str().unwrap());
    let id = format!("y-tunnus={}", hits[0]["business_id"].as_str().unwrap());
    let by_name = house.search(&["--filter", &name]);
    assert!(by_name.contains(&"S26011".to_owned()));
    assert_eq!(by_name, house.search(&["--filter", &id]));
}

#[test]
fn more_stars_in_front_and_tildes_than_anyone_needs_are_taken_as_words() {
    let house = House::indexed();
    let few = house.run(&["search", "*paja *tuki *toiminta osalisuus~"]);
    assert!(!few.err.contains("taken as a word"), "{}", few.err);
    let query = "*paja *tuki *toiminta osalisuus~ *palvelu kotoutumine~ nuor*";
    let many = house.run(&["search", query]);
    for word in ["*palvelu", "kotoutumine~"] {
        let note = format!("{word} was taken as a word");
        assert!(many.err.contains(&note), "{}", many.err);
    }
    assert_eq!(many.err.matches("taken as a word").count(), 2);
}

#[test]
fn stars_tildes_and_gaps_find_more_than_the_word() {
    let house = House::indexed();
    for query in ["osatyök*", "osatyokykyinen~", "*työkykyinen"] {
        assert!(
            house.search(&[query]).contains(&"S26011".to_owned()),
            "{query}"
        );
    }
    let near = house.search(&["\"osatyökykyisten palkkatyöhön\"~1"]);
    assert_eq!(near, ["S26011"]);
    assert!(
        house
            .search(&["\"osatyökykyisten palkkatyöhön\""])
            .is_empty()
    );
}

#[test]
fn what_cannot_be_read_is_noted_with_its_place_and_searched() {
    let house = House::indexed();
    let ran = house.run(&["search", "nuoret rahoitus:paljon (hinta:5"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for place in ["at character 8:", "at character 24:", "at character 25:"] {
        assert!(ran.err.contains(place), "{place} {}", ran.err);
    }
}

#[test]
fn a_facet_does_not_see_what_was_chosen_of_itself() {
    let house = House::indexed();
    let facet = |args: &[&str]| {
        let mut all = vec!["search", "hanke", "--json", "--facets", "region"];
        all.extend(args);
        let lines = house.run(&all).json();
        lines
            .into_iter()
            .find(|line| line["type"] == "facet")
            .unwrap()
    };
    let all = facet(&[]);
    assert_eq!(facet(&["--filter", "region=Lappi"]), all);
    assert_ne!(facet(&["--filter", "status=running"]), all);
    let values = all["values"].as_array().unwrap();
    let lapland = values
        .iter()
        .find(|value| value["value"] == "Lappi")
        .unwrap();
    let found = house.search(&["hanke", "--filter", "region=Lappi"]);
    assert_eq!(lapland["count"], found.len());
    let ran = house.run(&["search", "hanke", "--facets", "region"]);
    assert!(
        ran.out.contains("maakunta") && ran.out.contains("Lappi"),
        "{}",
        ran.out
    );
}

#[test]
fn hits_are_sorted_by_what_is_asked_either_way() {
    let house = House::indexed();
    let spent = |args: &[&str]| {
        let mut all = vec!["search", "--filter", "spent=*", "--json", "--limit", "100"];
        all.extend(args);
        let hits = house.run(&all).json();
        hits.iter()
            .filter(|line| line["type"] == "hit")
            .map(|hit| hit["spent"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    let most_first = spent(&["--sort", "spent"]);
    assert!(most_first.is_sorted_by(|a, b| a >= b) && most_first.len() > 5);
    assert!(spent(&["--sort", "spent", "--reverse"]).is_sorted());
    let codes = house.search(&["tila:*", "--sort", "code"]);
    assert!(codes.is_sorted());
    let ran = house.run(&["search", "hanke", "--sort", "hinta"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("relevance, start"), "{}", ran.err);
}

#[test]
fn a_field_that_is_not_there_is_an_error_that_names_the_others() {
    let house = House::indexed();
    for args in [["--filter", "hinta=5"], ["--facets", "hinta"]] {
        let ran = house.run(&["search", "hanke", args[0], args[1]]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert!(ran.err.contains("municipality"), "{}", ran.err);
    }
    let ran = house.run(&["search", "hanke", "--filter", "granted=paljon"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("a number is wanted"),
        "{}",
        ran.err
    );
}

#[test]
fn projects_with_all_words_lead() {
    let house = House::indexed();
    let all = house.search(&["nuoret JA työpaja"]);
    let hits = house.search(&["nuoret työpaja"]);
    assert_eq!(sorted(hits[..all.len()].to_vec()), sorted(all));
}

#[test]
fn programs_are_told_what_was_not_taken_as_typed() {
    let house = House::indexed();
    let lines = house.run(&["search", "--json", "nuoret TAI"]).json();
    let notes = lines.last().unwrap()["notes"].to_string();
    assert!(notes.contains("nothing to join"), "{notes}");
}

#[test]
fn words_of_projects_that_are_gone_take_no_place_among_those_of_a_star() {
    let house = House::new();
    let sample = std::fs::read_to_string(crate::house::corpus().join("S26011.txt")).unwrap();
    let write = |code: &str, numbers: std::ops::Range<usize>| {
        let words: Vec<String> = numbers.map(|n| format!("alkuperä{n}")).collect();
        let text = sample.replace("S26011", code);
        let text = text.replacen("\n4 ", &format!("\n{}.\n\n4 ", words.join(" ")), 1);
        house.write(&format!("{code}.txt"), text);
    };
    write("S29001", 0..150);
    write("S29002", 150..250);
    house.run(&["index", "files"]);
    let noted = || house.run(&["search", "alkuperä*"]).err;
    assert!(noted().contains("stands for 250 words"), "{}", noted());
    std::fs::remove_file(house.path("files/S29002.txt")).unwrap();
    house.run(&["index", "files"]);
    assert!(!noted().contains("stands for"), "{}", noted());
}

#[test]
fn a_phrase_with_halves_of_compounds_is_found_as_it_is_written() {
    let house = House::indexed();
    let office = "elinkeino-, liikenne- ja ympäristökeskus";
    let found = house.search(&[&format!("\"{office}\"")]);
    assert!(found.len() > 20, "{found:?}");
    let without = house.search(&[&format!("hanke -\"{office}\"")]);
    assert!(without.iter().all(|code| !found.contains(code)));
    let small = house.search(&["\"työ- ja toimintakyvyn alkukartoitus\""]);
    assert_eq!(small, ["S26011"]);
    let cut = house.search(&["\"elinkeino-, liikenne-\""]);
    assert!(found.iter().all(|code| cut.contains(code)), "{cut:?}");
    let begun = house.search(&["liikenne*"]);
    assert!(found.iter().all(|code| begun.contains(code)), "{begun:?}");
}

#[test]
fn a_project_is_found_by_its_name_without_the_word_project() {
    let house = House::indexed();
    for name in ["oma avain", "Oma avain -hanke", "omat avaimet"] {
        let found = house.search(&[&format!("\"{name}\"")]);
        assert_eq!(found, ["S26190"], "{name}");
    }
}
