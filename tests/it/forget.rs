//! A project that is forgotten is in no file of the index any more, and stays
//! out whatever happens.

use std::path::Path;

use esr_search::index::{self, Reader};

use crate::house::{House, Ran, corpus};

/// Words of the project that is forgotten here which stand nowhere else.
const ITS_OWN: &str = "Askelmerkit";
const CODE: &str = "S26011";

fn codes(house: &House) -> Vec<String> {
    let mut codes = house.search(&["*:*", "--filter", "fund=esr"]);
    codes.sort();
    codes
}

/// A house with the sample in a folder of its own.
fn house(more: &[&str]) -> House {
    let house = House::new();
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with('S') && name.ends_with(".txt") {
            house.write(&name, std::fs::read(&path).unwrap());
        }
    }
    run(&house, more);
    house
}

fn run(house: &House, more: &[&str]) -> Ran {
    let mut args = vec!["index", "files"];
    args.extend(more);
    let ran = house.run(&args);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    ran
}

/// Whether some bytes stand in any file below a folder, as they are.
fn raw(folder: &Path, bytes: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return raw(&path, bytes);
        }
        let all = std::fs::read(&path).unwrap();
        all.windows(bytes.len())
            .any(|window| window == bytes.as_bytes())
    })
}

/// Whether any text or form of the index, of deleted projects too, has a word.
fn packed(house: &House, word: &str) -> bool {
    let reader = Reader::open(&house.path("index")).unwrap();
    reader.segments.iter().enumerate().any(|(number, segment)| {
        let docs = 0..segment.reader.max_doc();
        let text = |doc| reader.stored(number, doc).unwrap().text;
        let form = segment.forms.docs(&word.to_lowercase()).unwrap();
        form.is_some() || docs.into_iter().any(|doc| text(doc).contains(word))
    })
}

fn assert_gone(house: &House) {
    assert_ne!(house.run(&["show", CODE]).code, Some(0));
    assert!(house.search(&[&format!("={ITS_OWN}")]).is_empty());
    assert!(!packed(house, ITS_OWN));
    assert!(!raw(&house.path("index"), ITS_OWN));
    let verified = house.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

fn assert_forgotten_for_good(house: &House) {
    let report = &run(house, &["--report", "json"]).json()[0];
    let item = |item: &&serde_json::Value| item["path"] == "S26011.txt";
    let item = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(item)
        .unwrap();
    assert_eq!(item["class"], "skipped");
    assert!(item["reasons"].to_string().contains("forgotten"), "{item}");
    assert_gone(house);
    run(house, &["--rebuild"]);
    assert_gone(house);
    std::fs::write(house.path("index/CURRENT"), "generation-000009 x\n").unwrap();
    run(house, &[]);
    assert_gone(house);
    assert_eq!(house.run(&["forget", "--list"]).out, "S26011\n");
}

#[test]
fn a_forgotten_project_is_in_no_file_and_stays_out() {
    let house = house(&[]);
    let before = codes(&house);
    assert!(packed(&house, ITS_OWN));
    let ran = house.run(&["forget", "s26011"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("described by S26011.txt"), "{ran:?}");
    assert_gone(&house);
    let others: Vec<_> = before.into_iter().filter(|code| code != CODE).collect();
    assert_eq!(codes(&house), others);
    assert!(
        house
            .run(&["info", "--json"])
            .out
            .contains(r#""forgotten":["S26011"]"#)
    );
    assert_forgotten_for_good(&house);
    assert_eq!(codes(&house), others);
}

#[test]
fn a_nightly_run_is_fine_though_the_file_of_a_forgotten_project_stays() {
    let house = House::new();
    for code in [CODE, "S26024"] {
        let name = format!("{code}.txt");
        house.write(&name, std::fs::read(corpus().join(&name)).unwrap());
    }
    run(&house, &[]);
    assert_eq!(house.run(&["forget", CODE]).code, Some(0));
    for more in [&[][..], &["--rebuild"]] {
        let ran = run(&house, more);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.out.contains("forgotten"), "it is told of: {ran:?}");
    }
    assert_eq!(house.run(&["status"]).code, Some(0));
}

#[test]
fn without_a_dictionary_what_was_learnt_is_forgotten_too() {
    let house = house(&["--no-dictionary"]);
    let lexicon = || {
        let reader = Reader::open(&house.path("index")).unwrap();
        reader.manifest.analyzer.fingerprint
    };
    let before = lexicon();
    let ran = house.run(&["forget", CODE]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_gone(&house);
    assert_ne!(lexicon(), before);
    // What is there now is what a run over the others makes.
    std::fs::remove_file(house.path("files/S26011.txt")).unwrap();
    let afresh = house.run(&["index", "files", "--index", "afresh", "--no-dictionary"]);
    assert!(matches!(afresh.code, Some(0 | 1)), "{afresh:?}");
    for words in ["osatyökykyiset", "nuorten työpajat", "palvelu"] {
        let found = house.search(&[words]);
        assert!(!found.is_empty());
        assert_eq!(
            found,
            house.search(&[words, "--index", "afresh"]),
            "{words}"
        );
    }
}

#[test]
fn a_text_that_was_deleted_but_is_still_on_the_disk_is_erased_too() {
    let house = house(&[]);
    std::fs::remove_file(house.path("files/S26011.txt")).unwrap();
    run(&house, &[]);
    assert!(packed(&house, ITS_OWN), "deleted only");
    let ran = house.run(&["forget", CODE]);
    assert_eq!(ran.code, Some(1), "it is not in the index: {ran:?}");
    assert_gone(&house);
}

#[test]
fn who_changes_their_mind_gets_the_project_back_with_the_next_run() {
    let house = house(&[]);
    let before = codes(&house);
    assert_eq!(house.run(&["forget", CODE]).code, Some(0));
    run(&house, &[]);
    assert_eq!(house.run(&["forget", "--undo", CODE]).code, Some(0));
    assert_eq!(house.run(&["forget", "--list"]).out, "");
    assert_eq!(house.run(&["verify"]).code, Some(0));
    run(&house, &[]);
    assert_eq!(codes(&house), before);
    assert_eq!(house.run(&["forget", "--undo", CODE]).code, Some(1));
}

#[test]
fn a_dry_run_and_a_name_that_is_no_code_change_nothing() {
    let house = house(&[]);
    let other = "1 Hanke\n\nHankkeen nimi: Jatko\n\nProjektikoodi: S29998\n\n\
        3 Tiivistelmä\n\nJatkaa hanketta S26011.\n";
    house.write("S29998.txt", other);
    run(&house, &[]);
    let before = std::fs::read(house.path("index/CURRENT")).unwrap();
    let ran = house.run(&["forget", CODE, "--dry-run"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("stays in the texts of S29998"), "{ran:?}");
    assert_eq!(house.run(&["forget", "Askelmerkit"]).code, Some(2));
    assert_eq!(
        house.run(&["forget", CODE, "--index", "none"]).code,
        Some(2)
    );
    assert!(!house.path("none").exists());
    assert_eq!(std::fs::read(house.path("index/CURRENT")).unwrap(), before);
    let ran = house.run(&["forget", CODE]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(house.run(&["show", "S29998"]).code, Some(0));
}

#[test]
fn a_list_that_is_damaged_with_its_index_stops_the_run() {
    let house = house(&[]);
    assert_eq!(house.run(&["forget", CODE]).code, Some(0));
    std::fs::write(house.path("index/FORGOTTEN"), "{}").unwrap();
    assert_eq!(
        index::verify(&house.path("index"), None)
            .unwrap()
            .findings
            .len(),
        1
    );
    std::fs::write(house.path("index/CURRENT"), "generation-000009 x\n").unwrap();
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("FORGOTTEN"), "{ran:?}");
}

#[test]
fn the_last_project_of_an_index_can_be_forgotten() {
    let house = House::new();
    house.write(
        "S26011.txt",
        std::fs::read(corpus().join("S26011.txt")).unwrap(),
    );
    run(&house, &[]);
    assert_eq!(house.run(&["forget", CODE]).code, Some(0));
    assert_gone(&house);
}

#[test]
fn what_another_project_quotes_within_a_line_of_its_own_is_that_projects() {
    let house = house(&[]);
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let quoted = text.lines().find(|line| line.contains("Työnantajatyö on"));
    let other = std::fs::read_to_string(corpus().join("S26024.txt")).unwrap();
    let line = other.lines().find(|line| line.len() > 200).unwrap();
    let quoting = format!("{line} Siellä sanottiin: {} Niin.", quoted.unwrap());
    house.write("S26024.txt", other.replace(line, &quoting));
    run(&house, &[]);
    let ran = house.run(&["forget", CODE]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(packed(&house, "Työnantajatyö on") && !packed(&house, ITS_OWN));
}
