//! A contact person's data is neither in the index nor in any answer, unless
//! someone asked for it.

use std::path::Path;

use crate::house::{House, corpus};

/// What the sample says of the contact person of one project.
const PERSON: [&str; 2] = ["Tuulikki Vaarakallio", "Vaarakallio"];

/// A house with that project alone, indexed with some more arguments.
fn house(more: &[&str]) -> House {
    let house = House::new();
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    assert!(text.contains(PERSON[0]));
    house.write("S26011.txt", text);
    let mut args = vec!["index", "files"];
    args.extend(more);
    let ran = house.run(&args);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    house
}

/// Whether any file below a folder holds some bytes, as they are or in small
/// letters.
fn holds(folder: &Path, bytes: &str) -> bool {
    let small = bytes.to_lowercase();
    let has = |all: &[u8], some: &[u8]| all.windows(some.len()).any(|window| window == some);
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        let all = std::fs::read(&path).unwrap();
        has(&all, bytes.as_bytes()) || has(&all, small.as_bytes())
    })
}

/// Everything that can be asked of the project and may tell of its person.
fn answers(house: &House) -> String {
    let asked: &[&[&str]] = &[
        &["show", "S26011"],
        &["show", "S26011", "--json"],
        &["search", "Vaarakallio osatyökykyiset"],
        &["search", "Vaarakallio osatyökykyiset", "--json"],
        &["search", "osatyökykyiset", "--format", "csv"],
        &["search", "osatyökykyiset", "--explain"],
        &["search", "S26011", "--section", "applicant"],
        &["similar", "S26011", "--json"],
        &["similar", "files/S26011.txt", "--json"],
        &["suggest", "Vaarak"],
        &["parse", "files/S26011.txt"],
        &["parse", "files/S26011.txt", "--json"],
        &["parse", "files/S26011.txt", "--lines"],
        &["info", "--json"],
    ];
    asked.iter().map(|args| house.run(args).out).collect()
}

#[test]
fn who_does_not_ask_for_contact_persons_neither_keeps_nor_sees_them() {
    let house = house(&[]);
    for name in PERSON {
        assert!(!holds(&house.path("index"), name));
    }
    assert!(house.search(&["=Vaarakallio"]).is_empty());
    let all = answers(&house).to_lowercase();
    assert!(all.len() > 20_000 && !all.contains("tuulikki"));
    // The name was asked for and stands in what repeats the question only.
    assert!(!all.contains("vaarakallio\""), "{all}");
    let ran = house.run(&["show", "S26011", "--with-contacts"]);
    assert!(
        ran.err.contains("no contact persons") && !ran.out.contains("Tuulikki"),
        "{ran:?}"
    );
}

#[test]
fn who_asks_for_contact_persons_finds_projects_by_them_and_sees_them_on_request() {
    let house = house(&["--with-contacts"]);
    assert!(holds(&house.path("index"), PERSON[0]));
    assert_eq!(house.search(&["=Vaarakallio"]), ["S26011"]);
    assert!(!answers(&house).contains("Tuulikki"));
    for args in [
        &["show", "S26011", "--with-contacts"][..],
        &["show", "S26011", "--with-contacts", "--json"],
        &["parse", "files/S26011.txt", "--with-contacts"],
        &["parse", "files/S26011.txt", "--with-contacts", "--lines"],
    ] {
        assert!(house.run(args).out.contains(PERSON[0]), "{args:?}");
    }
    assert_eq!(house.run(&["verify", "--deep"]).code, Some(0));
}

#[test]
fn an_index_with_contact_persons_is_made_anew_by_a_run_that_is_not_told_to_keep_them() {
    let house = house(&["--with-contacts"]);
    let ran = house.run(&["index", "files", "--report", "json"]);
    let why = &ran.json()[0]["rebuilt"];
    assert_eq!(why, "it holds contact persons", "{ran:?}");
    assert!(!holds(&house.path("index"), PERSON[1]));
    assert!(house.search(&["=Vaarakallio"]).is_empty());
}

#[test]
fn no_other_line_takes_the_place_of_a_person_that_was_cut_out() {
    let house = house(&[]);
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let text = text.replace(PERSON[0], "Tuulikki Vaarakallio\nLiite 3");
    house.write("S26011.txt", text);
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    let shown = house.run(&["show", "S26011", "--json"]).json();
    let applicant = &shown[0]["applicant_details"];
    assert!(applicant["contact_name"].is_null(), "{applicant}");
    assert!(!answers(&house).contains(PERSON[0]));
}
