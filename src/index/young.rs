//! Files that were written a moment ago and may be half of what they will be.
//!
//! Whoever copies a folder writes while we read. Such files come last, when
//! they are two seconds old and have not changed meanwhile; those that have
//! are left for the next run, and the last good version of them stays.

use std::time::Duration;

use crate::walk;

use super::options::Options;
use super::plan::Task;
use super::seen::Known;
use super::system::System;

/// How old a file must be to be read, in nanoseconds.
const AGE: i128 = 2_000_000_000;

/// What is said of a file that is left for the next run.
pub(super) const LEFT: &str = "is being written; left for the next run";

/// Whether a file was left for the next run because it was being written.
pub(super) fn is_busy(known: &Known) -> bool {
    known.reasons.iter().any(|reason| reason == LEFT)
}

/// Tasks whose files may be read at once, and those to be waited for.
pub(super) fn part<'f>(tasks: Vec<Task<'f>>, options: &Options) -> (Vec<Task<'f>>, Vec<Task<'f>>) {
    let now = options.system.now().as_nanosecond();
    // A file from the future is not waited for: it may be there for years.
    let is_young = |task: &Task<'_>| {
        let age = now - i128::from(task.file.stamp.modified);
        options.wait && (0..AGE).contains(&age)
    };
    tasks.into_iter().partition(|task| !is_young(task))
}

/// Waits until the files are old enough, and marks those that did not stay as
/// they were.
pub(super) fn wait<'f>(system: &System, mut young: Vec<Task<'f>>) -> Vec<Task<'f>> {
    let latest = young
        .iter()
        .map(|task| i128::from(task.file.stamp.modified));
    let due = latest.max().unwrap_or_default() + AGE;
    let left = due - system.now().as_nanosecond();
    let left = u64::try_from(left.clamp(0, AGE)).unwrap_or_default();
    system.sleep(Duration::from_nanos(left));
    for task in &mut young {
        task.is_busy = walk::stamp(&task.file.path()) != Some(task.file.stamp);
    }
    young
}
