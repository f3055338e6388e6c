//! A segment's logs → its file of surface forms.
//!
//! Sorted as terms are, over all fields together and with one occurrence a
//! document: which documents hold a form at all.

use std::io::{self, Write};

use tantivy::DocId;

use super::super::forms::Sink;
use super::invert::{bits, parts};
use super::lists::Lists;
use super::log::Logs;
use super::strings::sorted;
use super::vocabularies::Vocabularies;

/// Writes all forms in order; gives the writer back.
pub(super) fn write<W: Write>(
    logs: &[&Logs<'_>],
    vocabularies: &Vocabularies<'_>,
    documents: DocId,
    out: W,
) -> io::Result<W> {
    let order = sorted(vocabularies.len(), |form| vocabularies.form(form));
    let (places, firsts) = places(vocabularies, &order);
    let words = logs.iter().map(|logs| logs.words()).sum();
    let mut sink = Sink::new(out, documents);
    let mut lists = Lists::new();
    let value = bits(documents);
    for range in parts(firsts.len(), 1, (words, value)) {
        lists.begin(range.len(), value);
        each(logs, &places, documents, |doc, place| {
            if range.contains(&place) {
                lists.push((place - range.start) as u32, u64::from(doc));
            }
        });
        lists.each(|place, list| {
            let form = vocabularies.form(firsts[range.start + place]);
            sink.push(form.as_bytes(), list.iter().map(|doc| *doc as DocId))
        })?;
    }
    sink.finish()
}

/// By form, its text's place among all distinct texts in order, and by place a
/// form that has the text: several workers may have met it, and halves of compounds
/// can share theirs.
fn places(vocabularies: &Vocabularies<'_>, order: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let text = |form: u32| vocabularies.form(form);
    let mut places = vec![0; order.len()];
    let mut firsts: Vec<u32> = Vec::with_capacity(order.len());
    for form in order {
        let same = firsts.last().is_some_and(|last| text(*last) == text(*form));
        if !same {
            firsts.push(*form);
        }
        places[*form as usize] = firsts.len() as u32 - 1;
    }
    (places, firsts)
}

/// Calls `each` with every document and the place of each of its forms, once a
/// document.
fn each(logs: &[&Logs<'_>], places: &[u32], documents: DocId, mut each: impl FnMut(DocId, usize)) {
    // By place, the document after the last one that held it.
    let mut met = vec![0; places.len()];
    let mut readings: Vec<_> = logs.iter().flat_map(|logs| logs.read()).collect();
    for doc in 0..documents {
        for reading in &mut readings {
            if reading.doc() == Some(doc) {
                reading.words(|_, form| {
                    let place = places[form as usize] as usize;
                    if std::mem::replace(&mut met[place], doc + 1) != doc + 1 {
                        each(doc, place);
                    }
                });
            }
        }
    }
}
