//! The seam: what a chain gives for a word, whichever way it knows Finnish.
//!
//! Apart from the chains so that index and search never learn which one is at
//! work: a form goes in, terms come out, each with its kind, so that a whole
//! word can outrank a part of one.

/// What a term is to the word it was made from, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The base form of the whole word, or what stands for one.
    Base,
    /// The verb of a participle.
    Verb,
    /// What a word that the chain does not know may be a form of.
    Guess,
    /// The base form of one part of a compound.
    Part,
    /// The base form of several adjoining parts of a longer compound, or
    /// another way to spell it.
    Piece,
    /// The base form of a word of the same family.
    Derived,
}

impl Kind {
    /// All kinds, the closest first.
    pub const ALL: [Self; 6] = [
        Self::Base,
        Self::Verb,
        Self::Guess,
        Self::Part,
        Self::Piece,
        Self::Derived,
    ];

    /// Whether the term is another word of the same family, no form or part.
    #[must_use]
    pub fn is_family(self) -> bool {
        self == Self::Derived
    }
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    /// What it is to the word.
    pub kind: Kind,
    /// Its text, in lower case.
    pub text: Box<str>,
}

/// Words to terms. The same chain serves documents and queries.
pub trait Chain: Send + Sync {
    /// Adds the terms under which a form in a document is found, at least one
    /// of them a [`Kind::Base`].
    fn terms(&self, form: &str, out: &mut Vec<Term>);

    /// Adds the terms by which a form in a query looks for documents: never
    /// the parts of a compound. They are looked for among the documents' terms
    /// of every kind.
    fn query(&self, form: &str, out: &mut Vec<Term>);

    /// Completes the half of an elided compound by the word that has its other
    /// half; `front` tells that the half is a first one: `työllistymis` with
    /// `koulutuspalvelut` gives `työllistymispalvelut`.
    fn complete(&self, half: &str, whole: &str, front: bool) -> Option<String>;

    /// Names the chain: algorithm, rules and data. Indexes made by another
    /// chain can't be searched with this one.
    fn fingerprint(&self) -> String;
}
