//! Several maps in one report: every format of `check` holds them, and a map that cannot be read is not lost among them.

use serde_json::Value;

use crate::support::folder::Folder;
use crate::support::schemas::{against_the_schema, against_the_schema_of_junit};

const GOOD: &str = include_str!("../../examples/maps/smart-waste/map.json");

/// A folder with a map without findings, two with the same findings, and one that is no map.
fn folder() -> Folder {
    let folder = Folder::new();
    let bad = r#"{"format": 1, "title": "Bad", "nodes": [
  {"id": "goal", "kind": "end-outcome", "title": "Cleaner streets", "owner": "gone"}
]}"#;
    folder.put("good.json", GOOD);
    folder.put("a.json", bad);
    folder.put("our maps/b.json", bad);
    folder.put("broken.json", "{\"format\": 1, \"title\": \"x\" \"nodes\": []}");
    folder
}

fn check(folder: &Folder, maps: &[&str], format: &str) -> (i32, String, String) {
    let mut words = vec!["check"];
    words.extend(maps);
    words.extend(["--format", format, "--as-of", "2028-04-01"]);
    let ran = folder.run_words(&words);
    (ran.code, ran.out, ran.told)
}

const MAPS: [&str; 3] = ["good.json", "a.json", "our maps/b.json"];

#[test]
fn one_map_formats_all_hold_several_maps() {
    let folder = folder();
    for format in ["text", "json", "csv", "sarif", "junit", "github"] {
        let (code, out, told) = check(&folder, &MAPS, format);
        assert_eq!((code, told.as_str()), (1, ""), "{format}");
        let (one, other) = match format {
            "sarif" => ("a.json", "our%20maps/b.json"),
            _ => ("a.json", "our maps/b.json"),
        };
        assert!(out.contains(one) && out.contains(other), "{format}: {out}");
        // The order of the maps is the one they were given in, and the same run gives the same bytes.
        assert_eq!(check(&folder, &MAPS, format).1, out, "{format}");
        assert_eq!(check(&folder, &["good.json", "good.json"], format).0, 0, "{format}");
    }
}

#[test]
fn one_map_formats_json_of_several_maps_has_the_shape_of_one_and_a_list_of_maps() {
    let folder = folder();
    let one: Value = serde_json::from_str(&check(&folder, &["a.json"], "json").1).unwrap();
    let several: Value = serde_json::from_str(&check(&folder, &MAPS, "json").1).unwrap();
    let (of_one, of_all) = (
        one["findings"].as_array().unwrap(),
        several["findings"].as_array().unwrap(),
    );
    assert!(one.get("maps").is_none() && !of_one.is_empty(), "{one}");
    assert_eq!(of_all.len(), 2 * of_one.len());
    assert_eq!(&of_all[..of_one.len()], &of_one[..]);
    assert_eq!(of_all[of_one.len()]["file"], "our maps/b.json");
    let errors = one["summary"]["errors"].as_u64().unwrap();
    assert!(errors > 0);
    assert_eq!(several["summary"]["errors"], 2 * errors);
    let maps = several["maps"].as_array().unwrap();
    assert_eq!(maps.len(), 3);
    assert_eq!(
        (&maps[0]["file"], &maps[0]["summary"]["errors"]),
        (&"good.json".into(), &0.into())
    );
    assert_eq!(
        (&maps[2]["file"], &maps[2]["summary"]),
        (&"our maps/b.json".into(), &one["summary"])
    );
}

#[test]
fn one_map_formats_sarif_of_several_maps_is_one_run_with_their_artifacts() {
    let folder = folder();
    let log: Value = serde_json::from_str(&check(&folder, &MAPS, "sarif").1).unwrap();
    against_the_schema(&log).unwrap();
    let run = &log["runs"][0];
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let addresses: Vec<&str> = run["artifacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|artifact| artifact["location"]["uri"].as_str().unwrap())
        .collect();
    assert_eq!(addresses, ["good.json", "a.json", "our%20maps/b.json"]);
    let mut seen = [0, 0, 0];
    for result in run["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let at = usize::try_from(place["index"].as_u64().unwrap()).unwrap();
        assert_eq!(place["uri"], addresses[at]);
        seen[at] += 1;
    }
    assert!(seen[0] == 0 && seen[1] > 0 && seen[1] == seen[2], "{seen:?}");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn one_map_formats_junit_of_several_maps_has_a_suite_a_map() {
    let folder = folder();
    let (code, xml, _) = check(&folder, &["good.json", "a.json", "broken.json"], "junit");
    assert_eq!(code, 2);
    assert_eq!(against_the_schema_of_junit(&xml), None);
    let suites: Vec<&str> = xml.lines().filter(|line| line.starts_with("  <testsuite ")).collect();
    assert_eq!(suites.len(), 3, "{xml}");
    assert!(suites[0].contains(r#"name="good.json""#) && suites[0].contains(r#"failures="0" errors="0""#));
    assert!(suites[1].contains(r#"name="a.json""#) && !suites[1].contains(r#"failures="0""#));
    assert!(
        suites[2].contains(r#"name="broken.json" tests="1" failures="0" errors="1""#),
        "{}",
        suites[2]
    );
    assert!(xml.contains(r#"classname="a.json BM101 unknown-reference""#), "{xml}");
    assert!(
        xml.contains(r#"<error type="unread" message="broken.json:1:27: "#),
        "{xml}"
    );
}

#[test]
fn one_map_formats_a_map_that_cannot_be_read_is_in_the_report_and_the_others_are_checked() {
    let folder = folder();
    let maps = ["broken.json", "a.json", "none.json"];
    for format in ["text", "json", "csv", "sarif", "junit", "github"] {
        let (code, out, told) = check(&folder, &maps, format);
        assert_eq!(code, 2, "{format}");
        assert!(out.contains("unknown-reference"), "{format}: {out}");
        assert!(told.contains("broken.json:1:27"), "{format}: {told}");
        assert!(told.contains("none.json could not be read"), "{format}: {told}");
        assert!(
            told.ends_with("error: 2 of 3 maps could not be checked\n"),
            "{format}: {told}"
        );
    }
    let log: Value = serde_json::from_str(&check(&folder, &maps, "sarif").1).unwrap();
    against_the_schema(&log).unwrap();
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 2);
    let json: Value = serde_json::from_str(&check(&folder, &maps, "json").1).unwrap();
    assert_eq!(
        json["maps"][2]["error"],
        "none.json could not be read: no such file or folder exists"
    );
    assert!(json["maps"][1].get("error").is_none(), "{json}");
    // Where none can be read, there is still a whole report.
    let (code, out, _) = check(&folder, &["none.json", "broken.json"], "csv");
    assert_eq!((code, out.lines().count()), (2, 1), "{out}");
}
