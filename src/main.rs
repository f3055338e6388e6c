//! The `esr-search` command.

fn main() {}
