//! What Ctrl-C and SIGTERM do to an indexing run, and to a server.
//!
//! A run may end at any moment, since what it writes takes over only at its
//! end; the next one sweeps up. So a signal ends the process at once, and
//! needs nobody to look out for it. But once the new index has begun to take
//! over the run goes on to its end, which is a matter of moments, and the
//! signal is kept for those who would begin another. Who serves others is told
//! to finish.

use std::io;
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Writes down that a run was interrupted; takes the exit code.
pub(super) type Record = Box<dyn FnOnce(u8) + Send>;

/// Begins to end what is going on.
pub(super) type Farewell = Box<dyn FnOnce() + Send>;

/// Between the process and its signals. Cheap to copy; all copies are one.
#[derive(Clone, Default)]
pub(super) struct Signals {
    moment: Arc<Mutex<Moment>>,
}

/// What a signal meets.
#[derive(Default)]
enum Moment {
    #[default]
    Idle,
    Working(Option<Record>),
    /// The index is changing hands; a signal that came meanwhile is kept as
    /// its exit code.
    Switching(Option<u8>),
    /// Others are being served, and may finish once they are told; a second
    /// signal does not wait for them.
    Serving(Option<Farewell>),
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn listen() -> io::Result<Self> {
        let signals = Self::default();
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
            // A limit to the size of files is an error of the write that meets it.
            signal_hook::flag::register(SIGXFSZ, Arc::default())?;
            let mut arrivals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
            let own = signals.clone();
            std::thread::Builder::new()
                .name("signals".to_owned())
                .spawn(move || {
                    for signal in arrivals.forever() {
                        own.arrive(u8::try_from(128 + signal).unwrap_or(u8::MAX));
                    }
                })?;
        }
        Ok(signals)
    }

    /// A run begins; `record` is called if a signal ends it.
    pub(super) fn begin(&self, record: Record) {
        *self.moment() = Moment::Working(Some(record));
    }

    /// The run's index begins to take over. If a signal is just ending the
    /// process this does not come back.
    pub(super) fn switching(&self) {
        *self.moment() = Moment::Switching(None);
    }

    /// Serving begins; `farewell` is called by the first signal.
    pub(super) fn serving(&self, farewell: Farewell) {
        *self.moment() = Moment::Serving(Some(farewell));
    }

    /// The run has ended; gives the exit code of a signal that came too late to
    /// end it.
    pub(super) fn end(&self) -> Option<u8> {
        match std::mem::take(&mut *self.moment()) {
            Moment::Switching(code) => code,
            Moment::Idle | Moment::Working(_) | Moment::Serving(_) => None,
        }
    }

    /// Held while the process ends, so that no switch can begin any more.
    fn arrive(&self, code: u8) {
        let mut moment = self.moment();
        match &mut *moment {
            Moment::Switching(kept) => *kept = Some(code),
            Moment::Idle => process::exit(code.into()),
            Moment::Serving(farewell) => match farewell.take() {
                Some(farewell) => farewell(),
                None => process::exit(code.into()),
            },
            Moment::Working(record) => {
                if let Some(record) = record.take() {
                    record(code);
                }
                process::exit(code.into());
            }
        }
    }

    fn moment(&self) -> MutexGuard<'_, Moment> {
        self.moment.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_during_the_switch_waits_for_its_end() {
        let signals = Signals::default();
        signals.begin(Box::new(|_| panic!("the run was not interrupted")));
        signals.switching();
        signals.arrive(143);
        assert_eq!(signals.end(), Some(143));
        assert_eq!(signals.end(), None);
    }
}
