//! What a person at the terminal relies on, one sentence a test.
//! Every test runs the program itself in a folder of its own.

use crate::house::{House, corpus};

#[test]
fn any_form_of_a_word_finds_the_same_project_first() {
    let house = House::indexed();
    let first = house.search(&["osatyökykyiset"])[0].clone();
    assert_eq!(first, "S26011");
    for form in ["osatyökykyisten", "OSATYÖKYKYISIÄ", "Osatyökykyisille"] {
        assert_eq!(house.search(&[form]).first(), Some(&first), "{form}");
    }
}

#[test]
fn a_code_a_name_and_an_applicant_find_their_project() {
    let house = House::indexed();
    for (code, name, applicant) in facts() {
        assert_eq!(house.search(&[&code])[0], code);
        assert_eq!(house.search(&[&name])[0], code, "{name}");
        assert!(house.search(&[&applicant]).contains(&code), "{applicant}");
    }
}

/// Code, name and applicant of a few fictional projects.
fn facts() -> Vec<(String, String, String)> {
    let expected = std::fs::read_to_string(corpus().join("expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let wanted = [
        "S26011.txt",
        "S26058.txt",
        "S26102.txt",
        "S26228.txt",
        "S26432.html",
    ];
    let fact = |file: &str, key: &str| expected[file][key].as_str().unwrap().to_owned();
    wanted
        .iter()
        .map(|file| {
            (
                fact(file, "code"),
                fact(file, "name"),
                fact(file, "applicant"),
            )
        })
        .collect()
}

#[test]
fn a_second_run_leaves_one_document_a_code() {
    let house = House::indexed();
    let before = house.search(&["hanke"]);
    let ran = house.run(&["index", corpus().to_str().unwrap()]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    assert_eq!(house.search(&["hanke"]), before);
    let mut once = before.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), before.len());
}

#[test]
fn two_files_of_one_code_are_one_hit_and_the_ended_one_wins() {
    let house = House::indexed();
    let ran = house.run(&["show", "S26213", "--json"]);
    assert_eq!(ran.json()[0]["status"], "ended");
    assert_eq!(ran.json()[0]["path"], "S26213.txt");
    let ran = house.run(&["index", corpus().to_str().unwrap(), "--report", "json"]);
    let items = ran.json()[0]["items"].clone();
    let loser = items
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["path"] == "S26213-vanha.txt");
    let loser = loser.expect("the older snapshot is reported");
    assert_eq!(loser["class"], "skipped");
    assert!(
        loser["reasons"][0].as_str().unwrap().contains("S26213.txt"),
        "{loser}"
    );
}

#[test]
fn every_entry_of_a_folder_is_accounted_for() {
    let house = House::new();
    house.write("S20001.txt", description("S20001", "Työpaja"));
    house.write("empty.txt", "");
    house.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0");
    house.write("notes.md", "not a description");
    house.write("half.txt.part", "half");
    let ran = house.run(&["index", "files", "--report", "json"]);
    let report = &ran.json()[0];
    assert_eq!(report["seen"], 5);
    assert_eq!(report["indexed"], 1, "{report}");
    assert_eq!(report["skipped"], 4);
    assert_eq!(report["failed"], 0);
    assert_eq!(ran.code, Some(1));
    assert_eq!(house.search(&["työpajan"]), ["S20001"]);
}

/// A short description with nothing wrong in it.
fn description(code: &str, name: &str) -> String {
    let whole = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let mut lines = Vec::new();
    for line in whole.lines() {
        lines.push(match line.split_once(": ") {
            Some(("Hankekoodi", _)) => format!("Hankekoodi: {code}"),
            Some(("Hankkeen nimi", _)) => format!("Hankkeen nimi: {name}"),
            _ => line.to_owned(),
        });
    }
    lines.join("\n")
}

#[test]
fn a_hit_shows_its_sections_and_marks_the_words() {
    let house = House::indexed();
    let ran = house.run(&[
        "search",
        "osatyökykyisten",
        "--limit",
        "1",
        "--color",
        "always",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("S26011"), "{}", ran.out);
    assert!(ran.out.contains("tiivistelmä"), "{}", ran.out);
    assert!(
        ran.out.to_lowercase().contains("\u{1b}[31mosatyökyky"),
        "{}",
        ran.out
    );
    let plain = house.run(&["search", "osatyökykyisten", "--limit", "1"]);
    assert!(!plain.out.contains('\u{1b}'), "colour in a pipe");
}

#[test]
fn json_highlights_count_characters() {
    let house = House::indexed();
    let hits = house
        .run(&["search", "osatyökykyisten", "--json", "--limit", "1"])
        .json();
    let passage = &hits[0]["passages"][0];
    let text: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
    let range = &passage["highlights"][0];
    let at = |i: usize| usize::try_from(range[i].as_u64().unwrap()).unwrap();
    let word: String = text[at(0)..at(1)].iter().collect();
    assert!(word.to_lowercase().starts_with("osatyökyky"), "{word}");
}

#[test]
fn a_name_that_answers_is_shown_once_as_the_title() {
    let house = House::new();
    let name = "Työtä Ivalossa! – polku palkkatyöhön";
    house.write("files/S21001.txt", description("S21001", name));
    house.run(&["index", "files"]);
    let ran = house.run(&["search", "Ivalo"]);
    assert!(ran.out.contains(name), "{ran:?}");
    assert_eq!(ran.out.matches("Ivalossa").count(), 1, "{ran:?}");
}

#[test]
fn no_sentence_is_shown_twice_and_no_more_than_three_beside_the_name() {
    let house = House::new();
    let text = description("S29001", "Purjelautaa nuorille");
    let said = "Purjelauta kulkee tuulella.\n\n".repeat(3);
    let text = text.replace("\n4 ", &format!("\n{said}4 "));
    let text = text.replace("\n9 ", &format!("\n{said}9 ")) + &said;
    house.write("S29001.txt", text);
    house.run(&["index", "files"]);
    for (typed, most) in [("purjelauta", 4), ("=kulkee", 3)] {
        let ran = house.run(&["search", "--json", typed]);
        let hit = ran.json().into_iter().find(|line| line["type"] == "hit");
        let hit = hit.unwrap();
        let passages = hit["passages"].as_array().unwrap().iter();
        let texts: Vec<_> = passages
            .map(|p| p["text"].as_str().unwrap().to_owned())
            .collect();
        let once: std::collections::HashSet<_> = texts.iter().collect();
        assert_eq!(once.len(), texts.len(), "{texts:?}");
        assert!(texts.len() <= most, "{texts:?}");
        assert!(
            texts.iter().any(|text| text.contains("tuulella")),
            "{texts:?}"
        );
    }
}

#[test]
fn a_section_can_be_asked_for_by_its_finnish_or_english_name() {
    let house = House::indexed();
    let english = house.search(&["nuoret", "--section", "target"]);
    assert!(!english.is_empty());
    assert_eq!(
        house.search(&["nuoret", "--section", "kohderyhma"]),
        english
    );
    assert!(house.search(&["nuoret"]).len() >= english.len());
    let ran = house.run(&["search", "nuoret", "--section", "hinta"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("target, summary"), "{}", ran.err);
}

#[test]
fn an_offset_goes_on_where_the_limit_ended() {
    let house = House::indexed();
    let all = house.search(&["hanke"]);
    let page = |offset: &str| {
        let ran = house.run(&[
            "search", "hanke", "--json", "--limit", "3", "--offset", offset,
        ]);
        let lines = ran.json();
        let hits = lines.iter().filter(|line| line["type"] == "hit");
        hits.map(|hit| hit["key"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(page("0"), all[..3]);
    assert_eq!(page("3"), all[3..6]);
    let ran = house.run(&["search", "hanke", "--offset", "100000000000"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn a_phrase_wants_its_words_in_a_row() {
    let house = House::new();
    house.write("S20001.txt", description("S20001", "Uutta virtaa kylille"));
    house.write(
        "S20002.txt",
        description("S20002", "Virtaa ja uutta voimaa"),
    );
    house.run(&["index", "files"]);
    assert_eq!(house.search(&["\"uutta virtaa\""]), ["S20001"]);
    assert_eq!(
        house.search(&["\"uuden virran\""]).len(),
        house.search(&["\"uuden virran\""]).len()
    );
    assert_eq!(house.search(&["uutta virtaa"]).len(), 2);
}

#[test]
fn a_word_with_a_hyphen_is_left_out_and_no_option() {
    let house = House::indexed();
    let all = house.search(&["hanke"]);
    let left_out = house.search(&["hanke -nuorten"]);
    assert!(!left_out.is_empty() && left_out.len() < all.len());
    for typed in [["hanke", "-nuorten"], ["-nuorten", "hanke"]] {
        assert_eq!(house.search(&typed), left_out, "{typed:?}");
    }
    assert!(!house.search(&["-hyvää nuorten"]).is_empty());
}

#[test]
fn a_code_finds_itself_and_who_mentions_it_not_its_neighbours() {
    let house = House::new();
    house.write("a.txt", description("S30011", "Työpaja"));
    house.write("b.txt", description("S30012", "Työpaja"));
    house.run(&["index", "files"]);
    assert_eq!(house.search(&["S30011"]), ["S30011"]);
}

#[test]
fn a_query_without_a_word_is_told_so() {
    let house = House::indexed();
    for typed in ["", "  ", "!!!", "\"\""] {
        let ran = house.run(&["search", typed]);
        assert_eq!(ran.code, Some(1), "{typed:?}");
        assert!(ran.err.contains("nothing to search for"), "{}", ran.err);
    }
}

#[test]
fn nothing_found_says_so_and_exits_with_1() {
    let house = House::indexed();
    let ran = house.run(&["search", "xyzzyplugh"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.is_empty());
    assert!(ran.err.contains("no project has xyzzyplugh"), "{}", ran.err);
}

#[test]
fn without_an_index_the_mend_is_named() {
    let house = House::new();
    for args in [&["search", "x"][..], &["show", "S1"], &["info"]] {
        let ran = house.run(args);
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.err.contains("esr-search index FOLDER"), "{}", ran.err);
    }
}

#[test]
fn an_empty_folder_leaves_the_old_index_as_it_was() {
    let house = House::indexed();
    std::fs::create_dir(house.path("empty")).unwrap();
    let ran = house.run(&["index", "empty"]);
    assert_eq!(ran.code, Some(6), "{}", ran.err);
    assert!(!house.search(&["hanke"]).is_empty());
    let ran = house.run(&["index", "no-such-folder"]);
    assert_eq!(ran.code, Some(5));
    assert!(ran.err.contains("no-such-folder"), "{}", ran.err);
}

#[test]
fn an_index_of_another_version_is_not_read_as_this_one() {
    let house = House::indexed();
    let current = std::fs::read_to_string(house.path("index/CURRENT")).unwrap();
    let manifest = house
        .path("index")
        .join(current.split(' ').next().unwrap())
        .join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let format = format!("\"format\": {}", esr_search::index::FORMAT);
    std::fs::write(&manifest, text.replace(&format, "\"format\": 0")).unwrap();
    let ran = house.run(&["search", "hanke"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("another version"), "{}", ran.err);
    assert!(ran.err.contains("esr-search index FOLDER"), "{}", ran.err);
}

#[test]
fn the_index_folder_may_come_from_the_environment() {
    let house = House::new();
    house.write("S20001.txt", description("S20001", "Työpaja"));
    let env = [("ESR_SEARCH_INDEX", "elsewhere")];
    assert_eq!(house.run_with(&["index", "files"], &env).code, Some(0));
    assert!(house.path("elsewhere/CURRENT").exists());
    assert_eq!(house.run_with(&["search", "työpaja"], &env).code, Some(0));
    assert_eq!(house.run(&["search", "työpaja"]).code, Some(2));
}

#[test]
fn somebodys_files_are_never_swept_away_for_an_index() {
    let house = House::new();
    house.write("S20001.txt", description("S20001", "Työpaja"));
    let ran = house.run(&["index", "files", "--index", "files"]);
    assert_eq!(ran.code, Some(2));
    assert!(house.path("files/S20001.txt").exists());
    assert!(ran.err.contains("S20001.txt"), "{}", ran.err);
}

#[test]
fn a_description_comes_from_standard_input_too() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_esr-search"))
        .args(["parse", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text = description("S20001", "Työpaja");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let project: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(project["code"], "S20001");
    assert_eq!(project["problems"].as_array().unwrap().len(), 0);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let house = House::indexed();
    let mut child = Command::new(env!("CARGO_BIN_EXE_esr-search"))
        .args(["search", "hanke", "--limit", "1000", "--json"])
        .current_dir(house.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_variant_of_the_dictionary_that_is_not_there_is_an_error() {
    let house = House::indexed();
    let corpus = corpus();
    let corpus = corpus.to_str().unwrap();
    let before = house.search(&["osatyökykyiset"]);
    let ran = house.run(&["index", corpus, "--dictionary-variant", "typo"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("typo"), "{ran:?}");
    assert_eq!(house.search(&["osatyökykyiset"]), before);
}
