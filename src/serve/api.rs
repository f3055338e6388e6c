//! The answers of `/api/v1/`: the same JSON as the command line gives, one
//! document each.

use jiff::Timestamp;

use crate::form;
use crate::index;
use crate::present::document;
use crate::search;

use super::ask::{self, Asked};
use super::call::{Answer, Call, JSON, Keep};
use super::openapi;
use super::params::{LIMIT, NEAREST, OFFERS, QUERY};
use super::problem::Problem;

pub(super) type Answered = Result<Answer, Problem>;

/// Makes an answer of what is written.
fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Answered {
    let mut body = Vec::new();
    write(&mut body).map_err(|_| Problem::broken())?;
    Ok(Answer::of(JSON, body))
}

pub(super) fn search(call: &Call) -> Answered {
    let limit = call.params.number(&LIMIT);
    let mut asked = Asked::read(&call.server.library, &call.params, limit)?;
    asked.go_on(&call.params, &call.opened)?;
    let found = asked.answer(&call.opened)?;
    let next = asked.next(&found, &call.opened);
    written(|out| document::search(out, &found, &asked.typed, next.as_deref()))
}

pub(super) fn facets(call: &Call) -> Answered {
    let mut asked = Asked::read(&call.server.library, &call.params, 0)?;
    asked.options.sums = true;
    asked.options.doubts = false;
    let found = asked.answer(&call.opened)?;
    written(|out| document::facets(out, &found, &asked.typed))
}

pub(super) fn project(call: &Call) -> Answered {
    let (code, stored) = ask::project(&call.opened, &call.place)?;
    let parsed = form::parse(&stored.text);
    let links = search::links(&call.opened.reader, Some(&code), &parsed.project)?;
    written(|out| document::project(out, &stored, &links))
}

pub(super) fn similar(call: &Call) -> Answered {
    let (code, stored) = ask::project(&call.opened, &call.place)?;
    let parsed = form::parse(&stored.text);
    let given = (&parsed.project, Some(code.as_str()));
    let opened = (&call.opened.reader, &call.opened.analyzer);
    let found = search::similar(opened, given, call.params.number(&NEAREST))?;
    written(|out| document::similar(out, &found, &code))
}

pub(super) fn suggest(call: &Call) -> Answered {
    let typed = call.params.get(&QUERY).unwrap_or_default();
    let limit = call.params.number(&OFFERS);
    let found = search::suggest(&call.opened.reader, typed, limit)?;
    written(|out| document::suggest(out, &found, typed))
}

pub(super) fn status(call: &Call) -> Answered {
    let library = &call.server.library;
    let reader = &call.opened.reader;
    let done = index::last_done(library.index(), &reader.manifest);
    let usable = library.trouble().is_none();
    let times = (done, Timestamp::now());
    let answer = written(|out| document::status(out, reader, usable, times))?;
    Ok(answer.kept(Keep::No))
}

pub(super) fn openapi(_: &Call) -> Answered {
    Ok(Answer::of(JSON, openapi::JSON.as_str()))
}
