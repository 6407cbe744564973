//! The forecast of a measure of a portfolio, against arithmetic that is written here.

use serde_json::{Value, json};

use crate::support::folder::Folder;

/// The last day of each month from October 2026 to September 2027, as days since the first of them.
const DAYS: [f64; 12] = [
    0.0, 30.0, 61.0, 92.0, 120.0, 151.0, 181.0, 212.0, 242.0, 273.0, 304.0, 334.0,
];
const DATES: [&str; 12] = [
    "2026-10-31",
    "2026-11-30",
    "2026-12-31",
    "2027-01-31",
    "2027-02-28",
    "2027-03-31",
    "2027-04-30",
    "2027-05-31",
    "2027-06-30",
    "2027-07-31",
    "2027-08-31",
    "2027-09-30",
];
/// The end of the year 2027-28, counted as the days above: half a year after the last of them.
const END: f64 = 517.0;
const A: [f64; 12] = [
    130.0, 141.0, 148.0, 161.0, 170.0, 183.0, 188.0, 203.0, 212.0, 219.0, 236.0, 241.0,
];
const B: [f64; 12] = [
    104.0, 109.0, 111.0, 118.0, 119.0, 126.0, 131.0, 133.0, 140.0, 143.0, 151.0, 152.0,
];

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

/// The value at the end of the year by the trend of Theil and Sen, with one decimal more than what was measured, less the baseline of 100.
fn change(values: &[f64; 12]) -> f64 {
    let mut slopes = Vec::new();
    for later in 1..12 {
        for earlier in 0..later {
            slopes.push((values[later] - values[earlier]) / (DAYS[later] - DAYS[earlier]));
        }
    }
    let slope = median(slopes);
    let reached = (0..12).map(|at| values[at] + slope * (END - DAYS[at])).collect();
    (median(reached) * 10.0).round() / 10.0 - 100.0
}

fn map(id: &str) -> Value {
    json!({"format": 1, "title": id, "nodes": [{"id": "o", "kind": "end-outcome", "title": format!("Outcome {id}")}],
        "kpis": [{"id": id, "node": "o", "title": format!("Jobs {id}"), "unit": "jobs", "direction": "increase",
            "baseline": {"date": "2026-03-31", "value": 100}, "targets": [{"date": "2030-03-31", "value": 500}],
            "measurement": {"frequency": "monthly"}}]})
}

fn city(claims: &Value) -> Folder {
    let folder = Folder::new();
    for (id, values) in [("a", &A), ("b", &B)] {
        folder.put(&format!("{id}.json"), map(id).to_string());
        let rows = DATES
            .iter()
            .zip(values)
            .map(|(date, value)| format!("{id},{date},{value}\n"));
        folder.put(
            &format!("{id}.csv"),
            format!("kpi,date,value\n{}", rows.collect::<String>()),
        );
    }
    let portfolio = json!({"format": 1, "title": "City", "first_month": 4,
        "maps": [{"id": "a", "file": "a.json", "measurements": ["a.csv"]}, {"id": "b", "file": "b.json", "measurements": ["b.csv"]}],
        "outcomes": [{"id": "jobs", "title": "More jobs",
            "measures": [{"id": "m", "title": "Jobs", "unit": "jobs", "direction": "increase"}]}],
        "claims": claims});
    folder.put("portfolio.json", portfolio.to_string());
    folder
}

/// What the totals say of that year.
fn forecast(folder: &Folder, year: &str) -> Value {
    let ran = folder.run("portfolio totals portfolio.json --as-of 2027-10-01 --format json");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let totals: Value = serde_json::from_str(&ran.out).unwrap();
    let found = totals["measures"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["year"] == year);
    found.unwrap_or_else(|| panic!("no {year}: {totals}"))["forecast"].clone()
}

#[test]
fn the_forecast_adds_up_as_each_claim_counts() {
    let claim = |map: &str| json!({"map": map, "kpi": map, "measure": "m"});
    let with = |map: &str, more: Value| {
        let mut claim = claim(map);
        claim.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        claim
    };
    let lap = |other: &str| json!({"counts": "overlaps", "with": [{"map": other, "kpi": other, "by": 10}]});
    let (a, b) = (change(&A), change(&B));
    assert!(a > 200.0 && b < 80.0, "{a} {b}");
    let adds = || json!({"counts": "adds"});
    for (what, claims, least, most) in [
        ("adds", json!([with("a", adds()), with("b", adds())]), a + b, a + b),
        ("not declared", json!([claim("a"), claim("b")]), a, a + b),
        (
            "a share",
            json!([with("a", json!({"counts": "share", "share": 0.4})), with("b", adds())]),
            0.4 * a + b,
            0.4 * a + b,
        ),
        (
            "an overlap",
            json!([with("a", lap("b")), with("b", lap("a"))]),
            a + b - 10.0,
            a + b - 10.0,
        ),
        (
            "shown only",
            json!([with("a", adds()), with("b", json!({"counts": "shown-only"}))]),
            a,
            a,
        ),
    ] {
        let said = forecast(&city(&claims), "2027-28");
        let near = |said: &Value, wanted: f64| (said.as_f64().unwrap() - wanted).abs() < 1e-6;
        assert!(near(&said["at_least"], least), "{what}: {said}, and {least} by hand");
        assert!(near(&said["at_most"], most), "{what}: {said}, and {most} by hand");
    }
}

#[test]
fn there_is_no_forecast_of_a_part_nor_further_ahead_than_back() {
    let both = json!([
        {"map": "a", "kpi": "a", "measure": "m", "counts": "adds"},
        {"map": "b", "kpi": "b", "measure": "m", "counts": "adds"}
    ]);
    let folder = city(&both);
    // The trend looks back eleven months: the end of the year after is a year and a half ahead.
    assert!(forecast(&folder, "2028-29").is_null());
    assert!(forecast(&folder, "2026-27").is_null(), "a year that has ended");
    // Of one of the two nothing was measured: what is forecast of the other is not the whole.
    folder.put("b.csv", "kpi,date,value\n");
    assert!(forecast(&folder, "2027-28").is_null());
}
