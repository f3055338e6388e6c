//! One file → one record, or the reason why not.
//!
//! What a worker does with a file before the engine sees it. Apart from
//! `build`, which knows of workers and segments but not what a file holds.

use crate::form::project::Status;
use crate::form::{self, Parsed, Place};
use crate::read;
use crate::walk::Entry;

use super::document::{Identity, record, stored};
use super::record::Record;
use super::report::Class;
use super::schema::Layout;
use super::segment::Writer;

/// One file's claim to a key: the greatest claim wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    /// A description of an ended project is newer than one of a running one.
    pub(super) ended: bool,
    pub(super) known_status: bool,
    /// Pages were stored with and without some of their lists.
    pub(super) lines: usize,
    /// The first path wins among equals.
    pub(super) path: std::cmp::Reverse<String>,
    /// Bytes of its text.
    pub(super) bytes: u64,
}

/// A document ready to be added.
pub(super) struct Prepared {
    pub(super) document: Record,
    /// What is stored to be shown.
    pub(super) stored: String,
    pub(super) key: String,
    pub(super) claim: Claim,
    pub(super) remarks: Vec<String>,
}

/// Why a file gives no document.
pub(super) struct Left {
    pub(super) class: Class,
    pub(super) reason: String,
}

/// Reads, parses and analyses a file for the segment that `writer` writes.
pub(super) fn prepare(
    file: &Entry,
    layout: &Layout,
    writer: &mut Writer<'_>,
) -> std::result::Result<Prepared, Left> {
    let source = read::read(&file.path).map_err(|refusal| Left {
        class: if refusal.is_failure() {
            Class::Failed
        } else {
            Class::Skipped
        },
        reason: refusal.to_string(),
    })?;
    let parsed = form::parse(&source.text);
    let key = match parsed.project.code {
        Some(code) => code.to_owned(),
        None => format!("file:{}", file.name),
    };
    let identity = Identity {
        key: &key,
        path: &file.name,
    };
    let claim = claim_of(&parsed, &file.name, source.text.len());
    let mut remarks = source.warnings;
    remarks.extend(parsed.problems.iter().map(ToString::to_string));
    let document = record(layout, &parsed.project, identity);
    let stored = stored(&parsed.project, &source.text, &file.name);
    writer.analyse(&parsed.project);
    Ok(Prepared {
        document,
        stored,
        claim,
        remarks,
        key,
    })
}

fn claim_of(parsed: &Parsed<'_>, path: &str, bytes: usize) -> Claim {
    Claim {
        ended: parsed.project.status == Some(Status::Ended),
        known_status: parsed.project.status.is_some(),
        lines: parsed
            .lines
            .iter()
            .filter(|place| **place != Place::Blank)
            .count(),
        path: std::cmp::Reverse(path.to_owned()),
        bytes: bytes as u64,
    }
}
