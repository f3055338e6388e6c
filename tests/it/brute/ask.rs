//! A query's tree with its words analysed, as the comment on the tree has it.
//! Stars are read from the projects; words that may be misspelt are not tried.

use std::collections::BTreeSet;

use esr_search::finnish::{Kind, Scratch, Word};
use esr_search::index::fields;
use esr_search::query::{Item, Node, Sign, Test};
use esr_search::search::weights;

use super::Brute;

/// A term to look for: what an occurrence is worth by kind; whether it is a stem.
pub(super) type Lookup = (String, [f32; 6], bool);

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub(super) lookups: Vec<Lookup>,
    pub(super) slots: Vec<Vec<String>>,
    pub(super) slop: u32,
    pub(super) forms: Vec<String>,
    pub(super) only: bool,
    pub(super) loose: Vec<(Lookup, f32)>,
    /// The word before it and the word itself, as a phrase.
    pub(super) beside: Option<Box<Leaf>>,
    pub(super) rows: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ask {
    Leaf(Leaf),
    Value(usize, Test),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    Not(Box<Ask>),
    Group([Vec<Ask>; 4]),
}

impl Brute {
    pub(super) fn group(&self, items: &[Item], rows: &[usize]) -> [Vec<Ask>; 4] {
        let mut group: [Vec<Ask>; 4] = Default::default();
        for item in items {
            let asks = self.asks(&item.node, rows);
            let condition = item.node.is_condition();
            let (place, asks) = match item.sign {
                Sign::Without => (3, one(asks)),
                _ if condition => (2, one(asks)),
                Sign::Must => (0, one(asks)),
                Sign::Plain => (1, asks),
            };
            for ask in asks {
                if place != 1 || !group[1].contains(&ask) {
                    group[place].push(ask);
                }
            }
        }
        group
    }

    /// A node as asks of which any will do.
    pub(super) fn asks(&self, node: &Node, rows: &[usize]) -> Vec<Ask> {
        let mut list = Vec::new();
        let more: Vec<Ask> = match node {
            Node::Words(text) => self.words(text, false, rows),
            Node::Exact(text) => self.words(text, true, rows),
            Node::Phrase(text, slop) => self.phrase(text, *slop, rows),
            Node::Prefix(_) | Node::Suffix(_) | Node::Typo(_) => vec![self.expanded(node, rows)],
            Node::Value(row, test) => vec![Ask::Value(*row, test.clone())],
            Node::In(key, node) => self.asks(node, &fields::rows(key)),
            Node::All(nodes) => {
                let parts: Vec<Ask> = nodes.iter().flat_map(|n| one(self.asks(n, rows))).collect();
                (!parts.is_empty())
                    .then_some(Ask::All(parts))
                    .into_iter()
                    .collect()
            }
            Node::Any(nodes) => {
                let mut parts = Vec::new();
                for ask in nodes.iter().flat_map(|node| self.asks(node, rows)) {
                    if !parts.contains(&ask) {
                        parts.push(ask);
                    }
                }
                (!parts.is_empty())
                    .then_some(Ask::Any(parts))
                    .into_iter()
                    .collect()
            }
            Node::Not(node) => {
                let inner = one(self.asks(node, rows)).into_iter();
                inner.map(|ask| Ask::Not(Box::new(ask))).collect()
            }
            Node::Group(items) => {
                let group = self.group(items, rows);
                let asks = group.iter().any(|asks| !asks.is_empty());
                asks.then_some(Ask::Group(group)).into_iter().collect()
            }
        };
        for ask in more {
            if !list.contains(&ask) {
                list.push(ask);
            }
        }
        list
    }

    pub(super) fn forms_of(&self, text: &str) -> Vec<String> {
        let mut forms = Vec::new();
        let mut scratch = Scratch::default();
        self.analyzer
            .for_each_word(text, &mut scratch, |word| forms.push(word.form.to_owned()));
        forms
    }

    pub(super) fn bases(&self, form: &str) -> Vec<String> {
        let terms = self.analyzer.query(form).into_iter();
        let own = terms.filter(|term| term.kind != Kind::Derived);
        own.map(|term| term.text.into()).collect()
    }

    pub(super) fn words(&self, text: &str, only: bool, rows: &[usize]) -> Vec<Ask> {
        let forms = self.forms_of(text);
        let beside = |at: usize| {
            let before = at.checked_sub(1).filter(|_| !only)?;
            let slots = [before, at].map(|at| self.bases(&forms[at])).to_vec();
            (slots[0] != slots[1]).then(|| {
                Box::new(Leaf {
                    slots,
                    slop: weights::BESIDE_SLOP,
                    ..leaf(Vec::new(), rows)
                })
            })
        };
        let word = |(at, form): (usize, String)| {
            let terms = self.analyzer.query(&form);
            let bare = only || !form.chars().all(|c| c.is_alphabetic() || c == '-');
            let (family, own): (Vec<_>, Vec<_>) = terms
                .into_iter()
                .partition(|t| !bare && t.kind == Kind::Derived);
            let asked = |kind, text: &str| match only {
                true => base(text, 1.0),
                false => {
                    let worth = Kind::ALL.map(|held| weights::asked(kind) * weights::held(held));
                    (text.to_owned(), worth, false)
                }
            };
            let lookups: Vec<Lookup> = own.iter().map(|t| asked(t.kind, &t.text)).collect();
            let mut loose = Vec::new();
            if !bare {
                let near = self.analyzer.parts(&form).into_iter().chain(family);
                for term in near.filter(|n| own.iter().all(|o| o.text != n.text)) {
                    loose.push((asked(Kind::Base, &term.text), weights::loose(term.kind)));
                }
                for family in weights::FAMILIES {
                    let stem = own.iter().find_map(|term| {
                        let letters: Vec<char> = term.text.chars().collect();
                        let tenths = (letters.len() * family.tenths).div_ceil(10);
                        let kept = tenths.max(family.least);
                        (kept < letters.len()).then(|| letters[..kept].iter().collect::<String>())
                    });
                    loose.extend(stem.map(|s| ((s.clone(), base(&s, 1.0).1, true), family.weight)));
                }
            }
            Ask::Leaf(Leaf {
                lookups,
                only,
                loose,
                beside: beside(at),
                ..leaf(vec![form], rows)
            })
        };
        forms.iter().cloned().enumerate().map(word).collect()
    }

    pub(super) fn phrase(&self, text: &str, slop: u32, rows: &[usize]) -> Vec<Ask> {
        let mut slots: Vec<Vec<String>> = Vec::new();
        let each = |word: Word<'_>| {
            let mut bases = self.bases(word.form);
            if word.is_half {
                let whole = word.terms.iter();
                let whole = whole.filter(|t| matches!(t.kind, Kind::Base | Kind::Guess));
                bases.extend(whole.map(|term| term.text.to_string()));
            }
            slots.push(bases);
        };
        let mut scratch = Scratch::default();
        self.analyzer.for_each_word(text, &mut scratch, each);
        if slots.len() < 2 {
            return self.words(text, false, rows);
        }
        vec![Ask::Leaf(Leaf {
            slots,
            slop,
            ..leaf(Vec::new(), rows)
        })]
    }

    pub(super) fn expanded(&self, node: &Node, rows: &[usize]) -> Ask {
        match node {
            Node::Prefix(text) => {
                let forms = self.forms.iter().filter(|f| f.starts_with(text.as_str()));
                let forms: Vec<String> = forms.cloned().collect();
                let mut lookups = Vec::new();
                for lookup in forms
                    .iter()
                    .flat_map(|f| self.bases(f))
                    .map(|t| base(&t, 1.0))
                {
                    if !lookups.contains(&lookup) {
                        lookups.push(lookup);
                    }
                }
                Ask::Leaf(Leaf {
                    lookups,
                    only: true,
                    ..leaf(forms, rows)
                })
            }
            Node::Suffix(text) => {
                let mut ends = self.bases(text);
                ends.push(text.clone());
                let all: BTreeSet<&String> = rows.iter().flat_map(|r| &self.bases[*r]).collect();
                let ended = |t: &&&String| ends.iter().any(|end| t.ends_with(end.as_str()));
                let lookups = all.iter().filter(ended).map(|t| base(t, 1.0)).collect();
                Ask::Leaf(Leaf {
                    lookups,
                    ..leaf(Vec::new(), rows)
                })
            }
            _ => unreachable!("no other node has a star"),
        }
    }
}

fn leaf(forms: Vec<String>, rows: &[usize]) -> Leaf {
    Leaf {
        lookups: Vec::new(),
        slots: Vec::new(),
        slop: 0,
        forms,
        only: false,
        loose: Vec::new(),
        beside: None,
        rows: rows.to_vec(),
    }
}

fn one(mut asks: Vec<Ask>) -> Vec<Ask> {
    match asks.len() {
        0 | 1 => asks,
        _ => vec![Ask::Any(std::mem::take(&mut asks))],
    }
}

fn base(term: &str, worth: f32) -> Lookup {
    (term.to_owned(), [worth, 0.0, 0.0, 0.0, 0.0, 0.0], false)
}
