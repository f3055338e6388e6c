//! Words of a query → what to look for in the index: terms with their worth.
//!
//! They are analysed by the chain that analysed the documents. A word of the
//! query becomes one `Want`; its terms are ways to find the same word and are
//! scored as one, so that a word counts once however many forms it has.

use crate::finnish::{Analyzer, Kind, Scratch, Term};

use super::synonyms::Synonym;
use super::weights::{self, Family};

/// One term to look up in the sections.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lookup {
    /// The term without mark.
    pub(super) term: String,
    /// What an occurrence is worth by what it is to the word in the document,
    /// in the order of [`Kind::ALL`]; 0 where it is not looked up.
    pub(super) worth: [f32; Kind::ALL.len()],
    /// Whether the term is the beginning of others, any of which will do.
    pub(super) stem: bool,
}

impl Lookup {
    /// A term that only finds words it is a base form of.
    pub(super) fn base(term: &str) -> Self {
        Self {
            term: term.to_owned(),
            worth: Kind::ALL.map(|kind| if kind == Kind::Base { 1.0 } else { 0.0 }),
            stem: false,
        }
    }

    /// What the words of a word's family begin with. Short words have no such
    /// beginning of their own.
    fn stem_of(term: &str, family: &Family) -> Option<Self> {
        let letters = term.chars().count();
        let kept = (letters * family.tenths).div_ceil(10).max(family.least);
        let end = term.char_indices().nth(kept)?.0;
        Some(Self {
            stem: true,
            ..Self::base(&term[..end])
        })
    }

    /// A term of this kind that finds words of every kind.
    pub(super) fn of(kind: Kind, term: &str) -> Self {
        Self {
            term: term.to_owned(),
            worth: Kind::ALL.map(|held| weights::asked(kind) * weights::held(held)),
            stem: false,
        }
    }

    /// What an occurrence of this kind is worth.
    pub(super) fn worth(&self, kind: Kind) -> f32 {
        self.worth[kind as usize]
    }
}

/// One word of the query: what finds it in the sections, and its very forms.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sought {
    pub(super) lookups: Vec<Lookup>,
    pub(super) forms: Vec<String>,
    /// Whether only these forms will do.
    pub(super) only: bool,
    /// Parts of the word if it is a compound, and words of its family: what
    /// holds only these comes below what holds the word itself.
    pub(super) loose: Vec<Loose>,
    /// Other words and names that mean the same.
    pub(super) synonyms: Vec<Synonym>,
    /// The word before it in the query and the word itself, by their base forms:
    /// where they follow each other, a document is the better answer.
    pub(super) beside: Option<[Vec<String>; 2]>,
}

impl Sought {
    /// What finds the word or a synonym that is one word, or else what finds
    /// its parts and relatives.
    pub(super) fn lookups(&self, direct: bool) -> impl Iterator<Item = &Lookup> {
        let (own, loose, synonyms) = match direct {
            true => (
                self.lookups.as_slice(),
                [].as_slice(),
                self.synonyms.as_slice(),
            ),
            false => ([].as_slice(), self.loose.as_slice(), [].as_slice()),
        };
        let synonyms = synonyms.iter().flat_map(|synonym| &synonym.lookups);
        let loose = loose.iter().map(|loose| &loose.lookup);
        own.iter().chain(synonyms).chain(loose)
    }

    /// What shows where it stands: of synonyms of several words one of them.
    pub(super) fn shown(&self, direct: bool) -> impl Iterator<Item = &Lookup> {
        let rows = self.synonyms.iter().filter(move |_| direct);
        let anchors = rows.flat_map(|synonym| &synonym.anchor);
        self.lookups(direct).chain(anchors)
    }
}

/// A word beside the one asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loose {
    pub(super) lookup: Lookup,
    /// What the part or relative is worth against the word itself.
    pub(super) weight: f32,
}

/// One thing that the query wants.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Want {
    /// A word.
    Word(Sought),
    /// One of each list of base forms, in a row, with so many words between.
    Phrase(Vec<Vec<String>>, u32),
}

/// The words of a text, or `only` their very forms.
pub(super) fn words(text: &str, only: bool, analyzer: &Analyzer) -> Vec<Want> {
    let forms = forms(text, analyzer);
    let word = |(at, form): (usize, &String)| {
        let before = at.checked_sub(1).filter(|_| !only);
        let beside = before.map(|before| [&forms[before], form].map(|form| bases(form, analyzer)));
        Want::Word(Sought {
            beside: beside.filter(|[before, own]| before != own),
            ..sought(form.clone(), only, analyzer)
        })
    };
    forms.iter().enumerate().map(word).collect()
}

/// The words of a text in a row; a single one is a word.
pub(super) fn phrase(text: &str, slop: u32, analyzer: &Analyzer) -> Vec<Want> {
    let slots = slots(text, analyzer);
    if slots.len() < 2 {
        return words(text, false, analyzer);
    }
    let slots = slots.into_iter().map(|slot| slot.bases).collect();
    vec![Want::Phrase(slots, slop)]
}

/// A word in a row, with the base forms it can have.
pub(super) struct Slot {
    pub(super) form: String,
    pub(super) bases: Vec<String>,
}

/// The words of a text in a row; a half of an elided compound has the base forms of
/// the whole too, under which it stands in documents.
pub(super) fn slots(text: &str, analyzer: &Analyzer) -> Vec<Slot> {
    let mut slots = Vec::new();
    analyzer.for_each_word(text, &mut Scratch::default(), |word| {
        let mut bases = bases(word.form, analyzer);
        let whole = word.terms.iter().filter(|_| word.is_half);
        for term in whole.filter(|term| matches!(term.kind, Kind::Base | Kind::Guess)) {
            if bases.iter().all(|base| *base != *term.text) {
                bases.push(term.text.to_string());
            }
        }
        slots.push(Slot {
            form: word.form.to_owned(),
            bases,
        });
    });
    slots
}

fn forms(text: &str, analyzer: &Analyzer) -> Vec<String> {
    let mut forms = Vec::new();
    analyzer.for_each_word(text, &mut Scratch::default(), |word| {
        forms.push(word.form.to_owned());
    });
    forms
}

pub(super) fn sought(form: String, only: bool, analyzer: &Analyzer) -> Sought {
    let terms = analyzer.query(&form);
    // A very form has no part and no relative, and a number or code neither.
    if only || !form.chars().all(|c| c.is_alphabetic() || c == '-') {
        let of = |term: &Term| match only {
            true => Lookup::base(&term.text),
            false => Lookup::of(term.kind, &term.text),
        };
        let lookups = terms.iter().map(of).collect();
        return Sought {
            lookups,
            forms: vec![form],
            only,
            ..Sought::default()
        };
    }
    let (relatives, own): (Vec<_>, Vec<_>) = terms
        .into_iter()
        .partition(|term| term.kind == Kind::Derived);
    let mut loose: Vec<Term> = analyzer.parts(&form);
    loose.extend(relatives);
    loose.retain(|term| own.iter().all(|other| other.text != term.text));
    let mut all: Vec<Loose> = loose
        .iter()
        .map(|term| Loose {
            lookup: Lookup::of(Kind::Base, &term.text),
            weight: weights::loose(term.kind),
        })
        .collect();
    for family in &weights::FAMILIES {
        let mut stems = own.iter();
        let stem = stems.find_map(|term| Lookup::stem_of(&term.text, family));
        all.extend(stem.map(|lookup| Loose {
            lookup,
            weight: family.weight,
        }));
    }
    Sought {
        lookups: own
            .iter()
            .map(|term| Lookup::of(term.kind, &term.text))
            .collect(),
        forms: vec![form],
        only,
        loose: all,
        ..Sought::default()
    }
}

/// The base forms of a word.
pub(super) fn bases(form: &str, analyzer: &Analyzer) -> Vec<String> {
    let terms = analyzer.query(form).into_iter();
    terms
        .filter(|term| term.kind != Kind::Derived)
        .map(|term| term.text.into())
        .collect()
}
