//! What is served over HTTP: to programs as JSON, to browsers with headers
//! that protect, and to nobody without limits.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::client::{Served, heard};
use crate::house::{House, corpus};

/// Addresses of all kinds, with the codes they answer with.
const ADDRESSES: [(&str, u16); 36] = [
    ("/", 200),
    ("/?q=nuoret", 200),
    ("/?q=nuoret&filter=region%3DLappi&lang=sv", 200),
    ("/?q=xyzzyxyzzy", 200),
    ("/?q=nuoret&explain=true&page=2&sort=granted", 200),
    ("/?page=1001", 400),
    ("/?lang=xx", 400),
    ("/project/S26011?q=nuoret", 200),
    ("/project/s26011", 200),
    ("/project/S99999", 404),
    ("/project/..%2f..%2fetc%2fpasswd", 404),
    ("/project/file:S26011.txt", 404),
    ("/compare?code=S26011&code=S26024", 200),
    ("/compare", 200),
    ("/overview?q=nuoret&lang=en", 200),
    ("/help", 200),
    ("/accessibility", 200),
    ("/export.csv?q=nuoret", 200),
    ("/export.jsonl?q=nuoret", 200),
    ("/feed?q=nuoret", 200),
    ("/opensearch.xml", 200),
    ("/sitemap.xml", 200),
    ("/robots.txt", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/metrics", 200),
    ("/nothing", 404),
    ("/static/nothing.css", 404),
    (
        "/api/v1/search?q=nuoret&facets=region,status&explain=true",
        200,
    ),
    ("/api/v1/facets?q=nuoret&facets=region", 200),
    ("/api/v1/projects/S26011", 200),
    ("/api/v1/projects/S26011/similar?limit=3", 200),
    ("/api/v1/suggest?q=nuor", 200),
    ("/api/v1/status", 200),
    ("/api/v1/openapi.json", 200),
    ("/api/v1/nothing", 404),
];

const HEADERS: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
];

#[test]
fn every_answer_carries_the_headers_that_protect() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS"] {
        for (path, code) in ADDRESSES {
            let answer = served.ask(method, path, "");
            let expected = match method {
                "GET" | "HEAD" => code,
                _ if path == "/nothing" || path.starts_with("/api/v1/nothing") => 404,
                _ => 405,
            };
            assert_eq!(answer.code, expected, "{method} {path}: {answer:?}");
            for header in HEADERS {
                assert!(answer.header(header).is_some(), "{method} {path}: {header}");
            }
            let policy = answer.header("content-security-policy").unwrap();
            assert!(!policy.contains("unsafe") && policy.starts_with("default-src 'none'"));
            assert!(method != "HEAD" || answer.body.is_empty(), "{path}");
            assert!(
                answer.body.len() < 60_000,
                "{path} is {} bytes",
                answer.body.len()
            );
        }
    }
    let with_content = served.ask("POST", "/healthz", "Content-Length: 3\r\n");
    assert_eq!(with_content.code, 413);
    assert!(with_content.header("content-security-policy").is_some());
}

#[test]
fn signs_alone_ask_for_nothing_and_no_query_for_everything() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    for typed in ["%F0%9F%98%80", "%22", "((((", "*"] {
        let answer = served.json(&format!("/api/v1/search?q={typed}"));
        assert_eq!((&answer["total"], &answer["loose"]), (&0.into(), &0.into()));
        let table = served.get(&format!("/export.csv?q={typed}")).body;
        assert_eq!(table.lines().count(), 1, "{typed}");
    }
    assert_eq!(served.json("/api/v1/search")["total"], 36);
}

#[test]
fn programs_get_what_the_command_line_gives() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let told = house.run(&[
        "search",
        "--json",
        "työpaja",
        "--facets",
        "region",
        "--explain",
    ]);
    let lines = told.json();
    let document = served.json("/api/v1/search?q=ty%C3%B6paja&facets=region&explain=true");
    let hits = lines.iter().filter(|line| line["type"] == "hit");
    assert!(hits.clone().eq(document["hits"].as_array().unwrap()));
    let facets = lines.iter().filter(|line| line["type"] == "facet");
    assert!(facets.eq(document["facets"].as_array().unwrap()));
    let shown = house.run(&["show", "--json", "S26155"]).json();
    assert_eq!(served.json("/api/v1/projects/S26155"), shown[0]);
    let near = house
        .run(&["similar", "--json", "S26277", "--limit", "3"])
        .json();
    let document = served.json("/api/v1/projects/S26277/similar?limit=3");
    assert_eq!(document["hits"].as_array().unwrap()[..], near[..3]);
    let offers = house
        .run(&["suggest", "--json", "nuor", "--limit", "5"])
        .json();
    assert_eq!(
        served.json("/api/v1/suggest?q=nuor")["suggestions"].as_array(),
        Some(&offers)
    );
}

#[test]
fn a_cursor_leads_through_all_hits_once() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let mut all: Vec<String> = Vec::new();
    let mut next = String::new();
    loop {
        let page = served.json(&format!("/api/v1/search?q=hanke&limit=7{next}"));
        let hits = page["hits"].as_array().unwrap();
        all.extend(
            hits.iter()
                .map(|hit| hit["key"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(all, house.search(&["hanke"]));
    assert_eq!(
        served
            .get("/api/v1/search?q=a&cursor=7-0123456789abcdef")
            .code,
        409
    );
    assert_eq!(served.get("/api/v1/search?q=a&cursor=x").code, 400);
}

#[test]
fn what_is_wrong_with_a_request_is_named() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let long = format!("q={}", "a".repeat(513));
    let wrong = [
        ("qq=nuoret", "qq"),
        (&*long, "q"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("offset=9901", "offset"),
        ("filter=", "filter"),
        ("filter=hue%3Dred", "filter"),
        ("facets=hue", "facets"),
        ("section=hue", "section"),
        ("sort=hue", "sort"),
        ("q=a&q=b", "q"),
        ("explain=maybe", "explain"),
    ];
    for (query, name) in wrong {
        let answer = served.get(&format!("/api/v1/search?{query}"));
        assert_eq!(answer.code, 400, "{query}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["parameter"], name, "{query}: {problem}");
        assert_eq!(problem["status"], 400);
    }
}

#[test]
fn an_answer_is_not_sent_twice_to_those_who_have_it() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    for path in ["/api/v1/search?q=nuoret", "/?q=nuoret", "/project/S26011"] {
        let first = served.get(path);
        let tag = first.header("etag").unwrap();
        let again = served.ask("GET", path, &format!("If-None-Match: W/\"x\", {tag}\r\n"));
        assert_eq!((again.code, again.body.as_str()), (304, ""), "{path}");
        assert!(again.header("content-security-policy").is_some());
        let other = served.ask("GET", path, "If-None-Match: \"x\"\r\n");
        assert_eq!(other.code, 200);
    }
    let page = served.get("/").body;
    let style = page
        .split("href=\"")
        .find(|part| part.starts_with("/static/style"))
        .unwrap();
    let style = served.get(style.split('"').next().unwrap());
    assert!(style.header("cache-control").unwrap().contains("immutable"));
}

#[test]
fn a_page_speaks_the_language_asked_for() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let by_browser = served.ask("GET", "/", "Accept-Language: de, sv-FI;q=0.8, en;q=0.5\r\n");
    assert!(by_browser.body.contains("<html lang=\"sv\">"));
    assert!(served.get("/").body.contains("<html lang=\"fi\">"));
    let named = served
        .ask("GET", "/?lang=en&q=nuoret", "Accept-Language: sv\r\n")
        .body;
    assert!(named.contains("<html lang=\"en\">"), "{named}");
    assert!(named.contains("href=\"/help?lang=en\""), "{named}");
    let lost = served.get("/nothing?a=b&lang=sv").body;
    assert!(lost.contains("<html lang=\"sv\">"), "{lost}");
}

#[test]
fn a_new_index_is_taken_into_use_and_no_request_is_dropped() {
    let house = House::new();
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    house.write("S26011.txt", &text);
    house.run(&["index", "files"]);
    let served = Served::new(&house, &[]);
    assert_eq!(served.get("/api/v1/projects/S26024").code, 404);
    let other = std::fs::read_to_string(corpus().join("S26024.txt")).unwrap();
    house.write("S26024.txt", &other);
    let tag = served
        .get("/api/v1/search?q=hanke")
        .header("etag")
        .unwrap()
        .to_owned();
    let mut run = house.start(&["index", "files"]);
    let begun = Instant::now();
    while served.get("/api/v1/projects/S26024").code == 404 {
        assert_eq!(served.get("/api/v1/projects/S26011").code, 200);
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
    run.wait().unwrap();
    let answer = served.ask(
        "GET",
        "/api/v1/search?q=hanke",
        &format!("If-None-Match: {tag}\r\n"),
    );
    assert_eq!(answer.code, 200);
    // What is damaged does not take the place of what works.
    std::fs::write(house.path("index/CURRENT"), "nonsense").unwrap();
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!(served.get("/api/v1/projects/S26024").code, 200);
    assert!(served.get("/readyz").body.contains("can't be opened"));
}

#[test]
fn who_says_nothing_is_not_waited_for() {
    let house = House::indexed();
    let served = Served::new(&house, &["--header-time", "1"]);
    let mut slow = served.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: te").unwrap();
    let begun = Instant::now();
    heard(&mut slow);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    let head = format!(
        "GET / HTTP/1.1\r\nHost: test\r\nX: {}\r\n\r\n",
        "x".repeat(20_000)
    );
    assert_eq!(served.say(&head).code, 431);
}

#[test]
fn one_connection_too_many_is_told_to_come_again() {
    let house = House::indexed();
    let served = Served::new(&house, &["--connections", "2"]);
    let held = [served.connect(), served.connect()];
    std::thread::sleep(Duration::from_millis(200));
    let refused = served.get("/healthz");
    assert_eq!(refused.code, 503, "{refused:?}");
    assert_eq!(refused.header("retry-after"), Some("1"));
    for header in HEADERS {
        assert!(refused.header(header).is_some(), "{header}");
    }
    drop(held);
    let begun = Instant::now();
    while served.get("/healthz").code != 200 {
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn told_to_stop_it_finishes_and_ends() {
    let house = House::indexed();
    let mut served = Served::new(&house, &[]);
    assert_eq!(served.get("/?q=nuoret").code, 200);
    // One that is open and says nothing is not waited for either.
    let idle = served.connect();
    std::thread::sleep(Duration::from_millis(100));
    rustix::process::kill_process(served.id(), rustix::process::Signal::TERM).unwrap();
    let (code, took) = served.ended();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(2), "{took:?}");
    drop(idle);
}
