//! A folder with everything that people and machines leave in folders: every
//! entry ends in the class that the rules say, in bounded time and memory.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use esr_search::index::{self, Act, Fate, Options, System};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::house::{House, corpus};
use crate::papers::docx;
use crate::small::{Plot, WORDS, all, choice, page};

/// What an entry must come to: its class, and words of the reason if one is told.
type Outcome = (&'static str, &'static str);

const INDEXED: Outcome = ("indexed", "");

/// A whole description of the sample, with another code.
fn description(code: &str) -> String {
    let text = fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    text.replace("S26011", code)
}

fn narrow(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// A number that no other description has.
fn code(number: usize) -> String {
    format!("S2{number:04}")
}

/// Files of other programs by name, with their content and outcome.
fn papers() -> Vec<(&'static str, Vec<u8>, Outcome)> {
    let word = docx(&description(&code(21)));
    let half = word[..word.len() / 2].to_vec();
    vec![
        ("word.docx", word, INDEXED),
        ("half.docx", half, ("failed", "damaged")),
        ("page.pdf", b"<html>".to_vec(), ("skipped", "not what")),
        ("old.doc", b"x".to_vec(), ("skipped", "")),
    ]
}

/// Files by name, with their content and outcome.
fn files() -> Vec<(&'static str, Vec<u8>, Outcome)> {
    let text = |number| description(&code(number));
    let page = format!(
        "<html><head><style>p {{}}</style><script>salaisuus()</script></head><body><p>{}</p></body></html>",
        text(6).replace('\n', "</p><p>")
    );
    let mut binary = text(7).into_bytes();
    binary.insert(40, 0);
    let mut control = text(8).into_bytes();
    let share = control.len() / 5;
    control.extend(std::iter::repeat_n(1, share));
    let mut garbled = b"\xef\xbb\xbf".to_vec();
    garbled.extend(text(16).into_bytes());
    let share = garbled.len() / 50;
    garbled.extend(std::iter::repeat_n(0xff, share));
    let long = format!("{}{}", text(9), "Nuoret ja työ. ".repeat(620_000));
    let line = format!("{}{}", text(10), "x".repeat(10_000_000));
    vec![
        ("plain.txt", text(1).into_bytes(), INDEXED),
        ("UPPER.TXT", text(2).into_bytes(), INDEXED),
        ("narrow.txt", narrow(&text(3)), INDEXED),
        ("wide.txt", utf16(&text(4)), INDEXED),
        (
            "apart.txt",
            text(5).replace('ä', "a\u{308}").into_bytes(),
            INDEXED,
        ),
        ("page.html", page.into_bytes(), INDEXED),
        ("empty.txt", Vec::new(), ("skipped", "empty")),
        ("blank.txt", b" \r\n\t\n".to_vec(), ("skipped", "empty")),
        ("binary.txt", binary, ("skipped", "not text")),
        ("control.txt", control, ("skipped", "not text")),
        ("long.txt", long.into_bytes(), ("warned", "cut")),
        ("line.txt", line.into_bytes(), ("warned", "cut")),
        (
            "half.txt.part",
            text(11).into_bytes(),
            ("skipped", "temporary"),
        ),
        ("save.tmp", text(12).into_bytes(), ("skipped", "temporary")),
        (
            "~$open.txt",
            text(13).into_bytes(),
            ("skipped", "temporary"),
        ),
        (
            ".#lock.txt",
            text(14).into_bytes(),
            ("skipped", "temporary"),
        ),
        ("garbled.txt", garbled, ("failed", "encoding")),
        ("notes.doc", b"x".to_vec(), ("skipped", "")),
        ("twice-a.txt", text(15).into_bytes(), INDEXED),
        (
            "twice-b.txt",
            text(15).into_bytes(),
            ("skipped", "twice-a.txt"),
        ),
    ]
}

fn old(path: &Path) {
    let hour = std::time::SystemTime::now() - Duration::from_secs(3_600);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(hour).unwrap();
}

/// Fills the folder; gives what each entry must come to.
fn fill(house: &House) -> BTreeMap<String, Outcome> {
    let mut expected = BTreeMap::new();
    for (name, bytes, outcome) in files().into_iter().chain(papers()) {
        house.write(name, bytes);
        expected.insert(name.to_owned(), outcome);
    }
    let folder = house.path("files");
    let odd = folder.join(OsStr::from_bytes(b"nimi\xe4.txt"));
    fs::write(&odd, description(&code(20))).unwrap();
    old(&odd);
    expected.insert("nimi\\xE4.txt".to_owned(), INDEXED);
    for (name, size) in [("large.txt", 33 << 20), ("huge.txt", 1 << 30)] {
        let path = folder.join(name);
        File::create(&path).unwrap().set_len(size).unwrap();
        old(&path);
        expected.insert(name.to_owned(), ("skipped", "over 32 MiB"));
    }
    symlink("plain.txt", folder.join("link.txt")).unwrap();
    symlink(".", folder.join("loop")).unwrap();
    for name in ["link.txt", "loop"] {
        expected.insert(name.to_owned(), ("skipped", "symbolic link"));
    }
    let pipe = folder.join("pipe.txt");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
    drop(UnixListener::bind(folder.join("socket.txt")).unwrap());
    for name in ["pipe.txt", "socket.txt"] {
        expected.insert(name.to_owned(), ("skipped", "not a regular file"));
    }
    expected
}

/// Runs the program as someone whom the system refuses things: the system
/// refuses nothing to root.
fn run_as_nobody(house: &House, args: &[&str]) -> crate::house::Ran {
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

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn item<'r>(report: &'r serde_json::Value, name: &str) -> &'r serde_json::Value {
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
        (report.counts.skipped, report.documents),
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
    let run = |system| {
        let mut options = Options::new(jiff::Timestamp::now());
        (options.wait, options.system) = (true, system);
        index::build(&plot.corpus(), &plot.index(), &choice(), &options, &|_| {}).unwrap()
    };
    let busy = Writing(plot.corpus().join("busy.txt"));
    let report = run(System::tried(Arc::new(busy)));
    assert_eq!(
        (report.documents, report.counts.skipped),
        (2, 1),
        "{report:?}"
    );
    assert_eq!(report.items[0].path, "busy.txt");
    assert!(report.items[0].reasons[0].contains("being written"));
    let report = run(System::default());
    assert_eq!(
        (report.documents, report.counts.skipped),
        (3, 0),
        "{report:?}"
    );
}

/// The most memory that a process had, in KiB, as long as it lives.
fn peak(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn every_entry_ends_in_the_class_that_the_rules_say() {
    let house = House::new();
    let expected = fill(&house);
    let began = Instant::now();
    let mut child = house.start(&["index", "files", "--report", "json"]);
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(peak(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(5));
    }
    let ran: crate::house::Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(began.elapsed() < Duration::from_secs(60));
    assert!(most < 600 << 10, "{most} KiB");
    let report = &ran.json()[0];
    let items = report["items"].as_array().unwrap();
    for (name, (class, reason)) in &expected {
        let item = items.iter().find(|item| item["path"] == **name);
        match item {
            // What is fine, or of another kind, is counted only.
            None => assert!(reason.is_empty(), "{name} is not told of: {report}"),
            Some(item) => {
                assert_eq!(item["class"], **class, "{item}");
                assert!(item["reasons"].to_string().contains(reason), "{item}");
            }
        }
    }
    let count = |class: &str| report[class].as_u64().unwrap();
    assert_eq!(count("seen"), expected.len() as u64);
    for class in ["indexed", "warned", "skipped", "failed"] {
        let wanted = expected.values().filter(|(wanted, _)| *wanted == class);
        assert_eq!(count(class), wanted.count() as u64, "{class}: {report}");
    }
    assert!(
        house.search(&["salaisuus"]).is_empty(),
        "scripts are no text"
    );
    let found = house.search(&["osatyökykyiset"]).len() as u64;
    assert_eq!(found, count("documents"));
}
