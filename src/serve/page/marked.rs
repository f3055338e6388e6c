//! Texts with the words found in them, as a template takes them: pieces that
//! are marked or not. The template escapes each; nothing is ever pasted.

use std::ops::Range;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::search::Marker;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    text: String,
    found: bool,
}

/// A text in pieces; writes itself as HTML, each piece escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(
    source = "{% for piece in pieces %}{% if piece.found %}<mark>{{ piece.text }}</mark>\
              {% else %}{{ piece.text }}{% endif %}{% endfor %}",
    ext = "html"
)]
pub(super) struct Marked {
    pieces: Vec<Piece>,
}

/// It is HTML already.
impl HtmlSafe for Marked {}

impl Marked {
    /// A text with these ranges of it marked.
    pub(super) fn of(text: &str, found: &[Range<usize>]) -> Self {
        Self {
            pieces: pieces(text, found),
        }
    }
}

/// Cuts a text into pieces.
fn pieces(text: &str, found: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, found| {
        if let Some(part) = text.get(range).filter(|part| !part.is_empty()) {
            let text = part.to_owned();
            pieces.push(Piece { text, found });
        }
    };
    let mut at = 0;
    for range in found {
        push(at..range.start, false);
        push(range.clone(), true);
        at = range.end;
    }
    push(at..text.len(), false);
    pieces
}

/// The paragraphs of a text: its lines that are not blank.
pub(super) fn paragraphs(text: &str, marker: Option<&mut Marker<'_>>) -> Vec<Marked> {
    let found = marker.map_or_else(Vec::new, |marker| marker.ranges(text));
    let mut start = 0;
    let mut all = Vec::new();
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        if line.trim().is_empty() {
            continue;
        }
        let within = found
            .iter()
            .filter(|r| range.start <= r.start && r.end <= range.end);
        let within = within.map(|r| r.start - range.start..r.end - range.start);
        let within: Vec<_> = within.collect();
        all.push(Marked::of(line.trim_end(), &within));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_whole_text() {
        let cut = pieces("yksi kaksi", std::slice::from_ref(&(5..10)));
        let texts: Vec<_> = cut.iter().map(|p| (p.text.as_str(), p.found)).collect();
        assert_eq!(texts, [("yksi ", false), ("kaksi", true)]);
        let html = Marked::of("<b>&\"", std::slice::from_ref(&(0..3))).to_string();
        assert_eq!(html, "<mark>&#60;b&#62;</mark>&#38;&#34;");
        assert_eq!(paragraphs("a\n\n b \n", None).len(), 2);
    }
}
