//! Plan against outcome: which projects have a final report, and which promise
//! a thing in their plan that their final report never names.

use crate::error::Result;
use crate::index::{Reader, Segment, fields};
use crate::query::{Item, Node, Query, Sign, parse};

use super::condition;
use super::docs::Docs;

/// The field of the final report.
pub(super) const REPORT: &str = "report";

/// The group of fields that are the plan.
const PLAN: &str = "plan";

/// The documents of a segment that have a final report.
pub(super) fn reported(reader: &Reader, segment: &Segment) -> Result<Docs> {
    let mut docs = Docs::none(segment);
    for row in fields::rows(REPORT) {
        docs.add(&condition::with_text(reader, segment, row)?);
    }
    Ok(docs)
}

/// Narrows a query to the projects whose plan has a word, or words in a row,
/// in any form, but whose final report has not.
///
/// # Errors
/// What is wanted instead, if the text asks for no word or for more than words
/// in a row.
pub fn promised_not_reported(query: &mut Query, words: &str) -> std::result::Result<(), String> {
    let promised = promised(words).ok_or_else(|| {
        format!("a word or words in a row are wanted that a plan promises, not {words:?}")
    })?;
    let asked = |key| Node::In(key, Box::new(promised.clone()));
    // Where the query wants words of its own, these alone rank: twice left out is
    // a condition.
    let mut wanted = query.items.iter().filter(|item| item.sign != Sign::Without);
    let ranks = wanted.any(|item| !item.node.is_condition());
    let node = match ranks {
        true => Node::Not(Box::new(Node::Not(Box::new(asked(PLAN))))),
        false => asked(PLAN),
    };
    let sign = Sign::Must;
    query.items.insert(0, Item { sign, node });
    query.items.push(Item {
        sign: Sign::Without,
        node: asked(REPORT),
    });
    Ok(())
}

/// What a text asks for as words in a row or one word with its sign, if it asks
/// for no more.
fn promised(words: &str) -> Option<Node> {
    let query = parse(words);
    let ([item], true) = (query.items.as_slice(), query.asks()) else {
        return None;
    };
    match item.node.clone() {
        Node::Words(text) => Some(Node::Phrase(text, 0)),
        node @ (Node::Phrase(..)
        | Node::Exact(_)
        | Node::Prefix(_)
        | Node::Suffix(_)
        | Node::Typo(_)) => Some(node),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_promised_is_asked_of_the_plan_and_missed_in_the_report() {
        let mut query = parse("nuoret koulu");
        promised_not_reported(&mut query, "työpaja").unwrap();
        let signs: Vec<_> = query.items.iter().map(|item| item.sign).collect();
        assert_eq!(signs, [Sign::Must, Sign::Plain, Sign::Without]);
        assert!(query.items[0].node.is_condition() && !query.items[1].node.is_condition());
        let mut alone = parse("tila:päättynyt");
        promised_not_reported(&mut alone, "työpaj*").unwrap();
        assert!(alone.asks() && alone.items.len() == 3 && !alone.items[0].node.is_condition());
        for nothing in ["", "!!", "tila:päättynyt", "nuoret -koulu"] {
            assert!(
                promised_not_reported(&mut alone, nothing).is_err(),
                "{nothing}"
            );
        }
    }
}
