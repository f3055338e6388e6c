//! One project → one record for the engine: what is filtered and counted.
//!
//! Walks the FIELDS table. Texts go another way (`segment` writes them down
//! word by word), and so does the description itself, which is stored without
//! its contact person, and with where its values stand: what is shown of a hit is
//! what was read of the file.

use crate::form::project::{Contact, Project};
use crate::form::{self, Cuts, Parsed, with_contact, without_contact};

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
/// below the corpus folder where it has none.
#[must_use]
pub fn key(code: Option<&str>, path: &str) -> String {
    match code {
        Some(code) => code.to_owned(),
        None => format!("{UNCODED}{path}"),
    }
}

/// Begins the key of a project without a code.
pub(super) const UNCODED: &str = "file:";

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

/// Stands between the parts of what is stored: of these only the text may have it.
const BETWEEN: char = '\0';

/// What is stored of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Its path below the corpus folder.
    pub path: String,
    /// The description without its contact person.
    pub text: String,
    /// The contact person, if the index holds contact persons.
    pub contact: Cuts,
    /// Where in the text the project's values stand ([`form::spans`]); empty if
    /// that is not known.
    pub spans: String,
}

impl Stored {
    /// What is to be stored of a project that was parsed from `text`.
    #[must_use]
    pub fn new(project: &Project<'_>, text: &str, path: &str, with_contact: bool) -> Self {
        let (kept, contact) = without_contact(text, &project.applicant.contact);
        Self {
            path: path.to_owned(),
            text: kept,
            spans: form::spans(project, text, &contact).unwrap_or_default(),
            contact: if with_contact { contact } else { Cuts::new() },
        }
    }

    /// The project without its contact person, as it was read.
    #[must_use]
    pub fn project(&self) -> Project<'_> {
        let spanned = form::spanned(&self.spans, &self.text);
        spanned.unwrap_or_else(|| {
            let mut project = form::parse(&self.text).project;
            // Where the person was, another line may stand behind the label.
            project.applicant.contact = Contact::default();
            project
        })
    }

    /// The project without its contact person, and what is wrong with its text.
    #[must_use]
    pub fn parsed(&self) -> Parsed<'_> {
        Parsed {
            project: self.project(),
            ..form::parse(&self.text)
        }
    }

    /// The description with its contact person.
    #[must_use]
    pub fn whole(&self) -> String {
        with_contact(&self.text, &self.contact)
    }

    /// The project's code, or `file:` and the path without one.
    pub(super) fn key(&self) -> String {
        key(self.project().code, &self.path)
    }

    /// As one text: path, contact person, description, spans.
    pub(super) fn packed(&self) -> String {
        let contact = match self.contact.is_empty() {
            true => String::new(),
            false => serde_json::json!(self.contact).to_string(),
        };
        let Self {
            path, text, spans, ..
        } = self;
        format!("{path}{BETWEEN}{contact}{BETWEEN}{text}{BETWEEN}{spans}")
    }

    /// Reads what [`packed`](Self::packed) wrote; of other texts what there is.
    pub(super) fn unpacked(packed: &str) -> Self {
        let (packed, spans) = packed.rsplit_once(BETWEEN).unwrap_or_default();
        let mut parts = packed.splitn(3, BETWEEN);
        let mut next = || parts.next().unwrap_or_default();
        let (path, contact, text) = (next().to_owned(), next(), next().to_owned());
        Self {
            path,
            text,
            spans: spans.to_owned(),
            contact: serde_json::from_str(contact).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::parse;

    #[test]
    fn the_contact_person_is_stored_apart_and_only_if_asked() {
        let text = "1 Hanke\n2 Hakijan perustiedot\nHankkeen yhteyshenkilön nimi: Aino\n";
        let parsed = parse(text);
        let stored = |with| Stored::new(&parsed.project, text, "a/b.txt", with);
        assert!(!stored(false).packed().contains("Aino"));
        let with = stored(true);
        assert!(!with.text.contains("Aino"));
        let back = Stored::unpacked(&with.packed());
        assert_eq!((&back, back.whole().as_str()), (&with, text));
        assert!(!back.spans.is_empty() && back.project() == parse(&back.text).project);
    }

    #[test]
    fn a_text_with_any_character_comes_back() {
        let text = "1 Hanke\nHankekoodi: S29001\nHankkeen nimi: Jää\0tie\n";
        let parsed = parse(text);
        let stored = Stored::new(&parsed.project, text, "a.txt", false);
        let back = Stored::unpacked(&stored.packed());
        assert_eq!(back, stored);
        assert_eq!(back.project().name, Some("Jää\0tie"));
    }

    #[test]
    fn dates_sort_as_numbers() {
        let number = date_number(jiff::civil::date(2016, 2, 29));
        assert_eq!(number, 20_160_229);
    }
}
