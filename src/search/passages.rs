//! Cuts the passages that show why a project was found.
//!
//! Passages come from the stored text, not from the index: each sentence of
//! the matching sections is looked through for the query's words, the best
//! one of a section is taken, and the sections with the most to say are kept.
//! A sentence is never cut inside a character and only cut at all when long.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::finnish::{Analyzer, Kind, Scratch, Word};
use crate::form::project::Project;
use crate::index::fields::{FIELDS, Value};

use super::beginnings::Beginnings;
use super::lookup::{Lookup, Sought, Want};
use super::plan::Scoped;
use super::sentence::sentence_around;

/// The longest passage in characters; a longer sentence is cut at words.
const MAX_PASSAGE: usize = 240;

/// Things wanted that are told apart, one bit each.
const MOST_WANTS: usize = 64;

/// How much is kept before the first word found when a sentence is cut.
const LEAD: usize = 80;

/// A passage of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Row of FIELDS that the text is from.
    pub row: usize,
    /// The text on one line, white space folded.
    pub text: String,
    /// Byte ranges in `text` of the words found, in order.
    pub highlights: Vec<Range<usize>>,
    /// The text goes on before or after it within its sentence.
    pub cut: (bool, bool),
}

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

/// Finds what a range is shown in: none of it stands before the place given.
type Around = fn(&str, usize, &Range<usize>) -> Range<usize>;

/// The field whose text is a title and is shown whole.
const NAME: &str = "name";

/// A candidate sentence.
struct Sentence {
    range: Range<usize>,
    words: Vec<Range<usize>>,
    /// One bit for each thing wanted that stands here.
    wants: u64,
}

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
            let mut sentences = self.found(&texts, around, Self::likely_sentences);
            if sentences.is_empty() {
                sentences = self.found(&texts, around, Self::sentences);
            }
            sentences.sort_by_key(|(worth, _, _)| std::cmp::Reverse(*worth));
            let mut cut = sentences
                .into_iter()
                .map(|(w, text, s)| (w, passage(row, text, &s)));
            firsts.extend(cut.next());
            seconds.extend(cut.next());
        }
        // Stable: among equals the weightier section of the table stays first.
        firsts.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        seconds.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
        firsts.extend(seconds);
        firsts
            .into_iter()
            .map(|(_, passage)| passage)
            .take(most)
            .collect()
    }

    /// The sentences of texts that `of` finds, each with its worth.
    fn found<'t>(
        &mut self,
        texts: &'t [Cow<'_, str>],
        around: Around,
        of: fn(&mut Self, &str, Around) -> Vec<Sentence>,
    ) -> Vec<(Worth, &'t str, Sentence)> {
        let mut found = Vec::new();
        for text in texts {
            let text = &**text;
            let sentences = of(self, text, around).into_iter();
            found.extend(sentences.map(|sentence| (worth(&sentence), text, sentence)));
        }
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

    /// The same, but of sentences in which no word begins as one of the query
    /// does, nothing is read.
    fn likely_sentences(&mut self, text: &str, around: Around) -> Vec<Sentence> {
        let Some(beginnings) = self.beginnings() else {
            return Vec::new();
        };
        let mut sentences = Vec::new();
        let mut from = 0;
        while let Some(found) = beginnings.find(&text[from..]) {
            let at = from + found.start..from + found.end;
            let range = around(text, from, &at);
            let sentence = &text[range.clone()];
            let starts = beginnings.starts(sentence);
            let mut starts = starts.as_slice();
            let likely = |word: Range<usize>| {
                let passed = starts.partition_point(|start| *start < word.start);
                starts = &starts[passed..];
                starts.first().is_some_and(|start| *start < word.end)
            };
            let (mut words, mut wants) = (Vec::new(), 0);
            for (word, answers) in self.words_at(sentence, likely) {
                words.push(word.start + range.start..word.end + range.start);
                wants |= answers;
            }
            from = range.end.max(at.end);
            if wants != 0 {
                sentences.push(Sentence {
                    range,
                    words,
                    wants,
                });
            }
        }
        sentences
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
    (sentence.wants.count_ones(), sentence.words.len().min(3))
}

/// Makes a passage of a sentence: cut if long, white space folded.
fn passage(row: usize, text: &str, sentence: &Sentence) -> Passage {
    let range = shorten(text, sentence);
    let mut passage = Passage {
        row,
        text: String::with_capacity(range.len()),
        highlights: Vec::new(),
        cut: (
            range.start > sentence.range.start,
            range.end < sentence.range.end,
        ),
    };
    let mut words = sentence
        .words
        .iter()
        .filter(|w| w.start >= range.start && w.end <= range.end);
    let mut word = words.next();
    let mut begun = None;
    for (at, c) in text[range.clone()].char_indices() {
        let at = range.start + at;
        if word.is_some_and(|w| w.start == at) {
            begun = Some(passage.text.len());
        }
        if !c.is_whitespace() {
            passage.text.push(c);
        } else if !passage.text.ends_with(' ') {
            passage.text.push(' ');
        }
        if word.is_some_and(|w| w.end == at + c.len_utf8()) {
            passage
                .highlights
                .extend(begun.take().map(|start| start..passage.text.len()));
            word = words.next();
        }
    }
    passage
}

/// The part of a sentence to show: all of it, or a window around its words.
fn shorten(text: &str, sentence: &Sentence) -> Range<usize> {
    let whole = &text[sentence.range.clone()];
    if whole.chars().count() <= MAX_PASSAGE {
        return sentence.range.clone();
    }
    let first = sentence
        .words
        .first()
        .map_or(sentence.range.start, |w| w.start);
    let before = &text[sentence.range.start..first];
    let lead = before
        .char_indices()
        .rev()
        .take(LEAD)
        .last()
        .map_or(0, |(at, _)| at);
    let lead = match before[lead..].find(char::is_whitespace) {
        _ if lead == 0 => 0,
        Some(space) => lead + space,
        None => before.len(),
    };
    let start = sentence.range.start + lead;
    let start = start + text[start..first].len() - text[start..first].trim_start().len();
    let rest = &text[start..sentence.range.end];
    let Some((limit, _)) = rest.char_indices().nth(MAX_PASSAGE) else {
        return start..sentence.range.end;
    };
    let keep = sentence.words.first().map_or(0, |w| w.end - start);
    let end = rest[..limit]
        .rfind(char::is_whitespace)
        .filter(|end| *end >= keep);
    let end = end.unwrap_or(limit.max(keep));
    start..start + rest[..end].trim_end().len().max(keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_at_words_around_the_word_found() {
        let text = format!(
            "{}osatyökykyisten {}",
            "äiti ".repeat(100),
            "öljy ".repeat(100)
        );
        let at = text.find("osa").unwrap();
        let word = at..at + "osatyökykyisten".len();
        let found = Sentence {
            range: 0..text.trim_end().len(),
            words: Vec::from([word]),
            wants: 1,
        };
        let passage = passage(2, &text, &found);
        assert!(passage.text.chars().count() <= MAX_PASSAGE);
        assert!(passage.text.starts_with("äiti ") && passage.text.ends_with("öljy"));
        assert_eq!(
            &passage.text[passage.highlights[0].clone()],
            "osatyökykyisten"
        );
        assert_eq!(passage.cut, (true, true));
    }

    #[test]
    fn white_space_is_folded_and_highlights_still_fit() {
        let text = "a\u{a0}\u{a0} b  nuoret";
        let at = text.find("nuoret").unwrap();
        let found = Sentence {
            range: 0..text.len(),
            words: std::iter::once(at..text.len()).collect(),
            wants: 1,
        };
        let passage = passage(2, text, &found);
        assert_eq!(passage.text, "a b nuoret");
        assert_eq!(&passage.text[passage.highlights[0].clone()], "nuoret");
    }
}
