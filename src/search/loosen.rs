//! What to loosen when nothing was found.
//!
//! Each kind of condition is taken away by itself, and if that does not help,
//! all of them; what finds something then is told with how much.

use crate::error::Result;
use crate::query::{Item, Node, Query, Sign};

use super::{Hits, Options};

/// A way to ask for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loosening {
    /// No filters.
    Filters,
    /// All sections.
    Sections,
    /// No values in the query.
    Values,
    /// The words of phrases anywhere and in any form.
    Phrases,
    /// Any of the words.
    Any,
    /// All of these together.
    All,
}

impl Loosening {
    const SINGLE: [Self; 5] = [
        Self::Filters,
        Self::Sections,
        Self::Values,
        Self::Phrases,
        Self::Any,
    ];

    fn is(self, other: Self) -> bool {
        self == other || self == Self::All
    }
}

/// The ways to ask for less that find something by `search`, each with how many
/// projects.
///
/// # Errors
/// When the index can't be read.
pub fn loosen(
    query: &Query,
    options: &Options,
    search: impl Fn(&Query, &Options) -> Result<Hits>,
) -> Result<Vec<(Loosening, u64)>> {
    let count = |way: Loosening| -> Result<u64> {
        let (loose, less) = (queried(query, way), limited(options, way));
        let same = loose.items == query.items
            && (&loose.items, &less.filters, &less.rows, less.reported)
                == (
                    &query.items,
                    &options.filters,
                    &options.rows,
                    options.reported,
                );
        if same || !loose.asks() {
            return Ok(0);
        }
        let found = search(&loose, &less)?;
        Ok(found.total + found.loose)
    };
    let mut found = Vec::new();
    for way in Loosening::SINGLE {
        found.push((way, count(way)?));
    }
    found.retain(|(_, count)| *count > 0);
    if found.is_empty() {
        found.push((Loosening::All, count(Loosening::All)?));
        found.retain(|(_, count)| *count > 0);
    }
    Ok(found)
}

fn limited(options: &Options, way: Loosening) -> Options {
    let mut less = Options {
        limit: 0,
        offset: 0,
        passages: 0,
        facets: Vec::new(),
        ..options.clone()
    };
    if way.is(Loosening::Filters) {
        less.filters.clear();
        less.reported = None;
    }
    if way.is(Loosening::Sections) {
        less.rows.clear();
    }
    less
}

fn queried(query: &Query, way: Loosening) -> Query {
    Query {
        items: items(&query.items, way),
        remarks: Vec::new(),
    }
}

fn items(items: &[Item], way: Loosening) -> Vec<Item> {
    let loose = items.iter().filter_map(|item| {
        let sign = match item.sign {
            Sign::Without if way.is(Loosening::Any) => return None,
            Sign::Must if way.is(Loosening::Any) => Sign::Plain,
            sign => sign,
        };
        let node = node(&item.node, way)?;
        Some(Item { sign, node })
    });
    loose.collect()
}

/// A node that asks for less, if anything is left of it.
fn node(asked: &Node, way: Loosening) -> Option<Node> {
    let each = |nodes: &[Node]| {
        let nodes: Vec<Node> = nodes.iter().filter_map(|n| node(n, way)).collect();
        (!nodes.is_empty()).then_some(nodes)
    };
    Some(match asked {
        Node::Value(..) if way.is(Loosening::Values) => return None,
        Node::Not(_) if way.is(Loosening::Any) => return None,
        Node::Phrase(text, _) | Node::Exact(text) if way.is(Loosening::Phrases) => {
            Node::Words(text.clone())
        }
        Node::In(_, inner) if way.is(Loosening::Sections) => node(inner, way)?,
        Node::In(key, inner) => Node::In(key, Box::new(node(inner, way)?)),
        Node::Not(inner) => Node::Not(Box::new(node(inner, way)?)),
        Node::All(nodes) if way.is(Loosening::Any) => Node::Any(each(nodes)?),
        Node::All(nodes) => Node::All(each(nodes)?),
        Node::Any(nodes) => Node::Any(each(nodes)?),
        Node::Group(inner) => {
            let inner = items(inner, way);
            if inner.is_empty() {
                return None;
            }
            Node::Group(inner)
        }
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn same(typed: &str, way: Loosening, loose: &str) {
        assert_eq!(
            queried(&parse(typed), way).items,
            parse(loose).items,
            "{typed}"
        );
    }

    #[test]
    fn each_way_takes_away_one_kind_of_condition() {
        same("\"uutta virtaa\"", Loosening::Phrases, "uutta virtaa");
        same("kohderyhmä:nuoret", Loosening::Sections, "nuoret");
        same("+nuoret -kesätyö", Loosening::Any, "nuoret");
        same("nuoret JA koulu", Loosening::Any, "nuoret TAI koulu");
        same("nuoret tila:päättynyt", Loosening::Values, "nuoret");
        same(
            "nuoret tila:päättynyt",
            Loosening::Sections,
            "nuoret tila:päättynyt",
        );
    }
}
