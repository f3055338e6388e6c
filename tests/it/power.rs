//! Power fails after any act of a run: what was not made durable is lost in
//! part, file by file and name by name, and still every index that a run has
//! acknowledged is there, whole.
//!
//! A run's acts are written down, then played again on a disk of the strict
//! kind: a file has for certain only what was synced, a folder only the names
//! that were there when it was; of all else any part may have made it.
//! `ESR_SEARCH_CRASHES` says how many cuts instead of the few by default.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use esr_search::index::{self, Act, Fate, System};

use crate::small::{Plot, State, WORDS, all, page, rounds, run};

/// Always the same numbers, as good as chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }
}

/// An act that was done, as far as it changes the disk.
#[derive(Debug, Clone)]
enum Deed {
    MakeFolder(PathBuf),
    RemoveFolder(PathBuf),
    Create(PathBuf),
    Write(PathBuf, Vec<u8>),
    Sync(PathBuf),
    SyncFolder(PathBuf),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
    Remove(PathBuf),
}

#[derive(Default)]
struct Writing(Mutex<Vec<Deed>>);

impl Fate for Writing {
    fn meet(&self, act: Act<'_>) -> io::Result<()> {
        let own = Path::to_path_buf;
        let deed = match act {
            Act::MakeFolder(path) => Deed::MakeFolder(own(path)),
            Act::RemoveFolder(path) => Deed::RemoveFolder(own(path)),
            Act::Create(path) => Deed::Create(own(path)),
            // A lock file is made if it is not there, and holds nothing.
            Act::Lock(path) if !path.exists() => Deed::Create(own(path)),
            Act::Write(path, bytes) => Deed::Write(own(path), bytes.to_vec()),
            Act::Sync(path) => Deed::Sync(own(path)),
            Act::SyncFolder(path) => Deed::SyncFolder(own(path)),
            Act::Rename(from, to) => Deed::Rename(own(from), own(to)),
            Act::Link(from, to) => Deed::Link(own(from), own(to)),
            Act::Remove(path) => Deed::Remove(own(path)),
            Act::List(_)
            | Act::Read(_)
            | Act::Source(_)
            | Act::Look(_)
            | Act::Permit(_)
            | Act::Lock(_) => return Ok(()),
        };
        self.0.lock().unwrap().push(deed);
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Node {
    Folder,
    File(usize),
}

#[derive(Default, Clone)]
struct File {
    bytes: Vec<u8>,
    synced: usize,
}

/// A change of names in one folder: all of it is durable, or nothing.
struct Change {
    folder: PathBuf,
    gone: Option<PathBuf>,
    there: Option<(PathBuf, Node)>,
}

type Names = BTreeMap<PathBuf, Node>;

/// The disk: what programs see, and what is certain.
#[derive(Default)]
struct Disk {
    files: Vec<File>,
    seen: Names,
    durable: Names,
    pending: Vec<Change>,
}

impl Disk {
    fn change(&mut self, gone: Option<PathBuf>, there: Option<(PathBuf, Node)>) {
        let path = there
            .as_ref()
            .map(|(path, _)| path)
            .or(gone.as_ref())
            .unwrap();
        let folder = path.parent().unwrap().to_path_buf();
        let change = Change {
            folder,
            gone,
            there,
        };
        change.apply(&mut self.seen);
        self.pending.push(change);
    }

    fn file(&mut self, path: &Path) -> usize {
        match self.seen[path] {
            Node::File(file) => file,
            Node::Folder => panic!("{} is a folder", path.display()),
        }
    }

    fn take(&mut self, deed: &Deed) {
        match deed {
            Deed::MakeFolder(path) => self.change(None, Some((path.clone(), Node::Folder))),
            Deed::RemoveFolder(path) | Deed::Remove(path) => self.change(Some(path.clone()), None),
            Deed::Create(path) => {
                self.files.push(File::default());
                let node = Node::File(self.files.len() - 1);
                self.change(None, Some((path.clone(), node)));
            }
            Deed::Write(path, bytes) => {
                let file = self.file(path);
                self.files[file].bytes.extend(bytes);
            }
            Deed::Sync(path) => {
                let file = self.file(path);
                self.files[file].synced = self.files[file].bytes.len();
            }
            Deed::Rename(from, to) => {
                let node = Node::File(self.file(from));
                self.change(Some(from.clone()), Some((to.clone(), node)));
            }
            Deed::Link(from, to) => {
                let node = Node::File(self.file(from));
                self.change(None, Some((to.clone(), node)));
            }
            Deed::SyncFolder(folder) => {
                let (done, left) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|change| change.folder == *folder);
                self.pending = left;
                let done: Vec<Change> = done;
                done.iter()
                    .for_each(|change| change.apply(&mut self.durable));
            }
        }
    }

    /// Writes what is there after a cut into a folder.
    fn cut(&self, dice: &mut Dice, root: &Path, target: &Path) {
        let mut names = self.durable.clone();
        // Sometimes all is lost that may be, sometimes nothing.
        let mood = dice.below(4);
        for change in &self.pending {
            if mood == 3 || (mood > 0 && dice.below(2) == 0) {
                change.apply(&mut names);
            }
        }
        std::fs::create_dir_all(target).unwrap();
        for (path, node) in &names {
            let place = target.join(path.strip_prefix(root).unwrap());
            match node {
                _ if !place.parent().unwrap().is_dir() => {}
                Node::Folder => drop(std::fs::create_dir(&place)),
                Node::File(file) => {
                    let file = &self.files[*file];
                    let unsure = file.bytes.len() - file.synced;
                    let mut bytes = file.bytes[..file.synced + dice.below(unsure + 1)].to_vec();
                    if dice.below(2) == 0 {
                        // The size made it, the content did not.
                        bytes.resize(file.bytes.len(), 0);
                    }
                    std::fs::write(&place, bytes).unwrap();
                }
            }
        }
    }
}

impl Change {
    fn apply(&self, names: &mut Names) {
        if let Some(gone) = &self.gone {
            names.remove(gone);
        }
        if let Some((path, node)) = &self.there {
            names.insert(path.clone(), *node);
        }
    }
}

/// What runs did one after the other, and what the index held after each; the
/// first of them finds no index.
struct History {
    plot: Plot,
    deeds: Vec<Deed>,
    /// After so many deeds this state was acknowledged.
    states: Vec<(usize, State)>,
}

fn history() -> History {
    let plot = Plot::new();
    let writing = Arc::new(Writing::default());
    let (mut deeds, mut states) = (Vec::new(), Vec::new());
    for turn in 0..6_usize {
        for code in 0..4 {
            if turn == 0 || (usize::from(code) + turn).is_multiple_of(3) {
                let words = &WORDS[turn.min(5)..];
                plot.write(&format!("{code}.txt"), page(code, words));
            }
        }
        if turn == 3 {
            std::fs::remove_file(plot.corpus().join("3.txt")).unwrap();
        }
        plot.run_in(System::tried(writing.clone())).unwrap();
        deeds.append(&mut writing.0.lock().unwrap());
        states.push((deeds.len(), all(&plot.index())));
    }
    History {
        plot,
        deeds,
        states,
    }
}

/// Whether what a cut left is what it may be; gives whether there is an index.
fn check(history: &History, after: usize, place: &Path) -> bool {
    let done = history.states.iter().rposition(|(end, _)| *end <= after);
    let next = done.map_or(0, |done| done + 1);
    let states = history.states.get(next);
    let may_be = states
        .into_iter()
        .chain(done.map(|done| &history.states[done]));
    let reader = index::Reader::open(place);
    match (reader, done) {
        (Err(error), Some(_)) => panic!("after act {after}: {error}"),
        (Err(esr_search::error::Error::NoIndex { .. }), None) => false,
        (Err(error), None) => panic!("after act {after}, of a first run: {error}"),
        (Ok(_), _) => {
            let found = all(place);
            let mut may_be = may_be.map(|(_, state)| state);
            assert!(may_be.any(|state| *state == found), "after act {after}");
            true
        }
    }
}

#[test]
fn whenever_power_fails_each_acknowledged_index_is_there_whole() {
    let history = history();
    let root = history.plot.path("");
    let cuts = rounds(120);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut whole = 0;
    for round in 0..cuts {
        // All moments come up before one comes again.
        let after = (round * 7_919 + 13) % (history.deeds.len() + 1);
        let mut disk = Disk::default();
        // The folder of the index is in one that was always there.
        disk.seen.insert(root.clone(), Node::Folder);
        history.deeds[..after]
            .iter()
            .for_each(|deed| disk.take(deed));
        let target = history.plot.path("after");
        disk.cut(&mut dice, &root, &target);
        let place = target.join("index");
        whole += usize::from(check(&history, after, &place));
        if round % 8 == 0 {
            run(&history.plot.corpus(), &place).unwrap();
            assert_eq!(
                all(&place),
                history.states.last().unwrap().1,
                "after {after}"
            );
            assert_eq!(index::verify(&place, None).unwrap().findings, []);
        }
        std::fs::remove_dir_all(&target).unwrap();
    }
    assert!(whole * 2 > cuts, "{whole} of {cuts} cuts left an index");
}
