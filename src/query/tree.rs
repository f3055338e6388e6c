//! The tree of a query, and what it means.
//!
//! A tree is kept in one shape: what says the same stands the same, so that a
//! printed tree reads back as itself. `Group::of` and its like make it so.

use super::values::Test;

/// What is asked.
///
/// Every node gives each project one of three answers: it *holds* what is
/// asked, it is *near* (it holds a part of a word's compound or a word of its
/// family only), or neither; and a score.
///
/// - Words, phrases and the like hold where their text stands in the sections
///   asked. Only words have projects that are near. A run of words is as many
///   words side by side.
/// - A value holds where the field has it. Its score is 0.
/// - `All` (`a JA b`) holds where every part holds.
/// - `Any` (`a TAI b`) holds where a part holds, and is near where none holds
///   and a part is near.
/// - `Not` (`EI a`) holds where `a` does not hold. Its score is 0.
/// - A group `a b -c +d (e TAI f)` is made of items. `-c` leaves out the
///   projects that hold `c`. An item without a sign that asks for no word, such
///   as `tila:päättynyt` or `(tila:päättynyt TAI kunta:Kemi)`, is a condition,
///   as if it had a `+`. If any item that asks for a word has a `+`, the group
///   holds where all with a `+` and all conditions hold, and the others, here
///   `a`, `b` and `(e TAI f)`, only add to the score. Otherwise the group holds
///   where the conditions and one of the others hold, and is near where the
///   conditions hold and one of the others is near. If nothing asks for a word,
///   it holds where the conditions do.
///
/// A score is the sum of the scores of the parts that hold or are near, those
/// with a `+` first. What is left out, or is a condition, adds nothing, and
/// what is said twice side by side or in one `TAI` counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Words, each in any of its forms, one space between them.
    Words(String),
    /// Words in a row, each in any of its forms, with so many others between.
    Phrase(String, u32),
    /// A word in this very form.
    Exact(String),
    /// Words that begin so.
    Prefix(String),
    /// Words whose base form ends so.
    Suffix(String),
    /// Words spelt nearly so.
    Typo(String),
    /// A field, by its row in FIELDS, has a value.
    Value(usize, Test),
    /// A node asked in a section or a group of them, by its key.
    In(&'static str, Box<Node>),
    /// All of these; at least two.
    All(Vec<Node>),
    /// Any of these; at least two.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Items side by side.
    Group(Vec<Item>),
}

/// A part of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What stands before it.
    pub sign: Sign,
    /// What is asked.
    pub node: Node,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Nothing: wanted.
    Plain,
    /// `+`: required.
    Must,
    /// `-`: left out.
    Without,
}

/// A query with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What is asked: the items of the outermost group.
    pub items: Vec<Item>,
    /// What was not taken as typed, and what was made of it.
    pub remarks: Vec<Remark>,
}

/// Something to say of a place in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The place, in characters from 0.
    pub at: usize,
    /// What is wrong and what was made of it.
    pub what: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}", self.at + 1, self.what)
    }
}

impl Query {
    /// Whether it asks for something that could be found.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.items.iter().any(|item| item.node.asks())
    }
}

impl Node {
    /// Whether there is a letter or figure to look for, or a value.
    fn asks(&self) -> bool {
        match self {
            Self::Words(text)
            | Self::Phrase(text, _)
            | Self::Exact(text)
            | Self::Prefix(text)
            | Self::Suffix(text)
            | Self::Typo(text) => text.contains(char::is_alphanumeric),
            Self::Value(..) => true,
            Self::In(_, node) | Self::Not(node) => node.asks(),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::asks),
            Self::Group(items) => items.iter().any(|item| item.node.asks()),
        }
    }

    /// Whether no word is wanted: an item without a sign that asks only this
    /// is a condition.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Value(..) | Self::Not(_) => true,
            Self::In(_, node) => node.is_condition(),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().all(Self::is_condition),
            Self::Group(items) => items
                .iter()
                .all(|item| item.sign == Sign::Without || item.node.is_condition()),
            _ => false,
        }
    }

    /// All of these as one node, if there are any.
    pub(super) fn all(nodes: Vec<Self>) -> Option<Self> {
        joined(nodes, Self::All, |node| match node {
            Self::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Any of these as one node, if there are any.
    pub(super) fn any(nodes: Vec<Self>) -> Option<Self> {
        joined(nodes, Self::Any, |node| match node {
            Self::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Items side by side as one node, if there are any.
    pub(super) fn group(items: Vec<Item>) -> Option<Self> {
        let mut items = tidied(items);
        match items.as_slice() {
            [] => None,
            [item] if item.sign == Sign::Plain => items.pop().map(|item| item.node),
            _ => Some(Self::Group(items)),
        }
    }
}

fn joined(
    nodes: Vec<Node>,
    join: fn(Vec<Node>) -> Node,
    inner: fn(Node) -> Result<Vec<Node>, Node>,
) -> Option<Node> {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match inner(node) {
            Ok(nodes) => flat.extend(nodes),
            Err(node) => flat.push(node),
        }
    }
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => Some(join(flat)),
    }
}

/// Items in their one shape: no group of wanted items in another, runs of
/// words as one, `EI` as a sign.
pub(super) fn tidied(items: Vec<Item>) -> Vec<Item> {
    let mut tidy: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item {
                sign: Sign::Plain,
                node: Node::Group(inner),
            } if inner.iter().all(is_wanted) => {
                inner.into_iter().for_each(|item| push(item, &mut tidy));
            }
            Item {
                sign: Sign::Plain | Sign::Must,
                node: Node::Not(node),
            } => {
                let sign = Sign::Without;
                push(Item { sign, node: *node }, &mut tidy);
            }
            item => push(item, &mut tidy),
        }
    }
    tidy
}

/// Whether an item says the same inside of a group as outside.
fn is_wanted(item: &Item) -> bool {
    item.sign == Sign::Plain && !item.node.is_condition()
}

fn push(item: Item, items: &mut Vec<Item>) {
    if let (
        Some(Item {
            sign: Sign::Plain,
            node: Node::Words(before),
        }),
        Item {
            sign: Sign::Plain,
            node: Node::Words(text),
        },
    ) = (items.last_mut(), &item)
    {
        before.push(' ');
        before.push_str(text);
        return;
    }
    items.push(item);
}
