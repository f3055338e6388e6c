//! Counts how many of the projects found have each value of a field.
//!
//! A facet does not see what was chosen of itself, so that it shows what else
//! could be chosen. Money and counts are counted in bands, dates by year.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use tantivy::DocId;

use crate::error::{Error, Result};
use crate::index::fields::{FIELDS, Kind};
use crate::index::{Reader, Segment};

use super::sort::collated;

/// The values of one field with their counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field's row in FIELDS.
    pub row: usize,
    /// Keywords by their counts, numbers in their order.
    pub values: Vec<Count>,
    /// Projects that have no value.
    pub unknown: u64,
}

/// One value with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value as a filter takes it.
    pub value: String,
    /// The value as people read it.
    pub label: String,
    /// Projects that have it.
    pub count: u64,
    /// Money granted to them by EU and state, if it was to be added up.
    pub granted: Option<u64>,
}

/// Projects and the money granted to them.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) granted: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.granted = self.granted.saturating_add(other.granted);
    }
}

/// The money of a segment's documents, if it is to be added up.
struct Purse(Option<tantivy::columnar::Column<u64>>);

impl Purse {
    fn one(&self, doc: DocId) -> Tally {
        let granted = self.0.as_ref().and_then(|column| column.first(doc));
        Tally {
            count: 1,
            granted: granted.unwrap_or_default(),
        }
    }
}

/// Counts the values of one field segment by segment.
pub(super) struct Counter {
    row: usize,
    sums: bool,
    pub(super) keywords: HashMap<String, Tally>,
    /// By value and name, where values have names in another field.
    pub(super) names: HashMap<(String, String), u64>,
    pub(super) numbers: HashMap<u64, Tally, RandomState>,
    pub(super) unknown: u64,
}

impl Counter {
    pub(super) fn new(row: usize, sums: bool) -> Self {
        Self {
            row,
            sums,
            keywords: HashMap::new(),
            names: HashMap::new(),
            numbers: HashMap::default(),
            unknown: 0,
        }
    }

    /// Counts documents of a segment.
    pub(super) fn add(
        &mut self,
        segment: &Segment,
        docs: impl Iterator<Item = DocId>,
    ) -> Result<()> {
        match FIELDS[self.row].kind {
            Kind::Text => Ok(()),
            Kind::Keyword => self.add_keywords(segment, docs),
            Kind::Date | Kind::Money | Kind::Count => self.add_numbers(segment, docs),
        }
    }

    fn add_keywords(&mut self, segment: &Segment, docs: impl Iterator<Item = DocId>) -> Result<()> {
        let field = &FIELDS[self.row];
        let Some(column) = segment.reader.fast_fields().str(field.key)? else {
            self.unknown += docs.count() as u64;
            return Ok(());
        };
        let names = match field.labels {
            Some(key) => segment.reader.fast_fields().str(key)?,
            None => None,
        };
        let purse = self.purse(segment)?;
        // By number of the keyword, of which there are far fewer than projects.
        let mut counts = vec![Tally::default(); column.num_terms()];
        let mut named: HashMap<(u64, u64), u64, RandomState> = HashMap::default();
        for doc in docs {
            let mut known = false;
            for ord in column.term_ords(doc) {
                known = true;
                if let Some(tally) = usize::try_from(ord).ok().and_then(|at| counts.get_mut(at)) {
                    tally.add(purse.one(doc));
                }
                for name in names.iter().flat_map(|names| names.term_ords(doc)) {
                    *named.entry((ord, name)).or_default() += 1;
                }
            }
            self.unknown += u64::from(!known);
        }
        for (ord, count) in (0..).zip(counts).filter(|(_, tally)| tally.count > 0) {
            let tally = self.keywords.entry(text(&column, ord)?).or_default();
            tally.add(count);
        }
        for ((ord, name), count) in named {
            let Some(names) = &names else { continue };
            let pair = (text(&column, ord)?, text(names, name)?);
            *self.names.entry(pair).or_default() += count;
        }
        Ok(())
    }

    fn add_numbers(&mut self, segment: &Segment, docs: impl Iterator<Item = DocId>) -> Result<()> {
        let field = &FIELDS[self.row];
        let column = segment.reader.fast_fields().u64(field.key)?;
        let purse = self.purse(segment)?;
        for doc in docs {
            match column.first(doc) {
                Some(number) => {
                    let tally = self.numbers.entry(bucket(self.row, number)).or_default();
                    tally.add(purse.one(doc));
                }
                None => self.unknown += 1,
            }
        }
        Ok(())
    }

    fn purse(&self, segment: &Segment) -> Result<Purse> {
        Ok(Purse(match self.sums {
            true => Some(segment.reader.fast_fields().u64("granted")?),
            false => None,
        }))
    }

    /// What was counted.
    pub(super) fn facet(self) -> Facet {
        let row = self.row;
        let granted = |tally: Tally| self.sums.then_some(tally.granted);
        let mut labels: HashMap<String, (u64, String)> = HashMap::new();
        for ((value, name), count) in self.names {
            let best = labels.entry(value).or_default();
            // The most usual name, among equals the first.
            if count > best.0 || count == best.0 && name < best.1 {
                *best = (count, name);
            }
        }
        let mut values: Vec<Count> = self
            .keywords
            .into_iter()
            .map(|(value, tally)| Count {
                label: match labels.remove(&value) {
                    Some((_, name)) => name,
                    None => label(row, &value).to_owned(),
                },
                value,
                count: tally.count,
                granted: granted(tally),
            })
            .collect();
        values.sort_by_cached_key(|v| {
            (
                std::cmp::Reverse(v.count),
                collated(&v.label),
                v.value.clone(),
            )
        });
        let mut numbers: Vec<_> = self.numbers.into_iter().collect();
        numbers.sort_unstable_by_key(|(number, _)| *number);
        values.extend(numbers.into_iter().map(|(number, tally)| {
            let value = band(row, number);
            Count {
                label: value.clone(),
                value,
                count: tally.count,
                granted: granted(tally),
            }
        }));
        Facet {
            row,
            values,
            unknown: self.unknown,
        }
    }
}

/// What people call a keyword.
fn label(row: usize, keyword: &str) -> &str {
    let mut values = FIELDS[row].values.iter();
    let value = values.find(|value| value.key == keyword);
    value
        .and_then(|value| value.names.first())
        .unwrap_or(&keyword)
}

/// Where the band of a number begins.
pub(super) fn bucket(row: usize, number: u64) -> u64 {
    let field = &FIELDS[row];
    match field.kind {
        Kind::Date => number / 10_000,
        _ if field.bands.is_empty() => number,
        _ => {
            let begins = field.bands.iter().rev().find(|begin| **begin <= number);
            begins.copied().unwrap_or_default()
        }
    }
}

/// A band as a filter takes it.
fn band(row: usize, begin: u64) -> String {
    let bands = FIELDS[row].bands;
    let Some(at) = bands.iter().position(|band| *band == begin) else {
        return begin.to_string();
    };
    match bands.get(at + 1) {
        None => format!("{begin}.."),
        Some(next) if *next == begin + 1 => begin.to_string(),
        Some(next) => format!("{begin}..{}", next - 1),
    }
}

/// A keyword of a column.
pub(super) fn text(column: &tantivy::columnar::StrColumn, ord: u64) -> Result<String> {
    let mut text = String::new();
    let found = column.ord_to_str(ord, &mut text);
    found.map_err(|e| Error::from(tantivy::TantivyError::from(e)))?;
    Ok(text)
}

/// All keywords that stand in `to` where one of `held` stands in `from`.
pub(super) fn beside(
    reader: &Reader,
    (from, held): (&str, &[String]),
    to: &str,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for segment in &reader.segments {
        let columns = segment.reader.fast_fields();
        let (Some(from), Some(to)) = (columns.str(from)?, columns.str(to)?) else {
            continue;
        };
        let mut ords = Vec::new();
        for ord in 0..from.num_terms() as u64 {
            if held.contains(&text(&from, ord)?) {
                ords.push(ord);
            }
        }
        for doc in 0..segment.reader.max_doc() {
            if from.term_ords(doc).any(|ord| ords.contains(&ord)) {
                for ord in to.term_ords(doc) {
                    found.push(text(&to, ord)?);
                }
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_named_as_a_filter_takes_them() {
        let row = |key: &str| crate::index::fields::row(key).unwrap();
        let of = |key: &str, number| band(row(key), bucket(row(key), number));
        assert_eq!(of("granted", 120_000), "100000..249999");
        assert_eq!(of("granted", 7_000_000), "1000000..");
        assert_eq!(of("companies_planned", 0), "0");
        assert_eq!(of("start", 20_190_501), "2019");
        assert_eq!(of("sustainability_wellbeing", 7), "7");
        assert_eq!(label(row("status"), "ended"), "päättynyt");
    }
}
