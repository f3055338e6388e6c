//! The descriptions under `tests/corpus` give the facts that `expected.json`
//! asserts, without a problem that is not meant and without a line lost.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and read files"
)]

use std::path::{Path, PathBuf};

use esr_search::form::project::{Fund, Project, Prose, Status};
use esr_search::form::{Parsed, Trouble, parse};
use serde_json::{Value, json};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The text of a file in one of the encodings the corpus has.
fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    if let [0xFF, 0xFE, rest @ ..] = bytes.as_slice() {
        let units = rest
            .chunks_exact(2)
            .map(|b| u16::from_le_bytes([b[0], b[1]]));
        return char::decode_utf16(units).map(Result::unwrap).collect();
    }
    match String::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
        Err(other) => other.into_bytes().iter().map(|&b| western(b)).collect(),
    }
}

/// The few characters of windows-1252 that are not Latin-1.
fn western(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x94 => '”',
        0x92 => '’',
        0x95 => '•',
        0x96 => '–',
        other => char::from(other),
    }
}

/// The text files, with what is expected of each.
fn expected() -> Vec<(String, Value)> {
    let json = std::fs::read_to_string(corpus().join("expected.json")).unwrap();
    let all: Value = serde_json::from_str(&json).unwrap();
    let files = all.as_object().unwrap().clone();
    files
        .into_iter()
        .filter(|(name, _)| name.ends_with(".txt"))
        .collect()
}

fn edge(text: &str, end: bool) -> String {
    let count = text.chars().count();
    let skip = if end { count.saturating_sub(30) } else { 0 };
    text.chars().skip(skip).take(30).collect()
}

/// What the parser found, under the keys of `expected.json`.
fn found(project: &Project<'_>, key: &str) -> Value {
    let (money, counts) = (&project.money, &project.participation);
    let summary = project.prose(Prose::Summary);
    let report = project.prose(Prose::Report);
    match key {
        "code" => json!(project.code),
        "name" => json!(project.name),
        "fund" => json!(
            project
                .fund
                .map(|f| if f == Fund::Esr { "ESR" } else { "EAKR" })
        ),
        "start" => json!(project.period.start.map(|d| d.to_string())),
        "end" => json!(project.period.end.map(|d| d.to_string())),
        "status" => {
            json!(project.status.map(|s| if s == Status::Ended {
                "ended"
            } else {
                "running"
            }))
        }
        "applicant" => json!(project.applicant.name),
        "business_id" => json!(project.applicant.business_id),
        "regions" => json!(project.places.regions),
        "municipalities" => json!(project.places.municipalities),
        "national" => json!(project.places.national),
        "granted" => json!(money.granted),
        "spent" => json!(money.spent),
        "planned_public" => json!(money.public_planned),
        "spent_public" => json!(money.public_realised),
        "companies_planned" => json!(counts.companies_planned),
        "companies_realised" => json!(counts.companies_realised),
        "persons_planned" => json!(counts.persons_planned),
        "equality" => match project
            .equality
            .iter()
            .map(|a| a.yes)
            .collect::<Option<Vec<_>>>()
        {
            None => Value::Null,
            answers => json!(answers),
        },
        "summary_starts" => json!(edge(&summary, false)),
        "summary_ends" => json!(edge(&summary, true)),
        "report_starts" => json!(edge(&report, false)),
        "report_ends" => json!(edge(&report, true)),
        "has_final_report" => json!(!report.is_empty()),
        "partners" => partners(project),
        "scores" => scores(project),
        other => json!(format!("no fact is known under {other}")),
    }
}

fn partners(project: &Project<'_>) -> Value {
    let alone = project.applicant.arrangement == Some("Vain yksi hakija");
    if project.applicant.partners.is_empty() {
        return if alone { json!([]) } else { Value::Null };
    }
    let each = project
        .applicant
        .partners
        .iter()
        .map(|p| json!([p.name, p.business_id]));
    each.collect()
}

fn scores(project: &Project<'_>) -> Value {
    let rows = project.sustainability.iter();
    let pairs = rows.map(|row| row.direct.zip(row.indirect).map(|(d, i)| [d, i]));
    let pairs: Vec<_> = pairs.collect();
    if pairs.iter().all(Option::is_none) {
        Value::Null
    } else {
        json!(pairs)
    }
}

/// A partner as `expected.json` has it, in the parser's shape.
fn reshaped(key: &str, value: &Value) -> Value {
    let (true, Some(list)) = (key == "partners", value.as_array()) else {
        return value.clone();
    };
    let named = list.iter().map(|p| match p["detail"].as_str() {
        Some(detail) => {
            json!([
                format!("{}, {detail}", p["name"].as_str().unwrap()),
                p["business_id"]
            ])
        }
        None => json!([p["name"], p["business_id"]]),
    });
    named.collect()
}

#[test]
fn every_fact_of_the_corpus_is_found() {
    let mut wrong = Vec::new();
    for (name, facts) in expected() {
        let text = text(&corpus().join(&name));
        let parsed = parse(&text);
        for (key, value) in facts.as_object().unwrap() {
            let (is, should) = (found(&parsed.project, key), reshaped(key, value));
            if is != should {
                wrong.push(format!("{name} {key}: found {is}, expected {should}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_cut_descriptions_have_problems_and_nothing_is_unrecognised() {
    for (name, _) in expected() {
        let text = text(&corpus().join(&name));
        let Parsed {
            project, problems, ..
        } = parse(&text);
        let kinds: Vec<_> = problems.iter().map(|p| p.kind).collect();
        let cut = ["S26419.txt", "S26425.txt"].contains(&name.as_str());
        let meant: &[Trouble] = if cut { &[Trouble::Truncated] } else { &[] };
        assert_eq!(kinds, meant, "{name}: {problems:?}");
        assert!(
            project.unrecognised.is_empty(),
            "{name}: {:?}",
            project.unrecognised
        );
    }
}

#[test]
fn every_line_of_the_corpus_is_accounted_for() {
    for (name, _) in expected() {
        let text = text(&corpus().join(&name));
        let accounted = crate::form::account(&text);
        assert!(accounted.is_ok(), "{name}: {accounted:?}");
    }
}
