//! A query → what to look for in the index: terms with their worth.
//!
//! Words are analysed by the chain that analysed the documents. A word of the
//! query becomes one `Want`; its terms are ways to find the same word and are
//! scored as one, so that a word counts once however many forms it has.

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::index::mark;
use crate::query::{Clause, Manner, Query};

use super::weights;

/// Which of a text's three tantivy fields a term is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Base,
    Exact,
    Parts,
}

/// One term to look up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lookup {
    pub(super) place: Place,
    pub(super) term: String,
    pub(super) weight: f32,
}

/// One word or phrase of the query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Want {
    /// Any of the lookups.
    Word(Vec<Lookup>),
    /// One of each list of base terms, in a row.
    Phrase(Vec<Vec<String>>),
}

/// All that the query wants, in its order, each thing once.
pub(super) fn wants(query: &Query, analyzer: &Analyzer) -> Vec<Want> {
    let mut wants = Vec::new();
    for clause in &query.clauses {
        for want in of_clause(clause, analyzer) {
            if !wants.contains(&want) {
                wants.push(want);
            }
        }
    }
    wants
}

fn of_clause(clause: &Clause, analyzer: &Analyzer) -> Vec<Want> {
    let mut scratch = Scratch::default();
    let mut forms = Vec::new();
    analyzer.for_each_word(&clause.text, &mut scratch, |word| forms.push(word.form.to_owned()));
    match clause.manner {
        Manner::Words => forms.iter().map(|form| Want::Word(word(form, analyzer))).collect(),
        Manner::Exact => forms.into_iter().map(|form| Want::Word(vec![exact(form, 1.0)])).collect(),
        Manner::Phrase if forms.len() > 1 => {
            let slots = forms.iter().map(|form| bases(form, analyzer)).collect();
            vec![Want::Phrase(slots)]
        }
        Manner::Phrase => forms.iter().map(|form| Want::Word(word(form, analyzer))).collect(),
    }
}

fn word(form: &str, analyzer: &Analyzer) -> Vec<Lookup> {
    let mut lookups = vec![exact(form.to_owned(), weights::of_kind(Kind::Exact))];
    for base in bases(form, analyzer) {
        for kind in [Kind::Part, Kind::Piece, Kind::Derived] {
            lookups.push(Lookup {
                place: Place::Parts,
                term: format!("{}{base}", mark(kind)),
                weight: weights::of_kind(kind),
            });
        }
        lookups.push(Lookup {
            place: Place::Base,
            term: base,
            weight: weights::of_kind(Kind::Base),
        });
    }
    lookups
}

fn exact(form: String, weight: f32) -> Lookup {
    Lookup {
        place: Place::Exact,
        term: form,
        weight,
    }
}

fn bases(form: &str, analyzer: &Analyzer) -> Vec<String> {
    let terms = analyzer.query_terms(form);
    terms.into_iter().filter(|t| t.kind == Kind::Base).map(|t| t.text.into()).collect()
}
