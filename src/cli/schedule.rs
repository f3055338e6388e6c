//! When `index` runs: once, every so often, by a crontab's times, or when
//! something changes in the folder.
//!
//! One run after the other in one process, so never two at once. A change that
//! the system tells of is only a hint, since it tells of nothing on network
//! disks and loses some when there are many: a slow look at the whole folder
//! decides. A run that fails is told of and tried again at its next time.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use croner::Cron;
use jiff::Zoned;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::signals::Signals;
use super::{USAGE, code_of, duration, is_closed_pipe, say, told};

#[derive(Debug, clap::Args)]
pub(super) struct Schedule {
    /// Stay, and run when something changes in the folder
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
    /// Stay, and run every so often: 10m, 2h, 1d [with --watch: 5m]
    #[arg(long, value_name = "TIME", value_parser = duration::parse, conflicts_with = "dry_run")]
    every: Option<Duration>,
    /// Stay, and run at a crontab's times, in local time: "0 3 * * *"
    #[arg(long, value_name = "TIMES", value_parser = cron,
        conflicts_with_all = ["watch", "every", "dry_run"])]
    cron: Option<Cron>,
}

/// How often `--watch` looks at the whole folder, whatever it heard.
const SLOW: Duration = Duration::from_secs(300);

/// Changes come in crowds: a run begins when for so long there were none, or
/// after so long at the latest.
const QUIET: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest sleep: a clock that is set or a computer that slept is noticed
/// after it.
const NAP: Duration = Duration::from_secs(20);

/// Where the descriptions and the index are.
pub(super) struct Places<'a> {
    pub(super) corpus: &'a Path,
    pub(super) index: &'a Path,
}

impl Schedule {
    /// Whether the program stays after a run.
    pub(super) fn stays(&self) -> bool {
        self.watch || self.every.is_some() || self.cron.is_some()
    }

    /// Runs as asked; comes back when there is nothing more to run.
    pub(super) fn run(
        &self,
        places: &Places<'_>,
        signals: &Signals,
        once: &mut dyn FnMut() -> Result<u8>,
    ) -> Result<u8> {
        if let Some(cron) = &self.cron {
            sleep_until(&next(cron, &Zoned::now())?);
        }
        let mut warned = false;
        loop {
            let hints = self.watch.then(|| Hints::of(places, &mut warned));
            let began = Instant::now();
            let result = once();
            if let Some(code) = signals.end() {
                return Ok(code);
            }
            match result {
                result if !self.stays() => return result,
                Ok(_) => {}
                Err(error) if code_of(&error) == USAGE || is_closed_pipe(&error) => {
                    return Err(error);
                }
                Err(error) => say(&format!("error: {}", told(&error))),
            }
            match &self.cron {
                Some(cron) => sleep_until(&next(cron, &Zoned::now())?),
                None => {
                    let due = began + self.every.unwrap_or(SLOW);
                    hints.unwrap_or_default().wait(due);
                }
            }
        }
    }
}

/// Reads a crontab's times.
fn cron(typed: &str) -> Result<Cron, String> {
    let explained = |_| {
        "write minute, hour, day, month and weekday, as \"0 3 * * *\" for three every night"
            .to_owned()
    };
    typed.parse().map_err(explained)
}

/// The next time after now, by the clock on the wall.
fn next(cron: &Cron, now: &Zoned) -> Result<Zoned> {
    cron.find_next_occurrence(now, false)
        .context("the times of --cron never come")
}

/// Sleeps until the clock on the wall says so.
fn sleep_until(due: &Zoned) {
    loop {
        let left = due.timestamp().duration_since(Zoned::now().timestamp());
        match Duration::try_from(left) {
            Ok(left) if !left.is_zero() => std::thread::sleep(left.min(NAP)),
            _ => return,
        }
    }
}

/// Hears of changes in the folder.
struct Hints {
    changes: Receiver<()>,
    /// Keeps the channel open also where nothing can be watched.
    _teller: Sender<()>,
    _watcher: Option<RecommendedWatcher>,
}

impl Default for Hints {
    fn default() -> Self {
        let (teller, changes) = mpsc::channel();
        Self {
            changes,
            _teller: teller,
            _watcher: None,
        }
    }
}

impl Hints {
    /// Begins to listen, before the run that looks at what is there now.
    fn of(places: &Places<'_>, warned: &mut bool) -> Self {
        let (teller, changes) = mpsc::channel();
        let watcher = watcher(places, teller.clone()).map_err(|error| {
            if std::mem::replace(warned, true) {
                return;
            }
            let (folder, minutes) = (places.corpus.display(), SLOW.as_secs() / 60);
            say(&format!(
                "warning: {folder} can't be watched, it is looked at every {minutes} minutes \
                 unless --every says otherwise: {error}"
            ));
        });
        Self {
            changes,
            _teller: teller,
            _watcher: watcher.ok(),
        }
    }

    /// Waits for a change and for the calm after it, but not longer than `due`.
    fn wait(self, due: Instant) {
        let left = due.saturating_duration_since(Instant::now());
        if self.changes.recv_timeout(left).is_ok() {
            let latest = Instant::now() + PATIENCE;
            while Instant::now() < latest && self.changes.recv_timeout(QUIET).is_ok() {}
        }
    }
}

fn watcher(places: &Places<'_>, teller: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let index = std::path::absolute(places.index).unwrap_or_default();
    let index = index.canonicalize().unwrap_or(index);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.as_ref().map_or(true, |event| matters(event, &index)) {
            // Nobody listens any more between two turns.
            let _ = teller.send(());
        }
    })?;
    watcher.watch(&places.corpus.canonicalize()?, RecursiveMode::Recursive)?;
    Ok(watcher)
}

/// Whether something was written that is not the index itself. Reading tells
/// of itself too, and every run reads.
fn matters(event: &Event, index: &Path) -> bool {
    let written = AccessKind::Close(AccessMode::Write);
    let outside = |path: &PathBuf| !path.starts_with(index);
    match event.kind {
        EventKind::Access(kind) if kind != written => false,
        _ => event.need_rescan() || event.paths.iter().any(outside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(cron: &str, from: &str, count: usize) -> Vec<String> {
        let cron: Cron = cron.parse().unwrap();
        let mut now: Zoned = from.parse().unwrap();
        let mut times = Vec::new();
        for _ in 0..count {
            now = next(&cron, &now).unwrap();
            times.push(now.to_string());
        }
        times
    }

    #[test]
    fn every_night_at_three_is_once_a_night_also_when_clocks_change() {
        assert_eq!(
            times("0 3 * * *", "2027-03-27T12:00[Europe/Helsinki]", 3),
            [
                // Three does not come that night: the clock goes from three to four.
                "2027-03-28T04:00:00+03:00[Europe/Helsinki]",
                "2027-03-29T03:00:00+03:00[Europe/Helsinki]",
                "2027-03-30T03:00:00+03:00[Europe/Helsinki]",
            ]
        );
        assert_eq!(
            times("0 3 * * *", "2027-10-30T12:00[Europe/Helsinki]", 2),
            [
                // Three comes twice that night.
                "2027-10-31T03:00:00+03:00[Europe/Helsinki]",
                "2027-11-01T03:00:00+02:00[Europe/Helsinki]",
            ]
        );
    }

    #[test]
    fn every_ten_minutes_goes_on_through_the_change_of_clocks() {
        let from = "2027-03-28T02:35+02:00[Europe/Helsinki]";
        let got = times("*/10 * * * *", from, 3);
        assert!(got[2].starts_with("2027-03-28T04:00:00+03:00"), "{got:?}");
    }

    #[test]
    fn times_that_can_not_be_read_are_explained() {
        let error = cron("at three").unwrap_err();
        assert!(error.contains("0 3 * * *"), "{error}");
    }

    #[test]
    fn reading_and_the_index_itself_are_no_changes() {
        let index = Path::new("/srv/corpus/index");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let write = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert!(matters(&event(write, "/srv/corpus/S1.txt"), index));
        assert!(!matters(&event(read, "/srv/corpus/S1.txt"), index));
        assert!(!matters(&event(write, "/srv/corpus/index/LOCK"), index));
    }
}
