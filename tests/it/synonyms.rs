//! Words that mean the same, one sentence a test: what is searched beside a
//! word, by whose list, and how to do without.

use crate::house::{House, corpus};

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

/// A house with the sample and a list of synonyms.
fn with_list(name: &str, list: &str) -> House {
    let house = House::indexed();
    std::fs::write(house.path(name), list).unwrap();
    house
}

#[test]
fn an_office_is_found_by_its_short_and_its_long_name() {
    let house = House::indexed();
    let short = sorted(house.search(&["ELY"]));
    let alone = sorted(house.search(&["ELY", "--no-synonyms"]));
    let long = "\"elinkeino-, liikenne- ja ympäristökeskus\"";
    assert!(short.len() > alone.len(), "{alone:?}");
    let old = house.search(&["vajaakuntoisten"]);
    assert_eq!(old[0], "S26011");
    assert!(
        !house
            .search(&["vajaakuntoisten", "--no-synonyms"])
            .contains(&"S26011".to_owned())
    );
    let quoted = house.run(&["search", long]);
    assert!(!quoted.err.contains("also searched"), "{}", quoted.err);
}

#[test]
fn what_was_searched_beside_a_word_is_told() {
    let house = House::indexed();
    let ran = house.run(&["search", "Kelan", "--json"]);
    assert!(
        ran.err
            .contains("kelan was also searched as kansaneläkelaitos")
    );
    let lines = ran.json();
    let told = &lines.last().unwrap()["synonyms"][0];
    assert_eq!(told["word"], "kelan");
    assert_eq!(told["also"][0], "kansaneläkelaitos");
    let ran = house.run(&["search", "Kelan", "--no-synonyms"]);
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn a_list_of_ones_own_matches_any_form_and_rows_of_words() {
    let list = "# ours\nxyzzy, osatyökykyinen\nplugh => sosiaali- ja terveydenhuolto\n";
    let house = with_list("list.txt", list);
    let with = |query: &str| house.search(&[query, "--synonyms", "list.txt"]);
    assert_eq!(with("xyzzy")[0], "S26011");
    let row = sorted(with("plugh"));
    assert_eq!(row, sorted(with("+plugh")));
    assert!(!row.is_empty() && row.len() < 20, "{row:?}");
    assert!(house.search(&["plugh"]).is_empty());
    let env = [("ESR_SEARCH_SYNONYMS", "list.txt")];
    let ran = house.run_with(&["search", "xyzzyn", "-n", "1"], &env);
    assert!(ran.out.contains("S26011"), "{}", ran.out);
}

#[test]
fn what_says_the_word_itself_stands_above_what_says_a_synonym() {
    let house = House::new();
    let whole = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    for (code, word) in [("S30001", "plugh"), ("S30002", "xyzzy")] {
        let text = whole.replace("S26011", code);
        let text = text.replace("Harjunkulman", &format!("{word} Harjunkulman"));
        house.write(&format!("{code}.txt"), text);
    }
    house.run(&["index", "files"]);
    std::fs::write(house.path("list.txt"), "plugh, xyzzy").unwrap();
    let with = |query: &str| house.search(&[query, "--synonyms", "list.txt"]);
    assert_eq!(with("plugh"), ["S30001", "S30002"]);
    assert_eq!(with("xyzzy"), ["S30002", "S30001"]);
    assert_eq!(with("Harjunkulma -xyzzy"), ["S30001"]);
}

#[test]
fn labels_of_a_vocabulary_are_synonyms_too() {
    let label = "<http://www.w3.org/2004/02/skos/core#";
    let lines = format!(
        "<http://x/1> {label}prefLabel> \"osatyökykyiset\"@fi .\n<http://x/1> {label}altLabel> \"xyzzyt\"@fi .\n"
    );
    let house = with_list("words.nt", &lines);
    let found = house.search(&["xyzzyt", "--synonyms", "words.nt"]);
    assert_eq!(found[0], "S26011");
}

#[test]
fn a_list_that_cannot_be_read_is_told_with_its_line() {
    let house = with_list("list.txt", "a, b\nyksin\n");
    let ran = house.run(&["search", "nuoret", "--synonyms", "list.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("list.txt: line 2"), "{}", ran.err);
    let ran = house.run(&["search", "nuoret", "--synonyms", "none.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("none.txt"), "{}", ran.err);
}
