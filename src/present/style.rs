//! How things look: colours, numbers and dates as Finns write them, lines
//! that fit the terminal.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

/// A project's name and other titles.
pub(super) const TITLE: Style = Style::new().bold();
/// A project's code.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default().bold();
/// Labels and other small print.
pub(super) const FAINT: Style = Style::new().dimmed();
/// All other text.
pub(super) const PLAIN: Style = Style::new();
/// Words that were found.
pub(super) const FOUND: Style = AnsiColor::Red.on_default().bold();

/// The width text is folded to, where it is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns; `None` for lines of any length, as a pipe wants them.
    pub width: Option<usize>,
}

/// Whole euros with no-break spaces between thousands.
#[must_use]
pub fn euros(amount: u64) -> String {
    format!("{}\u{a0}€", grouped(amount))
}

/// A number with no-break spaces between thousands.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A date as Finns write it, `1.5.2019`.
#[must_use]
pub fn date(date: jiff::civil::Date) -> String {
    format!("{}.{}.{}", date.day(), date.month(), date.year())
}

/// Writes text in style.
pub(super) fn put(out: &mut dyn Write, style: Style, text: &str) -> io::Result<()> {
    write!(out, "{style}{}{style:#}", Visible(text))
}

/// Whether a character could steer a terminal, or turn around what follows it so
/// that it reads as something else (Unicode's UAX 9, explicit formatting).
fn steers(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text without the characters that could steer a terminal.
pub(super) struct Visible<'t>(pub(super) &'t str);

impl std::fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(steers) {
            f.write_str(&rest[..at])?;
            f.write_str("\u{fffd}")?;
            rest = &rest[at..];
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        }
        f.write_str(rest)
    }
}

/// Writes a text with the ranges in it in the style of found words, folded
/// to the page with `indent` columns before every line but the first.
pub(super) fn folded(
    out: &mut dyn Write,
    text: &str,
    found: &[Range<usize>],
    page: Page,
    indent: usize,
) -> io::Result<()> {
    let room = page.width.map(|w| w.saturating_sub(indent).max(20));
    let mut used = 0;
    for (number, word) in words(text).enumerate() {
        let width = text[word.clone()].chars().count();
        if number > 0 {
            if room.is_some_and(|room| used + 1 + width > room) {
                write!(out, "\n{:indent$}", "")?;
                used = 0;
            } else {
                // A space between two words found together is found too.
                let at = word.start - 1..word.start;
                write_marked(out, text, at, found)?;
                used += 1;
            }
        }
        write_marked(out, text, word, found)?;
        used += width;
    }
    writeln!(out)
}

/// The ranges of a text between its plain spaces.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split(' ').map(move |word| {
        let range = at..at + word.len();
        at = range.end + 1;
        range
    })
}

fn write_marked(
    out: &mut dyn Write,
    text: &str,
    part: Range<usize>,
    found: &[Range<usize>],
) -> io::Result<()> {
    let mut at = part.start;
    for range in found
        .iter()
        .filter(|r| r.start < part.end && r.end > part.start)
    {
        let (start, end) = (range.start.max(part.start), range.end.min(part.end));
        write!(out, "{}", Visible(&text[at..start]))?;
        put(out, FOUND, &text[start..end])?;
        at = end;
    }
    write!(out, "{}", Visible(&text[at..part.end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, found: &[Range<usize>], width: usize) -> String {
        let mut out = Vec::new();
        folded(&mut out, text, found, Page { width: Some(width) }, 4).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(euros(1_196_316), "1\u{a0}196\u{a0}316\u{a0}€");
        assert_eq!(euros(0), "0\u{a0}€");
        assert_eq!(date(jiff::civil::date(2019, 5, 1)), "1.5.2019");
    }

    #[test]
    fn what_steers_a_terminal_or_turns_text_around_is_not_printed() {
        let shown = Visible("a\u{1b}[31mb\u{202e}c\u{2066}d\u{85}\n\te").to_string();
        assert_eq!(shown, "a\u{fffd}[31mb\u{fffd}c\u{fffd}d\u{fffd}\n\te");
    }

    #[test]
    fn long_lines_fold_at_spaces_under_their_beginning() {
        let text = "yksi kaksi kolme neljä viisi kuusi";
        assert_eq!(
            shown(text, &[], 24),
            "yksi kaksi kolme\n    neljä viisi kuusi\n"
        );
    }

    #[test]
    fn found_words_are_marked_and_nothing_is_lost() {
        let text = "nuorten työ ja työ";
        let mut out = Vec::new();
        folded(
            &mut out,
            text,
            std::slice::from_ref(&(8..12)),
            Page { width: None },
            0,
        )
        .unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains(&format!("{FOUND}työ{FOUND:#}")), "{out:?}");
        assert_eq!(
            anstream::adapter::strip_str(&out).to_string(),
            "nuorten työ ja työ\n"
        );
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(
            Visible("a\u{1b}[2Jb\u{9b}c").to_string(),
            "a\u{fffd}[2Jb\u{fffd}c"
        );
    }
}
