//! What people call the fields.
//!
//! Keys, titles and aliases of the FIELDS table, with or without dots, and
//! names for sections that belong together.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::{FIELDS, Field, Kind, texts};

/// Sections that have one name together.
#[derive(Debug)]
pub struct Group {
    /// Stable English name.
    pub key: &'static str,
    /// What people see, in Finnish.
    pub title: &'static str,
    /// Keys of the text fields in it.
    pub members: &'static [&'static str],
}

/// All groups.
pub static GROUPS: &[Group] = &[
    Group {
        key: "plan",
        title: "suunnitelma",
        members: &["summary", "target", "indirect_target"],
    },
    Group {
        key: "principles",
        title: "periaatteet",
        members: &["equality", "sustainability"],
    },
];

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A text field or a group of them, by its key.
    Sections(&'static str),
    /// Another field, by its row.
    Value(usize),
}

/// What a person calls `name`: by key, title or alias, with or without dots,
/// a full stop or hyphen for a space.
#[must_use]
pub fn named(name: &str) -> Option<Named> {
    static NAMES: LazyLock<HashMap<String, Named>> = LazyLock::new(all);
    NAMES.get(&folded(name)).copied()
}

/// All names, each of one field only.
fn all() -> HashMap<String, Named> {
    let group =
        |group: &Group| [group.key, group.title].map(|n| (folded(n), Named::Sections(group.key)));
    let field = |(row, field): (usize, &'static Field)| {
        let named = match field.kind {
            Kind::Text => Named::Sections(field.key),
            _ => Named::Value(row),
        };
        let names = [field.key, field.title].into_iter();
        let names = names.chain(field.aliases.iter().copied());
        names.map(move |name| (folded(name), named))
    };
    let fields = FIELDS.iter().enumerate().flat_map(field);
    GROUPS.iter().flat_map(group).chain(fields).collect()
}

/// The row of what a person calls `name` where a field with values is wanted.
#[must_use]
pub fn valued(name: &str) -> Option<usize> {
    match named(name)? {
        Named::Value(row) => Some(row),
        Named::Sections(key) => FIELDS.iter().position(|field| field.of == Some(key)),
    }
}

/// The row of the field that has the names of a field's keywords.
#[must_use]
pub fn labels(row: usize) -> Option<usize> {
    self::row(FIELDS.get(row)?.labels?)
}

/// The row of the field with this very key.
#[must_use]
pub fn row(key: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.key == key)
}

/// The rows of a text field or a group of them.
#[must_use]
pub fn rows(key: &str) -> Vec<usize> {
    let group = GROUPS.iter().find(|group| group.key == key);
    let is_in = |field: &Field| match group {
        Some(group) => group.members.contains(&field.key),
        None => field.key == key,
    };
    let rows = texts().filter(|(_, field)| is_in(field));
    rows.map(|(row, _)| row).collect()
}

/// A text as it is compared: small letters without dots, one kind of space.
#[must_use]
pub fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        'ä' | 'å' => 'a',
        'ö' => 'o',
        '.' | '-' | '_' | '\u{a0}' => ' ',
        c => c,
    };
    text.to_lowercase().chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_field_only() {
        let groups = GROUPS.iter().map(|group| vec![group.key, group.title]);
        let fields = FIELDS.iter().map(|field| {
            let own = [field.key, field.title];
            field.aliases.iter().copied().chain(own).collect()
        });
        let mut seen = std::collections::BTreeMap::new();
        for (row, names) in groups.chain(fields).enumerate() {
            for name in names {
                let earlier = seen.insert(folded(name), row);
                assert!(earlier.is_none_or(|e| e == row), "{name} is taken twice");
            }
        }
    }

    #[test]
    fn people_may_leave_out_the_dots() {
        let key = |name| match named(name) {
            Some(Named::Sections(key)) => Some(key),
            Some(Named::Value(row)) => Some(FIELDS[row].key),
            None => None,
        };
        assert_eq!(key("kohderyhma"), Some("target"));
        assert_eq!(key("Tiivistelmä"), Some("summary"));
        assert_eq!(key("report"), Some("report"));
        assert_eq!(key("paattyy"), Some("end"));
        assert_eq!(key("y_tunnus"), Some("business_id"));
        assert_eq!(key("hinta"), None);
    }

    #[test]
    fn a_group_has_the_rows_of_its_members() {
        assert_eq!(rows("plan").len(), 3);
        assert_eq!(rows("report").len(), 1);
        for group in GROUPS {
            assert_eq!(rows(group.key).len(), group.members.len(), "{}", group.key);
        }
    }
}
