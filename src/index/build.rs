//! One run: brings the index up to what the folder holds.
//!
//! What changed is found first; if nothing did, the run ends there. Else a new
//! generation is begun beside the one in force, with its segments as they are
//! (or empty, for a rebuild); changed files are read into new segments, old
//! documents deleted, duplicates of a code decided, the whole audited with a
//! fresh reader, and only then put in force. On any error the old one stays, and
//! so it does if too much of what it knew is gone.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use tantivy::Term;

use crate::error::{Error, Result, at};
use crate::finnish::Analyzer;
use crate::walk::{self, Entry, Found, Root};

use super::analysis::{self, Choice, Recipe};
use super::documents::Documents;
use super::forgotten::{self, Keys};
use super::lock::Lock;
use super::manifest::{FORMAT, Manifest};
use super::options::Options;
use super::past::Past;
use super::plan::{Plan, Task, refuse_accident};
use super::previous::Previous;
use super::report::Report;
use super::schema::Layout;
use super::seal::Finished;
use super::seen::Known;
use super::work::Work;
use super::{account, engine, generation, merge, young};

/// What is wrong with a folder without descriptions.
pub const NO_FILES: &str = "no .txt, .html, .pdf or .docx files here";

/// What a run tells while it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many files of all that are to be read are done.
    Read {
        /// Files done.
        files: usize,
        /// Files in all.
        of: usize,
    },
    /// The new generation is about to take over; until now nothing changed.
    Switching,
}

/// Brings the index in `index` up to what the folder `corpus` holds.
///
/// `watch` is called after each file that is read, from any thread, and once
/// before the new index takes over.
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
    let (found, _lock) = enter(corpus, index, options)?;
    let forgotten = forgotten::load(&options.system, index)?;
    if !options.dry_run {
        forgotten::keep(&options.system, index, &forgotten)?;
    }
    let (mut previous, mut past) = before(index, choice, options);
    let rebuilt = past.as_ref().and_then(Past::told);
    let plan = plan(&found, previous.as_mut(), past.as_mut());
    let lost = (plan.missing(), plan.known());
    refuse_accident(corpus, lost, options.allow_mass_delete)?;
    if options.dry_run || (plan.is_idle() && previous.is_some()) {
        let report = account::of_plan(&found, &plan, previous.as_ref().map(|p| &p.manifest));
        return Ok(Report {
            rebuilt,
            planned: options.dry_run,
            ..report
        });
    }
    let folder = generation::begin(&options.system, index)?;
    let run = Run {
        corpus,
        index,
        folder: &folder,
        found: &found,
        forgotten: &forgotten,
        past: past.as_ref(),
        options,
        watch,
    };
    match run.fill(plan, previous, choice) {
        Ok(report) => Ok(Report { rebuilt, ..report }),
        Err(error) => {
            // What can't be removed now is swept by the next run.
            let _ = options.system.remove_folder(&folder);
            Err(error.in_place(index))
        }
    }
}

/// What the run goes on from; or what was there, if it builds all anew.
fn before(index: &Path, choice: &Choice, options: &Options) -> (Option<Previous>, Option<Past>) {
    let system = &options.system;
    let why = match Previous::open(system, index, choice, options.with_contacts) {
        Ok(Some(previous)) if !options.rebuild => return (Some(previous), None),
        Ok(Some(_)) => Some("as asked".to_owned()),
        Ok(None) => None,
        Err(why) => Some(why),
    };
    (None, Some(Past::of(system, index, why)))
}

/// What there is to do, held against what the index knew.
fn plan<'f>(
    found: &'f Found,
    previous: Option<&mut Previous>,
    mut past: Option<&mut Past>,
) -> Plan<'f> {
    let (seen, unnamed) = match (previous, &mut past) {
        (Some(previous), _) => (std::mem::take(&mut previous.seen), 0),
        (None, Some(past)) => (std::mem::take(&mut past.files), past.unnamed),
        (None, None) => (Vec::new(), 0),
    };
    Plan {
        unnamed,
        ..Plan::new(found, seen, past.is_some())
    }
}

/// Looks what is there and makes sure that nobody else writes the index.
///
/// The lock comes first, so that what was found is never older than the index
/// it is held against; but no folder is made for an index of nothing. A dry run
/// changes nothing, and does without the lock where it may not write.
fn enter(corpus: &Path, index: &Path, options: &Options) -> Result<(Found, Option<Lock>)> {
    let system = &options.system;
    let take = || -> Result<Option<Lock>> {
        generation::refuse_foreign(system, index)?;
        let lock = match options.dry_run {
            true => return Lock::take_if_let(system, index),
            false => Lock::take(system, index)?,
        };
        generation::sweep(system, index)?;
        Ok(Some(lock))
    };
    let lock = index.is_dir().then(take).transpose()?;
    let found = walk::walk(corpus, options.follow_links)?;
    if found.files.is_empty() {
        return Err(Error::NothingToIndex {
            path: corpus.to_path_buf(),
            what: NO_FILES.to_owned(),
        });
    }
    let lock = match lock {
        Some(lock) => lock,
        None if options.dry_run => None,
        None => {
            system.make_folders(index).map_err(at(index))?;
            take()?
        }
    };
    Ok((found, lock))
}

/// One run that changes the index.
struct Run<'a> {
    corpus: &'a Path,
    index: &'a Path,
    /// Of the new generation.
    folder: &'a Path,
    found: &'a Found,
    /// Projects that shall not come in.
    forgotten: &'a Keys,
    /// What was there before, if all is built anew.
    past: Option<&'a Past>,
    options: &'a Options,
    watch: &'a (dyn Fn(Progress) + Sync),
}

impl Run<'_> {
    /// Fills the new generation and puts it in force.
    fn fill(&self, plan: Plan<'_>, previous: Option<Previous>, choice: &Choice) -> Result<Report> {
        let old = previous.as_ref().map(|previous| previous.manifest.clone());
        let (layout, system) = (Layout::new(), &self.options.system);
        let engine = match &previous {
            Some(previous) => {
                generation::inherit(system, &previous.folder, self.folder)?;
                engine::open(system, self.folder)?
            }
            None => engine::create(system, self.folder, &layout.schema)?,
        };
        let (analyzer, recipe) = self.analyzer(previous, choice)?;
        let mut writer = engine::writer(&engine, &layout)?;
        let work = Work {
            analyzer: &analyzer,
            layout: &layout,
            writer: &writer,
            options: self.options,
            forgotten: self.forgotten,
            past: self.past,
            watch: self.watch,
        };
        let (gone, doubtful) = (plan.gone.clone(), plan.doubtful());
        let (known, unnamed) = (plan.known(), plan.unnamed);
        let (documents, segments) = self.read(&work, plan)?;
        let of = |name: &str| Term::from_field_text(layout.path, name);
        for name in &documents.replaced {
            writer.delete_term(of(name));
        }
        // What is deleted up to here must not touch segments that come after.
        writer.commit()?;
        for segment in segments {
            writer.add_segment(segment)?;
        }
        let losers = documents.losers();
        losers.for_each(|known| _ = writer.delete_term(of(&known.name)));
        writer.commit()?;
        merge::merge(&engine, &mut writer, old.is_none())?;
        writer.wait_merging_threads()?;
        let report = account::of_run(self.found, &documents, &gone, doubtful);
        if report.documents == 0 {
            return Err(Error::NothingToIndex {
                path: self.corpus.to_path_buf(),
                what: "none of the files could be read as a description".to_owned(),
            });
        }
        // Only now it is known what could be read and what was lost.
        let there = usize::try_from(report.documents).unwrap_or(usize::MAX);
        let missing = account::missing(&report, &documents, &gone);
        let missing = missing + unnamed.saturating_sub(there);
        let is_allowed = self.options.allow_mass_delete;
        refuse_accident(self.corpus, (missing, known), is_allowed)?;
        self.close(documents.files, recipe, old.as_ref())?;
        Ok(report)
    }

    /// The analyzer of the old generation, or a new one.
    fn analyzer(&self, previous: Option<Previous>, choice: &Choice) -> Result<(Analyzer, Recipe)> {
        if let Some(previous) = previous {
            return Ok((previous.analyzer, previous.manifest.analyzer));
        }
        let (analyzer, recipe, learnt) = analysis::make(
            choice,
            &self.found.files,
            self.options.threads,
            self.forgotten,
        )?;
        analysis::store(&self.options.system, self.folder, learnt.as_deref())?;
        Ok((analyzer, recipe))
    }

    /// Reads what changed, and what must come in because of it.
    fn read(
        &self,
        work: &Work<'_>,
        plan: Plan<'_>,
    ) -> Result<(Documents, Vec<tantivy::index::SegmentMeta>)> {
        let hidden = plan.hidden.iter().map(|known| known.name.clone()).collect();
        // Who builds all anew has to ask for files that nobody can ask for, so that
        // what was known of them stays.
        let (asked, kept) = match self.past {
            Some(_) => (plan.hidden, Vec::new()),
            None => (Vec::new(), plan.hidden),
        };
        let entries = self.entries(&asked);
        let mut documents = Documents::of(plan.same, kept, hidden);
        let gone = plan.gone.iter().filter(|known| known.stands());
        documents.replaced = gone.map(|known| known.name.clone()).collect();
        let mut segments = Vec::new();
        let (mut tasks, young) = young::part(plan.read, self.options);
        tasks.extend(entries.iter().zip(asked).map(|(file, known)| Task {
            file,
            known: Some(Box::new(known)),
            is_busy: false,
        }));
        let mut young = Some(young).filter(|young| !young.is_empty());
        loop {
            let brought = work.run(&tasks)?;
            segments.extend(brought.segments);
            documents.take(brought.done);
            if let Some(young) = young.take() {
                tasks = young::wait(&self.options.system, young);
                continue;
            }
            tasks = documents.settle(self.found);
            if tasks.is_empty() {
                return Ok((documents, segments));
            }
        }
    }

    /// Files that were not found where they should be.
    fn entries(&self, files: &[Known]) -> Vec<Entry> {
        let root = Arc::new(Root::at(self.corpus));
        let entry = |known: &Known| Entry {
            root: Arc::clone(&root),
            name: known.name.clone(),
            stamp: known.stamp,
        };
        files.iter().map(entry).collect()
    }

    /// Puts the finished generation in force.
    fn close(&self, files: Vec<Known>, analyzer: Recipe, old: Option<&Manifest>) -> Result<()> {
        // Who checks the index later may stand somewhere else.
        let corpus = std::path::absolute(self.corpus);
        let corpus = corpus.unwrap_or_else(|_| self.corpus.to_path_buf());
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            analyzer,
            corpus: corpus.display().to_string(),
            built: seconds(self.options.now).to_string(),
            documents: 0,
            text_bytes: 0,
            kept: Vec::new(),
            charsets: BTreeMap::new(),
            extents: BTreeMap::new(),
            with_contacts: self.options.with_contacts,
            forgotten: self.forgotten.clone(),
            files: BTreeMap::new(),
        };
        let finished = Finished {
            system: &self.options.system,
            index: self.index,
            folder: self.folder,
            old,
        };
        finished.seal(files, manifest, &|| (self.watch)(Progress::Switching))
    }
}

/// A moment without its fraction of a second.
fn seconds(moment: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
