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

/// A term among those of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermRef<'t> {
    /// What it is to the word.
    pub kind: Kind,
    /// Its text, in lower case.
    pub text: &'t str,
}

impl From<TermRef<'_>> for Term {
    fn from(term: TermRef<'_>) -> Self {
        Self {
            kind: term.kind,
            text: term.text.into(),
        }
    }
}

/// The terms of a form in one piece of memory: of each the text and a mark of its
/// kind, a control character that no word has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terms<'t>(&'t str);

impl<'t> Terms<'t> {
    /// What [`packed`](Self::packed) made.
    pub(super) fn new(packed: &'t str) -> Self {
        Self(packed)
    }

    /// Terms in one piece.
    pub(super) fn packed(terms: &[Term]) -> String {
        let mut packed = String::new();
        for term in terms {
            packed.extend(term.text.chars().filter(|c| !is_mark(*c)));
            packed.push(char::from(term.kind as u8 + 1));
        }
        packed
    }

    /// The terms, one after the other.
    #[must_use]
    pub fn iter(self) -> Iter<'t> {
        Iter(self.0)
    }
}

fn is_mark(c: char) -> bool {
    (1..=Kind::ALL.len()).contains(&(c as usize))
}

impl<'t> IntoIterator for Terms<'t> {
    type Item = TermRef<'t>;
    type IntoIter = Iter<'t>;

    fn into_iter(self) -> Iter<'t> {
        self.iter()
    }
}

/// Goes through the terms of a form.
#[derive(Debug, Clone)]
pub struct Iter<'t>(&'t str);

impl<'t> Iterator for Iter<'t> {
    type Item = TermRef<'t>;

    fn next(&mut self) -> Option<TermRef<'t>> {
        let end = self.0.find(is_mark)?;
        let (text, rest) = self.0.split_at(end);
        let kind = Kind::ALL[usize::from(rest.as_bytes()[0]) - 1];
        self.0 = &rest[1..];
        Some(TermRef { kind, text })
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn terms_come_back_as_they_were_packed(
            terms in proptest::collection::vec((0_usize..6, "[^\\x00-\\x1f]{0,8}"), 0..6),
        ) {
            let term = |(kind, text): (usize, String)| Term {
                kind: Kind::ALL[kind],
                text: text.into(),
            };
            let terms: Vec<Term> = terms.into_iter().map(term).collect();
            let packed = Terms::packed(&terms);
            let back: Vec<Term> = Terms::new(&packed).iter().map(Term::from).collect();
            prop_assert_eq!(back, terms);
        }
    }

    #[test]
    fn a_mark_within_a_text_ends_no_term() {
        let term = |text: &str| Term {
            kind: Kind::Part,
            text: text.into(),
        };
        let packed = Terms::packed(&[term("työ\u{1}"), term("palvelu")]);
        let texts: Vec<_> = Terms::new(&packed).iter().map(|term| term.text).collect();
        assert_eq!(texts, ["työ", "palvelu"]);
    }
}
