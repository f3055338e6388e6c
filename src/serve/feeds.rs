//! Answers for other programs of people: a feed of a search, the description
//! by which browsers add a search, and the map for crawlers.

use askama::Template;

use crate::search::{Hit, Sort};

use super::api::Answered;
use super::ask::{Asked, is_code};
use super::assets;
use super::call::{Answer, Call};
use super::page::texts;
use super::params::{PAGE, QUERY};
use super::problem::Problem;

/// Projects in a feed.
const ENTRIES: usize = 30;

/// Addresses in one map at the most, as its format has it.
const PLACES: usize = 50_000;

/// Pages that are there whatever is searched.
const STILL: [&str; 4] = ["/", "/overview", "/help", "/accessibility"];

struct Entry {
    title: String,
    id: String,
    updated: String,
    summary: String,
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    title: String,
    id: String,
    page: String,
    updated: String,
    author: &'static str,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "opensearch.xml")]
struct OpenSearch<'a> {
    name: &'static str,
    about: &'static str,
    base: &'a str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap<'a> {
    base: &'a str,
    paths: Vec<String>,
}

fn xml(media: &'static str, template: &impl Template) -> Answered {
    let text = template.render().map_err(|_| Problem::broken())?;
    Ok(Answer::of(media, text))
}

/// The latest projects of a search.
pub(super) fn feed(call: &Call) -> Answered {
    let mut asked = Asked::read(&call.server.library, &call.params, ENTRIES)?;
    asked.options.sort = Sort::Start;
    let found = asked.answer(&call.opened)?;
    let t = texts::of(call.language);
    let built = &call.opened.built;
    // What has no code has no address.
    let coded = found.hits.iter().filter(|hit| is_code(&hit.key));
    let typed = call.params.get(&QUERY).unwrap_or_default();
    let query = call.address.split_once('?').map_or("", |(_, query)| query);
    xml(
        "application/atom+xml; charset=utf-8",
        &Feed {
            title: allowed(&format!("{}: {typed}", t.service)),
            id: format!("{}{}", call.base, call.address),
            page: format!("{}/?{query}", call.base),
            updated: built.clone(),
            author: t.service,
            entries: coded.map(|hit| entry(hit, call, built)).collect(),
        },
    )
}

fn entry(hit: &Hit, call: &Call, built: &str) -> Entry {
    let project = &hit.stored.project();
    let start = project.period.start;
    let texts: Vec<_> = hit.passages.iter().map(|p| p.text.as_str()).collect();
    let name = project.name.unwrap_or(&hit.key);
    Entry {
        title: allowed(name),
        id: format!("{}/project/{}", call.base, hit.key),
        updated: start.map_or(built.to_owned(), |day| format!("{day}T00:00:00Z")),
        summary: allowed(&texts.join(" … ")),
    }
}

/// A text without the characters that XML has no place for.
fn allowed(text: &str) -> String {
    let fits = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(fits).collect()
}

pub(super) fn opensearch(call: &Call) -> Answered {
    let t = texts::of(call.language);
    xml(
        "application/opensearchdescription+xml; charset=utf-8",
        &OpenSearch {
            name: t.service,
            about: t.tagline,
            base: &call.base,
            icon: assets::path(assets::Asset::Icon),
        },
    )
}

/// How many maps there are for so many projects.
pub(super) fn sitemaps(projects: u64) -> u64 {
    (projects + STILL.len() as u64).div_ceil(PLACES as u64)
}

/// All projects, so many a page.
pub(super) fn sitemap(call: &Call) -> Answered {
    let mut codes = call.opened.collection.keys()?;
    codes.retain(|key| is_code(key));
    codes.sort_unstable();
    let projects = codes.iter().map(|code| format!("/project/{code}"));
    let from = (call.params.number(&PAGE) - 1) * PLACES;
    let paths = STILL
        .map(str::to_owned)
        .into_iter()
        .chain(projects)
        .skip(from)
        .take(PLACES);
    let base = &call.base;
    xml(
        "application/xml; charset=utf-8",
        &Sitemap {
            base,
            paths: paths.collect(),
        },
    )
}
