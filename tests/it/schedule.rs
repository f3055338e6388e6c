//! An index that keeps itself up to date: `--watch`, `--every` and `--cron` run
//! when they should and end when they are told to.

use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::house::{House, corpus};

/// Waits, generously, until something is so.
fn until(what: &str, is: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(90), "never: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn put(house: &House, name: &str) {
    house.write(name, std::fs::read(corpus().join(name)).unwrap());
}

fn finds(house: &House, code: &str) -> bool {
    house.run(&["show", code]).code == Some(0)
}

/// Ends it and gives its code; it must not take long.
fn end(mut child: Child, signal: Signal) -> Option<i32> {
    let sent = Instant::now();
    kill_process(Pid::from_child(&child), signal).unwrap();
    let code = child.wait().unwrap().code();
    assert!(sent.elapsed() < Duration::from_secs(10));
    code
}

#[test]
fn who_watches_a_folder_finds_a_new_description_soon() {
    let house = House::new();
    put(&house, "S26011.txt");
    let child = house.start(&["index", "files", "--watch"]);
    until("the first run", || finds(&house, "S26011"));
    put(&house, "S26024.txt");
    until("the new description", || finds(&house, "S26024"));
    std::fs::remove_file(house.path("files/S26024.txt")).unwrap();
    until("the description gone", || !finds(&house, "S26024"));
    assert_eq!(end(child, Signal::TERM), Some(143));
}

#[test]
fn who_runs_every_second_need_not_be_told_of_changes() {
    let house = House::new();
    put(&house, "S26011.txt");
    let child = house.start(&["index", "files", "--every", "1s"]);
    until("the first run", || finds(&house, "S26011"));
    put(&house, "S26024.txt");
    until("the new description", || finds(&house, "S26024"));
    assert_eq!(end(child, Signal::INT), Some(130));
}

#[test]
fn a_run_by_the_clock_waits_for_its_time_and_can_be_ended_before() {
    let house = House::new();
    put(&house, "S26011.txt");
    let child = house.start(&["index", "files", "--cron", "0 3 29 2 *"]);
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(end(child, Signal::TERM), Some(143));
    assert!(!house.path("index").exists());
    let ran = house.run(&["index", "files", "--cron", "sometimes"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}
