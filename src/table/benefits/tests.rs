use super::*;

fn map() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "currency": "GBP",
            "owners": [{"id": "o", "name": "Ada", "organisation": "Council"}],
            "partners": [{"id": "p", "name": "Housing trust"}],
            "nodes": [
              {"id": "money", "kind": "investment", "title": "Fund", "cost": [{"year": "2026", "amount": 100}, {"year": "2027", "amount": 50}]},
              {"id": "kit", "kind": "enabler", "title": "Sensors", "cost": [{"year": "2026", "amount": 7}]},
              {"id": "way-a", "kind": "business-change", "title": "Rounds by need"},
              {"id": "way-b", "kind": "business-change", "title": "Crews by need"},
              {"id": "mid", "kind": "intermediate-outcome", "title": "Fewer km", "quick_win": true, "owner": "o", "tags": ["b", "a; c"], "partners": ["p"], "due": "2028-03-31"},
              {"id": "bad", "kind": "intermediate-outcome", "title": "Shifts vary", "disbenefit": true, "unintended": true},
              {"id": "end", "kind": "end-outcome", "title": "Cleaner air"}],
            "links": [
              {"from": "money", "to": "kit"}, {"from": "kit", "to": "way-a"}, {"from": "kit", "to": "way-b"},
              {"from": "way-a", "to": "mid", "assumptions": ["x", "y"]}, {"from": "way-b", "to": "mid", "assumptions": ["y"]},
              {"from": "way-b", "to": "bad"}, {"from": "mid", "to": "end"}, {"from": "bad", "to": "end", "effect": "hinders"},
              {"from": "end", "to": "money", "feedback": true}],
            "kpis": [
              {"id": "k2", "node": "mid", "title": "Km", "unit": "km", "direction": "decrease", "baseline": {"date": "2026-03-31", "value": 5200},
               "targets": [{"date": "2028-03-31", "value": 3100}, {"date": "2027-03-31", "value": 4000}],
               "measurement": {"method": "real-time", "source": "telematics", "frequency": "monthly", "responsible": "o"}},
              {"id": "k1", "node": "mid", "title": "Litres", "unit": "l"},
              {"id": "k3", "node": "end", "title": "NO2", "baseline": {"value": 40}}],
            "risks": [{"id": "r1", "title": "Batteries fail", "threatens": "way-a -> mid", "likelihood": 2, "impact": 4},
                      {"id": "r2", "title": "Roads close", "threatens": "mid", "status": "closed"}]}"#,
    )
    .unwrap()
}

fn cells(table: &Table, id: &str, column: &str) -> Vec<String> {
    let at = table.columns.iter().position(|c| c.name == column).unwrap();
    let rows = table.rows.iter().filter(|row| row[0] == Cell::text(id));
    rows.map(|row| row[at].to_text().into_owned()).collect()
}

fn cell(table: &Table, id: &str, column: &str) -> String {
    cells(table, id, column).swap_remove(0)
}

#[test]
fn a_row_a_kpi_end_outcomes_first() {
    let register = benefit_register(&map(), None);
    let ids: Vec<_> = register.rows.iter().map(|row| row[0].to_text()).collect();
    assert_eq!(ids, ["end", "bad", "mid", "mid"]);
    assert!(register.rows.iter().all(|row| row.len() == register.columns.len()));
}

#[test]
fn a_benefit_tells_what_the_map_says_of_it() {
    let register = benefit_register(&map(), None);
    for (column, said) in [
        ("class", "benefit, quick win"),
        ("category", "b; \"a; c\""),
        ("owner", "Ada"),
        ("organisation", "Council"),
        ("due", "2028-03-31"),
        ("enabled_by", "Rounds by need\nCrews by need"),
        ("outputs", "Sensors\nRounds by need\nCrews by need"),
        ("depends_on", ""),
        ("assumptions", "x\ny"),
        ("feeds", "Cleaner air"),
        ("disbenefits", "Shifts vary"),
        (
            "risks",
            "Batteries fail (likelihood 2, impact 4 of 5)\nRoads close (closed)",
        ),
        ("partners", "Housing trust"),
        ("investments", "Fund"),
    ] {
        assert_eq!(cell(&register, "mid", column), said, "{column}");
    }
    for (column, said) in [
        ("title", ["Fewer km", "Fewer km"]),
        ("kpi", ["k1", "k2"]),
        ("kpi_title", ["Litres", "Km"]),
        ("unit", ["l", "km"]),
        ("direction", ["", "decrease"]),
        ("baseline", ["", "5200"]),
        ("baseline_date", ["", "2026-03-31"]),
        ("target_at_due", ["", "3100"]),
        ("target_at_due_from", ["", "target"]),
        ("targets", ["", "4000 by 2027-03-31, 3100 by 2028-03-31"]),
        ("measured_by", ["", "monthly, from telematics (real-time), by Ada"]),
    ] {
        assert_eq!(cells(&register, "mid", column), said, "{column}");
    }
    assert_eq!(cell(&register, "bad", "class"), "disbenefit, unintended");
    assert_eq!(cell(&register, "bad", "kpi"), "");
    assert_eq!(cell(&register, "end", "kpi_title"), "NO2");
    assert_eq!(cell(&register, "end", "baseline"), "40");
    assert_eq!(cell(&register, "end", "depends_on"), "Fewer km\nShifts vary");
    assert_eq!(
        cell(&register, "end", "enabled_by"),
        "Fewer km\nShifts vary, which hinders it"
    );
}

#[test]
fn a_cost_counts_once_however_many_chains_run_from_it() {
    let register = benefit_register(&map(), None);
    // 100 + 50 of the fund and 7 of the sensors, though two chains run from each.
    for id in ["end", "mid", "bad"] {
        assert_eq!(cell(&register, id, "cost_upstream"), "157");
    }
    assert_eq!(cell(&register, "mid", "cost_shared_with"), "Shifts vary\nCleaner air");
}

#[test]
fn an_unintended_effect_that_works_against_something_is_a_disbenefit() {
    let class = |flags: &str, links: &str| {
        let map: BenefitMap = serde_json::from_str(&format!(
            r#"{{"format": 1, "nodes": [{{"id": "a", "kind": "intermediate-outcome"{flags}}},
                {{"id": "good", "kind": "end-outcome"}}, {{"id": "bad", "kind": "end-outcome", "disbenefit": true}}],
                "links": [{links}]}}"#
        ))
        .unwrap();
        cell(&benefit_register(&map, None), "a", "class")
    };
    let hinders = r#"{"from": "a", "to": "good", "effect": "hinders"}"#;
    let unintended = r#", "unintended": true"#;
    assert_eq!(class(unintended, hinders), "disbenefit, unintended");
    assert_eq!(class("", hinders), "benefit");
    let supports = r#"{"from": "a", "to": "good"}"#;
    assert_eq!(class(unintended, supports), "benefit, unintended");
    assert_eq!(class(unintended, ""), "benefit, unintended");
    assert_eq!(
        class(unintended, r#"{"from": "a", "to": "bad"}"#),
        "disbenefit, unintended"
    );
    let eases = r#"{"from": "a", "to": "bad", "effect": "hinders"}"#;
    assert_eq!(class(unintended, eases), "benefit, unintended");
    let feeds_back = r#"{"from": "a", "to": "good", "effect": "hinders", "feedback": true}"#;
    assert_eq!(class(unintended, feeds_back), "benefit, unintended");
}
