//! Answers for machinery: health, readiness, figures, rules for crawlers.
//! They wait for no search, so that they are told even when all are busy.

use std::fmt::Write as _;

use super::api::Answered;
use super::call::{Answer, Call, Keep, TEXT};
use super::feeds;
use super::problem::Problem;

pub(super) fn healthz(_: &Call) -> Answered {
    Ok(Answer::of(TEXT, "ok\n").kept(Keep::No))
}

/// Ready as long as some edition answers; what hinders a newer one is for the
/// operator to see in the figures.
pub(super) fn readyz(call: &Call) -> Answered {
    let library = &call.server.library;
    if !library.is_there() {
        return Err(Problem::no_answer());
    }
    let documents = call.opened.collection.documents();
    let said = match library.trouble() {
        None => format!("ready: {documents} projects\n"),
        Some(_) => format!("ready: {documents} projects, but the newest index can't be opened\n"),
    };
    Ok(Answer::of(TEXT, said).kept(Keep::No))
}

pub(super) fn metrics(call: &Call) -> Answered {
    let library = &call.server.library;
    let read = || library.shelf().figures(&call.opened, library.is_there());
    let mut text = call.server.metrics.of_index(read);
    text.push_str(&call.server.metrics.text());
    Ok(Answer::of("text/plain; version=0.0.4; charset=utf-8", text).kept(Keep::No))
}

/// Searches are endless, and each costs: crawlers get the projects only.
pub(super) fn robots(call: &Call) -> Answered {
    let mut text = "User-agent: *\nAllow: /$\nAllow: /project/\nAllow: /overview$\nAllow: /help\n\
                    Allow: /static/\nAllow: /accessibility\nDisallow: /\n\n"
        .to_owned();
    let documents = call.opened.collection.documents();
    for page in 1..=feeds::sitemaps(documents) {
        let _ = writeln!(text, "Sitemap: {}/sitemap.xml?page={page}", call.base);
    }
    Ok(Answer::of(TEXT, text))
}
