//! What a field may be asked for: values and ranges of them.
//!
//! `5`, `>5`, `<=5`, `2..5`, `5..`; of a date a year, a month or a day; of a
//! keyword a word, its beginning with a star; `*` for any value. Numbers may be
//! written `500000`, `500 000`, `500k` and `1,5M`.

use std::fmt;

use jiff::civil::Date;

use crate::index::date_number;
use crate::index::fields::Kind;

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// This, as people write it.
    Is(String),
    /// Something that begins so.
    Begins(String),
    /// A number or date between these, both included; one is there at least.
    Range(Option<u64>, Option<u64>),
    /// Anything.
    Known,
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = |bound: &Option<u64>| bound.map_or(String::new(), |n| n.to_string());
        match self {
            Self::Is(text) => f.write_str(text),
            Self::Begins(text) => write!(f, "{text}*"),
            Self::Range(from, to) if from == to => f.write_str(&bound(from)),
            Self::Range(from, to) => write!(f, "{}..{}", bound(from), bound(to)),
            Self::Known => f.write_str("*"),
        }
    }
}

/// Reads what a field of a kind is asked for; `star` tells of a star behind
/// the text.
///
/// # Errors
/// What was expected instead.
pub fn test(kind: Kind, text: &str, star: bool) -> Result<Test, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return match star {
            true => Ok(Test::Known),
            false => Err("a value is missing"),
        };
    }
    let read: fn(&str) -> Option<(u64, u64)> = match kind {
        Kind::Text | Kind::Keyword if star => return Ok(Test::Begins(text.to_owned())),
        Kind::Text | Kind::Keyword => return Ok(Test::Is(text.to_owned())),
        Kind::Date => date,
        Kind::Money | Kind::Count => |text| number(text).map(|n| (n, n)),
    };
    let expected = match kind {
        Kind::Date => "a date is wanted such as 2019, 5.2019, >=1.5.2019 or 2019..2021",
        _ => "a number is wanted such as 7, >=500000, 500k or 2..5",
    };
    let range = if star { None } else { range(text, read) };
    range.ok_or(expected)
}

fn range(text: &str, read: fn(&str) -> Option<(u64, u64)>) -> Option<Test> {
    for sign in [">=", "≥", "<=", "≤", ">", "<", "="] {
        let Some(rest) = text.strip_prefix(sign) else {
            continue;
        };
        let (from, to) = read(rest)?;
        return Some(match sign {
            ">=" | "≥" => Test::Range(Some(from), None),
            "<=" | "≤" => Test::Range(None, Some(to)),
            ">" => Test::Range(Some(to.saturating_add(1)), None),
            "<" => Test::Range(None, Some(from.checked_sub(1)?)),
            _ => Test::Range(Some(from), Some(to)),
        });
    }
    if let Some((from, to)) = text.split_once("..") {
        let from = (!from.is_empty())
            .then(|| read(from))
            .map(|read| read.ok_or(()));
        let to = (!to.is_empty())
            .then(|| read(to))
            .map(|read| read.ok_or(()));
        let (from, to) = (from.transpose().ok()?, to.transpose().ok()?);
        return between(from, to);
    }
    if let Some((from, to)) = read(text) {
        return Some(Test::Range(Some(from), Some(to)));
    }
    let (from, to) = text.split_once(['-', '–'])?;
    between(Some(read(from)?), Some(read(to)?))
}

/// From the beginning of the one to the end of the other, whichever is first.
fn between(from: Option<(u64, u64)>, to: Option<(u64, u64)>) -> Option<Test> {
    match (from, to) {
        (None, None) => None,
        (Some(a), Some(b)) => Some(Test::Range(Some(a.0.min(b.0)), Some(a.1.max(b.1)))),
        (from, to) => Some(Test::Range(from.map(|f| f.0), to.map(|t| t.1))),
    }
}

/// Whole numbers, with a comma and `k` or `M` if need be.
fn number(text: &str) -> Option<u64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(['€', '%']);
    let digits = text.trim_end_matches(['k', 't', 'K', 'T', 'm', 'M']);
    let zeros = match text[digits.len()..].to_lowercase().as_str() {
        "" => 0,
        "k" | "t" => 3,
        "m" => 6,
        _ => return None,
    };
    let (whole, part) = digits.split_once([',', '.']).unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(part) || part.len() > zeros {
        return None;
    }
    format!("{whole}{part:0<zeros$}").parse().ok()
}

/// The first and the last day of a year, a month or a day, as numbers.
fn date(text: &str) -> Option<(u64, u64)> {
    let parts: Vec<&str> = match text.split(['.', '/']).collect::<Vec<_>>() {
        parts if parts.len() > 1 => parts.into_iter().rev().collect(),
        _ => text.split('-').collect(),
    };
    let part = |at: usize, digits: std::ops::RangeInclusive<usize>| -> Option<i16> {
        let text = parts.get(at)?;
        let fits = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    };
    if let [only] = parts.as_slice()
        && only.len() == 8
        && only.bytes().all(|b| b.is_ascii_digit())
    {
        // As the index keeps it and a printed query has it.
        return only.parse().ok().map(|number| (number, number));
    }
    let year = part(0, 4..=4)?;
    let day = |month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()
    };
    let (first, last) = match parts.len() {
        1 => (day(1, 1)?, day(12, 31)?),
        2 => {
            let first = day(part(1, 1..=2)?, 1)?;
            (first, first.last_of_month())
        }
        3 => {
            let day = day(part(1, 1..=2)?, part(2, 1..=2)?)?;
            (day, day)
        }
        _ => return None,
    };
    Some((date_number(first), date_number(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(kind: Kind, text: &str) -> Option<(Option<u64>, Option<u64>)> {
        match test(kind, text, false) {
            Ok(Test::Range(from, to)) => Some((from, to)),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text| range(Kind::Money, text);
        assert_eq!(read(">500000"), Some((Some(500_001), None)));
        assert_eq!(read("<=1,5M"), Some((None, Some(1_500_000))));
        assert_eq!(read("100k..200k"), Some((Some(100_000), Some(200_000))));
        assert_eq!(read("5..3"), Some((Some(3), Some(5))));
        assert_eq!(read("2-5"), Some((Some(2), Some(5))));
        assert_eq!(
            read("1 196 316 €"),
            Some((Some(1_196_316), Some(1_196_316)))
        );
        for wrong in [
            "",
            "paljon",
            ">",
            "..",
            "1,5",
            "<0",
            "99999999999999999999999",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_year_is_all_of_its_days() {
        let read = |text| range(Kind::Date, text);
        let year = (Some(20_190_101), Some(20_191_231));
        assert_eq!(read("2019"), Some(year));
        assert_eq!(read("2019..2021"), Some((year.0, Some(20_211_231))));
        assert_eq!(read("2019-2021"), Some((year.0, Some(20_211_231))));
        assert_eq!(read("2.2020"), Some((Some(20_200_201), Some(20_200_229))));
        assert_eq!(read("2020-02"), read("2.2020"));
        assert_eq!(read(">=1.5.2019"), Some((Some(20_190_501), None)));
        assert_eq!(read("<2019"), Some((None, Some(20_190_100))));
        assert_eq!(read("31.2.2019"), None);
    }
}
