//! Plan against outcome: which projects have a final report, and which promise
//! a thing in their plan that their final report never names.

use crate::error::Result;
use crate::index::{Reader, Segment, fields};
use crate::query::{Item, Node, Query, Sign};

use super::boolean::Docs;

/// The field of the final report.
pub(super) const REPORT: &str = "report";

/// The group of fields that are the plan.
const PLAN: &str = "plan";

/// The documents of a segment that have a final report, or that have none.
pub(super) fn reported(reader: &Reader, segment: &Segment, wanted: bool) -> Result<Docs> {
    let mut docs = Docs::none(segment);
    for row in fields::rows(REPORT) {
        let Some(norms) = segment.norms(&reader.layout, row)? else {
            continue;
        };
        let all = 0..segment.reader.max_doc();
        all.filter(|doc| (norms.fieldnorm_id(*doc) > 0) == wanted)
            .for_each(|doc| docs.insert(doc));
    }
    Ok(docs)
}

/// Narrows a query to the projects whose plan has a word, or words in a row,
/// in any form, but whose final report has not.
pub fn promised_not_reported(query: &mut Query, words: &str) {
    let asked = |key| Node::In(key, Box::new(Node::Phrase(words.to_owned(), 0)));
    let mut items = vec![
        Item {
            sign: Sign::Must,
            node: asked(PLAN),
        },
        Item {
            sign: Sign::Without,
            node: asked(REPORT),
        },
    ];
    if query.asks() {
        // As one item, so that any of its words is still enough.
        let node = Node::Group(std::mem::take(&mut query.items));
        let sign = match node.is_condition() {
            true => Sign::Plain,
            false => Sign::Must,
        };
        items.push(Item { sign, node });
    }
    query.items = items;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn what_was_promised_is_asked_of_the_plan_and_missed_in_the_report() {
        let mut query = parse("nuoret koulu");
        promised_not_reported(&mut query, "työpaja");
        assert_eq!(query.items.len(), 3);
        let signs: Vec<_> = query.items.iter().map(|item| item.sign).collect();
        assert_eq!(signs, [Sign::Must, Sign::Without, Sign::Must]);
        assert!(matches!(&query.items[2].node, Node::Group(items) if items.len() == 1));
        let mut alone = parse("");
        promised_not_reported(&mut alone, "työpaja");
        assert!(alone.asks() && alone.items.len() == 2);
    }
}
