//! The text as numbered lines.
//!
//! Apart because the parser looks ahead: headings and table rows are judged by
//! what follows them. A line ends in LF, CRLF or CR; nothing else ends one.
//! Spans are trimmed; no text is copied.

use memchr::memchr2;

/// Where the trimmed text of a line stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
}

/// A text cut into lines.
pub(super) struct Page<'t> {
    text: &'t str,
    spans: Vec<Span>,
    blanks: usize,
}

impl<'t> Page<'t> {
    /// Cuts `text` into lines.
    pub(super) fn new(text: &'t str) -> Self {
        let mut page = Page {
            text,
            spans: Vec::with_capacity(text.len() / 48),
            blanks: 0,
        };
        for line in lines(text) {
            let offset = page.offset(line);
            let front = line.trim_start();
            let kept = front.trim_end();
            let first = offset + line.len() - front.len();
            page.blanks += usize::from(kept.is_empty());
            page.spans.push(Span {
                start: first,
                end: first + kept.len(),
            });
        }
        page
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The trimmed text of a line; empty beyond the end.
    pub(super) fn line(&self, line: usize) -> &'t str {
        self.spans
            .get(line)
            .map_or("", |s| &self.text[s.start..s.end])
    }

    /// Whether the line holds nothing, or does not exist.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.spans.get(line).is_none_or(|s| s.start == s.end)
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
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr2(b'\n', b'\r', rest.as_bytes());
        let end = end.or((!rest.is_empty()).then_some(rest.len()))?;
        let (line, after) = rest.split_at(end);
        rest = match after.strip_prefix("\r\n") {
            Some(after) => after,
            None => after.get(1..).unwrap_or_default(),
        };
        Some(line)
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
