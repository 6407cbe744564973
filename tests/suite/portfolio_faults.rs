//! Portfolios with one fault each: what is wrong is said with its place, and nothing else is said.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::folder::Folder;

/// A map with one outcome and one KPI from 100 to `to`.
fn map(title: &str, to: i64) -> Value {
    json!({
        "format": 1, "title": title, "currency": "GBP",
        "owners": [{"id": "o", "name": "Ann Ash"}],
        "nodes": [
            {"id": "work", "kind": "enabler", "title": format!("Work of {title}"), "due": "2027-12-31"},
            {"id": "end", "kind": "end-outcome", "title": format!("Outcome of {title}"), "owner": "o", "due": "2030-12-31"}],
        "links": [{"from": "work", "to": "end"}],
        "kpis": [{"id": "k", "node": "end", "title": format!("Figure of {title}"), "unit": "t",
                  "baseline": {"date": "2026-12-31", "value": 100}, "targets": [{"date": "2030-12-31", "value": to}]}]
    })
}

fn sound() -> Value {
    json!({
        "format": 1, "title": "City",
        "maps": [{"id": "a", "file": "a.json"}, {"id": "b", "file": "b.json"}],
        "outcomes": [{"id": "air", "title": "Air", "owner": "Ann Ash",
                      "measures": [{"id": "co2", "title": "CO2", "unit": "t"}]}],
        "claims": [{"map": "a", "kpi": "k", "measure": "co2", "counts": "adds"},
                   {"map": "b", "kpi": "k", "measure": "co2", "counts": "adds"}]
    })
}

fn folder(portfolio: &Value, a: &Value, b: &Value) -> Folder {
    let folder = Folder::new();
    folder.put("p.json", serde_json::to_string_pretty(portfolio).unwrap());
    folder.put("a.json", a.to_string());
    folder.put("b.json", b.to_string());
    folder
}

/// What is found: each rule with the text of the line that it points at.
fn found(folder: &Folder) -> Vec<(String, String)> {
    let ran = folder.run("portfolio check p.json --as-of 2027-06-30 --format json");
    assert!(ran.code < 2, "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let text = std::fs::read_to_string(folder.at("p.json")).unwrap();
    out["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let line = one["line"].as_u64().unwrap() as usize;
            assert_eq!(one["file"], "p.json");
            assert!(one["column"].as_u64().unwrap() >= 1);
            (
                one["rule"].as_str().unwrap().to_owned(),
                text.lines().nth(line - 1).unwrap().trim().to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_sound_one_has_no_finding() {
    assert_eq!(found(&folder(&sound(), &map("A", 60), &map("B", 70))), []);
}

/// A portfolio and its maps with one fault, and the rule that finds it with a piece of the line that it points at.
struct Case {
    rule: &'static str,
    line: &'static str,
    spoil: fn(&mut Value, &mut Value, &mut Value),
}

const CASES: &[Case] = &[
    Case {
        rule: "map-twice",
        line: "\"file\": \"./a.json\"",
        spoil: |p, _, _| {
            let again = json!({"id": "c", "file": "./a.json"});
            p["maps"].as_array_mut().unwrap().push(again);
            p["links"] = json!([{"map": "c", "node": "end", "outcome": "air"}]);
        },
    },
    Case {
        rule: "map-not-read",
        line: "{",
        spoil: |p, _, _| {
            p["maps"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "c", "file": "gone.json"}))
        },
    },
    Case {
        rule: "map-not-read",
        line: "{",
        spoil: |p, _, _| {
            p["maps"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "c", "file": "../b.json"}))
        },
    },
    Case {
        // A portfolio in a portfolio.
        rule: "map-not-read",
        line: "{",
        spoil: |p, _, _| {
            p["maps"]
                .as_array_mut()
                .unwrap()
                .push(json!({"id": "c", "file": "p.json"}))
        },
    },
    Case {
        rule: "map-not-read",
        line: "{",
        spoil: |p, a, _| {
            a["format"] = json!(2);
            p["claims"].as_array_mut().unwrap().remove(0);
        },
    },
    Case {
        rule: "dependency-loop",
        line: "{",
        spoil: |p, _, _| {
            p["dependencies"] = json!([{"map": "a", "node": "work", "on": {"map": "b", "node": "end"}},
                                       {"map": "b", "node": "work", "on": {"map": "a", "node": "end"}}]);
        },
    },
    Case {
        rule: "dependency-late",
        line: "{",
        spoil: |p, _, _| p["dependencies"] = json!([{"map": "a", "node": "work", "on": {"map": "b", "node": "end"}}]),
    },
    Case {
        rule: "currencies-differ",
        line: "\"maps\": [",
        spoil: |_, a, _| a["currency"] = json!("EUR"),
    },
    Case {
        rule: "price-years-differ",
        line: "\"maps\": [",
        spoil: |_, a, b| {
            a["appraisal"] = json!({"base_year": "2026-27", "end": "2030-31"});
            b["appraisal"] = json!({"base_year": "2026-27", "price_year": "2024-25", "end": "2030-31"});
        },
    },
    Case {
        rule: "two-owners",
        line: "\"owner\": \"Bob Birch\"",
        spoil: |p, _, _| p["outcomes"][0]["measures"][0]["owner"] = json!("Bob Birch"),
    },
    Case {
        rule: "two-owners",
        line: "{",
        spoil: |_, a, b| {
            for (map, name) in [(a, "Ann Ash"), (b, "Bob Birch")] {
                map["nodes"][1]["title"] = json!("Cleaner air");
                map["owners"][0]["name"] = json!(name);
            }
        },
    },
    Case {
        rule: "definitions-differ",
        line: "\"kpi\": \"k\"",
        spoil: |p, a, _| {
            p["outcomes"][0]["measures"][0]["definition"] = json!("All of it");
            a["kpis"][0]["definition"] = json!("Half of it");
        },
    },
    Case {
        rule: "benefit-in-two-maps",
        line: "\"kpi\": \"k\"",
        spoil: |_, a, b| b["kpis"] = a["kpis"].clone(),
    },
    Case {
        rule: "claims-on-one-chain",
        line: "\"kpi\": \"k\"",
        spoil: |p, a, _| {
            let mut early = a["kpis"][0].clone();
            early["id"] = json!("early");
            early["node"] = json!("work");
            a["kpis"].as_array_mut().unwrap().push(early);
            let claim = json!({"map": "a", "kpi": "early", "measure": "co2", "counts": "adds"});
            p["claims"].as_array_mut().unwrap().push(claim);
        },
    },
    Case {
        rule: "shared-assumption-untested",
        line: "\"maps\": [",
        spoil: |_, a, b| {
            for map in [a, b] {
                map["links"][0]["assumptions"] = json!(["Diesel stays dear"]);
            }
        },
    },
    Case {
        rule: "cost-in-two-maps",
        line: "{",
        spoil: |_, a, b| {
            for map in [a, b] {
                map["nodes"][0]["title"] = json!("Data hub");
                map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": 5}]);
            }
        },
    },
    Case {
        rule: "shared-costs-differ",
        line: "{",
        spoil: |p, a, b| {
            for (map, amount) in [(a, 5), (b, 6)] {
                map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": amount}]);
            }
            p["shared_costs"] =
                json!([{"id": "hub", "in": [{"map": "a", "node": "work"}, {"map": "b", "node": "work"}]}]);
        },
    },
    Case {
        // Something that was deleted from its map.
        rule: "unknown-reference",
        line: "\"kpi\": \"k\"",
        spoil: |p, a, _| {
            a["kpis"] = json!([]);
            p["links"] = json!([]);
        },
    },
    Case {
        rule: "unknown-reference",
        line: "\"node\": \"ende\"",
        spoil: |p, _, _| p["links"] = json!([{"map": "a", "node": "ende", "outcome": "air"}]),
    },
];

#[test]
fn each_fault_is_found_alone_and_with_its_place() {
    for case in CASES {
        let (mut portfolio, mut a, mut b) = (sound(), map("A", 60), map("B", 70));
        (case.spoil)(&mut portfolio, &mut a, &mut b);
        let found = found(&folder(&portfolio, &a, &b));
        let rules: BTreeSet<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(rules, BTreeSet::from([case.rule]), "{found:?}");
        assert!(
            found.iter().all(|(_, line)| line.contains(case.line)),
            "{}: {found:?}",
            case.rule
        );
    }
}

#[test]
fn every_fault_of_a_text_is_said_with_its_place() {
    let folder = Folder::new();
    let text = "{\n  \"format\": 1,\n  \"titel\": \"x\",\n  \"maps\": [{\"id\": 3, \"file\": \"a.json\"}, {\"id\": \"b\"}],\n  \"outcomes\": [\n    {\"id\": \"o\", \"measures\": [{\"id\": \"m\", \"direction\": \"incraese\", \"baseline\": {\"date\": \"2026-02-30\", \"value\": \"1\"}}]}],\n  \"claims\": [{\"map\": \"a\", \"kpi\": \"K 1\", \"measure\": \"m\", \"measure\": \"n\"}],\n  \"first_month\": 13\n}\n";
    folder.put("p.json", text);
    let ran = folder.run("portfolio check p.json");
    assert_eq!(ran.code, 2);
    for said in [
        "p.json:3:3: there is no field `titel` here: did you mean `title`?",
        "p.json:4:13: a text is needed here, and this is a number",
        "p.json:4:41: the field `file` is missing",
        "did you mean `increase`?",
        "`2026-02-30` is not a day",
        "a number is needed here, and this is a text",
        "`K 1` is not an id",
        "the field `measure` is there already",
        "13 is not between 1 and 12",
    ] {
        assert!(ran.told.contains(said), "{said}\n{}", ran.told);
    }
    assert_eq!(std::fs::read_to_string(folder.at("p.json")).unwrap(), text);
    // `fmt` says the same, and leaves it.
    let ran = folder.run("fmt p.json");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("p.json:3:3: "), "{}", ran.told);
}

#[test]
fn fmt_writes_the_standard_form_once_and_the_schema_takes_it() {
    let folder = folder(&sound(), &map("A", 60), &map("B", 70));
    folder.put("p.json", sound().to_string());
    assert_eq!(folder.run("fmt --check p.json").code, 1);
    assert_eq!(folder.run("fmt p.json").code, 0);
    assert_eq!(folder.run("fmt --check p.json").code, 0);
    let written: Value = serde_json::from_str(&std::fs::read_to_string(folder.at("p.json")).unwrap()).unwrap();
    assert_eq!(written, sound());
    let ran = folder.run("portfolio schema");
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("portfolio.json", schema).unwrap();
    let index = compiler.compile("portfolio.json", &mut schemas).unwrap();
    assert!(schemas.validate(&written, index).is_ok());
    let example = std::fs::read_to_string("examples/portfolio/portfolio.json").unwrap();
    assert!(
        schemas
            .validate(&serde_json::from_str(&example).unwrap(), index)
            .is_ok()
    );
    let mut other = sound();
    other["claims"][0]["count"] = json!("adds");
    assert!(schemas.validate(&other, index).is_err());
}
