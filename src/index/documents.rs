//! The documents of a run: which there are, and which of them stand.
//!
//! Keeps what the workers find out about files together with what was known,
//! and has the duplicates of a code decided over all of them.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::walk::{Entry, Found};

use super::plan::Task;
use super::seen::Known;
use super::settle::settle;
use super::work::Done;

/// The documents of a run and where they are.
#[derive(Default)]
pub(super) struct Documents {
    /// All files of which something is known.
    pub(super) files: Vec<Known>,
    /// The places of files among them, by the hash of their names.
    places: HashTable<usize>,
    hasher: RandomState,
    /// What became of each in this run.
    marks: Vec<Mark>,
    /// Files whose document in an old segment must go.
    pub(super) replaced: Vec<Box<str>>,
    /// Files that nobody can ask for now.
    pub(super) hidden: HashSet<Box<str>>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// Whether it has a document in a segment, whether that stands or not.
    present: bool,
    /// Whether that is one of this run.
    added: bool,
}

impl Documents {
    /// Begins with what is as it was, and what of the `hidden` files is kept so.
    pub(super) fn of(same: Vec<Known>, kept: Vec<Known>, hidden: HashSet<Box<str>>) -> Self {
        let mut documents = Self {
            hidden,
            ..Self::default()
        };
        // With room for what is new: a long list that grows is copied.
        let room = (same.len() + kept.len()) / 8 * 9 + 64;
        documents.files.reserve(room);
        documents.marks.reserve(room);
        for known in same.into_iter().chain(kept) {
            let present = known.stands();
            let added = false;
            documents.put(known, Mark { present, added });
        }
        documents
    }

    /// All files, and whether their document is one of this run.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Known, bool)> {
        let files = self.files.iter().zip(&self.marks);
        files.map(|(known, mark)| (known, mark.added))
    }

    /// What is known of a file.
    pub(super) fn get(&self, name: &str) -> Option<&Known> {
        let is_it = |place: &usize| *self.files[*place].name == *name;
        let place = self.places.find(self.hasher.hash_one(name), is_it)?;
        Some(&self.files[*place])
    }

    /// Takes over what the workers found.
    pub(super) fn take(&mut self, done: Vec<Done>) {
        self.files.reserve(done.len());
        for done in done {
            let is_gone = done.known.document.is_none();
            if done.stood && (done.added || is_gone) {
                self.replaced.push(done.known.name.clone());
            }
            let present = done.added || (done.stood && !is_gone);
            let added = done.added;
            self.put(done.known, Mark { present, added });
        }
    }

    /// Puts in what is known of a file, in place of what was.
    fn put(&mut self, known: Known, mark: Mark) {
        let (files, hasher) = (&self.files, &self.hasher);
        let hash = |place: &usize| hasher.hash_one(&files[*place].name);
        let is_it = |place: &usize| files[*place].name == known.name;
        let own = hasher.hash_one(&known.name);
        match self.places.find(own, is_it).copied() {
            Some(place) => {
                self.files[place] = known;
                self.marks[place].present |= mark.present;
                self.marks[place].added |= mark.added;
            }
            None => {
                self.places.insert_unique(own, files.len(), hash);
                self.files.push(known);
                self.marks.push(mark);
            }
        }
    }

    /// Files that have a document in a segment although it does not stand.
    pub(super) fn losers(&self) -> impl Iterator<Item = &Known> {
        let files = self.files.iter().zip(&self.marks);
        let losers = files.filter(|(known, mark)| mark.present && !known.stands());
        losers.map(|(known, _)| known)
    }

    /// Decides which documents stand; gives the files that must be read for it.
    pub(super) fn settle<'f>(&mut self, found: &'f Found) -> Vec<Task<'f>> {
        let changes = settle(&mut self.files);
        for place in changes.go {
            if let Some(document) = &mut self.files[place].document {
                document.stands = false;
            }
        }
        let mut tasks = Vec::new();
        let there = LazyCell::new(|| -> HashMap<&str, &'f Entry> {
            let files = found.files.iter();
            files.map(|entry| (&*entry.name, entry)).collect()
        });
        for place in changes.come {
            let known = &mut self.files[place];
            let Mark { present, .. } = self.marks[place];
            let entry = there.get(&*known.name);
            match (present, entry, &mut known.document) {
                (true, _, Some(document)) => document.stands = true,
                (false, Some(entry), _) => tasks.push(Task {
                    file: entry,
                    known: None,
                    is_busy: false,
                }),
                // It can't be read now, so another one must stand for it.
                (_, _, document) => *document = None,
            }
        }
        tasks
    }
}
