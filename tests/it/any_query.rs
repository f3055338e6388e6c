//! Any text is a query: what can't be read is taken as words, and nothing that
//! is typed ends a search.
//!
//! `ESR_SEARCH_TEXTS=1000000` tries as many texts; without it a few. The one
//! that took longest is told then.

#![allow(
    clippy::print_stdout,
    reason = "tells what took longest if it is asked"
)]

use std::time::{Duration, Instant};

use esr_search::query;
use esr_search::search::{self, Options};

use crate::oracle_queries::{Chance, Tried, corpora};

/// Texts tried, unless the environment says more.
const TEXTS: usize = 500;

/// What means something in a query, and what looks as if it did.
const SIGNS: &[&str] = &[
    "\"",
    "'",
    "”",
    "«",
    "(",
    ")",
    "[",
    "]",
    "+",
    "-",
    "–",
    "=",
    "~",
    "~1",
    "~99999999999",
    "*",
    "**",
    "?",
    ":",
    "::",
    ";",
    ",",
    ".",
    "..",
    "...",
    "<",
    ">",
    "<=",
    ">=",
    "==",
    "!",
    "&&",
    "||",
    "\\",
    "\\\\",
    "/",
    "@",
    "#",
    "|",
    "^2",
    " ",
    "  ",
    "\t",
    "\n",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\0",
    "\u{feff}",
    "\u{1f600}",
    "é\u{301}\u{301}",
    " JA ",
    " TAI ",
    " EI ",
    " AND ",
    " OR ",
    " NOT ",
    " ja ",
    "JA",
    "EI",
    "nimi:",
    "kohderyhmä:",
    "suunnitelma:",
    "tulokset:",
    "rahoitus:",
    "rahoitus >",
    "rahoitus:>500000",
    "alkaa:2019..2021",
    "alkaa:..",
    "tila:päättynyt",
    "tila:",
    "kunta:Kemissä",
    "kestävyys.hyvinvointi:>=7",
    "koodi:S26011",
    "S26011",
    "1234567-8",
    "99999999999999999999",
    "-1",
    "1e309",
    "31.2.2019",
    "TE-toimisto",
    "-palvelut",
    "työllisyys-",
    "~3",
    "=9",
    "500k",
    "toteutunut ",
    "applicant:",
    "y-tunnus:",
    "e*",
    "*e*",
    "nuor",
    "hanke",
    "a",
    "ä",
    "ß",
    "İ",
    "ﬁ",
];

/// A text of signs, words, and letters of anywhere.
fn text(tried: &Tried, chance: &mut Chance) -> String {
    let pieces = match chance.below(20) {
        0 => 400,
        1..4 => 60,
        _ => 12,
    };
    let mut text = String::new();
    for _ in 0..=chance.below(pieces) {
        match chance.below(10) {
            0..4 => text.push_str(chance.of::<&str>(SIGNS)),
            4 => text += &tried.query(chance, 3),
            5 => text.extend(char::from_u32(chance.below(0x11_0000) as u32)),
            6 => text += &tried.starred(chance),
            _ => text += &tried.word(chance),
        }
        if chance.below(2) == 0 {
            text.push(' ');
        }
    }
    text
}

/// Whether a query prints as one that reads back as itself, if it is not so long
/// that its end is left out.
fn reads_back(typed: &str) -> bool {
    let query = query::parse(typed);
    let printed = query.to_string();
    printed.chars().count() > query::MAX_CHARS || query::parse(&printed).items == query.items
}

fn asked() -> Option<usize> {
    let texts = std::env::var("ESR_SEARCH_TEXTS").ok();
    texts.and_then(|texts| texts.parse().ok())
}

#[test]
fn any_text_prints_as_a_query_that_reads_back_as_itself() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for _ in 0..20 * asked().unwrap_or(TEXTS) {
        let typed = text(&corpora()[1], &mut chance);
        assert!(reads_back(&typed), "{typed:?}");
    }
}

#[test]
fn any_text_is_a_query_that_has_an_answer() {
    let asked = asked();
    let corpora = corpora();
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    let mut longest = (Duration::ZERO, String::new());
    for number in 0..asked.unwrap_or(TEXTS) {
        let tried = chance.of(corpora);
        let typed = text(tried, &mut chance);
        let begun = Instant::now();
        let query = query::parse(&typed);
        let options = Options {
            doubts: true,
            explain: number % 16 == 0,
            facets: if number % 16 == 1 {
                vec![0]
            } else {
                Vec::new()
            },
            ..Options::default()
        };
        let found = search::search(&tried.reader, &tried.brute.analyzer, &query, &options);
        let found = found.unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert!(
            found.hits.len() as u64 <= found.total + found.loose,
            "{typed:?}"
        );
        longest = longest.max((begun.elapsed(), typed));
    }
    if asked.is_some() {
        println!("the longest took {:?}: {:?}", longest.0, longest.1);
    }
}
