//! Picks the sentences that show why a project was found.
//!
//! Passages come from the stored text, not from the index: of each matching
//! section the best sentence is taken, then the second best of those with the
//! most to say. No more sentences are read than it takes to know these, as far as first
//! letters tell what a sentence may hold.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use crate::form::project::Project;
use crate::index::fields::{FIELDS, Value};

use super::beginnings::Beginnings;
use super::finder::Finder;
use super::passages::{Passage, passage};
use super::sentence::sentence_around;

/// Words of a sentence that count: more of them say no more.
const MOST_WORDS: usize = 3;

/// Sentences of a section that may be shown.
const SHOWN: usize = 2;

/// The field whose text is a title and is shown whole.
const NAME: &str = "name";

/// Finds what a range is shown in: none of it stands before the place given.
type Around = fn(&str, usize, &Range<usize>) -> Range<usize>;

/// What a sentence has: of the query's things, then of its words.
type Worth = (usize, usize);

/// A sentence in which words of the query stand.
pub(super) struct Sentence {
    pub(super) range: Range<usize>,
    pub(super) words: Vec<Range<usize>>,
    /// One bit for each thing wanted that stands here.
    pub(super) wants: u64,
}

impl Sentence {
    /// More of the query's things first, then more of its words.
    fn worth(&self) -> Worth {
        let wants = self.wants.count_ones() as usize;
        (wants, self.words.len().min(MOST_WORDS))
    }
}

/// A sentence in which words of the query may stand.
struct Candidate<'t> {
    text: &'t str,
    range: Range<usize>,
    /// Where in the sentence such words may begin.
    starts: Vec<usize>,
    /// One bit for each thing wanted that may begin at these.
    wants: u64,
    /// Its place in the section.
    place: usize,
}

impl Candidate<'_> {
    /// The most that it can be worth, as far as the first letters of words tell.
    fn promise(&self) -> Worth {
        let wants = self.wants.count_ones() as usize;
        (wants, self.starts.len().min(MOST_WORDS))
    }
}

/// What was read: a sentence of a text, and its place in the section.
struct Found<'t> {
    text: &'t str,
    sentence: Sentence,
    place: usize,
}

impl Found<'_> {
    /// The better the greater: of equals the first.
    fn order(&self) -> (Worth, Reverse<usize>) {
        (self.sentence.worth(), Reverse(self.place))
    }
}

/// A section while the sentences to show are picked.
struct Section<'t> {
    /// Row of FIELDS.
    row: usize,
    texts: &'t [Cow<'t, str>],
    around: Around,
    /// The candidates that were not read, the least promising first.
    candidates: Vec<Candidate<'t>>,
    /// The best of those that were read, the best first.
    found: Vec<Found<'t>>,
    /// Nothing is left to be read.
    done: bool,
}

impl Finder<'_> {
    /// The best passages of the given rows, at most `most`; a project's name
    /// is shown as its title and comes on top of them.
    pub(super) fn passages(
        &mut self,
        project: &Project<'_>,
        rows: &[usize],
        most: usize,
    ) -> Vec<Passage> {
        let texts = |row: &usize| match (FIELDS[*row].value)(project) {
            Value::Texts(texts) => Some((*row, texts)),
            _ => None,
        };
        let texts: Vec<(usize, Vec<Cow<'_, str>>)> = rows.iter().filter_map(texts).collect();
        let sections = texts.iter();
        let mut sections: Vec<Section<'_>> = sections
            .map(|(row, texts)| Section::new(self, *row, texts))
            .collect();
        let mut picked: Vec<Passage> = Vec::new();
        let mut left = most;
        for nth in 0..SHOWN {
            let mut open: Vec<usize> = (0..sections.len()).collect();
            loop {
                open.retain(|section| left > 0 || sections[*section].is_name());
                let Some(best) = best_of(&sections, &open, nth, self) else {
                    break;
                };
                let section = &mut sections[best];
                let Some(found) = section.settled(nth) else {
                    section.read(self);
                    continue;
                };
                let passage = passage(section.row, found.text, &found.sentence);
                // Texts say some sentences again and again.
                if picked.iter().all(|other| other.text != passage.text) {
                    left -= usize::from(!section.is_name());
                    picked.push(passage);
                }
                open.retain(|section| *section != best);
            }
        }
        picked
    }

    /// The sentences of a section that hold a word of the query.
    fn sentences<'t>(&mut self, texts: &'t [Cow<'_, str>], around: Around) -> Vec<Found<'t>> {
        let mut found: Vec<Found<'t>> = Vec::new();
        for text in texts {
            let before = found.len();
            for (range, wants) in self.words(text) {
                match found[before..].last_mut() {
                    Some(last) if range.start < last.sentence.range.end => {
                        last.sentence.words.push(range);
                        last.sentence.wants |= wants;
                    }
                    last => {
                        let from = last.map_or(0, |last| last.sentence.range.end);
                        let sentence = Sentence {
                            range: around(text, from, &range),
                            words: vec![range],
                            wants,
                        };
                        let place = found.len();
                        found.push(Found {
                            text,
                            sentence,
                            place,
                        });
                    }
                }
            }
        }
        found
    }

    /// The sentence of a candidate, if it holds a word of the query.
    fn sentence(&mut self, candidate: &Candidate<'_>) -> Option<Sentence> {
        let (range, mut starts) = (&candidate.range, candidate.starts.as_slice());
        let likely = |word: Range<usize>| {
            let passed = starts.partition_point(|start| *start < word.start);
            starts = &starts[passed..];
            starts.first().is_some_and(|start| *start < word.end)
        };
        let (mut words, mut wants) = (Vec::new(), 0);
        for (word, answers) in self.words_at(&candidate.text[range.clone()], likely) {
            words.push(word.start + range.start..word.end + range.start);
            wants |= answers;
        }
        (wants != 0).then(|| Sentence {
            range: range.clone(),
            words,
            wants,
        })
    }
}

impl<'t> Section<'t> {
    fn new(finder: &Finder<'_>, row: usize, texts: &'t [Cow<'t, str>]) -> Self {
        let around: Around = match FIELDS[row].key == NAME {
            true => |text, _, _| 0..text.len(),
            false => sentence_around,
        };
        let mut candidates = Vec::new();
        if let Some(beginnings) = finder.beginnings() {
            for text in texts {
                add_candidates(text, &beginnings, around, &mut candidates);
            }
        }
        candidates.sort_by_key(|candidate| (candidate.promise(), Reverse(candidate.place)));
        Self {
            row,
            texts,
            around,
            candidates,
            found: Vec::new(),
            done: false,
        }
    }

    fn is_name(&self) -> bool {
        FIELDS[self.row].key == NAME
    }

    /// The nth of its best sentences, if no other can be better.
    fn settled(&self, nth: usize) -> Option<&Found<'t>> {
        let found = self.found.get(nth)?;
        let next = self.candidates.last();
        let better = |next: &Candidate<'_>| (next.promise(), Reverse(next.place));
        (self.done || next.is_some_and(|next| found.order() > better(next))).then_some(found)
    }

    /// The most that its nth best sentence can be worth, if there is one.
    fn most(&self, nth: usize, finder: &Finder<'_>) -> Option<Worth> {
        let found = self.found.get(nth).map(|found| found.sentence.worth());
        let next = match self.candidates.last() {
            Some(next) => Some(next.promise()),
            None => (!self.done).then_some((finder.wants.len(), MOST_WORDS)),
        };
        found.max(next)
    }

    /// Reads the next of its candidates. Most forms of a word begin as its base
    /// form does; where none does (työ, töissä), all words are looked at.
    fn read(&mut self, finder: &mut Finder<'_>) {
        if let Some(candidate) = self.candidates.pop() {
            let sentence = finder.sentence(&candidate);
            self.found.extend(sentence.map(|sentence| Found {
                text: candidate.text,
                sentence,
                place: candidate.place,
            }));
            self.done = self.candidates.is_empty() && !self.found.is_empty();
        } else {
            self.found = finder.sentences(self.texts, self.around);
            self.done = true;
        }
        self.found.sort_by_key(|found| Reverse(found.order()));
        self.found.truncate(SHOWN);
    }
}

/// Of the sections that are open the one whose nth best sentence may be worth
/// the most: of equals the first, as it is the weightier one of the table.
fn best_of(
    sections: &[Section<'_>],
    open: &[usize],
    nth: usize,
    finder: &Finder<'_>,
) -> Option<usize> {
    let worth = |section: &usize| sections[*section].most(nth, finder);
    let best = open.iter().max_by_key(|at| (worth(at), Reverse(**at)));
    best.copied().filter(|best| worth(best).is_some())
}

/// Adds the sentences of a text in which something stands that words begin with.
fn add_candidates<'t>(
    text: &'t str,
    beginnings: &Beginnings,
    around: Around,
    candidates: &mut Vec<Candidate<'t>>,
) {
    let before = candidates.len();
    beginnings.each(text, |found, wants| {
        let from = match candidates[before..].last_mut() {
            Some(last) if found.start < last.range.end => {
                last.starts.push(found.start - last.range.start);
                last.wants |= wants;
                return;
            }
            last => last.map_or(0, |last| last.range.end),
        };
        let range = around(text, from, &found);
        candidates.push(Candidate {
            text,
            starts: vec![found.start - range.start],
            range,
            wants,
            place: candidates.len(),
        });
    });
}
