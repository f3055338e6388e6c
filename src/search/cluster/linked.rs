//! Links between projects on a cluster: what `links` asks for, in the query
//! language of OpenSearch.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::error::Result;
use crate::index::fields;
use crate::search::linked::{self, Linked, MOST_READ, Named};

use super::Cluster;
use super::fetch::stored;
use super::lower::{all, any};
use super::names::{self, SECTION};

/// The field with a project's name.
const NAME: &str = "full_name";

/// Names or codes that are asked for in one question.
const AT_ONCE: usize = 10_000;

impl Linked for Cluster {
    fn names_of(&self, codes: Vec<String>) -> Result<Vec<Named>> {
        let mut named: Vec<Named> = self.named_by(names::KEY, &codes)?;
        let known: HashSet<&str> = named.iter().map(|(key, _)| key.as_str()).collect();
        let unknown = codes.iter().filter(|code| !known.contains(code.as_str()));
        let unknown: Vec<Named> = unknown.map(|code| (code.clone(), None)).collect();
        named.extend(unknown);
        Ok(named)
    }

    fn called<T: Copy>(
        &self,
        mut of: impl FnMut(&str) -> Option<T>,
    ) -> Result<Vec<((String, String), T)>> {
        let row = fields::row(NAME).unwrap_or_default();
        let all = self.listed(row, || self.values(NAME))?;
        let fit = all.iter().filter_map(|name| Some((name, of(name)?)));
        let fit: Vec<(&String, T)> = fit.collect();
        let asked: Vec<String> = fit.iter().map(|(name, _)| (*name).clone()).collect();
        let named = self.named_by(NAME, &asked)?.into_iter();
        let what = |name: &String| fit.iter().find(|(fit, _)| *fit == name).map(|(_, t)| *t);
        Ok(named
            .filter_map(|(key, name)| {
                let name = name?;
                let what = what(&name)?;
                Some(((key, name), what))
            })
            .collect())
    }

    fn having(&self, term: &str) -> Result<Vec<Named>> {
        let values = fields::texts().map(|(_, field)| format!("{term}{SECTION}{}", field.key));
        self.named_by(names::BASES, &values.collect::<Vec<_>>())
    }

    fn speaking(
        &self,
        names: &[(&str, bool)],
        speaks: impl Fn(&str) -> bool,
    ) -> Result<Vec<Named>> {
        let words: Vec<_> = names
            .iter()
            .filter_map(|(name, _)| linked::words(name))
            .collect();
        let form = |word: &String| json!({"term": {names::FORMS: word}});
        let mut filters = Vec::new();
        for (before, last) in &words {
            let before: Vec<Value> = before.iter().map(form).collect();
            // What is no word of its own there is passed over.
            let counts = self.counts(&before)?.into_iter();
            let held = before
                .into_iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0);
            let last = json!({"prefix": {names::FORMS: last}});
            filters.push(all(held.map(|(filter, _)| filter).chain([last])));
        }
        let mut found = Vec::new();
        let shown = json!({"docvalue_fields": [names::KEY, NAME], "_source": [names::TEXT]});
        self.each_hit((&any(filters.into_iter()), &shown), MOST_READ, |hit| {
            if speaks(&stored(&hit["_source"]).text) {
                found.push(named(hit));
            }
        })?;
        Ok(found)
    }
}

impl Cluster {
    /// The projects that have one of the values in a field.
    fn named_by(&self, field: &str, values: &[String]) -> Result<Vec<Named>> {
        let shown = json!({"docvalue_fields": [names::KEY, NAME], "_source": false});
        let mut found = Vec::new();
        for values in values.chunks(AT_ONCE) {
            let having = json!({"terms": {field: values}});
            self.each_hit((&having, &shown), usize::MAX, |hit| found.push(named(hit)))?;
        }
        Ok(found)
    }
}

/// The key of a hit, and its name if it has one.
fn named(hit: &Value) -> Named {
    let text = |field: &str| hit["fields"][field][0].as_str().map(str::to_owned);
    (text(names::KEY).unwrap_or_default(), text(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fields::FIELDS;

    #[test]
    fn names_are_asked_for_in_the_field_of_the_table() {
        assert!(FIELDS.iter().any(|field| field.key == NAME));
    }
}
