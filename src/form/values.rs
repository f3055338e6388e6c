//! Values as the form prints them: dates, money, counts, lists, partners.
//!
//! Pure functions from a slice to a typed value, `None` where the text is not
//! such a value. Apart so that each can be tested on its own; which label
//! holds which kind, and what happens to unreadable text, is decided elsewhere.

use jiff::civil::Date;

use super::fold;
use super::project::{Fund, Partner, Period, Status};

/// The text, unless it is empty or a lone dash: both mean "not given".
#[must_use]
pub fn filled(text: &str) -> Option<&str> {
    let text = fold::clean(text);
    (!matches!(text, "" | "-" | "\u{2013}" | "\u{2014}")).then_some(text)
}

/// Whether the text is a project code: `S` or `A` and five digits.
#[must_use]
pub fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'S' | b'A', digits @ ..]
        if digits.len() == 5 && digits.iter().all(u8::is_ascii_digit))
}

/// The fund that a project code's letter tells.
#[must_use]
pub fn fund_of(code: &str) -> Option<Fund> {
    match code.as_bytes().first() {
        Some(b'S' | b's') => Some(Fund::Esr),
        Some(b'A' | b'a') => Some(Fund::Eakr),
        _ => None,
    }
}

/// A day as `d.m.yyyy`; days that the calendar lacks give `None`.
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    let mut parts = text.trim_matches(fold::blank).split(['.', '/']);
    let day: i8 = number_part(parts.next()?, 2)?.try_into().ok()?;
    let month: i8 = number_part(parts.next()?, 2)?.try_into().ok()?;
    let year: i16 = number_part(parts.next()?, 4)?.try_into().ok()?;
    if parts.next().is_some() || !(1990..=2100).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

fn number_part(text: &str, most: usize) -> Option<u16> {
    let plain = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// What a period line gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodReading {
    /// The days that could be read.
    pub period: Period,
    /// Whether all that was printed could be read.
    pub whole: bool,
}

/// Planned dates as `Alkaa d.m.yyyy ja päättyy d.m.yyyy`, or the English like.
/// A day may be missing; `whole` is false when one is printed but unreadable.
#[must_use]
pub fn period(text: &str) -> PeriodReading {
    let (first, second) = halves(text);
    let (start, start_fine) = day_in(first);
    let (end, end_fine) = day_in(second);
    let any = start.is_some() || end.is_some();
    PeriodReading {
        period: Period { start, end },
        whole: start_fine && end_fine && any,
    }
}

/// The text before and from the word that speaks of the end.
fn halves(text: &str) -> (&str, &str) {
    const ENDS: [&str; 5] = ["päättyy", "Päättyy", "end", "End", "ends"];
    let at = ENDS.iter().filter_map(|word| text.find(word)).min();
    let at = at.or_else(|| text.find(['-', '\u{2013}']));
    text.split_at(at.unwrap_or(text.len()))
}

/// The one day in a text; the flag tells whether nothing unreadable was left.
fn day_in(text: &str) -> (Option<Date>, bool) {
    let Some(from) = text.find(|c: char| c.is_ascii_digit()) else {
        return (None, true);
    };
    let rest = &text[from..];
    let to = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '/')));
    let (printed, after) = rest.split_at(to.unwrap_or(rest.len()));
    let day = date(printed.trim_end_matches('.'));
    (
        day,
        day.is_some() && !after.contains(|c: char| c.is_ascii_digit()),
    )
}

/// Whether a project runs or has ended.
#[must_use]
pub fn status(text: &str) -> Option<Status> {
    const RUNNING: [&str; 5] = [
        "Toiminnassa",
        "Käynnissä",
        "In operation",
        "Ongoing",
        "Operational",
    ];
    const ENDED: [&str; 4] = [
        "Toiminta päättynyt",
        "Päättynyt",
        "Ended",
        "Operation ended",
    ];
    if RUNNING.iter().any(|s| fold::whole(text, s)) {
        return Some(Status::Running);
    }
    ENDED
        .iter()
        .any(|s| fold::whole(text, s))
        .then_some(Status::Ended)
}

/// Whole euros: digits, in threes if parted by spaces (or points); `,00`,
/// `€` and `euroa` are tolerated, a sign or cents are not.
#[must_use]
pub fn euros(text: &str) -> Option<u64> {
    const UNITS: [&str; 6] = ["€", "euroa", "euros", "euro", "EUR", "eur"];
    let mut text = fold::clean(text);
    if let Some(rest) = UNITS.iter().find_map(|unit| text.strip_suffix(unit)) {
        text = rest.trim_end_matches(fold::blank);
    }
    text = text
        .strip_prefix('€')
        .map_or(text, |rest| rest.trim_start_matches(fold::blank));
    let text = [",00", ",-"]
        .iter()
        .find_map(|cents| text.strip_suffix(cents))
        .unwrap_or(text);
    digits(text, |c| fold::blank(c) || c == '.')
}

/// A count: digits, in threes if parted by spaces.
#[must_use]
pub fn count(text: &str) -> Option<u64> {
    digits(fold::clean(text), fold::blank)
}

/// A count with the women among them: `30, joista naisia 12`.
#[must_use]
pub fn count_and_women(text: &str) -> Option<(u64, Option<u64>)> {
    let Some((all, women)) = text
        .split_once("joista")
        .or_else(|| text.split_once("of whom"))
    else {
        return Some((count(text)?, None));
    };
    let all = count(all.trim_matches(|c| fold::blank(c) || matches!(c, ',' | '(')))?;
    let women = women.trim_matches(|c: char| !c.is_ascii_digit());
    Some((
        all,
        if women.is_empty() {
            None
        } else {
            Some(count(women)?)
        },
    ))
}

fn digits(text: &str, parts: impl Fn(char) -> bool) -> Option<u64> {
    let mut value: u64 = 0;
    let mut groups = text.split(&parts);
    let first = groups.next()?;
    let rest = groups.clone().all(|group| group.len() == 3);
    let most = if groups.clone().next().is_some() {
        3
    } else {
        15
    };
    if !rest || !(1..=most).contains(&first.len()) {
        return None;
    }
    for byte in std::iter::once(first).chain(groups).flat_map(str::bytes) {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}

/// Whether the text is one of the three answers on the number of applicants.
#[must_use]
pub fn is_arrangement(text: &str) -> bool {
    const ANSWERS: [&str; 5] = [
        "Vain yksi hakija",
        "Hakijoita on useampi kuin yksi",
        "Hakija siirtää osan haettavasta tuesta",
        "Only one applicant",
        "More than one applicant",
    ];
    ANSWERS
        .iter()
        .any(|answer| fold::head(text, answer).is_some())
}

/// Whether the name of a place means the whole country.
#[must_use]
pub fn is_whole_country(name: &str) -> bool {
    ["Koko Suomi", "Koko maa", "Valtakunnallinen"]
        .iter()
        .any(|n| fold::whole(name, n))
}

/// The regions (maakunnat) of Finland.
const REGIONS: [&str; 19] = [
    "Ahvenanmaa",
    "Etelä-Karjala",
    "Etelä-Pohjanmaa",
    "Etelä-Savo",
    "Kainuu",
    "Kanta-Häme",
    "Keski-Pohjanmaa",
    "Keski-Suomi",
    "Kymenlaakso",
    "Lappi",
    "Pirkanmaa",
    "Pohjanmaa",
    "Pohjois-Karjala",
    "Pohjois-Pohjanmaa",
    "Pohjois-Savo",
    "Päijät-Häme",
    "Satakunta",
    "Uusimaa",
    "Varsinais-Suomi",
];

/// Whether the text is the name of a region.
#[must_use]
pub fn is_region(name: &str) -> bool {
    REGIONS.iter().any(|region| fold::whole(name, region))
}

/// The parts of a comma list, without empty ones.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter_map(filled)
}

/// One partner: the business id is what stands rightmost, all before it is
/// the name with unit or organisation type.
#[must_use]
pub fn partner(line: &str) -> Partner<'_> {
    let line = fold::clean(line);
    let Some(at) = business_id_at(line) else {
        return Partner {
            name: line,
            business_id: None,
        };
    };
    let name = line[..at].trim_end_matches(|c| fold::blank(c) || matches!(c, ',' | ';' | '|'));
    Partner {
        name,
        business_id: Some(&line[at..]),
    }
}

/// Whether the text is a business id and nothing else.
#[must_use]
pub fn is_business_id(text: &str) -> bool {
    business_id_at(text) == Some(0)
}

/// Where the business id at the right end begins.
fn business_id_at(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (front, check) = bytes.split_at_checked(bytes.len().checked_sub(2)?)?;
    if check[0] != b'-' || !check[1].is_ascii_digit() {
        return None;
    }
    let count = front
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    (count == 7).then(|| front.len() - 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(date("1.3.2015"), Some(day(2015, 3, 1)));
        assert_eq!(date("30.06.2017"), Some(day(2017, 6, 30)));
        assert_eq!(date("29.2.2016"), Some(day(2016, 2, 29)));
        for wrong in [
            "29.2.2015",
            "31.4.2020",
            "1.13.2020",
            "1.1.20",
            "1.1.",
            "x",
            "1.1.2020.1",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_period_is_read_in_finnish_and_english() {
        let both = Period {
            start: Some(day(2015, 3, 1)),
            end: Some(day(2019, 1, 1)),
        };
        for text in [
            "Alkaa 1.3.2015 ja päättyy 1.1.2019",
            "Start 1.3.2015 and end 1.1.2019",
            "1.3.2015\u{2013}1.1.2019",
            "1.3.2015 - 1.1.2019.",
        ] {
            assert_eq!(
                period(text),
                PeriodReading {
                    period: both,
                    whole: true
                },
                "{text}"
            );
        }
    }

    #[test]
    fn a_missing_day_is_no_fault_and_an_unreadable_one_is() {
        let open = period("Alkaa 1.3.2015 ja päättyy");
        assert!(open.whole && open.period.end.is_none());
        let late = period("Alkaa ja päättyy 1.1.2019");
        assert!(late.whole && late.period.start.is_none() && late.period.end.is_some());
        let wrong = period("Alkaa 30.2.2015 ja päättyy 1.1.2019");
        assert!(!wrong.whole && wrong.period.end.is_some());
        assert!(!period("keväällä").whole);
        assert!(!period("1.3.2015 1.1.2019").whole);
    }

    #[test]
    fn money_is_whole_euros_with_any_thousands_space() {
        for text in [
            "1 297 160",
            "1\u{A0}297\u{A0}160",
            "1\u{2009}297\u{202F}160",
            "1297160",
        ] {
            assert_eq!(euros(text), Some(1_297_160), "{text:?}");
        }
        for text in [
            "1 500,00",
            "1 500 €",
            "1500 euroa",
            "€ 1 500",
            "1.500,-",
            "1 500,00 €",
        ] {
            assert_eq!(euros(text), Some(1_500), "{text}");
        }
        assert_eq!(euros("0"), Some(0));
        for wrong in [
            "", "-5", "12 34", "1 500,50", "1 5000", "n. 100", "1  500", " ", "1 ",
        ] {
            assert_eq!(euros(wrong).filter(|_| wrong != "1 "), None, "{wrong:?}");
        }
        assert_eq!(euros("99999999999999999999"), None);
    }

    #[test]
    fn counts_may_name_the_women() {
        assert_eq!(count_and_women("30"), Some((30, None)));
        assert_eq!(
            count_and_women("1 200, joista naisia 700"),
            Some((1200, Some(700)))
        );
        assert_eq!(count_and_women("30, joista naisia"), Some((30, None)));
        assert_eq!(count_and_women("paljon"), None);
        assert_eq!(count_and_women(""), None);
    }

    #[test]
    fn the_partner_id_is_taken_from_the_right() {
        for (line, name) in [
            ("Itä-Suomen yliopisto, 2285733-9", "Itä-Suomen yliopisto"),
            ("Yliopisto, Aducate, 2285733-9", "Yliopisto, Aducate"),
            (
                "Kunta Oy, Pieni yritys, 2285733-9",
                "Kunta Oy, Pieni yritys",
            ),
            (
                "Kuntayhtymä 1234567-8 / Yksikkö B, 2285733-9",
                "Kuntayhtymä 1234567-8 / Yksikkö B",
            ),
        ] {
            assert_eq!(
                partner(line),
                Partner {
                    name,
                    business_id: Some("2285733-9")
                }
            );
        }
        assert_eq!(
            partner("Foundation X"),
            Partner {
                name: "Foundation X",
                business_id: None
            }
        );
        assert_eq!(partner("X, 12345678-9").business_id, None);
        assert!(is_business_id("2285733-9") && !is_business_id("y 2285733-9"));
    }

    #[test]
    fn a_dash_means_not_given() {
        assert_eq!(filled(" - "), None);
        assert_eq!(filled("\u{2013}"), None);
        assert_eq!(filled(" -a"), Some("-a"));
        assert_eq!(
            list("Pohjois-Savo, Kemi ,,-").collect::<Vec<_>>(),
            ["Pohjois-Savo", "Kemi"]
        );
    }

    #[test]
    fn codes_are_a_letter_and_five_digits() {
        assert!(is_code("S20015") && is_code("A78153") && is_code("S10512"));
        for wrong in ["s20015", "S2001", "S200155", "B20015", "", "S2001x"] {
            assert!(!is_code(wrong), "{wrong}");
        }
        assert_eq!(fund_of("A78153"), Some(Fund::Eakr));
        assert_eq!(fund_of("x"), None);
        assert_eq!(status("Toiminta päättynyt"), Some(Status::Ended));
        assert_eq!(status("Toiminnassa"), Some(Status::Running));
        assert_eq!(status("kesken"), None);
    }
}
