//! What is to say of a whole answer, and why a hit stands where it does, as
//! JSON. Apart from the JSON of projects for length alone; the same rules hold.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::index::fields::FIELDS;
use crate::search::{Hits, How, Reason};

use super::json::line;

#[derive(Serialize, ToSchema)]
pub(super) struct ReasonLine<'p> {
    word: &'p str,
    how: &'static str,
    via: Option<&'p str>,
    forms: &'p [String],
    typed: bool,
    projects: u64,
    points: f32,
    share: f32,
    sections: Vec<ShareLine>,
}

#[derive(Serialize, ToSchema)]
struct ShareLine {
    section: &'static str,
    share: f32,
}

#[derive(Serialize)]
struct AnswerLine<'p> {
    r#type: &'static str,
    query: &'p str,
    total: u64,
    loose: u64,
    synonyms: Vec<AddedLine<'p>>,
    partial: &'p [String],
    notes: &'p [String],
}

#[derive(Serialize, ToSchema)]
pub(super) struct AddedLine<'p> {
    word: &'p str,
    also: &'p [String],
}

/// Writes what is to say of a whole answer as one line.
///
/// # Errors
/// When the sink fails.
pub fn answer(out: &mut dyn Write, hits: &Hits, typed: &str) -> io::Result<()> {
    line(
        out,
        &AnswerLine {
            r#type: "answer",
            query: typed,
            total: hits.total,
            loose: hits.loose,
            synonyms: added(hits),
            partial: &hits.partial,
            notes: &hits.remarks,
        },
    )
}

pub(super) fn added(hits: &Hits) -> Vec<AddedLine<'_>> {
    let lines = hits.synonyms.iter().map(|added| AddedLine {
        word: &added.word,
        also: &added.also,
    });
    lines.collect()
}

pub(super) fn reason(reason: &Reason) -> ReasonLine<'_> {
    let section = |(row, share): &(usize, f32)| ShareLine {
        section: FIELDS[*row].key,
        share: *share,
    };
    ReasonLine {
        word: &reason.word,
        how: match reason.how {
            How::Itself => "word",
            How::Synonym => "synonym",
            How::Near => "near",
            How::Beside => "beside",
        },
        via: reason.via.as_deref(),
        forms: &reason.forms,
        typed: reason.typed,
        projects: reason.projects,
        points: reason.points,
        share: reason.share,
        sections: reason.sections.iter().map(section).collect(),
    }
}
