//! What an assistant is told on standard output: the tools, their answers, and
//! what is wrong with what it asked.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::house::House;

/// Says some lines to the program; gives its lines.
fn said(house: &House, lines: &[String]) -> Vec<Value> {
    let mut command = house.command(&["mcp"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let parsed = text.lines().map(|line| serde_json::from_str(line).unwrap());
    parsed.collect()
}

fn request(id: u32, method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()
}

fn call(id: u32, tool: &str, arguments: &Value) -> String {
    request(
        id,
        "tools/call",
        &json!({"name": tool, "arguments": arguments}),
    )
}

#[test]
fn an_assistant_is_greeted_and_told_what_it_can_ask() {
    let house = House::indexed();
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}});
    let answers = said(
        &house,
        &[
            request(1, "initialize", &hello),
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string(),
            request(2, "tools/list", &json!({})),
            request(3, "ping", &json!({})),
        ],
    );
    assert_eq!(answers.len(), 3, "{answers:?}");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-06-18");
    let tools = answers[1]["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|tool| &tool["name"]).collect();
    assert_eq!(names, ["search", "get_project", "similar", "facets"]);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        let required = tool["inputSchema"]["required"].as_array().unwrap();
        for name in required {
            let known = &tool["inputSchema"]["properties"][name.as_str().unwrap()];
            assert!(known["type"].is_string(), "{tool}");
        }
    }
}

#[test]
fn tools_answer_as_the_command_line_does() {
    let house = House::indexed();
    let answers = said(
        &house,
        &[
            call(
                1,
                "search",
                &json!({"q": "nuoret", "limit": 3, "filter": ["status=ended"]}),
            ),
            call(2, "get_project", &json!({"code": "S26155"})),
            call(3, "similar", &json!({"code": "S26277", "limit": 2})),
            call(4, "facets", &json!({"facets": "region", "q": "nuoret"})),
        ],
    );
    let result = |at: usize| &answers[at]["result"]["structuredContent"];
    let told = house.run(&[
        "search",
        "nuoret",
        "-n",
        "3",
        "--filter",
        "status=ended",
        "--json",
    ]);
    let hits = told.json().into_iter().filter(|line| line["type"] == "hit");
    assert!(hits.eq(result(0)["hits"].as_array().unwrap().iter().cloned()));
    assert_eq!(
        *result(1),
        house.run(&["show", "S26155", "--json"]).json()[0]
    );
    assert_eq!(result(2)["hits"].as_array().unwrap().len(), 2);
    assert_eq!(result(3)["facets"][0]["field"], "region");
    for answer in &answers {
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        let parsed: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parsed, answer["result"]["structuredContent"]);
        assert_eq!(answer["result"]["isError"], false);
    }
}

#[test]
fn what_is_wrong_is_told_and_the_talk_goes_on() {
    let house = House::indexed();
    let answers = said(
        &house,
        &[
            "no JSON".to_owned(),
            request(1, "resources/list", &json!({})),
            call(2, "delete", &json!({})),
            call(3, "get_project", &json!({"code": "../S26011"})),
            call(4, "search", &json!({"q": "nuoret", "limit": 1_000})),
            call(5, "search", &json!({"qq": "nuoret"})),
            request(6, "ping", &json!({})),
        ],
    );
    assert_eq!(answers[0]["error"]["code"], -32_700);
    assert_eq!(answers[1]["error"]["code"], -32_601);
    assert_eq!(answers[2]["error"]["code"], -32_602);
    for (at, parameter) in [(3, Value::Null), (4, json!("limit")), (5, json!("qq"))] {
        assert_eq!(answers[at]["result"]["isError"], true, "{}", answers[at]);
        let problem = &answers[at]["result"]["structuredContent"];
        assert_eq!(problem["parameter"], parameter, "{problem}");
    }
    assert_eq!(answers[6]["result"], json!({}));
}
