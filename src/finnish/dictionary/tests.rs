//! What an index and a query may rely on, said against a tiny dictionary made here.
//! Apart from the chain for length alone.
use std::path::Path;
use std::sync::Arc;

use super::voikko::tiny::Tiny;
use super::voikko::{Dictionary, Scratch};
use super::words::Words;
use crate::finnish::term::{Kind, Term};

fn words() -> Words {
    let tiny = Tiny::default()
        .word("toimiston", "[Ln][Xp]toimisto[X]toimisto[Sg][Ny]n")
        .word("palvelu", "[Ln][Xp]palvelu[X]palvelu[Sn][Ny]")
        .word("palveluissa", "[Ln][Xp]palvelu[X]palvelu[Sine][Nm]issa")
        .word("työpalvelun", "[Ln][Xp]työ[X]työ[Sn][Ny][Bh][Bc][Ln][Xp]palvelu[X]palvelu[Sg][Ny]n")
        .word("työpalvelun", "[Ln][Xp]työ[X]työ[Sn][Ny][Bh][Bc][Ln][Xp]palve[X]palve[Sn][Ny][Bh][Bc][Ln][Xp]lu[X]lu[Sg][Ny]n")
        .word("maine", "[Ln][Xp]maine[X]maine[Sn][Ny]")
        .word("maine", "[Ln][Ica][Xp]maa[X]ma[Sko][Nm]ine")
        .word("tilanne", "[Ln][Xp]tilanne[X]tilanne[Sn][Ny]")
        .word("tilanne", "[Ln][Xp]tila[X]tila[Sn][Ny][O2m]nne")
        .word("hyvin", "[Ls][Xp]hyvin[X]hyvin")
        .word("hyvin", "[Ll][Xp]hyvä[X]hyv[Sin][Nm]in")
        .word("lisäksi", "[Ln][Xp]lisä[X]lisä[Str][Ny]ksi")
        .word("kestävä", "[Ll][Xp]kestävä[X]kestäv[Sn][Ny]ä")
        .word("kestävä", "[Lt][Xp]kestää[X]kestä[Ll][Rv]v[Xj]ä[X][Sn][Ny]ä")
        .word("tukeva", "[Lt][Xp]tukea[X]tuke[Ll][Rv]v[Xj]a[X][Sn][Ny]a")
        .word("tuettu", "[Lt][Xp]tukea[X]tue[Ll][Rt]t[Xj]tu[X]tu[Sn][Ny]")
        .word("yhteen", "[Ls][Xp]yhteen[X]yhteen")
        .word("sovittaa", "[Lt][Xp]sovittaa[X]sovitta[Tn1][Eb]a")
        .word("oppimis-", "[Lt][Xp]oppia[X]oppi[Tn4]mis-[Bh][Bc]")
        .word("oppimispalvelu", "[Lt][Xp]oppia[X]oppi[Tn4]mis[Bh][Bc][Ln][Xp]palvelu[X]palvelu[Sn][Ny]")
        .word("työpalvelu", "[Ln][Xp]työ[X]työ[Sn][Ny][Bh][Bc][Ln][Xp]palvelu[X]palvelu[Sn][Ny]")
        .word("kielenopettaja", "[Ln][Xp]kieli[X]kiel[Sg][Ny]en[Bh][Bc][Ln][Xp]opettaja[X]opettaja[Sn][Ny]");
    let dictionary = Dictionary::from_bytes(tiny.file(false), Path::new("tiny"));
    Words::new(Arc::new(dictionary.unwrap()))
}

fn show(terms: Vec<Term>) -> String {
    let terms: Vec<String> = terms
        .iter()
        .map(|term| format!("{:?} {}", term.kind, term.text))
        .collect();
    terms.join(", ")
}

fn index(word: &str) -> String {
    show(words().index(word, &mut Scratch::new()))
}

fn query(word: &str) -> String {
    show(words().query(word, &mut Scratch::new()))
}

#[test]
fn a_document_is_taken_apart_and_a_query_is_not() {
    assert_eq!(
        index("työpalvelun"),
        "Base työpalvelu, Part työ, Part palvelu"
    );
    assert_eq!(query("työpalvelun"), "Base työpalvelu");
}

#[test]
fn a_query_that_is_its_own_base_form_means_that() {
    assert_eq!(index("maine"), "Base maine, Base maa");
    assert_eq!(query("maine"), "Base maine");
}

#[test]
fn a_rare_form_does_not_stand_beside_a_common_one() {
    assert_eq!(index("tilanne"), "Base tilanne");
}

#[test]
fn an_adverb_is_not_a_form_of_a_noun_or_an_adjective() {
    assert_eq!(index("hyvin"), "Base hyvin");
    assert_eq!(index("Lisäksi"), "Base lisäksi");
}

#[test]
fn a_participle_finds_its_verb_unless_it_has_become_a_word_of_its_own() {
    assert_eq!(index("tukeva"), "Base tukeva, Verb tukea");
    assert_eq!(query("tukeva"), "Base tukeva, Derived tukea");
    assert_eq!(query("tuettu"), "Base tuettu, Verb tukea");
    assert_eq!(index("kestävä"), "Base kestävä");
}

#[test]
fn a_word_with_a_hyphen_is_read_by_what_follows_it() {
    assert_eq!(
        index("TE-toimiston"),
        "Base tetoimisto, Part te, Part toimisto"
    );
    assert_eq!(query("te-toimiston"), "Base tetoimisto");
    assert_eq!(
        index("ESR–palvelu"),
        "Base esrpalvelu, Part esr, Part palvelu"
    );
}

#[test]
fn a_hyphen_of_a_line_end_does_not_part_a_word() {
    assert_eq!(index("palve-luissa"), "Base palvelu");
}

#[test]
fn an_abbreviation_is_found_with_any_ending() {
    assert_eq!(index("ELY:n"), "Base ely");
    assert_eq!(index("ELY"), "Base ely");
    assert!(index("ELYn").contains("Guess ely,"), "{}", index("ELYn"));
    assert!(query("ely").contains("Guess ely,"));
}

#[test]
fn two_known_words_make_an_unknown_one() {
    assert_eq!(
        index("yhteensovittaa"),
        "Base yhteensovittaa, Part sovittaa"
    );
}

#[test]
fn the_first_half_of_an_open_compound_is_known_and_completed() {
    assert_eq!(index("oppimis"), "Base oppiminen, Derived oppia");
    let completed = words().completed("Oppimis-", "työpalvelu", &mut Scratch::new());
    assert_eq!(completed.as_deref(), Some("oppimispalvelu"));
}

#[test]
fn both_spellings_of_a_compound_meet() {
    assert_eq!(
        index("kielenopettaja"),
        "Base kielenopettaja, Part kieli, Part opettaja, Piece kieliopettaja"
    );
    assert_eq!(
        query("kielenopettaja"),
        "Base kielenopettaja, Piece kieliopettaja"
    );
}

#[test]
fn the_forms_of_an_unknown_name_meet() {
    let words = words();
    let mut scratch = Scratch::new();
    for (name, form) in [
        ("Hypatia", "Hypatialle"),
        ("Kalymnos", "Kalymnoksen"),
        ("Matruh", "Matruhissa"),
        ("Virtanen", "Virtasella"),
    ] {
        let (asked, held) = (
            words.query(name, &mut scratch),
            words.index(form, &mut scratch),
        );
        assert!(
            asked
                .iter()
                .any(|asked| held.iter().any(|held| held.text == asked.text)),
            "{name}, {form}"
        );
        assert!(held.iter().all(|term| term.kind == Kind::Guess));
    }
}

#[test]
fn no_word_is_too_odd_to_be_read() {
    let words = words();
    let mut scratch = Scratch::new();
    for word in [
        "",
        "-",
        "--",
        "–",
        ":",
        "a:",
        "-a",
        "a-",
        "'",
        "🐦-🐦",
        "ß",
        "İ-i",
        &"ab-".repeat(2000),
        &"a".repeat(5000),
        &"A:".repeat(900),
    ] {
        words.index(word, &mut scratch);
        words.query(word, &mut scratch);
        words.completed(word, word, &mut scratch);
    }
}
