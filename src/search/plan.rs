//! A query's tree → what is to be evaluated.
//!
//! The words are analysed, names of sections become rows, what was said twice
//! stands once, and what asks for nothing is left out. `query::Node` says what
//! a tree means.

use crate::finnish::Analyzer;
use crate::index::fields;
use crate::query::synonyms::Synonyms;
use crate::query::{Item, Node, Query, Sign};

use super::condition::{self, Condition};
use super::expand::{self, Expander};
use super::lookup::{self, Loose, Sought, Want};
use super::synonyms::{self, Added};
use super::vocabulary::Vocabulary;
use super::weights;

/// Words of a query for which all words of the collection are looked through,
/// at the most: nobody needs more, and each takes as long as many searches.
const MOST_SCANS: usize = 4;

/// What is wanted, in the sections it is wanted in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scoped {
    pub(super) want: Want,
    /// Rows of FIELDS.
    pub(super) rows: Vec<usize>,
    /// Whether to show where it stands: it is not only what is left out.
    pub(super) shown: bool,
}

impl Scoped {
    /// What is near it.
    pub(super) fn loose(&self) -> &[Loose] {
        match &self.want {
            Want::Word(sought) => &sought.loose,
            Want::Phrase(..) => &[],
        }
    }

    /// Whether it costs less to know what holds it than to score that; where words
    /// stand is read for both.
    pub(super) fn can_wait(&self) -> bool {
        match &self.want {
            Want::Word(sought) => sought.synonyms.iter().all(|s| s.slots.is_empty()),
            Want::Phrase(..) => false,
        }
    }

    /// Looks for no words of its family any more if enough projects hold it
    /// themselves.
    pub(super) fn settle(&mut self, found: u64) {
        if let Want::Word(sought) = &mut self.want
            && found >= weights::FEW
        {
            sought.loose.retain(|loose| !loose.lookup.stem);
        }
    }

    /// The word before it in the query and the word itself.
    pub(super) fn beside(&self) -> Option<&[Vec<String>]> {
        match &self.want {
            Want::Word(sought) => sought.beside.as_ref().map(|slots| slots.as_slice()),
            Want::Phrase(..) => None,
        }
    }
}

/// A node of the tree; words stand by their place among all that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plan {
    Want(usize),
    Value(Condition),
    All(Vec<Plan>),
    Any(Vec<Plan>),
    Not(Box<Plan>),
    Group(Group),
}

/// Items side by side, by what they are to the group.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Group {
    pub(super) conditions: Vec<Plan>,
    pub(super) required: Vec<Plan>,
    pub(super) optional: Vec<Plan>,
    pub(super) excluded: Vec<Plan>,
}

impl Group {
    /// What is wanted, in the order that scores are added in.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Plan> {
        self.required.iter().chain(&self.optional)
    }

    /// What is wanted that counts for scores, each once, in the order of the
    /// query.
    pub(super) fn scored(&self) -> Vec<usize> {
        let mut wants = Vec::new();
        self.add_scored(&mut wants);
        wants
    }

    fn add_scored(&self, wants: &mut Vec<usize>) {
        self.wanted().for_each(|plan| plan.add_scored(wants));
    }
}

impl Plan {
    fn add_scored(&self, wants: &mut Vec<usize>) {
        match self {
            Self::Want(want) if wants.contains(want) => {}
            Self::Want(want) => wants.push(*want),
            Self::All(plans) | Self::Any(plans) => {
                plans.iter().for_each(|plan| plan.add_scored(wants));
            }
            Self::Group(group) => group.add_scored(wants),
            Self::Value(_) | Self::Not(_) => {}
        }
    }
}

/// A query ready to be evaluated.
pub(super) struct Planned {
    pub(super) root: Group,
    pub(super) wants: Vec<Scoped>,
    /// What is searched beside words of it.
    pub(super) synonyms: Vec<Added>,
    /// What to tell of it.
    pub(super) remarks: Vec<String>,
}

/// Plans a query that asks the sections `rows` unless it says otherwise.
pub(super) fn plan(
    query: &Query,
    rows: &[usize],
    (vocabulary, analyzer): (&impl Vocabulary, &Analyzer),
    synonyms: &Synonyms,
) -> crate::error::Result<Planned> {
    let mut planner = Planner {
        vocabulary,
        analyzer,
        synonyms,
        wants: Vec::new(),
        added: Vec::new(),
        remarks: Vec::new(),
        scans: 0,
    };
    let context = Context { rows, shown: true };
    let root = planner.group(&query.items, context)?;
    Ok(Planned {
        root,
        wants: planner.wants,
        synonyms: planner.added,
        remarks: planner.remarks,
    })
}

/// Where in the tree a node stands.
#[derive(Clone, Copy)]
struct Context<'a> {
    rows: &'a [usize],
    shown: bool,
}

impl Context<'_> {
    fn left_out(self) -> Self {
        Self {
            shown: !self.shown,
            ..self
        }
    }
}

struct Planner<'a, V> {
    vocabulary: &'a V,
    analyzer: &'a Analyzer,
    synonyms: &'a Synonyms,
    wants: Vec<Scoped>,
    added: Vec<Added>,
    remarks: Vec<String>,
    /// Words so far for which all words of the collection were looked through.
    scans: usize,
}

type Result<T> = crate::error::Result<T>;

impl<V: Vocabulary> Planner<'_, V> {
    fn group(&mut self, items: &[Item], context: Context<'_>) -> Result<Group> {
        let mut group = Group::default();
        for Item { sign, node } in items {
            match sign {
                Sign::Without => {
                    let plan = self.one(node, context.left_out())?;
                    group.excluded.extend(plan);
                }
                _ if node.is_condition() => group.conditions.extend(self.one(node, context)?),
                Sign::Must => group.required.extend(self.one(node, context)?),
                Sign::Plain => add(self.many(node, context)?, &mut group.optional),
            }
        }
        Ok(group)
    }

    /// The node as one plan, if it asks for something.
    fn one(&mut self, node: &Node, context: Context<'_>) -> Result<Option<Plan>> {
        let mut plans = self.many(node, context)?;
        Ok(match plans.len() {
            0 | 1 => plans.pop(),
            _ => Some(Plan::Any(plans)),
        })
    }

    /// The node as plans of which any will do: the words of a run.
    fn many(&mut self, node: &Node, context: Context<'_>) -> Result<Vec<Plan>> {
        let analyzer = self.analyzer;
        let wants = match node {
            Node::Words(text) => self.words(text, context),
            Node::Exact(text) => {
                if context.rows.len() < fields::texts().count() {
                    self.remarks.push(format!(
                        "{node} in a section finds projects that have the word there and \
                         this form of it anywhere"
                    ));
                }
                lookup::words(text, true, analyzer)
            }
            Node::Phrase(text, slop) => lookup::phrase(text, *slop, analyzer),
            Node::Suffix(text) | Node::Typo(text) if self.scans == MOST_SCANS => {
                self.remarks.push(format!(
                    "only the first {MOST_SCANS} words with a star in front or a tilde are \
                     looked for so; {node} was taken as a word"
                ));
                self.words(text, context)
            }
            Node::Prefix(_) | Node::Suffix(_) | Node::Typo(_) => {
                self.scans += usize::from(!matches!(node, Node::Prefix(_)));
                vec![self.expanded(node, context)?]
            }
            Node::In(key, inner) => {
                let rows = fields::rows(key);
                let rows = rows.as_slice();
                return self.many(inner, Context { rows, ..context });
            }
            _ => return Ok(self.joined(node, context)?.into_iter().collect()),
        };
        let mut plans = Vec::new();
        add(
            wants.into_iter().map(|want| self.want(want, context)),
            &mut plans,
        );
        Ok(plans)
    }

    /// Words, each with its synonyms; what is left out is so by its very word.
    fn words(&mut self, text: &str, context: Context<'_>) -> Vec<Want> {
        let mut wants = lookup::words(text, false, self.analyzer);
        if context.shown {
            let added = synonyms::add(text, self.synonyms, self.analyzer, &mut wants);
            for added in added {
                if !self.added.contains(&added) {
                    self.added.push(added);
                }
            }
        }
        wants
    }

    /// A word with a star or a tilde.
    fn expanded(&mut self, node: &Node, context: Context<'_>) -> Result<Want> {
        let expander = Expander {
            words: self.vocabulary,
            analyzer: self.analyzer,
            rows: context.rows,
            most: match context.shown {
                true => expand::MOST_WORDS,
                false => expand::MOST_LEFT_OUT,
            },
        };
        let (sought, remark) = match node {
            Node::Prefix(text) => expander.prefix(text)?,
            Node::Suffix(text) => expander.suffix(text)?,
            Node::Typo(text) => expander.typo(text)?,
            _ => (Sought::default(), None),
        };
        self.remarks.extend(remark);
        Ok(Want::Word(sought))
    }

    fn joined(&mut self, node: &Node, context: Context<'_>) -> Result<Option<Plan>> {
        let mut plans = Vec::new();
        Ok(match node {
            Node::Value(row, test) => {
                let (words, analyzer) = (self.vocabulary, self.analyzer);
                let (condition, remark) = condition::condition(*row, test, words, analyzer)?;
                self.remarks.extend(remark);
                Some(Plan::Value(condition))
            }
            Node::All(nodes) => {
                for node in nodes {
                    plans.extend(self.one(node, context)?);
                }
                (!plans.is_empty()).then_some(Plan::All(plans))
            }
            Node::Any(nodes) => {
                for node in nodes {
                    add(self.many(node, context)?, &mut plans);
                }
                (!plans.is_empty()).then_some(Plan::Any(plans))
            }
            Node::Not(node) => {
                let plan = self.one(node, context.left_out())?;
                plan.map(|plan| Plan::Not(Box::new(plan)))
            }
            Node::Group(items) => {
                let group = self.group(items, context)?;
                (group != Group::default()).then_some(Plan::Group(group))
            }
            _ => None,
        })
    }

    fn want(&mut self, want: Want, context: Context<'_>) -> Plan {
        let is = |scoped: &Scoped| scoped.want == want && scoped.rows == context.rows;
        if let Some(at) = self.wants.iter().position(is) {
            self.wants[at].shown |= context.shown;
            return Plan::Want(at);
        }
        self.wants.push(Scoped {
            want,
            rows: context.rows.to_vec(),
            shown: context.shown,
        });
        Plan::Want(self.wants.len() - 1)
    }
}

/// Adds plans that are not there yet.
fn add(more: impl IntoIterator<Item = Plan>, plans: &mut Vec<Plan>) {
    for plan in more {
        if !plans.contains(&plan) {
            plans.push(plan);
        }
    }
}
