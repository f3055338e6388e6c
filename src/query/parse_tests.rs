//! What the parser makes of what people type.
//! Apart from the parser for length alone.

use super::parse::{parse, plain};
use super::{Item, MAX_PARTS, Node, Query, Sign, Test};
use crate::index::fields;

fn items(typed: &str) -> Vec<Item> {
    parse(typed).items
}

fn node(typed: &str) -> Node {
    let mut items = items(typed);
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0).node
}

fn words(text: &str) -> Node {
    Node::Words(text.to_owned())
}

fn remarks(typed: &str) -> Vec<String> {
    let remarks = parse(typed).remarks.into_iter();
    remarks.map(|remark| remark.to_string()).collect()
}

#[test]
fn a_condition_may_be_typed_without_its_colon_or_with_spaces() {
    for (meant, typed) in [
        ("rahoitus:>500000", "rahoitus>500000"),
        ("rahoitus:>500000", "rahoitus > 500 000"),
        ("rahoitus:>=500000", "rahoitus: >= 500000"),
        ("rahoitus:<=500000", "granted≤500k"),
        ("alkaa:>=2019", "alkaa >=2019"),
        ("alkaa:2019", "alkaa=2019"),
        ("tila:päättynyt", "tila: päättynyt"),
        ("kohderyhmä:nuoret", "kohderyhmä:  nuoret"),
        ("tulokset:(a b)", "tulokset: (a b)"),
        ("maakunta:Lappi", "maakunta=Lappi"),
        ("full_name:Duuni", "\"koko nimi\":Duuni"),
        ("companies_planned:>20", "”yrityksiä suunniteltu” > 20"),
        ("sustainability:(a b)", "\"kestävä kehitys\": (a b)"),
    ] {
        assert_eq!(node(typed), node(meant), "{typed}");
        assert!(parse(typed).remarks.is_empty(), "{typed}");
    }
    for typed in [
        "rahoitus",
        "rahoitus >",
        "rahoitus > paljon",
        "tila:",
        "nuoret>5",
    ] {
        let read = items(typed);
        let is_words = |item: &Item| matches!(item.node, Node::Words(_));
        assert!(read.iter().all(is_words), "{typed}: {read:?}");
    }
}

#[test]
fn what_compares_with_no_value_loses_no_word() {
    for typed in ["toteutunut =9~ESR", "rahoitus >5x paljon"] {
        let query = parse(typed);
        let text = format!("{:?}", query.items);
        for word in ["9~ESR", "toteutunut", "rahoitus", "5x", "paljon"] {
            assert_eq!(text.contains(word), typed.contains(word), "{text}");
        }
        assert!(!query.remarks.is_empty());
        assert_eq!(parse(&query.to_string()).items, query.items, "{typed}");
    }
    let exact = Node::Exact("500".to_owned());
    let granted = node("rahoitus:9");
    for items in [[words("rahoitus"), exact], [granted, words("316.a")]] {
        let query = Query {
            items: items.map(plain).to_vec(),
            ..Query::default()
        };
        assert_eq!(parse(&query.to_string()).items, query.items);
    }
}

#[test]
fn plain_words_stay_together_so_that_spaced_compounds_can_be_read() {
    assert_eq!(
        node("nuorten  työ-\u{a0}ja paja"),
        words("nuorten työ- ja paja")
    );
    assert_eq!(node("TE -toimisto nuoret"), words("TE -toimisto nuoret"));
    assert_eq!(node("Duuni -hanke"), words("Duuni -hanke"));
    assert_eq!(remarks("TE -toimisto").len(), 1);
    assert_eq!(items("nuoret -hanke").len(), 2);
    assert_eq!(node("S26011 / (Toinen)"), words("S26011 / Toinen"));
    assert_eq!(
        node("heli.maki(at)laukaa.fi ELY:n 9:30"),
        words("heli.maki(at)laukaa.fi ELY:n 9:30")
    );
    assert!(remarks("heli(at)laukaa.fi ELY:n https://laukaa.fi").is_empty());
}

#[test]
fn signs_and_operators_bind_as_the_help_says() {
    let all = |a: &str, b: &str| Node::All(vec![words(a), words(b)]);
    assert_eq!(node("a JA b"), all("a", "b"));
    let or = Node::Any(vec![all("b", "c"), words("d")]);
    let expected = [plain(words("a")), plain(or)];
    assert_eq!(items("a b AND c OR d"), expected);
    let signs: Vec<Sign> = items("a -c +d EI e").iter().map(|item| item.sign).collect();
    assert_eq!(
        signs,
        [Sign::Plain, Sign::Without, Sign::Must, Sign::Without]
    );
    let not = Node::Not(Box::new(words("b")));
    assert_eq!(node("a JA EI b"), Node::All(vec![words("a"), not]));
    assert_eq!(node("nuoret ja työ tai ei"), words("nuoret ja työ tai ei"));
}

#[test]
fn an_operator_without_a_neighbour_is_a_word() {
    for typed in ["JA", "a JA", "TAI a", "a EI", "(a JA) b"] {
        assert!(parse(typed).asks());
        assert_eq!(remarks(typed).len(), 1, "{typed}");
    }
    assert_eq!(
        remarks("nuoret JA"),
        ["at character 8: JA has nothing to join here and was taken as a word"]
    );
}

#[test]
fn marks_at_a_word_ask_for_other_ways_to_match() {
    assert_eq!(node("=kunnan"), Node::Exact("kunnan".to_owned()));
    assert_eq!(node("kun*"), Node::Prefix("kun".to_owned()));
    assert_eq!(node("*palvelu"), Node::Suffix("palvelu".to_owned()));
    assert_eq!(
        node("osatyökykinen~"),
        Node::Typo("osatyökykinen".to_owned())
    );
    assert_eq!(
        node("\"uutta virtaa\"~3"),
        Node::Phrase("uutta virtaa".to_owned(), 3)
    );
    assert_eq!(
        node("”uutta virtaa”"),
        Node::Phrase("uutta virtaa".to_owned(), 0)
    );
    assert_eq!(node("a=b"), words("a=b"));
    assert_eq!(node("k*"), words("k*"));
    assert_eq!(remarks("k* a*b *").len(), 2);
}

#[test]
fn a_quote_that_never_closes_is_reported_and_its_words_are_searched() {
    assert_eq!(node("nuoret \"uutta virtaa"), words("nuoret uutta virtaa"));
    assert_eq!(
        remarks("nuoret \"uutta"),
        ["at character 8: the quote never closes; its words were taken one by one"]
    );
}

#[test]
fn a_name_before_a_colon_asks_a_section_or_a_value() {
    let target = |node| Node::In("target", Box::new(node));
    assert_eq!(node("kohderyhma:nuoret"), target(words("nuoret")));
    assert_eq!(node("kohderyhmä:(a b)"), target(words("a b")));
    assert!(matches!(node("suunnitelma:\"a b\""), Node::In("plan", _)));
    let row = |key: &str| fields::row(key).unwrap();
    let granted = Node::Value(row("granted"), Test::Range(Some(500_001), None));
    assert_eq!(node("rahoitus:>500000"), granted);
    let kemi = Node::Value(row("municipality"), Test::Is("Kemi".to_owned()));
    assert_eq!(node("kunta:Kemi"), kemi);
    assert!(matches!(node("kunta:(Kemi Tornio)"), Node::Any(both) if both.len() == 2));
}

#[test]
fn a_section_with_a_star_is_there_at_all() {
    let row = |key: &str| Node::Value(fields::row(key).unwrap(), Test::Known);
    assert_eq!(node("loppuraportti:*"), row("report"));
    let plan = fields::rows("plan").into_iter();
    let plan = plan.map(|row| Node::Value(row, Test::Known));
    assert_eq!(node("suunnitelma:*"), Node::Any(plan.collect()));
    let read = parse("nuoret EI loppuraportti:*");
    assert_eq!(read.items[1].node, row("report"));
    assert_eq!(read.items[1].sign, Sign::Without);
}

#[test]
fn what_a_sign_or_name_asks_nothing_with_is_told() {
    for (typed, remark) in [
        (
            "nuoret tila:",
            "at character 8: nothing stands behind “tila:”",
        ),
        ("tila: ", "at character 1: nothing stands behind “tila:”"),
        (
            "(nuoret tila:)",
            "at character 9: nothing stands behind “tila:”",
        ),
        (
            "nuoret tila:()",
            "at character 8: nothing stands in the parentheses",
        ),
        (
            "kohderyhmä:()",
            "at character 1: nothing stands in the parentheses",
        ),
        ("=\"nuorten\"", "at character 1: “=” stands before a word"),
        ("\"=nuoret\"", "at character 1: in quotes “=” is no sign"),
        (
            "\"uutta työpaj*\"",
            "at character 1: in quotes “*” is no sign",
        ),
        ("\"uutta virtaa\"~x", "at character 15: “~” wants a number"),
    ] {
        let told = remarks(typed);
        assert_eq!(told.len(), 1, "{typed}: {told:?}");
        assert!(told[0].starts_with(remark), "{typed}: {told:?}");
    }
}

#[test]
fn what_cannot_be_read_is_words_with_its_place() {
    assert_eq!(node("rahoitus:paljon"), words("paljon"));
    assert!(remarks("x rahoitus:paljon")[0].starts_with("at character 3: a number is wanted"));
    assert_eq!(
        remarks("hinta:5"),
        ["at character 1: there is no field “hinta”; it was taken as a word"]
    );
    assert_eq!(remarks("a) (b").len(), 2);
}

#[test]
fn a_query_without_end_is_cut_and_says_so() {
    assert_eq!(remarks(&"ä ".repeat(10_000)).len(), 1);
    assert!(parse(&"\"a\"".repeat(100)).items.len() <= MAX_PARTS);
    for deep in ["(", "EI ", "-(", "kohderyhma:("] {
        let query = parse(&format!("{}a", deep.repeat(500)));
        assert!(!query.remarks.is_empty(), "{deep}");
    }
}

#[test]
fn thousands_of_a_value_may_stand_apart() {
    for (typed, together) in [
        ("rahoitus:>500 000", "rahoitus:>500000"),
        (
            "nuoret rahoitus:1 200 000 tila:päättynyt",
            "nuoret rahoitus:1200000 tila:päättynyt",
        ),
        ("rahoitus:500 000..900 000", "rahoitus:500000..900000"),
        ("(rahoitus:<20 000)", "(rahoitus:<20000)"),
    ] {
        assert_eq!(parse(typed).items, parse(together).items, "{typed}");
    }
    for typed in [
        "rahoitus:500000 100",
        "rahoitus:>5 2019",
        "tila:1 200",
        "rahoitus:5 100:n",
    ] {
        assert_eq!(parse(typed).items.len(), 2, "{typed}");
    }
}
