//! What each project answers to each part of a query: sums over its own
//! words, in the order in which the program adds them up.

use std::collections::BTreeSet;

use esr_search::finnish::Kind;
use esr_search::search::weights;

use super::ask::{Ask, Leaf, Lookup};
use super::{Brute, Doc, Field, has};

/// What a project answers: nothing, near, or held; and the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Answer {
    pub(crate) held: bool,
    pub(crate) near: bool,
    pub(crate) score: f32,
}

const NOTHING: Answer = Answer {
    held: false,
    near: false,
    score: 0.0,
};

/// What is asked, and what each project answers to each part.
pub(super) struct Table<'a> {
    pub(super) leaves: Vec<&'a Leaf>,
    /// By leaf and project: the weight of the word, then of what is near it.
    pub(super) weights: Vec<Vec<Vec<Option<f32>>>>,
}

impl Brute {
    /// Fills in what each project answers to each thing wanted, by its rarity.
    pub(super) fn fill<'a>(&self, ask: &'a Ask, table: &mut Table<'a>) {
        match ask {
            Ask::Leaf(leaf) => {
                if table.leaves.contains(&leaf) {
                    return;
                }
                let found = |doc| {
                    let near = leaf.loose.iter();
                    let near = near.map(|(l, _)| tally(&leaf.rows, std::slice::from_ref(l), doc));
                    std::iter::once(word(leaf, doc)).chain(near).collect()
                };
                let mut weights: Vec<Vec<Option<f32>>> = self.docs.iter().map(found).collect();
                if weights.iter().filter(|doc| doc[0].is_some()).count() as u64 >= weights::FEW {
                    for doc in &mut weights {
                        let near = doc[1..].iter_mut().zip(&leaf.loose);
                        let family = near.filter(|(_, ((.., stem), _))| *stem);
                        family.for_each(|(weight, _)| *weight = None);
                    }
                }
                let all = self.docs.len() as u64;
                let loose = leaf.loose.iter().map(|(_, worth)| *worth);
                let worths = std::iter::once(1.0).chain(loose);
                for (share, worth) in worths.enumerate() {
                    let with = weights.iter().filter(|doc| doc[share].is_some()).count() as u64;
                    let worth = worth * weights::idf(all, with);
                    let weights = weights.iter_mut().filter_map(|doc| doc[share].as_mut());
                    weights.for_each(|weight| *weight *= worth);
                }
                table.leaves.push(leaf);
                table.weights.push(weights);
            }
            Ask::All(asks) | Ask::Any(asks) => asks.iter().for_each(|a| self.fill(a, table)),
            Ask::Not(ask) => self.fill(ask, table),
            Ask::Group(asks) => asks.iter().flatten().for_each(|a| self.fill(a, table)),
            Ask::Value(..) => {}
        }
    }
}

impl Table<'_> {
    /// What it adds to a project that words follow each other as they are asked
    /// for.
    pub(super) fn beside(&self, ask: &Ask, doc: &Doc, documents: u64) -> f32 {
        let mut leaves = Vec::new();
        positive(ask, &mut leaves);
        let mut sum = 0.0;
        for leaf in leaves {
            let at = self.leaves.iter().position(|other| *other == leaf);
            let weights = at.map_or(&[][..], |at| self.weights[at].as_slice());
            let with = weights.iter().filter(|doc| doc[0].is_some()).count() as u64;
            let weight = weights::BESIDE * weights::idf(documents, with);
            let points = leaf.beside.as_ref().and_then(|beside| word(beside, doc));
            sum += points.unwrap_or_default() * weight;
        }
        sum
    }
}

/// The leaves that count for scores, each once.
fn positive<'a>(ask: &'a Ask, leaves: &mut Vec<&'a Leaf>) {
    match ask {
        Ask::Leaf(leaf) if leaves.contains(&leaf) => {}
        Ask::Leaf(leaf) => leaves.push(leaf),
        Ask::All(asks) | Ask::Any(asks) => asks.iter().for_each(|ask| positive(ask, leaves)),
        Ask::Group([must, may, ..]) => {
            must.iter().chain(may).for_each(|ask| positive(ask, leaves));
        }
        Ask::Not(_) | Ask::Value(..) => {}
    }
}

/// The saturated weight of lookups in a project.
pub(super) fn tally(rows: &[usize], lookups: &[Lookup], doc: &Doc) -> Option<f32> {
    let mut sum: Option<f32> = None;
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    for (term, worth, stem) in lookups {
        let mut add = |worth: f32, term: &str, kind: Kind| {
            for field in rows.iter().map(|row| &doc.fields[*row]) {
                let times = field
                    .terms
                    .get(term)
                    .map_or(0, |times| times[kind as usize]);
                if worth > 0.0 && times > 0 {
                    *sum.get_or_insert(0.0) += worth * times as f32 * field.factor;
                }
            }
        };
        if *stem {
            let begin = |row: &usize| {
                let range = doc.fields[*row].terms.range::<String, _>(term..);
                let range = range.take_while(|(t, _)| t.starts_with(term.as_str()));
                range.map(|(term, _)| term.clone()).collect::<Vec<_>>()
            };
            let terms: BTreeSet<String> = rows.iter().flat_map(begin).collect();
            terms.iter().for_each(|term| add(1.0, term, Kind::Base));
        } else {
            let each = Kind::ALL.into_iter();
            each.for_each(|kind| add(worth[kind as usize], term, kind));
        }
    }
    sum.map(|sum| sum * (weights::K1 + 1.0) / (sum + weights::K1))
}

/// The weight of what is wanted itself in a project.
pub(super) fn word(leaf: &Leaf, doc: &Doc) -> Option<f32> {
    if !leaf.slots.is_empty() {
        let mut sum = None;
        for row in &leaf.rows {
            let times = ends(leaf, &doc.fields[*row]);
            if times > 0 {
                *sum.get_or_insert(0.0) += times as f32 * doc.fields[*row].factor;
            }
        }
        return sum.map(|sum: f32| sum * (weights::K1 + 1.0) / (sum + weights::K1));
    }
    let weight = tally(&leaf.rows, &leaf.lookups, doc)?;
    let has = leaf.forms.iter().any(|form| doc.forms.contains(form));
    match (leaf.only, has) {
        (true, has) => has.then_some(weight),
        (false, true) => Some(weight * (1.0 + weights::EXACT)),
        (false, false) => Some(weight),
    }
}

/// At how many places a phrase can end in a text.
pub(super) fn ends(leaf: &Leaf, field: &Field) -> usize {
    let fits = |place: &u32, slot: usize| {
        let here = field.places.get(place);
        here.is_some_and(|bases| leaf.slots[slot].iter().any(|term| bases.contains(term)))
    };
    // Whether the slots up to one can end at a place with so few words passed.
    pub(super) fn reaches(
        fits: &dyn Fn(&u32, usize) -> bool,
        place: u32,
        slot: usize,
        left: u32,
    ) -> bool {
        fits(&place, slot)
            && (slot == 0
                || (0..=left).any(|passed| {
                    let before = place.checked_sub(passed + 1);
                    before.is_some_and(|p| reaches(fits, p, slot - 1, left - passed))
                }))
    }
    let last = leaf.slots.len() - 1;
    let places = field.places.keys();
    places
        .filter(|place| reaches(&fits, **place, last, leaf.slop))
        .count()
}

pub(super) fn ask(what: &Ask, of: (usize, &Doc), table: &Table<'_>) -> Answer {
    let holds = |part: &Ask| ask(part, of, table).held;
    let held = |held| Answer { held, ..NOTHING };
    match what {
        Ask::Leaf(_) => sum(std::iter::once(what), of, table),
        Ask::Value(row, test) => held(has(*row, test, of.1)),
        Ask::Not(inner) => held(!holds(inner)),
        Ask::Any(asks) => sum(asks.iter(), of, table),
        Ask::All(asks) => match asks.iter().all(holds) {
            true => sum(asks.iter(), of, table),
            false => NOTHING,
        },
        Ask::Group([must, may, conditions, without]) => {
            let out = without.iter().any(holds);
            if out || !must.iter().chain(conditions).all(holds) {
                return NOTHING;
            }
            match must.is_empty() && may.is_empty() {
                true => held(true),
                false => sum(must.iter().chain(may), of, table),
            }
        }
    }
}

/// The answer of any of these.
pub(super) fn sum<'a>(
    asks: impl Iterator<Item = &'a Ask>,
    of: (usize, &Doc),
    table: &Table<'_>,
) -> Answer {
    let mut all: Vec<Answer> = Vec::new();
    for what in asks {
        let Ask::Leaf(leaf) = what else {
            all.push(ask(what, of, table));
            continue;
        };
        let at = table
            .leaves
            .iter()
            .position(|other| *other == leaf)
            .unwrap();
        let shares = table.weights[at][of.0].iter().enumerate();
        all.extend(shares.filter_map(|(share, score)| {
            let held = share == 0;
            let score = (*score)?;
            Some(Answer {
                held,
                near: !held,
                score,
            })
        }));
    }
    let found: Vec<_> = all.into_iter().filter(|a| a.held || a.near).collect();
    let held = found.iter().any(|answer| answer.held);
    Answer {
        held,
        near: !found.is_empty() && !held,
        score: found.iter().fold(0.0, |score, answer| score + answer.score),
    }
}
