//! Places the documents found by what they are to be sorted by.
//!
//! A document gets a number, the least comes first; `rank` does the rest. What
//! lacks the value comes last, whichever way is sorted.

use std::collections::{BTreeSet, HashMap};

use crate::error::Result;
use crate::index::Reader;

use super::facet::text;
use super::rank::Ranked;

/// What hits are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best answers first.
    #[default]
    Relevance,
    /// By the first day, the latest first.
    Start,
    /// By the last day, the latest first.
    End,
    /// By money granted, the most first.
    Granted,
    /// By money spent, the most first.
    Spent,
    /// By name, å ä ö last.
    Name,
    /// By code.
    Code,
    /// By another number of the FIELDS table, the largest first.
    Number(&'static str),
}

impl Sort {
    /// All of them, with the names by which they are asked for.
    pub const ALL: [(&'static str, Self); 17] = [
        ("relevance", Self::Relevance),
        ("start", Self::Start),
        ("end", Self::End),
        ("granted", Self::Granted),
        ("spent", Self::Spent),
        ("name", Self::Name),
        ("code", Self::Code),
        ("public_planned", Self::Number("public_planned")),
        ("public_realised", Self::Number("public_realised")),
        ("companies_planned", Self::Number("companies_planned")),
        ("companies_realised", Self::Number("companies_realised")),
        ("persons_planned", Self::Number("persons_planned")),
        ("persons_realised", Self::Number("persons_realised")),
        ("spent_share", Self::Number("spent_share")),
        ("public_share", Self::Number("public_share")),
        ("companies_share", Self::Number("companies_share")),
        ("persons_share", Self::Number("persons_share")),
    ];
}

/// Where documents stand that lack the value.
const LAST: u64 = u64::MAX;

/// Places documents; by relevance they are placed already.
pub(super) fn place(
    reader: &Reader,
    sort: Sort,
    reverse: bool,
    ranked: &mut [Ranked],
) -> Result<()> {
    match sort {
        Sort::Relevance => {}
        Sort::Start => numbers(reader, "start", ranked)?,
        Sort::End => numbers(reader, "end", ranked)?,
        Sort::Granted => numbers(reader, "granted", ranked)?,
        Sort::Spent => numbers(reader, "spent", ranked)?,
        Sort::Name => texts(reader, "full_name", collated, ranked)?,
        Sort::Number(key) => numbers(reader, key, ranked)?,
        Sort::Code => texts(reader, "_key", str::to_owned, ranked)?,
    }
    if reverse {
        let known = ranked.iter_mut().filter(|ranked| ranked.place != LAST);
        known.for_each(|ranked| ranked.place = LAST - 1 - ranked.place);
    }
    Ok(())
}

/// The greatest first.
fn numbers(reader: &Reader, key: &str, ranked: &mut [Ranked]) -> Result<()> {
    let columns = reader.segments.iter();
    let columns = columns.map(|segment| segment.reader.fast_fields().u64(key));
    let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
    for ranked in ranked {
        let number = columns[ranked.segment].first(ranked.doc);
        ranked.place = number.map_or(LAST, |number| (LAST - 1).saturating_sub(number));
    }
    Ok(())
}

/// In the order that `key` gives.
fn texts(
    reader: &Reader,
    field: &str,
    key: fn(&str) -> String,
    ranked: &mut [Ranked],
) -> Result<()> {
    let columns = reader.segments.iter();
    let columns = columns.map(|segment| segment.reader.fast_fields().str(field));
    let columns: Vec<_> = columns.collect::<tantivy::Result<_>>()?;
    let mut known: HashMap<(usize, u64), String> = HashMap::new();
    let mut own = Vec::with_capacity(ranked.len());
    for ranked in ranked.iter() {
        let column = columns[ranked.segment].as_ref();
        let ord = column.and_then(|column| column.term_ords(ranked.doc).next());
        let at = ord.map(|ord| (ranked.segment, ord));
        if let (Some(at), Some(column)) = (at, column)
            && !known.contains_key(&at)
        {
            known.insert(at, key(&text(column, at.1)?));
        }
        own.push(at);
    }
    let order: BTreeSet<&String> = known.values().collect();
    let order: HashMap<&String, u64> = order.into_iter().zip(0..).collect();
    for (ranked, own) in ranked.iter_mut().zip(own) {
        let place = own.and_then(|at| order.get(known.get(&at)?));
        ranked.place = place.copied().unwrap_or(LAST);
    }
    Ok(())
}

/// A text as Finns sort it: case and marks aside, å ä ö behind z.
#[must_use]
pub fn collated(text: &str) -> String {
    let fold = |c: char| match c {
        'å' => '{',
        'ä' | 'æ' => '|',
        'ö' | 'ø' => '}',
        'é' | 'è' => 'e',
        'ü' => 'y',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    };
    let text: String = text.to_lowercase().chars().map(fold).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_dots_come_last_and_marks_do_not_count() {
        let mut names = ["Öljy", "”Ystävä”", "Äiti", "zeta", "Åbo", "aalto"];
        names.sort_by_key(|name| collated(name));
        assert_eq!(names, ["aalto", "”Ystävä”", "zeta", "Åbo", "Äiti", "Öljy"]);
    }
}
