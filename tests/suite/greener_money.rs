//! Money that looks better without better results: each reason, there and back.

use benefit_map::audit;
use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

fn base() -> Value {
    json!({"format": 1, "currency": "GBP",
        "appraisal": {"base_year": "2026-27", "end": "2035-36", "bands": [{"from": 0, "rate": 0.035}]},
        "nodes": [
            {"id": "fund", "kind": "investment", "title": "Fund", "cost": [{"year": "2026-27", "amount": 100, "until": "2028-29",
                "optimism_bias": {"percent": 50, "mitigation": 0.5, "type": "t", "reason": "r"}}]},
            {"id": "clean", "kind": "end-outcome", "title": "Clean"}],
        "links": [{"from": "fund", "to": "clean"}],
        "kpis": [
            {"id": "litter", "node": "clean", "title": "Litter", "unit": "bag", "direction": "decrease",
                "baseline": {"date": "2026-04-01", "value": 100}, "targets": [{"date": "2028-04-01", "value": 50}],
                "value": {"unit_value": 10, "source": "ledger", "deadweight": {"share": 0.2, "source": "study"},
                    "attribution": {"share": 0.5, "source": "panel"}, "delay": 6, "until": "2030-31", "build_up": [0.5, 0.8],
                    "multiplier": {"factor": 1.1, "source": "tables"}}},
            {"id": "spend", "node": "clean", "title": "Spend", "value": {"amounts": [{"year": "2027-28", "amount": 30}], "source": "ledger"}},
            {"id": "harm", "node": "clean", "title": "Harm", "value": {"amounts": [{"year": "2027-28", "amount": -5}]}}]})
}

fn set(mut map: Value, edits: &[(&str, Value)]) -> Value {
    for (pointer, to) in edits {
        let (above, field) = pointer.rsplit_once('/').unwrap();
        let above = map.pointer_mut(above).unwrap_or_else(|| panic!("{pointer}"));
        match above {
            Value::Object(fields) if to.is_null() => drop(fields.remove(field)),
            above => above[field] = to.clone(),
        }
    }
    map
}

/// What is called out of money, as `judgement reason field`.
fn called(old: &Value, new: &Value) -> Vec<String> {
    let read = |map: &Value| -> BenefitMap { serde_json::from_value(map.clone()).unwrap() };
    let (old, new) = (read(old), read(new));
    let found = audit::compare(&old, &new, None);
    let all = found
        .greener
        .iter()
        .map(|call| format!("{} {} {}", call.judgement, call.reason, call.field));
    all.collect()
}

/// What is called out there, and on the way back.
fn both(edits: &[(&str, Value)], there: &[&str], back: &[&str]) {
    let (old, new) = (base(), set(base(), edits));
    assert_eq!(called(&old, &new), there, "there: {edits:?}");
    assert_eq!(called(&new, &old), back, "back: {edits:?}");
}

const LITTER: &str = "/kpis/0/value";

fn at(field: &str) -> String {
    format!("{LITTER}/{field}")
}

#[test]
fn higher_value() {
    both(
        &[(&at("unit_value"), json!(12))],
        &["greener higher-value value.unit_value"],
        &[],
    );
    both(
        &[(&at("multiplier/factor"), json!(1.3))],
        &["greener higher-value value.multiplier"],
        &[],
    );
    both(
        &[("/kpis/1/value/amounts/0/amount", json!(40))],
        &["greener higher-value value.amounts"],
        &[],
    );
    both(&[("/kpis/2/value", json!(null))], &["greener higher-value value"], &[]);
    // With another source it may have been found out.
    let edits = [(at("unit_value"), json!(12)), (at("source"), json!("survey"))];
    let edits: Vec<(&str, Value)> = edits.iter().map(|(at, to)| (at.as_str(), to.clone())).collect();
    both(&edits, &["open higher-value value.unit_value"], &[]);
    // A value that is new is not a better one.
    let mut bare = base();
    bare["kpis"][1].as_object_mut().unwrap().remove("value");
    assert_eq!(called(&bare, &base()), [""; 0]);
}

#[test]
fn larger_attribution() {
    both(
        &[(&at("attribution/share"), json!(0.9))],
        &["greener larger-attribution value.attribution"],
        &[],
    );
    both(
        &[(&at("attribution"), json!(null))],
        &["open larger-attribution value.attribution"],
        &[],
    );
}

#[test]
fn smaller_deduction() {
    both(
        &[(&at("deadweight/share"), json!(0.1))],
        &["greener smaller-deduction value.deadweight"],
        &[],
    );
    both(
        &[(&at("deadweight"), json!(null))],
        &["greener smaller-deduction value.deadweight"],
        &[],
    );
}

#[test]
fn earlier_value() {
    both(&[(&at("delay"), json!(0))], &["greener earlier-value value.delay"], &[]);
    both(
        &[(&at("build_up"), json!([0.9, 0.8]))],
        &["greener earlier-value value.build_up"],
        &[],
    );
    both(
        &[(&at("build_up"), json!([0.9, 0.1]))],
        &["open earlier-value value.build_up"],
        &["open earlier-value value.build_up"],
    );
}

#[test]
fn longer_value() {
    both(
        &[(&at("until"), json!("2033-34"))],
        &["greener longer-value value.until"],
        &[],
    );
    both(
        &[(&at("until"), json!(null))],
        &["greener longer-value value.until"],
        &[],
    );
}

#[test]
fn lower_optimism_bias() {
    both(
        &[("/nodes/0/cost/0/optimism_bias/percent", json!(20))],
        &["greener lower-optimism-bias cost"],
        &[],
    );
    both(
        &[("/nodes/0/cost/0/optimism_bias/mitigation", json!(0.9))],
        &["greener lower-optimism-bias cost"],
        &[],
    );
    both(
        &[("/nodes/0/cost/0/until", json!("2027-28"))],
        &["greener lower-cost cost"],
        &[],
    );
}

#[test]
fn other_rates() {
    both(
        &[("/appraisal/bands/0/rate", json!(0.03))],
        &["greener other-rates appraisal.rates"],
        &[],
    );
    let named = [
        ("/appraisal/bands", json!(null)),
        ("/appraisal/rates", json!("green-book-2026-health")),
    ];
    both(
        &named,
        &["open other-rates appraisal.rates"],
        &["open other-rates appraisal.rates"],
    );
}

#[test]
fn longer_appraisal() {
    both(
        &[("/appraisal/end", json!("2045-46"))],
        &["greener longer-appraisal appraisal.end"],
        &[],
    );
}

#[test]
fn other_weights() {
    let groups = json!({"median_income": 30000, "groups": [{"name": "less", "income": 15000}]});
    let open = &["open other-weights appraisal.weights"];
    both(&[("/appraisal/weights", groups)], open, open);
    let open = &["open other-weights value.beneficiaries"];
    both(
        &[(&at("beneficiaries"), json!([{"group": "less", "share": 0.5}]))],
        open,
        open,
    );
}

#[test]
fn smaller_income() {
    let pays = |amount: i32| json!([{"year": "2026-27", "amount": 100}, {"year": "2026-27", "amount": amount}]);
    let (more, less) = (
        set(base(), &[("/nodes/0/cost", pays(-30))]),
        set(base(), &[("/nodes/0/cost", pays(-10))]),
    );
    assert_eq!(called(&more, &less), ["open smaller-income cost"]);
    assert_eq!(called(&less, &more), ["greener lower-cost cost"]);
}

#[test]
fn other_prices() {
    let open = &["open other-prices appraisal.price_year"];
    both(&[("/appraisal/price_year", json!("2025-26"))], open, open);
    let open = &["open other-prices value.price_year"];
    both(&[(&at("price_year"), json!("2024-25"))], open, open);
}

#[test]
fn what_changed_is_said_with_its_figures() {
    let read = |map: &Value| -> BenefitMap { serde_json::from_value(map.clone()).unwrap() };
    let new = set(
        base(),
        &[(&at("unit_value"), json!(12)), (&at("attribution/share"), json!(0.9))],
    );
    let found = audit::compare(&read(&base()), &read(&new), None);
    let said: Vec<String> = found.greener.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "kpi litter: Litter: more of the benefit is claimed: was 50%, now 90%",
            "kpi litter: Litter: one bag is worth more: was 10, now 12",
        ]
    );
}
