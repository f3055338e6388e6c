//! What other programs get of a search: tables, runs and totals.
//! Every test runs the program itself on the sample corpus.

use crate::house::House;

/// The rows of a table, the columns' names first.
fn rows(table: &str) -> Vec<Vec<String>> {
    let table = table.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader
        .delimiter(b';')
        .has_headers(false)
        .from_reader(table.as_bytes());
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

#[test]
fn a_table_holds_the_projects_that_a_search_lists() {
    let house = House::indexed();
    let ran = house.run(&["search", "nuoret", "--format", "csv", "--limit", "1000"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let rows = rows(&ran.out);
    assert_eq!(rows[0][..4], ["rank", "key", "name", "score"]);
    let keys: Vec<_> = rows[1..].iter().map(|row| row[1].clone()).collect();
    assert_eq!(keys, house.search(&["nuoret"]));
    assert!(ran.err.contains("projects"), "{}", ran.err);
}

#[test]
fn a_name_that_looks_like_a_formula_is_only_text_in_a_table() {
    let house = House::new();
    let whole = std::fs::read_to_string(crate::house::corpus().join("S26011.txt")).unwrap();
    let name = "Hankkeen nimi: =HYPERLINK(\"http://x\";\"työpaja\")";
    let lines = whole.lines().map(|line| match line.split_once(": ") {
        Some(("Hankkeen nimi", _)) => name,
        _ => line,
    });
    house.write("a.txt", lines.collect::<Vec<_>>().join("\n"));
    house.run(&["index", "files"]);
    let ran = house.run(&["search", "S26011", "--format", "csv"]);
    let name = &rows(&ran.out)[1][2];
    assert_eq!(name, "'=HYPERLINK(\"http://x\";\"työpaja\")");
}

#[test]
fn counted_values_are_a_table_of_their_own() {
    let house = House::indexed();
    let ask = ["search", "hanke", "--format", "csv", "--facets", "status"];
    let refused = house.run(&ask);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("--limit 0"), "{}", refused.err);
    let ran = house.run(&[&ask[..], &["--limit", "0"]].concat());
    let rows = rows(&ran.out);
    assert_eq!(rows[0], ["field", "value", "label", "count"]);
    assert!(rows[1..].iter().any(|row| row[..2] == ["status", "ended"]));
}

#[test]
fn a_run_falls_from_line_to_line_whatever_it_is_sorted_by() {
    let house = House::indexed();
    for sort in ["relevance", "granted"] {
        let ask = [
            "search",
            "nuorten työpajat",
            "--format",
            "trec",
            "--sort",
            sort,
        ];
        let ran = house.run(&[&ask[..], &["--query-id", "q 7", "--limit", "100"]].concat());
        let lines: Vec<Vec<&str>> = ran.out.lines().map(|l| l.split(' ').collect()).collect();
        assert!(lines.len() > 5, "{}", ran.out);
        let mut last = f64::INFINITY;
        for (place, line) in lines.iter().enumerate() {
            assert_eq!(line[..2], ["q%207", "Q0"]);
            assert_eq!(line[3], (place + 1).to_string());
            assert_eq!(line[5..], ["esr-search"]);
            let score: f64 = line[4].parse().unwrap();
            assert!(score < last, "{line:?}");
            last = score;
        }
    }
}

#[test]
fn json_ends_with_the_totals_also_when_nothing_was_found() {
    let house = House::indexed();
    let lines = house.run(&["search", "nuoret", "--format", "jsonl"]).json();
    let answer = lines.last().unwrap();
    assert_eq!(answer["type"], "answer");
    let all = answer["total"].as_u64().unwrap() + answer["loose"].as_u64().unwrap();
    assert_eq!(all, house.search(&["nuoret"]).len() as u64);
    let lines = house.run(&["search", "xyzzyplugh", "--json"]).json();
    assert_eq!(lines[0]["total"], 0);
}

#[test]
fn what_a_format_has_no_place_for_is_refused() {
    let house = House::indexed();
    let trec = ["search", "nuoret", "--format", "trec", "--facets", "status"];
    assert_eq!(house.run(&trec).code, Some(2));
    let both = ["search", "nuoret", "--format", "csv", "--json"];
    assert_eq!(house.run(&both).code, Some(2));
}
