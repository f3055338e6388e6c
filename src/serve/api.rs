//! The answers of `/api/v1/`: the same JSON as the command line gives, one
//! document each.

use jiff::Timestamp;

use crate::present::document::{self, State};
use crate::present::json;

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
    let parsed = stored.parsed();
    let links = call.opened.collection.links(Some(&code), &parsed.project)?;
    let partial = call.opened.partial();
    written(|out| json::stored(out, &stored.path, &parsed, (&links, &partial)))
}

pub(super) fn similar(call: &Call) -> Answered {
    let (code, stored) = ask::project(&call.opened, &call.place)?;
    let project = stored.project();
    let given = (&project, Some(code.as_str()));
    let (collection, analyzer) = (&call.opened.collection, &call.opened.analyzer);
    let mut found = collection.similar(analyzer, given, call.params.number(&NEAREST))?;
    found.partial = call.opened.partial();
    written(|out| document::similar(out, &found, &code))
}

pub(super) fn suggest(call: &Call) -> Answered {
    let typed = call.params.get(&QUERY).unwrap_or_default();
    let limit = call.params.number(&OFFERS);
    let found = call.opened.collection.suggest(typed, limit)?;
    let partial = call.opened.partial();
    written(|out| document::suggest(out, (&found, &partial), typed))
}

pub(super) fn status(call: &Call) -> Answered {
    let (library, opened) = (&call.server.library, &call.opened);
    let state = State {
        generation: &opened.name,
        documents: opened.collection.documents(),
        usable: library.trouble().is_none() && library.is_there(),
        last_done: library.shelf().last_done(opened),
    };
    let answer = written(|out| document::status(out, state, Timestamp::now()))?;
    Ok(answer.kept(Keep::No))
}

pub(super) fn openapi(_: &Call) -> Answered {
    Ok(Answer::of(JSON, openapi::JSON.as_str()))
}
