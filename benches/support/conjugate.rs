//! Finnish verbs in the forms that project descriptions use, by the five types that the infinitive tells
//! apart. Participles and the verbal noun are nouns and are inflected in [`super::inflect`]. Persons other
//! than the third don't occur in such text and are left out.

use super::gradation::weaker;
use super::inflect::{Noun, harmony, is_front, shorten, syllables};

/// The names of the forms, in the order of [`Verb::forms`].
pub(crate) const FORMS: [&str; 13] = [
    "inf", "sg3", "pl3", "past", "cond", "pass", "passpast", "pp", "nut", "maan", "malla", "essa",
    "ava",
];

/// A verb with its forms and its nouns.
#[derive(Clone, Debug)]
pub(crate) struct Verb {
    pub(crate) forms: Vec<String>,
    /// kehittäminen
    pub(crate) doing: Noun,
    /// kehittävä
    pub(crate) active: Noun,
    /// kehitettävä
    pub(crate) passive: Noun,
}

/// What differs between the types.
struct Stems {
    /// Before -vat, -maan.
    stem: String,
    third: String,
    past: String,
    conditional: String,
    nut: String,
    /// Before -an, -iin, -u: `kehitet` and `tä`.
    passive: String,
    present: String,
}

impl Verb {
    /// Reads an entry of the word list: the infinitive, or `infinitive/stem`.
    pub(crate) fn parse(entry: &str) -> Self {
        let (inf, stem) = match entry.split_once('/') {
            Some((inf, stem)) => (inf, Some(stem)),
            None => (entry, None),
        };
        let front = is_front(inf);
        let end = |stem: &str, ending: &str| format!("{stem}{}", harmony(ending, front));
        let s = stems(inf, stem, front);
        let forms = vec![
            inf.to_owned(),
            s.third.clone(),
            end(&s.stem, "vat"),
            s.past.clone(),
            s.conditional.clone(),
            end(&s.present, "an"),
            format!("{}iin", s.passive),
            end(&s.passive, "u"),
            s.nut.clone(),
            end(&s.stem, "maan"),
            end(&s.stem, "malla"),
            end(&s.passive, "aessa"),
            end(&s.passive, "ava"),
        ];
        Self {
            doing: Noun::parse(&format!("{}minen", s.stem)),
            active: Noun::parse(&format!("{}:i", end(&s.stem, "va"))),
            passive: Noun::parse(&format!("{}:i", end(&s.passive, "ava"))),
            forms,
        }
    }
}

fn stems(inf: &str, stem: Option<&str>, front: bool) -> Stems {
    let letters: Vec<char> = inf.chars().rev().collect();
    match (letters.get(1), letters.get(2)) {
        (Some('d'), Some('h')) => long_do(),
        (Some('d'), _) => short(&shorten(inf, 2), front),
        (Some('t'), Some('i')) => contracted(
            inf,
            stem.unwrap_or(&format!("{}se", shorten(inf, 1))),
            front,
        ),
        (Some('t'), Some('a' | 'ä' | 'o' | 'ö' | 'u' | 'y' | 'e')) => {
            let own = format!("{}{}", shorten(inf, 2), harmony("a", front));
            contracted(inf, stem.unwrap_or(&own), front)
        }
        (Some('l' | 'n' | 'r' | 't'), Some('l' | 'n' | 'r' | 's')) => {
            let own = format!("{}e", shorten(inf, 2));
            liquid(inf, stem.unwrap_or(&own), front)
        }
        _ => open(&shorten(inf, 1), stem, front),
    }
}

/// kehittää, tukea, oppia: the stem ends in a vowel and grades.
fn open(strong: &str, weak: Option<&str>, front: bool) -> Stems {
    let last = strong.chars().last().unwrap_or('a');
    let head = shorten(strong, 1);
    let weak = weak.map_or_else(|| weaker(strong), str::to_owned);
    let base = if "aä".contains(last) {
        format!("{}e", shorten(&weak, 1))
    } else {
        weak.clone()
    };
    let long = syllables(strong) > 2;
    let first = strong.chars().find(|letter| "aeiouyäö".contains(*letter));
    let past = match last {
        'a' if !long && first == Some('a') => format!("{head}oi"),
        'a' | 'ä' if long && head.ends_with("nt") => format!("{}si", shorten(&head, 1)),
        'a' | 'ä' | 'e' | 'i' => format!("{head}i"),
        _ => format!("{strong}i"),
    };
    let conditional = if "ei".contains(last) {
        format!("{head}{}", harmony("isi", front))
    } else {
        format!("{strong}isi")
    };
    Stems {
        stem: strong.to_owned(),
        third: format!("{strong}{last}"),
        past,
        conditional,
        nut: format!("{strong}{}", harmony("nut", front)),
        passive: format!("{base}tt"),
        present: format!("{base}t{}", harmony("a", front)),
    }
}

/// arvioida, saada, myydä.
fn short(stem: &str, front: bool) -> Stems {
    let past = match stem.strip_suffix("uo") {
        Some(head) => format!("{head}oi"),
        None if stem.ends_with('i') => stem.to_owned(),
        None => format!("{}i", shorten(stem, 1)),
    };
    Stems {
        third: stem.to_owned(),
        conditional: format!("{past}si"),
        past,
        nut: format!("{stem}{}", harmony("nut", front)),
        passive: format!("{stem}t"),
        present: format!("{stem}d{}", harmony("a", front)),
        stem: stem.to_owned(),
    }
}

/// tehdä, the only one of its kind here.
fn long_do() -> Stems {
    let own = str::to_owned;
    Stems {
        stem: own("teke"),
        third: own("tekee"),
        past: own("teki"),
        conditional: own("tekisi"),
        nut: own("tehnyt"),
        passive: own("teht"),
        present: own("tehdä"),
    }
}

/// ajatella, valita: not graded as the others; the passive follows the infinitive.
fn liquid(inf: &str, stem: &str, front: bool) -> Stems {
    let head = shorten(stem, 1);
    let base = shorten(inf, 2);
    let doubled = base.chars().last().unwrap_or('l');
    Stems {
        stem: stem.to_owned(),
        third: format!("{stem}e"),
        past: format!("{head}i"),
        conditional: format!("{head}isi"),
        nut: format!("{base}{doubled}{}", harmony("ut", front)),
        passive: format!("{base}t"),
        present: inf.to_owned(),
    }
}

/// ohjata, tarjota, tarvita: the t of the infinitive falls in the stem.
fn contracted(inf: &str, stem: &str, front: bool) -> Stems {
    let last = stem.chars().last().unwrap_or('a');
    let head = shorten(stem, 1);
    let base = shorten(inf, 2);
    let soft = last == 'e';
    let doubled = stem.ends_with("aa") || stem.ends_with("ää");
    Stems {
        third: if doubled {
            stem.to_owned()
        } else {
            format!("{stem}{last}")
        },
        past: if soft {
            format!("{head}i")
        } else {
            format!("{head}si")
        },
        conditional: if soft || doubled {
            format!("{head}isi")
        } else {
            format!("{stem}isi")
        },
        nut: format!("{base}n{}", harmony("nut", front)),
        passive: format!("{base}tt"),
        present: inf.to_owned(),
        stem: stem.to_owned(),
    }
}
