//! The made-up corpora of the benches: always the same, in the right form,
//! in Finnish that holds.

use std::collections::HashSet;

use crate::support::conjugate::Verb;
use crate::support::generator::Generator;
use crate::support::inflect::Noun;
use crate::support::queries::{Class, queries};

/// FNV-1a, which needs no crate.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn file(generator: &Generator, index: u64) -> String {
    let mut text = String::new();
    generator.write(index, &mut text);
    text
}

#[test]
fn the_same_seed_gives_the_same_files_in_every_version() {
    let generator = Generator::new(1);
    let hashes =
        [0, 1, 999, 123_456].map(|index| format!("{:016x}", hash(&file(&generator, index))));
    assert_eq!(
        hashes,
        [
            "2b3ad82d7493f1f7",
            "a8528328e6bbf9bf",
            "a1d0dd59b4784369",
            "2d9a6d4063a94993"
        ],
        "figures from other corpora can no longer be compared"
    );
}

#[test]
fn a_file_depends_on_no_other() {
    let generator = Generator::new(3);
    let forwards: Vec<String> = (0..60).map(|index| file(&generator, index)).collect();
    let fresh = Generator::new(3);
    for index in (0..60).rev() {
        assert_eq!(file(&fresh, index), forwards[index as usize]);
    }
}

#[test]
fn another_seed_gives_other_files() {
    assert_ne!(file(&Generator::new(1), 0), file(&Generator::new(2), 0));
}

#[test]
fn codes_are_unique_and_grow_a_digit_after_99999() {
    assert_eq!(Generator::code(0), "S20001");
    assert_eq!(Generator::code(79_998), "S99999");
    assert_eq!(Generator::code(79_999), "S100000");
    assert_eq!(Generator::path(1_234), "0001/S21235.txt");
    let generator = Generator::new(1);
    assert!(file(&generator, 79_999).contains("\nHankekoodi: S100000\n"));
}

#[test]
fn every_file_has_the_headings_in_order_and_fifteen_rows() {
    let generator = Generator::new(1);
    for index in 0..200 {
        let text = file(&generator, index);
        let mut rest = text.as_str();
        for heading in [
            "1 Hanke\n",
            "2 Hakijan",
            "3 Suunn",
            "4 Hank",
            "4.1 V",
            "4.2 V",
            "5 Proj",
            "6 Maant",
            "7 Hakem",
            "8 Horis",
            "8.2 Kest",
            "9 Lopp",
        ] {
            let at = rest
                .find(&format!("\n{heading}"))
                .unwrap_or_else(|| panic!("file {index} lacks {heading}"));
            rest = &rest[at + 1..];
        }
        assert!(!text.ends_with('\n') && !text.contains('{'), "file {index}");
        assert!(
            text.contains("\nYmpäristöosaaminen ")
                && text.contains("\nLuonnonvarojen käytön kestävyys ")
        );
    }
}

#[test]
fn size_and_vocabulary_are_those_of_real_descriptions() {
    let generator = Generator::new(1);
    let (mut seen, mut words, mut bytes) = (HashSet::new(), 0, 0);
    for index in 0..1000 {
        let text = file(&generator, index);
        bytes += text.len();
        for word in text
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            words += 1;
            seen.insert(word.to_lowercase());
        }
    }
    assert!((13_000..14_500).contains(&(bytes / 1000)), "{bytes} bytes");
    assert!((1_250..1_420).contains(&(words / 1000)), "{words} words");
    assert!(
        (90_000..130_000).contains(&seen.len()),
        "{} distinct words",
        seen.len()
    );
}

#[test]
fn some_projects_are_sisters_that_share_most_of_their_text() {
    let generator = Generator::new(1);
    let texts: Vec<String> = (0..300).map(|index| file(&generator, index)).collect();
    let paragraphs = |text: &str| -> HashSet<String> {
        text.split('\n')
            .filter(|line| line.len() > 150)
            .map(str::to_owned)
            .collect()
    };
    let sisters = (1..300).filter(|&index| {
        let own = paragraphs(&texts[index]);
        (index.saturating_sub(40)..index)
            .any(|other| paragraphs(&texts[other]).intersection(&own).count() * 4 > own.len())
    });
    let count = sisters.count();
    assert!((5..40).contains(&count), "{count} of 300");
}

#[test]
fn nouns_inflect_as_in_finnish() {
    let form = |entry: &str, form: usize| Noun::parse(entry).forms[form].clone();
    for (entry, index, expected) in [
        ("hanke", 1, "hankkeen"),
        ("hanke", 5, "hankkeeseen"),
        ("hanke", 13, "hankkeita"),
        ("hanke", 16, "hankkeisiin"),
        ("asiakas", 1, "asiakkaan"),
        ("asiakas", 12, "asiakkaiden"),
        ("palvelu", 13, "palveluja"),
        ("tuki:e", 1, "tuen"),
        ("tuki:e", 14, "tuissa"),
        ("nuori:r", 2, "nuorta"),
        ("nuori:r", 12, "nuorten"),
        ("vuosi:s", 5, "vuoteen"),
        ("työtön", 1, "työttömän"),
        ("työtön", 2, "työtöntä"),
        ("osallisuus", 2, "osallisuutta"),
        ("terveys:d", 1, "terveyden"),
        ("toimen+pide", 2, "toimenpidettä"),
        ("koulutus", 13, "koulutuksia"),
        ("nainen", 12, "naisten"),
        ("kunta:i", 1, "kunnan"),
        ("kunta:i", 13, "kuntia"),
        ("toiminta", 13, "toimintoja"),
        ("työ", 5, "työhön"),
        ("työ", 14, "töissä"),
        ("lapsi:l", 2, "lasta"),
        ("puhelin", 1, "puhelimen"),
        ("projekti", 13, "projekteja"),
        ("toimija", 12, "toimijoiden"),
        ("yrittäjä", 13, "yrittäjiä"),
        ("tärkeä:oi", 13, "tärkeitä"),
        ("ikääntynyt:n", 12, "ikääntyneiden"),
        ("organisaatio", 13, "organisaatioita"),
    ] {
        assert_eq!(form(entry, index), expected, "{entry} {index}");
    }
}

#[test]
fn verbs_conjugate_as_in_finnish() {
    for (entry, forms) in [
        (
            "kehittää",
            "kehittää kehittää kehittävät kehitti kehittäisi kehitetään kehitettiin kehitetty kehittänyt kehittämään kehittämällä kehitettäessä kehitettävä",
        ),
        (
            "tukea",
            "tukea tukee tukevat tuki tukisi tuetaan tuettiin tuettu tukenut tukemaan tukemalla tuettaessa tuettava",
        ),
        (
            "ohjata",
            "ohjata ohjaa ohjaavat ohjasi ohjaisi ohjataan ohjattiin ohjattu ohjannut ohjaamaan ohjaamalla ohjattaessa ohjattava",
        ),
        (
            "arvioida",
            "arvioida arvioi arvioivat arvioi arvioisi arvioidaan arvioitiin arvioitu arvioinut arvioimaan arvioimalla arvioitaessa arvioitava",
        ),
        (
            "koota/kokoa",
            "koota kokoaa kokoavat kokosi kokoaisi kootaan koottiin koottu koonnut kokoamaan kokoamalla koottaessa koottava",
        ),
        (
            "tehdä",
            "tehdä tekee tekevät teki tekisi tehdään tehtiin tehty tehnyt tekemään tekemällä tehtäessä tehtävä",
        ),
        (
            "luoda",
            "luoda luo luovat loi loisi luodaan luotiin luotu luonut luomaan luomalla luotaessa luotava",
        ),
        (
            "ratkaista",
            "ratkaista ratkaisee ratkaisevat ratkaisi ratkaisisi ratkaistaan ratkaistiin ratkaistu ratkaissut ratkaisemaan ratkaisemalla ratkaistaessa ratkaistava",
        ),
        (
            "auttaa",
            "auttaa auttaa auttavat auttoi auttaisi autetaan autettiin autettu auttanut auttamaan auttamalla autettaessa autettava",
        ),
    ] {
        assert_eq!(Verb::parse(entry).forms.join(" "), forms);
    }
}

#[test]
fn queries_are_a_thousand_in_eight_classes_and_repeatable() {
    let generator = Generator::new(1);
    let asked = queries(&generator, 1000);
    assert_eq!(asked.len(), 1000);
    assert_eq!(asked, queries(&generator, 1000));
    for class in Class::ALL {
        assert_eq!(
            asked.iter().filter(|query| query.class == class).count(),
            125
        );
    }
    assert!(asked.iter().all(|query| !query.words.is_empty() && query.words.iter().all(|word| !word.is_empty())));
}
