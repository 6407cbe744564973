//! What an auditor asks, as JSON: had from the library as from the commands, with the fields that `docs/audit.md` lists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use benefit_map::audit::{self, Axis, Sources};
use benefit_map::check::{self, Options, Profile};
use benefit_map::finding::Nowhere;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, NodeKind};
use serde_json::{Value, json};

use crate::support::folder::Folder;

/// Two chains of three links from the money to the only end outcome, one of which hinders it.
fn old() -> Value {
    json!({"format": 1, "title": "A warm town", "currency": "GBP",
        "owners": [{"id": "dir", "name": "Director", "senior": true}],
        "nodes": [
            {"id": "money", "kind": "investment", "title": "Loans", "cost": [{"year": "2026-27", "amount": 0.1}]},
            {"id": "lofts", "kind": "business-change", "title": "Lofts are insulated", "owner": "dir"},
            {"id": "noise", "kind": "intermediate-outcome", "title": "Less noise from works"},
            {"id": "warm", "kind": "end-outcome", "title": "Warmer homes", "owner": "dir"}],
        "links": [
            {"from": "money", "to": "lofts", "rationale": "Loans pay for it",
             "evidence": [{"source": "Survey", "strength": "moderate"}]},
            {"from": "lofts", "to": "warm", "rationale": "Heat stays in"},
            {"from": "lofts", "to": "noise", "effect": "hinders"},
            {"from": "noise", "to": "warm"}],
        "kpis": [{"id": "degrees", "node": "warm", "title": "Degrees in winter", "direction": "increase",
            "targets": [{"date": "2028-03-31", "value": 19}]}],
        "reviews": [{"subject": "node warm", "by": "dir", "on": "2026-05-01", "says": "agreed"}]})
}

/// The same with a lower target and without one link.
fn new() -> Value {
    let mut map = old();
    map["kpis"][0]["targets"][0]["value"] = json!(18);
    map["links"].as_array_mut().unwrap().pop();
    map
}

fn map(value: &Value) -> BenefitMap {
    serde_json::from_value(value.clone()).unwrap()
}

/// What the library answers, by the row of the page that lists its fields.
fn answers() -> Vec<(&'static str, String)> {
    let (old, new) = (map(&old()), map(&new()));
    let graph = BenefitGraph::new(&old);
    let [money, lofts, warm] = ["money", "lofts", "warm"].map(|id| graph.find(id).unwrap());
    let matrix = audit::matrix(
        &graph,
        Axis::Kind(NodeKind::Investment),
        Axis::Kind(NodeKind::EndOutcome),
    );
    let nowhere = Sources {
        old: &Nowhere,
        new: &Nowhere,
    };
    vec![
        ("trace", matrix.to_json()),
        ("trace --from --to", audit::chains(&graph, money, warm, 100).to_json()),
        ("trace --node", audit::story(&graph, lofts).to_json()),
        ("coverage", audit::coverage(&graph, None).to_json()),
        ("diff", audit::compare(&old, &new, None).to_json(&nowhere)),
        ("review --status", audit::reviews(&old).to_json()),
    ]
}

fn answer(of: &str) -> Value {
    let all = answers();
    let (_, text) = all.iter().find(|(name, _)| *name == of).unwrap();
    assert!(text.ends_with("}\n"), "{of}");
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_matrix_counts_both_chains_and_says_what_they_do() {
    let matrix = answer("trace");
    assert_eq!(
        matrix["connections"],
        json!([{"from": "money", "to": "warm", "chains": "2", "at_least": false, "effect": "both", "only_harm": false,
            "best_chain": "no evidence", "links": 2, "evidence_on_every_link": false}])
    );
    assert_eq!(
        matrix["rows"],
        json!([{"id": "money", "title": "Loans", "nodes": 1, "disbenefit": false}])
    );
}

#[test]
fn chains_and_the_story_of_a_node_have_the_links_as_the_map_has_them() {
    let chains = answer("trace --from --to");
    assert_eq!((&chains["count"], &chains["cut"]), (&json!("2"), &json!(false)));
    let first = &chains["chains"][0];
    assert_eq!(first["start"], "money");
    assert_eq!(first["steps"][0]["link"], old()["links"][0], "{first}");
    assert_eq!(first["steps"][1]["kpis"], json!(["degrees"]));
    assert_eq!(chains["chains"][1]["effect"], "hinders");
    let story = answer("trace --node");
    assert_eq!(story["cost"], json!(0.1));
    assert_eq!(
        (&story["upstream"], &story["downstream"]),
        (&json!(["money"]), &json!(["noise", "warm"]))
    );
    assert_eq!(story["rests_on"][0]["link"], old()["links"][0]);
    assert_eq!(story["owner"]["name"], "Director");
}

#[test]
fn shares_are_exact_and_nothing_to_cover_has_no_share() {
    let coverage = answer("coverage");
    let shares = coverage["coverage"].as_array().unwrap();
    let share = |name: &str| shares.iter().find(|share| share["measure"] == name).unwrap();
    // Two of the four links have a reason; of the two outcomes one has an owner.
    assert_eq!(
        (&share("rationale")["covered"], &share("rationale")["percent"]),
        (&json!(2), &json!(50))
    );
    assert_eq!(
        share("owner")["uncovered"],
        json!([{"subject": "node noise", "name": "Less noise from works", "amount": null, "lack": "missing"}])
    );
    assert_eq!(coverage["currency"], "GBP");
    let empty = BenefitMap::new("Nothing yet");
    let empty: Value = serde_json::from_str(&audit::coverage(&BenefitGraph::new(&empty), None).to_json()).unwrap();
    assert_eq!(empty["coverage"][0]["percent"], Value::Null);
}

#[test]
fn a_comparison_names_what_it_calls_out_with_or_without_a_place() {
    let found = answer("diff");
    assert_eq!(found["summary"], json!({"added": 0, "changed": 1, "removed": 1}));
    let lower = &found["greener"].as_array().unwrap();
    let lower = lower.iter().find(|call| call["reason"] == "lower-target").unwrap();
    assert_eq!(
        (&lower["subject"], &lower["file"], &lower["line"]),
        (&json!("kpi degrees"), &Value::Null, &Value::Null)
    );
    assert_eq!(
        found["targets"][0]["before"],
        json!({"date": "2028-03-31", "value": 19})
    );
    assert_eq!(found["targets"][0]["lowered"], true);
    let reviews = answer("review --status");
    assert_eq!(
        reviews["reviews"][0]["state"], "suspect",
        "nothing says what it was then"
    );
    assert_eq!(reviews["nodes"], json!({"agreed": 0, "of": 4}));
}

#[test]
fn the_commands_print_what_the_library_answers() {
    let folder = Folder::new();
    folder.put("old.json", old().to_string());
    folder.put("new.json", new().to_string());
    let commands = [
        ("trace", "trace old.json"),
        ("trace --from --to", "trace old.json --from money --to warm"),
        ("trace --node", "trace old.json --node lofts"),
        ("coverage", "coverage old.json"),
        ("review --status", "review old.json --status"),
    ];
    let printed = |line: &str| folder.run(&format!("{line} --format json")).out;
    for (name, line) in commands {
        let all = answers();
        let (_, text) = all.iter().find(|(other, _)| *other == name).unwrap();
        assert_eq!(printed(line), *text, "{line}");
    }
    assert_eq!(printed("rules"), check::rules_to_json());
    let empty = check::check(
        &BenefitGraph::new(&BenefitMap::new("x")),
        &Options::new(Profile::Workshop),
    );
    let next: Value = serde_json::from_str(&check::next_to_json(&empty, &Nowhere)).unwrap();
    assert_eq!(next["next"]["finding"]["code"], "BM112");
    // The command knows the places: what is gone is in the old file alone.
    let found: Value = serde_json::from_str(&printed("diff old.json new.json")).unwrap();
    let calls = found["greener"].as_array().unwrap();
    let of = |subject: &str| calls.iter().find(|call| call["subject"] == subject).unwrap();
    assert_eq!(of("kpi degrees")["file"], "new.json");
    assert_eq!(of("link noise -> warm")["file"], "old.json");
}

/// Every name of a field in the document but for those of records, which `docs/format.md` lists.
fn fields(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                into.insert(name.clone());
                let is_record = ["link", "review", "node", "owner", "before", "after", "missed", "fields"];
                if !is_record.contains(&name.as_str()) {
                    fields(value, into);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| fields(value, into)),
        _ => {}
    }
}

#[test]
fn the_page_lists_every_field() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/audit.md")).unwrap();
    for (name, text) in answers() {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/audit.md has no row for {name}"));
        let listed: BTreeSet<String> = row.split('`').skip(3).step_by(2).map(str::to_owned).collect();
        let mut there = BTreeSet::new();
        fields(&serde_json::from_str(&text).unwrap(), &mut there);
        let missing: Vec<&String> = there.difference(&listed).collect();
        assert!(missing.is_empty(), "{name}: {missing:?} are not on the page");
        let gone: Vec<&String> = listed.difference(&there).collect();
        assert!(gone.is_empty(), "{name}: the page lists {gone:?}");
    }
}
