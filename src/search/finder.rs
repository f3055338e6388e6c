//! Finds the sentences that show why a project was found.
//!
//! Passages come from the stored text, not from the index: the sentences of the
//! matching sections in which the query's words may stand are looked through,
//! the best one of a section is taken, and the sections with the most to say
//! are kept.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::finnish::{Analyzer, Kind, Scratch, Word};
use crate::form::project::Project;
use crate::index::fields::{FIELDS, Value};

use super::beginnings::Beginnings;
use super::lookup::{Lookup, Sought, Want};
use super::passages::{Passage, passage};
use super::plan::Scoped;
use super::sentence::sentence_around;

/// Things wanted that are told apart, one bit each.
const MOST_WANTS: usize = 64;

/// Finds passages; remembers which forms answer the query.
pub(super) struct Finder<'a> {
    analyzer: &'a Analyzer,
    scratch: Scratch,
    wants: Vec<Sought>,
    /// Whether to look for the words asked for; else for parts and relatives.
    pub(super) direct: bool,
    /// What forms answer, of the words asked for and of the others.
    known: [HashMap<String, u64, foldhash::fast::RandomState>; 2],
    /// Finds where a word may begin that is one of the others, or asked for.
    beginnings: [OnceCell<Option<Rc<Beginnings>>>; 2],
}

/// Words of a sentence that count: more of them say no more.
const MOST_WORDS: usize = 3;

/// Finds what a range is shown in: none of it stands before the place given.
type Around = fn(&str, usize, &Range<usize>) -> Range<usize>;

/// The field whose text is a title and is shown whole.
const NAME: &str = "name";

/// A sentence in which words of the query stand.
pub(super) struct Sentence {
    pub(super) range: Range<usize>,
    pub(super) words: Vec<Range<usize>>,
    /// One bit for each thing wanted that stands here.
    pub(super) wants: u64,
}

/// A sentence in which words of the query may stand.
struct Candidate<'t> {
    text: &'t str,
    range: Range<usize>,
    /// Where in the sentence such words may begin.
    starts: Vec<usize>,
}

/// What was found in a text: its worth, the text, the sentence.
type Found<'t> = (Worth, &'t str, Sentence);

/// Sentences of a section that may be shown.
const SHOWN: usize = 2;

impl<'a> Finder<'a> {
    pub(super) fn new<'w>(analyzer: &'a Analyzer, wants: impl Iterator<Item = &'w Scoped>) -> Self {
        let words_of = |scoped: &Scoped| match &scoped.want {
            Want::Word(sought) => sought.clone(),
            Want::Phrase(slots, _) => any_of(slots),
        };
        let wants = wants.filter(|scoped| scoped.shown);
        let wants: Vec<Sought> = wants.take(MOST_WANTS).map(words_of).collect();
        Self {
            analyzer,
            scratch: Scratch::default(),
            wants,
            direct: true,
            known: Default::default(),
            beginnings: Default::default(),
        }
    }

    /// The best passages of the given rows, at most `most`; a project's name
    /// is shown as its title and comes on top of them.
    pub(super) fn passages(
        &mut self,
        project: &Project<'_>,
        rows: &[usize],
        most: usize,
    ) -> Vec<Passage> {
        let named = rows.iter().any(|row| FIELDS[*row].key == NAME);
        let most = most + usize::from(named);
        let mut firsts = Vec::new();
        let mut seconds = Vec::new();
        for &row in rows {
            let Value::Texts(texts) = (FIELDS[row].value)(project) else {
                continue;
            };
            let around: Around = match FIELDS[row].key {
                NAME => |text, _, _| 0..text.len(),
                _ => sentence_around,
            };
            // Most forms of a word begin as its base form does; where none does
            // (työ, töissä), all words are looked at.
            let mut sentences = self.likely(&texts, around);
            if sentences.is_empty() {
                sentences = self.all(&texts, around);
            }
            let mut cut = sentences
                .into_iter()
                .map(|(w, text, s)| (w, passage(row, text, &s)));
            firsts.extend(cut.next());
            seconds.extend(cut.next());
        }
        // Stable: among equals the weightier section of the table stays first.
        firsts.sort_by_key(|(worth, _)| Reverse(*worth));
        seconds.sort_by_key(|(worth, _)| Reverse(*worth));
        firsts.extend(seconds);
        firsts
            .into_iter()
            .map(|(_, passage)| passage)
            .take(most)
            .collect()
    }

    /// The sentences of texts that hold a word of the query, the best first.
    fn all<'t>(&mut self, texts: &'t [Cow<'_, str>], around: Around) -> Vec<Found<'t>> {
        let mut found = Vec::new();
        for text in texts {
            let sentences = self.sentences(text, around).into_iter();
            found.extend(sentences.map(|sentence| (worth(&sentence), &**text, sentence)));
        }
        found.sort_by_key(|(worth, ..)| Reverse(*worth));
        found
    }

    /// The sentences of a text that hold a word of the query.
    fn sentences(&mut self, text: &str, around: Around) -> Vec<Sentence> {
        let mut sentences: Vec<Sentence> = Vec::new();
        for (range, wants) in self.words(text) {
            match sentences.last_mut() {
                Some(last) if range.start < last.range.end => {
                    last.words.push(range);
                    last.wants |= wants;
                }
                last => {
                    let from = last.map_or(0, |last| last.range.end);
                    sentences.push(Sentence {
                        range: around(text, from, &range),
                        words: vec![range],
                        wants,
                    });
                }
            }
        }
        sentences
    }

    /// The best of them, the best first. Sentences in which no word begins as one
    /// of the query does are not read, and of the others only those that may be
    /// better than what was found.
    fn likely<'t>(&mut self, texts: &'t [Cow<'_, str>], around: Around) -> Vec<Found<'t>> {
        let Some(beginnings) = self.beginnings() else {
            return Vec::new();
        };
        let candidates = texts.iter();
        let candidates = candidates.flat_map(|text| candidates_in(text, &beginnings, around));
        let mut candidates: Vec<(usize, Candidate<'t>)> = candidates.enumerate().collect();
        candidates.sort_by_key(|(_, candidate)| Reverse(self.promise(candidate)));
        let mut found: Vec<(usize, Found<'t>)> = Vec::new();
        for (place, candidate) in candidates {
            let hopeless = |(other, (worth, ..)): &(usize, Found<'_>)| {
                (*worth, Reverse(*other)) > (self.promise(&candidate), Reverse(place))
            };
            if found.get(SHOWN - 1).is_some_and(hopeless) {
                break;
            }
            if let Some(sentence) = self.read(&candidate) {
                found.push((place, (worth(&sentence), candidate.text, sentence)));
                found.sort_by_key(|(place, (worth, ..))| (Reverse(*worth), *place));
                found.truncate(SHOWN);
            }
        }
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// The most that a candidate can be worth: any of its words may be of all
    /// that is wanted.
    fn promise(&self, candidate: &Candidate<'_>) -> Worth {
        let wants = u32::try_from(self.wants.len()).unwrap_or(u32::MAX);
        (wants, candidate.starts.len().min(MOST_WORDS))
    }

    /// The sentence of a candidate, if it holds a word of the query.
    fn read(&mut self, candidate: &Candidate<'_>) -> Option<Sentence> {
        let Candidate {
            text,
            range,
            starts,
        } = candidate;
        let mut starts = starts.as_slice();
        let likely = |word: Range<usize>| {
            let passed = starts.partition_point(|start| *start < word.start);
            starts = &starts[passed..];
            starts.first().is_some_and(|start| *start < word.end)
        };
        let (mut words, mut wants) = (Vec::new(), 0);
        for (word, answers) in self.words_at(&text[range.clone()], likely) {
            words.push(word.start + range.start..word.end + range.start);
            wants |= answers;
        }
        (wants != 0).then(|| Sentence {
            range: range.clone(),
            words,
            wants,
        })
    }

    fn beginnings(&self) -> Option<Rc<Beginnings>> {
        let made = self.beginnings[usize::from(self.direct)].get_or_init(|| {
            let terms = self.wants.iter().flat_map(|sought| {
                let lookups = sought.shown(self.direct);
                lookups.map(|lookup| &lookup.term).chain(&sought.forms)
            });
            Beginnings::of(terms.map(|term| term.trim_start_matches('~'))).map(Rc::new)
        });
        made.clone()
    }

    /// The words of a text that answer the query, with what they answer.
    pub(super) fn words(&mut self, text: &str) -> Vec<(Range<usize>, u64)> {
        self.words_at(text, |_| true)
    }

    /// Those of them that stand in a range which `likely` lets pass.
    fn words_at(
        &mut self,
        text: &str,
        likely: impl FnMut(Range<usize>) -> bool,
    ) -> Vec<(Range<usize>, u64)> {
        let Self {
            analyzer,
            scratch,
            wants,
            direct,
            known,
            ..
        } = self;
        let mut found = Vec::new();
        analyzer.for_each_word_at(text, scratch, likely, |word| {
            let known = &mut known[usize::from(*direct)];
            let wants = match known.get(word.form) {
                Some(wants) => *wants,
                None => {
                    let wants = answered(wants, *direct, &word);
                    known.insert(word.form.to_owned(), wants);
                    wants
                }
            };
            if wants != 0 {
                found.push((word.start..word.end, wants));
            }
        });
        found
    }
}

/// The words of a phrase, to be marked wherever they stand.
fn any_of(slots: &[Vec<String>]) -> Sought {
    Sought {
        lookups: slots
            .iter()
            .flatten()
            .map(|term| Lookup::base(term))
            .collect(),
        forms: Vec::new(),
        only: false,
        ..Sought::default()
    }
}

/// What a word answers, one bit each.
fn answered(wants: &[Sought], direct: bool, word: &Word<'_>) -> u64 {
    let has = |lookup: &Lookup| {
        word.terms.iter().any(|term| match lookup.stem {
            true => term.kind == Kind::Base && term.text.starts_with(&lookup.term),
            false => *term.text == *lookup.term && lookup.worth(term.kind) > 0.0,
        })
    };
    let answers = |sought: &Sought| {
        direct && sought.forms.iter().any(|form| form == word.form)
            || !sought.only && sought.shown(direct).any(has)
    };
    let bits = wants
        .iter()
        .enumerate()
        .filter(|(_, sought)| answers(sought));
    bits.fold(0, |bits, (number, _)| bits | 1 << number)
}

/// What a sentence has: of the query's things, then of its words.
type Worth = (u32, usize);

/// More of the query's things first, then more of its words.
fn worth(sentence: &Sentence) -> Worth {
    (
        sentence.wants.count_ones(),
        sentence.words.len().min(MOST_WORDS),
    )
}

/// The sentences of a text in which something stands that words begin with.
fn candidates_in<'t>(text: &'t str, beginnings: &Beginnings, around: Around) -> Vec<Candidate<'t>> {
    let mut candidates: Vec<Candidate<'t>> = Vec::new();
    for found in beginnings.all(text) {
        let from = match candidates.last_mut() {
            Some(last) if found.start < last.range.end => {
                last.starts.push(found.start - last.range.start);
                continue;
            }
            last => last.map_or(0, |last| last.range.end),
        };
        let range = around(text, from, &found);
        candidates.push(Candidate {
            text,
            starts: vec![found.start - range.start],
            range,
        });
    }
    candidates
}
