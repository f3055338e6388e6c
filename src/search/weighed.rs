//! What a word weighs in the documents of a segment.
//!
//! Where few have it they are listed. Where many do, there is a weight for each
//! document of the segment, which takes less to write, to look up and to add: nothing
//! asks of a document which it is.

use tantivy::DocId;

use super::docs::Docs;
use super::tally::Tally;
use super::weights;

/// What part of the documents have it where many do.
const MANY: usize = 8;

/// Weights of documents of a segment.
pub(super) enum Weighed {
    /// Of those that have one, in order.
    Few(Vec<(DocId, f32)>),
    /// By document; of those that have none it is 0.
    Many(Vec<f32>),
}

impl Weighed {
    /// Whether so many of all documents are many.
    pub(super) fn are_many(some: usize, all: DocId) -> bool {
        some.saturating_mul(MANY) >= all as usize
    }

    /// Of sums by document what they count.
    pub(super) fn saturated(mut sums: Vec<f32>) -> Self {
        let each = sums.iter_mut();
        each.for_each(|sum| *sum = weights::saturated(*sum));
        Self::Many(sums)
    }

    /// What a document's weight is, if it has one.
    pub(super) fn of(&self, doc: DocId) -> Option<f32> {
        match self {
            Self::Few(list) => {
                let at = list.binary_search_by_key(&doc, |(doc, _)| *doc).ok()?;
                Some(list[at].1)
            }
            Self::Many(weights) => Some(weights[doc as usize]).filter(|weight| *weight > 0.0),
        }
    }

    /// Calls `each` with what stands beside those documents, which are in order, that
    /// have a weight.
    pub(super) fn among<T>(
        &self,
        docs: impl Iterator<Item = (DocId, T)>,
        mut each: impl FnMut(T, f32),
    ) {
        match self {
            Self::Few(list) => {
                let mut docs = docs.peekable();
                for (doc, weight) in list {
                    while docs.next_if(|(other, _)| other < doc).is_some() {}
                    if let Some((_, beside)) = docs.next_if(|(other, _)| other == doc) {
                        each(beside, *weight);
                    }
                }
            }
            Self::Many(weights) => {
                let weighed = docs.map(|(doc, beside)| (weights[doc as usize], beside));
                let weighed = weighed.filter(|(weight, _)| *weight > 0.0);
                weighed.for_each(|(weight, beside)| each(beside, weight));
            }
        }
    }

    /// Calls `each` for all that have a weight, in order.
    pub(super) fn each(&self, mut each: impl FnMut(DocId, f32)) {
        match self {
            Self::Few(list) => list.iter().for_each(|(doc, weight)| each(*doc, *weight)),
            Self::Many(weights) => {
                let weights = (0..).zip(weights).filter(|(_, weight)| **weight > 0.0);
                weights.for_each(|(doc, weight)| each(doc, *weight));
            }
        }
    }

    /// Adds weights, `times` as much, to sums of documents that are asked for, and to
    /// those of others if that takes less; whether it was done.
    pub(super) fn add_to(&self, tally: &mut Tally, times: f32, asked: &Docs) -> bool {
        match self {
            Self::Few(list) => {
                let asked = list.iter().filter(|(doc, _)| asked.has(*doc));
                asked.for_each(|(doc, weight)| tally.add_to(*doc, weight * times));
            }
            Self::Many(weights) => tally.add_all(weights, times),
        }
        matches!(self, Self::Many(_))
    }

    /// Makes weights so many times as much that documents of a set have.
    pub(super) fn favour(&mut self, docs: &Docs, times: f32) {
        match self {
            Self::Few(list) => {
                let list = list.iter_mut().map(|(doc, weight)| (*doc, weight));
                multiply(list, docs, [1.0, times]);
            }
            Self::Many(weights) => docs.iter().for_each(|doc| weights[doc as usize] *= times),
        }
    }

    /// Leaves no weights but those that documents of a set have.
    pub(super) fn keep(&mut self, docs: &Docs) {
        match self {
            Self::Few(list) => list.retain(|(doc, _)| docs.has(*doc)),
            Self::Many(weights) => multiply((0..).zip(weights), docs, [0.0, 1.0]),
        }
    }
}

/// Multiplies weights by one number, and those that documents of a set have by another.
fn multiply<'w>(weights: impl Iterator<Item = (DocId, &'w mut f32)>, docs: &Docs, by: [f32; 2]) {
    for (doc, weight) in weights {
        *weight *= by[usize::from(docs.has(doc))];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same weights listed and by document.
    fn both() -> [Weighed; 2] {
        let list = vec![(1, 2.0), (4, 1.0), (5, 3.0), (9, 0.5)];
        let mut weights = vec![0.0; 10];
        list.iter()
            .for_each(|(doc, weight): &(DocId, f32)| weights[*doc as usize] = *weight);
        [Weighed::Few(list), Weighed::Many(weights)]
    }

    fn all(weighed: &Weighed) -> Vec<(DocId, f32)> {
        let of = |doc| weighed.of(doc).map(|weight| (doc, weight));
        (0..10).filter_map(of).collect()
    }

    #[test]
    fn few_and_many_say_the_same() {
        let some = Docs::with(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0]);
        for mut weighed in both() {
            let mut found = Vec::new();
            let asked = [(0, "a"), (1, "b"), (5, "c"), (6, "d")];
            weighed.among(asked.into_iter(), |name, weight| found.push((name, weight)));
            assert_eq!(found, [("b", 2.0), ("c", 3.0)]);
            weighed.favour(&some, 2.0);
            assert_eq!(all(&weighed), [(1, 2.0), (4, 2.0), (5, 3.0), (9, 1.0)]);
            weighed.keep(&some);
            assert_eq!(all(&weighed), [(4, 2.0), (9, 1.0)]);
        }
    }
}
