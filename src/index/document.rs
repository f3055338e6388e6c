//! One project → one tantivy document.
//!
//! Walks the FIELDS table, analyses each text once and writes its terms to
//! the three tantivy fields that the text has. The stored text is the
//! description itself, without its contact person: who shows a hit parses it
//! again, so that nothing can be shown that was not read.

use tantivy::TantivyDocument;

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::form::project::{Contact, Project};

use super::fields::{FIELDS, Value};
use super::schema::{Handles, Layout, TextHandles};
use super::stream::Terms;

/// The mark before a term in the field of parts, by what the term is to its
/// word. One character each, none of which begins a word.
#[must_use]
pub fn mark(kind: Kind) -> &'static str {
    match kind {
        Kind::Exact | Kind::Base => "",
        Kind::Part => "+",
        Kind::Piece => "*",
        Kind::Derived => "~",
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

/// Makes documents; keeps its buffers from one to the next.
pub(super) struct Maker<'a> {
    layout: &'a Layout,
    analyzer: &'a Analyzer,
    scratch: Scratch,
    base: Terms,
    exact: Terms,
    parts: Terms,
}

impl<'a> Maker<'a> {
    pub(super) fn new(layout: &'a Layout, analyzer: &'a Analyzer) -> Self {
        Self {
            layout,
            analyzer,
            scratch: Scratch::default(),
            base: Terms::default(),
            exact: Terms::default(),
            parts: Terms::default(),
        }
    }

    /// The document of a project that was parsed from `text`.
    pub(super) fn document(
        &mut self,
        project: &Project<'_>,
        text: &str,
        identity: Identity<'_>,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.layout.key, identity.key);
        document.add_text(self.layout.path, identity.path);
        document.add_text(self.layout.text, without_contact(text, &project.applicant.contact));
        for (field, handles) in FIELDS.iter().zip(&self.layout.fields) {
            match (*handles, (field.value)(project)) {
                (Handles::Text(handles), Value::Texts(texts)) => {
                    for text in &texts {
                        self.analyse(text);
                        self.hand_over(handles, &mut document);
                    }
                }
                (Handles::Typed(handle), Value::Keywords(words)) => {
                    words.iter().for_each(|word| document.add_text(handle, word));
                }
                (Handles::Typed(handle), Value::Date(Some(date))) => {
                    document.add_u64(handle, date_number(date));
                }
                (Handles::Typed(handle), Value::Number(Some(number))) => {
                    document.add_u64(handle, number);
                }
                _ => {}
            }
        }
        document
    }

    /// Drops what an interrupted document left in the buffers.
    pub(super) fn forget(&mut self) {
        self.scratch = Scratch::default();
        for terms in [&mut self.base, &mut self.exact, &mut self.parts] {
            drop(terms.take());
        }
    }

    fn analyse(&mut self, text: &str) {
        let Self { base, exact, parts, .. } = self;
        self.analyzer.for_each_word(text, &mut self.scratch, |word| {
            exact.push(word.form);
            for term in word.terms {
                match term.kind {
                    Kind::Exact => {}
                    Kind::Base => base.push(&term.text),
                    Kind::Part | Kind::Piece | Kind::Derived => {
                        parts.push_marked(mark(term.kind), &term.text);
                    }
                }
            }
            exact.next();
            base.next();
            parts.next();
        });
    }

    fn hand_over(&mut self, handles: TextHandles, document: &mut TantivyDocument) {
        document.add_text(handles.base, self.base.take());
        document.add_text(handles.exact, self.exact.take());
        document.add_text(handles.parts, self.parts.take());
    }
}

/// A date as the number `yyyymmdd`, which sorts as dates do.
#[must_use]
pub fn date_number(date: jiff::civil::Date) -> u64 {
    let part = |n: i16| u64::from(n.unsigned_abs());
    part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}

/// The text with the contact person's data cut out of their lines, so that
/// line numbers stay.
fn without_contact(text: &str, contact: &Contact<'_>) -> String {
    let mut cuts: Vec<_> = [contact.name, contact.position, contact.email, contact.phone]
        .into_iter()
        .flatten()
        .filter_map(|value| range_in(text, value))
        .collect();
    cuts.sort_by_key(|range| range.start);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts {
        kept.push_str(text.get(from..cut.start).unwrap_or_default());
        from = cut.end.max(from);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
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
        let contact = Contact {
            name: text.get(6..20),
            email: text.find("aino(").map(|at| &text[at..at + 18]),
            ..Contact::default()
        };
        assert_eq!(without_contact(text, &contact), "Nimi: \nSähköposti: \nMuu: jää\n");
    }

    #[test]
    fn dates_sort_as_numbers() {
        let number = date_number(jiff::civil::date(2016, 2, 29));
        assert_eq!(number, 20_160_229);
    }
}
