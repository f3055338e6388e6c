//! The reader and the chain on the dictionary that is installed, if one is.
//!
//! Where none is, every test says so and does nothing.
#![allow(clippy::print_stderr, clippy::disallowed_methods)]
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use esr_search::error::Error;
use esr_search::finnish::voikko::{Dictionary, Scratch, VARIANT, find};
use esr_search::finnish::{Kind, dictionary::Words};
use esr_search::index::{self, Choice, Reader};
use proptest::prelude::*;

use super::small::{Plot, WORDS, page};

fn file() -> Option<PathBuf> {
    let home = std::env::var_os("HOME");
    let file = find(None, home.as_deref().map(Path::new), VARIANT);
    if let Err(missing) = &file {
        eprintln!("skipped: {missing}");
    }
    file.ok()
}

fn words() -> Option<Words> {
    let dictionary = Dictionary::open(&file()?).ok()?;
    Some(Words::new(Arc::new(dictionary)))
}

/// Whether a document with the one word is found, and as what, by a query with the other.
fn found(words: &Words, query: &str, document: &str) -> Option<Kind> {
    let mut scratch = Scratch::new();
    let (asked, held) = (
        words.query(query, &mut scratch),
        words.index(document, &mut scratch),
    );
    let met = asked.iter().filter(|term| term.kind != Kind::Derived);
    met.filter_map(|asked| held.iter().find(|held| held.text == asked.text))
        .map(|held| held.kind)
        .min()
}

#[test]
fn a_word_finds_its_forms() {
    let Some(words) = words() else { return };
    for (query, document) in [
        ("yritys", "yrityksiin"),
        ("yritysten", "yritys"),
        ("osatyökykyinen", "osatyökykyisten"),
        ("työtön", "työttömien"),
        ("asiakas", "asiakkaan"),
        ("nuori", "nuorten"),
        ("kunta", "kunnissa"),
        ("TE-toimisto", "TE-toimiston"),
        ("te-toimistot", "TE-toimistojen"),
        ("Kela", "KELAn"),
        ("yhteensovittaa", "yhteensovittavat"),
        ("nopeasti", "nopeammin"),
        ("siivota", "siivottu"),
    ] {
        assert!(
            matches!(
                found(&words, query, document),
                Some(Kind::Base | Kind::Verb)
            ),
            "{query}, {document}"
        );
    }
}

#[test]
fn an_unknown_name_or_abbreviation_finds_its_forms() {
    let Some(words) = words() else { return };
    for (query, document) in [
        ("ELY", "ELY:n"),
        ("ely", "ELYn"),
        ("Kalymnos", "Kalymnoksella"),
        ("Hypatia", "Hypatiaan"),
        ("Matruh", "Matruhin"),
    ] {
        assert!(
            found(&words, query, document).is_some(),
            "{query}, {document}"
        );
    }
}

#[test]
fn a_part_finds_its_compounds_as_a_part_and_a_compound_does_not_find_its_parts() {
    let Some(words) = words() else { return };
    for (part, compound) in [
        ("palvelu", "työllisyyspalveluiden"),
        ("työllisyys", "työllisyyspalvelu"),
        ("toimisto", "TE-toimiston"),
    ] {
        assert_eq!(found(&words, part, compound), Some(Kind::Part));
        assert_eq!(found(&words, compound, part), None);
    }
    assert_eq!(
        found(&words, "sosiaalityö", "aikuissosiaalityössä"),
        Some(Kind::Piece)
    );
}

#[test]
fn a_derived_word_is_tied_to_its_origin_and_kept_apart() {
    let Some(words) = words() else { return };
    for (word, origin) in [
        ("osatyökykyisyys", "osatyökykyinen"),
        ("työttömyys", "työtön"),
        ("kehittäminen", "kehittää"),
    ] {
        let terms = words.index(word, &mut Scratch::new());
        assert!(
            terms
                .iter()
                .any(|term| term.kind == Kind::Derived && *term.text == *origin),
            "{word}: {terms:?}"
        );
        assert_eq!(
            found(&words, origin, word).map(|kind| kind == Kind::Derived),
            Some(true)
        );
    }
}

#[test]
fn the_first_half_of_an_open_compound_is_completed() {
    let Some(words) = words() else { return };
    let completed = |first, second| words.completed(first, second, &mut Scratch::new());
    assert_eq!(
        completed("työllistymis-", "koulutuspalvelut").as_deref(),
        Some("työllistymispalvelut")
    );
    assert_eq!(
        completed("Sosiaali-", "terveyspalveluiden").as_deref(),
        Some("sosiaalipalveluiden")
    );
    assert_eq!(completed("työ-", "ja"), None);
}

#[test]
fn a_damaged_copy_of_the_real_dictionary_is_survived() {
    let Some(file) = file() else { return };
    let whole = std::fs::read(&file).unwrap();
    let size = whole.len();
    let flips = proptest::collection::vec((0..size, 0..8u32), 1..40);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let outcome = runner.run(&flips, |flips| {
        let mut bytes = whole.clone();
        for (at, bit) in flips {
            // Most bits outside the table make an error at once; what is of interest is inside.
            bytes[if at % 8 == 0 { at % 2400 } else { at }] ^= 1 << bit;
        }
        if let Ok(dictionary) = Dictionary::from_bytes(bytes, Path::new("damaged")) {
            let mut scratch = Scratch::new();
            let start = Instant::now();
            for word in [
                "työllisyyspalveluiden",
                "pitkäaikaistyöttömyydestä",
                "kansaneläkelaitos",
                "aaaaaaaaaaaaaaaaaaaaaaa",
            ] {
                dictionary.readings(word, &mut scratch);
            }
            prop_assert!(start.elapsed() < Duration::from_secs(5));
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn an_index_knows_its_dictionary_again_and_takes_no_other() {
    let Some(file) = file() else { return };
    let plot = Plot::new();
    plot.write("a.txt", page(1, &WORDS));
    let dictionary = plot.path("mor.vfst");
    std::fs::copy(&file, &dictionary).unwrap();
    let choice = Choice::Dictionary(dictionary.clone());
    let options = index::Options::new(jiff::Timestamp::UNIX_EPOCH);
    index::build(&plot.corpus(), &plot.index(), &choice, &options, &|_| {}).unwrap();
    let open = || {
        let reader = Reader::open(&plot.index()).unwrap();
        reader.analyzer(None).map(|analyzer| analyzer.fingerprint())
    };
    let first = open().unwrap();
    // The same content at another time is the same dictionary.
    std::fs::copy(&file, &dictionary).unwrap();
    assert_eq!(open().unwrap(), first);
    // Another content is not, even if it is as long and as sound.
    let mut other = std::fs::read(&file).unwrap();
    let at = other.len() - 4;
    let before = other[at];
    let sound = (0..=u8::MAX).filter(|byte| *byte != before).find(|byte| {
        other[at] = *byte;
        Dictionary::from_bytes(other.clone(), Path::new("other")).is_ok()
    });
    std::fs::write(&dictionary, &other).unwrap();
    let refused = open();
    match sound {
        Some(_) => assert!(matches!(refused, Err(Error::OtherAnalyzer { .. }))),
        None => assert!(matches!(refused, Err(Error::NoDictionary { .. }))),
    }
}
