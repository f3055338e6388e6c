//! A folder with everything that people and machines leave in folders: every
//! entry ends in the class that the rules say, in bounded time and memory.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::house::{House, corpus};
use crate::papers::docx;

/// What an entry must come to: its class, and words of the reason if one is told.
type Outcome = (&'static str, &'static str);

const INDEXED: Outcome = ("indexed", "");

/// A whole description of the sample, with another code.
pub(crate) fn description(code: &str) -> String {
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
pub(crate) fn code(number: usize) -> String {
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

pub(crate) fn old(path: &Path) {
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
        expected.insert(name.to_owned(), ("skipped", "up to 32 MiB"));
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
