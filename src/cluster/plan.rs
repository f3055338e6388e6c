//! What a folder holds and what an index has → what there is to do.
//!
//! All files are read, since only their content tells whether they are as they
//! were: a folder may be copied to the machine that pushes anew each time.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::error::Result;
use crate::form;
use crate::index::{self, Claim, Class};
use crate::read;
use crate::walk::{Entry, Found, Kind};

use super::known::Known;
use super::settle::{self, Candidate, Origin};

/// What was found out about a file.
enum Seen {
    Candidate(Candidate),
    Left(Class, String),
}

/// What is to be done.
pub(super) struct Plan {
    /// Files that stand for their projects.
    pub(super) standing: Vec<Candidate>,
    /// The other files of these projects, each with the one that stands.
    pub(super) others: Vec<(Candidate, String)>,
    /// Files that give no document.
    pub(super) left: Vec<(String, Class, String)>,
    /// Documents that are to be taken out: key and name.
    pub(super) remove: Vec<(String, String)>,
    /// Files that are gone.
    pub(super) gone: Vec<String>,
}

/// What there is before a run, as far as it is known.
#[derive(Default)]
pub(super) struct Before {
    /// Documents by the paths of their files.
    pub(super) known: HashMap<String, Known>,
    /// How many documents there are of which nothing is known.
    pub(super) others: usize,
    /// Whether a new index takes the place of the old one.
    pub(super) replaced: bool,
}

impl Plan {
    /// Reads all files of a folder and compares them with what is known.
    ///
    /// # Errors
    /// When so much is gone that it looks like an accident.
    pub(super) fn new(
        (corpus, found): (&Path, &Found),
        before: &Before,
        threads: usize,
        allow_mass_delete: bool,
    ) -> Result<Self> {
        let known = &before.known;
        let there: HashSet<&str> = found.files.iter().map(|f| &*f.name).collect();
        let hidden = |path: &str| {
            let denied = found.others.iter().filter(|(_, r)| r.is_failure());
            denied.into_iter().any(|(name, _)| covers(name, path))
        };
        let mut gone: Vec<String> = known
            .keys()
            .filter(|path| !there.contains(path.as_str()) && !hidden(path))
            .cloned()
            .collect();
        gone.sort();
        let (mut candidates, mut left) = (Vec::new(), Vec::new());
        for (path, document) in known.iter().filter(|(path, _)| hidden(path)) {
            candidates.push(kept(path, document));
        }
        // All of a new index is made of the files, as far as they can be read.
        let nothing = HashMap::new();
        let as_it_is = if before.replaced { &nothing } else { known };
        for (path, seen) in look_at(&found.files, as_it_is, threads) {
            match (seen, known.get(&path)) {
                (Seen::Candidate(candidate), _) => candidates.push(candidate),
                (Seen::Left(_, reason), Some(document)) => {
                    candidates.push(kept(&path, document));
                    left.push((path, Class::Failed, reason));
                }
                (Seen::Left(class, reason), None) => left.push((path, class, reason)),
            }
        }
        let (standing, others) = settle::settle(candidates);
        let keys: HashSet<&str> = standing.iter().map(|file| file.key.as_str()).collect();
        let lost = known.values();
        let lost = lost.filter(|document| !keys.contains(document.key.as_str()));
        let untold = before.others.saturating_sub(standing.len());
        for lost in [(lost.count(), known.len()), (untold, before.others)] {
            index::refuse_accident(corpus, lost, allow_mass_delete)?;
        }
        let mut remove: Vec<_> = as_it_is
            .values()
            .filter(|document| !keys.contains(document.key.as_str()))
            .map(|document| (document.key.clone(), document.id.clone()))
            .collect();
        remove.sort();
        Ok(Self {
            standing,
            others,
            left,
            remove,
            gone,
        })
    }

    /// Whether everything is as it was.
    pub(super) fn is_idle(&self) -> bool {
        let is_new = |file: &Candidate| file.origin == Origin::File;
        self.remove.is_empty() && !self.standing.iter().any(is_new)
    }
}

/// Looks at all files, each by itself.
fn look_at(files: &[Entry], known: &HashMap<String, Known>, threads: usize) -> Vec<(String, Seen)> {
    let next = AtomicUsize::new(0);
    let seen = Mutex::new(Vec::with_capacity(files.len()));
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let saw = look(file, known.get(&*file.name));
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push((file.name.to_string(), saw));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(work);
        }
    });
    let mut seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    seen
}

/// Looks at a file: what it describes and whether the index has it as it is.
fn look(file: &Entry, known: Option<&Known>) -> Seen {
    let path = file.path();
    let loaded = match read::load(&path) {
        Ok(loaded) => loaded,
        Err(refusal) => return left(&refusal),
    };
    let digest = hex(&loaded.digest);
    if let Some(known) = known.filter(|known| known.digest == digest) {
        return Seen::Candidate(Candidate {
            origin: Origin::There,
            ..kept(&file.name, known)
        });
    }
    let source = match read::text_of(loaded.bytes, Kind::of(&path)) {
        Ok(source) => source,
        Err(refusal) => return left(&refusal),
    };
    let parsed = form::parse(&source.text);
    Seen::Candidate(Candidate {
        path: file.name.to_string(),
        key: index::key(parsed.project.code, &file.name),
        claim: Claim::of(&parsed).rank(),
        origin: Origin::File,
    })
}

fn left(refusal: &read::Refusal) -> Seen {
    let class = match refusal.is_failure() {
        true => Class::Failed,
        false => Class::Skipped,
    };
    Seen::Left(class, refusal.to_string())
}

/// The document of a file that can't be read.
fn kept(path: &str, document: &Known) -> Candidate {
    Candidate {
        path: path.to_owned(),
        key: document.key.clone(),
        claim: document.claim,
        origin: Origin::Kept,
    }
}

/// A hash in hexadecimal digits.
pub(super) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path is what was denied, or below it.
fn covers(denied: &str, path: &str) -> bool {
    let below = path.strip_prefix(denied);
    denied.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
