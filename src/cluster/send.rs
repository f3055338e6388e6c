//! Sends what is new or changed, worker by worker: each reads a file, analyses
//! it and sends its document with others before it takes the next one. So the
//! memory for documents is a load for each worker.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::error::{Error, Result};
use crate::finnish::Analyzer;
use crate::form;
use crate::index::{self, Claim, Progress};
use crate::read;
use crate::search::cluster::names;
use crate::walk::{Entry, Kind};

use super::bulk::Sender;
use super::client::Client;
use super::document::{Identity, Writer};
use super::plan::{Plan, hex};
use super::settle::{Candidate, Origin};

/// What came of files that were sent.
#[derive(Default)]
pub(super) struct Sent {
    /// Files that could not be read any more or were refused, and why.
    pub(super) rejected: Vec<(String, String)>,
    /// What is to be said of files that are there.
    pub(super) warned: Vec<(String, Vec<String>)>,
    /// How long the cluster was waited for, all workers together.
    pub(super) waited: Duration,
}

/// Where to send, and with what.
pub(super) struct Work<'a> {
    pub(super) client: &'a Client,
    /// The index.
    pub(super) index: &'a str,
    pub(super) analyzer: &'a Analyzer,
    pub(super) threads: usize,
    pub(super) watch: &'a (dyn Fn(Progress) + Sync),
    /// The index whose place it takes.
    pub(super) old: Option<&'a str>,
}

/// Documents that are taken over at a time.
const TAKEN_AT_ONCE: usize = 100;

/// Files that are to be sent, and how far the workers are.
struct Queue<'q> {
    files: Vec<(&'q Candidate, &'q Entry)>,
    next: AtomicUsize,
    done: AtomicUsize,
    stop: AtomicBool,
}

impl Work<'_> {
    /// Sends what is not there, and takes out what is gone.
    pub(super) fn run(&self, plan: &Plan, files: &[Entry]) -> Result<Sent> {
        let by_name: HashMap<&str, &Entry> = files.iter().map(|f| (&*f.name, f)).collect();
        let new = plan.standing.iter();
        let new = new.filter(|file| file.origin == Origin::File);
        let queue = Queue {
            files: new
                .filter_map(|file| Some((file, *by_name.get(file.path.as_str())?)))
                .collect(),
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        };
        let results = std::thread::scope(|scope| {
            let spawn = |_| scope.spawn(|| self.worker(&queue));
            let workers: Vec<_> = (0..self.threads.max(1)).map(spawn).collect();
            let join = |worker: std::thread::ScopedJoinHandle<'_, Result<Sent>>| {
                worker.join().unwrap_or_else(|_| Err(panicked()))
            };
            workers.into_iter().map(join).collect::<Result<Vec<_>>>()
        })?;
        let mut all = self.remove(plan)?;
        let kept = self.old.map(|old| self.take_over(plan, old)).transpose()?;
        for sent in results.into_iter().chain(kept) {
            all.rejected.extend(sent.rejected);
            all.warned.extend(sent.warned);
            all.waited += sent.waited;
        }
        Ok(all)
    }

    fn worker(&self, queue: &Queue<'_>) -> Result<Sent> {
        let sent = self.take(queue);
        if sent.is_err() {
            queue.stop.store(true, Ordering::Relaxed);
        }
        sent
    }

    /// Takes files until there are none.
    fn take(&self, queue: &Queue<'_>) -> Result<Sent> {
        let mut sent = Sent::default();
        let mut sender = Sender::new(self.client, self.index);
        let mut writer = Writer::new(self.analyzer);
        let next = || queue.files.get(queue.next.fetch_add(1, Ordering::Relaxed));
        while let (false, Some((file, entry))) = (queue.stop.load(Ordering::Relaxed), next()) {
            match write(file, entry, &mut writer, &mut sender)? {
                Ok(remarks) if remarks.is_empty() => {}
                Ok(remarks) => sent.warned.push((file.path.clone(), remarks)),
                Err(reason) => sent.rejected.push((file.path.clone(), reason)),
            }
            (self.watch)(Progress::Read {
                files: queue.done.fetch_add(1, Ordering::Relaxed) + 1,
                of: queue.files.len(),
            });
        }
        sender.flush()?;
        sent.rejected.extend(sender.rejected);
        sent.waited = sender.waited;
        Ok(sent)
    }

    /// Takes over from an old index what can't be read now: its texts are analysed
    /// anew.
    fn take_over(&self, plan: &Plan, old: &str) -> Result<Sent> {
        let mut sender = Sender::new(self.client, self.index);
        let mut writer = Writer::new(self.analyzer);
        let kept = plan.standing.iter();
        let kept: Vec<_> = kept.filter(|file| file.origin == Origin::Kept).collect();
        for files in kept.chunks(TAKEN_AT_ONCE) {
            let ids: Vec<String> = files.iter().map(|file| id(&file.key)).collect();
            let path = format!("{old}/_mget?_source={},{}", names::TEXT, names::DIGEST);
            let answer = self.client.ask("POST", &path, &json!({"ids": ids}))?;
            for (number, file) in files.iter().enumerate() {
                let own = &answer["docs"][number]["_source"]["own"];
                let (Some(text), Some(digest)) = (own["text"].as_str(), own["digest"].as_str())
                else {
                    return Err(Error::Cluster {
                        what: format!("{old} has no more what {} last held; push again", file.path),
                    });
                };
                let identity = Identity {
                    key: &file.key,
                    path: &file.path,
                    digest,
                    claim: file.claim,
                };
                let document = writer.write(&mut form::parse(text).project, text, &identity);
                sender.put(&file.path, &id(&file.key), &document)?;
            }
        }
        sender.flush()?;
        Ok(all_of(sender))
    }

    /// Takes out what is gone.
    fn remove(&self, plan: &Plan) -> Result<Sent> {
        let mut sender = Sender::new(self.client, self.index);
        let ids: HashSet<String> = plan.standing.iter().map(|file| id(&file.key)).collect();
        for (key, id) in plan.remove.iter().filter(|(_, id)| !ids.contains(id)) {
            sender.remove(key, id)?;
        }
        sender.flush()?;
        Ok(all_of(sender))
    }
}

/// What came of what a sender has sent.
fn all_of(sender: Sender<'_>) -> Sent {
    Sent {
        rejected: sender.rejected,
        warned: Vec::new(),
        waited: sender.waited,
    }
}

fn panicked() -> Error {
    Error::Cluster {
        what: "a worker failed; please report it".to_owned(),
    }
}

/// Reads, analyses and sends the document of a file; gives what is to be said
/// of it, or why it is not sent.
fn write(
    file: &Candidate,
    entry: &Entry,
    writer: &mut Writer<'_>,
    sender: &mut Sender<'_>,
) -> Result<std::result::Result<Vec<String>, String>> {
    let path = entry.path();
    let read = read::load(&path).and_then(|loaded| {
        let digest = hex(&loaded.digest);
        let source = read::text_of(loaded.bytes, Kind::of(&path))?;
        Ok((digest, source))
    });
    let (digest, source) = match read {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal.to_string())),
    };
    let mut parsed = form::parse(&source.text);
    if index::key(parsed.project.code, &file.path) != file.key {
        let reason = "was changed while it was read; left for the next run";
        return Ok(Err(reason.to_owned()));
    }
    let mut remarks = source.warnings;
    remarks.extend(parsed.problems.iter().map(ToString::to_string));
    let identity = Identity {
        key: &file.key,
        path: &file.path,
        digest: &digest,
        claim: Claim::of(&parsed).rank(),
    };
    let document = writer.write(&mut parsed.project, &source.text, &identity);
    sender.put(&file.path, &id(&file.key), &document)?;
    Ok(Ok(remarks))
}

/// The longest name of a document on a cluster, in bytes.
const LONGEST_ID: usize = 500;

/// What a document is called on the cluster.
fn id(key: &str) -> String {
    match key.len() <= LONGEST_ID {
        true => key.to_owned(),
        false => format!("hash:{}", blake3::hash(key.as_bytes()).to_hex()),
    }
}
