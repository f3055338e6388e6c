//! One project → one record for the engine.
//!
//! Walks the FIELDS table, analyses each text once and writes its terms as
//! the streams of the two tantivy fields that the text has. The stored text is
//! the description itself, without its contact person: who shows a hit parses
//! it again, so that nothing can be shown that was not read.

use crate::finnish::{Analyzer, Kind, Scratch, Term, UNKEPT, Word};
use crate::form::project::{Contact, Project};

use super::fields::{FIELDS, Value};
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
        record.add_text(self.layout.forms, &self.streams.forms);
        record
    }

    /// Drops what an interrupted document left in the buffers.
    pub(super) fn forget(&mut self) {
        self.scratch = Scratch::default();
        self.streams = Streams::default();
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
    forms: String,
    document: u32,
}

/// A form's terms in the arena: base forms up to `middle`, parts up to `end`.
#[derive(Clone, Copy, Default)]
struct Encoded {
    start: u32,
    middle: u32,
    end: u32,
    /// The last document that held the form.
    last: u32,
}

impl Streams {
    /// Begins a document.
    fn begin(&mut self) {
        self.document += 1;
        self.forms.clear();
    }

    fn push(&mut self, word: &Word<'_>, base: &mut String) {
        if word.number == UNKEPT {
            let mut arena = String::new();
            let encoded = encode(word.terms, &mut arena);
            base.push_str(&arena[..encoded.middle as usize]);
            self.parts.push_str(&arena[encoded.middle as usize..]);
            push_form(&mut self.forms, word.form);
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
        if std::mem::replace(&mut encoded.last, self.document) != self.document {
            push_form(&mut self.forms, word.form);
        }
    }
}

fn push_form(forms: &mut String, form: &str) {
    forms.push_str(form);
    forms.push(SAME);
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
        last: 0,
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
            assert_eq!(streams.forms, "työpajan\u{1f}".repeat(times));
        }
    }
}
