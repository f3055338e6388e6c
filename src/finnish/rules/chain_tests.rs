//! What a person may expect of the chain without a dictionary.
//! Apart from the chain for length alone.

use super::{Lexicon, Rules, StoreError};
use crate::finnish::term::{Chain, Kind};
use proptest::prelude::*;

/// A small collection of the kind these texts are.
const COLLECTION: &str = "
    hanke hankkeen hankkeessa hanketta hankkeiden hankkeet palvelu palvelun palvelut palveluita palveluiden
    palvelua työ työn työtä työssä työllä asiakas asiakkaan asiakkaat asiakkaita asiakkaiden ohjaus ohjauksen
    ohjausta koulutus koulutuksen koulutusta koulutuksia kunta kunnan kuntien kunnat kunnissa kuntaa nuori
    nuoren nuoret nuorten nuorille nuoria yritys yrityksen yritykset yritysten yrityksiä yrityksiin
    työttömyys työttömyyden työttömyyttä osatyökykyinen osatyökykyisten työllisyys työllisyyden työllisyyttä
    työllisyyspalvelut asiakasohjauksen koulutuspalvelut nuorisotyö kehittäminen kehittämisen kehittämistä
    kehittämishanke toimisto toimiston toimistossa toimistot";

fn chain() -> Rules {
    Rules::new(Lexicon::learn(COLLECTION.split_whitespace()))
}

fn of_kind(chain: &Rules, form: &str, kind: Kind) -> Vec<String> {
    let mut out = Vec::new();
    chain.terms(form, &mut out);
    out.iter()
        .filter(|t| t.kind == kind)
        .map(|t| t.text.to_string())
        .collect()
}

fn asked(chain: &Rules, form: &str) -> Vec<String> {
    let mut out = Vec::new();
    chain.query(form, &mut out);
    out.iter().map(|t| t.text.to_string()).collect()
}

/// Tells whether a query finds a document that holds the form, as a whole word.
fn finds(chain: &Rules, query: &str, form: &str) -> bool {
    let mut bases = of_kind(chain, form, Kind::Base);
    bases.extend(of_kind(chain, form, Kind::Guess));
    asked(chain, query).iter().any(|term| bases.contains(term))
}

const FAMILIES: &[&[&str]] = &[
    &[
        "yritys",
        "yritysten",
        "yrityksiin",
        "yritystä",
        "yrityksessäkin",
    ],
    &[
        "osatyökykyinen",
        "osatyökykyiset",
        "osatyökykyisten",
        "osatyökykyisiä",
    ],
    &["työtön", "työttömien", "työttömän", "työttömille"],
    &["asiakas", "asiakkaan", "asiakkaita", "asiakkaansa"],
    &["nuori", "nuoret", "nuorten", "nuorille"],
    &["hanke", "hankkeen", "hankkeissa", "hanketta", "hankkeeseen"],
    &["kunta", "kunnan", "kuntien", "kuntaan"],
    &["koulutus", "koulutuksen", "koulutuksia", "koulutusta"],
    &[
        "palvelu",
        "palvelun",
        "palveluiden",
        "palveluita",
        "palveluihin",
    ],
];

#[test]
fn inflected_forms_meet_their_base_form_without_any_lexicon() {
    let bare = Rules::default();
    for family in FAMILIES {
        for form in &family[1..] {
            assert!(finds(&bare, family[0], form), "{} {form}", family[0]);
        }
    }
}

#[test]
fn inflected_forms_meet_each_other_with_a_lexicon() {
    let chain = chain();
    for family in FAMILIES {
        for query in *family {
            for form in *family {
                assert!(finds(&chain, query, form), "{query} {form}");
            }
        }
    }
}

#[test]
fn kunta_is_not_kun() {
    for chain in [Rules::default(), chain()] {
        assert!(!finds(&chain, "kunta", "kun") && !finds(&chain, "kun", "kunta"));
        assert!(!finds(&chain, "kun", "kunnan"));
    }
}

#[test]
fn a_part_finds_its_compounds_and_a_compound_is_not_cut_in_a_query() {
    let chain = chain();
    let parts = of_kind(&chain, "työllisyyspalveluiden", Kind::Part);
    assert_eq!(parts, ["työllisyys", "palvelu"]);
    assert_eq!(asked(&chain, "työllisyyspalvelu"), ["työllisyyspalvelu"]);
    assert_eq!(
        of_kind(&chain, "kehittämishankkeen", Kind::Part),
        ["kehittäminen", "hanke"]
    );
}

#[test]
fn a_long_compound_is_found_by_its_longer_pieces() {
    let chain = chain();
    let pieces = of_kind(&chain, "asiakasohjauspalveluita", Kind::Piece);
    assert_eq!(pieces, ["asiakasohjaus", "ohjauspalvelu"]);
}

#[test]
fn a_hyphened_word_is_found_whole_and_by_its_parts() {
    let chain = chain();
    assert_eq!(
        of_kind(&chain, "te-toimiston", Kind::Base)[0],
        "te-toimisto"
    );
    assert_eq!(
        of_kind(&chain, "te-toimiston", Kind::Part)[..2],
        ["te", "toimisto"]
    );
    assert!(finds(&chain, "ely", "ely:n") && finds(&chain, "4,8", "4,8:an"));
}

#[test]
fn the_half_of_an_elided_compound_is_completed() {
    let chain = chain();
    let whole = |half, other, front| chain.complete(half, other, front).unwrap_or_default();
    assert_eq!(
        whole("työllisyys", "koulutuspalvelut", true),
        "työllisyyspalvelut"
    );
    assert_eq!(
        whole("hankkeiden", "asiakasohjauksen", false),
        "asiakashankkeiden"
    );
    assert_eq!(whole("2", "3-vuotiaat", true), "2-vuotiaat");
    assert_eq!(chain.complete("työ", "kunnan", true), None);
}

#[test]
fn a_compound_is_inflected_as_its_last_word_is() {
    let chain = Rules::new(Lexicon::learn(
        "lapsi lapsen lapset lapsia lapsille lapsien lasten maahanmuuttaja maahanmuuttajan \
         maahanmuuttajat vuosi vuoden vuonna vuotta vuodet vuosien kuoli kuolema kuolin"
            .split_whitespace(),
    ));
    for form in ["maahanmuuttajalasten", "maahanmuuttajalapsia"] {
        assert!(finds(&chain, "maahanmuuttajalapsi", form), "{form}");
    }
}

#[test]
fn a_foreign_name_that_ends_in_a_consonant_takes_an_i() {
    let chain = Rules::new(Lexicon::learn(["linux", "linuxia", "linuxille", "linuxin"]));
    for form in ["linux", "linuxia", "linuxille"] {
        assert!(finds(&chain, "linux", form), "{form}");
    }
}

#[test]
fn a_participle_and_its_verb_find_each_other_s_forms() {
    let chain = Rules::new(Lexicon::learn(
        "kilpailuttaa kilpailutan kilpailuttivat kilpailutettu kilpailutettujen".split_whitespace(),
    ));
    let base = |form| of_kind(&chain, form, Kind::Base);
    assert_eq!(base("kilpailutettujen"), ["kilpailutettu"]);
    assert_eq!(
        of_kind(&chain, "kilpailutettujen", Kind::Verb),
        ["kilpailuttaa"]
    );
    assert_eq!(
        asked(&chain, "kilpailutettu"),
        ["kilpailutettu", "kilpailuttaa"]
    );
}

#[test]
fn a_word_that_an_ending_makes_is_of_the_family_of_the_other() {
    let chain = Rules::new(Lexicon::learn(
        "omaksua omaksun omaksui omaksuvat osallinen osallisen osalliset osallisia".split(' '),
    ));
    let family = |form| of_kind(&chain, form, Kind::Derived);
    assert_eq!(family("omaksumisen"), ["omaksua"]);
    assert_eq!(family("osallisuuden"), ["osallinen"]);
    assert_eq!(family("omaksun"), [""; 0]);
}

#[test]
fn a_lexicon_survives_being_stored() {
    let chain = chain();
    let bytes = chain.lexicon().to_bytes();
    let again = Lexicon::from_bytes(Box::new(bytes));
    assert_eq!(again.as_ref(), Ok(chain.lexicon()));
    assert_eq!(
        Rules::new(again.unwrap()).fingerprint(),
        chain.fingerprint()
    );
    assert_ne!(Rules::default().fingerprint(), chain.fingerprint());
}

#[test]
fn a_damaged_lexicon_is_an_error() {
    let bytes = chain().lexicon().to_bytes();
    assert_eq!(
        Lexicon::from_bytes(Box::new(b"x".to_vec())),
        Err(StoreError::Mark)
    );
    for cut in 0..bytes.len() {
        assert!(Lexicon::from_bytes(Box::new(bytes[..cut].to_vec())).is_err());
    }
    for at in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[at] ^= 1;
        assert!(Lexicon::from_bytes(Box::new(bad)).is_err());
    }
}

#[test]
fn a_stored_lexicon_has_the_name_of_the_learnt_one() {
    let learnt = chain();
    let stored = Rules::new(Lexicon::from_bytes(Box::new(learnt.lexicon().to_bytes())).unwrap());
    assert_eq!(stored.fingerprint(), learnt.fingerprint());
}

#[test]
fn learning_does_not_hang_on_the_order_of_forms() {
    let mut forms: Vec<_> = COLLECTION.split_whitespace().collect();
    forms.reverse();
    let other = Lexicon::learn(forms);
    assert_eq!(other.to_bytes(), chain().lexicon().to_bytes());
}

proptest! {
    #[test]
    fn any_form_has_terms_and_never_panics(form in "[a-zåäöšé0-9:.'@/-]{1,30}") {
        let mut out = Vec::new();
        chain().terms(&form, &mut out);
        prop_assert!(out.iter().any(|t| t.kind == Kind::Base));
        Rules::default().terms(&form, &mut out);
        chain().query(&form, &mut out);
        chain().complete(&form, "koulutuspalvelut", true);
        chain().complete("x", &form, false);
    }

    #[test]
    fn any_text_can_be_learnt_and_read(text in any::<String>()) {
        let forms: Vec<String> = crate::finnish::token::tokens(&text).map(|t| t.form.into_owned()).collect();
        let lexicon = Lexicon::learn(forms.iter().map(String::as_str));
        let chain = Rules::new(Lexicon::from_bytes(Box::new(lexicon.to_bytes())).unwrap());
        let mut out = Vec::new();
        forms.iter().for_each(|f| chain.terms(f, &mut out));
    }

    #[test]
    fn any_bytes_are_a_lexicon_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Lexicon::from_bytes(Box::new(bytes));
    }
}
