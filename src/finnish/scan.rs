//! The scanner: walks a text once and finds its tokens.
//!
//! Apart from the tokens it finds because here is the walking: the quick way for plain words, the
//! careful one for everything else, and the memory of the sentence that halves of words need. What
//! ties words together is known to `link`, what a figure is to `number`.

use std::borrow::Cow;

use super::letter::{Class, glyph, push_normal};
use super::link::{self, Link};
use super::token::{MAX_FORM, Shape, Token, is_code};
use super::{address, number};

/// A form no longer than terms may be.
pub(super) fn cut(form: &str) -> &str {
    if form.len() <= MAX_FORM {
        return form;
    }
    &form[..form.floor_char_boundary(MAX_FORM)]
}

/// A token whose form is either the text itself or waits in the scanner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    position: u32,
    shape: Shape,
    link: Option<(usize, usize)>,
    /// Whether the form is the text itself.
    pub(super) plain: bool,
}

impl Found {
    /// The token with its form.
    pub(super) fn into_token(self, form: Cow<'_, str>) -> Token<'_> {
        Token {
            form,
            start: self.start,
            end: self.end,
            position: self.position,
            shape: self.shape,
            link: self.link,
        }
    }
}

/// Walks a text once.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    position: u32,
    /// The form of the last token, unless it is plain.
    pub(super) form: String,
    /// Before this place no address begins.
    no_address: usize,
    /// The last words of this sentence, the newest first.
    before: [Option<(usize, usize)>; 3],
    /// Whether a comma stands after the last word.
    comma: bool,
    /// Where the last figure ended.
    figure: Option<usize>,
}

/// What a byte means where a word might begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Letter,
    Digit,
    Space,
    Comma,
    Break,
    Hyphen,
    Other,
    Wide,
}

const BYTES: [Byte; 256] = byte_table();

const fn byte_table() -> [Byte; 256] {
    let mut table = [Byte::Other; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b' ' | b'\t' => Byte::Space,
            b',' => Byte::Comma,
            b'-' => Byte::Hyphen,
            b'\n' | b'\r' | b'\x0b' | b'\x0c' | b'.' | b'!' | b'?' | b';' | b':' => Byte::Break,
            0x80.. => Byte::Wide,
            _ => Byte::Other,
        };
        i += 1;
    }
    table
}

impl<'t> Scanner<'t> {
    /// A scanner at the start of a text, with memory for forms.
    pub(super) fn new(text: &'t str, form: String) -> Self {
        Scanner {
            text,
            at: 0,
            position: 0,
            form,
            no_address: 0,
            before: [None; 3],
            comma: false,
            figure: None,
        }
    }

    /// The token that was found last.
    pub(super) fn token(&self, found: Found) -> Token<'_> {
        let form = match found.plain {
            true => &self.text[found.start..found.end],
            false => self.form.as_str(),
        };
        found.into_token(Cow::Borrowed(cut(form)))
    }

    /// The next token.
    pub(super) fn step(&mut self) -> Option<Found> {
        let bytes = self.text.as_bytes();
        loop {
            let &byte = bytes.get(self.at)?;
            match BYTES[usize::from(byte)] {
                Byte::Letter => return Some(self.word_at(self.at)),
                Byte::Digit => return Some(self.assemble(self.at)),
                Byte::Space | Byte::Other => self.at += 1,
                Byte::Comma => {
                    self.comma = true;
                    self.at += 1;
                }
                Byte::Break => {
                    self.forget();
                    self.at += 1;
                }
                Byte::Hyphen => {
                    if let Some(found) = self.hyphen() {
                        return Some(found);
                    }
                }
                Byte::Wide => {
                    if let Some(found) = self.wide() {
                        return Some(found);
                    }
                }
            }
        }
    }

    /// A character outside ASCII where a word might begin.
    fn wide(&mut self) -> Option<Found> {
        let bytes = self.text.as_bytes();
        if bytes[self.at] == 0xc3 && !matches!(bytes[self.at + 1], 0x97 | 0xb7) {
            return Some(self.word_at(self.at));
        }
        let g = glyph(self.text, self.at)?;
        match g.class {
            Class::Letter => return Some(self.assemble(self.at)),
            Class::Hyphen => return self.hyphen(),
            Class::Newline => self.forget(),
            _ => {}
        }
        self.at = g.next;
        None
    }

    /// A hyphen that no word stands before: a bullet, a dash, or the mark of a second half.
    fn hyphen(&mut self) -> Option<Found> {
        let g = glyph(self.text, self.at)?;
        self.at = g.next;
        let next = glyph(self.text, g.next)?;
        if next.class != Class::Letter {
            return None;
        }
        let whole = self.whole_before();
        let mut found = self.assemble(g.next);
        if let Some(whole) = whole
            && found.shape == Shape::Word
        {
            found.shape = Shape::Back;
            found.link = Some(whole);
            self.before[0] = Some(whole);
        }
        Some(found)
    }

    /// The word whose second half is written anew, if a comma or a conjunction stands between.
    fn whole_before(&self) -> Option<(usize, usize)> {
        if self.comma {
            return self.before[0];
        }
        let between = |range: &(usize, usize)| link::is_conjunction(&self.text[range.0..range.1]);
        let mut words = self
            .before
            .iter()
            .flatten()
            .skip_while(|range| between(range));
        let whole = *words.next()?;
        (self.before[0] != Some(whole)).then_some(whole)
    }

    fn forget(&mut self) {
        self.before = [None; 3];
        self.comma = false;
    }

    /// Records a token and makes the scanner go on behind it.
    fn found(&mut self, range: (usize, usize), shape: Shape, plain: bool) -> Found {
        let position = self.position;
        self.position = position.saturating_add(1);
        self.at = range.1;
        self.before = [Some(range), self.before[0], self.before[1]];
        self.comma = false;
        let digits = shape == Shape::Number && self.form.bytes().all(|b| b.is_ascii_digit());
        self.figure = digits.then_some(range.1);
        Found {
            start: range.0,
            end: range.1,
            position,
            shape,
            link: None,
            plain,
        }
    }

    /// The word at `start`: at once when it is Western letters only and nothing hangs on it.
    fn word_at(&mut self, start: usize) -> Found {
        let bytes = self.text.as_bytes();
        let (mut at, mut small, mut wide) = (start, true, false);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                small &= byte & 0x20 != 0;
                at += 1;
            } else if byte == 0xc3 && !matches!(bytes[at + 1], 0x97 | 0xb7) {
                small &= bytes[at + 1] >= 0xa0;
                wide = true;
                at += 2;
            } else {
                break;
            }
        }
        if !ends_cleanly(bytes, at) {
            return self.assemble(start);
        }
        if !small {
            self.form.clear();
            if wide {
                push_normal(&self.text[start..at], &mut self.form);
            } else {
                self.form.push_str(&self.text[start..at]);
                self.form.make_ascii_lowercase();
            }
        }
        self.found((start, at), Shape::Word, small)
    }

    /// The token at `start`, put together from everything that hangs on its first piece.
    fn assemble(&mut self, start: usize) -> Found {
        self.form.clear();
        if start >= self.no_address {
            match address::scan(self.text, start, &mut self.form) {
                Ok(end) => return self.found((start, end), Shape::Address, false),
                Err(until) => self.no_address = until,
            }
        }
        let grouped = self.figure.is_none_or(|end| !self.one_space(end, start));
        let (mut end, mut figure) = self.piece(start, grouped);
        let (mut half, mut apart) = (None, None);
        loop {
            let link = link::after(self.text, end, &self.form);
            if matches!(link, Link::Apart(_)) {
                apart = apart.or(Some((start, end)));
            }
            match link {
                Link::Hyphen(next) | Link::Apart(next) => {
                    self.form.push('-');
                    let (to, number) = self.piece(next, figure);
                    (end, figure) = (to, figure && number);
                }
                Link::Apostrophe(next) => {
                    self.form.push('\'');
                    end = self.piece(next, false).0;
                }
                Link::Ending(to) => {
                    push_normal(&self.text[end..to], &mut self.form);
                    end = to;
                    break;
                }
                Link::Half(to) if !figure || link::completed_by(self.text, to).is_some() => {
                    half = Some(to);
                    break;
                }
                Link::None | Link::Half(_) => break,
            }
        }
        match half {
            Some(to) => self.front(start, to),
            None => Found {
                link: apart,
                ..self.whole(start, end, figure)
            },
        }
    }

    fn front(&mut self, start: usize, end: usize) -> Found {
        let mut found = self.found((start, end), Shape::Front, false);
        found.link = link::completed_by(self.text, end);
        found
    }

    fn whole(&mut self, start: usize, mut end: usize, figure: bool) -> Found {
        if figure
            && let Some(sign) = number::percent(self.text, end)
            && let Some(to) = link::colon_ending(self.text, sign)
        {
            end = to;
        }
        let shape = match figure {
            true => Shape::Number,
            false if is_code(&self.form) => Shape::Code,
            false => Shape::Word,
        };
        self.found((start, end), shape, false)
    }

    /// Adds one piece without hyphens to the form; gives its end and whether it is a figure.
    fn piece(&mut self, start: usize, grouped: bool) -> (usize, bool) {
        let end = link::word_end(self.text, start);
        let digit = self
            .text
            .as_bytes()
            .get(start)
            .is_some_and(u8::is_ascii_digit);
        if digit {
            let len = self.form.len();
            let stop = number::scan(self.text, start, grouped, &mut self.form);
            if stop >= end {
                return (stop, true);
            }
            self.form.truncate(len);
        }
        push_normal(&self.text[start..end], &mut self.form);
        (end, false)
    }

    fn one_space(&self, from: usize, to: usize) -> bool {
        glyph(self.text, from).is_some_and(|g| g.class == Class::Space && g.next == to)
    }
}

/// Tells whether a word of Western letters that stops at `at` is whole without a closer look.
fn ends_cleanly(bytes: &[u8], at: usize) -> bool {
    let next = |i: usize| bytes.get(at + i).copied().unwrap_or(b'\n');
    match next(0) {
        b' ' => match next(1) {
            b'-' | b' ' | b'\t' => false,
            b'(' | b'[' => next(2) | 0x20 != b'a',
            byte => byte < 0x80 || byte == 0xc3,
        },
        b'.' => matches!(next(1), b' ' | b'\n' | b'\r' | b')' | b'"' | b','),
        b',' | b'\n' | b'\r' | b')' | b'"' | b'!' | b'?' | b';' => {
            next(1) < 0x80 || next(1) == 0xc3
        }
        _ => false,
    }
}
