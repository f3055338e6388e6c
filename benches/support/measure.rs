//! Clocks: CPU time of this thread and of the process, peak memory, percentiles. CPU time is what a figure
//! from a shared machine can be trusted in; wall time stands beside it.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time of the calling thread.
pub(crate) fn thread_cpu() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

/// The least CPU time of three times after a first, cold one, and what it gave.
pub(crate) fn quickest<T, E>(run: impl Fn() -> Result<T, E>) -> Result<(Duration, T), E> {
    let mut answer = run()?;
    let mut least = Duration::MAX;
    for _ in 0..3 {
        let begun = thread_cpu();
        answer = run()?;
        least = least.min(thread_cpu().saturating_sub(begun));
    }
    Ok((least, answer))
}

/// CPU time of the process, all threads together.
pub(crate) fn process_cpu() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

fn clock(id: ClockId) -> Duration {
    let time = clock_gettime(id);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

/// The largest resident memory of the process so far, in megabytes; `None` where the system doesn't say.
#[expect(
    clippy::disallowed_methods,
    reason = "a file of the system, not of a corpus"
)]
pub(crate) fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// The value that `thousandths` of all values don't exceed. Sorts the values.
pub(crate) fn percentile(values: &mut [Duration], thousandths: usize) -> Duration {
    values.sort_unstable();
    let at = (values.len() * thousandths / 1000).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or_default()
}
