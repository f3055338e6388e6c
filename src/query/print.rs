//! A tree → a query that reads back as the same tree.
//!
//! What has a special meaning gets a backslash wherever it could have it;
//! what is made of several parts gets parentheses wherever it is a part.

use std::fmt::{self, Write};

use crate::index::fields::FIELDS;

use super::scan::is_quote;
use super::tree::{Item, Node, Query, Sign};
use super::values::Test;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        items(f, &self.items)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(text) => words(f, text),
            Self::Phrase(text, slop) => {
                quoted(f, text)?;
                match slop {
                    0 => Ok(()),
                    slop => write!(f, "~{slop}"),
                }
            }
            // Behind the name of a field it would be a value.
            Self::Exact(text) if text.starts_with(|c: char| c.is_ascii_digit()) => {
                write!(f, "=\\{}", Escaped(text))
            }
            Self::Exact(text) => write!(f, "={}", Escaped(text)),
            Self::Prefix(text) => write!(f, "{}*", Escaped(text)),
            Self::Suffix(text) => write!(f, "*{}", Escaped(text)),
            Self::Typo(text) => write!(f, "{}~", Escaped(text)),
            Self::Value(row, test) => value(f, FIELDS[*row].key, test),
            Self::In(name, node) => {
                write!(f, "{name}:")?;
                match **node {
                    Self::In(..) | Self::Value(..) | Self::Not(_) => write!(f, "({node})"),
                    _ => operand(f, node),
                }
            }
            Self::All(nodes) => joined(f, nodes, " JA "),
            Self::Any(nodes) => joined(f, nodes, " TAI "),
            Self::Not(node) => {
                f.write_str("EI ")?;
                operand(f, node)
            }
            Self::Group(inner) => items(f, inner),
        }
    }
}

fn items(f: &mut fmt::Formatter<'_>, items: &[Item]) -> fmt::Result {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            f.write_char(' ')?;
        }
        match (item.sign, &item.node) {
            (Sign::Plain, Node::Words(text)) => words(f, text)?,
            (Sign::Plain, node) => operand(f, node)?,
            (Sign::Must, node) => {
                f.write_char('+')?;
                operand(f, node)?;
            }
            // Behind a word a hyphen could belong to a compound.
            (Sign::Without, node) => {
                f.write_str("EI ")?;
                operand(f, node)?;
            }
        }
    }
    Ok(())
}

fn joined(f: &mut fmt::Formatter<'_>, nodes: &[Node], with: &str) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            f.write_str(with)?;
        }
        operand(f, node)?;
    }
    Ok(())
}

/// A node as a part of another: in parentheses if it has parts itself.
fn operand(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    let parts = match node {
        Node::Words(text) => text.contains(' '),
        Node::All(_) | Node::Any(_) | Node::Group(_) => true,
        _ => false,
    };
    match parts {
        true => write!(f, "({node})"),
        false => write!(f, "{node}"),
    }
}

fn value(f: &mut fmt::Formatter<'_>, key: &str, test: &Test) -> fmt::Result {
    write!(f, "{key}:")?;
    match test {
        Test::Is(text) => quoted(f, text),
        Test::Begins(text) => write!(f, "{}*", Escaped(text)),
        Test::Range(..) | Test::Known => write!(f, "{test}"),
    }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if is_quote(c) || c == '\\' {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

fn words(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            f.write_char(' ')?;
        }
        let joins = number == 0 && are_thousands(word);
        if joins || super::operator::operator(word).is_some() {
            f.write_char('\\')?;
        }
        write!(f, "{}", Escaped(word))?;
    }
    Ok(())
}

/// Whether a word would go on with a number that stands before it.
fn are_thousands(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3 && matches!(word[3..].chars().next(), None | Some('.' | '€'))
}

/// A text in which nothing has a special meaning.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, c) in self.0.char_indices() {
            let special = "\\():*~ <>=≤≥".contains(c) || is_quote(c);
            if special || at == 0 && matches!(c, '+' | '-') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::index::fields;

    /// Numbers that decide what a made-up tree is like.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % sides
        }

        fn word(&mut self) -> String {
            let words = [
                "nuoret",
                "TE",
                "-toimisto",
                "JA",
                "EI",
                "a:b",
                "+1",
                "=x",
                "o*",
                "x~",
                "(at)",
                "\"",
                "\\",
                "tila:",
                "tila",
                "rahoitus",
                "rahoitus>5",
                ">=",
                "<5",
                "työ-",
                "2014–2020",
                "NOT(",
                "”lainaus”",
            ];
            let at = usize::try_from(self.roll(words.len() as u64)).unwrap();
            words[at].to_owned()
        }

        fn row(&mut self, wanted: fn(&fields::Field) -> bool) -> usize {
            let rows: Vec<usize> = (0..FIELDS.len()).filter(|r| wanted(&FIELDS[*r])).collect();
            rows[usize::try_from(self.roll(rows.len() as u64)).unwrap()]
        }

        fn value(&mut self) -> Node {
            use fields::Kind::{Keyword, Text};
            if self.roll(2) == 0 {
                let row = self.row(|f| f.kind == Keyword);
                let test = match self.roll(3) {
                    0 => Test::Is(format!("{} {}", self.word(), self.word())),
                    1 => Test::Begins(self.word()),
                    _ => Test::Known,
                };
                return Node::Value(row, test);
            }
            let row = self.row(|f| !matches!(f.kind, Text | Keyword));
            let low = 20_000_101 + self.roll(1000);
            let test = match self.roll(4) {
                0 => Test::Range(Some(low), None),
                1 => Test::Range(None, Some(low)),
                2 => Test::Range(Some(low), Some(low + self.roll(1000))),
                _ => Test::Known,
            };
            Node::Value(row, test)
        }

        fn leaf(&mut self) -> Node {
            match self.roll(8) {
                0 => Node::Words(format!("{} {}", self.word(), self.word())),
                1 => Node::Phrase(
                    format!("{} paja", self.word()),
                    u32::from(self.roll(3) == 0),
                ),
                2 => Node::Exact(format!("kunnan{}", self.word())),
                3 => Node::Prefix(format!("kun{}", self.word())),
                4 => Node::Suffix(format!("palv{}", self.word())),
                5 => Node::Typo(format!("palv{}", self.word())),
                6 => self.value(),
                _ => Node::Words(self.word()),
            }
        }

        fn node(&mut self, depth: u64) -> Node {
            let many = |dice: &mut Self| -> Vec<Node> {
                (0..2 + dice.roll(2))
                    .map(|_| dice.node(depth - 1))
                    .collect()
            };
            match if depth == 0 { 9 } else { self.roll(9) } {
                0 => many(self).into_iter().fold(Vec::new(), fresh(Node::all)),
                1 => many(self).into_iter().fold(Vec::new(), fresh(Node::any)),
                2 => vec![Node::Not(Box::new(self.node(depth - 1)))],
                3 => {
                    let row = self.row(|f| f.kind == fields::Kind::Text);
                    let node = self.node(depth - 1);
                    let inner = Node::group(vec![Item {
                        sign: Sign::Plain,
                        node,
                    }]);
                    let inner = inner.unwrap_or_else(|| Node::Words("x".to_owned()));
                    vec![Node::In(FIELDS[row].key, Box::new(inner))]
                }
                4 | 5 => Node::group(self.items(depth - 1)).into_iter().collect(),
                _ => vec![self.leaf()],
            }
            .pop()
            .unwrap_or_else(|| Node::Words("x".to_owned()))
        }

        fn items(&mut self, depth: u64) -> Vec<Item> {
            let item = |dice: &mut Self| Item {
                sign: [Sign::Plain, Sign::Plain, Sign::Must, Sign::Without]
                    [usize::try_from(dice.roll(4)).unwrap()],
                node: dice.node(depth),
            };
            (0..1 + self.roll(4)).map(|_| item(self)).collect()
        }
    }

    /// Joins nodes one by one, as the parser does.
    fn fresh(join: fn(Vec<Node>) -> Option<Node>) -> impl Fn(Vec<Node>, Node) -> Vec<Node> {
        move |mut before, node| {
            before.push(node);
            join(before).into_iter().collect()
        }
    }

    #[test]
    fn every_tree_prints_as_a_query_that_reads_back_as_itself() {
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        let mut tried = 0;
        while tried < 20_000 {
            let items = super::super::tree::tidied(dice.items(3));
            let query = Query {
                items,
                remarks: Vec::new(),
            };
            let printed = query.to_string();
            if printed.chars().count() > super::super::MAX_CHARS {
                continue;
            }
            tried += 1;
            let again = parse(&printed);
            assert_eq!(again.items, query.items, "{printed}");
        }
    }
}
