//! The words and values that the projects on a cluster have.
//!
//! Forms and base forms stand in fields of their own, each once a document, and
//! are counted like any value: of the documents that have words of a kind,
//! those words with their numbers.

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::index::fields::FIELDS;
use crate::search::vocabulary::{Fit, Like, Named, Vocabulary};

use super::Cluster;
use super::lower::any;
use super::names::{self, SECTION};

/// Words or values that are given at a time; an engine gives no more by itself.
const AT_ONCE: usize = 30_000;

/// Hits that are asked for at a time.
const HITS_AT_ONCE: usize = 200;

/// Words near another one that are looked for.
const MOST_NEAR: usize = 1_000;

impl Vocabulary for Cluster {
    fn each_form(
        &self,
        like: Like<'_>,
        mut fits: impl FnMut(&str) -> Fit,
        mut each: impl FnMut(&str, u32),
    ) -> Result<()> {
        let field = names::FORMS;
        let having = match like {
            Like::Begin(begin) => json!({"prefix": {field: begin}}),
            Like::End(ends) => any(ends.iter().map(|end| ending(field, end, ""))),
            Like::Near(word, most) => fuzzy(field, word, most),
            Like::Long(begin, ..) => json!({"prefix": {field: begin}}),
        };
        self.each_value(field, (&having, &pattern(like)), |form, count| {
            if fits(form) == Fit::Yes {
                each(form, count);
            }
        })
    }

    fn each_base(
        &self,
        rows: &[usize],
        like: Like<'_>,
        mut each: impl FnMut(&str, u32),
    ) -> Result<()> {
        let field = names::BASES;
        let keys: Vec<&str> = rows.iter().map(|row| FIELDS[*row].key).collect();
        let having = match like {
            Like::Begin(begin) | Like::Long(begin, ..) => json!({"prefix": {field: begin}}),
            Like::End(ends) => {
                let before = |end: &String| ending(field, end, &format!("{SECTION}*"));
                any(ends.iter().map(before))
            }
            Like::Near(word, most) => {
                any(keys.iter().map(|key| fuzzy(&names::words(key), word, most)))
            }
        };
        let pattern = format!("{}{SECTION}({})", pattern(like), keys.join("|"));
        self.each_value(field, (&having, &pattern), |value, count| {
            let base = value.split(SECTION).next().unwrap_or_default();
            each(base, count);
        })
    }

    fn keywords(&self, row: usize) -> Result<Vec<String>> {
        let listed = self.listed(row, || self.values(FIELDS[row].key))?;
        Ok(listed.to_vec())
    }

    fn beside(&self, (from, held): (&str, &[String]), to: &str) -> Result<Vec<String>> {
        let having = json!({"terms": {from: held}});
        let mut found = Vec::new();
        self.each_value(to, (&having, ""), |value, _| found.push(value.to_owned()))?;
        found.sort();
        Ok(found)
    }

    fn with_base(&self, rows: &[usize], term: &str) -> Result<u64> {
        let keys = rows.iter().map(|row| FIELDS[*row].key);
        let values: Vec<String> = keys.map(|key| format!("{term}{SECTION}{key}")).collect();
        self.count(&json!({"terms": {names::BASES: values}}))
    }

    fn with_form(&self, form: &str) -> Result<u64> {
        self.count(&json!({"term": {names::FORMS: form}}))
    }

    fn named(&self, field: &str, fits: impl Fn(&str) -> bool) -> Result<Named> {
        let row = FIELDS.iter().position(|known| known.key == field);
        let listed = self.listed(row.unwrap_or_default(), || self.values(field))?;
        let all: Vec<&String> = listed.iter().filter(|name| fits(name)).collect();
        let mut found = Named::new();
        for names in all.chunks(AT_ONCE) {
            let one = json!({"one": {"terms": {"field": names::KEY, "size": 1}}});
            let terms = json!({"field": field, "size": names.len(), "include": names});
            let answer = self.ask(&json!({
                "size": 0, "track_total_hits": false, "query": {"terms": {field: names}},
                "aggs": {"all": {"terms": terms, "aggs": one}},
            }))?;
            let buckets = answer["aggregations"]["all"]["buckets"].as_array();
            for bucket in buckets.into_iter().flatten() {
                let key = bucket["one"]["buckets"][0]["key"].as_str();
                let count = bucket["doc_count"].as_u64().unwrap_or_default();
                let name = bucket["key"].as_str().unwrap_or_default();
                found.insert(name.to_owned(), (count, key.map(str::to_owned)));
            }
        }
        Ok(found)
    }
}

impl Cluster {
    /// All values of a field, in order.
    pub(super) fn values(&self, field: &str) -> Result<Vec<String>> {
        let values = json!({"values": {"terms": {"field": field}}});
        let mut composite = json!({"size": AT_ONCE, "sources": [values]});
        let mut all = Vec::new();
        loop {
            let asked = json!({"composite": composite});
            let answer = self.ask(&json!({
                "size": 0, "track_total_hits": false, "aggs": {"all": asked},
            }))?;
            let listed = &answer["aggregations"]["all"];
            let buckets = listed["buckets"].as_array().into_iter().flatten();
            let found = buckets.filter_map(|bucket| bucket["key"]["values"].as_str());
            let before = all.len();
            all.extend(found.map(str::to_owned));
            match listed.get("after_key") {
                Some(after) if all.len() > before => composite["after"] = after.clone(),
                _ => break,
            }
        }
        all.sort();
        Ok(all)
    }

    /// How many documents a query finds.
    pub(super) fn count(&self, query: &Value) -> Result<u64> {
        let answer = self.ask(&json!({"size": 0, "track_total_hits": true, "query": query}))?;
        Ok(answer["hits"]["total"]["value"]
            .as_u64()
            .unwrap_or_default())
    }

    /// How many documents each of some queries finds.
    pub(super) fn counts(&self, queries: &[Value]) -> Result<Vec<u64>> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let filters = queries.iter().enumerate();
        let filters = filters.map(|(at, query)| (at.to_string(), json!({"filter": query})));
        let asked: Map<String, Value> = filters.collect();
        let answer = self.ask(&json!({"size": 0, "track_total_hits": false, "aggs": asked}))?;
        let count = |at: usize| answer["aggregations"][at.to_string()]["doc_count"].as_u64();
        Ok((0..queries.len())
            .map(|at| count(at).unwrap_or_default())
            .collect())
    }

    /// Calls `each` for the hits of a query up to so many, by key unless what is
    /// `shown` of them says otherwise.
    pub(super) fn each_hit(
        &self,
        (query, shown): (&Value, &Value),
        most: usize,
        mut each: impl FnMut(&Value),
    ) -> Result<()> {
        let mut body = shown.clone();
        body["query"] = query.clone();
        body["track_total_hits"] = json!(false);
        if body.get("sort").is_none() {
            body["sort"] = json!([{names::KEY: "asc"}]);
        }
        let mut left = most;
        while left > 0 {
            let size = left.min(HITS_AT_ONCE);
            body["size"] = json!(size);
            let answer = self.ask(&body)?;
            let hits = answer["hits"]["hits"]
                .as_array()
                .map_or(&[][..], Vec::as_slice);
            hits.iter().for_each(&mut each);
            let Some(last) = hits.last().filter(|_| hits.len() == size) else {
                break;
            };
            body["search_after"] = last["sort"].clone();
            left -= size;
        }
        Ok(())
    }

    /// Calls `each` for the values of a field that are as the pattern says, of
    /// the documents that a query finds.
    fn each_value(
        &self,
        field: &str,
        (having, pattern): (&Value, &str),
        mut each: impl FnMut(&str, u32),
    ) -> Result<()> {
        let mut terms = json!({"field": field, "size": AT_ONCE});
        if !pattern.is_empty() {
            terms["include"] = json!(pattern);
        }
        let answer = self.ask(&json!({
            "size": 0, "track_total_hits": false, "query": having,
            "aggs": {"all": {"terms": terms}},
        }))?;
        let all = &answer["aggregations"]["all"];
        self.check(all, "words that fit");
        for bucket in all["buckets"].as_array().into_iter().flatten() {
            let count = bucket["doc_count"].as_u64().unwrap_or_default();
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            each(bucket["key"].as_str().unwrap_or_default(), count);
        }
        Ok(())
    }
}

/// Documents with a value that ends so, before what the pattern `rest` fits.
fn ending(field: &str, end: &str, rest: &str) -> Value {
    let mut pattern = String::from("*");
    for c in end.chars() {
        if "*?\\".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push_str(rest);
    json!({"wildcard": {field: pattern}})
}

/// Documents with a word near another one.
fn fuzzy(field: &str, word: &str, most: usize) -> Value {
    json!({"fuzzy": {field: {
        "value": word, "fuzziness": most, "prefix_length": 1, "max_expansions": MOST_NEAR,
    }}})
}

/// A pattern for the words looked for.
fn pattern(like: Like<'_>) -> String {
    match like {
        Like::Begin(begin) => format!("{}.*", literal(begin)),
        Like::End(ends) => {
            let ends: Vec<String> = ends.iter().map(|end| literal(end)).collect();
            format!(".*({})", ends.join("|"))
        }
        Like::Near(word, most) => {
            let first: String = word.chars().take(1).collect();
            about_as_long(&first, word, most)
        }
        Like::Long(begin, word, most) => about_as_long(begin, word, most),
    }
}

/// A pattern for words that begin with a letter and are nearly as long as another.
fn about_as_long(begin: &str, word: &str, most: usize) -> String {
    let rest = word.chars().count().saturating_sub(1);
    let (least, most) = (rest.saturating_sub(most), rest + most);
    format!("{}.{{{least},{most}}}", literal(begin))
}

/// A text as a pattern that only it fits.
fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_alphanumeric() {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_a_word_are_no_signs_of_a_pattern() {
        assert_eq!(literal("te-toimisto"), "te\\-toimisto");
        assert_eq!(pattern(Like::Begin("osa")), "osa.*");
        assert_eq!(pattern(Like::Near("nuori", 1)), "n.{3,5}");
        let ends = ["palvelu".to_owned(), "työ".to_owned()];
        assert_eq!(pattern(Like::End(&ends)), ".*(palvelu|työ)");
    }
}
