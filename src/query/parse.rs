//! Tokens → tree, by recursive descent; never fails.
//!
//! From the tightest to the loosest: a field's name, a sign or `EI`; `JA`;
//! `TAI`; side by side. What has no sense where it stands is taken as a word,
//! and the remark says where. Single tokens are read in `word` and `tail`.

use super::operator::Operator;
use super::scan::{Scanner, text};
use super::tree::{Item, Node, Query, Remark, Sign, tidied};
use super::{MAX_CHARS, MAX_DEPTH, MAX_PARTS};

/// Reads a query.
#[must_use]
pub fn parse(typed: &str) -> Query {
    let (scanner, more) = Scanner::new(typed, MAX_CHARS);
    let mut parser = Parser {
        scanner,
        parts: 0,
        remarks: Vec::new(),
    };
    if more {
        parser.remark(
            MAX_CHARS,
            format!("only the first {MAX_CHARS} characters were read"),
        );
    }
    let items = parser.items(Context::default(), false);
    parser.remarks.sort_by_key(|remark| remark.at);
    Query {
        items,
        remarks: parser.remarks,
    }
}

/// Where in the tree something stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) depth: usize,
    /// The field whose values words are here.
    pub(super) field: Option<usize>,
}

impl Context {
    pub(super) fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

pub(super) struct Parser {
    pub(super) scanner: Scanner,
    parts: usize,
    remarks: Vec<Remark>,
}

impl Parser {
    /// How many remarks there are.
    pub(super) fn remarks(&self) -> usize {
        self.remarks.len()
    }

    pub(super) fn remark(&mut self, at: usize, what: String) {
        self.remarks.push(Remark { at, what });
    }

    /// Items up to the end, or to the parenthesis that closes them.
    pub(super) fn items(&mut self, context: Context, inner: bool) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        while let Some(next) = self.scanner.skip_space() {
            if next.is(')') {
                if inner {
                    break;
                }
                let at = self.scanner.place();
                self.remark(at, "nothing was opened that “)” could close".to_owned());
                self.scanner.advance();
                continue;
            }
            if self.is_tail(items.last()) {
                let node = self.tail();
                items.push(Item {
                    sign: Sign::Plain,
                    node,
                });
            } else if let Some(item) = self.any(context) {
                items.push(item);
            }
            items = tidied(items);
        }
        items
    }

    /// Parts joined by `TAI`.
    pub(super) fn any(&mut self, context: Context) -> Option<Item> {
        let mut parts: Vec<Item> = self.all(context).into_iter().collect();
        while self.joins(Operator::Or) {
            parts.extend(self.all(context));
        }
        joined(parts, Node::any)
    }

    /// Parts joined by `JA`.
    pub(super) fn all(&mut self, context: Context) -> Option<Item> {
        let mut parts: Vec<Item> = self.part(context).into_iter().collect();
        while self.joins(Operator::And) {
            parts.extend(self.part(context));
        }
        joined(parts, Node::all)
    }

    /// One part with its sign or `EI`.
    pub(super) fn part(&mut self, context: Context) -> Option<Item> {
        let next = self.scanner.skip_space()?;
        let at = self.scanner.place();
        let before = self.scanner.at();
        if let Some((operator, length)) = self.operator() {
            self.scanner.go_to(before + length);
            let more = self.scanner.skip_space().is_some_and(|c| !c.is(')'));
            let joins = matches!(self.operator(), Some((Operator::And | Operator::Or, _)));
            if operator == Operator::Not && more && !joins {
                if context.depth < MAX_DEPTH {
                    let inner = self.part(context.deeper())?;
                    return Some(plain(Node::Not(Box::new(unsigned(inner)))));
                }
                self.remark(
                    at,
                    format!("left out: there are more than {MAX_DEPTH} in one another"),
                );
                return None;
            }
            self.scanner.go_to(before);
            let word = text(&self.scanner.word()[..length]);
            self.remark(
                at,
                format!("{word} has nothing to join here and was taken as a word"),
            );
            self.scanner.go_to(before + length);
            return self.counted(at, Node::Words(word)).map(plain);
        }
        let signed = self
            .scanner
            .peek_at(1)
            .is_some_and(|c| !c.c.is_whitespace() && !c.is(')'));
        let sign = match next {
            c if c.is('+') && signed => Sign::Must,
            c if c.is('-') && signed => Sign::Without,
            _ => Sign::Plain,
        };
        if sign != Sign::Plain {
            self.scanner.advance();
        }
        let node = self.operand(context)?;
        Some(Item { sign, node })
    }

    /// A group, a phrase or a word.
    pub(super) fn operand(&mut self, context: Context) -> Option<Node> {
        let at = self.scanner.place();
        let next = self.scanner.peek()?;
        if next.is('(') {
            return self.parentheses(context);
        }
        if context.field.is_none()
            && let Some(node) = self.named(context)
        {
            return node;
        }
        if next.is_quote() {
            return self.phrase(context);
        }
        if let Some(field) = context.field {
            return self.value(field);
        }
        let word = self.scanner.word();
        let (length, node) = (word.len().max(1), self.word(at));
        self.scanner.go_to(self.scanner.at() + length);
        self.counted(at, node)
    }

    pub(super) fn parentheses(&mut self, context: Context) -> Option<Node> {
        let at = self.scanner.place();
        self.scanner.advance();
        if context.depth >= MAX_DEPTH {
            self.remark(
                at,
                format!("left out: there are more than {MAX_DEPTH} in one another"),
            );
            return None;
        }
        let items = self.items(context.deeper(), true);
        match self.scanner.peek() {
            Some(_) => self.scanner.advance(),
            None => self.remark(at, "the parenthesis is never closed".to_owned()),
        }
        let listed = context.field.is_some() && items.iter().all(|item| item.sign == Sign::Plain);
        match listed {
            true => Node::any(items.into_iter().map(|item| item.node).collect()),
            false => Node::group(items),
        }
    }

    /// The node, unless there are too many already.
    pub(super) fn counted(&mut self, at: usize, node: Node) -> Option<Node> {
        self.parts += usize::from(!matches!(node, Node::Words(_)));
        if self.parts == MAX_PARTS + 1 && !matches!(node, Node::Words(_)) {
            self.remark(at, format!("only the first {MAX_PARTS} parts were read"));
        }
        (self.parts <= MAX_PARTS).then_some(node)
    }
}

pub(super) fn plain(node: Node) -> Item {
    Item {
        sign: Sign::Plain,
        node,
    }
}

/// An item as a part of `JA`, `TAI` or `EI`.
fn unsigned(item: Item) -> Node {
    match item.sign {
        Sign::Without => Node::Not(Box::new(item.node)),
        Sign::Plain | Sign::Must => item.node,
    }
}

fn joined(mut parts: Vec<Item>, join: fn(Vec<Node>) -> Option<Node>) -> Option<Item> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => join(parts.into_iter().map(unsigned).collect()).map(plain),
    }
}
