//! The workers of a run: files → segments.
//!
//! Each takes a file from the list, reads it, makes its document and adds it to the
//! segment that all fill together, so that no queue grows and memory stays within
//! the budget. What is full is written while the next is filled. Whatever one file
//! holds, it stops nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

use tantivy::IndexWriter;
use tantivy::index::SegmentMeta;

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::walk::Stamp;

use super::build::Progress;
use super::forgotten::{self, Keys};
use super::keep::keep;
use super::options::{LEAST_MEMORY, Options};
use super::past::Past;
use super::plan::Task;
use super::prepare::{Left, Outcome, prepare};
use super::record::Record;
use super::report::Class;
use super::schema::Layout;
use super::seen::Known;
use super::segment::{Builder, Share, Writer};

/// Files that are worth a worker of their own.
const A_WORKERS_SHARE: usize = 16;

/// What the workers share.
pub(super) struct Work<'a> {
    pub(super) analyzer: &'a Analyzer,
    pub(super) layout: &'a Layout,
    /// Only gathers finished segments.
    pub(super) writer: &'a IndexWriter<Record>,
    pub(super) options: &'a Options,
    /// Projects that shall not come in.
    pub(super) forgotten: &'a Keys,
    /// What was there before, if all is built anew.
    pub(super) past: Option<&'a Past>,
    pub(super) watch: &'a (dyn Fn(Progress) + Sync),
}

/// What they bring home.
#[derive(Default)]
pub(super) struct Yield {
    pub(super) segments: Vec<SegmentMeta>,
    /// The files, as they are known now.
    pub(super) done: Vec<Done>,
}

/// A file that was read.
pub(super) struct Done {
    pub(super) known: Known,
    /// Whether its document was added to a segment.
    pub(super) added: bool,
    /// Whether an older document of it is in the index.
    pub(super) stood: bool,
}

/// What a worker needs to take the next file.
struct Queue<'t> {
    tasks: &'t [Task<'t>],
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
}

impl<'t> Queue<'t> {
    fn take(&self) -> Option<&'t Task<'t>> {
        if self.stop.load(Ordering::Relaxed) {
            return None;
        }
        self.tasks.get(self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn is_empty(&self) -> bool {
        self.next.load(Ordering::Relaxed) >= self.tasks.len()
    }
}

impl Work<'_> {
    /// Reads the files and writes segments of their documents.
    pub(super) fn run(&self, tasks: &[Task<'_>]) -> Result<Yield> {
        let queue = Queue {
            tasks,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        };
        let threads = tasks.len().div_ceil(A_WORKERS_SHARE);
        let budget = self.options.memory.max(LEAST_MEMORY);
        let threads = threads.min(self.options.threads).min(budget / LEAST_MEMORY);
        let threads = threads.max(1);
        let mut brought = Yield {
            done: Vec::with_capacity(tasks.len()),
            ..Yield::default()
        };
        std::thread::scope(|scope| {
            let (mut builder, mut written) = (None, None);
            while !queue.is_empty() {
                let here = match builder.take() {
                    Some(builder) => builder,
                    None => self.builder()?,
                };
                let shares = self.fill(&queue, &here, (threads, budget), &mut brought.done)?;
                let before = written.take().map(joined).transpose()?;
                brought.segments.extend(before.flatten());
                let ends = queue.is_empty() || here.is_large(budget);
                if !ends {
                    builder = Some(Arc::clone(&here));
                }
                written = Some(scope.spawn(move || match ends {
                    true => Ok(here.finish(&shares)?),
                    false => Ok(here.spill(&shares).map(|()| None)?),
                }));
            }
            let last = written.map(joined).transpose()?;
            brought.segments.extend(last.flatten());
            Ok(brought)
        })
    }

    /// A new segment.
    fn builder(&self) -> Result<Arc<Builder<'_>>> {
        let segment = self.writer.new_segment();
        let builder = Builder::new(self.layout, self.analyzer, segment)?;
        Ok(Arc::new(builder))
    }

    /// Fills a segment by so many threads until so much memory is full or there are no
    /// files left.
    fn fill(
        &self,
        queue: &Queue<'_>,
        builder: &Builder<'_>,
        (threads, budget): (usize, usize),
        done: &mut Vec<Done>,
    ) -> Result<Vec<Share>> {
        let work = || {
            let result = self.share(queue, builder, budget);
            if result.is_err() {
                queue.stop.store(true, Ordering::Relaxed);
            }
            result
        };
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let mut shares = Vec::with_capacity(threads);
            for handle in handles {
                let (share, files) = joined(handle)?;
                shares.push(share);
                done.extend(files);
            }
            Ok(shares)
        })
    }

    /// One worker's share of a segment.
    fn share(
        &self,
        queue: &Queue<'_>,
        builder: &Builder<'_>,
        budget: usize,
    ) -> Result<(Share, Vec<Done>)> {
        let (mut writer, mut done) = (builder.writer(), Vec::new());
        while !builder.is_full(budget) {
            let Some(task) = queue.take() else {
                break;
            };
            done.push(self.one(task, &mut writer)?);
            (self.watch)(Progress::Read {
                files: queue.done.fetch_add(1, Ordering::Relaxed) + 1,
                of: queue.tasks.len(),
            });
        }
        Ok((writer.close(), done))
    }

    /// Reads, parses and analyses one file and adds its document.
    fn one(&self, task: &Task<'_>, writer: &mut Writer<'_>) -> Result<Done> {
        let (file, known) = (task.file, task.known.as_deref());
        let outcome = match caged(|| prepare(task, self, writer)) {
            Outcome::Left(left) => {
                writer.undo();
                caged(|| keep(left, task, self, writer))
            }
            outcome => outcome,
        };
        let mut now = Known {
            name: file.name.clone(),
            // Of a busy file like no file's, so that the next run reads it.
            stamp: match task.is_busy {
                true => Stamp::default(),
                false => file.stamp,
            },
            fresh: task.is_busy || self.options.is_fresh(file.stamp.modified),
            digest: Default::default(),
            class: Class::Indexed,
            reasons: Vec::new(),
            document: None,
        };
        let mut added = false;
        match outcome {
            Outcome::Same => {
                let known = known.cloned().unwrap_or_else(|| now.clone());
                (now.digest, now.class) = (known.digest, known.class);
                (now.reasons, now.document) = (known.reasons, known.document);
            }
            Outcome::Forgotten { digest } => {
                now.digest = digest;
                forgotten::forget(&mut now);
            }
            Outcome::Left(left) => {
                writer.undo();
                (now.class, now.digest) = (left.class, left.digest);
                (now.reasons, now.document) = (left.reasons, left.document);
            }
            Outcome::Ended(error) => return Err(error),
            Outcome::Read(prepared) => {
                writer.add(&prepared.record, &prepared.stored)?;
                added = true;
                (now.class, now.digest) = (prepared.class, prepared.digest);
                (now.reasons, now.document) = (prepared.reasons, Some(prepared.document));
            }
        }
        // Of many files there is something to say, and it stays to the end.
        now.reasons.shrink_to_fit();
        Ok(Done {
            known: now,
            added,
            stood: self.past.is_none() && known.is_some_and(Known::stands),
        })
    }
}

/// Whatever a file holds, it stops nothing.
fn caged(work: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let reason = "the program failed on this file; please report it";
        Outcome::Left(Left::new(Class::Failed, reason, Default::default()))
    })
}

/// What a thread has made.
fn joined<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err(panicked()))
}

fn panicked() -> Error {
    tantivy::TantivyError::SystemError("a worker failed".to_owned()).into()
}
