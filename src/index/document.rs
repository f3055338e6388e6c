//! One project → one record for the engine.
//!
//! Walks the FIELDS table, analyses each text once and writes its terms as
//! the streams of the two tantivy fields that the text has. The stored text is
//! the description itself, without its contact person: who shows a hit parses
//! it again, so that nothing can be shown that was not read.

use crate::finnish::{Analyzer, Kind, Scratch, Term, UNKEPT, Word};
use crate::form::project::{Contact, Project};

use super::fields::{FIELDS, Value};
use super::forms::Held;
use super::record::Record;
use super::schema::{Handles, Layout, TextHandles};
use super::stream::{NEXT, SAME};

/// The mark behind a term in the field of parts, by what the term is to its
/// word; none for base forms, which have a field of their own. The marks are
/// characters that no word has and that sort before all letters, so that all
/// that is held of a word stands in one range of the dictionary.
#[must_use]
pub fn mark(kind: Kind) -> Option<char> {
    match kind {
        Kind::Base => None,
        Kind::Verb => Some('\u{1}'),
        Kind::Guess => Some('\u{2}'),
        Kind::Part => Some('\u{3}'),
        Kind::Piece => Some('\u{4}'),
        Kind::Derived => Some('\u{5}'),
    }
}

/// What tells a document apart from all others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity<'a> {
    /// Its code, or its path where it has no code.
    pub(super) key: &'a str,
    /// Its path below the corpus folder.
    pub(super) path: &'a str,
}

/// How much larger a record is than its text, roughly.
const GROWTH: usize = 3;

/// Makes records; keeps its buffers from one to the next.
pub(super) struct Maker<'a> {
    layout: &'a Layout,
    analyzer: &'a Analyzer,
    scratch: Scratch,
    streams: Streams,
}

impl<'a> Maker<'a> {
    pub(super) fn new(layout: &'a Layout, analyzer: &'a Analyzer) -> Self {
        Self {
            layout,
            analyzer,
            scratch: Scratch::default(),
            streams: Streams::default(),
        }
    }

    /// The record of a project that was parsed from `text`.
    pub(super) fn record(
        &mut self,
        project: &Project<'_>,
        text: &str,
        identity: Identity<'_>,
    ) -> Record {
        self.streams.begin();
        let mut record = Record::with_capacity(text.len() * GROWTH);
        record.add_text(self.layout.key, identity.key);
        record.add_text(self.layout.path, identity.path);
        let contact = &project.applicant.contact;
        record.write(self.layout.text, |buffer| {
            without_contact(text, contact, buffer)
        });
        for (field, handles) in FIELDS.iter().zip(&self.layout.fields) {
            match (*handles, (field.value)(project)) {
                (Handles::Text(handles), Value::Texts(texts)) => {
                    texts
                        .iter()
                        .for_each(|text| self.analyse(text, handles, &mut record));
                }
                (Handles::Typed(handle), Value::Keywords(words)) => {
                    words.iter().for_each(|word| record.add_text(handle, word));
                }
                (Handles::Typed(handle), Value::Date(Some(date))) => {
                    record.add_number(handle, date_number(date));
                }
                (Handles::Typed(handle), Value::Number(Some(number))) => {
                    record.add_number(handle, number);
                }
                _ => {}
            }
        }
        record.hold(self.streams.end());
        record
    }

    /// Begins a segment: its documents number their forms anew.
    pub(super) fn begin_segment(&mut self) {
        self.streams.begin_segment();
    }

    /// Drops what an interrupted document left in the buffers.
    pub(super) fn forget(&mut self) {
        self.scratch = Scratch::default();
        self.streams = self.streams.afresh();
    }

    fn analyse(&mut self, text: &str, handles: TextHandles, record: &mut Record) {
        let Self {
            analyzer,
            scratch,
            streams,
            ..
        } = self;
        streams.parts.clear();
        record.write(handles.base, |base| {
            analyzer.for_each_word(text, scratch, |word| streams.push(&word, base));
        });
        record.add_text(handles.parts, &streams.parts);
    }
}

/// The terms of a document on their way into streams.
#[derive(Default)]
struct Streams {
    /// By a form's number, its terms as they stand in the streams.
    encoded: Vec<Encoded>,
    arena: String,
    /// The parts of one text.
    parts: String,
    /// The surface forms of one document.
    held: Held,
    document: u32,
    /// The last document of the segments before.
    before: u32,
}

/// A form's terms in the arena: base forms up to `middle`, parts up to `end`.
#[derive(Clone, Copy, Default)]
struct Encoded {
    start: u32,
    middle: u32,
    end: u32,
    /// The last document that held the form.
    last: u32,
    /// The form's number in that document's segment.
    number: u32,
}

impl Streams {
    /// Begins a document.
    fn begin(&mut self) {
        self.document += 1;
    }

    /// Ends a document; gives its forms.
    fn end(&mut self) -> Held {
        let next = self.held.next();
        std::mem::replace(&mut self.held, next)
    }

    /// Begins a segment.
    fn begin_segment(&mut self) {
        self.before = self.document;
        self.held = Held::default();
    }

    /// Empty, but for how many forms the segment has.
    fn afresh(&self) -> Self {
        Self {
            held: self.held.again(),
            ..Self::default()
        }
    }

    fn push(&mut self, word: &Word<'_>, base: &mut String) {
        if word.number == UNKEPT {
            let mut arena = String::new();
            let encoded = encode(word.terms, &mut arena);
            base.push_str(&arena[..encoded.middle as usize]);
            self.parts.push_str(&arena[encoded.middle as usize..]);
            self.held.add(word.form);
            return;
        }
        let at = word.number as usize;
        if at >= self.encoded.len() {
            self.encoded.resize(at + 1, Encoded::default());
        }
        if self.encoded[at].end == 0 {
            self.encoded[at] = encode(word.terms, &mut self.arena);
        }
        let encoded = &mut self.encoded[at];
        let (start, middle, end) = (
            encoded.start as usize,
            encoded.middle as usize,
            encoded.end as usize,
        );
        base.push_str(&self.arena[start..middle]);
        self.parts.push_str(&self.arena[middle..end]);
        let last = std::mem::replace(&mut encoded.last, self.document);
        if last <= self.before {
            encoded.number = self.held.add(word.form);
        } else if last != self.document {
            self.held.add_known(encoded.number);
        }
    }
}

/// Appends a word's terms to the arena as they stand in the streams.
fn encode(terms: &[Term], arena: &mut String) -> Encoded {
    let start = arena.len();
    let of = |base: bool| {
        terms
            .iter()
            .filter(move |term| (term.kind == Kind::Base) == base)
    };
    for (number, term) in of(true).enumerate() {
        if number > 0 {
            arena.push(SAME);
        }
        arena.push_str(&term.text);
    }
    arena.push(NEXT);
    let middle = arena.len();
    for term in of(false) {
        arena.push_str(&term.text);
        arena.extend(mark(term.kind));
        arena.push(SAME);
    }
    // The tables of forms are limited far below what would not fit.
    let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Encoded {
        start: short(start),
        middle: short(middle),
        end: short(arena.len()),
        ..Encoded::default()
    }
}

/// A date as the number `yyyymmdd`, which sorts as dates do.
#[must_use]
pub fn date_number(date: jiff::civil::Date) -> u64 {
    let part = |n: i16| u64::from(n.unsigned_abs());
    part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}

/// Appends the text with the contact person's data cut out of their lines, so
/// that line numbers stay.
pub(super) fn without_contact(text: &str, contact: &Contact<'_>, kept: &mut String) {
    let mut cuts: Vec<_> = [contact.name, contact.position, contact.email, contact.phone]
        .into_iter()
        .flatten()
        .filter_map(|value| range_in(text, value))
        .collect();
    cuts.sort_by_key(|range| range.start);
    let mut from = 0;
    for cut in cuts {
        kept.push_str(text.get(from..cut.start).unwrap_or_default());
        from = cut.end.max(from);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
}

/// Where in `text` the slice `part` of it stands.
fn range_in(text: &str, part: &str) -> Option<std::ops::Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start + part.len();
    (end <= text.len()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contact_person_is_not_stored() {
        let text = "Nimi: Aino Esimerkki\nSähköposti: aino(at)koivu.example\nMuu: jää\n";
        let email = "aino(at)koivu.example";
        let contact = Contact {
            name: text.get(6..20),
            email: text.find(email).map(|at| &text[at..at + email.len()]),
            ..Contact::default()
        };
        let mut kept = String::new();
        without_contact(text, &contact, &mut kept);
        assert_eq!(kept, "Nimi: \nSähköposti: \nMuu: jää\n");
    }

    #[test]
    fn dates_sort_as_numbers() {
        let number = date_number(jiff::civil::date(2016, 2, 29));
        assert_eq!(number, 20_160_229);
    }

    #[test]
    fn a_form_stands_once_a_document_and_its_terms_at_every_place() {
        let terms = [
            Term {
                kind: Kind::Part,
                text: "työ".into(),
            },
            Term {
                kind: Kind::Base,
                text: "työpaja".into(),
            },
        ];
        for number in [0, UNKEPT] {
            let word = Word {
                form: "työpajan",
                number,
                start: 0,
                end: 0,
                terms: &terms,
            };
            let (mut streams, mut base) = (Streams::default(), String::new());
            streams.begin();
            streams.push(&word, &mut base);
            streams.push(&word, &mut base);
            assert_eq!(base, "työpaja\u{1e}työpaja\u{1e}");
            assert_eq!(streams.parts, "työ\u{3}\u{1f}työ\u{3}\u{1f}");
            let times = if number == UNKEPT { 2 } else { 1 };
            assert_eq!(streams.end().fresh(), vec!["työpajan"; times]);
        }
    }

    #[test]
    fn a_form_brings_its_text_once_a_segment() {
        let word = |form, number| Word {
            form,
            number,
            start: 0,
            end: 0,
            terms: &[],
        };
        let mut streams = Streams::default();
        let bring = |streams: &mut Streams, words: &[Word<'_>]| {
            streams.begin();
            for word in words {
                streams.push(word, &mut String::new());
            }
            let held = streams.end();
            (held.numbers().to_vec(), held.fresh().join(" "))
        };
        let (a, b, c) = (word("a", 0), word("b", 1), word("c", 2));
        let held = [(vec![0, 1], "b a"), (vec![0, 2], "c"), (vec![1], "")];
        let held = held.map(|(numbers, fresh)| (numbers, fresh.to_owned()));
        assert_eq!(bring(&mut streams, &[b, a, b]), held[0]);
        assert_eq!(bring(&mut streams, &[b, c]), held[1]);
        assert_eq!(bring(&mut streams, &[a]), held[2]);
        streams.begin_segment();
        assert_eq!(bring(&mut streams, &[c, b]), (vec![0, 1], "c b".to_owned()));
        // An interrupted document's forms are as if they had never been.
        streams.begin();
        streams.push(&a, &mut String::new());
        streams = streams.afresh();
        assert_eq!(bring(&mut streams, &[b]), (vec![2], "b".to_owned()));
    }
}
