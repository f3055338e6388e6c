//! Searches take turns: so many at once, some more in line, the rest are told
//! to come again.
//!
//! Searches run on threads of their own, where they can neither hold up
//! connections nor take them down with them; as many threads as may search at
//! once, which stay, so that what one search has learnt and the memory that it
//! worked in serve the next. One that takes too long is no longer waited for, but
//! keeps its place until it is done, so that there are never more than so many.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Searches in line for each that runs.
const LINE: usize = 16;

/// How long one may stand in line.
const WAIT: Duration = Duration::from_secs(2);

/// As long as a thread waits for its next search.
const FOREVER: Duration = Duration::from_secs(u32::MAX as u64);

/// Why a search has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// There was no turn for it.
    Busy,
    /// It took too long.
    Late,
    /// It broke.
    Panic,
}

/// The turns.
pub(super) struct Turns {
    line: Arc<Semaphore>,
    running: Arc<Semaphore>,
    patience: Duration,
    /// Has the threads; there until this is dropped.
    threads: Option<Runtime>,
}

impl Drop for Turns {
    fn drop(&mut self) {
        // A search that still runs has nobody left to tell.
        if let Some(threads) = self.threads.take() {
            threads.shutdown_background();
        }
    }
}

impl Turns {
    /// Turns for so many at once, at least one.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn new(at_once: usize, patience: Duration) -> std::io::Result<Self> {
        let at_once = at_once.max(1);
        let threads = Builder::new_current_thread()
            .max_blocking_threads(at_once)
            .thread_keep_alive(FOREVER)
            .thread_name("search")
            .build()?;
        Ok(Self {
            line: Arc::new(Semaphore::new(at_once * (1 + LINE))),
            running: Arc::new(Semaphore::new(at_once)),
            patience,
            threads: Some(threads),
        })
    }

    /// Does some work when its turn has come.
    pub(super) async fn take<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let line = Arc::clone(&self.line).try_acquire_owned();
        let line = line.map_err(|_| Failure::Busy)?;
        let turn = timeout(WAIT, Arc::clone(&self.running).acquire_owned()).await;
        let turn = turn.map_err(|_| Failure::Busy)?;
        let turn = turn.map_err(|_| Failure::Busy)?;
        let threads = self.threads.as_ref().ok_or(Failure::Busy)?;
        let work = threads.spawn_blocking(move || {
            let done = work();
            drop((line, turn));
            done
        });
        match timeout(self.patience, work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(Failure::Panic),
            Err(_) => Err(Failure::Late),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(1).enable_all().build().unwrap()
    }

    #[test]
    fn what_breaks_takes_nothing_with_it() {
        let turns = Turns::new(1, Duration::from_secs(5)).unwrap();
        runtime().block_on(async {
            let broken = turns.take(|| panic!("on purpose")).await;
            assert_eq!(broken.map(|(): ()| ()), Err(Failure::Panic));
            assert_eq!(turns.take(|| 1).await, Ok(1));
        });
    }

    #[test]
    fn what_takes_too_long_keeps_its_turn_until_it_is_done() {
        let turns = Turns::new(1, Duration::from_millis(50)).unwrap();
        runtime().block_on(async {
            let slow = || std::thread::sleep(Duration::from_millis(400));
            let begun = std::time::Instant::now();
            assert_eq!(turns.take(slow).await, Err(Failure::Late));
            assert!(begun.elapsed() < Duration::from_millis(350));
            assert_eq!(turns.take(|| 1).await, Ok(1));
            assert!(begun.elapsed() >= Duration::from_millis(390));
        });
    }
}
