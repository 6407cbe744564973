//! `appraise` and `rates` as people and programs meet them.

use serde_json::{Value, json};

use crate::support::folder::Folder;

/// The worked example of the page, and how a test changes it.
fn page_map() -> Value {
    let page = include_str!("../../docs/appraisal.md");
    let example = page.split_once("```json\n").unwrap().1.split_once("```").unwrap().0;
    serde_json::from_str(example).unwrap()
}

fn folder(map: &Value) -> Folder {
    let folder = Folder::new();
    folder.put("map.json", serde_json::to_string_pretty(map).unwrap());
    folder
}

fn json_of(map: &Value, options: &str) -> Value {
    let ran = folder(map).run(&format!("appraise map.json --format json {options}"));
    assert_eq!(ran.code, 0, "{}", ran.told);
    serde_json::from_str(&ran.out).unwrap()
}

/// A refusal, with exit 2 and the file as it was.
fn refused(map: &Value) -> String {
    let folder = folder(map);
    let before = folder.everything();
    let ran = folder.run("appraise map.json");
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.told);
    assert_eq!(ran.out, "", "{}", ran.told);
    assert_eq!(folder.everything(), before);
    ran.told
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

#[test]
fn the_worked_example_of_the_page_comes_to_what_it_says() {
    let whole = json_of(&page_map(), "");
    let option = &whole["options"][0];
    assert_eq!(option["id"], "preferred");
    for (field, expected) in [
        ("pvc", 194.9847),
        ("pvb", 171.2398),
        ("npsv", -23.7449),
        ("bcr", 0.8782),
    ] {
        assert!(
            (number(&option[field]) - expected).abs() < 0.00005,
            "{field}: {}",
            option[field]
        );
    }
    let years = option["years"].as_array().unwrap();
    assert_eq!(
        (years.len(), &years[2]["year"], &years[2]["index"]),
        (10, &json!("2028-29"), &json!(2))
    );
    assert!((number(&years[2]["pv_cost"]) - 46.6755).abs() < 0.00005);
    assert!((number(&years[1]["factor"]) - 0.966183574879227).abs() < 1e-15);
    assert_eq!(whole["rates"]["name"], "green-book-2026");
    // The end outcome has no KPI and no value: it is listed, and is not 0 anywhere.
    let listed = option["unmonetised"].as_array().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["node"], &listed[0]["kpi"]),
        (&json!("streets"), &Value::Null)
    );
    let page = include_str!("../../docs/appraisal.md");
    for figure in ["194.9847", "171.2398", "−23.7449", "0.8782", "48.3092", "46.6755"] {
        assert!(page.contains(figure), "{figure}");
    }
}

#[test]
fn the_text_is_aligned_and_says_what_it_goes_by() {
    let folder = folder(&page_map());
    let ran = folder.run("appraise map.json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    for part in [
        "Appraisal from 2026-27 to 2035-36, in GBP, real prices of 2026-27",
        "compared with doing nothing",
        "Cleaner streets: no KPI",
        "Switching values",
        "benefits a year later",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    let years: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.trim_start().starts_with("20"))
        .collect();
    let wide: Vec<usize> = years.iter().map(|line| line.chars().count()).collect();
    assert!(
        years.len() > 8 && wide.iter().all(|width| *width == wide[0]),
        "{years:#?}"
    );
}

#[test]
fn every_result_is_explained_down_to_its_sources() {
    let folder = folder(&page_map());
    for (what, parts) in [
        (
            "npsv",
            &["-23.74", "194.98", "Finance ledger, 2025-26", "2029-30: 30.00 × 0.9019"][..],
        ),
        ("bcr", &["0.88", "no source in the map", "green-book-2026"][..]),
        ("pvc", &["2027-28: 50.00 × 0.9662: 48.31"][..]),
    ] {
        let ran = folder.run(&format!("appraise map.json --explain {what}"));
        assert_eq!(ran.code, 0, "{}", ran.told);
        for part in parts {
            assert!(ran.out.contains(part), "{what}: {part}\n{}", ran.out);
        }
    }
}

#[test]
fn the_table_for_economists_has_a_row_for_each_year() {
    let folder = folder(&page_map());
    let ran = folder.run("appraise map.json --format csv");
    let rows: Vec<&str> = ran.out.lines().collect();
    assert!(
        rows[0]
            .trim_start_matches('\u{feff}')
            .starts_with("option,year,index,cost,benefit,factor,pv_cost,pv_benefit")
    );
    assert!(rows[1].starts_with("preferred,2026-27,0,100,0,1,100,0"), "{}", rows[1]);
    assert_eq!(rows.len(), 11);
}

#[test]
fn rates_are_listed_and_can_be_taken_by_name_or_from_a_file() {
    let folder = folder(&page_map());
    let ran = folder.run("rates");
    assert_eq!(ran.code, 0);
    for part in [
        "green-book-2026:",
        "edition 2026",
        "3.50%",
        "HM Treasury",
        "years 31 to 75",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    let listed: Value = serde_json::from_str(&folder.run("rates --format json").out).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let health = json_of(&page_map(), "--rates green-book-2026-health");
    assert!((number(&health["options"][0]["years"][1]["factor"]) - 1.0 / 1.015).abs() < 1e-14);
    folder.put("own.json", r#"{"name": "own", "bands": [{"from": 0, "rate": 0.1}]}"#);
    let ran = folder.run("appraise map.json --rates own.json --format json");
    let own: Value = serde_json::from_str(&ran.out).unwrap();
    assert!((number(&own["options"][0]["years"][2]["factor"]) - 1.0 / 1.21).abs() < 1e-14);
    let ran = folder.run("appraise map.json --rates nowhere");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("green-book-2026-health"), "{}", ran.told);
    folder.put("none.json", "{}");
    assert_eq!(folder.run("appraise map.json --rates none.json").code, 2);
}

#[test]
fn what_cannot_be_worked_with_is_refused_with_its_place() {
    type Change = fn(&mut Value);
    let cases: &[(&str, Change, &[&str])] = &[
        (
            "no appraisal",
            |map| drop(map.as_object_mut().unwrap().remove("appraisal")),
            &["base_year"],
        ),
        (
            "years out of order",
            |map| map["appraisal"]["end"] = json!("2020-21"),
            &["before the base year", "map.json:"],
        ),
        (
            "five hundred years",
            |map| map["appraisal"]["end"] = json!("2526-27"),
            &["501 years", "300"],
        ),
        (
            "no year",
            |map| map["appraisal"]["base_year"] = json!("soon"),
            &["`soon` is not a year"],
        ),
        (
            "two kinds of year",
            |map| map["nodes"][0]["cost"][0]["year"] = json!("2026"),
            &["same kind of year", "node fund"],
        ),
        (
            "a cost after the end",
            |map| map["nodes"][0]["cost"][0]["year"] = json!("2040-41"),
            &["after the last year", "node fund"],
        ),
        (
            "a cost before year 0",
            |map| map["nodes"][0]["cost"][0]["year"] = json!("2020-21"),
            &["before the base year"],
        ),
        (
            "a cost that ends first",
            |map| map["nodes"][0]["cost"][1]["until"] = json!("2026-27"),
            &["before it begins"],
        ),
        (
            "overlapping rates",
            |map| {
                map["appraisal"]["bands"] = json!([{"from": 0, "to": 30, "rate": 0.035}, {"from": 30, "rate": 0.03}]);
            },
            &["two bands", "year 30"],
        ),
        (
            "a gap in the rates",
            |map| {
                map["appraisal"]["bands"] = json!([{"from": 0, "to": 3, "rate": 0.035}, {"from": 5, "rate": 0.03}]);
            },
            &["no band", "year 4"],
        ),
        (
            "rates that end too soon",
            |map| {
                map["appraisal"]["bands"] = json!([{"from": 0, "to": 3, "rate": 0.035}]);
            },
            &["no band"],
        ),
        (
            "a rate in per cent",
            |map| map["appraisal"]["bands"] = json!([{"from": 0, "rate": 3.5}]),
            &["0.035"],
        ),
        (
            "unknown rates",
            |map| map["appraisal"]["rates"] = json!("blue-book"),
            &["blue-book", "green-book-2026"],
        ),
        (
            "a share of 20",
            |map| map["kpis"][0]["value"]["deadweight"] = json!({"share": 20}),
            &["deadweight of 20", "0.2", "kpi spend"],
        ),
        (
            "a mitigation above one",
            |map| {
                map["nodes"][0]["cost"][0]["optimism_bias"] = json!({"percent": 51, "mitigation": 92});
            },
            &["0.92"],
        ),
        (
            "a range beside the guess",
            |map| map["nodes"][0]["cost"][0]["range"] = json!({"low": 120}),
            &["best guess"],
        ),
        (
            "nominal without prices",
            |map| map["nodes"][0]["cost"][1]["basis"] = json!("nominal"),
            &["prices of 2027-28", "deflator"],
        ),
        (
            "an amount outside",
            |map| map["kpis"][0]["value"]["amounts"][0]["year"] = json!("2050-51"),
            &["outside the appraisal"],
        ),
        (
            "a unit without a path",
            |map| {
                let value = &mut map["kpis"][0]["value"];
                value.as_object_mut().unwrap().remove("amounts");
                value["unit_value"] = json!(5);
            },
            &["baseline"],
        ),
        (
            "both ways of valuing",
            |map| map["kpis"][0]["value"]["unit_value"] = json!(5),
            &["`unit_value` or `amounts`"],
        ),
        (
            "an option of unknown things",
            |map| {
                map["appraisal"]["options"] =
                    json!([{"id": "a", "kind": "preferred", "differences": [{"of": "nothing", "factor": 1}]}]);
            },
            &["no node and no KPI"],
        ),
        (
            "an option of nothing",
            |map| map["appraisal"]["options"] = json!([{"id": "a"}]),
            &["names no nodes"],
        ),
    ];
    for (name, change, parts) in cases {
        let mut map = page_map();
        change(&mut map);
        let told = refused(&map);
        for part in *parts {
            assert!(told.contains(part), "{name}: {part}\n{told}");
        }
        // Each fault has a line of its own, after one that says what could not be done.
        let (first, rest) = told.split_once('\n').unwrap();
        assert!(
            !told.contains('␊') && (first.ends_with("appraised:") == rest.starts_with("  map.json:")),
            "{told}"
        );
    }
    // Too many digits are a fault of the file, with line and column.
    let mut map = page_map();
    map["nodes"][0]["cost"][0]["amount"] = json!(1_000_000_000_000_000i64);
    let told = refused(&map);
    assert!(
        told.contains("more than 15 digits") && told.contains("map.json:"),
        "{told}"
    );
}

#[test]
fn amounts_too_large_to_be_held_are_refused_and_never_become_something_else() {
    let mut map = page_map();
    let most = json!(999_999_999_999_999i64);
    map["kpis"][0] = json!({"id": "k", "node": "visits", "direction": "increase", "baseline": {"date": "2026-04-01", "value": 0},
        "targets": [{"date": "2027-03-31", "value": most}], "value": {"unit_value": most, "multiplier": {"factor": most}}});
    assert!(refused(&map).contains("too large"));
    // As large as a number may be is no trouble.
    let mut map = page_map();
    map["nodes"][0]["cost"][0]["amount"] = most;
    let pvc = number(&json_of(&map, "")["options"][0]["pvc"]);
    assert!((pvc / 999_999_999_999_999.0 - 1.0).abs() < 1e-9, "{pvc}");
}

#[test]
fn an_option_counts_against_business_as_usual() {
    let mut map = page_map();
    map["nodes"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "old", "kind": "investment", "title": "Old vans",
        "cost": [{"year": "2026-27", "amount": 40}]}));
    map["appraisal"]["options"] = json!([
        {"id": "as-now", "kind": "business-as-usual", "nodes": ["old"]},
        {"id": "sensors", "kind": "preferred", "nodes": ["fund"]},
        {"id": "half", "nodes": ["fund", "old"], "differences": [{"of": "spend", "factor": 0.5}, {"of": "fund", "factor": 0.5}]}]);
    let whole = json_of(&map, "");
    let of = |at: usize, field: &str| number(&whole["options"][at][field]);
    assert_eq!(
        (of(0, "pvc"), of(0, "npsv"), &whole["options"][0]["bcr"]),
        (0.0, 0.0, &Value::Null)
    );
    assert!((of(1, "pvc") - (194.9847 - 40.0)).abs() < 0.0001);
    assert!((of(2, "pvb") - 171.2398 / 2.0).abs() < 0.0001);
    assert!((of(2, "pvc") - 194.9847 / 2.0).abs() < 0.0001);
    let one = json_of(&map, "--option half");
    assert_eq!(one["options"].as_array().unwrap().len(), 1);
    let ran = folder(&map).run("appraise map.json --option nothing");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("as-now, sensors, half"), "{}", ran.told);
}

#[test]
fn a_switching_value_makes_the_net_value_nothing() {
    let mut map = page_map();
    map["nodes"][0]["cost"][0]["optimism_bias"] = json!({"percent": 24, "mitigation": 0.5, "type": "t", "reason": "r"});
    map["kpis"][0]["value"]["deadweight"] = json!({"share": 0.05});
    map["kpis"][0]["value"]["multiplier"] = json!({"factor": 1.3});
    let whole = json_of(&map, "");
    let all = whole["options"][0]["switching"].as_array().unwrap();
    let mut tried = 0;
    for one in all {
        let value = one["value"].clone();
        let mut changed = map.clone();
        match one["input"].as_str().unwrap() {
            "capital cost" => changed["nodes"][0]["cost"][0]["amount"] = value,
            "running cost" => changed["nodes"][0]["cost"][1]["amount"] = value,
            "optimism bias" if number(&value) >= 0.0 => {
                changed["nodes"][0]["cost"][0]["optimism_bias"]["percent"] = value
            }
            "deadweight" if number(&value) >= 0.0 => changed["kpis"][0]["value"]["deadweight"]["share"] = value,
            "multiplier" => changed["kpis"][0]["value"]["multiplier"]["factor"] = value,
            _ => continue,
        }
        let net = number(&json_of(&changed, "")["options"][0]["npsv"]);
        assert!(net.abs() < 1e-9, "{one}: {net}");
        tried += 1;
    }
    assert!(tried >= 3, "{all:?}");
}

#[test]
fn draws_are_the_same_for_the_same_seed_and_say_what_they_assume() {
    let mut map = page_map();
    map["nodes"][0]["cost"][0]["range"] = json!({"low": 90, "high": 150});
    map["kpis"][0]["value"]["range"] = json!({"low": 150, "high": 260});
    let first = json_of(&map, "--draws 4000 --seed 7");
    assert_eq!(first, json_of(&map, "--draws 4000 --seed 7"));
    let drawn = &first["options"][0]["distribution"];
    assert_ne!(
        drawn,
        &json_of(&map, "--draws 4000 --seed 8")["options"][0]["distribution"]
    );
    assert_eq!(
        (&drawn["seed"], &drawn["draws"], &drawn["ranged"]),
        (&json!(7), &json!(4000), &json!(2))
    );
    // The mean of a triangle is a third of the sum of its ends and its peak.
    let option = &first["options"][0];
    let expected =
        -(194.9847 + (90.0 + 100.0 + 150.0) / 3.0 - 100.0) + 171.2398 * (150.0 + 210.0 + 260.0) / 3.0 / 210.0;
    assert!(
        (number(&drawn["mean"]) - expected).abs() < 1.5,
        "{} {expected}",
        drawn["mean"]
    );
    assert!(
        number(&drawn["best_guess"]) > number(&drawn["mean"]),
        "the best guess is on the bright side"
    );
    let text = folder(&map).run("appraise map.json --draws 100 --seed 7");
    assert!(
        text.out.contains("seed 7") && text.out.contains("drawn by itself"),
        "{}",
        text.out
    );
    // One range at a time, and scenarios.
    let low = number(&option["sensitivities"][0]["npsv_at_low"]);
    assert!((low - (-194.9847 + 171.2398 * 150.0 / 210.0)).abs() < 0.001, "{low}");
    let scenario = |name: &str| {
        let all = option["scenarios"].as_array().unwrap();
        number(&all.iter().find(|one| one["name"] == name).unwrap()["npsv"])
    };
    assert!(scenario("low") < scenario("central") && scenario("central") < scenario("high"));
    assert!(scenario("benefits a year later") < scenario("central"));
    assert!(scenario("rates half a percentage point lower") > scenario("central"));
}

#[test]
fn a_map_without_an_appraisal_is_checked_as_before() {
    let mut map = page_map();
    map.as_object_mut().unwrap().remove("appraisal");
    map["kpis"][0].as_object_mut().unwrap().remove("value");
    let ran = folder(&map).run("check map.json --profile audit --format json");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let codes: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert!(
        !codes.is_empty() && codes.iter().all(|code| *code < "BM705" || *code > "BM717"),
        "{codes:?}"
    );
}

#[test]
fn a_ratio_has_a_band_only_where_one_is_asked_for() {
    let map = page_map();
    let plain = json_of(&map, "");
    let option = &plain["options"][0];
    assert_eq!(option["value_for_money"], Value::Null, "no ratio is called good or bad");
    let banded = json_of(&map, "--bands dft");
    let banded = &banded["options"][0]["value_for_money"];
    let ratio = number(&option["bcr"]);
    let expected = match ratio {
        r if r >= 4.0 => "very high",
        r if r >= 2.0 => "high",
        r if r >= 1.5 => "medium",
        r if r >= 1.0 => "low",
        _ => "poor",
    };
    assert_eq!(
        (&banded["by"], &banded["category"]),
        (&json!("dft"), &json!(expected)),
        "{ratio}"
    );
    let folder = folder(&map);
    let text = folder.run("appraise map.json --bands dft");
    assert!(
        text.out.contains(&format!("Value for money: {expected}")),
        "{}",
        text.out
    );
    assert!(!folder.run("appraise map.json").out.contains("Value for money"));
    // What cannot say it refuses, and writes nothing.
    for output in ["case.xlsx", "a.csv", "chart.svg"] {
        let ran = folder.run(&format!("appraise map.json --bands dft -o {output}"));
        assert_eq!(ran.code, 2, "{output}: {}", ran.told);
        assert!(ran.told.contains("--bands"), "{}", ran.told);
        assert!(!folder.at(output).exists(), "{output}");
    }
}

#[test]
fn a_percentage_beyond_all_guidance_is_a_finding() {
    for (percent, is_found) in [(200, false), (201, true), (2400, true)] {
        let mut map = page_map();
        map["nodes"][0]["cost"][0]["optimism_bias"] = json!({"percent": percent, "type": "t", "reason": "r"});
        let ran = folder(&map).run("check map.json --profile business-case");
        assert_eq!(
            ran.out.contains(&format!("adds {percent}%, which is more than 200%")),
            is_found,
            "{}",
            ran.out
        );
    }
}
