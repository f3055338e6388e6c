//! The `esr-search` command.

use std::process::ExitCode;

/// Indexing makes and frees small pieces of text all the time, which this
/// allocator does in a tenth less time than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long freed memory is kept before the system gets it back, in
/// milliseconds. A run fills and frees one segment after the other, and pages
/// that come back from the system have to be cleared; a waiting program should
/// not keep what its last run took.
const KEPT: std::ffi::c_long = 10_000;

/// The number of `mi_option_purge_delay` in mimalloc.h, which the binding has
/// no name for.
const PURGE_DELAY: std::ffi::c_int = 15;

fn main() -> ExitCode {
    #[expect(unsafe_code, reason = "a setting of the allocator, in C")]
    // SAFETY: sets a number, before there are other threads.
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, KEPT);
    }
    esr_search::cli::run()
}
