//! The parser's part for compounds that these texts write with a space before
//! the hyphen: `TE -toimisto`, `Duuni -hanke`.
//!
//! Otherwise a hyphen leaves a word out; so only what is hardly ever meant so
//! is taken for a compound, and the remark tells how to leave it out.

use super::parse::Parser;
use super::scan::text;
use super::tree::{Item, Node, Sign};

/// What stands behind a capitalised word and a space as the end of a compound
/// in these texts (`Duuni -hanke`), by its beginning.
const TAILS: &[&str] = &[
    "hank", "projekt", "ohjelm", "toimisto", "verkosto", "malli", "rahoitu", "keskus",
];

impl Parser {
    /// Whether a hyphen stands here that these texts write with a space before
    /// it, in a compound with an abbreviation or a name: `TE -toimisto`.
    pub(super) fn is_tail(&self, before: Option<&Item>) -> bool {
        let Some(Item {
            sign: Sign::Plain,
            node: Node::Words(words),
        }) = before
        else {
            return false;
        };
        let word = self.scanner.word();
        let [hyphen, tail @ ..] = word else {
            return false;
        };
        let last = words.rsplit(' ').next().unwrap_or_default();
        let behind_space = self.scanner.at() > 0;
        let small = tail.first().is_some_and(|c| c.c.is_lowercase());
        if !behind_space || !hyphen.is('-') || !small || tail.iter().any(|c| c.is(':') || c.is('*'))
        {
            return false;
        }
        let mut letters = last.chars().filter(|c| c.is_alphabetic());
        let capitals = last.chars().filter(|c| c.is_uppercase()).count();
        let short = capitals >= 2 && letters.clone().all(char::is_uppercase);
        let tail = text(tail);
        let named = letters.next().is_some_and(char::is_uppercase)
            && TAILS.iter().any(|known| tail.starts_with(known));
        short || named
    }

    /// Reads the end of a compound and says so.
    pub(super) fn tail(&mut self) -> Node {
        let at = self.scanner.place();
        let word = self.scanner.word();
        let (length, typed) = (word.len(), text(word));
        self.scanner.go_to(self.scanner.at() + length);
        let left = typed.trim_start_matches('-');
        self.remark(
            at,
            format!("“{typed}” was taken as the end of a compound; EI {left} leaves projects out"),
        );
        Node::Words(typed)
    }
}
