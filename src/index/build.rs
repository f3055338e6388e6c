//! Builds a generation: reads, parses, analyses and writes every description.
//!
//! The workers share nothing but the list of files: each reads a file, makes
//! its document and adds it to a segment of its own, so that no queue grows
//! and memory stays within the budget. When all segments are written the
//! duplicates of a code are decided, the generation is audited with a fresh
//! reader, and only then put in force. On any error the old one stays.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tantivy::index::SegmentMeta;
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

use crate::error::{Error, Result, at};
use crate::finnish::Analyzer;
use crate::walk::Found;
use crate::walk::{self, Entry};

use super::analysis::{self, Choice};
use super::lock::Lock;
use super::manifest::{self, FORMAT, Manifest};
use super::prepare::{Claim, prepare};
use super::record::Record;
use super::report::{Class, Report};
use super::schema::Layout;
use super::segment::Writer;
use super::{audit, engine, generation};

/// What a run is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// Memory for unwritten segments in bytes, all workers together.
    pub memory: usize,
    /// Workers; at least one.
    pub threads: usize,
    /// When the run began, for the manifest.
    pub now: jiff::Timestamp,
}

/// Memory for unwritten segments unless asked otherwise: 600 MB leaves the
/// whole process below 1 GiB.
pub const DEFAULT_MEMORY: usize = 600_000_000;

/// The least memory that a worker's segment gets.
const LEAST_MEMORY: usize = 16 << 20;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files done.
    pub files: usize,
    /// Files in all.
    pub of: usize,
}

/// Builds the index in `index` from the folder `corpus` and puts it in force.
///
/// `watch` is called after each file, from any thread.
///
/// # Errors
/// Any error leaves the index as it was.
pub fn build(
    corpus: &Path,
    index: &Path,
    choice: &Choice,
    options: &Options,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<Report> {
    let found = walk::walk(corpus)?;
    if found.files.is_empty() {
        return Err(Error::NothingToIndex {
            path: corpus.to_path_buf(),
            what: "no .txt or .html files here".to_owned(),
        });
    }
    std::fs::create_dir_all(index).map_err(at(index))?;
    generation::refuse_foreign(index)?;
    let _lock = Lock::take(index)?;
    let folder = generation::begin(index)?;
    let result = fill(&folder, (corpus, index), &found, (choice, options), watch);
    if result.is_err() {
        // What can't be removed now is swept by the next run.
        let _ = std::fs::remove_dir_all(&folder);
    }
    result
}

/// Fills a new generation and puts it in force.
fn fill(
    folder: &Path,
    (corpus, index): (&Path, &Path),
    found: &Found,
    (choice, options): (&Choice, &Options),
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<Report> {
    let (analyzer, recipe, learnt) = analysis::make(choice, &found.files, options.threads)?;
    let run = Run::new(folder, &found.files, &analyzer, options, watch)?;
    let report = run.finish(corpus, found)?;
    analysis::store(folder, learnt.as_deref())?;
    let facts = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        analyzer: recipe,
        corpus: corpus.display().to_string(),
        built: seconds(options.now).to_string(),
        documents: report.documents(),
        text_bytes: report.text_bytes,
        extents: Default::default(),
    };
    close(index, folder, facts)?;
    Ok(report)
}

/// What the workers share.
struct Run<'a> {
    files: &'a [Entry],
    analyzer: &'a Analyzer,
    options: &'a Options,
    watch: &'a (dyn Fn(Progress) + Sync),
    layout: Layout,
    writer: IndexWriter<Record>,
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
    keys: Mutex<HashMap<String, Vec<Claim>>>,
}

/// What one worker brings home.
#[derive(Default)]
struct Yield {
    segments: Vec<SegmentMeta>,
    report: Report,
}

impl<'a> Run<'a> {
    fn new(
        folder: &Path,
        files: &'a [Entry],
        analyzer: &'a Analyzer,
        options: &'a Options,
        watch: &'a (dyn Fn(Progress) + Sync),
    ) -> Result<Self> {
        let layout = Layout::new();
        let engine = engine::create(folder, &layout.schema)?;
        // The writer only gathers finished segments and deletes duplicates.
        let writer = engine.writer_with_num_threads(1, LEAST_MEMORY)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            files,
            analyzer,
            options,
            watch,
            layout,
            writer,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            keys: Mutex::new(HashMap::new()),
        })
    }

    fn finish(mut self, corpus: &Path, found: &Found) -> Result<Report> {
        let mut report = self.work()?;
        for (path, reason) in &found.others {
            let class = if reason.is_failure() {
                Class::Failed
            } else {
                Class::Skipped
            };
            if reason.is_notable() {
                report.note(path, class, vec![reason.to_string()]);
            } else {
                report.count(class);
            }
        }
        self.settle_duplicates(&mut report)?;
        report.items.sort();
        if report.documents() == 0 {
            return Err(Error::NothingToIndex {
                path: corpus.to_path_buf(),
                what: "none of the files could be read as a description".to_owned(),
            });
        }
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        Ok(report)
    }

    /// Runs the workers and gathers their segments.
    fn work(&self) -> Result<Report> {
        let threads = self.options.threads.max(1);
        let yields = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..threads)
                .map(|_| scope.spawn(|| self.worker()))
                .collect();
            handles
                .into_iter()
                .map(|handle| handle.join().unwrap_or_else(|_| Err(panicked())))
                .collect::<Vec<_>>()
        });
        let mut report = Report::default();
        for item in yields {
            let item = item?;
            for segment in item.segments {
                self.writer.add_segment(segment)?;
            }
            report.absorb(item.report);
        }
        Ok(report)
    }

    fn worker(&self) -> Result<Yield> {
        let result = self.segments();
        if result.is_err() {
            self.stop.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Takes files until there are none, a segment at a time.
    fn segments(&self) -> Result<Yield> {
        let budget = (self.options.memory / self.options.threads.max(1)).max(LEAST_MEMORY);
        let mut brought = Yield::default();
        loop {
            let segment = self.writer.new_segment();
            let mut writer = Writer::new(&self.layout, self.analyzer, segment)?;
            while writer.memory() < budget {
                let Some(file) = self.take() else { break };
                let report = &mut brought.report;
                if let Some((document, stored)) = self.prepare(file, &mut writer, report) {
                    writer.add(&document, &stored)?;
                }
                let files = self.done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.watch)(Progress {
                    files,
                    of: self.files.len(),
                });
            }
            match writer.finish()? {
                Some(segment) => brought.segments.push(segment),
                None => return Ok(brought),
            }
        }
    }

    fn take(&self) -> Option<&'a Entry> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        self.files.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Reads, parses and analyses one file; nothing that it holds can stop a run.
    fn prepare(
        &self,
        file: &Entry,
        writer: &mut Writer<'_>,
        report: &mut Report,
    ) -> Option<(Record, String)> {
        let outcome = catch_unwind(AssertUnwindSafe(|| prepare(file, &self.layout, writer)));
        match outcome {
            Ok(Ok(prepared)) => {
                report.text_bytes += prepared.claim.bytes;
                self.claim(prepared.key, prepared.claim);
                if prepared.remarks.is_empty() {
                    report.count(Class::Indexed);
                } else {
                    report.note(&file.name, Class::Warned, prepared.remarks);
                }
                Some((prepared.document, prepared.stored))
            }
            Ok(Err(left)) => {
                report.note(&file.name, left.class, vec![left.reason]);
                None
            }
            Err(_) => {
                writer.undo();
                let reason = "the program failed on this file; please report it".to_owned();
                report.note(&file.name, Class::Failed, vec![reason]);
                None
            }
        }
    }

    fn claim(&self, key: String, claim: Claim) {
        let mut keys = self
            .keys
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        keys.entry(key).or_default().push(claim);
    }

    /// Where files share a code, one stays and the others are named.
    fn settle_duplicates(&mut self, report: &mut Report) -> Result<()> {
        // A new writer's first operation must delete nothing: the engine gives
        // it the last commit's stamp.
        self.writer
            .delete_term(Term::from_field_text(self.layout.key, "\u{0}"));
        let keys = std::mem::take(
            self.keys
                .get_mut()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        let mut shared: Vec<_> = keys.into_iter().filter(|(_, c)| c.len() > 1).collect();
        shared.sort();
        for (key, mut claims) in shared {
            claims.sort();
            let Some(winner) = claims.pop() else { continue };
            for loser in claims {
                let path = &loser.path.0;
                self.writer
                    .delete_term(Term::from_field_text(self.layout.path, path));
                let reason = format!("describes {key} as {} does, which was taken", winner.path.0);
                report.text_bytes -= loser.bytes;
                report.demote(path, Class::Skipped, reason);
            }
        }
        Ok(())
    }
}

/// A moment without its fraction of a second.
fn seconds(moment: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}

/// Audits the finished generation, writes its manifest and puts it in force.
fn close(index: &Path, folder: &Path, mut facts: Manifest) -> Result<()> {
    facts.extents = audit::audit(index, folder, facts.documents)?;
    for (path, _) in generation::files(folder)? {
        generation::make_readable(&path).map_err(at(&path))?;
    }
    let json = serde_json::to_vec_pretty(&facts).map_err(|e| Error::Damaged {
        path: index.to_path_buf(),
        what: format!("the manifest can't be written: {e}"),
    })?;
    generation::write_atomically(&folder.join(manifest::NAME), &json)?;
    generation::switch(index, folder)
}

fn panicked() -> Error {
    tantivy::TantivyError::SystemError("a worker failed".to_owned()).into()
}
