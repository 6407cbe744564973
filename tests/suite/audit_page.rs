//! The auditor's tour: every command on the page runs, and ends as the page says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::program::program;
use crate::support::program::run_in_2028 as run;
use tempfile::TempDir;

fn ended(output: &Output, expected: i32, what: &str) -> String {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(expected), "{what}: {err}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with the example map, its measurements, and the map before four edits.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste");
    let map = fs::read_to_string(example.join("map.json")).unwrap();
    fs::write(dir.path().join("map.json"), &map).unwrap();
    fs::copy(example.join("measurements.csv"), dir.path().join("measurements.csv")).unwrap();
    let mut old: benefit_map::map::BenefitMap = serde_json::from_str(&map).unwrap();
    let last = old.kpis.iter_mut().find(|kpi| kpi.id.as_str() == "rounds-km").unwrap();
    last.targets[0].value = benefit_map::map::Number::from(4900);
    last.tolerance.as_mut().unwrap().red = Some("0.05".parse().unwrap());
    let risk = old.risks.iter_mut().find(|risk| risk.id.as_str() == "driver-shortage");
    risk.unwrap().impact = Some(benefit_map::map::Score::new(5).unwrap());
    old.nodes
        .iter_mut()
        .find(|node| node.id.as_str() == "dynamic-rounds")
        .unwrap()
        .owner = None;
    fs::write(dir.path().join("old.json"), benefit_map::file::write(&old)).unwrap();
    dir
}

/// The words of a command line; quotes hold blanks together.
fn words(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => out.push(String::new()),
            c => out.last_mut().unwrap().push(c),
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

#[test]
fn every_command_of_the_tour_ends_as_the_page_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/audit.md")).unwrap();
    let dir = folder();
    let mut ran = 0;
    for block in page.split("```sh\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            let (command, expected) = match line.split_once("#") {
                Some((command, comment)) => (command, comment.trim().trim_start_matches("exit ").parse().unwrap()),
                None => (line, 0),
            };
            let args = words(command.trim());
            assert_eq!(args[0], "benefit-map");
            let args: Vec<&str> = args[1..].iter().map(String::as_str).collect();
            ended(&run(dir.path(), &args), expected, line);
            ran += 1;
        }
    }
    assert!(ran >= 15, "{ran} commands");
    for written in [
        "owners.xlsx",
        "matrix.html",
        "changes.svg",
        "map.seal.json",
        "audit.html",
    ] {
        assert!(dir.path().join(written).is_file(), "{written}");
    }
    let svg = fs::read_to_string(dir.path().join("changes.svg")).unwrap();
    assert!(svg.contains(">Changed<"), "a change is marked by a word");
    let page = fs::read_to_string(dir.path().join("audit.html")).unwrap();
    for part in [
        "Summary",
        "Coverage",
        "Traceability",
        "Findings",
        "Evidence",
        "Reviews",
        "Changes",
        "Accepted findings",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script"), "no script is needed");
    assert!(page.contains("lang=\"en-GB\"") && page.contains("<th scope=\"col\""));
}

/// The text without the numbers of lines, which move with the example.
fn without_lines(text: &str) -> String {
    let mut parts = text.split("(map.json:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "(map.json:";
        out += part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out
}

#[test]
fn the_tour_shows_what_diff_calls_out() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/audit.md")).unwrap();
    let shown = page
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let dir = folder();
    let mut args = vec!["diff", "old.json", "map.json"];
    args.extend(["--measurements", "measurements.csv", "--as-of", "2028-04-01"]);
    let told = ended(&run(dir.path(), &args), 1, "diff");
    assert!(without_lines(&told).starts_with(&without_lines(shown)), "{told}");
}

#[test]
fn the_tour_goes_through_every_reason_and_every_field() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/audit.md")).unwrap();
    for word in benefit_map::audit::Reason::WORDS {
        assert!(page.contains(&format!("`{word}`")), "{word}");
    }
    let schema: serde_json::Value = serde_json::from_str(&benefit_map::file::schema()).unwrap();
    let mut fields = 0;
    for (record, name) in [
        ("Kpi", "kpi"),
        ("MeasurementPlan", "kpi.measurement"),
        ("Node", "node"),
        ("Link", "link"),
        ("Risk", "risk"),
        ("Activity", "activity"),
        ("Owner", "owner"),
        ("Partner", "partner"),
    ] {
        let properties = schema["$defs"][record]["properties"].as_object().unwrap();
        for field in properties
            .keys()
            .filter(|field| !["id", "from", "to", "measurement"].contains(&field.as_str()))
        {
            // The first field of a row is named with its record, others of the row by themselves.
            let row = page.lines().any(|line| {
                let first = line.split('|').nth(1).unwrap_or_default();
                first.contains(&format!("`{name}.{field}`"))
                    || first.contains(&format!("`{name}.")) && first.contains(&format!("`{field}`"))
            });
            assert!(row, "{name}.{field}");
            fields += 1;
        }
    }
    assert!(fields > 50, "{fields} fields");
}

#[test]
fn a_revision_of_git_is_compared_and_what_git_has_not_is_a_clear_error() {
    let dir = folder();
    let git = |args: &[&str]| {
        let done = Command::new("git").current_dir(dir.path()).args(args).output();
        done.is_ok_and(|done| done.status.success())
    };
    let told = run(dir.path(), &["diff", "--git", "HEAD", "map.json"]);
    ended(&told, 2, "no repository");
    if !git(&["init", "-q"]) {
        crate::support::skip::skip("the program git is missing");
        return;
    }
    let err = |args: &[&str]| {
        let output = run(dir.path(), args);
        ended(&output, 2, &args.join(" "));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(err(&["diff", "--git", "HEAD", "map.json"]).contains("no revision `HEAD`"));
    fs::copy(dir.path().join("map.json"), dir.path().join("new.json")).unwrap();
    fs::copy(dir.path().join("old.json"), dir.path().join("map.json")).unwrap();
    assert!(git(&["add", "map.json"]));
    let identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
    ];
    assert!(git(&[&identity[..], &["commit", "-q", "-m", "old"]].concat()));
    ended(&run(dir.path(), &["diff", "--git", "HEAD", "map.json"]), 0, "the same");
    fs::copy(dir.path().join("new.json"), dir.path().join("map.json")).unwrap();
    let text = ended(&run(dir.path(), &["diff", "--git", "HEAD", "map.json"]), 1, "two edits");
    assert!(
        text.contains("~ changed node dynamic-rounds") && text.contains("~ changed kpi rounds-km"),
        "{text}"
    );
    assert!(err(&["diff", "--git", "nothing", "map.json"]).contains("no revision `nothing`"));
    assert!(err(&["diff", "--git", "--help", "map.json"]).contains("not a git revision") || git(&["--version"]));
    assert!(err(&["diff", "--git", "HEAD", "new.json"]).contains("does not have the file new.json"));
}

#[test]
fn without_the_program_git_the_way_round_is_told() {
    let dir = folder();
    let told = Command::new(program())
        .current_dir(dir.path())
        .args(["diff", "--git", "HEAD", "map.json"])
        .env("PATH", dir.path())
        .output()
        .unwrap();
    ended(&told, 2, "no git");
    let err = String::from_utf8_lossy(&told.stderr);
    assert!(
        err.contains("`git` is not installed: install it, or name both maps as files"),
        "{err}"
    );
}

#[cfg(feature = "web")]
#[test]
fn the_report_has_no_barriers() {
    use crate::support::webdriver::Browser;
    let dir = folder();
    let seal = [
        "seal",
        "old.json",
        "--measurements",
        "measurements.csv",
        "-o",
        "map.seal.json",
        "--on",
        "2028-03-01",
    ];
    ended(&run(dir.path(), &seal), 0, "seal");
    let as_of = ["--as-of", "2028-04-01"];
    let measured = ["--measurements", "measurements.csv"];
    let seals = ["--seals", "map.seal.json"];
    let audit = [
        &["report", "audit", "map.json", "-o", "audit.html"][..],
        &as_of,
        &measured,
        &seals,
    ]
    .concat();
    ended(&run(dir.path(), &audit), 0, "audit");
    let case = [
        &["report", "business-case", "map.json", "-o", "case.html"][..],
        &as_of,
        &measured,
    ]
    .concat();
    ended(&run(dir.path(), &case), 0, "case");
    let matrix = ["trace", "map.json", "-o", "matrix.html"];
    ended(&run(dir.path(), &matrix), 0, "matrix");
    // As wide as a desk, and as a phone: nothing but tables and pictures may be wider, and those scroll by themselves.
    for (width, height) in [(1280, 900), (500, 800)] {
        let Some(browser) = Browser::open(width, height) else {
            return;
        };
        for page in ["audit.html", "case.html", "matrix.html"] {
            browser.go(&format!("file://{}", dir.path().join(page).display()));
            assert_eq!(browser.barriers(), [""; 0], "{page}, {width} px");
            let wider =
                browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(
                wider,
                serde_json::json!(0),
                "{page} does not scroll sideways at {width} px"
            );
        }
    }
}

#[test]
fn a_review_that_cannot_be_written_leaves_the_map_as_it_was() {
    let dir = folder();
    let before = fs::read(dir.path().join("map.json")).unwrap();
    for args in [
        ["review", "map.json", "--agree", "node nothing", "--by", "dir-place"],
        ["review", "map.json", "--agree", "dynamic-rounds", "--by", "nobody"],
    ] {
        ended(&run(dir.path(), &args), 2, &args.join(" "));
        assert_eq!(fs::read(dir.path().join("map.json")).unwrap(), before);
    }
    // A seal file that was touched is left as it is, and nothing is added to it.
    ended(
        &run(dir.path(), &["seal", "map.json", "-o", "s.json", "--on", "2028-04-01"]),
        0,
        "seal",
    );
    let text = fs::read_to_string(dir.path().join("s.json")).unwrap();
    fs::write(dir.path().join("s.json"), text.replacen("2028-04-01", "2028-03-01", 1)).unwrap();
    let touched = fs::read(dir.path().join("s.json")).unwrap();
    let refused = run(dir.path(), &["seal", "map.json", "-o", "s.json"]);
    ended(&refused, 2, "a touched file");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("seal 1 of 2028-03-01 has been edited"));
    assert_eq!(fs::read(dir.path().join("s.json")).unwrap(), touched);
}
