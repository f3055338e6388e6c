//! Projects on real OpenSearch nodes follow a folder: what is new, changed and
//! gone, through rebuilds, refusals and nodes that are killed.
//!
//! `ESR_SEARCH_NODES` has the addresses of three nodes, and
//! `ESR_SEARCH_NODES_FOLDER` the folder they run in, so that one can be killed.

use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cluster::nodes;
use crate::house::{House, Ran, corpus, root};
use crate::support::generator::Generator;

/// One test at a time has the nodes: one of them kills them.
static NODES: Mutex<()> = Mutex::new(());

pub(crate) fn alone() -> MutexGuard<'static, ()> {
    NODES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder that is pushed to an alias of its own.
pub(crate) struct Pushed {
    pub(crate) house: House,
    pub(crate) to: String,
    pub(crate) alias: &'static str,
    _alone: MutexGuard<'static, ()>,
}

impl Pushed {
    pub(crate) fn new(alias: &'static str) -> Option<Self> {
        Some(Self {
            to: nodes()?.join(","),
            house: House::new(),
            alias,
            _alone: alone(),
        })
    }

    pub(crate) fn push(&self, more: &[&str]) -> Ran {
        self.house.run(&self.args(more))
    }

    /// Pushes to a new index, whatever an earlier run has left.
    pub(crate) fn push_anew(&self, more: &[&str]) -> Ran {
        self.push(&[&["--rebuild", "--allow-mass-delete"], more].concat())
    }

    fn args<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let mut args = vec![
            "push",
            "--to",
            &self.to,
            "--alias",
            self.alias,
            "--no-dictionary",
        ];
        args.extend(more);
        args.push("files");
        args
    }

    fn ask(&self, words: &[&str]) -> Ran {
        let mut args = vec![words[0], "--engine", &self.to, "--alias", self.alias];
        args.extend(&words[1..]);
        self.house.run(&args)
    }

    /// How many projects a query finds, and whether all shards answered.
    fn found(&self, words: &[&str]) -> (u64, bool) {
        let mut args = vec!["search", "--json", "-n", "0"];
        args.extend(words);
        let ran = self.ask(&args);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        let answer = ran.json().pop().unwrap();
        let all = answer["total"].as_u64().unwrap() + answer["loose"].as_u64().unwrap();
        (all, answer["partial"].as_array().unwrap().is_empty())
    }

    pub(crate) fn write_made(&self, numbers: std::ops::Range<u64>) {
        let generator = Generator::new(21);
        for number in numbers {
            let mut text = String::new();
            generator.write(number, &mut text);
            self.house
                .write(&format!("{}.txt", Generator::code(number)), text);
        }
    }
}

pub(crate) fn sample(code: &str) -> String {
    std::fs::read_to_string(corpus().join(format!("{code}.txt"))).unwrap()
}

/// Any project: a condition that all meet.
const ALL: &str = "rahasto:*";

#[test]
fn what_is_new_changed_and_gone_is_so_on_the_cluster_too() {
    let Some(pushed) = Pushed::new("follows-a-folder") else {
        return;
    };
    let (a, b) = (sample("S26011"), sample("S26024"));
    pushed.house.write("a.txt", &a);
    pushed.house.write("b.txt", &b);
    let first = pushed.push_anew(&["--replicas", "0"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(first.out.contains("2 projects in the index"), "{first:?}");
    let again = pushed.push(&["--report", "json"]);
    let counts = &again.json()[0];
    assert_eq!(
        (&counts["unchanged"], &counts["changed"]),
        (&2.into(), &false.into())
    );
    // Another file describes the project better: it has more lines.
    pushed
        .house
        .write("c.txt", format!("{a}\nMuuta: sinikettu\n"));
    let better = pushed.push(&[]);
    assert_eq!(better.code, Some(1), "{better:?}");
    assert!(
        better.out.contains("a.txt: describes a project"),
        "{better:?}"
    );
    assert_eq!(pushed.found(&["sinikettu"]), (1, true));
    assert_eq!(pushed.found(&[ALL]), (2, true));
    // It goes, and the other one comes back.
    std::fs::remove_file(pushed.house.path("files/c.txt")).unwrap();
    std::fs::remove_file(pushed.house.path("files/b.txt")).unwrap();
    let gone = pushed.push(&[]);
    assert_eq!(gone.code, Some(0), "{gone:?}");
    assert!(gone.out.contains("2 gone"), "{gone:?}");
    assert_eq!(pushed.found(&["sinikettu"]).0, 0);
    assert_eq!(pushed.found(&[ALL]), (1, true));
    let shown = pushed.ask(&["show", "s26011"]);
    assert!(shown.out.contains("Askelmerkit"), "{shown:?}");
    assert_eq!(pushed.ask(&["show", "S26024"]).code, Some(1));
    let offered = pushed.ask(&["suggest", "askelm"]);
    assert!(offered.out.contains("Askelmerkit"), "{offered:?}");
}

#[test]
fn a_folder_that_is_suddenly_empty_takes_nothing_along() {
    let Some(pushed) = Pushed::new("suddenly-empty") else {
        return;
    };
    pushed.write_made(0..40);
    assert_eq!(pushed.push_anew(&["--shards", "3"]).code, Some(0));
    for number in 5..40 {
        let name = format!("files/{}.txt", Generator::code(number));
        std::fs::remove_file(pushed.house.path(&name)).unwrap();
    }
    for how in [&[][..], &["--rebuild"]] {
        let refused = pushed.push(how);
        assert_eq!(refused.code, Some(6), "{refused:?}");
        assert!(
            refused.err.contains("35 of 40 known projects are gone"),
            "{refused:?}"
        );
        assert_eq!(pushed.found(&[ALL]), (40, true));
    }
    assert_eq!(
        pushed.push(&["--dry-run", "--allow-mass-delete"]).code,
        Some(0)
    );
    assert_eq!(pushed.found(&[ALL]), (40, true));
    assert_eq!(pushed.push(&["--allow-mass-delete"]).code, Some(0));
    assert_eq!(pushed.found(&[ALL]), (5, true));
}

#[test]
fn a_rebuild_keeps_what_cannot_be_read_now_and_how_the_index_was_spread() {
    let Some(pushed) = Pushed::new("keeps-unread") else {
        return;
    };
    pushed.house.write("a.txt", sample("S26011"));
    pushed.house.write("b.txt", sample("S26024"));
    let spread = ["--shards", "2", "--replicas", "0"];
    assert_eq!(pushed.push_anew(&spread).code, Some(0));
    let found = pushed.ask(&["search", "askelmerkit", "--json"]).out;
    pushed.house.write("a.txt", "");
    for how in [&[][..], &["--rebuild"]] {
        let ran = pushed.push(how);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(
            ran.out.contains("last version that could be read stays"),
            "{ran:?}"
        );
        assert!(ran.out.contains("1 failed"), "{ran:?}");
        assert_eq!(pushed.found(&[ALL]), (2, true));
        assert_eq!(pushed.ask(&["search", "askelmerkit", "--json"]).out, found);
    }
    let settings = curl(&["keeps-unread/_settings"]);
    assert!(
        settings.contains(r#""number_of_shards":"2""#)
            && settings.contains(r#""number_of_replicas":"0""#),
        "{settings}"
    );
    // The next push finds the file as it was.
    pushed.house.write("a.txt", sample("S26011"));
    let again = pushed.push(&["--report", "json"]);
    assert_eq!(again.json()[0]["unchanged"], 2, "{again:?}");
}

#[test]
fn an_index_of_somebody_else_is_left_alone() {
    let Some(pushed) = Pushed::new("somebody-else") else {
        return;
    };
    pushed.house.write("a.txt", sample("S26011"));
    let aliased = r#"{"aliases": {"somebody-else": {}}}"#;
    let json = "content-type: application/json";
    let _ = curl(&["their-logs", "-X", "PUT", "-H", json, "-d", aliased]);
    for how in [&[][..], &["--rebuild", "--allow-mass-delete"]] {
        let ran = pushed.push(how);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("did not make"), "{ran:?}");
    }
    assert!(curl(&["their-logs/_alias"]).contains("somebody-else"));
}

/// What a node answers to a path, with what else is said to it.
fn curl(asked: &[&str]) -> String {
    let url = format!("{}/{}", nodes().unwrap().remove(0), asked[0]);
    let ran = Command::new("curl")
        .args(["-s", &url])
        .args(&asked[1..])
        .output()
        .unwrap();
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn what_the_cluster_refuses_is_named_and_the_rest_is_there() {
    let Some(pushed) = Pushed::new("refuses-one") else {
        return;
    };
    pushed.house.write("fine.txt", sample("S26024"));
    let long = "Askelmerkit ".repeat(4_000);
    pushed
        .house
        .write("long.txt", sample("S26011").replace("Askelmerkit", &long));
    let ran = pushed.push(&["--rebuild"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.out.contains("long.txt: the cluster refused it"),
        "{ran:?}"
    );
    assert_eq!(pushed.found(&[ALL]), (1, true));
}

#[test]
fn who_asks_for_what_is_not_there_is_told_what_to_do() {
    let Some(pushed) = Pushed::new("never-pushed") else {
        return;
    };
    let ran = pushed.ask(&["search", "nuoret"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("esr-search push"), "{ran:?}");
    let nobody = ["search", "nuoret", "--engine", "http://127.0.0.1:9"];
    let ran = pushed.house.run(&nobody);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    assert!(ran.err.contains("no answer from the cluster"), "{ran:?}");
}

/// Waits until all three nodes are there.
pub(crate) fn all_there() {
    let url = nodes().unwrap().remove(0);
    let all = "_cluster/health?wait_for_nodes=3&wait_for_no_relocating_shards=true&timeout=90s";
    let asked = Command::new("curl")
        .args(["-sf", &format!("{url}/{all}")])
        .output();
    let health = String::from_utf8(asked.unwrap().stdout).unwrap();
    assert!(health.contains("\"number_of_nodes\":3"), "{health}");
}

/// Does something with one of the nodes.
pub(crate) fn node(what: &str, folder: &str) {
    let script = root().join("tests/cluster/nodes");
    let done = Command::new(script)
        .args([what, folder, "2"])
        .status()
        .unwrap();
    assert!(done.success());
}

fn number(name: &str, otherwise: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// How long a search may take that waits for nodes that are gone.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn when_a_node_is_killed_nothing_is_lost_and_the_next_push_converges() {
    let (Some(pushed), Ok(folder)) = (
        Pushed::new("loses-a-node"),
        std::env::var("ESR_SEARCH_NODES_FOLDER"),
    ) else {
        return;
    };
    pushed.write_made(0..20);
    assert_eq!(
        pushed.push_anew(&["--shards", "3", "--replicas", "1"]).code,
        Some(0)
    );
    let all = 20 + number("ESR_SEARCH_CLUSTER_DOCS", 400);
    pushed.write_made(20..all);
    let begun = Instant::now();
    let running = pushed.house.start(&pushed.args(&[]));
    std::thread::sleep(Duration::from_millis(1_200));
    node("kill", &folder);
    let ran: Ran = running.wait_with_output().unwrap().into();
    assert!(matches!(ran.code, Some(0 | 5)), "{ran:?}");
    assert!(begun.elapsed() < Duration::from_secs(300));
    let mut partial = 0;
    for _ in 0..number("ESR_SEARCH_CLUSTER_SEARCHES", 20) {
        let asked = Instant::now();
        let (found, is_whole) = pushed.found(&[ALL]);
        assert!(asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
        assert!(found <= all, "{found} of {all}");
        assert!(found >= 20 || !is_whole, "{found} and nothing is said");
        partial += usize::from(!is_whole);
    }
    eprintln!("partial answers: {partial}");
    node("one", &folder);
    let until = Instant::now() + Duration::from_secs(120);
    loop {
        let ran = pushed.push(&[]);
        if ran.code == Some(0) {
            break;
        }
        assert!(Instant::now() < until, "{ran:?}");
        std::thread::sleep(Duration::from_secs(2));
    }
    assert_eq!(pushed.found(&[ALL]), (all, true));
    let again = pushed.push(&["--report", "json"]);
    assert_eq!(again.json()[0]["unchanged"], all, "{again:?}");
}

#[test]
fn what_a_killed_rebuild_left_is_swept_by_the_next_one() {
    let Some(pushed) = Pushed::new("killed-rebuild") else {
        return;
    };
    pushed.write_made(0..30);
    assert_eq!(pushed.push_anew(&["--replicas", "0"]).code, Some(0));
    pushed.write_made(30..400);
    let mut running = pushed
        .house
        .start(&pushed.args(&["--rebuild", "--replicas", "0"]));
    std::thread::sleep(Duration::from_millis(1_500));
    let _ = running.kill();
    running.wait().unwrap();
    let (found, is_whole) = pushed.found(&[ALL]);
    assert!(is_whole && [30, 400].contains(&found), "{found}");
    assert_eq!(pushed.push(&["--rebuild", "--replicas", "0"]).code, Some(0));
    assert_eq!(pushed.found(&[ALL]), (400, true));
    let listed = curl(&["_cat/indices/killed-rebuild-*?h=index"]);
    // The index, and what its chain has learnt.
    assert_eq!(listed.lines().count(), 2, "{listed}");
}
