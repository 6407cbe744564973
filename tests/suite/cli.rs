//! The command line as a person or a script meets it: what it prints, what it writes, how it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::folder::names;
use crate::support::program::{listed, program};
use tempfile::TempDir;

/// The binary, with nothing of this machine's environment that could change what it says.
fn benefit_map() -> Command {
    let mut command = Command::new(program());
    command.env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", "1774958400"); // 2026-03-31
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    benefit_map().current_dir(dir).args(args).output().unwrap()
}

fn run_with_input(dir: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = benefit_map()
        .current_dir(dir)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The commands as the help lists them.
fn commands(args: &[&str]) -> Vec<String> {
    if args.is_empty() {
        return crate::support::program::names();
    }
    let help = benefit_map().args(args).arg("--help").output().unwrap();
    listed(&out(&help))
}

/// Every command line that has a help page of its own.
fn help_pages() -> Vec<Vec<String>> {
    let mut pages = vec![Vec::new()];
    for command in commands(&[]) {
        let below = commands(&[&command]);
        pages.push(vec![command.clone()]);
        pages.extend(below.into_iter().map(|sub| vec![command.clone(), sub]));
    }
    pages
}

#[test]
fn the_first_hour_works_from_an_empty_folder() {
    let dir = TempDir::new().unwrap();
    let made = run(
        dir.path(),
        &["new", "map.json", "--title", "Libraries <open> & \"free\""],
    );
    assert_eq!(code(&made), 0, "{}", err(&made));
    assert!(
        err(&made).contains("benefit-map draw map.json"),
        "it says what to do next: {}",
        err(&made)
    );
    let map = fs::read_to_string(dir.path().join("map.json")).unwrap();
    assert!(map.contains(r#""title": "Libraries <open> & \"free\"""#));

    let check = run(dir.path(), &["check", "map.json", "--profile", "workshop"]);
    assert_eq!(code(&check), 0, "the starter is clean in a workshop:\n{}", out(&check));
    // For a business case it is not: what `new` wrote is still to be replaced.
    let check = run(dir.path(), &["check", "map.json", "--profile", "business-case"]);
    assert_eq!(code(&check), 1, "{}", out(&check));
    assert!(out(&check).contains("BM115"), "{}", out(&check));
    let draw = run(dir.path(), &["draw", "map.json", "-o", "map.svg"]);
    assert_eq!(code(&draw), 0, "{}", err(&draw));
    let svg = fs::read_to_string(dir.path().join("map.svg")).unwrap();
    assert!(
        svg.starts_with("<svg") && svg.contains("Libraries &lt;open&gt; &amp;"),
        "text is escaped"
    );
    assert_eq!(names(dir.path()), ["map.json", "map.svg"], "no rubbish is left");
}

#[test]
fn a_map_that_is_there_is_not_overwritten_by_new() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("map.json"), "precious").unwrap();
    let again = run(dir.path(), &["new", "map.json"]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("map.json"), "{}", err(&again));
    assert_eq!(fs::read_to_string(dir.path().join("map.json")).unwrap(), "precious");
}

#[test]
fn the_demo_writes_everything_once_and_says_what_to_open() {
    let dir = TempDir::new().unwrap();
    let demo = run(dir.path(), &["demo", "d"]);
    assert_eq!(code(&demo), 0, "{}", err(&demo));
    let written = names(&dir.path().join("d"));
    for name in [
        "answers.csv",
        "case.docx",
        "charts.svg",
        "check.txt",
        "draft-check.txt",
        "draft.json",
        "kpis.csv",
        "map.html",
        "map.json",
        "map.svg",
        "measurements.csv",
        "slides.pptx",
        "status.txt",
        "trajectory.csv",
    ] {
        assert!(written.iter().any(|w| w == name), "{name} among {written:?}");
        assert!(err(&demo).contains(name), "it speaks of {name}: {}", err(&demo));
    }
    // Again over the same files: nothing to do, nothing lost.
    assert_eq!(code(&run(dir.path(), &["demo", "d"])), 0);
    // A file that somebody changed is theirs.
    fs::write(dir.path().join("d/map.svg"), "mine").unwrap();
    let refused = run(dir.path(), &["demo", "d"]);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("map.svg"), "{}", err(&refused));
    assert_eq!(fs::read_to_string(dir.path().join("d/map.svg")).unwrap(), "mine");
}

#[test]
fn the_picture_of_the_readme_is_what_the_demo_draws() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["demo", "d"])), 0);
    let drawn = fs::read_to_string(dir.path().join("d/map.svg")).unwrap();
    crate::support::golden::assert_same("docs/images/smart-waste.svg", &drawn);
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(readme.contains("](docs/images/smart-waste.svg)"));
}

/// The example map with its measurements, in a folder of their own.
fn smart_waste() -> TempDir {
    let dir = TempDir::new().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste");
    for name in ["map.json", "measurements.csv"] {
        fs::copy(from.join(name), dir.path().join(name)).unwrap();
    }
    dir
}

#[test]
fn charts_show_one_kpi_or_those_of_a_node_an_owner_or_the_map() {
    let dir = smart_waste();
    let chart = |more: &[&str]| {
        let mut args = vec![
            "chart",
            "map.json",
            "--measurements",
            "measurements.csv",
            "--as-of",
            "2028-04-01",
        ];
        args.extend(more);
        run(dir.path(), &args)
    };
    let one = chart(&["--kpi", "contamination-rate"]);
    assert_eq!(code(&one), 0, "{}", err(&one));
    let svg = out(&one);
    // 14.5 in the file of measurements; half-way from 14 to 9 in two years 11.5 is planned, and 3 / 11.5 is 26%.
    assert!(
        svg.contains("off track: 14.5% on 31 March 2028, 26% above plan"),
        "{svg}"
    );
    assert!(
        svg.contains("It starts from 14.5 on 31 March 2026."),
        "the description tells it too"
    );

    let count = |output: &Output| out(output).matches("class=\"baseline\"").count();
    // One in the key; the others in a chart each. Counted by hand in the example map.
    assert_eq!(count(&chart(&["--node", "fewer-km"])), 1 + 1);
    assert!(count(&chart(&["--owner", "dir-place"])) > 2);
    assert_eq!(count(&chart(&[])), 1 + 29);

    for (more, hint) in [
        (["--kpi", "contaminaton-rate"], "contamination-rate"),
        (["--node", "fewer-kms"], "fewer-km"),
        (["--owner", "dir-plaice"], "dir-place"),
    ] {
        let refused = chart(&more);
        assert_eq!(code(&refused), 2, "{more:?}");
        assert!(err(&refused).contains(hint), "{}", err(&refused));
    }
    assert_eq!(
        code(&chart(&["--kpi", "rounds-km", "--owner", "dir-place"])),
        2,
        "one choice at a time"
    );
}

#[test]
fn the_chart_of_the_tracking_page_is_what_is_drawn() {
    let dir = smart_waste();
    let drawn = run(
        dir.path(),
        &[
            "chart",
            "map.json",
            "--measurements",
            "measurements.csv",
            "--as-of",
            "2028-04-01",
            "--kpi",
            "rounds-km",
        ],
    );
    assert_eq!(code(&drawn), 0, "{}", err(&drawn));
    let svg = out(&drawn);
    // The figures that stand in the example's files.
    for words in [
        "baseline 5,200 km",
        "target 3,900 km",
        "measured 4,315 km",
        "as of 1 April 2028",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    crate::support::golden::assert_same("docs/images/rounds-km.svg", &svg);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tracking.md")).unwrap();
    assert!(page.contains("](images/rounds-km.svg)"));
}

#[test]
fn measurements_put_the_status_of_kpis_on_the_map() {
    let dir = smart_waste();
    let plain = out(&run(dir.path(), &["draw", "map.json", "--as-of", "2028-04-01"]));
    let with = run(
        dir.path(),
        &[
            "draw",
            "map.json",
            "--measurements",
            "measurements.csv",
            "--as-of",
            "2028-04-01",
        ],
    );
    assert_eq!(code(&with), 0, "{}", err(&with));
    for words in ["KPI on track", "KPI off track", "Target missed"] {
        assert!(out(&with).contains(words), "{words}");
        assert!(!plain.contains(words), "{words}");
    }
}

#[test]
fn exit_codes_tell_clean_findings_and_failure_apart() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "good.json"])), 0);
    let orphan = r#"{"format": 1, "title": "t", "nodes": [{"id": "a", "kind": "enabler", "title": "Sensors"}]}"#;
    fs::write(dir.path().join("orphan.json"), orphan).unwrap();
    fs::write(dir.path().join("bad.json"), "{\"format\": 1,\n \"titel\": \"t\"}").unwrap();

    assert_eq!(
        code(&run(dir.path(), &["check", "good.json", "--profile", "outline"])),
        0
    );
    let findings = run(dir.path(), &["check", "orphan.json"]);
    assert_eq!(code(&findings), 1, "{}", out(&findings));
    assert!(
        out(&findings).contains("orphan.json:1:"),
        "the place stands in the text: {}",
        out(&findings)
    );
    let bad = run(dir.path(), &["check", "bad.json"]);
    assert_eq!(code(&bad), 2);
    assert!(
        err(&bad).contains("bad.json:2:2") && err(&bad).contains("did you mean `title`"),
        "{}",
        err(&bad)
    );
    for missing in [
        &["check", "nothing.json"][..],
        &["draw", "nothing.json"],
        &["check", "."],
        &["nonsense"],
        &["explain", "BM999"],
    ] {
        assert_eq!(code(&run(dir.path(), missing)), 2, "{missing:?}");
    }
}

#[test]
fn bad_input_leaves_every_file_as_it_was() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("bad.json"), "{\"format\": 1,").unwrap();
    fs::write(dir.path().join("out.svg"), "before").unwrap();
    for args in [
        &["draw", "bad.json", "-o", "out.svg"][..],
        &["kpis", "bad.json", "--format", "csv", "-o", "out.svg"],
        &["trajectory", "bad.json", "--format", "csv", "-o", "out.svg"],
        &["fmt", "bad.json"],
        &["export", "tables", "bad.json", "-o", "tables"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(err(&output).contains("bad.json"), "{args:?}: {}", err(&output));
    }
    assert_eq!(fs::read_to_string(dir.path().join("out.svg")).unwrap(), "before");
    assert_eq!(
        fs::read_to_string(dir.path().join("bad.json")).unwrap(),
        "{\"format\": 1,"
    );
    assert_eq!(names(dir.path()), ["bad.json", "out.svg"]);
}

#[test]
fn fmt_changes_a_file_once_and_check_says_which() {
    let dir = TempDir::new().unwrap();
    let map = "\u{feff}{\"title\":\"t\",\r\n\"format\":1,\"nodes\":[{\"id\":\"b\",\"kind\":\"enabler\",\"title\":\"B\"},{\"id\":\"a\",\"kind\":\"enabler\",\"title\":\"A\"}]}";
    fs::write(dir.path().join("map.json"), map).unwrap();
    let check = run(dir.path(), &["fmt", "--check", "map.json"]);
    assert_eq!(code(&check), 1);
    assert!(err(&check).contains("map.json"));
    assert_eq!(
        fs::read_to_string(dir.path().join("map.json")).unwrap(),
        map,
        "--check writes nothing"
    );
    assert_eq!(code(&run(dir.path(), &["fmt", "map.json"])), 0);
    let written = fs::read_to_string(dir.path().join("map.json")).unwrap();
    assert!(written.starts_with("{\n  \"format\": 1,") && written.ends_with("}\n"));
    assert!(
        written.find("\"a\"").unwrap() < written.find("\"b\"").unwrap(),
        "nodes stand in order"
    );
    assert_eq!(code(&run(dir.path(), &["fmt", "--check", "map.json"])), 0);
    // The same through the streams.
    let piped = run_with_input(dir.path(), &["fmt", "-"], map.as_bytes());
    assert_eq!(out(&piped), written);
}

#[test]
fn a_map_is_read_from_standard_input() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    let map = fs::read(dir.path().join("map.json")).unwrap();
    for args in [
        &["check", "-", "--profile", "workshop"][..],
        &["draw", "-"],
        &["kpis", "-"],
        &["trajectory", "-"],
    ] {
        let output = run_with_input(dir.path(), args, &map);
        assert_eq!(code(&output), 0, "{args:?}: {}{}", out(&output), err(&output));
    }
    let bad = run_with_input(dir.path(), &["check", "-"], b"\xff");
    assert!(code(&bad) == 2 && err(&bad).contains("<stdin>"), "{}", err(&bad));
}

#[test]
fn a_reader_that_closes_the_pipe_is_success() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    let mut child = benefit_map()
        .current_dir(dir.path())
        .args(["schema"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
}

#[test]
fn every_help_page_shows_an_example_that_names_the_command() {
    let pages = help_pages();
    assert!(pages.len() >= 15, "{pages:?}");
    for page in pages {
        let help = benefit_map().args(&page).arg("--help").output().unwrap();
        let text = out(&help);
        assert_eq!(code(&help), 0);
        if commands(&page.iter().map(String::as_str).collect::<Vec<_>>()).is_empty() || page.is_empty() {
            let example = format!("  benefit-map {}", page.join(" "));
            assert!(
                text.contains("Example") && text.contains(example.trim_end()),
                "{page:?}:\n{text}"
            );
        }
    }
}

#[test]
fn the_command_line_page_is_what_help_says() {
    let mut page = String::from(
        "# The command line\n\nWhat `benefit-map --help` and the help of each command print. Exit codes: 0 clean, 1 findings, 2 could not run.\n",
    );
    for words in help_pages() {
        let help = benefit_map()
            .args(&words)
            .arg("--help")
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let title = format!("benefit-map {}", words.join(" "));
        page.push_str(&format!("\n## `{}`\n\n```text\n{}```\n", title.trim_end(), out(&help)));
    }
    crate::support::golden::assert_same("docs/cli.md", &page);
}

#[test]
fn completions_and_manual_pages_come_from_the_same_definitions() {
    let dir = TempDir::new().unwrap();
    // The scripts of the other shells ask the program.
    for shell in ["powershell", "elvish"] {
        let output = run(dir.path(), &["completions", shell]);
        assert_eq!(code(&output), 0);
        for command in commands(&[]) {
            assert!(out(&output).contains(&command), "{shell} completes `{command}`");
        }
    }
    let man = run(dir.path(), &["man", "-o", "man"]);
    assert_eq!(code(&man), 0, "{}", err(&man));
    let pages = names(&dir.path().join("man"));
    for words in help_pages() {
        let name = format!(
            "{}.1",
            [&["benefit-map".to_owned()], words.as_slice()].concat().join("-")
        );
        assert!(pages.contains(&name), "{name} among {pages:?}");
    }
}

#[test]
fn focus_on_a_node_that_is_not_there_is_an_error_with_a_hint() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    let output = run(dir.path(), &["draw", "map.json", "--focus", "kiosk"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean `kiosks`?"), "{}", err(&output));
}

#[test]
fn sheets_stand_beside_the_named_file_and_replace_nothing_unasked() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["demo", "d"])), 0);
    let draw = |more: &[&str]| {
        run(
            dir.path(),
            &[&["draw", "d/map.json", "-o", "m.svg", "--paper", "a3"][..], more].concat(),
        )
    };
    let one = draw(&["--overview"]);
    assert_eq!(code(&one), 0, "{}", err(&one));
    assert!(names(dir.path()).contains(&"m.svg".to_owned()));
    // A sheet so small that the map cannot stand on one: a portrait A4 holds a column or two.
    let large = "{\"format\": 1, \"nodes\": [".to_owned()
        + &(0..200)
            .map(|n| format!("{{\"id\": \"n{n}\", \"kind\": \"enabler\", \"title\": \"Node {n}\"}}"))
            .collect::<Vec<_>>()
            .join(",")
        + "]}";
    fs::write(dir.path().join("large.json"), large).unwrap();
    let several = run(dir.path(), &["draw", "large.json", "-o", "p.svg", "--paper", "a4"]);
    assert_eq!(code(&several), 0, "{}", err(&several));
    let there = names(dir.path());
    assert!(
        there.contains(&"p-1.svg".to_owned()) && there.contains(&"p-2.svg".to_owned()),
        "{there:?}"
    );
    assert!(!there.contains(&"p.svg".to_owned()));
    let again = run(dir.path(), &["draw", "large.json", "-o", "p.svg", "--paper", "a4"]);
    assert_eq!(code(&again), 2);
    assert!(
        err(&again).contains("p-1.svg") && err(&again).contains("--replace"),
        "{}",
        err(&again)
    );
    let replaced = run(
        dir.path(),
        &["draw", "large.json", "-o", "p.svg", "--paper", "a4", "--replace"],
    );
    assert_eq!(code(&replaced), 0, "{}", err(&replaced));
    let nowhere = run(dir.path(), &["draw", "large.json", "--paper", "a4"]);
    assert_eq!(code(&nowhere), 2, "several sheets do not go down one pipe");
}

#[test]
fn colours_are_for_terminals_or_on_request() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("bad.json"), "[]").unwrap();
    assert!(!err(&run(dir.path(), &["check", "bad.json"])).contains('\x1b'));
    assert!(err(&run(dir.path(), &["check", "bad.json", "--color", "always"])).contains('\x1b'));
}

#[test]
fn an_output_of_unknown_kind_is_refused_before_anything_is_written() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    let output = run(dir.path(), &["draw", "map.json", "-o", "map.docm"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("map.docm"), "{}", err(&output));
    assert_eq!(names(dir.path()), ["map.json"]);
}

#[test]
fn tables_go_out_and_come_back() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    assert_eq!(code(&run(dir.path(), &["export", "tables", "map.json", "-o", "t"])), 0);
    let again = run(dir.path(), &["export", "tables", "map.json", "-o", "t"]);
    assert_eq!(code(&again), 2, "tables that are there are not replaced unasked");
    assert!(err(&again).contains("--replace"), "{}", err(&again));
    assert_eq!(
        code(&run(
            dir.path(),
            &["export", "tables", "map.json", "-o", "t", "--replace"]
        )),
        0
    );
    let back = run(dir.path(), &["import", "tables", "t", "-o", "back.json"]);
    assert_eq!(code(&back), 0, "{}", err(&back));
    assert_eq!(
        fs::read_to_string(dir.path().join("map.json")).unwrap(),
        fs::read_to_string(dir.path().join("back.json")).unwrap()
    );
}

#[test]
fn a_workbook_goes_out_and_comes_back() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    for name in ["a.xlsx", "b.xlsx"] {
        let out = run(dir.path(), &["export", "xlsx", "map.json", "-o", name]);
        assert_eq!(code(&out), 0, "{}", err(&out));
    }
    let bytes = fs::read(dir.path().join("a.xlsx")).unwrap();
    assert_eq!(bytes, fs::read(dir.path().join("b.xlsx")).unwrap(), "the same bytes");
    let back = run(dir.path(), &["import", "xlsx", "a.xlsx", "-o", "back.json"]);
    assert_eq!(code(&back), 0, "{}", err(&back));
    assert_eq!(
        fs::read_to_string(dir.path().join("map.json")).unwrap(),
        fs::read_to_string(dir.path().join("back.json")).unwrap()
    );
    assert_eq!(
        err(&back).lines().count(),
        1,
        "nothing had to be decided: {}",
        err(&back)
    );
    // What is no workbook is refused, and nothing is written.
    let refused = run(dir.path(), &["import", "xlsx", "map.json", "-o", "no.json"]);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("map.json is a benefit map"), "{}", err(&refused));
    assert!(!dir.path().join("no.json").exists());
}

#[test]
fn registers_are_workbooks_where_the_name_says_so() {
    let dir = TempDir::new().unwrap();
    assert_eq!(code(&run(dir.path(), &["new", "map.json"])), 0);
    for command in ["register", "kpis", "trajectory"] {
        for (name, begins) in [("r.csv", &b"id,"[..]), ("r.XLSX", b"PK")] {
            let output = run(dir.path(), &[command, "map.json", "-o", name]);
            assert_eq!(code(&output), 0, "{command}: {}", err(&output));
            let bytes = fs::read(dir.path().join(name)).unwrap();
            let kpi = command == "trajectory" && bytes.starts_with(b"kpi,");
            assert!(bytes.starts_with(begins) || kpi, "{command} {name}");
        }
        let refused = run(dir.path(), &[command, "map.json", "-o", "r.ods"]);
        assert_eq!(code(&refused), 2);
        assert!(
            err(&refused).contains("r.ods") && err(&refused).contains(".xlsx"),
            "{}",
            err(&refused)
        );
    }
}
