//! Erases projects from the index for good.
//!
//! Segments that hold a project, or anything deleted, are written anew
//! without it; what is known of its files is forgotten; the list of forgotten
//! projects keeps it out of later runs. Then all that is left in the folder is
//! looked through for what only the project held. What others say of it, by its
//! code, stays theirs.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::index::SegmentId;
use tantivy::{DocId, Term};

use crate::error::Result;

use super::evidence::{self, Evidence};
use super::forgotten::{self, Keys};
use super::lock::Lock;
use super::manifest::Manifest;
use super::reader::{Reader, Segment};
use super::relearn::{Places, relearn};
use super::schema::Layout;
use super::seal::Finished;
use super::seen::{self, Known};
use super::system::System;
use super::verify::Finding;
use super::{engine, generation, merge, status, traces};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgetting {
    /// Erases the projects and keeps them out.
    Erase,
    /// Only says what there is to erase.
    DryRun,
    /// Lets the projects come in again with the next run.
    Undo,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Erasure {
    /// Each project that was named.
    pub projects: Vec<Erased>,
    /// Segments that were written anew.
    pub segments: usize,
    /// Things that only these projects held and that were looked for.
    pub evidence: usize,
    /// What of them is still there.
    pub traces: Vec<Finding>,
    /// Documents that are left.
    pub documents: u64,
}

/// One project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Its key.
    pub key: String,
    /// Files that describe it.
    pub files: Vec<String>,
    /// Whether it was on the list already.
    pub was_forgotten: bool,
    /// Keys of other projects whose texts have its code.
    pub mentions: Vec<String>,
}

/// Projects that were forgotten.
///
/// # Errors
/// When there is no list that can be read.
pub fn forgotten(index: &Path) -> Result<BTreeSet<String>> {
    let system = System::default();
    generation::current(&system, index)?;
    forgotten::load(&system, index)
}

/// Erases projects by their keys, or takes that back.
///
/// # Errors
/// Any error leaves the index as it was.
pub fn forget(
    system: &System,
    index: &Path,
    keys: &BTreeSet<String>,
    what: Forgetting,
) -> Result<Erasure> {
    // Who asks in a folder without an index gets no lock file there.
    generation::current(system, index)?;
    let _lock = Lock::take(system, index)?;
    generation::sweep(system, index)?;
    let reader = Reader::open(index)?;
    let files = seen::read(system, reader.folder())?;
    let mut erasure = Erasure {
        projects: projects(&reader, &files, keys)?,
        documents: reader.manifest.documents,
        ..Erasure::default()
    };
    let change = Change {
        system,
        index,
        keys,
    };
    let holding = holding(&reader, keys)?;
    match what {
        Forgetting::Undo => change.undo(&reader, files)?,
        Forgetting::DryRun => erasure.segments = holding.len(),
        Forgetting::Erase => {
            let evidence = evidence::held(&reader, &picker(&reader, keys)?)?;
            change.erase(reader, files, &holding)?;
            erasure.segments = holding.len();
            // It is done; what can't be looked through is no reason to say otherwise.
            if let Err(error) = change.prove(evidence, &mut erasure) {
                erasure.traces.push(Finding {
                    place: index.display().to_string(),
                    what: format!("could not be looked through: {error}"),
                });
            }
        }
    }
    if what != Forgetting::DryRun {
        erasure.traces.extend(copy(system, index));
    }
    Ok(erasure)
}

/// Brings the copy of the list up to the list. What hinders is told, and the next
/// run tries again.
fn copy(system: &System, index: &Path) -> Option<Finding> {
    let list = forgotten::load(system, index);
    let kept = list.and_then(|list| forgotten::keep(system, index, &list));
    kept.err().map(|error| Finding {
        place: forgotten::NAME.to_owned(),
        what: error.to_string(),
    })
}

/// What is known of each project.
fn projects(reader: &Reader, files: &[Known], keys: &Keys) -> Result<Vec<Erased>> {
    let mut projects = Vec::new();
    for key in keys {
        let own = files.iter().filter(|known| describes(known, key));
        projects.push(Erased {
            key: key.clone(),
            files: own.map(|known| known.name.to_string()).collect(),
            was_forgotten: reader.manifest.forgotten.contains(key),
            mentions: mentions(reader, key)?,
        });
    }
    Ok(projects)
}

fn describes(known: &Known, key: &str) -> bool {
    known.key() == Some(key)
}

/// Keys of other living projects whose texts have this code.
fn mentions(reader: &Reader, key: &str) -> Result<Vec<String>> {
    let mut mentions = Vec::new();
    for (number, segment) in reader.segments.iter().enumerate() {
        for doc in segment.reader.doc_ids_alive() {
            let stored = reader.stored(number, doc)?;
            if stored.text.contains(key) {
                mentions.push(stored.key());
            }
        }
    }
    mentions.retain(|other| other != key);
    mentions.sort();
    Ok(mentions)
}

/// Documents of a segment with one of the keys, deleted ones too.
fn documents(layout: &Layout, segment: &Segment, keys: &Keys) -> Result<BTreeSet<DocId>> {
    let mut docs = BTreeSet::new();
    let inverted = segment.reader.inverted_index(layout.key)?;
    for key in keys {
        let term = Term::from_field_text(layout.key, key);
        let option = tantivy::schema::IndexRecordOption::Basic;
        let postings = inverted.read_block_postings(&term, option);
        let postings = postings.map_err(tantivy::TantivyError::from)?;
        if let Some(mut postings) = postings {
            while !postings.docs().is_empty() {
                docs.extend(postings.docs());
                postings.advance();
            }
        }
    }
    Ok(docs)
}

/// Segments that hold any of the projects, and those that hold deleted texts: one
/// may be an older version of a project, under another code.
fn holding(reader: &Reader, keys: &Keys) -> Result<Vec<SegmentId>> {
    let mut ids = Vec::new();
    for segment in &reader.segments {
        let holds = !documents(&reader.layout, segment, keys)?.is_empty();
        if holds || segment.reader.has_deletes() {
            ids.push(segment.reader.segment_id());
        }
    }
    Ok(ids)
}

fn picker(reader: &Reader, keys: &Keys) -> Result<impl Fn(usize, DocId) -> bool + use<>> {
    let segments = reader.segments.iter();
    let docs = segments.map(|segment| documents(&reader.layout, segment, keys));
    let docs = docs.collect::<Result<Vec<_>>>()?;
    Ok(move |segment: usize, doc| docs[segment].contains(&doc))
}

fn traces_of(
    system: &System,
    reader: &Reader,
    evidence: &Evidence,
    keys: &Keys,
) -> Result<Vec<Finding>> {
    let mut traces = traces::traces(system, reader, evidence)?;
    let files = seen::read(system, reader.folder())?;
    let known = |key: &&String| files.iter().any(|known| describes(known, key));
    traces.extend(keys.iter().filter(known).map(|key| Finding {
        place: seen::NAME.to_owned(),
        what: format!("still knows {key}"),
    }));
    Ok(traces)
}

/// A change of the list and what comes with it.
struct Change<'a> {
    system: &'a System,
    index: &'a Path,
    keys: &'a Keys,
}

impl Change<'_> {
    fn erase(&self, reader: Reader, mut files: Vec<Known>, holding: &[SegmentId]) -> Result<()> {
        let mut names = Vec::new();
        let mut documents = reader.manifest.documents;
        for known in &mut files {
            if self.keys.iter().any(|key| describes(known, key)) {
                documents -= u64::from(known.stands());
                forgotten::forget(known);
                forgotten::read_again(known);
                names.push(known.name.to_string());
            }
        }
        status::forget(self.index, &names, documents)?;
        let mut list = reader.manifest.forgotten.clone();
        list.extend(self.keys.iter().cloned());
        self.change(&reader, files, list, holding)
    }

    /// Looks through the new index for what only the projects held.
    fn prove(&self, mut evidence: Evidence, erasure: &mut Erasure) -> Result<()> {
        let reader = Reader::open(self.index)?;
        erasure.documents = reader.manifest.documents;
        evidence::strike(&mut evidence, &reader)?;
        erasure.evidence = evidence.len();
        erasure.traces = traces_of(self.system, &reader, &evidence, self.keys)?;
        Ok(())
    }

    fn undo(&self, reader: &Reader, mut files: Vec<Known>) -> Result<()> {
        // Which of them describe these projects was forgotten too.
        let left_out = files
            .iter_mut()
            .filter(|known| forgotten::is_forgotten(known));
        left_out.for_each(forgotten::read_again);
        let list = reader.manifest.forgotten.difference(self.keys);
        let list = list.cloned().collect();
        self.change(reader, files, list, &[])
    }

    /// Puts in force a generation with these files known and this list.
    fn change(
        &self,
        reader: &Reader,
        files: Vec<Known>,
        list: Keys,
        holding: &[SegmentId],
    ) -> Result<()> {
        let old = &reader.manifest;
        let folder = generation::begin(self.system, self.index)?;
        let mut manifest = Manifest {
            forgotten: list,
            ..old.clone()
        };
        let finished = Finished {
            system: self.system,
            index: self.index,
            folder: &folder,
            old: Some(old),
        };
        let fill = || -> Result<()> {
            if holding.is_empty() || old.analyzer.dictionary.is_some() {
                generation::inherit(self.system, reader.folder(), &folder)?;
                self.rewrite(&folder, &reader.layout, holding)?;
            } else {
                let left = self.left(reader)?;
                manifest.analyzer = relearn(self.system, &folder, reader, &left)?;
            }
            finished.seal(files, manifest.clone(), &|| {})
        };
        fill().inspect_err(|_| {
            // What can't be undone now the next run sees to.
            let _ = self.system.remove_folder(&folder);
        })
    }

    /// Living documents of other projects.
    fn left(&self, reader: &Reader) -> Result<Places> {
        let is_forgotten = picker(reader, self.keys)?;
        let mut left = Places::new();
        for (number, segment) in reader.segments.iter().enumerate() {
            let living = segment.reader.doc_ids_alive();
            let docs = living.filter(|doc| !is_forgotten(number, *doc));
            left.extend(docs.map(|doc| (number, doc)));
        }
        Ok(left)
    }

    /// Deletes the documents and writes their segments anew without them.
    fn rewrite(&self, folder: &Path, layout: &Layout, holding: &[SegmentId]) -> Result<()> {
        if holding.is_empty() {
            return Ok(());
        }
        let engine = engine::open(self.system, folder)?;
        let mut writer = engine::writer(&engine, layout)?;
        for key in self.keys {
            writer.delete_term(Term::from_field_text(layout.key, key));
        }
        writer.commit()?;
        merge::rewrite(&engine, &mut writer, holding)?;
        Ok(writer.wait_merging_threads()?)
    }
}
