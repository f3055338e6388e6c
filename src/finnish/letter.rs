//! Letters: what a character is to the tokenizer, and the one normal form of a word.
//!
//! Apart from the tokenizer because these are facts about writing, not about words: which dashes
//! are hyphens, which characters nobody sees, how a letter becomes small. A word is normal when it
//! is lower case, NFC, free of invisible characters, and has `-` and `'` for all their cousins.
//! It knows nothing of where words begin and end.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character means for finding words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter of any script.
    Letter,
    /// A decimal digit 0-9; other numerals count as letters.
    Digit,
    /// A hyphen or a dash of any width.
    Hyphen,
    /// An apostrophe, straight or curly.
    Apostrophe,
    /// White space inside a line, of any width.
    Space,
    /// The end of a line.
    Newline,
    /// Everything else.
    Other,
}

/// One character as it is seen: with the marks and invisible characters that follow it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// What it is.
    pub(super) class: Class,
    /// Its first character.
    pub(super) ch: char,
    /// Where the next one starts.
    pub(super) next: usize,
}

/// Letters whose lower case is not what a Finnish reader would search for.
const FOLDS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('ẞ', "ss"),
    ('ſ', "s"),
    ('ς', "σ"),
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
    ('ﬅ', "st"),
    ('ﬆ', "st"),
];

/// The dot that lower-casing leaves above a Turkish capital İ.
const DOT_ABOVE: char = '\u{307}';

/// Tells whether a character is there without being seen.
pub(super) fn is_invisible(ch: char) -> bool {
    matches!(ch,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn is_hyphen(ch: char) -> bool {
    matches!(
        ch,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn is_apostrophe(ch: char) -> bool {
    matches!(
        ch,
        '\'' | '\u{1ffd}' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '\u{ff07}'
    )
}

/// What one character is by itself.
pub(super) fn class(ch: char) -> Class {
    match ch {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Newline,
        ' ' | '\t' | '\u{a0}' => Class::Space,
        c if is_hyphen(c) => Class::Hyphen,
        c if is_apostrophe(c) => Class::Apostrophe,
        c if c.is_ascii() => Class::Other,
        c if c.is_alphanumeric() => Class::Letter,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

/// The glyph that starts at byte `at`, or none at the end of the text.
pub(super) fn glyph(text: &str, at: usize) -> Option<Glyph> {
    let bytes = text.as_bytes();
    let first = *bytes.get(at)?;
    if first < 0x80 && bytes.get(at + 1).is_none_or(|&b| b < 0x80) {
        let ch = char::from(first);
        return Some(Glyph {
            class: class(ch),
            ch,
            next: at + 1,
        });
    }
    let mut chars = text.get(at..)?.chars();
    let ch = chars.next()?;
    let mut next = at + ch.len_utf8();
    for c in chars {
        if c < '\u{ad}' || !(is_invisible(c) || is_combining_mark(c)) {
            break;
        }
        next += c.len_utf8();
    }
    Some(Glyph {
        class: class(ch),
        ch,
        next,
    })
}

/// Adds the normal form of a piece of text to `out`.
pub(super) fn push_normal(piece: &str, out: &mut String) {
    if piece.is_ascii() {
        out.extend(piece.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    if piece
        .bytes()
        .all(|b| b < 0x80 || b == 0xc3 || (0x80..0xc0).contains(&b))
    {
        push_latin(piece, out);
        return;
    }
    let seen = piece.chars().filter(|&c| !is_invisible(c)).nfd();
    let mut after_i = false;
    let small = seen.flat_map(Small::of).filter(move |&c| {
        if is_combining_mark(c) {
            return !(after_i && c == DOT_ABOVE);
        }
        after_i = c == 'i';
        true
    });
    out.extend(small.nfc());
}

/// Western letters of two bytes: no marks, no invisible characters, case one bit away.
fn push_latin(piece: &str, out: &mut String) {
    for c in piece.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'À'..='Ö' | 'Ø'..='Þ' => out.extend(c.to_lowercase()),
            _ => out.push(c.to_ascii_lowercase()),
        }
    }
}

/// The normal form of a piece of text: see the head of this file.
pub fn normal(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    push_normal(piece, &mut out);
    out
}

/// The characters that one character becomes.
enum Small {
    Table(std::str::Chars<'static>),
    Lower(std::char::ToLowercase),
    One(Option<char>),
}

impl Small {
    fn of(ch: char) -> Self {
        if ch.is_ascii() {
            return Small::One(Some(ch.to_ascii_lowercase()));
        }
        if let Some((_, to)) = FOLDS.iter().find(|(from, _)| *from == ch) {
            return Small::Table(to.chars());
        }
        match class(ch) {
            Class::Hyphen => Small::One(Some('-')),
            Class::Apostrophe => Small::One(Some('\'')),
            _ => Small::Lower(ch.to_lowercase()),
        }
    }
}

impl Iterator for Small {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Small::Table(chars) => chars.next(),
            Small::Lower(chars) => chars.next(),
            Small::One(ch) => ch.take(),
        }
    }
}
