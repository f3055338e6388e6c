//! What is kept of a description beside its text is the project that was read,
//! without its contact person, whatever the page looks like.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and read files"
)]

use esr_search::form::project::Contact;
use esr_search::form::{parse, spanned, spans, without_contact};
use proptest::prelude::*;

/// The texts of the descriptions in tests/corpus.
fn pages() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let texts = files.filter(|path| path.extension().is_some_and(|end| end == "txt"));
    texts
        .map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned())
        .collect()
}

/// Lines of all forms, with contact persons where none should be.
fn line() -> impl Strategy<Value = String> {
    let lines = pages().join("\n");
    let lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    let person = [
        "Hankkeen yhteyshenkilön nimi: Aino Esimerkki",
        "Yhteyshenkilön puhelin: 040",
        "Jäi Contact person: Eino Toinen",
    ];
    prop_oneof![
        12 => proptest::sample::select(lines),
        1 => "\\PC{0,20}",
        2 => proptest::sample::select(person.map(str::to_owned).to_vec()),
    ]
}

fn assert_comes_back(text: &str) {
    let mut project = parse(text).project;
    let (kept, cuts) = without_contact(text, &project.applicant.contact);
    let spans = spans(&project, text, &cuts).expect(text);
    assert!(spans.is_ascii() && !spans.contains('\0'));
    project.applicant.contact = Contact::default();
    assert_eq!(spanned(&spans, &kept), Some(project), "{text}");
    assert_eq!(spanned(&spans[..spans.len() - 1], &kept), None);
    assert_eq!(spanned(&format!("{spans}a"), &kept), None);
}

#[test]
fn the_project_of_each_description_comes_back_whole() {
    let pages = pages();
    assert!(pages.len() > 30);
    pages.iter().for_each(|page| assert_comes_back(page));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_project_of_any_page_comes_back(lines in proptest::collection::vec(line(), 0..200)) {
        assert_comes_back(&lines.join("\n"));
    }
}
