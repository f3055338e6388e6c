//! Whatever the system refuses, a run says so and leaves the index as it was,
//! and the next one makes of it what one undisturbed run would.
//!
//! Every act of a run fails in turn: once, or it and all that come after it.
//! Few of them by default; `ESR_SEARCH_CRASHES` says how many instead.

use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use esr_search::error::Error;
use esr_search::index::{self, Act, Fate, Forgetting, System};

use crate::small::{Plot, State, WORDS, all, copy, key, page, rounds, run, spread};

/// Whether an act is one of a kind.
type Refuses = fn(&Act<'_>) -> bool;

/// Counts acts, and refuses some.
struct Refusing {
    met: AtomicUsize,
    /// The last that put a file in the place of another.
    switch: AtomicUsize,
    /// The first that is refused, and how many.
    from: usize,
    count: usize,
    /// The system's number of the error.
    error: i32,
    /// Which acts there are to refuse.
    refuses: Refuses,
}

/// Whether an act concerns the index: a description that can't be read ends no
/// run.
fn is_own(act: &Act<'_>) -> bool {
    !matches!(act, Act::Source(_))
}

/// Error numbers of Linux.
const EIO: i32 = 5;
const EACCES: i32 = 13;
const EMFILE: i32 = 24;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;

impl Refusing {
    fn new(from: usize, count: usize) -> Arc<Self> {
        Arc::new(Self {
            met: AtomicUsize::new(0),
            switch: AtomicUsize::new(0),
            from,
            count,
            error: EIO,
            refuses: is_own,
        })
    }
}

impl Fate for Refusing {
    fn meet(&self, act: Act<'_>) -> io::Result<()> {
        if !(self.refuses)(&act) {
            return Ok(());
        }
        let number = self.met.fetch_add(1, Ordering::Relaxed);
        if matches!(act, Act::Rename(..)) {
            self.switch.store(number, Ordering::Relaxed);
        }
        match number.checked_sub(self.from) {
            Some(after) if after < self.count => Err(io::Error::from_raw_os_error(self.error)),
            _ => Ok(()),
        }
    }
}

/// A plot with an index, and changes that wait for the next run: files that are
/// new, other ones, gone, moved, and a code that comes twice.
fn plot() -> (Plot, State, State) {
    let plot = Plot::new();
    for code in 0..5 {
        plot.write(&format!("{code}.txt"), page(code, &WORDS[..3]));
    }
    plot.run().unwrap();
    let old = all(&plot.index());
    plot.write("5.txt", page(5, &WORDS[2..]));
    plot.write("0.txt", page(0, &WORDS[3..]));
    plot.write("1b.txt", page(1, &WORDS));
    std::fs::remove_file(plot.corpus().join("2.txt")).unwrap();
    std::fs::rename(plot.corpus().join("3.txt"), plot.corpus().join("3b.txt")).unwrap();
    let new = plot.afresh();
    copy(&plot.index(), &plot.path("before"));
    (plot, old, new)
}

/// Puts the index back as it was before the changes.
fn put_back(plot: &Plot) {
    let _ = std::fs::remove_dir_all(plot.index());
    copy(&plot.path("before"), &plot.index());
}

/// A run with its end; one that hangs fails the test.
fn in_time<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        scope.spawn(move || sender.send(run()).unwrap());
        match receiver.recv_timeout(Duration::from_secs(120)) {
            Ok(ended) => ended,
            Err(error) => {
                eprintln!("a run hangs or panicked: {error}");
                std::process::abort()
            }
        }
    })
}

/// Acts of a run in which nothing fails.
fn acts(plot: &Plot) -> usize {
    put_back(plot);
    let counting = Refusing::new(usize::MAX, 0);
    plot.run_in(System::tried(counting.clone())).unwrap();
    counting.met.load(Ordering::Relaxed)
}

#[test]
fn whichever_act_fails_the_old_index_stays_and_the_next_run_is_as_a_first_one() {
    let (plot, old, new) = plot();
    put_back(&plot);
    let counting = Refusing::new(usize::MAX, 0);
    plot.run_in(System::tried(counting.clone())).unwrap();
    let all_acts = counting.met.load(Ordering::Relaxed);
    assert!(all_acts > 100, "{all_acts}");
    // Some of all, and those around the moment when the new index takes over.
    let switch = counting.switch.load(Ordering::Relaxed);
    let points = spread(rounds(8), all_acts).into_iter();
    for from in points.chain(switch - 1..switch + 3) {
        for count in [1, usize::MAX] {
            put_back(&plot);
            let what = format!("act {from}, {count} fail");
            let failed = in_time(|| plot.run_in(System::tried(Refusing::new(from, count))));
            check(&plot, &failed, [&old, &new], &what);
            // Recovery meets faults too.
            let again = Refusing::new(from * 7 % all_acts, 1);
            let failed_again = in_time(|| plot.run_in(System::tried(again)));
            let before = if failed.is_ok() { &new } else { &old };
            check(&plot, &failed_again, [before, &new], &what);
            plot.run().unwrap();
            assert_eq!(all(&plot.index()), new, "{what}");
            assert_eq!(
                index::verify(&plot.index(), None).unwrap().findings,
                [],
                "{what}"
            );
            assert_eq!(plot.leaks(), Vec::<String>::new(), "{what}");
        }
    }
}

/// An error leaves the state before; what is no error gives the new one.
fn check<T>(plot: &Plot, ended: &Result<T, Error>, [old, new]: [&State; 2], what: &str) {
    let state = all(&plot.index());
    match ended {
        Ok(_) => assert!(state == *new, "{what}: done, but not the new state"),
        Err(error) => {
            assert!(state == *old, "{what}: {error}, but not the old state");
            let is_of_io = matches!(error, Error::Io { .. } | Error::Engine(_));
            assert!(
                is_of_io || matches!(error, Error::Damaged { .. } | Error::Corrupt { .. }),
                "{what}: {error:?}"
            );
        }
    }
}

#[test]
fn a_first_run_that_fails_leaves_no_index_and_the_second_makes_it() {
    let (plot, _, new) = plot();
    let end = acts(&plot);
    for from in spread(rounds(8), end) {
        let _ = std::fs::remove_dir_all(plot.index());
        let fate = Refusing::new(from, usize::MAX);
        let ended = in_time(|| plot.run_in(System::tried(fate)));
        let there = esr_search::index::Reader::open(&plot.index());
        assert_eq!(
            ended.is_ok(),
            there.is_ok(),
            "act {from}: {:?}",
            ended.err()
        );
        plot.run().unwrap();
        assert_eq!(all(&plot.index()), new, "act {from}");
        assert_eq!(plot.leaks(), Vec::<String>::new(), "act {from}");
    }
}

fn is_written(act: &Act<'_>) -> bool {
    is_own(act) && !matches!(act, Act::Read(_) | Act::Look(_) | Act::List(_))
}

fn takes_room(act: &Act<'_>) -> bool {
    matches!(act, Act::Write(..) | Act::Create(_) | Act::MakeFolder(_))
}

fn opens(act: &Act<'_>) -> bool {
    matches!(
        act,
        Act::Read(_) | Act::Create(_) | Act::Lock(_) | Act::SyncFolder(_)
    )
}

#[test]
fn a_full_disk_no_rights_and_no_handles_are_errors_of_input_and_output() {
    let (plot, old, new) = plot();
    let kinds: [(i32, Refuses); 4] = [
        (ENOSPC, takes_room),
        (EACCES, is_written),
        (EROFS, is_written),
        (EMFILE, opens),
    ];
    let all_acts = acts(&plot);
    for round in 0..rounds(8).min(all_acts) {
        let (error, refuses) = kinds[round % kinds.len()];
        put_back(&plot);
        let fate = Arc::new(Refusing {
            error,
            refuses,
            from: round * 5,
            ..Arc::into_inner(Refusing::new(0, usize::MAX)).unwrap()
        });
        let ended = in_time(|| plot.run_in(System::tried(fate)));
        let what = format!("error {error} from {round}");
        check(&plot, &ended, [&old, &new], &what);
        assert!(
            matches!(ended, Ok(_) | Err(Error::Io { .. })),
            "{what}: {:?}",
            ended.err()
        );
        plot.run().unwrap();
        assert_eq!(all(&plot.index()), new);
    }
}

#[test]
fn a_run_that_may_open_no_more_files_takes_no_description_for_a_bad_one() {
    let (plot, old, new) = plot();
    put_back(&plot);
    let fate = Arc::new(Refusing {
        error: EMFILE,
        refuses: |act| matches!(act, Act::Source(_)),
        ..Arc::into_inner(Refusing::new(1, usize::MAX)).unwrap()
    });
    let ended = in_time(|| plot.run_in(System::tried(fate)));
    check(&plot, &ended, [&old, &new], "too many open files");
    assert!(ended.unwrap_err().to_string().contains("ulimit -n"));
}

#[test]
fn whichever_act_fails_a_project_is_forgotten_or_all_is_as_it_was() {
    let (plot, old, _) = plot();
    let keys = BTreeSet::from([key(1)]);
    let erase = |fate: Arc<Refusing>| {
        let system = System::tried(fate);
        in_time(|| index::forget(&system, &plot.index(), &keys, Forgetting::Erase))
    };
    put_back(&plot);
    let counting = Refusing::new(usize::MAX, 0);
    assert_eq!(erase(counting.clone()).unwrap().traces, []);
    let new = all(&plot.index());
    assert_eq!(new.0.len() + 1, old.0.len());
    for from in spread(rounds(8), counting.met.load(Ordering::Relaxed)) {
        for count in [1, usize::MAX] {
            put_back(&plot);
            let what = format!("act {from}, {count} fail");
            let ended = erase(Refusing::new(from, count));
            let state = if ended.is_ok() { &new } else { &old };
            assert!(all(&plot.index()) == *state, "{what}: {:?}", ended.err());
            let ended = index::forget(&System::default(), &plot.index(), &keys, Forgetting::Erase);
            assert_eq!(ended.unwrap().traces, [], "{what}");
            assert_eq!(all(&plot.index()), new, "{what}");
            assert_eq!(
                index::verify(&plot.index(), None).unwrap().findings,
                [],
                "{what}"
            );
        }
    }
}

/// At one act of a run another run begins.
struct Intruding {
    plot: Arc<Plot>,
    met: AtomicUsize,
    at: usize,
    ended: Mutex<Option<Result<(), Error>>>,
}

impl Fate for Intruding {
    fn meet(&self, _: Act<'_>) -> io::Result<()> {
        if self.met.fetch_add(1, Ordering::Relaxed) == self.at {
            let ended = run(&self.plot.corpus(), &self.plot.index());
            *self.ended.lock().unwrap() = Some(ended.map(|_| ()));
        }
        Ok(())
    }
}

#[test]
fn of_two_runs_exactly_one_works_whenever_the_second_begins() {
    let (plot, _, new) = plot();
    let end = acts(&plot);
    let plot = Arc::new(plot);
    for at in spread(rounds(8), end) {
        put_back(&plot);
        let fate = Arc::new(Intruding {
            plot: Arc::clone(&plot),
            met: AtomicUsize::new(0),
            at,
            ended: Mutex::default(),
        });
        let first = in_time(|| plot.run_in(System::tried(fate.clone())));
        let second = fate.ended.lock().unwrap().take().unwrap();
        match second {
            // It ended before the first one asked for the lock.
            Ok(()) => assert!(at < 5 && first.is_ok(), "act {at}: {first:?}"),
            Err(error) => {
                assert!(matches!(error, Error::Locked { .. }), "act {at}: {error}");
                assert!(first.unwrap().counts.changed, "act {at}");
            }
        }
        assert_eq!(all(&plot.index()), new, "act {at}");
        assert_eq!(plot.leaks(), Vec::<String>::new(), "act {at}");
    }
}
