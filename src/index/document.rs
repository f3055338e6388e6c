//! One project → one record for the engine: what is filtered and counted.
//!
//! Walks the FIELDS table. Texts go another way (`segment` writes them down
//! word by word), and so does the description itself, which is stored without
//! its contact person: who shows a hit parses it again, so that nothing can be
//! shown that was not read.

use crate::form::project::{Contact, Project};

use super::fields::{FIELDS, Value};
use super::record::Record;
use super::schema::{Handles, Layout};

/// What tells a document apart from all others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity<'a> {
    /// Its code, or its path where it has no code.
    pub(super) key: &'a str,
    /// Its path below the corpus folder.
    pub(super) path: &'a str,
}

/// What a project is known by in the index: its code, or `file:` and its path
/// below the corpus folder where it has no code.
#[must_use]
pub fn key(project: &Project<'_>, path: &str) -> String {
    match project.code {
        Some(code) => code.to_owned(),
        None => format!("file:{path}"),
    }
}

/// Bytes of a record, roughly.
const FACTS: usize = 1024;

/// The record of a project.
pub(super) fn record(layout: &Layout, project: &Project<'_>, identity: Identity<'_>) -> Record {
    let mut record = Record::with_capacity(FACTS);
    record.add_text(layout.key, identity.key);
    record.add_text(layout.path, identity.path);
    for (field, handles) in FIELDS.iter().zip(&layout.fields) {
        let Handles::Typed(handle) = *handles else {
            continue;
        };
        match (field.value)(project) {
            Value::Keywords(words) => {
                words.iter().for_each(|word| record.add_text(handle, word));
            }
            Value::Date(Some(date)) => record.add_number(handle, date_number(date)),
            Value::Number(Some(number)) => record.add_number(handle, number),
            _ => {}
        }
    }
    record
}

/// A date as the number `yyyymmdd`, which sorts as dates do.
#[must_use]
pub fn date_number(date: jiff::civil::Date) -> u64 {
    let part = |n: i16| u64::from(n.unsigned_abs());
    part(date.year()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}

/// Between the path and the text in what is stored: no path has it.
pub(super) const AFTER_PATH: char = '\0';

/// What is stored of a project that was parsed from `text`.
pub(super) fn stored(project: &Project<'_>, text: &str, path: &str) -> String {
    let mut stored = String::with_capacity(path.len() + 1 + text.len());
    stored.push_str(path);
    stored.push(AFTER_PATH);
    without_contact(text, &project.applicant.contact, &mut stored);
    stored
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
}
