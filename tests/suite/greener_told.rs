//! What makes a map look better, as `diff`, `seal --verify` and the audit report tell it, and as a gate.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::run_in_2028 as run;

/// What a command prints, where it ends with that code.
fn told(dir: &Path, args: &[&str], code: i32) -> String {
    let output = run(dir, args);
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

/// A map, the same with a wider tolerance and another unit, and the same with a stricter target.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    let kpi = |red: Value, unit: &str, target: i32| {
        json!({"id": "km", "node": "good", "title": "Distance <b> & \"more\"", "unit": unit, "direction": "decrease",
            "baseline": {"date": "2026-01-01", "value": 100}, "targets": [{"date": "2028-01-01", "value": target}],
            "tolerance": {"amber": 0.05, "red": red}})
    };
    let map = |kpi: Value| {
        let map = json!({"format": 1, "title": "Bins", "nodes": [{"id": "good", "kind": "end-outcome", "title": "Good"}],
            "risks": [{"id": "strike", "title": "Strike", "threatens": "good"}], "kpis": [kpi]});
        serde_json::to_string_pretty(&map).unwrap()
    };
    fs::write(dir.path().join("old.json"), map(kpi(json!(0.15), "km", 40))).unwrap();
    fs::write(dir.path().join("wider.json"), map(kpi(json!(0.5), "km", 40))).unwrap();
    fs::write(dir.path().join("miles.json"), map(kpi(json!(0.15), "miles", 40))).unwrap();
    fs::write(dir.path().join("strict.json"), map(kpi(json!(0.15), "km", 30))).unwrap();
    fs::write(dir.path().join("measured.csv"), "kpi,date,value\nkm,2027-12-31,55\n").unwrap();
    dir
}

#[test]
fn a_gate_fails_on_what_is_greener_or_open_and_by_itself_on_any_difference() {
    let dir = folder();
    for (new, deny, code) in [
        ("wider", "greener", 1),
        ("wider", "open", 1),
        ("wider", "difference", 1),
        ("miles", "greener", 0),
        ("miles", "open", 1),
        ("strict", "greener", 0),
        ("strict", "open", 0),
        ("strict", "difference", 1),
        ("old", "difference", 0),
    ] {
        let new = format!("{new}.json");
        let gated = told(dir.path(), &["diff", "old.json", &new, "--deny", deny], code);
        assert_eq!(
            told(dir.path(), &["diff", "old.json", &new], i32::from(new != "old.json")),
            gated
        );
    }
    told(dir.path(), &["diff", "old.json", "wider.json", "--deny", "worse"], 2);
}

#[test]
fn a_sentence_has_its_place_and_what_was_and_is_stated() {
    let dir = folder();
    let text = told(dir.path(), &["diff", "old.json", "wider.json"], 1);
    let line = fs::read_to_string(dir.path().join("wider.json")).unwrap();
    let line = 1 + line.lines().position(|line| line.contains("\"tolerance\"")).unwrap();
    let wanted = format!(
        "What makes the map look better\n  kpi km: Distance <b> & \"more\": the red tolerance is wider: was 15%, now 50% \
         (wider.json:{line})\n"
    );
    assert!(text.contains(&wanted), "{text}");
    let open = told(dir.path(), &["diff", "old.json", "miles.json"], 1);
    assert!(
        open.contains("What may make the map look better: please decide\n  kpi km: "),
        "{open}"
    );
    assert!(!told(dir.path(), &["diff", "old.json", "strict.json"], 1).contains("look better"));
    // What is gone stands in the old map.
    let mut gone: Value = serde_json::from_slice(&fs::read(dir.path().join("old.json")).unwrap()).unwrap();
    gone.as_object_mut().unwrap().remove("risks");
    fs::write(dir.path().join("gone.json"), gone.to_string()).unwrap();
    let text = told(dir.path(), &["diff", "old.json", "gone.json"], 1);
    assert!(
        text.contains("a risk that was open is gone: was no likelihood, no impact, now nothing (old.json:"),
        "{text}"
    );
}

#[test]
fn programs_read_the_reason() {
    let dir = folder();
    let args = [
        "diff",
        "old.json",
        "wider.json",
        "--measurements",
        "measured.csv",
        "--as-of",
        "2027-12-31",
    ];
    let value: Value =
        serde_json::from_str(&told(dir.path(), &[&args[..], &["--format", "json"]].concat(), 1)).unwrap();
    let calls = value["greener"].as_array().unwrap();
    let reasons: Vec<&str> = calls.iter().map(|call| call["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["greener-status", "wider-tolerance"]);
    let call = &calls[1];
    assert_eq!(
        [
            &call["judgement"],
            &call["subject"],
            &call["field"],
            &call["before"],
            &call["after"],
            &call["file"]
        ],
        ["greener", "kpi km", "tolerance.red", "15%", "50%", "wider.json"]
            .map(|text| json!(text))
            .each_ref()
    );
    assert!(call["line"].as_u64().unwrap() > 1 && call["says"].as_str().unwrap().contains("was 15%, now 50%"));
    let csv = told(dir.path(), &["diff", "old.json", "wider.json", "--format", "csv"], 1);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "change,reason,subject,title,field,before,after,says");
    assert!(lines[1].starts_with("greener,wider-tolerance,kpi km,"), "{csv}");
    assert!(lines[2].starts_with("changed,,kpi km,") && lines.len() == 3, "{csv}");
}

#[test]
fn a_page_and_markdown_say_it_first_and_text_is_never_markup() {
    let dir = folder();
    told(dir.path(), &["diff", "old.json", "wider.json", "-o", "changes.html"], 1);
    let page = fs::read_to_string(dir.path().join("changes.html")).unwrap();
    let [better, every] = ["What makes the map look better", "Every change"].map(|part| page.find(part).unwrap());
    assert!(better < every && page.contains("The red tolerance is wider"), "{page}");
    assert!(page.contains("Distance &lt;b&gt; &amp;") && !page.contains("Distance <b>"));
    let markdown = told(
        dir.path(),
        &["diff", "old.json", "wider.json", "--format", "markdown"],
        1,
    );
    let [better, every] = ["## What makes the map look better", "## Changed"].map(|part| markdown.find(part).unwrap());
    assert!(better < every && !markdown.contains("<b>"), "{markdown}");
}

#[test]
fn a_seal_and_the_audit_report_call_out_the_same() {
    let dir = folder();
    told(
        dir.path(),
        &["seal", "old.json", "-o", "seals.json", "--on", "2027-01-01"],
        0,
    );
    let text = told(dir.path(), &["seal", "wider.json", "--verify", "seals.json"], 1);
    assert!(text.contains("What makes the map look better"), "{text}");
    assert!(
        text.contains("the red tolerance is wider: was 15%, now 50% (wider.json:"),
        "{text}"
    );
    let report = [
        "report",
        "audit",
        "wider.json",
        "--seals",
        "seals.json",
        "--as-of",
        "2028-04-01",
        "-o",
        "audit.html",
    ];
    told(dir.path(), &report, 0);
    let page = fs::read_to_string(dir.path().join("audit.html")).unwrap();
    assert!(page.contains("The red tolerance is wider"), "{page}");
    assert!(
        page.contains("1 change makes the map look better since seal 1 of 2027-01-01, without any better results.")
    );
}
