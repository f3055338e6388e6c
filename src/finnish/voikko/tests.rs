//! What a user of the reader may rely on, said against tiny dictionaries made here.
//! Apart from the reader for length alone.
use std::path::Path;

use super::tiny::Tiny;
use super::*;

fn open(tiny: &Tiny) -> Dictionary {
    Dictionary::from_bytes(tiny.file(false), Path::new("tiny")).unwrap()
}

fn readings(word: &str) -> Vec<Reading> {
    open(&Tiny::sample()).readings(word, &mut Scratch::new())
}

fn only(word: &str) -> Reading {
    let mut all = readings(word);
    assert_eq!(all.len(), 1, "{word}: {all:?}");
    all.remove(0)
}

fn raw(dictionary: &Dictionary, word: &str) -> Vec<String> {
    let mut all = Vec::new();
    dictionary.raw(word, &mut Scratch::new(), |analysis| {
        all.push(analysis.to_owned())
    });
    all
}

fn derived(word: &str) -> Option<(String, Link)> {
    only(word).derived
}

#[test]
fn every_form_has_the_base_form_of_its_word() {
    assert_eq!(only("palveluiden").base, "palvelu");
    assert_eq!(only("Palveluiden").base, "palvelu");
    assert_eq!(only("EU:n").base, "eu");
}

#[test]
fn a_compound_gives_its_parts_with_their_derivations_whole() {
    let reading = only("työllisyyspalveluiden");
    assert_eq!(reading.base, "työllisyyspalvelu");
    assert_eq!(reading.parts, ["työllisyys", "palvelu"]);
}

#[test]
fn a_listed_compound_gives_its_parts_too() {
    let reading = only("työhönvalmennuksen");
    assert_eq!(
        (reading.base.as_str(), reading.parts),
        (
            "työhönvalmennus",
            vec!["työhön".to_owned(), "valmennus".to_owned()]
        )
    );
}

#[test]
fn a_word_of_two_meanings_has_two_readings() {
    let bases: Vec<String> = readings("maine")
        .into_iter()
        .map(|reading| reading.base)
        .collect();
    assert_eq!(bases, ["maine", "maa"]);
}

#[test]
fn a_participle_gives_its_verb_but_one_that_denies_does_not() {
    assert_eq!(only("kuntouttavaa").base, "kuntouttava");
    assert_eq!(
        derived("kuntouttavaa"),
        Some(("kuntouttaa".to_owned(), Link::Participle))
    );
    assert_eq!(
        derived("siivottu"),
        Some(("siivota".to_owned(), Link::Past))
    );
    assert_eq!(only("riippumattomat").base, "riippumaton");
    assert_eq!(derived("riippumattomat"), None);
}

#[test]
fn nouns_in_minen_and_adverbs_in_sti_stand_for_themselves() {
    assert_eq!(only("kuntouttamisella").base, "kuntouttaminen");
    assert_eq!(
        derived("kuntouttamisella"),
        Some(("kuntouttaa".to_owned(), Link::Minen))
    );
    assert_eq!(only("nopeastikin").base, "nopeasti");
    assert_eq!(
        derived("nopeastikin"),
        Some(("nopea".to_owned(), Link::Adverb))
    );
}

#[test]
fn a_compared_adverb_is_a_form_of_the_adverb() {
    assert_eq!(only("nopeammin").base, "nopeasti");
    assert_eq!(only("kovemmin").base, "kovasti");
}

#[test]
fn an_adverb_is_itself_and_not_the_head_of_its_series() {
    assert_eq!(only("sinnekin").base, "sinne");
    assert_eq!(only("edessään").base, "edessä");
}

#[test]
fn a_quality_is_tied_to_its_adjective() {
    assert_eq!(
        derived("työttömyys"),
        Some(("työtön".to_owned(), Link::Quality))
    );
}

#[test]
fn the_same_vowel_on_both_sides_of_a_seam_needs_a_hyphen() {
    assert_eq!(only("jalkaansa").base, "jalka");
}

#[test]
fn a_name_of_two_inflected_words_has_both_in_base_form() {
    assert_eq!(only("Isolla-Britannialla").base, "iso-britannia");
}

#[test]
fn a_compound_may_be_spelt_with_base_forms() {
    assert_eq!(
        only("kielenopettajan").variant.as_deref(),
        Some("kieliopettaja")
    );
}

#[test]
fn unknown_words_have_no_reading() {
    for word in [
        "",
        "talo",
        "palveluid",
        "palveluidenn",
        "🐦",
        "palvelu iden",
        &"a".repeat(10_000),
    ] {
        assert_eq!(readings(word), [], "{word}");
    }
}

#[test]
fn both_byte_orders_read_alike() {
    let words = Tiny::sample();
    let other = Dictionary::from_bytes(words.file(true), Path::new("big")).unwrap();
    for word in ["palveluiden", "maine", "jalkaansa", "talo"] {
        assert_eq!(raw(&open(&words), word), raw(&other, word));
    }
}

#[test]
fn switches_allow_require_and_forbid() {
    let tiny = Tiny::default()
        .word("ab", "@P.A.X@a@R.A.X@b")
        .word("ac", "@P.A.X@a@D.A@c")
        .word("ad", "@P.A.X@@C.A@a@D.A.X@d")
        .word("ae", "@U.A.X@a@U.A.Y@e")
        .word("af", "@U.A.X@a@U.A.X@f")
        .word("ag", "a@R.A@g")
        .word("ah", "@P.B.X@@P.A.Y@a@D.A.X@h");
    let dictionary = open(&tiny);
    let known = |word| dictionary.knows(word, &mut Scratch::new());
    assert_eq!(
        ["ab", "ac", "ad", "ae", "af", "ag", "ah"].map(known),
        [true, false, true, false, true, false, true]
    );
}

#[test]
fn a_state_may_have_more_than_255_transitions() {
    let meanings: Vec<String> = ('\u{4e00}'..'\u{4ed0}').map(String::from).collect();
    let words = ["a", "b"]
        .into_iter()
        .flat_map(|word| meanings.iter().map(move |meaning| (word, meaning)));
    let tiny = words
        .clone()
        .fold(Tiny::default(), |tiny, (word, meaning)| {
            tiny.means(word, meaning)
        });
    for big_endian in [false, true] {
        let dictionary = Dictionary::from_bytes(tiny.file(big_endian), Path::new("wide")).unwrap();
        assert_eq!(raw(&dictionary, "b"), meanings[..99]);
        assert_eq!(raw(&dictionary, "a").last(), Some(&meanings[98]));
        assert_eq!(raw(&dictionary, "c"), [""; 0]);
    }
}

#[test]
fn words_that_begin_alike_do_not_disturb_each_other() {
    let dictionary = open(&Tiny::sample());
    let mut scratch = Scratch::new();
    for word in [
        "palveluiden",
        "palvelu",
        "palveluiden",
        "p",
        "🐦",
        "palveluiden",
        "maine",
        "maina",
        "maine",
    ] {
        let fresh = dictionary.readings(word, &mut Scratch::new());
        assert_eq!(dictionary.readings(word, &mut scratch), fresh, "{word}");
    }
}

#[test]
fn a_scratch_may_go_from_one_dictionary_to_another() {
    let (one, other) = (
        open(&Tiny::sample()),
        open(&Tiny::default().word("talo", "[Ln][Xp]talo[X]talo[Sn][Ny]")),
    );
    let mut scratch = Scratch::new();
    for _ in 0..2 {
        assert!(one.knows("maine", &mut scratch) && !one.knows("talo", &mut scratch));
        assert!(other.knows("talo", &mut scratch) && !other.knows("maine", &mut scratch));
    }
}

#[test]
fn a_damaged_file_is_named_with_the_place_and_what_to_do() {
    let file = Tiny::sample().file(false);
    let complaint = |bytes: Vec<u8>| {
        Dictionary::from_bytes(bytes, Path::new("x/mor.vfst"))
            .err()
            .unwrap()
            .to_string()
    };
    assert!(
        complaint(b"not a dictionary at all".to_vec())
            .contains("x/mor.vfst: not a Voikko morphology")
    );
    assert!(complaint(file[..10].to_vec()).contains("too short"));
    assert!(complaint(file[..40].to_vec()).contains("damaged at byte 40"));
    assert!(complaint(file[..file.len() - 8].to_vec()).contains("Install the dictionary again"));
    assert!(complaint(file[..file.len() - 3].to_vec()).contains("damaged"));
    let weighted: Vec<u8> = file
        .iter()
        .enumerate()
        .map(|(at, byte)| if at == 8 { 1 } else { *byte })
        .collect();
    assert!(complaint(weighted).contains("weights"));
}

#[test]
fn two_dictionaries_have_the_same_hash_only_if_they_are_the_same() {
    let (one, same) = (open(&Tiny::sample()), open(&Tiny::sample()));
    let other = open(&Tiny::default().word("talo", "talo"));
    assert_eq!(one.hash(), same.hash());
    assert_ne!(one.hash(), other.hash());
}

#[test]
fn a_circle_that_reads_nothing_does_not_hang() {
    let mut file = Tiny::default().word("aa", "[Ln]a[Ln]a").file(false);
    // Every transition of the tree is sent back to the start, one after the other.
    let start = file.len() - 5 * 8;
    for cell in (start..file.len()).step_by(8) {
        let old: Vec<u8> = file[cell + 4..cell + 7].to_vec();
        file[cell + 4..cell + 7].fill(0);
        if let Ok(dictionary) = Dictionary::from_bytes(file.clone(), Path::new("circle")) {
            raw(&dictionary, &"a".repeat(250));
        }
        file[cell + 4..cell + 7].copy_from_slice(&old);
    }
}

#[test]
fn a_dictionary_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Dictionary>();
}

#[test]
fn the_dictionary_is_looked_for_where_it_is_named_and_then_where_systems_put_it() {
    let place = std::env::temp_dir().join(format!("voikko-find-{}", std::process::id()));
    let folder = place.join(".voikko/5/mor-standard");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("mor.vfst");
    std::fs::write(&file, Tiny::sample().file(false)).unwrap();
    for named in [
        place.join(".voikko"),
        place.join(".voikko/5"),
        folder.clone(),
        file.clone(),
    ] {
        assert_eq!(find(Some(&named), None, VARIANT).unwrap(), file);
    }
    assert_eq!(find(None, Some(&place), VARIANT).unwrap(), file);
    let missing = find(Some(&place), None, "mor-sukija")
        .unwrap_err()
        .to_string();
    assert!(
        missing.contains("mor-sukija") && missing.contains("voikko-fi"),
        "{missing}"
    );
    assert_eq!(Dictionary::open(&file).unwrap().path(), file);
    assert!(
        Dictionary::open(&folder)
            .err()
            .unwrap()
            .to_string()
            .contains("cannot read")
    );
    std::fs::remove_dir_all(&place).unwrap();
}
