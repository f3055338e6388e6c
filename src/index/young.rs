//! Files that were written a moment ago and may be half of what they will be.
//!
//! Whoever copies a folder writes while we read. Such files come last, when
//! they are two seconds old and have not changed meanwhile; those that have
//! are left for the next run, and the last good version of them stays.

use std::time::Duration;

use crate::walk;

use super::build::Options;
use super::report::Class;
use super::seen::Known;
use super::system::System;
use super::work::{Done, Task};

/// How old a file must be to be read, in nanoseconds.
const AGE: i128 = 2_000_000_000;

/// What is said of a file that is left for the next run.
const LEFT: &str = "is being written; left for the next run";

/// Tasks whose files may be read at once, and those to be waited for.
pub(super) fn part(tasks: Vec<Task>, options: &Options) -> (Vec<Task>, Vec<Task>) {
    let now = options.system.now().as_nanosecond();
    // A file from the future is not waited for: it may be there for years.
    let is_young = |(file, _): &Task| {
        let age = now - i128::from(file.stamp.modified);
        options.wait && (0..AGE).contains(&age)
    };
    tasks.into_iter().partition(|task| !is_young(task))
}

/// Waits until the files are old enough; gives those that stayed as they were
/// and, as done, those that did not.
pub(super) fn wait(system: &System, young: Vec<Task>) -> (Vec<Task>, Vec<Done>) {
    let latest = young
        .iter()
        .map(|(file, _)| i128::from(file.stamp.modified));
    let due = latest.max().unwrap_or_default() + AGE;
    let left = due - system.now().as_nanosecond();
    let left = u64::try_from(left.clamp(0, AGE)).unwrap_or_default();
    system.sleep(Duration::from_nanos(left));
    let (calm, busy): (Vec<_>, Vec<_>) = young
        .into_iter()
        .partition(|(file, _)| walk::stamp(&file.path) == Some(file.stamp));
    (calm, busy.into_iter().map(leave).collect())
}

/// What is known of a file that is left for the next run.
fn leave((file, known): Task) -> Done {
    let stood = known.as_ref().is_some_and(Known::stands);
    Done {
        known: Known {
            name: file.name,
            // Like no file's, so that the next run reads it.
            stamp: walk::Stamp::default(),
            fresh: true,
            digest: Default::default(),
            class: Class::Skipped,
            reasons: vec![LEFT.to_owned()],
            document: known.and_then(|known| known.document),
        },
        added: false,
        stood,
    }
}
