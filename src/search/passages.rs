//! Cuts the passages that show why a project was found.
//!
//! Passages come from the stored text, not from the index: each sentence of
//! the matching sections is looked through for the query's words, the best
//! one of a section is taken, and the sections with the most to say are kept.
//! A sentence is never cut inside a character and only cut at all when long.

use std::collections::HashMap;
use std::ops::Range;

use crate::finnish::{Analyzer, Kind, Scratch, Word};
use crate::form::project::Project;
use crate::index::fields::{FIELDS, Value};

use super::lookup::{Lookup, Sought, Want};
use super::plan::Scoped;

/// The longest passage in characters; a longer sentence is cut at words.
const MAX_PASSAGE: usize = 240;

/// Things wanted that are told apart, one bit each.
const MOST_WANTS: usize = 64;

/// How many first letters a form must hold somewhere to be worth analysing.
const BEGINNING: usize = 3;

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
    /// First letters of all that is looked for.
    beginnings: Vec<String>,
}

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
        let beginning = |text: &str| text.chars().take(BEGINNING).collect::<String>();
        let terms = wants.iter().flat_map(|sought| {
            let lookups = sought.shown(true).chain(sought.shown(false));
            lookups
                .map(|lookup| lookup.term.trim_start_matches('~'))
                .chain(sought.forms.iter().map(String::as_str))
        });
        let mut beginnings: Vec<String> = terms.map(beginning).filter(|b| !b.is_empty()).collect();
        beginnings.sort();
        beginnings.dedup();
        Self {
            analyzer,
            scratch: Scratch::default(),
            wants,
            direct: true,
            known: Default::default(),
            beginnings,
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
        let named = rows.iter().any(|row| FIELDS[*row].key == "name");
        let most = most + usize::from(named);
        let mut firsts = Vec::new();
        let mut seconds = Vec::new();
        for &row in rows {
            let Value::Texts(texts) = (FIELDS[row].value)(project) else {
                continue;
            };
            let mut sentences = Vec::new();
            // Most forms of a word begin as its base form does; where none does
            // (työ, töissä), all words are looked at.
            for likely_only in [true, false] {
                for text in &texts {
                    let found = self.sentences(text, likely_only);
                    sentences.extend(found.into_iter().map(|s| (worth(&s), text, s)));
                }
                if !sentences.is_empty() {
                    break;
                }
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

    /// The sentences of a text that hold a word of the query.
    fn sentences(&mut self, text: &str, likely_only: bool) -> Vec<Sentence> {
        let found = self.words(text, likely_only);
        let mut sentences: Vec<Sentence> = Vec::new();
        for (range, wants) in found {
            match sentences.last_mut() {
                Some(last) if range.start < last.range.end => {
                    last.words.push(range);
                    last.wants |= wants;
                }
                _ => sentences.push(Sentence {
                    range: sentence_around(text, &range),
                    words: vec![range],
                    wants,
                }),
            }
        }
        sentences
    }

    /// The words of a text that answer the query, with what they answer.
    pub(super) fn words(&mut self, text: &str, likely_only: bool) -> Vec<(Range<usize>, u64)> {
        let Self {
            analyzer,
            scratch,
            wants,
            direct,
            known,
            beginnings,
        } = self;
        let likely = |form: &str| {
            !likely_only || beginnings.iter().any(|beginning| form.contains(beginning))
        };
        let mut found = Vec::new();
        analyzer.for_each_word_like(text, scratch, likely, |word| {
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

/// More of the query's things first, then more of its words.
fn worth(sentence: &Sentence) -> (u32, usize) {
    (sentence.wants.count_ones(), sentence.words.len().min(3))
}

/// The sentence that a range stands in, without white space at its ends.
fn sentence_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = last_bound(&text[..range.start]);
    let end = range.end + first_bound(&text[range.end..]);
    let part = &text[start..end];
    let start = start + part.len() - part.trim_start().len();
    start..start + text[start..end].trim_end().len()
}

/// Where a sentence begins that reaches to the end of `before`.
fn last_bound(before: &str) -> usize {
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let mut start = line;
    for (at, _) in before[line..].match_indices(['.', '!', '?']) {
        let after = line + at + 1;
        if ends_sentence(&before[..after], &before[after..]) {
            start = after;
        }
    }
    start
}

/// How much of `after` belongs to the sentence that goes on in it.
fn first_bound(after: &str) -> usize {
    let line = after.find('\n').unwrap_or(after.len());
    for (at, mark) in after[..line].match_indices(['.', '!', '?']) {
        let end = at + mark.len();
        if ends_sentence(&after[..end], &after[end..]) {
            return end;
        }
    }
    line
}

/// A full stop ends a sentence if a capital follows, after a space or glued
/// to a lower-case word, and what stands before it is no number or initial.
fn ends_sentence(before: &str, after: &str) -> bool {
    let mut rest = after.chars();
    let next = rest.next();
    let follows = match next {
        None => return true,
        Some(c) if c.is_whitespace() => rest
            .find(|c| !c.is_whitespace())
            .is_none_or(|c| !c.is_lowercase()),
        Some(c) => c.is_uppercase(),
    };
    let word = before.trim_end_matches(['.', '!', '?']);
    let last = word.chars().next_back();
    let length = word
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .take(4)
        .count();
    let glued = next.is_some_and(char::is_uppercase);
    follows && last.is_some_and(|c| !c.is_ascii_digit()) && length > if glued { 3 } else { 1 }
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

    fn sentence<'t>(text: &'t str, word: &str) -> &'t str {
        let at = text.find(word).unwrap();
        &text[sentence_around(text, &(at..at + word.len()))]
    }

    #[test]
    fn a_passage_is_one_sentence() {
        let text = "Ensin tämä. Sitten nuoret tulevat mukaan! Lopuksi muut.\nUusi rivi";
        assert_eq!(sentence(text, "nuoret"), "Sitten nuoret tulevat mukaan!");
        assert_eq!(sentence(text, "Uusi"), "Uusi rivi");
        assert_eq!(sentence(text, "Ensin"), "Ensin tämä.");
    }

    #[test]
    fn glued_sentences_come_apart_and_dates_do_not() {
        let text = "Tukea löytymiseksi.Hankkeen aika on 1.3.2015 alkaen ja n. 20 nuorta tulee.";
        assert_eq!(
            sentence(text, "nuorta"),
            "Hankkeen aika on 1.3.2015 alkaen ja n. 20 nuorta tulee."
        );
    }

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
