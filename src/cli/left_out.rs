//! Words of a query that are to be left out: `search nuoret -kesätyö`.
//!
//! They look like short options, and an option that there is would be taken for
//! one (`-nuoret`). They are put behind `--`, where all is taken as typed; the order
//! of what is left out asks nothing.

use std::ffi::OsString;

use clap::{Arg, Command};

use super::search;

/// What a shell gave, with the words of a query for `search` that begin with a
/// hyphen at its end.
pub(super) fn moved(args: Vec<OsString>, program: impl Fn() -> Command) -> Vec<OsString> {
    // To know all options takes longer than to look for such words.
    let may_be = |arg: &OsString| arg.to_str().is_some_and(is_left_out);
    if !args.iter().any(may_be) {
        return args;
    }
    let is = |arg: &OsString, text: &str| arg.as_os_str() == text;
    let Some(start) = args.iter().position(|arg| is(arg, search::NAME)) else {
        return args;
    };
    let program = program();
    let Some(search) = program.find_subcommand(search::NAME) else {
        return args;
    };
    let ended = args.iter().position(|arg| is(arg, "--"));
    let end = ended.unwrap_or(args.len());
    let mut taken = Vec::new();
    let mut kept: Vec<OsString> = Vec::with_capacity(args.len() + 1);
    for (at, arg) in args.into_iter().enumerate() {
        let free = (start + 1..end).contains(&at);
        let text = arg.to_str().filter(|_| free);
        let is_value = kept
            .last()
            .is_some_and(|before| takes_value(search, before));
        match text {
            Some(text) if !is_value && is_left_out(text) => taken.push(arg),
            _ => kept.push(arg),
        }
    }
    if taken.is_empty() {
        return kept;
    }
    if ended.is_none() {
        kept.push("--".into());
    }
    kept.append(&mut taken);
    kept
}

/// Whether the next argument is the value of this one.
fn takes_value(command: &Command, arg: &OsString) -> bool {
    let Some(name) = arg.to_str().and_then(|arg| arg.strip_prefix('-')) else {
        return false;
    };
    let called = |option: &Arg| match name.strip_prefix('-') {
        Some(long) => option.get_long() == Some(long),
        None => option
            .get_short()
            .is_some_and(|short| name == short.to_string()),
    };
    let mut options = command.get_arguments();
    options.any(|option| called(option) && option.get_action().takes_values())
}

/// Whether an argument is a word with a hyphen and no option: a letter is one by
/// itself, `-n5`, `-stiivistelmä` and `-fregion=Lappi` are ones with their values.
fn is_left_out(arg: &str) -> bool {
    let Some(word) = arg.strip_prefix('-') else {
        return false;
    };
    let mut letters = word.chars();
    let begins = letters.next();
    let rest = letters.as_str();
    let is_option = match begins {
        Some('n') => rest.starts_with(|c: char| c.is_ascii_digit()),
        Some('s') => search::rows(&[rest.to_owned()]).is_ok(),
        Some('f') => rest.contains('='),
        Some(first) => first == '-' || word == "help",
        None => true,
    };
    !rest.is_empty() && !is_option
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    fn args(line: &str) -> String {
        let args = line.split(' ').map(OsString::from).collect();
        let moved = moved(args, Cli::command);
        let moved: Vec<_> = moved.iter().map(|arg| arg.to_string_lossy()).collect();
        moved.join(" ")
    }

    #[test]
    fn words_with_a_hyphen_are_no_options() {
        for (typed, meant) in [
            (
                "esr-search search nuoret -kesätyö --json",
                "search nuoret --json -- -kesätyö",
            ),
            (
                "esr-search search -nuoret -hyvää",
                "search -- -nuoret -hyvää",
            ),
            ("esr-search search a -sana -- -b", "search a -- -b -sana"),
            ("esr-search search -=kunnan a", "search a -- -=kunnan"),
        ] {
            assert_eq!(args(typed), format!("esr-search {meant}"));
        }
    }

    #[test]
    fn options_stay_where_they_are() {
        for typed in [
            "esr-search search nuoret -n 5 -n5 -s target -ssummary -fregion=Lappi -h",
            "esr-search search nuoret --help -help --save -nimi.toml -f -x",
            "esr-search search nuoret -- -kesätyö -nuoret",
            "esr-search suggest -nuoret",
        ] {
            assert_eq!(args(typed), typed);
        }
    }
}
