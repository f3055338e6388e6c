//! A saved web page of the form → the lines a text copy of it would have.
//!
//! Block elements end lines, table cells stand on one line, scripts, styles
//! and hidden parts are left out. Nothing is fetched. Malformed markup is
//! mended by the parser as a browser would; this file never fails.

use std::borrow::Cow;

use ego_tree::NodeRef;
use encoding_rs::Encoding;
use scraper::node::Element;
use scraper::{Html, Node};

/// Elements whose content no reader of the page sees.
const HIDDEN: [&str; 9] = [
    "script", "style", "noscript", "template", "head", "nav", "iframe", "svg", "select",
];

/// Elements that stand in the middle of a line; all others begin a new one.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// Elements set off by a blank line, as the form's text copies have it.
const SPACED: [&str; 12] = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "section",
];

/// How far into the bytes a declared charset or doctype is looked for, as in
/// the HTML standard's prescan.
const PRESCAN: usize = 1024;

/// Whether the bytes begin as a page does, whatever the file is called.
pub(super) fn looks_like_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

/// The charset in the page's `<meta>`.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let value = head.split_once("charset=")?.1;
    let label: String = value
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// The visible text of a page, one line a block.
pub(super) fn text_of_page(source: &str) -> String {
    let page = Html::parse_document(&flattened(source));
    let mut lines = Lines::default();
    walk(&page, &mut lines);
    lines.finish()
}

/// Tags within tags that are kept: no page has more for people. The parser
/// looks through all open ones at each tag, so its time grows with the square.
const DEEPEST: usize = 400;

/// Elements that end by themselves and so do not nest.
const UNNESTED: [&str; 26] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    "optgroup",
];

/// The page without the tags that are nested too deep; their text stays.
fn flattened(source: &str) -> Cow<'_, str> {
    let (mut depth, mut dropped, mut kept) = (0_usize, 0_usize, None::<String>);
    let (mut from, mut at) = (0, 0);
    while let Some(found) = source[at..].find('<') {
        let begin = at + found;
        let end = source[begin..]
            .find('>')
            .map_or(source.len(), |end| begin + end + 1);
        at = begin + 1;
        let (name, closes) = name_of(&source[at..end]);
        if name.is_empty() || UNNESTED.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
            continue;
        }
        at = end;
        let drop = match (closes, dropped) {
            (false, _) => depth >= DEEPEST,
            (true, dropped) => dropped > 0,
        };
        match (closes, drop) {
            (false, false) => depth += 1,
            (true, false) => depth = depth.saturating_sub(1),
            (false, true) => dropped += 1,
            (true, true) => dropped -= 1,
        }
        if drop {
            let kept = kept.get_or_insert_default();
            kept.push_str(&source[from..begin]);
            kept.push(' ');
            from = end;
        }
    }
    match kept {
        None => Cow::Borrowed(source),
        Some(kept) => Cow::Owned(kept + &source[from..]),
    }
}

/// The name of a tag, from behind its bracket, and whether it closes.
fn name_of(tag: &str) -> (&str, bool) {
    let (tag, closes) = tag
        .strip_prefix('/')
        .map_or((tag, false), |tag| (tag, true));
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    (&tag[..end.unwrap_or(tag.len())], closes)
}

enum Step<'a> {
    Enter(NodeRef<'a, Node>),
    Leave(&'a Element),
}

/// An explicit stack: a page can be nested deeper than the program's own.
fn walk(page: &Html, lines: &mut Lines) {
    let mut stack = vec![Step::Enter(page.tree.root())];
    while let Some(step) = stack.pop() {
        match step {
            Step::Leave(element) => lines.close(element),
            Step::Enter(node) => {
                match node.value() {
                    Node::Text(text) => lines.text(text),
                    Node::Element(element) if is_hidden(element) => continue,
                    Node::Element(element) => {
                        lines.open(element);
                        stack.push(Step::Leave(element));
                    }
                    _ => {}
                }
                let children: Vec<_> = node.children().collect();
                stack.extend(children.into_iter().rev().map(Step::Enter));
            }
        }
    }
}

fn is_hidden(element: &Element) -> bool {
    HIDDEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase().replace(' ', "");
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Collects text into lines, with white space folded as a browser folds it.
#[derive(Default)]
struct Lines {
    out: String,
    line: String,
    space: bool,
    preformatted: usize,
}

impl Lines {
    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (i, part) in text.split('\n').enumerate() {
                if i > 0 {
                    self.end_line();
                }
                self.line.push_str(part);
            }
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{0C}') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.line.push(c);
        }
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "br" => self.end_line(),
            "pre" | "textarea" => {
                self.end_line();
                self.preformatted += 1;
            }
            "td" | "th" => self.space = true,
            "dd" if self.line.ends_with(':') => self.space = true,
            name if INLINE.contains(&name) => {}
            name => {
                self.end_line();
                if SPACED.contains(&name) {
                    self.blank();
                }
            }
        }
    }

    fn close(&mut self, element: &Element) {
        match element.name() {
            "pre" | "textarea" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.end_line();
            }
            "td" | "th" => self.space = true,
            // The value of `<dt>Label:</dt><dd>value</dd>` joins its label.
            "dt" if self.line.ends_with(':') => self.space = true,
            name if INLINE.contains(&name) => {}
            name => {
                self.end_line();
                if SPACED.contains(&name) {
                    self.blank();
                }
            }
        }
    }

    fn end_line(&mut self) {
        self.space = false;
        let line = self.line.trim_end();
        if !line.is_empty() {
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.line.clear();
    }

    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_and_its_value_stay_on_one_line() {
        let page = "<html><body><h2>1 Hanke</h2>\n<p><strong>Hankekoodi:</strong> S20001</p>\
                    <p><b>Hankkeen nimi:</b>\n  Työtä &amp; taitoa</p></body></html>";
        assert_eq!(
            text_of_page(page),
            "1 Hanke\n\nHankekoodi: S20001\n\nHankkeen nimi: Työtä & taitoa"
        );
    }

    #[test]
    fn a_table_row_becomes_a_line() {
        let page = "<table><tr><td>Natura 2000 -ohjelman kohteet</td><td>0</td><td>3</td></tr>\
                    <tr><td colspan=3>Ei vaikutusta</td></tr></table>";
        assert_eq!(
            text_of_page(page),
            "Natura 2000 -ohjelman kohteet 0 3\nEi vaikutusta"
        );
    }

    #[test]
    fn a_definition_list_reads_as_label_and_value() {
        let page = "<dl><dt>Hankekoodi:</dt><dd>S20001</dd><dt>WWW-osoite:</dt><dd></dd></dl>";
        assert_eq!(text_of_page(page), "Hankekoodi: S20001\nWWW-osoite:");
    }

    #[test]
    fn scripts_and_hidden_parts_are_left_out() {
        let page = "<p>Näkyy<script>let a = 1;</script><span hidden>ei</span>\
                    <span style='display: none'>eikä</span> tämä</p><style>p{}</style>";
        assert_eq!(text_of_page(page), "Näkyy tämä");
    }

    #[test]
    fn line_breaks_and_lists_end_lines() {
        assert_eq!(
            text_of_page("<p>a<br>b</p><ul><li>x<li>y</ul>"),
            "a\nb\n\nx\ny"
        );
    }

    #[test]
    fn text_in_200_000_nested_elements_is_kept_and_takes_no_minutes() {
        let begun = std::time::Instant::now();
        for tag in ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<p><span>"] {
            let page = format!("alku {} syvällä", tag.repeat(200_000));
            let text = text_of_page(&page);
            assert!(
                text.starts_with("alku") && text.ends_with("syvällä"),
                "{tag}"
            );
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(60));
    }

    #[test]
    fn a_page_says_its_own_charset() {
        let page = b"<html><head><meta http-equiv='x' content='text/html; charset=ISO-8859-1'>";
        assert_eq!(
            declared_charset(page).map(Encoding::name),
            Some("windows-1252")
        );
        assert!(looks_like_html(b"\n<!DOCTYPE html><p>"));
        assert!(!looks_like_html(b"Euroopan unioni"));
    }
}
