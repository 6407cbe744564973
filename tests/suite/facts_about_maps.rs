//! What is so of every record of a map is one finding, and each record has its own again as soon as one differs.

use benefit_map::check::{Options, Profile, check};
use benefit_map::finding::Finding;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

/// A map of boxes, each with a kind, and links between them.
fn map_of(boxes: &[(&str, &str)], links: &[(&str, &str)]) -> Value {
    let boxes = boxes
        .iter()
        .map(|(id, kind)| json!({"id": id, "kind": kind, "title": format!("The {id}")}));
    let links = links.iter().map(|(from, to)| json!({"from": from, "to": to}));
    json!({"format": 1, "title": "Boxes", "nodes": boxes.collect::<Vec<_>>(), "links": links.collect::<Vec<_>>()})
}

fn found(map: &Value) -> Vec<Finding> {
    let map: BenefitMap = serde_json::from_value(map.clone()).unwrap();
    check(&BenefitGraph::new(&map), &Options::new(Profile::Audit)).findings
}

/// Subjects and messages of the findings of one rule.
fn of(code: &str, map: &Value) -> Vec<(String, String)> {
    let of_rule = found(map).into_iter().filter(|finding| finding.code == code);
    of_rule
        .map(|finding| (finding.subject.to_string(), finding.message))
        .collect()
}

/// The message of the one finding of a rule, which is about the map.
fn fact(code: &str, map: &Value) -> String {
    let all = of(code, map);
    assert!(all.len() == 1 && all[0].0 == "map", "{code}: {all:?}");
    all[0].1.clone()
}

const CHAIN: [(&str, &str); 6] = [
    ("fund", "investment"),
    ("kit", "enabler"),
    ("ways", "business-change"),
    ("step", "intermediate-outcome"),
    ("goal", "end-outcome"),
    ("aim", "end-outcome"),
];

fn whole() -> Value {
    map_of(
        &CHAIN,
        &[
            ("fund", "kit"),
            ("kit", "ways"),
            ("ways", "step"),
            ("step", "goal"),
            ("step", "aim"),
        ],
    )
}

#[test]
fn a_map_without_links_is_one_finding() {
    let mut map = map_of(&CHAIN, &[]);
    assert_eq!(fact("BM201", &map), "none of the 6 boxes has a link to another");
    let related = &found(&map).into_iter().find(|f| f.code == "BM201").unwrap().related;
    assert_eq!(related.len(), 6, "each box is named as one of them");
    map["links"] = json!([{"from": "fund", "to": "kit"}]);
    assert_eq!(of("BM201", &map).len(), 4);
}

#[test]
fn a_map_without_business_changes_is_one_finding() {
    let kinds = [
        ("fund", "investment"),
        ("kit", "enabler"),
        ("app", "enabler"),
        ("step", "intermediate-outcome"),
        ("goal", "end-outcome"),
    ];
    let links = [
        ("fund", "kit"),
        ("fund", "app"),
        ("kit", "step"),
        ("app", "goal"),
        ("step", "goal"),
        ("fund", "step"),
    ];
    let map = map_of(&kinds, &links);
    assert_eq!(
        fact("BM204", &map),
        "the map has no business change: 2 links lead from enablers straight to outcomes, and 1 from an investment"
    );
    assert_eq!(of("BM107", &map), []);
    // With one business change the links are told one by one.
    let mut kinds = kinds.to_vec();
    kinds.push(("ways", "business-change"));
    let mut links = links.to_vec();
    links.extend([("kit", "ways"), ("ways", "step")]);
    let map = map_of(&kinds, &links);
    assert_eq!(of("BM204", &map).len(), 2);
    assert_eq!(of("BM107", &map).len(), 1);
}

#[test]
fn a_map_of_many_enablers_and_no_business_change_is_told_of_once() {
    let kinds: Vec<(String, &str)> = (0..5).map(|n| (format!("kit-{n}"), "enabler")).collect();
    let mut boxes: Vec<(&str, &str)> = kinds.iter().map(|(id, kind)| (id.as_str(), *kind)).collect();
    boxes.push(("goal", "end-outcome"));
    let links: Vec<(&str, &str)> = kinds.iter().map(|(id, _)| (id.as_str(), "goal")).collect();
    let map = map_of(&boxes, &links);
    assert_eq!(
        fact("BM204", &map),
        "the map has no business change: 5 links lead from enablers straight to outcomes"
    );
    assert_eq!(of("BM207", &map), []);
    // Without links that is all there is to say of them.
    assert_eq!(of("BM207", &map_of(&boxes, &[])).len(), 1);
}

#[test]
fn a_map_without_outputs_is_one_finding() {
    let kinds = [
        ("fund", "investment"),
        ("step", "intermediate-outcome"),
        ("rise", "intermediate-outcome"),
        ("goal", "end-outcome"),
    ];
    let map = map_of(&kinds, &[("fund", "step"), ("step", "goal"), ("rise", "goal")]);
    assert_eq!(
        fact("BM205", &map),
        "the map has neither enablers nor business changes, so nothing says what brings about its 3 outcomes"
    );
    assert_eq!(of("BM107", &map), []);
}

#[test]
fn a_map_without_intermediate_outcomes_is_one_finding() {
    let kinds = [
        ("kit", "enabler"),
        ("ways", "business-change"),
        ("goal", "end-outcome"),
        ("aim", "end-outcome"),
    ];
    let map = map_of(&kinds, &[("kit", "ways"), ("ways", "goal"), ("ways", "aim")]);
    assert_eq!(
        fact("BM107", &map),
        "the map has no intermediate outcome: 2 links lead from business changes straight to end outcomes"
    );
}

#[test]
fn a_map_in_which_nobody_owns_anything_is_one_finding() {
    let mut map = whole();
    assert_eq!(fact("BM501", &map), "none of the 5 outcomes and outputs has an owner");
    assert_eq!((of("BM502", &map), of("BM503", &map)), (vec![], vec![]));
    // One output has an owner: then it is a fact about the outcomes, and the other output is told by itself.
    map["owners"] = json!([{"id": "ada", "name": "Ada", "senior": true}]);
    map["nodes"][1]["owner"] = json!("ada");
    assert_eq!(fact("BM501", &map), "none of the 2 end outcomes has an owner");
    assert_eq!(of("BM502", &map)[0].0, "node step");
    assert_eq!(of("BM503", &map)[0].0, "node ways");
    map["nodes"][4]["owner"] = json!("ada");
    assert_eq!(of("BM501", &map)[0].0, "node aim");
    // Without end outcomes the intermediate ones come first.
    let map = map_of(&CHAIN[..4], &[("kit", "ways"), ("ways", "step")]);
    assert_eq!(of("BM501", &map), []);
    assert_eq!(fact("BM502", &map), "none of the 3 outcomes and outputs has an owner");
}

#[test]
fn a_map_without_kpis_is_one_finding() {
    let mut map = whole();
    assert_eq!(
        fact("BM401", &map),
        "none of the 3 outcomes has a KPI, so nobody would see whether any of them comes about"
    );
    assert_eq!(of("BM402", &map), []);
    map["kpis"] = json!([{"id": "k", "node": "goal", "title": "Goals", "indicator": "outcome"}]);
    assert_eq!(of("BM401", &map).len(), 2);
    assert_eq!(
        fact("BM402", &map),
        "none of the 2 enablers and business changes has a leading indicator"
    );
}

#[test]
fn what_no_kpi_says_is_one_finding() {
    let mut map = whole();
    map["kpis"] = json!([
        {"id": "k", "node": "goal", "title": "Goals", "indicator": "outcome"},
        {"id": "l", "node": "aim", "title": "Aims", "indicator": "outcome"}
    ]);
    for (code, said) in [
        ("BM404", "none of the 2 KPIs has a baseline"),
        ("BM406", "none of the 2 KPIs has a target"),
        ("BM411", "none of the 2 KPIs has a measurement plan"),
        ("BM412", "none of the 2 KPIs has a tolerance"),
        ("BM417", "none of the 2 KPIs says in what unit its figures are"),
    ] {
        assert_eq!(fact(code, &map), said);
    }
    map["kpis"][0]["baseline"] = json!({"value": 5});
    map["kpis"][0]["targets"] = json!([{"value": 7}]);
    map["kpis"][0]["measurement"] = json!({"source": "Register", "frequency": "monthly"});
    map["kpis"][0]["tolerance"] = json!({"amber": 0.1});
    map["kpis"][0]["unit"] = json!("goals a year");
    assert_eq!(fact("BM404", &map), "none of the 2 KPIs has a baseline with a date");
    assert_eq!(of("BM406", &map)[0].0, "kpi l");
    assert_eq!(
        of("BM411", &map)
            .into_iter()
            .map(|(_, message)| message)
            .collect::<Vec<_>>(),
        [
            "none of the 2 KPIs says by whom it is measured",
            "KPI `Aims` does not say how and how often it is measured"
        ]
    );
    map["kpis"][1]["targets"] = json!([{"value": 8}]);
    assert_eq!(
        fact("BM407", &map),
        "none of the 2 KPIs with a target says by which day it is to be reached"
    );
}

#[test]
fn what_no_owner_or_risk_has_is_one_finding() {
    let mut map = whole();
    map["owners"] = json!([{"id": "ada", "name": "Ada"}, {"id": "bo", "name": "Bo"}]);
    map["nodes"][4]["owner"] = json!("ada");
    map["nodes"][5]["owner"] = json!("bo");
    map["risks"] =
        json!([{"id": "r", "title": "Rain", "threatens": "goal"}, {"id": "s", "title": "Snow", "threatens": "aim"}]);
    for (code, said) in [
        ("BM504", "none of the 2 owners of end outcomes is marked as senior"),
        (
            "BM505",
            "none of the 2 owners of outcomes has a benefits realisation plan with activities",
        ),
        ("BM602", "none of the 2 open risks has an owner"),
        (
            "BM604",
            "none of the 2 open risks has a day by which it is to be settled",
        ),
        (
            "BM607",
            "nobody has said how likely or how serious any of the 2 open risks is",
        ),
    ] {
        assert_eq!(fact(code, &map), said);
    }
    map["owners"][0]["senior"] = json!(true);
    map["risks"][0]["owner"] = json!("ada");
    map["risks"][0]["likelihood"] = json!(2);
    assert_eq!(of("BM504", &map)[0].0, "owner bo");
    assert_eq!(of("BM602", &map)[0].0, "risk s");
    assert_eq!(of("BM607", &map).len(), 2);
}

#[test]
fn what_no_link_shows_is_one_finding_with_the_links_named() {
    let mut map = whole();
    for link in map["links"].as_array_mut().unwrap() {
        link["assumptions"] = json!(["Crews agree."]);
    }
    assert_eq!(
        fact("BM305", &map),
        "nothing would show it if what any of the 5 links assumes were wrong"
    );
    for code in ["BM301", "BM302"] {
        let all = found(&map);
        let whole = all.iter().find(|finding| finding.code == code).unwrap();
        assert_eq!(whole.related.len(), 5);
    }
}

#[test]
fn a_fact_about_one_record_stays_with_that_record() {
    let map = map_of(&[("goal", "end-outcome")], &[]);
    for code in ["BM201", "BM401", "BM501"] {
        assert_eq!(of(code, &map)[0].0, "node goal", "{code}");
    }
}

/// What is wrong with a map that says all that a map says, each in a map of its own.
#[test]
fn faults_without_a_rule_are_none_of_these() {
    let codes = |change: &dyn Fn(&mut Value)| {
        let mut map = whole();
        map["period"] = json!({"start": "2026-04-01", "end": "2029-03-31"});
        map["owners"] = json!([{"id": "boss", "name": "Head of Works"}]);
        map["kpis"] = json!([{"id": "k", "node": "goal", "title": "Walls that are dry", "unit": "%", "direction": "increase",
            "baseline": {"date": "2026-04-01", "value": 40}, "targets": [{"date": "2029-03-31", "value": 70}],
            "measurement": {"method": "survey", "frequency": "yearly", "responsible": "boss"}}]);
        change(&mut map);
        let mut codes: Vec<&'static str> = found(&map).iter().map(|finding| finding.code).collect();
        codes.dedup();
        codes
    };
    let sound = codes(&|_| {});
    for (code, change) in [
        (
            "BM508",
            &(|map: &mut Value| {
                map["nodes"][4]["due"] = json!("2026-05-01");
                map["nodes"][1]["start"] = json!("2027-01-01");
            }) as &dyn Fn(&mut Value),
        ),
        ("BM508", &|map| {
            map["kpis"][0]["targets"][0]["date"] = json!("2035-03-31")
        }),
        ("BM418", &|map| map["kpis"][0]["targets"][0]["value"] = json!(40)),
        ("BM418", &|map| map["kpis"][0]["targets"][0]["value"] = json!(150)),
        ("BM418", &|map| {
            map["kpis"][0]["targets"] =
                json!([{"date": "2028-03-31", "value": 70}, {"date": "2029-03-31", "value": 60}]);
        }),
        ("BM113", &|map| {
            map["kpis"][0]["measurement"]["frequency"] = json!("TBC")
        }),
        ("BM113", &|map| {
            map["owners"][0]["name"] = json!("TBC");
            map["nodes"][0]["owner"] = json!("boss");
        }),
        ("BM113", &|map| map["links"][0]["rationale"] = json!("tbc")),
        ("BM113", &|map| {
            map["links"][0]["evidence"] = json!([{"source": "TBC", "strength": "strong"}])
        }),
        ("BM114", &|map| map["links"][1]["feedback"] = json!(true)),
        ("BM704", &|map| {
            map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": -5}])
        }),
        ("BM112", &|map| *map = json!({"format": 1, "title": "Nothing"})),
    ] {
        assert!(!sound.contains(&code), "{code}: {sound:?}");
        let found = codes(change);
        assert!(found.contains(&code), "{code}: {found:?}");
    }
}
