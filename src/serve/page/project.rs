//! One project, section by section, with the words of the query marked, its
//! plan against its outcome, and what is near it.

use askama::Template;

use crate::form::catalogue::{QUESTIONS, ROWS};
use crate::form::project::{Form, Project, Prose};
use crate::present::explain::Language;
use crate::present::{euros, grouped};
use crate::search::{Link, Marker, Near, Tie};
use crate::serve::api::Answered;
use crate::serve::ask::{self, Asked, is_code};
use crate::serve::call::Call;
use crate::serve::params::LANG;

use super::address::Address;
use super::chart::Bar;
use super::marked::{Marked, paragraphs};
use super::texts::{Texts, of};
use super::{Frame, facts, names, rendered};

/// Similar projects that are shown.
const SIMILAR: usize = 5;

/// A label with its value.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
}

/// A text with its title.
struct SectionView {
    id: String,
    title: String,
    paragraphs: Vec<Marked>,
}

/// A plan against its outcome.
pub(super) struct Pair {
    pub(super) label: String,
    pub(super) planned: String,
    pub(super) realised: String,
    share: String,
    bars: [Bar; 2],
}

/// A question of 8.1 with its answer.
struct AnswerView {
    question: &'static str,
    answer: &'static str,
    comment: Vec<Marked>,
}

/// A row of 8.2.
struct ImpactView {
    label: &'static str,
    direct: Option<(u8, Bar)>,
    indirect: Option<(u8, Bar)>,
    comment: Vec<Marked>,
}

/// Another project.
struct Other {
    code: String,
    href: String,
    name: String,
    about: String,
}

#[derive(Template)]
#[template(path = "project.html")]
struct ProjectPage {
    frame: Frame,
    code: String,
    name: Marked,
    facts: String,
    back: Option<String>,
    official: String,
    basics: Vec<Row>,
    sections: Vec<SectionView>,
    pairs: Vec<Pair>,
    places: Vec<Row>,
    answers: Vec<AnswerView>,
    impacts: Vec<ImpactView>,
    links: Vec<Other>,
    similar: Vec<Other>,
    compare: String,
}

pub(in crate::serve) fn page(call: &Call) -> Answered {
    let (code, stored) = ask::project(&call.opened, &call.place)?;
    let project = &stored.project();
    let (collection, analyzer) = (&call.opened.collection, &call.opened.analyzer);
    let asked = Asked::read(&call.server.library, &call.params, 0)?;
    let mut marker = collection.marker(analyzer, &asked.query, &asked.options)?;
    let found = collection.similar(analyzer, (project, Some(&code)), SIMILAR)?;
    let t = of(call.language);
    let name = project.name.unwrap_or(t.no_name);
    let kept = Address::of(&call.params).only(&["lang"]);
    let list = Address::all(&call.params);
    let led = !list.clone().without(LANG.name).pairs().is_empty();
    let back = led.then(|| list.at("/"));
    let mut frame = Frame::of(call, format!("{name} – {code}"));
    frame.open = back.is_none();
    let near: Vec<_> = found
        .hits
        .iter()
        .map(|near| other(near, &kept, t))
        .collect();
    let nearest = found.hits.iter().map(|near| near.key.as_str());
    let nearest = nearest.filter(|key| is_code(key)).take(2);
    let compared = nearest.fold(kept.clone().with("code", &code), |address, key| {
        address.with("code", key)
    });
    let name_found = marker.ranges(name);
    rendered(&ProjectPage {
        frame,
        name: Marked::of(name, &name_found),
        facts: facts::line(project, t),
        back,
        official: official(project, &code),
        basics: basics(project, &code, t, call.language),
        sections: sections(project, t, call.language, &mut marker),
        pairs: pairs(project, t),
        places: places(project, call.language, t),
        answers: answers(project, t, &mut marker),
        impacts: impacts(project, &mut marker),
        links: found
            .links
            .iter()
            .map(|link| linked(link, &kept, t))
            .collect(),
        similar: near,
        compare: compared.at("/compare"),
        code,
    })
}

/// Where the authority publishes the project.
fn official(project: &Project<'_>, code: &str) -> String {
    let host = match project.form {
        Form::Eura2007 => "www.eura2007.fi",
        Form::Eura2014 | Form::Eura2014English => "www.eura2014.fi",
    };
    format!("https://{host}/rrtiepa/projekti.php?projektikoodi={code}")
}

/// Labels and values, without those that are unknown.
fn known<const N: usize>(rows: [(String, String); N]) -> Vec<Row> {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(label, value)| Row { label, value }).collect()
}

pub(super) fn basics(project: &Project<'_>, code: &str, t: &Texts, language: Language) -> Vec<Row> {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let partners = project
        .applicant
        .partners
        .iter()
        .map(|partner| partner.name);
    let name = |key| names::keyed(key, language);
    known([
        (t.project_code.to_owned(), code.to_owned()),
        (name("applicant"), text(project.applicant.name)),
        (name("organisation_type"), text(project.applicant.kind)),
        (
            t.partners.to_owned(),
            partners.collect::<Vec<_>>().join("; "),
        ),
        (t.period.to_owned(), facts::days(project.period)),
        (name("status"), facts::status(project.status, t).to_owned()),
        (name("axis"), text(project.axis)),
        (name("objective"), text(project.objective)),
        (name("authority"), text(project.authority)),
    ])
}

fn sections(
    project: &Project<'_>,
    t: &Texts,
    language: Language,
    marker: &mut Marker<'_>,
) -> Vec<SectionView> {
    let title = |prose: Prose, printed: Option<&str>| match printed {
        Some(printed) => printed.to_owned(),
        None => names::keyed(prose.key(), language),
    };
    let passages = project.passages.iter().enumerate();
    let mut all: Vec<_> = passages
        .map(|(number, passage)| SectionView {
            id: format!("s{number}"),
            title: title(passage.prose, passage.title),
            paragraphs: paragraphs(passage.text, Some(marker)),
        })
        .collect();
    if !project.unrecognised.is_empty() {
        let texts = project.unrecognised.iter();
        all.push(SectionView {
            id: "other".to_owned(),
            title: t.other_text.to_owned(),
            paragraphs: texts
                .flat_map(|part| paragraphs(part.text, Some(&mut *marker)))
                .collect(),
        });
    }
    all
}

/// A label, what was planned and realised of it, and how that is written.
type Measure = (&'static str, Option<u64>, Option<u64>, fn(u64) -> String);

/// Plans against outcomes, as far as one of both is known.
pub(super) fn pairs(project: &Project<'_>, t: &Texts) -> Vec<Pair> {
    let (money, counts) = (&project.money, &project.participation);
    let rows: [Measure; 4] = [
        (t.eu_and_state, money.granted, money.spent, euros),
        (t.public, money.public_planned, money.public_realised, euros),
        (
            t.companies,
            counts.companies_planned,
            counts.companies_realised,
            grouped,
        ),
        (
            t.persons,
            counts.persons_planned,
            counts.persons_realised,
            grouped,
        ),
    ];
    let some = rows
        .into_iter()
        .filter(|(_, planned, realised, _)| planned.or(*realised).is_some());
    some.map(|(label, planned, realised, shown)| {
        let most = planned.max(realised).unwrap_or_default();
        let share = planned
            .zip(realised)
            .and_then(|(planned, realised)| realised.checked_mul(100)?.checked_div(planned));
        let number = |number: Option<u64>| number.map_or_else(|| t.unknown.to_owned(), shown);
        Pair {
            label: label.to_owned(),
            planned: number(planned),
            realised: number(realised),
            share: share.map_or_else(|| "–".to_owned(), |share| format!("{share}\u{a0}%")),
            bars: [
                Bar::of(planned.unwrap_or_default(), most, "planned"),
                Bar::of(realised.unwrap_or_default(), most, "realised"),
            ],
        }
    })
    .collect()
}

fn places(project: &Project<'_>, language: Language, t: &Texts) -> Vec<Row> {
    let places = &project.places;
    let name = |key| names::keyed(key, language);
    let regions = match (places.regions.as_slice(), places.national) {
        ([], true) => t.whole_country.to_owned(),
        (regions, _) => regions.join(", "),
    };
    known([
        (name("region"), regions),
        (name("subregion"), places.subregions.join(", ")),
        (name("municipality"), places.municipalities.join(", ")),
    ])
}

fn answers(project: &Project<'_>, t: &Texts, marker: &mut Marker<'_>) -> Vec<AnswerView> {
    let rows = QUESTIONS.iter().zip(&project.equality);
    let some = rows.filter(|(_, answer)| answer.yes.is_some() || answer.comment.is_some());
    some.map(|(question, answer)| AnswerView {
        question: question.fi,
        answer: match answer.yes {
            Some(true) => t.yes,
            Some(false) => t.no,
            None => t.unknown,
        },
        comment: paragraphs(answer.comment.unwrap_or_default(), Some(marker)),
    })
    .collect()
}

fn impacts(project: &Project<'_>, marker: &mut Marker<'_>) -> Vec<ImpactView> {
    let rows = ROWS.iter().zip(&project.sustainability);
    let some = rows.filter(|(_, impact)| {
        impact.direct.is_some() || impact.indirect.is_some() || impact.comment.is_some()
    });
    let score =
        |score: Option<u8>, class| score.map(|score| (score, Bar::of(score.into(), 10, class)));
    some.map(|(row, impact)| ImpactView {
        label: row.fi,
        direct: score(impact.direct, "planned"),
        indirect: score(impact.indirect, "realised"),
        comment: paragraphs(impact.comment.unwrap_or_default(), Some(marker)),
    })
    .collect()
}

/// A project that is near.
fn other(near: &Near, kept: &Address, t: &Texts) -> Other {
    let project = &near.stored.project();
    let words = near.target.iter().chain(&near.methods).take(6).cloned();
    let words: Vec<_> = words.collect();
    Other {
        code: code(&near.key),
        href: kept.of_project(&near.key),
        name: project.name.unwrap_or(t.no_name).to_owned(),
        about: format!(
            "{} {}\u{a0}{}: {}",
            t.in_common,
            near.overlap,
            t.of_words,
            words.join(", ")
        ),
    }
}

/// A project that one is linked to.
fn linked(link: &Link, kept: &Address, t: &Texts) -> Other {
    let ties = link.ties.iter().map(|tie| match tie {
        Tie::Mentions => t.mentions,
        Tie::MentionedBy => t.mentioned_by,
        Tie::Sister => t.sister,
        Tie::NearDuplicate => t.near_duplicate,
    });
    Other {
        code: code(&link.key),
        href: match link.name {
            Some(_) => kept.of_project(&link.key),
            None => String::new(),
        },
        name: link.name.clone().unwrap_or_default(),
        about: ties.collect::<Vec<_>>().join(", "),
    }
}

/// A project's code; without one it is known by its name only.
fn code(key: &str) -> String {
    Some(key)
        .filter(|key| is_code(key))
        .unwrap_or_default()
        .to_owned()
}
