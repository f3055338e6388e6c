//! Why a hit stands where it does, in Finnish, Swedish or English.
//! One line says what puts it in its tier, then one line a word of the query.

use std::io::{self, Write};

use crate::index::fields::FIELDS;
use crate::search::{Hit, How, Reason};

use super::style::{FAINT, Page, folded, put};

/// Forms and sections that are named of one word.
const MOST: usize = 4;

/// The language of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    #[default]
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// The language of a locale such as `fi_FI.UTF-8`; English for others.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '.', '-', '@']).next();
        code.and_then(Self::of_code).unwrap_or_default()
    }

    /// The language with a code of two letters.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// Its code of two letters (ISO 639-1).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }
}

/// A language's words; `{}` is filled in.
struct Words {
    why: &'static str,
    whole: &'static str,
    some: &'static str,
    near: &'static str,
    nothing: &'static str,
    synonym: &'static str,
    relative: &'static str,
    beside: &'static str,
    stands: &'static str,
    typed: &'static str,
    sections: &'static str,
    projects: &'static str,
    rare: &'static str,
    common: &'static str,
}

static FI: Words = Words {
    why: "miksi",
    whole: "siinä on kaikki, mitä haettiin, joten se on ennen vajaita osumia",
    some: "siinä on osa siitä, mitä haettiin",
    near: "siinä on vain sanan osa tai sukulaissana, joten se on muiden alapuolella",
    nothing: "vain ehdot täyttyvät; sanoja ei haettu",
    synonym: " synonyyminä {}",
    relative: " osana tai sukulaisena {}",
    beside: " pian sanan {} jälkeen",
    stands: "tekstissä {}",
    typed: "juuri haettu muoto",
    sections: "kohdissa {}",
    projects: "{} hankkeessa {}:sta",
    rare: "harvinainen",
    common: "yleinen",
};

static SV: Words = Words {
    why: "varför",
    whole: "det har allt som söktes och står därför före dem som saknar något",
    some: "det har en del av det som söktes",
    near: "det har bara en del av ett ord eller ett besläktat ord och står därför nedanför de andra",
    nothing: "bara villkoren uppfylls; inga ord söktes",
    synonym: " genom synonymen {}",
    relative: " genom delen eller släktordet {}",
    beside: " kort efter {}",
    stands: "i texten {}",
    typed: "just den sökta formen",
    sections: "i avsnitten {}",
    projects: "i {} av {} projekt",
    rare: "sällsynt",
    common: "vanligt",
};

static EN: Words = Words {
    why: "why",
    whole: "it holds all that was asked, so it stands before those that lack some",
    some: "it holds some of what was asked",
    near: "it holds only a part of a word or a word of its family, so it stands below the others",
    nothing: "it only meets the conditions; no word was asked",
    synonym: " by its synonym {}",
    relative: " by its part or relative {}",
    beside: " soon after {}",
    stands: "in the text {}",
    typed: "the very form asked",
    sections: "in the sections {}",
    projects: "in {} of {} projects",
    rare: "rare",
    common: "common",
};

/// The page's edge and language, and columns before each line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) page: Page,
    pub(super) language: Language,
    pub(super) indent: usize,
}

/// Why a hit stands where it does: first what puts it in its tier, then a
/// line for each word of the query.
#[must_use]
pub fn lines(hit: &Hit, reasons: &[Reason], language: Language) -> Vec<String> {
    let words = words(language);
    let tier = match (reasons.is_empty(), hit.direct, hit.whole) {
        (true, ..) => words.nothing,
        (_, true, true) => words.whole,
        (_, true, false) => words.some,
        (_, false, _) => words.near,
    };
    let tier = format!("{:.2}: {tier}", hit.score);
    let reasons = merged(reasons);
    let each = reasons.iter().map(|reason| line(reason, words));
    std::iter::once(tier).chain(each).collect()
}

fn words(language: Language) -> &'static Words {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

/// Writes why a hit stands where it does.
pub(super) fn write(
    out: &mut dyn Write,
    hit: &Hit,
    reasons: &[Reason],
    place: Place,
) -> io::Result<()> {
    let why = words(place.language).why;
    let indent = place.indent;
    for (number, line) in lines(hit, reasons, place.language).iter().enumerate() {
        write!(out, "{:indent$}", "")?;
        let mut start = indent + 7;
        if number == 0 {
            put(out, FAINT, why)?;
            write!(out, "  ")?;
            start = indent + why.chars().count() + 2;
        }
        folded(out, line, &[], place.page, start)?;
    }
    Ok(())
}

/// Reasons with all parts and relatives of a word as one, the most first.
fn merged(reasons: &[Reason]) -> Vec<Reason> {
    let mut merged: Vec<Reason> = Vec::new();
    for reason in reasons {
        let near = |other: &&mut Reason| other.how == How::Near && other.word == reason.word;
        let known = merged.iter_mut().find(near);
        let Some(known) = known.filter(|_| reason.how == How::Near) else {
            merged.push(reason.clone());
            continue;
        };
        known.share += reason.share;
        known.projects = known.projects.max(reason.projects);
        let via = known.via.iter().chain(&reason.via).cloned();
        known.via = Some(via.collect::<Vec<_>>().join(", "));
        known.forms.extend_from_slice(&reason.forms);
        known.forms.sort();
        known.forms.dedup();
        for (row, share) in &reason.sections {
            match known.sections.iter_mut().find(|(held, _)| held == row) {
                Some((_, sum)) => *sum += share,
                None => known.sections.push((*row, *share)),
            }
        }
    }
    merged.sort_by(|a, b| b.share.total_cmp(&a.share));
    merged
}

fn line(reason: &Reason, words: &Words) -> String {
    let via = reason.via.as_deref().unwrap_or_default();
    let how = match reason.how {
        How::Itself => String::new(),
        How::Synonym => words.synonym.replace("{}", via),
        How::Near => words.relative.replace("{}", via),
        How::Beside => words.beside.replace("{}", via),
    };
    let mut parts = Vec::new();
    if !reason.forms.is_empty() {
        let typed = if reason.typed {
            format!(" ({})", words.typed)
        } else {
            String::new()
        };
        parts.push(words.stands.replace("{}", &forms(&reason.forms)) + &typed);
    }
    let section =
        |(row, share): &(usize, f32)| format!("{} {}", FIELDS[*row].title, percent(*share));
    let mut sections = reason.sections.clone();
    sections.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let sections: Vec<_> = sections.iter().take(MOST).map(section).collect();
    parts.push(words.sections.replace("{}", &sections.join(", ")));
    let projects = words
        .projects
        .replacen("{}", &reason.projects.to_string(), 1);
    let projects = projects.replacen("{}", &reason.of.to_string(), 1);
    // A word in one project of fifty tells much, one in every fourth little.
    let rarity = match reason.projects {
        n if n * 50 <= reason.of => format!(", {}", words.rare),
        n if n * 4 >= reason.of => format!(", {}", words.common),
        _ => String::new(),
    };
    parts.push(projects + &rarity);
    format!(
        "{:>6} {}{how}: {}",
        percent(reason.share),
        reason.word,
        parts.join("; ")
    )
}

/// The first forms.
fn forms(forms: &[String]) -> String {
    let more = if forms.len() > MOST { ", …" } else { "" };
    forms
        .iter()
        .take(MOST)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
        + more
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
