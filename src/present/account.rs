//! What a run did and what an index is, as JSON for programs.
//!
//! Apart from the JSON of projects for length alone; the same rules hold.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use crate::index::{Extent, Manifest, Recipe, Report};

use super::json::line;

#[derive(Serialize)]
struct Info<'p> {
    r#type: &'static str,
    index: String,
    format: u32,
    program: &'p str,
    analyzer: &'p Recipe,
    corpus: &'p str,
    built: &'p str,
    documents: u64,
    text_bytes: u64,
    kept: &'p [String],
    charsets: &'p BTreeMap<String, u64>,
    with_contacts: bool,
    forgotten: &'p BTreeSet<String>,
    extents: &'p BTreeMap<String, Extent>,
    segments: usize,
    bytes: u64,
}

#[derive(Serialize)]
struct Run<'p> {
    r#type: &'static str,
    #[serde(flatten)]
    report: &'p Report,
}

/// Writes what an index says of itself.
///
/// # Errors
/// When the sink fails.
pub fn info(
    out: &mut dyn Write,
    index: String,
    manifest: &Manifest,
    segments: usize,
    bytes: u64,
) -> io::Result<()> {
    line(
        out,
        &Info {
            r#type: "index",
            index,
            format: manifest.format,
            program: &manifest.program,
            analyzer: &manifest.analyzer,
            corpus: &manifest.corpus,
            built: &manifest.built,
            documents: manifest.documents,
            text_bytes: manifest.text_bytes,
            kept: &manifest.kept,
            charsets: &manifest.charsets,
            with_contacts: manifest.with_contacts,
            forgotten: &manifest.forgotten,
            extents: &manifest.extents,
            segments,
            bytes,
        },
    )
}

/// Writes the account of a run.
///
/// # Errors
/// When the sink fails.
pub fn report(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    line(
        out,
        &Run {
            r#type: "report",
            report,
        },
    )
}
