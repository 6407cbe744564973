//! Measurements as people hand them in: read as tables are, and what is left out is said in what is made of the rest.

use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

use crate::support::program::program;

const MAP: &str = r#"{"format": 1, "title": "Dry cellars", "currency": "GBP",
    "nodes": [{"id": "pumps", "kind": "enabler", "title": "Pumps fitted"},
              {"id": "dry", "kind": "end-outcome", "title": "Cellars stay dry"}],
    "links": [{"from": "pumps", "to": "dry"}],
    "kpis": [{"id": "pumps-in", "node": "pumps", "title": "Pumps fitted", "unit": "pumps", "direction": "increase",
              "baseline": {"date": "2024-03-31", "value": 0}, "targets": [{"date": "2027-03-31", "value": 9000}]},
             {"id": "dry-share", "node": "dry", "title": "Cellars dry all winter", "unit": "%", "direction": "increase",
              "baseline": {"date": "2024-03-31", "value": 40}, "targets": [{"date": "2027-03-31", "value": 70}]}]}"#;

/// A folder with the map.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("map.json"), MAP).unwrap();
    dir
}

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program()).args(args).current_dir(dir).output().unwrap()
}

/// What `status` writes and says of these rows, and its exit code.
fn status(rows: impl AsRef<[u8]>, more: &[&str]) -> (String, String, i32) {
    let dir = folder();
    std::fs::write(dir.path().join("m.csv"), rows.as_ref()).unwrap();
    let args = ["status", "map.json", "--measurements", "m.csv", "--as-of", "2026-04-30"];
    let output = run(dir.path(), &[&args[..], more].concat());
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

#[test]
fn measured_days() {
    let rows = "kpi,date,value\n\
                dry-share,2025-03-31T00:00:00,50\n\
                dry-share,2025-04-30 00:00:00,51\n\
                dry-share,31/05/2025,52\n\
                dry-share,30 June 2025,53\n\
                dry-share,2025/07/31,54\n\
                dry-share,31.08.2025,55\n\
                dry-share,20250930,56\n\
                dry-share,October 2025,57\n\
                pumps-in,2025-03-31,+5\n\
                pumps-in,2025-04-30,\"£1,234\"\n\
                pumps-in,2025-05-31,(250)\n";
    let (out, err, code) = status(rows, &["--all"]);
    assert_eq!(code, 0);
    assert!(!err.contains("left out"), "{err}");
    assert_eq!(err.matches("taken: ").count(), 11, "{err}");
    assert!(
        err.contains("m.csv, row 9, column date: `October 2025` was taken as 2025-10-31, the last day of October 2025")
    );
    assert!(
        out.contains("57% on 2025-10-31") && out.contains("-250 pumps on 2025-05-31"),
        "{out}"
    );
}

#[test]
fn the_count_at_the_end_is_of_all_rows_that_were_left_out() {
    let rows = "kpi,date,value\ndry-share,2025-03-31\ndry-share,2025-06-30,63,a,b,c\n";
    let (out, err, code) = status(rows, &["--strict"]);
    assert_eq!(code, 1);
    assert!(err.ends_with("2 of 2 rows left out\n"), "{err}");
    assert!(
        out.contains("2 of 2 rows of measurements were left out: 1 lacks its KPI, its date or its value (m.csv, row 2); 1 has more cells"),
        "{out}"
    );
    // The same rows are no reason to fail where nobody asks.
    assert_eq!(status(rows, &[]).2, 0);
    let (_, _, code) = status("kpi,date,value\ndry-share,2025-03-31,50\n", &["--strict"]);
    assert_eq!(code, 0);
}

#[test]
fn the_column_settles_what_a_value_means() {
    let (out, err, _) = status(
        "kpi;date;value\npumps-in;2025-03-31;4.000\npumps-in;2026-03-31;8.500,5\n",
        &["--all"],
    );
    assert!(out.contains("8,500.5 pumps on 2026-03-31"), "{out}");
    assert!(
        err.contains("m.csv, row 2, column value: `4.000` was taken as 4000"),
        "{err}"
    );
    let open = "kpi;date;value\npumps-in;2026-03-31;4.000\n";
    let (out, err, _) = status(open, &[]);
    assert!(
        out.contains("1 of 1 row of measurements was left out: 1 has a value that can be two numbers"),
        "{out}"
    );
    assert!(err.contains("--decimal point or --decimal comma"), "{err}");
    assert!(status(open, &["--decimal", "comma"]).0.contains("4,000 pumps on"));
    assert!(status(open, &["--decimal", "point"]).0.contains(" 4 pumps on"));
    let dates = "kpi,date,value\npumps-in,01/04/2025,7\n";
    assert!(status(dates, &[]).1.contains("--dates dmy or --dates mdy"));
    assert!(status(dates, &["--dates", "dmy"]).0.contains("7 pumps on 2025-04-01"));
}

#[test]
fn rows_above_the_names_of_the_columns_and_windows_1252_are_read_and_told() {
    let (out, err, _) = status(
        &b"Caf\xE9 readings,,\n,,\nkpi,date,value\npumps-in,2026-03-31,7\nd\xE9p\xF4t,2026-03-31,1\n"[..],
        &[],
    );
    assert!(out.contains("7 pumps on 2026-03-31"), "{out}");
    assert!(err.contains("2 rows above the column names were left out"), "{err}");
    assert!(err.contains("read as Windows-1252, as in `d\u{e9}p\u{f4}t`"), "{err}");
}

#[test]
fn measurements_that_nobody_tells_of() {
    let (_, err, code) = status("", &[]);
    assert_eq!(code, 2);
    assert!(err.contains("m.csv is empty"), "{err}");
    let (_, err, code) = status("kpi,date,value\n", &[]);
    assert_eq!(code, 0);
    assert!(err.contains("m.csv has column names but no rows"), "{err}");
    let rows = "kpi,date,value\ndry-share,2026-03-31,52\ndry-share,2082-06-30,60\ndry-share,2027-01-31,61\n";
    let (out, err, _) = status(rows, &[]);
    assert!(
        err.contains("m.csv, row 3, column date: 2082-06-30 is after the reporting date"),
        "{err}"
    );
    assert!(
        err.contains("m.csv, row 4, column date: 2027-01-31 is after the reporting date"),
        "{err}"
    );
    assert!(out.contains("1 of 3 rows of measurements was left out"), "{out}");
}

#[test]
fn measurements_come_from_workbooks_too() {
    let dir = folder();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("measurements").unwrap();
    sheet.write_row(0, 0, ["kpi", "date", "value"]).unwrap();
    let percent = Format::new().set_num_format("0.0%");
    sheet.write_row(1, 0, ["dry-share", "31/03/2026"]).unwrap();
    sheet.write_number_with_format(1, 2, 0.615, &percent).unwrap();
    sheet.write_row(2, 0, ["Pumps fitted", "2026-03-31"]).unwrap();
    sheet.write_number(2, 2, 1.234).unwrap();
    book.save(dir.path().join("m.xlsx")).unwrap();
    let output = run(
        dir.path(),
        &[
            "status",
            "map.json",
            "--measurements",
            "m.xlsx",
            "--as-of",
            "2026-04-30",
        ],
    );
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(
        out.contains("61.5% on 2026-03-31") && out.contains("1.234 pumps on 2026-03-31"),
        "{out}"
    );
}

#[test]
fn documents_say_what_was_left_out() {
    let dir = folder();
    let rows = "kpi,date,value\ndry-share,2026-03-31,52\nwet-share,2026-03-31,52\n";
    std::fs::write(dir.path().join("m.csv"), rows).unwrap();
    let given = ["map.json", "--measurements", "m.csv", "--as-of", "2026-04-30"];
    let said = "1 of 2 rows of measurements was left out: 1 names a KPI that the map does not have (m.csv, row 3).";
    for words in [&["status"][..], &["escalate"], &["escalate", "--format", "markdown"]] {
        let output = run(dir.path(), &[words, &given].concat());
        let out = String::from_utf8(output.stdout)
            .unwrap()
            .replace(['\n', '\\'], " ")
            .replace("  ", " ");
        assert!(
            out.contains("1 of 2 rows of measurements was left out"),
            "{words:?}: {out}"
        );
    }
    let output = run(dir.path(), &[&["status", "--format", "json"], &given[..]].concat());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let measurements = &json["measurements"];
    assert_eq!(
        (&measurements["rows"], &measurements["left_out"]),
        (&2.into(), &1.into())
    );
    assert_eq!(measurements["reasons"][0]["reason"], "unknown-kpi");
    assert_eq!(measurements["reasons"][0]["first"][0]["row"], 3);
    for (words, file) in [
        (&["report", "business-case"], "case.md"),
        (&["report", "audit"], "audit.html"),
    ] {
        let args = [&words[..], &given, &["-o", file]].concat();
        let output = run(dir.path(), &args);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let written = std::fs::read_to_string(dir.path().join(file))
            .unwrap()
            .replace('\\', "");
        assert!(written.contains(said), "{file}");
    }
}
