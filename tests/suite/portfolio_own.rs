//! What a place measures itself: how much of it the projects explain, and how much they do not.

use serde_json::{Value, json};

use crate::support::folder::Folder;

/// A place that measures its air itself, and one project that makes it better: by 4 of the 10 that the place wants.
fn place(rows: &str) -> Folder {
    let folder = Folder::new();
    let map = json!({
        "format": 1, "title": "Clean buses",
        "nodes": [{"id": "air", "kind": "end-outcome", "title": "Cleaner air"}],
        "kpis": [{"id": "no2", "node": "air", "title": "Nitrogen dioxide from buses", "unit": "µg/m³", "direction": "decrease",
                  "baseline": {"date": "2026-12-31", "value": 9}, "targets": [{"date": "2030-12-31", "value": 5}]}]
    });
    folder.put("buses.json", map.to_string());
    folder.put("buses.csv", "kpi,date,value\nno2,2027-12-31,8\nno2,2028-12-31,6.5\n");
    folder.put("place.csv", format!("kpi,date,value,source\n{rows}"));
    let text = json!({
        "format": 1, "title": "Wexbridge", "measurements": ["place.csv"],
        "maps": [{"id": "buses", "file": "buses.json", "measurements": ["buses.csv"]}],
        "outcomes": [{"id": "air", "title": "Cleaner air", "measures": [
            {"id": "no2", "title": "Nitrogen dioxide", "unit": "µg/m³", "direction": "decrease", "adding": "whole-place",
             "baseline": {"date": "2026-12-31", "value": 40}, "targets": [{"date": "2030-12-31", "value": 30}]}]}],
        "claims": [{"map": "buses", "kpi": "no2", "measure": "no2", "counts": "adds"}]
    });
    folder.put("p.json", text.to_string());
    folder
}

const ROWS: &str = "no2,2027-12-31,38,monitors\nno2,2028-12-31,37,monitors\n";

fn json_of(folder: &Folder, line: &str) -> Value {
    let ran = folder.run(&format!("{line} --as-of 2029-01-31 --format json"));
    assert!(ran.code < 2, "{line}: {}", ran.told);
    serde_json::from_str(&ran.out).unwrap()
}

fn year(out: &Value, year: &str) -> Value {
    let measures = out["measures"].as_array().unwrap();
    measures.iter().find(|one| one["year"] == year).unwrap().clone()
}

#[test]
fn totals_give_what_the_place_measured_and_what_is_not_explained() {
    let folder = place(ROWS);
    let out = json_of(&folder, "portfolio totals p.json");
    let total = year(&out, "2027");
    assert_eq!(total["measured"], json!({"at_least": -2, "at_most": -2}));
    assert_eq!(total["measured_by"], "place");
    assert_eq!(total["place"], json!({"date": "2027-12-31", "value": 38, "change": -2}));
    assert_eq!(total["achieved"], json!({"at_least": -1, "at_most": -1}));
    assert_eq!(total["unexplained"], json!({"at_least": -1, "at_most": -1}));
    // The year after has begun, and nothing was measured since: the last values hold.
    assert_eq!(year(&out, "2029")["place"]["date"], "2028-12-31");
    assert_eq!(year(&out, "2030")["place"], Value::Null);
    let text = folder.run("portfolio totals p.json --as-of 2029-01-31").out;
    assert!(
        text.contains("by the place") && text.contains("not explained"),
        "{text}"
    );
    assert_eq!(
        folder.run("portfolio totals p.json --as-of 2029-01-31 -o t.csv").code,
        0
    );
    let csv = std::fs::read_to_string(folder.at("t.csv")).unwrap();
    assert!(
        csv.contains("air,no2,µg/m³,2027,-0.999,-0.999,-2,2027-12-31,-1,-1,,,buses,no2,"),
        "{csv}"
    );
}

#[test]
fn more_explained_than_changed_is_found_in_what_was_measured() {
    let rules = |rows: &str| -> Vec<(String, String)> {
        let out = json_of(&place(rows), "portfolio check p.json");
        let all = out["findings"].as_array().unwrap().clone();
        let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
        all.iter()
            .map(|one| (text(one, "rule"), text(one, "message")))
            .collect()
    };
    assert_eq!(rules(ROWS), []);
    // The place got better by 1.5 and the project says that it made it better by 2.5.
    let found = rules("no2,2027-12-31,38,\nno2,2028-12-31,38.5,\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "more-explained-than-changed");
    assert!(
        found[0].1.contains("at least -2.5") && found[0].1.contains("-1.5"),
        "{}",
        found[0].1
    );
    // What the project achieved after the place was measured for the last time explains nothing of that value.
    assert_eq!(rules("no2,2027-12-31,39,\n"), []);
}

#[test]
fn status_has_the_place_itself_and_the_dashboard_says_what_is_not_explained() {
    let folder = place(ROWS);
    let out = json_of(&folder, "portfolio status p.json");
    let rows = out["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    // 35 was due after two of four years, and 37 is 6% more.
    assert_eq!(
        rows[0],
        json!({"outcome": "air", "measure": "no2", "map": null, "kpi": null, "title": "Nitrogen dioxide", "status": "at risk",
               "planned": -10, "measured": -3, "unit": "µg/m³", "counts": "the place itself"})
    );
    assert_eq!(folder.run("portfolio status p.json --as-of 2029-01-31").code, 1);
    for page in ["dashboard p.json", "report p.json"] {
        let ran = folder.run(&format!("portfolio {page} --as-of 2029-01-31 -o page.html"));
        assert_eq!(ran.code, 0, "{}", ran.told);
        let page = std::fs::read_to_string(folder.at("page.html")).unwrap();
        for said in [
            "the place measured 37 µg/m³ on 2028-12-31, a change of −3.",
            "The projects explain −2.5 of it; the rest, −0.5, is not explained.",
            "The place itself",
        ] {
            assert!(page.contains(said), "{said}");
        }
    }
    let out = json_of(&folder, "portfolio register p.json");
    let row = &out["rows"][0];
    assert_eq!(
        (&row["place_value"], &row["place_measured_on"], &row["place_change"]),
        (&json!(37), &json!("2028-12-31"), &json!(-3))
    );
}

#[test]
fn a_series_that_cannot_be_read_is_named_and_the_rest_is_reported() {
    let folder = place(ROWS);
    std::fs::remove_file(folder.at("place.csv")).unwrap();
    let ran = folder.run("portfolio totals p.json --as-of 2029-01-31");
    assert_eq!(ran.code, 1);
    assert!(
        ran.told.contains("what the place measured itself could not be read"),
        "{}",
        ran.told
    );
    assert!(ran.out.contains("Nitrogen dioxide"));
    let out = json_of(&folder, "portfolio check p.json");
    assert_eq!(out["findings"][0]["rule"], "series-not-read");
    let text = std::fs::read_to_string(folder.at("p.json")).unwrap();
    folder.put("p.json", text.replace("\"place.csv\"", "\"../place.csv\""));
    let ran = folder.run("portfolio check p.json --as-of 2029-01-31");
    assert!(
        ran.out.contains("is not a file below the folder of the portfolio"),
        "{}",
        ran.out
    );
    // Rows of what is not a measure are named.
    folder.put("p.json", text);
    folder.put("place.csv", "kpi,date,value\nno3,2027-12-31,38\nno2,2027-12-31,38\n");
    let ran = folder.run("portfolio totals p.json --as-of 2029-01-31");
    assert!(ran.told.contains("no3"), "{}", ran.told);
}

#[cfg(feature = "web")]
#[test]
fn the_dashboard_and_the_programme_have_no_barriers() {
    use crate::support::webdriver::Browser;
    let folder = crate::portfolio_example::city();
    let city = "examples/portfolio/portfolio.json --as-of 2028-04-01";
    for page in ["dashboard", "draw"] {
        let ran = folder.run(&format!("portfolio {page} {city} -o {page}.html"));
        assert_eq!(ran.code, 0, "{}", ran.told);
    }
    // As wide as a desk, and as a phone.
    for (width, height) in [(1280, 900), (500, 800)] {
        let Some(browser) = Browser::open(width, height) else {
            return;
        };
        for page in ["dashboard", "draw"] {
            browser.go(&format!("file://{}", folder.at(&format!("{page}.html")).display()));
            assert_eq!(browser.barriers(), [""; 0], "{page}, {width} px");
            let wider =
                browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(wider, json!(0), "{page} does not scroll sideways at {width} px");
        }
    }
}
