//! One project → one document for a cluster, by the FIELDS table.
//!
//! Texts go as terms: what the words are was settled here, and the cluster only
//! parts them at spaces. The description itself is stored without its contact
//! person, as in an index here.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};
use tantivy::fieldnorm::FieldNormReader;

use crate::finnish::{Analyzer, Kind, Scratch};
use crate::form::project::{Contact, Project};
use crate::index::fields::{FIELDS, Value as Held};
use crate::index::{Stored, date_number};
use crate::search::cluster::{LARGEST, names};
use crate::search::collated;

/// What tells a document apart from others and from older ones of its file.
pub(super) struct Identity<'a> {
    pub(super) key: &'a str,
    pub(super) path: &'a str,
    pub(super) digest: &'a str,
    pub(super) claim: u64,
}

/// Writes documents.
pub(super) struct Writer<'a> {
    analyzer: &'a Analyzer,
    scratch: Scratch,
}

/// The terms of a document that stand in no one section.
#[derive(Default)]
struct Gathered {
    forms: BTreeSet<String>,
    bases: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(analyzer: &'a Analyzer) -> Self {
        Self {
            analyzer,
            scratch: Scratch::default(),
        }
    }

    /// The document of a project that was parsed from `text`.
    pub(super) fn write(
        &mut self,
        project: &mut Project<'_>,
        text: &str,
        identity: &Identity<'_>,
    ) -> Value {
        let stored = Stored::new(project, text, identity.path, false);
        project.applicant.contact = Contact::default();
        let mut document = Map::new();
        let mut gathered = Gathered::default();
        for field in FIELDS {
            let value = match (field.value)(project) {
                Held::Texts(texts) => self.texts(field.key, &texts, &mut gathered),
                Held::Keywords(words) if !words.is_empty() => json!(words),
                Held::Date(Some(date)) => json!(date_number(date)),
                Held::Number(Some(number)) => json!(number.min(LARGEST)),
                _ => Value::Null,
            };
            if !value.is_null() {
                document.insert(field.key.to_owned(), value);
            }
        }
        let own = json!({
            "key": identity.key,
            "path": identity.path,
            "digest": identity.digest,
            "claim": identity.claim,
            "bytes": text.len(),
            "order": project.name.map(collated),
            "forms": gathered.forms,
            "bases": gathered.bases,
            "text": stored.text,
        });
        document.insert("own".to_owned(), own);
        Value::Object(document)
    }

    /// The texts of a field.
    fn texts<T: AsRef<str>>(&mut self, key: &str, texts: &[T], gathered: &mut Gathered) -> Value {
        let mut all: Vec<String> = Vec::new();
        let mut often: HashMap<String, u32> = HashMap::new();
        let mut length = 0;
        for text in texts {
            let mut words = String::new();
            self.analyzer
                .for_each_word(text.as_ref(), &mut self.scratch, |word| {
                    length += 1;
                    if !gathered.forms.contains(word.form) {
                        gathered.forms.insert(word.form.to_owned());
                    }
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    let begin = words.len();
                    for term in word.terms {
                        if term.kind == Kind::Base {
                            if words.len() > begin {
                                words.push(names::READING);
                            }
                            words.push_str(term.text);
                        }
                        let known = match often.get_mut(term.text) {
                            Some(known) => known,
                            None => often.entry(term.text.to_string()).or_default(),
                        };
                        *known += names::often(term.kind);
                    }
                    if words.len() == begin {
                        words.push(names::NONE);
                    }
                });
            if !words.is_empty() {
                all.push(words);
            }
        }
        if length == 0 {
            return Value::Null;
        }
        for words in &all {
            let bases = words.split([' ', names::READING]);
            let section = |base: &str| format!("{base}{}{key}", names::SECTION);
            gathered.bases.extend(bases.map(section));
        }
        let mut times: Vec<_> = often.into_iter().collect();
        times.sort_unstable();
        let times = times.iter();
        let times = times.map(|(term, often)| format!("{term}{}{often}", names::OFTEN));
        json!({
            "words": all,
            "times": times.collect::<Vec<_>>().join(" "),
            "length": rounded(length),
        })
    }
}

/// A length as the engine here rounds it.
fn rounded(length: u32) -> u32 {
    FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length))
}

#[cfg(test)]
mod tests {
    use crate::finnish::rules::Rules;
    use crate::form;

    use super::*;

    #[test]
    fn words_go_as_terms_and_no_contact_person_goes_along() {
        let text = "1 Hanke\nHankkeen nimi: Nuoret töissä\n2 Hakijan perustiedot\n\
                    Hankkeen yhteyshenkilön nimi: Aino\n";
        let analyzer = Analyzer::new(Box::new(Rules::default()));
        let mut parsed = form::parse(text);
        let identity = Identity {
            key: "file:a.txt",
            path: "a.txt",
            digest: "",
            claim: 7,
        };
        let mut writer = Writer::new(&analyzer);
        let document = writer.write(&mut parsed.project, text, &identity);
        let all = document.to_string();
        assert!(!all.contains("Aino") && !all.contains("aino"), "{all}");
        assert_eq!(document["name"]["length"], 2);
        let words = document["name"]["words"][0].as_str().unwrap();
        assert_eq!(words.split(' ').count(), 2, "{words}");
        let forms = document["own"]["forms"].as_array().unwrap();
        assert!(forms.contains(&json!("nuoret")), "{forms:?}");
        assert!(rounded(7) == 7 && rounded(1_001) <= 1_001);
    }
}
