//! A search taken along: all of its first projects as a table or as lines of
//! JSON, in the formats of the command line.

use crate::present::{answer, json, sheet};
use crate::search::Hits;

use super::api::Answered;
use super::ask::Asked;
use super::call::{Answer, Call};
use super::params::EXPORTED;
use super::problem::Problem;

fn found(call: &Call) -> Result<(Hits, String), Problem> {
    let limit = call.params.number(&EXPORTED);
    let mut asked = Asked::read(&call.server.library, &call.params, limit)?;
    asked.options.doubts = false;
    let found = asked.answer(&call.opened)?;
    Ok((found, asked.typed))
}

pub(super) fn csv(call: &Call) -> Answered {
    let (found, _) = found(call)?;
    let mut body = Vec::new();
    sheet::hits(&mut body, &found).map_err(|_| Problem::broken())?;
    Ok(Answer {
        file: Some("projects.csv"),
        ..Answer::of("text/csv; charset=utf-8", body)
    })
}

pub(super) fn jsonl(call: &Call) -> Answered {
    let (found, typed) = found(call)?;
    let mut body = Vec::new();
    for hit in &found.hits {
        json::hit(&mut body, hit, &hit.stored.project()).map_err(|_| Problem::broken())?;
    }
    answer::answer(&mut body, &found, &typed).map_err(|_| Problem::broken())?;
    Ok(Answer {
        file: Some("projects.jsonl"),
        ..Answer::of("application/jsonl", body)
    })
}
