//! The types of Finnish nouns: from a lemma to the stems and the uneven plural cases. Apart from
//! [`super::inflect`], which only adds endings. Types that project descriptions don't need are left out.

use super::gradation::{stronger, weaker};
use super::inflect::{harmony, shorten, syllables};

/// The stems from which all forms follow.
pub(crate) struct Stems {
    pub(crate) weak: String,
    pub(crate) strong: String,
    pub(crate) partitive: String,
    pub(crate) illative: String,
    pub(crate) plural: Plural,
}

/// Plural stems, with the endings that differ between types.
pub(crate) struct Plural {
    pub(crate) weak: String,
    pub(crate) strong: String,
    pub(crate) genitive: String,
    pub(crate) partitive: String,
    pub(crate) illative: String,
}

/// Chooses the type: by the class where the entry gives one, else by the ending.
pub(crate) fn stems(lemma: &str, class: &str, other: Option<&str>, front: bool) -> Stems {
    let ta = |stem: &str| format!("{stem}{}", harmony("ta", front));
    let cut = |letters: usize| shorten(lemma, letters);
    match class {
        "s" => dental(&cut(2), "s", front),
        "d" => dental(&cut(1), "ks", front),
        "n" => contracted(&format!("{}ee", cut(2)), &ta(lemma), front),
        "r" => consonantal(&format!("{}e", cut(1)), &ta(&cut(1)), front),
        "l" => consonantal(&format!("{}e", cut(1)), &ta(&format!("{}s", cut(3))), front),
        "e" => {
            let strong = format!("{}e", cut(1));
            named(
                &other.map_or_else(|| weaker(&strong), str::to_owned),
                &strong,
                front,
            )
        }
        _ if lemma.ends_with(['s', 'n']) => by_consonant(lemma, other, front),
        _ if is_long(lemma) => long(lemma, front),
        _ if lemma.ends_with('e') => {
            let own = || format!("{}e", stronger(lemma));
            contracted(
                &other.map_or_else(own, str::to_owned),
                &format!("{lemma}t{}", harmony("ta", front)),
                front,
            )
        }
        _ => open(
            lemma,
            class,
            &other.map_or_else(|| weaker(lemma), str::to_owned),
            front,
        ),
    }
}

/// Types told by a consonant at the end.
fn by_consonant(lemma: &str, other: Option<&str>, front: bool) -> Stems {
    let ta = |stem: &str| format!("{stem}{}", harmony("ta", front));
    let cut = |letters: usize| shorten(lemma, letters);
    let ends = |ends: &[&str]| ends.iter().any(|end| lemma.ends_with(end));
    if ends(&["nen"]) {
        consonantal(
            &format!("{}se", cut(3)),
            &ta(&format!("{}s", cut(3))),
            front,
        )
    } else if ends(&["ton", "tön"]) {
        let a = harmony("a", front);
        let stem = format!("{}tt{}m{a}", cut(3), harmony("o", front));
        Stems {
            illative: format!("{stem}{a}n"),
            partitive: ta(lemma),
            ..named(&stem, &stem, front)
        }
    } else if ends(&["uus", "yys"]) {
        dental(&cut(1), "ks", front)
    } else if ends(&["as", "äs"]) {
        let own = || format!("{}{}", stronger(&cut(1)), harmony("a", front));
        contracted(&other.map_or_else(own, str::to_owned), &ta(lemma), front)
    } else if let Some(other) = other {
        let long = other.ends_with("ii");
        if long {
            contracted(other, &ta(lemma), front)
        } else {
            consonantal(other, &ta(lemma), front)
        }
    } else if ends(&["n"]) {
        consonantal(&format!("{}me", cut(1)), &ta(lemma), front)
    } else {
        consonantal(&format!("{}kse", cut(1)), &ta(lemma), front)
    }
}

/// Types whose stem ends in e and loses it in the plural: nainen, vastaus, puhelin, kieli.
fn consonantal(stem: &str, partitive: &str, front: bool) -> Stems {
    let plural = format!("{}i", shorten(stem, 1));
    Stems {
        weak: stem.to_owned(),
        strong: stem.to_owned(),
        partitive: partitive.to_owned(),
        illative: format!("{stem}en"),
        plural: Plural {
            genitive: format!("{}en", shorten(partitive, 1)),
            partitive: format!("{plural}{}", harmony("a", front)),
            illative: format!("{plural}in"),
            weak: plural.clone(),
            strong: plural,
        },
    }
}

/// vesi, osallisuus, terveys: four different stems.
fn dental(stem: &str, plural: &str, front: bool) -> Stems {
    let plural = format!("{stem}{plural}i");
    Stems {
        weak: format!("{stem}de"),
        strong: format!("{stem}te"),
        partitive: format!("{stem}t{}", harmony("ta", front)),
        illative: format!("{stem}teen"),
        plural: Plural {
            genitive: format!("{plural}en"),
            partitive: format!("{plural}{}", harmony("a", front)),
            illative: format!("{plural}in"),
            weak: plural.clone(),
            strong: plural,
        },
    }
}

/// hanke, asiakas: a long vowel that shortens before the plural i.
fn contracted(stem: &str, partitive: &str, front: bool) -> Stems {
    let plural = format!("{}i", shorten(stem, 1));
    Stems {
        weak: stem.to_owned(),
        strong: stem.to_owned(),
        partitive: partitive.to_owned(),
        illative: format!("{stem}seen"),
        plural: Plural {
            genitive: format!("{plural}den"),
            partitive: format!("{plural}{}", harmony("ta", front)),
            illative: format!("{plural}siin"),
            weak: plural.clone(),
            strong: plural,
        },
    }
}

/// työ, maa, tie, vapaa, museo in its long-vowel kin.
fn long(lemma: &str, front: bool) -> Stems {
    let last = lemma.chars().last().unwrap_or('a');
    let short = lemma
        .chars()
        .filter(|letter| "aeiouyäöå".contains(*letter))
        .count()
        <= 2;
    let hiatus = short
        || lemma.ends_with("suu")
        || lemma.ends_with("maa")
        || lemma.ends_with("työ")
        || lemma.ends_with("pää");
    let head = if lemma.ends_with("ie") || lemma.ends_with("uo") || lemma.ends_with("yö") {
        format!("{}{last}", shorten(lemma, 2))
    } else {
        shorten(lemma, 1)
    };
    let plural = format!("{head}i");
    Stems {
        weak: lemma.to_owned(),
        strong: lemma.to_owned(),
        partitive: format!("{lemma}{}", harmony("ta", front)),
        illative: if hiatus {
            format!("{lemma}h{last}n")
        } else {
            format!("{lemma}seen")
        },
        plural: Plural {
            genitive: format!("{plural}den"),
            partitive: format!("{plural}{}", harmony("ta", front)),
            illative: if hiatus {
                format!("{plural}hin")
            } else {
                format!("{plural}siin")
            },
            weak: plural.clone(),
            strong: plural,
        },
    }
}

/// nimi, tuki, lehti: i in the lemma, e in the stem.
fn named(weak: &str, strong: &str, front: bool) -> Stems {
    let (thin, full) = (
        format!("{}i", shorten(weak, 1)),
        format!("{}i", shorten(strong, 1)),
    );
    let thin = if thin.ends_with("ii") {
        shorten(&thin, 1)
    } else {
        thin
    };
    Stems {
        weak: weak.to_owned(),
        strong: strong.to_owned(),
        partitive: format!("{strong}{}", harmony("a", front)),
        illative: format!("{strong}en"),
        plural: Plural {
            genitive: format!("{full}en"),
            partitive: format!("{full}{}", harmony("a", front)),
            illative: format!("{full}in"),
            weak: thin,
            strong: full,
        },
    }
}

/// Words that end in one short vowel: palvelu, kala, koira, projekti.
fn open(lemma: &str, class: &str, weak: &str, front: bool) -> Stems {
    if class == "v" {
        return parent(lemma, front);
    }
    let last = lemma.chars().last().unwrap_or('a');
    let a = harmony("a", front);
    let hiatus = ["io", "iö", "eo"].iter().any(|end| lemma.ends_with(end)) && syllables(lemma) > 2;
    Stems {
        weak: weak.to_owned(),
        strong: lemma.to_owned(),
        partitive: if hiatus {
            format!("{lemma}t{a}")
        } else {
            format!("{lemma}{a}")
        },
        illative: format!("{lemma}{last}n"),
        plural: open_plural(
            lemma,
            if hiatus {
                "oi"
            } else {
                plural_class(lemma, class)
            },
            weak,
            front,
        ),
    }
}

fn open_plural(lemma: &str, class: &str, weak: &str, front: bool) -> Plural {
    let (head, thin) = (shorten(lemma, 1), shorten(weak, 1));
    let (a, o) = (harmony("a", front), harmony("o", front));
    let with = |vowel: &str, genitive: &str, partitive: &str| Plural {
        weak: format!("{thin}{vowel}i"),
        strong: format!("{head}{vowel}i"),
        genitive: format!("{head}{vowel}{genitive}"),
        partitive: format!("{head}{vowel}{partitive}{a}"),
        illative: format!("{head}{vowel}ihin"),
    };
    match lemma.chars().last() {
        Some('i') => Plural {
            genitive: format!("{lemma}en"),
            ..with("e", "", "j")
        },
        Some('a' | 'ä') if class == "i" => Plural {
            illative: format!("{head}iin"),
            ..with("", "ien", "i")
        },
        Some('a' | 'ä') if head.ends_with('e') => with("", "iden", "it"),
        Some('a' | 'ä') if class == "o" => with(&o, "jen", "j"),
        Some('a' | 'ä') => with(&o, "iden", "it"),
        Some(last) if class == "oi" => with(&last.to_string(), "iden", "it"),
        Some(last) => with(&last.to_string(), "jen", "j"),
        None => with("", "", ""),
    }
}

/// vanhempi: a comparative.
fn parent(lemma: &str, front: bool) -> Stems {
    let head = shorten(lemma, 2);
    let a = harmony("a", front);
    let stems = named(&format!("{head}m{a}"), &format!("{head}p{a}"), front);
    Stems {
        illative: format!("{head}p{a}{a}n"),
        partitive: format!("{head}p{a}{a}"),
        ..stems
    }
}

fn plural_class<'a>(lemma: &'a str, class: &'a str) -> &'a str {
    if !class.is_empty() {
        return class;
    }
    if lemma.ends_with("ia")
        || lemma.ends_with("iä")
        || lemma.ends_with("ija")
        || lemma.ends_with("ijä")
    {
        return "oi";
    }
    if lemma.ends_with('ä') {
        return "i";
    }
    if syllables(lemma) > 2 {
        return if lemma.ends_with("nta") || lemma.ends_with("kka") {
            "o"
        } else if lemma.ends_with("la") {
            "oi"
        } else {
            "i"
        };
    }
    match lemma.chars().find(|letter| "aeiouy".contains(*letter)) {
        Some('o' | 'u') => "i",
        _ => "o",
    }
}

fn is_long(word: &str) -> bool {
    [
        "aa", "ää", "oo", "uu", "yy", "öö", "ii", "ee", "ie", "uo", "yö",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}
