//! What happens to a folder between runs and while one goes on: rights are
//! taken, files go, change and are still being written, disks are not there.
//! Nothing that was found is lost by it.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use esr_search::index::{self, Act, Fate, Options, System};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::house::House;
use crate::inputs::{code, description, old};
use crate::small::{Plot, WORDS, all, choice, page};

/// Runs the program as someone whom the system refuses things: the system
/// refuses nothing to root.
pub(crate) fn run_as_nobody(house: &House, args: &[&str]) -> crate::house::Ran {
    const NOBODY: u32 = 65_534;
    let mut command = house.command(args);
    if rustix::process::getuid().is_root() {
        // Where the program stands nobody may look.
        let program = house.path("esr-search");
        if !program.exists() {
            fs::copy(env!("CARGO_BIN_EXE_esr-search"), &program).unwrap();
        }
        give(&house.path("."), NOBODY);
        command = std::process::Command::new(&program);
        command
            .args(args)
            .current_dir(house.path("."))
            .uid(NOBODY)
            .gid(NOBODY);
    }
    command.output().unwrap().into()
}

/// Gives a folder and all that is in it to someone.
fn give(folder: &Path, owner: u32) {
    chown(folder, Some(owner), Some(owner)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => give(&path, owner),
            false => chown(&path, Some(owner), Some(owner)).unwrap(),
        }
    }
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

pub(crate) fn item<'r>(report: &'r serde_json::Value, name: &str) -> &'r serde_json::Value {
    let items = report["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["path"] == name);
    item.unwrap_or_else(|| panic!("{name} is not told of: {report}"))
}

#[test]
fn what_may_not_be_read_fails_and_what_lies_behind_it_stays() {
    let house = House::new();
    for number in 1..=4 {
        let name = ["open.txt", "shut.txt", "room/a.txt", "room/b.txt"][number - 1];
        house.write(name, description(&code(number)));
    }
    let ran = run_as_nobody(&house, &["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let (file, room) = (house.path("files/shut.txt"), house.path("files/room"));
    house.write("shut.txt", description(&code(2)).replace("2017", "2018"));
    set_mode(&file, 0);
    set_mode(&room, 0);
    let ran = run_as_nobody(&house, &["index", "files", "--report", "json"]);
    set_mode(&room, 0o755);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report = &ran.json()[0];
    for name in ["shut.txt", "room"] {
        let item = item(report, name);
        assert_eq!(item["class"], "failed", "{item}");
        assert!(
            item["reasons"][0].to_string().contains("ermission"),
            "{item}"
        );
    }
    assert_eq!(report["seen"], 3, "{report}");
    assert_eq!(
        (&report["removed"], &report["documents"]),
        (&0.into(), &4.into())
    );
    assert_eq!(house.search(&["osatyökykyiset"]).len(), 4);
    set_mode(&file, 0o644);
    let ran = run_as_nobody(&house, &["index", "files"]);
    assert_eq!(
        ran.code,
        Some(0),
        "what may be read again is read again: {ran:?}"
    );
}

#[cfg(unix)]
#[test]
fn files_whose_names_are_no_text_stay_apart_and_are_found_again() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let house = House::new();
    house.write("q\\xE4.txt", description(""));
    let odd = house.path("files").join(OsStr::from_bytes(b"q\xe4.txt"));
    fs::copy(house.path("files/q\\xE4.txt"), odd).unwrap();
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(house.search(&["osatyökykyiset"]).len(), 2);
    let ran = house.run(&["verify", "--deep"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.out.contains("gone"), "{ran:?}");
}

#[test]
fn a_description_that_was_emptied_is_told_of_while_its_project_stays() {
    let house = House::new();
    house.write("a.txt", description(&code(1)));
    house.write("b.txt", description(&code(2)));
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    house.write("a.txt", "");
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("a.txt: empty"), "{ran:?}");
    assert!(
        ran.out
            .contains("a.txt: the last version that could be read stays")
    );
    assert_eq!(house.search(&["osatyökykyiset"]).len(), 2);
    let ran = house.run(&["status"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("a.txt: empty"), "{ran:?}");
    // What never was a description is no failure.
    house.write("a.txt", description(&code(1)));
    house.write("c.txt", "");
    assert_eq!(house.run(&["index", "files"]).code, Some(1));
    assert_eq!(house.run(&["status"]).code, Some(0));
}

#[test]
fn a_project_that_left_the_index_is_named_whatever_became_of_its_file() {
    let house = House::new();
    for number in 1..=3 {
        house.write(&format!("{number}.txt"), description(&code(number)));
    }
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    let moved = |from: &str, to: &str| {
        let [from, to] = [from, to].map(|name| house.path("files").join(name));
        fs::rename(from, to).unwrap();
    };
    moved("3.txt", "4.txt");
    let ran = house.run(&["index", "files", "--report", "json"]);
    assert_eq!(ran.json()[0]["departed"], serde_json::json!([]), "{ran:?}");
    fs::remove_file(house.path("files/2.txt")).unwrap();
    let ran = house.run(&["index", "files", "--report", "json"]);
    let gone = serde_json::json!([{"key": "S20002", "path": "2.txt", "why": "gone"}]);
    assert_eq!(ran.json()[0]["departed"], gone, "{ran:?}");
    house.write("1.txt", "poistettu");
    let ran = house.run(&["index", "files"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let told = "1.txt: S20001 left the index: its file describes it no longer";
    assert!(ran.out.contains(told), "{ran:?}");
    assert!(!house.run(&["index", "files"]).out.contains(told));
}

#[test]
fn who_may_only_read_an_index_may_ask_what_a_run_would_do() {
    let house = House::new();
    house.write("a.txt", description(&code(1)));
    let dry = || run_as_nobody(&house, &["index", "files", "--dry-run", "--report", "json"]);
    let ran = dry();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!house.path("index").exists(), "a dry run makes no folder");
    assert_eq!(run_as_nobody(&house, &["index", "files"]).code, Some(0));
    house.write("b.txt", description(&code(2)));
    set_mode(&house.path("index/LOCK"), 0o444);
    set_mode(&house.path("index"), 0o555);
    let asked = |ran: crate::house::Ran| {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let report = &ran.json()[0];
        // A file that was given to somebody is looked at again.
        assert_eq!(
            (&report["seen"], &report["documents"]),
            (&2.into(), &1.into()),
            "{report}"
        );
    };
    asked(dry());
    set_mode(&house.path("index"), 0o755);
    fs::remove_file(house.path("index/LOCK")).unwrap();
    set_mode(&house.path("index"), 0o555);
    asked(dry());
    let ran = run_as_nobody(&house, &["index", "files"]);
    assert_eq!(ran.code, Some(5), "a run that writes needs it: {ran:?}");
    set_mode(&house.path("index"), 0o755);
}

#[test]
fn other_content_of_the_same_size_and_time_is_noticed() {
    let house = House::new();
    let path = house.path("files/a.txt");
    let write = |text: &str| {
        house.write("a.txt", text);
        let then = std::time::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(then).unwrap();
    };
    let text = description(&code(1));
    write(&text);
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    let other = text.replace("säälittelyä", "surkuttelua ei");
    assert!(other != text && other.len() == text.len());
    write(&other);
    assert_eq!(house.run(&["index", "files"]).code, Some(0));
    assert_eq!(house.search(&["=surkuttelua"]).len(), 1);
}

/// A fate that does something to a description just before it is read.
struct Meddling<F>(F);

impl<F: Fn(&Path) + Send + Sync> Fate for Meddling<F> {
    fn meet(&self, act: Act<'_>) -> std::io::Result<()> {
        if let Act::Source(path) = act {
            (self.0)(path);
        }
        Ok(())
    }
}

#[test]
fn a_file_that_goes_while_it_is_to_be_read_keeps_its_last_good_version() {
    let plot = Plot::new();
    plot.write("a.txt", page(1, &WORDS[..2]));
    plot.write("b.txt", page(2, &WORDS[..2]));
    plot.run().unwrap();
    let before = all(&plot.index());
    plot.write("a.txt", page(1, &WORDS[2..]));
    let vanish = |path: &Path| {
        if path.ends_with("a.txt") {
            fs::remove_file(path).unwrap();
        }
    };
    let report = plot
        .run_in(System::tried(Arc::new(Meddling(vanish))))
        .unwrap();
    assert_eq!(
        (report.counts.failed, report.counts.removed),
        (1, 0),
        "{report:?}"
    );
    assert_eq!(
        all(&plot.index()),
        before,
        "nobody knows yet that it is gone"
    );
    let report = plot.run().unwrap();
    assert_eq!(
        (report.counts.failed, report.counts.removed),
        (0, 1),
        "{report:?}"
    );
    // What became a pipe is not waited for.
    plot.write("b.txt", page(2, &WORDS[1..]));
    let pipe = |path: &Path| {
        fs::remove_file(path).unwrap();
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR, 0).unwrap();
    };
    let report = plot
        .run_in(System::tried(Arc::new(Meddling(pipe))))
        .unwrap();
    assert_eq!(
        (report.counts.failed, report.documents),
        (1, 1),
        "{report:?}"
    );
}

/// A fate that writes on at a description as soon as the run looks at the clock.
struct Writing(PathBuf);

impl Fate for Writing {
    fn meet(&self, _: Act<'_>) -> std::io::Result<()> {
        Ok(())
    }

    fn now(&self) -> jiff::Timestamp {
        let mut file = File::options().append(true).open(&self.0).unwrap();
        file.write_all(b"\n\nja viel\xC3\xA4 lis\xC3\xA4\xC3\xA4")
            .unwrap();
        jiff::Timestamp::now()
    }
}

#[test]
fn what_is_still_being_written_is_left_for_the_next_run() {
    let plot = Plot::new();
    plot.write("old.txt", page(1, &WORDS));
    old(&plot.corpus().join("old.txt"));
    plot.write("calm.txt", page(2, &WORDS));
    plot.write("busy.txt", page(3, &WORDS));
    let run = |system, anew| {
        let mut options = Options::new(jiff::Timestamp::now());
        (options.wait, options.system, options.rebuild) = (true, system, anew);
        index::build(&plot.corpus(), &plot.index(), &choice(), &options, &|_| {}).unwrap()
    };
    let busy = Writing(plot.corpus().join("busy.txt"));
    let report = run(System::tried(Arc::new(busy)), false);
    assert_eq!(
        (report.documents, report.counts.skipped),
        (2, 1),
        "{report:?}"
    );
    assert_eq!(report.items[0].path, "busy.txt");
    assert!(report.items[0].reasons[0].contains("being written"));
    let report = run(System::default(), false);
    assert_eq!(
        (report.documents, report.counts.skipped),
        (3, 0),
        "{report:?}"
    );
    plot.write("busy.txt", page(3, &WORDS[1..]));
    let busy = Writing(plot.corpus().join("busy.txt"));
    let report = run(System::tried(Arc::new(busy)), true);
    assert_eq!(
        (report.documents, report.counts.skipped),
        (3, 1),
        "{report:?}"
    );
    assert!(report.items[0].reasons[1].contains("stays"), "{report:?}");
}
