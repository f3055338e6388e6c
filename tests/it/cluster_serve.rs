//! What is served from real nodes is what is served from an index, it changes
//! when the cluster does, and says so when some of it is not there.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Answer, Served};
use crate::cluster::nodes;
use crate::cluster_push::{Pushed, all_there, node, sample};
use crate::house::corpus;
use crate::relay::{Does, Relay};

/// A file of a code that another one has too: an index counts it until it
/// merges, a new one on a cluster never had it.
const OLDER: &str = "S26213-vanha.txt";

/// The sample on the cluster, and in the house's index.
pub(crate) fn sampled(alias: &'static str, spread: [&str; 2]) -> Option<Pushed> {
    let pushed = Pushed::new(alias)?;
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name != OLDER {
            let bytes = std::fs::read(entry.path()).unwrap();
            pushed.house.write(&name, bytes);
        }
    }
    let [shards, replicas] = spread;
    let spread = ["--shards", shards, "--replicas", replicas];
    let ran = pushed.push_anew(&spread);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    Some(pushed)
}

fn served(pushed: &Pushed, to: &str, more: &[&str]) -> Served {
    let mut args = vec!["--engine", to, "--alias", pushed.alias];
    args.extend(more);
    Served::new(&pushed.house, &args)
}

/// Numbers that are rounded otherwise are one; what names the edition is not
/// compared.
fn about(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(about),
        Value::Object(map) => {
            for own in ["generation", "last_done", "age_seconds", "next"] {
                map.remove(own);
            }
            map.values_mut().for_each(about);
        }
        Value::Number(number) if number.is_f64() => {
            let rounded = format!("{:.3e}", number.as_f64().unwrap());
            *value = Value::String(rounded);
        }
        _ => {}
    }
}

fn json(answer: &Answer) -> Value {
    let mut value = serde_json::from_str(&answer.body).unwrap_or_default();
    about(&mut value);
    value
}

const ADDRESSES: [&str; 26] = [
    "/",
    "/?q=nuoret",
    "/?q=nuoret&filter=region%3DLappi&lang=sv",
    "/?q=%2Bnuoret+%2Bxyzzyxyzzy",
    "/?q=nuorte&sort=granted&page=2",
    "/project/S26011?q=nuoret",
    "/project/S26277",
    "/project/S99999",
    "/project/file:S26011.txt",
    "/compare?code=S26011&code=S26024",
    "/overview?q=nuoret&lang=en",
    "/help",
    "/export.csv?q=nuoret",
    "/sitemap.xml",
    "/robots.txt",
    "/readyz",
    "/api/v1/search?q=nuoret&facets=region,status&limit=30",
    "/api/v1/search?q=osaty%C3%B6k*&section=target",
    // It stands for more words than are looked for.
    "/api/v1/search?q=ty*&limit=50",
    "/api/v1/search?q=nuorten+ty%C3%B6paja&explain=true",
    "/api/v1/facets?q=nuoret&facets=region",
    "/api/v1/projects/S26278",
    "/api/v1/projects/S99999",
    "/api/v1/projects/S26277/similar?limit=8",
    "/api/v1/suggest?q=nuor",
    "/api/v1/status",
];

#[test]
fn what_is_served_from_a_cluster_is_what_is_served_from_an_index() {
    let Some(pushed) = sampled("served-as-well", ["1", "0"]) else {
        return;
    };
    let indexed = ["index", "--no-dictionary", "--threads", "1", "files"];
    let ran = pushed.house.run(&indexed);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    let here = Served::new(&pushed.house, &[]);
    let there = served(&pushed, &pushed.to, &[]);
    for path in ADDRESSES {
        let (mine, other) = (here.get(path), there.get(path));
        assert_eq!(mine.code, other.code, "{path}: {other:?}");
        match path.starts_with("/api/") {
            true => assert_eq!(json(&mine), json(&other), "{path}"),
            false => {
                let address = |answer: &Answer, of: &Served| answer.body.replace(&of.address, "");
                assert_eq!(address(&mine, &here), address(&other, &there), "{path}");
            }
        }
        let kept = |answer: &Answer| answer.header("cache-control").map(str::to_owned);
        assert_eq!(kept(&mine), kept(&other), "{path}");
    }
    let metrics = there.get("/metrics").body;
    assert!(metrics.contains("esr_search_index_usable 1"), "{metrics}");
    assert!(metrics.contains("esr_search_projects 36"), "{metrics}");
}

/// Asks again until something is so.
fn wait(what: &str, is: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(90), "never: {what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn who_has_an_answer_gets_another_one_when_the_cluster_has_changed() {
    let Some(pushed) = sampled("changes-while-served", ["3", "0"]) else {
        return;
    };
    let served = served(&pushed, &pushed.to, &[]);
    let path = "/api/v1/search?q=sinikettu";
    let first = served.get(path);
    assert_eq!(json(&first)["total"], 0);
    let tag = first.header("etag").unwrap().to_owned();
    let again = |tag: &str| served.ask("GET", path, &format!("If-None-Match: {tag}\r\n"));
    std::thread::sleep(Duration::from_millis(2_500));
    assert_eq!(again(&tag).code, 304, "nothing has changed");
    let text = sample("S26024");
    pushed
        .house
        .write("S26024.txt", format!("{text}\nMuuta: sinikettu\n"));
    assert!(matches!(pushed.push(&[]).code, Some(0 | 1)));
    wait("the new project is found", || again(&tag).code == 200);
    wait("it is the whole answer", || {
        json(&served.get(path))["total"] == 1
    });
    // A rebuild is another index of the same name.
    let tag = served.get(path).header("etag").unwrap().to_owned();
    assert!(matches!(pushed.push(&["--rebuild"]).code, Some(0 | 1)));
    wait("the new index answers", || again(&tag).code == 200);
    assert_eq!(json(&served.get(path))["total"], 1);
}

#[test]
fn a_rebuild_takes_over_while_people_ask_and_none_is_turned_away() {
    let Some(pushed) = sampled("rebuilt-while-asked", ["3", "1"]) else {
        return;
    };
    let served = served(&pushed, &pushed.to, &["--search-time", "20"]);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let askers: Vec<_> = (0..3)
            .map(|asker| {
                let (served, done) = (&served, &done);
                scope.spawn(move || {
                    let mut asked = 0;
                    while !done.load(Ordering::SeqCst) {
                        let path = format!("/api/v1/search?q=nuoret&limit=5&offset={asked}{asker}");
                        let answer = served.get(&path);
                        assert_eq!(answer.code, 200, "{path}: {}", answer.head);
                        assert!(json(&answer)["total"].as_u64() > Some(5), "{path}");
                        asked = (asked + 1) % 90;
                    }
                    asked
                })
            })
            .collect();
        for _ in 0..3 {
            let ran = pushed.push(&["--rebuild", "--shards", "2"]);
            assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        }
        done.store(true, Ordering::SeqCst);
        for asker in askers {
            asker.join().unwrap();
        }
    });
}

#[test]
fn a_cluster_that_gives_no_answer_is_told_of_in_time_and_asked_again() {
    let Some(pushed) = sampled("out-of-reach", ["1", "0"]) else {
        return;
    };
    let relay = Relay::before(&nodes().unwrap()[0]);
    let served = served(
        &pushed,
        &relay.url,
        &["--search-time", "2", "--log", "requests"],
    );
    let known = "/api/v1/search?q=nuoret";
    let tag = served.get(known).header("etag").unwrap().to_owned();
    assert_eq!(served.get("/readyz").code, 200);
    for (does, seconds) in [(Does::Hang, 3), (Does::Close, 2)] {
        relay.now(does);
        for path in [
            "/api/v1/search?q=ty%C3%B6paja",
            "/project/S26011",
            "/export.csv",
        ] {
            let begun = Instant::now();
            let answer = served.get(path);
            assert_eq!(answer.code, 503, "{does:?} {path}: {answer:?}");
            assert!(answer.header("retry-after").is_some(), "{path}");
            let took = begun.elapsed();
            assert!(
                took < Duration::from_secs(seconds),
                "{does:?} {path}: {took:?}"
            );
        }
        let problem = served.get("/api/v1/search?q=ty%C3%B6paja");
        assert_eq!(
            problem.header("content-type"),
            Some("application/problem+json")
        );
        assert!(!problem.body.contains("127.0.0.1"), "{problem:?}");
        wait("not ready", || served.get("/readyz").code == 503);
        // What was known then may be otherwise now.
        let again = served.ask("GET", known, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!(again.code, 503, "{again:?}");
        assert_eq!(served.get("/healthz").code, 200);
        assert_eq!(served.get("/help").code, 200);
        assert_eq!(json(&served.get("/api/v1/status"))["usable"], false);
        relay.now(Does::Pass);
        wait("ready again", || served.get("/readyz").code == 200);
        assert_eq!(served.get(known).code, 200);
    }
    let before = relay.asked();
    for _ in 0..20 {
        assert_eq!(served.get(known).code, 200);
    }
    assert!(
        relay.asked() < before + 20,
        "what was just asked is remembered"
    );
}

#[test]
fn many_who_wait_for_the_cluster_hold_up_nobody_else() {
    let Some(pushed) = sampled("slow-for-some", ["1", "0"]) else {
        return;
    };
    let relay = Relay::before(&nodes().unwrap()[0]);
    let served = served(&pushed, &relay.url, &["--search-time", "4"]);
    relay.now(Does::Hang);
    std::thread::scope(|scope| {
        for number in 0..40 {
            let served = &served;
            scope.spawn(move || {
                served
                    .get(&format!("/api/v1/search?q=nuoret+{number}"))
                    .code
            });
        }
        std::thread::sleep(Duration::from_millis(300));
        for path in ["/healthz", "/readyz", "/static/nothing.css", "/robots.txt"] {
            let begun = Instant::now();
            served.get(path);
            let took = begun.elapsed();
            assert!(took < Duration::from_millis(500), "{path}: {took:?}");
        }
    });
}

#[test]
fn an_answer_without_a_node_says_so_and_is_not_kept() {
    let (Some(_), Ok(folder)) = (nodes(), std::env::var("ESR_SEARCH_NODES_FOLDER")) else {
        return;
    };
    all_there();
    let pushed = sampled("served-in-part", ["6", "0"]).unwrap();
    let served = served(&pushed, &pushed.to, &["--search-time", "20"]);
    let whole = served.get("/api/v1/search?q=nuoret");
    assert_eq!(json(&whole)["partial"], serde_json::json!([]));
    assert_eq!(whole.header("esr-search-partial"), None);
    node("kill", &folder);
    wait("an answer is partial", || {
        let answer = served.get("/api/v1/search?q=nuoret+ty%C3%B6paja");
        answer.code == 200 && answer.header("esr-search-partial") == Some("true")
    });
    for path in [
        "/api/v1/search?q=nuorten",
        "/api/v1/suggest?q=nuo",
        "/api/v1/facets?facets=region",
    ] {
        let answer = served.get(path);
        let parts = json(&answer)["partial"].clone();
        assert!(!parts.as_array().unwrap().is_empty(), "{path}: {answer:?}");
        assert!(
            parts[0].as_str().unwrap().contains("did not answer"),
            "{parts}"
        );
        assert!(!answer.body.contains("127.0.0.1"), "{answer:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("etag"), None);
    }
    let page = served.get("/?q=nuorten");
    assert!(page.body.contains("tämä sivu on vajaa"), "{}", page.head);
    for path in ["/export.csv?q=nuoret", "/sitemap.xml", "/feed?q=nuoret"] {
        assert_eq!(served.get(path).code, 503, "{path}: it could not be marked");
    }
    let codes: Vec<u16> = [
        "S26011", "S26024", "S26277", "S26278", "S26037", "S26042", "S26058",
    ]
    .iter()
    .map(|code| served.get(&format!("/api/v1/projects/{code}")).code)
    .collect();
    // One that is not found may be in what is missing.
    assert!(
        codes.iter().all(|code| [200, 503].contains(code)),
        "{codes:?}"
    );
    assert!(codes.contains(&200), "{codes:?}");
    node("one", &folder);
    wait("the answer is whole again", || {
        let answer = served.get("/api/v1/search?q=nuoret");
        answer.code == 200 && answer.header("esr-search-partial").is_none()
    });
}
