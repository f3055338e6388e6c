//! One run: brings an index on a cluster up to what a folder holds.
//!
//! First all files are read, to see which are as the index has them and which
//! file stands for each project. Then what is new or changed is analysed and
//! sent, and what is gone is taken out. A rebuild does so in a new index, and
//! the alias moves to it in one step when all of it is there. A run that ends
//! early leaves documents that are each as they were or as they shall be; the
//! next run does the rest.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::form;
use crate::index::{self, Choice, Class, Progress, Recipe, Report};
use crate::read;
use crate::walk::{self, Entry, Found};

use super::bulk::Sender;
use super::client::Client;
use super::document::{Identity, Writer};
use super::facts::{self, Meta, Named};
use super::known::{self, Known};
use super::mapping::{self, FORMAT, Spread};
use super::open;
use super::settle::{self, Candidate};

/// What a run is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// Workers; at least one.
    pub threads: usize,
    /// When the run began.
    pub now: jiff::Timestamp,
    /// Makes a new index, whatever there is.
    pub rebuild: bool,
    /// Lets documents go although so many files are gone that it looks like
    /// an accident.
    pub allow_mass_delete: bool,
    /// Finds out what there is to do, and does nothing.
    pub dry_run: bool,
    /// Follows symbolic links to what lies in the folder.
    pub follow_links: bool,
    /// Shards of a new index.
    pub shards: u16,
    /// Copies of each shard of a new index.
    pub replicas: u16,
}

/// What a run did, and how long it waited for the cluster, all workers
/// together.
pub struct Pushed {
    /// The account of all files.
    pub report: Report,
    /// Time that was waited for the cluster.
    pub waited: Duration,
}

/// Brings the index behind the client's alias up to what the folder holds.
///
/// # Errors
/// When the cluster can't be reached or refuses; what it took stays.
pub fn push(
    client: &Client,
    corpus: &Path,
    (choice, named): (&Choice, Option<&Path>),
    options: &Options,
    watch: &(dyn Fn(Progress) + Sync),
) -> Result<Pushed> {
    let found = walk::walk(corpus, options.follow_links)?;
    if found.files.is_empty() {
        return Err(Error::NothingToIndex {
            path: corpus.to_path_buf(),
            what: "no .txt or .html files here".to_owned(),
        });
    }
    let place = &client.place;
    let (previous, why) = match facts::behind(client, &place.alias) {
        Ok(Some(_)) if options.rebuild => (None, Some("as asked".to_owned())),
        Ok(previous) => (previous, None),
        Err(Error::ClusterIndex { .. }) if options.rebuild => (None, Some("as asked".to_owned())),
        Err(error) => return Err(error),
    };
    let run = Run {
        client,
        corpus,
        found: &found,
        options,
        watch,
    };
    let known = match &previous {
        Some(named) => known::known(client, &named.name)?,
        None => HashMap::new(),
    };
    let mut pushed = run.bring(previous, &known, (choice, named))?;
    pushed.report.rebuilt = why;
    Ok(pushed)
}

struct Run<'a> {
    client: &'a Client,
    corpus: &'a Path,
    found: &'a Found,
    options: &'a Options,
    watch: &'a (dyn Fn(Progress) + Sync),
}

/// What was found out about a file.
enum Seen {
    Candidate(Candidate),
    Left(Class, String),
}

/// What is to be done.
struct Plan {
    standing: Vec<Candidate>,
    others: Vec<(Candidate, String)>,
    left: Vec<(String, Class, String)>,
    /// Documents that are to be taken out: key and name.
    remove: Vec<(String, String)>,
    gone: Vec<String>,
}

impl Plan {
    fn is_idle(&self) -> bool {
        self.remove.is_empty() && self.standing.iter().all(|file| file.is_there)
    }
}

impl Run<'_> {
    fn bring(
        &self,
        previous: Option<Named>,
        known: &HashMap<String, Known>,
        words: (&Choice, Option<&Path>),
    ) -> Result<Pushed> {
        let plan = self.plan(known)?;
        if plan.standing.is_empty() {
            return Err(Error::NothingToIndex {
                path: self.corpus.to_path_buf(),
                what: "none of the files could be read as a description".to_owned(),
            });
        }
        let mut report = self.account(&plan);
        let mut waited = Duration::ZERO;
        if let (Some(named), true) = (&previous, plan.is_idle()) {
            let mut meta = named.meta.clone();
            facts::count(self.client, &named.name, &mut meta)?;
            if meta != named.meta && !self.options.dry_run {
                // The last run ended before it could say so.
                self.tell(&named.name, &meta)?;
            }
            (report.documents, report.text_bytes) = (meta.documents, meta.text_bytes);
        } else if self.options.dry_run {
            report.documents = previous.map_or(0, |named| named.meta.documents);
        } else {
            let is_new = previous.is_none();
            let (named, analyzer) = self.target(previous, words)?;
            let sent = self.send(&named.name, &analyzer, &plan, known);
            let (rejected, took) = match sent {
                Ok(sent) => sent,
                Err(error) => {
                    if is_new {
                        self.drop_index(&named.name);
                    }
                    return Err(error);
                }
            };
            waited = took;
            let mut meta = named.meta;
            self.client
                .ask("POST", &format!("{}/_refresh", named.name), &Value::Null)?;
            facts::count(self.client, &named.name, &mut meta)?;
            meta.pushed = self.options.now.to_string();
            self.tell(&named.name, &meta)?;
            if is_new {
                (self.watch)(Progress::Switching);
                self.switch(&named.name)?;
            }
            report.counts.changed = true;
            (report.documents, report.text_bytes) = (meta.documents, meta.text_bytes);
            reject(&mut report, rejected);
        }
        report.items.sort();
        Ok(Pushed { report, waited })
    }

    /// Reads all files and says what is to be done.
    fn plan(&self, known: &HashMap<String, Known>) -> Result<Plan> {
        let there: HashSet<&str> = self.found.files.iter().map(|f| f.name.as_str()).collect();
        let hidden = |path: &str| {
            let denied = self.found.others.iter().filter(|(_, r)| r.is_failure());
            denied.into_iter().any(|(name, _)| covers(name, path))
        };
        let mut gone: Vec<String> = known
            .keys()
            .filter(|path| !there.contains(path.as_str()) && !hidden(path))
            .cloned()
            .collect();
        gone.sort();
        if index::is_alarming(gone.len(), known.len()) && !self.options.allow_mass_delete {
            return Err(Error::MassDelete {
                path: self.corpus.to_path_buf(),
                gone: gone.len(),
                of: known.len(),
            });
        }
        let (mut candidates, mut left) = (Vec::new(), Vec::new());
        for (path, document) in known.iter().filter(|(path, _)| hidden(path)) {
            candidates.push(kept(path, document));
        }
        for (path, seen) in self.look(known) {
            match seen {
                Seen::Candidate(candidate) => candidates.push(candidate),
                Seen::Left(class, reason) => {
                    candidates.extend(known.get(&path).map(|document| kept(&path, document)));
                    left.push((path, class, reason));
                }
            }
        }
        let (standing, others) = settle::settle(candidates);
        let keys: HashSet<&str> = standing.iter().map(|file| file.key.as_str()).collect();
        let mut remove: Vec<_> = known
            .values()
            .filter(|document| !keys.contains(document.key.as_str()))
            .map(|document| (document.key.clone(), document.id.clone()))
            .collect();
        remove.sort();
        Ok(Plan {
            standing,
            others,
            left,
            remove,
            gone,
        })
    }

    /// Looks at all files, each by itself.
    fn look(&self, known: &HashMap<String, Known>) -> Vec<(String, Seen)> {
        let files = &self.found.files;
        let next = AtomicUsize::new(0);
        let seen = Mutex::new(Vec::with_capacity(files.len()));
        let work = || {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let saw = look(file, known.get(&file.name));
                let mut seen = seen
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                seen.push((file.name.clone(), saw));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.options.threads.max(1) {
                scope.spawn(work);
            }
        });
        let mut seen = seen
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.sort_by(|a, b| a.0.cmp(&b.0));
        seen
    }

    /// The account of all files, as far as it is known before anything is sent.
    fn account(&self, plan: &Plan) -> Report {
        let mut report = Report::default();
        for (path, reason) in &self.found.others {
            let class = match reason.is_failure() {
                true => Class::Failed,
                false => Class::Skipped,
            };
            match reason.is_notable() {
                true => report.note(path, class, vec![reason.to_string()]),
                false => report.count(class),
            }
        }
        let left: HashSet<&str> = plan.left.iter().map(|(path, ..)| path.as_str()).collect();
        let there: HashSet<&str> = self.found.files.iter().map(|f| f.name.as_str()).collect();
        for file in &plan.standing {
            if left.contains(file.path.as_str()) || !there.contains(file.path.as_str()) {
                continue;
            }
            report.count(match file.is_there {
                true => Class::Unchanged,
                false => Class::Indexed,
            });
        }
        for (file, winner) in &plan.others {
            if !left.contains(file.path.as_str()) {
                report.note(
                    &file.path,
                    Class::Skipped,
                    vec![format!("{}{winner}", index::TAKEN)],
                );
            }
        }
        for (path, class, reason) in &plan.left {
            let stays = plan.standing.iter().any(|file| file.path == *path);
            let stays = stays.then(|| index::KEPT.to_owned());
            let reasons = std::iter::once(reason.clone()).chain(stays);
            report.note(path, *class, reasons.collect());
        }
        for path in &plan.gone {
            report.note(path, Class::Removed, vec!["gone".to_owned()]);
        }
        report
    }

    /// The index to send to, with what analyses for it.
    fn target(
        &self,
        previous: Option<Named>,
        (choice, named): (&Choice, Option<&Path>),
    ) -> Result<(Named, Analyzer)> {
        if let Some(previous) = previous {
            let analyzer = open::analyzer(self.client, &previous, named)?;
            return Ok((previous, analyzer));
        }
        let (analyzer, recipe, learnt) =
            index::fresh_analyzer(choice, &self.found.files, self.options.threads)?;
        let spread = Spread {
            shards: self.options.shards,
            replicas: self.options.replicas,
        };
        let alias = &self.client.place.alias;
        let name = format!("{alias}-{}", self.options.now.strftime("%Y%m%d%H%M%S%3f"));
        let meta = self.meta(recipe);
        self.client
            .ask("PUT", &name, &mapping::index(spread, &meta.value()))?;
        if let Some(learnt) = learnt {
            facts::store(self.client, &name, spread, &learnt)?;
        }
        Ok((Named { name, meta }, analyzer))
    }

    fn meta(&self, analyzer: Recipe) -> Meta {
        Meta {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            analyzer,
            corpus: self.corpus.display().to_string(),
            pushed: self.options.now.to_string(),
            documents: 0,
            text_bytes: 0,
            extents: BTreeMap::new(),
        }
    }

    /// Sends what is not there, and takes out what is gone; gives what was
    /// refused, and how long the cluster was waited for.
    fn send(
        &self,
        index: &str,
        analyzer: &Analyzer,
        plan: &Plan,
        known: &HashMap<String, Known>,
    ) -> Result<(Vec<(String, String)>, Duration)> {
        let files = &self.found.files;
        let by_name: HashMap<&str, &Entry> = files.iter().map(|f| (f.name.as_str(), f)).collect();
        let queue: Vec<(&Candidate, &Entry)> = plan
            .standing
            .iter()
            .filter(|file| !file.is_there)
            .filter_map(|file| Some((file, *by_name.get(file.path.as_str())?)))
            .collect();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let stop = AtomicBool::new(false);
        let work = || -> Result<(Vec<(String, String)>, Duration)> {
            let mut sender = Sender::new(self.client, index);
            let mut writer = Writer::new(analyzer);
            while let Some((file, entry)) = queue.get(next.fetch_add(1, Ordering::Relaxed)) {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                write(file, entry, &mut writer, &mut sender)
                    .inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                (self.watch)(Progress::Read {
                    files: done.fetch_add(1, Ordering::Relaxed) + 1,
                    of: queue.len(),
                });
            }
            sender.flush()?;
            Ok((sender.rejected, sender.waited))
        };
        let results = std::thread::scope(|scope| {
            let spawn = |_| scope.spawn(work);
            let workers: Vec<_> = (0..self.options.threads.max(1)).map(spawn).collect();
            let join = |worker: std::thread::ScopedJoinHandle<'_, Result<_>>| {
                let panicked = || Error::Cluster {
                    what: "a worker failed; please report it".to_owned(),
                };
                worker.join().unwrap_or_else(|_| Err(panicked()))
            };
            workers.into_iter().map(join).collect::<Result<Vec<_>>>()
        })?;
        let mut sender = Sender::new(self.client, index);
        // Its place may have been taken by a file of the same name and key.
        let ids: HashSet<String> = plan.standing.iter().map(|file| id(&file.key)).collect();
        for (key, id) in plan.remove.iter().filter(|(_, id)| !ids.contains(id)) {
            sender.remove(key, id)?;
        }
        sender.flush()?;
        let _ = known;
        let (mut rejected, mut waited) = (sender.rejected, sender.waited);
        for (more, took) in results {
            rejected.extend(more);
            waited += took;
        }
        Ok((rejected, waited))
    }

    /// Has an index say of itself what is so now.
    fn tell(&self, index: &str, meta: &Meta) -> Result<()> {
        let body = json!({"_meta": meta.value()});
        self.client
            .ask("PUT", &format!("{index}/_mapping"), &body)
            .map(drop)
    }

    /// Moves the alias to a new index in one step, and lets the others go.
    fn switch(&self, new: &str) -> Result<()> {
        let alias = &self.client.place.alias;
        let old = self.client.ask_for(&format!("_alias/{alias}"))?;
        let old: Vec<String> = old
            .iter()
            .filter_map(Value::as_object)
            .flat_map(|indexes| indexes.keys().cloned())
            .collect();
        let mut actions: Vec<Value> = old
            .iter()
            .map(|index| json!({"remove": {"index": index, "alias": alias}}))
            .collect();
        actions.push(json!({"add": {"index": new, "alias": alias}}));
        self.client
            .ask("POST", "_aliases", &json!({"actions": actions}))?;
        old.iter().for_each(|index| self.drop_index(index));
        Ok(())
    }

    /// Lets an index go; one that stays costs room and nothing else.
    fn drop_index(&self, index: &str) {
        for name in [index.to_owned(), facts::lexicon(index)] {
            let _ = self.client.send("DELETE", &name, &[]);
        }
    }
}

/// Looks at a file: what it describes and whether the index has it as it is.
fn look(file: &Entry, known: Option<&Known>) -> Seen {
    let loaded = match read::load(&file.path) {
        Ok(loaded) => loaded,
        Err(refusal) => return left(&refusal),
    };
    let digest = hex(&loaded.digest);
    if let Some(known) = known.filter(|known| known.digest == digest) {
        return Seen::Candidate(Candidate {
            is_there: true,
            ..kept(&file.name, known)
        });
    }
    let source = match read::text_of(loaded.bytes, read::is_named_html(&file.path)) {
        Ok(source) => source,
        Err(refusal) => return left(&refusal),
    };
    let parsed = form::parse(&source.text);
    Seen::Candidate(Candidate {
        path: file.name.clone(),
        key: index::key(parsed.project.code, &file.name),
        claim: settle::claim(&parsed),
        is_there: false,
    })
}

fn left(refusal: &read::Refusal) -> Seen {
    let class = match refusal.is_failure() {
        true => Class::Failed,
        false => Class::Skipped,
    };
    Seen::Left(class, refusal.to_string())
}

/// A document that stays as it is.
fn kept(path: &str, document: &Known) -> Candidate {
    Candidate {
        path: path.to_owned(),
        key: document.key.clone(),
        claim: document.claim,
        is_there: true,
    }
}

/// Reads, analyses and sends the document of a file.
fn write(
    file: &Candidate,
    entry: &Entry,
    writer: &mut Writer<'_>,
    sender: &mut Sender<'_>,
) -> Result<()> {
    let read = read::load(&entry.path).and_then(|loaded| {
        let digest = hex(&loaded.digest);
        let source = read::text_of(loaded.bytes, read::is_named_html(&entry.path))?;
        Ok((digest, source))
    });
    let (digest, source) = match read {
        Ok(read) => read,
        Err(refusal) => {
            sender
                .rejected
                .push((file.path.clone(), refusal.to_string()));
            return Ok(());
        }
    };
    let mut parsed = form::parse(&source.text);
    let claim = settle::claim(&parsed);
    if index::key(parsed.project.code, &file.path) != file.key {
        let reason = "was changed while it was read; left for the next run";
        sender.rejected.push((file.path.clone(), reason.to_owned()));
        return Ok(());
    }
    let identity = Identity {
        key: &file.key,
        path: &file.path,
        digest: &digest,
        claim,
    };
    let document = writer.write(&mut parsed.project, &source.text, &identity);
    sender.put(&file.path, &id(&file.key), &document)
}

/// The longest name of a document on a cluster, in bytes.
const LONGEST_ID: usize = 500;

/// What a document is called on the cluster.
pub(super) fn id(key: &str) -> String {
    match key.len() <= LONGEST_ID {
        true => key.to_owned(),
        false => format!("hash:{}", blake3::hash(key.as_bytes()).to_hex()),
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path is what was denied, or below it.
fn covers(denied: &str, path: &str) -> bool {
    let below = path.strip_prefix(denied);
    denied.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Says of files that were sent and refused that they are not there.
fn reject(report: &mut Report, rejected: Vec<(String, String)>) {
    for (path, reason) in rejected {
        report.counts.indexed = report.counts.indexed.saturating_sub(1);
        report.counts.seen = report.counts.seen.saturating_sub(1);
        report.note(&path, Class::Failed, vec![reason]);
    }
}
