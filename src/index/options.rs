//! What a run is told: how much it may take, and what it may do.
//!
//! Apart from `build`, since everything that a run is made of asks here.

use super::system::System;

/// What a run is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// Memory for unwritten words in bytes, all workers together.
    pub memory: usize,
    /// Workers, as far as there is memory for them; at least one.
    pub threads: usize,
    /// When the run began, for the manifest.
    pub now: jiff::Timestamp,
    /// Reads every file anew, whatever the last run saw.
    pub rebuild: bool,
    /// Lets documents go although so many files are gone that it looks like
    /// an accident.
    pub allow_mass_delete: bool,
    /// Finds out what there is to do, and does nothing.
    pub dry_run: bool,
    /// Follows symbolic links to what lies in the folder.
    pub follow_links: bool,
    /// Keeps the contact persons too, and finds projects by them.
    pub with_contacts: bool,
    /// Where everything is done; the system as it is unless in tests.
    pub system: System,
    /// Waits for files that were written a moment ago, instead of reading what
    /// may be half of them.
    pub wait: bool,
}

impl Options {
    /// What a run is told unless asked otherwise.
    #[must_use]
    pub fn new(now: jiff::Timestamp) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            memory: memory_for(threads),
            threads,
            now,
            rebuild: false,
            allow_mass_delete: false,
            dry_run: false,
            follow_links: false,
            with_contacts: false,
            system: System::default(),
            wait: false,
        }
    }

    /// Whether a file that was modified then, in nanoseconds since 1970, may be
    /// modified again without a trace in its stamp.
    pub(super) fn is_fresh(&self, modified: i64) -> bool {
        i128::from(modified) + FRESH >= self.now.as_nanosecond()
    }
}

/// How long a file counts as just written, in nanoseconds: file systems note
/// times as coarsely as two seconds.
const FRESH: i128 = 2_000_000_000;

/// Memory for unwritten words unless asked otherwise. The process itself takes less
/// than a gigabyte with it for 100,000 descriptions: what waits to be written, the list
/// of files and the forms that workers share come on top.
pub(super) const DEFAULT_MEMORY: usize = 100_000_000;

/// The least memory for unwritten words that a worker gets.
pub(super) const LEAST_MEMORY: usize = 16_000_000;

/// Memory for unwritten words in bytes unless asked otherwise: a hundred million,
/// or what so many workers need.
#[must_use]
pub fn memory_for(threads: usize) -> usize {
    DEFAULT_MEMORY.max(threads.saturating_mul(LEAST_MEMORY))
}
