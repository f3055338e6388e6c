//! What to narrow a list by: the fields with their counted values, and what
//! was chosen of them, each with the address that takes it away.

use crate::index::fields::{self, FIELDS};
use crate::present::explain::Language;
use crate::present::grouped;
use crate::search::Facet;
use crate::serve::params::{FILTER, SECTION};

use super::address::Address;
use super::{names, texts};

/// Values of a field that are shown.
const VALUES: usize = 20;

/// Fields that stand open.
const OPEN: usize = 2;

/// A link with what it is called.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) count: String,
    pub(super) chosen: bool,
}

/// A field with its values.
pub(super) struct FacetView {
    pub(super) title: String,
    pub(super) finnish: bool,
    pub(super) open: bool,
    pub(super) values: Vec<Choice>,
    pub(super) unknown: String,
}

/// What was chosen, each with the address that does without it.
pub(super) fn chips(address: &Address, language: Language) -> Vec<Choice> {
    let pairs = address.pairs().iter();
    let chosen = pairs.filter(|(name, _)| [FILTER.name, SECTION.name].contains(&name.as_str()));
    chosen
        .map(|(name, value)| Choice {
            label: chip(value, language),
            href: address.clone().lacking(name, value).at("/"),
            count: String::new(),
            chosen: true,
        })
        .collect()
}

fn chip(typed: &str, language: Language) -> String {
    let sign = typed.find(['=', '<', '>']);
    let (name, value) = typed.split_at(sign.unwrap_or(typed.len()));
    let value = value.strip_prefix('=').unwrap_or(value);
    match fields::valued(name) {
        Some(row) => {
            let field = names::capital(names::field(row, language));
            format!(
                "{field}: {}",
                names::value(row, value, value, texts::of(language))
            )
        }
        None => names::keyed(typed, language),
    }
}

/// A field with its values; the first `OPEN` stand open.
pub(super) fn facet(
    place: usize,
    facet: &Facet,
    address: &Address,
    language: Language,
) -> FacetView {
    let key = FIELDS[facet.row].key;
    let values = facet.values.iter().take(VALUES).map(|value| {
        let filter = format!("{key}={}", value.value);
        let chosen = address.has(FILTER.name, &filter);
        let address = address.clone();
        Choice {
            label: names::value(facet.row, &value.label, &value.value, texts::of(language)),
            href: match chosen {
                true => address.lacking(FILTER.name, &filter),
                false => address.with(FILTER.name, &filter),
            }
            .at("/"),
            count: grouped(value.count),
            chosen,
        }
    });
    let values: Vec<_> = values.collect();
    FacetView {
        finnish: names::is_finnish(facet.row),
        title: names::keyed(key, language),
        open: place < OPEN || values.iter().any(|value| value.chosen),
        values,
        unknown: match facet.unknown {
            0 => String::new(),
            count => grouped(count),
        },
    }
}
