//! What descriptions hold is shown as text and nothing else, whatever it is;
//! and what nobody is to see is not shown.

use crate::client::Served;
use crate::house::{House, corpus};

/// What a hostile description holds in each field.
const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{7*7}}{% raw %}]]>--><svg/onload=alert(3)>";

/// A description whose every value and text is hostile.
fn hostile() -> String {
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let mut section = String::new();
    let lines = text.lines().map(|line| {
        let heading = line.starts_with(|c: char| c.is_ascii_digit());
        if heading && line.len() < 80 {
            section = line.to_owned();
        }
        match line.split_once(": ") {
            Some(("Hankekoodi" | "Y-tunnus" | "Toiminnan tila", _)) => line.to_owned(),
            Some((label, value)) if !label.contains(' ') || label.len() < 60 => {
                format!("{label}: {HOSTILE} {value}")
            }
            _ if line.len() > 80 => format!("{line} {HOSTILE}"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn hostile_texts_are_shown_as_texts() {
    let house = House::new();
    house.write("S26011.txt", hostile());
    let other = std::fs::read_to_string(corpus().join("S26024.txt")).unwrap();
    house.write("S26024.txt", other);
    let ran = house.run(&["index", "files"]);
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    let served = Served::new(&house, &[]);
    let hostile: String = form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect();
    let paths = [
        "/?q=osaty%C3%B6kykyiset&explain=true".to_owned(),
        "/?filter=region%3D*".to_owned(),
        format!("/?q={hostile}"),
        format!("/?q=nuoret&filter=region%3D{hostile}"),
        format!("/?q=nuoret&{hostile}=1"),
        format!("/{hostile}"),
        format!("/project/{hostile}"),
        format!("/project/S26011?q={hostile}"),
        "/project/S26011?q=alert".to_owned(),
        "/project/S26024".to_owned(),
        "/compare?code=S26011&code=S26024".to_owned(),
        "/overview".to_owned(),
        format!("/overview?q={hostile}"),
        format!("/feed?q={hostile}"),
        "/feed".to_owned(),
        format!("/help?{hostile}"),
    ];
    for path in paths {
        let answer = served.get(&path);
        assert!(matches!(answer.code, 200 | 400 | 404), "{path}: {answer:?}");
        let scripts = answer.body.matches("<script").count();
        let own = answer.body.matches("<script src=\"/static/").count();
        assert_eq!(scripts, own, "{path}");
        for tag in ["<img", "<svg/", "onerror=alert(2)>", "]]>", "'><"] {
            assert!(!answer.body.contains(tag), "{path} holds {tag}");
        }
        assert!(!answer.body.contains(">49<"), "{path}");
    }
    let page = served.get("/project/S26011").body;
    assert!(page.contains("&#60;script&#62;alert(1)"), "{page}");
}

#[test]
fn nobody_is_told_who_the_contact_person_is() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let paths = [
        "/project/S26011",
        "/?q=S26011",
        "/?q=Vaarakallio",
        "/api/v1/projects/S26011",
        "/api/v1/search?q=S26011",
        "/export.csv?q=S26011",
        "/export.jsonl?q=S26011",
        "/compare?code=S26011&code=S26024",
    ];
    for path in paths {
        let body = served.get(path).body;
        for secret in ["Tuulikki", "tuulikki.vaarakallio", "000 4471"] {
            assert!(!body.contains(secret), "{path} tells {secret}");
        }
    }
}

#[test]
fn what_has_no_code_is_shown_but_has_no_address() {
    let house = House::new();
    let text = std::fs::read_to_string(corpus().join("S26011.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with("Hankekoodi"));
    house.write("secret-name.txt", lines.collect::<Vec<_>>().join("\n"));
    house.write("S26011.txt", &text);
    house.run(&["index", "files"]);
    let served = Served::new(&house, &[]);
    let found = served.get("/?q=osaty%C3%B6kykyiset").body;
    assert_eq!(found.matches("<li class=\"hit\">").count(), 2, "{found}");
    for path in [
        "/?q=osaty%C3%B6kykyiset",
        "/project/S26011",
        "/feed",
        "/sitemap.xml",
    ] {
        let body = served.get(path).body;
        assert!(!body.contains("secret-name"), "{path}: {body}");
    }
}

#[test]
fn serving_writes_nothing_beside_the_index() {
    let house = House::indexed();
    let before = names(&house);
    let served = Served::new(&house, &[]);
    served.get("/?q=nuoret");
    served.get("/metrics");
    assert_eq!(names(&house), before);
}

fn names(house: &House) -> Vec<String> {
    let entries = std::fs::read_dir(house.path("index")).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_description_of_the_interface_holds_together() {
    let house = House::indexed();
    let served = Served::new(&house, &[]);
    let document = served.json("/api/v1/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(
            document.pointer(&format!("/{pointer}")).is_some(),
            "{pointer}"
        );
    }
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 7, "{:?}", paths.keys());
    let schema = &document["components"]["schemas"];
    let names = |object: &serde_json::Value| -> Vec<String> {
        object.as_object().unwrap().keys().cloned().collect()
    };
    let answer = served.json("/api/v1/search?q=nuoret&limit=1");
    let known = names(&schema["SearchDocument"]["properties"]);
    assert_eq!(names(&answer), known);
}
