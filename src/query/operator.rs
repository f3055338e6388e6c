//! The parser's part for words that join others: `JA`, `TAI`, `EI` and their
//! English kin, all in capitals.

use super::parse::Parser;
use super::scan::{Char, text};

/// A word between others that joins them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

/// The operator that a word is.
pub(super) fn operator(word: &str) -> Option<Operator> {
    match word {
        "JA" | "AND" => Some(Operator::And),
        "TAI" | "OR" => Some(Operator::Or),
        "EI" | "NOT" => Some(Operator::Not),
        _ => None,
    }
}

impl Parser {
    /// Reads an operator if it stands here between two parts.
    pub(super) fn joins(&mut self, wanted: Operator) -> bool {
        let before = self.scanner.at();
        if let Some((operator, length)) = self.operator()
            && operator == wanted
        {
            self.scanner.go_to(self.scanner.at() + length);
            let begins = match self.scanner.skip_space() {
                Some(next) => {
                    !next.is(')')
                        && !matches!(self.operator(), Some((Operator::And | Operator::Or, _)))
                }
                None => false,
            };
            if begins {
                return true;
            }
        }
        self.scanner.go_to(before);
        false
    }

    /// The operator that stands here, and its length.
    pub(super) fn operator(&mut self) -> Option<(Operator, usize)> {
        self.scanner.skip_space();
        let word = self.scanner.word();
        let ends = |c: &Char| c.is('(');
        let length = word.iter().position(ends).unwrap_or(word.len());
        if word[..length].iter().any(|c| c.plain) {
            return None;
        }
        operator(&text(&word[..length])).map(|operator| (operator, length))
    }
}
