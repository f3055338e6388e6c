//! What is there and what the last run saw → what there is to do.
//!
//! Pure: two lists in, a plan out. A file is as it was if its stamp is, unless
//! it was written in the moment it was read; then its content decides, which
//! the run finds out by reading it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use foldhash::fast::RandomState;

use crate::error::{Error, Result};
use crate::walk::{Entry, Found};

use super::report::Class;
use super::seen::Known;

/// A file to be read.
#[derive(Debug, Clone)]
pub(super) struct Task<'f> {
    pub(super) file: &'f Entry,
    /// What was known of it; apart, since of most files nothing is.
    pub(super) known: Option<Box<Known>>,
    /// Whether it is being written, and is to be left for the next run.
    pub(super) is_busy: bool,
}

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Plan<'f> {
    /// Files to be read, with what was known of them.
    pub(super) read: Vec<Task<'f>>,
    /// Files that are as they were.
    pub(super) same: Vec<Known>,
    /// Files below a folder that can't be looked into: nobody knows.
    pub(super) hidden: Vec<Known>,
    /// Files that are gone.
    pub(super) gone: Vec<Known>,
    /// Projects that were there and whose files can't be told any more.
    pub(super) unnamed: usize,
}

impl<'f> Plan<'f> {
    /// Compares what was found with what was seen. Of a run that builds all
    /// anew, no file is the same.
    pub(super) fn new(found: &'f Found, seen: Vec<Known>, anew: bool) -> Self {
        // Folders are large and mostly as they were: nothing is copied for them.
        let names = seen.iter().map(|known| &*known.name);
        let names: HashMap<&str, usize, RandomState> = names.zip(0..).collect();
        let place = |file: &Entry| names.get(&*file.name).copied();
        let places: Vec<_> = found.files.iter().map(place).collect();
        let mut seen: Vec<_> = seen.into_iter().map(Some).collect();
        let mut plan = Self::default();
        plan.same.reserve(seen.len());
        for (file, place) in found.files.iter().zip(places) {
            match place.and_then(|place| seen[place].take()) {
                Some(known) if !anew && is_same(&known, file) => plan.same.push(known),
                known => plan.read.push(Task {
                    file,
                    known: known.map(Box::new),
                    is_busy: false,
                }),
            }
        }
        let denied: Vec<_> = found
            .others
            .iter()
            .filter(|(_, r)| r.is_failure())
            .collect();
        for known in seen.into_iter().flatten() {
            match denied.iter().any(|(name, _)| covers(name, &known)) {
                true => plan.hidden.push(known),
                false => plan.gone.push(known),
            }
        }
        plan.hidden.sort_by(|a, b| a.name.cmp(&b.name));
        plan.gone.sort_by(|a, b| a.name.cmp(&b.name));
        plan
    }

    /// Projects that were in the index.
    pub(super) fn known(&self) -> usize {
        let same = self.same.iter().filter(|known| known.stands());
        self.documents() + same.count()
    }

    /// Projects that may leave the index, each by its key and its file.
    pub(super) fn doubtful(&self) -> Vec<(String, String)> {
        let read = self.read.iter().filter_map(|task| task.known.as_deref());
        let all = read.chain(&self.hidden).chain(&self.gone);
        let standing = all.filter(|known| known.stands());
        let named =
            standing.filter_map(|known| Some((known.key()?.to_owned(), known.name.to_string())));
        named.collect()
    }

    /// Whether everything is as it was.
    pub(super) fn is_idle(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty()
    }

    /// Projects that have no file any more even if each new file is an old one that
    /// was moved.
    pub(super) fn missing(&self) -> usize {
        let gone = self.gone.iter().filter(|known| known.stands());
        let mut gone: HashSet<&str, RandomState> = gone.filter_map(Known::key).collect();
        if !gone.is_empty() {
            let read = self.read.iter().filter_map(|task| task.known.as_deref());
            let there = read.chain(&self.same).chain(&self.hidden);
            there
                .filter_map(Known::key)
                .for_each(|key| _ = gone.remove(key));
        }
        let new = self.read.iter().filter(|task| task.known.is_none());
        (gone.len() + self.unnamed).saturating_sub(new.count())
    }

    /// Projects that the index holds, as far as it is not gone on from.
    pub(super) fn documents(&self) -> usize {
        self.doubtful().len() + self.unnamed
    }
}

/// Ends a run in which so many of so many known projects are gone that it looks like an
/// accident, unless that is allowed.
///
/// # Errors
/// [`Error::MassDelete`], of this corpus.
pub fn refuse_accident(corpus: &Path, (gone, of): (usize, usize), is_allowed: bool) -> Result<()> {
    match is_alarming(gone, of) && !is_allowed {
        true => Err(Error::MassDelete {
            path: corpus.to_path_buf(),
            gone,
            of,
        }),
        false => Ok(()),
    }
}

/// Whether so many gone of so many known look like an accident: a folder that is
/// not mounted, a copy that failed.
fn is_alarming(gone: usize, known: usize) -> bool {
    gone > ALARMING && gone * ALARMING_SHARE > known
}

/// So few files may go whatever their share is.
const ALARMING: usize = 20;

/// More than one in so many is alarming.
const ALARMING_SHARE: usize = 5;

fn is_same(known: &Known, file: &Entry) -> bool {
    // What failed is tried again: rights change without a trace in the file.
    known.stamp == file.stamp && !known.fresh && known.class != Class::Failed
}

/// Whether a file that can't be asked for lies behind what was denied.
fn covers(name: &str, known: &Known) -> bool {
    let below = known.name.strip_prefix(name);
    name.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::walk::{Reason, Root, Stamp};

    use super::super::seen::{Claim, Document};
    use super::*;

    fn entry(name: &str, size: u64) -> Entry {
        Entry {
            root: Root::at(Path::new("corpus")).into(),
            name: name.into(),
            stamp: Stamp {
                size,
                ..Stamp::default()
            },
        }
    }

    fn known(name: &str, size: u64) -> Known {
        Known {
            name: name.into(),
            stamp: entry(name, size).stamp,
            fresh: false,
            digest: [0; 16],
            class: Class::Indexed,
            reasons: Vec::new(),
            document: Some(Document {
                key: name.into(),
                claim: Claim::default(),
                charset: "utf-8".into(),
                bytes: size,
                stands: true,
            }),
        }
    }

    fn found(files: &[(&str, u64)]) -> Found {
        Found {
            files: files
                .iter()
                .map(|(name, size)| entry(name, *size))
                .collect(),
            others: Vec::new(),
        }
    }

    fn names(known: &[Known]) -> Vec<&str> {
        known.iter().map(|known| &*known.name).collect()
    }

    #[test]
    fn new_changed_and_gone_files_are_told_from_those_that_are_as_they_were() {
        let found = found(&[("a", 1), ("b", 2), ("new", 1)]);
        let seen = vec![known("a", 1), known("b", 1), known("old", 1)];
        let plan = Plan::new(&found, seen.clone(), false);
        let read = |plan: &Plan<'_>| {
            let tasks = plan.read.iter();
            let read = tasks.map(|task| (task.file.name.to_string(), task.known.is_some()));
            read.collect::<BTreeMap<_, _>>()
        };
        let of = |read: &[(&str, bool)]| {
            let read = read
                .iter()
                .map(|(name, is_known)| ((*name).to_owned(), *is_known));
            read.collect::<BTreeMap<_, _>>()
        };
        assert_eq!(read(&plan), of(&[("b", true), ("new", false)]));
        assert_eq!(
            (names(&plan.same), names(&plan.gone)),
            (vec!["a"], vec!["old"])
        );
        assert!(!plan.is_idle());
        let plan = Plan::new(&found, seen, true);
        assert_eq!(
            read(&plan),
            of(&[("a", true), ("b", true), ("new", false)]),
            "a run that builds all anew reads all, but knows what was there"
        );
        assert_eq!(names(&plan.gone), ["old"]);
    }

    #[test]
    fn projects_without_a_file_are_missing_where_there_are_fewer_files() {
        let files: Vec<_> = ["a", "b", "c"].map(|name| (name, 1)).into();
        let found = found(&files);
        let mut plan = Plan::new(&found, Vec::new(), true);
        plan.unnamed = 24;
        assert_eq!((plan.missing(), plan.known()), (21, 24));
        assert!(is_alarming(plan.missing(), plan.known()));
        plan.unnamed = 3;
        assert_eq!(plan.missing(), 0);
    }

    #[test]
    fn neither_moved_files_nor_those_that_were_never_in_the_index_are_missing() {
        let seen = |document: bool| {
            let all = (0..30).map(|number| known(&number.to_string(), 1));
            let all = all.map(|known| Known {
                document: known.document.filter(|_| document),
                ..known
            });
            all.collect::<Vec<_>>()
        };
        let moved: Vec<String> = (0..29).map(|number| format!("new/{number}")).collect();
        let moved: Vec<_> = moved.iter().map(|name| (name.as_str(), 1)).collect();
        let (there, empty) = (found(&moved), found(&[]));
        assert_eq!(Plan::new(&there, seen(true), false).missing(), 1);
        // Another file describes each project as well.
        let twin = |known: Known| Known {
            name: format!("twin/{}", known.name).into(),
            ..known
        };
        let all = [seen(true), seen(true).into_iter().map(twin).collect()].concat();
        let twins: Vec<String> = (0..30).map(|number| format!("twin/{number}")).collect();
        let twins: Vec<_> = twins.iter().map(|name| (name.as_str(), 1)).collect();
        assert_eq!(Plan::new(&found(&twins), all, false).missing(), 0);
        let none = Plan::new(&empty, seen(false), false);
        assert_eq!((none.missing(), none.known()), (0, 0));
    }

    #[test]
    fn a_file_that_was_just_written_or_failed_is_read_again() {
        let mut fresh = known("a", 1);
        fresh.fresh = true;
        let mut failed = known("b", 1);
        failed.class = Class::Failed;
        let found = found(&[("a", 1), ("b", 1)]);
        let plan = Plan::new(&found, vec![fresh, failed], false);
        assert_eq!((plan.read.len(), plan.same.len()), (2, 0));
    }

    #[test]
    fn what_lies_in_a_closed_folder_is_not_gone() {
        let mut found = found(&[]);
        let denied = Reason::Denied("permission denied".to_owned());
        found.others.push(("closed".to_owned(), denied));
        let seen = vec![known("closed/a", 1), known("closed2/a", 1)];
        let plan = Plan::new(&found, seen, false);
        assert_eq!(names(&plan.hidden), ["closed/a"]);
        assert_eq!(names(&plan.gone), ["closed2/a"]);
    }

    #[test]
    fn more_than_twenty_and_a_fifth_is_alarming() {
        let all = |count: usize| (0..count).map(|n| format!("{n:03}")).collect::<Vec<_>>();
        let is_refused = |stay: usize, gone: usize| {
            let every = all(stay + gone);
            let files: Vec<_> = every[..stay]
                .iter()
                .map(|name| (name.as_str(), 1))
                .collect();
            let found = found(&files);
            let plan = Plan::new(
                &found,
                every.iter().map(|name| known(name, 1)).collect(),
                false,
            );
            is_alarming(plan.missing(), plan.known())
        };
        assert!(!is_refused(0, 20));
        assert!(is_refused(0, 21));
        assert!(!is_refused(84, 21));
        assert!(is_refused(83, 21));
    }
}
