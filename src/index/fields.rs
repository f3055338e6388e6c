//! What a row of the FIELDS table says, and short ways to write one.
//!
//! Schema, documents, names in queries, facets, JSON keys, `--help` and the
//! README's table all come from the table, so that adding a field touches one
//! place. Rows say what a field is; how it is written is `schema`'s and
//! `document`'s work.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::form::catalogue::{QUESTIONS, ROWS};
use crate::form::project::Project;

pub use super::extract::{fund_key, status_key};
pub use super::names::{GROUPS, Group, Named, folded, labels, named, row, rows, valued};
pub use super::table::FIELDS;

/// What a field holds for one project, borrowed from it.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'p> {
    /// Texts to be analysed; a phrase never spans two of them.
    Texts(Vec<Cow<'p, str>>),
    /// Exact strings.
    Keywords(Vec<&'p str>),
    /// A civil date.
    Date(Option<Date>),
    /// Whole euros, or a count.
    Number(Option<u64>),
}

/// How a field is indexed and what can be asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Analysed text, found by any form of its words.
    Text,
    /// Exact strings, one or many: filters and facets.
    Keyword,
    /// A civil date, indexed as the number `yyyymmdd`.
    Date,
    /// Whole euros.
    Money,
    /// A count.
    Count,
}

/// One of the keys that a field's keywords can be.
#[derive(Debug)]
pub struct Choice {
    /// As the index and JSON have it.
    pub key: &'static str,
    /// What people call it, in Finnish; the first is shown.
    pub names: &'static [&'static str],
}

pub(super) const fn choice(key: &'static str, names: &'static [&'static str]) -> Choice {
    Choice { key, names }
}

/// One row of the table.
#[derive(Debug)]
pub struct Field {
    /// Stable English name: JSON key, schema name, query prefix.
    pub key: &'static str,
    /// What people see, in Finnish.
    pub title: &'static str,
    /// Further names: with and without dots, inflected as the form has it.
    pub aliases: &'static [&'static str],
    /// Section of the form.
    pub section: &'static str,
    /// How it is indexed.
    pub kind: Kind,
    /// What one occurrence of a word is worth here, against 1 in the summary;
    /// 0 for what is not text.
    pub weight: f32,
    /// The keys that its keywords can be, with their names; empty if keywords
    /// stand for themselves.
    pub values: &'static [Choice],
    /// Where the bands begin that its numbers are counted in; empty if each
    /// number is counted by itself.
    pub bands: &'static [u64],
    /// The field that has the names of its keywords.
    pub labels: Option<&'static str>,
    /// The text field whose things its keywords tell apart: filters and facets
    /// may be asked by the name of that one.
    pub of: Option<&'static str>,
    /// One line for people.
    pub about: &'static str,
    /// Takes the field out of a project.
    pub value: for<'p> fn(&'p Project<'p>) -> Value<'p>,
}

/// The text fields with their places in the table, in its order.
pub fn texts() -> impl Iterator<Item = (usize, &'static Field)> {
    FIELDS
        .iter()
        .enumerate()
        .filter(|(_, f)| f.kind == Kind::Text)
}

pub(super) const fn text(key: &'static str, title: &'static str, section: &'static str) -> Field {
    Field {
        key,
        title,
        aliases: &[],
        section,
        kind: Kind::Text,
        weight: 1.0,
        values: &[],
        bands: &[],
        labels: None,
        of: None,
        about: "",
        value: |_| Value::Texts(Vec::new()),
    }
}

pub(super) const fn typed(
    key: &'static str,
    title: &'static str,
    section: &'static str,
    kind: Kind,
) -> Field {
    let mut field = text(key, title, section);
    field.kind = kind;
    field.weight = 0.0;
    field
}

pub(super) const fn number(
    key: &'static str,
    title: &'static str,
    section: &'static str,
    kind: Kind,
) -> Field {
    let mut field = typed(key, title, section, kind);
    field.bands = match kind {
        Kind::Money => &[0, 50_000, 100_000, 250_000, 500_000, 1_000_000],
        _ => &[0, 1, 10, 50, 100, 500, 1_000],
    };
    field
}

/// Per cent of a plan.
pub(super) const fn percent(
    key: &'static str,
    title: &'static str,
    section: &'static str,
) -> Field {
    let mut field = typed(key, title, section, Kind::Count);
    field.bands = &[0, 25, 50, 75, 90, 100, 101];
    field
}

/// A question of 8.1.
pub(super) const fn answer<const ROW: usize>(key: &'static str, title: &'static str) -> Field {
    let mut field = typed(key, title, "8.1", Kind::Keyword);
    field.values = const { &[choice("yes", &["kyllä"]), choice("no", &["ei"])] };
    field.about = QUESTIONS[ROW].fi;
    field.value = |p| {
        let key = |yes| if yes { "yes" } else { "no" };
        Value::Keywords(p.equality[ROW].yes.map(key).into_iter().collect())
    };
    field
}

/// Direct impact on a row of 8.2.
pub(super) const fn direct<const ROW: usize>(key: &'static str, title: &'static str) -> Field {
    let mut field = typed(key, title, "8.2", Kind::Count);
    field.about = ROWS[ROW].fi;
    field.value = |p| Value::Number(p.sustainability[ROW].direct.map(u64::from));
    field
}

/// Indirect impact on a row of 8.2.
pub(super) const fn indirect<const ROW: usize>(key: &'static str, title: &'static str) -> Field {
    let mut field = direct::<ROW>(key, title);
    field.value = |p| Value::Number(p.sustainability[ROW].indirect.map(u64::from));
    field
}
