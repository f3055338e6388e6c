//! Typed text → tokens with their places.
//!
//! A token ends at white space and at quotes; parentheses count where a word
//! begins or a group can end, not inside of a word. A backslash takes its
//! special meaning from the character behind it.

/// A character of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Char {
    pub(super) c: char,
    /// Whether a backslash stands before it.
    pub(super) plain: bool,
}

impl Char {
    /// Whether it is this character with its special meaning.
    pub(super) fn is(self, c: char) -> bool {
        !self.plain && self.c == c
    }

    pub(super) fn is_quote(self) -> bool {
        !self.plain && is_quote(self.c)
    }
}

/// A query's characters, and how far they were read.
pub(super) struct Scanner {
    chars: Vec<Char>,
    /// Where each of them stands in the typed text, and where that ends.
    places: Vec<usize>,
    at: usize,
}

/// Quotes of all kinds are alike.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„' | '»' | '«')
}

impl Scanner {
    /// Reads the first `most` characters; tells too if there are more.
    pub(super) fn new(typed: &str, most: usize) -> (Self, bool) {
        let (mut chars, mut places) = (Vec::new(), Vec::new());
        let mut typed = typed.chars().enumerate();
        let mut more = false;
        while let Some((at, c)) = typed.next() {
            if at >= most {
                more = true;
                break;
            }
            places.push(at);
            let escaped = (c == '\\').then(|| typed.next()).flatten();
            chars.push(match escaped {
                Some((_, c)) => Char { c, plain: true },
                None => Char { c, plain: false },
            });
        }
        places.push(most.min(places.last().map_or(0, |at| at + 1)));
        let scanner = Self {
            chars,
            places,
            at: 0,
        };
        (scanner, more)
    }

    /// Where it stands in the typed text.
    pub(super) fn place(&self) -> usize {
        self.place_of(self.at)
    }

    /// Where a character stands in the typed text.
    pub(super) fn place_of(&self, at: usize) -> usize {
        self.places.get(at).copied().unwrap_or_default()
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn peek(&self) -> Option<Char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<Char> {
        self.chars.get(self.at + ahead).copied()
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Goes to the next character that is no white space, and gives it.
    pub(super) fn skip_space(&mut self) -> Option<Char> {
        while self.peek().is_some_and(|c| c.c.is_whitespace()) {
            self.advance();
        }
        self.peek()
    }

    /// The characters of the word that begins here, without reading them. A
    /// parenthesis ends it that was not opened in it.
    pub(super) fn word(&self) -> &[Char] {
        self.word_at(0)
    }

    /// The same of the word that begins so far ahead.
    pub(super) fn word_at(&self, ahead: usize) -> &[Char] {
        let rest = &self.chars[(self.at + ahead).min(self.chars.len())..];
        let mut open = 0_usize;
        let ends = |c: &Char| {
            if c.is('(') {
                open += 1;
            } else if c.is(')') {
                match open.checked_sub(1) {
                    Some(fewer) => open = fewer,
                    None => return true,
                }
            }
            c.is_quote() || c.c.is_whitespace() && !c.plain
        };
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        &rest[..end]
    }

    /// The text in the quotes that open here and how many characters it has with
    /// them, without reading it; nothing if they don't open or close.
    pub(super) fn in_quotes(&self) -> Option<(String, usize)> {
        let (first, rest) = self.chars.get(self.at..)?.split_first()?;
        let length = rest.iter().position(|c| c.is_quote())?;
        first
            .is_quote()
            .then(|| (text(&rest[..length]), length + 2))
    }
}

/// Characters as text: white space in a row is one space.
pub(super) fn text(chars: &[Char]) -> String {
    let mut text = String::with_capacity(chars.len());
    for c in chars {
        if !c.c.is_whitespace() {
            text.push(c.c);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    text.trim().to_owned()
}
