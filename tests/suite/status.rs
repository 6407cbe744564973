//! `status`, `escalate` and `plan` on the command line, and measurements as they come: many files, folders, faults.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::program::program;

fn run(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", "1774958400"); // 2026-03-31
    command.current_dir(dir).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Sensors are to go from 0 to 400 in 400 days, one a day; the cost behind them has no figures of its own.
const MAP: &str = r#"{"format": 1, "title": "t <b>",
    "owners": [{"id": "zoe", "name": "Zoe | Head"}, {"id": "ann", "name": "Ann"}],
    "nodes": [
      {"id": "sensors", "kind": "enabler", "title": "Sensors", "owner": "zoe"},
      {"id": "rounds", "kind": "business-change", "title": "Rounds"},
      {"id": "cost", "kind": "end-outcome", "title": "Lower cost", "owner": "ann"}],
    "links": [{"from": "sensors", "to": "rounds"}, {"from": "rounds", "to": "cost"}],
    "kpis": [
      {"id": "live", "node": "sensors", "title": "Sensors live", "unit": "sensors",
       "baseline": {"date": "2026-01-01", "value": 0}, "targets": [{"date": "2027-02-05", "value": 400}],
       "tolerance": {"amber": 0.05, "red": 0.15}},
      {"id": "net", "node": "cost", "unit": "GBP", "direction": "decrease",
       "baseline": {"date": "2026-01-01", "value": 1000}, "targets": [{"date": "2027-02-05", "value": 600}]}],
    "plans": [{"owner": "ann", "activities": [
      {"id": "second", "title": "Sell", "after": ["first"], "priority": 1}, {"id": "first", "title": "Buy", "start": "2026-02-01"}]}]}"#;

/// 2026-04-11 is the hundredth day: 100 sensors are expected, and 900 GBP.
const ROWS: &str = "kpi,date,value\nlive,2026-04-11,80\nnet,2026-04-11,900\n";

fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("map.json"), MAP).unwrap();
    fs::write(dir.path().join("m.csv"), ROWS).unwrap();
    dir
}

const ASKED: [&str; 5] = ["map.json", "--measurements", "m.csv", "--as-of", "2026-04-30"];

fn asked<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command][..], &ASKED, more].concat()
}

#[test]
fn status_tells_worst_first_with_owner_and_the_chain() {
    let dir = folder();
    let status = run(dir.path(), &asked("status", &[]));
    assert_eq!(status.status.code(), Some(0), "{}", err(&status));
    let expected = "\
As of 2026-04-30: of 2 KPIs 1 off track, 1 on track, 2 nodes are warned from upstream

status            node               owner       why
off track         Sensors [sensors]  Zoe | Head  live: 80 sensors on 2026-04-11, expected 100 (-20%); next
                                                   target 400 by 2027-02-05
warned            Rounds [rounds]    nobody      upstream: sensors (off track) -> rounds, by live
on track, warned  Lower cost [cost]  Ann         net: 900 GBP on 2026-04-11, expected 900; next target 600 by
                                                   2027-02-05
                                                 upstream: sensors (off track) -> rounds -> cost, by live
";
    assert_eq!(out(&status), expected);
    // As a gate.
    for (deny, code) in [("missed", 0), ("off-track", 1), ("no-data", 1)] {
        assert_eq!(
            run(dir.path(), &asked("status", &["--deny", deny])).status.code(),
            Some(code)
        );
    }
    let coloured = run(dir.path(), &asked("status", &["--color", "always"]));
    assert!(out(&coloured).contains("\x1b[1;31moff track\x1b[0m"));
}

#[test]
fn status_for_programs_and_spreadsheets() {
    let dir = folder();
    let json = run(dir.path(), &asked("status", &["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&out(&json)).unwrap();
    assert_eq!(json["nodes"][2]["id"], "cost");
    assert_eq!(
        json["nodes"][2]["warning"]["path"],
        serde_json::json!(["sensors", "rounds", "cost"])
    );
    assert_eq!(json["kpis"][0]["variance_percent"], -20);
    assert_eq!(json["counts"]["off-track"], 1);
    let csv = out(&run(dir.path(), &asked("status", &["--format", "csv"])));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[1],
        "sensors,Sensors,Zoe | Head,off-track,,live,Sensors live,sensors,off-track,,2026-04-11,80,19,2027-04-11,100,-20,-20,,0,,unknown,2027-02-05,400,,,,,,,"
    );
    assert!(lines[3].starts_with("cost,Lower cost,Ann,on-track,sensors (off-track) -> rounds -> cost,net,"));
}

#[test]
fn each_owner_is_told_and_has_a_plan() {
    let dir = folder();
    let told = out(&run(dir.path(), &asked("escalate", &[])));
    assert!(
        told.contains("Zoe | Head, as of 2026-04-30\n") && told.contains("off track"),
        "{told}"
    );
    let markdown = out(&run(dir.path(), &asked("escalate", &["--format", "markdown"])));
    assert!(
        markdown.contains(
            "## Zoe \\| Head\n\n- **off track**: Sensors: Sensors live (live): 80 sensors measured on 2026-04-11, 100 sensors expected (-20%)\n"
        ),
        "{markdown}"
    );
    assert!(
        markdown.contains("- **early warning**: Lower cost (by live): sensors (off track) -\\> rounds -\\> cost\n")
    );
    let csv = out(&run(dir.path(), &asked("escalate", &["--format", "csv"])));
    assert_eq!(csv.lines().count(), 3, "{csv}");

    let plan = out(&run(dir.path(), &["plan", "map.json", "--owner", "ann"]));
    assert!(
        plan.starts_with("# Benefits realisation plans: t \\<b\\>\n\n## Ann\n"),
        "{plan}"
    );
    assert!(!plan.contains("Zoe"));
    let (buy, sell) = (plan.find("| Buy |").unwrap(), plan.find("| Sell |").unwrap());
    assert!(buy < sell, "what waits comes after what it waits for");
    let csv = out(&run(dir.path(), &["plan", "map.json", "--format", "csv"]));
    assert!(csv.contains("ann,Ann,activity,2,second,Sell,,,,1,first,\n"), "{csv}");
    assert_eq!(
        run(dir.path(), &["plan", "map.json", "--owner", "bob"]).status.code(),
        Some(2)
    );
}

#[test]
fn measurements_come_in_many_files_and_nothing_is_dropped_silently() {
    let dir = folder();
    fs::create_dir(dir.path().join("all")).unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join("all").join(name), text).unwrap();
    write(
        "a.csv",
        "kpi,date,value\nlive,2026-04-11,10\nghost,2026-04-11,1\nlive,11/4/2026,5\n",
    );
    write(
        "b.csv",
        "kpi;date;value\r\nlive;2026-04-11;80\r\nnet;2026-04-11;1.000,5\r\nnet;2026-04-12;n/a\r\n",
    );
    // Targets have the same columns, and are what somebody hopes for.
    write("targets.csv", "kpi,date,value\nlive,2026-04-20,400\n");
    write("other.csv", "a,b\n1,2\n");
    let asked = ["status", "map.json", "--measurements", "all", "--as-of", "2026-04-30"];
    let strict = run(dir.path(), &asked);
    let said = err(&strict);
    for told in [
        "left out: all/a.csv, row 3, column kpi: the map has no KPI `ghost`, and the row is left out\n",
        "left out: all/a.csv, row 4, column date: `11/4/2026` may be 11 April 2026 or 4 November 2026",
        "taken: all/b.csv, row 3, column value: `1.000,5` was taken as 1000.5\n",
        "left out: all/b.csv, row 4, column value: `n/a` has no content",
        "superseded: all/b.csv, row 2, column value: 80 replaces 10 of all/a.csv, row 2 for `live` on 2026-04-11\n",
        "not read, as they hold no measurements: all/targets.csv, all/other.csv\n",
        "3 of 6 rows left out\n",
    ] {
        assert!(said.contains(told), "{told} in {said}");
    }
    assert!(
        out(&strict).contains("live: 80 sensors on 2026-04-11"),
        "{}",
        out(&strict)
    );
    let declared = run(
        dir.path(),
        &[&asked[..], &["--decimal-comma", "--thousands", "point"]].concat(),
    );
    assert!(
        out(&declared).contains("net: 1,000.5 GBP"),
        "{}{}",
        out(&declared),
        err(&declared)
    );
    // Several by name, and a file that is no table of measurements is a failure when it was named.
    let two = run(
        dir.path(),
        &[
            "status",
            "map.json",
            "--measurements",
            "m.csv",
            "all/a.csv",
            "--as-of",
            "2026-04-30",
        ],
    );
    assert!(out(&two).contains("live: 10 sensors"), "{}", out(&two));
    let wrong = run(dir.path(), &["status", "map.json", "--measurements", "all/other.csv"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("all/other.csv has no column `kpi` or `date` or `value`"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn many_faults_of_a_kind_are_counted_and_told_on_request() {
    let dir = folder();
    let rows: String = (0..20).map(|at| format!("ghost-{at},2026-04-11,1\n")).collect();
    fs::write(dir.path().join("m.csv"), format!("{ROWS}{rows}")).unwrap();
    let few = err(&run(dir.path(), &asked("status", &[])));
    assert!(few.contains("… and 17 more like this (--all shows them)"), "{few}");
    let all = err(&run(dir.path(), &asked("status", &["--all"])));
    assert_eq!(all.matches("the map has no KPI").count(), 20);
}

#[test]
fn check_judges_measurements_where_it_is_given_any() {
    let dir = folder();
    let plain = out(&run(dir.path(), &["check", "map.json", "--as-of", "2027-12-31"]));
    assert!(!plain.contains("measurement-overdue"), "{plain}");
    let measured = run(
        dir.path(),
        &[
            "check",
            "map.json",
            "--measurements",
            "m.csv",
            "--as-of",
            "2027-12-31",
            "--profile",
            "audit",
        ],
    );
    assert!(out(&measured).contains("BM414"), "{}", out(&measured));
}

#[test]
fn figures_of_tables_come_out_as_a_person_would_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables");
    let dir = TempDir::new().unwrap();
    let told = |name: &str, as_of: &str| {
        let folder = root.join(name);
        let folder = folder.to_str().unwrap();
        let imported = run(dir.path(), &["import", "tables", folder, "-o", "map.json"]);
        assert_eq!(imported.status.code(), Some(0), "{}", err(&imported));
        let status = run(
            dir.path(),
            &[
                "status",
                "map.json",
                "--measurements",
                folder,
                "--as-of",
                as_of,
                "--format",
                "csv",
            ],
        );
        assert_eq!(status.status.code(), Some(0), "{}", err(&status));
        assert!(!err(&status).contains("left out"), "{}", err(&status));
        out(&status)
    };
    let row = |csv: &str, kpi: &str| {
        csv.lines()
            .find(|line| line.contains(&format!(",{kpi},")))
            .unwrap()
            .to_owned()
    };
    let harbour = told("harbour", "2026-01-31");
    for (kpi, said) in [
        // 30 tonnes of 40 by the end of 2026, eight years from 2018: seven eighths, 35, were to be landed. Nobody knows how
        // often "on a rolling basis" is, so that a figure holds for a year.
        ("k01", "off-track,,2025-12-31,30,31,2026-12-31,35,"),
        // 34 of 36 people, and 31.5 were expected; the figure of one quarter holds to the end of the next and a month more.
        ("k02", "on-track,,2025-12-31,34,31,2026-04-30,31.5,"),
        // 3.1 million of 2 million pounds.
        ("k03", "achieved,,2025-12-31,3120790.25,"),
        // From 24 down to 8, of which 10 were expected.
        ("k04", "on-track,,2025-12-31,9,31,"),
    ] {
        assert!(row(&harbour, kpi).contains(said), "{kpi}: {said}\n{harbour}");
    }
    // Five countries by 2020 and none yet, but none was due by October 2016.
    let logframe = told("published/logframe", "2016-11-15");
    assert!(row(&logframe, "k03").contains(",0,15,"), "{logframe}");
}

#[test]
fn a_plan_is_drawn_with_what_waits_for_what_and_told_in_words() {
    let dir = TempDir::new().unwrap();
    let map = r#"{"format": 1, "title": "Bins", "owners": [{"id": "ann", "name": "Ann"}, {"id": "zoe", "name": "Zoe"}],
        "nodes": [{"id": "masts", "kind": "enabler", "title": "Masts", "owner": "ann", "due": "2026-06-30"}],
        "kpis": [{"id": "up", "node": "masts", "title": "Masts up", "unit": "masts",
                  "targets": [{"date": "2026-06-30", "value": 40}]}],
        "plans": [{"owner": "ann", "activities": [{"id": "dig", "title": "Dig", "start": "2026-01-01", "end": "2026-02-28"},
                                                  {"id": "ask", "title": "Ask"}]},
                  {"owner": "zoe", "activities": [{"id": "fit", "title": "Fit <all>", "start": "2026-03-01", "after": ["dig"]}]}]}"#;
    std::fs::write(dir.path().join("map.json"), map).unwrap();
    let drawn = run(
        dir.path(),
        &["plan", "map.json", "--as-of", "2026-04-01", "-o", "plan.svg"],
    );
    assert_eq!(drawn.status.code(), Some(0), "{}", err(&drawn));
    let svg = std::fs::read_to_string(dir.path().join("plan.svg")).unwrap();
    let desc = svg.split_once("<desc").unwrap().1.split_once("</desc>").unwrap().0;
    assert!(desc.contains("Ann: Dig from 2026-01-01 to 2026-02-28; Ask."), "{desc}");
    assert!(
        desc.contains("Zoe: Fit &lt;all&gt; from 2026-03-01, after dig."),
        "{desc}"
    );
    for words in [
        "40 masts",
        "no day stated",
        "as of 1 April 2026",
        "KPI: Masts up",
        "Due: Masts",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    // Two bars and the one of the key; one line of waiting, and the one of the key.
    let group = |class: &str| -> usize {
        svg.split(&format!("<g class=\"{class}\">"))
            .skip(1)
            .map(|g| g.split_once("</g>").unwrap().0.matches("<path").count())
            .sum()
    };
    assert_eq!(
        (group("activity"), group("waits"), group("waits-head"), group("target")),
        (3, 2, 2, 3)
    );
    // The ending of the file settles the format, and a format that is named goes before it.
    let told = run(dir.path(), &["plan", "map.json", "--format", "csv"]);
    assert!(out(&told).starts_with("owner,"), "{}", out(&told));
    let empty = r#"{"format": 1, "title": "Empty"}"#;
    std::fs::write(dir.path().join("empty.json"), empty).unwrap();
    let drawn = run(dir.path(), &["plan", "empty.json", "--format", "svg"]);
    assert!(out(&drawn).contains("There is nothing with a day to show."));
}

#[test]
fn a_plan_comes_on_pages_and_in_pixels() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste/map.json");
    let example = example.to_str().unwrap();
    let dir = folder();
    let day = ["--as-of", "2026-11-24"];
    for name in ["plan.pdf", "plan.png"] {
        let written = run(dir.path(), &[&["plan", example, "-o", name][..], &day].concat());
        assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    }
    let pdf = std::fs::read(dir.path().join("plan.pdf")).unwrap();
    let pdf = String::from_utf8_lossy(&pdf);
    // The picture is 2907 px high, and a page 793; before it is a part for each of nine owners, two or so on a page.
    let pages = pdf.matches("/Type/Page/").count() + pdf.matches("/Type /Page\n").count();
    assert!((8..=16).contains(&pages), "{pages} pages");
    let png = std::fs::read(dir.path().join("plan.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    let refused = run(dir.path(), &["plan", "map.json", "--scale", "2", "-o", "p.svg"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_long_unit_is_told_once_and_without_what_stands_in_brackets() {
    let dir = folder();
    let map = r#"{"format": 1, "nodes": [{"id": "n", "kind": "end-outcome", "title": "N"}],
        "kpis": [{"id": "k", "node": "n", "unit": "transformation points (0 unlikely, 4 very likely)", "direction": "increase",
                  "baseline": {"date": "2026-01-01", "value": 10000}, "targets": [{"date": "2026-12-31", "value": 20000}]}]}"#;
    std::fs::write(dir.path().join("long.json"), map).unwrap();
    std::fs::write(dir.path().join("m.csv"), "kpi,date,value\nk,2026-01-01,9000\n").unwrap();
    let ask = ["long.json", "--measurements", "m.csv", "--as-of", "2026-01-31"];
    let told = run(dir.path(), &[&["escalate"][..], &ask].concat());
    let told = out(&told).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("9,000 transformation points measured on 2026-01-01, 10,000 expected (-10%)"),
        "{told}"
    );
    let status = run(dir.path(), &[&["status"][..], &ask].concat());
    let status = out(&status).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        status.contains("k: 9,000 transformation points on 2026-01-01, expected 10,000 (-10%)"),
        "{status}"
    );
}

#[test]
fn a_sparkline_has_no_words_and_is_small() {
    let dir = folder();
    let drawn = run(dir.path(), &asked("chart", &["--kpi", "live", "--sparkline"]));
    assert_eq!(drawn.status.code(), Some(0), "{}", err(&drawn));
    let svg = out(&drawn);
    assert!(
        svg.contains("width=\"120\" height=\"28\"") || svg.contains("viewBox=\"0 0 120 28\""),
        "{svg}"
    );
    assert!(
        !svg.contains("<text") && svg.contains("class=\"actual-mark\"") && svg.contains("<desc"),
        "{svg}"
    );
    let asked = run(dir.path(), &asked("chart", &["--sparkline"]));
    assert_eq!(asked.status.code(), Some(2));
    assert!(err(&asked).contains("--kpi"), "{}", err(&asked));
}

#[test]
fn a_workbook_of_trajectories_has_a_native_chart_for_each_kpi() {
    let dir = folder();
    let written = run(dir.path(), &asked("trajectory", &["-o", "t.xlsx"]));
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    let bytes = std::fs::read(dir.path().join("t.xlsx")).unwrap();
    let map = std::fs::read_to_string(dir.path().join("map.json")).unwrap();
    let map: serde_json::Value = serde_json::from_str(&map).unwrap();
    let kpis = map["kpis"].as_array().unwrap().len();
    let names = bytes.windows(20).filter(|w| w.starts_with(b"xl/charts/chart")).count();
    // Each part of a package is named before its bytes and once more in the directory at the end.
    assert_eq!(names, 2 * kpis);
}

#[test]
fn status_escalation_and_plans_come_as_documents_that_say_what_the_terminal_says() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste");
    let (map, measured) = (example.join("map.json"), example.join("measurements.csv"));
    let (map, measured) = (map.to_str().unwrap(), measured.to_str().unwrap());
    let dir = folder();
    let of = |command: &str, name: &str| {
        let mut line = vec![command, map, "--as-of", "2028-04-01", "-o", name];
        if command != "plan" {
            line.extend(["--measurements", measured]);
        }
        let written = run(dir.path(), &line);
        assert_eq!(written.status.code(), Some(0), "{}", err(&written));
        std::fs::read(dir.path().join(name)).unwrap()
    };
    let words = |bytes: &[u8]| crate::support::archive::part(bytes, "word/document.xml");
    let document = words(&of("status", "status.docx"));
    let standing: serde_json::Value = serde_json::from_slice(&of("status", "status.json")).unwrap();
    for kpi in standing["kpis"].as_array().unwrap() {
        let title = kpi["title"].as_str().unwrap_or_default();
        assert!(document.contains(title), "{title}");
    }
    for said in [
        "Off track",
        "Expected 11.497",
        "Early warnings",
        "Less contaminated recycling is off track, which helps",
    ] {
        assert!(document.contains(said), "{said}");
    }
    let document = words(&of("escalate", "owners.docx"));
    let table = String::from_utf8(of("escalate", "owners.csv")).unwrap();
    let owners: std::collections::BTreeSet<&str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(1))
        .collect();
    assert!(owners.len() > 3, "{table}");
    for owner in owners {
        assert!(document.contains(owner), "{owner}");
    }
    // Boxes by their titles, days as they are read.
    assert!(
        !document.contains("-&gt;") && !document.contains("measured on 2028-"),
        "{document}"
    );
    let document = words(&of("plan", "plan.docx"));
    for said in [
        "Director of Finance",
        "Activities of the Director of Finance",
        "The plans over time",
        "Risks of the",
    ] {
        assert!(document.contains(said), "{said}");
    }
    let alone = run(dir.path(), &["plan", map, "--owner", "dir-place", "-o", "one.docx"]);
    assert_eq!(alone.status.code(), Some(0), "{}", err(&alone));
    let document = words(&std::fs::read(dir.path().join("one.docx")).unwrap());
    assert!(document.contains("Director of Place") && !document.contains("Activities of the Director of Finance"));
    for name in ["status.pdf", "escalate.pdf"] {
        assert!(of(name.trim_end_matches(".pdf"), name).starts_with(b"%PDF"));
    }
}
