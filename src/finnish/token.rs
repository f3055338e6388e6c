//! The tokenizer: text in, words in normal form out, each with its place in the text.
//!
//! Made for project descriptions typed and pasted by many hands. A hyphenated compound or name is
//! one token however its hyphen is written, figures and addresses stay whole, and the halves of
//! elided compounds say which word completes them. The same code reads documents and queries.
//! Reading is total and linear. What a word means, its base form or its parts, is not known here.

use std::borrow::Cow;

use super::letter::{Class, class};
use super::scan::{Scanner, cut};

/// The longest form in bytes; what is longer is cut at a character.
pub const MAX_FORM: usize = 512;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A word, possibly with hyphens, an apostrophe or a colon ending.
    Word,
    /// A figure, a date or a range of them.
    Number,
    /// An e-mail or web address.
    Address,
    /// A project code such as `S20015`.
    Code,
    /// The first half of an elided compound: `työllistymis-` (form without the hyphen).
    Front,
    /// The second half of an elided compound: `-kriteereiden` (form without the hyphen).
    Back,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// The normal form: lower case, NFC, plain hyphens, nothing invisible.
    pub form: Cow<'a, str>,
    /// Where the token starts in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its number in the text, from 0.
    pub position: u32,
    /// What it looks like.
    pub shape: Shape,
    /// The byte range of the word that completes a [`Shape::Front`] or [`Shape::Back`];
    /// of others the part before the first hyphen that a space stands before, which is a
    /// word of its own too: `avain` in `Oma avain -hanke`.
    pub link: Option<(usize, usize)>,
}

/// Memory that is used again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    form: String,
}

/// Calls `each` for every token of the text; the quick way, without allocation.
pub fn for_each_token(text: &str, scratch: &mut Scratch, mut each: impl FnMut(Token<'_>)) {
    let mut scanner = Scanner::new(text, std::mem::take(&mut scratch.form));
    while let Some(found) = scanner.step() {
        each(scanner.token(found));
    }
    scratch.form = scanner.form;
}

/// The tokens of a text, each able to outlive the iterator.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut scanner = Scanner::new(text, String::new());
    std::iter::from_fn(move || {
        let found = scanner.step()?;
        let form = match found.plain {
            true => Cow::Borrowed(cut(&text[found.start..found.end])),
            false => Cow::Owned(cut(&scanner.form).to_owned()),
        };
        Some(found.into_token(form))
    })
}

/// Tells whether a normal form is a project code.
pub fn is_code(form: &str) -> bool {
    match form.as_bytes() {
        [b's' | b'a', digits @ ..] => digits.len() == 5 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// What a lone character is, for callers that cut text at words.
pub fn is_word_char(ch: char) -> bool {
    matches!(class(ch), Class::Letter | Class::Digit)
}
