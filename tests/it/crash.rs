//! Whatever ends a run, the index is the old one or the new one, and the next
//! run makes of it what one undisturbed run would.
//!
//! Real processes and real signals at random moments. A few rounds by default;
//! `ESR_SEARCH_CRASHES` says how many instead.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use esr_search::index::{self, Reader};
use esr_search::search;
use rustix::process::{Pid, Signal, kill_process};

use crate::house::{House, corpus};

/// Rounds of a test that tries its luck.
fn rounds() -> u64 {
    let asked = std::env::var("ESR_SEARCH_CRASHES").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(6)
}

/// Always the same moments, spread over the length of a run.
fn moment(round: u64, whole: Duration) -> Duration {
    let share = (round * 618 + 7) % 1000;
    whole * u32::try_from(share).unwrap() / 1000
}

/// A house whose folder `files` holds half of the sample, indexed.
fn half() -> House {
    let house = House::new();
    for (number, path) in sample().iter().enumerate() {
        if number % 2 == 0 {
            copy(path, &house);
        }
    }
    let ran = house.run(&["index", "files"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    house
}

fn sample() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus()).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    files.sort();
    files
}

fn copy(path: &Path, house: &House) {
    let name = path.file_name().unwrap().to_str().unwrap();
    house.write(name, std::fs::read(path).unwrap());
}

/// All that the index holds: codes with their files and texts.
fn content(house: &House, index: &str) -> Vec<(String, String)> {
    let place = house.path(index);
    assert_eq!(index::verify(&place, None).unwrap().findings, []);
    let reader = Reader::open(&place).unwrap();
    let mut all = Vec::new();
    for path in sample() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        if let Some(stored) = search::project(&reader, name).unwrap() {
            all.push((stored.path, stored.text));
        }
    }
    all.sort();
    all
}

/// Folders of generations and temporary files beside the index in force.
fn leaks(house: &House) -> Vec<String> {
    let entries = std::fs::read_dir(house.path("index")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let current = std::fs::read_to_string(house.path("index/CURRENT")).unwrap();
    let in_force = current.split(' ').next().unwrap().to_owned();
    let ours = ["CURRENT", "LOCK", "status.json"];
    names
        .filter(|name| *name != in_force && !ours.contains(&name.as_str()))
        .collect()
}

/// Begins a run of all files, sends it a signal after a while, and gives how it
/// ended and how long that took.
fn interrupted(house: &House, signal: Signal, after: Duration) -> (Option<i32>, Duration) {
    let mut child = house.start(&["index", "files", "--rebuild"]);
    std::thread::sleep(after);
    let pid = Pid::from_child(&child);
    let sent = Instant::now();
    // It may have ended already.
    let _ = kill_process(pid, signal);
    let code = child.wait().unwrap().code();
    (code, sent.elapsed())
}

/// A house with an index of half of the sample, all files now, what the old
/// index holds, what the new one will, and how long a run takes.
fn ready() -> (House, [Vec<(String, String)>; 2], Duration) {
    let house = half();
    let old = content(&house, "index");
    sample().iter().for_each(|path| copy(path, &house));
    let begun = Instant::now();
    let ran = house.run(&["index", "files", "--index", "afresh"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    let whole = begun.elapsed();
    let new = content(&house, "afresh");
    assert!(old.len() < new.len());
    (house, [old, new], whole)
}

fn each_ends_well(signals: &[(Signal, Option<i32>)]) {
    let (house, [old, new], whole) = ready();
    let mut state = old;
    for round in 0..rounds() {
        let (signal, code) = signals[usize::try_from(round).unwrap() % signals.len()];
        let (ended, took) = interrupted(&house, signal, moment(round, whole));
        assert!(took < Duration::from_secs(2), "{took:?}");
        let now = content(&house, "index");
        let done = matches!(ended, Some(0 | 1));
        // Before the program listens the system ends it: the shell says the same.
        assert!(done || ended == code || ended.is_none(), "{ended:?}");
        assert!(now == new || (now == state && !done), "round {round}");
        state = now;
    }
    let ran = house.run(&["index", "files"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    assert_eq!(content(&house, "index"), new);
    assert_eq!(leaks(&house), Vec::<String>::new());
}

#[test]
fn who_interrupts_a_run_keeps_the_old_index() {
    each_ends_well(&[(Signal::INT, Some(130)), (Signal::TERM, Some(143))]);
}

#[test]
fn a_killed_run_leaves_the_old_index_or_the_new_one_and_the_next_sweeps_up() {
    each_ends_well(&[(Signal::KILL, None)]);
}

/// Runs the program by the shell after a command that takes something away.
fn confined(house: &House, before: &str, args: &str) -> crate::house::Ran {
    let program = env!("CARGO_BIN_EXE_esr-search");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!("{before} && exec {program} {args}")]);
    shell.current_dir(house.path(""));
    shell.output().unwrap().into()
}

/// The index is as it was, and with nothing in the way the next run is done.
fn is_old_then_new(house: &House, [old, new]: [Vec<(String, String)>; 2]) {
    assert_eq!(content(house, "index"), old);
    let ran = house.run(&["index", "files"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    assert_eq!(content(house, "index"), new);
    assert_eq!(leaks(house), Vec::<String>::new());
}

#[test]
fn without_file_handles_the_run_fails_and_the_index_stays() {
    let (house, states, _) = ready();
    let ran = confined(&house, "ulimit -n 7", "index files --rebuild");
    assert_eq!(ran.code, Some(5), "{ran:?}");
    is_old_then_new(&house, states);
}

#[test]
fn a_limit_to_the_size_of_files_fails_the_run_as_a_full_disk_does() {
    let (house, states, _) = ready();
    let ran = confined(&house, "ulimit -f 16", "index files --rebuild");
    assert_eq!(ran.code, Some(5), "{ran:?}");
    is_old_then_new(&house, states);
}

#[test]
fn where_nothing_can_be_written_the_run_says_so() {
    let house = half();
    let ran = house.run(&["index", "files", "--index", "/proc/esr-search"]);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    assert!(ran.err.contains("/proc/esr-search"), "{ran:?}");
}

/// Runs lines of shell in a house on a small disk of its own, mounted at `disk`
/// for them alone; none where the system does not let us.
fn on_a_small_disk(house: &House, script: &str) -> Option<crate::house::Ran> {
    std::fs::create_dir_all(house.path("disk")).unwrap();
    let program = env!("CARGO_BIN_EXE_esr-search");
    let mount = "mount -t tmpfs -o size=2m tmpfs disk || exit 99";
    let script = format!("{mount}\nrun() {{ {program} \"$@\" > out 2>&1; echo $?; }}\n{script}");
    let mut unshare = std::process::Command::new("unshare");
    unshare.args(["-rm", "sh", "-c", &script]);
    let ran: crate::house::Ran = unshare.current_dir(house.path("")).output().ok()?.into();
    let is_there = ran.code == Some(0) && !ran.out.is_empty();
    if !is_there {
        eprintln!("no disk of our own, nothing was tried: {ran:?}");
    }
    is_there.then_some(ran)
}

#[test]
fn on_a_full_disk_and_on_one_that_is_read_only_the_run_fails_and_searches_go_on() {
    let house = half();
    let script = "cp -r index disk/index
        run index files --rebuild --index disk/index
        head -c 4m /dev/zero > disk/filler 2> /dev/null
        run index files --rebuild --index disk/index
        run verify --index disk/index
        run search Kela --index disk/index
        rm disk/filler
        mount -o remount,ro disk
        run index files --rebuild --index disk/index
        run verify --index disk/index
        run search Kela --index disk/index
        mount -o remount,rw disk
        run index files --rebuild --index disk/index
        ls disk/index | wc -l";
    if let Some(ran) = on_a_small_disk(&house, script) {
        let codes: Vec<_> = ran.out.split_whitespace().collect();
        assert_eq!(
            codes,
            ["0", "5", "0", "0", "5", "0", "0", "0", "4"],
            "{ran:?}"
        );
    }
}

#[test]
fn of_two_runs_at_once_one_is_done_and_the_other_says_who_holds_the_index() {
    let (house, [_, new], _) = ready();
    let runs: Vec<_> = (0..4)
        .map(|_| house.start(&["index", "files", "--rebuild"]))
        .collect();
    let ended = runs.into_iter().map(|run| run.wait_with_output().unwrap());
    let mut codes: Vec<_> = ended.map(|output| output.status.code()).collect();
    codes.sort();
    assert!(matches!(codes[0], Some(0 | 1)), "{codes:?}");
    assert!(
        codes.iter().all(|code| matches!(code, Some(0 | 1 | 4))),
        "{codes:?}"
    );
    assert_eq!(content(&house, "index"), new);
    assert_eq!(leaks(&house), Vec::<String>::new());
}

#[test]
fn a_file_that_is_still_being_written_is_left_for_the_next_run() {
    let house = half();
    let path = house.path("files/S29999.txt");
    std::fs::write(
        &path,
        "1 Hanke\n\nHankkeen nimi: Puolikas\n\nProjektikoodi: S29999\n",
    )
    .unwrap();
    let child = house.start(&["index", "files", "--report", "json"]);
    let mut file = std::fs::File::options().append(true).open(&path).unwrap();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(1_500) {
        std::io::Write::write_all(&mut file, b"lis\xc3\xa4\xc3\xa4\n").unwrap();
        std::thread::sleep(Duration::from_millis(100));
    }
    let ran: crate::house::Ran = child.wait_with_output().unwrap().into();
    let report = &ran.json()[0];
    assert!(ran.out.contains("left for the next run"), "{report}");
    assert_ne!(house.run(&["show", "S29999"]).code, Some(0));
    house.run(&["index", "files"]);
    assert_eq!(house.run(&["show", "S29999"]).code, Some(0));
}
