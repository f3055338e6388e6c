//! A long life of an index beside a plain model of it: descriptions come,
//! change, move, spoil and go, runs fail in the middle or build all anew, projects
//! are forgotten and let in again, and after each run the index holds what the
//! model says, each project once.
//!
//! A failing life replays from its seed. One short life by default;
//! `ESR_SEARCH_CRASHES` says of how many steps twenty lives are instead.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use esr_search::error::Error;
use esr_search::index::{self, Act, Choice, Fate, Forgetting, Options, Reader, System};
use esr_search::search;

use crate::small::{CODES, Plot, WORDS, key, page, run_with};

const FILES: usize = 12;

/// Always the same numbers for a seed, as good as chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap() % end
    }
}

/// What a description says.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    code: u8,
    from: usize,
    to: usize,
}

impl Draft {
    fn text(&self) -> String {
        page(self.code, &WORDS[self.from..self.to])
    }
}

/// What the index remembers of a file.
#[derive(Debug, Clone, PartialEq)]
struct Memory {
    draft: Draft,
    stands: bool,
}

/// The model: the folder, and what the index must hold of it.
#[derive(Default)]
struct Model {
    /// Files; `None` is one that can't be read as a description.
    files: BTreeMap<String, Option<Draft>>,
    known: BTreeMap<String, Memory>,
    forgotten: BTreeSet<u8>,
}

impl Model {
    /// What the index knows after a run.
    fn after_run(&self) -> BTreeMap<String, Memory> {
        let mut known = BTreeMap::new();
        for (name, draft) in &self.files {
            let before = self.known.get(name);
            let draft = match draft {
                Some(draft) if self.forgotten.contains(&draft.code) => continue,
                Some(draft) => Some(draft.clone()),
                None => before.map(|memory| memory.draft.clone()),
            };
            if let Some(draft) = draft {
                let stands = self.files[name].is_some() || before.is_some_and(|m| m.stands);
                known.insert(name.clone(), Memory { draft, stands });
            }
        }
        for code in 0..CODES {
            self.settle(code, &mut known);
        }
        known
    }

    /// Of all files of a code the fullest stands, the first of several. One that
    /// lost and can't be read now can't come back.
    fn settle(&self, code: u8, known: &mut BTreeMap<String, Memory>) {
        loop {
            let own = known.iter().filter(|(_, memory)| memory.draft.code == code);
            let claim = |draft: &Draft| draft.to - draft.from;
            let best = own.max_by(|(a, one), (b, other)| {
                claim(&one.draft).cmp(&claim(&other.draft)).then(b.cmp(a))
            });
            let Some(best) = best.map(|(name, _)| name.clone()) else {
                return;
            };
            if !known[&best].stands {
                known.remove(&best);
                continue;
            }
            for (name, memory) in known.iter_mut() {
                memory.stands &= memory.draft.code != code || *name == best;
            }
            return;
        }
    }

    /// Every project that the index holds, with its file and text.
    fn documents(known: &BTreeMap<String, Memory>) -> BTreeMap<String, (String, String)> {
        let standing = known.iter().filter(|(_, memory)| memory.stands);
        standing
            .map(|(name, memory)| (key(memory.draft.code), (name.clone(), memory.draft.text())))
            .collect()
    }
}

/// Refuses every act from one on, as if the process had been ended there.
struct Ending {
    left: AtomicUsize,
}

impl Fate for Ending {
    fn meet(&self, _: Act<'_>) -> io::Result<()> {
        let left = |left: usize| left.checked_sub(1);
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        match self.left.fetch_update(set, fetch, left) {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::from_raw_os_error(5)),
        }
    }
}

struct Life {
    plot: Plot,
    model: Model,
    dice: Dice,
    /// Whether there is an index yet.
    is_indexed: bool,
}

impl Life {
    fn new(seed: u64) -> Self {
        Self {
            plot: Plot::new(),
            model: Model::default(),
            dice: Dice(seed),
            is_indexed: false,
        }
    }

    fn name(&mut self) -> String {
        format!("{:02}.txt", self.dice.below(FILES))
    }

    fn step(&mut self) {
        let name = self.name();
        match self.dice.below(20) {
            0..=7 => self.write(name),
            8 => self.spoil(name),
            9..=10 => {
                let _ = std::fs::remove_file(self.plot.corpus().join(&name));
                self.model.files.remove(&name);
            }
            11 => self.rename(name),
            12 => self.forget(),
            13 => self.undo(),
            14 => self.run(true, false),
            15 => self.run(true, true),
            16 => self.run(false, true),
            _ => self.run(false, false),
        }
    }

    fn write(&mut self, name: String) {
        let from = self.dice.below(WORDS.len());
        let to = from + 1 + self.dice.below(WORDS.len() - from);
        let code = u8::try_from(self.dice.below(CODES.into())).unwrap();
        let draft = Draft { code, from, to };
        self.plot.write(&name, draft.text());
        self.model.files.insert(name, Some(draft));
    }

    fn spoil(&mut self, name: String) {
        self.plot.write(&name, [0; 64]);
        self.model.files.insert(name, None);
    }

    fn rename(&mut self, from: String) {
        let to = self.name();
        let corpus = self.plot.corpus();
        if let Some(draft) = self.model.files.remove(&from) {
            std::fs::rename(corpus.join(&from), corpus.join(&to)).unwrap();
            self.model.files.insert(to, draft);
        }
    }

    fn change_list(&mut self, what: Forgetting) -> u8 {
        let code = u8::try_from(self.dice.below(CODES.into())).unwrap();
        if self.is_indexed {
            let keys = BTreeSet::from([key(code)]);
            let index = self.plot.index();
            let done = index::forget(&System::default(), &index, &keys, what).unwrap();
            assert_eq!(done.traces, []);
        }
        code
    }

    fn forget(&mut self) {
        let code = self.change_list(Forgetting::Erase);
        if self.is_indexed {
            self.model.forgotten.insert(code);
            self.model
                .known
                .retain(|_, memory| memory.draft.code != code);
            self.check();
        }
    }

    fn undo(&mut self) {
        let code = self.change_list(Forgetting::Undo);
        if self.is_indexed {
            self.model.forgotten.remove(&code);
            self.check();
        }
    }

    fn run(&mut self, is_ended: bool, anew: bool) {
        let left = match is_ended {
            true => self.dice.below(400),
            false => usize::MAX,
        };
        let fate = Ending {
            left: AtomicUsize::new(left),
        };
        let known = self.model.after_run();
        let (corpus, place) = (self.plot.corpus(), self.plot.index());
        // What words are forms of is no question here, and a dictionary takes its
        // time to be opened.
        let system = System::tried(Arc::new(fate));
        let told = |options: &mut Options| (options.system, options.rebuild) = (system, anew);
        match run_with(&corpus, &place, &Choice::Rules, told) {
            Ok(report) => {
                let counts = &report.counts;
                let there = counts.indexed + counts.warned + counts.unchanged;
                assert_eq!(counts.seen, there + counts.skipped + counts.failed);
                self.model.known = known;
                self.is_indexed = true;
            }
            Err(Error::NothingToIndex { .. }) => {
                let is_empty = Model::documents(&known).is_empty();
                assert!(is_empty, "there is something to index");
            }
            Err(error) => assert!(is_ended, "{error}"),
        }
        if self.is_indexed {
            self.check();
        }
    }

    fn check(&self) {
        let reader = Reader::open(&self.plot.index()).unwrap();
        let expected = Model::documents(&self.model.known);
        let mut found = BTreeMap::new();
        for code in 0..CODES {
            if let Some(stored) = search::project(&reader, &key(code)).unwrap() {
                found.insert(key(code), (stored.path, stored.text));
            }
        }
        assert_eq!(found, expected);
        assert_eq!(reader.manifest.documents, expected.len() as u64);
    }
}

/// Twenty lives, or those that `ESR_SEARCH_LIVES` says: `5..9`.
fn lives() -> std::ops::Range<u64> {
    let asked = std::env::var("ESR_SEARCH_LIVES").unwrap_or_default();
    let ends = asked.split_once("..");
    let ends = ends.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    ends.map_or(1..21, |(from, to)| from..to)
}

#[test]
fn an_index_lives_as_its_model_does() {
    let asked = std::env::var("ESR_SEARCH_CRASHES").ok();
    let asked: Option<usize> = asked.and_then(|steps| steps.parse().ok());
    let (lives, steps) = asked.map_or((1..2, 150), |steps| (lives(), steps));
    for seed in lives {
        let mut life = Life::new(seed);
        for step in 0..steps {
            let lived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| life.step()));
            assert!(lived.is_ok(), "seed {seed}, step {step}");
        }
        assert_eq!(
            index::verify(&life.plot.index(), None).unwrap().findings,
            []
        );
        eprintln!("seed {seed}: {steps} steps");
    }
}
