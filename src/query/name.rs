//! The parser's part for names of fields and how they stand before what is
//! asked of them.

use crate::index::fields::{self, FIELDS, Kind};

use super::parse::{Context, Parser};
use super::scan::{self, Char};
use super::tree::Node;
use super::values::Test;

impl Parser {
    /// What stands behind a field's name, if one stands here.
    #[expect(
        clippy::option_option,
        reason = "no name is one thing, nothing behind it another"
    )]
    pub(super) fn named(&mut self, context: Context) -> Option<Option<Node>> {
        let at = self.scanner.place();
        let name = self.name()?;
        let text = &name.text;
        let behind = self.scanner.peek_at(name.length);
        let behind = behind.filter(|c| !c.is(')') && !c.c.is_whitespace());
        let (named, behind) = match (name.named, behind) {
            (Some(named), Some(behind)) => (named, behind),
            (Some(_), None) => {
                let what = format!("nothing stands behind “{text}:”; it was taken as a word");
                self.remark(at, what);
                return None;
            }
            (None, Some(behind)) if is_name(text) && !behind.is('/') => {
                let what = format!("there is no field “{text}”; it was taken as a word");
                self.remark(at, what);
                return None;
            }
            (None, _) => return None,
        };
        let remarks = self.remarks();
        let node = match named {
            fields::Named::Value(row) => self.valued((at, &name), (row, behind), context)?,
            fields::Named::Sections(key) => self.sectioned((at, &name), (key, behind), context),
        };
        if node.is_none() && behind.is('(') && self.remarks() == remarks {
            let what = format!("nothing stands in the parentheses behind “{text}:”");
            self.remark(at, what);
        }
        Some(node)
    }

    /// What stands behind the name of a field with values, and begins so; if that
    /// is no value and has no colon before it, the name is none.
    #[expect(
        clippy::option_option,
        reason = "a name that is none is one thing, nothing behind it another"
    )]
    fn valued(
        &mut self,
        (at, name): (usize, &Name),
        (row, behind): (usize, Char),
        context: Context,
    ) -> Option<Option<Node>> {
        let before = self.scanner.at();
        self.scanner.go_to(before + name.length);
        let context = Context {
            field: Some(row),
            ..context
        };
        Some(match behind {
            c if c.is('(') => self.parentheses(context),
            c if c.is_quote() => self.phrase(context),
            _ => {
                let node = self.value_at(at, row);
                if !name.colon && matches!(node, Some(Node::Words(_))) {
                    // No value: the name is a word like what stands behind it.
                    self.scanner.go_to(before);
                    return None;
                }
                node
            }
        })
    }

    /// What stands behind the name of a section or a group of them, and begins so.
    fn sectioned(
        &mut self,
        (at, name): (usize, &Name),
        (key, behind): (&'static str, Char),
        context: Context,
    ) -> Option<Node> {
        let begin = self.scanner.at() + name.length;
        self.scanner.go_to(begin);
        let node = match behind {
            c if c.is('(') => self.parentheses(context),
            c if c.is_quote() => self.phrase(context),
            c => {
                let length = self.scanner.word().len();
                let node = match c.is('*') && length == 1 {
                    true => return self.any_text(at, key),
                    false => self.word(at),
                };
                self.scanner.go_to(begin + length);
                self.counted(at, node)
            }
        };
        node.map(|node| Node::In(key, Box::new(node)))
    }

    /// Any text in a section or a group of them, asked for by the star that stands
    /// here.
    fn any_text(&mut self, at: usize, key: &str) -> Option<Node> {
        self.scanner.advance();
        let known = |row| Node::Value(row, Test::Known);
        let node = Node::any(fields::rows(key).into_iter().map(known).collect())?;
        self.counted(at, node)
    }

    /// The name that may stand here: `tila:päättynyt`, `"koko nimi":Duuni`, and of
    /// fields that there are also `tila: päättynyt` and `tila=päättynyt`. A
    /// comparison needs no colon: `rahoitus > 500000`.
    fn name(&self) -> Option<Name> {
        let (text, end) = match self.scanner.peek()?.is_quote() {
            true => self.scanner.in_quotes()?,
            false => {
                let word = self.scanner.word();
                let mark = word.iter().position(|c| c.is(':') || compares(*c));
                let end = mark.unwrap_or(word.len());
                (scan::text(&word[..end]), end)
            }
        };
        let mark = self.scanner.peek_at(end);
        let named = fields::named(&text);
        let is_compared = match named {
            Some(fields::Named::Value(row)) => is_ordered(row),
            _ => false,
        };
        let is_equal = named.is_some()
            && !is_compared
            && mark.is_some_and(|c| c.is('='))
            && self
                .scanner
                .peek_at(end + 1)
                .is_some_and(|c| !c.c.is_whitespace() && !c.is(')') && !compares(c));
        let colon = is_equal || mark.is_some_and(|c| c.is(':'));
        let mut length = end + usize::from(colon);
        if named.is_some() && !is_equal {
            length += self.spaces(length);
        }
        let stands = match self.scanner.peek_at(length) {
            _ if colon => true,
            Some(behind) => is_compared && compares(behind) && self.comparison(length) > 0,
            None => false,
        };
        stands.then_some(Name {
            text,
            named,
            length,
            colon,
        })
    }

    /// How much white space stands so far ahead.
    fn spaces(&self, ahead: usize) -> usize {
        let is_space = |at: &usize| {
            let c = self.scanner.peek_at(ahead + at);
            c.is_some_and(|c| c.c.is_whitespace() && !c.plain)
        };
        (0..).take_while(is_space).count()
    }

    /// How many characters a sign of comparison has that stands so far ahead,
    /// with white space between it and its number.
    pub(super) fn comparison(&self, ahead: usize) -> usize {
        let sign = |at: &usize| self.scanner.peek_at(ahead + at).is_some_and(compares);
        let sign = (0..).take_while(sign).count();
        let length = sign + self.spaces(ahead + sign);
        let behind = self.scanner.peek_at(ahead + length);
        match behind.is_some_and(|c| c.c.is_ascii_digit() && !c.plain) {
            true if sign > 0 => length,
            _ => 0,
        }
    }
}

/// A name before what it asks.
struct Name {
    text: String,
    /// What it names, if it is a field's.
    named: Option<fields::Named>,
    /// How many characters it has with its colon and the space behind.
    length: usize,
    /// Whether it has a colon, or what stands for one.
    colon: bool,
}

/// Whether a character is of a sign that compares numbers or dates.
fn compares(c: Char) -> bool {
    ['<', '>', '=', '≤', '≥'].iter().any(|sign| c.is(*sign))
}

/// Whether a field's values are numbers or dates.
pub(super) fn is_ordered(row: usize) -> bool {
    !matches!(FIELDS[row].kind, Kind::Text | Kind::Keyword)
}

/// Whether what stands before a colon looks like a field's name, not like an
/// abbreviation with an ending (`ELY:n`) or a time.
fn is_name(name: &str) -> bool {
    name.chars().count() > 2
        && name.chars().any(char::is_lowercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || "._- ".contains(c))
}
