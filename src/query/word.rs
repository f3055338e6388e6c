//! The parser's part for single tokens: words with their marks, phrases, and
//! values of fields.

use crate::index::fields::{FIELDS, Kind};

use super::MAX_SLOP;
use super::name::is_ordered;
use super::parse::{Context, Parser};
use super::scan::{Char, text};
use super::tree::Node;
use super::values::test;

/// The fewest letters of a word's beginning, of its end, and of one that may
/// be misspelt; fewer are shared by too many words.
const LEAST_PREFIX: usize = 2;
const LEAST_SUFFIX: usize = 3;
const LEAST_TYPO: usize = 3;

impl Parser {
    /// A phrase; a quote that never closes is left out.
    pub(super) fn phrase(&mut self, context: Context) -> Option<Node> {
        let at = self.scanner.place();
        let Some((text, length)) = self.scanner.in_quotes() else {
            self.scanner.advance();
            self.remark(
                at,
                "the quote never closes; its words were taken one by one".to_owned(),
            );
            return None;
        };
        self.scanner.go_to(self.scanner.at() + length);
        let slop = self.slop();
        if text.is_empty() {
            return None;
        }
        if let (None, Some(sign)) = (context.field, sign_in(&text)) {
            let what = format!("in quotes “{sign}” is no sign: words are found in any form");
            self.remark(at, what);
        }
        let node = match context.field {
            Some(row) => self.tested(at, row, &text, false),
            None => Node::Phrase(text, slop),
        };
        self.counted(at, node)
    }

    /// The number behind a phrase: `~3`.
    pub(super) fn slop(&mut self) -> u32 {
        let digit = |c: Option<Char>| c.filter(|c| !c.plain).and_then(|c| c.c.to_digit(10));
        let at = self.scanner.place();
        if !self.scanner.peek().is_some_and(|c| c.is('~')) {
            return 0;
        }
        if digit(self.scanner.peek_at(1)).is_none() {
            let what = "“~” wants a number here, as in \"a b\"~3; it was passed over";
            self.remark(at, what.to_owned());
            self.scanner.advance();
            return 0;
        }
        self.scanner.advance();
        let mut slop = 0_u32;
        while let Some(digit) = digit(self.scanner.peek()) {
            slop = slop.saturating_mul(10).saturating_add(digit);
            self.scanner.advance();
        }
        if slop > MAX_SLOP {
            self.remark(
                at,
                format!("a phrase passes over {MAX_SLOP} words at the most"),
            );
        }
        slop.min(MAX_SLOP)
    }

    pub(super) fn value(&mut self, row: usize) -> Option<Node> {
        let at = self.scanner.place();
        self.value_at(at, row)
    }

    /// The word that stands here as a value of a field.
    pub(super) fn value_at(&mut self, at: usize, row: usize) -> Option<Node> {
        let length = self.value_length(row);
        let chars = (0..length).filter_map(|ahead| self.scanner.peek_at(ahead));
        let word: Vec<Char> = chars.filter(|c| c.plain || !c.c.is_whitespace()).collect();
        let (word, star) = match word.as_slice() {
            [word @ .., last] if last.is('*') => (word, true),
            word => (word, false),
        };
        let typed = text(word);
        self.scanner.go_to(self.scanner.at() + length);
        let node = self.tested(at, row, &typed, star);
        self.counted(at, node)
    }

    /// How many characters the value has that stands here: in a number there may
    /// be spaces between the thousands, `500 000`.
    fn value_length(&self, row: usize) -> usize {
        let compared = match is_ordered(row) {
            true => self.comparison(0),
            false => 0,
        };
        let mut length = compared + self.scanner.word_at(compared).len();
        length = length.max(1);
        if !matches!(FIELDS[row].kind, Kind::Money | Kind::Count) {
            return length;
        }
        let at = |place: usize| self.scanner.peek_at(place).map(|c| c.c);
        let is_digit = |place: usize| {
            let c = self.scanner.peek_at(place);
            c.is_some_and(|c| c.c.is_ascii_digit() && !c.plain)
        };
        let ends = |c: char| c.is_whitespace() || c == ')';
        loop {
            let before = (0..length).rev().take_while(|place| is_digit(*place));
            let apart = (1..=3).contains(&before.count())
                && at(length).is_some_and(char::is_whitespace)
                && (length + 1..=length + 3).all(is_digit)
                && at(length + 4).is_none_or(|c| ends(c) || matches!(c, '.' | '€'));
            if !apart {
                return length;
            }
            length += 4;
            while at(length).is_some_and(|c| !ends(c)) {
                length += 1;
            }
        }
    }

    /// A field's value, or words if it can't be read.
    pub(super) fn tested(&mut self, at: usize, row: usize, typed: &str, star: bool) -> Node {
        let field = &FIELDS[row];
        match test(field.kind, typed, star) {
            Ok(test) => Node::Value(row, test),
            Err(wanted) => {
                let what = format!("{wanted} for {}; “{typed}” was taken as a word", field.key);
                self.remark(at, what);
                Node::Words(if typed.is_empty() {
                    field.title.to_owned()
                } else {
                    typed.to_owned()
                })
            }
        }
    }

    /// What the word that stands here asks for.
    pub(super) fn word(&mut self, at: usize) -> Node {
        let word = self.scanner.word();
        let letters = |word: &[Char]| word.iter().filter(|c| c.c.is_alphanumeric()).count();
        let star = |c: &Char| c.is('*');
        let stars = word.iter().filter(|c| star(c)).count();
        let tilde = word.iter().rposition(|c| c.is('~')).unwrap_or(word.len());
        let typo = tilde < word.len() && word[tilde + 1..].iter().all(|c| c.c.is_ascii_digit());
        let (node, least) = match word {
            [first, rest @ ..] if first.is('=') && letters(rest) > 0 => {
                return Node::Exact(text(rest));
            }
            [first, rest @ ..] if star(first) && stars == 1 => {
                (Node::Suffix(text(rest)), LEAST_SUFFIX)
            }
            [rest @ .., last] if star(last) && stars == 1 => {
                (Node::Prefix(text(rest)), LEAST_PREFIX)
            }
            _ if typo => (Node::Typo(text(&word[..tilde])), LEAST_TYPO),
            [only] if only.is('=') && self.scanner.peek_at(1).is_some_and(Char::is_quote) => {
                let what = "“=” stands before a word without quotes; it was passed over";
                let words = Node::Words(text(word));
                self.remark(at, what.to_owned());
                return words;
            }
            [] => {
                let next = self
                    .scanner
                    .peek()
                    .map_or(String::new(), |c| c.c.to_string());
                return Node::Words(next);
            }
            _ => {
                let words = Node::Words(text(word));
                if stars > 0 && letters(word) > 0 {
                    let what = "a star stands before or behind a word; here it was passed over";
                    self.remark(at, what.to_owned());
                }
                return words;
            }
        };
        let kept = match &node {
            Node::Prefix(text) | Node::Suffix(text) | Node::Typo(text) => text.as_str(),
            _ => "",
        };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters(kept) >= least {
            return node;
        }
        let words = text(word);
        if letters(&words) > 0 {
            self.remark(
                at,
                format!("“{words}” was taken as a word: {least} letters are the least"),
            );
        }
        Node::Words(words)
    }
}

/// A sign of words in a phrase, where it means nothing.
fn sign_in(phrase: &str) -> Option<char> {
    phrase.split(' ').find_map(|word| match word {
        _ if word.starts_with('=') => Some('='),
        _ if word.contains('*') => Some('*'),
        _ => word.ends_with('~').then_some('~'),
    })
}
