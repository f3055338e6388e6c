//! All of an index anew from what it stores, without some of its projects.
//!
//! The chain without a dictionary learns words from every description. To forget
//! what it learnt from one, it learns from the others again, and what it knows
//! then makes other terms of their words. The stored texts are all that it takes.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::index::SegmentMeta;
use tantivy::{DocId, IndexWriter};

use crate::error::Result;
use crate::finnish::Analyzer;
use crate::form;
use crate::form::project::Contact;

use super::analysis::{self, Recipe};
use super::document::{Identity, record};
use super::reader::Reader;
use super::record::Record;
use super::segment::Builder;
use super::system::System;
use super::{engine, options};

/// Living documents, by segment and number.
pub(super) type Places = BTreeSet<(usize, DocId)>;

/// Fills a generation's folder with these documents of an index, and gives what
/// analysed them.
pub(super) fn relearn(
    system: &System,
    folder: &Path,
    reader: &Reader,
    places: &Places,
) -> Result<Recipe> {
    let step = analysis::step(reader.manifest.text_bytes);
    let texts = places.iter().step_by(step).map(|(segment, doc)| {
        let stored = reader.stored(*segment, *doc)?;
        Ok(stored.text)
    });
    let (analyzer, recipe, learnt) = analysis::relearn(texts)?;
    analysis::store(system, folder, Some(&learnt))?;
    let engine = engine::create(system, folder, &reader.layout.schema)?;
    let mut writer = engine::writer(&engine, &reader.layout)?;
    for segment in segments(reader, &analyzer, places, &writer)? {
        writer.add_segment(segment)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(recipe)
}

/// Writes the documents into segments.
fn segments(
    reader: &Reader,
    analyzer: &Analyzer,
    places: &Places,
    writer: &IndexWriter<Record>,
) -> Result<Vec<SegmentMeta>> {
    let mut segments = Vec::new();
    let mut left = places.iter();
    loop {
        let builder = Builder::new(&reader.layout, analyzer, writer.new_segment())?;
        let mut segment = builder.writer();
        while !builder.is_full(options::DEFAULT_MEMORY) {
            let Some((number, doc)) = left.next() else {
                break;
            };
            let stored = reader.stored(*number, *doc)?;
            let text = stored.whole();
            let mut project = form::parse(&text).project;
            if !reader.manifest.with_contacts {
                project.applicant.contact = Contact::default();
            }
            let key = stored.key();
            let path = &stored.path;
            let record = record(&reader.layout, &project, Identity { key: &key, path });
            segment.analyse(&project);
            segment.add(&record, &stored.packed())?;
        }
        let share = segment.close();
        match builder.finish(&[share])? {
            Some(segment) => segments.push(segment),
            None => return Ok(segments),
        }
    }
}
