//! `--filter` and `--facets`: names and values as typed → rows and tests.
//! Filters of one field are alternatives and become one.

use anyhow::{Result, anyhow, bail};

use crate::index::fields::{self, FIELDS, Kind};
use crate::query;
use crate::search::Filter;

/// The filters asked for, in their order.
pub(super) fn filters(typed: &[String]) -> Result<Vec<Filter>> {
    let mut filters: Vec<Filter> = Vec::new();
    for typed in typed {
        let Some(sign) = typed.find(['=', '<', '>']) else {
            bail!("--filter {typed} has no value\n  write it as --filter region=Lappi");
        };
        let (name, value) = typed.split_at(sign);
        let value = value.strip_prefix('=').unwrap_or(value);
        let row = row("--filter", name)?;
        let (value, star) = match value.strip_suffix('*') {
            Some(value) => (value, true),
            None => (value, false),
        };
        let test = query::test(FIELDS[row].kind, value, star)
            .map_err(|wanted| anyhow!("--filter {typed} can't be read: {wanted}"))?;
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
pub(super) fn facets(names: &[String]) -> Result<Vec<usize>> {
    let mut rows = Vec::new();
    for name in names {
        let row = row("--facets", name)?;
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    Ok(rows)
}

fn row(option: &str, name: &str) -> Result<usize> {
    fields::valued(name.trim()).ok_or_else(|| {
        let known = FIELDS.iter().filter(|field| field.kind != Kind::Text);
        let known: Vec<_> = known.map(|field| field.key).collect();
        anyhow!(
            "{option} has no field {name:?} to go by\n  fields: {}",
            known.join(", ")
        )
    })
}
