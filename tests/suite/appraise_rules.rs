//! What the rules about money find, beside what their pages show.

use benefit_map::check::{Options, Profile, check};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

/// What is found of money in a map with an appraisal: code and subject.
fn found(map: &Value) -> Vec<String> {
    let map: BenefitMap = serde_json::from_value(map.clone()).unwrap();
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
    let money = report
        .findings
        .iter()
        .filter(|one| one.code > "BM704" && one.code < "BM800");
    money.map(|one| format!("{} {}", one.code, one.subject)).collect()
}

fn sound() -> Value {
    json!({"format": 1, "title": "t", "appraisal": {"base_year": "2026-27", "price_year": "2026-27", "end": "2030-31"},
        "nodes": [{"id": "i", "kind": "investment", "cost": [{"year": "2026-27", "amount": 10}]},
            {"id": "a", "kind": "intermediate-outcome"}, {"id": "b", "kind": "intermediate-outcome"},
            {"id": "e", "kind": "end-outcome"}],
        "links": [{"from": "i", "to": "a"}, {"from": "i", "to": "b"}, {"from": "a", "to": "e"}, {"from": "b", "to": "e"}],
        "kpis": [{"id": "ka", "node": "a", "value": {"class": "cash-releasing", "source": "ledger",
            "amounts": [{"year": "2027-28", "amount": 5}], "attribution": {"share": 1, "source": "s"}}}]})
}

#[test]
fn a_sound_appraisal_has_no_finding() {
    assert_eq!(found(&sound()), Vec::<String>::new());
}

#[test]
fn a_value_beside_another_is_not_counted_twice_and_one_behind_it_is() {
    let mut map = sound();
    let mut second = map["kpis"][0].clone();
    (second["id"], second["node"]) = (json!("kb"), json!("b"));
    map["kpis"].as_array_mut().unwrap().push(second.clone());
    assert_eq!(found(&map), Vec::<String>::new(), "two outcomes beside each other");
    map["kpis"][1]["node"] = json!("e");
    assert_eq!(found(&map), ["BM710 kpi kb"]);
    map["allow"] = json!([{"rule": "value-counted-twice", "subject": "kpi kb", "reason": "other money"}]);
    assert_eq!(found(&map), Vec::<String>::new());
}

#[test]
fn every_fault_that_stops_an_appraisal_is_a_finding_with_its_subject() {
    type Change = fn(&mut Value);
    let cases: &[(Change, &str)] = &[
        (|map| map["appraisal"]["end"] = json!("2020-21"), "BM705 map"),
        (|map| map["appraisal"]["end"] = json!("2999-00"), "BM705 map"),
        (
            |map| map["nodes"][0]["cost"][0]["year"] = json!("2050-51"),
            "BM705 node i",
        ),
        (
            |map| map["kpis"][0]["value"]["leakage"] = json!({"share": 101}),
            "BM705 kpi ka",
        ),
        (
            |map| map["appraisal"]["bands"] = json!([{"from": 0, "to": 9, "rate": 0.1}, {"from": 5, "rate": 0.1}]),
            "BM705 map",
        ),
        (
            |map| map["kpis"][0]["value"]["basis"] = json!("nominal"),
            "BM706 kpi ka",
        ),
        (|map| map["kpis"][0]["value"]["source"] = json!("TBC"), "BM707 kpi ka"),
        (|map| map["kpis"][0]["value"]["class"] = Value::Null, "BM713 kpi ka"),
        (
            |map| map["kpis"][0]["value"]["attribution"] = Value::Null,
            "BM714 kpi ka",
        ),
        (
            |map| map["kpis"][0]["value"]["until"] = json!("2040-41"),
            "BM711 kpi ka",
        ),
        (|map| map["kpis"][0]["node"] = json!("i"), "BM715 node e"),
    ];
    for (change, expected) in cases {
        let mut map = sound();
        change(&mut map);
        let found = found(&map);
        assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
    }
}

#[test]
fn a_reference_to_an_option_or_a_node_that_is_not_there_is_found() {
    let mut map = sound();
    map["appraisal"]["options"] = json!([{"id": "p", "kind": "preferred", "nodes": ["i", "gone"]}]);
    map["nodes"][0]["cost"][0]["option"] = json!("q");
    let map: BenefitMap = serde_json::from_value(map).unwrap();
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::Workshop));
    let told: Vec<&str> = report
        .findings
        .iter()
        .filter(|one| one.code == "BM101")
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter().any(|one| one.contains("`gone`")) && told.iter().any(|one| one.contains("`q`")),
        "{told:?}"
    );
}
