//! The documents of a run: which there are, and which of them stand.
//!
//! Keeps what the workers find out about files together with what was known,
//! and has the duplicates of a code decided over all of them.

use std::collections::{HashMap, HashSet};

use crate::walk::Entry;

use super::seen::Known;
use super::settle::settle;
use super::work::{Done, Task};

/// The documents of a run and where they are.
#[derive(Default)]
pub(super) struct Documents {
    /// All files of which something is known.
    pub(super) files: Vec<Known>,
    /// By name, a file's place among them.
    places: HashMap<String, usize>,
    /// Files with a document in a segment, whether it stands or not.
    pub(super) present: HashSet<String>,
    /// Files whose document in an old segment must go.
    pub(super) replaced: Vec<String>,
    /// Files that this run read and found to be as they were.
    pub(super) same: HashSet<String>,
}

impl Documents {
    /// Takes over what the workers found.
    pub(super) fn take(&mut self, done: Vec<Done>) {
        for done in done {
            let name = done.known.name.clone();
            let is_gone = done.known.document.is_none();
            if done.stood && (done.added || is_gone) {
                self.replaced.push(name.clone());
            }
            match done.added {
                true => self.same.remove(&name),
                false => self.same.insert(name.clone()),
            };
            if done.added || (done.stood && !is_gone) {
                self.present.insert(name.clone());
            }
            self.put(done.known);
        }
    }

    /// Puts in what is known of a file, in place of what was.
    pub(super) fn put(&mut self, known: Known) {
        match self.places.get(&known.name) {
            Some(place) => self.files[*place] = known,
            None => {
                self.places.insert(known.name.clone(), self.files.len());
                self.files.push(known);
            }
        }
    }

    /// Decides which documents stand; gives the files that must be read for it.
    pub(super) fn settle(&mut self, there: &HashMap<&str, &Entry>) -> Vec<Task> {
        let changes = settle(&mut self.files);
        for place in changes.go {
            if let Some(document) = &mut self.files[place].document {
                document.stands = false;
            }
        }
        let mut tasks = Vec::new();
        for place in changes.come {
            let known = &mut self.files[place];
            let present = self.present.contains(&known.name);
            let entry = there.get(known.name.as_str());
            match (present, entry, &mut known.document) {
                (true, _, Some(document)) => document.stands = true,
                (false, Some(entry), _) => tasks.push(((*entry).clone(), None)),
                // It can't be read now, so another one must stand for it.
                (_, _, document) => *document = None,
            }
        }
        tasks
    }
}
