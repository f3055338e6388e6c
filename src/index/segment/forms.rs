//! The words of all sections → forms as they stand in texts.
//!
//! Sorted as terms are, over all fields together and with one occurrence a
//! document: which documents hold a form at all.

use std::io;

use tantivy::DocId;

use super::invert::{bits, extent, parts};
use super::lists::Lists;
use super::log::{Logs, in_order};
use super::out::Out;
use super::strings::sorted;
use super::vocabularies::Vocabularies;

/// Writes all forms in order.
pub(super) fn write(
    texts: &[(usize, Logs<'_>)],
    vocabularies: &Vocabularies<'_>,
    out: &mut impl Out,
) -> io::Result<()> {
    let order = sorted(vocabularies.len(), |form| vocabularies.form(form));
    let (places, firsts) = places(vocabularies, &order);
    let (words, (documents, _)) = extent(texts);
    let (mut lists, value) = (Lists::new(), bits(documents));
    for range in parts(firsts.len(), 1, (words, value)) {
        lists.begin(range.len(), value);
        each(texts, &places, |doc, place| {
            if range.contains(&place) {
                lists.push((place - range.start) as u32, u64::from(doc));
            }
        });
        lists.each(|place, list| {
            let form = vocabularies.form(firsts[range.start + place]);
            out.begin(form.as_bytes())?;
            for doc in list {
                out.add(*doc as DocId, 1, &[]);
            }
            out.end()
        })?;
    }
    Ok(())
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
fn each(texts: &[(usize, Logs<'_>)], places: &[u32], mut each: impl FnMut(DocId, usize)) {
    // By place, the document after the last one that held it.
    let mut met = vec![0; places.len()];
    let readings = texts.iter().flat_map(|(_, logs)| logs.read());
    in_order(readings.collect(), |doc, _, form| {
        let place = places[form as usize] as usize;
        if std::mem::replace(&mut met[place], doc + 1) != doc + 1 {
            each(doc, place);
        }
    });
}
