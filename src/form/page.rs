//! The text as numbered lines.
//!
//! Apart because the parser looks ahead: headings and table rows are judged by
//! what follows them. A line ends in LF, CRLF or CR; nothing else ends one.
//! Lines are trimmed; no text is copied.

use memchr::memchr2_iter;

/// A text cut into lines.
pub(super) struct Page<'t> {
    text: &'t str,
    /// The trimmed texts of the lines.
    lines: Vec<&'t str>,
    blanks: usize,
}

impl<'t> Page<'t> {
    /// Cuts `text` into lines.
    pub(super) fn new(text: &'t str) -> Self {
        let mut cut = Vec::with_capacity(text.len() / 48);
        let mut blanks = 0;
        for line in lines(text) {
            let line = line.trim();
            blanks += usize::from(line.is_empty());
            cut.push(line);
        }
        Page {
            text,
            lines: cut,
            blanks,
        }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The trimmed text of a line; empty beyond the end.
    pub(super) fn line(&self, line: usize) -> &'t str {
        self.lines.get(line).copied().unwrap_or_default()
    }

    /// Whether the line holds nothing, or does not exist.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.line(line).is_empty()
    }

    /// Whether the lines before and after are blank or absent.
    pub(super) fn stands_alone(&self, line: usize) -> bool {
        (line == 0 || self.is_blank(line - 1)) && self.is_blank(line + 1)
    }

    /// The next line after `line` that holds something.
    pub(super) fn next(&self, line: usize) -> Option<usize> {
        (line + 1..self.len()).find(|&l| !self.is_blank(l))
    }

    /// The last line that holds something, or the first.
    pub(super) fn last(&self) -> usize {
        (0..self.len())
            .rev()
            .find(|&l| !self.is_blank(l))
            .unwrap_or(0)
    }

    /// Whether blank lines part the lines of this page, as they do on most.
    pub(super) fn is_airy(&self) -> bool {
        self.blanks * 4 > self.len()
    }

    /// Where a slice of the source begins in it.
    pub(super) fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    /// The source between two offsets.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        &self.text[start..end]
    }
}

/// The lines of a text without their ends; LF, CRLF and CR end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut ends = memchr2_iter(b'\n', b'\r', bytes);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from;
        let mut end = ends.next();
        // The second half of a CRLF ends no line of its own.
        if end.is_some_and(|end| end + 1 == start && bytes[end] == b'\n') {
            end = ends.next();
        }
        let end = end.or((start < bytes.len()).then_some(bytes.len()))?;
        let is_pair = bytes.get(end..end + 2) == Some(b"\r\n");
        from = end + 1 + usize::from(is_pair);
        text.get(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lines(text).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        assert_eq!(cut("a\nb"), ["a", "b"]);
        assert_eq!(cut("a\r\nb\r\n"), ["a", "b"]);
        assert_eq!(cut("a\rb\r"), ["a", "b"]);
        assert_eq!(cut("a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(cut("a\r\n\r\nb"), ["a", "", "b"]);
        assert_eq!(cut("a\r\rb"), ["a", "", "b"]);
        assert_eq!(cut("a\r\r"), ["a", ""]);
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut("\n"), [""]);
    }

    #[test]
    fn other_separators_do_not_end_a_line() {
        assert_eq!(cut("a\u{2028}b\u{85}c"), ["a\u{2028}b\u{85}c"]);
    }

    #[test]
    fn lines_are_trimmed_of_every_kind_of_space() {
        let page = Page::new(" \u{A0}a b\t\n\u{2009}\n");
        assert_eq!(page.line(0), "a b");
        assert!(page.is_blank(1) && page.is_blank(7));
        assert_eq!(page.next(0), None);
        assert_eq!(page.len(), 2);
    }
}
