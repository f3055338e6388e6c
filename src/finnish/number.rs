//! Numbers: how far a figure reaches and how it is written as a term.
//!
//! Apart from words because figures have a grammar of their own: `1 200` is one number, `2019 2020`
//! are two, `1.2.2020` is a date, `4,8` a decimal, and `75 %:n` ends after the percent sign. What
//! follows a hyphen or a colon is not decided here.

use super::letter::{Class, glyph};

/// Groups of three joined at most; more are a table row, not an amount.
const MAX_GROUPS: usize = 6;
/// Full stops inside one figure at most: a date has two, a version number three.
const MAX_STOPS: usize = 3;

/// Reads the figure whose first digit is at `start`, adds it to `out` and gives its end.
///
/// `grouped` allows thousands to be set apart by spaces. A run of digits that goes on with letters
/// (`24h`, `4H`) is left to the caller, which sees a letter at the end it gets.
pub(super) fn scan(text: &str, start: usize, grouped: bool, out: &mut String) -> usize {
    let (end, count) = digits(text, start);
    push_digits(text, start, end, out);
    let mut end = end;
    if grouped
        && count <= 3
        && !text[start..].starts_with('0')
        && let Some(last) = groups(text, end)
    {
        push_digits(text, end, last, out);
        end = last;
    }
    let end = decimal(text, end, out).unwrap_or(end);
    stops(text, end, out)
}

/// The end of a run of digits and how many there are.
fn digits(text: &str, start: usize) -> (usize, usize) {
    let (mut at, mut count) = (start, 0);
    while let Some(g) = glyph(text, at).filter(|g| g.class == Class::Digit) {
        at = g.next;
        count += 1;
    }
    (at, count)
}

fn push_digits(text: &str, start: usize, end: usize, out: &mut String) {
    out.extend(text[start..end].chars().filter(char::is_ascii_digit));
}

/// The end of the groups of three that follow, if all are well formed and there is one.
fn groups(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    for found in 0..=MAX_GROUPS {
        let next = glyph(text, at)
            .filter(|g| g.class == Class::Space)
            .map(|g| digits(text, g.next));
        match next {
            Some((_, 0)) | None => return (found > 0).then_some(at),
            Some((stop, 3)) if !goes_on(text, stop) => at = stop,
            Some(_) => return None,
        }
    }
    None
}

/// Tells whether digits go on as something that is no plain group: `200mm`, `200.1`, `200-`.
fn goes_on(text: &str, at: usize) -> bool {
    let Some(g) = glyph(text, at) else {
        return false;
    };
    match g.class {
        Class::Letter => true,
        Class::Other if g.ch == '.' => glyph(text, g.next).is_some_and(|n| n.class == Class::Digit),
        _ => false,
    }
}

/// `,8` after a whole number, unless another comma makes it a list.
fn decimal(text: &str, at: usize, out: &mut String) -> Option<usize> {
    let comma = glyph(text, at).filter(|g| g.ch == ',')?;
    let (end, count) = digits(text, comma.next);
    let list = glyph(text, end)
        .filter(|g| g.ch == ',')
        .and_then(|g| glyph(text, g.next))
        .is_some_and(|g| g.class == Class::Digit);
    if count == 0 || list || before_is_comma(text, at) {
        return None;
    }
    out.push(',');
    push_digits(text, comma.next, end, out);
    Some(end)
}

/// Tells whether the digits that end at `at` stand right after a comma, as in `1,2,3`.
fn before_is_comma(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    head.ends_with(',') && head.len() + 18 > at && {
        let rest = &head[..head.len() - 1];
        rest.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// `.2.2020` and `:30` after digits: dates, versions and times of day.
fn stops(text: &str, start: usize, out: &mut String) -> usize {
    let mut at = start;
    for _ in 0..MAX_STOPS {
        let Some(stop) = glyph(text, at).filter(|g| matches!(g.ch, '.' | ':')) else {
            break;
        };
        let (end, count) = digits(text, stop.next);
        if count == 0 {
            break;
        }
        out.push(stop.ch);
        push_digits(text, stop.next, end, out);
        at = end;
    }
    at
}

/// The end of ` %` after a figure when an ending hangs on it (`75 %:n`), with the colon's place.
pub(super) fn percent(text: &str, at: usize) -> Option<usize> {
    let mut g = glyph(text, at)?;
    if g.class == Class::Space {
        g = glyph(text, g.next)?;
    }
    (g.ch == '%').then_some(g.next)
}
