//! What a search finds now against what it found before.
//!
//! A project is known by its key and is changed when its text is another one.
//! Nothing here reads or writes; where the last answer is kept is the caller's
//! business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is kept of the projects of an answer, by key.
pub type Seen = BTreeMap<String, Trace>;

/// What is kept of one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Hash of its text.
    pub hash: String,
    /// Its name, to call it by when it is gone.
    pub name: Option<String>,
}

/// What became of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not found before.
    New,
    /// It was, with another text.
    Changed,
    /// It is not found any more.
    Gone,
}

/// One project of which there is something to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What became of it.
    pub change: Change,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Option<String>,
}

/// What is new, changed or gone, in this order and by key.
#[must_use]
pub fn news(before: &Seen, now: &Seen) -> Vec<News> {
    let change = |key: &String, trace: &Trace| match before.get(key) {
        None => Some(Change::New),
        Some(old) if old.hash != trace.hash => Some(Change::Changed),
        Some(_) => None,
    };
    let of = |change, (key, trace): (&String, &Trace)| News {
        change,
        key: key.clone(),
        name: trace.name.clone(),
    };
    let here = now.iter();
    let here = here.filter_map(|entry| change(entry.0, entry.1).map(|change| of(change, entry)));
    let gone = before.iter().filter(|(key, _)| !now.contains_key(*key));
    let mut news: Vec<News> = here
        .chain(gone.map(|entry| of(Change::Gone, entry)))
        .collect();
    // Stable: by key within a change.
    news.sort_by_key(|news| news.change);
    news
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(of: &[(&str, &str)]) -> Seen {
        let trace = |hash: &str| Trace {
            hash: hash.to_owned(),
            name: None,
        };
        of.iter()
            .map(|(key, hash)| ((*key).to_owned(), trace(hash)))
            .collect()
    }

    #[test]
    fn what_is_new_changed_and_gone_is_told_and_nothing_else() {
        let before = seen(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let now = seen(&[("a", "1"), ("b", "2"), ("d", "1")]);
        let told: Vec<_> = news(&before, &now)
            .into_iter()
            .map(|news| (news.change, news.key))
            .collect();
        let expected = [
            (Change::New, "d"),
            (Change::Changed, "b"),
            (Change::Gone, "c"),
        ];
        assert_eq!(told, expected.map(|(change, key)| (change, key.to_owned())));
        assert!(news(&now, &now).is_empty());
    }
}
