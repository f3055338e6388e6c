//! A query → what to look for in the index: terms with their worth.
//!
//! Words are analysed by the chain that analysed the documents. A word of the
//! query becomes one `Want`; its terms are ways to find the same word and are
//! scored as one, so that a word counts once however many forms it has.

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::index::mark;
use crate::query::{Clause, Manner, Query};

/// One term to look up in the sections.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lookup {
    /// What the term is to the word that it finds.
    pub(super) kind: Kind,
    /// The term as the index holds it, with its mark.
    pub(super) term: String,
}

/// One word of the query: what finds it in the sections, and its very form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sought {
    pub(super) lookups: Vec<Lookup>,
    pub(super) form: String,
    /// Whether only this form will do.
    pub(super) only: bool,
}

/// One thing that the query wants.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Want {
    /// A word.
    Word(Sought),
    /// One of each list of base forms, in a row.
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
        Manner::Phrase if forms.len() > 1 => {
            vec![Want::Phrase(forms.iter().map(|form| bases(form, analyzer)).collect())]
        }
        Manner::Words | Manner::Phrase | Manner::Exact => {
            let only = clause.manner == Manner::Exact;
            let words = forms.into_iter();
            words.map(|form| Want::Word(sought(form, only, analyzer))).collect()
        }
    }
}

fn sought(form: String, only: bool, analyzer: &Analyzer) -> Sought {
    let kinds = [Kind::Base, Kind::Part, Kind::Piece, Kind::Derived];
    let bases = bases(&form, analyzer);
    let lookup = |kind| {
        bases.iter().map(move |base| Lookup {
            kind,
            term: format!("{}{base}", mark(kind)),
        })
    };
    Sought {
        // A very form is a form of its word: no part and no relative.
        lookups: kinds.iter().take(if only { 1 } else { 4 }).flat_map(|k| lookup(*k)).collect(),
        form,
        only,
    }
}

fn bases(form: &str, analyzer: &Analyzer) -> Vec<String> {
    let terms = analyzer.query(form);
    terms.into_iter().filter(|t| t.kind == Kind::Base).map(|t| t.text.into()).collect()
}
