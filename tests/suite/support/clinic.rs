//! A map without a finding, to be spoilt in one place.

use benefit_map::check::{Options, Profile, check};
use benefit_map::finding::Report;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

/// A map of a clinic without a finding in the audit profile.
pub fn clinic() -> Value {
    let dated = |id: &str, kind: &str, title: &str| json!({"id": id, "kind": kind, "title": title, "owner": "boss", "start": "2026-04-01", "due": "2028-03-31"});
    let kpi = |id: &str, node: &str, indicator: &str| {
        json!({
            "id": id, "node": node, "title": format!("Measure of {node}"), "unit": "%", "indicator": indicator,
            "direction": "increase", "baseline": {"date": "2026-01-31", "value": 10},
            "targets": [{"date": "2028-03-31", "value": 50}], "tolerance": {"amber": 0.05, "red": 0.15},
            "measurement": {"method": "survey", "source": "Panel", "frequency": "quarterly", "responsible": "clerk"}
        })
    };
    let link = |from: &str, to: &str| {
        json!({
            "from": from, "to": to, "rationale": "The first makes room for the second.",
            "evidence": [{"source": "Trial in two clinics, 2024", "strength": "strong"}]
        })
    };
    let risk = |id: &str, node: &str| {
        json!({
            "id": id, "title": format!("Risk to {node}"), "threatens": node, "likelihood": 2, "impact": 3, "owner": "boss",
            "close_by": "2027-03-31", "responses": [{"action": "Hire a second nurse", "chosen": true}]
        })
    };
    let mut map = json!({
        "format": 1, "title": "Evening clinics", "currency": "GBP",
        "period": {"start": "2026-04-01", "end": "2030-03-31"},
        "owners": [
            {"id": "boss", "name": "Director of Care", "senior": true},
            {"id": "clerk", "name": "Head of Statistics"}
        ],
        "partners": [{"id": "trust", "name": "Hospital Trust"}],
        "nodes": [
            dated("money", "investment", "Grant"),
            dated("tool", "enabler", "Booking system"),
            dated("work", "business-change", "Clinics run in evenings"),
            dated("mid", "intermediate-outcome", "More patients seen"),
            dated("fin", "end-outcome", "Healthier residents")
        ],
        "links": [link("money", "tool"), link("tool", "work"), link("work", "mid"), link("mid", "fin")],
        "kpis": [
            kpi("k-tool", "tool", "leading"), kpi("k-work", "work", "leading"),
            kpi("k-mid", "mid", "outcome"), kpi("k-fin", "fin", "outcome")
        ],
        "risks": [risk("r1", "mid"), risk("r2", "fin")],
        "plans": [{"owner": "boss", "activities": [
            {"id": "a1", "title": "Buy the system", "node": "tool", "start": "2026-04-01", "end": "2026-06-30"}
        ]}]
    });
    map["nodes"][0]["cost"] = json!([{"year": "2026-27", "amount": 100_000}]);
    map["nodes"][3]["quick_win"] = json!(true);
    map["nodes"][3]["partners"] = json!(["trust"]);
    map["nodes"][4]["partners"] = json!(["trust"]);
    map
}

pub fn looked_at(map: &Value, as_of: &str) -> Report {
    let map: BenefitMap = serde_json::from_value(map.clone()).unwrap();
    let mut options = Options::new(Profile::Audit);
    options.as_of = Some(as_of.parse().unwrap());
    check(&BenefitGraph::new(&map), &options)
}

/// Findings as `code subject field`.
pub fn told(map: &Value) -> Vec<String> {
    let tell = |f: &benefit_map::finding::Finding| format!("{} {} {}", f.code, f.subject, f.field.unwrap_or("-"));
    looked_at(map, "2026-11-25").findings.iter().map(tell).collect()
}

pub fn messages(map: &Value) -> Vec<String> {
    looked_at(map, "2026-11-25")
        .findings
        .into_iter()
        .map(|f| f.message)
        .collect()
}
