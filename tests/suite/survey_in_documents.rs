//! What people answered in a health check, in the check, the business case and the audit report.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::program::program;

const MAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/maps/smart-waste/map.json");
const ANSWERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/maps/smart-waste/answers.csv");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn out(done: &Output) -> String {
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn err(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

/// The rules that a check of the example finds, with these arguments.
fn found(folder: &Path, more: &[&str]) -> Vec<(String, String)> {
    let mut arguments = vec!["check", MAP, "--profile", "audit", "--format", "json"];
    arguments.extend(more);
    let done = run(folder, &arguments);
    let json: serde_json::Value = serde_json::from_str(&out(&done)).unwrap_or_else(|_| panic!("{}", err(&done)));
    let findings = json["findings"].as_array().unwrap().iter();
    let said = |finding: &serde_json::Value, field: &str| finding[field].as_str().unwrap().to_owned();
    findings
        .map(|finding| (said(finding, "rule"), said(finding, "message")))
        .collect()
}

fn is_of_answers(rule: &str) -> bool {
    [
        "risk-trigger-not-taken-up",
        "link-divides-the-room",
        "health-check-out-of-date",
    ]
    .contains(&rule)
}

#[test]
fn a_check_finds_triggers_divided_links_and_old_answers_only_where_there_are_answers() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    assert!(!found(dir, &[]).iter().any(|(rule, _)| is_of_answers(rule)));
    std::fs::write(
        dir.join("a.csv"),
        "set,question,respondent,answer,on\n\
         critical-success-factors,clarity.scope,Ada,1,2026-01-10\n\
         critical-success-factors,clarity.scope,Ben,4,2026-01-10\n\
         links,digital-rounds -> fill-sensors,Ada,1,2026-01-10\n",
    )
    .unwrap();
    let map: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(MAP).unwrap()).unwrap();
    let link = &map["links"][0];
    let question = format!("{} -> {}", link["from"].as_str().unwrap(), link["to"].as_str().unwrap());
    let votes: String = ["1", "1", "4", "4"]
        .iter()
        .zip(["Ada", "Ben", "Cem", "Dee"])
        .map(|(vote, name)| format!("links,{question},{name},{vote},2026-01-10\n"))
        .collect();
    std::fs::write(
        dir.join("a.csv"),
        format!(
            "set,question,respondent,answer,on\n\
             critical-success-factors,clarity.scope,Ada,1,2026-01-10\n\
             critical-success-factors,clarity.scope,Ben,4,2026-01-10\n{votes}"
        ),
    )
    .unwrap();
    let all = found(dir, &["--answers", "a.csv", "--as-of", "2027-03-01"]);
    let said: Vec<&str> = all
        .iter()
        .filter(|(rule, _)| is_of_answers(rule))
        .map(|(_, message)| message.as_str())
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter().any(|said| said.starts_with("people disagree whether")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|said| said.contains("1 of 2 below “tend to agree”") && said.contains("no risk on the map")),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|said| said.contains("last answered on 2026-01-10, 415 days before")),
        "{said:?}"
    );
    // A year later to the day still counts.
    let fresh = found(dir, &["--answers", "a.csv", "--as-of", "2027-01-10"]);
    assert!(!fresh.iter().any(|(rule, _)| rule == "health-check-out-of-date"));
    // A trigger that was taken up is one no more.
    let added = run(
        dir,
        &[
            "survey",
            "triggers",
            MAP,
            "--answers",
            "a.csv",
            "--add",
            "-o",
            "with.json",
        ],
    );
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    let done = run(
        dir,
        &[
            "check",
            "with.json",
            "--profile",
            "audit",
            "--answers",
            "a.csv",
            "--as-of",
            "2027-01-10",
            "--format",
            "json",
        ],
    );
    assert!(!out(&done).contains("risk-trigger-not-taken-up"), "{}", out(&done));
}

#[test]
fn answers_belong_to_one_map_and_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, said) in [
        (&["check", MAP, MAP, "--answers", ANSWERS][..], "name only one map"),
        (&["check", MAP, "--answers", "none.csv"], "none.csv"),
        (&["check", MAP, "--questions", "own.json"], "--answers"),
        (
            &[
                "report",
                "business-case",
                MAP,
                "--answers",
                "none.csv",
                "-o",
                "case.html",
            ],
            "none.csv",
        ),
        (
            &["report", "audit", MAP, "--answers", "none.csv", "-o", "case.html"],
            "none.csv",
        ),
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", err(&done));
        assert!(err(&done).contains(said), "{arguments:?}: {}", err(&done));
        assert!(!folder.path().join("case.html").exists());
    }
}

#[test]
fn a_business_case_and_an_audit_report_have_the_health_check_where_people_were_asked() {
    let folder = tempfile::tempdir().unwrap();
    let written = |arguments: &[&str]| {
        let mut all = vec!["report"];
        all.extend(arguments);
        all.extend(["-o", "page.html"]);
        let done = run(folder.path(), &all);
        assert_eq!(done.status.code(), Some(0), "{}", err(&done));
        std::fs::read_to_string(folder.path().join("page.html")).unwrap()
    };
    let day = ["--as-of", "2028-04-01"];
    let of = |kind: &str, more: &[&str]| written(&[&[kind, MAP][..], &day, more].concat());
    for kind in ["business-case", "audit"] {
        assert!(!of(kind, &[]).contains("Health check"), "{kind}");
        let page = of(kind, &["--answers", ANSWERS]);
        assert!(page.contains("Health check"), "{kind}");
        assert!(page.contains("Statements that somebody disagrees with"), "{kind}");
    }
    let board = of("business-case", &["--answers", ANSWERS, "--for", "board"]);
    assert!(board.contains("Health check") && !board.contains("how people answered, weakest first"));
    let alone = of("business-case", &["--sections", "health-check"]);
    assert!(alone.contains("Nobody has answered a health check yet."));
}
