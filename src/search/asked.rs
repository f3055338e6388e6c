//! What is asked beside the query, by name → rows, tests and orders.
//!
//! The command line, the HTTP interface and assistants ask with the same names
//! and get the same words when a name is unknown. A message says what is wrong
//! and, in a second line, what would do.

use crate::index::fields::{self, FIELDS, GROUPS, Kind, Named};
use crate::query;

use super::{Filter, Sort};

/// The filters asked for as `region=Lappi` or `granted>=500000`, in their
/// order; those of one field are alternatives and become one.
///
/// # Errors
/// What can't be read.
pub fn filters<S: AsRef<str>>(typed: &[S]) -> Result<Vec<Filter>, String> {
    let mut filters: Vec<Filter> = Vec::new();
    for typed in typed.iter().map(AsRef::as_ref) {
        let Some(sign) = typed.find(['=', '<', '>']) else {
            return Err(format!("{typed} has no value\n  write it as region=Lappi"));
        };
        let (name, value) = typed.split_at(sign);
        let value = value.strip_prefix('=').unwrap_or(value);
        let row = row(name)?;
        let (value, star) = match value.strip_suffix('*') {
            Some(value) => (value, true),
            None => (value, false),
        };
        let test = query::test(FIELDS[row].kind, value, star)
            .map_err(|wanted| format!("{typed} can't be read: {wanted}"))?;
        match filters.iter_mut().find(|filter| filter.row == row) {
            Some(filter) => filter.tests.push(test),
            None => filters.push(Filter {
                row,
                tests: vec![test],
            }),
        }
    }
    Ok(filters)
}

/// The rows whose values are to be counted, each once.
///
/// # Errors
/// Which name is unknown.
pub fn facets<S: AsRef<str>>(names: &[S]) -> Result<Vec<usize>, String> {
    let mut rows = Vec::new();
    for name in names {
        let row = row(name.as_ref())?;
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The rows of the sections asked for.
///
/// # Errors
/// Which name is unknown.
pub fn sections<S: AsRef<str>>(names: &[S]) -> Result<Vec<usize>, String> {
    let mut rows = Vec::new();
    for name in names.iter().map(AsRef::as_ref) {
        let Some(Named::Sections(key)) = fields::named(name) else {
            let texts = fields::texts().map(|(_, field)| field.key);
            let known: Vec<_> = texts.chain(GROUPS.iter().map(|group| group.key)).collect();
            return Err(format!(
                "there is no section {name:?}\n  sections: {}",
                known.join(", ")
            ));
        };
        rows.extend(fields::rows(key));
    }
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// What is to be sorted by.
///
/// # Errors
/// What would do.
pub fn sort(name: &str) -> Result<Sort, String> {
    let known = Sort::ALL.iter().find(|(known, _)| *known == name);
    known.map(|(_, sort)| *sort).ok_or_else(|| {
        let names: Vec<_> = Sort::ALL.iter().map(|(name, _)| *name).collect();
        format!("sort by one of {}", names.join(", "))
    })
}

fn row(name: &str) -> Result<usize, String> {
    fields::valued(name.trim()).ok_or_else(|| {
        let known = FIELDS.iter().filter(|field| field.kind != Kind::Text);
        let known: Vec<_> = known.map(|field| field.key).collect();
        format!(
            "there is no field {name:?} to go by\n  fields: {}",
            known.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_is_named() {
        assert!(filters(&["region"]).unwrap_err().contains("no value"));
        assert!(filters(&["hue=red"]).unwrap_err().contains("\"hue\""));
        assert!(filters(&["granted=much"]).unwrap_err().contains("number"));
        assert!(sections(&["hue"]).unwrap_err().contains("target"));
        assert!(sort("hue").unwrap_err().contains("relevance"));
        let two = filters(&["region=Lappi", "region=Kainuu"]).unwrap();
        assert_eq!((two.len(), two[0].tests.len()), (1, 2));
    }
}
