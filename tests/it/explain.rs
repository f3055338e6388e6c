//! Why a hit stands where it does, one sentence a test.
//! Every test runs the program itself on the sample corpus.

use crate::house::House;

#[test]
fn what_words_add_makes_up_the_score() {
    let house = House::indexed();
    for query in [
        "osatyökykyiset TE-toimisto",
        "+nuoret työpaja Kela",
        "\"uutta virtaa\" TAI (nuoret JA työpaja) tila:päättynyt",
        "nuor* TAI =kunnan",
    ] {
        let lines = house.run(&["search", query, "--explain", "--json"]).json();
        for hit in lines.iter().filter(|line| line["type"] == "hit") {
            let reasons = hit["explanation"].as_array().unwrap();
            let sum = |name: &str| -> f64 {
                reasons
                    .iter()
                    .map(|reason| reason[name].as_f64().unwrap())
                    .sum()
            };
            let score = hit["score"].as_f64().unwrap();
            assert!(
                (sum("points") - score).abs() < 0.01 * score,
                "{query}: {hit}"
            );
            assert!((sum("share") - 1.0).abs() < 0.001, "{query}: {hit}");
        }
    }
}

#[test]
fn an_explanation_names_forms_and_sections_in_the_language_asked_for() {
    let house = House::indexed();
    let told = |lang: &str| {
        let ask = [
            "search",
            "vajaakuntoiset",
            "-n",
            "1",
            "--explain",
            "--lang",
            lang,
        ];
        house.run(&ask).out
    };
    assert!(
        told("en").contains("by its synonym osatyökykyinen"),
        "{}",
        told("en")
    );
    assert!(told("fi").contains("miksi") && told("fi").contains("osatyökykyisille"));
    assert!(told("sv").contains("varför") && told("sv").contains("kohderyhmät"));
    let ask = ["search", "nuoret", "-n", "1", "--explain"];
    let swedish = house.run_with(&ask, &[("LC_ALL", "sv_FI.UTF-8")]);
    assert!(swedish.out.contains("varför"), "{}", swedish.out);
    let plain = house.run(&["search", "nuoret", "-n", "1", "--json"]).json();
    assert!(plain[0]["explanation"].is_null());
}
